"""Positions: average cost that is exact, also after an execution of the past has changed."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kairos.model.enums import Side
from kairos.model.events import AccountDefined, InstrumentDefined
from kairos.state.positions import Position, Trade, share_of
from kairos.state.reference import Account, Instrument
from kairos.state.shelf import Shelf, Waker

PX = 10**8
FILLS = st.tuples(st.booleans(), st.integers(1, 500), st.integers(-500, 2000))  # a spread trades below 0 too


def position() -> Position:
    account = Account(AccountDefined(0, "A1", "ACME", "", "TWD", 0, True, ""))
    return Position(account, Instrument(InstrumentDefined(0, "X.Y", "X", "Y", "", "TWD", "", "", PX, 1, 3, 0, "")))


def trade(number: int, fill: tuple[bool, int, int]) -> Trade:
    buy, qty, px = fill
    return Trade(number, 1, 0, "", Side.BUY if buy else Side.SELL, qty, px * PX)


def figures(of: Position) -> tuple[int, int, int]:
    return int(of.qty), of.cost, of.realized


@settings(max_examples=80)
@given(st.lists(FILLS, min_size=1, max_size=12))
def test_no_money_appears_or_vanishes(fills: list[tuple[bool, int, int]]) -> None:
    """Profit made is what came in less what went out, plus what the open units cost: to the last 10**-8."""
    held = position()
    for number, fill in enumerate(fills):
        held.book(trade(number, fill))
    flow = sum((-1 if buy else 1) * qty * px * PX * 3 for buy, qty, px in fills)
    assert held.qty == sum(qty if buy else -qty for buy, qty, px in fills)
    assert held.realized - held.cost == flow
    assert held.qty != 0 or held.cost == 0


@settings(max_examples=80)
@given(st.lists(FILLS, min_size=2, max_size=10), st.data())
def test_a_bust_leaves_what_would_be_without_the_execution(
    fills: list[tuple[bool, int, int]], data: st.DataObject
) -> None:
    gone = data.draw(st.integers(0, len(fills) - 1))
    with_bust, without = position(), position()
    for number, fill in enumerate(fills):
        with_bust.book(trade(number, fill))
        if number != gone:
            without.book(trade(number, fill))
    busted = trade(gone, fills[gone])
    busted.busted = True
    with_bust.amend(busted)
    assert figures(with_bust) == figures(without)


@settings(max_examples=80)
@given(st.lists(FILLS, min_size=2, max_size=10), st.data())
def test_what_the_days_start_takes_in_changes_no_figure(
    fills: list[tuple[bool, int, int]], data: st.DataObject
) -> None:
    """Forgetting the oldest executions keeps the position as it is."""
    oldest = data.draw(st.integers(1, len(fills)))
    held = position()
    kept: Shelf[Trade] = Shelf(Waker())
    for number, fill in enumerate(fills):
        held.book(trade(number, fill))
        if number >= oldest:
            kept[number] = trade(number, fill)
    before = figures(held)
    held.forget(kept)
    assert figures(held) == before
    assert [number for number, _, _ in held.executions.rows()] == kept.numbers()


@given(st.integers(-(10**40), 10**40), st.integers(1, 10**10), st.integers(1, 10**10))
def test_a_share_of_the_cost_is_exact_however_large(cost: int, part: int, whole: int) -> None:
    assert share_of(cost, part, whole) == cost * part // whole
    assert share_of(cost, whole, whole) == cost

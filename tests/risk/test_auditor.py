"""The desk's exposure, profit, cash, reservations and buying power are the auditor's to the last unit, at every node
and scope, whatever happened; and the auditor would notice if they were not."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from tests.risk.auditor import UNIT, Auditor, Node
from tests.risk.trading_house import TradingHouse, agree

import kairos
from kairos.model import events as ev
from kairos.model.commands import WatchPlace
from kairos.model.enums import NodeKind, ScopeKind
from kairos.model.values import Place
from kairos.model.wire import decode_events
from kairos.scenario.invariants import check_end, check_step
from kairos.scenario.runner import run_text
from kairos.state import positions
from kairos.state.cells import Figures
from kairos.state.executions import Executions
from kairos.state.order import Order
from kairos.state.positions import Position, Trade

STEPS = 260
LOOK_EVERY = 10


def audited(seed: int, steps: int = STEPS) -> TradingHouse:
    """A run in rough weather, compared as it goes and again when nothing works any more."""
    house = TradingHouse(Random(seed), rough=True)
    for number in range(steps):
        house.step()
        if number % LOOK_EVERY == 0:
            agree(house.auditor, house.desk)
            check_step(house.world, [])
    house.wind_down()
    agree(house.auditor, house.desk)
    return house


@pytest.mark.parametrize("seed", range(8))
def test_the_desk_agrees_with_the_auditor(seed: int) -> None:
    house = audited(seed)
    check_end(house.world)
    assert house.auditor.executions


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 130))
def test_the_desk_agrees_with_the_auditor_for_longer(seed: int) -> None:
    audited(seed, 3 * STEPS)


@pytest.mark.parametrize("seed", range(4))
def test_reservations_return_to_zero_when_nothing_works(seed: int) -> None:
    house = audited(seed)
    assert house.auditor.nothing_works()
    for account in house.desk.accounts.values():
        assert [purse.reserved for purse in (account, *account.foreign.values())] == [0] * (1 + len(account.foreign))
        for currency in ("TWD", "USD"):
            power = house.auditor.buying_power(account.account_id, currency)
            assert power == house.auditor.cash(account.account_id, currency)
    for cell in house.desk.tree.cells.values():
        for of_currency in cell.sums:
            assert (of_currency.reserved, of_currency.open_notional, of_currency.open_orders) == (0, 0, 0)


@pytest.mark.parametrize("seed", range(3))
def test_a_place_watched_at_the_end_is_what_it_would_be_had_it_been_watched_from_the_start(seed: int) -> None:
    """Every place that somebody traded for, filled by one walk over a desk with a past."""
    house = audited(seed)
    for node in house.auditor.nodes():
        place = Place(NodeKind(node.kind), node.node_id, ScopeKind(node.scope), node.scope_id)
        house.give(WatchPlace(place, "rita"))
        assert house.desk.tree.find(place) is not None, place
    agree(house.auditor, house.desk)


# It can fail


FIGURES = [name for name in dir(Figures()) if isinstance(getattr(Figures(), name), int) and name != "open_orders"]


def test_a_figure_that_is_one_unit_off_is_found() -> None:
    house = audited(2)
    desk, account = house.desk, house.desk.accounts["A1"]
    house.give(WatchPlace(Place(NodeKind.CLIENT, "ACME", ScopeKind.ALL, ""), "rita"))
    cell = desk.tree.find(Place(NodeKind.CLIENT, "ACME", ScopeKind.ALL, ""))
    assert cell is not None
    position = desk.find_position("A1", "2330.XTAI")
    wrong = [(account, name) for name in ("cash", "reserved", "gross", "net")]
    wrong += [(position, "cost"), (position, "realized")]
    wrong += [(cell.sum_of("TWD"), name) for name in FIGURES]
    for thing, name in wrong:
        agree(house.auditor, desk)
        setattr(thing, name, getattr(thing, name) + 1)
        with pytest.raises(AssertionError):
            agree(house.auditor, desk)
        setattr(thing, name, getattr(thing, name) - 1)


def _cheaper(event: ev.Event) -> ev.Event | None:
    if not isinstance(event, ev.TradeBooked):
        return event
    values = {name: getattr(event, name) for name in event.names()}
    return ev.TradeBooked(event.at_ns, **{**values, "last_px": event.last_px - 1})


def _without(kind: type[ev.Event]) -> Callable[[ev.Event], ev.Event | None]:
    return lambda event: None if isinstance(event, kind) else event


MUTATIONS: dict[str, Callable[[ev.Event], ev.Event | None]] = {
    "a price one unit off": _cheaper,
    "no busts": _without(ev.TradeBusted),
    "no corrections": _without(ev.TradeCorrected),
    "no cancels": _without(ev.OrderCanceled),
    "no replaces": _without(ev.OrderReplaced),
    "no pending replaces": _without(ev.OrderReplacePending),
    "no expiries": _without(ev.OrderExpired),
    "no marks": _without(ev.MarkUpdated),
    "no new days": _without(ev.TradingDayStarted),
}


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_journal_that_tells_otherwise_is_found(mutation: str) -> None:
    """The auditor reads a journal that lacks something, or says something else: in some run it must disagree."""
    assert any(_disagrees(seed, MUTATIONS[mutation]) for seed in range(6))


def _disagrees(seed: int, mutate: Callable[[ev.Event], ev.Event | None]) -> bool:
    house = TradingHouse(Random(seed), rough=True)
    house.give(WatchPlace(Place(NodeKind.FIRM, "", ScopeKind.ALL, ""), "rita"))
    auditor, read = Auditor(), 0
    try:
        for number in range(STEPS):
            house.step()
            for batch in house.world.batches[read:]:
                told = [mutate(event) for event in decode_events(batch)]
                auditor.read([event for event in told if event is not None])
            read = len(house.world.batches)
            if number % LOOK_EVERY == 0:
                agree(auditor, house.desk)
    except AssertionError:
        return True
    return False


def _forgets_to_refold(position: Position, trade: Trade) -> None:
    position.executions.amend(trade.trade_id, trade.signed_qty(), trade.last_px)
    position.reweigh()


def _weighs_only_present_terms(order: Order) -> None:
    qty = order.leaves_qty()
    worth = qty * order.reserve_px * order.position.instrument.multiplier
    for position in (order.position, *order.books()):
        orders = (1 if qty else 0) - (1 if order.working else 0)
        position.work(order.side, qty - order.working, worth - order.worth, orders)
    order.working, order.worth = qty, worth


def _takes_gone_out_of_the_middle(executions: Executions, trades: object) -> Executions:
    gone, kept = Executions(), Executions()
    for trade_id, signed, px in executions.rows():
        (kept if trade_id in trades else gone).add(trade_id, signed, px)  # type: ignore[operator]
    executions._rows = kept._rows
    return gone


MISTAKES: dict[str, tuple[object, str, object]] = {
    "a bust leaves the position": (Position, "amend", _forgets_to_refold),
    "a pending replace does not weigh": (Order, "weigh", _weighs_only_present_terms),
    "cost is rounded up": (positions, "share_of", lambda cost, part, whole: -(-cost * part // whole)),
}


@pytest.mark.skipif(kairos.COMPILED, reason="compiled code can't be patched; the same mistakes are made interpreted")
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_the_desk_is_found(mistake: str, monkeypatch: pytest.MonkeyPatch) -> None:
    owner, name, wrong = MISTAKES[mistake]
    monkeypatch.setattr(owner, name, wrong)
    assert any(_disagrees(seed, lambda event: event) for seed in range(12))


def test_executions_that_a_day_takes_out_of_their_order_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    if not kairos.COMPILED:
        monkeypatch.setattr(Executions, "take_gone", _takes_gone_out_of_the_middle)
    outcome = run_text(OVER_DAYS, "over_days.scn")
    assert outcome.passed, outcome.problem
    auditor = Auditor()
    for batch in outcome.world.batches:
        auditor.read(decode_events(batch))
    if kairos.COMPILED:
        agree(auditor, outcome.world.desk)
    else:
        with pytest.raises(AssertionError):
            agree(auditor, outcome.world.desk)


OVER_DAYS = """
submit X BUY 3000 @ 1000 GTC
submit Y BUY 1000 @ 1010
submit Z SELL 1000 @ 1020
venue fill R1 1000 @ 1000
venue fill R2 1000 @ 1010
venue fill R3 1000 @ 1020
day 20261124
day 20261125
"""


# By hand


BY_HAND = """
instrument I.XTAI tick 1 lot 1 ref 10 multiplier 2
limits A1 collar 90%
submit W BUY 3 I.XTAI @ 10
submit X BUY 4 I.XTAI @ 12
submit Y SELL 5 I.XTAI @ 13
submit Z BUY 2 I.XTAI @ 9
venue fill R1 3 @ 10
venue fill R2 4 @ 12
venue fill R3 5 @ 13
mark I.XTAI last 11
"""


def test_figures_by_hand() -> None:
    """Two buys, a sale and an order that works, beside the arithmetic of a person."""
    outcome = run_text(BY_HAND, "by_hand.scn")
    assert outcome.passed, outcome.problem
    auditor = Auditor()
    for batch in outcome.world.batches:
        auditor.read(decode_events(batch))
    figures = auditor.figures(Node("A", "A1"))["TWD"]
    # Bought 3 @ 10 and 4 @ 12, two units of money a point: 156. Of it 5 of 7 take 156 * 5 / 7 with them, rounded down.
    share = 156 * UNIT * 5 // 7
    assert figures.cost * UNIT == 156 * UNIT - share
    assert figures.realized * UNIT == 5 * 13 * 2 * UNIT - share
    assert figures.unrealized == 2 * 11 * 2 - figures.cost
    assert (figures.gross, figures.net, figures.reserved) == (4 * 22, 4 * 22, 2 * 9 * 2)
    assert (figures.day_bought, figures.day_sold, figures.open_orders) == (156, 130, 1)
    assert auditor.buying_power("A1", "TWD") == 900_000_000 - 156 + 130 - 36
    agree(auditor, outcome.world.desk)

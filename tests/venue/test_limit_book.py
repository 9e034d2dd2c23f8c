"""The matching book alone: right by a plain book of its own, and the same trades compiled or not."""

from __future__ import annotations

import hashlib

from bench.order_book_work import Operation, PlainBook, make_work
from hypothesis import given
from hypothesis import strategies as st

from kairos.venue.limit_book import LimitBook, Match

# Of the trades of 20,000 operations; whoever changes the operations or the rules of matching changes it.
DIGEST = "73c8b27f12aa5d518f5d5930c5a229caf8233d314011f7b4827b8ed1860846d3"

steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.booleans(), st.integers(1, 9), st.integers(1, 9)),
        st.tuples(st.sampled_from(["cancel", "reduce"]), st.booleans(), st.integers(1, 9), st.integers(0, 60)),
    ),
    max_size=60,
)


@given(script=steps)
def test_it_matches_by_price_and_time_and_loses_nothing(script: list[tuple[str, bool, int, int]]) -> None:
    book = LimitBook()
    entered: dict[int, tuple[bool, int]] = {}  # side, price
    leaves: dict[int, int] = {}
    for number, (what, is_buy, qty, value) in enumerate(script):
        if what == "cancel":
            assert book.cancel(value) == leaves.pop(value, 0)
        elif what == "reduce":
            book.reduce(value, qty)
            leaves[value] = max(0, leaves.get(value, 0) - qty)
        else:
            entered[number] = (is_buy, value)
            left = book.add(number, is_buy, qty, value)
            matches = book.drain()
            check_matches(number, matches, entered, leaves)
            assert left == qty - sum(match.qty for match in matches)
            leaves[number] = left
        check_book(book, entered, leaves)


def check_matches(
    taker: int, matches: list[Match], entered: dict[int, tuple[bool, int]], leaves: dict[int, int]
) -> None:
    """Each trade is with the best price there is, and the first at it, at that price."""
    is_buy, limit = entered[taker]
    for match in matches:
        against = [
            (px if is_buy else -px, maker)
            for maker, (side, px) in entered.items()
            if side != is_buy and leaves.get(maker)
        ]
        best = min(against)
        assert (match.taker_id, match.maker_id) == (taker, best[1])
        assert match.px == abs(best[0]) and (match.px <= limit if is_buy else match.px >= limit)
        assert 0 < match.qty <= leaves[match.maker_id]
        leaves[match.maker_id] -= match.qty


def check_book(book: LimitBook, entered: dict[int, tuple[bool, int]], leaves: dict[int, int]) -> None:
    """What rests is what was entered and did not trade, and the book is not crossed."""
    shown = {}
    for is_buy in (True, False):
        levels: dict[int, int] = {}
        for number, left in leaves.items():
            if left and entered[number][0] == is_buy:
                levels[entered[number][1]] = levels.get(entered[number][1], 0) + left
        shown[is_buy] = sorted(levels.items(), reverse=is_buy)
        assert book.depth(is_buy, 100) == shown[is_buy]
    assert not (shown[True] and shown[False]) or shown[True][0][0] < shown[False][0][0]


def test_the_same_operations_make_the_same_trades_compiled_or_not() -> None:
    work = make_work(20_000)
    book = LimitBook()
    canceled = 0
    for order in work.operations:
        if order.qty:
            book.add(order.order_id, order.is_buy, order.qty, order.ticks)
        else:
            canceled += book.cancel(order.order_id) > 0
    matches = book.drain()
    assert (sum(match.qty for match in matches), canceled) == work.expected
    digest = hashlib.sha256()
    for match in matches:
        digest.update(b"%d %d %d %d\n" % (match.taker_id, match.maker_id, match.qty, match.px))
    assert digest.hexdigest() == DIGEST


def test_the_plain_book_that_tells_what_must_come_of_the_work_is_right() -> None:
    """A buyer takes the cheapest sellers first, of one price the first."""
    plain = PlainBook()
    for order in (Operation(1, False, 5, 11), Operation(2, False, 5, 10), Operation(3, False, 5, 10)):
        plain.add(order)
    plain.add(Operation(4, True, 7, 10))
    assert (plain.traded, plain.leaves) == (7, {1: 5, 3: 3})
    plain.add(Operation(5, True, 9, 12))
    assert (plain.traded, plain.leaves) == (15, {5: 1})

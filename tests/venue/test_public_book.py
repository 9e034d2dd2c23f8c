"""What the public is told of the clients' own book: levels that changed, once each, and trades between clients."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.venue.floor import Floor

from kairos.model.numbers import format_price
from kairos.venue.changes import drain_changes, watch
from kairos.venue.recorder import ADDED, REMOVED


def changes(floor: Floor) -> list[str]:
    """`bid 10 50 2`: side, price, size shown, orders."""
    return [
        f"{'bid' if change.is_bid else 'ask'} {format_price(change.px)} {change.size} {change.order_count}"
        for change in drain_changes(floor.book)
    ]


def test_a_price_is_told_once_with_what_stands_there_now() -> None:
    floor = Floor()
    watch(floor.book)
    floor.enter("B1 BUY 10 @ 10.00").enter("B2 BUY 30 @ 10.00 show 5").enter("S1 SELL 7 @ 10.02")
    assert changes(floor) == ["bid 10 15 2", "ask 10.02 7 1"]
    assert changes(floor) == []
    floor.enter("S2 SELL 12 @ 10.00")
    assert changes(floor) == ["bid 10 3 1"]


def test_a_price_that_nobody_is_left_at_is_told_as_empty_and_an_iceberg_as_its_next_tip() -> None:
    floor = Floor().enter("B1 BUY 10 @ 10.00").enter("B2 BUY 30 @ 9.99 show 5")
    watch(floor.book)
    assert changes(floor) == ["bid 9.99 5 1", "bid 10 10 1"]
    floor.enter("S1 SELL 15 @ 9.99")
    assert changes(floor) == ["bid 10 0 0", "bid 9.99 5 1"]


def test_an_order_that_gets_smaller_where_it_stands_changes_its_price() -> None:
    floor = Floor().enter("B1 BUY 10 @ 10.00")
    watch(floor.book)
    changes(floor)
    order = floor.orders["B1"]
    order.order_qty = 4
    order.resize()
    floor.book.resized(order)
    assert changes(floor) == ["bid 10 4 1"]


def test_trades_between_clients_are_kept_only_for_a_listener_and_name_the_aggressor() -> None:
    floor = Floor().enter("S1 SELL 10 @ 10.00").enter("B1 BUY 4 @ 10.00")
    assert floor.blotter.drain_trades() == []
    floor.blotter.listen()
    floor.enter("B2 BUY 5 @ 10.00", at=7).enter("B3 BUY 5 @ 9.99").enter("S2 SELL 5 @ 9.99")
    told = [(t.instrument, t.time_ns, format_price(t.px), t.size, t.buyer_took) for t in floor.blotter.drain_trades()]
    assert told == [("A", 7, "10", 5, True), ("A", 0, "9.99", 5, False)]
    assert floor.blotter.drain_trades() == []


def test_both_sides_of_a_match_have_its_id_and_who_took() -> None:
    floor = Floor().enter("S1 SELL 10 @ 10.00").enter("B1 BUY 4 @ 10.00").enter("B2 BUY 4 @ 10.00")
    told = [(r.cl_ord_id, r.trd_match_id, r.last_liquidity_ind) for r in floor.reports()]
    assert told == [
        ("S1", "D-T1", ADDED), ("B1", "D-T1", REMOVED), ("S1", "D-T2", ADDED), ("B2", "D-T2", REMOVED),
    ]  # fmt: skip


entered = st.lists(
    st.tuples(st.sampled_from(["BUY", "SELL", "CANCEL"]), st.integers(1, 50), st.integers(0, 5), st.integers(0, 9)),
    min_size=1, max_size=40,
)  # fmt: skip


@given(steps=entered, drained=st.integers(1, 7))
def test_who_keeps_what_he_is_told_has_the_book(steps: list[tuple[str, int, int, int]], drained: int) -> None:
    floor = Floor()
    watch(floor.book)
    kept: dict[tuple[bool, int], tuple[int, int]] = {}
    for number, (what, qty, cents, show) in enumerate(steps):
        if what == "CANCEL":
            order = floor.orders.get(f"X{qty}")
            if order is not None and order.leaves_qty:
                floor.book.remove(order)
                floor.blotter.cancel(order, "", 0)
        else:
            floor.enter(f"X{number} {what} {qty} @ 10.0{cents} show {min(show, qty)}")
        if number % drained == 0 or number == len(steps) - 1:
            kept |= {(c.is_bid, c.px): (c.size, c.order_count) for c in drain_changes(floor.book)}
    standing = {
        (queue is floor.book.bids, level.px): level.shown()
        for queue in (floor.book.bids, floor.book.asks)
        for level in queue.levels
    }
    assert {key: value for key, value in kept.items() if value != (0, 0)} == standing

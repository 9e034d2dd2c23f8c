"""What holds after any sequence of orders, changes, quotes and prints."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st
from tests.venue.desk import Desk

from kairos.model.enums import ExecType, TimeInForce
from kairos.venue.book import OrderBook, accepts
from kairos.venue.reports import Report

PRICES = [f"10.0{digit}" for digit in range(6)]
price = st.sampled_from(PRICES)
qty = st.integers(1, 300)
limit_order = st.tuples(
    st.just("limit"), st.sampled_from(["BUY", "SELL"]), qty, price, st.sampled_from(["DAY", "IOC", "FOK"])
)
other_order = st.tuples(
    st.just("other"), st.sampled_from(["BUY", "SELL"]), qty, price, st.sampled_from(["MKT", "stop", "iceberg"])
)
quote = st.tuples(st.just("quote"), price, st.integers(0, 500), price, st.integers(0, 500))
trade = st.tuples(st.just("trade"), price, st.integers(1, 500))
change = st.tuples(st.sampled_from(["cancel", "replace"]), st.integers(0, 20), qty, price)
steps = st.lists(st.one_of(limit_order, limit_order, other_order, quote, quote, trade, change), min_size=5, max_size=40)
KINDS = {"MKT": "{0} {1} {2} MKT", "stop": "{0} {1} {2} stop {3}", "iceberg": "{0} {1} {2} @ {3} show 1"}


def play(desk: Desk, instrument: str, script: list[tuple[object, ...]]) -> None:
    for number, step in enumerate(script):
        name, *rest = (str(word) for word in step)
        if name == "limit":
            desk.order(f"X{number} {rest[0]} {rest[1]} @ {rest[2]} {rest[3]}", instrument)
        elif name == "other":
            desk.order(KINDS[rest[3]].format(f"X{number}", *rest), instrument)
        elif name == "trade":
            desk.trade(rest[0], int(rest[1]), instrument)
        elif name == "cancel":
            desk.cancel(f"X{number}", f"X{rest[0]}")
        elif name == "replace":
            desk.replace(f"X{number}", f"X{rest[0]}", int(rest[1]), rest[2])
        elif instrument == "A":
            bid_size, ask_size = int(rest[1]), int(rest[3])
            desk.quote(rest[0] if bid_size else "", bid_size, rest[2] if ask_size else "", ask_size)
        check_book(desk.exchange.markets[instrument].book)


def check_book(book: OrderBook) -> None:
    """The clients' book is not crossed, holds no empty level and no closed order, and keeps its time order."""
    best_bid, best_ask = book.bids.best(), book.asks.best()
    assert best_bid is None or best_ask is None or best_bid.px < best_ask.px
    for queue in (book.bids, book.asks):
        prices = [level.px for level in queue.levels_from_best()]
        assert prices == sorted(set(prices), reverse=queue is book.bids)
        for level in queue.levels_from_best():
            assert level.head is not None
    for order in book.orders():
        assert order.is_live() and 0 < order.leaves_qty == order.order_qty - order.cum_qty
    for waiting in book.waiting.orders():
        if waiting.time_in_force is TimeInForce.FILL_OR_KILL:
            continue  # on a tape without quotes it waits for one print, and takes part of nothing
        if book.has_quotes:
            assert book.reaches_market(waiting), "who waits is aggressive"
            offer, reach = book.tape_of(not waiting.is_buy), book.reach(waiting)
            assert not offer.free() or not accepts(waiting, offer.offer_px, reach), "nobody waits who could trade"
        crossing = [level.px for level in book.queue_of(not waiting.is_buy).levels_from_best()]
        for px in [] if waiting.at_market else crossing:
            assert px > waiting.price if waiting.is_buy else px < waiting.price


@given(script=steps, instrument=st.sampled_from(["A", "P"]))
def test_quantities_are_conserved_limits_kept_and_the_book_never_crossed(
    script: list[tuple[object, ...]], instrument: str
) -> None:
    desk = Desk()
    play(desk, instrument, script)
    cum: dict[str, int] = defaultdict(int)
    desk.heard()
    for report in desk.messages:
        if not isinstance(report, Report) or report.exec_type is ExecType.REJECTED:
            continue
        cum[report.venue_order_id] += report.last_qty
        assert report.cum_qty == cum[report.venue_order_id] <= report.order_qty
        assert report.leaves_qty in (0, report.order_qty - report.cum_qty)
        if report.last_qty and report.price:
            assert report.last_px <= report.price if report.side.name == "BUY" else report.last_px >= report.price


@given(script=steps, instrument=st.sampled_from(["A", "P"]))
def test_nothing_is_left_once_the_day_is_over(script: list[tuple[object, ...]], instrument: str) -> None:
    desk = Desk()
    play(desk, instrument, script)
    desk.at(5000)
    market = desk.exchange.markets[instrument]
    assert market.book.orders() == market.stops.orders() == market.held() == []
    assert desk.exchange.mass_status("C", "", desk.now) == 0


@given(sizes=st.lists(st.integers(0, 300), min_size=1, max_size=20), takes=st.lists(qty, min_size=20, max_size=20))
def test_what_the_tape_shows_at_a_price_is_taken_once(sizes: list[int], takes: list[int]) -> None:
    """All that is ever taken is at most the first size and all that was added since."""
    desk = Desk()
    offered = last = taken = 0
    for number, (size, wanted) in enumerate(zip(sizes, takes, strict=False)):
        desk.quote("9.00", 1, "10.00" if size else "", size)
        offered += max(0, size - last)
        last = size
        desk.order(f"X{number} BUY {wanted} @ 10.00 IOC")
        taken += sum(int(fill.split()[1].split("@")[0]) for fill in desk.fills())
        assert taken <= offered
    assert taken > 0 or offered == 0


@given(arrivals=st.lists(st.tuples(price, st.integers(1, 100)), min_size=1, max_size=20), size=st.integers(1, 2500))
def test_an_incoming_order_fills_clients_in_price_time_order(arrivals: list[tuple[str, int]], size: int) -> None:
    desk = Desk().quote("9.00", 1, "11.00", 1)
    for number, (px, wanted) in enumerate(arrivals):
        desk.order(f"B{number} BUY {wanted} @ {px}")
    desk.heard()
    desk.order(f"S SELL {size} @ 9.50", client="D")
    expected, left = [], size
    for number, (px, wanted) in sorted(enumerate(arrivals), key=lambda entry: (-PRICES.index(entry[1][0]), entry[0])):
        filled = min(wanted, left)
        left -= filled
        if filled:
            expected.append(f"B{number} {filled}@{px.rstrip('0').rstrip('.')}")
    assert [fill for fill in desk.fills() if not fill.startswith("S")] == expected


@given(ahead=st.integers(1, 500), wanted=st.integers(1, 300), prints=st.lists(st.integers(1, 200), max_size=12))
def test_a_passive_order_has_exactly_what_the_prints_left_after_the_size_ahead(
    ahead: int, wanted: int, prints: list[int]
) -> None:
    desk = Desk().quote("10.00", ahead, "10.02", 100).order(f"B BUY {wanted} @ 10.00")
    printed = filled = 0
    for size in prints:
        printed += size
        filled += sum(int(fill.split()[1].split("@")[0]) for fill in desk.trade("10.00", size).fills())
        assert filled == min(wanted, max(0, printed - ahead))

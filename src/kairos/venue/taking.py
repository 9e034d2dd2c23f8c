"""Aggressive orders: what they take, from whom first, and what becomes of the rest.

An order takes the best price first: from those who wait on the other side (they accept the market's price, which is
the best there is), then from resting orders and from what the tape shows. At one price the tape's size that stands
before a client's order goes before it, the rest behind it. A client's order trades at its own price, the tape at the
shown price, once.

What is left of an aggressive order *waits*: it still accepts the market's price, but the tape has no more there for
now. It takes what the next quotes (or prints, where there are no quotes) newly offer. When the market moves beyond
its limit, it rests.
"""

from __future__ import annotations

from mypy_extensions import i64

from kairos.model.enums import TimeInForce
from kairos.venue.book import OrderBook, accepts
from kairos.venue.orders import Place, VenueOrder
from kairos.venue.queue import PriceLevel


def enter(book: OrderBook, order: VenueOrder, now_ns: i64) -> None:
    """Bring a new order to the market: it takes what it may, then waits, rests or is done."""
    if order.time_in_force is not TimeInForce.FILL_OR_KILL or available(book, order) >= order.leaves_qty:
        take(book, order, now_ns)
    settle(book, order, now_ns)


def settle(book: OrderBook, order: VenueOrder, now_ns: i64) -> None:
    """What becomes of the rest. Without quotes, the next print is the first chance that an immediate order gets."""
    if order.leaves_qty == 0:
        return
    if order.is_immediate() and book.has_quotes:
        book.blotter.cancel(order, immediate_text(order), now_ns)
    elif order.is_immediate() or book.reaches_market(order):
        book.wait(order)
    else:
        book.rest(order)


def immediate_text(order: VenueOrder) -> str:
    """Why an immediate order is canceled."""
    if order.time_in_force is TimeInForce.FILL_OR_KILL:
        return "fill or kill: not all of it could be filled at once"
    return "immediate or cancel: no more could be filled at once"


def take(book: OrderBook, order: VenueOrder, now_ns: i64) -> None:
    """Trade with everything that the order reaches, best price first."""
    limit = book.reach(order)
    if limit == 0:
        return
    if book.waiting:
        meet_waiting(book, order, limit, now_ns)
    queue = book.queue_of(not order.is_buy)
    tape = book.tape_of(not order.is_buy)
    while order.leaves_qty > 0:
        level = queue.best()
        qty = tape.free()
        if level is not None and qty > 0:
            if queue.better(level.px, tape.px):
                qty = 0
            elif level.px == tape.px and level.head is not None:
                qty = tape.free_before(level.head.ahead)
        if qty > 0:
            if not accepts(order, tape.px, limit):
                return
            qty = min(qty, order.leaves_qty)
            tape.take(qty)
            book.blotter.fill(order, qty, tape.px, now_ns)
        elif level is not None and accepts(order, level.px, limit):
            trade_with_resting(book, order, level, now_ns)
        else:
            return


def trade_with_resting(book: OrderBook, taker: VenueOrder, level: PriceLevel, now_ns: i64) -> None:
    """Trade with the first order of the level, at its price, as far as it shows."""
    maker = level.head
    if maker is None:
        return
    qty = min(taker.leaves_qty, maker.shown_qty)
    book.blotter.fill_pair(taker, maker, qty, level.px, now_ns)
    book.after_fill(maker, level, qty)


def meet_waiting(book: OrderBook, order: VenueOrder, limit: i64, now_ns: i64) -> None:
    """Trade with those who wait on the other side, first come first."""
    for maker in list(book.waiting):
        if order.leaves_qty == 0:
            return
        px = waiting_px(book, maker, order, limit)
        if px == 0:
            continue
        qty = min(order.leaves_qty, maker.leaves_qty)
        book.blotter.fill_pair(order, maker, qty, px, now_ns)
        if maker.leaves_qty == 0:
            book.remove(maker)


def waiting_px(book: OrderBook, maker: VenueOrder, order: VenueOrder, limit: i64) -> i64:
    """The price between a waiting order and a newcomer: the market's, else the newcomer's limit, else none (0)."""
    maker_limit = book.reach(maker)
    if maker.is_buy == order.is_buy or maker_limit == 0 or maker.time_in_force is TimeInForce.FILL_OR_KILL:
        return 0
    market_px = book.market_px(maker.is_buy)
    if market_px == 0 or not accepts(maker, market_px, maker_limit):
        market_px = maker_limit
    px = market_px if accepts(order, market_px, limit) else limit
    return px if accepts(maker, px, maker_limit) else 0


def available(book: OrderBook, order: VenueOrder) -> i64:
    """How much the order could take at once (counted no further than it needs)."""
    limit = book.reach(order)
    if limit == 0:
        return 0
    tape = book.tape_of(not order.is_buy)
    total: i64 = tape.free() if accepts(order, tape.px, limit) else 0
    for maker in book.waiting:
        if waiting_px(book, maker, order, limit) != 0:
            total += maker.leaves_qty
    for level in book.queue_of(not order.is_buy).levels_from_best():
        if total >= order.leaves_qty or not accepts(order, level.px, limit):
            break
        resting = level.head
        while resting is not None:
            total += resting.leaves_qty
            resting = resting.next_order
    return total


def serve_waiting(book: OrderBook, now_ns: i64) -> None:
    """A new quote: those who wait take from it in their order, or rest where it is out of their reach."""
    if not book.waiting:
        return
    waiting = book.waiting
    book.waiting = []
    for order in waiting:
        order.place = Place.NOWHERE
        take(book, order, now_ns)
        settle(book, order, now_ns)


def take_print(book: OrderBook, px: i64, size: i64, now_ns: i64) -> i64:
    """A print on a tape without quotes: those who wait share it in their order. Returns what is left of it."""
    waiting = book.waiting
    book.waiting = []
    left = size
    for order in waiting:
        order.place = Place.NOWHERE
        reached = order.at_market or accepts(order, px, order.price)
        whole = order.time_in_force is not TimeInForce.FILL_OR_KILL or order.leaves_qty <= left
        qty = min(order.leaves_qty, left) if reached and whole else 0
        if qty > 0:
            left -= qty
            book.blotter.fill(order, qty, px, now_ns)
        if order.leaves_qty > 0 and order.is_immediate():
            book.blotter.cancel(order, immediate_text(order), now_ns)
        elif order.leaves_qty > 0:
            if not reached:
                take(book, order, now_ns)
            settle(book, order, now_ns)
    return left

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
from kairos.venue.orders import SelfMatch, VenueOrder
from kairos.venue.queue import PriceLevel
from kairos.venue.self_match import is_self_match, prevent
from kairos.venue.waiting import WaitingLine


def enter(book: OrderBook, order: VenueOrder, now_ns: i64) -> None:
    """Bring a new order to the market: it takes what it may, then waits, rests or is done."""
    book.tape_of(not order.is_buy).ease(now_ns)
    least = order.least_qty()
    if least == 0 or available(book, order) >= least:
        take(book, order, now_ns)
    elif not waits_for_print(book, order):
        book.blotter.cancel(order, short_text(order), now_ns)
    settle(book, order, now_ns)


def settle(book: OrderBook, order: VenueOrder, now_ns: i64) -> None:
    """What becomes of the rest."""
    if order.leaves_qty == 0:
        return
    if waits_for_print(book, order):
        book.waiting.add(order)
    elif order.is_immediate():
        book.blotter.cancel(order, immediate_text(order), now_ns)
    elif order.at_market and not book.has_tape:
        book.blotter.cancel(order, "market order: nobody is left to trade with", now_ns)
    elif book.reaches_market(order):
        book.waiting.add(order)
    else:
        book.rest(order)


def waits_for_print(book: OrderBook, order: VenueOrder) -> bool:
    """Whether the order is immediate, but without quotes has its first chance when the tape next prints."""
    return order.is_immediate() and book.has_tape and not book.has_quotes


def short_text(order: VenueOrder) -> str:
    """Why an order is canceled that could not trade at once what it must."""
    if order.time_in_force is TimeInForce.FILL_OR_KILL:
        return immediate_text(order)
    return f"MinQty(110) {order.min_qty} could not be filled at once"


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
    if book.waiting.side(not order.is_buy).count > 0:
        meet_waiting(book, order, limit, now_ns)
    queue = book.queue_of(not order.is_buy)
    tape = book.tape_of(not order.is_buy)
    while order.leaves_qty > 0:
        level = queue.best()
        qty = tape.free()
        if level is not None and qty > 0:
            if queue.better(level.px, tape.offer_px):
                qty = 0
            elif level.px == tape.offer_px and level.head is not None:
                qty = tape.free_before(level.head.gap)
        if qty > 0:
            px = tape.offer_px
            if not accepts(order, px, limit):
                return
            qty = min(qty, order.leaves_qty)
            tape.take(qty, now_ns)
            book.blotter.fill(order, qty, px, now_ns)
        elif level is not None and accepts(order, level.px, limit):
            trade_with_resting(book, order, level, now_ns)
        else:
            return


def trade_with_resting(book: OrderBook, taker: VenueOrder, level: PriceLevel, now_ns: i64) -> None:
    """Trade with the first order of the level, at its price, as far as it shows."""
    maker = level.head
    if maker is None:
        return
    if is_self_match(taker, maker):
        prevent(book, taker, maker, now_ns)
        return
    qty = min(taker.leaves_qty, maker.shown_qty)
    book.blotter.fill_pair(taker, maker, qty, level.px, now_ns)
    book.after_fill(maker, level, qty)
    if not book.has_tape:
        book.last_px = level.px


def meet_waiting(book: OrderBook, order: VenueOrder, limit: i64, now_ns: i64) -> None:
    """Trade with those who wait on the other side, first come first."""
    for maker in book.waiting.orders():
        if order.leaves_qty == 0:
            return
        px = waiting_px(book, maker, order, limit)
        if px == 0:
            continue
        if is_self_match(order, maker):
            prevent(book, order, maker, now_ns)
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
    ends_at_own = bool(order.smp_id) and order.smp is not SelfMatch.CANCEL_PASSIVE
    total: i64 = 0
    for maker in book.waiting.orders():
        if waiting_px(book, maker, order, limit) == 0:
            continue
        if not is_self_match(order, maker):
            total += maker.leaves_qty
        elif ends_at_own:
            return total
    on_tape: i64 = book.tape_of(not order.is_buy).free_to(limit)
    for level in book.queue_of(not order.is_buy).levels_from_best():
        if not accepts(order, level.px, limit) or (total + on_tape >= order.leaves_qty and not ends_at_own):
            break
        resting = level.head
        while resting is not None:
            if not is_self_match(order, resting):
                total += resting.leaves_qty
            elif ends_at_own:
                return total  # what the tape shows may stand behind it
            resting = resting.next_order
    return total + on_tape


def serve_waiting(book: OrderBook, now_ns: i64) -> None:
    """A new quote: those who wait take from it in their order, or rest where it is out of their reach."""
    if not concerns(book, book.waiting):
        return
    line = book.release_waiting()
    order = line.first()
    while order is not None and concerns(book, line):
        line.remove(order)
        take(book, order, now_ns)
        settle(book, order, now_ns)
        order = line.first()
    book.waiting.join(line)


def concerns(book: OrderBook, line: WaitingLine) -> bool:
    """Whether what the market now shows could let anybody of the line trade, or rest."""
    buyers = line.buyers
    sellers = line.sellers
    if buyers.count > 0 and (sellers.count > 0 or book.waiting.sellers.count > 0):
        return True  # they may meet each other
    if sellers.count > 0 and book.waiting.buyers.count > 0:
        return True
    if buyers.count > 0 and (book.can_trade(buyers) or book.is_left(buyers)):
        return True
    return sellers.count > 0 and (book.can_trade(sellers) or book.is_left(sellers))


def take_print(book: OrderBook, px: i64, size: i64, now_ns: i64) -> i64:
    """A print on a tape without quotes: those who wait share it in their order. Returns what is left of it."""
    line = book.release_waiting()
    left = size
    order = line.first()
    while order is not None and (left > 0 or line.immediate > 0 or concerns(book, line)):
        line.remove(order)
        reached = order.at_market or accepts(order, px, order.price)
        qty = min(order.leaves_qty, left) if reached and order.least_qty() <= left else 0
        if qty > 0:
            left -= qty
            book.blotter.fill(order, qty, px, now_ns)
        if order.leaves_qty > 0 and order.is_immediate():
            book.blotter.cancel(order, immediate_text(order), now_ns)
        elif order.leaves_qty > 0:
            if not reached:
                take(book, order, now_ns)
            settle(book, order, now_ns)
        order = line.first()
    book.waiting.join(line)
    return left

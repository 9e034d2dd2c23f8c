"""What a tape of quotes or depth does to clients' orders: they move up in the queue, and fill when their turn comes.

An order behind the tape's size at its price moves up as the tape trades there, and when the tape shows less than
stands ahead (`places`). A print fills resting orders from its own size only: first those at better prices than the
print before whom nothing of the tape stands (it could not have happened without them), at their prices; then, at the
print's price, what is left after the tape's size that stood before each. Where something of the tape still stands
before an order at a better price, the print did not come from this book as it is, and gives nothing.

A print that doesn't say who took is a seller's below the middle of the quote, and can only have met bids, and a buyer's
above it. Otherwise a resting offer could be filled by a print of the very bid that an aggressive part of it had already
taken.
"""

from __future__ import annotations

from mypy_extensions import i64

from kairos.venue.book import OrderBook
from kairos.venue.places import eat_gap, late_part, share_cancels, shrink
from kairos.venue.queue import PriceLevel, PriceQueue
from kairos.venue.taking import serve_waiting, take_print
from kairos.venue.tape_side import TapeSide


def on_quote(book: OrderBook, bid_px: i64, bid_size: i64, ask_px: i64, ask_size: i64, now_ns: i64) -> None:
    """Take in a quote while the market trades. A locked or crossed one offers nothing: nobody could trade with it."""
    if book.rules.pro_rata:
        share_fall(book, True, bid_px, bid_size, now_ns)
        share_fall(book, False, ask_px, ask_size, now_ns)
    show_quote(book, bid_px, bid_size, ask_px, ask_size)
    meet_tape(book, now_ns)


def show_quote(book: OrderBook, bid_px: i64, bid_size: i64, ask_px: i64, ask_size: i64) -> None:
    """Remember what the tape shows."""
    book.tape_bid.show_best(bid_px, bid_size)
    book.tape_ask.show_best(ask_px, ask_size)
    settle_offers(book)


def on_level(book: OrderBook, is_bid: bool, px: i64, size: i64, more: bool, now_ns: i64, trading: bool) -> None:
    """Take in what one price level shows; `more` of the same moment follows."""
    tape = book.tape_of(is_bid)
    if trading:
        if book.rules.pro_rata:
            share_fall(book, is_bid, px, size, now_ns)
        level = book.queue_of(is_bid).level_at(px)
        if level is not None and (size > 0 or tape.is_better(px, tape.worst_px())):
            shrink(level, size, now_ns, book.rules.late_print_ns)
    tape.show_level(px, size)
    if not more:
        look_at_tape(book, now_ns, trading)


def look_at_tape(book: OrderBook, now_ns: i64, trading: bool) -> None:
    """The tape's levels are whole again."""
    book.tape_bid.look()
    book.tape_ask.look()
    settle_offers(book)
    if trading:
        meet_tape(book, now_ns)


def settle_offers(book: OrderBook) -> None:
    """Whether someone could trade with what is shown."""
    bid = book.tape_bid
    ask = book.tape_ask
    offered = bid.px == 0 or ask.px == 0 or bid.px < ask.px
    bid.offered = offered
    ask.offered = offered
    if not offered:
        # Whoever comes now gets no place in what is shown; all are looked at when it is sound again.
        bid.receded = True
        ask.receded = True


def meet_tape(book: OrderBook, now_ns: i64) -> None:
    """Clients' orders meet what the tape has come to show: places first, then those who wait, then those who rest."""
    book.tape_bid.ease(now_ns)
    book.tape_ask.ease(now_ns)
    if book.tape_bid.offered:
        follow(book, book.bids, book.tape_bid, now_ns)
        follow(book, book.asks, book.tape_ask, now_ns)
    waiting = book.waiting
    if (book.tape_ask.news and waiting.buyers.count > 0) or (book.tape_bid.news and waiting.sellers.count > 0):
        serve_waiting(book, now_ns)
    book.tape_bid.news = False
    book.tape_ask.news = False
    meet_offers(book, book.bids, book.tape_ask, now_ns)
    meet_offers(book, book.asks, book.tape_bid, now_ns)


def follow(book: OrderBook, queue: PriceQueue, tape: TapeSide, now_ns: i64) -> None:
    """No order at the best shown price stands behind more than is shown; before it, nothing of the tape is left."""
    if tape.receded:
        tape.receded = False
        for place in range(len(queue.levels) - 1, -1, -1):
            level = queue.levels[place]
            if not tape.is_better(level.px, tape.px):
                break
            shrink(level, 0, now_ns, book.rules.late_print_ns)
    best = queue.best()
    if best is None or tape.is_better(tape.px, best.px):
        return
    at_tape = best if best.px == tape.px else queue.level_at(tape.px)
    if at_tape is not None:
        shrink(at_tape, tape.size, now_ns, book.rules.late_print_ns)


def share_fall(book: OrderBook, is_bid: bool, px: i64, size: i64, now_ns: i64) -> None:
    """What the tape's size at a price falls by, more than it has traded, was canceled everywhere in proportion."""
    shown = book.tape_of(is_bid).level_at(px)
    level = book.queue_of(is_bid).level_at(px)
    if shown is None or level is None:
        return
    stood = shown.size - shown.printed
    if size < stood:
        share_cancels(level, stood - size, stood, now_ns, book.rules.late_print_ns)


def meet_offers(book: OrderBook, queue: PriceQueue, tape: TapeSide, now_ns: i64) -> None:
    """The tape's other side has come to resting orders: it trades with them, at their prices."""
    while tape.free() > 0:
        level = queue.best()
        if level is None or level.head is None or queue.better(tape.offer_px, level.px):
            return
        qty = min(tape.free(), level.head.shown_qty)
        tape.take(qty, now_ns)
        book.fill_resting(level.head, level, qty, level.px, now_ns)


def on_trade(book: OrderBook, px: i64, size: i64, taker: i64, now_ns: i64) -> None:
    """Take in a print while the market trades. `taker`: 1 a buyer took, -1 a seller, 0 the tape doesn't say."""
    book.last_px = px
    if not book.has_quotes:
        left = take_print(book, px, size, now_ns)
        left = meet_print(book, book.bids, px, left, now_ns)
        meet_print(book, book.asks, px, left, now_ns)
        return
    by = taker if taker != 0 else from_middle(book, px)
    left = size
    if by <= 0:
        left = meet_print(book, book.bids, px, left, now_ns)
    if by >= 0:
        meet_print(book, book.asks, px, left, now_ns)
    if book.rules.pro_rata:
        note_print(book.tape_bid if by < 0 else book.tape_ask, px, size)


def from_middle(book: OrderBook, px: i64) -> i64:
    """Where a print is of the middle of the quote: above (more than 0), below (less), or unknown (0)."""
    if book.tape_bid.offered and book.tape_bid.size > 0 and book.tape_ask.size > 0:
        return 2 * px - book.tape_bid.px - book.tape_ask.px
    return 0


def note_print(tape: TapeSide, px: i64, size: i64) -> None:
    """So much of what is shown at the price has traded, and is not canceled when the tape shows less."""
    shown = tape.level_at(px)
    if shown is not None:
        shown.printed = min(shown.size, shown.printed + size)


def meet_print(book: OrderBook, queue: PriceQueue, px: i64, size: i64, now_ns: i64) -> i64:
    """Fill one side's resting orders from a print. Returns what is left of it."""
    left = fill_better(book, queue, px, size, now_ns)
    level = queue.best()
    if left > 0 and level is not None and level.px == px:
        if book.has_quotes:
            part = left - late_part(level, left, now_ns, book.rules.late_print_ns)
        else:
            part = left * book.turn_percent // 100
        left -= fill_in_turn(book, level, part, now_ns)
    return left


def fill_better(book: OrderBook, queue: PriceQueue, px: i64, size: i64, now_ns: i64) -> i64:
    """Fill the orders at better prices than the tape traded at, in price and time order, as far as nothing of the tape
    stands before them. Returns what is left of the trade.
    """
    left = size
    level = queue.best()
    while left > 0 and level is not None and queue.better(level.px, px):
        order = level.head
        if order is None or (order.gap > 0 and book.tape_of(order.is_buy).known):
            break
        qty = min(order.shown_qty, left)
        left -= qty
        book.fill_resting(order, level, qty, level.px, now_ns)
        level = queue.best()
    return left


def fill_in_turn(book: OrderBook, level: PriceLevel, size: i64, now_ns: i64) -> i64:
    """Fill a level that the tape traded at: each order after the tape's size before it. Returns how much of the trade
    that used up.
    """
    left = size
    order = level.head
    while left > 0 and order is not None:
        if order.gap > 0:
            left -= eat_gap(level, order, left)
        else:
            qty = min(order.shown_qty, left)
            left -= qty
            book.fill_resting(order, level, qty, level.px, now_ns)
            order = level.head
    return size - left

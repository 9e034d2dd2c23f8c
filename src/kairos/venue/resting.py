"""Resting orders against the tape: how they move up in the queue, and when their turn comes.

An order behind the tape's size at its price moves up as the tape trades there, and when the tape shows less than
stands ahead. A print fills resting orders from its own size only: first those at better prices than the print (it
could not have happened without them), at their prices; then, at the print's price, what is left after the tape's size
that stood before each.

A print below the middle of the quote was a seller's and can only have met bids, one above it a buyer's. Otherwise a
resting offer could be filled by a print of the very bid that an aggressive part of it had already taken.
"""

from __future__ import annotations

from mypy_extensions import i64

from kairos.market.tape import Quote
from kairos.venue.book import OrderBook
from kairos.venue.orders import UNSEEN
from kairos.venue.queue import PriceLevel, PriceQueue
from kairos.venue.taking import serve_waiting, take_print
from kairos.venue.tape_side import TapeSide


def on_quote(book: OrderBook, quote: Quote, now_ns: i64) -> None:
    """Take in a quote while the market trades. A locked or crossed one offers nothing: nobody could trade with it."""
    show_quote(book, quote)
    if book.tape_bid.offered:
        move_up(book.bids, book.tape_bid)
        move_up(book.asks, book.tape_ask)
    serve_waiting(book, now_ns)
    meet_quote(book, book.bids, book.tape_ask, now_ns)
    meet_quote(book, book.asks, book.tape_bid, now_ns)


def show_quote(book: OrderBook, quote: Quote) -> None:
    """Remember what the tape shows."""
    offered = quote.bid_size == 0 or quote.ask_size == 0 or quote.bid_px < quote.ask_px
    book.tape_bid.show(quote.bid_px, quote.bid_size, offered)
    book.tape_ask.show(quote.ask_px, quote.ask_size, offered)


def move_up(queue: PriceQueue, tape: TapeSide) -> None:
    """No order at the shown price stands behind more than is shown; before it, nothing of the tape is left."""
    for place in range(len(queue.levels) - 1, -1, -1):
        level = queue.levels[place]
        if tape.is_better(tape.px, level.px):
            return
        shown = tape.size if level.px == tape.px else 0
        order = level.tail
        # Whoever came later stands behind at least as much, so the first who needs no change ends the search.
        while order is not None and order.ahead > shown:
            order.ahead = shown
            order = order.prev_order


def meet_quote(book: OrderBook, queue: PriceQueue, tape: TapeSide, now_ns: i64) -> None:
    """The tape's other side has come to resting orders: it trades with them, at their prices."""
    while tape.free() > 0:
        level = queue.best()
        if level is None or level.head is None or queue.better(tape.px, level.px):
            return
        qty = min(tape.free(), level.head.shown_qty)
        tape.take(qty)
        book.fill_resting(level.head, level, qty, level.px, now_ns)


def on_trade(book: OrderBook, px: i64, size: i64, now_ns: i64) -> None:
    """Take in a print while the market trades."""
    book.last_px = px
    if not book.has_quotes:
        left = take_print(book, px, size, now_ns)
        left = meet_print(book, book.bids, px, left, now_ns)
        meet_print(book, book.asks, px, left, now_ns)
        return
    from_middle: i64 = 0
    if book.tape_bid.offered and book.tape_bid.size > 0 and book.tape_ask.size > 0:
        from_middle = 2 * px - book.tape_bid.px - book.tape_ask.px
    left = size
    if from_middle <= 0:
        left = meet_print(book, book.bids, px, left, now_ns)
    if from_middle >= 0:
        meet_print(book, book.asks, px, left, now_ns)


def meet_print(book: OrderBook, queue: PriceQueue, px: i64, size: i64, now_ns: i64) -> i64:
    """Fill one side's resting orders from a print. Returns what is left of it."""
    left = size
    level = queue.best()
    while left > 0 and level is not None and queue.better(level.px, px):
        left -= fill_through(book, level, left, now_ns)
        level = queue.best()
    if left > 0 and level is not None and level.px == px:
        left -= fill_in_turn(book, level, left if book.has_quotes else left * book.turn_percent // 100, now_ns)
    return left


def fill_through(book: OrderBook, level: PriceLevel, size: i64, now_ns: i64) -> i64:
    """Fill a level that the tape traded through, in time order. Returns how much was filled."""
    left = size
    order = level.head
    while left > 0 and order is not None:
        qty = min(order.shown_qty, left)
        left -= qty
        book.fill_resting(order, level, qty, level.px, now_ns)
        order = level.head
    return size - left


def fill_in_turn(book: OrderBook, level: PriceLevel, size: i64, now_ns: i64) -> i64:
    """Fill a level that the tape traded at: each order after the tape's size before it. Returns how much was filled."""
    filled: i64 = 0
    order = level.head
    while order is not None and order.ahead < size - filled:
        qty = min(order.shown_qty, size - filled - order.ahead)
        filled += qty
        book.fill_resting(order, level, qty, level.px, now_ns)
        order = level.head
    tape_traded = size - filled
    while order is not None:
        if order.ahead != UNSEEN:
            order.ahead = max(0, order.ahead - tape_traded)
        order = order.next_order
    return filled

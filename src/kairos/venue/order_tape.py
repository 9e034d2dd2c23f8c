"""What an order-level tape does to clients' orders: each knows exactly which of the tape's orders stand before it.

It moves up when those trade or are taken back, and by nothing else. When the tape executes an order that a client's
order stands before, in price or in time, the client's order fills first, out of the execution's size; the tape's own
order shrinks as the tape says all the same.
"""

from __future__ import annotations

from mypy_extensions import i64

from kairos.venue.book import OrderBook
from kairos.venue.places import leave_gap
from kairos.venue.queue import PriceQueue
from kairos.venue.resting import fill_better, look_at_tape


def on_add(
    book: OrderBook, order_ref: i64, is_buy: bool, px: i64, size: i64, more: bool, now_ns: i64, trading: bool
) -> None:
    """The tape's order comes to the back of its price."""
    book.tape_orders.add(book.tape_of(is_buy), order_ref, px, size)
    if not more:
        look_at_tape(book, now_ns, trading)


def on_shrink(
    book: OrderBook, order_ref: i64, is_buy: bool, px: i64, size: i64, more: bool, now_ns: i64, trading: bool
) -> None:
    """So much of the tape's order is taken back."""
    tape = book.tape_of(is_buy)
    left = size
    order = book.tape_orders.find(tape, order_ref, px)
    while left > 0 and order is not None:
        gone = book.tape_orders.shrink(tape, order, left)
        left -= gone
        level = book.queue_of(is_buy).level_at(px)
        if level is not None:
            leave_gap(level, order.seq, gone)
        order = book.tape_orders.find(tape, order_ref, px)  # what it had beside its known size has no name
    if not more:
        look_at_tape(book, now_ns, trading)


def on_execute(
    book: OrderBook, order_ref: i64, is_buy: bool, px: i64, size: i64, more: bool, now_ns: i64, trading: bool
) -> None:
    """So much of the tape's order traded."""
    if trading:
        book.last_px = px
        # What the tape never added, or not by name, was there before any client's order.
        order = book.tape_orders.by_ref.get(order_ref)
        meet_execution(book, book.queue_of(is_buy), px, order.seq if order is not None else 0, size, now_ns)
    on_shrink(book, order_ref, is_buy, px, size, more, now_ns, trading)


def meet_execution(book: OrderBook, queue: PriceQueue, px: i64, seq: i64, size: i64, now_ns: i64) -> None:
    """Fill the clients' orders that the executed order `seq` stands behind."""
    left = fill_better(book, queue, px, size, now_ns)
    level = queue.best()
    if level is None or level.px != px:
        return
    order = level.head
    while left > 0 and order is not None and order.gap == 0 and order.tape_seq < seq:
        qty = min(order.shown_qty, left)
        left -= qty
        book.fill_resting(order, level, qty, px, now_ns)
        order = level.head

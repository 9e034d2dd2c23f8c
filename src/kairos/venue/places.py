"""Where clients' orders stand in the tape's queue at a price, and how they move up.

Between two clients' orders at a price stands some of the tape's size: the *gap* before each order. What an order must
wait for is the sum of the gaps up to it. A trade eats the first gap, then fills the first order, then eats the next
gap; a cancel among the tape's orders takes from a gap, the last one first where the tape doesn't say which (it is the
honest guess for us: whoever cancels stood behind). So what happens at a price costs no more for many orders there than
for one, as nothing is kept for each of them that must follow.
"""

from __future__ import annotations

from mypy_extensions import i64

from kairos.venue.orders import UNSEEN, VenueOrder
from kairos.venue.queue import PriceLevel


def join(level: PriceLevel, order: VenueOrder, shown: i64, seq: i64) -> None:
    """The order has come to the back of the level, behind all that is shown there."""
    order.gap = max(0, shown - level.tape_ahead)
    order.tape_seq = seq
    level.tape_ahead += order.gap


def shrink(level: PriceLevel, shown: i64, now_ns: i64, late_print_ns: i64) -> None:
    """Nobody stands behind more than is shown. What this moves them up by may be a trade that is yet to be printed."""
    excess = level.tape_ahead - shown
    if excess <= 0:
        return
    remember_fall(level, excess, now_ns, late_print_ns)
    level.tape_ahead = shown
    order = level.head
    if order is not None and order.gap < shown + excess:
        order = level.tail
    while excess > 0 and order is not None:
        cut = min(order.gap, excess)
        order.gap -= cut
        excess -= cut
        order = order.prev_order


def share_cancels(level: PriceLevel, canceled: i64, stood: i64, now_ns: i64, late_print_ns: i64) -> None:
    """Of the `stood` shown here so much was canceled: each order's part before it in proportion, rounded down."""
    before: i64 = 0
    left: i64 = 0
    order = level.head
    while order is not None and before + order.gap <= stood:
        before += order.gap
        stays = before - before * canceled // stood
        order.gap = stays - left
        left = stays
        order = order.next_order
    if before > left:
        remember_fall(level, before - left, now_ns, late_print_ns)
        level.tape_ahead -= before - left


def remember_fall(level: PriceLevel, size: i64, now_ns: i64, late_print_ns: i64) -> None:
    """The shown size has fallen by so much, and moved orders up, without a print that says why."""
    if now_ns - level.fallen_ns > late_print_ns:
        level.fallen = 0
    level.fallen = min(UNSEEN, level.fallen + size)
    level.fallen_ns = now_ns


def late_part(level: PriceLevel, size: i64, now_ns: i64, late_print_ns: i64) -> i64:
    """How much of a print the orders here have already moved up by."""
    if level.fallen == 0:
        return 0
    if now_ns - level.fallen_ns > late_print_ns:
        level.fallen = 0
        return 0
    late = min(level.fallen, size)
    level.fallen -= late
    return late


def eat_gap(level: PriceLevel, order: VenueOrder, size: i64) -> i64:
    """The tape traded: take from what stands before the first order. Returns how much that was."""
    eaten = min(order.gap, size)
    order.gap -= eaten
    level.tape_ahead -= eaten
    return eaten


def leave_gap(level: PriceLevel, seq: i64, size: i64) -> None:
    """The tape's order `seq` is smaller by `size`: who stands behind it moves up."""
    order = level.head
    if order is not None and order.tape_seq < seq:
        order = level.tail
        if order is None or order.tape_seq < seq:
            return
        # Who cancels came late, most of all: so from the back.
        while order.prev_order is not None and order.prev_order.tape_seq > seq:
            order = order.prev_order
    if order is not None:
        eat_gap(level, order, size)

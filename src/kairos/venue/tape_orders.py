"""The orders of an order-level tape: added, reduced, executed one by one.

What a client took is remembered with the tape's order that it was taken from. The tape goes on as if nothing had
happened: when it executes or takes back that order later, the part that a client has is gone with it, and is neither
offered again nor missing elsewhere.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.venue.tape_side import TapeLevel, TapeOrder, TapeSide


class TapeOrders:
    """The tape's orders of both sides by their reference."""

    def __init__(self) -> None:
        self.by_ref: Final[dict[int, TapeOrder]] = {}
        self.seq: i64 = 0

    def next_seq(self) -> i64:
        """Who comes now comes after all before."""
        self.seq += 1
        return self.seq

    def add(self, side: TapeSide, order_ref: i64, px: i64, size: i64) -> None:
        """An order comes to the back of its price."""
        side.known = True
        level = side.level_at(px)
        if level is None:
            level = side.open_level(px, 0)
        order = TapeOrder(level, order_ref, size, self.next_seq())
        level.size += size
        order.prev_order = level.tail
        if level.tail is None:
            level.head = order
        else:
            level.tail.next_order = order
        level.tail = order
        if order_ref > 0:
            self.by_ref[order_ref] = order

    def find(self, side: TapeSide, order_ref: i64, px: i64) -> TapeOrder | None:
        """The order of this reference. For one that was never added, the first without a name at its price; if there is
        none, the last, which moves up the fewest.
        """
        named = self.by_ref.get(order_ref)
        if named is not None:
            return named
        level = side.level_at(px)
        if level is None:
            return None
        order = level.head
        while order is not None and order.ref > 0:
            order = order.next_order
        return order if order is not None else level.tail

    def shrink(self, side: TapeSide, order: TapeOrder, size: i64) -> i64:
        """So much of the order traded or was taken back. Returns how much of that it really had."""
        gone = min(size, order.size)
        level = order.level
        order.size -= gone
        level.size -= gone
        if order.taken > order.size:
            level.taken -= order.taken - order.size
            order.taken = order.size
        if order.size == 0:
            unlink(level, order)
            self.by_ref.pop(order.ref, None)
            if level.size == 0:
                side.close_level(side.place_of(level.px))
        return gone


def unlink(level: TapeLevel, order: TapeOrder) -> None:
    """Take the order out of its price."""
    before = order.prev_order
    after = order.next_order
    if before is None:
        level.head = after
    else:
        before.next_order = after
    if after is None:
        level.tail = before
    else:
        after.prev_order = before
    order.prev_order = None
    order.next_order = None

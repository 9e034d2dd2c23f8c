"""Price-time queues: sorted prices, and at each price the orders in their time order.

Prices stand in a sorted list with the best at its end, where adding and removing is cheap because most trading
happens there; a dictionary finds a price's level; the orders of a level are a doubly linked list through the orders
themselves, so that removing one costs the same wherever it stands.
"""

from __future__ import annotations

from bisect import bisect_left, insort

from mypy_extensions import i64

from kairos.venue.orders import VenueOrder


class PriceLevel:
    """The orders at one price, first come first."""

    def __init__(self, px: i64) -> None:
        self.px: i64 = px
        self.head: VenueOrder | None = None
        self.tail: VenueOrder | None = None

    def append(self, order: VenueOrder) -> None:
        """Put the order behind all others."""
        tail = self.tail
        order.prev_order = tail
        order.next_order = None
        if tail is None:
            self.head = order
        else:
            tail.next_order = order
        self.tail = order

    def unlink(self, order: VenueOrder) -> None:
        """Take the order out, wherever it stands."""
        before = order.prev_order
        after = order.next_order
        if before is None:
            self.head = after
        else:
            before.next_order = after
        if after is None:
            self.tail = before
        else:
            after.prev_order = before
        order.prev_order = None
        order.next_order = None


class PriceQueue:
    """Levels in price order; `highest_first` for bids (and sell stops), else the lowest price is the best."""

    def __init__(self, highest_first: bool) -> None:
        self.sign: i64 = 1 if highest_first else -1
        self.keys: list[int] = []  # price times sign, ascending: the best price is the last
        self.levels: dict[int, PriceLevel] = {}

    def best(self) -> PriceLevel | None:
        """The level of the best price."""
        if not self.keys:
            return None
        return self.levels[self.keys[-1]]

    def add(self, order: VenueOrder, px: i64) -> None:
        """Put the order at the back of its price."""
        key = px * self.sign
        level = self.levels.get(key)
        if level is None:
            level = PriceLevel(px)
            self.levels[key] = level
            insort(self.keys, key)
        order.queue_px = px
        level.append(order)

    def remove(self, order: VenueOrder) -> None:
        """Take the order out; its level goes with the last order."""
        key = order.queue_px * self.sign
        level = self.levels[key]
        level.unlink(order)
        if level.head is not None:
            return
        del self.levels[key]
        if self.keys[-1] == key:
            self.keys.pop()
        else:
            del self.keys[bisect_left(self.keys, key)]

    def better(self, px: i64, than_px: i64) -> bool:
        """Whether the first price comes before the second in this queue."""
        return px * self.sign > than_px * self.sign

    def levels_from_best(self) -> list[PriceLevel]:
        """All levels, the best first."""
        return [self.levels[key] for key in reversed(self.keys)]

    def orders(self) -> list[VenueOrder]:
        """All orders, by price and time."""
        found: list[VenueOrder] = []
        for level in self.levels_from_best():
            order = level.head
            while order is not None:
                found.append(order)
                order = order.next_order
        return found

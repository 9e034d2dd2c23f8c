"""Price-time queues: sorted prices, and at each price the orders in their time order.

Levels stand in a list sorted by price with the best at its end, where adding and removing is cheap because most
trading happens there; a price is found by halving. The orders of a level are a doubly linked list through the orders
themselves, so that removing one costs the same wherever it stands.
"""

from __future__ import annotations

from mypy_extensions import i64, mypyc_attr

from kairos.venue.orders import VenueOrder


@mypyc_attr(acyclic=True)
class PriceLevel:
    """The orders at one price, first come first."""

    def __init__(self, px: i64) -> None:
        self.px: i64 = px
        self.head: VenueOrder | None = None
        self.tail: VenueOrder | None = None
        self.tape_ahead: i64 = 0  # the tape's size before its last order: the sum of the gaps
        self.fallen: i64 = 0  # what its orders moved up by at `fallen_ns`, unless a print explains it
        self.fallen_ns: i64 = 0

    def shown(self) -> tuple[i64, i64]:
        """The size that all orders here show, and how many they are."""
        size: i64 = 0
        count: i64 = 0
        order = self.head
        while order is not None:
            size += order.shown_qty
            count += 1
            order = order.next_order
        return size, count

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
        if after is None:
            self.tape_ahead -= order.gap  # nobody is left behind that size
        else:
            after.gap += order.gap
        order.gap = 0
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
        self.levels: list[PriceLevel] = []  # the best is the last
        self.changed: dict[int, bool] | None = None  # prices whose orders have changed; none are kept unless watched

    def best(self) -> PriceLevel | None:
        """The level of the best price."""
        return self.levels[-1] if self.levels else None

    def level_at(self, px: i64) -> PriceLevel | None:
        """The level of a price; None where nobody is."""
        place = self.place_of(px)
        if place < len(self.levels) and self.levels[place].px == px:
            return self.levels[place]
        return None

    def place_of(self, px: i64) -> i64:
        """How many levels are worse than this price: where its level is, or belongs."""
        low: i64 = 0
        high: i64 = len(self.levels)
        while low < high:
            middle = (low + high) >> 1
            if self.better(px, self.levels[middle].px):
                low = middle + 1
            else:
                high = middle
        return low

    def add(self, order: VenueOrder, px: i64) -> PriceLevel:
        """Put the order at the back of its price. Returns its level."""
        place = self.place_of(px)
        if place == len(self.levels) or self.levels[place].px != px:
            self.levels.insert(place, PriceLevel(px))
        order.queue_px = px
        level = self.levels[place]
        level.append(order)
        self.touch(px)
        return level

    def remove(self, order: VenueOrder) -> None:
        """Take the order out; its level goes with the last order."""
        place = self.place_of(order.queue_px)
        level = self.levels[place]
        level.unlink(order)
        if level.head is None:
            self.levels.pop(place)
        self.touch(order.queue_px)

    def touch(self, px: i64) -> None:
        """Remember that what stands at the price has changed, if anybody watches."""
        if self.changed is not None:
            self.changed[px] = True

    def better(self, px: i64, than_px: i64) -> bool:
        """Whether the first price comes before the second in this queue."""
        return px * self.sign > than_px * self.sign

    def levels_from_best(self) -> list[PriceLevel]:
        """All levels, the best first."""
        return self.levels[::-1]

    def orders(self) -> list[VenueOrder]:
        """All orders, by price and time."""
        found: list[VenueOrder] = []
        for level in self.levels_from_best():
            order = level.head
            while order is not None:
                found.append(order)
                order = order.next_order
        return found

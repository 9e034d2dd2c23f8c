"""Those who wait to take what the tape offers next, first come first, and what is known of all of them at once.

Each row of a tape may concern them, while thousands wait. So the line knows of each side how far the boldest of its
limits goes and how far the shyest, and whether anybody waits there at any price: enough to say, without asking each,
that nobody who is left can trade or has to leave. What it knows may be too wide once somebody has left, never too
narrow: then all are asked, and it is known anew.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.venue.orders import Place, VenueOrder
from kairos.venue.queue import PriceLevel


@mypyc_attr(acyclic=True)
class WaitingSide:
    """The buyers, or the sellers, among those who wait."""

    def __init__(self, is_buy: bool) -> None:
        self.is_buy: Final = is_buy
        self.count: i64 = 0
        self.at_market: i64 = 0  # so many of them accept any price
        self.boldest_px: i64 = 0  # of the limits, if there are any
        self.shyest_px: i64 = 0

    def limits(self) -> i64:
        """How many of them have a limit."""
        return self.count - self.at_market

    def add(self, order: VenueOrder) -> None:
        if order.at_market:
            self.at_market += 1
        else:
            self._widen(order.price, order.price, self.limits() == 0)
        self.count += 1

    def remove(self, order: VenueOrder) -> None:
        self.count -= 1
        if order.at_market:
            self.at_market -= 1

    def join(self, other: WaitingSide) -> None:
        """Others of the same side come behind."""
        if other.limits() > 0:
            self._widen(other.boldest_px, other.shyest_px, self.limits() == 0)
        self.count += other.count
        self.at_market += other.at_market

    def _widen(self, boldest_px: i64, shyest_px: i64, anew: bool) -> None:
        if anew:
            self.boldest_px = boldest_px
            self.shyest_px = shyest_px
        elif self.is_buy:
            self.boldest_px = max(self.boldest_px, boldest_px)
            self.shyest_px = min(self.shyest_px, shyest_px)
        else:
            self.boldest_px = min(self.boldest_px, boldest_px)
            self.shyest_px = max(self.shyest_px, shyest_px)


class WaitingLine:
    """All who wait, in the order of their coming."""

    def __init__(self) -> None:
        self.line: PriceLevel = PriceLevel(0)
        self.buyers: Final = WaitingSide(is_buy=True)
        self.sellers: Final = WaitingSide(is_buy=False)
        self.immediate: i64 = 0  # so many have their only chance with the next print

    def side(self, is_buy: bool) -> WaitingSide:
        return self.buyers if is_buy else self.sellers

    def first(self) -> VenueOrder | None:
        return self.line.head

    def add(self, order: VenueOrder) -> None:
        """Let the order wait behind all others."""
        self.line.append(order)
        self.side(order.is_buy).add(order)
        self.immediate += 1 if order.is_immediate() else 0
        order.place = Place.WAITING

    def remove(self, order: VenueOrder) -> None:
        """Take the order out."""
        self.line.unlink(order)
        self.side(order.is_buy).remove(order)
        self.immediate -= 1 if order.is_immediate() else 0
        order.place = Place.NOWHERE

    def join(self, other: WaitingLine) -> None:
        """All of another line come behind."""
        head = other.line.head
        tail = self.line.tail
        if head is None:
            return
        if tail is None:
            self.line = other.line
        else:
            tail.next_order = head
            head.prev_order = tail
            self.line.tail = other.line.tail
        self.buyers.join(other.buyers)
        self.sellers.join(other.sellers)
        self.immediate += other.immediate

    def orders(self) -> list[VenueOrder]:
        """All who wait, first come first."""
        found: list[VenueOrder] = []
        order = self.line.head
        while order is not None:
            found.append(order)
            order = order.next_order
        return found

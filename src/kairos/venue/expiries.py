"""Orders that are good till a date, by their time."""

from __future__ import annotations

import heapq

from mypy_extensions import i64

from kairos.venue.listing import NEVER
from kairos.venue.orders import VenueOrder


class Expiries:
    """A changed order is here once for each time it had; those that hold no more are passed over."""

    def __init__(self) -> None:
        self.heap: list[tuple[int, int, VenueOrder]] = []
        self.count = 0

    def add(self, order: VenueOrder) -> None:
        """Note when the order expires."""
        self.count += 1  # orders themselves have no order in the heap
        heapq.heappush(self.heap, (order.expire_at_ns, self.count, order))

    def next_ns(self) -> i64:
        """The first of the times."""
        return self.heap[0][0] if self.heap else NEVER

    def pop(self, now_ns: i64) -> VenueOrder | None:
        """Take out the first order; None if it has gone, or has a later time by now."""
        order = heapq.heappop(self.heap)[2]
        return order if order.is_live() and order.expire_at_ns <= now_ns else None

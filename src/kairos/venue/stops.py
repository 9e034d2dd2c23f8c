"""Stop orders: quiet until the tape prints at or through their stop price."""

from __future__ import annotations

from mypy_extensions import i64

from kairos.venue.orders import Place, VenueOrder
from kairos.venue.queue import PriceQueue


class StopBook:
    """Untriggered stops of one instrument; those that a move reaches first come first, then in time order."""

    def __init__(self) -> None:
        self.buys = PriceQueue(highest_first=False)
        self.sells = PriceQueue(highest_first=True)

    def add(self, order: VenueOrder) -> None:
        """Let the order wait for its trigger."""
        order.place = Place.STOPS
        self._queue(order).add(order, order.stop_px)

    def remove(self, order: VenueOrder) -> None:
        """Take the order out."""
        self._queue(order).remove(order)
        order.place = Place.NOWHERE

    def triggered_by(self, px: i64) -> list[VenueOrder]:
        """Take out the stops that a print at this price triggers, in the order of their triggering."""
        found: list[VenueOrder] = []
        for queue in (self.buys, self.sells):
            level = queue.best()
            while level is not None and level.head is not None and is_triggered(level.head, px):
                order = level.head
                self.remove(order)
                order.triggered = True
                found.append(order)
                level = queue.best()
        return found

    def orders(self) -> list[VenueOrder]:
        """All stops here."""
        return self.buys.orders() + self.sells.orders()

    def _queue(self, order: VenueOrder) -> PriceQueue:
        return self.buys if order.is_buy else self.sells


def is_triggered(order: VenueOrder, px: i64) -> bool:
    """Whether a print at this price triggers the stop."""
    return px >= order.stop_px if order.is_buy else px <= order.stop_px

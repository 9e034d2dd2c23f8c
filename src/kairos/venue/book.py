"""Everything that can trade in one instrument: the clients' queues, those waiting to take, and what the tape shows.

What an order may pay is its *reach*: its limit, or for a market order the tape's price (the best opposite quote, or
the last print where the tape has no quotes). So a market order never runs through a thin book of other clients past
the real market.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.venue.blotter import Blotter
from kairos.venue.orders import UNSEEN, Place, VenueOrder
from kairos.venue.queue import PriceLevel, PriceQueue
from kairos.venue.tape_side import TapeSide


class OrderBook:
    """The book of one instrument. `turn_percent` is the share of a print at their price that clients' resting orders
    get on a tape without quotes, where the queue before them can't be seen.
    """

    def __init__(self, blotter: Blotter, has_quotes: bool, turn_percent: int) -> None:
        self.blotter: Final = blotter
        self.has_quotes: Final = has_quotes
        self.turn_percent: i64 = turn_percent
        self.bids: Final = PriceQueue(highest_first=True)
        self.asks: Final = PriceQueue(highest_first=False)
        self.tape_bid: Final = TapeSide(is_bid=True)
        self.tape_ask: Final = TapeSide(is_bid=False)
        self.waiting: list[VenueOrder] = []
        self.last_px: i64 = 0

    def queue_of(self, is_buy: bool) -> PriceQueue:
        return self.bids if is_buy else self.asks

    def tape_of(self, is_buy: bool) -> TapeSide:
        return self.tape_bid if is_buy else self.tape_ask

    def market_px(self, is_buy: bool) -> i64:
        """What a buyer (or seller) pays (or gets) at the market; 0 where the tape has not said."""
        return self.tape_of(not is_buy).px if self.has_quotes else self.last_px

    def reach(self, order: VenueOrder) -> i64:
        """The worst price that the order may trade at now; 0 for none."""
        return self.market_px(order.is_buy) if order.at_market else order.price

    def reaches_market(self, order: VenueOrder) -> bool:
        """Whether the order is aggressive: it accepts the market's price."""
        market_px = self.market_px(order.is_buy)
        return order.at_market or (market_px != 0 and accepts(order, market_px, order.price))

    def rest(self, order: VenueOrder) -> None:
        """Put a limit order at the back of its price."""
        self.queue_of(order.is_buy).add(order, order.price)
        order.place = Place.BOOK
        self.place_in_tape(order)

    def place_in_tape(self, order: VenueOrder) -> None:
        """Show the order, behind what the tape shows at its price."""
        order.show()
        tape = self.tape_of(order.is_buy)
        if not self.has_quotes:
            order.ahead = 0
        elif not tape.known or not tape.offered or tape.is_better(tape.px, order.price):
            order.ahead = UNSEEN
        else:
            order.ahead = tape.size if tape.px == order.price else 0

    def fill_resting(self, order: VenueOrder, level: PriceLevel, qty: i64, px: i64, now_ns: i64) -> None:
        """The tape trades with a resting order."""
        self.blotter.fill(order, qty, px, now_ns)
        self.after_fill(order, level, qty)

    def after_fill(self, order: VenueOrder, level: PriceLevel, qty: i64) -> None:
        """Take a filled order out; send an iceberg whose tip is gone to the back with its next tip."""
        order.shown_qty -= qty
        if order.leaves_qty == 0:
            self.remove(order)
        elif order.shown_qty == 0:
            level.unlink(order)
            level.append(order)
            self.place_in_tape(order)

    def wait(self, order: VenueOrder) -> None:
        """Let the order wait for what the tape offers next."""
        order.place = Place.WAITING
        self.waiting.append(order)

    def remove(self, order: VenueOrder) -> None:
        """Take out an order that rests or waits."""
        if order.place is Place.BOOK:
            self.queue_of(order.is_buy).remove(order)
        else:
            self.waiting.remove(order)
        order.place = Place.NOWHERE

    def orders(self) -> list[VenueOrder]:
        """All orders here: those that wait, then bids and asks from the best."""
        return self.waiting + self.bids.orders() + self.asks.orders()


def accepts(order: VenueOrder, px: i64, limit: i64) -> bool:
    """Whether a price is no worse than the limit, seen from the order's side."""
    return px <= limit if order.is_buy else px >= limit

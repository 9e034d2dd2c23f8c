"""Everything that can trade in one instrument: the clients' queues, those waiting to take, and what the tape shows.

What an order may pay is its *reach*: its limit, or for a market order the deepest price that the tape shows on
the other side (the best quote on a tape of quotes), or the last print where the tape has no quotes. So a market order
never runs through a thin book of other clients past the real market.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.market.ticks import TickTable
from kairos.venue.orders import Place, VenueOrder
from kairos.venue.places import join
from kairos.venue.queue import PriceLevel, PriceQueue
from kairos.venue.recorder import ADDED, Recorder
from kairos.venue.tape_orders import TapeOrders
from kairos.venue.tape_rules import TapeRules
from kairos.venue.tape_side import TapeSide
from kairos.venue.waiting import WaitingLine, WaitingSide

HIGHEST_PX: Final[i64] = 1 << 60  # beyond any price


class OrderBook:
    """The book of one instrument. `turn_percent` is the share of a print at their price that clients' resting orders
    get on a tape without quotes, where the queue before them can't be seen. Nobody takes outside `low_px` to `high_px`;
    without any tape (`has_tape`) a market order goes as far as that.
    """

    def __init__(
        self,
        blotter: Recorder,
        has_quotes: bool,
        turn_percent: int,
        rules: TapeRules | None = None,
        has_tape: bool = True,
        ticks: TickTable | None = None,
    ) -> None:
        self.blotter: Final = blotter
        self.has_quotes: Final = has_quotes
        self.has_tape: Final = has_tape
        self.turn_percent: i64 = turn_percent
        self.rules: Final = rules if rules is not None else TapeRules()
        self.bids: Final = PriceQueue(highest_first=True)
        self.asks: Final = PriceQueue(highest_first=False)
        self.tape_bid: Final = TapeSide(is_bid=True, impact=self.rules.impact, ticks=ticks)
        self.tape_ask: Final = TapeSide(is_bid=False, impact=self.rules.impact, ticks=ticks)
        self.tape_orders: Final = TapeOrders()
        self.waiting = WaitingLine()
        self.last_px: i64 = 0
        self.low_px: i64 = 1
        self.high_px: i64 = HIGHEST_PX

    def queue_of(self, is_buy: bool) -> PriceQueue:
        return self.bids if is_buy else self.asks

    def tape_of(self, is_buy: bool) -> TapeSide:
        return self.tape_bid if is_buy else self.tape_ask

    def market_px(self, is_buy: bool) -> i64:
        """What a buyer (or seller) pays (or gets) at the market; 0 where the tape has not said."""
        if not self.has_tape:
            return 0
        return self.tape_of(not is_buy).px if self.has_quotes else self.last_px

    def reach(self, order: VenueOrder) -> i64:
        """The worst price that the order may trade at now, within the market's bounds; 0 for none."""
        px = order.price
        if order.at_market:
            px = self.reach_at_market(order.is_buy)
        if px == 0:
            return 0
        return min(px, self.high_px) if order.is_buy else max(px, self.low_px)

    def reach_at_market(self, is_buy: bool) -> i64:
        """The worst price that a market order may trade at; 0 for none."""
        if not self.has_tape:
            return self.high_px if is_buy else self.low_px
        return self.tape_of(not is_buy).worst_px() if self.has_quotes else self.last_px

    def reaches_market(self, order: VenueOrder) -> bool:
        """Whether the order is aggressive: it accepts the market's price."""
        market_px = self.market_px(order.is_buy)
        return order.at_market or (market_px != 0 and accepts(order, market_px, order.price))

    def can_trade(self, side: WaitingSide) -> bool:
        """Whether the boldest of those who wait on this side could trade with what is free, or with who rests."""
        reach: i64 = self.reach_at_market(side.is_buy) if side.at_market > 0 else 0
        if side.limits() > 0 and (reach == 0 or (side.boldest_px > reach) == side.is_buy):
            reach = side.boldest_px
        if reach == 0:
            return False
        tape = self.tape_of(not side.is_buy)
        if tape.free() > 0 and (tape.offer_px <= reach if side.is_buy else tape.offer_px >= reach):
            return True
        level = self.queue_of(not side.is_buy).best()
        return level is not None and (level.px <= reach if side.is_buy else level.px >= reach)

    def is_left(self, side: WaitingSide) -> bool:
        """Whether the market has moved beyond the shyest limit of those who wait on this side."""
        px = self.market_px(side.is_buy)
        if side.limits() == 0:
            return False
        return px == 0 or (px > side.shyest_px if side.is_buy else px < side.shyest_px)

    def rest(self, order: VenueOrder) -> None:
        """Put a limit order at the back of its price."""
        level = self.queue_of(order.is_buy).add(order, order.price)
        order.place = Place.BOOK
        self.place_in_tape(order, level)

    def place_in_tape(self, order: VenueOrder, level: PriceLevel) -> None:
        """Show the order, behind what the tape shows at its price."""
        order.show()
        if self.has_quotes:
            shown = self.tape_of(order.is_buy).shown_before(order.price)
            join(level, order, shown, self.tape_orders.next_seq())

    def fill_resting(self, order: VenueOrder, level: PriceLevel, qty: i64, px: i64, now_ns: i64) -> None:
        """The tape trades with a resting order."""
        self.blotter.fill(order, qty, px, now_ns, ADDED)
        self.after_fill(order, level, qty)

    def after_fill(self, order: VenueOrder, level: PriceLevel, qty: i64) -> None:
        """Take a filled order out; send an iceberg whose tip is gone to the back with its next tip."""
        order.shown_qty -= qty
        if order.leaves_qty == 0:
            self.remove(order)
            return
        if order.shown_qty == 0:
            level.unlink(order)
            level.append(order)
            self.place_in_tape(order, level)
        self.queue_of(order.is_buy).touch(level.px)

    def release_waiting(self) -> WaitingLine:
        """Hand over all who wait, to be asked one by one."""
        waiting = self.waiting
        self.waiting = WaitingLine()
        return waiting

    def remove(self, order: VenueOrder) -> None:
        """Take out an order that rests or waits."""
        if order.place is Place.BOOK:
            self.queue_of(order.is_buy).remove(order)
            order.place = Place.NOWHERE
        else:
            self.waiting.remove(order)

    def resized(self, order: VenueOrder) -> None:
        """The order has become smaller where it stands."""
        if order.place is Place.BOOK:
            self.queue_of(order.is_buy).touch(order.queue_px)

    def orders(self) -> list[VenueOrder]:
        """All orders here: those that wait, then bids and asks from the best."""
        return self.waiting.orders() + self.bids.orders() + self.asks.orders()


def accepts(order: VenueOrder, px: i64, limit: i64) -> bool:
    """Whether a price is no worse than the limit, seen from the order's side."""
    return px <= limit if order.is_buy else px >= limit

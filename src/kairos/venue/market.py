"""One instrument's day: its phases, the orders collected for its auctions, expiry, and its book in between.

    PRE_OPEN --open--> OPENING --tape's opening print, or the wait is over--> CONTINUOUS
    CONTINUOUS --close--> CLOSING --tape's closing print, or the wait is over--> CLOSED

Orders entered before the open, of whatever kind, are held for the opening auction; what it leaves enters the book in
time order. Time is what callers say; `advance` brings the day up to it, one deadline after the other.
"""

from __future__ import annotations

import heapq
from typing import Final

from mypy_extensions import i64

from kairos.market.tape import PrintKind, Quote, Trade
from kairos.model.enums import TimeInForce
from kairos.venue.auction import ranked
from kairos.venue.blotter import Blotter
from kairos.venue.book import OrderBook
from kairos.venue.listing import NEVER, Listing, Phase
from kairos.venue.orders import Place, VenueOrder
from kairos.venue.resting import on_quote, on_trade, show_quote
from kairos.venue.stops import StopBook, is_triggered
from kairos.venue.taking import enter


class Market:
    """The market in one instrument."""

    def __init__(self, listing: Listing, blotter: Blotter) -> None:
        self.listing: Final = listing
        self.blotter: Final = blotter
        self.book: Final = OrderBook(blotter, listing.has_quotes, listing.turn_percent)
        self.stops: Final = StopBook()
        self.phase = Phase.PRE_OPEN
        self.held: list[VenueOrder] = []
        self.expiries: list[tuple[int, int, VenueOrder]] = []
        self.expiry_count = 0
        self.phase_end_ns: i64 = listing.open_ns
        self.deadline_ns: i64 = listing.open_ns  # the next time at which something happens by itself

    def enter(self, order: VenueOrder, now_ns: i64) -> None:
        """Bring an accepted (or changed) order to where it belongs."""
        if order.time_in_force is TimeInForce.GOOD_TILL_DATE:
            self.expiry_count += 1  # orders themselves have no order in the heap
            heapq.heappush(self.expiries, (order.expire_at_ns, self.expiry_count, order))
            self.deadline_ns = min(self.deadline_ns, order.expire_at_ns)
        if not order.triggered:
            if self.book.last_px == 0 or not self.is_trading() or not is_triggered(order, self.book.last_px):
                self.stops.add(order)
                return
            order.triggered = True
        tif = order.time_in_force
        for_auction = tif is TimeInForce.AT_THE_OPENING or tif is TimeInForce.AT_THE_CLOSE
        if self.phase is Phase.PRE_OPEN or (for_auction and self.is_trading()):
            order.place = Place.HELD
            self.held.append(order)
        elif self.is_trading():
            enter(self.book, order, now_ns)
        else:
            self.blotter.cancel(order, f"{self.listing.instrument} is {self.phase.value}", now_ns)

    def is_trading(self) -> bool:
        return self.phase is Phase.CONTINUOUS or self.phase is Phase.OPENING

    def withdraw(self, order: VenueOrder) -> None:
        """Take a live order out of wherever it waits."""
        if order.place is Place.STOPS:
            self.stops.remove(order)
        elif order.place is Place.HELD:
            self.held.remove(order)
            order.place = Place.NOWHERE
        elif order.place is not Place.NOWHERE:
            self.book.remove(order)

    def on_quote(self, quote: Quote) -> None:
        """The tape's best bid and offer have changed."""
        if self.is_trading():
            on_quote(self.book, quote, quote.time_ns)
        else:
            show_quote(self.book, quote)

    def on_trade(self, trade: Trade) -> None:
        """The tape has printed a trade."""
        now_ns = trade.time_ns
        if self.phase is Phase.OPENING and trade.kind is PrintKind.OPENING_AUCTION:
            self.book.last_px = trade.px
            self._auction(self.held_for_opening(), trade)
            self._end_opening(now_ns)
        elif self.phase is Phase.CLOSING and trade.kind is PrintKind.CLOSING_AUCTION:
            self.book.last_px = trade.px
            self._auction(self.held + self.book.orders(), trade)
            self._end_day(now_ns)
        elif self.is_trading():
            on_trade(self.book, trade.px, trade.size, now_ns)
        if self.is_trading():
            for order in self.stops.triggered_by(trade.px):
                enter(self.book, order, now_ns)

    def advance(self, now_ns: i64) -> None:
        """Let everything happen that was due by now, at its own time and in its order."""
        while self.deadline_ns <= now_ns:
            due_ns = self.deadline_ns
            if self.expiries and self.expiries[0][0] <= due_ns:
                order = heapq.heappop(self.expiries)[2]
                if order.is_live() and order.expire_at_ns <= due_ns:
                    self._expire(order, "good till date: its time has come", due_ns)
            else:
                self._next_phase(due_ns)
            self._set_deadline()

    def held_for_opening(self) -> list[VenueOrder]:
        return [order for order in self.held if order.time_in_force is not TimeInForce.AT_THE_CLOSE]

    def _set_deadline(self) -> None:
        self.deadline_ns = self.phase_end_ns
        if self.expiries:
            self.deadline_ns = min(self.deadline_ns, self.expiries[0][0])

    def _next_phase(self, now_ns: i64) -> None:
        if self.phase is Phase.PRE_OPEN:
            self.phase = Phase.OPENING
            self.phase_end_ns = self.listing.opening_end_ns
        elif self.phase is Phase.OPENING:
            self._end_opening(now_ns)
        elif self.phase is Phase.CONTINUOUS:
            self.phase = Phase.CLOSING
            self.phase_end_ns = self.listing.closing_end_ns
        else:
            self._end_day(now_ns)

    def _end_opening(self, now_ns: i64) -> None:
        """What the auction left: orders for it alone expire, the others enter the book."""
        self.phase = Phase.CONTINUOUS
        self.phase_end_ns = self.listing.close_ns
        self._set_deadline()
        for order in self.held_for_opening():
            if order.time_in_force is TimeInForce.AT_THE_OPENING:
                self._expire(order, "at the opening: the opening auction did not fill it", now_ns)
            else:
                self.withdraw(order)
                enter(self.book, order, now_ns)

    def _end_day(self, now_ns: i64) -> None:
        """All but GTC and GTD orders expire, in the order in which they came."""
        self.phase = Phase.CLOSED
        self.phase_end_ns = NEVER
        self._set_deadline()
        for order in self._live_orders():
            tif = order.time_in_force
            if tif is TimeInForce.AT_THE_CLOSE:
                self._expire(order, "at the close: the closing auction did not fill it", now_ns)
            elif tif is not TimeInForce.GOOD_TILL_CANCEL and tif is not TimeInForce.GOOD_TILL_DATE:
                self._expire(order, "end of the trading day", now_ns)

    def _live_orders(self) -> list[VenueOrder]:
        return sorted(self.held + self.stops.orders() + self.book.orders(), key=_entry_seq)

    def _auction(self, orders: list[VenueOrder], trade: Trade) -> None:
        left = trade.size
        for order in ranked(orders, trade.px):
            qty = min(order.leaves_qty, left)
            if qty == 0:
                return
            left -= qty
            self.blotter.fill(order, qty, trade.px, trade.time_ns)
            if order.leaves_qty == 0:
                self.withdraw(order)
            else:
                order.show()

    def _expire(self, order: VenueOrder, text: str, now_ns: i64) -> None:
        self.withdraw(order)
        self.blotter.expire(order, text, now_ns)


def _entry_seq(order: VenueOrder) -> int:
    return order.entry_seq

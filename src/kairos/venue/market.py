"""The market in one instrument: its orders, brought to where they belong as its day goes on.

What trades continuously is in `book`. What can't trade yet is collected in `auction`: before the open, in an auction,
over lunch, in a halt; when trading goes on, what the auction left enters the book in time order. Orders for the close
wait in `closers` until its auction begins. Time is what callers say; `advance` brings the day up to it, one deadline
after the other.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.market.price_limits import UNBOUNDED, PriceBounds
from kairos.market.tape import HaltState, PrintKind
from kairos.market.tape_batch import ADD, EXECUTE, EXECUTE_HIDDEN
from kairos.model.enums import TimeInForce
from kairos.venue.auction import NOTHING, AuctionBook, Indication
from kairos.venue.blotter import Blotter
from kairos.venue.book import OrderBook
from kairos.venue.day import Day
from kairos.venue.expiries import Expiries
from kairos.venue.facts import FactLog
from kairos.venue.interruption import BandWatch, is_stopped, limit_book, watch_of, within, would_be_stopped
from kairos.venue.listing import NEVER, Listing
from kairos.venue.order_tape import on_add, on_execute, on_shrink
from kairos.venue.orders import Place, VenueOrder
from kairos.venue.resting import meet_tape, on_level, on_quote, on_trade, show_quote
from kairos.venue.stops import StopBook, is_triggered
from kairos.venue.taking import enter, immediate_text

HALTED_BY_TAPE: Final = "halted by the market whose tape is played"


class Market:
    """The market in one instrument."""

    def __init__(self, listing: Listing, blotter: Blotter, log: FactLog) -> None:
        self.listing: Final = listing
        self.blotter: Final = blotter
        self.log: Final = log
        self.day: Final = Day(listing)
        self.book: Final = OrderBook(
            blotter, listing.has_quotes, listing.turn_percent, listing.tape_rules, listing.has_tape, listing.ticks
        )
        self.watch: Final = watch_of(listing)
        self.stops: Final = StopBook()
        self.auction: Final = AuctionBook()
        self.closers: Final = AuctionBook()
        self.closers_joined = False  # the closing auction has begun
        self.bounds: PriceBounds = UNBOUNDED  # of an interruption, when last looked at
        self.told: Indication = NOTHING  # what the log knows of the auction
        self.expiries: Final = Expiries()
        limit_book(self.book, listing.rules.bounds)
        self.deadline_ns: i64 = self.day.next_ns()  # the next time at which something happens by itself

    def enter(self, order: VenueOrder, now_ns: i64) -> None:
        """Bring an accepted (or changed) order to where it belongs."""
        if order.time_in_force is TimeInForce.GOOD_TILL_DATE:
            self.expiries.add(order)
            self.deadline_ns = min(self.deadline_ns, order.expire_at_ns)
        if not order.triggered:
            if self.book.last_px == 0 or not self.day.is_trading() or not is_triggered(order, self.book.last_px):
                self.stops.add(order)
                return
            order.triggered = True
        if self.day.span is None:
            self.blotter.cancel(order, f"{self.listing.instrument} is closed", now_ns)
        elif self._waits_for_close(order):
            self.closers.add(order)
        elif self.day.is_trading():
            self._trade(order, now_ns)
            if not self.book.has_tape:
                self._trigger_stops(now_ns)
        else:
            self.auction.add(order)
            self.log.note_auction(self.listing.instrument)

    def withdraw(self, order: VenueOrder) -> None:
        """Take a live order out of wherever it waits."""
        if order.place is Place.STOPS:
            self.stops.remove(order)
        elif order.place is Place.HELD:
            self._unhold(order)
        elif order.place is not Place.NOWHERE:
            self.book.remove(order)

    def held(self) -> list[VenueOrder]:
        """The orders that can't trade before an auction, or before trading goes on."""
        return self.auction.orders() + self.closers.orders()

    def live_orders(self) -> list[VenueOrder]:
        """All orders of this market, first come first."""
        return sorted(self.held() + self.stops.orders() + self.book.orders(), key=_entry_seq)

    # The tape

    def on_quote(self, bid_px: i64, bid_size: i64, ask_px: i64, ask_size: i64, now_ns: i64) -> None:
        """The tape's best bid and offer have changed."""
        if self.day.is_trading():
            on_quote(self.book, bid_px, bid_size, ask_px, ask_size, now_ns)
        else:
            show_quote(self.book, bid_px, bid_size, ask_px, ask_size)

    def on_trade(self, px: i64, size: i64, kind: PrintKind, now_ns: i64, taker: i64 = 0) -> None:
        """The tape has printed a trade. `taker`: 1 a buyer took, -1 a seller, 0 the tape doesn't say."""
        if kind is PrintKind.OFF_BOOK:
            return
        if self.day.awaits(kind, now_ns):
            self.book.last_px = px
            self.auction.fill_at_tape(self.blotter, px, size, now_ns)
            self._end_await(kind, now_ns)
            self._set_deadline()
        elif self.day.is_trading():
            on_trade(self.book, px, size, taker, now_ns)
            if self.watch is not None:
                self.watch.note(px, now_ns)
        if self.day.is_trading():
            self._trigger_stops(now_ns)

    def on_level(self, is_bid: bool, px: i64, size: i64, more: bool, now_ns: i64) -> None:
        """What one price level of the tape shows has changed; `more` of the same moment follows."""
        on_level(self.book, is_bid, px, size, more, now_ns, self.day.is_trading())

    def on_tape_order(self, kind: i64, ref: i64, is_buy: bool, px: i64, size: i64, more: bool, now_ns: i64) -> None:
        """What became of one of the tape's orders; `kind` is that of a row (`market.tape_batch`)."""
        trading = self.day.is_trading()
        if kind == ADD:
            on_add(self.book, ref, is_buy, px, size, more, now_ns, trading)
        elif kind == EXECUTE:
            on_execute(self.book, ref, is_buy, px, size, more, now_ns, trading)
        elif kind != EXECUTE_HIDDEN:
            on_shrink(self.book, ref, is_buy, px, size, more, now_ns, trading)
        elif trading:
            self.book.last_px = px  # against an order that nobody saw: a price, and no place in the queue
        if trading and kind >= EXECUTE:
            self._trigger_stops(now_ns)

    def on_halt(self, state: HaltState, now_ns: i64) -> None:
        """The tape has stopped, takes quotes again, or trades again; a halt by the operator is his to end."""
        if state is HaltState.HALTED and not self.day.halt_reason:
            self.halt(HALTED_BY_TAPE, now_ns)
        elif state is HaltState.RESUMED and self.day.halt_reason == HALTED_BY_TAPE:
            self.resume(HALTED_BY_TAPE, now_ns)

    # Time

    def advance(self, now_ns: i64) -> None:
        """Let everything happen that was due by now, at its own time and in its order."""
        while self.deadline_ns <= now_ns:
            due_ns = self.deadline_ns
            if self.expiries.next_ns() <= due_ns:
                order = self.expiries.pop(due_ns)
                if order is not None:
                    self._expire(order, "good till date: its time has come", due_ns)
            else:
                self._act(due_ns)
            self._set_deadline()

    def _act(self, now_ns: i64) -> None:
        """What the day has come to; an auction trades before its span ends."""
        day = self.day
        if day.uncross_ns <= now_ns:
            if day.begin_uncross():
                self._uncross(now_ns)
        elif day.call_ends_ns <= now_ns:
            self._end_call(now_ns)
        elif day.limit_ends_ns <= now_ns:
            self._end_limit_state(now_ns)
        elif day.await_until_ns <= now_ns and day.awaited is not None:
            self._end_await(day.awaited, now_ns)
        else:
            self._change_span(now_ns)

    def _set_deadline(self) -> None:
        self.deadline_ns = min(self.day.next_ns(), self.expiries.next_ns())

    def _change_span(self, now_ns: i64) -> None:
        day = self.day
        day.enter_span(now_ns)
        if day.is_over():
            self._end_day(now_ns)
            return
        day.limit_auction(self.reference_px())
        self.log.tell_phase(self.listing.instrument, day.phase(), now_ns)
        if day.is_auction():
            self._collect()
        elif day.is_trading():
            self._release(now_ns)

    def _end_await(self, kind: PrintKind, now_ns: i64) -> None:
        """The tape's auction has printed, or did not: the opening's orders trade on, the close ends the day."""
        self.day.end_await()
        if kind is PrintKind.OPENING_AUCTION:
            self._expire_openers(now_ns)
            if self.day.is_trading():
                self._release(now_ns)
        elif self.day.is_last_span():
            self._end_day(now_ns)

    def _end_day(self, now_ns: i64) -> None:
        """All but GTC and GTD orders expire, in the order in which they came."""
        self.day.close()
        self.log.tell_phase(self.listing.instrument, self.day.phase(), now_ns)
        for order in self.live_orders():
            tif = order.time_in_force
            if tif is TimeInForce.AT_THE_CLOSE:
                self._expire(order, "at the close: the closing auction did not fill it", now_ns)
            elif tif is not TimeInForce.GOOD_TILL_CANCEL and tif is not TimeInForce.GOOD_TILL_DATE:
                self._expire(order, "end of the trading day", now_ns)

    # Trading within bounds

    def would_be_refused(self, order: VenueOrder, now_ns: i64) -> bool:
        """Whether the market refuses a new order for what it would trade at, rather than interrupt itself."""
        watch = self.watch
        if watch is None or not self.day.is_trading():
            return False
        self._set_bounds(watch, now_ns)
        if now_ns < watch.stands_until_ns and not order.at_market:
            return order.price > self.book.high_px if order.is_buy else order.price < self.book.low_px
        return watch.rule.pause_ns == 0 and would_be_stopped(self.book, order)

    def _trade(self, order: VenueOrder, now_ns: i64) -> None:
        """Let the order trade, as far as an interruption lets it."""
        watch = self.watch
        if watch is None:
            enter(self.book, order, now_ns)
            return
        self._set_bounds(watch, now_ns)
        cum_qty = order.cum_qty
        enter(self.book, order, now_ns)
        if order.cum_qty > cum_qty:
            watch.note(self.book.last_px, now_ns)
        if is_stopped(self.book, order):
            self._interrupt(watch, order, now_ns)

    def _set_bounds(self, watch: BandWatch, now_ns: i64) -> None:
        span = self.day.span
        if span is not None:
            self.bounds = watch.bounds(now_ns, span.starts_ns, span.ends_ns)
            limit_book(self.book, within(self.bounds, self.listing.rules.bounds))

    def _interrupt(self, watch: BandWatch, order: VenueOrder, now_ns: i64) -> None:
        """An order would trade outside the band: it waits for an auction, or what is left of it is taken out."""
        rule = watch.rule
        if not self.bounds.high_px and not self.bounds.low_px:
            return  # the day's limits stopped it
        if rule.trades_in_pause or rule.pause_ns == 0:
            if order.is_live():
                self.withdraw(order)
                self.blotter.cancel(order, "it would have traded outside the price band", now_ns)
            if now_ns >= watch.stands_until_ns:
                watch.stand_still(self.bounds, now_ns + rule.pause_ns)
                watch.interrupted_ns = now_ns
        elif rule.limit_state_ns == 0:
            watch.interrupted_ns = now_ns
            self.call(rule.pause_ns, now_ns)
        elif order.is_live():
            self.withdraw(order)
            self.auction.add(order)
            self.day.begin_limit_state(now_ns + rule.limit_state_ns)
            self._set_deadline()

    def _end_limit_state(self, now_ns: i64) -> None:
        """The order that waited outside the band is still there: trading stops for an auction."""
        self.day.limit_ends_ns = NEVER
        if self.watch is not None and self.day.is_trading() and self.auction.orders():
            self.watch.interrupted_ns = now_ns
            self.call(self.watch.rule.pause_ns, now_ns)

    # Halts and auctions

    def halt(self, reason: str, now_ns: i64) -> None:
        """Stop trading and auctions; orders wait."""
        self.day.halt(reason)
        self.log.tell_halt(self.listing.instrument, True, reason, now_ns)
        if not self.listing.rules.tape_auctions:
            self._collect()
        self._set_deadline()

    def resume(self, reason: str, now_ns: i64) -> None:
        """Let trading go on, in clients' own markets by an auction."""
        self.day.resume(now_ns)
        self.log.tell_halt(self.listing.instrument, False, reason, now_ns)
        if self.day.is_trading():
            self.call(self.listing.rules.reopening_call_ns, now_ns)
        self._set_deadline()

    def call(self, lasts_ns: i64, now_ns: i64) -> None:
        """Interrupt trading for an auction; without time for one, the auction is now."""
        if lasts_ns > 0:
            self.day.call_ends_ns = now_ns + lasts_ns
            self.log.tell_phase(self.listing.instrument, self.day.phase(), now_ns)
            if not self.listing.rules.tape_auctions:
                self._collect()
            self._set_deadline()
        else:
            self._end_call(now_ns)

    def _end_call(self, now_ns: i64) -> None:
        day = self.day
        was_told = day.call_ends_ns != NEVER
        day.call_ends_ns = NEVER
        if not self.listing.rules.tape_auctions:
            self._uncross(now_ns)
        if was_told:
            self.log.tell_phase(self.listing.instrument, day.phase(), now_ns)
        if day.is_trading():
            self._release(now_ns)

    def indication(self) -> Indication:
        """What the auction of clients' orders would give now."""
        return self.auction.indication(self.listing.rules.auction, self.reference_px(), self.day.limits)

    def reference_px(self) -> i64:
        """The last price, or before the first the one that the day began with; 0 if there is none."""
        return self.book.last_px or self.listing.rules.reference_px

    def tell_auction(self, now_ns: i64) -> None:
        """Publish what the auction would give, if that is news; the tape's own auctions are the tape's to tell."""
        if self.listing.rules.tape_auctions:
            return
        found = NOTHING if self.day.is_trading() else self.indication()
        if not found.is_as(self.told):
            self.told = found
            self.log.tell_auction(self.listing.instrument, found.px, found.volume, found.imbalance, now_ns)

    def _uncross(self, now_ns: i64) -> None:
        rule = self.listing.rules.auction
        found = self.auction.settle(self.blotter, rule, self.reference_px(), self.day.limits, now_ns)
        if found.volume > 0:
            self.book.last_px = found.px
            self.auction.uncross(self.blotter, found, now_ns)
            self.log.tell_print(self.listing.instrument, found.px, found.volume, self.day.print_kind(), now_ns)
        if not self.day.is_before_opening():
            self._expire_openers(now_ns)
        self.log.note_auction(self.listing.instrument)

    def _collect(self) -> None:
        """All that could trade takes part in the auction; at the close, the orders for it too."""
        orders = self.book.orders()
        joins = self.day.is_closing and not self.closers_joined
        for order in sorted(orders + self.closers.orders() if joins else orders, key=_entry_seq):
            self.withdraw(order)
            self.auction.add(order)
        self.closers_joined = self.closers_joined or joins
        self.log.note_auction(self.listing.instrument)

    def _release(self, now_ns: i64) -> None:
        """Trading goes on: the book meets what the tape shows, what was collected enters it, stops are triggered."""
        if self.day.awaited is PrintKind.OPENING_AUCTION:
            return
        if self.book.has_quotes:
            meet_tape(self.book, now_ns)
        for order in sorted(self.auction.orders(), key=_entry_seq):
            if self.day.is_trading():
                self.auction.remove(order)
                self._trade(order, now_ns)
        self.log.note_auction(self.listing.instrument)
        self._trigger_stops(now_ns)

    def _trigger_stops(self, now_ns: i64) -> None:
        """Stops that the last price has reached, and those that the trades of these reach in turn."""
        reached = self.stops.triggered_by(self.book.last_px) if self.book.last_px else []
        while reached:
            for order in reached:
                if self.day.is_trading():
                    self._trade(order, now_ns)
                else:
                    self.auction.add(order)
            reached = self.stops.triggered_by(self.book.last_px)

    def _waits_for_close(self, order: VenueOrder) -> bool:
        return order.time_in_force is TimeInForce.AT_THE_CLOSE and not self.closers_joined

    def _unhold(self, order: VenueOrder) -> None:
        if self._waits_for_close(order):
            self.closers.remove(order)
        else:
            self.auction.remove(order)
            self.log.note_auction(self.listing.instrument)

    def _expire_openers(self, now_ns: i64) -> None:
        """What the opening auction left of orders for it alone, and any auction of immediate ones."""
        for order in sorted(self.auction.orders(), key=_entry_seq):
            if order.time_in_force is TimeInForce.AT_THE_OPENING:
                self._expire(order, "at the opening: the opening auction did not fill it", now_ns)
            elif order.is_immediate():
                self.withdraw(order)
                self.blotter.cancel(order, immediate_text(order), now_ns)

    def _expire(self, order: VenueOrder, text: str, now_ns: i64) -> None:
        self.withdraw(order)
        self.blotter.expire(order, text, now_ns)


def _entry_seq(order: VenueOrder) -> int:
    return order.entry_seq

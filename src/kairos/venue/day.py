"""Where one instrument is in its market's day, and what its market takes there: time and phases, no orders.

The spans of the day follow each other at their times. What else moves the day:

- An auction trades at the end of its span, or at an instant drawn from a seed within the span's random end. Where the
  tape prices it, it *awaits* the tape's print, for some time after its span too, while trading goes on.
- A *call* is an auction that nobody planned: the end of a halt, or a volatility interruption.
- A halt stops trading and auctions; time and spans go on beneath it.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.market.phases import PhaseSpan
from kairos.market.price_limits import UNBOUNDED, WHOLE_BPS, PriceBounds
from kairos.market.tape import PrintKind
from kairos.model.market_enums import TradingPhase
from kairos.venue.chance import SplitMix64, seed_of
from kairos.venue.facts import CLOSED
from kairos.venue.listing import NEVER, Listing


class Day:
    """One instrument's day. `span` is None while the market is closed."""

    def __init__(self, listing: Listing) -> None:
        self.listing: Final = listing
        self.chance: Final = SplitMix64(seed_of(listing.rules.seed, listing.instrument))
        self.span: PhaseSpan | None = None
        self.is_continuous = False  # the span's phase; asked for at each event of a tape
        self.change_ns: i64 = listing.spans[0].starts_ns  # the next end or beginning of a span
        self.uncross_ns: i64 = NEVER  # when clients' auction trades
        self.awaited: PrintKind | None = None  # the tape's print that the auction trades at
        self.await_from_ns: i64 = 0
        self.await_until_ns: i64 = NEVER
        self.call_ends_ns: i64 = NEVER
        self.limit_ends_ns: i64 = NEVER  # how long a price may wait at the edge of an interruption's band
        self.has_uncrossed = False  # this span's auction is over, though its span is not
        self.is_closing = False  # the closing auction has begun
        self.limits: PriceBounds = UNBOUNDED  # of an auction, for its orders and its price
        self.halt_reason = ""  # empty: not halted

    def next_ns(self) -> i64:
        """When something will happen by itself."""
        return min(self.change_ns, self.uncross_ns, self.await_until_ns, self.call_ends_ns, self.limit_ends_ns)

    def enter_span(self, now_ns: i64) -> None:
        """Come to the span of this instant, or to none."""
        span = self.listing.span_at(now_ns)
        self.span = span
        self.is_continuous = span is not None and span.phase is TradingPhase.CONTINUOUS
        self.change_ns = self.listing.next_change_ns(now_ns)
        self.call_ends_ns = self.limit_ends_ns = NEVER
        self.has_uncrossed = False
        if span is None:
            return
        if span.phase is TradingPhase.CLOSING_AUCTION:
            self.is_closing = True
        if span.uncrosses:
            self._expect_auction(span)

    def limit_auction(self, reference_px: i64) -> None:
        """Hold an auction within its span's part of the reference price. What one span of it says holds in those after
        it, as they all collect for the same price."""
        span = self.span
        if span is None or not is_planned_auction(span):
            self.limits = UNBOUNDED
        elif span.limit_bps and reference_px:
            ticks = self.listing.ticks
            width = int(reference_px) * int(span.limit_bps) // int(WHOLE_BPS)
            self.limits = PriceBounds(ticks.round_up(reference_px - width), ticks.round_down(reference_px + width))

    def _expect_auction(self, span: PhaseSpan) -> None:
        if self.listing.rules.tape_auctions:
            self._expect_print(span)
        elif span.every_ns:
            self.uncross_ns = min(span.starts_ns + span.every_ns, span.ends_ns)
        else:
            early = self.chance.next() % (int(span.random_end_ns) + 1) if span.random_end_ns else 0
            self.uncross_ns = span.ends_ns - early

    def _expect_print(self, span: PhaseSpan) -> None:
        if span.phase is TradingPhase.OPENING_AUCTION:
            self._await(PrintKind.OPENING_AUCTION, span, self.listing.opening_wait_ns)
        elif span.phase is TradingPhase.CLOSING_AUCTION:
            self._await(PrintKind.CLOSING_AUCTION, span, self.listing.closing_wait_ns)

    def _await(self, kind: PrintKind, span: PhaseSpan, wait_ns: i64) -> None:
        self.awaited = kind
        self.await_from_ns = span.ends_ns - span.random_end_ns
        self.await_until_ns = span.ends_ns + wait_ns

    def begin_uncross(self) -> bool:
        """The auction's time has come: whether it trades. One that goes on and on has its next time then."""
        span = self.span
        at_ns = self.uncross_ns
        self.uncross_ns = NEVER
        if span is not None and span.every_ns and at_ns + span.every_ns <= span.ends_ns:
            self.uncross_ns = at_ns + span.every_ns
        else:
            self.has_uncrossed = not self.halt_reason
        return not self.halt_reason

    def awaits(self, kind: PrintKind, now_ns: i64) -> bool:
        """Whether the auction trades at a print of this kind."""
        return kind is self.awaited and now_ns >= self.await_from_ns and not self.halt_reason

    def end_await(self) -> None:
        """The tape's print has come, or is waited for no more."""
        self.awaited = None
        self.await_until_ns = NEVER

    def halt(self, reason: str) -> None:
        """Stop trading and auctions."""
        self.halt_reason = reason
        self.call_ends_ns = self.limit_ends_ns = NEVER

    def resume(self, now_ns: i64) -> None:
        """Let them go on; an auction whose time has passed meanwhile is due now."""
        self.halt_reason = ""
        span = self.span
        if span is not None and span.uncrosses and not self.has_uncrossed and self.uncross_ns == NEVER:
            self.uncross_ns = NEVER if self.listing.rules.tape_auctions else now_ns

    def begin_limit_state(self, until_ns: i64) -> None:
        """A price waits at the edge of the band; the first of several counts."""
        self.limit_ends_ns = min(self.limit_ends_ns, until_ns)

    def close(self) -> None:
        """The day is over."""
        self.span = None
        self.is_continuous = False
        self.change_ns = self.uncross_ns = self.call_ends_ns = self.limit_ends_ns = NEVER
        self.end_await()

    def is_over(self) -> bool:
        """No span is left, and no closing print is awaited."""
        return self.span is None and self.change_ns == NEVER and self.awaited is not PrintKind.CLOSING_AUCTION

    def is_last_span(self) -> bool:
        """No span comes after this one."""
        return self.span is None or self.span.ends_ns == self.listing.spans[-1].ends_ns

    def phase(self) -> str:
        """The phase as the market tells it: a TradingSessionSubID(625), or empty while it is closed."""
        if self.call_ends_ns != NEVER:
            return TradingPhase.UNSCHEDULED_AUCTION.value
        if self.span is not None:
            return self.span.phase.value
        return CLOSED if self.awaited is None else TradingPhase.CLOSING_AUCTION.value

    def is_trading(self) -> bool:
        """Orders trade as they come."""
        return self.is_continuous and self.call_ends_ns == NEVER and not self.halt_reason

    def is_auction(self) -> bool:
        """Orders of the book take part in an auction. The tape tells no price of one within the day, so there is none
        where it prices auctions."""
        span = self.span
        if span is None:
            return False
        if is_planned_auction(span):
            return True
        within_day = span.phase is TradingPhase.SCHEDULED_AUCTION or self.call_ends_ns != NEVER
        return within_day and not self.listing.rules.tape_auctions

    def takes_orders(self) -> bool:
        """New orders and changes are taken."""
        if self.span is None or self.has_uncrossed:
            return False
        if self.halt_reason:
            return self.listing.rules.halt_takes_orders
        return self.call_ends_ns != NEVER or self.span.takes_orders

    def takes_cancels(self) -> bool:
        """Cancels are taken: always, but in spans that forbid them and between an auction's trades and its end."""
        if self.span is None or self.halt_reason or self.call_ends_ns != NEVER:
            return True
        return self.span.takes_cancels and not self.has_uncrossed

    def is_before_opening(self) -> bool:
        """The opening auction is still to come: no span has traded, and it has not uncrossed."""
        span = self.span
        if span is None or self.has_uncrossed:
            return False
        return span.phase is TradingPhase.PRE_TRADING or span.phase is TradingPhase.OPENING_AUCTION

    def print_kind(self) -> PrintKind:
        """What a tape would call the print of the auction that trades now."""
        span = self.span
        if span is None or self.call_ends_ns != NEVER:
            return PrintKind.REGULAR
        if span.phase is TradingPhase.OPENING_AUCTION:
            return PrintKind.OPENING_AUCTION
        return PrintKind.CLOSING_AUCTION if span.phase is TradingPhase.CLOSING_AUCTION else PrintKind.REGULAR


def is_planned_auction(span: PhaseSpan) -> bool:
    """Whether the span belongs to the opening or the closing auction."""
    return span.phase is TradingPhase.OPENING_AUCTION or span.phase is TradingPhase.CLOSING_AUCTION

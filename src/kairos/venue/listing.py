"""What the exchange knows of an instrument that it lists: its terms, the spans of its day, and its market's rules."""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.market.auction_rule import PLAIN_RULE, AuctionRule
from kairos.market.phases import PhaseSpan
from kairos.market.price_limits import UNBOUNDED, InterruptionRule, PriceBounds
from kairos.market.ticks import TickTable, single_tick
from kairos.model.enums import OrdType, TimeInForce
from kairos.model.market_enums import TradingPhase
from kairos.venue.tape_rules import TapeRules

SECOND_NS: Final = 1_000_000_000
NEVER: Final[i64] = (1 << 63) - 1

Kind = tuple[str, OrdType, TimeInForce]
"""A kind of order in the span of a name."""


class TradingRules:
    """What a market's profile says of its instruments.

    `kinds`: the orders that it takes, by span; None takes all that this exchange knows. `bounds` are the day's price
    limits, `reference_px` what auctions and interruptions reckon from until there is a trade. `tape_auctions`: the
    tape says when, and at what price, the opening and closing auctions trade; otherwise clients' orders do. In a halt
    new orders are refused unless `halt_takes_orders`; trading resumes by an auction of `reopening_call_ns`, at once
    where that is 0. `seed` draws the ends of auctions that end at random.
    """

    def __init__(
        self,
        kinds: frozenset[Kind] | None = None,
        bounds: PriceBounds = UNBOUNDED,
        reference_px: i64 = 0,
        auction: AuctionRule = PLAIN_RULE,
        interruption: InterruptionRule | None = None,
        tape_auctions: bool = True,
        halt_takes_orders: bool = True,
        reopening_call_ns: i64 = 0,
        seed: int = 0,
    ) -> None:
        self.kinds: Final = kinds
        self.bounds: Final = bounds
        self.reference_px: Final = reference_px
        self.auction: Final = auction
        self.interruption: Final = interruption
        self.tape_auctions: Final = tape_auctions
        self.halt_takes_orders: Final = halt_takes_orders
        self.reopening_call_ns: Final = reopening_call_ns
        self.seed: Final = seed


PLAIN_RULES: Final = TradingRules()


class Listing:
    """An instrument's terms. Its times are nanoseconds UTC.

    `spans` is its market's day; without one it is a plain day: orders are collected until `open_ns`, trade until
    `close_ns`, and wait `closing_wait_ns` for a closing print. An auction that the tape prices waits for its print, the
    opening for `opening_wait_ns` after its span. `turn_percent` matters where the tape has no quotes: of a print at the
    price of resting orders, the share that reaches our clients; the rest went to the queue that can't be seen. Without
    any tape (`has_tape`) clients' orders are all there is.
    """

    def __init__(
        self,
        instrument: str,
        tick: i64,
        lot: i64,
        open_ns: i64,
        close_ns: i64,
        has_quotes: bool = True,
        turn_percent: int = 25,
        opening_wait_ns: i64 = 120 * SECOND_NS,
        closing_wait_ns: i64 = 600 * SECOND_NS,
        spans: tuple[PhaseSpan, ...] = (),
        ticks: TickTable | None = None,
        rules: TradingRules = PLAIN_RULES,
        tape_rules: TapeRules | None = None,
        has_tape: bool = True,
    ) -> None:
        if tick <= 0 or lot <= 0:
            raise ValueError(f"{instrument}: tick and lot must be more than 0, not {tick} and {lot}")
        if not 0 <= open_ns < close_ns:
            raise ValueError(f"{instrument}: open_ns {open_ns} must be before close_ns {close_ns}")
        if not 0 <= turn_percent <= 100:
            raise ValueError(f"{instrument}: turn_percent {turn_percent} must be from 0 to 100")
        self.instrument: Final = instrument
        self.tick: Final = tick
        self.lot: Final = lot
        self.open_ns: Final = open_ns
        self.close_ns: Final = close_ns
        self.has_quotes: Final = has_quotes
        self.turn_percent: Final = turn_percent
        self.opening_wait_ns: Final = opening_wait_ns
        # In a plain day the wait for the closing print is the closing span itself.
        self.closing_wait_ns: Final[i64] = closing_wait_ns if spans and rules.tape_auctions else 0
        self.spans: Final = spans or plain_spans(open_ns, close_ns, closing_wait_ns)
        self.ends_ns: Final[i64] = self.spans[-1].ends_ns + self.closing_wait_ns
        self.ticks: Final = single_tick(tick) if ticks is None else ticks
        self.rules: Final = rules
        self.has_tape: Final = has_tape
        self.tape_rules: Final = tape_rules if tape_rules is not None else TapeRules()

    def next_change_ns(self, now_ns: i64) -> i64:
        """The first end or beginning of a span that is still to come."""
        for span in self.spans:
            if span.starts_ns > now_ns:
                return span.starts_ns
            if span.ends_ns > now_ns:
                return span.ends_ns
        return NEVER

    def span_at(self, now_ns: i64) -> PhaseSpan | None:
        """The span that holds the instant; None while the market is closed."""
        for span in self.spans:
            if span.starts_ns <= now_ns < span.ends_ns:
                return span
        return None


def plain_spans(open_ns: i64, close_ns: i64, closing_wait_ns: i64) -> tuple[PhaseSpan, ...]:
    """A day as simple as can be. Its closing auction may print at any time of its span."""
    spans: list[PhaseSpan] = []
    if open_ns > 0:
        spans.append(PhaseSpan(TradingPhase.OPENING_AUCTION, 0, open_ns, True, True, uncrosses=True))
    spans.append(PhaseSpan(TradingPhase.CONTINUOUS, open_ns, close_ns, True, True))
    if closing_wait_ns > 0:
        ends_ns = close_ns + closing_wait_ns
        spans.append(
            PhaseSpan(TradingPhase.CLOSING_AUCTION, close_ns, ends_ns, False, True, closing_wait_ns, uncrosses=True)
        )
    return tuple(spans)

"""What the exchange tells everybody of its markets: phases, halts and what an auction would give, as plain facts."""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.market.tape import PrintKind, Trade

CLOSED: Final = ""
"""The phase of a market outside all spans of its day; all other phases are TradingSessionSubID(625)s."""


@mypyc_attr(acyclic=True)
class PhaseFact:
    """An instrument's market has come to another phase."""

    __slots__ = ("instrument", "phase", "time_ns")

    def __init__(self, instrument: str, phase: str, time_ns: i64) -> None:
        self.instrument: Final = instrument
        self.phase: Final = phase
        self.time_ns: Final = time_ns


@mypyc_attr(acyclic=True)
class HaltFact:
    """Trading in an instrument has stopped, or goes on; and why."""

    __slots__ = ("halted", "instrument", "reason", "time_ns")

    def __init__(self, instrument: str, halted: bool, reason: str, time_ns: i64) -> None:
        self.instrument: Final = instrument
        self.halted: Final = halted
        self.reason: Final = reason
        self.time_ns: Final = time_ns


@mypyc_attr(acyclic=True)
class AuctionFact:
    """What an auction would give now: price, quantity that trades, quantity left over (more bought is positive)."""

    __slots__ = ("imbalance_qty", "instrument", "paired_qty", "px", "time_ns")

    def __init__(self, instrument: str, px: i64, paired_qty: i64, imbalance_qty: i64, time_ns: i64) -> None:
        self.instrument: Final = instrument
        self.px: Final = px
        self.paired_qty: Final = paired_qty
        self.imbalance_qty: Final = imbalance_qty
        self.time_ns: Final = time_ns


MarketFact = PhaseFact | HaltFact | AuctionFact | Trade
"""A trade here is an auction's: one print for all that traded."""


class FactLog:
    """Gathers facts in their order. `auctions` are the instruments whose auction may give something else than told."""

    def __init__(self) -> None:
        self.facts: list[MarketFact] = []
        self.auctions: dict[str, None] = {}

    def tell_phase(self, instrument: str, phase: str, now_ns: i64) -> None:
        self.facts.append(PhaseFact(instrument, phase, now_ns))

    def tell_halt(self, instrument: str, halted: bool, reason: str, now_ns: i64) -> None:
        self.facts.append(HaltFact(instrument, halted, reason, now_ns))

    def tell_auction(self, instrument: str, px: i64, paired_qty: i64, imbalance_qty: i64, now_ns: i64) -> None:
        self.facts.append(AuctionFact(instrument, px, paired_qty, imbalance_qty, now_ns))

    def tell_print(self, instrument: str, px: i64, size: i64, kind: PrintKind, now_ns: i64) -> None:
        self.facts.append(Trade(instrument, now_ns, px, size, kind))

    def note_auction(self, instrument: str) -> None:
        """What the auction would give has to be reckoned anew, when somebody asks."""
        self.auctions[instrument] = None

    def drain(self) -> list[MarketFact]:
        """The facts since the last drain."""
        facts = self.facts
        self.facts = []
        return facts

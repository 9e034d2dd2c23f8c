"""What a market's tape says: quotes (best bid and offer with their sizes) and trades (prints), and tapes merged in
time.

Prices are scaled integers (`kairos.model.numbers`), sizes are units of the instrument, times are nanoseconds UTC. A
price and size of 0 on one side of a quote means that nobody shows an interest there.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from enum import Enum
from typing import Final

from mypy_extensions import i64, mypyc_attr


class PrintKind(Enum):
    """How a trade came about; the value is its flag in a tape file."""

    REGULAR = ""
    OPENING_AUCTION = "O"
    CLOSING_AUCTION = "C"


@mypyc_attr(acyclic=True)
class Quote:
    """The best bid and offer of one instrument from `time_ns` on, until its next quote."""

    __slots__ = ("ask_px", "ask_size", "bid_px", "bid_size", "instrument", "time_ns")

    def __init__(self, instrument: str, time_ns: i64, bid_px: i64, bid_size: i64, ask_px: i64, ask_size: i64) -> None:
        self.instrument: Final = instrument
        self.time_ns: Final = time_ns
        self.bid_px: Final = bid_px
        self.bid_size: Final = bid_size
        self.ask_px: Final = ask_px
        self.ask_size: Final = ask_size


@mypyc_attr(acyclic=True)
class Trade:
    """One print of the tape."""

    __slots__ = ("instrument", "kind", "px", "size", "time_ns")

    def __init__(self, instrument: str, time_ns: i64, px: i64, size: i64, kind: PrintKind = PrintKind.REGULAR) -> None:
        self.instrument: Final = instrument
        self.time_ns: Final = time_ns
        self.px: Final = px
        self.size: Final = size
        self.kind: Final = kind


TapeEvent = Quote | Trade


def event_time(event: TapeEvent) -> int:
    """The key that tapes are merged by."""
    return event.time_ns


def merge_tapes(*tapes: Iterator[TapeEvent]) -> Iterator[TapeEvent]:
    """Merge tapes, each in time order, into one in time order; at equal times the tape named first goes first."""
    return heapq.merge(*tapes, key=event_time)

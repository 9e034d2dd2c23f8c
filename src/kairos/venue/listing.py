"""What the exchange knows of an instrument that it lists, and the phases of its day."""

from __future__ import annotations

from enum import Enum
from typing import Final

from mypy_extensions import i64

SECOND_NS: Final = 1_000_000_000
NEVER: Final[i64] = (1 << 63) - 1


class Phase(Enum):
    """Where an instrument is in its day."""

    PRE_OPEN = "pre-open"  # orders are collected
    OPENING = "opening"  # it trades; what was collected waits for the tape's opening print
    CONTINUOUS = "continuous"
    CLOSING = "closing"  # no more orders; the book waits for the tape's closing print
    CLOSED = "closed"


class Listing:
    """An instrument's terms. Its times are nanoseconds UTC; an auction's wait of 0 means that there is none.

    `turn_percent` matters where the tape has no quotes: of a print at the price of resting orders, the share that
    reaches our clients; the rest went to the queue that can't be seen.
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
        self.opening_end_ns: Final[i64] = open_ns + opening_wait_ns
        self.closing_end_ns: Final[i64] = close_ns + closing_wait_ns

"""What holds a cell back: what the responses of the ladder and the kill switch have set there."""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

WHOLE: Final = 10_000  # basis points: nothing is taken away


class Constraints:
    """
    constrained: anything below is not as it was made; whoever sets one says so
    shrink_bps:  its limits count as this share of what was placed
    rate_bps:    and its rates as this one
    spacing_ns:  the least time between two of its new orders
    reduce_only: only orders that close positions pass
    passive:     none that takes what others offer
    paused:      strategies wait
    halted:      nothing new passes
    asks:        orders that open risk wait for a second person
    killed:      the kill switch is engaged here
    """

    def __init__(self) -> None:
        self.constrained: bool = False
        self.shrink_bps: i64 = WHOLE
        self.rate_bps: i64 = WHOLE
        self.spacing_ns: i64 = 0
        self.reduce_only: bool = False
        self.passive: bool = False
        self.paused: bool = False
        self.halted: bool = False
        self.asks: bool = False
        self.killed: bool = False

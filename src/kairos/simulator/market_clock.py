"""The market's time beside the world's: it starts where the tape does and runs `speed` times as fast.

All in whole nanoseconds and exact: a speed is an integer or a fraction, never a float.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

EARLIEST_NS: Final = 1  # 0 says "none" where a time is optional
LATEST_NS: Final = 2**63 - 2  # the venue's times are 64 bits wide, and the last of them is its "never"


class Anchor:
    """One instant, known in both times; all others follow from it at a speed."""

    __slots__ = ("market_ns", "speed", "wall_ns")

    def __init__(self, market_ns: int, wall_ns: int, speed: Fraction) -> None:
        self.market_ns: Final = market_ns
        self.wall_ns: Final = wall_ns
        self.speed: Final = speed

    def market_at(self, wall_ns: int) -> int:
        """The market's time at a time of the world, kept between `EARLIEST_NS` and `LATEST_NS`."""
        span = (wall_ns - self.wall_ns) * self.speed.numerator // self.speed.denominator
        return min(max(self.market_ns + span, EARLIEST_NS), LATEST_NS)

    def wall_at(self, market_ns: int) -> int:
        """The first time of the world at which the market's time is there."""
        span = (market_ns - self.market_ns) * self.speed.denominator
        return self.wall_ns - (-span // self.speed.numerator)


class Moment:
    """Now, in both times. Where the market lags behind its clock, it is taken to go on doing so."""

    __slots__ = ("_anchor", "_lag_ns", "market_ns", "wall_ns")

    def __init__(self, market_ns: int, wall_ns: int, anchor: Anchor) -> None:
        self.market_ns: Final = market_ns
        self.wall_ns: Final = wall_ns
        self._anchor: Final = anchor
        self._lag_ns: Final = anchor.market_at(wall_ns) - market_ns

    def market_at(self, wall_ns: int) -> int:
        """The market's time at a time of the world; the same for the same one as long as the market keeps up."""
        return max(self._anchor.market_at(wall_ns) - self._lag_ns, EARLIEST_NS)

    def wall_at(self, market_ns: int) -> int:
        """When the market was, or will be, there."""
        return self._anchor.wall_at(market_ns + self._lag_ns)


class MarketClock:
    """Stands at `start_market_ns` until `begin`."""

    def __init__(self, start_market_ns: int, speed: Fraction | int, start_wall_ns: int) -> None:
        if speed <= 0:
            raise ValueError(f"speed must be more than 0, not {speed}; 1 is real time")
        self.speed: Final = Fraction(speed)
        self.running = False
        self._from = Anchor(start_market_ns, start_wall_ns, self.speed)

    def begin(self, wall_ns: int) -> None:
        """Let the market's time run from now on; once is enough."""
        if not self.running:
            self.running = True
            self._from = Anchor(self._from.market_ns, wall_ns, self.speed)

    def market_ns(self, wall_ns: int) -> int:
        """The market's time; before the beginning, and before it began, that of the start."""
        if not self.running or wall_ns < self._from.wall_ns:
            return self._from.market_ns
        return self._from.market_at(wall_ns)

    def wall_ns(self, market_ns: int) -> int:
        """When the market's time will be, or was, there; while it stands, as if it began at `start_wall_ns`."""
        return self._from.wall_at(market_ns)

    def moment(self, market_ns: int, wall_ns: int) -> Moment:
        """Now, where the market has come to be at `market_ns`."""
        anchor = self._from if self.running else Anchor(self._from.market_ns, wall_ns, self.speed)
        return Moment(market_ns, wall_ns, anchor)

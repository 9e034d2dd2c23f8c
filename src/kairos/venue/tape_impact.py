"""What clients take pushes the tape's price away from them for a while: a model, off unless it is asked for.

The tape of a day that was knows nothing of our clients. With an impact, the price at which a side of it is offered is
worse than shown by its *push*. Taking q where s is shown adds `ticks` * q / s to the push, and half of it is gone after
each half-life: Obizhaeva and Wang's order book with linear displacement and exponential resilience (Optimal trading
strategy and supply/demand dynamics, Journal of Financial Markets 16, 2013), here in whole ticks, rounded down, and
straight between one half-life and the next. An order pays the push that it finds; what it adds is paid by who comes
after it.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

MICRO: Final[i64] = 1_000_000  # a push is counted in millionths of a tick
MOST: Final[i64] = 1_000_000 * MICRO  # a million ticks: no sum of pushes comes near the end of 64 bits
FORGOTTEN: Final = 60  # half-lives after which nothing of any push is left


class Impact:
    """So many `ticks` for taking once what is shown; half of that is left after `half_life_ns`."""

    def __init__(self, ticks: i64, half_life_ns: i64) -> None:
        if not 0 < ticks <= 1000 or half_life_ns <= 0:
            given = f"{ticks} and {half_life_ns}"
            raise ValueError(f"an impact needs ticks from 1 to 1000 and half_life_ns > 0, not {given}")
        self.ticks: Final[i64] = ticks
        self.half_life_ns: Final[i64] = half_life_ns


class Push:
    """How far one side of the tape is pushed, as of `since_ns`."""

    def __init__(self, impact: Impact) -> None:
        self.impact: Final = impact
        self.micro: i64 = 0
        self.since_ns: i64 = 0

    def add(self, qty: i64, shown: i64, now_ns: i64) -> None:
        """A client has taken so much of what was shown."""
        added = int(self.impact.ticks) * int(MICRO) * int(qty) // int(max(shown, 1))
        self.micro = min(MOST, self.left(now_ns) + min(added, int(MOST)))
        self.since_ns = now_ns

    def left(self, now_ns: i64) -> i64:
        """What is left of it."""
        elapsed = max(0, now_ns - self.since_ns)
        half_life = self.impact.half_life_ns
        halves = elapsed // half_life
        if self.micro == 0 or halves >= FORGOTTEN:
            return 0
        left = self.micro >> halves
        return left - int(left) * int(elapsed % half_life) // int(2 * half_life)

    def whole_ticks(self, now_ns: i64) -> i64:
        """By how many ticks the price is worse than shown."""
        return self.left(now_ns) // MICRO

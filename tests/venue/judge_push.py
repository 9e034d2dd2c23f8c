"""How far clients have pushed the tape's prices, by the rule as a trader reads it, in exact fractions of a tick."""

from __future__ import annotations

from fractions import Fraction
from math import floor

NEARLY = Fraction(1, 1000)  # the exchange counts in millionths of a tick, rounded down


class Pushed:
    """One side of the tape: taking all that is shown pushes by `ticks`, of which half is left after each half-life."""

    def __init__(self, ticks: int, half_life_ns: int) -> None:
        self.ticks, self.half_life_ns = ticks, half_life_ns
        self.push = Fraction(0)
        self.since_ns = self.now_ns = 0
        self.found = Fraction(0)  # when what happens now began
        self.own: dict[str, Fraction] = {}  # what each order has added since then

    def begin(self, now_ns: int) -> None:
        """Something happens."""
        self.now_ns = now_ns
        self.found = self._left()
        self.own = {}

    def add(self, name: str, qty: int, shown: int) -> None:
        """The order has taken so much of what was shown."""
        added = Fraction(self.ticks * qty, max(shown, 1))
        self.push = self._left() + added
        self.since_ns = self.now_ns
        self.own[name] = self.own.get(name, Fraction(0)) + added

    def allowed(self, name: str) -> range:
        """By how many ticks the order's price may be worse than shown: what others had pushed before it."""
        most = max(self.found, self._left() - self.own.get(name, Fraction(0)))
        return range(max(0, floor(self.found - NEARLY)), floor(most + NEARLY) + 1)

    def _left(self) -> Fraction:
        halves, rest = divmod(self.now_ns - self.since_ns, self.half_life_ns)
        if halves >= 60:
            return Fraction(0)
        left = self.push / 2**halves * (1 - Fraction(rest, 2 * self.half_life_ns))
        return Fraction(floor(left * 10**9), 10**9)  # or the fractions would grow all day

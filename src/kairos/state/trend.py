"""How fast a value moves: an estimate of its present rate, from the times at which it changed, without any float.

Two sums are kept, of what the value has moved and of the time that it took, and both fade alike: what is `t` old weighs
HALF / (HALF + t) by each change since. Their quotient is a rate in which the last minute counts most. A value that
stands still adds time and no movement, so its rate fades by itself, and nothing need be done for it meanwhile.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64, mypyc_attr

# What is a minute old counts half: short enough to warn within a fall, long enough that a jump, as by one large fill,
# does not stand for a rate of its own.
HALF_NS: Final = 60_000_000_000
# Two changes a microsecond apart say nothing of a rate: below this much time there is none.
LEAST_NS: Final = 1_000_000_000
# A breach that is farther away than a day is nobody's business today.
FARTHEST_NS: Final = 86_400_000_000_000


@mypyc_attr(acyclic=True)
class Trend:
    """
    value:   as last seen, at `seen_ns` (0: never)
    moved:   how far it moved, and `over_ns`: in which time, both faded
    """

    def __init__(self) -> None:
        self.value: int = 0
        self.seen_ns: i64 = 0
        self.moved: int = 0
        self.over_ns: i64 = 0

    def see(self, value: int, now_ns: i64) -> None:
        """It is this much now."""
        if self.seen_ns == 0:
            self.seen_ns = now_ns
            self.value = value
            return
        if value == self.value:
            return
        passed: i64 = max(now_ns - self.seen_ns, 0)
        self.moved = faded(self.moved, passed) + value - self.value
        self.over_ns = i64(faded(int(self.over_ns), passed)) + passed
        self.value = value
        self.seen_ns = max(now_ns, self.seen_ns)

    def shift(self, amount: int) -> None:
        """It is another by so much than was thought all the time: no movement."""
        self.value += amount

    def forget(self) -> None:
        self.value = 0
        self.seen_ns = 0
        self.moved = 0
        self.over_ns = 0

    def rises_to_ns(self, level: int, now_ns: i64) -> i64:
        """When it will be at `level` or above if it goes on like this: now if it is, 0 if it falls, has no rate yet or
        would need more than a day."""
        return now_ns if self.value >= level else self._reaches_ns(level - self.value, now_ns)

    def falls_to_ns(self, level: int, now_ns: i64) -> i64:
        """The same of `level` or below."""
        return now_ns if self.value <= level else self._reaches_ns(level - self.value, now_ns)

    def _reaches_ns(self, way: int, now_ns: i64) -> i64:
        passed: i64 = max(now_ns - self.seen_ns, 0)
        moved = faded(self.moved, passed)
        over = faded(int(self.over_ns), passed) + int(passed)
        if self.seen_ns == 0 or over < LEAST_NS or moved == 0 or (moved > 0) != (way > 0):
            return 0
        needed = way * over // moved
        return now_ns + i64(needed) if needed <= FARTHEST_NS else 0


def faded(amount: int, passed_ns: i64) -> int:
    """An amount after so much time, rounded towards 0 so that falls and rises fade alike."""
    if passed_ns == 0 or amount == 0:
        return amount
    whole = int(HALF_NS) + int(passed_ns)
    if amount < 0:
        return -(-amount * HALF_NS // whole)
    return amount * HALF_NS // whole

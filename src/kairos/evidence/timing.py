"""How long things took, in a bounded table: each value within 1 % of itself, the least and the largest exact."""

from __future__ import annotations

from typing import Final

DIGITS: Final = 3  # of a bucket: 1234 ns counts as at most 1240 ns
PERCENTILES: Final = (50, 99)


class Durations:
    """Counts nanoseconds by their first three digits."""

    def __init__(self) -> None:
        self.count = 0
        self.least_ns = 0
        self.largest_ns = 0
        self._buckets: Final[dict[int, int]] = {}

    def add(self, ns: int) -> None:
        self.least_ns = ns if self.count == 0 else min(self.least_ns, ns)
        self.largest_ns = max(self.largest_ns, ns)
        self.count += 1
        top = _top_of(ns)
        self._buckets[top] = self._buckets.get(top, 0) + 1

    def at_most_ns(self, percent: int) -> int:
        """No more than this took `percent` of them; 0 for none."""
        wanted = -(-self.count * percent // 100)
        for top in sorted(self._buckets):
            wanted -= self._buckets[top]
            if wanted <= 0:
                return min(top, self.largest_ns)
        return 0


def _top_of(ns: int) -> int:
    """The largest value that is counted together with this one."""
    step = int(10 ** max(len(str(ns)) - DIGITS, 0))
    return -(-ns // step) * step

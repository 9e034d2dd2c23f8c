"""How often something happened in the last moments: a sliding window of slots, exact to a slot.

Only `add` changes anything: to ask is free of traces, so that a desk which was asked equals one which was not.
"""

from __future__ import annotations

from typing import Final

from librt.vecs import vec
from mypy_extensions import i64, mypyc_attr

# Ten seconds hold a burst of a runaway strategy (hundreds) apart from a quick trader (some); half a second is as late
# as anybody sees that one is over, and twenty slots are 160 bytes.
SLOT_NS: Final = 500_000_000
SLOTS: Final = 20
WINDOW_NS: Final = SLOT_NS * SLOTS


@mypyc_attr(acyclic=True)
class Burst:
    """newest: the number of the latest slot that something happened in, since the epoch"""

    def __init__(self) -> None:
        self.newest: i64 = 0
        self._counts: vec[i64] = vec[i64]([0 for _ in range(SLOTS)])

    def add(self, now_ns: i64) -> None:
        """It happened now."""
        self.put(now_ns // SLOT_NS, 1)

    def put(self, slot: i64, count: i64) -> None:
        """It happened so often in a slot; one that is over counts in the newest, since time never runs backwards."""
        first_free: i64 = max(self.newest + 1, slot - SLOTS + 1)
        while first_free <= slot:
            self._counts[first_free % SLOTS] = 0
            first_free += 1
        self.newest = max(self.newest, slot)
        self._counts[self.newest % SLOTS] += count

    def count(self, now_ns: i64) -> i64:
        """How often within the window that ends now."""
        total: i64 = 0
        slot: i64 = max(now_ns // SLOT_NS, self.newest) - SLOTS + 1
        while slot <= self.newest:
            total += self._counts[slot % SLOTS]
            slot += 1
        return total

    def clear(self) -> None:
        """As if nothing had ever happened."""
        self.newest = 0
        self._counts = vec[i64]([0 for _ in range(SLOTS)])

    def slots(self) -> list[tuple[int, int]]:
        """Number and count of each slot that something happened in, the oldest first."""
        numbers = range(max(self.newest - SLOTS + 1, 0), self.newest + 1)
        return [(n, int(self._counts[n % SLOTS])) for n in numbers if self._counts[n % SLOTS]]

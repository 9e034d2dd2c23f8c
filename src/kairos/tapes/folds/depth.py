"""Snapshots of a few levels a side, as the changes between them."""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.market import tape_batch as b
from kairos.market.tape_batch import BatchWriter


class ShownSide:
    """What one side showed last, and what it shows now."""

    def __init__(self, flag: i64) -> None:
        self.flag: i64 = flag
        self.shown: dict[int, int] = {}
        self.next: dict[int, int] = {}

    def see(self, px: i64, size: i64) -> None:
        """The snapshot shows this level (0 for an empty place)."""
        if px > 0 and size > 0:
            self.next[px] = size

    def changes(self) -> list[tuple[int, int]]:
        """(price, size) of what is otherwise now; 0 for what is no longer shown."""
        if self.next == self.shown:
            self.next = {}
            return []
        gone = [(px, 0) for px in self.shown if px not in self.next]
        new = [(px, size) for px, size in self.next.items() if self.shown.get(px, 0) != size]
        self.shown, self.next = self.next, {}
        return gone + new


class DepthFold:
    """Sees one snapshot after the other; `end` writes what changed, the last row of them without MORE."""

    def __init__(self, out: BatchWriter) -> None:
        self.out: Final = out
        self.bids: Final = ShownSide(b.BUY)
        self.asks: Final = ShownSide(b.SELL)
        self.unchanged: i64 = 0

    def end(self, time_ns: i64) -> None:
        """The snapshot is whole."""
        bids = self.bids.changes()
        asks = self.asks.changes()
        left = len(bids) + len(asks)
        if left == 0:
            self.unchanged += 1
        for px, size in bids:
            left -= 1
            self.out.put(time_ns, b.DEPTH, b.BUY | (b.MORE if left > 0 else 0), px, size)
        for px, size in asks:
            left -= 1
            self.out.put(time_ns, b.DEPTH, b.SELL | (b.MORE if left > 0 else 0), px, size)

"""Bitstamp's order events (R package obAnalytics): created, changed, deleted, with the volume that is left.

An order that comes in at a price of the other side takes from it: its own fills only repeat those of the orders that it
meets, so they are taken off it without a trade. Sizes are counted in millionths of a bitcoin.
"""

from __future__ import annotations

from typing import Final

from librt.strings import read_i64_le
from mypy_extensions import i64

from kairos.market import tape_batch as b
from kairos.market.tape_batch import WIDTH, BatchWriter
from kairos.market.tape_report import TapeReport
from kairos.market.tape_top import DepthSide

CREATED: Final = 1
CHANGED: Final = 2
DELETED: Final = 3
SATOSHIS: Final = 100  # of a unit: 1 unit is 0.000001 bitcoin
MS: Final = 1_000_000
DECIMAL_WIDTH: Final = 16


class BitstampFold:
    """Follows each order from its creation to its end."""

    def __init__(self, out: BatchWriter) -> None:
        self.out: Final = out
        self.bids: Final = DepthSide(is_bid=True)
        self.asks: Final = DepthSide(is_bid=False)
        self.left: Final[dict[int, int]] = {}
        self.px: Final[dict[int, int]] = {}
        self.takes: Final[dict[int, bool]] = {}
        self.rows: i64 = 0
        self.unknown: i64 = 0
        self.rounded: i64 = 0
        self.too_small: i64 = 0
        self.takers: i64 = 0
        self.grown: i64 = 0
        self.moved: i64 = 0

    def feed(self, count: i64, ref: bytes, time_ms: bytes, px: bytes, volume: bytes, action: bytes, bid: bytes) -> None:
        """Take in a block of rows."""
        self.rows += count
        for row in range(count):
            at = row * WIDTH
            satoshis = read_i64_le(volume, at)
            if satoshis % SATOSHIS:
                self.rounded += 1
            self._row(
                read_i64_le(time_ms, at) * MS,
                read_i64_le(action, at),
                read_i64_le(ref, at),
                read_i64_le(bid, at) != 0,
                read_i64_le(px, 2 * at),
                satoshis // SATOSHIS,
            )

    def _row(self, time_ns: i64, action: i64, ref: i64, is_bid: bool, px: i64, size: i64) -> None:
        side = self.bids if is_bid else self.asks
        flag = b.BUY if is_bid else b.SELL
        if action == CREATED:
            self._create(time_ns, ref, is_bid, px, size)
            return
        if ref not in self.left:
            self.unknown += 1
            return
        before: i64 = self.left[ref]
        own_px: i64 = self.px[ref]
        if px != own_px:
            self.moved += 1
        if action == DELETED and size > 0:
            self._take_off(time_ns, b.DELETE, side, flag, ref, own_px, before)
        elif size > before:
            self.grown += 1
        elif size < before:
            filled = b.REDUCE if self.takes.get(ref, False) else b.EXECUTE
            self._take_off(time_ns, filled, side, flag, ref, own_px, before - size)
        if action == DELETED:
            del self.left[ref]
            del self.px[ref]
            self.takes.pop(ref, None)

    def _create(self, time_ns: i64, ref: i64, is_bid: bool, px: i64, size: i64) -> None:
        if size <= 0 or px <= 0:
            self.too_small += 1
            return
        side = self.bids if is_bid else self.asks
        other = self.asks if is_bid else self.bids
        if other.best_px != 0 and px * side.sign >= other.best_px * side.sign:
            self.takers += 1
            self.takes[ref] = True
        self.left[ref] = size
        self.px[ref] = px
        side.change(px, size)
        self.out.put(time_ns, b.ADD, b.BUY if is_bid else b.SELL, px, size, 0, 0, ref)

    def _take_off(self, time_ns: i64, kind: i64, side: DepthSide, flag: i64, ref: i64, px: i64, size: i64) -> None:
        self.left[ref] -= size
        side.change(px, -size)
        self.out.put(time_ns, kind, flag, px, size, 0, 0, ref)

    def end(self, report: TapeReport) -> None:
        """The file has ended."""
        report.rows += self.rows
        report.count("changes of orders that were never created", "left out", self.unknown)
        report.count("sizes finer than a millionth of a bitcoin", "rounded down", self.rounded)
        report.count("orders without price or size", "left out", self.too_small)
        report.count(
            "orders that came in at a price of the other side", "their fills take off without a trade", self.takers
        )
        report.count("changes that name another price", "kept at the order's own", self.moved)
        report.count("orders that grew", "kept at the size before", self.grown)

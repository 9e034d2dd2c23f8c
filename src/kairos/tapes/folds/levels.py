"""Tables with five levels a side in a row."""

from __future__ import annotations

from typing import Final

from librt.strings import read_i64_le
from mypy_extensions import i64

from kairos.market.tape_batch import WIDTH, BatchWriter
from kairos.market.tape_report import TapeReport
from kairos.tapes.folds.depth import DepthFold


class LevelRows:
    """Takes rows whose columns are bids from the best, then offers from the best."""

    def __init__(self, out: BatchWriter, from_ns: i64, to_ns: i64, lot: i64) -> None:
        self.from_ns: i64 = from_ns
        self.to_ns: i64 = to_ns
        self.lot: i64 = lot
        self.depth: Final = DepthFold(out)
        self.rows: i64 = 0
        self.other_days: i64 = 0

    def feed(self, count: i64, time: bytes, prices: list[bytes], sizes: list[bytes]) -> None:
        """Take in a block of rows."""
        levels = len(prices) // 2
        for row in range(count):
            at = row * WIDTH
            self.rows += 1
            time_ns = read_i64_le(time, at)
            if time_ns < self.from_ns or time_ns >= self.to_ns:
                self.other_days += 1
                continue
            for level in range(len(prices)):
                side = self.depth.bids if level < levels else self.depth.asks
                side.see(read_i64_le(prices[level], at), read_i64_le(sizes[level], at) * self.lot)
            self.depth.end(time_ns)

    def end(self, report: TapeReport) -> None:
        """The file has ended."""
        report.rows += self.rows
        report.count("rows of other days", "left out", self.other_days)
        report.count("snapshots that change no level", "left out", self.depth.unchanged)

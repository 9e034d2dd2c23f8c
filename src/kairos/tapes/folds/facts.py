"""What is in a tape, counted row by row."""

from __future__ import annotations

from mypy_extensions import i64

from kairos.market import tape_batch as b
from kairos.market.tape_batch import BatchWriter, TapeBatch
from kairos.market.tape_top import TopFold


class TapeFacts:
    """Takes batches. A deep tape is also looked at from its top, so that its prints can be compared with its quotes."""

    def __init__(self) -> None:
        self.events: i64 = 0
        self.quotes: i64 = 0
        self.trades: i64 = 0
        self.levels: i64 = 0
        self.orders: i64 = 0
        self.halts: i64 = 0
        self.openings: i64 = 0
        self.closings: i64 = 0
        self.off_book: i64 = 0
        self.volume: i64 = 0
        self.low_px: i64 = 0
        self.high_px: i64 = 0
        self.first_ns: i64 = 0
        self.last_ns: i64 = 0
        self.longest_gap_ns: i64 = 0
        self.gap_end_ns: i64 = 0
        self.two_sided: i64 = 0
        self.crossed: i64 = 0
        self.locked: i64 = 0
        self.compared: i64 = 0
        self.outside: i64 = 0
        self.open_moment = False
        self._bid_px: i64 = 0
        self._ask_px: i64 = 0
        self._top: TopFold | None = None

    @property
    def overdrawn(self) -> int:
        """How often more was taken off a level than it showed."""
        return 0 if self._top is None else self._top.bids.overdrawn + self._top.asks.overdrawn

    def feed(self, batch: TapeBatch) -> None:
        """Take in a batch."""
        for row in range(batch.count):
            self._seen(batch, row)
        if self._top is None:
            self._top = TopFold(BatchWriter(batch.instrument))
        self._top.feed(batch)
        top = self._top.out.take()
        for row in range(top.count):
            if top.kind_at(row) == b.QUOTE:
                self._quote(top, row)
            else:
                self._trade(top, row)

    def _seen(self, batch: TapeBatch, row: i64) -> None:
        kind = batch.kind_at(row)
        time_ns = batch.time_at(row)
        if self.events == 0:
            self.first_ns = self.last_ns = time_ns
        if time_ns - self.last_ns > self.longest_gap_ns:
            self.longest_gap_ns = time_ns - self.last_ns
            self.gap_end_ns = time_ns
        self.last_ns = time_ns
        self.events += 1
        self.open_moment = batch.flags_at(row) & b.MORE != 0
        if kind == b.QUOTE:
            self.quotes += 1
        elif kind == b.DEPTH:
            self.levels += 1
        elif kind == b.HALT:
            self.halts += 1
        elif kind != b.TRADE:
            self.orders += 1

    def _quote(self, batch: TapeBatch, row: i64) -> None:
        self._bid_px = batch.px_at(row)
        self._ask_px = batch.ask_px_at(row)
        if self._bid_px and self._ask_px:
            self.two_sided += 1
            if self._bid_px > self._ask_px:
                self.crossed += 1
            elif self._bid_px == self._ask_px:
                self.locked += 1

    def _trade(self, batch: TapeBatch, row: i64) -> None:
        flags = batch.flags_at(row)
        px = batch.px_at(row)
        self.trades += 1
        self.volume += batch.size_at(row)
        if self.low_px == 0 or px < self.low_px:
            self.low_px = px
        self.high_px = max(self.high_px, px)
        if flags & b.OFF_BOOK:
            self.off_book += 1
        elif flags & b.OPENING_AUCTION:
            self.openings += 1
        elif flags & b.CLOSING_AUCTION:
            self.closings += 1
        elif self._bid_px and self._ask_px and self._bid_px <= self._ask_px:
            self.compared += 1
            if px < self._bid_px or px > self._ask_px:
                self.outside += 1

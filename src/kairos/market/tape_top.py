"""A deep tape seen from its top: what its best bid and offer were, and its trades.

A level's size is kept by price; the best of a side is looked for anew only where the best level has gone. Orders that
the tape tells of one by one are summed up in their levels, so both kinds of depth are one here. Where an order as sent
(`ENTER`) would have traded the tape doesn't say, so a tape of those has no top, and what it sent is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mypy_extensions import i64

from kairos.market import tape_batch as b
from kairos.market.tape_batch import BatchWriter, TapeBatch


class DepthSide:
    """One side's levels: price to size shown."""

    def __init__(self, is_bid: bool) -> None:
        self.sign: i64 = 1 if is_bid else -1
        self.levels: Final[dict[int, int]] = {}
        self.best_px: i64 = 0
        self.best_size: i64 = 0
        self.overdrawn: i64 = 0

    def show(self, px: i64, size: i64) -> None:
        """The level shows this size from now on."""
        if size > 0:
            self.levels[px] = size
            if self.best_px == 0 or px * self.sign >= self.best_px * self.sign:
                self.best_px = px
                self.best_size = size
        elif px in self.levels:
            del self.levels[px]
            if px == self.best_px:
                self._find_best()

    def change(self, px: i64, by: i64) -> None:
        """The level shows this much more, or less; never less than nothing."""
        size: i64 = self.levels.get(px, 0) + by
        if size < 0:
            self.overdrawn += 1
        self.show(px, size)

    def _find_best(self) -> None:
        self.best_px = 0
        self.best_size = 0
        for px, size in self.levels.items():
            if self.best_px == 0 or px * self.sign > self.best_px * self.sign:
                self.best_px = px
                self.best_size = size


class TopFold:
    """Makes quotes and trades of the rows of any tape."""

    def __init__(self, out: BatchWriter) -> None:
        self.out: Final = out
        self.bids: Final = DepthSide(is_bid=True)
        self.asks: Final = DepthSide(is_bid=False)
        self._shown_bid_px: i64 = 0
        self._shown_bid_size: i64 = 0
        self._shown_ask_px: i64 = 0
        self._shown_ask_size: i64 = 0

    def feed(self, batch: TapeBatch) -> None:
        """Take in a batch."""
        for row in range(batch.count):
            self._row(batch, row)

    def _row(self, batch: TapeBatch, row: i64) -> None:
        kind = batch.kind_at(row)
        if kind in (b.QUOTE, b.TRADE):
            self.out.put_row(batch, row)
            return
        if kind in (b.ENTER, b.HALT):
            return
        flags = batch.flags_at(row)
        px = batch.px_at(row)
        size = batch.size_at(row)
        side = self.bids if flags & b.BUY else self.asks
        if kind in (b.EXECUTE, b.EXECUTE_HIDDEN):
            taker = b.SELL if flags & b.BUY else b.BUY
            self.out.put_trade(batch.time_at(row), px, size, taker)
        if kind == b.DEPTH:
            side.show(px, size)
        elif kind != b.EXECUTE_HIDDEN:
            side.change(px, size if kind == b.ADD else -size)
        if flags & b.MORE == 0:
            self._show(batch.time_at(row))

    def _show(self, time_ns: i64) -> None:
        """A quote, if the top has changed."""
        bids, asks = self.bids, self.asks
        if (
            bids.best_px == self._shown_bid_px
            and bids.best_size == self._shown_bid_size
            and asks.best_px == self._shown_ask_px
            and asks.best_size == self._shown_ask_size
        ):
            return
        self._shown_bid_px = bids.best_px
        self._shown_bid_size = bids.best_size
        self._shown_ask_px = asks.best_px
        self._shown_ask_size = asks.best_size
        self.out.put_quote(time_ns, bids.best_px, bids.best_size, asks.best_px, asks.best_size)


def top_of_book(batches: Iterator[TapeBatch]) -> Iterator[TapeBatch]:
    """The batches of any tape as batches of quotes and trades."""
    fold: TopFold | None = None
    for batch in batches:
        if fold is None:
            fold = TopFold(BatchWriter(batch.instrument))
        fold.feed(batch)
        if fold.out.count:
            yield fold.out.take()

"""Tapes of several instruments as one stream in time order, without copying a row.

What comes out are spans: rows [start, stop) of one tape's present batch, all of them before (or, for the tape named
first, not after) the next row of any other tape. No more than one batch of each tape is in memory.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.market.tape_batch import Batches, BatchWriter, TapeBatch

NEVER: Final = 9_223_372_036_854_775_807


class TapeSpan:
    """Rows [start, stop) of a batch."""

    __slots__ = ("batch", "start", "stop")

    def __init__(self, batch: TapeBatch, start: i64, stop: i64) -> None:
        self.batch: Final = batch
        self.start: Final = start
        self.stop: Final = stop


class TapeCursor:
    """Where one tape stands: its next row, and after `find` that row's time (NEVER at the end)."""

    def __init__(self, batches: Batches) -> None:
        self._batches: Final = batches
        self.batch: TapeBatch | None = None
        self.row: i64 = 0
        self.time_ns: i64 = 0

    def find(self) -> None:
        """Find the next row, in the next batch if the present one is at its end."""
        if self.time_ns == NEVER:
            return
        while self.batch is None or self.row >= self.batch.count:
            batch = next(self._batches, None)
            if batch is None:
                self.batch = None
                self.time_ns = NEVER
                return
            self.batch = batch
            self.row = 0
        self.time_ns = self.batch.time_at(self.row)


class TapeMerge:
    """The spans of tapes, one after the other. At equal times the tape named first goes first.

    Nothing is read before it is asked for, so an error of a tape comes after all the rows that were given before it.
    """

    def __init__(self, tapes: list[Batches]) -> None:
        self._cursors: Final = [TapeCursor(tape) for tape in tapes]

    def next_span(self) -> TapeSpan | None:
        """The next rows of one tape; None at the end of all."""
        place: i64 = -1
        first_ns: i64 = NEVER
        second_ns: i64 = NEVER
        second: i64 = 0
        for index in range(len(self._cursors)):
            self._cursors[index].find()
            time_ns = self._cursors[index].time_ns
            if time_ns < first_ns:
                second_ns, second = first_ns, place
                first_ns, place = time_ns, index
            elif time_ns < second_ns:
                second_ns, second = time_ns, index
        if place < 0:
            return None
        cursor = self._cursors[place]
        batch = cursor.batch
        assert batch is not None
        # A row at the very time of the other tape's next one goes first only on the tape that was named first.
        stop = batch.count
        if second_ns != NEVER:
            stop = batch.first_after(second_ns if place < second else second_ns - 1, cursor.row)
        span = TapeSpan(batch, cursor.row, stop)
        cursor.row = stop
        return span


def copy_span(out: BatchWriter, span: TapeSpan) -> None:
    """Add a span's rows to a batch that is being made."""
    out.put_rows(span.batch, span.start, span.stop)

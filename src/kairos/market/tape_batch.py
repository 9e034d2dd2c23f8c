"""A stretch of one instrument's tape in columns: what a file is read into, and an exchange is fed from.

Objects cost more than what they tell: a day of three million events is read and played without one of them. A column
is bytes, eight a row, each an i64 in little-endian order, so that compiled code reads a row in a few nanoseconds and
pyarrow takes and gives whole columns as they are.

A row by its kind (`flags` are the bits below, what is not named is 0):

    kind            px       size     ask_px   ask_size   ref        flags
    QUOTE           bid      bid's    offer    offer's
    TRADE           price    traded                                  BUY or SELL took (where known), AUCTION, OFF_BOOK
    DEPTH           level    shown                                   BUY or SELL, MORE
    ADD REDUCE DELETE EXECUTE EXECUTE_HIDDEN ENTER
                    order's  of it                        order_ref  BUY or SELL, MORE; ENTER: IMMEDIATE, ALL_OR_NONE
    HALT                                                             HALTED, QUOTING, RESUMED
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from librt.strings import BytesWriter, read_i64_le, write_i64_le
from mypy_extensions import i64, mypyc_attr

# 64 bytes a row: 256 KiB a batch stay in a core's second-level cache between the reader that makes them and the
# exchange that plays them, and what a batch costs to make (some microseconds) is spread over thousands of rows.
BATCH_ROWS: Final = 4096
WIDTH: Final = 8

QUOTE: Final = 1
TRADE: Final = 2
DEPTH: Final = 3
ADD: Final = 4
REDUCE: Final = 5
DELETE: Final = 6
EXECUTE: Final = 7
EXECUTE_HIDDEN: Final = 8
ENTER: Final = 9
HALT: Final = 10
LAST_KIND: Final = 10

BUY: Final = 1
SELL: Final = 2
MORE: Final = 4
OPENING_AUCTION: Final = 8
CLOSING_AUCTION: Final = 16
OFF_BOOK: Final = 32
IMMEDIATE: Final = 64
ALL_OR_NONE: Final = 128
HALTED: Final = 256
QUOTING: Final = 512
RESUMED: Final = 1024
ALL_FLAGS: Final = 2047


@mypyc_attr(acyclic=True)
class TapeBatch:
    """`count` rows of one instrument, in time order."""

    __slots__ = ("ask_px", "ask_size", "count", "flags", "instrument", "kind", "px", "ref", "size", "time_ns")

    def __init__(
        self,
        instrument: str,
        count: i64,
        time_ns: bytes,
        kind: bytes,
        flags: bytes,
        px: bytes,
        size: bytes,
        ask_px: bytes,
        ask_size: bytes,
        ref: bytes,
    ) -> None:
        self.instrument: Final = instrument
        self.count: Final = count
        self.time_ns: Final = time_ns
        self.kind: Final = kind
        self.flags: Final = flags
        self.px: Final = px
        self.size: Final = size
        self.ask_px: Final = ask_px
        self.ask_size: Final = ask_size
        self.ref: Final = ref

    def time_at(self, row: i64) -> i64:
        return read_i64_le(self.time_ns, row * WIDTH)

    def kind_at(self, row: i64) -> i64:
        return read_i64_le(self.kind, row * WIDTH)

    def flags_at(self, row: i64) -> i64:
        return read_i64_le(self.flags, row * WIDTH)

    def px_at(self, row: i64) -> i64:
        return read_i64_le(self.px, row * WIDTH)

    def size_at(self, row: i64) -> i64:
        return read_i64_le(self.size, row * WIDTH)

    def ask_px_at(self, row: i64) -> i64:
        return read_i64_le(self.ask_px, row * WIDTH)

    def ask_size_at(self, row: i64) -> i64:
        return read_i64_le(self.ask_size, row * WIDTH)

    def ref_at(self, row: i64) -> i64:
        return read_i64_le(self.ref, row * WIDTH)

    def first_after(self, time_ns: i64, start: i64) -> i64:
        """The first row from `start` on that is later than `time_ns`; `count` where none is."""
        row = start
        while row < self.count and read_i64_le(self.time_ns, row * WIDTH) <= time_ns:
            row += 1
        return row


class BatchWriter:
    """Gathers rows into batches, each `shift_ns` later than told.

    A tape never goes back in time: a row earlier than the one before it bears that one's time, and is counted in
    `late_rows`.
    """

    def __init__(self, instrument: str, shift_ns: i64 = 0) -> None:
        self.instrument: Final = instrument
        self.shift_ns: i64 = shift_ns
        self.count: i64 = 0
        self.total: i64 = 0
        self.late_rows: i64 = 0
        self.last_ns: i64 = 0
        self._clear()

    def _clear(self) -> None:
        self._time_ns = BytesWriter()
        self._kind = BytesWriter()
        self._flags = BytesWriter()
        self._px = BytesWriter()
        self._size = BytesWriter()
        self._ask_px = BytesWriter()
        self._ask_size = BytesWriter()
        self._ref = BytesWriter()

    def put(
        self, time_ns: i64, kind: i64, flags: i64, px: i64, size: i64, ask_px: i64 = 0, ask_size: i64 = 0, ref: i64 = 0
    ) -> None:
        """Add a row."""
        at_ns = time_ns + self.shift_ns
        if at_ns < self.last_ns:
            self.late_rows += 1
            at_ns = self.last_ns
        self.last_ns = at_ns
        write_i64_le(self._time_ns, at_ns)
        write_i64_le(self._kind, kind)
        write_i64_le(self._flags, flags)
        write_i64_le(self._px, px)
        write_i64_le(self._size, size)
        write_i64_le(self._ask_px, ask_px)
        write_i64_le(self._ask_size, ask_size)
        write_i64_le(self._ref, ref)
        self.count += 1

    def put_quote(self, time_ns: i64, bid_px: i64, bid_size: i64, ask_px: i64, ask_size: i64) -> None:
        self.put(time_ns, QUOTE, 0, bid_px, bid_size, ask_px, ask_size)

    def put_trade(self, time_ns: i64, px: i64, size: i64, flags: i64 = 0) -> None:
        self.put(time_ns, TRADE, flags, px, size)

    def take(self) -> TapeBatch:
        """The rows gathered since the last time."""
        batch = TapeBatch(
            self.instrument,
            self.count,
            self._time_ns.getvalue(),
            self._kind.getvalue(),
            self._flags.getvalue(),
            self._px.getvalue(),
            self._size.getvalue(),
            self._ask_px.getvalue(),
            self._ask_size.getvalue(),
            self._ref.getvalue(),
        )
        self.total += self.count
        self.count = 0
        self._clear()
        return batch

    def put_row(self, batch: TapeBatch, row: i64) -> None:
        """Add a row of another batch."""
        self.put(
            batch.time_at(row),
            batch.kind_at(row),
            batch.flags_at(row),
            batch.px_at(row),
            batch.size_at(row),
            batch.ask_px_at(row),
            batch.ask_size_at(row),
            batch.ref_at(row),
        )

    def put_rows(self, batch: TapeBatch, start: i64, stop: i64) -> None:
        """Add the rows [start, stop) of another batch."""
        for row in range(start, stop):
            self.put_row(batch, row)


Batches = Iterator[TapeBatch]


def first_bad_row(batch: TapeBatch, last_ns: i64) -> i64:
    """The first row that no tape has, or that is earlier than the one before it (`last_ns` at first); -1 if none."""
    before_ns = last_ns
    for row in range(batch.count):
        time_ns = batch.time_at(row)
        kind = batch.kind_at(row)
        flags = batch.flags_at(row)
        if time_ns < before_ns or kind < QUOTE or kind > LAST_KIND or flags < 0 or flags > ALL_FLAGS:
            return row
        if batch.px_at(row) < 0 or batch.size_at(row) < 0 or batch.ask_px_at(row) < 0 or batch.ask_size_at(row) < 0:
            return row
        before_ns = time_ns
    return -1


def why_bad(batch: TapeBatch, row: i64, last_ns: i64) -> str:
    """What is wrong with the row that `first_bad_row` found."""
    before_ns = batch.time_at(row - 1) if row else last_ns
    if batch.time_at(row) < before_ns:
        return f"is of {before_ns - batch.time_at(row)} ns before the row above; a tape is in time order"
    return f"{batch.kind_at(row)} with flags {batch.flags_at(row)} is none, or a price or size is less than 0"

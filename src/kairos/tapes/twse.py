"""The Taiwan Stock Exchange's Data E-Shop files: odrYYYYMMDD (orders), mthYYYYMMDD (trades), dspYYYYMMDD (five levels).

Records of fixed width, one a line, all securities in one file, plain or compressed. Since 2020-03-01 times have twelve
digits (microseconds), before eight (hundredths); the length of the first line tells which layout it is. A board lot is
1,000 shares.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Final

from kairos.market.tape_batch import Batches, BatchWriter
from kairos.market.tape_report import TapeReport
from kairos.model.errors import ReferenceDataError
from kairos.tapes.folds.twse import TwseFold, TwseOrders, TwseSnapshots, TwseTrades
from kairos.tapes.parts import only, ready, rest
from kairos.tapes.sources import blocks, opened
from kairos.tapes.wanted import Wanted, midnight_ns

ZONE: Final = "Asia/Taipei"
BOARD_LOT: Final = 1000
SHORT_TIME, LONG_TIME = 8, 12
LONGEST: Final = 400  # twice the longest record

MakeFold = Callable[[BatchWriter, Wanted, int, int], TwseFold]


def read_orders(paths: list[Path], wanted: Wanted, report: TapeReport) -> Batches:
    """odr: each order as it was sent, changed and canceled."""
    return _read(paths, wanted, report, {59: SHORT_TIME, 63: LONG_TIME}, _orders)


def read_trades(paths: list[Path], wanted: Wanted, report: TapeReport) -> Batches:
    """mth: each trade."""
    return _read(paths, wanted, report, {63: SHORT_TIME, 67: LONG_TIME}, _trades)


def read_snapshots(paths: list[Path], wanted: Wanted, report: TapeReport) -> Batches:
    """dsp: five levels a side, and what traded between them."""
    return _read(paths, wanted, report, {186: SHORT_TIME, 190: LONG_TIME}, _snapshots)


def _orders(out: BatchWriter, wanted: Wanted, width: int, time_width: int) -> TwseFold:
    return TwseOrders(out, wanted.symbol, width, time_width)


def _trades(out: BatchWriter, wanted: Wanted, width: int, time_width: int) -> TwseFold:
    return TwseTrades(out, wanted.symbol, width, time_width, wanted.keeps_off_book)


def _snapshots(out: BatchWriter, wanted: Wanted, width: int, time_width: int) -> TwseFold:
    return TwseSnapshots(out, wanted.symbol, width, time_width, wanted.lot or BOARD_LOT)


def _read(
    paths: list[Path], wanted: Wanted, report: TapeReport, layouts: dict[int, int], make_fold: MakeFold
) -> Batches:
    path = only(paths, "a file of the exchange")
    out = BatchWriter(wanted.instrument, wanted.shift_ns)
    width, line_end = _width(path, layouts)
    fold = make_fold(out, wanted, width + line_end, layouts[width])
    midnight = 0
    with opened(path) as file:
        for block in blocks(path, file, width, line_end):
            midnight = midnight or _midnight(path, block, fold, wanted)
            if not fold.feed(block, midnight):
                raise ReferenceDataError(
                    str(path),
                    f"record {fold.rows}",
                    "length",
                    f"is not {width}: something is missing, or too much, here",
                )
            yield from ready(out)
    fold.end(report)
    yield from rest(out, report)


def _width(path: Path, layouts: dict[int, int]) -> tuple[int, int]:
    """The length of a record, and of its line end."""
    with opened(path) as file:
        line = file.readline(LONGEST)
    bare = line.rstrip(b"\r\n")
    if len(bare) not in layouts:
        known = " or ".join(str(width) for width in layouts)
        raise ReferenceDataError(
            str(path), "record 1", "length", f"is {len(bare)}, not {known}; is it another of the exchange's files?"
        )
    return len(bare), max(len(line) - len(bare), 1)


def _midnight(path: Path, block: bytes, fold: TwseFold, wanted: Wanted) -> int:
    """The day of the file: what its first record says."""
    start = fold.date_place()
    text = block[start : start + 8].decode("latin-1")
    try:
        day = datetime.datetime.strptime(text, "%Y%m%d").date()
    except ValueError as problem:
        raise ReferenceDataError(str(path), "record 1", "date", f"is {text!r}, not YYYYMMDD") from problem
    if wanted.date not in (None, day):
        raise ReferenceDataError(str(path), "record 1", "date", f"is {day}, not {wanted.date} as --date wants")
    return midnight_ns(day, wanted.zone or ZONE)

"""TAIFEX's daily time and sales of futures: Daily_YYYY_MM_DD.zip, and _C for calendar spreads; text in cp950.

Rows of all contracts, a contract's together, in time order; the after-hours session of the evening before is part of
the day. The symbol is product and expiry as the file has them, "TX202108" or "CDF202108/202109". Times are whole
seconds. In the file of spreads the asterisk is no auction: it marks spreads that met spreads.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import IO, Any, Final

from kairos.market.tape_batch import Batches, BatchWriter
from kairos.market.tape_report import TapeReport
from kairos.model.errors import ReferenceDataError
from kairos.tapes.arrow import coded, csv_blocks, decimal_words, package, words
from kairos.tapes.folds.prints import TaifexTrades
from kairos.tapes.parts import only, ready, rest
from kairos.tapes.sources import opened
from kairos.tapes.wanted import SECOND_NS, Wanted, midnight_ns

ZONE: Final = "Asia/Taipei"
FIRST_COLUMN: Final = "成交日期"
OPENING: Final = "開盤集合競價"
COLUMNS: Final = ("date", "product", "expiry", "time", "price", "quantity", "near_px", "far_px", "opening")
TEXTS: Final = ("date", "product", "expiry", "time", "near_px", "far_px", "opening")


def read_taifex(paths: list[Path], wanted: Wanted, report: TapeReport) -> Batches:
    """The trading day of one contract."""
    path = only(paths, "a day of TAIFEX")
    pa = package("pyarrow", path)
    types = {name: pa.string() for name in COLUMNS} | {"price": pa.decimal128(18, 8), "quantity": pa.int64()}
    out = BatchWriter(wanted.instrument, wanted.shift_ns)
    fold = TaifexTrades(out)
    with opened(path, ".csv") as file:
        marks_opening = OPENING in _header(path, file)
        for block in csv_blocks(path, file, types, line=2):
            fold.feed(
                len(block["date"]),
                _wanted_rows(path, block, wanted.symbol),
                _times(path, block, wanted.zone or ZONE),
                decimal_words(block["price"]),
                words(path, "quantity", block["quantity"]),
                coded(path, "opening", block["opening"], lambda text: int(marks_opening and text.strip() == "*")),
            )
            yield from ready(out)
    fold.end(report)
    yield from rest(out, report)


def _header(path: Path, file: IO[bytes]) -> str:
    header = file.readline(400).decode("cp950", "replace")
    if not header.startswith(FIRST_COLUMN):
        raise ReferenceDataError(
            str(path), "line 1", "header", f"is {header[:20]!r}; TAIFEX's begins with {FIRST_COLUMN!r} in cp950"
        )
    return header


def _wanted_rows(path: Path, block: dict[str, Any], symbol: str) -> bytes:
    """1 for a row of the wanted contract, 0 for another."""
    pa = package("pyarrow", path)
    compute = package("pyarrow.compute", path)
    names = compute.binary_join_element_wise(block["product"], block["expiry"], "")
    trimmed = compute.replace_substring(names, " ", "")
    return words(path, "product", compute.equal(trimmed, symbol).cast(pa.int64()))


def _times(path: Path, block: dict[str, Any], zone: str) -> bytes:
    """Taipei's dates and times as nanoseconds, UTC."""
    pa = package("pyarrow", path)
    compute = package("pyarrow.compute", path)
    days = coded(path, "date", block["date"], lambda text: _midnight(path, text, zone))
    seconds = coded(path, "time", block["time"], lambda text: _since_midnight(path, text))
    count = len(block["date"])
    dates, times = (pa.Array.from_buffers(pa.int64(), count, [None, pa.py_buffer(data)]) for data in (days, seconds))
    return words(path, "time", compute.add(dates, times))


def _midnight(path: Path, text: str, zone: str) -> int:
    try:
        return midnight_ns(datetime.datetime.strptime(text, "%Y%m%d").date(), zone)
    except ValueError as problem:
        raise ReferenceDataError(str(path), "a row", "date", f"is {text!r}, not YYYYMMDD") from problem


def _since_midnight(path: Path, text: str) -> int:
    if len(text) != 6 or not (text.isascii() and text.isdigit()) or text >= "240000":
        raise ReferenceDataError(str(path), "a row", "time", f"is {text!r}, not HHMMSS")
    return ((int(text[:2]) * 60 + int(text[2:4])) * 60 + int(text[4:])) * SECOND_NS

"""Lean's equity ticks (QuantConnect's data folder, equity/usa/tick): DATE_quote.zip and DATE_trade.zip of a symbol.

SOURCE is either of the two; the other one is read with it where it lies beside. Times are milliseconds since midnight
in New York, prices whole ten-thousandths of a dollar.
"""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Final

from kairos.market.tape_batch import Batches, BatchWriter
from kairos.market.tape_report import TapeReport
from kairos.model.errors import ReferenceDataError
from kairos.tapes.arrow import coded, csv_blocks, package, words
from kairos.tapes.folds.lean import LeanQuotes, LeanTrades
from kairos.tapes.parts import letter_code, one_tape, participant, ready, rest
from kairos.tapes.sources import opened
from kairos.tapes.wanted import Wanted, midnight_ns

ZONE: Final = "America/New_York"
QUOTES: Final = ("ms", "bid", "bid_size", "ask", "ask_size", "venue", "condition", "suspicious")
TRADES: Final = ("ms", "px", "size", "venue", "condition", "suspicious")
DATE: Final = re.compile(r"\d{8}")


def read_lean(paths: list[Path], wanted: Wanted, report: TapeReport) -> Batches:
    """The day of one instrument."""
    both = _beside(paths)
    midnight = midnight_ns(wanted.date or _date_of(paths[0]), wanted.zone or ZONE)
    quotes = [path for path in both if "quote" in path.name.lower()]
    trades = [path for path in both if "trade" in path.name.lower()]
    if not quotes and not trades:
        raise ReferenceDataError(str(paths[0]), "file", "name", "must have 'quote' or 'trade' in it, as Lean's do")
    # Where the clock can't tell, the trade goes first: the quote after it shows what the trade left.
    return one_tape(
        _trades(trades[0], midnight, wanted, report) if trades else iter(()),
        _quotes(quotes[0], midnight, wanted, report) if quotes else iter(()),
        wanted,
    )


def _beside(paths: list[Path]) -> list[Path]:
    if len(paths) > 1:
        return paths
    path = paths[0]
    other = path.name.replace("quote", "trade") if "quote" in path.name else path.name.replace("trade", "quote")
    beside = path.with_name(other)
    return [path, beside] if beside != path and beside.exists() else [path]


def _date_of(path: Path) -> datetime.date:
    found = DATE.search(path.name)
    try:
        return datetime.datetime.strptime(found[0] if found else "", "%Y%m%d").date()
    except ValueError as problem:
        raise ReferenceDataError(str(path), "file", "name", "tells no date; give --date") from problem


def _quotes(path: Path, midnight: int, wanted: Wanted, report: TapeReport) -> Batches:
    out = BatchWriter(wanted.instrument, wanted.shift_ns)
    fold = LeanQuotes(out, midnight)
    pa = package("pyarrow", path)
    types = {name: pa.string() if name in ("venue", "condition") else pa.int64() for name in QUOTES}
    with opened(path) as file:
        for block in csv_blocks(path, file, types):
            columns = [words(path, name, block[name]) for name in QUOTES if name not in ("venue", "condition")]
            fold.feed(len(block["ms"]), *columns)
            yield from ready(out)
    fold.end(report)
    yield from rest(out, report)


def _trades(path: Path, midnight: int, wanted: Wanted, report: TapeReport) -> Batches:
    out = BatchWriter(wanted.instrument, wanted.shift_ns)
    fold = LeanTrades(out, midnight, participant(wanted.mic), wanted.keeps_off_book)
    pa = package("pyarrow", path)
    types = {name: pa.string() if name in ("venue", "condition") else pa.int64() for name in TRADES}
    with opened(path) as file:
        for block in csv_blocks(path, file, types):
            ms, px, size = (words(path, name, block[name]) for name in TRADES[:3])
            venue = coded(path, "venue", block["venue"], letter_code)
            condition = coded(path, "condition", block["condition"], lambda text: _flags(path, text))
            fold.feed(len(block["ms"]), ms, px, size, venue, condition, words(path, "suspicious", block["suspicious"]))
            yield from ready(out)
    fold.end(report)
    yield from rest(out, report)


def _flags(path: Path, text: str) -> int:
    try:
        return int(text, 16)
    except ValueError as problem:
        raise ReferenceDataError(str(path), "a row", "condition", f"is {text!r}, not a hexadecimal number") from problem

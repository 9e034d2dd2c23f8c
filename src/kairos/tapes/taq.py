"""NYSE TAQ as the R package highfrequency has it: Parquet tables of quotes (each venue's own) and of trades.

SOURCE is one or two files, told apart by their columns: DT EX BID BIDSIZ OFR OFRSIZ SYMBOL, and DT EX SYMBOL COND SIZE
PRICE CORR; a table of trades may lack EX, COND and CORR. DT is UTC unless `--zone` says that it is local time.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from kairos.market.tape_batch import Batches, BatchWriter
from kairos.market.tape_report import TapeReport
from kairos.model.errors import ReferenceDataError
from kairos.tapes.arrow import (
    NO_DECIMAL,
    NO_DECIMAL_DONE,
    coded,
    parquet_blocks,
    parquet_schema,
    prices,
    times_ns,
    words,
)
from kairos.tapes.folds.taq import TaqQuotes, TaqTrades, condition_code
from kairos.tapes.parts import letter_code, one_tape, ready, rest
from kairos.tapes.wanted import SECOND_NS, Wanted, day_ns

ROUND_LOT: Final = 100
DECIMALS: Final = 4  # the finest that US and European tapes print
QUOTES: Final = ["DT", "EX", "BID", "BIDSIZ", "OFR", "OFRSIZ"]
TRADES: Final = ["DT", "PRICE", "SIZE"]
TRADES_MAY_HAVE: Final = ("EX", "COND", "CORR")


def read_taq(paths: list[Path], wanted: Wanted, report: TapeReport) -> Batches:
    """One instrument, of one day or all."""
    quotes: Batches = iter(())
    trades: Batches = iter(())
    for path in paths:
        names = parquet_schema(path).names
        if set(QUOTES) <= set(names):
            quotes = _quotes(path, wanted, report)
        elif set(TRADES) <= set(names):
            trades = _trades(path, wanted, report, [name for name in TRADES_MAY_HAVE if name in names])
        else:
            raise ReferenceDataError(
                str(path), "file", "columns", f"are {' '.join(names)}; quotes have {' '.join(QUOTES)}, trades {TRADES}"
            )
    return one_tape(trades, quotes, wanted)


def _offset_ns(wanted: Wanted) -> int:
    """What turns DT into UTC on the wanted day."""
    if not wanted.zone or wanted.date is None:
        return 0
    noon = datetime(wanted.date.year, wanted.date.month, wanted.date.day, 12, tzinfo=ZoneInfo(wanted.zone))
    away = noon.astimezone(UTC).replace(tzinfo=None) - noon.replace(tzinfo=None)
    return int(away.total_seconds()) * SECOND_NS


def _quotes(path: Path, wanted: Wanted, report: TapeReport) -> Batches:
    out = BatchWriter(wanted.instrument, wanted.shift_ns)
    fold = TaqQuotes(out, *day_ns(wanted.date, wanted.zone or "UTC"), _offset_ns(wanted), wanted.lot or ROUND_LOT)
    for block in parquet_blocks(path, QUOTES, wanted.symbol):
        bid, ask = (_prices(path, name, block[name], report) for name in ("BID", "OFR"))
        fold.feed(
            len(block["DT"]),
            times_ns(path, "DT", block["DT"]),
            coded(path, "EX", block["EX"], letter_code),
            bid,
            words(path, "BIDSIZ", block["BIDSIZ"]),
            ask,
            words(path, "OFRSIZ", block["OFRSIZ"]),
        )
        yield from ready(out)
    fold.end(report)
    yield from rest(out, report)


def _trades(path: Path, wanted: Wanted, report: TapeReport, present: list[str]) -> Batches:
    out = BatchWriter(wanted.instrument, wanted.shift_ns)
    fold = TaqTrades(out, *day_ns(wanted.date, wanted.zone or "UTC"), _offset_ns(wanted), wanted.keeps_off_book)
    for block in parquet_blocks(path, [*TRADES, *present], wanted.symbol):
        none = bytes(8 * len(block["DT"]))
        fold.feed(
            len(block["DT"]),
            times_ns(path, "DT", block["DT"]),
            _prices(path, "PRICE", block["PRICE"], report),
            words(path, "SIZE", block["SIZE"]),
            coded(path, "EX", block["EX"], letter_code) if "EX" in present else none,
            coded(path, "COND", block["COND"], condition_code) if "COND" in present else none,
            words(path, "CORR", block["CORR"]) if "CORR" in present else none,
        )
        yield from ready(out)
    fold.end(report)
    yield from rest(out, report)


def _prices(path: Path, name: str, column: Any, report: TapeReport) -> bytes:
    exact, strange = prices(path, name, column, DECIMALS)
    report.count(NO_DECIMAL.format(DECIMALS), NO_DECIMAL_DONE, strange)
    return exact

"""Bars as a Parquet table: symbol, ts (the bar's start) or date, open, high, low, close, volume.

A bar tells less than a tape, so the tape made of it is one that could have been: four prints a bar. It serves to try a
schedule over a day, not to judge fills.
"""

from __future__ import annotations

import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from kairos.market.tape_batch import Batches, BatchWriter
from kairos.market.tape_report import TapeReport
from kairos.model.errors import ReferenceDataError
from kairos.tapes.arrow import (
    NO_DECIMAL,
    NO_DECIMAL_DONE,
    coded,
    package,
    parquet_blocks,
    parquet_schema,
    prices,
    times_ns,
    words,
)
from kairos.tapes.folds.prints import BarPrints
from kairos.tapes.parts import only, ready, rest
from kairos.tapes.wanted import SECOND_NS, Wanted, day_ns, midnight_ns

DECIMALS: Final = 4
DAY_NS: Final = 86_400 * SECOND_NS
MINUTE_NS: Final = 60 * SECOND_NS
PRICES: Final = ("open", "high", "low", "close")


def read_bars(paths: list[Path], wanted: Wanted, report: TapeReport) -> Batches:
    """One instrument, of one day or all."""
    path = only(paths, "a table of bars")
    names = parquet_schema(path).names
    stamp = next((name for name in ("ts", "date") if name in names), "")
    missing = [name for name in (*PRICES, "volume") if name not in names]
    if not stamp or missing:
        raise ReferenceDataError(
            str(path),
            "file",
            "columns",
            f"are {' '.join(names)}; bars have ts or date, {', '.join(PRICES)}, volume",
        )
    zone = wanted.zone or "UTC"
    out = BatchWriter(wanted.instrument, wanted.shift_ns)
    fold: BarPrints | None = None
    for block in parquet_blocks(path, [stamp, *PRICES, "volume"], wanted.symbol):
        times = _times(path, stamp, block[stamp], zone)
        if fold is None:
            fold = BarPrints(out, *day_ns(wanted.date, zone), _length(times) if stamp == "ts" else DAY_NS)
        exact = [prices(path, name, block[name], DECIMALS) for name in PRICES]
        report.count(NO_DECIMAL.format(DECIMALS), NO_DECIMAL_DONE, sum(strange for _column, strange in exact))
        columns = [column for column, _strange in exact]
        fold.feed(len(block[stamp]), times, columns, words(path, "volume", block["volume"]))
        yield from ready(out)
    if fold is not None:
        fold.end(report)
    yield from rest(out, report)


def _times(path: Path, stamp: str, column: Any, zone: str) -> bytes:
    if stamp == "ts":
        return times_ns(path, stamp, column)
    pa = package("pyarrow", path)
    return coded(
        path, stamp, column.cast(pa.string()), lambda text: midnight_ns(datetime.date.fromisoformat(text), zone)
    )


def _length(times: bytes) -> int:
    """How long a bar is: the shortest step of the first block, a minute where there is but one bar."""
    starts = [int.from_bytes(times[at : at + 8], "little") for at in range(0, len(times), 8)]
    return min((later - earlier for earlier, later in pairwise(starts) if later > earlier), default=MINUTE_NS)

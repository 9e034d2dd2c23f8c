"""Bars on disk: Parquet files in a folder a day, exact prices, read with DuckDB or anything else that reads Parquet.

    FOLDER/date=2026-11-23/<first start>-<interval>-<count>.parquet        the date is that of UTC

A file has its name only when it is whole and is never changed. Bars that were recorded twice, by a second recorder or
from a tape, are in two files: whoever asks gets of each instrument, interval and start the one that counts most trades.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Final

from kairos.history.columns import TableRow, columns
from kairos.history.writers import write_parquet
from kairos.market.bars import Bar

BAR_COLUMNS: Final = columns(
    "instrument start:time interval_ns:count open_px:price high_px:price low_px:price close_px:price "
    "volume:count turnover:money vwap:price trade_count:count"
)
_SECOND_NS: Final = 1_000_000_000


def write_bars(folder: Path, bars: Iterable[Bar]) -> list[Path]:
    """Keep these bars, in one file a day and interval. Returns the files."""
    ordered = sorted(bars, key=lambda bar: (_place_of(bar), bar.start_ns, bar.instrument))
    return [_write(folder, place, list(group)) for place, group in groupby(ordered, key=_place_of)]


def _place_of(bar: Bar) -> tuple[str, int]:
    return date_of(bar.start_ns), bar.interval_ns


def date_of(time_ns: int) -> str:
    """The day of UTC."""
    return datetime.fromtimestamp(time_ns // _SECOND_NS, UTC).date().isoformat()


def _write(folder: Path, place: tuple[str, int], bars: list[Bar]) -> Path:
    date, interval_ns = place
    day = folder / f"date={date}"
    day.mkdir(parents=True, exist_ok=True)
    file = _free_name(day, f"{bars[0].start_ns}-{interval_ns // _SECOND_NS}s-{len(bars)}")
    partial = file.with_suffix(".partial")
    try:
        write_parquet(partial, BAR_COLUMNS, map(_row, bars))
        os.replace(partial, file)
    finally:
        partial.unlink(missing_ok=True)
    return file


def _free_name(day: Path, stem: str) -> Path:
    """Another recording of the same stretch stays."""
    file, number = day / f"{stem}.parquet", 1
    while file.exists():
        number += 1
        file = day / f"{stem}-{number}.parquet"
    return file


def _row(bar: Bar) -> TableRow:
    return (
        bar.instrument, bar.start_ns, bar.interval_ns, bar.open_px, bar.high_px, bar.low_px, bar.close_px,
        bar.volume, bar.turnover, bar.vwap(), bar.trade_count,
    )  # fmt: skip

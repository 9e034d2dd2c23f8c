"""The formats by name, and any tape opened by what its file is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kairos.market.tape import AnyTapeEvent
from kairos.market.tape_batch import Batches
from kairos.market.tape_events import events_of
from kairos.market.tape_file import read_batches, write_tape
from kairos.market.tape_report import TapeReport
from kairos.model.errors import ReferenceDataError
from kairos.tapes.bars import read_bars
from kairos.tapes.bitstamp import read_bitstamp
from kairos.tapes.lean import read_lean
from kairos.tapes.lobster import read_lobster
from kairos.tapes.own_parquet import read_own_parquet, write_own_parquet
from kairos.tapes.parts import only
from kairos.tapes.taifex import read_taifex
from kairos.tapes.taq import read_taq
from kairos.tapes.twse import read_orders, read_snapshots, read_trades
from kairos.tapes.twse_parquet import read_levels
from kairos.tapes.wanted import Wanted

Read = Callable[[list[Path], Wanted, TapeReport], Batches]


@dataclass(frozen=True, slots=True)
class TapeFormat:
    """What it is called, how it is read, and what it is."""

    name: str
    read: Read
    words: str


def read_kairos(paths: list[Path], wanted: Wanted, report: TapeReport) -> Batches:
    """Our own layouts; what can't be used in them is an error, so there are no oddities to count."""
    for batch in read_own(only(paths, "a tape of our own"), wanted.instrument, wanted.shift_ns):
        report.rows += int(batch.count)
        report.events += int(batch.count)
        yield batch


FORMATS: Final = {
    one.name: one
    for one in (
        TapeFormat("kairos", read_kairos, "our own layout, CSV (.csv, .csv.gz) or .parquet"),
        TapeFormat("lobster", read_lobster, "LOBSTER: NASDAQ's orders one by one, with the book beside them"),
        TapeFormat("lean", read_lean, "Lean's equity ticks: national best bid and offer, and prints"),
        TapeFormat("taq", read_taq, "NYSE TAQ as Parquet (R package highfrequency): quotes by venue, and prints"),
        TapeFormat("twse-order", read_orders, "TWSE's order log (odr): orders as sent"),
        TapeFormat("twse-trade", read_trades, "TWSE's trade log (mth)"),
        TapeFormat("twse-snapshot", read_snapshots, "TWSE's five levels and trades (dsp)"),
        TapeFormat("levels", read_levels, "five levels a side as Parquet"),
        TapeFormat("taifex", read_taifex, "TAIFEX's daily time and sales"),
        TapeFormat("bars", read_bars, "bars as Parquet: four prints a bar"),
        TapeFormat("bitstamp", read_bitstamp, "Bitstamp's orders (R package obAnalytics)"),
    )
}


def read_source(format_name: str, paths: list[Path], wanted: Wanted, report: TapeReport) -> Batches:
    """The batches of a source in a named format; the report is whole when the last has been taken."""
    return FORMATS[format_name].read(paths, wanted, report)


def read_own(path: Path, instrument: str, shift_ns: int = 0) -> Batches:
    """A tape of our own, in whichever layout the file's name says."""
    if path.suffix == ".parquet":
        return read_own_parquet(path, instrument, shift_ns)
    return read_batches(path, instrument, shift_ns)


def source_events(format_name: str, paths: list[Path], wanted: Wanted, report: TapeReport) -> Iterator[AnyTapeEvent]:
    """The events of a source as objects, as deep as it is."""
    for batch in read_source(format_name, paths, wanted, report):
        yield from events_of(batch)


def write_own(path: Path, instrument: str, batches: Batches) -> int:
    """Write a tape in the layout that the file's name says; returns the number of events."""
    if path.suffix == ".parquet":
        return write_own_parquet(path, instrument, batches)
    if path.name.endswith((".csv", ".csv.gz")):
        return write_tape(path, batches)
    raise ReferenceDataError(str(path), "file", "--out", "must end with .csv, .csv.gz or .parquet")

"""Small hand-made sources, so that no reader's test depends on data that is not in the repository."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from kairos.market.tape import AnyTapeEvent, BookOrder, DepthLevel, Quote, Trade
from kairos.market.tape_report import TapeReport
from kairos.tapes.formats import source_events
from kairos.tapes.wanted import Wanted

PX = 100_000_000


def zipped(path: Path, **members: str) -> Path:
    """A zip with these members; a name's double underscore stands for its point."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "."), text)
    return path


def parquet(path: Path, columns: dict[str, Any]) -> Path:
    pq.write_table(pa.table(columns), path)
    return path


def read(format_name: str, paths: Path | list[Path], wanted: Wanted) -> tuple[list[AnyTapeEvent], TapeReport]:
    """All events of a source, and its report."""
    report = TapeReport()
    listed = paths if isinstance(paths, list) else [paths]
    return list(source_events(format_name, listed, wanted, report)), report


def oddities(report: TapeReport) -> dict[str, int]:
    return {name: times for (name, _done), times in report.oddities.items()}


def shown(event: AnyTapeEvent) -> tuple[object, ...]:
    """An event without its instrument and time, short enough for a table."""
    if isinstance(event, Quote):
        return ("Q", event.bid_px / PX, event.bid_size, event.ask_px / PX, event.ask_size)
    if isinstance(event, Trade):
        return ("T", event.px / PX, event.size, event.kind.name)
    if isinstance(event, DepthLevel):
        return ("L", "B" if event.is_bid else "S", event.px / PX, event.size, event.more)
    if isinstance(event, BookOrder):
        side = "B" if event.is_buy else "S"
        return (event.action.name, event.order_ref, side, event.px / PX, event.size, event.more)
    return (event.state.name,)

"""LOBSTER: NASDAQ's order flow as messages, and beside each the book after it (lobsterdata.com, "Output Structure").

SOURCE is the zip as it is handed out, or its message file; the book file lies beside. Both are named
TICKER_DATE_START_END_message_LEVELS.csv. Without a book the tape has the messages alone.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any, Final

from kairos.market.tape_batch import Batches, BatchWriter
from kairos.market.tape_report import TapeReport
from kairos.model.errors import ReferenceDataError
from kairos.tapes.arrow import csv_blocks, decimal_words, package, words
from kairos.tapes.folds.lobster import LobsterFold
from kairos.tapes.parts import only, ready, rest
from kairos.tapes.sources import names_within, opened
from kairos.tapes.wanted import Wanted, midnight_ns

ZONE: Final = "America/New_York"
NAME: Final = re.compile(r"[^_/]+_(?P<date>\d{4}-\d{2}-\d{2})_\d+_\d+_(message|orderbook)_(?P<levels>\d+)\.csv")
MESSAGE: Final = ("time", "type", "order_id", "size", "price", "direction")


def read_lobster(paths: list[Path], wanted: Wanted, report: TapeReport) -> Batches:
    """The day of one instrument."""
    path = only(paths, "LOBSTER's zip, or message file,")
    found = next((match for name in names_within(path) if (match := NAME.search(name)) and "message" in name), None)
    if found is None and wanted.date is None:
        raise ReferenceDataError(str(path), "file", "name", "tells no date; give --date")
    day = wanted.date or datetime.date.fromisoformat(found["date"] if found else "")
    with ExitStack() as stack:
        messages = stack.enter_context(opened(path, "_message_"))
        book = _book(path, stack)
        levels = int(found["levels"]) if found and book is not None else 0
        out = BatchWriter(wanted.instrument, wanted.shift_ns)
        fold = LobsterFold(out, midnight_ns(day, wanted.zone or ZONE), levels)
        for block, book_block in _beside(path, messages, book, levels):
            fields = [words(path, name, block[name]) for name in MESSAGE[1:]]
            fold.feed(len(block["time"]), decimal_words(block["time"]), fields, book_block)
            yield from ready(out)
        fold.end(report)
        yield from rest(out, report)


def _book(path: Path, stack: ExitStack) -> IO[bytes] | None:
    if path.suffix == ".zip":
        has_book = any("_orderbook_" in name for name in names_within(path))
        return stack.enter_context(opened(path, "_orderbook_")) if has_book else None
    beside = path.with_name(path.name.replace("_message_", "_orderbook_"))
    return stack.enter_context(opened(beside)) if beside != path and beside.exists() else None


def _beside(
    path: Path, messages: IO[bytes], book: IO[bytes] | None, levels: int
) -> Iterator[tuple[dict[str, Any], list[bytes]]]:
    """Blocks of messages, each with the book rows beside them (none where there is no book)."""
    pa = package("pyarrow", path)
    types = {name: pa.int64() for name in MESSAGE} | {"time": pa.decimal128(14, 9)}
    blocks = csv_blocks(path, messages, types)
    if book is None or levels == 0:
        yield from ((block, []) for block in blocks)
        return
    rows = _BookRows(path, book, levels)
    for block in blocks:
        yield block, rows.take(len(block["time"]))
    rows.end()


class _BookRows:
    """The book file, dealt out by as many rows as a block of messages has."""

    def __init__(self, path: Path, file: IO[bytes], levels: int) -> None:
        self._path: Final = path
        pa = package("pyarrow", path)
        names = [f"{name}{level}" for level in range(levels) for name in ("ask_px", "ask_size", "bid_px", "bid_size")]
        self._blocks: Final = csv_blocks(path, file, {name: pa.int64() for name in names})
        self._columns: list[bytes] = [b""] * len(names)

    def take(self, rows: int) -> list[bytes]:
        """The next rows, a column each."""
        size = rows * 8
        while len(self._columns[0]) < size:
            block = next(self._blocks, None)
            if block is None:
                raise self._uneven("fewer")
            new = [words(self._path, name, column) for name, column in block.items()]
            self._columns = [old + more for old, more in zip(self._columns, new, strict=True)]
        taken = [column[:size] for column in self._columns]
        self._columns = [column[size:] for column in self._columns]
        return taken

    def end(self) -> None:
        if self._columns[0] or next(self._blocks, None) is not None:
            raise self._uneven("more")

    def _uneven(self, which: str) -> ReferenceDataError:
        return ReferenceDataError(
            str(self._path), "file", "orderbook", f"has {which} rows than the message file; they belong to other days"
        )

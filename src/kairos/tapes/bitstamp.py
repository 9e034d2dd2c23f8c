"""Bitstamp's order events as the R package obAnalytics keeps them: orders.csv, compressed or not, with a header.

id, timestamp (milliseconds, when received), exchange.timestamp, price, volume left (satoshi), action, direction.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kairos.market.tape_batch import Batches, BatchWriter
from kairos.market.tape_report import TapeReport
from kairos.model.errors import ReferenceDataError
from kairos.tapes.arrow import coded, csv_blocks, decimal_words, package, words
from kairos.tapes.folds.bitstamp import CHANGED, CREATED, DELETED, BitstampFold
from kairos.tapes.parts import only, ready, rest
from kairos.tapes.sources import opened
from kairos.tapes.wanted import Wanted

HEADER: Final = "id,timestamp,exchange.timestamp,price,volume,action,direction"
COLUMNS: Final = ("id", "timestamp", "exchange_timestamp", "price", "volume", "action", "direction")
ACTIONS: Final = {"created": CREATED, "changed": CHANGED, "deleted": DELETED}
DIRECTIONS: Final = {"bid": 1, "ask": 0}


def read_bitstamp(paths: list[Path], wanted: Wanted, report: TapeReport) -> Batches:
    """The whole file."""
    path = only(paths, "a file of orders")
    pa = package("pyarrow", path)
    types = {name: pa.int64() for name in COLUMNS} | {
        "price": pa.decimal128(18, 8),
        "action": pa.string(),
        "direction": pa.string(),
    }
    out = BatchWriter(wanted.instrument, wanted.shift_ns)
    fold = BitstampFold(out)
    with opened(path) as file:
        header = file.readline(200).decode("latin-1").strip()
        if header != HEADER:
            raise ReferenceDataError(str(path), "line 1", "header", f"is {header[:60]!r}, not {HEADER!r}")
        for block in csv_blocks(path, file, types, line=2):
            fold.feed(
                len(block["id"]),
                words(path, "id", block["id"]),
                words(path, "timestamp", block["timestamp"]),
                decimal_words(block["price"]),
                words(path, "volume", block["volume"]),
                coded(path, "action", block["action"], lambda text: _one_of(path, "action", text, ACTIONS)),
                coded(path, "direction", block["direction"], lambda text: _one_of(path, "direction", text, DIRECTIONS)),
            )
            yield from ready(out)
    fold.end(report)
    yield from rest(out, report)


def _one_of(path: Path, name: str, text: str, known: dict[str, int]) -> int:
    if text not in known:
        raise ReferenceDataError(str(path), "a row", name, f"is {text!r}, not one of {', '.join(known)}")
    return known[text]

"""Tables to JSON lines, CSV and Parquet, in pieces, so that a table may be larger than memory."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any, Final, TextIO

from kairos.history.columns import Column, Kind, TableRow, Value, plain

# A row group of Parquet, and all that is in memory of a table.
PIECE_ROWS: Final = 20_000
NO_PYARROW: Final = "Parquet needs the package pyarrow: pip install 'kairos-oms[data]', or export CSV"


class MissingPackage(Exception):
    """Something that was asked for needs a package that is not installed."""


def write_json_lines(out: TextIO, table: tuple[Column, ...], rows: Iterable[TableRow]) -> None:
    """An object a line; prices and money are strings, what says nothing is left out."""
    for row in rows:
        cells = ((column, value) for column, value in zip(table, row, strict=True) if value is not None)
        out.write(json.dumps({column.name: plain(column, value) for column, value in cells}, ensure_ascii=False) + "\n")


def write_csv(out: TextIO, table: tuple[Column, ...], rows: Iterable[TableRow]) -> None:
    """As RFC 4180, in UTF-8, with a header line."""
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(column.name for column in table)
    for row in rows:
        writer.writerow(plain(column, value) for column, value in zip(table, row, strict=True))


def write_parquet(path: Path, table: tuple[Column, ...], rows: Iterator[TableRow]) -> None:
    """Prices are decimal128(19, 8), money decimal128(38, 8), times timestamp(ns, UTC), quantities int64."""
    try:
        pyarrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as error:
        raise MissingPackage(NO_PYARROW) from error
    types = {
        Kind.COUNT: pyarrow.int64(),
        Kind.TEXT: pyarrow.string(),
        Kind.PRICE: pyarrow.decimal128(19, 8),
        Kind.MONEY: pyarrow.decimal128(38, 8),
        Kind.TIME: pyarrow.timestamp("ns", tz="UTC"),
    }
    schema = pyarrow.schema([(column.name, types[column.kind]) for column in table])
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while piece := list(islice(rows, PIECE_ROWS)):
            arrays = [_array(pyarrow, types, *pair) for pair in zip(table, zip(*piece, strict=True), strict=True)]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))


def _array(pyarrow: Any, types: dict[Kind, Any], column: Column, values: tuple[Value, ...]) -> object:
    cells: Iterable[object] = values
    if column.kind in (Kind.PRICE, Kind.MONEY):
        # By way of text: Decimal's arithmetic would round to its context's 28 digits.
        cells = (None if value is None else Decimal(str(plain(column, value))) for value in values)
    return pyarrow.array(cells, types[column.kind])

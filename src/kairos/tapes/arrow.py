"""All that is done with pyarrow: CSV and Parquet in blocks, and columns as the bytes of i64 that batches are made of.

Text becomes decimals or integers in pyarrow, never floats. A Parquet column of doubles (R and pandas know no other
prices) is multiplied up and rounded; where the double was further from the decimal than a double's own noise, the
price is counted as no decimal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import IO, Any, Final

from kairos.model.errors import ReferenceDataError
from kairos.model.numbers import PRICE_DECIMALS
from kairos.tapes.sources import BROKEN

# Some ten thousand rows a block: what a block costs by itself (a millisecond) is spread, and a tape of any length needs
# a few megabytes.
CSV_BLOCK: Final = 1 << 20
PARQUET_ROWS: Final = 16_384
# What R's and pandas' arithmetic leaves beside a decimal, relative to the price; half a tick is a thousand times more.
NOISE: Final = 1e-9
NO_DECIMAL: Final = "prices that are no decimal of {} places"
NO_DECIMAL_DONE: Final = "rounded to the nearest"
NO_PYARROW: Final = "is read with the package pyarrow: pip install 'kairos-oms[data]'"


def package(name: str, path: Path) -> Any:
    """A module of pyarrow, or the remedy. pyarrow has no types of its own: what comes of it is `Any`."""
    try:
        return import_module(name)
    except ImportError as error:
        raise ReferenceDataError(str(path), "file", "format", NO_PYARROW) from error


def csv_blocks(path: Path, file: IO[bytes], types: dict[str, Any], line: int = 1) -> Iterator[dict[str, Any]]:
    """The columns of a CSV file without header, block by block; `line` is the number of its first line."""
    csv = package("pyarrow.csv", path)
    pa = package("pyarrow", path)
    try:
        reader = csv.open_csv(
            file,
            read_options=csv.ReadOptions(use_threads=False, block_size=CSV_BLOCK, column_names=list(types)),
            parse_options=csv.ParseOptions(quote_char=False),
            convert_options=csv.ConvertOptions(column_types=types, null_values=[], check_utf8=False),
        )
        for block in reader:
            yield dict(zip(types, block.columns, strict=True))
    except pa.ArrowInvalid as problem:
        text = str(problem)
        if "Empty CSV" in text:
            return
        raise ReferenceDataError(str(path), f"from line {line} on", "row", f"can't be used: {text}") from problem
    except BROKEN as problem:
        raise ReferenceDataError(str(path), "file", "file", f"can't be read: {problem}; is it whole?") from problem


def parquet_blocks(path: Path, columns: list[str], symbol: str = "") -> Iterator[dict[str, Any]]:
    """The named columns of a Parquet file, block by block; of a `symbol` alone if a table tells symbols."""
    pa = package("pyarrow", path)
    parquet = package("pyarrow.parquet", path)
    compute = package("pyarrow.compute", path)
    filtered = symbol_column(path) if symbol else ""
    names = [*columns, filtered] if filtered else columns
    try:
        with parquet.ParquetFile(path) as file:
            for block in file.iter_batches(PARQUET_ROWS, columns=names):
                wanted = block.filter(compute.equal(block.column(len(columns)), symbol)) if filtered else block
                if wanted.num_rows:
                    yield {name: wanted.column(name) for name in columns}
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as problem:
        raise ReferenceDataError(str(path), "file", "Parquet", f"can't be read: {problem}") from problem


def parquet_schema(path: Path) -> Any:
    pa = package("pyarrow", path)
    parquet = package("pyarrow.parquet", path)
    try:
        return parquet.read_schema(path)
    except (pa.ArrowInvalid, OSError) as problem:
        raise ReferenceDataError(str(path), "file", "Parquet", f"can't be read: {problem}") from problem


def symbol_column(path: Path) -> str:
    """The column that names the instrument; empty where there is none."""
    return next((name for name in parquet_schema(path).names if name.lower() == "symbol"), "")


def words(path: Path, name: str, column: Any) -> bytes:
    """A column of integers, times or dates as i64."""
    pa = package("pyarrow", path)
    if column.null_count:
        raise ReferenceDataError(str(path), "rows", name, f"has {column.null_count} rows without a value")
    if not pa.types.is_int64(column.type):
        column = column.cast(pa.int64())
    return raw(column, 8)


def decimal_words(column: Any) -> bytes:
    """A column of decimal128 as the i64 of its digits; its precision is at most 18 digits, so the low half is all."""
    return raw(column, 16)


def raw(column: Any, width: int) -> bytes:
    """The bytes of a column of fixed width, from its first row on."""
    if len(column) == 0:
        return b""
    start = column.offset * width
    data: bytes = column.buffers()[1].slice(start, len(column) * width).to_pybytes()
    return data


def times_ns(path: Path, name: str, column: Any) -> bytes:
    """A column of timestamps in nanoseconds since the epoch as they stand (a time zone is for showing only)."""
    pa = package("pyarrow", path)
    kind = pa.timestamp("ns", tz=column.type.tz) if pa.types.is_timestamp(column.type) else pa.timestamp("ns")
    return words(path, name, column.cast(kind))


def coded(path: Path, name: str, column: Any, code: Callable[[str], int]) -> bytes:
    """A column of texts by their codes; `code` is asked once for each that a block has."""
    pa = package("pyarrow", path)
    encoded = column.dictionary_encode()
    codes = pa.array([code(text if text is not None else "") for text in encoded.dictionary.to_pylist()], pa.int64())
    return words(path, name, codes.take(encoded.indices))


def prices(path: Path, name: str, column: Any, decimals: int) -> tuple[bytes, int]:
    """A column of doubles as prices, and how many were no decimal of so many places; what is no number is 0."""
    pa = package("pyarrow", path)
    compute = package("pyarrow.compute", path)
    if not pa.types.is_floating(column.type):
        return words(path, name, compute.multiply(column.cast(pa.int64()), 10**PRICE_DECIMALS)), 0
    usable = compute.and_(compute.is_finite(column), compute.less(compute.abs(column), 1e9))
    scaled = compute.multiply(compute.fill_null(compute.if_else(usable, column, 0.0), 0.0), float(10**decimals))
    nearest = compute.round(scaled)
    noise = compute.multiply(compute.max_element_wise(compute.abs(scaled), 1.0), NOISE)
    strange = compute.sum(compute.greater(compute.abs(compute.subtract(scaled, nearest)), noise)).as_py() or 0
    exact = compute.multiply(nearest.cast(pa.int64()), 10 ** (PRICE_DECIMALS - decimals))
    return words(path, name, exact), strange

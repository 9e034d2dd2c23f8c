"""Our own tape as a Parquet file: the columns of `market.tape_batch` as int64, a row an event.

The schema's metadata has `kairos-tape` (the layout's version) and `instrument`. Prices are in units of 10**-8, times in
nanoseconds UTC; `kind` and `flags` are the numbers of `market.tape_batch`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from kairos.market import tape_batch as b
from kairos.market.tape_batch import Batches, BatchWriter, TapeBatch
from kairos.market.tape_merge import TapeSpan, copy_span
from kairos.model.errors import ReferenceDataError
from kairos.tapes.arrow import package, parquet_blocks, parquet_schema, words

VERSION: Final = "1"
COLUMNS: Final = ["time_ns", "kind", "flags", "px", "size", "ask_px", "ask_size", "ref"]
GROUP_ROWS: Final = 1 << 17  # a row group of some megabytes: what is written, and may be read, at once


def read_own_parquet(path: Path, instrument: str, shift_ns: int = 0) -> Batches:
    """The events of a tape, as `instrument`'s, each `shift_ns` later."""
    version = (parquet_schema(path).metadata or {}).get(b"kairos-tape", b"").decode()
    if version != VERSION:
        raise ReferenceDataError(
            str(path), "file", "kairos-tape", f"is {version!r} in its metadata, not {VERSION!r}; is this a tape file?"
        )
    last_ns = 0
    rows = 0
    for block in parquet_blocks(path, COLUMNS):
        batch = TapeBatch(instrument, len(block["kind"]), *(words(path, name, block[name]) for name in COLUMNS))
        bad = b.first_bad_row(batch, last_ns)
        if bad >= 0:
            raise ReferenceDataError(str(path), f"row {rows + bad + 1}", "kind", b.why_bad(batch, bad, last_ns))
        last_ns = batch.time_at(batch.count - 1)
        rows += batch.count
        yield _shifted(batch, shift_ns) if shift_ns else batch


def _shifted(batch: TapeBatch, shift_ns: int) -> TapeBatch:
    out = BatchWriter(batch.instrument, shift_ns)
    copy_span(out, TapeSpan(batch, 0, batch.count))
    return out.take()


def write_own_parquet(path: Path, instrument: str, batches: Batches) -> int:
    """Write a tape; returns the number of events."""
    pa = package("pyarrow", path)
    parquet = package("pyarrow.parquet", path)
    metadata = {"kairos-tape": VERSION, "instrument": instrument}
    schema = pa.schema([(name, pa.int64()) for name in COLUMNS], metadata=metadata)
    count = 0
    gathered: list[TapeBatch] = []
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in batches:
            gathered.append(batch)
            count += int(batch.count)
            if sum(int(one.count) for one in gathered) >= GROUP_ROWS:
                writer.write_table(_table(pa, schema, gathered))
                gathered = []
        if gathered:
            writer.write_table(_table(pa, schema, gathered))
    return count


def _table(pa: Any, schema: Any, batches: list[TapeBatch]) -> Any:
    rows = sum(int(batch.count) for batch in batches)
    columns = [pa.py_buffer(b"".join(getattr(batch, name) for batch in batches)) for name in COLUMNS]
    return pa.Table.from_arrays(
        [pa.Array.from_buffers(pa.int64(), rows, [None, one]) for one in columns], schema=schema
    )

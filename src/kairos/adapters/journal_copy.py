"""A copy of a journal's live file while an engine writes it: batch by batch, each checked on the way.

A copy of the file's pages would hold up the writing back of its log for as long as it takes, and would copy damage
unseen. This one reads as every reader does, and ends at the batch that was the last when it began.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Final

from kairos.adapters.journal_format import Head, Row
from kairos.adapters.journal_sqlite_errors import explaining
from kairos.adapters.journal_sqlite_file import APPLICATION_ID, SCHEMA, connect, transaction
from kairos.adapters.journal_sqlite_log import refuse_cut_log
from kairos.adapters.journal_sqlite_read import SqliteReader

# A transaction of the copy: bounds memory by what so many batches hold.
PIECE_BATCHES: Final = 500


def copy_journal(source: Path, target: Path) -> Head:
    """Copy what is durable now into a new file; returns where it ends. Raises `JournalError`."""
    refuse_cut_log(source)
    reader = SqliteReader(source)
    with explaining(str(source), "reading", 1), closing(connect(source, read_only=True)) as connection:
        about = dict(connection.execute("SELECT key, value FROM meta").fetchall())
    base, last = reader.meta().base, reader.last_row()
    rows = _until(reader.rows(base), last)
    end = base
    with explaining(str(target), "copying", base.next_seq), closing(connect(target, read_only=False)) as writer:
        writer.execute("PRAGMA synchronous = FULL")
        with transaction(writer):
            _create(writer, {**about, "base": str(base), "head": str(base)})
        while piece := list(islice(rows, PIECE_BATCHES)):
            end = Head(piece[-1].next_seq, piece[-1].hash)
            with transaction(writer):
                writer.executemany("INSERT INTO batch VALUES (?, ?, ?, ?, ?, ?, ?, ?)", piece)
                writer.execute("UPDATE meta SET value = ? WHERE key = 'head'", (str(end),))
    return end


def _until(rows: Iterator[Row], last: Row | None) -> Iterator[Row]:
    if last is None:
        return
    for row in rows:
        yield row
        if row.first_seq == last.first_seq:
            return


def _create(writer: sqlite3.Connection, about: dict[str, object]) -> None:
    for statement in SCHEMA:
        writer.execute(statement)
    writer.executemany("INSERT INTO meta VALUES (?, ?)", about.items())
    writer.execute(f"PRAGMA application_id = {APPLICATION_ID}")

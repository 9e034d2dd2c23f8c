"""Reading the journal's SQLite file, checked row by row, while an engine may be writing to it.

Every reading opens a connection of its own: one shared with the writer would wait for the sync of the append in flight.
It fetches in pieces between which no transaction is open, since an open one would keep the log from being written back.
That is safe because rows are only ever added at the end.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from kairos.adapters.journal_format import Chain, Head, Row
from kairos.adapters.journal_sqlite_errors import explaining
from kairos.adapters.journal_sqlite_file import Meta, connect, read_meta, refuse_foreign
from kairos.ports import JournalDamaged

# Reading fetches about this much at a time: bounds memory, and is enough to hide the cost of a query.
READ_AHEAD_BYTES = 4 * 1024 * 1024

_ROW = "first_seq, epoch, count, written_at_ns, body, crc32, prev_hash, hash"
_READ_ON = f"SELECT {_ROW} FROM batch WHERE first_seq > ? ORDER BY first_seq"
_START = "SELECT first_seq FROM batch WHERE first_seq <= ? ORDER BY first_seq DESC LIMIT 1"
_BEFORE = "SELECT first_seq + count, hash FROM batch WHERE first_seq < ? ORDER BY first_seq DESC LIMIT 1"
_LAST = f"SELECT {_ROW} FROM batch ORDER BY first_seq DESC LIMIT 1"
_LEAST_SEQ = -(2**63)


class SqliteReader:
    """Reads one file; `salvage` goes on past a cut-off end of the file as far as pages are there (for `verify`)."""

    def __init__(self, path: Path, *, salvage: bool = False) -> None:
        self._path = path
        self._file = str(path)
        self._salvage = salvage

    def meta(self) -> Meta:
        """What the file says about itself; raises `JournalFormatError` if it is no journal that we can read."""
        with self._connection() as connection, explaining(self._file, "opening", 1):
            refuse_foreign(self._file, connection)
            return read_meta(self._file, connection)

    def last_row(self) -> Row | None:
        """The last row, unchecked; None of an empty journal."""
        with self._connection() as connection, explaining(self._file, "reading the end", 1):
            columns = connection.execute(_LAST).fetchone()
        return Row(*columns) if columns else None

    def rows(self, base: Head, from_seq: int = 1) -> Iterator[Row]:
        """The rows from the one that contains `from_seq`, each checked; raises `JournalDamaged`."""
        with self._connection() as connection:
            chain, after_seq = self._start(connection, base, from_seq)
            while rows := self._fetch(connection, after_seq, chain.next_seq):
                for row in rows:
                    chain.follow(row)
                    if row.next_seq > from_seq:
                        yield row
                after_seq = rows[-1].first_seq

    def _connection(self) -> closing[sqlite3.Connection]:
        with explaining(self._file, "opening", 1):
            connection = connect(self._path, read_only=True)
            if self._salvage:
                # Else SQLite refuses a file shorter than its header says as a whole.
                connection.execute("PRAGMA writable_schema = ON")
            return closing(connection)

    def _start(self, connection: sqlite3.Connection, base: Head, from_seq: int) -> tuple[Chain, int]:
        """The chain before the row that contains `from_seq`, and a number after which that row is the first."""
        if from_seq <= base.next_seq:
            return Chain(self._file, *base), _LEAST_SEQ
        with explaining(self._file, "reading", from_seq):
            start = connection.execute(_START, (from_seq,)).fetchone()
            before = connection.execute(_BEFORE, start).fetchone() if start else None
        next_seq, last_hash = before or base
        return Chain(self._file, next_seq, last_hash), start[0] - 1 if before else _LEAST_SEQ

    def _fetch(self, connection: sqlite3.Connection, after_seq: int, expected_seq: int) -> list[Row]:
        rows: list[Row] = []
        fetched_bytes = 0
        try:
            with explaining(self._file, "reading", expected_seq):
                for columns in connection.execute(_READ_ON, (after_seq,)):
                    rows.append(Row(*columns))
                    fetched_bytes += rows[-1].body_bytes
                    if fetched_bytes >= READ_AHEAD_BYTES:
                        break
        except JournalDamaged:
            # What was read before it comes first; the next fetch then fails at its very first row.
            if not rows:
                raise
        return rows

"""The journal in one SQLite file: a row a batch, write-ahead log, a full sync at every commit.

The thread that appends owns the writing connection; readers bring their own (`journal_sqlite_read`).

`epoch` fences writers: opening for writing raises it, and an append inserts its row only if the epoch is still the
writer's own, in the same statement, so in the same transaction. `head` notes, at every opening, checkpoint and closing,
how far the journal reached, so that rows cut off at the end are missed too.

Checkpoints (moving the log's pages to their places) cost milliseconds and never happen in an append: see `maintain`.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from uuid import UUID

from kairos.adapters.journal_archive import first_readable, whole_rows
from kairos.adapters.journal_format import Chain, Head, Row, refuse_short, refuse_unfit, seal
from kairos.adapters.journal_lock import JournalLock
from kairos.adapters.journal_sqlite_errors import explaining
from kairos.adapters.journal_sqlite_file import Synchronous, connect, genesis, prepare_for_writing
from kairos.adapters.journal_sqlite_log import refuse_cut_log
from kairos.adapters.journal_sqlite_read import SqliteReader
from kairos.adapters.journal_trim import trim
from kairos.ports import Batch, FencedError, JournalError, JournalHaltedError

# A log this long is written back even while batches are waiting. That holds up one commit by 1 to 3 ms a MiB
# (`bench/journal_commit.py`), so a longer log means a longer stall, and a much shorter one pays mostly for the syncs.
CHECKPOINT_BYTES = 4 * 1024 * 1024

# Besides its body a commit writes about two pages again: the last leaf of the table and the one above it.
_COMMIT_OVERHEAD_BYTES = 2 * 4096

_IF_CURRENT = "(SELECT value FROM meta WHERE key = 'epoch') = ?"
_APPEND = (
    "INSERT INTO batch (first_seq, epoch, count, written_at_ns, body, crc32, prev_hash, hash)"
    f" SELECT ?, ?, ?, ?, ?, ?, ?, ? WHERE {_IF_CURRENT}"
)
_NOTE_HEAD = f"UPDATE meta SET value = ? WHERE key = 'head' AND {_IF_CURRENT}"


class SqliteJournal:
    """Fulfils `kairos.ports.Journal`; made by `open`. One that was opened for reading refuses to append."""

    def __init__(self, path: Path, writer: sqlite3.Connection | None, clock_ns: Callable[[], int]) -> None:
        self.path = path
        self._file = str(path)
        self._reader = SqliteReader(path)
        self._meta = self._reader.meta()
        self._writer = writer
        self._clock_ns = clock_ns
        self._lock: JournalLock | None = None
        self._log_bytes = 0
        self._halted_by = "" if writer else "was opened for reading only"
        self._head = self._find_head() if writer else self._meta.head

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        read_only: bool = False,
        synchronous: Synchronous = "FULL",
        clock_ns: Callable[[], int] = time.time_ns,
    ) -> SqliteJournal:
        """Open the journal, for writing as the only writer; a missing file is then created. Raises `JournalError`.

        Below FULL a power loss may take the last batches with it, though they were reported durable.
        """
        where = Path(path).absolute()
        if read_only:
            refuse_cut_log(where)
            return cls(where, None, clock_ns)
        with ExitStack() as undo:
            lock = JournalLock(where)
            undo.callback(lock.release)
            refuse_cut_log(where)
            with explaining(str(where), "opening", 1):
                writer = undo.enter_context(closing(connect(where, read_only=False)))
                prepare_for_writing(where, writer, synchronous, clock_ns())
                journal = cls(where, writer, clock_ns)
                journal._note_head(writer)
            journal._lock = lock
            undo.pop_all()
        return journal

    @property
    def journal_id(self) -> UUID:
        """Made when the journal was; tells it from every other."""
        return self._meta.journal_id

    def genesis(self) -> Head:
        """Where it began, archived batches included."""
        return genesis(self.journal_id)

    @property
    def epoch(self) -> int:
        """Of this writer; to a reader, that of the last writer when the file was opened."""
        return self._meta.epoch

    def append(self, batch: Batch) -> None:
        """Durable on return; raises `JournalError` and takes nothing more after that, see `kairos.ports.Journal`."""
        writer = self._writer_or_refuse()
        refuse_unfit(self._file, batch, self._head.next_seq)
        row = seal(batch, self.epoch, self._clock_ns(), self._head.last_hash)
        with self._halting("append"):
            if writer.execute(_APPEND, (*row, self.epoch)).rowcount != 1:
                problem = f"a newer writer took over from epoch {self.epoch}, batch {batch.first_seq} was not written"
                raise FencedError(self._file, problem, "leave this engine stopped; the newer one has the orders")
        self._head = Head(row.next_seq, row.hash)
        self._log_bytes += len(batch.body) + _COMMIT_OVERHEAD_BYTES

    def read(self, from_seq: int = 1) -> Iterator[Batch]:
        """The batches from the one that contains `from_seq`, archived ones too, each checked; raises `JournalError`."""
        return (row.batch() for row in self.rows(from_seq))

    def rows(self, from_seq: int = 1) -> Iterator[Row]:
        """The same, as they are stored."""
        return whole_rows(self.path, from_seq)

    def first_seq(self) -> int:
        """The first sequence that can be read; more than 1 where older archive files were taken away."""
        return first_readable(self.path, self._reader.meta())

    def head(self) -> Head:
        """Where it ends now."""
        return self._head if self._writer else self._find_head()

    def next_seq(self) -> int:
        return self.head().next_seq

    def size_bytes(self) -> int:
        """The file and its log."""
        log = self.path.with_name(self.path.name + "-wal")
        return sum(part.stat().st_size for part in (self.path, log) if part.exists())

    def maintain(self, idle: bool) -> None:
        """Write the log back to the file when there is time, or when it has grown to `CHECKPOINT_BYTES`."""
        if self._log_bytes == 0 or not (idle or self._log_bytes >= CHECKPOINT_BYTES):
            return
        writer = self._writer_or_refuse()
        with self._halting("checkpoint"):
            self._note_head(writer)
            writer.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        self._log_bytes = 0

    def trim(self) -> int:
        """Let go of batches that the archive holds; at a start, before the first append. Returns how many went."""
        writer = self._writer_or_refuse()
        with self._halting("trimming"):
            return trim(self.path, writer, self._meta)

    def close(self) -> None:
        """Close the file and let the next writer in. Closing twice is allowed."""
        if self._writer is None:
            return
        try:
            if not self._halted_by:
                with self._halting("closing"):
                    self._note_head(self._writer)
        finally:
            self._halted_by = self._halted_by or "was closed"
            self._writer.close()
            if self._lock:
                self._lock.release()

    def _note_head(self, writer: sqlite3.Connection) -> None:
        writer.execute(_NOTE_HEAD, (str(self._head), self.epoch))

    def _find_head(self) -> Head:
        """The end of the journal as it is; raises `JournalDamaged` if it is not what was written."""
        meta = self._reader.meta()  # before the rows: a writer may add some in between, and then note them
        row = self._reader.last_row()
        found = meta.base
        if row:
            Chain(self._file, row.first_seq, row.prev_hash).follow(row)
            found = Head(row.next_seq, row.hash)
        refuse_short(self._file, meta.head, found)
        return found

    def _writer_or_refuse(self) -> sqlite3.Connection:
        if self._halted_by or self._writer is None:
            raise JournalHaltedError(self._file, self._halted_by, "open it anew once the cause is mended")
        return self._writer

    @contextmanager
    def _halting(self, doing: str) -> Iterator[None]:
        """Whatever fails inside is the last that this writer did: after a failed sync nobody knows what is kept."""
        try:
            with explaining(self._file, doing, self._head.next_seq):
                yield
        except JournalError as error:
            self._halted_by = f"halted by: {error.problem}"
            raise

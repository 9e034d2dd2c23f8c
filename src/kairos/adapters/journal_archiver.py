"""Archiving: copies what is older than the retention into archive files.

A file gets its name only after it was synced, read back and found to be the batches. That is all: the live file lets go
of them later, by its only writer (`journal_trim`). So this works beside a running engine, and a run that dies has done
nothing that counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

from kairos.adapters.journal_archive import archive_folder, archive_name, archived_to
from kairos.adapters.journal_archive_file import ArchiveFile, write_archive
from kairos.adapters.journal_format import Head, Row
from kairos.adapters.journal_lock import JournalLock
from kairos.adapters.journal_sqlite_errors import explaining
from kairos.adapters.journal_sqlite_file import sync_directory
from kairos.adapters.journal_sqlite_read import SqliteReader
from kairos.ports import JournalDamaged, JournalLockedError

# Before compression. Compressed in some seconds, copied and checked by itself, and few enough files for years of days.
MAX_FILE_BYTES: Final = 256 * 1024 * 1024


class Archived(NamedTuple):
    """What one run of `archive` wrote."""

    files: list[Path]
    batches: int
    events: int
    raw_bytes: int
    packed_bytes: int


def archive(journal: Path, older_than_ns: int, through_seq: int) -> Archived:
    """Copy into new archive files the batches that were written before `older_than_ns` and end at or before
    `through_seq`, and that no archive file holds yet. The last batch always stays out: the live file needs an end."""
    reader = SqliteReader(journal)
    meta = reader.meta()
    folder = archive_folder(journal)
    done = Archived([], 0, 0, 0, 0)
    with explaining(str(folder), "archiving", meta.base.next_seq), _alone(folder):
        rows = _Ripe(journal, reader, meta.base, archived_to(journal, meta), older_than_ns, through_seq)
        while rows.more():
            done = _one_file(folder, meta.journal_id, rows, done)
    return done


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Only one run at a time, beginning without what a killed one left."""
    folder.mkdir(exist_ok=True)
    try:
        lock = JournalLock(folder / "archive")
    except JournalLockedError as error:
        problem = "is being written by another `kairos journal archive`"
        raise JournalLockedError(str(folder), problem, "wait for it to end") from error
    try:
        for partial in folder.glob("*.partial"):
            partial.unlink()
        yield
    finally:
        lock.release()


class _Ripe:
    """The batches to be archived, cut into files; one is looked at ahead."""

    def __init__(
        self, journal: Path, reader: SqliteReader, base: Head, start: Head, older_than_ns: int, through_seq: int
    ) -> None:
        last = reader.last_row()
        self.head = start
        self.batches = self.events = self.raw_bytes = 0
        self._journal = journal
        self._rows = reader.rows(base, start.next_seq)
        self._last_seq = min(through_seq, last.first_seq - 1 if last else 0)
        self._older_than_ns = older_than_ns
        self._next = self._take()

    def _take(self) -> Row | None:
        row = next(self._rows, None)
        if row is None or row.next_seq - 1 > self._last_seq or row.written_at_ns >= self._older_than_ns:
            return None
        if row.prev_hash != self.head.last_hash:
            raise JournalDamaged(str(self._journal), row.first_seq, "does not continue the last archived batch")
        return row

    def more(self) -> bool:
        return self._next is not None

    def of_one_file(self) -> Iterator[Row]:
        until = self.raw_bytes + MAX_FILE_BYTES
        while self._next is not None and self.raw_bytes < until:
            row = self._next
            self.batches += 1
            self.events += row.event_count
            self.raw_bytes += len(row.body)
            yield row
            self.head = Head(row.next_seq, row.hash)
            self._next = self._take()


def _one_file(folder: Path, journal_id: UUID, rows: _Ripe, done: Archived) -> Archived:
    start = rows.head
    partial = folder / f"{start.next_seq}.partial"
    end = write_archive(partial, journal_id, start, rows.of_one_file())
    _read_back(partial, start, end)
    path = folder / archive_name(start, end)
    partial.rename(path)
    sync_directory(folder)
    packed_bytes = done.packed_bytes + path.stat().st_size
    return Archived([*done.files, path], rows.batches, rows.events, rows.raw_bytes, packed_bytes)


def _read_back(path: Path, start: Head, end: Head) -> None:
    """What the disk gives back must be the chain from `start` to `end`, before anything relies on it."""
    file = ArchiveFile(path)
    for _ in file.rows():
        pass
    if (file.start, file.end) != (start, end):
        raise JournalDamaged(str(path), start.next_seq, "what was read back is not what was written")

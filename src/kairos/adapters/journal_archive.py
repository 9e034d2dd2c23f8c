"""The archive of a journal: batches that people seldom ask for, in compressed files beside it that never change.

`archive` copies what is older than the retention into files; a file gets its name only after it was synced, read back
and found to be the batches. That is all it does, so it works beside a running engine. The live file lets go of archived
batches later, by its only writer (`journal_trim`). Until then a batch is in both places, and the live file's is read.

Reading goes over both as over one chain: the first live batch hangs on the hash of the last archived one. Archive files
may be taken away to cheaper disks; then what they hold can't be read, and all that follows still can.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

from kairos.adapters.journal_archive_file import ArchiveFile, write_archive
from kairos.adapters.journal_format import Head, Row
from kairos.adapters.journal_lock import JournalLock
from kairos.adapters.journal_sqlite_errors import explaining
from kairos.adapters.journal_sqlite_file import Meta
from kairos.adapters.journal_sqlite_read import SqliteReader
from kairos.ports import JournalAccessError, JournalDamaged, JournalError, JournalFormatError, JournalLockedError

# Before compression. Compressed in some seconds, copied and checked by itself, and few enough files for years of days.
MAX_FILE_BYTES: Final = 256 * 1024 * 1024

SUFFIX: Final = ".kja"


class Archived(NamedTuple):
    """What one run of `archive` wrote."""

    files: list[Path]
    batches: int
    events: int
    raw_bytes: int
    packed_bytes: int


def archive_folder(journal: Path) -> Path:
    """Where the archive files of a journal lie."""
    return journal.with_name(journal.name + ".archive")


def archive_paths(journal: Path) -> list[Path]:
    """The archive files that are there, in order: their names begin with their first sequence."""
    return sorted(archive_folder(journal).glob(f"*{SUFFIX}"))


def open_archive(path: Path, journal_id: UUID) -> ArchiveFile:
    """Open one by its ends; raises `JournalDamaged` if it is another journal's, or not the one that its name says."""
    file = ArchiveFile(path)
    if file.journal_id != journal_id:
        problem = f"the archive file is of journal {file.journal_id}, this one is {journal_id}"
        raise JournalDamaged(str(path), file.first_seq, problem)
    if path.name != _name(file.start, file.end):
        raise JournalDamaged(str(path), file.first_seq, "the archive file is not the one that its name says")
    return file


def archived_rows(journal: Path, meta: Meta, from_seq: int = 1) -> Iterator[Row]:
    """The batches that the live file has let go of, from the one that contains `from_seq`, each checked, up to the
    first live one. Raises `JournalAccessError` where a file that holds them is not there."""
    at = Head(from_seq, b"")
    base = meta.base
    for path in archive_paths(journal):
        first_seq, last_seq = _span(path)
        if first_seq > at.next_seq or at.next_seq >= base.next_seq:
            break
        if last_seq < from_seq:
            continue
        file = open_archive(path, meta.journal_id)
        if at.last_hash and file.start != at:
            raise JournalDamaged(str(path), at.next_seq, "the archive file does not continue the one before it")
        for row in takewhile(lambda row: row.first_seq < base.next_seq, file.rows(at.next_seq)):
            yield row
            at = Head(row.next_seq, row.hash)
    if at.next_seq < base.next_seq:
        raise _not_there(journal, at, base)
    if at.last_hash and at != base:
        raise JournalDamaged(str(journal), base.next_seq, "does not continue the last archived batch")


def _not_there(journal: Path, at: Head, base: Head) -> JournalError:
    """A gap is damage; what was taken away as a whole is somewhere else."""
    folder = archive_folder(journal)
    if at.last_hash:
        return JournalDamaged(
            str(folder), at.next_seq, f"no archive file holds it or what follows to {base.next_seq - 1}"
        )
    problem = f"sequences {at.next_seq} to {base.next_seq - 1} were archived, and no archive file holds them"
    return JournalAccessError(str(journal), problem, f"bring the archive files back into {folder}")


def archived_to(journal: Path, meta: Meta) -> Head:
    """Where the archive ends that reaches the live file's front or covers some of it."""
    end = meta.base
    for path in archive_paths(journal):
        if _span(path)[0] <= end.next_seq <= _span(path)[1]:
            end = open_archive(path, meta.journal_id).end
    return end


def whole_rows(journal: Path, from_seq: int = 1) -> Iterator[Row]:
    """The batches of archive and live file as one chain, from the one that contains `from_seq`, each checked."""
    reader = SqliteReader(journal)
    return chained_rows(journal, reader, reader.meta(), from_seq)


def chained_rows(journal: Path, reader: SqliteReader, meta: Meta, from_seq: int) -> Iterator[Row]:
    """The same, where the live file's reader and what it says about itself are at hand."""
    from_seq = max(from_seq, 1)
    if from_seq < meta.base.next_seq:
        yield from archived_rows(journal, meta, from_seq)
    try:
        yield from reader.rows(meta.base, from_seq)
    except JournalDamaged as damage:
        if reader.meta().base == meta.base:
            raise
        problem = "let go of archived batches while it was read"
        raise JournalError(str(journal), problem, "read it again") from damage


def first_readable(journal: Path, meta: Meta) -> int:
    """The first sequence from which archive and live file can be read: 1, unless older archive files were taken away.
    A gap between files is not passed over."""
    return min([meta.base.next_seq, *(_span(path)[0] for path in archive_paths(journal))])


def archive(journal: Path, older_than_ns: int, through_seq: int) -> Archived:
    """Copy into new archive files the batches that were written before `older_than_ns` and end at or before
    `through_seq`, and that no archive file holds yet. The last batch always stays out: the live file needs an end."""
    reader = SqliteReader(journal)
    meta = reader.meta()
    folder = archive_folder(journal)
    done = Archived([], 0, 0, 0, 0)
    with explaining(str(folder), "archiving", meta.base.next_seq), _alone(folder):
        rows = _Ripe(reader, meta.base, archived_to(journal, meta), older_than_ns, through_seq)
        while rows.more():
            done = _one_file(folder, meta.journal_id, rows, done)
    return done


def _name(start: Head, end: Head) -> str:
    return f"{start.next_seq:016d}-{end.next_seq - 1:016d}{SUFFIX}"


def _span(path: Path) -> tuple[int, int]:
    """The first and the last sequence, by the name."""
    first_seq, _, last_seq = path.name.removesuffix(SUFFIX).partition("-")
    if not (first_seq.isdigit() and last_seq.isdigit()):
        raise JournalFormatError(str(path), "has not the name of an archive file", "move it out of this folder")
    return int(first_seq), int(last_seq)


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

    def __init__(self, reader: SqliteReader, base: Head, start: Head, older_than_ns: int, through_seq: int) -> None:
        last = reader.last_row()
        self.head = start
        self.batches = self.events = self.raw_bytes = 0
        self._rows = reader.rows(base, start.next_seq)
        self._last_seq = min(through_seq, last.first_seq - 1 if last else 0)
        self._older_than_ns = older_than_ns
        self._next = self._take()

    def _take(self) -> Row | None:
        row = next(self._rows, None)
        if row is None or row.next_seq - 1 > self._last_seq or row.written_at_ns >= self._older_than_ns:
            return None
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
    path = folder / _name(start, end)
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


def sync_directory(folder: Path) -> None:
    """A renamed file survives a power loss only once its name is on the disk too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

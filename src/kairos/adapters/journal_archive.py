"""The archive of a journal: batches that people seldom ask for, in compressed files beside it that never change.

Reading goes over archive and live file as over one chain: the first live batch hangs on the hash of the last archived
one. A batch may be in both for a while (`journal_archiver` copies, `journal_trim` lets go); then the live file's is
read. Archive files may be taken away to cheaper disks; then what they hold can't be read, and all that follows still
can.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Final
from uuid import UUID

from kairos.adapters.journal_archive_file import ArchiveFile
from kairos.adapters.journal_format import Head, Row
from kairos.adapters.journal_sqlite_file import Meta
from kairos.adapters.journal_sqlite_read import SqliteReader
from kairos.ports import JournalAccessError, JournalDamaged, JournalError, JournalFormatError

SUFFIX: Final = ".kja"


def archive_folder(journal: Path) -> Path:
    """Where the archive files of a journal lie."""
    return journal.with_name(journal.name + ".archive")


def archive_paths(journal: Path) -> list[Path]:
    """The archive files that are there, in order: their names begin with their first sequence."""
    return sorted(archive_folder(journal).glob(f"*{SUFFIX}"))


def archive_name(start: Head, end: Head) -> str:
    """What a file is called that begins and ends there."""
    return f"{start.next_seq:016d}-{end.next_seq - 1:016d}{SUFFIX}"


def open_archive(path: Path, journal_id: UUID) -> ArchiveFile:
    """Open one by its ends; raises `JournalDamaged` if it is another journal's, or not the one that its name says."""
    file = ArchiveFile(path)
    if file.journal_id != journal_id:
        problem = f"the archive file is of journal {file.journal_id}, this one is {journal_id}"
        raise JournalDamaged(str(path), file.first_seq, problem)
    if path.name != archive_name(file.start, file.end):
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


def _span(path: Path) -> tuple[int, int]:
    """The first and the last sequence, by the name."""
    first_seq, _, last_seq = path.name.removesuffix(SUFFIX).partition("-")
    if not (first_seq.isdigit() and last_seq.isdigit()):
        raise JournalFormatError(str(path), "has not the name of an archive file", "move it out of this folder")
    return int(first_seq), int(last_seq)

"""Whether SQLite's write-ahead log still holds all that was committed to it.

SQLite ends its reading of a log at the first page that is not what was written, and says nothing: after a crash, that
is where the unfinished commit begins. A log that was cut, altered or deleted looks the same, and acknowledged batches
would vanish without a word. But beside the log lies its index (the file -shm), which notes how many pages were
committed, each time after they were synced, and outlives its process. What it noted before SQLite recovers the log is
held against what SQLite found; recovering spoils the index, so the finding is noted in a file of its own. After the
machine has started anew the index proves nothing, and nothing is concluded from it.

Layout: https://www.sqlite.org/walformat.html, sections 2.1 and 2.2.
"""

from __future__ import annotations

import os
import struct
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Final, NamedTuple

from kairos.adapters.journal_lock import alone_in
from kairos.adapters.journal_sqlite_errors import explaining
from kairos.adapters.journal_sqlite_file import connect
from kairos.ports import JournalDamaged

# Version, change counter, flags, page size, committed pages, pages of the database, checksum of the last page, salts,
# checksum.
_HEADER: Final = struct.Struct("=I4xIBBHII2I8s2I")
_BACKFILLED: Final = struct.Struct("=I")  # how many of the pages were written back; behind two copies of the header
_END: Final = "SELECT coalesce(max(first_seq + count), 1) FROM batch"


class _Noted(NamedTuple):
    """What the index notes: which log (it has new salts whenever it begins anew), pages in it, how many of them are in
    the database too."""

    salts: bytes
    pages: int
    backfilled: int


# SQLite's locks on a file vanish when the process closes any descriptor of it. So an index stays open: one descriptor
# for each.
_indexes: Final[dict[tuple[int, int], int]] = {}


def cut_note(path: Path) -> Path:
    """The file that says that the journal's log was found cut. Who goes on without what was lost removes it."""
    return path.with_name(path.name + ".cut")


def refuse_cut_log(path: Path) -> None:
    """Raise `JournalDamaged` if the log lost something that was committed; to be called before a process opens the file
    in any other way."""
    # Who recovers the log while another asks would spoil the answer.
    with explaining(str(path), "opening", 1), alone_in(path.parent):
        lost = _noted_before(path) or _find_lost(path)
    if lost is not None:
        raise lost


def _noted_before(path: Path) -> JournalDamaged | None:
    try:
        first_seq, problem = cut_note(path).read_text("utf-8").split(" ", 1)
    except FileNotFoundError:
        return None
    return JournalDamaged(str(path), int(first_seq), problem)


def _find_lost(path: Path) -> JournalDamaged | None:
    index = path.with_name(path.name + "-shm")
    try:
        descriptor = _open(index)
    except FileNotFoundError:
        return None
    before = _noted(descriptor)
    if before is None or before.backfilled >= before.pages or os.fstat(descriptor).st_mtime < _started():
        return None
    next_seq = _recovered_end(path)
    if not index.exists() or not os.path.samestat(os.fstat(descriptor), index.stat()):
        return None  # its writer closed it just now, and wrote all of the log back
    found = _still_there(before, _noted(descriptor))
    if found >= before.pages:
        return None
    log = path.with_name(path.name + "-wal").name
    problem = f"its log {log} was cut, altered or deleted: {found} of {before.pages} committed pages can be read"
    with suppress(OSError):  # who may only read tells it, and the engine will find it as well
        cut_note(path).write_text(f"{next_seq} {problem}", "utf-8")
    return JournalDamaged(str(path), next_seq, problem)


def _open(index: Path) -> int:
    found = index.stat()
    identity = (found.st_dev, found.st_ino)
    if identity not in _indexes:
        _indexes[identity] = os.open(index, os.O_RDONLY)
    return _indexes[identity]


def _started() -> float:
    """When the machine did, in seconds since 1970."""
    return time.time() - time.clock_gettime(time.CLOCK_BOOTTIME)


def _recovered_end(path: Path) -> int:
    """Have SQLite recover the log; the sequence behind the last batch that it gives."""
    with explaining(str(path), "opening", 1), closing(connect(path, read_only=True)) as connection:
        has_batches = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'batch'").fetchone()[0]
        return int(connection.execute(_END).fetchone()[0]) if has_batches else 1


def _still_there(before: _Noted, after: _Noted | None) -> int:
    """How many of the committed pages the log still has; all of them where a new log has begun, which a writer does
    only when all of the old one was written back. A log that is not there has no salts."""
    if after is None or not any(after.salts):
        return 0
    return after.pages if after.salts == before.salts else before.pages


def _noted(descriptor: int) -> _Noted | None:
    """None where there is no index yet, or one that its writer had not finished."""
    data = os.pread(descriptor, 2 * _HEADER.size + _BACKFILLED.size, 0)
    first, second = data[: _HEADER.size], data[_HEADER.size : 2 * _HEADER.size]
    if len(data) < 2 * _HEADER.size + _BACKFILLED.size or first != second:
        return None
    _version, _change, is_set, _big_endian, _page, pages, _total, _sum1, _sum2, salts, *_ = _HEADER.unpack(first)
    (backfilled,) = _BACKFILLED.unpack_from(data, 2 * _HEADER.size)
    return _Noted(salts, pages, backfilled) if is_set else None

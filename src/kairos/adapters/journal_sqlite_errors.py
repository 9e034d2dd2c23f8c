"""SQLite's errors in the journal's words: which kind it is, and what a person can do about it."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from kairos.ports import (
    JournalAccessError,
    JournalDamaged,
    JournalError,
    JournalFormatError,
    JournalFullError,
    JournalIOError,
    JournalLockedError,
)

_MAKE_ROOM = "free space on its disk, then start the engine again"
_END_OTHERS = "end whatever else writes to this file (an sqlite3 prompt, a copying tool), then start again"
_SEE_DISK = "look for the disk's errors in the system log, then run `kairos journal verify` before starting again"
_NAME_ANOTHER = "name a journal, or move this file away to have a new one made"
_CHECK_RIGHTS = "check its path, and that the user may write there (readers too: its log lies beside it)"
_VERIFY = "was a table changed by hand? Run `kairos journal verify`"

# The low byte of SQLite's extended result codes is the kind of failure.
_KIND = 0xFF
_BY_KIND: dict[int, tuple[type[JournalError], str]] = {
    sqlite3.SQLITE_FULL: (JournalFullError, _MAKE_ROOM),
    sqlite3.SQLITE_IOERR: (JournalIOError, _SEE_DISK),
    sqlite3.SQLITE_BUSY: (JournalLockedError, _END_OTHERS),
    sqlite3.SQLITE_LOCKED: (JournalLockedError, _END_OTHERS),
    sqlite3.SQLITE_CANTOPEN: (JournalAccessError, _CHECK_RIGHTS),
    sqlite3.SQLITE_READONLY: (JournalAccessError, _CHECK_RIGHTS),
    sqlite3.SQLITE_PERM: (JournalAccessError, _CHECK_RIGHTS),
}


@contextmanager
def explaining(file: str, doing: str, at_seq: int) -> Iterator[None]:
    """Turn what SQLite or the system raises inside, while `doing` something at `at_seq`, into `JournalError`."""
    try:
        yield
    except sqlite3.Error as error:
        raise _from_sqlite(file, doing, at_seq, error) from error
    except OSError as error:
        problem = f"{doing} failed at sequence {at_seq} ({error})"
        if error.errno == errno.ENOSPC:
            raise JournalFullError(file, problem, _MAKE_ROOM) from error
        raise JournalIOError(file, problem, "check its path, its disk and the system log") from error


def _from_sqlite(file: str, doing: str, at_seq: int, error: sqlite3.Error) -> JournalError:
    name = getattr(error, "sqlite_errorname", "") or type(error).__name__
    # An error without a code is the sqlite3 module's own: text that is no UTF-8, an integer that is none.
    kind = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & _KIND
    if kind in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_MISMATCH):
        return JournalDamaged(file, at_seq, f"{doing} failed, the file is torn or altered ({name}: {error})")
    if kind == sqlite3.SQLITE_NOTADB:
        return JournalFormatError(file, f"is no journal ({name}: {error})", _NAME_ANOTHER)
    error_class, remedy = _BY_KIND.get(kind, (JournalError, _VERIFY))
    return error_class(file, f"{doing} failed at sequence {at_seq} ({name}: {error})", remedy)

"""One engine a journal: a lock of the operating system that names its holder.

`JournalLock` keeps a second engine out; `alone_in` makes those wait who write side by side in a folder.

The lock is on a file of its own beside the journal. It can't be on the journal itself: SQLite holds POSIX record locks
there, and these vanish as soon as any other descriptor of the same file is closed by the process. The system releases
the lock when its holder dies, however it dies; the file stays, since removing it would race with the next holder.
"""

from __future__ import annotations

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kairos.ports import JournalAccessError, JournalLockedError

# What a holder writes about itself is a line of host name and pid; more is not ours and would garble the error.
_MAX_HOLDER_BYTES = 300


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Wait until nobody else is in here; the system lets go of it when its holder dies."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


class JournalLock:
    """Held from construction to `release`."""

    __slots__ = ("_descriptor",)

    def __init__(self, journal: Path) -> None:
        path = journal.with_name(journal.name + ".lock")
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            remedy = "create the directory, or let the user of the engine write there"
            raise JournalAccessError(str(path), f"can't be opened ({error.strerror})", remedy) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(descriptor, _MAX_HOLDER_BYTES, 0).decode("utf-8", "replace").strip()
            os.close(descriptor)
            problem = f"is open for writing by {holder or 'another process'}"
            remedy = "stop that engine first, or name another journal; deleting the lock file does not help"
            raise JournalLockedError(str(journal), problem, remedy) from error
        except OSError as error:
            os.close(descriptor)
            remedy = "keep the journal on a local disk, network file systems often can't lock"
            raise JournalAccessError(str(path), f"can't be locked ({error.strerror})", remedy) from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"process {os.getpid()} on {socket.gethostname()}\n".encode(), 0)
        self._descriptor = descriptor

    def release(self) -> None:
        """Let the next writer in. Releasing twice is allowed."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

"""The journal's SQLite file: its tables, how it is made, recognised and opened, and what it says about itself."""

from __future__ import annotations

import os
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

from kairos.adapters.journal_format import FORMAT_VERSION, Head, genesis_hash
from kairos.ports import JournalDamaged, JournalFormatError

Synchronous = Literal["OFF", "NORMAL", "FULL", "EXTRA"]

# Marks the file's header as a journal, where file(1) and other tools look: the letters "KAIR".
APPLICATION_ID = 0x4B414952

# How long a statement waits for somebody else's lock: longer than a slip at an sqlite3 prompt, and well within the
# heartbeat interval (30 s is usual) after which counterparties would miss us.
BUSY_TIMEOUT_S = 5.0

SCHEMA = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID",
    "CREATE TABLE batch (first_seq INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, count INTEGER NOT NULL,"
    " written_at_ns INTEGER NOT NULL, body BLOB NOT NULL, crc32 INTEGER NOT NULL,"
    " prev_hash BLOB NOT NULL, hash BLOB NOT NULL)",
)

_OTHER_FILE = "name a journal, or move this file away to have a new one made"


class Meta(NamedTuple):
    """What the file says about itself: `head` is how far it reached when that was last noted, `base` where it begins,
    at the genesis or after the last batch that was archived and removed."""

    journal_id: uuid.UUID
    epoch: int
    head: Head
    base: Head


def genesis(journal_id: uuid.UUID) -> Head:
    """Where a journal begins that nothing was removed from."""
    return Head(1, genesis_hash(journal_id.bytes))


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """A connection whose use by one thread at a time is the caller's discipline."""
    uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)
    # Mapped, a failing disk would be a signal that ends the process, and not an error that says why.
    connection.execute("PRAGMA mmap_size = 0")
    return connection


def prepare_for_writing(path: Path, connection: sqlite3.Connection, synchronous: Synchronous, now_ns: int) -> None:
    """Refuse what is not ours before anything is changed, create what is missing, and raise the epoch."""
    is_new = connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    if not is_new:
        refuse_foreign(str(path), connection)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA synchronous = {synchronous}")
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    with transaction(connection):
        if is_new:
            _create(connection, now_ns)
        connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'epoch'")
    # After a failed sync, what is read from the log may be in memory only: written to its place it is synced anew.
    connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    if is_new:
        sync_directory(path.parent)


def refuse_foreign(file: str, connection: sqlite3.Connection) -> None:
    """Raise `JournalFormatError` unless the file is a journal of a format that this version knows."""
    if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
        raise JournalFormatError(file, "is no journal of Kairos", _OTHER_FILE)
    version = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
    if version is None or version[0] not in range(1, FORMAT_VERSION + 1):
        found = version[0] if version else "unknown"
        problem = f"is a journal of format {found}, this version of Kairos reads 1 to {FORMAT_VERSION}"
        raise JournalFormatError(file, problem, "open it with the version that wrote it, or a newer one")


def read_meta(file: str, connection: sqlite3.Connection) -> Meta:
    """What the file says about itself; raises `JournalDamaged` if that makes no sense."""
    meta = dict(connection.execute("SELECT key, value FROM meta").fetchall())
    try:
        journal_id = uuid.UUID(meta["journal_id"])
        base = Head.parse(meta["base"]) if "base" in meta else genesis(journal_id)
        return Meta(journal_id, int(meta["epoch"]), Head.parse(meta["head"]), base)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise JournalDamaged(file, 1, f"the table 'meta' was altered ({error!r})") from error


def _create(connection: sqlite3.Connection, now_ns: int) -> None:
    for statement in SCHEMA:
        connection.execute(statement)
    journal_id = uuid.uuid4()
    meta = {
        "format": FORMAT_VERSION,
        "journal_id": str(journal_id),
        "created_at_ns": now_ns,
        "epoch": 0,
        "head": str(genesis(journal_id)),
    }
    connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def sync_directory(directory: Path) -> None:
    """A new file survives a power loss only once its name is on the disk too."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise

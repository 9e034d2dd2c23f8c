"""The folder of snapshots: which are there, a new one, and when the oldest goes. One process writes at a time."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from kairos.adapters.journal_lock import alone_in
from kairos.adapters.snapshot_file import Chunk, SnapshotFile, SnapshotHead, sync_and_name, write_snapshot
from kairos.ports import SnapshotUnusable

# The newest, one for when that can't be read, and one from before whatever broke both.
KEPT: Final = 3

_SUFFIX: Final = ".snapshot"
_UNFINISHED: Final = ".unfinished"


def snapshot_files(folder: Path) -> list[Path]:
    """The newest first, whatever is in them."""
    return sorted(folder.glob(f"*{_SUFFIX}"), reverse=True)


def heads(folder: Path) -> list[SnapshotHead]:
    """Of those whose head can be read, the newest first. Their bodies are not looked at."""
    found: list[SnapshotHead] = []
    for path in snapshot_files(folder):
        try:
            with SnapshotFile(path) as snapshot:
                found.append(snapshot.head)
        except SnapshotUnusable:
            continue
    return found


def oldest_snapshot(folder: Path) -> SnapshotHead | None:
    """What comes before it in the journal is needed by none of them."""
    return next(reversed(heads(folder)), None)


def add_snapshot(folder: Path, head: SnapshotHead, chunks: Iterable[Chunk]) -> Path:
    """Write a new one, and let go of those that it makes needless."""
    folder.mkdir(parents=True, exist_ok=True)
    with alone_in(folder):  # what is unfinished then is nobody's
        for left_over in folder.glob(f"*{_UNFINISHED}"):
            left_over.unlink()
        target = folder / f"{head.last_seq:020d}{_SUFFIX}"
        temporary = target.with_suffix(_UNFINISHED)
        with temporary.open("wb") as file:
            write_snapshot(file, head, chunks)
        sync_and_name(temporary, target)
        _let_go(folder, target)
    return target


def _let_go(folder: Path, newest: Path) -> None:
    """Those that say that they are of a later journal stay for a person: this one may be an older copy of it."""
    of_now = [path for path in snapshot_files(folder) if path.name <= newest.name]
    for path in of_now[KEPT:]:
        path.unlink()

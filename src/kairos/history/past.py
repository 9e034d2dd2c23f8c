"""The desk as it was: the same fold as the engine's, ended at a moment of the past.

It begins with the newest snapshot from before that moment which is of this journal and whole; a snapshot that is
anything else is passed over, as at a start of the engine.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from kairos.adapters.journal_archive import whole_rows
from kairos.adapters.journal_sqlite_read import SqliteReader
from kairos.adapters.snapshot_file import DESK, SnapshotFile, SnapshotHead
from kairos.adapters.snapshot_folder import snapshot_files
from kairos.history.span import Span, events_until
from kairos.model.wire import decode_events
from kairos.ports import JournalAccessError, SnapshotUnusable
from kairos.state.desk import Desk
from kairos.state.fold import apply


class Past:
    """A desk, the sequence of the last event in it, and that event's time; 0 and 0 before the first."""

    def __init__(self) -> None:
        self.desk = Desk()
        self.seq = 0
        self.at_ns = 0


def desk_at(journal: Path, snapshots: Path, span: Span) -> Past:
    """The desk after the last event of the span. Raises `JournalError`."""
    past = _from_snapshot(journal, snapshots, span) or Past()
    for seq, event in events_until(journal, span, past.seq + 1):
        apply(past.desk, event)
        past.seq, past.at_ns = seq, event.at_ns
    return past


def _from_snapshot(journal: Path, snapshots: Path, span: Span) -> Past | None:
    for path in snapshot_files(snapshots):
        try:
            with SnapshotFile(path) as snapshot:
                if _is_before(snapshot.head, span) and _is_of(journal, snapshot.head):
                    return _folded(snapshot)
        except (SnapshotUnusable, ValueError, LookupError):  # not whole, or of a Kairos that told it otherwise
            continue
    return None


def _is_before(head: SnapshotHead, span: Span) -> bool:
    return head.last_seq <= span.to_seq and head.at_ns <= span.to_ns


def _is_of(journal: Path, head: SnapshotHead) -> bool:
    """Whether the batch that ends where the snapshot was taken is the one that the snapshot names."""
    meta = SqliteReader(journal).meta()
    if meta.journal_id.bytes != head.journal_id:
        return False
    if meta.base == (head.last_seq + 1, head.last_hash):
        return True
    try:
        row = next(whole_rows(journal, head.last_seq), None)
    except JournalAccessError:  # archived, and taken away
        return False
    return row is not None and (row.next_seq - 1, row.hash) == (head.last_seq, head.last_hash)


def _folded(snapshot: SnapshotFile) -> Past:
    past = Past()
    with closing(snapshot.chunks()) as chunks:
        for event in (event for kind, body in chunks if kind == DESK for event in decode_events(body)):
            apply(past.desk, event)
    past.seq, past.at_ns = snapshot.head.last_seq, snapshot.head.at_ns
    return past

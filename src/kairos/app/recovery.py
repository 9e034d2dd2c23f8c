"""A desk of one's own that stands where a journal ends: how the engine starts, and what the keeper makes snapshots of.

The newest snapshot that is whole and belongs to the journal, then the batches behind it; without one, the whole
journal. A snapshot can only speed this up: it is a fold of the same batches, and holds the hash of the last of them.
One that can't be used is passed over with a word. The batches that a snapshot stands for are not read again: whether
they are still what was written, `kairos journal verify` says.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Final

from kairos import __version__
from kairos.adapters.journal_format import Head, Row
from kairos.adapters.journal_sqlite import SqliteJournal
from kairos.adapters.sent_messages import SentMessages
from kairos.adapters.snapshot_file import DESK, OTHER_IS_TAKEN, SENT, Chunk, SnapshotFile, SnapshotHead
from kairos.adapters.snapshot_folder import add_snapshot, snapshot_files
from kairos.engine.engine import Engine
from kairos.model.errors import InvariantError
from kairos.model.wire import decode_events, encode_events
from kairos.ports import JournalDamaged, Log, SnapshotUnusable
from kairos.state.snapshot import snapshot_parts

# What decoding and folding bytes can raise that another Kairos wrote.
_NOT_OURS: Final = (ValueError, LookupError, InvariantError, TypeError, OverflowError)


class JournalCopy:
    """`engine` and `sent` stand at `head`; `from_snapshot` names what they were loaded from."""

    def __init__(self, journal: SqliteJournal, snapshots: Path, log: Log) -> None:
        self.engine = Engine()
        self.sent = SentMessages(journal)
        self.head = journal.genesis()
        self.from_snapshot = ""
        self._journal = journal
        self._snapshots = snapshots
        self._log = log

    # Forward

    def recover(self) -> None:
        """From nothing to the journal's end."""
        started = perf_counter()
        with _no_collection():
            self._load_newest()
            loaded = perf_counter()
            events = self.follow()
        self._log.info(
            "journal read",
            snapshot=self.from_snapshot or "none",
            snapshot_s=round(loaded - started, 3),
            events=events,
            events_s=round(perf_counter() - loaded, 3),
            orders=len(self.engine.desk.orders),
            file=str(self._journal.path),
        )

    def follow(self) -> int:
        """Fold what the journal has behind `head`; returns how many events that was."""
        before = self.head.next_seq
        for row in self._journal.rows(before):
            self._follow_on(row)
            events = decode_events(row.body)
            self.sent.note(events, row.first_seq)
            self.engine.fold(events)
            self.head = Head(row.next_seq, row.hash)
        self.engine.resume()
        return self.head.next_seq - before

    def _follow_on(self, row: Row) -> None:
        """The reader has checked each row against the one before it, but not the first against where we stand."""
        if row.first_seq != self.head.next_seq or row.prev_hash != self.head.last_hash:
            problem = "does not follow on what was read before; the journal was replaced"
            raise JournalDamaged(str(self._journal.path), self.head.next_seq, problem)

    # Snapshots

    def _load_newest(self) -> None:
        for path in snapshot_files(self._snapshots):
            try:
                self._load(path)
                return
            except SnapshotUnusable as reason:
                self._log.warning("snapshot passed over", file=reason.file, why=reason.problem, remedy=reason.remedy)
                self.engine.forget()
                self.sent.forget()

    def _load(self, path: Path) -> None:
        with SnapshotFile(path) as file:
            self._refuse_foreign(str(path), file.head)
            try:
                for kind, body in file.chunks():
                    self._take(str(path), kind, body)
            except _NOT_OURS as error:
                problem = f"holds what this version of Kairos can't read ({error!r})"
                raise SnapshotUnusable(str(path), problem, OTHER_IS_TAKEN) from error
            self.head = Head(file.head.last_seq + 1, file.head.last_hash)
            self.from_snapshot = str(path)

    def _take(self, file: str, kind: int, body: bytes) -> None:
        if kind == DESK:
            self.engine.fold(decode_events(body))
        elif kind == SENT:
            self.sent.unpack(body)
        else:
            raise SnapshotUnusable(file, f"has a chunk of kind {kind}, which no Kairos writes", OTHER_IS_TAKEN)

    def _refuse_foreign(self, file: str, head: SnapshotHead) -> None:
        journal = self._journal
        if head.journal_id != journal.journal_id.bytes:
            raise SnapshotUnusable(
                file, f"is of another journal than {journal.path}", "move it to that journal's folder"
            )
        end = journal.head()
        following = head.last_seq + 1
        if following > end.next_seq:
            problem = f"is of sequence {head.last_seq}, the journal ends at {end.next_seq - 1}"
            raise SnapshotUnusable(file, problem, "was an older copy of the journal put back? Then move it away")
        if following < end.next_seq:
            behind = next(journal.rows(following))
            end = Head(behind.first_seq, behind.prev_hash)
        if end != Head(following, head.last_hash):
            problem = f"does not fit on batch {following} of the journal"
            raise SnapshotUnusable(file, problem, "run `kairos journal verify`; if the journal is whole, move it away")

    def write(self) -> SnapshotHead:
        """Keep the desk as it is; `OSError` if it can't be written."""
        desk = self.engine.desk
        head = SnapshotHead(
            last_seq=self.head.next_seq - 1,
            last_hash=self.head.last_hash,
            journal_id=self._journal.journal_id.bytes,
            at_ns=int(self.engine.core.now_ns),
            trading_date=int(desk.trading_date),
            orders=len(desk.orders),
            kairos=__version__,
        )
        add_snapshot(self._snapshots, head, self._chunks(head.at_ns))
        return head

    def _chunks(self, at_ns: int) -> Iterator[Chunk]:
        for events in snapshot_parts(self.engine.desk, at_ns):
            yield Chunk(DESK, encode_events(events))
        for trail in self.sent.pack():
            yield Chunk(SENT, trail)


@contextmanager
def _no_collection() -> Iterator[None]:
    """What is loaded stays: the collector would look through all of it again and again, now and later."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()

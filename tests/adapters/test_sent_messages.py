"""Messages for a resend are found again in the journal, by session, number and epoch."""

from __future__ import annotations

from kairos.adapters.journal_memory import MemoryJournal
from kairos.adapters.sent_messages import SentMessages
from kairos.model.events import Event, SessionReset, SessionSent
from kairos.model.wire import decode_events, encode_events
from kairos.ports import Batch

A, B = "FIX.4.4:K->A", "FIX.4.4:K->B"


def sent(session: str, seq: int, body: bytes = b"x") -> SessionSent:
    return SessionSent(0, session, seq, "8" if body else "0", "20261122-09:00:00.000", False, body)


class Shelf:
    """A journal and the finder that follows it."""

    def __init__(self) -> None:
        self.journal = MemoryJournal()
        self.found = SentMessages(self.journal)

    def keep(self, *events: Event) -> None:
        first_seq = self.journal.next_seq()
        self.journal.append(Batch(first_seq, len(events), encode_events(list(events))))
        self.found.note(list(events), first_seq)

    def numbers(self, session: str, begin: int, end: int) -> list[int]:
        return [message.seq for message in self.found.read(session, begin, end)]


def test_a_range_is_read_back_across_batches_and_sessions() -> None:
    shelf = Shelf()
    shelf.keep(sent(A, 1), sent(B, 1), sent(A, 2))
    shelf.keep(sent(B, 2))
    shelf.keep(sent(A, 3), sent(A, 4), sent(B, 3))
    assert shelf.numbers(A, 2, 3) == [2, 3]
    assert shelf.numbers(A, 1, 0) == [1, 2, 3, 4]
    assert shelf.numbers(B, 2, 99) == [2, 3]


def test_administrative_messages_have_no_body_and_are_left_for_a_gap_fill() -> None:
    shelf = Shelf()
    shelf.keep(sent(A, 1, b""), sent(A, 2), sent(A, 3, b""))
    assert shelf.numbers(A, 1, 0) == [2]
    assert shelf.found.through(A) == 3


def test_what_is_not_noted_as_durable_is_not_found() -> None:
    shelf = Shelf()
    shelf.keep(sent(A, 1))
    assert shelf.numbers(A, 1, 0) == [1]
    assert shelf.numbers(A, 2, 0) == []
    assert shelf.found.through(B) == 0


def test_after_a_reset_only_the_new_epoch_is_found() -> None:
    shelf = Shelf()
    shelf.keep(sent(A, 1), sent(A, 2))
    shelf.keep(sent(A, 3, b"old"), SessionReset(0, A, 1, 1), sent(A, 1, b"new"))
    assert [(m.seq, m.body) for m in shelf.found.read(A, 1, 0)] == [(1, b"new")]
    shelf.keep(sent(A, 2, b"newer"))
    assert [(m.seq, m.body) for m in shelf.found.read(A, 1, 0)] == [(1, b"new"), (2, b"newer")]


def test_a_finder_made_from_the_journal_finds_the_same() -> None:
    shelf = Shelf()
    shelf.keep(sent(A, 1), sent(A, 2))
    shelf.keep(SessionReset(0, B, 1, 5), sent(B, 5))
    again = SentMessages(shelf.journal)
    for batch in shelf.journal.read():
        again.note(decode_events(batch.body), batch.first_seq)
    assert [m.seq for m in again.read(A, 1, 0)] == [1, 2]
    assert (again.through(A), again.through(B)) == (2, 5)


def test_a_number_that_no_message_can_have_finds_none() -> None:
    """A venue says in RefSeqNum(45) which message it refuses: 0 must not read the whole day."""
    shelf = Shelf()
    shelf.keep(sent(A, 1), sent(A, 2))
    assert [shelf.found.find(A, seq) for seq in (0, -1, 3)] == [None, None, None]

"""Finds messages that we sent, for a ResendRequest(2), in the journal that holds them anyway.

Only where they are is kept in memory: for each session, which batch begins with which of its MsgSeqNum(34). The
messages are read back from the journal when they are asked for, in pieces small enough to do between two orders.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Final

from kairos.adapters.sent_trail import SentTrail, unpack_trail
from kairos.fix.resend import SentMessage
from kairos.model.events import Event, SessionReset, SessionSent
from kairos.model.wire import open_record, read_session_sent
from kairos.ports import Journal

# A piece takes a fraction of a millisecond (a few, interpreted), and between two the other sessions have their turn.
PIECE_MESSAGES = 100
PIECE_BYTES = 256 * 1024
# Where other sessions' events lie between: so much of the journal is passed over in one piece.
PIECE_JOURNAL_BYTES = 4 * 1024 * 1024

_SENT: Final = 181  # SessionSent's code in messages.schema
_BATCH_HEAD: Final = 1  # the batch's format version
_RECORD_HEAD: Final = 6  # code, version, length
_NOTHING_SENT: Final = SentTrail()


class SentMessages:
    """The sent messages of every session, as far as they are durable and released."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._trails: dict[str, SentTrail] = {}

    def note(self, events: list[Event], first_seq: int) -> None:
        """Remember where a durable batch's messages are."""
        trail = _NOTHING_SENT
        session = ""  # that of `trail`: a burst of messages is one session's
        for place, event in enumerate(events):
            if isinstance(event, SessionSent):
                if event.session != session:
                    session = event.session
                    trail = self._trail(session)
                trail.add(event.msg_seq_num, first_seq)
            elif isinstance(event, SessionReset):
                session = event.session
                trail = self._trails[session] = SentTrail()
                trail.through = event.next_out - 1
                trail.reset_at = (first_seq, place)

    def pack(self) -> list[bytes]:
        """All that is remembered, for a snapshot; `unpack` takes each in again."""
        return [trail.pack(session) for session, trail in self._trails.items()]

    def unpack(self, packed: bytes) -> None:
        session, trail = unpack_trail(packed)
        self._trails[session] = trail

    def forget(self) -> None:
        """As if nothing had been noted yet."""
        self._trails.clear()

    def _trail(self, session: str) -> SentTrail:
        trail = self._trails.get(session)
        if trail is None:
            trail = self._trails[session] = SentTrail()
        return trail

    def through(self, session: str) -> int:
        """The last number that has left (or had nowhere to leave to)."""
        return self._trails.get(session, _NOTHING_SENT).through

    def find(self, session: str, seq: int) -> SentMessage | None:
        """One message by its number, which may be what a peer says it is."""
        found = self.read(session, seq, seq) if seq > 0 else []
        return found[0] if found else None

    def read(self, session: str, begin: int, end: int) -> list[SentMessage]:
        """The resendable messages numbered `begin` to `end` (0: to the last), ascending: all at once."""
        cursor = self.walk(session, begin, end)
        found: list[SentMessage] = []
        while not cursor.done:
            found += cursor.piece()
        return found

    def walk(self, session: str, begin: int, end: int) -> SentCursor:
        """The same, to be taken in pieces."""
        trail = self._trails.get(session, _NOTHING_SENT)
        last = end if 0 < end < trail.through else trail.through
        return SentCursor(session, begin, last, _batches_of(trail, self._journal, begin))


def _batches_of(trail: SentTrail, journal: Journal, begin: int) -> Generator[tuple[bytes, int, int], None, None]:
    """Each batch's body, the place in it where to begin, and its size; an empty body where it holds nothing of ours."""
    at = trail.place_of(begin, journal.first_seq())
    if at == len(trail.batches):
        return
    for batch in journal.read(trail.batches[at]):
        if at == len(trail.batches):
            return
        if batch.first_seq == trail.batches[at]:
            at += 1
            place = trail.reset_at[1] if batch.first_seq == trail.reset_at[0] else 0
            yield batch.body, place, len(batch.body)
        else:
            yield b"", 0, len(batch.body)


class SentCursor:
    """A way through one session's messages from `begin` to `last`. `through` is the number up to which all has been
    given; close it when it is left before it is done."""

    def __init__(
        self, session: str, begin: int, last: int, batches: Generator[tuple[bytes, int, int], None, None]
    ) -> None:
        self.through = begin - 1
        self.done = begin > last
        self._session: Final = session
        self._last: Final = last
        self._batches: Final = batches
        self._messages: Iterator[SentMessage] = iter(())

    def piece(self) -> list[SentMessage]:
        """The next resendable messages: some, or none where a stretch of the journal held none."""
        found: list[SentMessage] = []
        bytes_left, journal_left = PIECE_BYTES, PIECE_JOURNAL_BYTES
        while not self.done and len(found) < PIECE_MESSAGES and bytes_left > 0 and journal_left > 0:
            message = next(self._messages, None)
            if message is None:
                journal_left -= self._next_batch()
            elif message.seq > self._last:
                self._finish()
            elif message.seq > self.through:
                self.through = message.seq
                if message.body:
                    found.append(message)
                    bytes_left -= len(message.body)
                if message.seq == self._last:
                    self._finish()
        return found

    def _next_batch(self) -> int:
        batch = next(self._batches, None)
        if batch is None:
            self._finish()
            return 0
        body, place, size = batch
        self._messages = _messages_in(body, place, self._session) if body else iter(())
        return size

    def _finish(self) -> None:
        self.through = self._last
        self.done = True
        self.close()

    def close(self) -> None:
        self._batches.close()


def _messages_in(body: bytes, place: int, session: str) -> Iterator[SentMessage]:
    """A session's messages in a batch; records of other kinds are stepped over unread."""
    at = _BATCH_HEAD
    while at < len(body):
        size = int.from_bytes(body[at + 2 : at + _RECORD_HEAD], "little")
        if place > 0:
            place -= 1
        elif body[at] == _SENT:
            event = read_session_sent(open_record(body, at), body[at + 1])
            if event.session == session:
                sending_time = event.sending_time.encode("ascii")
                yield SentMessage(
                    event.msg_seq_num, event.msg_type, event.body, sending_time, event.poss_resend, event.header
                )
        at += _RECORD_HEAD + size

"""Finds messages that we sent, for a ResendRequest(2), in the journal that holds them anyway.

Only where they are is kept in memory: for each session, which batch begins with which of its MsgSeqNum(34). The
messages are read back from the journal when they are asked for.
"""

from __future__ import annotations

from bisect import bisect_right

from kairos.fix.resend import SentMessage
from kairos.model.events import Event, SessionReset, SessionSent
from kairos.model.wire import decode_events
from kairos.ports import Journal


class _Trail:
    """Where one session's messages are: parallel lists of the first number in a batch, and the batch."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.batches: list[int] = []
        self.through = 0
        self.reset_at: tuple[int, int] = (0, 0)  # batch and place in it, of the last reset


class SentMessages:
    """The sent messages of every session, as far as they are durable and released."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._trails: dict[str, _Trail] = {}

    def note(self, events: list[Event], first_seq: int) -> None:
        """Remember where a durable batch's messages are."""
        for place, event in enumerate(events):
            if isinstance(event, SessionSent):
                trail = self._trail(event.session)
                if not trail.batches or trail.batches[-1] != first_seq:
                    trail.numbers.append(event.msg_seq_num)
                    trail.batches.append(first_seq)
                trail.through = event.msg_seq_num
            elif isinstance(event, SessionReset):
                trail = _Trail()
                trail.through = event.next_out - 1
                trail.reset_at = (first_seq, place)
                self._trails[event.session] = trail

    def _trail(self, session: str) -> _Trail:
        trail = self._trails.get(session)
        if trail is None:
            trail = self._trails[session] = _Trail()
        return trail

    def through(self, session: str) -> int:
        """The last number that has left (or had nowhere to leave to)."""
        return self._trail(session).through

    def find(self, session: str, seq: int) -> SentMessage | None:
        """One message by its number."""
        found = self.read(session, seq, seq)
        return found[0] if found else None

    def read(self, session: str, begin: int, end: int) -> list[SentMessage]:
        """The resendable messages numbered `begin` to `end` (0: to the last), ascending."""
        trail = self._trail(session)
        last = end if 0 < end < trail.through else trail.through
        at = max(bisect_right(trail.numbers, begin) - 1, 0)
        found: list[SentMessage] = []
        if not trail.batches or begin > last:
            return found
        for batch in self._journal.read(trail.batches[at]):
            events = decode_events(batch.body)
            if batch.first_seq == trail.reset_at[0]:
                events = events[trail.reset_at[1] :]
            if _collect(events, session, begin, last, found):
                break
        return found


def _collect(events: list[Event], session: str, begin: int, last: int, found: list[SentMessage]) -> bool:
    """Add what fits; True when the last wanted number has been passed."""
    for event in events:
        if not isinstance(event, SessionSent) or event.session != session:
            continue
        if event.msg_seq_num >= begin and event.body and event.msg_seq_num <= last:
            sending_time = event.sending_time.encode("ascii")
            found.append(SentMessage(event.msg_seq_num, event.msg_type, event.body, sending_time, event.poss_resend))
        if event.msg_seq_num >= last:
            return True
    return False

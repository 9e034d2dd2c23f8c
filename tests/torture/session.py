"""One side of a FIX session that forgets nothing: its numbers and what it sent are a fold over its own record.

The same fold serves the party while it runs, after it was killed, and the judge who reads its record at the end.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.torture.record import Entry
from tests.torture.wire import Fields

ADMINISTRATIVE = frozenset("0A12345")
REJECT = "3"


class Session:
    """`next_in` and `next_out` are the numbers expected next; `defects` what no peer may do, in words."""

    def __init__(self) -> None:
        self.next_in = 1
        self.next_out = 1
        self.kept: dict[int, Fields] = {}  # what we sent for the application, by MsgSeqNum(34)
        self.defects: list[str] = []

    def sent(self, fields: Fields) -> None:
        """Note what went out; what went out again changes nothing."""
        if fields.get(43) == "Y":
            return
        seq = int(fields[34])
        self.next_out = seq + 1
        if fields[35] not in ADMINISTRATIVE:
            self.kept[seq] = fields

    def came(self, fields: Fields) -> bool:
        """Note what came; whether it is a message of the application that is next in sequence.

        What is early is dropped: it will come again in answer to our ResendRequest(2).
        """
        seq, kind = int(fields[34]), fields[35]
        if kind == "4":
            self._reset(fields, seq)
            return False
        if seq < self.next_in and fields.get(43) != "Y":
            self.defects.append(f"MsgSeqNum(34) {seq} came again without PossDupFlag(43); {self.next_in} was next")
        if seq != self.next_in:
            return False
        self.next_in = seq + 1
        return kind not in ADMINISTRATIVE or kind == REJECT

    def _reset(self, fields: Fields, seq: int) -> None:
        if fields.get(123) != "Y":
            self.defects.append(f"SequenceReset(4) to {fields[36]} that is no gap fill")
        if seq <= self.next_in:
            self.next_in = max(self.next_in, int(fields[36]))

    def resend(self, begin: int, end: int) -> Iterator[tuple[int, str, Fields]]:
        """The answer to a ResendRequest(2): number, MsgType(35) and fields of what goes out again."""
        last = min(end, self.next_out - 1) if end else self.next_out - 1
        following = begin
        for seq in range(begin, last + 1):
            if seq in self.kept:
                if following < seq:
                    yield following, "4", _gap_fill(seq)
                before = self.kept[seq]
                yield seq, before[35], before | {43: "Y", 122: before[52]}
                following = seq + 1
        if following <= last:
            yield following, "4", _gap_fill(last + 1)


def _gap_fill(following: int) -> Fields:
    return {43: "Y", 123: "Y", 36: str(following)}


class History:
    """A record, folded: what the application was told and what it said, each once and in order."""

    def __init__(self, entries: Iterator[Entry]) -> None:
        self.session = Session()
        self.arrived: list[Fields] = []  # every message that came, whether new or again
        self.departed: list[Fields] = []
        self.told: list[Fields] = []  # what was new, in sequence, and for the application
        for entry in entries:
            if entry.direction == "I":
                self._came(entry.fields)
            elif entry.direction == "O":
                self.departed.append(entry.fields)
                self.session.sent(self.departed[-1])

    def _came(self, fields: Fields) -> None:
        self.arrived.append(fields)
        if self.session.came(fields):
            self.told.append(fields)

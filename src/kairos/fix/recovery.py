"""The inbound sequence: which number comes next, what waits behind a gap, and what we asked the peer to send again.

A message with a higher MsgSeqNum(34) than expected opens a gap: it is held, and a ResendRequest asks for all from the
expected number on, or where the configuration says so for a chunk of it. Until what was asked for has arrived no second
request goes out, unless the timer finds that nothing moved. Held messages come out in order as the gap closes. What the
peer resends of them comes too late, with PossDupFlag(43), and is ignored. What did not fit is simply missing again when
the gap before it has closed, and is then asked for anew: each number is taken exactly once, and in order.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.fix.message import Message
from kairos.fix.passed_over import PassedOver
from kairos.fix.session_config import SessionConfig
from kairos.fix.timers import NEVER


class Recovery:
    def __init__(self, config: SessionConfig, next_in: i64) -> None:
        self._max_messages: Final = config.bounds.max_queued_messages
        self._max_bytes: Final = config.bounds.max_queued_bytes
        self._timeout_ns: Final[i64] = config.bounds.resend_timeout_ns
        self._max_attempts: Final = config.bounds.max_resend_attempts
        self._chunk: Final[i64] = config.resend_chunk
        self.passed_over: Final = PassedOver()
        self._held: dict[int, Message] = {}
        self._held_bytes: int = 0
        self.next_in: i64 = next_in
        self._gap_end: i64 = 0
        self._filled_to: i64 = 0
        self._asked_to: i64 = 0
        self._asked_ns: i64 = 0
        self._attempts: int = 0

    def clear(self, next_in: i64) -> None:
        """Forget the gap and what is held behind it; all of it will be asked for again from `next_in` on."""
        self._held.clear()
        self._held_bytes = 0
        self.next_in = next_in
        self._gap_end = 0
        self._filled_to = 0

    @property
    def gap_open(self) -> bool:
        return self.next_in <= self._gap_end

    @property
    def exhausted(self) -> bool:
        """The peer was asked as often as the configuration allows, and nothing moved."""
        return self._attempts >= self._max_attempts

    @property
    def chunk_done(self) -> bool:
        """All that was asked for has come, and more is missing."""
        return self._asked_to < self.next_in <= self._gap_end

    def deadline_ns(self) -> i64:
        return self._asked_ns + self._timeout_ns if self.gap_open else NEVER

    def chunk_end(self) -> i64:
        """The last number to ask for now; 0 for all from `next_in` on."""
        return min(self.next_in + self._chunk - 1, self._gap_end) if self._chunk > 0 else 0

    def asked(self, end: i64, now_ns: i64) -> None:
        """What is missing up to `end` (0: all) was asked for (again), or the peer sends it unasked."""
        self._asked_to = end if end > 0 else self._gap_end
        self._asked_ns = now_ns
        self._attempts += 1

    def open_gap(self, before: i64) -> None:
        """All from `next_in` up to the message numbered `before` is missing."""
        self._gap_end = before - 1
        self._attempts = 0

    def hold(self, seq: i64, message: Message) -> None:
        size = len(message.raw)
        if seq in self._held or len(self._held) >= self._max_messages or self._held_bytes + size > self._max_bytes:
            return
        self._held[seq] = message
        self._held_bytes += size

    def advance(self, next_in: i64, now_ns: i64) -> None:
        """The numbers below `next_in` are done with; progress gives an open request new time."""
        self.next_in = next_in
        self._asked_ns = now_ns
        self._attempts = 0

    def fill(self, seq: i64, new_seq_no: i64) -> None:
        """The gap fill numbered `seq` covers all below `new_seq_no`; what we hold of it is taken none the less."""
        self.passed_over.add(seq, seq)
        self._filled_to = max(self._filled_to, new_seq_no)

    def skip_to(self, new_seq_no: i64, now_ns: i64) -> None:
        """A SequenceReset in reset mode: the numbers below `new_seq_no` will never come, held or not."""
        for seq in [seq for seq in self._held if seq < new_seq_no]:
            self._drop(seq)
        self.passed_over.add(self.next_in, new_seq_no - 1)
        self.advance(new_seq_no, now_ns)

    def next_held(self, now_ns: i64) -> Message | None:
        """The held message that is next in sequence, after passing over what a gap fill covers."""
        if not self._held and self.next_in >= self._filled_to:
            return None
        if self.next_in < self._filled_to and self.next_in not in self._held:
            ahead = min([seq for seq in self._held if seq > self.next_in], default=self._filled_to)
            beyond = min(ahead, self._filled_to)
            self.passed_over.add(self.next_in, beyond - 1)
            self.advance(beyond, now_ns)
        if self.next_in not in self._held:
            return None
        return self._drop(self.next_in)

    def _drop(self, seq: i64) -> Message:
        message = self._held.pop(seq)
        self._held_bytes -= len(message.raw)
        return message

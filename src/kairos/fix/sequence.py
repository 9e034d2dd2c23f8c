"""The steps of the inbound sequence, each with what it must tell the caller or the peer."""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.fix import admin, tags
from kairos.fix.link import Link
from kairos.fix.message import Message
from kairos.fix.outputs import Received
from kairos.fix.recovery import Recovery


class InboundSequence:
    """`awaits_reset`: we began an epoch, the journal knows it, but the peer's answer is still to come.

    What it sent before it saw our Logon is taken by the old numbers until then, and none of them is reported.
    """

    def __init__(self, link: Link, next_in: i64) -> None:
        self._link: Final = link
        self._reported: i64 = next_in
        self.recovery: Final = Recovery(link.config, next_in)
        self.awaits_reset: bool = False
        link.envelope.last_processed = next_in - 1

    @property
    def next_in(self) -> i64:
        return self.recovery.next_in

    def consume(self, seq: i64, now_ns: i64) -> None:
        """The expected number has come; the caller hears of it before it hears of the message."""
        self.recovery.advance(seq + 1, now_ns)
        self.report()

    def report(self) -> None:
        if self.recovery.next_in != self._reported and not self.awaits_reset:
            self._reported = self.recovery.next_in
            self._link.envelope.last_processed = self._reported - 1
            self._link.put(Received(self._reported))

    def new_epoch(self) -> None:
        """Both numbers begin again at 1."""
        if self.recovery.next_in != 1 or self._link.next_out != 1:
            self.set_numbers(1, 1)

    def set_numbers(self, next_in: i64, next_out: i64) -> None:
        """Both numbers go on from here; what was sent so far is never resent."""
        self._expect(next_in)
        self._link.begin_epoch(next_in, next_out)

    def begin_reset(self) -> None:
        """Our half of a reset in mid-session; `finish_reset` is the peer's."""
        self.awaits_reset = True
        self._reported = 1
        self._link.envelope.last_processed = 0
        self._link.begin_epoch(1, 1)

    def finish_reset(self) -> None:
        self._expect(1)

    def disconnected(self) -> None:
        """What waits behind a gap will be asked for anew; half a reset is what the journal knows of."""
        if self.awaits_reset:
            self._expect(1)
        else:
            self.recovery.clear(self.next_in)

    def too_high(self, message: Message, now_ns: i64) -> None:
        """Hold it, and ask for what is missing unless we already have, or our own Logout is the last that we say."""
        self.recovery.hold(message.seq_num, message)
        if not self.recovery.gap_open and self._may_ask():
            self.recovery.open_gap(message.seq_num)
            self._request(now_ns)

    def filled_unasked(self, message: Message, now_ns: i64) -> None:
        """A Logon that is too high, from a peer that saw our NextExpectedMsgSeqNum(789) and sends what is missing."""
        self.recovery.hold(message.seq_num, message)
        self.recovery.open_gap(message.seq_num)
        self.recovery.asked(0, now_ns)

    def too_low(self, seq: i64, now_ns: i64) -> None:
        """One of the two sides has lost count: no message can be trusted to be new, so the session ends."""
        self._link.logout_and_give_up(f"MsgSeqNum too low, expecting {self.next_in} but received {seq}", now_ns)

    def request_next_chunk(self, now_ns: i64) -> None:
        """Go on asking where the request before has been answered."""
        if self.recovery.chunk_done and self._may_ask():
            self._request(now_ns)

    def request_again(self, now_ns: i64) -> None:
        """The gap has not moved for the time that the configuration allows."""
        if self.recovery.exhausted:
            text = f"MsgSeqNum(34) {self.next_in} was asked for again and again and never came"
            self._link.logout_and_give_up(text, now_ns)
        else:
            self._request(now_ns)

    def _may_ask(self) -> bool:
        return self._link.is_logged_on and not self.awaits_reset

    def _request(self, now_ns: i64) -> None:
        end = self.recovery.chunk_end()
        asked_end = end if end > 0 else self._link.config.version.infinity
        body = admin.resend_request_body(self.next_in, asked_end)
        self._link.send_admin(tags.RESEND_REQUEST, body, now_ns)
        self.recovery.asked(end, now_ns)

    def _expect(self, next_in: i64) -> None:
        self.awaits_reset = False
        self._reported = next_in
        self._link.envelope.last_processed = next_in - 1
        self.recovery.passed_over.clear()
        self.recovery.clear(next_in)

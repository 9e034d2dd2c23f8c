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
    def __init__(self, link: Link, next_in: i64) -> None:
        self._link: Final = link
        self._reported: i64 = next_in
        self.recovery: Final = Recovery(link.config, next_in)

    @property
    def next_in(self) -> i64:
        return self.recovery.next_in

    def consume(self, seq: i64, now_ns: i64) -> None:
        """The expected number has come; the caller hears of it before it hears of the message."""
        self.recovery.advance(seq + 1, now_ns)
        self.report()

    def report(self) -> None:
        if self.recovery.next_in != self._reported:
            self._reported = self.recovery.next_in
            self._link.put(Received(self._reported))

    def new_epoch(self) -> None:
        """Both numbers begin again at 1."""
        if self.recovery.next_in == 1 and self._link.next_out == 1:
            return
        self.recovery.clear(1)
        self._reported = 1
        self._link.new_epoch()

    def too_high(self, message: Message, now_ns: i64) -> None:
        """Hold it, and ask for what is missing unless we already have."""
        self.recovery.hold(message.seq_num, message)
        if not self.recovery.gap_open:
            self.recovery.open_gap(message.seq_num)
            self._request(now_ns)

    def too_low(self, seq: i64, now_ns: i64) -> None:
        """One of the two sides has lost count: no message can be trusted to be new, so the session ends."""
        self._link.logout_and_give_up(f"MsgSeqNum too low, expecting {self.next_in} but received {seq}", now_ns)

    def request_again(self, now_ns: i64) -> None:
        """The gap has not moved for the time that the configuration allows."""
        if self.recovery.exhausted:
            text = f"MsgSeqNum(34) {self.next_in} was asked for again and again and never came"
            self._link.logout_and_give_up(text, now_ns)
        else:
            self._request(now_ns)

    def _request(self, now_ns: i64) -> None:
        self._link.send_admin(tags.RESEND_REQUEST, admin.resend_request_body(self.next_in), now_ns)
        self.recovery.asked(now_ns)

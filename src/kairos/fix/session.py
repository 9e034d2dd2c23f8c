"""One FIX session without I/O: bytes, wishes and the time go in, outputs come out, in order.

Theory of operation. The caller owns the transport, the clock and the journal. It calls one input method, drains the
outputs, journals what they mean, and when that is durable performs them in the same order (see `outputs`). The session
keeps nothing that must survive: after a restart it is built anew from the two numbers in the journal, and what was
sent comes back through `resend()`. `link` writes and numbers, `inbound` reads and judges, `recovery` keeps the inbound
sequence, `timers` the deadlines; `session_state` says what leads where.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from mypy_extensions import i64

from kairos.fix import admin, tags
from kairos.fix.dictionary import Dictionary
from kairos.fix.errors import GarbledError, LocalError, RemoteError
from kairos.fix.framing import FrameReader
from kairos.fix.handshake import Handshake
from kairos.fix.inbound import Inbound
from kairos.fix.link import Link
from kairos.fix.logon import redacted
from kairos.fix.message import Message
from kairos.fix.outputs import Output, ResendNeeded
from kairos.fix.parser import Parser
from kairos.fix.resend import SentMessage, resend_frames
from kairos.fix.rulebook import Rulebook
from kairos.fix.sequence import InboundSequence
from kairos.fix.session_config import SessionConfig
from kairos.fix.session_state import SessionState
from kairos.fix.timers import TimerAction

UNBOUNDED: Final = 1_000_000_000
"""For `Session.take`, all that was fed: no read holds so many."""


class Session:
    """`next_in` and `next_out` are the numbers expected next, from the journal.

    `dictionary` is that of the session's version (`appl_versions.session_dictionary`); over FIXT.1.1 `others` are those
    of the versions that the peer may use besides, by their ApplVerID(1128).
    """

    def __init__(
        self,
        config: SessionConfig,
        dictionary: Dictionary,
        next_in: i64 = 1,
        next_out: i64 = 1,
        others: Mapping[str, Dictionary] | None = None,
    ) -> None:
        _check_numbers(next_in, next_out)
        self.config: Final = config
        self._link: Final = Link(config, next_out)
        self._sequence: Final = InboundSequence(self._link, next_in)
        rulebook = Rulebook(config, dictionary, others if others is not None else {})
        self._handshake: Final = Handshake(self._link, self._sequence, rulebook)
        self._inbound: Final = Inbound(self._link, self._sequence, self._handshake, rulebook)
        self._frames: FrameReader = FrameReader()
        self._parser: Final = Parser()

    @property
    def state(self) -> SessionState:
        return self._link.state

    @property
    def next_in(self) -> i64:
        return self._sequence.next_in

    @property
    def next_out(self) -> i64:
        return self._link.next_out

    @property
    def last_unwritten(self) -> i64:
        """The last number whose message was not written on this connection; 0 when all were."""
        return self._link.last_unwritten

    def is_current(self, connection: i64) -> bool:
        """Whether an output's `connection` is the transport that is up now: ask before writing to it or closing it."""
        return connection == self._link.connection and self._link.is_connected

    def drain(self) -> list[Output]:
        """What is to be done since the last call."""
        return self._link.drain()

    def connected(self, now_ns: i64) -> None:
        """The transport is up: an initiator logs on, an acceptor waits for the peer to."""
        self._link.open(now_ns)
        self._frames = FrameReader()
        self._handshake.begin(now_ns)

    def disconnected(self, now_ns: i64) -> None:
        """The transport is gone, whoever closed it. What waited behind a gap will be asked for anew."""
        had_session = self._link.is_connected and self._link.met_peer
        self._sequence.disconnected()
        self._link.closed()
        if had_session and self.config.reset_on_disconnect:
            self._sequence.new_epoch()

    def receive(self, data: bytes, now_ns: i64) -> None:
        """Any bytes from the peer. They never raise: the worst are answered by giving the link up."""
        self.feed(data)
        self.take(now_ns, UNBOUNDED)

    def feed(self, data: bytes) -> None:
        """Hold bytes from the peer until `take` has their turn."""
        if not self._link.listening:
            return
        try:
            self._frames.feed(data)
        except RemoteError as error:
            self._link.give_up(str(error))

    def take(self, now_ns: i64, most: i64) -> bool:
        """Take up to so many of the messages that were fed. Whether it stopped there: then more may wait."""
        taken: i64 = 0
        while self._link.listening:
            if taken >= most:
                return True
            frame = self._frames.next()
            if frame is None:
                return False
            self._take_frame(frame, now_ns)
            taken += 1
        return False

    def send(
        self,
        msg_type: str,
        body: bytes,
        now_ns: i64,
        poss_resend: bool = False,
        appl_ver_id: str = "",
        route: bytes = b"",
    ) -> i64:
        """Number an application message. While not logged on it is not written; the peer asks for it later.

        `appl_ver_id` is the ApplVerID(1128) of one whose version is not the session's default; `route` is encoded
        header fields that say for whom it is, such as DeliverToCompID(128).
        """
        if msg_type in admin.ADMINISTRATIVE:
            raise LocalError(f"MsgType(35) {msg_type!r} is administrative: the session itself sends those")
        if appl_ver_id:
            route += admin.appl_ver_id_header(self.config, appl_ver_id)
        return self._link.number(msg_type, body, now_ns, poss_resend, route)

    def reject(self, message: Message, reason: int, ref_tag: int | None, text: str, now_ns: i64) -> i64:
        """Answer a delivered message with Reject(3); `reason` is SessionRejectReason(373).

        The session may have ended since the message was delivered: the answer is kept for the peer like any report.
        """
        body = admin.reject_body(self.config.version, message, reason, ref_tag, text)
        return self._link.number(tags.REJECT, body, now_ns, header=admin.reversed_route(message))

    def business_reject(self, message: Message, reason: int, text: str, now_ns: i64, ref_id: str = "") -> i64:
        """Answer a delivered message with BusinessMessageReject(j); `reason` is BusinessRejectReason(380).

        `ref_id` is BusinessRejectRefID(379), for an order its ClOrdID(11). There is no RefTagID(371): name the field in
        `text`. Before FIX 4.2 there is no such message: there the answer is Reject(3) with the text.
        """
        if not self.config.version.has_reject_reasons:
            return self.reject(message, reason, None, text, now_ns)
        body = admin.business_reject_body(message, reason, text, ref_id)
        return self._link.number(tags.BUSINESS_MESSAGE_REJECT, body, now_ns)

    def resend(
        self, request: ResendNeeded, kept: Iterable[SentMessage], through_seq: i64, now_ns: i64, piece_end: i64 = 0
    ) -> ResendNeeded | None:
        """Answer the peer's request; one that a reset, a logout or a new connection has overtaken is ignored.

        `kept` holds the resendable messages of the range in this epoch, ascending. `through_seq` is the last number
        whose effects were performed, on a transport or (while there was none) without one; after a restart, the last
        number in the journal. What is numbered beyond it has yet to leave as an original.

        A long answer may be given in pieces: `piece_end` is then the last number that this one is to cover, with what
        is kept up to there, and the request for the rest is returned. None: the answer is complete.
        """
        current = request.connection == self._link.connection and request.epoch == self._link.epoch
        if not current or not self._link.established:
            return None
        if through_seq >= self.next_out:
            raise LocalError(
                f"can't resend up to MsgSeqNum(34) {through_seq}: {self.next_out - 1} was the last one sent"
            )
        last = request.end if 0 < request.end < through_seq else through_seq
        has_more = 0 < piece_end < last
        piece_last = piece_end if has_more else last
        for frame in resend_frames(self._link.envelope, request.begin, piece_last, kept, piece_last, now_ns):
            self._link.write(frame, now_ns)
        if has_more:
            self._link.resend_ends_at(last)
            return ResendNeeded(max(request.begin, piece_last + 1), last, request.connection, request.epoch)
        self._link.resend_answered()
        return None

    def resend_unasked(self, begin: i64, end: i64) -> None:
        """Send `begin`..`end` (0: to the last) again as if the peer had asked: an operator's remedy."""
        self._refuse_unless_logged_on()
        if begin < 1 or end < 0 or 0 < end < begin or max(begin, end) >= self.next_out:
            sent = f"the last MsgSeqNum(34) sent is {self.next_out - 1}"
            raise LocalError(f"there is no {begin} to {end or 'the last'} to resend; {sent}")
        self._link.resend_asked(begin, end)

    def test(self, test_req_id: str, now_ns: i64) -> None:
        """Ask the peer for a sign of life; `TestAnswered` tells that it gave one."""
        self._refuse_unless_logged_on()
        self._link.send_admin(tags.TEST_REQUEST, admin.test_request_body(test_req_id), now_ns)

    def logout(self, text: str, now_ns: i64) -> None:
        """Log out, or give up a connection that is not logged on yet."""
        if self._link.awaits_first:
            self._link.give_up(text)
        else:
            self._link.logout(text, now_ns)

    def reset(self, now_ns: i64) -> None:
        """Begin a new epoch: both numbers are 1. Both sides must agree to it, so only while disconnected."""
        self._refuse_unless_disconnected()
        self._sequence.new_epoch()

    def reset_by_logon(self, now_ns: i64) -> None:
        """Begin a new epoch while logged on, with ResetSeqNumFlag(141); LocalError where that can't be asked for.

        The peer answers with a Logon of its own. What it had under way until then is delivered, but what it had to
        resend is lost: choose a quiet moment.
        """
        self._handshake.reset(now_ns)

    def set_numbers(self, next_in: i64, next_out: i64, now_ns: i64) -> None:
        """An operator's remedy when the two sides have lost count; what was sent so far is never resent."""
        _check_numbers(next_in, next_out)
        self._refuse_unless_disconnected()
        self._sequence.set_numbers(next_in, next_out)

    def next_deadline_ns(self) -> i64:
        """When `tick()` must be called at the latest; `timers.NEVER` when nothing is due."""
        deadline = self._link.timers.deadline_ns(self.state)
        if self._link.is_logged_on:
            deadline = min(deadline, self._sequence.recovery.deadline_ns())
        return deadline

    def tick(self, now_ns: i64) -> None:
        """Do what the time asks for; may be called at any time."""
        action = self._link.timers.due(self.state, now_ns)
        if action is TimerAction.SEND_HEARTBEAT:
            self._link.send_admin(tags.HEARTBEAT, admin.heartbeat_body(), now_ns)
        elif action is TimerAction.SEND_TEST_REQUEST:
            self._link.send_admin(tags.TEST_REQUEST, admin.test_request_body(), now_ns)
            self._link.timers.test_request_sent()
        elif action is not TimerAction.NONE:
            self._link.give_up(action.value)
        if self._link.is_logged_on and now_ns >= self._sequence.recovery.deadline_ns():
            self._sequence.request_again(now_ns)

    def _take_frame(self, frame: bytes, now_ns: i64) -> None:
        """A garbled message is ignored and its number stays expected; as the first message it ends the connection."""
        try:
            message = self._parser.parse(frame)
        except GarbledError as error:
            if self._link.awaits_first:
                holds_secret = redacted(frame) is not frame
                self._link.give_up("first message is garbled" if holds_secret else f"first message is garbled: {error}")
            return
        self._inbound.arrive(message, now_ns)

    def _refuse_unless_logged_on(self) -> None:
        if not self._link.is_logged_on:
            raise LocalError(f"{self.config.session_id} is {self.state.value}: it must be logged on for this")

    def _refuse_unless_disconnected(self) -> None:
        if self._link.is_connected:
            raise LocalError(f"{self.config.session_id} is {self.state.value}: log out and disconnect before a reset")


def _check_numbers(next_in: i64, next_out: i64) -> None:
    if next_in < 1 or next_out < 1:
        raise LocalError(f"sequence numbers begin at 1, not at {next_in} inbound and {next_out} outbound")

"""What each message of an established session means, by its type and its place in the sequence.

Order of judgment, as refusals first: BeginString, identity, time, sequence, content. A message is validated when its
turn in the sequence has come, so that a Reject(3) is given once and in order; its number is then done with, whatever
it says. Three types act on arrival, wherever they stand: Logout would otherwise wait for a gap to close that the peer
has no mind to close; a ResendRequest, for a peer that itself waits to be served first; SequenceReset in reset mode has
no place.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.fix import admin, arrival, logon, tags
from kairos.fix.errors import FieldError
from kairos.fix.handshake import Handshake
from kairos.fix.link import Link
from kairos.fix.message import Message
from kairos.fix.outputs import Deliver, TestAnswered
from kairos.fix.rulebook import Rulebook
from kairos.fix.sequence import InboundSequence
from kairos.fix.session_config import SessionConfig

OUT_OF_RANGE: Final = "Value is incorrect (out of range) for this tag"


class Inbound:
    def __init__(self, link: Link, sequence: InboundSequence, handshake: Handshake, rulebook: Rulebook) -> None:
        self._link: Final = link
        self._config: Final[SessionConfig] = link.config
        self._sequence: Final = sequence
        self._handshake: Final = handshake
        self._rulebook: Final = rulebook

    def arrive(self, message: Message, now_ns: i64) -> None:
        """Take one message that is not garbled."""
        self._link.timers.heard(now_ns)
        if self._link.awaits_first:
            self._handshake.first(message, now_ns)
            return
        try:
            self._judge(message, now_ns)
        except FieldError as error:
            self._link.refuse(message, error.reason, error.tag, str(error), now_ns)

    def _judge(self, message: Message, now_ns: i64) -> None:
        if not message.says(tags.BEGIN_STRING, self._config.on_wire.begin_string):
            self._link.logout("Incorrect BeginString", now_ns)
            return
        fault = arrival.arrival_fault(message, self._config, now_ns)
        if fault is not None:
            self._answer_fault(message, fault, now_ns)
        elif message.msg_type == tags.SEQUENCE_RESET and not arrival.is_gap_fill(message):
            self._reset_mode(message, now_ns)
        elif arrival.has_seq_num(message):
            self._by_sequence(message, now_ns)
        else:
            self._link.logout_and_give_up("MsgSeqNum(34) is missing or not a sequence number", now_ns)

    def _by_sequence(self, message: Message, now_ns: i64) -> None:
        seq = message.seq_num
        fresh = not arrival.is_poss_dup(message)
        if message.msg_type == tags.LOGOUT and fresh:
            self._handshake.logout(message, now_ns)
        elif self._resets_by_logon(message) and fresh:
            self._handshake.logon(message, now_ns)
        elif seq == self._sequence.next_in:
            self._take(message, False, now_ns)
        elif seq > self._sequence.next_in:
            self._too_high(message, fresh, now_ns)
        else:
            self._too_low(message, fresh, now_ns)
        self._take_held(now_ns)

    def _resets_by_logon(self, message: Message) -> bool:
        may = message.msg_type == tags.LOGON and self._link.is_logged_on
        return may and logon.wants_reset(message, self._config)

    def _too_high(self, message: Message, fresh: bool, now_ns: i64) -> None:
        """A ResendRequest is served now, and held to fill its number; if it is invalid, it is refused in its turn."""
        serve = message.msg_type == tags.RESEND_REQUEST and fresh
        if serve and self._rulebook.fault(message) is None:
            self._serve(message, now_ns)
        self._sequence.too_high(message, now_ns)

    def _too_low(self, message: Message, fresh: bool, now_ns: i64) -> None:
        """A duplicate that says so is taken if its number was passed over, else ignored once its times are sound.

        One that does not say so ends the session; but a ResendRequest is served all the same, since that is how a peer
        finds its count again.
        """
        if not fresh:
            fault = arrival.poss_dup_fault(message, self._config)
            if fault is not None:
                self._answer_fault(message, fault, now_ns)
            elif _is_delivered(message) and self._sequence.recovery.passed_over.take(message.seq_num):
                self._deliver_late(message, now_ns)
        elif message.msg_type != tags.RESEND_REQUEST:
            self._sequence.too_low(message.seq_num, now_ns)
        elif not self._refused_as_invalid(message, now_ns):
            self._serve(message, now_ns)

    def _deliver_late(self, message: Message, now_ns: i64) -> None:
        if not self._refused_as_invalid(message, now_ns):
            self._link.put(Deliver(message))

    def _take_held(self, now_ns: i64) -> None:
        """Take what was held for just this moment, and report how far we got."""
        while self._link.established:
            held = self._sequence.recovery.next_held(now_ns)
            if held is None:
                break
            self._take(held, True, now_ns)
        self._sequence.report()
        self._sequence.request_next_chunk(now_ns)

    def _take(self, message: Message, held: bool, now_ns: i64) -> None:
        """Its turn has come: the number is done with, and the message acted upon or refused."""
        self._sequence.consume(message.seq_num, now_ns)
        if self._refused_as_invalid(message, now_ns):
            return
        resent = arrival.is_poss_dup(message)
        fault = arrival.poss_dup_fault(message, self._config) if resent else None
        if fault is not None:
            self._answer_fault(message, fault, now_ns)
            return
        try:
            self._act(message, resent, held, now_ns)
        except FieldError as error:
            self._link.refuse(message, error.reason, error.tag, str(error), now_ns)

    def _act(self, message: Message, resent: bool, held: bool, now_ns: i64) -> None:
        """An administrative message that is resent only fills its number, but for SequenceReset and Reject."""
        msg_type = message.msg_type
        if _is_delivered(message):
            self._link.put(Deliver(message))
        elif msg_type == tags.SEQUENCE_RESET:
            self._gap_fill(message, now_ns)
        elif resent:
            return
        elif msg_type == tags.TEST_REQUEST:
            body = admin.heartbeat_body(message.get(tags.TEST_REQ_ID))
            self._link.send_admin(tags.HEARTBEAT, body, now_ns)
        elif msg_type == tags.HEARTBEAT and message.has(tags.TEST_REQ_ID):
            self._link.put(TestAnswered(message.get(tags.TEST_REQ_ID)))
        elif msg_type == tags.RESEND_REQUEST and not held:
            self._serve(message, now_ns)
        elif msg_type == tags.LOGON and not held:
            text = "Logon in a session that is logged on; set ResetSeqNumFlag(141) to reset it"
            self._link.refuse(message, tags.INVALID_MSG_TYPE, None, text, now_ns)

    def _serve(self, message: Message, now_ns: i64) -> None:
        begin = message.get_int(tags.BEGIN_SEQ_NO)
        end = message.get_int(tags.END_SEQ_NO)
        if end == self._config.version.infinity:
            end = 0
        if begin < 1 or end < 0 or 0 < end < begin:
            self._link.refuse(message, tags.VALUE_IS_INCORRECT, tags.BEGIN_SEQ_NO, OUT_OF_RANGE, now_ns)
            return
        self._link.resend_asked(begin, end)

    def _gap_fill(self, message: Message, now_ns: i64) -> None:
        new_seq_no = message.get_int(tags.NEW_SEQ_NO)
        if message.seq_num < new_seq_no <= arrival.MAX_SEQ_NUM:
            self._sequence.recovery.fill(message.seq_num, new_seq_no)
        else:
            self._link.refuse(message, tags.VALUE_IS_INCORRECT, None, OUT_OF_RANGE, now_ns)

    def _reset_mode(self, message: Message, now_ns: i64) -> None:
        """SequenceReset without GapFillFlag(123): its own MsgSeqNum(34) means nothing, and only forward is allowed."""
        if self._refused_as_invalid(message, now_ns):
            return
        new_seq_no = message.get_int(tags.NEW_SEQ_NO)
        if self._sequence.next_in <= new_seq_no <= arrival.MAX_SEQ_NUM:
            self._sequence.recovery.skip_to(new_seq_no, now_ns)
            self._take_held(now_ns)
        else:
            self._link.refuse(message, tags.VALUE_IS_INCORRECT, None, OUT_OF_RANGE, now_ns)

    def _refused_as_invalid(self, message: Message, now_ns: i64) -> bool:
        fault = self._rulebook.fault(message)
        if fault is not None:
            self._link.refuse(message, fault.reason, fault.ref_tag, fault.text, now_ns)
        return fault is not None

    def _answer_fault(self, message: Message, fault: arrival.Fault, now_ns: i64) -> None:
        if message.seq_num == self._sequence.next_in:
            self._sequence.consume(message.seq_num, now_ns)
        self._link.refuse(message, fault.reason, fault.ref_tag, fault.text, now_ns)
        if fault.fatal:
            self._link.logout("", now_ns)


def _is_delivered(message: Message) -> bool:
    """Reject(3) is administrative, but what it refuses may be the application's."""
    return message.msg_type == tags.REJECT or message.msg_type not in admin.ADMINISTRATIVE

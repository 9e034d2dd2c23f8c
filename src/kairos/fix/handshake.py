"""The first message of a connection, and every Logon(A): who speaks, from which number on, at which heartbeat.

A stranger is dropped without a word: it learns nothing, and takes no number of ours. A known peer whose Logon can't be
agreed to is told why in a Logout.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.fix import admin, arrival, logon, tags
from kairos.fix.dictionary import Dictionary
from kairos.fix.link import Link
from kairos.fix.message import Message
from kairos.fix.sequence import InboundSequence
from kairos.fix.session_config import SessionConfig
from kairos.fix.session_state import SessionState
from kairos.fix.validate import validate


class Handshake:
    def __init__(self, link: Link, sequence: InboundSequence, dictionary: Dictionary) -> None:
        self._link: Final = link
        self._config: Final[SessionConfig] = link.config
        self._sequence: Final = sequence
        self._dictionary: Final = dictionary
        self._reset_sent: bool = False

    def begin(self, now_ns: i64) -> None:
        """The transport is up: an initiator speaks first."""
        self._reset_sent = self._config.initiator and self._config.reset_on_logon
        if self._reset_sent:
            self._sequence.new_epoch()
        if self._config.initiator:
            self._send_logon(self._config.heart_bt_int_s, self._reset_sent, now_ns)

    def first(self, message: Message, now_ns: i64) -> None:
        """Judge the first message of the connection."""
        refusal = self._refusal_of_first(message, now_ns)
        if refusal:
            self._link.give_up(f"first message refused: {refusal}")
        elif message.msg_type == tags.LOGON:
            self.logon(message, now_ns)
        else:
            self.logout(message, now_ns)

    def logon(self, message: Message, now_ns: i64) -> None:
        """A first Logon, or one with ResetSeqNumFlag(141) in an established session."""
        objection = self._objection_to(message)
        if objection:
            self._link.logout_and_give_up(objection, now_ns)
            return
        peer_resets = logon.wants_reset(message) and not self._reset_sent
        if peer_resets or (self._config.reset_on_logon and not self._config.initiator):
            self._sequence.new_epoch()
        seq = message.seq_num
        if seq < self._sequence.next_in:
            self._sequence.too_low(seq, now_ns)
            return
        in_sequence = seq == self._sequence.next_in
        if in_sequence:
            self._sequence.consume(seq, now_ns)
        self._agree(message, peer_resets, now_ns)
        if not in_sequence:
            self._sequence.too_high(message, now_ns)

    def logout(self, message: Message, now_ns: i64) -> None:
        """Never moves the expected number across a gap: what is missing is asked for after the next Logon."""
        if message.seq_num == self._sequence.next_in:
            self._sequence.consume(message.seq_num, now_ns)
        if self._link.state is SessionState.LOGGED_ON:
            self._link.send_admin(tags.LOGOUT, admin.logout_body(""), now_ns)
        text = message.get(tags.TEXT)
        self._link.give_up(f"the peer logged out: {text}" if text else "the peer logged out")

    def _agree(self, message: Message, peer_resets: bool, now_ns: i64) -> None:
        """An acceptor takes the initiator's HeartBtInt(108). A reset that the peer began is always confirmed."""
        initiator = self._config.initiator
        heart_bt_int_s: i64 = self._config.heart_bt_int_s if initiator else logon.heart_bt_int_s(message)
        if peer_resets or not initiator:
            self._send_logon(heart_bt_int_s, peer_resets, now_ns)
        if not self._link.established:
            self._link.logged_on(heart_bt_int_s)
        self._reset_sent = False

    def _send_logon(self, heart_bt_int_s: i64, reset: bool, now_ns: i64) -> None:
        self._link.send_admin(tags.LOGON, admin.logon_body(self._config, heart_bt_int_s, reset), now_ns)

    def _refusal_of_first(self, message: Message, now_ns: i64) -> str:
        if message.get(tags.BEGIN_STRING) != self._config.begin_string:
            return f"BeginString(8) is not {self._config.begin_string}"
        if arrival.missing_comp_id(message) is not None:
            return "SenderCompID(49) or TargetCompID(56) is missing"
        fault = arrival.arrival_fault(message, self._config, now_ns)
        if fault is not None:
            return fault.text
        if not arrival.has_seq_num(message):
            return "MsgSeqNum(34) is missing or not a sequence number"
        refused_by_peer = message.msg_type == tags.LOGOUT and self._link.state is SessionState.LOGON_SENT
        if message.msg_type != tags.LOGON and not refused_by_peer:
            return f"MsgType(35) {message.msg_type!r} is not Logon"
        return ""

    def _objection_to(self, message: Message) -> str:
        violation = validate(message, self._dictionary, self._config.rules)
        if violation is not None:
            field = self._dictionary.label(violation.ref_tag) if violation.has_ref_tag else message.msg_type
            return f"{violation.text}: {field}"
        return logon.objection(message)

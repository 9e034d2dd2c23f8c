"""The first message of a connection, and every Logon(A): who speaks, from which number on, at which heartbeat.

A stranger is dropped without a word: it learns nothing, and takes no number of ours. A known peer whose Logon can't be
agreed to is told why in a Logout.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.fix import admin, arrival, logon, tags
from kairos.fix.errors import LocalError
from kairos.fix.link import Link
from kairos.fix.message import Message
from kairos.fix.rulebook import Rulebook
from kairos.fix.sequence import InboundSequence
from kairos.fix.session_config import SessionConfig
from kairos.fix.session_state import SessionState

PEER_LOGGED_OUT: Final = "the peer logged out"
"""How the reason begins when a session ends because the peer wished it."""
MAX_REASON: Final = 200
"""Of the peer's words so many are told on; reasons go into logs."""


class Handshake:
    def __init__(self, link: Link, sequence: InboundSequence, rulebook: Rulebook) -> None:
        self._link: Final = link
        self._config: Final[SessionConfig] = link.config
        self._sequence: Final = sequence
        self._rulebook: Final = rulebook
        self._reset_sent: bool = False
        self._heart_bt_int_s: i64 = link.config.heart_bt_int_s

    def begin(self, now_ns: i64) -> None:
        """The transport is up: an initiator speaks first."""
        self._reset_sent = self._config.initiator and self._config.reset_on_logon
        if self._reset_sent:
            self._sequence.new_epoch()
        if self._config.initiator:
            self._heart_bt_int_s = self._config.heart_bt_int_s
            self._send_logon(self._reset_sent, now_ns)

    def reset(self, now_ns: i64) -> None:
        """Begin a new epoch in mid-session, by a Logon that the peer answers with one."""
        if not self._config.version.has_reset_flag:
            raise LocalError(f"{self._config.begin_string} has no ResetSeqNumFlag(141); log out and reset both sides")
        if not self._link.is_logged_on or self._reset_sent:
            raise LocalError(f"{self._config.session_id} is {self._link.state.value}, or is being reset; try later")
        if self._sequence.recovery.gap_open:
            raise LocalError(f"{self._config.session_id} waits for messages that the peer resends; try later")
        self._reset_sent = True
        self._sequence.begin_reset()
        self._send_logon(True, now_ns)
        self._link.timers.reset_sent(now_ns)

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
        answers = self._config.initiator or self._reset_sent
        peer_resets = logon.wants_reset(message, self._config) and not self._reset_sent
        if self._sequence.awaits_reset:
            self._sequence.finish_reset()
        elif peer_resets or (self._config.reset_on_logon and not answers):
            self._sequence.new_epoch()
        next_expected = self._next_expected_by_peer(message)
        if message.seq_num < self._sequence.next_in:
            self._sequence.too_low(message.seq_num, now_ns)
        elif next_expected > self._link.next_out:
            text = f"NextExpectedMsgSeqNum(789) too high, expecting {self._link.next_out} but received {next_expected}"
            self._link.logout_and_give_up(text, now_ns)
        else:
            self._agree(message, peer_resets, peer_resets or not answers, next_expected, now_ns)

    def logout(self, message: Message, now_ns: i64) -> None:
        """Never moves the expected number across a gap: what is missing is asked for after the next Logon."""
        if message.seq_num == self._sequence.next_in:
            self._sequence.consume(message.seq_num, now_ns)
        if self._link.is_logged_on:
            self._link.send_admin(tags.LOGOUT, admin.logout_body(""), now_ns)
        text = message.get(tags.TEXT)
        self._link.give_up(f"{PEER_LOGGED_OUT}: {text[:MAX_REASON]}" if text else PEER_LOGGED_OUT)
        if self._config.reset_on_logout:
            self._sequence.new_epoch()

    def _agree(self, message: Message, peer_resets: bool, reply: bool, next_expected: i64, now_ns: i64) -> None:
        """Take the Logon's number, answer it, and see to what either side lacks."""
        in_sequence = message.seq_num == self._sequence.next_in
        if in_sequence:
            self._sequence.consume(message.seq_num, now_ns)
        if not self._config.initiator:
            self._heart_bt_int_s = logon.heart_bt_int_s(message)
        unsent_from = self._link.next_out
        if reply:
            self._send_logon(peer_resets, now_ns)
        if 0 < next_expected < unsent_from:
            self._link.resend_asked(next_expected, unsent_from - 1)
        if not self._link.established:
            self._link.logged_on(self._heart_bt_int_s)
        self._reset_sent = False
        self._link.timers.reset_answered()
        if in_sequence:
            return
        if next_expected > 0:
            self._sequence.filled_unasked(message, now_ns)
        else:
            self._sequence.too_high(message, now_ns)

    def _next_expected_by_peer(self, message: Message) -> i64:
        """NextExpectedMsgSeqNum(789) where both sides go by it: then neither asks for what the Logons already tell."""
        return message.get_int(tags.NEXT_EXPECTED_MSG_SEQ_NUM) if self._config.send_next_expected else 0

    def _send_logon(self, reset: bool, now_ns: i64) -> None:
        next_in: i64 = 1 if self._sequence.awaits_reset else self._sequence.next_in
        body = admin.logon_body(self._config, self._heart_bt_int_s, reset, next_in)
        self._link.send_admin(tags.LOGON, body, now_ns)

    def _refusal_of_first(self, message: Message, now_ns: i64) -> str:
        if not message.says(tags.BEGIN_STRING, self._config.on_wire.begin_string):
            return f"BeginString(8) is not {self._config.begin_string}"
        if arrival.missing_comp_id(message) is not None:
            return "SenderCompID(49) or TargetCompID(56) is missing"
        fault = arrival.arrival_fault(message, self._config, now_ns)
        if fault is not None:
            return fault.text
        if not arrival.has_seq_num(message):
            return "MsgSeqNum(34) is missing or not a sequence number"
        if message.msg_type == tags.LOGON:
            unversioned = self._config.version.is_fixt and not message.has(tags.DEFAULT_APPL_VER_ID)
            return "DefaultApplVerID(1137) is missing" if unversioned else ""
        refused_by_peer = message.msg_type == tags.LOGOUT and self._link.state is SessionState.LOGON_SENT
        return "" if refused_by_peer else f"MsgType(35) {message.msg_type!r} is not Logon"

    def _objection_to(self, message: Message) -> str:
        fault = self._rulebook.fault(message)
        if fault is not None:
            field = self._rulebook.label(fault.ref_tag) if fault.ref_tag is not None else message.msg_type
            return f"{fault.text}: {field}"
        return logon.objection(message) or self._rulebook.objection_to_version(message)

"""The writing half of a session: its state, its outbound numbers, the outputs that wait to be drained, and its timers.

Whatever leaves takes its number here, once, and becomes an output here; so the order of outputs is the order of
decisions.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.fix import admin, tags
from kairos.fix.envelope import Envelope
from kairos.fix.logon import without_secrets
from kairos.fix.message import Message
from kairos.fix.outputs import (
    NO_CONNECTION,
    Disconnect,
    LoggedOn,
    LoggedOut,
    Output,
    Refused,
    ResendNeeded,
    Sent,
    SequenceReset,
    Write,
)
from kairos.fix.replay import Replay
from kairos.fix.session_config import SessionConfig
from kairos.fix.session_state import AWAITING_FIRST, ESTABLISHED, LISTENING, SessionEvent, SessionState, next_state
from kairos.fix.timers import Timers


class Link:
    def __init__(self, config: SessionConfig, next_out: i64) -> None:
        self.config: Final = config
        self.envelope: Final = Envelope(config)
        self.timers: Final = Timers(config)
        self.state: SessionState = SessionState.DISCONNECTED
        self.listening: bool = False
        self.awaits_first: bool = False
        self.established: bool = False
        self.is_connected: bool = False
        self.is_logged_on: bool = False
        self.next_out: i64 = next_out
        self.connection: i64 = 0
        self.epoch: i64 = 0
        self.last_unwritten: i64 = next_out - 1
        """What has that number, or a lower one of an earlier connection, is not on the way to the peer."""
        self._outputs: list[Output] = []
        self.met_peer: bool = False
        """On this connection there was a session, whether it still is or not."""
        self._logged_on: bool = False
        self._replay: Final = Replay()

    def drain(self) -> list[Output]:
        outputs = self._outputs
        self._outputs = []
        return outputs

    def put(self, output: Output) -> None:
        self._outputs.append(output)

    def number(self, msg_type: str, body: bytes, now_ns: i64, poss_resend: bool = False, header: bytes = b"") -> i64:
        """Number a message of the application; it is written only while nothing has ended the session."""
        return self._number(msg_type, body, now_ns, header, self.is_logged_on, True, poss_resend)

    def send_admin(self, msg_type: str, body: bytes, now_ns: i64, header: bytes = b"") -> None:
        self._number(msg_type, body, now_ns, header, True, False, False)

    def write(self, frame: bytes, now_ns: i64) -> None:
        self.put(Write(frame, self.connection))
        self.timers.wrote(now_ns)

    def open(self, now_ns: i64) -> None:
        """The transport is up."""
        event = SessionEvent.CONNECTED_AS_INITIATOR if self.config.initiator else SessionEvent.CONNECTED_AS_ACCEPTOR
        self._move(event)
        self.connection += 1
        self.last_unwritten = self.next_out - 1
        self.met_peer = False
        self.timers.connected(now_ns)

    def logged_on(self, heart_bt_int_s: i64) -> None:
        self._move(SessionEvent.LOGON_ACCEPTED)
        self.timers.agree_on_interval(heart_bt_int_s)
        self._logged_on = True
        self.met_peer = True
        self.put(LoggedOn())

    def logout(self, text: str, now_ns: i64) -> None:
        """Send Logout and wait for the peer's; a second wish to log out changes nothing."""
        if not self.is_logged_on:
            return
        self.send_admin(tags.LOGOUT, admin.logout_body(text), now_ns)
        self._move(SessionEvent.LOGOUT_SENT)
        self.timers.logout_sent(now_ns)

    def give_up(self, reason: str) -> None:
        """Ask for the transport to be closed; nothing more is read from it or written to it."""
        self._move(SessionEvent.LINK_GIVEN_UP)
        self._end(reason)
        self.put(Disconnect(reason, self.connection))

    def logout_and_give_up(self, text: str, now_ns: i64) -> None:
        """Tell the peer why, without waiting for its answer."""
        if self.state is not SessionState.LOGOUT_SENT:
            self.send_admin(tags.LOGOUT, admin.logout_body(text), now_ns)
        self.give_up(text)

    def closed(self) -> None:
        """The transport is gone."""
        self._move(SessionEvent.DISCONNECTED)
        self._end("the transport was closed")

    def resend_asked(self, begin: i64, end: i64) -> None:
        """The peer lacks `begin`..`end` (0: to the last); the caller is told when it has answered what was before."""
        self._put_request(self._replay.ask(begin, end, self.connection, self.epoch))

    def resend_ends_at(self, last: i64) -> None:
        """How far the answer under way will go."""
        self._replay.ends_at(last)

    def resend_answered(self) -> None:
        """The caller has answered the request that it was given."""
        self._put_request(self._replay.answered(self.connection, self.epoch))

    def refuse(self, message: Message, reason: int, ref_tag: int | None, text: str, now_ns: i64) -> None:
        """Answer an inbound message with Reject(3) instead of delivering it."""
        body = admin.reject_body(self.config.version, message, reason, ref_tag, text)
        self.send_admin(tags.REJECT, body, now_ns, admin.reversed_route(message))
        self.put(Refused(without_secrets(message), reason, ref_tag, text))

    def begin_epoch(self, next_in: i64, next_out: i64) -> None:
        """Outbound numbers go on at `next_out`; the caller sees to the inbound ones."""
        self.next_out = next_out
        self.last_unwritten = next_out - 1
        self.epoch += 1
        self._replay.clear()
        self.put(SequenceReset(next_in, next_out))

    def _move(self, event: SessionEvent) -> None:
        """What each message asks of the state is kept as flags: hashing an enum costs more than parsing a field."""
        self.state = next_state(self.state, event)
        self.listening = self.state in LISTENING
        self.awaits_first = self.state in AWAITING_FIRST
        self.established = self.state in ESTABLISHED
        self.is_connected = self.state is not SessionState.DISCONNECTED
        self.is_logged_on = self.state is SessionState.LOGGED_ON

    def _put_request(self, request: ResendNeeded | None) -> None:
        if request is not None:
            self.put(request)

    def _end(self, reason: str) -> None:
        self._replay.clear()
        if self._logged_on:
            self._logged_on = False
            self.put(LoggedOut(reason))

    def _number(
        self,
        msg_type: str,
        body: bytes,
        now_ns: i64,
        header: bytes,
        on_wire: bool,
        resendable: bool,
        poss_resend: bool,
    ) -> i64:
        seq = self.next_out
        self.next_out = seq + 1
        sending_time = self.envelope.sending_time(now_ns)
        frame = b""
        if on_wire:
            frame = self.envelope.original(msg_type, seq, sending_time, body, poss_resend, header)
            self.timers.wrote(now_ns)
        else:
            self.last_unwritten = seq
        connection = self.connection if on_wire else NO_CONNECTION
        self.put(Sent(seq, msg_type, body, sending_time, frame, resendable, poss_resend, connection, header))
        return seq

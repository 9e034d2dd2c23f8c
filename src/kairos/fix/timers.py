"""When a session must act though nothing arrives: logon and logout bounds, heartbeats, test requests, silence.

Time only moves in through arguments. A side that hears nothing for 1.2 heartbeat intervals asks with a TestRequest,
and gives the link up when as much again goes by; any message that arrives is a sign of life, whatever its type.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

from mypy_extensions import i64

from kairos.fix.session_config import NANOS_PER_SECOND, SessionConfig
from kairos.fix.session_state import AWAITING_FIRST, SessionState

NEVER: Final[i64] = 9_223_372_036_854_775_807
"""No deadline: the largest time there is, in the year 2262."""


class TimerAction(Enum):
    NONE = "none"
    LOGON_TIMED_OUT = "no Logon in time"
    LOGOUT_TIMED_OUT = "no answer to our Logout in time"
    RESET_TIMED_OUT = "no answer to our ResetSeqNumFlag(141) in time"
    PEER_SILENT = "no answer to our TestRequest in time"
    SEND_TEST_REQUEST = "test request"
    SEND_HEARTBEAT = "heartbeat"


class Timers:
    """The moments that deadlines are counted from."""

    def __init__(self, config: SessionConfig) -> None:
        self._logon_timeout_ns: Final[i64] = config.bounds.logon_timeout_ns
        self._logout_timeout_ns: Final[i64] = config.bounds.logout_timeout_ns
        self._connected_ns: i64 = 0
        self._heard_ns: i64 = 0
        self._wrote_ns: i64 = 0
        self._logout_ns: i64 = 0
        self._reset_deadline_ns: i64 = NEVER
        self._interval_ns: i64 = 0
        self._test_request_open: bool = False

    def connected(self, now_ns: i64) -> None:
        self._connected_ns = now_ns
        self._reset_deadline_ns = NEVER
        self.heard(now_ns)
        self.wrote(now_ns)

    def agree_on_interval(self, heart_bt_int_s: i64) -> None:
        """0 seconds: no heartbeats, and no test requests either."""
        self._interval_ns = heart_bt_int_s * NANOS_PER_SECOND

    def heard(self, now_ns: i64) -> None:
        self._heard_ns = now_ns
        self._test_request_open = False

    def wrote(self, now_ns: i64) -> None:
        self._wrote_ns = now_ns

    def test_request_sent(self) -> None:
        self._test_request_open = True

    def logout_sent(self, now_ns: i64) -> None:
        self._logout_ns = now_ns

    def reset_sent(self, now_ns: i64) -> None:
        """Our Logon in mid-session is to be answered within the time of any Logon."""
        self._reset_deadline_ns = now_ns + self._logon_timeout_ns

    def reset_answered(self) -> None:
        self._reset_deadline_ns = NEVER

    def deadline_ns(self, state: SessionState) -> i64:
        if state is SessionState.LOGGED_ON:
            return min(self._reset_deadline_ns, self._quiet_deadline_ns())
        if state is SessionState.LOGOUT_SENT:
            return self._logout_ns + self._logout_timeout_ns
        return self._connected_ns + self._logon_timeout_ns if state in AWAITING_FIRST else NEVER

    def due(self, state: SessionState, now_ns: i64) -> TimerAction:
        """What is due at `now_ns`. An open TestRequest stands in for heartbeats: the question shows that we live."""
        deadline_ns = self.deadline_ns(state)
        if now_ns < deadline_ns or deadline_ns == NEVER:
            return TimerAction.NONE
        if state in AWAITING_FIRST:
            return TimerAction.LOGON_TIMED_OUT
        if state is SessionState.LOGOUT_SENT:
            return TimerAction.LOGOUT_TIMED_OUT
        if now_ns >= self._reset_deadline_ns:
            return TimerAction.RESET_TIMED_OUT
        if self._test_request_open:
            return TimerAction.PEER_SILENT
        if now_ns >= self._silence_ns(12):
            return TimerAction.SEND_TEST_REQUEST
        return TimerAction.SEND_HEARTBEAT

    def _quiet_deadline_ns(self) -> i64:
        if self._interval_ns == 0:
            return NEVER
        if self._test_request_open:
            return self._silence_ns(24)
        return min(self._silence_ns(12), self._wrote_ns + self._interval_ns)

    def _silence_ns(self, tenths_of_interval: i64) -> i64:
        return self._heard_ns + self._interval_ns * tenths_of_interval // 10

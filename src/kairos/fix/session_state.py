"""The states of a FIX session, what leads from one to the next, and what each allows: all of it data.

DISCONNECTED ──connected──► AWAITING_LOGON (acceptor) ──┐
     ▲                      LOGON_SENT (initiator) ─────┴─logon─► LOGGED_ON ──logout sent──► LOGOUT_SENT
     │                                                                │                         │
     └──disconnected──── CLOSING ◄──────────── any connected state that gives the link up ──────┘
"""

from __future__ import annotations

from enum import Enum
from typing import Final

from kairos.fix.errors import LocalError


class SessionState(Enum):
    DISCONNECTED = "disconnected"
    AWAITING_LOGON = "awaiting logon"
    LOGON_SENT = "logon sent"
    LOGGED_ON = "logged on"
    LOGOUT_SENT = "logout sent"
    CLOSING = "closing"


class SessionEvent(Enum):
    CONNECTED_AS_ACCEPTOR = "connected as acceptor"
    CONNECTED_AS_INITIATOR = "connected as initiator"
    LOGON_ACCEPTED = "logon accepted"
    LOGOUT_SENT = "logout sent"
    LINK_GIVEN_UP = "link given up"
    DISCONNECTED = "disconnected"


TRANSITIONS: Final[dict[tuple[SessionState, SessionEvent], SessionState]] = {
    (SessionState.DISCONNECTED, SessionEvent.CONNECTED_AS_ACCEPTOR): SessionState.AWAITING_LOGON,
    (SessionState.DISCONNECTED, SessionEvent.CONNECTED_AS_INITIATOR): SessionState.LOGON_SENT,
    # A transport may report its end twice.
    (SessionState.DISCONNECTED, SessionEvent.DISCONNECTED): SessionState.DISCONNECTED,
    (SessionState.AWAITING_LOGON, SessionEvent.LOGON_ACCEPTED): SessionState.LOGGED_ON,
    (SessionState.AWAITING_LOGON, SessionEvent.LINK_GIVEN_UP): SessionState.CLOSING,
    (SessionState.AWAITING_LOGON, SessionEvent.DISCONNECTED): SessionState.DISCONNECTED,
    (SessionState.LOGON_SENT, SessionEvent.LOGON_ACCEPTED): SessionState.LOGGED_ON,
    (SessionState.LOGON_SENT, SessionEvent.LINK_GIVEN_UP): SessionState.CLOSING,
    (SessionState.LOGON_SENT, SessionEvent.DISCONNECTED): SessionState.DISCONNECTED,
    (SessionState.LOGGED_ON, SessionEvent.LOGOUT_SENT): SessionState.LOGOUT_SENT,
    (SessionState.LOGGED_ON, SessionEvent.LINK_GIVEN_UP): SessionState.CLOSING,
    (SessionState.LOGGED_ON, SessionEvent.DISCONNECTED): SessionState.DISCONNECTED,
    (SessionState.LOGOUT_SENT, SessionEvent.LINK_GIVEN_UP): SessionState.CLOSING,
    (SessionState.LOGOUT_SENT, SessionEvent.DISCONNECTED): SessionState.DISCONNECTED,
    (SessionState.CLOSING, SessionEvent.DISCONNECTED): SessionState.DISCONNECTED,
}

LISTENING: Final = frozenset(
    {SessionState.AWAITING_LOGON, SessionState.LOGON_SENT, SessionState.LOGGED_ON, SessionState.LOGOUT_SENT}
)
"""Bytes from the peer are read."""

AWAITING_FIRST: Final = frozenset({SessionState.AWAITING_LOGON, SessionState.LOGON_SENT})
"""The next message must be the peer's Logon."""

ESTABLISHED: Final = frozenset({SessionState.LOGGED_ON, SessionState.LOGOUT_SENT})
"""Both Logons went through: messages are sequenced, resends answered. After our Logout we still listen, since what the
peer sent before it saw the Logout is as good as ever."""


def next_state(state: SessionState, event: SessionEvent) -> SessionState:
    """The state that `event` leads to; a pair that the table does not know is a misuse of the session."""
    following = TRANSITIONS.get((state, event))
    if following is None:
        raise LocalError(f"a session that is {state.value} can't be {event.value}")
    return following

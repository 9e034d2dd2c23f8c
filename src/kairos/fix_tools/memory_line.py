"""A FIX session on a transport without a journal: for the tools that test a counterparty, not for orders.

What `Session` asks is done at once and in its order. The sent messages are kept in memory as long as their numbers
hold, so a ResendRequest(2) is answered like a desk would; when the process ends they are gone.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Protocol

from kairos.fix.message import Message
from kairos.fix.outputs import (
    Deliver,
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
from kairos.fix.resend import SentMessage
from kairos.fix.session import Session
from kairos.fix.session_state import SessionState

# Some minutes of a test at full speed. Beyond it the oldest are answered with a gap fill.
MAX_KEPT_MESSAGES = 100_000


class Wire(Protocol):
    """As much of a transport as a line needs; asyncio's have it."""

    def write(self, data: bytes) -> None: ...

    def close(self) -> None: ...


class Application(Protocol):
    """What a line serves."""

    def on_message(self, line: MemoryLine, message: Message) -> None:
        """An application message, or a Reject(3), in sequence, once."""

    def on_refused(self, line: MemoryLine, message: Message, text: str) -> None:
        """The session answered this message with a Reject(3)."""

    def on_logged_on(self, line: MemoryLine) -> None: ...

    def on_logged_out(self, line: MemoryLine, reason: str) -> None: ...

    def on_disconnect(self, line: MemoryLine, reason: str) -> None:
        """The session gave the connection up."""


class MemoryLine:
    """One session for the life of the process, with a transport or without; `clock` gives nanoseconds since 1970."""

    def __init__(self, session: Session, application: Application, clock: Callable[[], int]) -> None:
        self.session = session
        self.session_id = session.config.session_id
        self._application = application
        self._clock = clock
        self._wire: Wire | None = None
        self._kept: dict[int, SentMessage] = {}
        self._through = 0
        self._queue: deque[Output] = deque()
        self._working = False

    # The transport's side

    @property
    def connected(self) -> bool:
        return self._wire is not None

    def attach(self, wire: Wire) -> None:
        """The transport is up."""
        self._wire = wire
        self.session.connected(self._clock())
        self._work()

    def received(self, data: bytes) -> None:
        self.session.receive(data, self._clock())
        self._work()

    def drained(self) -> None:
        """A tool's peer is slow at its own cost: nothing waits for it."""

    def lost(self) -> None:
        """The transport is gone."""
        self._wire = None
        if self.session.state is not SessionState.DISCONNECTED:
            self.session.disconnected(self._clock())
        self._work()

    def tick(self) -> None:
        """Call it several times a second."""
        now_ns = self._clock()
        if now_ns >= self.session.next_deadline_ns():
            self.session.tick(now_ns)
            self._work()

    # The application's side

    def send(self, msg_type: str, body: bytes, poss_resend: bool = False, route: bytes = b"") -> int:
        """Number a message and write it; its MsgSeqNum(34). `route` is header fields, as `Session.send` takes them."""
        seq = self.session.send(msg_type, body, self._clock(), poss_resend, route=route)
        self._work()
        return seq

    def business_reject(self, message: Message, reason: int, text: str) -> None:
        self.session.business_reject(message, reason, text, self._clock())
        self._work()

    def test(self, test_req_id: str) -> None:
        """Ask the peer for a sign of life."""
        self.session.test(test_req_id, self._clock())
        self._work()

    def resend_last(self) -> None:
        """Send the last message again, with PossDupFlag(43)."""
        self.session.resend_unasked(self._through, self._through)
        self._work()

    def logout(self, text: str = "") -> None:
        self.session.logout(text, self._clock())
        self._work()

    # Outputs

    def _work(self) -> None:
        """Strictly first in, first out: what one output causes comes behind those that wait."""
        self._queue.extend(self.session.drain())
        if self._working:
            return
        self._working = True
        try:
            while self._queue:
                self._perform(self._queue.popleft())
                self._queue.extend(self.session.drain())
        finally:
            self._working = False

    def _perform(self, output: Output) -> None:
        if isinstance(output, Deliver):
            self._application.on_message(self, output.message)
        elif isinstance(output, Refused):
            self._application.on_refused(self, output.message, output.text)
        elif isinstance(output, Sent):
            self._keep(output)
            self._write(output.frame, output.connection)
        elif isinstance(output, Write):
            self._write(output.frame, output.connection)
        elif isinstance(output, ResendNeeded):
            self.session.resend(output, self._kept.values(), self._through, self._clock())
        elif isinstance(output, SequenceReset):
            self._kept.clear()
            self._through = output.next_out - 1
        elif isinstance(output, LoggedOn):
            self._application.on_logged_on(self)
        elif isinstance(output, LoggedOut):
            self._application.on_logged_out(self, output.reason)
        elif isinstance(output, Disconnect):
            self._close(output)

    def _keep(self, sent: Sent) -> None:
        self._through = sent.seq
        if sent.resendable:
            self._kept[sent.seq] = SentMessage(sent.seq, sent.msg_type, sent.body, sent.sending_time, sent.poss_resend)
            if len(self._kept) > MAX_KEPT_MESSAGES:
                del self._kept[next(iter(self._kept))]

    def _write(self, frame: bytes, connection: int) -> None:
        if self._wire is not None and self.session.is_current(connection):
            self._wire.write(frame)

    def _close(self, output: Disconnect) -> None:
        self._application.on_disconnect(self, output.reason)
        if self._wire is not None:
            self._wire.close()

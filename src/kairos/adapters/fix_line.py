"""A FIX session on a transport: bytes in, outputs journaled and let out, in order.

The session itself does no I/O (`kairos.fix.session`). A line gives it bytes and the time, and turns its outputs into
facts of the batch in hand and effects that wait for it. Outputs are worked off strictly first in, first out: handling
one may make others, and numbers must reach the wire in their order.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Protocol

from kairos.adapters.sent_messages import SentMessages
from kairos.fix.message import Message
from kairos.fix.outputs import (
    NO_CONNECTION,
    Deliver,
    Disconnect,
    LoggedOn,
    LoggedOut,
    Output,
    Received,
    Refused,
    ResendNeeded,
    Sent,
    SequenceReset,
    Write,
)
from kairos.fix.session import Session
from kairos.fix.session_state import SessionState
from kairos.model.events import SessionReceived, SessionRefused, SessionReset, SessionSent
from kairos.ports import Writer

# A peer that leaves 16 MiB unread (some 50,000 reports) has stopped reading; it is cut off and asks for the rest later.
MAX_UNREAD_BYTES = 16 * 1024 * 1024


class Application(Protocol):
    """What a line serves: the client gateway, the venue gateway, the market data feed."""

    def on_message(self, line: FixLine, message: Message) -> None:
        """An application message, in sequence, once."""

    def on_logged_on(self, line: FixLine) -> None: ...

    def on_logged_out(self, line: FixLine, reason: str) -> None: ...


class LineObserver(Protocol):
    """Who counts and logs what lines do."""

    def fix_received(self, session: str, count: int) -> None: ...

    def fix_sent(self, session: str, count: int) -> None: ...

    def fix_state(self, session: str, up: bool, reason: str) -> None: ...


class FixLine:
    """One configured session for the life of the process, with a transport or without.

    keeps_orders_back: answer a ResendRequest with gap fills only, as a venue's line must: an order is never sent twice
    """

    def __init__(
        self,
        session: Session,
        writer: Writer,
        application: Application,
        sent: SentMessages,
        observer: LineObserver,
        keeps_orders_back: bool = False,
    ) -> None:
        self.session = session
        self.session_id = session.config.session_id
        self.logged_on = False
        self.observer = observer
        self._writer = writer
        self._application = application
        self._sent = sent
        self._keeps_orders_back = keeps_orders_back
        self._transport: asyncio.Transport | None = None
        self._queue: deque[Output] = deque()
        self._working = False
        self._out: list[bytes] = []

    # The transport's side

    @property
    def connected(self) -> bool:
        return self._transport is not None

    def attach(self, transport: asyncio.Transport) -> None:
        """The transport is up."""
        self._transport = transport
        self.session.connected(self._writer.now_ns())
        self._work()

    def received(self, data: bytes) -> None:
        before = self.session.next_in
        self.session.receive(data, self._writer.now_ns())
        self.observer.fix_received(self.session_id, max(self.session.next_in - before, 0))
        self._work()
        if self._writer.is_congested():
            self._pause()

    def _pause(self) -> None:
        """Read no more of this peer until what waits now is durable."""
        transport = self._transport
        if transport is None or transport.is_closing() or not transport.is_reading():
            return

        def resume() -> None:
            if not transport.is_closing():
                transport.resume_reading()

        transport.pause_reading()
        self._writer.release_call(resume)

    def lost(self) -> None:
        """The transport is gone."""
        self._transport = None
        self._out.clear()
        if self.session.state is not SessionState.DISCONNECTED:
            self.session.disconnected(self._writer.now_ns())
        self._work()

    def tick(self) -> None:
        now_ns = self._writer.now_ns()
        if now_ns >= self.session.next_deadline_ns():
            self.session.tick(now_ns)
            self._work()

    # The application's side

    def send(self, msg_type: str, body: bytes) -> None:
        """Number a message now; it leaves when the batch is durable, or when the peer comes back and asks."""
        self.session.send(msg_type, body, self._writer.now_ns())
        self._work()

    def reject(self, message: Message, reason: int, ref_tag: int | None, text: str) -> None:
        self.session.reject(message, reason, ref_tag, text, self._writer.now_ns())
        self._refused(message, text)
        self._work()

    def business_reject(self, message: Message, reason: int, text: str, ref_id: str) -> None:
        self.session.business_reject(message, reason, text, self._writer.now_ns(), ref_id)
        self._refused(message, text)
        self._work()

    def logout(self, text: str) -> None:
        self.session.logout(text, self._writer.now_ns())
        self._work()

    # ports.Outlet

    def deliver(self, payload: bytes, connection: int) -> None:
        if self._transport is not None and self.session.is_current(connection):
            self._out.append(payload)

    def flush(self) -> None:
        transport = self._transport
        if transport is None or not self._out:
            return
        transport.write(b"".join(self._out))
        self.observer.fix_sent(self.session_id, len(self._out))
        self._out.clear()
        if transport.get_write_buffer_size() > MAX_UNREAD_BYTES:
            transport.abort()

    # Outputs

    def _work(self) -> None:
        self._queue.extend(self.session.drain())
        if self._working:
            return
        if self._writer.is_halted():
            self._queue.clear()
            return
        self._working = True
        try:
            while self._queue:
                self._perform(self._queue.popleft())
                self._queue.extend(self.session.drain())
        finally:
            self._working = False

    def _perform(self, output: Output) -> None:
        if isinstance(output, Received):
            self._writer.record(SessionReceived(self._writer.now_ns(), self.session_id, output.next_in))
        elif isinstance(output, Deliver):
            self._application.on_message(self, output.message)
        elif isinstance(output, Sent):
            self._number(output)
        elif isinstance(output, Write):
            self._writer.release(self, output.frame, output.connection)
        elif isinstance(output, ResendNeeded):
            self._resend(output)
        elif isinstance(output, SequenceReset):
            event = SessionReset(self._writer.now_ns(), self.session_id, output.next_in, output.next_out)
            self._writer.record(event)
        elif isinstance(output, LoggedOn):
            self.logged_on = True
            self.observer.fix_state(self.session_id, True, "")
            self._application.on_logged_on(self)
        elif isinstance(output, LoggedOut):
            self.logged_on = False
            self.observer.fix_state(self.session_id, False, output.reason)
            self._application.on_logged_out(self, output.reason)
        elif isinstance(output, Refused):
            self._refused(output.message, output.text)
        elif isinstance(output, Disconnect):
            self._disconnect(output)

    def _number(self, sent: Sent) -> None:
        self._writer.record(
            SessionSent(
                at_ns=self._writer.now_ns(),
                session=self.session_id,
                msg_seq_num=sent.seq,
                msg_type=sent.msg_type,
                sending_time=sent.sending_time.decode("ascii"),
                poss_resend=sent.poss_resend,
                body=sent.body if sent.resendable else b"",
            )
        )
        if sent.connection != NO_CONNECTION:
            self._writer.release(self, sent.frame, sent.connection)

    def _resend(self, request: ResendNeeded) -> None:
        kept = [] if self._keeps_orders_back else self._sent.read(self.session_id, request.begin, request.end)
        self.session.resend(request, kept, self._sent.through(self.session_id), self._writer.now_ns())

    def _refused(self, message: Message, text: str) -> None:
        event = SessionRefused(self._writer.now_ns(), self.session_id, message.seq_num, text, message.raw)
        self._writer.record(event)

    def _disconnect(self, output: Disconnect) -> None:
        transport = self._transport

        def close() -> None:
            if transport is not None and self._transport is transport:
                transport.close()

        self.observer.fix_state(self.session_id, False, output.reason)
        self._writer.release_call(close)

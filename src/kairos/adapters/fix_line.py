"""A FIX session on a transport: bytes in, outputs journaled and let out, in order.

The session itself does no I/O (`kairos.fix.session`). A line gives it bytes and the time, and turns its outputs into
facts of the batch in hand and effects that wait for it. Outputs are worked off strictly first in, first out: handling
one may make others, and numbers must reach the wire in their order. How far a burst has come is noted once, behind all
that it caused and in the same batch.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final, Protocol

from mypy_extensions import i64

from kairos.adapters.fix_mapping.rejection import OTHER
from kairos.adapters.fix_observer import LineObserver
from kairos.adapters.fix_pipe import FixPipe
from kairos.adapters.fix_resend import ResendPump
from kairos.adapters.fix_turns import Turns
from kairos.adapters.sent_messages import SentMessages
from kairos.fix import tags
from kairos.fix.handshake import PEER_LOGGED_OUT
from kairos.fix.logon import without_secrets
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
    TestAnswered,
    Write,
)
from kairos.fix.session import UNBOUNDED, Session
from kairos.fix.session_state import SessionState
from kairos.model.events import SessionReceived, SessionRefused, SessionReset, SessionSent
from kairos.ports import Outlet, Writer

REJECTS: Final = frozenset((tags.REJECT, tags.BUSINESS_MESSAGE_REJECT))
"""Never answered with one of them: two sides that refuse each other's refusals would never end."""
INTERNAL_ERROR: Final = "the message could not be processed: internal error"
# What the transport still holds for a peer that we hang up on has so long to leave; then the connection is cut, since
# one that never reads would keep its session from connecting again.
CLOSE_TIMEOUT_NS: Final = 5_000_000_000


class Application(Protocol):
    """What a line serves: the client gateway, the venue gateway, the market data feed."""

    def on_message(self, line: FixLine, message: Message) -> None:
        """An application message, in sequence, once."""

    def on_logged_on(self, line: FixLine) -> None: ...

    def on_logged_out(self, line: FixLine, reason: str) -> None:
        """The session has ended; `line.ended_by_wish` says whether either side wished it."""


class FixLine(Outlet):
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
        self.keeps_orders_back = keeps_orders_back
        self.logged_on = False
        self.ended_by_wish = False
        self.last_in_ns = self.last_out_ns = self.logged_on_ns = 0  # 0: never, in this process
        self.observer = observer
        self.on_test_answered: Callable[[str], None] | None = None
        self.on_kept_back: Callable[[], None] | None = None  # the peer asked again for what it does not get again
        self.pipe = FixPipe()
        self.pump = ResendPump(session, writer, sent, self.pipe, self._count_sent, keeps_orders_back)
        self.turns = Turns(writer, self._take_turn)
        self._writer = writer
        self._application = application
        self._left: list[Output] = []  # what one that failed kept from being worked off
        self._numbered_ns: i64 = 0  # when the messages in hand were numbered; 0: look at the clock for the next one
        self._sending_time, self._sending_text = b"", ""  # of the last message: a burst has one
        self._next_in: i64 = 0  # how far the burst in hand has come; 0 when that is noted
        self._working = False
        self._asked_to_end = False
        self._reset_by = ("", "")
        self._cut_at_ns = 0  # 0: nothing is being closed
        self._unheard = 0  # resendable messages since the peer was last logged on, in this process

    # The transport's side

    @property
    def connected(self) -> bool:
        return self.pipe.transport is not None

    def attach(self, transport: asyncio.Transport) -> None:
        """The transport is up."""
        self.pipe.attach(transport)
        self.turns.begin(transport)
        self._cut_at_ns, self._asked_to_end = 0, False
        self.session.connected(self._writer.now_ns())
        self._work()

    def received(self, data: bytes) -> None:
        self.last_in_ns = self._writer.now_ns()
        self.session.feed(data)
        if not self.turns.waiting:
            self._take_turn()

    def _take_turn(self) -> None:
        now_ns = self._writer.now_ns()
        more = self._take(now_ns, self.turns.room(now_ns))
        try:
            self._work()
        finally:
            self.turns.rest(more, now_ns)

    def _take(self, now_ns: i64, most: i64) -> bool:
        session = self.session
        before = session.next_in
        more = session.take(now_ns, most)
        self.observer.fix_received(self.session_id, max(session.next_in - before, 0))
        return more

    def drained(self) -> None:
        """The transport has room again after it was full."""
        self.pump.resume()
        self._work()

    def lost(self) -> None:
        """The transport is gone. What was read of it before is still worked off."""
        self.turns.begin(None)
        self._take(self._writer.now_ns(), UNBOUNDED)
        self._work()
        self.pipe.detach()
        self.pump.stop()
        if self.session.state is not SessionState.DISCONNECTED:
            self.session.disconnected(self._writer.now_ns())
        self._work()

    def tick(self) -> None:
        now_ns = self._writer.now_ns()
        if now_ns >= self.session.next_deadline_ns():
            self.session.tick(now_ns)
            self._work()
        if 0 < self._cut_at_ns <= now_ns:
            self._cut_at_ns = 0
            self.pipe.cut()

    # The application's side

    def send(self, msg_type: str, body: bytes, poss_resend: bool = False, appl_ver_id: str = "") -> None:
        """Number a message now; it leaves when the batch is durable, or when the peer comes back and asks."""
        self.session.send(msg_type, body, self._writer.now_ns(), poss_resend, appl_ver_id)
        self._work()

    def reject(self, message: Message, reason: int, ref_tag: int | None, text: str) -> None:
        self.session.reject(message, reason, ref_tag, text, self._writer.now_ns())
        self._refused(message, text)
        self._work()

    def business_reject(self, message: Message, reason: int, text: str, ref_id: str) -> None:
        self.session.business_reject(message, reason, text, self._writer.now_ns(), ref_id)
        self._refused(message, text)
        self._work()

    def keep(self, message: Message, text: str) -> None:
        """Journal a message that can't be acted upon and gets no answer."""
        self._refused(message, text)

    def logout(self, text: str) -> None:
        self._asked_to_end = True
        self.session.logout(text, self._writer.now_ns())
        self._work()

    # The operator's side; a wish that does not fit the session's state is a LocalError

    def reset(self, reason: str, user_id: str = "", next_in: int = 1, next_out: int = 1) -> None:
        """Begin a new epoch of numbers, while disconnected; journaled, also where the numbers stay as they are."""
        self.session.set_numbers(next_in, next_out, self._writer.now_ns())
        self._reset_by = (reason, user_id)
        self._work()

    def resend(self, begin: int, end: int) -> None:
        self.session.resend_unasked(begin, end)
        self._work()

    def test(self, test_req_id: str) -> None:
        self.session.test(test_req_id, self._writer.now_ns())
        self._work()

    # ports.Outlet

    def deliver(self, payload: bytes, connection: int) -> None:
        if self.pipe.transport is None or not self.session.is_current(connection):
            return
        if self.pump.active:
            self.pump.hold(payload)
        else:
            self.pipe.put(payload)

    def flush(self) -> None:
        self._count_sent(self.pipe.flush())

    def _count_sent(self, count: int) -> None:
        if count:
            self.last_out_ns = self._writer.now_ns()
            self.observer.fix_sent(self.session_id, count)

    # Outputs

    def _work(self) -> None:
        """Work the session's outputs off. Handling one may call this again, which leaves it to the turn under way."""
        if self._working:
            return
        if self._writer.is_halted():
            self._left = []
            self.session.drain()
            return
        self._working = True
        try:
            self._work_off()
        finally:
            self._working = False
        if self.pump.take_turn():
            self._writer.release_call(self._go_on)

    def _work_off(self) -> None:
        outputs, self._left = self._left + self.session.drain(), []
        while outputs:
            self._numbered_ns = 0
            for place, output in enumerate(outputs):
                try:
                    self._perform(output)
                except Exception:
                    self._left = outputs[place + 1 :]
                    raise
            outputs = self.session.drain()
        self._note_received()

    def _note_received(self) -> None:
        if self._next_in:
            self._writer.record(SessionReceived(self._writer.now_ns(), self.session_id, self._next_in))
            self._next_in = 0

    def _go_on(self) -> None:
        """A piece of an answer to a ResendRequest has left."""
        was_active = self.pump.active
        self._resend(self.pump.go_on)
        if was_active and not self.pump.active and self.logged_on and self.on_kept_back is not None:
            self._tell(self.on_kept_back)
        self._work()

    def _answer_request(self, request: ResendNeeded, turns: int = 2) -> None:
        """What was numbered and never written on this connection must be durable first, since no original of it will
        follow. It is after two turns: that of the batch in hand, and one more to hear that it is."""
        if turns == 0 or self.pump.is_kept(self.session.last_unwritten):
            self._resend(lambda: self.pump.ask(request))
            return

        def ask_again() -> None:
            self._answer_request(request, turns - 1)
            self._work()

        self._writer.release_call(ask_again)

    def _resend(self, answer: Callable[[], None]) -> None:
        """A journal that can't be read must not stop the house; the peer asks again when it is back."""
        try:
            answer()
        except Exception as error:
            self._defect(error)
            self.pump.stop()
            self.pipe.cut()

    def _perform(self, output: Output) -> None:
        if isinstance(output, Received):
            self._next_in = output.next_in
        elif isinstance(output, Deliver):
            self._deliver(output.message)
            self._numbered_ns = 0
        elif isinstance(output, Sent):
            self._number(output)
        elif isinstance(output, Write):
            self._writer.release(self.pump, output.frame, output.connection)
        elif isinstance(output, ResendNeeded):
            self._answer_request(output)
        elif isinstance(output, SequenceReset):
            self._begin_epoch(output)
        elif isinstance(output, Refused):
            self._refused(output.message, output.text)
        else:
            self._change_state(output)

    def _change_state(self, output: Output) -> None:
        if isinstance(output, LoggedOn):
            self.logged_on = True
            self._unheard = 0
            self.logged_on_ns = self._writer.now_ns()
            self.observer.fix_state(self.session_id, True, "")
            self._tell(lambda: self._application.on_logged_on(self))
        elif isinstance(output, LoggedOut):
            self.logged_on = False
            self.ended_by_wish = self._asked_to_end or output.reason.startswith(PEER_LOGGED_OUT)
            self.observer.fix_state(self.session_id, False, output.reason)
            self._tell(lambda: self._application.on_logged_out(self, output.reason))
        elif isinstance(output, Disconnect):
            self._disconnect(output)
        elif isinstance(output, TestAnswered) and self.on_test_answered is not None:
            self.on_test_answered(output.test_req_id)

    def _deliver(self, message: Message) -> None:
        """What our own code can't take is answered like anything that can't be processed, and the sequence goes on."""
        try:
            self._application.on_message(self, message)
        except Exception as error:
            if self._defect(error) and message.msg_type not in REJECTS:
                self.business_reject(message, OTHER, INTERNAL_ERROR, message.get(tags.CL_ORD_ID))
            else:
                self.keep(message, INTERNAL_ERROR)

    def _tell(self, change: Callable[[], None]) -> None:
        try:
            change()
        except Exception as error:
            self._defect(error)

    def _defect(self, error: Exception) -> bool:
        """Whether the house goes on after it: a writer that has halted says itself why."""
        if self._writer.is_halted():
            return False
        self.observer.fix_defect(self.session_id, error)
        return True

    def _number(self, sent: Sent) -> None:
        if self._numbered_ns == 0:
            self._numbered_ns = self._writer.now_ns()
        if sent.sending_time is not self._sending_time:
            self._sending_time, self._sending_text = sent.sending_time, sent.sending_time.decode("ascii")
        self._writer.record(
            SessionSent(
                at_ns=self._numbered_ns,
                session=self.session_id,
                msg_seq_num=sent.seq,
                msg_type=sent.msg_type,
                sending_time=self._sending_text,
                poss_resend=sent.poss_resend,
                body=sent.body if sent.resendable else b"",
                header=sent.header if sent.resendable else b"",
            )
        )
        if sent.connection == NO_CONNECTION:
            self._unheard += 1
        else:
            # A Logon comes first, even where it caused the answer that other originals wait behind.
            outlet = self.pump if sent.msg_type == tags.LOGON else self
            self._writer.release(outlet, sent.frame, sent.connection)

    def _begin_epoch(self, reset: SequenceReset) -> None:
        """What was held behind an answer has numbers of the old epoch."""
        self._note_received()
        self.pump.stop()
        if self._unheard:
            self.observer.fix_given_up(self.session_id, self._unheard)
            self._unheard = 0
        (reason, user_id), self._reset_by = self._reset_by, ("", "")
        now_ns = self._writer.now_ns()
        self._writer.record(SessionReset(now_ns, self.session_id, reset.next_in, reset.next_out, reason, user_id))

    def _refused(self, message: Message, text: str) -> None:
        raw = without_secrets(message).raw
        self._writer.record(SessionRefused(self._writer.now_ns(), self.session_id, message.seq_num, text, raw))

    def _disconnect(self, output: Disconnect) -> None:
        transport = self.pipe.transport

        def close() -> None:
            if transport is not None and self.pipe.transport is transport:
                self.pump.give_up()
                transport.close()
                self._cut_at_ns = self._writer.now_ns() + CLOSE_TIMEOUT_NS

        self.observer.fix_state(self.session_id, False, output.reason)
        self._writer.release_call(close)

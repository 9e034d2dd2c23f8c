"""Answers a line's ResendRequests a piece at a time, so that a long one neither fills memory nor delays anybody else.

Theory of operation. A piece is read from the journal, encoded, and let out through the writer like all else; behind it
waits a call that takes the next one. So between two pieces every other session has its turn, and while the peer's
transport is full the answer rests. Originals that become due meanwhile are held behind the answer and leave after it:
the peer gets numbers in ascending order, and each once. What it can't get that way (the line is lost, or too much is
held) it asks for again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kairos.adapters.fix_pipe import MAX_UNREAD_BYTES, FixPipe
from kairos.adapters.sent_messages import SentCursor, SentMessages
from kairos.fix.outputs import ResendNeeded
from kairos.fix.session import Session
from kairos.ports import Outlet, Writer


class ResendPump(Outlet):
    """Of one line. It is the outlet of resent frames; originals are given to `hold` while it is active."""

    def __init__(
        self,
        session: Session,
        writer: Writer,
        sent: SentMessages,
        pipe: FixPipe,
        count_sent: Callable[[int], None],
        keeps_orders_back: bool,
    ) -> None:
        self.request: ResendNeeded | None = None
        self._session: Final = session
        self._session_id: Final = session.config.session_id
        self._writer: Final = writer
        self._sent: Final = sent
        self._pipe: Final = pipe
        self._count_sent: Final = count_sent
        self._keeps_orders_back: Final = keeps_orders_back
        self._active = False
        self._through = 0
        self._cursor: SentCursor | None = None
        self._rests = False
        self._turn_due = False
        self._turn_waits = False
        self._held: list[bytes] = []
        self._held_bytes = 0

    @property
    def held(self) -> int:
        """How many originals wait behind the answer."""
        return len(self._held)

    @property
    def active(self) -> bool:
        return self._active

    def is_kept(self, seq: int) -> bool:
        """Whether all up to that number is durable, and has left if it had somewhere to leave to."""
        return seq <= self._sent.through(self._session_id)

    def ask(self, request: ResendNeeded) -> None:
        """The peer lacks a range. The session gives one request at a time, and the next when that is answered.

        Nothing is answered here but in turns: a peer that asks without end gets a piece for each, like one that asks
        once for all.
        """
        if not self._active:
            # What has a higher number has not left yet, and none of it will before the answer has.
            self._through = self._sent.through(self._session_id)
            self._active = True
        self.request = request
        self._open(request)
        self._turn_due = True

    def _open(self, request: ResendNeeded) -> None:
        self._close()
        if not self._keeps_orders_back:
            end = min(request.end, self._through) if request.end else self._through
            self._cursor = self._sent.walk(self._session_id, request.begin, end)

    def take_turn(self) -> bool:
        """Whether `go_on` is to be called when what was released so far has left; one call at a time."""
        due = self._turn_due and not self._turn_waits
        if due:
            self._turn_due, self._turn_waits = False, True
        return due

    def go_on(self) -> None:
        """The piece before has left; the caller drains the session."""
        self._turn_waits = self._turn_due = False
        if not self._active or self._writer.is_halted():
            return
        if self.request is None:
            self._finish()
        elif self._pipe.is_full():
            self._rests = True
        else:
            self._answer()

    def resume(self) -> None:
        """The transport has room again."""
        if self._rests:
            self._rests = False
            self._turn_due = True

    def _answer(self) -> None:
        """One piece, unless the journal held nothing for it so far."""
        request, cursor = self.request, self._cursor
        assert request is not None
        self._turn_due = True
        kept = cursor.piece() if cursor is not None else []
        piece_end = 0  # all the rest
        if cursor is not None and not cursor.done:
            piece_end = cursor.through
            if piece_end < request.begin:
                return
        self.request = self._session.resend(request, kept, self._through, self._writer.now_ns(), piece_end)

    def hold(self, frame: bytes) -> None:
        """An original that is due while an answer is under way."""
        self._held.append(frame)
        self._held_bytes += len(frame)
        if self._held_bytes > MAX_UNREAD_BYTES:
            self._pipe.cut()

    def _finish(self) -> None:
        """The answer has left; what was held behind it follows."""
        held = self._held
        self.stop()
        for frame in held:
            self._pipe.put(frame)
        self.flush()

    def give_up(self) -> None:
        """The session is about to end: what the peer lacks it will ask for again."""
        if self._active:
            self._finish()

    def stop(self) -> None:
        """Forget the answer and what is held: the transport is gone, or the numbers begin anew."""
        self._close()
        self.request = None
        self._active = self._rests = self._turn_due = False
        self._held, self._held_bytes = [], 0

    def _close(self) -> None:
        if self._cursor is not None:
            self._cursor.close()
            self._cursor = None

    # ports.Outlet

    def deliver(self, payload: bytes, connection: int) -> None:
        if self._session.is_current(connection):
            self._pipe.put(payload)

    def flush(self) -> None:
        self._count_sent(self._pipe.flush())

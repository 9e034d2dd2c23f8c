"""How much of a peer is worked off in one turn of the loop, and when it is read again.

One read may bring more than a turn should take. The rest waits, other lines have their turn, and nothing more is read
of this peer until all of it is worked off. The same holds while more waits to be durable than should
(`ports.Writer.is_congested`), and for a session with a pace until the next message fits it. TCP meanwhile holds the
sender back: nothing is lost, nothing overtakes, and what waits in our memory is one read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final, Protocol

from mypy_extensions import i64

from kairos.ports import Writer

# Some 2 ms of work: nobody's cancel waits longer than that for each other session that floods.
MAX_TURN_MESSAGES: Final = 200


class Bucket(Protocol):
    """A pace that a session must keep (`fix_pace.TokenBucket`)."""

    def room(self, now_ns: int) -> int:
        """How many messages may pass now."""

    def wait_ns(self, now_ns: int) -> int:
        """How long until there is room for one; 0 when there is."""


class Turns:
    """Of one line. `take_turn` works off what `room` allows and ends with `rest`."""

    def __init__(self, writer: Writer, take_turn: Callable[[], None]) -> None:
        self.bucket: Bucket | None = None
        self.waiting: bool = False  # the next turn comes by itself; until then what is read is only kept
        self._writer: Final = writer
        self._take_turn: Final = take_turn
        self._transport: asyncio.Transport | None = None
        self._paused: bool = False

    def begin(self, transport: asyncio.Transport | None) -> None:
        """A transport is up, or gone (None): what waited for the one before is forgotten."""
        self._transport = transport
        self.waiting = False
        self._paused = False

    def room(self, now_ns: i64) -> i64:
        """How many messages may be worked off in this turn."""
        if self._writer.is_congested():
            return 0
        bucket = self.bucket
        return MAX_TURN_MESSAGES if bucket is None else min(bucket.room(now_ns), MAX_TURN_MESSAGES)

    def rest(self, more: bool, now_ns: i64) -> None:
        """The turn is over. `more`: messages may wait that it had no room for."""
        bucket = self.bucket
        wait_ns = 0 if bucket is None else bucket.wait_ns(now_ns)
        if self._writer.is_congested():
            self._wait()
            self._writer.release_call(self._next_turn())
        elif more or wait_ns > 0:
            self._wait()
            self._writer.call_later(wait_ns, self._next_turn())
        elif self._paused:
            self._read_on()

    def _next_turn(self) -> Callable[[], None]:
        transport = self._transport

        def go_on() -> None:
            if self._transport is transport and self.waiting:
                self.waiting = False
                self._take_turn()

        return go_on

    def _wait(self) -> None:
        self.waiting = True
        transport = self._transport
        if not self._paused and transport is not None and not transport.is_closing():
            self._paused = True
            transport.pause_reading()

    def _read_on(self) -> None:
        self._paused = False
        transport = self._transport
        if transport is not None and not transport.is_closing():
            transport.resume_reading()

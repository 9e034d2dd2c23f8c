"""Keeps memory lines on a port until it is told to stop.

The acceptor of the desk guards its door by address, password and certificate; a tool lets in whoever knows the names.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Mapping
from typing import Protocol

from kairos.adapters.fix_connection import FixConnection, Line
from kairos.fix.errors import RemoteError
from kairos.fix.framing import FrameReader
from kairos.fix.logon import session_id_of
from kairos.fix.parser import parse

# Most peers themselves give up at ten.
LOGON_TIMEOUT_S = 8.0
# Heartbeats are counted in seconds: ten looks in each are enough.
TICK_S = 0.1

TurnedAway = Callable[[str], None]


class TickedLine(Line, Protocol):
    """A line that is looked after several times a second."""

    def tick(self) -> None: ...


class Caller(FixConnection):
    """A connection that belongs to nobody until its first message names a free line."""

    def __init__(
        self, lines: Mapping[str, TickedLine], turned_away: TurnedAway, left: Callable[[Caller], None]
    ) -> None:
        super().__init__(None, lambda _: left(self))
        self._lines = lines
        self._turned_away = turned_away
        self._early = b""
        self._frames = FrameReader()
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._timer = asyncio.get_running_loop().call_later(LOGON_TIMEOUT_S, self._refuse, "no Logon(A) in time")

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.line is not None:
            self.line.received(data)
            return
        self._early += data
        try:
            self._frames.feed(data)
            frame = self._frames.next()
            if frame is not None:
                self._enter(session_id_of(parse(frame)))
        except RemoteError as error:
            self._refuse(str(error))

    def _enter(self, session_id: str) -> None:
        line = self._lines.get(session_id)
        if line is None or line.connected:
            self._refuse(f"{session_id} is connected already" if line else f"there is no session {session_id}")
            return
        assert self.transport is not None
        self._stop_timer()
        self.line = line
        line.attach(self.transport)
        line.received(self._early)

    def _refuse(self, why: str) -> None:
        assert self.transport is not None
        self._stop_timer()
        self._turned_away(why)
        self.transport.close()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def stop_on_signals() -> asyncio.Event:
    """An event that SIGINT and SIGTERM set; call it inside the loop."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    return stopped


async def serve_lines(
    lines: Mapping[str, TickedLine],
    host: str,
    port: int,
    ready: Callable[[int], None],
    turned_away: TurnedAway,
    stopped: asyncio.Event,
) -> None:
    """`ready` is called with the port, which is chosen when it was 0."""
    callers: set[Caller] = set()

    def caller() -> Caller:
        made = Caller(lines, turned_away, callers.discard)
        callers.add(made)
        return made

    server = await asyncio.get_running_loop().create_server(caller, host, port)
    ready(server.sockets[0].getsockname()[1])
    try:
        while not stopped.is_set():
            for line in lines.values():
                line.tick()
            try:
                await asyncio.wait_for(stopped.wait(), TICK_S)
            except TimeoutError:
                continue
    finally:
        server.close()
        for each in callers:
            if each.transport is not None:
                each.transport.close()
        await server.wait_closed()

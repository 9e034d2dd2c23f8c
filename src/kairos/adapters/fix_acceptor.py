"""Takes in FIX clients: a connection belongs to nobody until its Logon(A) names a configured session."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Mapping
from typing import cast

from kairos.adapters.fix_line import FixLine
from kairos.fix.errors import RemoteError
from kairos.fix.framing import FrameReader
from kairos.fix.logon import session_id_of
from kairos.fix.parser import parse

# As long as a session waits for its Logon; a stranger gets no more.
LOGON_TIMEOUT_S = 8.0
# A Logon(A) has some hundred bytes; what comes before one is not kept beyond this.
MAX_BYTES_BEFORE_LOGON = 65_536


class FixConnection(asyncio.Protocol):
    """One transport of a line, whichever side opened it. `on_lost` is called after the line knows."""

    def __init__(self, line: FixLine | None, on_lost: Callable[[FixConnection], None]) -> None:
        self.line = line
        self.transport: asyncio.Transport | None = None
        self._on_lost = on_lost

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is one in all but its bases
        sock = transport.get_extra_info("socket")
        if sock is not None:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.line is not None:
            self.line.attach(self.transport)

    def data_received(self, data: bytes) -> None:
        if self.line is not None:
            self.line.received(data)

    def connection_lost(self, exc: Exception | None) -> None:
        if self.line is not None:
            self.line.lost()
        self._on_lost(self)


class AcceptedConnection(FixConnection):
    """A connection that has yet to say whose it is."""

    def __init__(self, acceptor: FixAcceptor) -> None:
        super().__init__(None, acceptor.forget)
        self._acceptor = acceptor
        self._early = b""
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._acceptor.open.add(self)
        self._timer = asyncio.get_running_loop().call_later(LOGON_TIMEOUT_S, self._too_late)

    def data_received(self, data: bytes) -> None:
        if self.line is not None:
            self.line.received(data)
            return
        self._early += data
        if len(self._early) > MAX_BYTES_BEFORE_LOGON:
            self._refuse("no Logon(A) in the first 64 KiB")
            return
        self._identify()

    def _identify(self) -> None:
        assert self.transport is not None
        try:
            wanted = wanted_session(self._early)
        except RemoteError as error:
            self._refuse(str(error))
            return
        if not wanted:
            return
        line, why = self._acceptor.line_for(wanted, self.transport)
        if line is None:
            self._refuse(why)
            return
        self._stop_timer()
        self.line = line
        line.attach(self.transport)
        line.received(self._early)
        self._early = b""

    def _too_late(self) -> None:
        if self.line is None:
            self._refuse("no Logon(A) in time")

    def _refuse(self, why: str) -> None:
        assert self.transport is not None
        self._acceptor.observer(self.transport.get_extra_info("peername"), why)
        self.transport.close()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_timer()
        super().connection_lost(exc)


def wanted_session(data: bytes) -> str:
    """Our name of the session that the first message asks for; empty while it is not all there."""
    reader = FrameReader()
    reader.feed(data)
    frame = reader.next()
    if frame is None:
        return ""
    return session_id_of(parse(frame))


class FixAcceptor:
    """Listens for clients. `allows(session, address)` says whether a session may come from an address;
    `observer(peer, why)` is told of every connection that was turned away.
    """

    def __init__(
        self,
        lines: Mapping[str, FixLine],
        allows: Callable[[str, str], bool],
        observer: Callable[[object, str], None],
    ) -> None:
        self.lines = lines
        self.allows = allows
        self.observer = observer
        self.open: set[FixConnection] = set()
        self._server: asyncio.Server | None = None

    async def start(self, host: str, port: int) -> int:
        """Listen; returns the port (one is chosen when it was 0)."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: AcceptedConnection(self), host, port)
        address: tuple[str, int] = self._server.sockets[0].getsockname()
        return address[1]

    def line_for(self, wanted: str, transport: asyncio.Transport) -> tuple[FixLine | None, str]:
        """The line that a Logon(A) asks for, or why it may not have it."""
        line = self.lines.get(wanted)
        if line is None:
            return None, f"no session {wanted} is configured"
        peer = transport.get_extra_info("peername")
        if peer and not self.allows(wanted, peer[0]):
            return None, f"{peer[0]} is not an allowed address of {wanted}"
        if line.connected:
            return None, f"{wanted} is connected already"
        return line, ""

    def forget(self, connection: FixConnection) -> None:
        self.open.discard(connection)

    async def stop(self) -> None:
        """Stop listening; lines that are still up are cut."""
        if self._server is not None:
            self._server.close()
        for connection in list(self.open):
            if connection.transport is not None:
                connection.transport.close()
        if self._server is not None:
            await self._server.wait_closed()

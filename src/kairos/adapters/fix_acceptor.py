"""Takes in FIX clients: a connection belongs to nobody until its Logon(A) names a session that it may have.

Until then it is bounded in number, time and bytes, and turned away without a word. A line learns of a connection only
when all has been checked, the password last and on a thread of its own: who is turned away takes no number, disturbs
no session that is up, and costs the order path next to nothing.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Mapping

from kairos.adapters.fix_connection import FixConnection, Line
from kairos.adapters.fix_door import Credentials, Door, Peer, peer_of
from kairos.adapters.fix_tls_listener import TlsListener
from kairos.adapters.logon_guard import LogonGuard
from kairos.fix import tags
from kairos.fix.errors import RemoteError
from kairos.fix.framing import FrameReader
from kairos.fix.logon import credentials_of, session_id_of
from kairos.fix.message import Message
from kairos.fix.parser import parse

# As long as a session waits for its Logon; a stranger gets no more.
LOGON_TIMEOUT_S = 8.0
# A Logon(A) has some hundred bytes; what comes before one is not kept beyond this.
MAX_BYTES_BEFORE_LOGON = 65_536


class AcceptedConnection(FixConnection):
    """A connection that has yet to say whose it is. `has_place`: the guard has let it in already."""

    def __init__(self, acceptor: FixAcceptor, has_place: bool = False) -> None:
        super().__init__(None, acceptor.forget)
        self._acceptor = acceptor
        self._address = ""
        self._has_place = has_place
        self._refused = False
        self._early = b""
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None

    # asyncio.Protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        assert self.transport is not None
        self._acceptor.open.add(self)
        loop = asyncio.get_running_loop()
        self._address = peer_of(transport).address
        why = "" if self._has_place else self._acceptor.guard.enter(self._address, loop.time())
        if why:
            self._refuse(why)
            return
        self._has_place = True
        self._timer = loop.call_later(LOGON_TIMEOUT_S, self._refuse, "no Logon(A) in time")

    def data_received(self, data: bytes) -> None:
        if self.line is not None:
            self.line.received(data)
            return
        self._early += data
        if len(self._early) > MAX_BYTES_BEFORE_LOGON:
            self._refuse("no Logon(A) in the first 64 KiB")
        elif self._task is None:
            self._identify()

    def connection_lost(self, exc: Exception | None) -> None:
        self._settle()
        if self._task is not None:
            self._task.cancel()
        super().connection_lost(exc)

    # From a stranger to a line

    def _identify(self) -> None:
        try:
            logon = first_message(self._early)
        except RemoteError as error:
            self._refuse(_without_value(error, self._early))
            return
        if logon is None or self.transport is None:
            return
        wanted, peer = session_id_of(logon), peer_of(self.transport)
        line, why = self._acceptor.line_for(wanted, peer)
        if line is None:
            self._refuse(why)
            return
        asked = self._acceptor.door.credentials(wanted)
        if asked is None:
            self._enter(line)
        elif self._acceptor.guard.begin_check():
            self.transport.pause_reading()
            check = self._check(wanted, peer, asked, logon)
            self._task = asyncio.get_running_loop().create_task(check, name=f"password of {wanted}")
        else:
            self._refuse("too many Logons wait to be checked")

    async def _check(self, wanted: str, peer: Peer, asked: Credentials, logon: Message) -> None:
        acceptor, loop = self._acceptor, asyncio.get_running_loop()
        try:
            async with acceptor.checking:
                blocked = acceptor.guard.is_blocked(self._address, loop.time())  # by those that came before it
                fits = not blocked and await asyncio.to_thread(asked.fit, *said_by(logon))
        finally:
            acceptor.guard.end_check()
        if not fits:
            acceptor.guard.failed(self._address, loop.time())
            self._refuse(f"wrong username or password for {wanted}")
            return
        acceptor.guard.succeeded(self._address)
        line, why = acceptor.line_for(wanted, peer)  # it may have been taken meanwhile
        if line is None:
            self._refuse(why)
        else:
            self._enter(line)

    def _enter(self, line: Line) -> None:
        transport = self.transport
        if transport is None or transport.is_closing():
            return
        self._settle()
        self.join(line)
        transport.resume_reading()
        early, self._early = self._early, b""
        line.received(early)

    def _refuse(self, why: str) -> None:
        if self.transport is None or self._refused:
            return
        self._refused = True
        self._acceptor.observer(self.transport.get_extra_info("peername"), why)
        if self._task is not None and self._task is not asyncio.current_task():
            self._task.cancel()
        self.transport.close()

    def _settle(self) -> None:
        """It is a stranger no longer, or gone."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._has_place:
            self._has_place = False
            self._acceptor.guard.leave(self._address)


def first_message(data: bytes) -> Message | None:
    """The first message, once it is all there."""
    reader = FrameReader()
    reader.feed(data)
    frame = reader.next()
    return None if frame is None else parse(frame)


def said_by(logon: Message) -> tuple[str, str]:
    """Username and password of a Logon(A). Before FIX 4.3 there were no fields for them: some use RawData(96)."""
    username, password = credentials_of(logon)
    return username, password or logon.get(tags.RAW_DATA)


def _without_value(error: RemoteError, data: bytes) -> str:
    """What is wrong with a first message, unless the words could hold a piece of a password."""
    secret = any(b"\x01%d=" % tag in data for tag in (tags.PASSWORD, tags.NEW_PASSWORD, tags.RAW_DATA))
    return "the first message is garbled" if secret else str(error)


class FixAcceptor:
    """Listens for clients. `door` says who may have which line; `observer(peer, why)` is told of every connection that
    was turned away."""

    def __init__(self, lines: Mapping[str, Line], door: Door, observer: Callable[[object, str], None]) -> None:
        self.lines = lines
        self.door = door
        self.observer = observer
        self.guard = LogonGuard()
        self.checking = asyncio.Lock()  # one password at a time: they must not take the cores from the order path
        self.open: set[FixConnection] = set()
        self._servers: list[asyncio.Server] = []
        self._tls_listeners: list[TlsListener] = []

    async def start(self, host: str, port: int, tls: ssl.SSLContext | None = None) -> int:
        """Listen; returns the port (one is chosen when it was 0). May be called for several ports."""
        if tls is not None:
            listener = TlsListener(tls, self.guard, lambda: AcceptedConnection(self, has_place=True), self.observer)
            self._tls_listeners.append(listener)
            return listener.start(host, port)
        server = await asyncio.get_running_loop().create_server(lambda: AcceptedConnection(self), host, port)
        self._servers.append(server)
        address: tuple[str, int] = server.sockets[0].getsockname()
        return address[1]

    def line_for(self, wanted: str, peer: Peer) -> tuple[Line | None, str]:
        """The line that a Logon(A) asks for, or why it may not have it."""
        line = self.lines.get(wanted)
        if line is None:
            return None, f"no session {wanted} is configured"
        why = self.door.refusal(wanted, peer)
        if why:
            return None, why
        if line.connected:
            return None, f"{wanted} is connected already"
        return line, ""

    def forget(self, connection: FixConnection) -> None:
        self.open.discard(connection)

    async def close_door(self) -> None:
        """Stop listening: who is in stays."""
        for server in self._servers:
            server.close()
        for listener in self._tls_listeners:
            await listener.stop()

    async def stop(self) -> None:
        """Stop listening; lines that are still up are cut."""
        await self.close_door()
        for connection in list(self.open):
            if connection.transport is not None:
                connection.transport.close()
        for server in self._servers:
            await server.wait_closed()

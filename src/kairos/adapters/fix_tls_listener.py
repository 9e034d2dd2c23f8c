"""The TLS port for FIX clients. A connection takes its place among the strangers when it is accepted, before its
handshake, so that handshakes that never end are bounded like all else.

Sockets are accepted here and then handed to the loop: `start_tls` on a transport that is there already hangs in uvloop
0.23 when clients show certificates.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable, Coroutine
from typing import Final

from kairos.adapters.fix_tls import HANDSHAKE_TIMEOUT_S
from kairos.adapters.logon_guard import LogonGuard

BACKLOG: Final = 100
# After an accept that failed, as for want of file handles: soon enough for clients, and no busy loop.
ACCEPT_AGAIN_S: Final = 0.2


class TlsListener:
    """`make` gives the protocol of a connection that has its place at the `guard` and its handshake done; `observer` is
    told of those that do not come so far."""

    def __init__(
        self,
        tls: ssl.SSLContext,
        guard: LogonGuard,
        make: Callable[[], asyncio.Protocol],
        observer: Callable[[object, str], None],
    ) -> None:
        self._tls: Final = tls
        self._guard: Final = guard
        self._make: Final = make
        self._observer: Final = observer
        self._socket: socket.socket | None = None
        self._tasks: Final[set[asyncio.Task[None]]] = set()

    def start(self, host: str, port: int) -> int:
        """Listen; returns the port."""
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family, backlog=BACKLOG)
        listening.setblocking(False)
        self._socket = listening
        self._run(self._accept(listening))
        bound: int = listening.getsockname()[1]
        return bound

    def _run(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.get_running_loop().create_task(work, name="TLS")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _accept(self, listening: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                accepted, address = await loop.sock_accept(listening)
            except OSError as error:
                self._observer(None, f"no connection could be accepted: {error}")
                await asyncio.sleep(ACCEPT_AGAIN_S)
                continue
            why = self._guard.enter(address[0], loop.time())
            if why:
                self._observer(address, why)
                accepted.close()
            else:
                self._run(self._shake_hands(accepted, address))

    async def _shake_hands(self, accepted: socket.socket, address: tuple[str, int]) -> None:
        try:
            await asyncio.get_running_loop().connect_accepted_socket(
                self._make, accepted, ssl=self._tls, ssl_handshake_timeout=HANDSHAKE_TIMEOUT_S
            )
        except OSError as error:  # an SSLError is one
            self._guard.leave(address[0])
            self._observer(address, f"no TLS: {error}")

    async def stop(self) -> None:
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._socket is not None:
            self._socket.close()

"""Keeps a line to a venue up: connects, and connects again when it is lost, as long as its session is open.

The first tries come quickly, each waiting twice as long as the one before, up to the configured interval: a venue
next door that starts with us is there in a moment, one that is down is not hammered.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass

from kairos.adapters.fix_connection import FixConnection
from kairos.adapters.fix_line import FixLine
from kairos.adapters.fix_tls import HANDSHAKE_TIMEOUT_S

FIRST_WAIT_S = 0.2
# A route that drops packets must not hold up the next try for the minutes that the system would wait.
CONNECT_TIMEOUT_S = 10.0
# How often a session that is closed looks whether it has opened.
CLOSED_WAIT_S = 0.5


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a venue listens. With `tls`, its certificate must be for `server_name`, or for the host where that is
    empty. `reconnect_s` is the longest wait before a further try."""

    host: str
    port: int
    reconnect_s: float
    tls: ssl.SSLContext | None = None
    server_name: str = ""


class FixInitiator:
    """One outgoing connection. `closed` says why it may not be opened now; empty when it may."""

    def __init__(self, line: FixLine, destination: Destination, closed: Callable[[], str] = str) -> None:
        self.line = line
        self._destination = destination
        self._closed = closed
        self._lost = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._connection: FixConnection | None = None

    @property
    def wanted(self) -> bool:
        """Whether the session should be up now."""
        return not self._closed()

    def start(self) -> None:
        self._task = asyncio.create_task(self._keep_up(), name=f"initiator {self.line.session_id}")

    async def _keep_up(self) -> None:
        longest_s = self._destination.reconnect_s
        wait_s = min(FIRST_WAIT_S, longest_s)
        while True:
            if not self.wanted or self.line.connected:  # a try that was given up may have made it after all
                await asyncio.sleep(CLOSED_WAIT_S)
                continue
            self._lost.clear()
            try:
                async with asyncio.timeout(CONNECT_TIMEOUT_S):  # wait_for of Python 3.11 can swallow a cancel
                    self._connection = await self._connect()
                await self._lost.wait()
                wait_s = min(FIRST_WAIT_S, longest_s)
            except OSError as error:  # also a timeout, and a certificate that does not fit
                why = str(error) or f"no answer in {CONNECT_TIMEOUT_S:.0f} s"
                self.line.observer.fix_state(self.line.session_id, False, why)
            self._connection = None
            await asyncio.sleep(wait_s)
            wait_s = min(2 * wait_s, longest_s)

    async def _connect(self) -> FixConnection:
        to, loop = self._destination, asyncio.get_running_loop()
        if to.tls is None:
            return (await loop.create_connection(self._make, to.host, to.port))[1]
        _transport, connection = await loop.create_connection(
            self._make,
            to.host,
            to.port,
            ssl=to.tls,
            server_hostname=to.server_name or to.host,
            ssl_handshake_timeout=HANDSHAKE_TIMEOUT_S,
        )
        return connection

    def _make(self) -> FixConnection:
        return FixConnection(self.line, self._on_lost)

    def _on_lost(self, _connection: FixConnection) -> None:
        self._lost.set()

    async def call_no_more(self) -> None:
        """A connection that is up stays."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def stop(self) -> None:
        await self.call_no_more()
        if self._connection is not None and self._connection.transport is not None:
            self._connection.transport.close()

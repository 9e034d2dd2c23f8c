"""Keeps a line to a venue up: connects, and connects again when it is lost.

The first tries come quickly, each waiting twice as long as the one before, up to the configured interval: a venue
next door that starts with us is there in a moment, one that is down is not hammered.
"""

from __future__ import annotations

import asyncio

from kairos.adapters.fix_acceptor import FixConnection
from kairos.adapters.fix_line import FixLine

FIRST_WAIT_S = 0.2


class FixInitiator:
    """One outgoing connection. `reconnect_s` is the longest wait before a further try."""

    def __init__(self, line: FixLine, host: str, port: int, reconnect_s: float) -> None:
        self.line = line
        self._host = host
        self._port = port
        self._reconnect_s = reconnect_s
        self._lost = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._connection: FixConnection | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._keep_up(), name=f"initiator {self.line.session_id}")

    async def _keep_up(self) -> None:
        loop = asyncio.get_running_loop()
        wait_s = min(FIRST_WAIT_S, self._reconnect_s)
        while True:
            self._lost.clear()
            try:
                _transport, connection = await loop.create_connection(self._make, self._host, self._port)
                self._connection = connection
                await self._lost.wait()
                wait_s = min(FIRST_WAIT_S, self._reconnect_s)
            except OSError as error:
                self.line.observer.fix_state(self.line.session_id, False, str(error))
            self._connection = None
            await asyncio.sleep(wait_s)
            wait_s = min(2 * wait_s, self._reconnect_s)

    def _make(self) -> FixConnection:
        return FixConnection(self.line, self._on_lost)

    def _on_lost(self, _connection: FixConnection) -> None:
        self._lost.set()

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._connection is not None and self._connection.transport is not None:
            self._connection.transport.close()

"""A FIX client on a real socket: the sans-IO session as initiator, its numbers and sent messages kept in memory.

It connects again whenever its line falls, and goes on with its numbers: what either side missed is asked for.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from typing import cast

from kairos.fix.dictionary import load_dictionary
from kairos.fix.message import Message
from kairos.fix.outputs import (
    NO_CONNECTION,
    Deliver,
    Disconnect,
    LoggedOn,
    LoggedOut,
    Output,
    Refused,
    ResendNeeded,
    Sent,
    Write,
)
from kairos.fix.resend import SentMessage
from kairos.fix.session import Session
from kairos.fix.session_config import SessionConfig
from kairos.fix.session_state import SessionState

RECONNECT_S = 0.3
TICK_S = 0.2
# As long as the session itself waits for the answer to a Logout, and a moment more.
LOGOUT_TIMEOUT_S = 5.0


class FixClient:
    """`on_message` is given every application message, in sequence, once."""

    def __init__(self, config: SessionConfig, host: str, port: int, on_message: Callable[[Message], None]) -> None:
        self.session = Session(config, load_dictionary(config.begin_string))
        self.logged_on = False
        self.logons = 0
        self.refused: list[str] = []  # what the session itself answered with Reject(3)
        self._on_message = on_message
        self._host = host
        self._port = port
        self._sent: list[SentMessage] = []
        self._queue: deque[Output] = deque()
        self._working = False
        self._away = asyncio.Event()
        self._may_connect = asyncio.Event()
        self._transport: asyncio.Transport | None = None
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self._may_connect.set()
        self._tasks = [asyncio.create_task(self._keep_up()), asyncio.create_task(self._tick())]

    def send(self, msg_type: str, body: bytes) -> None:
        """Number a message now; while the line is down it waits until the other side asks for it."""
        self.session.send(msg_type, body, time.time_ns())
        self._work()

    def cut_off(self) -> None:
        """The line is torn, as by a cable: no Logout, and nobody comes back before `come_back`."""
        self._may_connect.clear()
        if self._transport is not None:
            self._transport.abort()

    def come_back(self) -> None:
        self._may_connect.set()

    async def stop(self) -> None:
        """Log out, wait for the answer, and go."""
        self._may_connect.clear()
        self.session.logout("client is done", time.time_ns())
        self._work()
        if self._transport is not None:
            try:
                await asyncio.wait_for(self._away.wait(), LOGOUT_TIMEOUT_S)
            except TimeoutError:
                self._transport.abort()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # Transport

    async def _keep_up(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._may_connect.wait()
            self._away.clear()
            try:
                await loop.create_connection(lambda: _Wire(self), self._host, self._port)
                await self._away.wait()
            except OSError:
                pass  # nobody listens: the engine is being restarted
            await asyncio.sleep(RECONNECT_S)

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            if time.time_ns() >= self.session.next_deadline_ns():
                self.session.tick(time.time_ns())
                self._work()

    def attach(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self.session.connected(time.time_ns())
        self._work()

    def received(self, data: bytes) -> None:
        self.session.receive(data, time.time_ns())
        self._work()

    def lost(self) -> None:
        self._transport = None
        if self.session.state is not SessionState.DISCONNECTED:
            self.session.disconnected(time.time_ns())
        self._work()
        self._away.set()

    # Outputs, first in, first out: handling one may make others

    def _work(self) -> None:
        self._queue.extend(self.session.drain())
        if self._working:
            return
        self._working = True
        try:
            while self._queue:
                self._perform(self._queue.popleft())
                self._queue.extend(self.session.drain())
        finally:
            self._working = False

    def _perform(self, output: Output) -> None:
        if isinstance(output, Deliver):
            self._on_message(output.message)
        elif isinstance(output, Sent):
            self._keep(output)
        elif isinstance(output, Write):
            self._write(output.frame)
        elif isinstance(output, ResendNeeded):
            self.session.resend(output, self._sent, self.session.next_out - 1, time.time_ns())
        elif isinstance(output, LoggedOn):
            self.logged_on = True
            self.logons += 1
        elif isinstance(output, LoggedOut):
            self.logged_on = False
        elif isinstance(output, Refused):
            self.refused.append(output.text)
        elif isinstance(output, Disconnect) and self._transport is not None:
            self._transport.close()

    def _keep(self, sent: Sent) -> None:
        if sent.resendable:
            self._sent.append(SentMessage(sent.seq, sent.msg_type, sent.body, sent.sending_time, sent.poss_resend))
        if sent.connection != NO_CONNECTION:
            self._write(sent.frame)

    def _write(self, frame: bytes) -> None:
        if self._transport is not None:
            self._transport.write(frame)


class _Wire(asyncio.Protocol):
    """One connection of a client."""

    def __init__(self, client: FixClient) -> None:
        self._client = client

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._client.attach(cast(asyncio.Transport, transport))  # uvloop's own class is none of asyncio's

    def data_received(self, data: bytes) -> None:
        self._client.received(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self._client.lost()

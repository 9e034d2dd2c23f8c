"""A FIX line's transport, whichever side opened it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Protocol, cast

from kairos.adapters.fix_pipe import FULL_BYTES


class Line(Protocol):
    """What a connection serves once its session is known: a FixLine, or a tool's own."""

    @property
    def connected(self) -> bool: ...

    def attach(self, transport: asyncio.Transport) -> None: ...

    def received(self, data: bytes) -> None: ...

    def drained(self) -> None:
        """The transport has room again after it was full."""

    def lost(self) -> None: ...


class FixConnection(asyncio.Protocol):
    """One transport of a line. `on_lost` is called after the line knows."""

    def __init__(self, line: Line | None, on_lost: Callable[[FixConnection], None]) -> None:
        self.line = line
        self.transport: asyncio.Transport | None = None
        self._on_lost = on_lost

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is one in all but its bases
        sock = transport.get_extra_info("socket")
        if sock is not None:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.line is not None:
            self.join(self.line)

    def join(self, line: Line) -> None:
        """From here on the connection is the line's, which is told when a peer that lags behind has caught up."""
        assert self.transport is not None
        self.line = line
        self.transport.set_write_buffer_limits(high=FULL_BYTES)
        line.attach(self.transport)

    def data_received(self, data: bytes) -> None:
        if self.line is not None:
            self.line.received(data)

    def resume_writing(self) -> None:
        if self.line is not None:
            self.line.drained()

    def connection_lost(self, exc: Exception | None) -> None:
        if self.line is not None:
            self.line.lost()
        self._on_lost(self)

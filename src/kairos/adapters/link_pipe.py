"""What a caller of the link is sent: frames in their order, a snapshot in pieces, and how far the caller lags behind.

A snapshot is encoded a piece at a time, one a turn of the loop and none while the transport holds enough for the
caller to read. Whatever is sent meanwhile waits behind it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from typing import Final

# Some 300,000 events, ten seconds of a very busy desk. That is longer than the snapshot of a million orders takes to
# go out; a caller further behind is better served by a new one.
MAX_UNREAD_BYTES: Final = 64 * 1024 * 1024
# What the transport may hold: enough that the caller never waits for the next piece.
FULL_BYTES: Final = 1024 * 1024


class LinkPipe:
    """Without a transport everything vanishes."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._out: list[bytes] = []  # until the next flush
        self._waiting: deque[bytes | Iterator[bytes]] = deque()  # until the transport has room; a snapshot is a whole
        self._waiting_bytes = 0
        self.is_full = False  # the transport holds enough
        self._is_called = False

    def attach(self, transport: asyncio.Transport) -> None:
        transport.set_write_buffer_limits(FULL_BYTES)
        self._transport = transport

    def detach(self) -> None:
        self._transport = None
        self._out.clear()
        self._waiting.clear()

    def put(self, frame: bytes) -> None:
        """Keep a frame for the next flush."""
        self._out.append(frame)

    def flush(self) -> None:
        """Send what was put, at once or when its turn comes."""
        data = b"".join(self._out)
        self._out.clear()
        if self._transport is None or not data:
            return
        if not self.is_full and not self._waiting:
            self._transport.write(data)
            return
        self._waiting.append(data)
        self._waiting_bytes += len(data)
        if self._waiting_bytes > MAX_UNREAD_BYTES:
            self._transport.abort()
            self.detach()

    def send_snapshot(self, pieces: Iterator[bytes]) -> None:
        """Send these, none of them empty, between what was put before and what is put from now on."""
        self.flush()
        if self._transport is not None:
            self._waiting.append(pieces)
            self._go_on()

    def pause(self) -> None:
        """The transport holds enough."""
        self.is_full = True

    def resume(self) -> None:
        self.is_full = False
        self._go_on()

    def _go_on(self) -> None:
        if self._waiting and not self._is_called:
            self._is_called = True
            asyncio.get_running_loop().call_soon(self._send_one)

    def _send_one(self) -> None:
        """One piece of what waits; the next in a turn of its own, so that orders have theirs in between."""
        self._is_called = False
        if self._transport is None or self.is_full:
            return
        piece = self._next()
        if piece:
            self._transport.write(piece)
        self._go_on()

    def _next(self) -> bytes:
        """The piece whose turn it is; empty when nothing waits."""
        while self._waiting:
            first = self._waiting[0]
            if isinstance(first, bytes):
                self._waiting_bytes -= len(first)
                self._waiting.popleft()
                return first
            piece = next(first, b"")
            if piece:
                return piece
            self._waiting.popleft()
        return b""

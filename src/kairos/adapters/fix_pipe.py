"""What a FIX line writes to: the transport that is up now, and how far its peer lags behind."""

from __future__ import annotations

import asyncio
from typing import Final

# A peer that leaves 16 MiB unread (some 50,000 reports) has stopped reading; it is cut off and asks for the rest later.
MAX_UNREAD_BYTES = 16 * 1024 * 1024
# A long answer to a ResendRequest waits while this much is unread: enough to keep any link busy.
FULL_BYTES: Final = 1024 * 1024


class FixPipe:
    """At most one transport at a time; without one, frames vanish: their messages are in the journal."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self._out: list[bytes] = []

    def attach(self, transport: asyncio.Transport) -> None:
        self.transport = transport

    def detach(self) -> None:
        self.transport = None
        self._out.clear()

    def put(self, frame: bytes) -> None:
        """Keep a frame for the next flush."""
        if self.transport is not None:
            self._out.append(frame)

    def flush(self) -> int:
        """Write what was put, at once; how many frames that were."""
        count = len(self._out)
        if self.transport is None or not count:
            return 0
        self.transport.write(b"".join(self._out))
        self._out.clear()
        if self.unread_bytes() > MAX_UNREAD_BYTES:
            self.transport.abort()
        return count

    def unread_bytes(self) -> int:
        """What was written and the peer has not taken."""
        return 0 if self.transport is None else self.transport.get_write_buffer_size()

    def is_full(self) -> bool:
        return self.unread_bytes() > FULL_BYTES

    def cut(self) -> None:
        if self.transport is not None:
            self.transport.abort()

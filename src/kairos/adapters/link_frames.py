"""The engine's link on the wire: frames, and the handshake that says who is there.

A frame is a length (4 bytes, little endian, of what follows), a kind (1 byte) and a body. The server greets with a
nonce; the caller answers with its user and HMAC-SHA256(token, nonce + user). The token lies in a file that only the
house's own account can read. Bodies of commands and events are the model's wire bytes; the handshake's are JSON.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Final

GREETING: Final = 1  # server: JSON {"kairos": version, "nonce": hex}
HELLO: Final = 2  # caller: JSON {"user": id, "proof": hex}
WELCOME: Final = 3  # server: JSON {"name": engine's name}
ERROR: Final = 4  # server: text; the connection closes
SUBSCRIBE: Final = 5  # caller: one byte, ALL or REFERENCE
SNAPSHOT: Final = 6  # server: a batch of events that rebuild (part of) the desk
SNAPSHOT_END: Final = 7  # server: sequence number (8 bytes) of the last event that the snapshot holds
EVENT: Final = 8  # server: sequence number (8 bytes), then a batch of one event
COMMAND: Final = 9  # caller: request number (4 bytes), then a command
RESULT: Final = 10  # server: request number (4 bytes), then the batch of events that the command gave, durable
REFUSED: Final = 11  # server: request number (4 bytes), then text: the command was not taken, or has no answer
ASK: Final = 12  # caller: request number (4 bytes), then JSON {"ask": what, ...}: a question that is no command
ANSWER: Final = 13  # server: request number (4 bytes), then JSON
WATCH: Final = 14  # caller: JSON, which market data he wants (link_market.Wish)
MARKET: Final = 15  # server: JSON, conflated market data with a number of its own; never in the journal

ALL: Final = 0
REFERENCE: Final = 1

# A snapshot goes out in pieces of some 256 KiB; nothing that we send comes near this.
MAX_FRAME_BYTES: Final = 16 * 1024 * 1024
_HEAD: Final = 5


class LinkError(Exception):
    """The other side of the link broke the rules, refused us, or is gone; the text says what to do."""


class AskError(Exception):
    """A question that can't be answered; the text says why, and what to do."""


def frame(kind: int, body: bytes) -> bytes:
    return (len(body) + 1).to_bytes(4, "little") + bytes((kind,)) + body


class FrameSplitter:
    """Puts frames together from whatever arrives."""

    def __init__(self) -> None:
        self._data = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """The (kind, body) of each frame that is complete now."""
        self._data += data
        at = 0
        while len(self._data) - at >= _HEAD:
            size = int.from_bytes(self._data[at : at + 4], "little")
            if not 1 <= size <= MAX_FRAME_BYTES:
                raise LinkError(f"a frame of {size} bytes; at most {MAX_FRAME_BYTES} are allowed")
            if len(self._data) - at < 4 + size:
                break
            yield self._data[at + 4], bytes(self._data[at + 5 : at + 4 + size])
            at += 4 + size
        del self._data[:at]


def proof_of(token: str, nonce: str, user_id: str) -> str:
    return hmac.new(token.encode(), f"{nonce}:{user_id}".encode(), hashlib.sha256).hexdigest()


def is_proof(token: str, nonce: str, user_id: str, proof: str) -> bool:
    return hmac.compare_digest(proof_of(token, nonce, user_id), proof)


def read_or_make_token(path: Path) -> str:
    """The link's token; made at first start, readable by its owner alone."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_text().strip()

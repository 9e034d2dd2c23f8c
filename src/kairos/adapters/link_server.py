"""The engine's side of the link: commands in; a snapshot, then every event in its order, out.

Events leave only when they are durable, like all else. A subscriber that reads too slowly is cut off; when it comes
back it gets a new snapshot. It can never hold up an order.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final, cast

from kairos.adapters.link_frames import (
    ALL,
    ANSWER,
    ASK,
    COMMAND,
    ERROR,
    EVENT,
    GREETING,
    HELLO,
    REFUSED,
    RESULT,
    SNAPSHOT,
    SNAPSHOT_END,
    SUBSCRIBE,
    WELCOME,
    AskError,
    FrameSplitter,
    LinkError,
    frame,
    is_proof,
)
from kairos.model.commands import Command
from kairos.model.events import CrossEvent, Event, ListEvent, OrderEvent, ReferenceEvent, RouteEvent, SessionEvent
from kairos.model.people import giver_of, takes_giver
from kairos.model.wire import decode_command, encode_events
from kairos.model.wire_types import WireError
from kairos.ports import Writer

# Some 40,000 events: a subscriber that far behind is better served by a new snapshot.
MAX_UNREAD_BYTES: Final = 8 * 1024 * 1024
SNAPSHOT_PIECE: Final = 1_000  # events a frame
HANDSHAKE_TIMEOUT_S: Final = 5.0

TOLD: Final[tuple[type[Event], ...]] = (OrderEvent, RouteEvent, ListEvent, CrossEvent, ReferenceEvent)
"""What subscribers hear of: all but the sessions' own numbers and messages."""


class LinkServer:
    """`snapshot` gives the events that rebuild the desk as it is; `may_connect` says whether a user is known and
    active; `asks` answer questions that are no commands, given the user and what he said."""

    def __init__(
        self,
        name: str,
        version: str,
        token: str,
        writer: Writer,
        snapshot: Callable[[], list[Event]],
        may_connect: Callable[[str], bool],
        next_seq: Callable[[], int],
        asks: Mapping[str, Callable[[str, Mapping[str, object]], Awaitable[object]]] | None = None,
    ) -> None:
        self.name = name
        self.version = version
        self.token = token
        self.writer = writer
        self.snapshot = snapshot
        self.may_connect = may_connect
        self.next_seq = next_seq
        self.asks = asks if asks is not None else {}
        self.peers: set[LinkPeer] = set()
        self._server: asyncio.AbstractServer | None = None
        self._path: Path | None = None

    async def start(self, path: Path) -> None:
        """Listen on a Unix socket that only our own account can reach."""
        path.unlink(missing_ok=True)
        mask = os.umask(0o177)
        try:
            self._server = await asyncio.get_running_loop().create_unix_server(lambda: LinkPeer(self), str(path))
        finally:
            os.umask(mask)
        self._path = path

    def subscribers(self) -> int:
        return sum(1 for peer in self.peers if peer.subscribed)

    def on_event(self, event: Event, seq: int) -> None:
        """Let every subscriber see an event once it is durable."""
        if not self.peers:
            return
        payload = b""
        for peer in self.peers:
            if peer.wants(event):
                payload = payload or frame(EVENT, seq.to_bytes(8, "little") + encode_events([event]))
                self.writer.release(peer, payload, 0)

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
        for peer in list(self.peers):
            peer.close()
        if self._path is not None:
            self._path.unlink(missing_ok=True)


class LinkPeer(asyncio.Protocol):
    """One caller. It is an outlet of the runtime: results and events wait for their batch."""

    def __init__(self, server: LinkServer) -> None:
        self._server = server
        self._frames = FrameSplitter()
        self._nonce = secrets.token_hex(16)
        self._out: list[bytes] = []
        self._transport: asyncio.Transport | None = None
        self._timer: asyncio.TimerHandle | None = None
        self.user_id = ""
        self.welcome = False
        self.subscribed = False
        self._only_reference = False
        self._may_be_unread = MAX_UNREAD_BYTES
        self._asking: asyncio.Task[None] | None = None

    def wants(self, event: Event) -> bool:
        return self.subscribed and not (self._only_reference and isinstance(event, (OrderEvent, RouteEvent)))

    # asyncio.Protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is one in all but its bases
        self._server.peers.add(self)
        self._timer = asyncio.get_running_loop().call_later(HANDSHAKE_TIMEOUT_S, self._handshake_too_late)
        greeting = {"kairos": self._server.version, "nonce": self._nonce}
        self._transport.write(frame(GREETING, json.dumps(greeting).encode()))

    def data_received(self, data: bytes) -> None:
        try:
            for kind, body in self._frames.feed(data):
                self._take(kind, body)
        except (LinkError, WireError, ValueError) as error:
            self._fail(str(error))

    def connection_lost(self, exc: Exception | None) -> None:
        self._server.peers.discard(self)
        self._transport = None
        if self._timer is not None:
            self._timer.cancel()
        if self._asking is not None:
            self._asking.cancel()

    # ports.Outlet

    def deliver(self, payload: bytes, connection: int) -> None:
        self._out.append(payload)

    def flush(self) -> None:
        transport = self._transport
        if transport is not None:
            transport.write(b"".join(self._out))
            unread = transport.get_write_buffer_size()
            if unread > self._may_be_unread:
                transport.abort()
            elif unread <= MAX_UNREAD_BYTES:
                self._may_be_unread = MAX_UNREAD_BYTES
        self._out.clear()

    # What callers say

    def _take(self, kind: int, body: bytes) -> None:
        if kind == HELLO and not self.welcome:
            self._hello(json.loads(body))
        elif not self.welcome:
            raise LinkError("say HELLO first")
        elif kind == SUBSCRIBE:
            self._subscribe(body[0] if body else ALL)
        elif kind == COMMAND:
            self._command(body[:4], decode_command(body[4:]))
        elif kind == ASK:
            self._ask(body[:4], json.loads(body[4:]))
        else:
            raise LinkError(f"no frame of kind {kind} is expected here")

    def _hello(self, said: dict[str, str]) -> None:
        user_id = str(said.get("user", ""))
        if not is_proof(self._server.token, self._nonce, user_id, str(said.get("proof", ""))):
            raise LinkError("the link's token does not match; use the token file of this engine's data directory")
        if user_id and not self._server.may_connect(user_id):
            raise LinkError(f"user {user_id!r} is unknown or not active; name one of the reference data's users")
        self.user_id = user_id
        self.welcome = True
        if self._timer is not None:
            self._timer.cancel()
        self._write(frame(WELCOME, json.dumps({"name": self._server.name}).encode()))

    def _subscribe(self, what: int) -> None:
        """Snapshot, then events. Both leave through the batch in hand, so nothing falls between them."""
        self._only_reference = what != ALL
        events = [e for e in self._server.snapshot() if not isinstance(e, SessionEvent)]
        if self._only_reference:
            events = [e for e in events if not isinstance(e, (OrderEvent, RouteEvent))]
        starts = range(0, len(events), SNAPSHOT_PIECE)
        pieces = [frame(SNAPSHOT, encode_events(events[at : at + SNAPSHOT_PIECE])) for at in starts]
        self._server.writer.release_call(partial(self._have_patience, sum(map(len, pieces))))
        for piece in pieces:
            self._server.writer.release(self, piece, 0)
        through = self._server.next_seq() - 1
        self._server.writer.release(self, frame(SNAPSHOT_END, through.to_bytes(8, "little")), 0)
        self.subscribed = True

    def _have_patience(self, snapshot_bytes: int) -> None:
        """A snapshot leaves at once, however large the desk: nobody can have read it by then."""
        self._may_be_unread = MAX_UNREAD_BYTES + snapshot_bytes

    def _command(self, request: bytes, command: Command) -> None:
        """Decide a command in the name of the user who is on the link, and answer when its events are durable."""
        if not takes_giver(command) or giver_of(command) != self.user_id:
            text = f"{type(command).__name__} must carry the user of this link, {self.user_id!r}"
            self._write(frame(REFUSED, request + text.encode()))
            return
        events = self._server.writer.submit(command)
        self._server.writer.release(self, frame(RESULT, request + encode_events(events)), 0)

    def _ask(self, request: bytes, said: dict[str, object]) -> None:
        """One question at a time; what it changes is durable before the answer leaves."""
        if self._asking is not None and not self._asking.done():
            raise LinkError("one question at a time: wait for the answer to the last one")
        self._asking = asyncio.get_running_loop().create_task(self._answer(request, said), name="link question")

    async def _answer(self, request: bytes, said: dict[str, object]) -> None:
        answer = self._server.asks.get(str(said.get("ask")))
        try:
            if answer is None:
                raise AskError(f"this engine knows no {said.get('ask')!r}; is it as new as this command?")
            reply = frame(ANSWER, request + json.dumps(await answer(self.user_id, said)).encode())
        except AskError as error:
            reply = frame(REFUSED, request + str(error).encode())
        self._server.writer.release(self, reply, 0)

    def _write(self, data: bytes) -> None:
        if self._transport is not None:
            self._transport.write(data)

    def _handshake_too_late(self) -> None:
        if not self.welcome:
            self._fail("no HELLO in time")

    def _fail(self, text: str) -> None:
        self._write(frame(ERROR, text.encode()))
        self.close()

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

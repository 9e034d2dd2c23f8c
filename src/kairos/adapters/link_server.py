"""The engine's side of the link: commands in; a snapshot, then every event in its order, out.

Events leave only when they are durable, like all else, and after the answers and messages of their batch. A subscriber
that reads too slowly is cut off; when it comes back it gets a new snapshot. It never waits for one, and holds up no
order.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final, cast

from kairos.adapters.link_frames import (
    ALL,
    ANSWER,
    ASK,
    COMMAND,
    ERROR,
    GREETING,
    HELLO,
    REFUSED,
    RESULT,
    SNAPSHOT,
    SNAPSHOT_END,
    SUBSCRIBE,
    WATCH,
    WELCOME,
    AskError,
    FrameSplitter,
    LinkError,
    frame,
    is_proof,
)
from kairos.adapters.link_market import MarketStream
from kairos.adapters.link_pipe import LinkPipe
from kairos.adapters.link_told import is_told, told
from kairos.model.commands import Command
from kairos.model.events import Event
from kairos.model.people import giver_of, takes_giver
from kairos.model.wire import decode_command, encode_events
from kairos.model.wire_types import WireError
from kairos.ports import Batch, Writer

SNAPSHOT_PIECE: Final = 500  # events a frame, encoded in well below a millisecond
HANDSHAKE_TIMEOUT_S: Final = 5.0


class LinkServer:
    """`snapshot` gives the events that rebuild the desk as it is; `may_connect` says whether a user is known and
    active; `asks` answer questions that are no commands, given the user and what he said; `market` has the house's
    market data, if it has any."""

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
        market: MarketStream | None = None,
    ) -> None:
        self.name = name
        self.version = version
        self.token = token
        self.writer = writer
        self.snapshot = snapshot
        self.may_connect = may_connect
        self.next_seq = next_seq
        self.asks = asks if asks is not None else {}
        self.market = market
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

    def on_batch(self, batch: Batch, events: list[Event]) -> None:
        """Let every subscriber see the events of a batch that is durable now."""
        cut: dict[tuple[int, bool], bytes] = {}  # by what differs between subscribers
        for peer in self.peers:
            if peer.subscribed:
                after = max(peer.seen_seq, batch.first_seq - 1)
                frames = cut.get((after, peer.reference_only))
                if frames is None:
                    frames = cut[after, peer.reference_only] = told(batch, events, after, peer.reference_only)
                peer.deliver(frames, 0)
                peer.flush()

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
        self._pipe: Final = LinkPipe()
        self._transport: asyncio.Transport | None = None
        self._timer: asyncio.TimerHandle | None = None
        self.user_id = ""
        self.welcome = False
        self.subscribed = False
        self.reference_only = False
        self.seen_seq = 0  # the last event that the snapshot holds
        self._asking: asyncio.Task[None] | None = None

    # asyncio.Protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is one in all but its bases
        self._pipe.attach(self._transport)
        self._server.peers.add(self)
        self._timer = asyncio.get_running_loop().call_later(HANDSHAKE_TIMEOUT_S, self._handshake_too_late)
        greeting = {"kairos": self._server.version, "nonce": self._nonce}
        self._write(frame(GREETING, json.dumps(greeting).encode()))

    def data_received(self, data: bytes) -> None:
        try:
            for kind, body in self._frames.feed(data):
                self._take(kind, body)
        except (LinkError, WireError, ValueError) as error:
            self._fail(str(error))

    def connection_lost(self, exc: Exception | None) -> None:
        self._server.peers.discard(self)
        if self._server.market is not None:
            self._server.market.leave(self._pipe)
        self._pipe.detach()
        self._transport = None
        if self._timer is not None:
            self._timer.cancel()
        if self._asking is not None:
            self._asking.cancel()

    def pause_writing(self) -> None:
        self._pipe.pause()

    def resume_writing(self) -> None:
        self._pipe.resume()

    # ports.Outlet

    def deliver(self, payload: bytes, connection: int) -> None:
        self._pipe.put(payload)

    def flush(self) -> None:
        self._pipe.flush()

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
        elif kind == WATCH:
            self._watch(body)
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
        """Snapshot, then the events that come after it; nothing falls between them. It leaves with the batch in hand,
        since it shows what that will make durable."""
        events = self._server.snapshot()
        parts = deque(events[at : at + SNAPSHOT_PIECE] for at in range(0, len(events), SNAPSHOT_PIECE))
        self.reference_only = what != ALL
        self.seen_seq = self._server.next_seq() - 1
        self.subscribed = True
        pieces = _snapshot_frames(parts, self.reference_only, self.seen_seq)
        self._server.writer.release_call(partial(self._pipe.send_snapshot, pieces))

    def _watch(self, body: bytes) -> None:
        market = self._server.market
        if market is None:
            raise LinkError("this engine has no market data; give a venue's session [venue_session.market_data]")
        market.watch(body, self._pipe, self._server.writer.now_ns())

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
        self._pipe.put(data)
        self._pipe.flush()

    def _handshake_too_late(self) -> None:
        if not self.welcome:
            self._fail("no HELLO in time")

    def _fail(self, text: str) -> None:
        self._write(frame(ERROR, text.encode()))
        self.close()

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


def _snapshot_frames(parts: deque[list[Event]], reference_only: bool, through: int) -> Iterator[bytes]:
    """What was sent already is let go of."""
    while parts:
        yield frame(SNAPSHOT, encode_events([e for e in parts.popleft() if is_told(e, reference_only)]))
    yield frame(SNAPSHOT_END, through.to_bytes(8, "little"))

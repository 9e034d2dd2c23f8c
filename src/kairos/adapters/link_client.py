"""The callers' side of the link, for the command line, the demo and, later, the desk process: plain blocking calls.

with LinkClient.connect(socket_path, token, user) as link:
    events = link.command(CancelOrder(...))
    for event in link.events(): ...
"""

from __future__ import annotations

import json
import socket
from collections import deque
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from librt.strings import BytesWriter

from kairos.adapters.link_frames import (
    ALL,
    ANSWER,
    ASK,
    COMMAND,
    ERROR,
    EVENT,
    GREETING,
    HELLO,
    MARKET,
    REFERENCE,
    REFUSED,
    RESULT,
    SNAPSHOT,
    SNAPSHOT_END,
    SUBSCRIBE,
    WATCH,
    WELCOME,
    FrameSplitter,
    LinkError,
    frame,
    proof_of,
)
from kairos.model.commands import Command
from kairos.model.events import Event
from kairos.model.wire import decode_events, encode_command


class LinkClient:
    """A connection that has said who it is."""

    def __init__(self, sock: socket.socket, user_id: str) -> None:
        self.user_id = user_id
        self.engine_name = ""
        self._sock = sock
        self._frames = FrameSplitter()
        self._arrived: deque[tuple[int, bytes]] = deque()
        self._events: deque[tuple[int, Event]] = deque()
        self._requests = 0

    @classmethod
    def connect(cls, path: Path, token: str, user_id: str, timeout_s: float = 5.0) -> LinkClient:
        """Reach the engine; `LinkError` says why not."""
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        sock.settimeout(timeout_s)
        try:
            sock.connect(str(path))
        except OSError as error:
            sock.close()
            raise LinkError(f"no engine answers at {path} ({error.strerror}); is `kairos serve` running?") from error
        client = cls(sock, user_id)
        try:
            client._greet(token)
        except BaseException:
            sock.close()
            raise
        return client

    def __enter__(self) -> LinkClient:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._sock.close()

    def _greet(self, token: str) -> None:
        nonce = json.loads(self._await(GREETING))["nonce"]
        hello = {"user": self.user_id, "proof": proof_of(token, nonce, self.user_id)}
        self._sock.sendall(frame(HELLO, json.dumps(hello).encode()))
        self.engine_name = json.loads(self._await(WELCOME))["name"]

    def snapshot(self, reference_only: bool = False) -> tuple[list[Event], int]:
        """The desk as it is, and the number of the last event in it. From here on `events()` gives what follows."""
        self._sock.sendall(frame(SUBSCRIBE, bytes((REFERENCE if reference_only else ALL,))))
        events: list[Event] = []
        while True:
            kind, body = self._next()
            if kind == SNAPSHOT:
                events += decode_events(body)
            elif kind == SNAPSHOT_END:
                return events, int.from_bytes(body, "little")

    def command(self, command: Command) -> list[Event]:
        """Give a command and wait for the events that it gave, durable. `LinkError` when it was not taken."""
        w = BytesWriter()
        encode_command(w, command)
        return decode_events(self._request(COMMAND, w.getvalue(), RESULT))

    def ask(self, what: str, timeout_s: float = 30.0, **fields: object) -> Any:
        """Ask something that is no command, and wait for the answer. `LinkError` when there is none."""
        self._sock.settimeout(timeout_s)
        try:
            answer = self._request(ASK, json.dumps({"ask": what, **fields}).encode(), ANSWER)
        except TimeoutError:
            raise LinkError(f"the engine gave no answer in {timeout_s:.0f} s") from None
        return json.loads(answer)

    def _request(self, kind: int, body: bytes, answer: int) -> bytes:
        """Send a request and wait for its answer."""
        self._requests += 1
        request = self._requests.to_bytes(4, "little")
        self._sock.sendall(frame(kind, request + body))
        while True:
            came, reply = self._next()
            if came == EVENT:
                self._keep_event(reply)
            elif came in (answer, REFUSED) and reply[:4] == request:
                if came == REFUSED:
                    raise LinkError(reply[4:].decode())
                return reply[4:]

    def events(self, timeout_s: float | None = None) -> Iterator[tuple[int, Event]]:
        """(sequence number, event), as they come; ends when none came for `timeout_s`."""
        self._sock.settimeout(timeout_s)
        while True:
            while self._events:
                yield self._events.popleft()
            try:
                kind, body = self._next()
            except TimeoutError:
                return
            if kind == EVENT:
                self._keep_event(body)

    def watch(self, wish: Mapping[str, object]) -> None:
        """Say which market data is wanted from now on (`link_market.Wish`), in place of any said before."""
        self._sock.sendall(frame(WATCH, json.dumps(wish).encode()))

    def market(self, timeout_s: float | None = None) -> Iterator[dict[str, Any]]:
        """The market data that is watched, as it changes; ends when none came for `timeout_s`, and may be asked again.
        Events that come between stay for `events`."""
        self._sock.settimeout(timeout_s)
        while True:
            try:
                kind, body = self._next()
            except TimeoutError:
                return
            if kind == MARKET:
                yield json.loads(body)
            elif kind == EVENT:
                self._keep_event(body)

    def _keep_event(self, body: bytes) -> None:
        seq = int.from_bytes(body[:8], "little")
        self._events.append((seq, decode_events(body[8:])[0]))

    def _await(self, wanted: int) -> bytes:
        kind, body = self._next()
        if kind != wanted:
            raise LinkError(f"the engine answered with frame {kind} where {wanted} was expected")
        return body

    def _next(self) -> tuple[int, bytes]:
        while not self._arrived:
            data = self._sock.recv(65_536)
            if not data:
                raise LinkError("the engine closed the link; if it said so to a slow reader, connect again")
            self._arrived.extend(self._frames.feed(data))
        kind, body = self._arrived.popleft()
        if kind == ERROR:
            raise LinkError(body.decode())
        return kind, body

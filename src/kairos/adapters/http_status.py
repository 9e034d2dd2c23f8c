"""A tiny HTTP/1.1 server for metrics and health: GET, one request a connection, everything bounded.

It runs in the engine's process beside the orders, so it has no framework and trusts nobody: a head that is long, slow
or garbage is answered and forgotten. `answer` is the whole protocol without I/O.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

from kairos.adapters.logs import get_log
from kairos.adapters.metrics_export import CONTENT_TYPE

MAX_HEAD: Final = 8_192  # what browsers and scrapers send is below 1 KiB; servers at large stop at 8
REQUEST_TIMEOUT_S: Final = 5.0  # for a head to arrive whole, and again for the answer to be taken
MAX_CONNECTIONS: Final = 32  # a scraper, a balancer and some people; each costs a few KiB
REQUEST_LINE: Final = re.compile(rb"([!-~]{1,20}) (/[!-~]*) HTTP/1\.[01]")
JSON: Final = "application/json"


@dataclass(frozen=True, slots=True)
class Health:
    """How the house is. `live`: its loop works and the engine has not halted. `blockers`: why it can take no orders
    (empty: it can). `degraded`: what is missing meanwhile, as the session of a venue. `details` are for people."""

    live: bool
    blockers: tuple[str, ...] = ()
    degraded: tuple[str, ...] = ()
    details: Mapping[str, object] = field(default_factory=dict)


class StatusServer:
    """Serves /metrics, /health and /ready."""

    def __init__(self, health: Callable[[], Health], exposition: Callable[[], bytes]) -> None:
        self._health: Final = health
        self._exposition: Final = exposition
        self._server: asyncio.Server | None = None
        self._connections = 0
        self._log: Final = get_log("http")

    async def start(self, host: str, port: int) -> int:
        """Listen; returns the port, which the system chooses for 0. Raises OSError when it can't."""
        self._server = await asyncio.start_server(self._serve, host, port, limit=MAX_HEAD)
        bound: int = self._server.sockets[0].getsockname()[1]
        return bound

    async def stop(self) -> None:
        """Stop listening; answers on their way may finish."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def answer(self, head: bytes) -> bytes:
        """The response to a request's head (through its empty line)."""
        request = REQUEST_LINE.fullmatch(head.split(b"\r\n", 1)[0])
        if request is None:
            return response(HTTPStatus.BAD_REQUEST)
        method, target = request.groups()
        route = self._routes().get(target.partition(b"?")[0])
        if route is None:
            return response(HTTPStatus.NOT_FOUND)
        if method != b"GET":
            return response(HTTPStatus.METHOD_NOT_ALLOWED, extra="Allow: GET\r\n")
        try:
            return route()
        except Exception:  # whatever the callables do, the engine's loop goes on
            self._log.exception("status failed", path=target.decode("ascii"))
            return response(HTTPStatus.INTERNAL_SERVER_ERROR)

    def _routes(self) -> dict[bytes, Callable[[], bytes]]:
        return {b"/metrics": self._get_metrics, b"/health": self._get_health, b"/ready": self._get_ready}

    def _get_metrics(self) -> bytes:
        return response(HTTPStatus.OK, self._exposition(), CONTENT_TYPE)

    def _get_health(self) -> bytes:
        """Liveness: 503 asks the supervisor to restart."""
        health = self._health()
        word = "ok" if health.live else "halted"
        return _json_response(health.live, {"status": word, **health.details})

    def _get_ready(self) -> bytes:
        """Readiness: 503 asks the balancer to send orders elsewhere."""
        health = self._health()
        ready = health.live and not health.blockers
        word = ("degraded" if health.degraded else "ready") if ready else "not ready"
        reasons = [*health.blockers] if health.live else ["engine halted", *health.blockers]
        return _json_response(ready, {"status": word, "reasons": reasons, "degraded": [*health.degraded]})

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connections += 1
        try:
            if self._connections <= MAX_CONNECTIONS:
                writer.write(await self._respond(reader))
            writer.close()
            await asyncio.wait_for(writer.wait_closed(), REQUEST_TIMEOUT_S)
        except (OSError, TimeoutError):
            writer.transport.abort()  # the peer is gone, or does not take its answer
        finally:
            self._connections -= 1

    async def _respond(self, reader: asyncio.StreamReader) -> bytes:
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), REQUEST_TIMEOUT_S)
        except TimeoutError:
            return response(HTTPStatus.REQUEST_TIMEOUT)
        except asyncio.LimitOverrunError:
            return response(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        except asyncio.IncompleteReadError as cut_off:
            return response(HTTPStatus.BAD_REQUEST) if cut_off.partial else b""
        return self.answer(head)


def response(
    status: HTTPStatus, body: bytes = b"", content_type: str = "text/plain; charset=utf-8", extra: str = ""
) -> bytes:
    """A whole response, after which the connection closes."""
    body = body or f"{status.value} {status.phrase}\n".encode()
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\n"
        f"Content-Type: {content_type}\r\n"
        f"Content-Length: {len(body)}\r\n"
        "Cache-Control: no-store\r\n"
        f"{extra}"
        "Connection: close\r\n\r\n"
    )
    return head.encode("ascii") + body


def _json_response(good: bool, content: Mapping[str, object]) -> bytes:
    body = json.dumps(content, ensure_ascii=False, default=str).encode() + b"\n"
    return response(HTTPStatus.OK if good else HTTPStatus.SERVICE_UNAVAILABLE, body, JSON)

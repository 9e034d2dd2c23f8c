"""The status server answers scrapers and balancers, and survives everybody else."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kairos.adapters import http_status
from kairos.adapters.http_status import MAX_CONNECTIONS, MAX_HEAD, Health, StatusServer

GOOD = Health(True, details={"name": "demo"})


def server(health: Health = GOOD) -> StatusServer:
    return StatusServer(lambda: health, lambda: b"kairos_trades_total 1.0\n")


def parse(answer: bytes) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body; the body has the length that the header says."""
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("ascii").split("\r\n")
    assert first.startswith("HTTP/1.1 ")
    headers = dict(line.split(": ", 1) for line in lines)
    assert int(headers["Content-Length"]) == len(body)
    assert headers["Connection"] == "close"
    return int(first.split()[1]), headers, body


def get(path: str, health: Health = GOOD) -> tuple[int, dict[str, str], bytes]:
    return parse(server(health).answer(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode()))


def test_metrics_are_given_as_they_are() -> None:
    status, headers, body = get("/metrics?x=1")
    assert (status, body) == (200, b"kairos_trades_total 1.0\n")
    assert headers["Content-Type"].startswith("text/plain; version=0.0.4")


@pytest.mark.parametrize(
    ("path", "health", "status", "expected"),
    [
        ("/health", GOOD, 200, {"status": "ok", "name": "demo"}),
        ("/health", Health(True, ("journal is full",)), 200, {"status": "ok"}),
        ("/health", Health(False), 503, {"status": "halted"}),
        ("/ready", GOOD, 200, {"status": "ready", "reasons": [], "degraded": []}),
        (
            "/ready",
            Health(True, degraded=("venue SIM is down",)),
            200,
            {"status": "degraded", "reasons": [], "degraded": ["venue SIM is down"]},
        ),
        (
            "/ready",
            Health(True, ("journal is full",)),
            503,
            {"status": "not ready", "reasons": ["journal is full"], "degraded": []},
        ),
        ("/ready", Health(False), 503, {"status": "not ready", "reasons": ["engine halted"], "degraded": []}),
    ],
)
def test_health_and_readiness_say_why(path: str, health: Health, status: int, expected: dict[str, object]) -> None:
    got, headers, body = get(path, health)
    assert (got, headers["Content-Type"], json.loads(body)) == (status, "application/json", expected)


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", 404),
        (b"GET /metrics/ HTTP/1.1\r\n\r\n", 404),
        (b"POST /metrics HTTP/1.1\r\n\r\n", 405),
        (b"GET /metrics HTTP/2.0\r\n\r\n", 400),
        (b"GET  /metrics HTTP/1.1\r\n\r\n", 400),
        (b"GET http://x/metrics HTTP/1.1\r\n\r\n", 400),
        (b"8=FIX.4.4\x019=5\x0135=0\x0110=000\x01\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\r\n\r\n", 400),
        (b"\r\n\r\n", 400),
    ],
)
def test_what_is_no_request_of_ours_is_refused_by_status(head: bytes, status: int) -> None:
    assert parse(server().answer(head))[0] == status


@given(st.binary(max_size=200))
def test_any_bytes_get_a_whole_response(head: bytes) -> None:
    assert parse(server().answer(head + b"\r\n\r\n"))[0] in (200, 400, 404, 405)


def test_a_failing_source_is_an_answer_too() -> None:
    def fail() -> Health:
        raise RuntimeError("broken")

    answer = StatusServer(fail, lambda: b"").answer(b"GET /ready HTTP/1.1\r\n\r\n")
    assert parse(answer)[0] == 500


def over_sockets(talk: Callable[[int], Awaitable[None]]) -> None:
    async def run() -> None:
        running = server()
        port = await running.start("127.0.0.1", 0)
        try:
            await asyncio.wait_for(talk(port), 20)
        finally:
            await running.stop()

    asyncio.run(run())


async def exchange(port: int, *pieces: bytes, finish: bool = False) -> bytes:
    """Send the pieces one after the other, and read until the server closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)
        if finish:
            writer.write_eof()
        return await reader.read()
    finally:
        writer.close()


REQUEST = b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.mark.parametrize(
    "pieces", [(REQUEST,), tuple(REQUEST[i : i + 1] for i in range(len(REQUEST))), (REQUEST + b"GET /more",)]
)
def test_a_request_is_answered_whole_byte_by_byte_and_with_trailing_bytes(pieces: tuple[bytes, ...]) -> None:
    async def talk(port: int) -> None:
        assert parse(await exchange(port, *pieces))[0] == 200

    over_sockets(talk)


def test_an_endless_head_is_cut_and_the_server_goes_on() -> None:
    async def talk(port: int) -> None:
        assert parse(await exchange(port, b"GET /" + b"a" * (MAX_HEAD + 1)))[0] == 431
        assert parse(await exchange(port, REQUEST))[0] == 200

    over_sockets(talk)


def test_a_request_cut_off_is_refused_and_an_empty_one_is_not_answered() -> None:
    async def talk(port: int) -> None:
        assert parse(await exchange(port, b"GET /met", finish=True))[0] == 400
        assert await exchange(port, finish=True) == b""

    over_sockets(talk)


def test_a_slow_head_times_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_status, "REQUEST_TIMEOUT_S", 0.05)

    async def talk(port: int) -> None:
        assert parse(await exchange(port, b"GET /metrics"))[0] == 408

    over_sockets(talk)


def test_a_peer_that_does_not_take_its_answer_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_status, "REQUEST_TIMEOUT_S", 0.2)

    async def run() -> None:
        running = StatusServer(lambda: GOOD, lambda: b"x" * 20_000_000)  # more than the system buffers
        port = await running.start("127.0.0.1", 0)
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
        writer.write(REQUEST)
        await asyncio.sleep(0.6)
        received = 0
        with contextlib.suppress(ConnectionResetError):
            while piece := await reader.read(65_536):
                received += len(piece)
        assert received < 20_000_000
        writer.close()
        await running.stop()

    asyncio.run(asyncio.wait_for(run(), 20))


def test_connections_are_bounded_and_room_comes_back() -> None:
    async def talk(port: int) -> None:
        idle = [await asyncio.open_connection("127.0.0.1", port) for _ in range(MAX_CONNECTIONS)]
        assert await exchange(port) == b""
        for _, writer in idle:
            writer.write_eof()
        for reader, writer in idle:
            assert await reader.read() == b""
            writer.close()
        assert parse(await exchange(port, REQUEST))[0] == 200

    over_sockets(talk)

"""`kairos serve` as a child of the demo: started, waited for, stopped; its log tells when the exchange ran."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from kairos.demo.setup import Course, House
from kairos.market.shipped import ShippedTape

# Two interpreters start one after the other, perhaps on a busy machine.
READY_TIMEOUT_S: Final = 60.0
# Longer than its supervisor takes before it kills a child that does not end.
STOP_TIMEOUT_S: Final = 40.0
# They look every tenth of a second, and then take leave of their sessions.
ORPHANS_TIMEOUT_S: Final = 10.0
POLL_S: Final = 0.05
HTTP_TIMEOUT_S: Final = 2.0
LOG_LINES_TOLD: Final = 5


class DemoError(Exception):
    """The demo can't go on; the text says why and where to look."""


class Serving:
    """The house's processes, under their supervisor."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._process: asyncio.subprocess.Process | None = None
        self._output = house.folder / "serve.out"

    async def start(self) -> None:
        """In a session of its own: a Ctrl-C is for the demo, which then ends its house in order."""
        command = [sys.executable, "-m", "kairos", "serve", "--config", str(self._house.config.file)]
        with self._output.open("wb") as output:
            self._process = await asyncio.create_subprocess_exec(
                *command, stdin=asyncio.subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
            )

    async def wait_until_ready(self) -> None:
        """Ready: the engine takes orders, and its session to the exchange is up."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + READY_TIMEOUT_S
        while not await asyncio.to_thread(is_ready, self._house.config.http.host, self._house.config.http.port):
            if self.has_ended:
                raise DemoError(f"`kairos serve` ended at once:\n{self._last_words()}")
            if loop.time() > deadline:
                raise DemoError(f"`kairos serve` is not ready after {READY_TIMEOUT_S:g} s:\n{self._last_words()}")
            await asyncio.sleep(POLL_S)

    async def watch(self) -> None:
        """Raises once all of it has ended: its supervisor has given up."""
        assert self._process is not None
        await self._process.wait()
        raise DemoError(f"`kairos serve` has ended:\n{self._last_words()}")

    @property
    def has_ended(self) -> bool:
        return self._process is not None and self._process.returncode is not None

    async def stop(self) -> None:
        """Ask the supervisor to stop all; it waits for its children."""
        process = self._process
        if process is None:
            return
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(process.wait(), STOP_TIMEOUT_S)
            except TimeoutError:
                process.kill()
                await process.wait()
        await self._wait_for_orphans()

    async def _wait_for_orphans(self) -> None:
        """Children of a supervisor that was killed notice it, and end by themselves."""
        log_file = self._house.config.log.file
        deadline = time.monotonic() + ORPHANS_TIMEOUT_S
        pids = started_pids(log_file) if log_file is not None else []
        while any(is_alive(pid) for pid in pids) and time.monotonic() < deadline:
            await asyncio.sleep(POLL_S)

    def _last_words(self) -> str:
        lines = []
        for file in (self._house.config.log.file, self._output):
            if file is not None and file.exists():
                lines += file.read_text(errors="replace").splitlines()[-LOG_LINES_TOLD:]
        return os.linesep.join(lines)


def is_ready(host: str, port: int) -> bool:
    """Ask the engine itself. One that is degraded has a venue's session down: orders would be refused."""
    connection = http.client.HTTPConnection(host, port, timeout=HTTP_TIMEOUT_S)
    try:
        connection.request("GET", "/ready")
        answer: dict[str, object] = json.loads(connection.getresponse().read())
        return answer.get("status") == "ready"
    except (OSError, ValueError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@dataclass(slots=True)
class ExchangeRun:
    """One life of the exchange process: its market runs from the engine's first logon on; 0 while that has not come."""

    began_ns: int = 0
    ended_ns: int = 0


def exchange_runs(log_file: Path, order_session: str) -> list[ExchangeRun]:
    """Every life of the exchange, from the house's log; one that ended without a word ended when its fall was seen."""
    runs: list[ExchangeRun] = []
    for entry in _log_entries(log_file):
        event, component = entry.get("event"), entry.get("component")
        if component == "simulator" and event == "simulated exchange is open":
            runs.append(ExchangeRun())
        elif not runs:
            continue
        elif component == "simulator.fix" and event == "session is up" and entry.get("session") == order_session:
            runs[-1].began_ns = runs[-1].began_ns or _ns(entry)
        elif (event == "process fell" and entry.get("process") == "simulator") or (
            component == "simulator" and event == "simulated exchange has stopped"
        ):
            runs[-1].ended_ns = _ns(entry)
    return runs


def started_pids(log_file: Path) -> list[int]:
    """Of every process that the supervisor started."""
    return [int(str(entry["pid"])) for entry in _log_entries(log_file) if entry.get("event") == "process started"]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return False  # the number is somebody else's by now
    return True


def falls(log_file: Path) -> list[str]:
    """The processes that fell, in order."""
    return [str(entry.get("process")) for entry in _log_entries(log_file) if entry.get("event") == "process fell"]


def _log_entries(log_file: Path) -> Iterator[dict[str, object]]:
    if not log_file.exists():
        return
    for line in log_file.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            continue  # a line that is being written


def _ns(entry: dict[str, object]) -> int:
    return int(datetime.fromisoformat(str(entry["ts"])).timestamp() * 1_000_000_000)


class MarketTime:
    """The market's time, which runs in the exchange's process, as it follows from when that began."""

    def __init__(self, course: Course, first: ShippedTape) -> None:
        self._speed = course.speed
        self.start_ns = first.open_ns - course.start_before_open_s * 1_000_000_000
        self.open_ns = first.open_ns
        self.end_ns = self.start_ns + course.market_minutes * 60_000_000_000

    def at(self, run: ExchangeRun, wall_ns: int) -> int:
        """Where the market was, or is, in that life; it stays where it ended."""
        if run.began_ns == 0:
            return self.start_ns
        until_ns = min(wall_ns, run.ended_ns or wall_ns)
        return min(self.start_ns + int((until_ns - run.began_ns) * self._speed), self.end_ns)

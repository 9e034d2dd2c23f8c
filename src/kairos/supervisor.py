"""Keeps the house's processes running: starts them, hands signals on, starts a fallen one again, and knows when to
give up.

A process that falls `MAX_FALLS` times in `FALL_WINDOW_S`, or says that it can't start as it is configured, is broken,
not unlucky: the supervisor then stops all and exits with an error, so that whoever watches it (systemd, a person)
sees it. All but what the house can do without: that alone is given up.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections import deque

from kairos.ports import Log

MAX_FALLS = 5
FALL_WINDOW_S = 60.0
# Longer than any commit or logout takes; then a process that does not end is killed.
STOP_TIMEOUT_S = 15.0
RESTART_PAUSE_S = 0.5
# Exit code of a process that can't start as it is configured: it has said why, and is not started again.
UNSTARTABLE = 2
SUPERVISOR_PID = "KAIROS_SUPERVISOR_PID"


def is_orphaned() -> bool:
    """Whether this process was started by a supervisor that is gone: nobody would stop or restart it any more."""
    supervisor = os.environ.get(SUPERVISOR_PID)
    return supervisor is not None and int(supervisor) != os.getppid()


class Child:
    """One process of the house, by the arguments of the `kairos` command that runs it. Without one that is not `vital`
    the house goes on."""

    def __init__(self, name: str, arguments: list[str], *, vital: bool = True) -> None:
        self.name = name
        self.arguments = arguments
        self.vital = vital
        self.process: asyncio.subprocess.Process | None = None
        self.falls: deque[float] = deque(maxlen=MAX_FALLS)

    async def start(self) -> None:
        command = [sys.executable, "-m", "kairos", *self.arguments]
        environment = {**os.environ, SUPERVISOR_PID: str(os.getpid())}
        self.process = await asyncio.create_subprocess_exec(*command, start_new_session=True, env=environment)

    def fell(self, now_s: float) -> bool:
        """Note a fall; True when there were too many of late."""
        self.falls.append(now_s)
        return len(self.falls) == MAX_FALLS and now_s - self.falls[0] < FALL_WINDOW_S


class Supervisor:
    """Runs children until a signal, or until one is beyond help."""

    def __init__(self, children: list[Child], log: Log) -> None:
        self.children = children
        self.log = log
        self._stopping = asyncio.Event()
        self._failed = False

    async def run(self) -> int:
        """Returns the exit code: 0 after a signal, 1 when a process kept falling."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.stop)
        keepers = [asyncio.create_task(self._keep(child)) for child in self.children]
        await self._stopping.wait()
        await asyncio.gather(*(self._end(child) for child in reversed(self.children)))
        await asyncio.gather(*keepers)
        return 1 if self._failed else 0

    def stop(self) -> None:
        self._stopping.set()

    async def _keep(self, child: Child) -> None:
        while not self._stopping.is_set():
            await child.start()
            assert child.process is not None
            self.log.info("process started", process=child.name, pid=child.process.pid)
            code = await child.process.wait()
            if self._stopping.is_set():
                return
            self.log.error("process fell", process=child.name, exit_code=code)
            if code == UNSTARTABLE or child.fell(asyncio.get_running_loop().time()):
                self._give_up(child, code)
                return
            await asyncio.sleep(RESTART_PAUSE_S)

    def _give_up(self, child: Child, code: int) -> None:
        if not child.vital:
            self.log.error("process is beyond help; the house goes on without it", process=child.name, exit_code=code)
            return
        self.log.error("process is beyond help; all is stopped", process=child.name, exit_code=code)
        self._failed = True
        self.stop()

    async def _end(self, child: Child) -> None:
        process = child.process
        if process is None or process.returncode is not None:
            return
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), STOP_TIMEOUT_S)
        except TimeoutError:
            self.log.error("process does not end; it is killed", process=child.name)
            process.kill()
            await process.wait()

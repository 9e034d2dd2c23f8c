"""A real engine process inside the test's process: its own thread and loop, real sockets, a real journal."""

from __future__ import annotations

import asyncio
import threading
import time
from pathlib import Path

from kairos.adapters.config_file import load_config
from kairos.app.engine_process import EngineProcess
from kairos.app.loop import NEW_LOOP
from kairos.model.commands import Command
from kairos.model.events import Event

START_S = 20.0


class RunningEngine:
    """Use as a context manager. `do` gives a command as a person of the desk would, and waits for its events."""

    def __init__(self, config_file: Path) -> None:
        self._config_file = config_file
        self._loop = NEW_LOOP()
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)
        self._started = threading.Event()
        self._failure: BaseException | None = None
        self.process: EngineProcess | None = None

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        try:
            self.process = EngineProcess(load_config(self._config_file))
            await self.process.start()
        except BaseException as error:
            self._failure = error
            raise
        finally:
            self._started.set()
        await self.process.stopping.wait()
        await self.process.stop()

    def __enter__(self) -> RunningEngine:
        self._thread.start()
        assert self._started.wait(START_S), "the engine did not start in time"
        if self._failure is not None:
            raise self._failure
        return self

    def __exit__(self, *_: object) -> None:
        if self.process is not None:
            self._loop.call_soon_threadsafe(self.process.stopping.set)
        self._thread.join(START_S)

    def do(self, command: Command) -> list[Event]:
        async def submit() -> list[Event]:
            assert self.process is not None
            return self.process.runtime.submit(command)

        return asyncio.run_coroutine_threadsafe(submit(), self._loop).result(START_S)

    def wait_until_venues_are_up(self, count: int) -> None:
        assert self.process is not None
        end = time.monotonic() + START_S
        while sum(venue.up for venue in self.process.engine.desk.venues.values()) < count:
            assert time.monotonic() < end, "a venue's session did not come up"
            time.sleep(0.01)

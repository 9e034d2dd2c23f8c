"""An engine's FIX line in this process, without sockets, threads, waiting or a disk: bytes in, reports out.

Everything else is real: session, validation, mapping, engine, runtime, reports. The journal is in memory, the loop
runs what was scheduled when it is told to (`step`), and time stands still: the same bytes always cost the same work.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.fix_messages import CLIENT, logon
from bench.servers import configure
from kairos.adapters.config_file import load_config
from kairos.adapters.fix_mapping.instruments import InstrumentDirectory
from kairos.adapters.journal_memory import MemoryJournal
from kairos.adapters.reference_files import load_reference
from kairos.adapters.sent_messages import SentMessages
from kairos.app.fix_sessions import FixSessions
from kairos.engine.engine import Engine
from kairos.ports import Batch
from kairos.runtime import Runtime


class SteppedLoop:
    """What the runtime needs of an event loop: keeps calls until `step`; timers never come."""

    def __init__(self) -> None:
        self._calls: list[tuple[Callable[..., object], tuple[Any, ...]]] = []

    def call_soon(self, callback: Callable[..., object], *args: Any) -> None:
        self._calls.append((callback, args))

    def call_soon_threadsafe(self, callback: Callable[..., object], *args: Any) -> None:
        self._calls.append((callback, args))

    def call_later(self, delay: float, callback: Callable[..., object], *args: Any) -> Never:
        return Never()

    def step(self) -> None:
        while self._calls:
            calls, self._calls = self._calls, []
            for callback, args in calls:
                callback(*args)


class Never:
    """A timer that never comes."""

    def cancel(self) -> None: ...


class Wire(asyncio.Transport):
    """Takes what the line writes."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[bytes] = []

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written.append(bytes(data))

    def writelines(self, list_of_data: Any) -> None:
        self.written += list_of_data

    def is_closing(self) -> bool:
        return False

    def is_reading(self) -> bool:
        return True

    def get_write_buffer_size(self) -> int:
        return 0

    def get_write_buffer_limits(self) -> tuple[int, int]:
        return 0, 1 << 20

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return default


class StandingClock:
    def __init__(self) -> None:
        self._now_ns = time.time_ns()

    def now_ns(self) -> int:
        return self._now_ns


class Silent:
    """Nobody counts, nobody logs."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        return _nothing


def _nothing(*_: object, **__: object) -> None: ...


class SteppedLine:
    """One client's session, logged on."""

    def __init__(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            config = load_config(configure(Path(folder), 0, (CLIENT,)))
            commands = load_reference(config.reference)
        self.loop, self.wire, self.journal = SteppedLoop(), Wire(), MemoryJournal()
        loop: Any = self.loop
        self.runtime = Runtime(Engine(), self.journal, StandingClock(), loop)
        self.runtime.start(self)
        directory, sent = InstrumentDirectory(), SentMessages(self.journal)
        for command in commands:
            self.runtime.submit(command)
        for instrument in self.runtime.engine.desk.instruments.values():
            directory.note(instrument.defined)
        silent: Any = Silent()
        sessions = FixSessions(config, self.runtime, sent, directory, silent, silent)
        self.runtime.on_kept.append(sent.note)
        (self.line,) = sessions.lines.values()
        self.line.attach(self.wire)
        self.give(logon())
        self.wire.written.clear()

    def submit(self, batch: Batch) -> None:
        """The runtime's committer: a batch is durable at once."""
        self.journal.append(batch)
        self.runtime.committed(batch.last_seq)

    def give(self, data: bytes) -> None:
        """Bytes from the client; returns when all that they caused has left."""
        self.line.received(data)
        self.loop.step()

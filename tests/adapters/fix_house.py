"""Client sessions on a real port in this process: runtime, journal in memory, lines, acceptor; and clients for them."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from kairos.adapters.config_fix import FixSessionConfig
from kairos.adapters.fix_acceptor import FixAcceptor
from kairos.adapters.fix_door import ConfiguredDoor
from kairos.adapters.fix_line import FixLine
from kairos.adapters.group_commit import GroupCommit
from kairos.adapters.journal_memory import MemoryJournal
from kairos.adapters.sent_messages import SentMessages
from kairos.adapters.session_hours import SessionGates
from kairos.app.loop import NEW_LOOP
from kairos.engine.engine import Engine
from kairos.fix.dictionary import load_dictionary
from kairos.fix.framing import FrameReader
from kairos.fix.message import Message
from kairos.fix.parser import parse
from kairos.fix.session import Session
from kairos.fix.values import format_utc
from kairos.fix.writer import BodyWriter, encode_frame
from kairos.model.events import Event
from kairos.model.wire import decode_events
from kairos.runtime import Runtime


class TestClock:
    """The machine's time, moved by what a test says."""

    __test__ = False

    def __init__(self) -> None:
        self.ahead_ns = 0

    def now_ns(self) -> int:
        return time.time_ns() + self.ahead_ns


class Answering:
    """Answers each News(B) with one of its own; counts logons and logouts."""

    def __init__(self) -> None:
        self.states: list[str] = []

    def on_message(self, line: FixLine, message: Message) -> None:
        line.send("B", text("answer"))

    def on_logged_on(self, line: FixLine) -> None:
        self.states.append(f"on {line.session.config.target_comp_id}")

    def on_logged_out(self, line: FixLine, reason: str) -> None:
        self.states.append(f"{'ended' if line.ended_by_wish else 'lost'} {line.session.config.target_comp_id}")


class SilentObserver:
    def fix_received(self, session: str, count: int) -> None: ...
    def fix_sent(self, session: str, count: int) -> None: ...
    def fix_state(self, session: str, up: bool, reason: str) -> None: ...
    def fix_given_up(self, session: str, count: int) -> None: ...
    def fix_defect(self, session: str, error: Exception) -> None: ...


def text(words: str) -> bytes:
    w = BodyWriter()
    w.put_str(148, words)
    w.put_str(33, "1")
    w.put_str(58, words)
    return w.body()


class FixHouse:
    """`sessions` are named by their client: FixHouse(client("ACME"), ...)."""

    def __init__(self, *sessions: FixSessionConfig, journal: MemoryJournal | None = None) -> None:
        self.journal = journal if journal is not None else MemoryJournal()
        self.clock = TestClock()
        self.runtime = Runtime(Engine(), self.journal, self.clock, asyncio.get_running_loop())
        self.sent = SentMessages(self.journal)
        self.runtime.recover(self.sent.note)
        self.runtime.on_kept.append(self.sent.note)
        self.commit = GroupCommit(self.journal, self.runtime.committed, self.runtime.failed)
        self.runtime.start(self.commit)
        self.application = Answering()
        self.gates = SessionGates()
        self.lines = {session.target_comp_id: self._line(session) for session in sessions}
        self.turned_away: list[str] = []
        door = ConfiguredDoor({s.session_id: s for s in sessions}, self._closed)
        by_session = {line.session_id: line for line in self.lines.values()}
        self.acceptor = FixAcceptor(by_session, door, lambda _peer, why: self.turned_away.append(why))
        self.port = 0

    def _closed(self, session: str) -> str:
        return self.gates.closed(session, self.clock.now_ns())

    def _line(self, config: FixSessionConfig) -> FixLine:
        protocol = config.protocol()
        numbers = self.runtime.engine.desk.sessions.get(protocol.session_id)
        next_in, next_out = (numbers.next_in, numbers.next_out) if numbers is not None else (1, 1)
        session = Session(protocol, load_dictionary(config.begin_string), next_in, next_out)
        return FixLine(session, self.runtime, self.application, self.sent, SilentObserver())

    def events(self) -> list[Event]:
        return [event for batch in self.journal.read() for event in decode_events(batch.body)]

    async def settled(self) -> None:
        """Until all is durable."""
        while not self.runtime.is_idle():
            await asyncio.sleep(0.001)

    async def stop(self) -> None:
        await self.acceptor.stop()
        await asyncio.sleep(0.01)
        await self.settled()
        await asyncio.to_thread(self.commit.close)


@asynccontextmanager
async def house_of(*sessions: FixSessionConfig, tls: ssl.SSLContext | None = None) -> AsyncIterator[FixHouse]:
    house = FixHouse(*sessions)
    house.port = await house.acceptor.start("127.0.0.1", 0, tls)
    try:
        yield house
    finally:
        await house.stop()


class FixClient:
    """A client that notes each message, and answers nothing by itself."""

    def __init__(self, name: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.name = name
        self.seq = 0
        self.heard: list[Message] = []
        self._reader, self._writer = reader, writer
        self._frames = FrameReader()

    @classmethod
    async def connect(cls, port: int, name: str, tls: ssl.SSLContext | None = None) -> FixClient:
        server_hostname = "localhost" if tls is not None else None
        reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=tls, server_hostname=server_hostname)
        return cls(name, reader, writer)

    def send(self, msg_type: str, *fields: tuple[int, str]) -> None:
        self.seq += 1
        w = BodyWriter()
        for tag, value in fields:
            w.put_str(tag, value)
        now = format_utc(time.time_ns())
        self._writer.write(encode_frame("FIX.4.4", msg_type, self.seq, self.name, "KAIROS", now, w.body()))

    async def log_on(self, *more: tuple[int, str]) -> None:
        self.send("A", (98, "0"), (108, "30"), *more)
        await self.hear_until(lambda m: m.msg_type == "A")

    async def hear_until(self, found: Callable[[Message], bool], seconds: float = 20.0) -> Message:
        async with asyncio.timeout(seconds):
            while True:
                frame = self._frames.next()
                if frame is None:
                    data = await self._reader.read(65_536)
                    if not data:
                        raise ConnectionError("hung up")
                    self._frames.feed(data)
                    continue
                message = parse(frame)
                self.heard.append(message)
                if found(message):
                    return message

    async def is_hung_up(self) -> bool:
        """Whether the other side closes the connection without a word."""
        async with asyncio.timeout(20):
            try:
                return await self._reader.read(1) == b""
            except ConnectionError:
                return True

    async def close(self) -> None:
        self._writer.close()
        try:
            await self._writer.wait_closed()
        except OSError:
            return


def client(name: str, **settings: object) -> FixSessionConfig:
    return FixSessionConfig("FIX.4.4", "KAIROS", name, name, **settings)  # type: ignore[arg-type]


def run(test: Callable[[], Awaitable[None]]) -> None:
    """On the loop that the engine runs on."""

    async def bounded() -> None:
        async with asyncio.timeout(60):
            await test()

    with asyncio.Runner(loop_factory=NEW_LOOP) as runner:
        runner.run(bounded())

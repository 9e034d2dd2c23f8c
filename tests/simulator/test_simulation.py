"""The whole exchange: what it plays, when it closes, and a client that trades with it over a real socket."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
import simplefix
from tests.simulator.client import Client, NoObserver, OpenWriter

from kairos.adapters.fix_acceptor import FixAcceptor
from kairos.adapters.fix_door import OpenDoor
from kairos.adapters.fix_line import Application, FixLine
from kairos.adapters.group_commit import GroupCommit
from kairos.adapters.journal_memory import MemoryJournal
from kairos.adapters.sent_messages import SentMessages
from kairos.engine.engine import Engine
from kairos.fix.dictionary import load_dictionary
from kairos.fix.session import Session
from kairos.fix.session_config import SessionConfig
from kairos.market.shipped import shipped_tapes
from kairos.model.errors import ReferenceDataError
from kairos.model.numbers import parse_price as px
from kairos.runtime import Runtime
from kairos.simulator.simulation import Simulation
from kairos.simulator.tape_source import TapeSource, own_source, shipped_source

MINUTE = 60_000_000_000
ORDERS = SessionConfig("FIX.4.4", "EXCH", "KAIROS", check_latency=False)


def shipped(symbol: str) -> TapeSource:
    (tape,) = [tape for tape in shipped_tapes() if tape.symbol == symbol]
    return shipped_source(tape)


def no_line(config: SessionConfig, application: Application) -> FixLine:
    return FixLine(
        Session(config, load_dictionary(config.begin_string)),
        OpenWriter(),
        application,
        SentMessages(MemoryJournal()),
        NoObserver(),
    )


def test_tapes_of_other_days_open_together_with_the_first() -> None:
    simulation = Simulation([shipped("XXX"), shipped("ABC")], OpenWriter(), no_line, [])
    one, other = simulation.listings
    assert (one.open_ns, one.close_ns) == (other.open_ns, other.close_ns)
    assert simulation.clock.market_ns(0) == shipped("XXX").first_ns - 1_000_000_000


def test_a_part_of_the_day_closes_at_its_end() -> None:
    source = shipped("XXX")
    start_ns = source.open_ns + 10 * MINUTE
    simulation = Simulation([source], OpenWriter(), no_line, [], start_ns=start_ns, minutes=5)
    (listing,) = simulation.listings
    assert (listing.close_ns, listing.ends_ns) == (start_ns + 5 * MINUTE, start_ns + 5 * MINUTE)


def test_a_session_is_served_by_its_face() -> None:
    data = SessionConfig("FIX.4.4", "EXCH", "FEED")
    simulation = Simulation([shipped("XXX")], OpenWriter(), no_line, [ORDERS], [data])
    assert set(simulation.lines) == {ORDERS.session_id, data.session_id}


def test_the_market_stands_until_a_client_is_there_and_then_as_it_stood_at_that_time_of_day() -> None:
    async def play() -> None:
        writer = OpenWriter()
        source = shipped("XXX")
        start_ns = source.open_ns + 10 * MINUTE
        simulation = Simulation(
            [source], writer, no_line, [ORDERS], start_ns=start_ns, minutes=1, waits_for_logon=True, speed=100
        )
        await simulation.start()
        writer.wall_ns += MINUTE
        assert simulation.player.reach(writer.wall_ns).market_ns == start_ns
        top = simulation.shown.refresh("XXX.XNYS").top
        assert 0 < top.bid_px < top.ask_px and top.volume > 0
        client = Client(simulation.orders, writer)
        client.order("A1", 1, 100, _55="XXX", _40=2, _44="1").order("A2", 1, 1, _55="XXX")
        new, *_, fill = client.reports()
        assert new == "A1 NEW 0/100" and fill.startswith("A2 TRADE 1@")
        writer.wall_ns += MINUTE // 100
        await asyncio.wait_for(simulation.finished.wait(), 5)
        assert client.reports() == ["A1 EXPIRED 0/0"]
        await simulation.stop()

    asyncio.run(play())


def test_a_trade_is_busted_and_corrected_by_the_operator() -> None:
    async def play() -> None:
        writer = OpenWriter()
        simulation = Simulation([shipped("XXX")], writer, no_line, [], start_ns=shipped("XXX").open_ns + 10 * MINUTE)
        await simulation.start()
        client = Client(simulation.orders, writer)
        client.order("A1", 1, 100, _55="XXX", _59=3)
        exec_id = client.heard()[1]["17"]
        assert simulation.correct(exec_id, 50, px("75")) == ""
        assert simulation.bust(exec_id) == ""
        assert simulation.bust(exec_id).endswith("is busted already")
        assert [text.split()[1] for text in client.reports()][:1] == ["CORRECT"]
        await simulation.stop()

    asyncio.run(play())


def test_a_tape_of_one_s_own(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("kairos-tape,1\nQ,100,9.5,10,9.6,20\nT,200,9.6,5,C\n", "utf-8")
    source = own_source(path, "OWN.XTAI", px("0.1"), 1000, close_ns=150)
    assert (source.first_ns, source.last_ns, source.open_ns, source.has_quotes) == (100, 200, 100, True)
    (listing,) = Simulation([source], OpenWriter(), no_line, [], start_ns=100).listings
    assert listing.close_ns == 150 and listing.ends_ns > 200


def test_an_empty_tape_and_no_tape_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("kairos-tape,1\n", "utf-8")
    with pytest.raises(ReferenceDataError, match="at least one event"):
        own_source(path, "OWN.XTAI", 1, 1)
    with pytest.raises(ValueError, match="at least one tape or instrument"):
        Simulation([], OpenWriter(), no_line, [])


class WallClock:
    def now_ns(self) -> int:
        return time.time_ns()


class Process:
    """What a composition root does for an exchange: journal, writer, lines, acceptor."""

    def __init__(self, journal: MemoryJournal) -> None:
        self.runtime = Runtime(Engine(), journal, WallClock(), asyncio.get_running_loop())
        self.sent = SentMessages(journal)
        self.runtime.recover(self.sent.note)
        self.runtime.on_kept.append(self.sent.note)
        source = shipped("XXX")
        self.simulation = Simulation(
            [source], self.runtime, self.make_line, [ORDERS], start_ns=source.open_ns + 10 * MINUTE, speed=600
        )
        self.acceptor = FixAcceptor(self.simulation.lines, OpenDoor(), lambda peer, why: None)
        self.commit = GroupCommit(journal, self.runtime.committed, self.runtime.failed)

    def make_line(self, config: SessionConfig, application: Application) -> FixLine:
        numbers = self.runtime.engine.desk.sessions.get(config.session_id)
        next_in, next_out = (numbers.next_in, numbers.next_out) if numbers is not None else (1, 1)
        session = Session(config, load_dictionary(config.begin_string), next_in, next_out)
        return FixLine(session, self.runtime, application, self.sent, NoObserver())

    async def start(self) -> int:
        self.runtime.start(self.commit)
        await self.simulation.start()
        return await self.acceptor.start("127.0.0.1", 0)

    async def stop(self) -> None:
        await self.acceptor.stop()
        await self.simulation.stop()
        while not self.runtime.is_idle():
            await asyncio.sleep(0.001)
        self.commit.close()


class SocketClient:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seq: int) -> None:
        self.reader, self.writer, self.seq = reader, writer, seq
        self.parser = simplefix.FixParser()

    def send(self, msg_type: str, *pairs: tuple[int, object]) -> None:
        message = simplefix.FixMessage()
        for tag, value in [(8, "FIX.4.4"), (35, msg_type), (49, "KAIROS"), (56, "EXCH"), (34, self.seq)]:
            message.append_pair(tag, value)
        message.append_utc_timestamp(52)
        for tag, value in pairs:
            message.append_pair(tag, value)
        self.seq += 1
        self.writer.write(message.encode())

    async def hear(self) -> tuple[str, str]:
        """MsgType(35) and ExecType(150) of the next message."""
        while (message := self.parser.get_message()) is None:
            data = await self.reader.read(4096)
            assert data, "the exchange hung up"
            self.parser.append_buffer(data)
        return message.get(35).decode(), (message.get(150) or b"").decode()


def test_a_client_trades_over_a_socket_and_its_numbers_survive_a_restart() -> None:
    async def day(journal: MemoryJournal, seq: int) -> int:
        process = Process(journal)
        port = await process.start()
        client = SocketClient(*await asyncio.open_connection("127.0.0.1", port), seq)
        client.send("A", (98, 0), (108, 30))
        assert await client.hear() == ("A", "")
        order = [(11, f"A{seq}"), (55, "XXX"), (54, 1), (60, "20261122-10:00:00"), (38, 100), (40, 1)]
        client.send("D", *order)
        assert [await client.hear(), await client.hear()] == [("8", "0"), ("8", "F")]
        client.send("5")
        while (await client.hear())[0] != "5":
            pass
        client.writer.close()
        await process.stop()
        return client.seq

    async def two_days() -> None:
        journal = MemoryJournal()
        seq = await asyncio.wait_for(day(journal, 1), 20)
        assert seq == 4
        await asyncio.wait_for(day(journal, seq), 20)

    asyncio.run(two_days())

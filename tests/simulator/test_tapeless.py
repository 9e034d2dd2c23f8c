"""What an exchange lists without a tape: its day and rules, from the configuration to a trade between two clients."""

from __future__ import annotations

import asyncio
import datetime
from pathlib import Path

import pytest
from tests.simulator.client import SECOND, Client, OpenWriter
from tests.simulator.test_simulation import ORDERS, no_line

from kairos.adapters.config import SimulatorConfig, TapeConfig
from kairos.adapters.config_fix import VenueSessionConfig
from kairos.adapters.reference_files import ReferenceFile
from kairos.app.simulator_sources import sources_of
from kairos.cli.venue_serve import alone
from kairos.model.errors import ReferenceDataError
from kairos.model.numbers import parse_price as px
from kairos.simulator.simulation import Simulation
from kairos.simulator.tape_source import TapeSource, own_source, tapeless_source

A_DAY = 86_400 * SECOND
FRIDAY = datetime.date(2026, 11, 20)
SUNDAY_NOON = 1_795_320_000 * SECOND  # 2026-11-22 04:00 UTC, noon in Taipei
REFERENCE = """
[[instrument]]
symbol = "AAA"
mic = "XNYS"
tick_size = "0.05"
lot_size = 10
currency = "USD"
"""


def listed(folder: Path, *names: str, market: str = "", trade_date: datetime.date | None = None) -> list[TapeSource]:
    reference = folder / "reference.toml"
    reference.write_text(REFERENCE, "utf-8")
    instruments = tuple(TapeConfig(name, reference_px=px("1085")) for name in names)
    simulator = SimulatorConfig("V", "h", 1, (), instruments=instruments, market=market, trade_date=trade_date)
    config = alone(folder, simulator, VenueSessionConfig("V", "FIX.4.4", "K", "X", "h", 1), reference)
    assert config.reference == (ReferenceFile(reference),)
    return sources_of(config, simulator, SUNDAY_NOON)


def test_a_market_s_day_is_the_date_s_or_the_session_before_today(tmp_path: Path) -> None:
    (source,) = listed(tmp_path, "2330.XTAI", market="XTAI")
    (same,) = listed(tmp_path, "2330.XTAI", market="XTAI", trade_date=FRIDAY)
    assert datetime.datetime.fromtimestamp(source.open_ns // SECOND, datetime.UTC) == datetime.datetime(
        2026, 11, 20, 1, tzinfo=datetime.UTC
    )
    assert source.terms is not None and same.open_ns == source.open_ns
    assert source.first_ns == source.open_ns - 1_800 * SECOND and source.path is None
    assert not source.terms.rules.tape_auctions and source.terms.rules.bounds.high_px == px("1190")


def test_without_a_market_the_day_is_all_of_a_day_with_the_reference_data_s_terms(tmp_path: Path) -> None:
    (source,) = listed(tmp_path, "AAA.XNYS")
    assert (source.open_ns, source.close_ns) == (SUNDAY_NOON - 4 * 3_600 * SECOND, source.open_ns + A_DAY)
    assert (source.tick, source.lot) == (px("0.05"), 10)
    with pytest.raises(ReferenceDataError, match=r"tick_size and lot_size"):
        listed(tmp_path, "NIL.XNYS")


def test_two_clients_trade_with_each_other_and_nobody_else_is_there() -> None:
    async def play() -> None:
        writer = OpenWriter()
        source = tapeless_source("AAA.XNYS", px("0.01"), 1, 100 * SECOND, 1_000 * SECOND)
        simulation = Simulation([source], writer, no_line, [ORDERS], start_ns=50 * SECOND)
        await simulation.start()
        one, other = Client(simulation.orders, writer, name="ONE"), Client(simulation.orders, writer, name="TWO")
        one.order("A1", 1, 100, _44="10.05")
        other.order("B1", 2, 60, _40=1)
        assert one.reports() + other.reports() == ["A1 NEW 0/100", "B1 NEW 0/60"]
        writer.wall_ns += 50 * SECOND
        simulation.orders.flush(simulation.now())
        assert one.reports() + other.reports() == ["A1 TRADE 60@10.05 60/40", "B1 TRADE 60@10.05 60/0"]
        other.order("B2", 2, 60, _40=1)
        assert other.reports() == ["B2 NEW 0/60", "B2 TRADE 40@10.05 40/20", "B2 CANCELED 40/0"]
        await simulation.stop()

    asyncio.run(play())


def test_a_deep_tape_with_a_halt_is_played_beside_an_instrument_without_one(tmp_path: Path) -> None:
    path = tmp_path / "deep.csv"
    rows = ["kairos-tape,2"]
    rows += [f"L,{at * SECOND},S,{price},50,{more}" for at, price, more in ((1, "10", "M"), (1, "10.1", ""))]
    path.write_text("\n".join([*rows, f"X,{300 * SECOND},H", f"T,{900 * SECOND},10,1,", ""]), "utf-8")

    async def play() -> None:
        writer = OpenWriter()
        tape = own_source(path, "DEEP.XTAI", px("0.1"), 1)
        assert tape.has_quotes
        bare = tapeless_source("AAA.XNYS", px("0.01"), 1, 100 * SECOND, 1_000 * SECOND)
        simulation = Simulation([tape, bare], writer, no_line, [ORDERS], start_ns=200 * SECOND)
        await simulation.start()
        client = Client(simulation.orders, writer)
        client.order("A1", 1, 80, _55="DEEP", _44="10.1").order("B1", 1, 10, _55="AAA", _44="1")
        assert client.reports() == [
            "A1 NEW 0/80", "A1 TRADE 50@10 50/30", "A1 TRADE 30@10.1 80/0", "B1 NEW 0/10"
        ]  # fmt: skip
        assert simulation.shown.refresh("DEEP.XTAI").asks.levels() == ((px("10.1"), 20),)
        writer.wall_ns += 150 * SECOND
        client.order("A2", 1, 5, _55="DEEP", _44="10.1")
        assert client.reports() == ["A2 NEW 0/5"]
        simulation.shown.hear(simulation.now().market_ns)
        assert simulation.shown.boards["DEEP.XTAI"].halted and not simulation.shown.boards["AAA.XNYS"].halted
        await simulation.stop()

    asyncio.run(play())

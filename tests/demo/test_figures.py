"""The summary's figures: percentiles, the market's VWAP in the time played, and when the exchange ran."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kairos.demo.market_vwap import market_vwap
from kairos.demo.serving import ExchangeRun, MarketTime, exchange_runs
from kairos.demo.setup import Course, Listed
from kairos.demo.summary import Traded, percentile_us
from kairos.market.shipped import shipped_tapes
from kairos.model.numbers import PRICE_SCALE

SECOND = 1_000_000_000
SESSION = "FIX.4.4:SIM->KAIROS"
UP = {"component": "simulator.fix", "event": "session is up", "session": SESSION}
OPEN = {"component": "simulator", "event": "simulated exchange is open"}
FELL = {"component": "supervisor", "event": "process fell", "process": "simulator"}
STOPPED = {"component": "simulator", "event": "simulated exchange has stopped"}


@pytest.mark.parametrize(("percent", "us"), [(50, 2), (75, 3), (76, 4), (99, 4), (100, 4), (0, 1)])
def test_a_percentile_is_the_nearest_rank(percent: int, us: int) -> None:
    assert percentile_us([1_000, 2_000, 3_000, 4_000], percent) == us


def test_no_samples_have_no_percentile() -> None:
    assert percentile_us([], 50) == 0


@pytest.fixture
def listed(tmp_path: Path) -> Listed:
    """Three prints: 100 at 10 in second 1, 300 at 12 in second 2, 100 at 20 in second 9; its market opens at 0."""
    tape = shipped_tapes()[0]
    tape.path = tmp_path / "tape.csv"
    tape.open_ns = 0
    prints = ((1, 10, 100), (2, 12, 300), (9, 20, 100))
    lines = [f"T,{at * SECOND},{px},{size}," for at, px, size in prints]
    tape.path.write_text("\n".join(["kairos-tape,1", "Q,1,9,5,11,5", *lines]) + "\n")
    return Listed(tape, 10 * PRICE_SCALE)


def test_vwap_counts_the_prints_inside_the_window(listed: Listed) -> None:
    assert market_vwap(listed, 0, [(0, 2 * SECOND)]) == (1_150_000_000, 400)


def test_a_print_that_was_played_twice_counts_twice(listed: Listed) -> None:
    assert market_vwap(listed, 0, [(0, 2 * SECOND), (0, SECOND)]) == (1_120_000_000, 500)


def test_a_tape_of_another_day_is_moved_to_the_day_that_is_played(listed: Listed) -> None:
    assert market_vwap(listed, 100 * SECOND, [(0, 101 * SECOND)]) == (1_000_000_000, 100)


def test_nothing_played_has_no_vwap(listed: Listed) -> None:
    assert market_vwap(listed, 0, []) == (0, 0)


def log_of(path: Path, *entries: tuple[dict[str, str], int]) -> Path:
    lines = [json.dumps({**entry, "ts": f"1970-01-01T00:00:{second:02d}.000000Z"}) for entry, second in entries]
    path.write_text("\n".join([*lines, '{"component": "simula']))
    return path


def test_each_life_of_the_exchange_is_found_in_the_log(tmp_path: Path) -> None:
    log = log_of(tmp_path / "log", (OPEN, 1), (UP, 2), (UP, 5), (FELL, 6), (OPEN, 7), (UP, 8), (STOPPED, 9))
    assert exchange_runs(log, SESSION) == [
        ExchangeRun(2 * SECOND, 6 * SECOND),
        ExchangeRun(8 * SECOND, 9 * SECOND),
    ]


def test_another_session_does_not_begin_the_market(tmp_path: Path) -> None:
    log = log_of(tmp_path / "log", (OPEN, 1), ({**UP, "session": "FIX.4.4:SIM-MD->KAIROS-MD"}, 2))
    assert exchange_runs(log, SESSION) == [ExchangeRun(0, 0)]


def test_a_house_without_a_log_has_no_lives(tmp_path: Path) -> None:
    assert exchange_runs(tmp_path / "log", SESSION) == []


def test_the_markets_time_runs_at_its_speed_and_stays_where_it_ended() -> None:
    tape = shipped_tapes()[0]
    market = MarketTime(Course(speed=10, market_minutes=1, seed=1), tape)
    run = ExchangeRun(began_ns=SECOND)
    assert market.at(ExchangeRun(), 99 * SECOND) == market.start_ns == tape.open_ns - 25 * SECOND
    assert market.at(run, 3 * SECOND) == market.start_ns + 20 * SECOND
    assert market.at(run, 99 * SECOND) == market.end_ns == market.start_ns + 60 * SECOND
    assert market.at(ExchangeRun(SECOND, 2 * SECOND), 99 * SECOND) == market.start_ns + 10 * SECOND


def test_slippage_is_worse_above_zero_for_either_side() -> None:
    bought = Traded("XXX.XNYS", "USD", "BUY", 1, 1, 1_001 * PRICE_SCALE, 1_000 * PRICE_SCALE, 1)
    assert bought.slippage_bps == "+10.0"
    assert replace(bought, side="SELL").slippage_bps == "-10.0"
    assert replace(bought, market_vwap=0).slippage_bps == ""

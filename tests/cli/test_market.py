"""`kairos market`: bars of a tape on disk and asked for, and the live screen's words."""

from __future__ import annotations

import json
import time
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from kairos.cli.main import main
from kairos.cli.market_watch import book, state_of, tops

TAPE = """kairos-tape,1
Q,1700000040000000000,10,100,10.02,100
T,1700000040000000000,10.01,300,
T,1700000099000000000,10.03,100,
T,1700000100000000000,10,50,
"""
BOARD = {
    "instrument": "AAA.XNYS",
    "bids": [["10", 1200], ["9.99", 5]],
    "asks": [["10.02", 7]],
    "last_px": "10.01",
    "volume": 123456,
}


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["market", *args])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pytest.importorskip("duckdb", reason="the package duckdb is not installed")
    tape = tmp_path / "aaa.csv"
    tape.write_text(TAPE)
    bars = tmp_path / "bars"
    taken = run("take-in", str(tape), "--instrument", "AAA.XNYS", "--bars", str(bars))
    assert taken.output == f"2 bars of AAA.XNYS written to {bars}\n"
    return bars


def test_a_tape_s_bars_are_kept_and_shown(folder: Path) -> None:
    shown = run("bars", "AAA.XNYS", "--seconds", "60", "--bars", str(folder), "--json")
    first, second = [json.loads(line) for line in shown.output.splitlines()]
    assert (first["open_px"], first["high_px"], first["volume"], first["turnover"]) == ("10.01", "10.03", 400, "4006")
    assert second["start"] == "2023-11-14 22:15:00" and second["trade_count"] == 1


def test_figures_and_free_questions(folder: Path) -> None:
    assert json.loads(run("figures", "--bars", str(folder), "--json").output)["average_volume"] == 450
    assert json.loads(run("query", "select max(high_px) as top from bars", "--bars", str(folder), "--json").output) == {
        "top": "10.03"
    }


def test_what_can_t_be_shown_is_told_in_a_sentence(folder: Path, tmp_path: Path) -> None:
    unknown = run("bars", "ZZZ.XNYS", "--bars", str(folder))
    assert unknown.exit_code == 1 and "there are: AAA.XNYS" in unknown.output
    empty = run("figures", "--bars", str(tmp_path / "none"))
    assert empty.exit_code == 1 and "kairos market record" in empty.output


def words(renderable: object) -> str:
    console = Console(width=160, file=StringIO())
    console.print(renderable)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_the_screen_shows_the_best_prices_and_the_book() -> None:
    line = next(line for line in words(tops([BOARD])).splitlines() if "AAA.XNYS" in line)
    assert [cell.strip() for cell in line.strip("│").split("│")] == [
        "AAA.XNYS", "1,200 x 10", "10.02 x 7", "10.01", "", "", "", "123,456", ""
    ]  # fmt: skip
    assert "9.99" in words(book(BOARD))


def test_halts_staleness_and_auctions_are_said_in_words() -> None:
    stale = BOARD | {"stale_since_ns": time.time_ns() - 5_000_000_000, "halted": True, "phase": "3"}
    assert state_of(stale) == "HALTED, STALE for 5 s, continuous"
    auction = {"phase": "4", "auction_px": "10.01", "paired_qty": 500, "imbalance_qty": -200}
    assert state_of(BOARD | auction) == "closing auction, auction 10.01 x 500 (-200)"

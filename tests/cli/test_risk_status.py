"""`kairos risk status | watch | follow` and `kairos risk returns`: what the engine answers, and how people see it."""

from __future__ import annotations

import asyncio
import json
from io import StringIO
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from rich.console import Console
from tests.risk.small_desk import ACCOUNT, ONE, SECOND, SmallDesk

from kairos.adapters.link_frames import AskError
from kairos.app.risk_status import RiskStatus
from kairos.cli import risk_returns, risk_status
from kairos.cli.market_bars import take_in
from kairos.model.commands import Command, SetReturns
from kairos.model.enums import LimitKind, NodeKind, ScopeKind, Severity, Side
from kairos.model.events import LimitPlaced
from kairos.model.values import Limit, Place


def a_day() -> SmallDesk:
    """1,000 bought at 500, of which 400 were sold at 510; then it falls by 1 a second to 490. A limit of 600,000."""
    small = SmallDesk()
    small.watch()
    limit = Limit(LimitKind.GROSS_EXPOSURE, Severity.HARD, 600_000 * ONE, "", 0, 0, False)
    small.add(lambda at: LimitPlaced(at, ACCOUNT, limit, "", ""))
    small.mark("2330", 500)
    small.buy(1000, 500)
    small.sell(400, 510)
    for px in range(510, 489, -1):
        small.mark("2330", px)
    return small


def answer(small: SmallDesk, *places: object) -> dict[str, Any]:
    status = RiskStatus(lambda: small.desk, lambda: small.now_ns)
    said: Any = asyncio.run(status.asks["risk.status"]("anna", {"places": list(places)}))
    return json.loads(json.dumps(said))  # as it comes over the link


def in_words(told: dict[str, Any]) -> str:
    out = StringIO()
    Console(file=out, width=200).print(risk_status.screen(told))
    return out.getvalue()


def test_a_watched_place_tells_all_that_it_knows() -> None:
    (row,) = answer(a_day(), ["ACCOUNT", "A1", "ALL", ""])["places"]
    assert (row["place"], row["currency"], row["watched"]) == ("ACCOUNT A1", "TWD", True)
    assert (row["indicators"]["DAY_PNL"], row["indicators"]["DRAWDOWN"]) == ("-2000", "12000")
    assert "VAR" not in row["indicators"] and row["missing_returns"] == ["2330"]
    assert row["currencies"][0] == {
        "currency": "TWD", "gross": "294000", "net": "294000", "long": "294000", "short": "0", "pnl": "-2000",
    }  # fmt: skip
    gross = row["limits"][-1]
    assert (gross["kind"], gross["used"], gross["limit"]) == ("GROSS_EXPOSURE", "294000", "600000")
    assert gross["headroom"] == "306000"


def test_a_limit_says_when_it_will_be_reached() -> None:
    """Bought 100 at 500 every second: from 300,000 another 300,000 in six seconds or so."""
    small = SmallDesk()
    small.watch()
    limit = Limit(LimitKind.LONG_EXPOSURE, Severity.HARD, 600_000 * ONE, "", 0, 0, False)
    small.add(lambda at: LimitPlaced(at, ACCOUNT, limit, "", ""))
    small.mark("2330", 500)
    for _ in range(6):
        small.order(Side.BUY, 100)
    told = answer(small, ["ACCOUNT", "A1", "ALL", ""])
    due = int(told["places"][0]["limits"][-1]["breach_at_ns"]) - small.now_ns
    assert 4 * SECOND < due < 8 * SECOND
    assert f"{due // SECOND} s" in in_words(told)


def test_a_question_about_a_place_that_nobody_watches_changes_nothing() -> None:
    small = a_day()
    before = small.desk.tree.version
    (row,) = answer(small, ["CLIENT", "ACME", "INSTRUMENT", "2330"])["places"]
    assert row["watched"] is False
    assert (row["indicators"]["DAY_PNL"], row["indicators"]["CONCENTRATION_BPS"]) == ("-2000", "10000")
    assert "DRAWDOWN" not in row["indicators"]
    (other,) = answer(small, ["CLIENT", "ACME", "INSTRUMENT", "TXF"])["places"]
    assert other["indicators"]["GROSS"] == "0"
    assert (small.desk.tree.version, len(small.desk.tree.cells)) == (before, 1)


def test_who_asks_for_nothing_sees_the_firm_the_holders_and_what_is_watched() -> None:
    small = a_day()
    small.watch(Place(NodeKind.FIRM, "", ScopeKind.CURRENCY, "TWD"))
    names = [row["place"] for row in answer(small)["places"]]
    assert names == ["FIRM", "ACCOUNT A1", "FIRM CURRENCY TWD"]


@pytest.mark.parametrize("place", ["A1", ["ACCOUNT", "A9", "ALL", ""], ["HOUSE", "", "ALL", ""], ["FIRM", "", "ALL"]])
def test_what_is_no_place_is_refused_with_a_word(place: object) -> None:
    with pytest.raises(AskError, match=r"A9|no place"):
        answer(a_day(), place)


def test_the_screen_shows_money_shares_and_headroom() -> None:
    shown = in_words(answer(a_day()))
    for word in ("ACCOUNT A1", "-2,000", "12,000", "100.00 %", "306,000", "no returns of 2330", "GROSS_EXPOSURE"):
        assert word in shown


def test_places_are_spelled_as_for_a_kill() -> None:
    assert risk_status.read_place("desk:EQ+currency:USD") == Place(NodeKind.DESK, "EQ", ScopeKind.CURRENCY, "USD")
    with pytest.raises(click.BadParameter, match="market:XTAI"):
        risk_status.read_place("venue:XTAI")


@pytest.mark.parametrize(("seconds", "words"), [(0, "now"), (45, "45 s"), (600, "10 min"), (10_800, "3 h")])
def test_how_long_it_takes(seconds: int, words: str) -> None:
    assert risk_status.until(str(5 + seconds * SECOND), 5) == words
    assert risk_status.until("", 5) == ""


# Returns


def test_returns_come_from_the_closes_of_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two prints a day at 100, 102 and 99.5: +2 % and -2.45098 %, days as Taipei's."""
    pytest.importorskip("duckdb", reason="the package duckdb is not installed")
    day, noon = 86_400 * SECOND, 1_704_168_000 * SECOND  # 2024-01-02 12:00 in Taipei
    rows = ["kairos-tape,1"]
    for n, px in enumerate(("100", "102", "99.5")):
        rows += [f"T,{noon + n * day},90,1,", f"T,{noon + n * day + 60 * SECOND},{px},1,"]
    tape = tmp_path / "tape.csv"
    tape.write_text("\n".join(rows) + "\n")
    bars = str(tmp_path / "bars")
    runner = CliRunner()
    assert runner.invoke(take_in, [str(tape), "--instrument", "2330.XTAI", "--bars", bars]).exit_code == 0
    given: list[Command] = []
    monkeypatch.setattr(risk_returns, "give", lambda _config, _user, *commands: given.extend(commands))
    asked = ["take-in", "--bars", bars, "--zone", "Asia/Taipei", "--user", "rita"]
    done = runner.invoke(risk_returns.returns, asked)
    assert done.exit_code == 0, done.output
    (command,) = given
    assert isinstance(command, SetReturns)
    assert [(one.date, one.ppm) for one in command.returns] == [(20240103, 20_000), (20240104, -24_510)]
    assert (command.instrument_id, command.user_id) == ("2330.XTAI", "rita")

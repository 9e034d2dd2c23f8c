"""`kairos risk whatif`: the question that goes out, and the answer as people and programs read it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.risk.gate_help import DESKS, place, world_of

from kairos.cli import risk_whatif
from kairos.cli.risk import risk
from kairos.model.commands import AskWhatIf, Command
from kairos.model.enums import LimitKind, Severity
from kairos.model.events import Event
from kairos.scenario.world import CLIENT, World


class EngineInHand:
    """A link to a world of this process."""

    def __init__(self, world: World) -> None:
        self.world = world

    def command(self, command: Command) -> list[Event]:
        return self.world.give(command)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = world_of(DESKS)

    @contextmanager
    def link(config_path: Path, user: str) -> Iterator[EngineInHand]:
        yield EngineInHand(world)

    monkeypatch.setattr(risk_whatif, "open_link", link)
    monkeypatch.setattr(risk_whatif, "client_of_account", lambda link, account: CLIENT)
    return world


def ask(*words: str) -> Result:
    line = ["whatif", *words, "--account", "A1", "--user", "tina"]
    return CliRunner().invoke(risk, line, catch_exceptions=False)


def test_the_table_says_what_binds_and_gives_a_row_a_check(world: World) -> None:
    place(world, LimitKind.GROSS_EXPOSURE, 5_000_000 * 10**8)
    result = ask("buy", "6000", "2330.XTAI", "--limit", "1000")
    assert result.exit_code == 0
    assert "would be refused: MAX_EXPOSURE node=FIRM gross=6000000 limit=5000000 currency=TWD" in result.output
    (row,) = [line for line in result.output.splitlines() if "refuses" in line]
    cells = [cell.strip() for cell in row.strip("│┃| ").replace("┃", "│").split("│")]
    assert cells == ["refuses", "MAX_EXPOSURE", "FIRM", "gross", "6000000 TWD", "5000000 TWD", "-1000000 TWD", "5,000"]
    assert "BUYING_POWER" in result.output


def test_numbers_are_exact_text_in_json(world: World) -> None:
    place(world, LimitKind.GROSS_EXPOSURE, 5_000_000 * 10**8)
    told = json.loads(ask("buy", "1000", "2330.XTAI", "--limit", "1000", "--json").output)
    assert (told["passes"], told["code"]) == (True, "NONE")
    (gross,) = [v for v in told["verdicts"] if v["node"] == "FIRM"]
    expected = {"seen": "1000000", "limit": "5000000", "headroom": "4000000", "unit": "TWD", "max_qty": "5000"}
    assert {name: gross[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("severity", "words", "told"),
    [
        (Severity.REASON, (), "would be refused: MAX_ORDER_QTY"),
        (Severity.REASON, ("--reason", "asked"), "passes with a reason: MAX_ORDER_QTY"),
        (Severity.APPROVAL, (), "waits for a second person: MAX_ORDER_QTY"),
    ],
)
def test_soft_limits_are_told_with_their_terms(
    world: World, severity: Severity, words: tuple[str, ...], told: str
) -> None:
    place(world, LimitKind.ORDER_QTY, 500, severity=severity)
    assert told in ask("buy", "1000", "2330.XTAI", "--limit", "1000", *words).output


def test_only_a_question_goes_out(world: World) -> None:
    before = len(world.commands)
    assert "would pass" in ask("sell", "1000", "2330.XTAI").output
    assert [type(command) for command in world.commands[before:]] == [AskWhatIf]
    assert not world.desk.orders.awake()


def test_what_the_door_would_refuse_is_told(world: World) -> None:
    result = ask("buy", "1000", "NOPE.XTAI")
    assert result.exit_code == 0
    assert "would be refused: UNKNOWN_INSTRUMENT" in result.output

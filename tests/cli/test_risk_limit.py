"""`kairos risk limit`: what is typed becomes the command that the engine takes, exact and with its reason."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from kairos.cli import risk_limit
from kairos.model.commands import Command
from kairos.model.enums import LimitKind, NodeKind, ScopeKind, Severity
from kairos.model.events import Event
from kairos.model.values import Limit, Place
from kairos.scenario.runner import run_text
from kairos.scenario.world import World

MONEY = 10**8


class Desk:
    """Stands for the link to a running engine."""

    def __init__(self) -> None:
        outcome = run_text('desk EQ name "Equities"', "setup")
        assert outcome.passed, outcome.problem
        self.world: World = outcome.world

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def command(self, command: Command) -> list[Event]:
        return self.world.give(command)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    stand_in = Desk()
    monkeypatch.setattr(risk_limit, "open_link", lambda *_: stand_in)
    return stand_in


def kairos_risk_limit(*arguments: str) -> Result:
    return CliRunner().invoke(risk_limit.limit, [*arguments, "--user", "rita"])


def test_a_limit_hangs_where_it_is_said(desk: Desk) -> None:
    result = kairos_risk_limit("set", "desk:EQ+instrument:2330.XTAI", "position", "30000", "wild", "--spares-closing")
    assert result.output == "DESK EQ INSTRUMENT 2330.XTAI: POSITION 30000, spares closing orders\n"
    cell = desk.world.desk.tree.find(Place(NodeKind.DESK, "EQ", ScopeKind.INSTRUMENT, "2330.XTAI"))
    assert cell is not None
    assert [b.placed for b in cell.bounds] == [Limit(LimitKind.POSITION, Severity.HARD, 30000, "", 0, 0, True)]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("firm", "gross_exposure", "70000000.5", "x", "--in", "TWD"), "FIRM: GROSS_EXPOSURE 70000000.5 TWD\n"),
        (
            ("account:A1", "rate", "5", "x", "--window", "1s", "--burst", "10"),
            "ACCOUNT A1: RATE 5 in 1s, burst 10\n",
        ),
        (
            ("client:ACME", "day_notional", "40", "x", "--in", "TWD", "--severity", "reason"),
            "CLIENT ACME: DAY_NOTIONAL 40 TWD, REASON\n",
        ),
    ],
)
def test_a_value_is_read_in_the_unit_of_its_kind(desk: Desk, arguments: tuple[str, ...], told: str) -> None:
    result = kairos_risk_limit("set", *arguments)
    assert (result.exit_code, result.output) == (0, told)


def test_a_limit_is_taken_away(desk: Desk) -> None:
    kairos_risk_limit("set", "account:A1", "order_qty", "10", "drill")
    result = kairos_risk_limit("remove", "account:A1", "order_qty", "drill over")
    assert result.output == "ACCOUNT A1: ORDER_QTY removed\n"
    assert kairos_risk_limit("remove", "account:A1", "order_qty", "again").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("set", "nowhere:X", "order_qty", "10", "x"), "is no place"),
        (("set", "account:A1", "order_qty", "1.5", "x"), "1.5"),
        (("set", "account:A1", "rate", "5", "x", "--window", "soon"), "must be a time"),
        (("set", "account:A1", "order_qty", "5", "x", "--window", "2s"), "INVALID_VALUE"),
        (("set", "account:A9", "order_qty", "5", "x"), "UNKNOWN"),
    ],
)
def test_what_can_not_hang_is_refused(desk: Desk, arguments: tuple[str, ...], why: str) -> None:
    result = kairos_risk_limit(*arguments)
    assert result.exit_code != 0 and why in result.output

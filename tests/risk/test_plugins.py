"""The firm's own checks in the gate: asked last, fail closed, and kept in the journal by name and version."""

from __future__ import annotations

from typing import Any

import pytest

from kairos.model.commands import LoadCheckPlugins
from kairos.model.events import CheckPluginLoaded, CheckPluginRemoved, CommandRefused, OrderAccepted, OrderRefused
from kairos.model.refusals import Refusal, RefusalCode
from kairos.model.values import CheckPlugin
from kairos.risk.plugins import OrderView, refuse
from kairos.scenario.parser import parse_scenario
from kairos.scenario.runner import run_text
from kairos.scenario.world import World

SECTOR = CheckPlugin("sector", "1.0.0", "house rule 7", "no more than the sector may have")
LATE = CheckPlugin("late", "2.1.0", "", "")


def world_with(*plugins: CheckPlugin) -> World:
    outcome = run_text("clock +1s", "setup")
    assert outcome.passed, outcome.problem
    outcome.world.give(LoadCheckPlugins(plugins, ""))
    return outcome.world


def submitted(world: World) -> OrderAccepted | OrderRefused:
    """What the gate makes of an order within every limit."""
    step = parse_scenario(f"submit P{len(world.commands)} BUY 1000 @ 1000").steps[0]
    answers = [event for event in step.action(world) if isinstance(event, OrderAccepted | OrderRefused)]
    assert len(answers) == 1
    return answers[0]


def passes(_view: OrderView) -> Refusal | None:
    return None


def refuses(view: OrderView) -> Refusal | None:
    return refuse(("qty", str(view.leaves_qty)), ("limit", "0"))


def test_an_order_passes_when_every_check_of_the_firm_says_nothing() -> None:
    world = world_with(SECTOR, LATE)
    world.desk.plugins.functions.update(sector=passes, late=passes)
    assert isinstance(submitted(world), OrderAccepted)


def test_a_refusal_tells_the_name_of_the_check_and_what_it_saw() -> None:
    world = world_with(SECTOR)
    world.desk.plugins.functions["sector"] = refuses
    answer = submitted(world)
    assert isinstance(answer, OrderRefused)
    assert answer.code is RefusalCode.PLUGIN_CHECK
    assert answer.context == (("name", "sector"), ("qty", "1000"), ("limit", "0"))


def test_the_first_in_the_order_of_names_binds() -> None:
    world = world_with(SECTOR, LATE)
    world.desk.plugins.functions.update(sector=refuses, late=refuses)
    answer = submitted(world)
    assert isinstance(answer, OrderRefused) and answer.context[0] == ("name", "late")


def raises(_view: OrderView) -> Refusal | None:
    raise KeyError("sector table")


def answers_with_a_word(_view: OrderView) -> Any:
    return "no"


@pytest.mark.parametrize(
    ("function", "error"),
    [
        (raises, "KeyError: 'sector table'"),
        (answers_with_a_word, "it answered str, not a Refusal or None"),
        (None, "the package that has it is not installed here"),
    ],
)
def test_a_check_that_fails_refuses(function: Any, error: str) -> None:
    """A control that can't decide does not wave through; the refusal says why."""
    world = world_with(SECTOR)
    if function is not None:
        world.desk.plugins.functions["sector"] = function
    answer = submitted(world)
    assert isinstance(answer, OrderRefused)
    assert (answer.code, answer.context) == (RefusalCode.PLUGIN_CHECK, (("name", "sector"), ("error", error)))


def test_every_check_of_the_house_comes_before_those_of_the_firm() -> None:
    world = world_with(SECTOR)
    world.desk.plugins.functions["sector"] = refuses
    outcome_code = {}
    for name, cash in (("poor", 0), ("rich", 10**18)):
        world.desk.accounts["A1"].cash = cash
        answer = submitted(world)
        assert isinstance(answer, OrderRefused)
        outcome_code[name] = answer.code
    assert outcome_code == {"poor": RefusalCode.BUYING_POWER, "rich": RefusalCode.PLUGIN_CHECK}


def test_the_view_shows_the_order_as_it_would_weigh() -> None:
    seen: list[OrderView] = []

    def looks(view: OrderView) -> Refusal | None:
        seen.append(view)
        return None

    world = world_with(SECTOR)
    world.desk.plugins.functions["sector"] = looks
    submitted(world)
    submitted(world)
    first, second = seen
    assert (first.open_buy, second.open_buy) == (1000, 2000)
    assert (first.leaves_qty, first.reserve_px, first.notional) == (1000, 1000 * 10**8, 1_000_000 * 10**8)
    assert (first.instrument.instrument_id, first.account.account_id) == ("2330.XTAI", "A1")
    assert (first.is_replace, first.trading_date, first.now_ns) == (False, 20261123, world.now_ns)


def test_the_journal_is_told_only_what_differs() -> None:
    world = world_with(SECTOR)
    newer = CheckPlugin("sector", "1.1.0", SECTOR.clause, SECTOR.text)
    assert world.give(LoadCheckPlugins((SECTOR,), "")) == []
    told = world.give(LoadCheckPlugins((newer, LATE), ""))
    assert told == [CheckPluginLoaded(world.now_ns, newer, ""), CheckPluginLoaded(world.now_ns, LATE, "")]
    assert world.give(LoadCheckPlugins((LATE,), "")) == [CheckPluginRemoved(world.now_ns, "sector", "")]


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (LoadCheckPlugins((SECTOR,), "ada"), RefusalCode.NOT_ENTITLED),
        (LoadCheckPlugins((SECTOR, SECTOR), ""), RefusalCode.INVALID_VALUE),
    ],
)
def test_only_the_start_of_the_engine_loads_checks_each_once(command: LoadCheckPlugins, code: RefusalCode) -> None:
    """An administrator can't, either: what is installed only the process knows."""
    [refused] = world_with().give(command)
    assert isinstance(refused, CommandRefused) and refused.code is code


@pytest.mark.parametrize("recover", ["replayed", "from_snapshot"])
def test_which_checks_decide_outlives_a_restart(recover: str) -> None:
    world = world_with(SECTOR, LATE)
    engine = getattr(world, recover)()
    assert engine.desk.plugins.known == {"sector": SECTOR, "late": LATE}
    assert engine.desk.plugins.functions == {}

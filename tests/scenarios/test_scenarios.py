"""Every scenario comes out as written, and together they reach the whole vocabulary."""

from __future__ import annotations

from pathlib import Path

import pytest

from kairos.model.commands import Command
from kairos.model.events import Event, SessionEvent
from kairos.model.refusals import RefusalCode
from kairos.model.wire import decode_events
from kairos.scenario.expectations import phrase_of
from kairos.scenario.phrases import EXPECTABLE
from kairos.scenario.runner import Outcome, run_file

HERE = Path(__file__).parent
FILES = sorted(HERE.rglob("*.scn"))
EXAMPLES = sorted((HERE.parents[1] / "examples").rglob("*.scn"))
_OUTCOMES: dict[Path, Outcome] = {}


def outcome_of(path: Path) -> Outcome:
    if path not in _OUTCOMES:
        _OUTCOMES[path] = run_file(path)
    return _OUTCOMES[path]


@pytest.mark.parametrize("path", FILES + EXAMPLES, ids=lambda path: path.stem)
def test_scenario(path: Path) -> None:
    outcome = outcome_of(path)
    assert outcome.passed, outcome.problem
    assert outcome.steps > 0
    assert "#" in path.read_text("utf-8").split("submit")[0], "a scenario begins by saying what it shows"


def all_events() -> list[Event]:
    return [event for path in FILES for batch in outcome_of(path).world.batches for event in decode_events(batch)]


def test_the_scenarios_give_every_command() -> None:
    given = {type(command) for path in FILES for command in outcome_of(path).world.commands}
    assert given == set(Command.__subclasses__())


def test_the_scenarios_bring_every_event_that_can_be_told() -> None:
    """All but the events of FIX sessions and of snapshots."""
    told = {phrase_of(event) for event in all_events()}
    assert told == set(EXPECTABLE)
    assert not any(isinstance(event, SessionEvent) for event in all_events())


def test_the_scenarios_meet_every_refusal() -> None:
    met = {getattr(event, "code", RefusalCode.NONE) for event in all_events()}
    assert met | {RefusalCode.NONE} == set(RefusalCode)

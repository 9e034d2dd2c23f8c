"""What a real engine tells in the scenarios of risk stands in the report: nothing people or rules did is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from kairos.evidence.facts import Facts
from kairos.evidence.gather import Gatherer
from kairos.evidence.html_page import html_page
from kairos.evidence.report import report
from kairos.evidence.settings import Settings
from kairos.history.span import Span
from kairos.model.events import (
    ApprovalDecided,
    ApprovalRequested,
    Event,
    KillEngaged,
    KillReleased,
    OrderRefused,
    ResponseReleased,
    ResponseTaken,
    SoftLimitPassed,
)
from kairos.model.wire import decode_events
from kairos.risk.controls import CONTROLS
from kairos.scenario.runner import run_file

SCENARIOS = sorted((Path(__file__).resolve().parents[1] / "scenarios").glob("risk_*.scn"))


@pytest.fixture(params=SCENARIOS, ids=lambda path: path.stem)
def told(request: pytest.FixtureRequest) -> tuple[list[Event], Facts]:
    """The journal of a scenario, and what the report makes of it."""
    outcome = run_file(request.param)
    events = [event for batch in outcome.world.batches for event in decode_events(batch)]
    gatherer = Gatherer(Span())
    for seq, event in enumerate(events, 1):
        gatherer.take(seq, event, event.at_ns)
    gatherer.facts.settings = list(gatherer.settings.standing.values())
    return events, gatherer.facts


def test_everything_that_happened_is_told(told: tuple[list[Event], Facts]) -> None:
    events, facts = told

    def count(kind: type[Event]) -> int:
        return sum(1 for event in events if isinstance(event, kind))

    assert facts.events == len(events)
    assert len(facts.kills) == count(KillEngaged)
    assert bool([kill for kill in facts.kills if kill.released_at_ns]) == (count(KillReleased) > 0)
    assert len(facts.approvals) == count(ApprovalRequested)
    assert len([one for one in facts.approvals if one.outcome is not None]) == count(ApprovalDecided)
    assert len(facts.responses) == count(ResponseTaken)
    assert len([one for one in facts.responses if one.released_at_ns]) == count(ResponseReleased)
    assert len(facts.soft_passes) == count(SoftLimitPassed)
    assert sum(facts.refused_of.values()) == sum(facts.refused.values()) >= count(OrderRefused)
    assert html_page(report(facts, CONTROLS, [], "j", "1", "zh-Hans")).endswith("</html>\n")


def test_a_setting_that_the_desk_has_stands(told: tuple[list[Event], Facts]) -> None:
    """Changes lead to what stands: folded again from nothing but the changes, the same settings remain."""
    events, facts = told
    settings = Settings()
    standing = {}
    for event in events:
        for change in settings.apply(event):
            key = (change.group, change.place, change.name)
            assert change.old == standing.get(key, "") and change.old != change.new
            standing[key] = change.new
    kept = {(one.group, one.place, one.name): one.value for one in facts.settings}
    assert {key: value for key, value in standing.items() if value} == kept

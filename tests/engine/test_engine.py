"""The engine as its runtime uses it: time, deadlines, recovery, and the books behind every command."""

from __future__ import annotations

import pytest

from kairos.engine.engine import Engine
from kairos.engine.routing import asked_at_ns
from kairos.engine.timers import NEVER
from kairos.model.commands import AdvanceTime
from kairos.model.enums import OrdType, Side, TimeInForce
from kairos.model.events import RouteUnknown
from kairos.model.values import Terms
from kairos.model.wire import encode_events
from kairos.scenario.runner import run_text
from kairos.scenario.world import START_NS, World
from kairos.state.route import Route

SECOND = 1_000_000_000


def world_of(text: str) -> World:
    outcome = run_text(text, "setup")
    assert outcome.passed, outcome.problem
    return outcome.world


def test_a_new_engine_waits_for_nothing() -> None:
    engine = Engine()
    assert engine.next_deadline_ns() == NEVER
    assert engine.handle(AdvanceTime(), START_NS) == []


def test_it_tells_its_next_deadline_and_acts_when_called_back_not_before() -> None:
    world = world_of("submit X BUY 1000 @ 1000")
    assert world.engine.next_deadline_ns() == START_NS + 5 * SECOND
    assert world.engine.handle(AdvanceTime(), START_NS + 5 * SECOND - 1) == []
    events = world.engine.handle(AdvanceTime(), START_NS + 5 * SECOND)
    assert isinstance(events[0], RouteUnknown)
    assert world.engine.next_deadline_ns() == NEVER


def test_time_never_runs_backwards() -> None:
    world = world_of("clock +10s\nmark 2330.XTAI last 1000")
    world.now_ns -= 9 * SECOND
    (event,) = world.engine.handle(world.commands[-1], world.now_ns)
    assert event.at_ns == START_NS + 10 * SECOND


def test_a_recovered_engine_has_the_same_deadlines_and_numbers() -> None:
    world = world_of("submit X BUY 1000 @ 1000\nsubmit Y BUY 1000 @ 1000 until +1h\nvenue ack R2")
    for recovered in (world.replayed(), world.from_snapshot()):
        assert recovered.next_deadline_ns() == world.engine.next_deadline_ns()
        assert recovered.desk.next_exec_id == world.desk.next_exec_id
        assert recovered.core.now_ns <= world.now_ns


def test_the_same_commands_give_the_same_bytes_also_after_a_recovery_in_between() -> None:
    world = world_of("submit X BUY 1000 @ 1000\nvenue ack R1\nvenue fill R1 400 @ 1000")
    again = world.replayed()
    more = world_of("submit X BUY 1000 @ 1000\nvenue ack R1\nvenue fill R1 400 @ 1000\ncancel X as Y").commands[-1]
    now = START_NS + SECOND
    assert encode_events(again.handle(more, now)) == encode_events(world.engine.handle(more, now))


@pytest.mark.parametrize(
    ("request_id", "asked_ns"),
    [
        ("S7-1795000000000000000", 1_795_000_000_000_000_000),
        ("S7-9223372036854775806", 2**63 - 2),
        ("S7-9223372036854775807", 0),
        ("S7-99999999999999999999", 0),
        ("S7--5", 0),
        ("S7-", 0),
        ("S71-5", 0),
        ("S8-5", 0),
        ("", 0),
    ],
)
def test_a_venue_may_repeat_any_nonsense_as_the_id_of_our_question(request_id: str, asked_ns: int) -> None:
    route = Route(7, 1, "XTAI", Side.BUY, Terms(1, OrdType.MARKET, 0, 0, TimeInForce.DAY, 0, 0), 1)
    assert asked_at_ns(request_id, route) == asked_ns

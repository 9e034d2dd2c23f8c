"""Rules on a past journal tell what the same rules, run dry, told while it was written."""

from __future__ import annotations

import random
from itertools import count

from tests.risk.rules import A1, level, rule

from kairos.backtest.rules import RulesBacktest
from kairos.model.commands import DefineRule
from kairos.model.enums import NodeKind, ReleaseKind, ResponseKind, ScopeKind
from kairos.model.events import Event, ResponseReleased, ResponseTaken
from kairos.model.indicators import Indicator
from kairos.model.values import Place
from kairos.model.wire import decode_events
from kairos.scenario.market import open_market
from kairos.scenario.parser import parse_scenario
from kairos.scenario.world import INSTRUMENT, World

BOUGHT = "submit X BUY 2000 @ 1000\nvenue ack R1\nvenue fill R1 2000 @ 1000\nsubmit Y BUY 1000 @ 900\nvenue ack R2"
STOP = (
    level(10_000, back=5_000, after_s=2),
    level(30_000, ResponseKind.CANCEL, release=ReleaseKind.TIMED, after_s=3, cool_s=4),
    level(80_000, ResponseKind.HALT, release=ReleaseKind.PERSON),
)


def play(world: World, text: str) -> list[Event]:
    return [event for step in parse_scenario(text).steps for event in step.action(world)]


def walked(seed: int, *rules: DefineRule) -> tuple[World, list[Event]]:
    """A market that walks at random over an account that is long; its world, and what rules told."""
    world = World()
    open_market(world)
    world.give(*rules)
    chance = random.Random(seed)
    events = play(world, BOUGHT)
    px = 1000
    for _ in range(60):
        px += 5 * chance.randint(-3, 2)
        events += play(world, f"clock +{chance.randint(1, 3)}s\nmark {INSTRUMENT} last {px}")
    return world, events


def journal_of(world: World) -> list[tuple[int, Event]]:
    return list(zip(count(1), (event for batch in world.batches for event in decode_events(batch)), strict=False))


def responses(events: list[Event]) -> list[Event]:
    return [event for event in events if isinstance(event, (ResponseTaken, ResponseReleased))]


def test_a_backtest_tells_what_a_dry_run_told() -> None:
    each = Place(NodeKind.CLIENT, "", ScopeKind.INSTRUMENT, INSTRUMENT)
    rules = [
        rule(*STOP, dry_run=True),
        rule(level(-20_000), rule_id="PNL", indicator=Indicator.PNL, place=each, each=True, above=False, dry_run=True),
    ]
    taken = 0
    for seed in range(5):
        world, events = walked(seed, *rules)
        told = [one.event for one in RulesBacktest(rules).run(journal_of(world))]
        assert told == responses(events)
        assert [event.at_ns for event in told] == [event.at_ns for event in responses(events)]
        taken += len(told)
    assert taken > 20


def test_rules_of_the_journal_itself_are_left_out_and_change_nothing() -> None:
    world, _ = walked(1, rule(level(10_000, ResponseKind.PAUSE)))
    told = [one.event for one in RulesBacktest([rule(level(50_000), rule_id="NEW")]).run(journal_of(world))]
    assert {event.rule_id for event in told} == {"NEW"}
    assert all(event.dry_run for event in told if isinstance(event, ResponseTaken))


def test_each_is_told_with_the_last_event_that_it_saw() -> None:
    world, _ = walked(2)
    journal = dict(journal_of(world))
    for one in RulesBacktest([rule(*STOP)]).run(journal.items()):
        if isinstance(one.event, ResponseTaken):
            assert one.event.place == A1
            assert one.event.cause == f"MarkUpdated {INSTRUMENT}"
            assert type(journal[one.seq]).__name__ == "MarkUpdated"
            assert journal[one.seq].at_ns == one.event.at_ns


def test_an_empty_journal_brings_nothing() -> None:
    assert list(RulesBacktest([rule(*STOP)]).run([])) == []

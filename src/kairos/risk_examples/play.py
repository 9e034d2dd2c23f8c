"""Plays an example: a fresh engine with the files' definitions, the real gate, nothing of it copied."""

from __future__ import annotations

from time import perf_counter_ns
from typing import Final, NamedTuple

from kairos.engine.engine import Engine
from kairos.model.commands import Command, LoadCheckPlugins, SetVenueState, StartTradingDay, SubmitOrder
from kairos.model.errors import InvariantError
from kairos.model.events import CommandRefused, Event
from kairos.risk_examples.definitions import Definitions
from kairos.risk_examples.example import Example
from kairos.risk_examples.expected import Wanted, parse_wanted, told, what_differs
from kairos.risk_examples.steps import parse_step
from kairos.scenario.errors import Mismatch, SyntaxProblem
from kairos.scenario.expectations import check_not_refused, tell
from kairos.scenario.moments import day_of
from kairos.scenario.steps import Action
from kairos.scenario.world import World

FIRST: Final = 1  # lines of an example are counted for errors of its words


class Outcome(NamedTuple):
    """How an example came out: `problem` is empty when it did as written. `decided_ns` is how long the engine took for
    each order of it."""

    example: Example
    expected: str
    seen: str
    problem: str
    decided_ns: tuple[int, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.problem


class _TimedEngine(Engine):
    """Notes how long it takes to decide an order: door, gate and what follows."""

    def __init__(self) -> None:
        super().__init__()
        self.decided_ns: list[int] = []

    def handle(self, command: Command, now_ns: int) -> list[Event]:
        begun = perf_counter_ns()
        events = super().handle(command, now_ns)
        if isinstance(command, SubmitOrder):
            self.decided_ns.append(perf_counter_ns() - begun)
        return events


class _Steps(NamedTuple):
    given: list[Action]
    when: list[Action]
    then: list[Wanted]


def play(example: Example, definitions: Definitions) -> Outcome:
    """Play one in a world of its own."""
    expected = "; ".join(example.then)
    try:
        steps = _parsed(example)
        engine = _TimedEngine()
        world = _world_of(engine, example, definitions)
        for line, action in zip(example.given, steps.given, strict=True):
            _must_stand(line, action(world), world)
        events = [event for action in steps.when for event in action(world)]
    except SyntaxProblem as problem:
        return Outcome(example, expected, "", f"its words: {problem}")
    except (Mismatch, InvariantError) as problem:
        return Outcome(example, expected, "", str(problem))
    unmet = what_differs(steps.then, events, world)
    seen, wrong = told(events, world), f"not so: {unmet}" if unmet else ""
    return Outcome(example, expected, seen, wrong, tuple(engine.decided_ns))


def _parsed(example: Example) -> _Steps:
    """Every line is understood before anything is played."""
    return _Steps(
        [parse_step(line, FIRST) for line in example.given],
        [parse_step(line, FIRST) for line in example.when],
        [parse_wanted(line, FIRST) for line in example.then],
    )


def _world_of(engine: Engine, example: Example, definitions: Definitions) -> World:
    """The desk of the files at the example's moment: the day begun, every venue up."""
    world = World()
    world.engine = engine
    world.now_ns = example.at_ns
    for name, function in definitions.functions.items():
        world.desk.plugins.functions[name] = function
    _define(world, world.give(*definitions.commands))
    day = day_of(example.at_ns)
    _define(world, world.give(StartTradingDay(day.year * 10_000 + day.month * 100 + day.day)))
    _define(world, world.give(*(SetVenueState(venue_id, True) for venue_id in list(world.desk.venues))))
    if definitions.plugins:
        _define(world, world.give(LoadCheckPlugins(definitions.plugins, "")))
    return world


def _define(world: World, events: list[Event]) -> None:
    for event in events:
        if isinstance(event, CommandRefused):
            raise Mismatch("what the files define to be taken", tell(event, world))


def _must_stand(line: str, events: list[Event], world: World) -> None:
    """What is given is a fact, or the example proves nothing."""
    try:
        check_not_refused(events, world)
    except Mismatch as problem:
        raise Mismatch(f"given: {line}", problem.got) from None

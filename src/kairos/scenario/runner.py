"""Plays a scenario from a fresh world to its end or to the first step that differs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from kairos.model.errors import InvariantError
from kairos.model.events import Event
from kairos.scenario.errors import Mismatch, SyntaxProblem
from kairos.scenario.expectations import check_not_refused, tell
from kairos.scenario.invariants import check_end, check_step
from kairos.scenario.market import open_market
from kairos.scenario.parser import Step, parse_scenario
from kairos.scenario.world import World

Listener = Callable[[Step, list[str]], None]


class Outcome:
    """How a scenario ended: `problem` is empty when every step came out as written."""

    def __init__(self, name: str, steps: int, problem: str, world: World) -> None:
        self.name: Final = name
        self.steps: Final = steps
        self.problem: Final = problem
        self.world: Final = world

    @property
    def passed(self) -> bool:
        return not self.problem


def run_file(path: Path, listener: Listener | None = None) -> Outcome:
    """Play one file."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return Outcome(str(path), 0, f"{path}: can't be read: {error}", World())
    return run_text(text, str(path), listener)


def run_text(text: str, name: str, listener: Listener | None = None) -> Outcome:
    """Play a scenario's text; `name` stands before the line in whatever is wrong."""
    world = World()
    try:
        scenario = parse_scenario(text)
    except SyntaxProblem as problem:
        return Outcome(name, 0, f"{name}:{problem}", world)
    if not scenario.bare:
        open_market(world)
    for done, step in enumerate(scenario.steps):
        try:
            events = _play(world, step)
        except (Mismatch, InvariantError) as problem:
            return Outcome(name, done, f"{name}:{step.line}: {step.text}\n  {problem}", world)
        if listener is not None:
            listener(step, [tell(event, world) for event in events])
    try:
        check_end(world)
    except Mismatch as problem:
        return Outcome(name, len(scenario.steps), f"{name}: at the end\n  {problem}", world)
    return Outcome(name, len(scenario.steps), "", world)


def _play(world: World, step: Step) -> list[Event]:
    events = step.action(world)
    if step.expectations is not None:
        step.expectations.check(events, world)
    else:
        check_not_refused(events, world)
    check_step(world, events)
    return events

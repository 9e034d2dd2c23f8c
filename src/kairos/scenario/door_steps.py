"""A request that the door refuses before the engine considers it: its session sends too many, or it waited too long."""

from __future__ import annotations

from typing import Final

from kairos.model.events import Event
from kairos.model.refusals import RefusalCode
from kairos.scenario.client_steps import replace, submit
from kairos.scenario.group_steps import replace_cross, submit_cross, submit_list
from kairos.scenario.steps import Action, StepParser
from kairos.scenario.words import Words, member
from kairos.scenario.world import World

CODES: Final = (RefusalCode.SESSION_THROTTLED, RefusalCode.STALE)
REFUSABLE: Final[dict[str, StepParser]] = {
    "submit": submit,
    "replace": replace,
    "list": submit_list,
    "cross": submit_cross,
    "replace cross": replace_cross,
}


def door(words: Words) -> Action:
    """door CODE STEP, where the step is one of REFUSABLE."""
    code = member(words, RefusalCode, CODES)
    action = _request(words)

    def play(world: World) -> list[Event]:
        world.door = code
        try:
            return action(world)
        finally:
            world.door = RefusalCode.NONE

    return play


def _request(words: Words) -> Action:
    for count in (2, 1):
        parse = REFUSABLE.get(words.ahead(count))
        if parse is not None:
            words.at += count
            return parse(words)
    raise words.problem("a request: one of " + ", ".join(REFUSABLE))


DOOR_STEPS: Final[dict[str, StepParser]] = {"door": door}

"""A scenario file as steps. Syntax is checked to the end before anything is played."""

from __future__ import annotations

from typing import Final

from kairos.scenario.action_steps import ACTION_STEPS
from kairos.scenario.check_steps import CHECK_STEPS
from kairos.scenario.client_steps import CLIENT_STEPS
from kairos.scenario.control_steps import CONTROL_STEPS
from kairos.scenario.desk_steps import DESK_STEPS
from kairos.scenario.door_steps import DOOR_STEPS
from kairos.scenario.expectations import Expectations, parse_expectations
from kairos.scenario.group_steps import GROUP_STEPS
from kairos.scenario.reference_steps import REFERENCE_STEPS
from kairos.scenario.rule_steps import RULE_STEPS
from kairos.scenario.steps import Action, StepParser
from kairos.scenario.trading_steps import TRADING_STEPS
from kairos.scenario.tree_steps import TREE_STEPS
from kairos.scenario.venue_steps import VENUE_STEPS
from kairos.scenario.words import Words, split
from kairos.scenario.world_steps import WORLD_STEPS

COMMAND_STEPS: Final[dict[str, StepParser]] = {
    **CLIENT_STEPS,
    **GROUP_STEPS,
    **DOOR_STEPS,
    **DESK_STEPS,
    **ACTION_STEPS,
    **VENUE_STEPS,
    **REFERENCE_STEPS,
    **TREE_STEPS,
    **TRADING_STEPS,
    **RULE_STEPS,
    **CONTROL_STEPS,
    **WORLD_STEPS,
}
FIRST_WORDS: Final = tuple(dict.fromkeys(verb.split()[0] for verb in (*COMMAND_STEPS, *CHECK_STEPS)))
LONGEST_VERB: Final = 3
MAX_STEPS: Final = 10_000  # a scenario is read by people


class Step:
    """One line: what is played, and what must come of it (None: anything but a refusal)."""

    def __init__(self, line: int, text: str, action: Action, expectations: Expectations | None, looks: bool) -> None:
        self.line: Final = line
        self.text: Final = text
        self.action: Final = action
        self.expectations: Final = expectations
        self.looks: Final = looks


class Scenario:
    """A file's steps. `bare`: the world begins empty, without the default market."""

    def __init__(self, steps: list[Step], bare: bool) -> None:
        self.steps: Final = steps
        self.bare: Final = bare


def parse_scenario(text: str) -> Scenario:
    """Read the lines; a line that begins with spaces goes on with the step above it."""
    lines = _logical_lines(text)
    bare = bool(lines) and lines[0].ahead(1) == "empty"
    if bare:
        lines[0].take("empty")
        lines[0].end()
    steps = [_parse_step(words) for words in lines[1 if bare else 0 :]]
    return Scenario(steps, bare)


def _logical_lines(text: str) -> list[Words]:
    """The words of each step."""
    lines: list[Words] = []
    for number, line in enumerate(text.splitlines(), 1):
        words = split(line, number)
        if words.peek() is None:
            continue
        if line[0] in (" ", "\t") and lines:
            lines[-1].go_on(words)
        else:
            lines.append(words)
        if len(lines) > MAX_STEPS:
            raise words.problem(f"at most {MAX_STEPS} steps in a file")
    return lines


def _parse_step(words: Words) -> Step:
    text = words.text()
    arrow = next((at for at, word in enumerate(words.words) if word.text == "->" and not word.quoted), None)
    step_words = words if arrow is None else _part(words, 0, arrow)
    parse, looks = _verb(step_words)
    action = parse(step_words)
    step_words.end()
    if arrow is None:
        return Step(words.words[0].line, text, action, None, looks)
    if looks:
        words.at = arrow
        raise words.problem("the end of the line (a step that looks takes no ->)")
    expectations = parse_expectations(_part(words, arrow + 1, len(words.words)))
    return Step(words.words[0].line, text, action, expectations, False)


def _part(words: Words, start: int, stop: int) -> Words:
    end_column = words.words[stop].column if stop < len(words.words) else words.end_column
    line = words.words[stop].line if stop < len(words.words) else words.line
    return Words(words.words[start:stop], line, end_column)


def _verb(words: Words) -> tuple[StepParser, bool]:
    """The longest run of words that is a verb."""
    for count in range(LONGEST_VERB, 0, -1):
        verb = words.ahead(count)
        parse = COMMAND_STEPS.get(verb) or CHECK_STEPS.get(verb)
        if parse is not None and len(verb.split()) == count:
            words.at += count
            return parse, verb in CHECK_STEPS
    raise words.problem("a step: one of " + " ".join(FIRST_WORDS))

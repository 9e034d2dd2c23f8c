"""What is wrong with a rule of risk, by field: asked by the reader of its file and by the engine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kairos.model.commands import DefineRule
from kairos.model.enums import NodeKind, ReleaseKind, ResponseKind
from kairos.model.values import RuleAction, RuleLevel

WHOLE_BPS: Final = 10_000
AT_MARKET: Final = "AT_MARKET"  # closes a position by one market order
ALGOS: Final = (AT_MARKET,)
MAX_LEVELS: Final = 10  # more steps than a person would tell apart in an alarm
# A day and more is a limit, not a response; and it keeps sums of times far below 2**63.
MAX_TIME_NS: Final = 30 * 86_400 * 1_000_000_000
MAX_SPACING_NS: Final = 3_600 * 1_000_000_000  # an order an hour: slower is a pause

SHARES: Final = (ResponseKind.SHRINK, ResponseKind.THROTTLE)
OF_PEOPLE: Final = (ReleaseKind.PERSON, ReleaseKind.TWO_PEOPLE)


class RuleFault:
    """`level` counts from 0; -1 for what is wrong with the rule as a whole."""

    def __init__(self, level: int, field: str, problem: str) -> None:
        self.level: Final = level
        self.field: Final = field
        self.problem: Final = problem


def faults_of(rule: DefineRule) -> list[RuleFault]:
    """Everything that is wrong, in the order of the levels."""
    faults = list(_of_whole(rule))
    for index, level in enumerate(rule.levels):
        faults += [RuleFault(index, field, problem) for field, problem in _of_level(rule, index, level)]
    return faults


def _of_whole(rule: DefineRule) -> Iterator[RuleFault]:
    if not rule.rule_id:
        yield RuleFault(-1, "id", "is missing; add it")
    if not 1 <= len(rule.levels) <= MAX_LEVELS:
        yield RuleFault(-1, "level", f"there must be 1 to {MAX_LEVELS} levels, not {len(rule.levels)}")
    if rule.each and (rule.place.node_id or rule.place.node is NodeKind.FIRM):
        yield RuleFault(-1, "each", "must be a kind of which there are several, and names none of them")
    if not rule.each and not rule.place.node_id and rule.place.node is not NodeKind.FIRM:
        yield RuleFault(-1, "place", "must be named, or the rule must be of each")


def _of_level(rule: DefineRule, index: int, level: RuleLevel) -> Iterator[tuple[str, str]]:
    before = rule.levels[index - 1] if index else None
    if before is not None and not _is_beyond(rule, level.threshold, before.threshold):
        yield "at", f"must be {'above' if rule.above else 'below'} the level before: levels go from mild to severe"
    if _is_beyond(rule, level.release_at, level.threshold):
        yield "release_at", "is beyond 'at': the level would be left while it is reached"
    yield from _of_times(level)
    if not level.actions:
        yield "actions", "must name at least one; 'alert' only tells"
    kinds = [action.kind for action in level.actions]
    for action in level.actions:
        yield from _of_action(rule, action)
        if kinds.count(action.kind) > 1:
            yield "actions", f"{action.kind.name.lower()} is named twice"


def _of_times(level: RuleLevel) -> Iterator[tuple[str, str]]:
    if not 0 <= level.after_ns <= MAX_TIME_NS:
        yield "after", "must be from 0 to 30 days"
    if not 0 <= level.cool_off_ns <= MAX_TIME_NS:
        yield "cool_off", "must be from 0 to 30 days"
    if level.release is ReleaseKind.TIMED and not level.after_ns:
        yield "after", "is missing; a timed release needs it"
    if level.release is ReleaseKind.TIMED and not level.cool_off_ns:
        yield "cool_off", "is missing; a timed release needs it, or the level would be taken again at once"
    if level.release in OF_PEOPLE and level.after_ns:
        yield "after", "does not go with a release by people"
    if level.release is ReleaseKind.RULE_CHANGED:
        yield "release", "must be automatic, timed, person or two_people"


def _of_action(rule: DefineRule, action: RuleAction) -> Iterator[tuple[str, str]]:
    name = action.kind.name.lower()
    if action.kind in SHARES and not 0 <= action.share_bps < WHOLE_BPS:
        yield "to", f"of {name} must be from 0 to below 1: the share that is left"
    if action.kind is ResponseKind.SLOW and not 0 < action.spacing_ns <= MAX_SPACING_NS:
        yield "every", "of slow must be above 0 and at most an hour"
    if action.kind is ResponseKind.FLATTEN and action.algo not in ALGOS:
        yield "by", f"of flatten must be {' or '.join(ALGOS)}"
    if action.kind is ResponseKind.FLATTEN and rule.place.node is NodeKind.TRADER:
        yield "actions", "flatten closes what accounts and strategies hold; a trader's book is of many accounts"


def _is_beyond(rule: DefineRule, value: int, other: int) -> bool:
    return value > other if rule.above else value < other

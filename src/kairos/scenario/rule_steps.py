"""Rules of risk: what is watched, the levels, what happens at each; and their release by people."""

from __future__ import annotations

from typing import Final

from kairos.model.commands import DefineRule, ReleaseRule, RemoveRule
from kairos.model.enums import ReleaseKind, ResponseKind, ScopeKind
from kairos.model.indicators import UNIT_OF, Indicator, IndicatorUnit
from kairos.model.values import Place, RuleAction, RuleLevel
from kairos.scenario.places import node_kind, place
from kairos.scenario.steps import SAID, Action, StepParser
from kairos.scenario.words import (
    Option,
    Words,
    basis_points,
    constant,
    duration,
    member,
    money,
    name,
    read_options,
    whole,
)

RELEASES: Final = {
    "automatic": ReleaseKind.AUTOMATIC,
    "timed": ReleaseKind.TIMED,
    "person": ReleaseKind.PERSON,
    "two_people": ReleaseKind.TWO_PEOPLE,
}
RULE: Final[dict[str, Option]] = {"dry_run": ("dry_run", constant(True)), **SAID}
SHARED: Final = (ResponseKind.SHRINK, ResponseKind.THROTTLE)


def rule(words: Words) -> Action:
    """rule ID INDICATOR above|below PLACE|each NODE at LEVEL ACTION ... [at LEVEL ACTION ...] [dry_run] ..."""
    rule_id = name(words, "a rule's id")
    indicator = member(words, Indicator)
    above = words.take("above")
    if not above:
        words.require("below")
    each = words.take("each")
    at = Place(node_kind(words), "", ScopeKind.ALL, "") if each else place(words)
    levels: list[RuleLevel] = []
    while words.take("at"):
        levels.append(_level(words, indicator))
    o = read_options(words, {"at": ("", name), **RULE})
    command = DefineRule(
        rule_id=rule_id,
        indicator=indicator,
        place=at,
        each=each,
        above=above,
        levels=tuple(levels),
        dry_run=o.get("dry_run", False),
        text=o.get("text", ""),
        user_id=o.get("user_id", ""),
    )
    return lambda world: world.give(command)


def _level(words: Words, indicator: Indicator) -> RuleLevel:
    """THRESHOLD ACTION ... [back VALUE] [automatic|timed|person|two_people] [after 5s] [cool 1m]"""
    threshold = indicator_value(words, indicator)
    actions = [_action(words)]
    while words.ahead(1) in ResponseKind.__members__:
        actions.append(_action(words))
    release_at = indicator_value(words, indicator) if words.take("back") else threshold
    release = next((kind for word, kind in RELEASES.items() if words.take(word)), ReleaseKind.AUTOMATIC)
    after_ns = duration(words) if words.take("after") else 0
    cool_off_ns = duration(words) if words.take("cool") else 0
    return RuleLevel(threshold, release_at, tuple(actions), release, after_ns, cool_off_ns)


def _action(words: Words) -> RuleAction:
    """SHRINK 50%, THROTTLE 10%, SLOW 5s, FLATTEN ALGO; the others stand alone."""
    kind = member(words, ResponseKind)
    share_bps = basis_points(words) if kind in SHARED else 0
    spacing_ns = duration(words) if kind is ResponseKind.SLOW else 0
    algo = name(words, "an algo") if kind is ResponseKind.FLATTEN else ""
    return RuleAction(kind, share_bps, spacing_ns, algo)


def indicator_value(words: Words, indicator: Indicator) -> int:
    """In the indicator's unit: money, basis points (`5%` or `40bps`), or a number."""
    unit = UNIT_OF[indicator]
    if unit is IndicatorUnit.MONEY:
        return money(words)
    return basis_points(words) if unit is IndicatorUnit.BPS else whole(words)


def remove_rule(words: Words) -> Action:
    """remove rule ID ..."""
    rule_id = name(words, "a rule's id")
    o = read_options(words, SAID)
    command = RemoveRule(rule_id, o.get("text", ""), o.get("user_id", ""))
    return lambda world: world.give(command)


def release_rule(words: Words) -> Action:
    """release rule ID at PLACE ...: a person takes back what it holds there."""
    rule_id = name(words, "a rule's id")
    words.require("at")
    at = place(words)
    o = read_options(words, SAID)
    command = ReleaseRule(rule_id, at, o.get("text", ""), o.get("user_id", ""))
    return lambda world: world.give(command)


RULE_STEPS: Final[dict[str, StepParser]] = {
    "rule": rule,
    "remove rule": remove_rule,
    "release rule": release_rule,
}

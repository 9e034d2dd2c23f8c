"""Places, limits and levels of rules as one line of words and exact numbers, the same in every language."""

from __future__ import annotations

from typing import Final

from kairos.model.enums import NodeKind, ScopeKind, Severity
from kairos.model.events import RuleDefined
from kairos.model.indicators import UNIT_OF, Indicator, IndicatorUnit
from kairos.model.limit_units import IN_BPS, IN_MONEY
from kairos.model.numbers import format_money
from kairos.model.values import ApprovalRule, Limit, Place, RuleAction, RuleLevel
from kairos.model.wire_types import Pairs

UNITS_OF_TIME: Final = ((3_600_000_000_000, "h"), (60_000_000_000, "m"), (1_000_000_000, "s"), (1_000_000, "ms"))


def duration(ns: int) -> str:
    """In the largest unit that holds it without a remainder: `10m`, `1500ms`, `7ns`."""
    for size, unit in UNITS_OF_TIME:
        if ns and ns % size == 0:
            return f"{ns // size}{unit}"
    return f"{ns}ns"


def place_text(place: Place) -> str:
    """`FIRM`, `ACCOUNT ACME-1`, `DESK EQ INSTRUMENT 2330.XTAI`."""
    words = [place.node.name, place.node_id]
    if place.node is NodeKind.FIRM:
        words = [place.node.name]
    if place.scope is not ScopeKind.ALL:
        words += [place.scope.name, place.scope_id]
    return " ".join(word for word in words if word)


def limit_text(limit: Limit) -> str:
    """Its value with its unit, and what is said beside: `5 in 1s, burst 10`, `25000000 TWD, REASON`."""
    if limit.kind in IN_MONEY:
        value = f"{format_money(limit.value)} {limit.currency}".rstrip()
    else:
        value = f"{limit.value} bps" if limit.kind in IN_BPS else str(limit.value)
    parts = [f"{value} in {duration(limit.window_ns)}" if limit.window_ns else value]
    parts += [f"burst {limit.burst}"] if limit.burst else []
    parts += [limit.severity.name] if limit.severity is not Severity.HARD else []
    parts += ["spares closing orders"] if limit.exempt_closing else []
    return ", ".join(parts)


def indicator_text(indicator: Indicator, value: int) -> str:
    unit = UNIT_OF[indicator]
    if unit is IndicatorUnit.MONEY:
        return format_money(value)
    return f"{value} bps" if unit is IndicatorUnit.BPS else str(value)


def rule_text(rule: RuleDefined) -> str:
    """`LOSS above 200000: SLOW 1s; 400000: HALT`."""
    way = "above" if rule.above else "below"
    levels = "; ".join(level_text(rule.indicator, level) for level in rule.levels)
    return f"{rule.indicator.name} {way} {levels}" + (" (dry run)" if rule.dry_run else "")


def level_text(indicator: Indicator, level: RuleLevel) -> str:
    actions = ", ".join(action_text(action) for action in level.actions)
    return f"{indicator_text(indicator, level.threshold)}: {actions}; release {level.release.name}"


def action_text(action: RuleAction) -> str:
    words = [action.kind.name]
    words += [f"to {action.share_bps} bps"] if action.share_bps else []
    words += [duration(action.spacing_ns)] if action.spacing_ns else []
    words += [action.algo] if action.algo else []
    return " ".join(words)


def approval_text(rule: ApprovalRule) -> str:
    """`from 1000000, expires after 10m`."""
    above = f"from {format_money(rule.notional)}, " if rule.notional else ""
    return f"{above}expires after {duration(rule.expires_after_ns)}"


def context_text(context: Pairs) -> str:
    """What a check saw, without its code."""
    return " ".join(f"{name}={value}" for name, value in context)

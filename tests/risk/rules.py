"""Rules of risk as tests write them."""

from __future__ import annotations

from kairos.model.commands import DefineRule
from kairos.model.enums import NodeKind, ReleaseKind, ResponseKind, ScopeKind
from kairos.model.events import RuleDefined
from kairos.model.indicators import Indicator
from kairos.model.values import Place, RuleAction, RuleLevel
from kairos.scenario.world import ACCOUNT, MONEY

SECOND = 1_000_000_000
A1 = Place(NodeKind.ACCOUNT, ACCOUNT, ScopeKind.ALL, "")


def action(kind: ResponseKind) -> RuleAction:
    """With a value where it needs one: half, a second, at the market."""
    share = 5_000 if kind in (ResponseKind.SHRINK, ResponseKind.THROTTLE) else 0
    spacing = SECOND if kind is ResponseKind.SLOW else 0
    return RuleAction(kind, share, spacing, "AT_MARKET" if kind is ResponseKind.FLATTEN else "")


def level(
    at: int,
    *kinds: ResponseKind,
    back: int | None = None,
    release: ReleaseKind = ReleaseKind.AUTOMATIC,
    after_s: int = 0,
    cool_s: int = 0,
) -> RuleLevel:
    """A level at so much whole money."""
    actions = tuple(action(kind) for kind in kinds or (ResponseKind.ALERT,))
    release_at = (at if back is None else back) * MONEY
    return RuleLevel(at * MONEY, release_at, actions, release, after_s * SECOND, cool_s * SECOND)


def rule(
    *levels: RuleLevel,
    rule_id: str = "R",
    indicator: Indicator = Indicator.LOSS,
    place: Place = A1,
    each: bool = False,
    above: bool = True,
    dry_run: bool = False,
    user_id: str = "rita",
) -> DefineRule:
    return DefineRule(rule_id, indicator, place, each, above, levels, dry_run, "", user_id)


def defined(command: DefineRule, at_ns: int = 0) -> RuleDefined:
    return RuleDefined(at_ns, *[getattr(command, name) for name in command.names()])

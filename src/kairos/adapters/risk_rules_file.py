"""Rules of risk from a TOML file, each a `DefineRule`; every error is told by file, line and field.

    [[rule]]
    id = "STOP-LOSS"
    indicator = "loss"            # of model.enums.Indicator, in small letters
    each = "account"              # or one: account = "A1", strategy = "A1/ALPHA", desk = "D1", ..., firm = true
    instrument = "2330.XTAI"      # or market, currency, asset_class; without one, all that is traded there
    when = "above"                # by default the direction in which the indicator worsens

    [[rule.level]]
    at = 500000                   # money, "12.5%", or a count, as the indicator is
    release_at = 300000           # by default the same
    actions = ["alert", "slow every 5s", "shrink to 50%", "flatten by AT_MARKET"]
    release = "automatic"         # or timed, person, two_people
    after = "5m"
    cool_off = "10m"

Examples in the file are another reader's.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from kairos.adapters.file_errors import Problems, did_you_mean
from kairos.adapters.file_rows import Row
from kairos.adapters.file_values import a_duration, a_flag, a_member, a_text, an_id, decimal_text, one_of, show
from kairos.adapters.toml_file import read_toml
from kairos.model.commands import DefineRule
from kairos.model.enums import NodeKind, ReleaseKind, ResponseKind, ScopeKind
from kairos.model.indicators import UNIT_OF, WORSE_BELOW, Indicator, IndicatorUnit
from kairos.model.numbers import parse_decimal, parse_money
from kairos.model.rule_faults import AT_MARKET, faults_of
from kairos.model.values import Place, RuleAction, RuleLevel

THE_HOUSE: Final = ""  # the user_id of what files say
NODES: Final = {kind.name.lower(): kind for kind in NodeKind}
SCOPES: Final = {kind.name.lower(): kind for kind in ScopeKind if kind is not ScopeKind.ALL}
KINDS: Final = {kind.name.lower(): kind for kind in ResponseKind}
NAMED: Final = [name for name, kind in NODES.items() if kind is not NodeKind.FIRM]
SHARES: Final = (ResponseKind.SHRINK, ResponseKind.THROTTLE)
ALERT: Final = RuleAction(ResponseKind.ALERT, 0, 0, "")  # stands in for actions that could not be read
RELEASES: Final = ("automatic", "timed", "person", "two_people")


def read_rules(path: Path) -> list[DefineRule]:
    """The rules of a file, in its order; raises `FileErrors` with every error in it."""
    problems = Problems()
    top = read_toml(path, problems)
    rules = [] if top is None else rules_of(top)
    problems.raise_if_any()
    return rules


def rules_of(top: Row) -> list[DefineRule]:
    """The same of a file that is read already; what is wrong goes to its `Problems`."""
    seen: set[str] = set()
    rules = []
    for row in top.tables("rule"):
        rule = _rule(row)
        if rule.rule_id in seen:
            row.problem("id", f"{rule.rule_id!r} is defined twice; take one away")
        seen.add(rule.rule_id)
        rules.append(rule)
    top.tables("example")
    top.finish()
    return rules


def _rule(row: Row) -> DefineRule:
    indicator = row.need("indicator", a_member(Indicator), Indicator.LOSS)
    node, node_id, each = _node(row)
    scope, scope_id = _scope(row)
    worsens = "below" if indicator in WORSE_BELOW else "above"
    levels = row.tables("level")
    rule = DefineRule(
        rule_id=row.need("id", an_id, ""),
        indicator=indicator,
        place=Place(node, node_id, scope, scope_id),
        each=each,
        above=row.get("when", one_of("above", "below"), worsens) == "above",
        levels=tuple([_level(level, indicator) for level in levels]),
        dry_run=row.get("dry_run", a_flag, False),
        text=row.get("text", a_text, ""),
        user_id=THE_HOUSE,
    )
    row.finish()
    for fault in faults_of(rule) if rule.rule_id else []:
        (row if fault.level < 0 else levels[fault.level]).problem(fault.field, fault.problem)
    return rule


def _node(row: Row) -> tuple[NodeKind, str, bool]:
    """Where it hangs: one node by its name, or each of a kind."""
    told = [name for name in ("each", *NODES) if name in row]
    each = row.get("each", one_of(*NAMED), "")
    ids = {name: row.get(name, an_id, "") for name in NAMED}
    row.get("firm", one_true, True)
    if len(told) != 1:
        remedy = f"name one of {', '.join(('each', *NODES))}"
        row.problem("each", f"{' and '.join(told)} are too many; {remedy}" if told else f"is missing; {remedy}")
        return NodeKind.FIRM, "", False
    if told == ["each"]:
        return NODES.get(each, NodeKind.ACCOUNT), "", True
    return NODES[told[0]], ids.get(told[0], ""), False


def _scope(row: Row) -> tuple[ScopeKind, str]:
    ids = {name: row.get(name, an_id, "") for name in SCOPES}
    told = [name for name in SCOPES if name in row]
    if not told:
        return ScopeKind.ALL, ""
    if len(told) > 1:
        row.problem(told[1], f"does not go with {told[0]}; a rule has one scope")
    return SCOPES[told[0]], ids[told[0]]


def _level(row: Row, indicator: Indicator) -> RuleLevel:
    value = value_as(UNIT_OF[indicator])
    threshold = row.need("at", value, 0)
    actions = row.texts("actions", an_action, (ALERT,))
    level = RuleLevel(
        threshold=threshold,
        release_at=row.get("release_at", value, threshold),
        actions=actions if "actions" in row else (),
        release=row.get("release", a_release, ReleaseKind.AUTOMATIC),
        after_ns=row.get("after", a_duration, 0),
        cool_off_ns=row.get("cool_off", a_duration, 0),
    )
    row.finish()
    return level


# Values


def one_true(raw: object) -> bool:
    if raw is not True:
        raise ValueError(f"{show(raw)} must be true, or be left out")
    return True


def value_as(unit: IndicatorUnit) -> Callable[[object], int]:
    """A threshold, in the unit of its indicator."""
    if unit is IndicatorUnit.BPS:
        return a_percentage
    if unit is IndicatorUnit.MONEY:
        return lambda raw: parse_money(decimal_text(raw))
    return lambda raw: parse_decimal(decimal_text(raw), 0)


def a_percentage(raw: object) -> int:
    """`12.5%`, in basis points."""
    text = raw if isinstance(raw, str) else ""
    if not text.endswith("%"):
        raise ValueError(f'{show(raw)} must be a percentage in quotes, as "12.5%"')
    return parse_decimal(text[:-1].strip(), 2)


def a_release(raw: object) -> ReleaseKind:
    return ReleaseKind[one_of(*RELEASES)(raw).upper()]


def an_action(raw: object) -> RuleAction:
    """`alert`, `shrink to 50%`, `slow every 5s`, `flatten by AT_MARKET`: a name, and what the action needs."""
    words = a_text(raw).split()
    kind = KINDS.get(words[0]) if words else None
    if kind is None:
        raise ValueError(f"{show(raw)} is no action; {did_you_mean(words[0] if words else '', KINDS)}")
    name, rest = words[0], words[1:]
    if kind in SHARES:
        return RuleAction(kind, a_percentage(_after(name, "to", rest, "50%")), 0, "")
    if kind is ResponseKind.SLOW:
        return RuleAction(kind, 0, a_duration(_after(name, "every", rest, "5s")), "")
    if kind is ResponseKind.FLATTEN:
        return RuleAction(kind, 0, 0, _after(name, "by", rest, AT_MARKET) if rest else AT_MARKET)
    if rest:
        raise ValueError(f"{show(raw)}: {name} stands alone")
    return RuleAction(kind, 0, 0, "")


def _after(name: str, preposition: str, words: list[str], example: str) -> str:
    if len(words) != 2 or words[0] != preposition:
        raise ValueError(f"{' '.join([name, *words])!r} must be written as '{name} {preposition} {example}'")
    return words[1]

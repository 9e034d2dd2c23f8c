"""Rules of risk, defined, removed and released by people and files."""

from __future__ import annotations

from typing import Final

from kairos.engine.approvals import ask
from kairos.engine.core import Core
from kairos.engine.places import refuse_place
from kairos.engine.responses import look, release
from kairos.model.commands import DefineRule, ReleaseRule, RemoveRule
from kairos.model.enums import ApprovalKind, NodeKind, ReleaseKind
from kairos.model.events import RuleDefined, RuleRemoved
from kairos.model.refusals import Refusal, RefusalCode
from kairos.model.rule_faults import OF_PEOPLE, faults_of
from kairos.model.values import Place
from kairos.risk.indicators import value_of
from kairos.risk.ladder import is_reached
from kairos.state.ladder import Watch

MAX_RULES: Final = 1_000  # each may watch every account; a house has some tens


def define_rule(core: Core, c: DefineRule) -> Refusal | None:
    """New or changed. One that held something begins anew, and is looked at at once."""
    ladder = core.desk.ladder
    faults = faults_of(c)
    if faults:
        fault = faults[0]
        where = f"level {fault.level + 1}: " if fault.level >= 0 else ""
        return Refusal(RefusalCode.INVALID_VALUE, (("field", f"{where}{fault.field} {fault.problem}"),))
    if c.rule_id not in ladder.rules and len(ladder.rules) >= MAX_RULES:
        return Refusal(RefusalCode.INVALID_VALUE, (("field", f"there are {MAX_RULES} rules already"),))
    refusal = refuse_place(core.desk, _known_part(c)) or _let_go(core, c.rule_id)
    if refusal is not None:
        return refusal
    core.emit(
        RuleDefined(
            at_ns=core.now_ns,
            rule_id=c.rule_id,
            indicator=c.indicator,
            place=c.place,
            each=c.each,
            above=c.above,
            levels=c.levels,
            dry_run=c.dry_run,
            text=c.text,
            user_id=c.user_id,
        )
    )
    for watch in ladder.of_rule(c.rule_id):
        look(core, watch)
    return None


def _known_part(c: DefineRule) -> Place:
    """Where the rule hangs, as far as it must be known: one of each node of a kind names only a scope."""
    return Place(NodeKind.FIRM, "", c.place.scope, c.place.scope_id) if c.each else c.place


def remove_rule(core: Core, c: RemoveRule) -> Refusal | None:
    if c.rule_id not in core.desk.ladder.rules:
        return Refusal(RefusalCode.UNKNOWN_RULE, (("rule", c.rule_id),))
    refusal = _let_go(core, c.rule_id)
    if refusal is None:
        core.emit(RuleRemoved(core.now_ns, c.rule_id, c.text, c.user_id))
    return refusal


def _let_go(core: Core, rule_id: str) -> Refusal | None:
    """Leave every level that the rule holds; refused where people must release it first, so that to change a rule is
    no way round them."""
    held = [watch for watch in core.desk.ladder.of_rule(rule_id) if watch.level > 0]
    for watch in held:
        if not watch.rule.dry_run and _needs(watch) in OF_PEOPLE:
            return Refusal(RefusalCode.RULE_HOLDS, (("rule", rule_id), ("at", watch.place.node_id)))
    for watch in held:
        while watch.level > 0:
            release(core, watch, ReleaseKind.RULE_CHANGED, "", "")
    return None


def release_rule(core: Core, c: ReleaseRule) -> Refusal | None:
    """Leave the levels that hold at a place, but for those that would be taken again at once. Where one of them asks
    for two people, the command waits for the second, who types the rule's id."""
    if c.rule_id not in core.desk.ladder.rules:
        return Refusal(RefusalCode.UNKNOWN_RULE, (("rule", c.rule_id),))
    watch = core.desk.ladder.find(c.rule_id, c.place)
    if watch is None or watch.level == 0:
        return Refusal(RefusalCode.RULE_NOT_TAKEN, (("rule", c.rule_id), ("at", c.place.node_id)))
    if _is_taken_again(core, watch):
        return Refusal(RefusalCode.RULE_STILL_BREACHED, (("rule", c.rule_id), ("level", str(watch.level))))
    how = ReleaseKind.TWO_PEOPLE if _needs(watch) is ReleaseKind.TWO_PEOPLE else ReleaseKind.PERSON
    if how is ReleaseKind.TWO_PEOPLE and not core.approved_by:
        summary = f"release rule {c.rule_id} at {c.place.node_id or 'firm'}: {c.text}"
        return ask(core, ApprovalKind.RESPONSE, c, c.user_id, summary, word=c.rule_id)
    while watch.level > 0 and not _is_taken_again(core, watch):
        release(core, watch, how, c.text, c.user_id)
    look(core, watch)
    return None


def _needs(watch: Watch) -> ReleaseKind:
    """The strictest release of the levels that hold."""
    found = [level.release for level in watch.rule.levels[: watch.level]]
    if ReleaseKind.TWO_PEOPLE in found:
        return ReleaseKind.TWO_PEOPLE
    return ReleaseKind.PERSON if ReleaseKind.PERSON in found else ReleaseKind.AUTOMATIC


def _is_taken_again(core: Core, watch: Watch) -> bool:
    """Whether the highest level would be: the indicator is still beyond it, and it has no cool-off."""
    seen = value_of(core.desk, core.desk.tree.cells[watch.key], watch.rule.indicator, core.now_ns)
    top = watch.top()
    return seen is not None and not top.cool_off_ns and is_reached(watch, top, seen)

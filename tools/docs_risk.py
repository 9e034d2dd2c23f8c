"""The tables of docs/RISK*.md, from the tables by which the gate decides.

Each function takes `say`, the words of the document's language.
"""

from __future__ import annotations

from docs_markdown import table
from docs_words import Words

from kairos.model.enums import LimitKind, Severity
from kairos.model.values import Limit
from kairos.risk.controls import CONTROLS
from kairos.risk.kinds import MONEY, rule_of
from kairos.state.bounds import Bound


def controls(say: Words) -> str:
    """The checks of the gate in order of precedence."""
    rows = [(f"`{one.code.value}`", say(one.name), say(one.doc), one.clauses) for one in CONTROLS]
    return table((say("code"), say("control"), say("what it refuses"), say("rule that it answers")), rows)


def limit_kinds(say: Words) -> str:
    """What a limit may bound: its unit, the refusal, and what the refusal calls the figure."""
    rows = []
    for kind in LimitKind:
        rule = rule_of(Bound(Limit(kind, Severity.HARD, 0, "", 0, 0, False), "", 0))
        unit = "money" if rule.unit == MONEY else rule.unit
        rows.append((f"`{kind.value.lower()}`", say(unit), f"`{rule.code.value}`", f"`{rule.what}`"))
    return table((say("kind"), say("unit"), say("refused as"), say("seen as")), rows)

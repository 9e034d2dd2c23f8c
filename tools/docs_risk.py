"""The table of docs/RISK*.md, from the one by which the gate's checks are told, in the words of the document's
language."""

from __future__ import annotations

from docs_markdown import table
from docs_words import Words

from kairos.risk.controls import CONTROLS


def controls(say: Words) -> str:
    """The checks of the gate in order of precedence."""
    rows = [(f"`{one.code.value}`", say(one.name), say(one.doc), one.clauses) for one in CONTROLS]
    return table((say("code"), say("control"), say("what it refuses"), say("rule that it answers")), rows)

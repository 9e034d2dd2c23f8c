"""Places of the tree in the language: `firm`, `desk EQ`, `client ACME instrument 2330.XTAI`.

A word with colons says the same, as events tell it: `desk:EQ`, `client:ACME+instrument:2330.XTAI`; a bare id is an
account's.
"""

from __future__ import annotations

from typing import Final

from kairos.model.enums import NodeKind, ScopeKind
from kairos.model.values import Place
from kairos.scenario.errors import SyntaxProblem
from kairos.scenario.words import Words, name
from kairos.state.kills import NODE_OF_WORD, SCOPE_OF_WORD, WHOLE_FIRM, KillPlace, parse_place

PLACE: Final = "a place, as firm, A1, desk EQ, client ACME instrument 2330.XTAI or client:ACME+market:XTAI"
EACH: Final = "a kind of node: " + " ".join((WHOLE_FIRM, *NODE_OF_WORD))


def place(words: Words) -> Place:
    """A node, and a scope where the words behind it name one."""
    node, node_id, scope, scope_id = NodeKind.FIRM, "", ScopeKind.ALL, ""
    first = words.next(PLACE)
    if first.text in NODE_OF_WORD:
        node, node_id = NODE_OF_WORD[first.text], name(words, f"the id of the {first.text}")
    elif first.text in SCOPE_OF_WORD:
        words.at -= 1
    elif first.text != WHOLE_FIRM:
        known = _spelled(words, PLACE)
        node, node_id, scope, scope_id = known.node, known.node_id, known.scope, known.scope_id
    word = words.peek()
    if scope is ScopeKind.ALL and word is not None and word.text in SCOPE_OF_WORD:
        words.at += 1
        scope, scope_id = SCOPE_OF_WORD[word.text], name(words, f"the {word.text}")
    return Place(node, node_id, scope, scope_id)


def _spelled(words: Words, expected: str) -> KillPlace:
    """The place that the word before this one spells."""
    word = words.words[words.at - 1]
    try:
        return parse_place(word.text)
    except ValueError as problem:
        raise SyntaxProblem(word.line, word.column, word.text, f"{expected} ({problem})") from None


def place_of_kill(words: Words) -> KillPlace:
    """A place, or a venue, or both: `venue XTAI`, `trader tina venue XTAI`."""
    if words.ahead(1) == "venue":
        at = Place(NodeKind.FIRM, "", ScopeKind.ALL, "")
    elif ":" in words.ahead(1):
        words.at += 1
        return _spelled(words, PLACE)
    else:
        at = place(words)
    venue_id = name(words, "the venue") if words.take("venue") else ""
    return KillPlace(at.node, at.node_id, at.scope, at.scope_id, venue_id)


def node_kind(words: Words) -> NodeKind:
    word = words.next(EACH)
    if word.text == WHOLE_FIRM:
        return NodeKind.FIRM
    if word.text not in NODE_OF_WORD:
        raise SyntaxProblem(word.line, word.column, word.text, EACH)
    return NODE_OF_WORD[word.text]


def spell_place(at: Place) -> str:
    """One word for a place."""
    return KillPlace(at.node, at.node_id, at.scope, at.scope_id, "").spelling()

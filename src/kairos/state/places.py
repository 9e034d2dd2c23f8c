"""Where things hang: the keys of places, and the path of places that an instrument's trades lie on."""

from __future__ import annotations

from typing import Final

from kairos.model.enums import NodeKind, ScopeKind
from kairos.model.values import Place
from kairos.state.reference import Instrument

FIRM: Final = "F"
EVERYTHING: Final = "*"
SEPARATOR: Final = "/"  # of an account and its strategy


# An enumeration's `value` is a property in Python: ten times the cost of looking it up here.
_LETTERS: Final = {node: node.value for node in NodeKind}


def node_key(node: NodeKind, node_id: str) -> str:
    return _LETTERS[node] + node_id


def node_of(key: str) -> NodeKind:
    """The kind of the node of a key."""
    return NodeKind(key[:1])


def scope_key(scope: ScopeKind, scope_id: str) -> str:
    return scope.value + scope_id


def place_key(place: Place) -> str:
    """The same text for the same place; no id has a line's end."""
    return f"{node_key(place.node, place.node_id)}\n{scope_key(place.scope, place.scope_id)}"


def strategy_node(account_id: str, strategy_id: str) -> str:
    """The id of a strategy's node: strategies are their account's."""
    return account_id + SEPARATOR + strategy_id


def scopes_of(instrument: Instrument) -> list[str]:
    """The keys of all scopes that an instrument is in, the widest first."""
    defined = instrument.defined
    return [
        EVERYTHING,
        ScopeKind.CURRENCY.value + defined.currency,
        ScopeKind.ASSET_CLASS.value + defined.cfi[:1],
        ScopeKind.MARKET.value + defined.mic,
        ScopeKind.INSTRUMENT.value + instrument.instrument_id,
    ]

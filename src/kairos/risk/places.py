"""How a refusal names the place where it bound."""

from __future__ import annotations

from kairos.model.enums import NodeKind, ScopeKind
from kairos.model.values import Place
from kairos.model.wire_types import Pairs


def at_place(place: Place) -> Pairs:
    """`node=ACCOUNT node_id=A1 scope=INSTRUMENT:2330.XTAI`: no id for the firm, no scope for all that is traded."""
    pairs: list[tuple[str, str]] = [("node", place.node.name)]
    if place.node is not NodeKind.FIRM:
        pairs.append(("node_id", place.node_id))
    if place.scope is not ScopeKind.ALL:
        pairs.append(("scope", f"{place.scope.name}:{place.scope_id}"))
    return tuple(pairs)

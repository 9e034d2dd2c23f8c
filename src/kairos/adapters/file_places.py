"""A place of the tree in a row of a file: a node by its name, as `account = "ACME-1"`, and perhaps a scope of it, as
`instrument = "2330.XTAI"`."""

from __future__ import annotations

from typing import Final

from kairos.adapters.file_rows import Row
from kairos.adapters.file_values import a_flag, an_id
from kairos.model.enums import NodeKind, ScopeKind
from kairos.model.values import Place

NODES: Final = {kind.name.lower(): kind for kind in NodeKind}
SCOPES: Final = {kind.name.lower(): kind for kind in ScopeKind if kind is not ScopeKind.ALL}


def read_place(row: Row) -> Place:
    """One node, and at most one scope."""
    node, node_id = _node(row)
    scope, scope_id = _scope(row)
    return Place(node, node_id, scope, scope_id)


def node_field(place: Place) -> str:
    """The field in which the node stands."""
    return place.node.name.lower()


def _node(row: Row) -> tuple[NodeKind, str]:
    told = [name for name in NODES if name in row]
    ids = {name: row.get(name, an_id, "") for name in NODES if name != "firm"}
    if not row.get("firm", a_flag, True):
        row.problem("firm", "must be true, or left out")
    if len(told) == 1:
        return NODES[told[0]], ids.get(told[0], "")
    remedy = f"name one of {', '.join(NODES)}"
    row.problem(told[1] if told else "firm", f"{' and '.join(told)} are too many; {remedy}" if told else remedy)
    return NodeKind.FIRM, ""


def _scope(row: Row) -> tuple[ScopeKind, str]:
    told = [name for name in SCOPES if name in row]
    ids = {name: row.get(name, an_id, "") for name in SCOPES}
    if len(told) > 1:
        row.problem(told[1], f"does not go with {told[0]}: one scope at a time")
    return (SCOPES[told[0]], ids[told[0]]) if told else (ScopeKind.ALL, "")

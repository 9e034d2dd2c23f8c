"""Reference data of the tree: the firm, its desks, limits anywhere, and who may trade where."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kairos.adapters.file_places import node_field, read_place
from kairos.adapters.file_rows import Row
from kairos.adapters.file_values import a_code, a_count, a_duration, a_flag, a_member, a_text, an_id, some_money
from kairos.adapters.reference_entry import THE_HOUSE, Entry, Kind
from kairos.market.codes import parse_currency
from kairos.model.commands import DefineDesk, PlaceLimit, SetEntitlement
from kairos.model.enums import LimitKind, NodeKind, ScopeKind, Severity
from kairos.model.limit_units import IN_MONEY
from kairos.model.values import Limit, Place

MAX_VALUE: Final = 10**18  # the engine's own bound (engine/limit_values.py)
OF_NODE: Final = {
    NodeKind.DESK: Kind.DESK,
    NodeKind.TRADER: Kind.USER,
    NodeKind.CLIENT: Kind.CLIENT,
    NodeKind.ACCOUNT: Kind.ACCOUNT,
    NodeKind.STRATEGY: Kind.ACCOUNT,
}


def read_firm(row: Row) -> Entry:
    """The firm itself, which reckons in one currency."""
    name = row.get("name", a_text, "")
    command = DefineDesk("", name, True, THE_HOUSE, row.need("currency", a_code(parse_currency), ""))
    return Entry(Kind.FIRM, row, "name", "the firm", (), (command,))


def read_desk(row: Row) -> Entry:
    desk_id = row.need("desk_id", an_id, "")
    command = DefineDesk(
        desk_id=desk_id,
        name=row.get("name", a_text, ""),
        active=row.get("active", a_flag, True),
        user_id=THE_HOUSE,
        currency=row.get("currency", a_code(parse_currency), ""),
    )
    return Entry(Kind.DESK, row, "desk_id", desk_id, (), (command,))


def read_limit(row: Row) -> Entry:
    """A limit at its place; one there of its kind. `in` is the currency of its value, `currency` a scope."""
    place = read_place(row)
    kind = row.need("kind", a_member(LimitKind), LimitKind.ORDER_QTY)
    limit = Limit(
        kind=kind,
        severity=row.get("severity", a_member(Severity), Severity.HARD),
        value=row.need("value", _value_of(kind), 0),
        currency=row.get("in", a_code(parse_currency), ""),
        window_ns=row.get("window", a_duration, 0),
        burst=row.get("burst", a_count(0, MAX_VALUE), 0),
        exempt_closing=row.get("exempt_closing", a_flag, False),
    )
    command = PlaceLimit(place, limit, row.get("text", a_text, ""), THE_HOUSE)
    return Entry(Kind.LIMIT, row, "kind", f"{_text_of(place)} {kind.name}", _names(place), (command,))


def _value_of(kind: LimitKind) -> Callable[[object], int]:
    return some_money if kind in IN_MONEY else a_count(0, MAX_VALUE)


def read_entitlement(row: Row) -> Entry:
    """A place where a person or a session may trade."""
    place = read_place(row)
    user_id = row.get("user_id", an_id, "")
    session = row.get("session", an_id, "")
    if bool(user_id) == bool(session):
        row.problem("user_id", "name either a user_id or a session")
    command = SetEntitlement(place, user_id, session, True, row.get("text", a_text, ""), THE_HOUSE)
    names = (("user_id", Kind.USER, user_id), *_names(place))
    field = "user_id" if user_id else "session"
    return Entry(Kind.ENTITLEMENT, row, field, f"{field} {user_id or session} {_text_of(place)}", names, (command,))


def _text_of(place: Place) -> str:
    return f"{place.node.name} {place.node_id} {place.scope.name} {place.scope_id}"


def _names(place: Place) -> tuple[tuple[str, Kind, str], ...]:
    """What a place names of reference data."""
    names: list[tuple[str, Kind, str]] = []
    kind = OF_NODE.get(place.node)
    if kind is not None:
        node_id = place.node_id.partition("/")[0] if place.node is NodeKind.STRATEGY else place.node_id
        names.append((node_field(place), kind, node_id))
    if place.scope is ScopeKind.INSTRUMENT:
        names.append(("instrument", Kind.INSTRUMENT, place.scope_id))
    return tuple(names)

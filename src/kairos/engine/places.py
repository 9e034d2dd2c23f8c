"""Whether a place of the tree is one: its node is known, and its scope is something that can be traded."""

from __future__ import annotations

from kairos.model.enums import NodeKind, ScopeKind
from kairos.model.refusals import Refusal, RefusalCode
from kairos.model.values import Place
from kairos.risk.places import at_place
from kairos.state.desk import Desk
from kairos.state.places import SEPARATOR


def refuse_place(desk: Desk, place: Place) -> Refusal | None:
    """Refused unless its node and its scope are known."""
    return refuse_node(desk, place) or _refuse_scope(desk, place)


def refuse_node(desk: Desk, place: Place) -> Refusal | None:
    """Refused unless the desk knows who it is."""
    node, node_id = place.node, place.node_id
    if node is NodeKind.DESK:
        return refuse_desk(desk, node_id) if node_id else _no_place(place)
    if node is NodeKind.TRADER:
        return None if node_id in desk.users else Refusal(RefusalCode.UNKNOWN_USER, (("user", node_id),))
    if node is NodeKind.CLIENT:
        return None if node_id in desk.clients else Refusal(RefusalCode.UNKNOWN_CLIENT, (("client", node_id),))
    if node is NodeKind.FIRM:
        return _no_place(place) if node_id else None
    account_id, separator, strategy_id = node_id.partition(SEPARATOR)
    if node is NodeKind.STRATEGY and not strategy_id:
        return _no_place(place)
    if node is NodeKind.ACCOUNT and separator:
        account_id = node_id
    return None if account_id in desk.accounts else Refusal(RefusalCode.UNKNOWN_ACCOUNT, (("account", account_id),))


def refuse_desk(desk: Desk, desk_id: str) -> Refusal | None:
    """Refused unless it is a desk of the firm, or none at all."""
    if not desk_id or desk_id in desk.tree.desks:
        return None
    return Refusal(RefusalCode.UNKNOWN_DESK, (("desk", desk_id),))


def _refuse_scope(desk: Desk, place: Place) -> Refusal | None:
    scope, scope_id = place.scope, place.scope_id
    if scope is ScopeKind.INSTRUMENT:
        known = scope_id in desk.instruments
        return None if known else Refusal(RefusalCode.UNKNOWN_INSTRUMENT, (("instrument", scope_id),))
    if scope is ScopeKind.ALL:
        sound = not scope_id
    elif scope is ScopeKind.ASSET_CLASS:
        sound = len(scope_id) == 1 and is_code(scope_id)
    elif scope is ScopeKind.CURRENCY:
        sound = is_currency(scope_id)
    else:
        sound = any(instrument.defined.mic == scope_id for instrument in desk.instruments.values())
    return None if sound else _no_place(place)


def is_currency(code: str) -> bool:
    """Whether it could be one of ISO 4217."""
    return len(code) == 3 and is_code(code)


def is_code(code: str) -> bool:
    return code.isascii() and code.isalpha() and code.isupper()


def _no_place(place: Place) -> Refusal:
    return Refusal(RefusalCode.UNKNOWN_PLACE, at_place(place))

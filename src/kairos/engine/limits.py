"""The tree, changed while running: its limits, its desks, and who may trade where."""

from __future__ import annotations

from kairos.engine.core import Core
from kairos.engine.limit_values import refuse_limit
from kairos.engine.places import is_currency, refuse_place
from kairos.model.commands import DefineDesk, PlaceLimit, RemoveLimit, SetEntitlement
from kairos.model.events import DeskDefined, EntitlementSet, LimitPlaced, LimitRemoved
from kairos.model.refusals import Refusal, RefusalCode
from kairos.risk.places import at_place


def place_limit(core: Core, c: PlaceLimit) -> Refusal | None:
    """Hang a limit on a place, or change the one of its kind there."""
    refusal = refuse_place(core.desk, c.place) or refuse_limit(c.limit) or _refuse_currency(c.limit.currency)
    if refusal is None:
        core.emit(LimitPlaced(core.now_ns, c.place, c.limit, c.text, c.user_id))
    return refusal


def remove_limit(core: Core, c: RemoveLimit) -> Refusal | None:
    cell = core.desk.tree.find(c.place)
    if cell is None or cell.bound(c.kind) is None:
        return Refusal(RefusalCode.UNKNOWN_LIMIT, (*at_place(c.place), ("kind", c.kind.name)))
    core.emit(LimitRemoved(core.now_ns, c.place, c.kind, c.text, c.user_id))
    return None


def define_desk(core: Core, c: DefineDesk) -> Refusal | None:
    """A desk is new or changed; without an id, the firm itself, which must say in which currency it reckons."""
    refusal = _refuse_currency(c.currency, is_needed=not c.desk_id)
    if refusal is None:
        core.emit(DeskDefined(core.now_ns, c.desk_id, c.name, c.active, c.user_id, c.currency))
    return refusal


def _refuse_currency(currency: str, is_needed: bool = False) -> Refusal | None:
    if is_currency(currency) or (not currency and not is_needed):
        return None
    return Refusal(RefusalCode.INVALID_VALUE, (("field", "currency"), ("currency", currency)))


def set_entitlement(core: Core, c: SetEntitlement) -> Refusal | None:
    """Let a person or a FIX session trade at a place, or take that away again."""
    if bool(c.holder_id) == bool(c.session):
        return Refusal(RefusalCode.INVALID_VALUE, (("field", "either holder_id or session"),))
    if c.holder_id and c.holder_id not in core.desk.users:
        return Refusal(RefusalCode.UNKNOWN_USER, (("user", c.holder_id),))
    refusal = refuse_place(core.desk, c.place)
    if refusal is None and not c.granted and not core.desk.tree.entitlements.has(c.holder_id, c.session, c.place):
        refusal = Refusal(RefusalCode.INVALID_VALUE, (("field", "nothing was granted there"), *at_place(c.place)))
    if refusal is None:
        core.emit(EntitlementSet(core.now_ns, c.place, c.holder_id, c.session, c.granted, c.text, c.user_id))
    return refusal

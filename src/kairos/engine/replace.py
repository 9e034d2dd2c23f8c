"""Replaces: through the door and the gate like a new order, then pending until the venue has answered."""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.engine.core import Core
from kairos.engine.details import refuse_changes, refuse_new_details, replaced_details
from kairos.engine.endings import reject_request
from kairos.engine.entitled import refuse_on_order
from kairos.engine.held_orders import refuse_held
from kairos.engine.market_controls import tell_watchers
from kairos.engine.queries import find_order
from kairos.engine.requests import refuse_inactive, refuse_request, refuse_state
from kairos.engine.routing import request_route_replace
from kairos.engine.standing import standing_pending, standing_queued, standing_replaced
from kairos.engine.terms import refuse_terms, with_qty
from kairos.engine.users import refuse_user
from kairos.model.commands import ReplaceOrder
from kairos.model.enums import OrdStatus, RequestKind, SecondReplace
from kairos.model.events import OrderReplaced, OrderReplacePending, OrderReplaceQueued, SoftLimitPassed
from kairos.model.refusals import Refusal, RefusalCode
from kairos.model.values import Terms
from kairos.risk.gate import NO_REFUSALS, Admission, admit, first_refusal_of_route
from kairos.risk.subject import Subject, reserve_price
from kairos.state.order import Order
from kairos.state.order_extras import Request
from kairos.state.transitions import Happening, Move, cell_of, refusal_of

# A client that moves its price faster than the venue answers sends a few replaces ahead; each holds its worst case of
# the account's limits while it waits, and only the last of them is what the client wants in the end.
MAX_QUEUED_REPLACES: Final = 8


def request_replace(core: Core, c: ReplaceOrder) -> None:
    """A client's replace: through the door and the gate like a new order, then pending until the venue has answered."""
    order = find_order(core.desk, c.client_id, c.orig_cl_ord_id, c.order_id)
    admission = admit_replace(core, c, order)
    refusal = admission.refusal_at_once()
    if refusal is None and order is not None and order.cross_id:
        refusal = Refusal(RefusalCode.SIDE_OF_A_CROSS, (("cross_id", order.cross_id),))
    if order is None or refusal is not None:
        known = refusal if refusal is not None else Refusal(RefusalCode.UNKNOWN_ORDER)
        refuse_request(core, c, order, known)
        return
    for passed in admission.reasons:
        core.emit(SoftLimitPassed(core.now_ns, order.order_id, passed.code, passed.context, c.reason, c.user_id))
    accept_replace(core, c, order)


def accept_replace(core: Core, c: ReplaceOrder, order: Order) -> None:
    """Begin a replace that nothing refuses, or let it wait for the one before it."""
    reserve_px = reserve_price(order.position.instrument, order.side, c.terms)
    tell_watchers(core, order)
    if order.replace is not None:
        _queue_replace(core, order, c, reserve_px)
        return
    request = Request(
        kind=RequestKind.REPLACE,
        session=c.session,
        cl_ord_id=c.cl_ord_id,
        new_terms=c.terms,
        reserve_px=reserve_px,
        text=c.text,
        new_details=replaced_details(c, order),
    )
    _start_replace(core, order, request, False, c.user_id)


def admit_replace(core: Core, c: ReplaceOrder, order: Order | None) -> Admission:
    """What the door and the gate say to a replace."""
    refusal = refuse_replace_at_door(core, c, order)
    if order is None or refusal is not None:
        return Admission(refusal, None, NO_REFUSALS)
    return admit(subject_of_replace(core, c, order))


def refuse_replace(core: Core, c: ReplaceOrder, order: Order | None) -> Refusal | None:
    """What refuses a replace, which can't wait for a second person."""
    return admit_replace(core, c, order).refusal_at_once()


def subject_of_replace(core: Core, c: ReplaceOrder, order: Order) -> Subject:
    return Subject(
        desk=core.desk,
        position=order.position,
        side=order.side,
        terms=c.terms,
        order=order,
        now_ns=core.now_ns,
        user_id=c.user_id,
        session=c.session,
        reason=c.reason,
        to_market=not order.is_care(),
    )


def refuse_replace_at_door(core: Core, c: ReplaceOrder, order: Order | None) -> Refusal | None:
    refusal = refuse_user(core.desk, c, c.user_id)
    if refusal is not None:
        return refusal
    if not c.cl_ord_id:
        return Refusal(RefusalCode.CL_ORD_ID_REQUIRED)
    if core.desk.order_of_cl_ord_id(c.client_id, c.cl_ord_id) is not None:
        return Refusal(RefusalCode.DUPLICATE_CL_ORD_ID, (("cl_ord_id", c.cl_ord_id),))
    if order is None:
        return Refusal(RefusalCode.UNKNOWN_ORDER, (("orig_cl_ord_id", c.orig_cl_ord_id),))
    return (
        refuse_inactive(core.desk, order)
        or refuse_on_order(core.desk, order, c.session, c.user_id)
        or _refuse_mismatch(c, order)
        or refuse_changes(core.desk, c, order)
        or _refuse_replace_state(core, c, order)
        or _refuse_new_terms(core, c, order)
    )


def _refuse_mismatch(c: ReplaceOrder, order: Order) -> Refusal | None:
    if c.instrument_id and c.instrument_id != order.instrument_id():
        return Refusal(RefusalCode.INSTRUMENT_MISMATCH, (("instrument", c.instrument_id),))
    if c.side is not order.side:
        return Refusal(RefusalCode.SIDE_MISMATCH, (("side", c.side.name),))
    return None


def _refuse_replace_state(core: Core, c: ReplaceOrder, order: Order) -> Refusal | None:
    refusal = (
        refuse_state(order, Happening.REPLACE_REQUESTED) or refuse_held(core.desk, order) or _refuse_route_state(order)
    )
    if refusal is not None:
        return refusal
    refusal = _refuse_second(core, order) or _refuse_not_raising(order, c.terms)
    if refusal is not None:
        return refusal
    if c.orig_cl_ord_id and c.orig_cl_ord_id not in (order.cl_ord_id, _last_in_chain(order)):
        context = (("orig_cl_ord_id", c.orig_cl_ord_id), ("current", order.cl_ord_id))
        return Refusal(RefusalCode.UNKNOWN_ORDER, context)
    return None


def _refuse_second(core: Core, order: Order) -> Refusal | None:
    """A replace while another is pending: refused if the client's agreement says so, or too many wait already."""
    pending = order.replace
    if pending is None:
        return None
    policy = core.desk.clients[order.client_id].defined.second_replace
    if policy is SecondReplace.REFUSED or len(order.queue) >= MAX_QUEUED_REPLACES:
        return Refusal(RefusalCode.ALREADY_PENDING, (("pending", pending.cl_ord_id),))
    return None


def _refuse_not_raising(order: Order, terms: Terms) -> Refusal | None:
    """A filled order may only be raised."""
    raise_only = cell_of(order.base, Happening.REPLACE_REQUESTED).move is Move.RAISE_ONLY
    if raise_only and terms.order_qty <= order.cum_qty:
        return Refusal(RefusalCode.TOO_LATE, (("ord_status", order.base.name),))
    return None


def _last_in_chain(order: Order) -> str:
    """The ClOrdID that the order will have when all that waits has succeeded: FIX's optimistic OrigClOrdID(41)."""
    replaces = order.replaces()
    return replaces[-1].cl_ord_id if replaces else order.cl_ord_id


def _refuse_route_state(order: Order) -> Refusal | None:
    """What is UNKNOWN at its venue can't be replaced there, whatever we told the client."""
    if order.is_care() or not order.routes:
        return None
    route = order.routes[-1]
    code = refusal_of(route.base, Happening.REPLACE_REQUESTED)
    return None if code is RefusalCode.NONE else Refusal(code, (("route_status", route.base.name),))


def _refuse_new_terms(core: Core, c: ReplaceOrder, order: Order) -> Refusal | None:
    refusal = refuse_terms(c.terms, order.side, order.position, core.now_ns)
    if refusal is None:
        refusal = refuse_new_details(core.desk, c, order)
    if refusal is not None or not order.is_care():
        return refusal
    routed = order.cum_qty + order.leaves_qty() - order.unrouted_qty()
    if c.terms.order_qty < routed:
        seen = (("qty", str(c.terms.order_qty)), ("routed", str(routed)))
        return Refusal(RefusalCode.QTY_BELOW_ROUTED, seen)
    return None


def _queue_replace(core: Core, order: Order, c: ReplaceOrder, reserve_px: i64) -> None:
    """It holds its worst case from now on, and is asked of the venue when the replace before it has been answered."""
    found = order.replaces()[-1].new_terms
    policy = core.desk.clients[order.client_id].defined.second_replace
    core.emit(
        OrderReplaceQueued(
            at_ns=core.now_ns,
            order_id=order.order_id,
            exec_id=core.exec_id(),
            session=c.session,
            cl_ord_id=c.cl_ord_id,
            orig_cl_ord_id=order.cl_ord_id,
            terms=found,
            new_terms=c.terms,
            standing=standing_queued(order, found),
            reserve_px=reserve_px,
            told=policy is SecondReplace.AT_ONCE,
            text=c.text,
            user_id=c.user_id,
            new_details=replaced_details(c, order),
        )
    )


def take_next_replace(core: Core, order: Order) -> None:
    """The replace before was answered: ask for the next that still makes sense, and answer those that don't."""
    while order.replace is None and order.queue:
        request = order.queue[0]
        refusal = _refuse_turn(core, order, request.new_terms)
        if refusal is None:
            _start_replace(core, order, request, request.told, "")
        else:
            reject_request(core, order, request, refusal.code, refusal.context, "")


def _refuse_turn(core: Core, order: Order, terms: Terms) -> Refusal | None:
    """What may have changed since it was queued; its limits were held for it."""
    return (
        refuse_inactive(core.desk, order)
        or refuse_state(order, Happening.REPLACE_REQUESTED)
        or _refuse_route_state(order)
        or _refuse_not_raising(order, terms)
        or refuse_terms(terms, order.side, order.position, core.now_ns)
        or first_refusal_of_route(Subject(core.desk, order.position, order.side, terms, order, core.now_ns))
    )


def _start_replace(core: Core, order: Order, request: Request, quiet: bool, user_id: str) -> None:
    terms = request.new_terms
    core.emit(
        OrderReplacePending(
            at_ns=core.now_ns,
            order_id=order.order_id,
            exec_id=core.exec_id(),
            session=request.session,
            cl_ord_id=request.cl_ord_id,
            orig_cl_ord_id=order.cl_ord_id,
            terms=order.terms,
            new_terms=terms,
            standing=standing_pending(order, OrdStatus.PENDING_REPLACE),
            reserve_px=request.reserve_px,
            text=request.text,
            user_id=user_id,
            quiet=quiet,
            new_details=request.new_details,
            details=order.details,
        )
    )
    route = order.routes[-1] if order.routes else None
    if order.is_care() or route is None:
        finish_replace(core, order, terms, request.text)
    else:
        request_route_replace(core, route, terms)


def finish_replace(core: Core, order: Order, terms: Terms, text: str) -> None:
    """The pending replace takes effect; OrderQty(38) never falls below CumQty(14)."""
    request = order.replace
    if request is None:
        return
    if terms.order_qty < order.cum_qty:
        terms = with_qty(terms, order.cum_qty)
    core.emit(
        OrderReplaced(
            at_ns=core.now_ns,
            order_id=order.order_id,
            exec_id=core.exec_id(),
            cl_ord_id=request.cl_ord_id,
            orig_cl_ord_id=order.cl_ord_id,
            terms=terms,
            standing=standing_replaced(order, terms),
            text=text,
            details=request.new_details,
        )
    )
    core.timers.watch_order(order)

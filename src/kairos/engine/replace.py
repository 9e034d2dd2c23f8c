"""Replaces: through the door and the gate like a new order, then pending until the venue has answered."""

from __future__ import annotations

from kairos.engine.core import Core
from kairos.engine.queries import find_order
from kairos.engine.requests import refuse_request, refuse_state
from kairos.engine.routing import request_route_replace
from kairos.engine.standing import standing_pending, standing_replaced
from kairos.engine.terms import refuse_terms
from kairos.engine.users import refuse_user
from kairos.model.commands import ReplaceOrder
from kairos.model.enums import OrdStatus
from kairos.model.events import OrderReplaced, OrderReplacePending
from kairos.model.refusals import Refusal, RefusalCode
from kairos.model.values import Terms
from kairos.risk.gate import first_refusal
from kairos.risk.subject import Subject
from kairos.state.order import Order
from kairos.state.transitions import TABLE, Happening, Move, refusal_of


def request_replace(core: Core, c: ReplaceOrder) -> None:
    """A client's replace: through the door and the gate like a new order, then pending until the venue has answered."""
    order = find_order(core.desk, c.client_id, c.orig_cl_ord_id, c.order_id)
    refusal = _refuse_replace(core, c, order)
    if order is None or refusal is not None:
        known = refusal if refusal is not None else Refusal(RefusalCode.UNKNOWN_ORDER)
        refuse_request(core, c, order, known)
        return
    subject = Subject(core.desk, order.position, order.side, c.terms, order, core.now_ns)
    refusal = first_refusal(subject)
    if refusal is not None:
        refuse_request(core, c, order, refusal)
        return
    _start_replace(core, order, c, subject)


def _refuse_replace(core: Core, c: ReplaceOrder, order: Order | None) -> Refusal | None:
    refusal = refuse_user(core.desk, c, c.user_id)
    if refusal is not None:
        return refusal
    if core.desk.order_of_cl_ord_id(c.client_id, c.cl_ord_id) is not None:
        return Refusal(RefusalCode.DUPLICATE_CL_ORD_ID, (("cl_ord_id", c.cl_ord_id),))
    if order is None:
        return Refusal(RefusalCode.UNKNOWN_ORDER, (("orig_cl_ord_id", c.orig_cl_ord_id),))
    return _refuse_mismatch(c, order) or _refuse_replace_state(c, order) or _refuse_new_terms(core, c, order)


def _refuse_mismatch(c: ReplaceOrder, order: Order) -> Refusal | None:
    if c.instrument_id and c.instrument_id != order.instrument_id():
        return Refusal(RefusalCode.INSTRUMENT_MISMATCH, (("instrument", c.instrument_id),))
    if c.side is not order.side:
        return Refusal(RefusalCode.SIDE_MISMATCH, (("side", c.side.name),))
    return None


def _refuse_replace_state(c: ReplaceOrder, order: Order) -> Refusal | None:
    refusal = refuse_state(order, Happening.REPLACE_REQUESTED) or _refuse_route_state(order)
    if refusal is not None:
        return refusal
    if order.replace is not None:
        return Refusal(RefusalCode.ALREADY_PENDING, (("pending", order.replace.cl_ord_id),))
    raise_only = TABLE[(order.base, Happening.REPLACE_REQUESTED)].move is Move.RAISE_ONLY
    if raise_only and c.terms.order_qty <= order.cum_qty:
        return Refusal(RefusalCode.TOO_LATE, (("ord_status", order.base.name),))
    if c.orig_cl_ord_id and c.orig_cl_ord_id != order.cl_ord_id:
        context = (("orig_cl_ord_id", c.orig_cl_ord_id), ("current", order.cl_ord_id))
        return Refusal(RefusalCode.UNKNOWN_ORDER, context)
    return None


def _refuse_route_state(order: Order) -> Refusal | None:
    """What is UNKNOWN at its venue can't be replaced there, whatever we told the client."""
    if order.is_care() or not order.routes:
        return None
    route = order.routes[-1]
    code = refusal_of(route.base, Happening.REPLACE_REQUESTED)
    return None if code is RefusalCode.NONE else Refusal(code, (("route_status", route.base.name),))


def _refuse_new_terms(core: Core, c: ReplaceOrder, order: Order) -> Refusal | None:
    refusal = refuse_terms(c.terms, order.position.instrument, core.now_ns)
    if refusal is not None or not order.is_care():
        return refusal
    routed = order.cum_qty + order.leaves_qty() - order.unrouted_qty()
    if c.terms.order_qty < routed:
        seen = (("qty", str(c.terms.order_qty)), ("routed", str(routed)))
        return Refusal(RefusalCode.QTY_BELOW_ROUTED, seen)
    return None


def _start_replace(core: Core, order: Order, c: ReplaceOrder, subject: Subject) -> None:
    core.emit(
        OrderReplacePending(
            at_ns=core.now_ns,
            order_id=order.order_id,
            exec_id=core.exec_id(),
            session=c.session,
            cl_ord_id=c.cl_ord_id,
            orig_cl_ord_id=order.cl_ord_id,
            terms=order.terms,
            new_terms=c.terms,
            standing=standing_pending(order, OrdStatus.PENDING_REPLACE),
            reserve_px=subject.reserve_px,
            text=c.text,
            user_id=c.user_id,
        )
    )
    route = order.routes[-1] if order.routes else None
    if order.is_care() or route is None:
        finish_replace(core, order, c.terms, c.text)
    else:
        request_route_replace(core, route, c.terms)


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
        )
    )
    core.timers.watch_order(order)


def with_qty(terms: Terms, order_qty: int) -> Terms:
    """The same terms for another quantity."""
    return Terms(
        order_qty,
        terms.ord_type,
        terms.price,
        terms.stop_px,
        terms.time_in_force,
        terms.expire_at_ns,
        min(terms.max_floor, order_qty),
    )

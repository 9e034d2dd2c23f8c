"""Cancels: of a client, of the desk itself, and in mass. No throttle, halt or kill switch ever stops one."""

from __future__ import annotations

from kairos.engine.core import Core
from kairos.engine.endings import cancel_order, end_replaces, end_routes_over
from kairos.engine.queries import find_order
from kairos.engine.requests import refuse_request, refuse_state
from kairos.engine.routing import request_route_cancel
from kairos.engine.standing import standing_pending
from kairos.model.commands import CancelOrder, CancelSessionOrders, MassCancel
from kairos.model.enums import HandlInst, MassCancelRequestType, OrdStatus
from kairos.model.events import MassCancelReported, OrderCancelPending
from kairos.model.refusals import Refusal, RefusalCode
from kairos.state.order import Order
from kairos.state.route import outlives_day
from kairos.state.transitions import Happening


def request_cancel(core: Core, c: CancelOrder) -> None:
    """A client's cancel: refused only when there is nothing to cancel."""
    order = find_order(core.desk, c.client_id, c.orig_cl_ord_id, c.order_id)
    refusal = refuse_cancel(core, c, order)
    if order is None or refusal is not None:
        known = refusal if refusal is not None else Refusal(RefusalCode.UNKNOWN_ORDER)
        refuse_request(core, c, order, known)
        return
    start_cancel(core, order, c.session, c.cl_ord_id, c.text, c.user_id)


def refuse_cancel(core: Core, c: CancelOrder, order: Order | None) -> Refusal | None:
    if core.desk.order_of_cl_ord_id(c.client_id, c.cl_ord_id) is not None:
        return Refusal(RefusalCode.DUPLICATE_CL_ORD_ID, (("cl_ord_id", c.cl_ord_id),))
    if order is None:
        return Refusal(RefusalCode.UNKNOWN_ORDER, (("orig_cl_ord_id", c.orig_cl_ord_id),))
    if c.instrument_id and c.instrument_id != order.instrument_id():
        return Refusal(RefusalCode.INSTRUMENT_MISMATCH, (("instrument", c.instrument_id),))
    return refuse_state(order, Happening.CANCEL_REQUESTED)


def start_cancel(core: Core, order: Order, session: str, cl_ord_id: str, text: str, user_id: str) -> None:
    """Make a cancel pending and ask every live route's venue; with none, the order ends at once. Replaces that still
    wait for their turn are not sent any more. An empty `cl_ord_id` is the desk's own cancel."""
    core.emit(
        OrderCancelPending(
            at_ns=core.now_ns,
            order_id=order.order_id,
            exec_id=core.exec_id(),
            session=session,
            cl_ord_id=cl_ord_id,
            orig_cl_ord_id=order.cl_ord_id,
            terms=order.terms,
            standing=standing_pending(order, OrdStatus.PENDING_CANCEL),
            text=text,
            user_id=user_id,
        )
    )
    end_replaces(core, order, list(order.queue), RefusalCode.ALREADY_PENDING, (("pending", "cancel"),))
    end_routes_over(core, order, text)
    routes = order.routes_to_cancel()
    for route in routes:
        if not route.cancel_id:
            request_route_cancel(core, route)
    if not routes:
        cancel_order(core, order, text)


def cancel_for_desk(core: Core, order: Order, text: str, user_id: str) -> None:
    """The desk itself takes an order back (kill, mass cancel, expiry), unless it is being canceled already."""
    if order.may_trade() and order.cancel is None:
        start_cancel(core, order, order.session, "", text, user_id)


def mass_cancel(core: Core, c: MassCancel) -> None:
    """Cancel every open order of the client, or those in one instrument; each end is told one by one."""
    by_instrument = c.request_type is MassCancelRequestType.SECURITY
    unknown = by_instrument and c.instrument_id not in core.desk.instruments
    orders = [order for order in core.desk.orders.awake() if order.client_id == c.client_id and order.may_trade()]
    if by_instrument:
        orders = [order for order in orders if order.instrument_id() == c.instrument_id]
    core.emit(
        MassCancelReported(
            at_ns=core.now_ns,
            session=c.session,
            client_id=c.client_id,
            cl_ord_id=c.cl_ord_id,
            request_type=c.request_type,
            instrument_id=c.instrument_id,
            exec_id=core.exec_id(),
            accepted=not unknown,
            code=RefusalCode.UNKNOWN_INSTRUMENT if unknown else RefusalCode.NONE,
            affected=len(orders),
            user_id=c.user_id,
        )
    )
    for order in orders:
        cancel_for_desk(core, order, f"mass cancel {c.cl_ord_id}", c.user_id)


def cancel_session_orders(core: Core, c: CancelSessionOrders) -> None:
    """A client's session is gone, and the house agreed to take its orders back then. Care orders stay: people work
    them, and can reach the client in other ways."""
    for order in core.desk.orders.awake():
        may_go = c.outliving or not outlives_day(order.terms)
        if order.session == c.session and order.handl_inst is not HandlInst.MANUAL and may_go:
            cancel_for_desk(core, order, c.text, "")

"""Cancels: of a client, of the desk itself, and in mass. No throttle, halt or kill switch ever stops one."""

from __future__ import annotations

from kairos.engine.core import Core
from kairos.engine.endings import cancel_order, end_replaces, end_routes_over
from kairos.engine.queries import find_order
from kairos.engine.requests import refuse_request, refuse_state
from kairos.engine.routing import request_route_cancel
from kairos.engine.standing import standing_pending
from kairos.model.commands import CancelOrder, CancelSessionOrders, MassCancel
from kairos.model.enums import HandlInst, MassCancelRequestType, NodeKind, OrdStatus
from kairos.model.events import MassCancelReported, OrderCancelPending
from kairos.model.refusals import Refusal, RefusalCode
from kairos.state.desk import Desk
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
    """Cancel every open order of an account, of the client or of the firm, as far as the session may; or those of it in
    one instrument. Each end is told one by one."""
    refusal = _refuse_mass_cancel(core.desk, c)
    orders = [] if refusal is not None else [o for o in core.desk.orders.awake() if o.may_trade() and _is_meant(c, o)]
    core.emit(
        MassCancelReported(
            at_ns=core.now_ns,
            session=c.session,
            client_id=c.client_id,
            cl_ord_id=c.cl_ord_id,
            request_type=c.request_type,
            instrument_id=c.instrument_id,
            exec_id=core.exec_id(),
            accepted=refusal is None,
            code=RefusalCode.NONE if refusal is None else refusal.code,
            affected=len(orders),
            user_id=c.user_id,
            account_id=c.account_id,
            entitled=c.entitled,
        )
    )
    for order in orders:
        cancel_for_desk(core, order, f"mass cancel {c.cl_ord_id}", c.user_id)


def _refuse_mass_cancel(desk: Desk, c: MassCancel) -> Refusal | None:
    """A session cancels no more than was agreed: one of an account must name it, one of a client only its own."""
    account = desk.accounts.get(c.account_id)
    if c.account_id and account is None:
        return Refusal(RefusalCode.UNKNOWN_ACCOUNT)
    if account is not None and account.defined.client_id != c.client_id and c.entitled is not NodeKind.FIRM:
        return Refusal(RefusalCode.ACCOUNT_OF_ANOTHER_CLIENT)
    if account is None and c.entitled is NodeKind.ACCOUNT:
        return Refusal(RefusalCode.NOT_ENTITLED)
    if c.request_type is MassCancelRequestType.SECURITY and c.instrument_id not in desk.instruments:
        return Refusal(RefusalCode.UNKNOWN_INSTRUMENT)
    return None


def _is_meant(c: MassCancel, order: Order) -> bool:
    if c.account_id:
        inside = order.account_id() == c.account_id
    else:
        inside = c.entitled is NodeKind.FIRM or order.client_id == c.client_id
    every_instrument = c.request_type is not MassCancelRequestType.SECURITY
    return inside and (every_instrument or order.instrument_id() == c.instrument_id)


def cancel_session_orders(core: Core, c: CancelSessionOrders) -> None:
    """A client's session is gone, and the house agreed to take its orders back then. Care orders stay: people work
    them, and can reach the client in other ways."""
    for order in core.desk.orders.awake():
        may_go = c.outliving or not outlives_day(order.terms)
        if order.session == c.session and order.handl_inst is not HandlInst.MANUAL and may_go:
            cancel_for_desk(core, order, c.text, "")

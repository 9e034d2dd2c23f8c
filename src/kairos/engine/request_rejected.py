"""A venue does not do what we asked of a live route: what that means for the route and for the client's request."""

from __future__ import annotations

from kairos.engine.core import Core
from kairos.engine.endings import cancel_order, reject_request
from kairos.engine.queries import report_status
from kairos.engine.replace import take_next_replace
from kairos.engine.routing import lose_route, request_route_cancel
from kairos.model.enums import CxlRejReason, CxlRejResponseTo, OrdStatus
from kairos.model.events import RouteRequestRejected
from kairos.model.refusals import RefusalCode
from kairos.model.wire_types import Pairs
from kairos.state.order import Order
from kairos.state.order_extras import Request
from kairos.state.route import Route


def request_rejected(core: Core, route: Route, cl_ord_id: str, rej_reason: str, text: str) -> None:
    """The cancel or replace of this ClOrdID came to nothing; `rej_reason` is CxlRejReason(102), empty when none was
    given."""
    order = core.desk.orders[route.order_id]
    is_cancel = cl_ord_id == route.cancel_id
    orig = route.cancel_orig_id
    to = CxlRejResponseTo.ORDER_CANCEL_REQUEST if is_cancel else CxlRejResponseTo.ORDER_CANCEL_REPLACE_REQUEST
    core.emit(RouteRequestRejected(core.now_ns, route.route_id, cl_ord_id, to, rej_reason, text))
    if not is_cancel:
        _settle_replace(core, order, rej_reason, text)
    elif route.is_live() and orig not in (route.cl_ord_id, route.replace_id):
        request_route_cancel(core, route)  # it named a replace that failed, or one that took effect meanwhile
        return
    else:
        _settle_cancel(core, order, rej_reason, text)
    if rej_reason == CxlRejReason.UNKNOWN_ORDER and route.is_live():
        lose_route(core, route, "the venue says that it does not know the order")
    if not is_cancel:
        take_next_replace(core, order)


def _settle_replace(core: Core, order: Order, rej_reason: str, text: str) -> None:
    if order.replace is not None:
        code = _code_of(order, rej_reason)
        reject_request(core, order, order.replace, code, _seen(rej_reason), text)


def _settle_cancel(core: Core, order: Order, rej_reason: str, text: str) -> None:
    """The client's cancel has failed when no route's cancel is still under way."""
    cancel = order.cancel
    if cancel is None or any(route.cancel_id for route in order.routes):
        return
    if order.is_open() and not order.live_routes():
        cancel_order(core, order, text)
    else:
        reject_request(core, order, cancel, _code_of(order, rej_reason), _seen(rej_reason), text)
        _tell_filled(core, order, cancel)


def _tell_filled(core: Core, order: Order, cancel: Request) -> None:
    """The fill that beat the desk's own cancel was told as PENDING_CANCEL; nobody asked for it, so none is answered."""
    if not cancel.cl_ord_id and order.base is OrdStatus.FILLED:
        report_status(core, order, order.session, "", order.cl_ord_id)


def _code_of(order: Order, rej_reason: str) -> RefusalCode:
    if not order.is_open() or rej_reason == CxlRejReason.TOO_LATE_TO_CANCEL:
        return RefusalCode.ORDER_ENDED
    return RefusalCode.VENUE_REFUSED


def _seen(rej_reason: str) -> Pairs:
    return (("cxl_rej_reason", rej_reason),) if rej_reason else ()

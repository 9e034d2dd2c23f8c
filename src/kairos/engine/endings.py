"""How a client order or a pending request on it ends, whoever ended it."""

from __future__ import annotations

from kairos.engine.core import Core
from kairos.engine.standing import standing_ended
from kairos.model.enums import CxlRejResponseTo, OrdStatus, RequestKind, TimeInForce
from kairos.model.events import (
    OrderCanceled,
    OrderDoneForDay,
    OrderExpired,
    OrderRejected,
    RequestRejected,
    RouteEnded,
)
from kairos.model.refusals import RefusalCode
from kairos.model.wire_types import Pairs
from kairos.state.order import Order
from kairos.state.order_extras import Request
from kairos.state.route import Route
from kairos.state.transitions import Happening, refusal_of


def reject_request(core: Core, order: Order, request: Request, code: RefusalCode, context: Pairs, text: str) -> None:
    """A pending cancel or replace comes to nothing; the order stands as it did without it."""
    is_cancel = request.kind is RequestKind.CANCEL
    to = CxlRejResponseTo.ORDER_CANCEL_REQUEST if is_cancel else CxlRejResponseTo.ORDER_CANCEL_REPLACE_REQUEST
    core.emit(
        RequestRejected(
            at_ns=core.now_ns,
            order_id=order.order_id,
            session=request.session,
            cl_ord_id=request.cl_ord_id,
            orig_cl_ord_id=order.cl_ord_id,
            response_to=to,
            code=code,
            context=context,
            ord_status=order.ord_status_without(request),
            text=text,
        )
    )


def end_requests(core: Core, order: Order) -> None:
    """Whatever a client has pending on an order that ends by itself comes too late; the desk's own cancel needs no
    answer."""
    end_replaces(core, order, order.replaces(), RefusalCode.ORDER_ENDED, ())
    if order.cancel is not None and order.cancel.cl_ord_id:
        reject_request(core, order, order.cancel, RefusalCode.ORDER_ENDED, (), "")


def end_replaces(core: Core, order: Order, replaces: list[Request], code: RefusalCode, context: Pairs) -> None:
    """Answer replaces that nothing will come of."""
    for replace in replaces:
        reject_request(core, order, replace, code, context, "")


def cancel_order(core: Core, order: Order, text: str, reason: str = "") -> None:
    """End an order as CANCELED, in answer to its pending cancel if there is one. When the desk itself asked, its
    reason is told unless the venue gave one. `reason` is the venue's ExecRestatementReason(378)."""
    cancel = order.cancel
    asked_as = "" if cancel is None else cancel.cl_ord_id
    if cancel is not None and not asked_as and not text:
        text = cancel.text
    end_replaces(core, order, order.replaces(), RefusalCode.ORDER_ENDED, ())
    core.emit(
        OrderCanceled(
            at_ns=core.now_ns,
            order_id=order.order_id,
            exec_id=core.exec_id(),
            cl_ord_id=asked_as if asked_as else order.cl_ord_id,
            orig_cl_ord_id=order.cl_ord_id if asked_as else "",
            terms=order.terms,
            standing=standing_ended(order, Happening.CANCELED),
            text=text,
            reason="" if asked_as else reason,
        )
    )


def expire_order(core: Core, order: Order, text: str) -> None:
    end_requests(core, order)
    standing = standing_ended(order, Happening.EXPIRED)
    core.emit(OrderExpired(core.now_ns, order.order_id, core.exec_id(), order.terms, standing, text))


def finish_order_for_day(core: Core, order: Order, text: str) -> None:
    end_requests(core, order)
    standing = standing_ended(order, Happening.DONE_FOR_DAY)
    core.emit(OrderDoneForDay(core.now_ns, order.order_id, core.exec_id(), order.terms, standing, text))


def reject_order(core: Core, order: Order, text: str, code: RefusalCode = RefusalCode.VENUE_REFUSED) -> None:
    """The venue, or else a second person, did not take it: REJECTED, or CANCELED when part of it has traded."""
    if refusal_of(order.base, Happening.REJECTED) is not RefusalCode.NONE:
        cancel_order(core, order, text)
        return
    end_requests(core, order)
    standing = standing_ended(order, Happening.REJECTED)
    core.emit(OrderRejected(core.now_ns, order.order_id, core.exec_id(), order.terms, standing, code, text))


def after_route_ended(core: Core, order: Order, route: Route, text: str, reason: str = "") -> None:
    """What the end of a route means for its client order once nothing of it works any more. `reason` is the venue's
    ExecRestatementReason(378) where it canceled the route by itself."""
    if order.live_routes():
        _settle_failed_cancel(core, order)
        return
    if not (order.is_open() or (order.cancel is not None and order.is_asleep())):
        return
    if order.base is OrdStatus.PENDING_NEW and route.base is OrdStatus.REJECTED:
        reject_order(core, order, text)
    elif order.cancel is not None:
        if is_past_expiry(core, order):
            expire_order(core, order, text)
        else:
            cancel_order(core, order, text)
    elif order.is_care():
        return  # what is left is back with the person who works it
    elif route.base is OrdStatus.REJECTED:
        reject_order(core, order, text)
    elif route.base is OrdStatus.EXPIRED or is_past_expiry(core, order):
        expire_order(core, order, text)
    elif route.base is OrdStatus.DONE_FOR_DAY:
        finish_order_for_day(core, order, text)
    else:
        cancel_order(core, order, text, reason)


def _settle_failed_cancel(core: Core, order: Order) -> None:
    """Its last route that could be canceled has been, after a venue refused to cancel another: that one goes on."""
    if order.cancel is not None and not any(route.cancel_id for route in order.routes):
        reject_request(core, order, order.cancel, RefusalCode.VENUE_REFUSED, (), "")


def end_routes_over(core: Core, order: Order, text: str) -> None:
    """Close the routes that a person's bust opened again though their venue has nothing left of them to execute."""
    for route in order.live_routes():
        if route.is_over_at_venue():
            core.emit(RouteEnded(core.now_ns, route.route_id, OrdStatus.CANCELED, text))


def is_past_expiry(core: Core, order: Order) -> bool:
    """Whether an order that the desk itself takes back has run out of its time."""
    if order.cancel is not None and order.cancel.cl_ord_id:
        return False
    return has_run_out(core, order)


def has_run_out(core: Core, order: Order) -> bool:
    """Whether the time of an order, if it has one, has come."""
    return order.terms.time_in_force is TimeInForce.GOOD_TILL_DATE and order.terms.expire_at_ns <= core.now_ns

"""What a person of the desk does with a client order: work a care order, take a route back, settle what is unknown."""

from __future__ import annotations

from mypy_extensions import i64

from kairos.engine.acknowledge import acknowledge_route
from kairos.engine.core import Core
from kairos.engine.endings import after_route_ended, end_routes_over, finish_order_for_day
from kairos.engine.entitled import refuse_on_order
from kairos.engine.held_orders import refuse_held
from kairos.engine.routing import refuse_venue, request_route, request_route_cancel
from kairos.engine.terms import refuse_terms
from kairos.model.commands import CancelRoute, FinishOrder, ResolveRoute, RouteOrder
from kairos.model.enums import OrdStatus, Side
from kairos.model.events import RouteEnded, RouteRejected
from kairos.model.numbers import format_price
from kairos.model.refusals import Refusal, RefusalCode
from kairos.risk.checks import kill
from kairos.risk.gate import first_refusal_of_route
from kairos.risk.subject import Subject
from kairos.state.order import Order
from kairos.state.positions import is_buy


def route_order(core: Core, c: RouteOrder) -> Refusal | None:
    """Send part of a care order to a venue. The client order passed the gate for its whole quantity, at its own limit:
    a route may not be worse than that limit, nor more than what is not routed yet."""
    desk = core.desk
    order = desk.orders.get(c.order_id)
    if order is None:
        return Refusal(RefusalCode.UNKNOWN_ORDER, (("order_id", str(c.order_id)),))
    if not order.is_care():
        return Refusal(RefusalCode.NOT_A_CARE_ORDER, (("order_id", str(c.order_id)),))
    venue_id = c.venue_id if c.venue_id else order.venue_id
    refusal = refuse_on_order(desk, order, "", c.user_id) or _refuse_route(core, order, c, venue_id)
    if refusal is None:
        request_route(core, order, venue_id, c.terms, c.user_id)
    return refusal


def _refuse_route(core: Core, order: Order, c: RouteOrder, venue_id: str) -> Refusal | None:
    desk = core.desk
    subject = Subject(
        desk=desk,
        position=order.position,
        side=order.side,
        terms=c.terms,
        order=order,
        now_ns=core.now_ns,
        venue_id=venue_id,
        is_route=True,
    )
    killed = kill(subject)
    if killed is not None:
        return killed
    if order.cancel is not None or not order.is_open():
        return Refusal(RefusalCode.TOO_LATE, (("ord_status", order.ord_status().name),))
    refusal = refuse_held(desk, order) or refuse_terms(c.terms, order.side, order.position, core.now_ns)
    if refusal is not None:
        return refusal
    if order.cross_id:
        return Refusal(RefusalCode.SIDE_OF_A_CROSS, (("cross_id", order.cross_id),))
    limit = order.terms.price
    if limit and is_worse(order.side, c.terms.price, limit):
        seen = (("price", format_price(c.terms.price)), ("limit", format_price(limit)))
        return Refusal(RefusalCode.TERMS_CONFLICT, seen)
    if c.terms.order_qty > order.unrouted_qty():
        seen = (("qty", str(c.terms.order_qty)), ("unrouted_qty", str(order.unrouted_qty())))
        return Refusal(RefusalCode.OVERFILL, seen)
    return refuse_venue(desk, venue_id) or first_refusal_of_route(subject)


def is_worse(side: Side, price: i64, limit: i64) -> bool:
    """Whether a price (0: at any price) gives the client less than its limit allows."""
    return price == 0 or (price > limit if is_buy(side) else price < limit)


def cancel_route(core: Core, c: CancelRoute) -> Refusal | None:
    route = core.desk.routes.get(c.route_id)
    if route is None:
        return Refusal(RefusalCode.UNKNOWN_ROUTE, (("route_id", str(c.route_id)),))
    if not route.is_live():
        return Refusal(RefusalCode.TOO_LATE, (("ord_status", route.base.name),))
    if route.cancel_id:
        return Refusal(RefusalCode.ALREADY_PENDING, (("pending", route.cancel_id),))
    request_route_cancel(core, route)
    return None


def resolve_route(core: Core, c: ResolveRoute) -> Refusal | None:
    """A person found out, by phone, what became of a route that its venue never answered for."""
    route = core.desk.routes.get(c.route_id)
    if route is None:
        return Refusal(RefusalCode.UNKNOWN_ROUTE, (("route_id", str(c.route_id)),))
    if route.base is not OrdStatus.UNKNOWN and route.base is not OrdStatus.PENDING_NEW:
        return Refusal(RefusalCode.ILLEGAL_STATE, (("ord_status", route.base.name),))
    order = core.desk.orders[route.order_id]
    text = f"{c.text} (resolved by {c.user_id})"
    if c.ord_status is OrdStatus.NEW:
        acknowledge_route(core, route, route.venue_order_id, c.ord_status)
    elif c.ord_status is OrdStatus.REJECTED:
        core.emit(RouteRejected(core.now_ns, route.route_id, "", text))
        after_route_ended(core, order, route, text)
    elif c.ord_status is OrdStatus.CANCELED:
        core.emit(RouteEnded(core.now_ns, route.route_id, c.ord_status, text))
        after_route_ended(core, order, route, text)
    else:
        return Refusal(RefusalCode.INVALID_VALUE, (("ord_status", c.ord_status.name),))
    return None


def finish_order(core: Core, c: FinishOrder) -> Refusal | None:
    """Nothing of it may work at a venue. What a person's bust opened again, of an order that its venue has done with,
    works nowhere: this ends it."""
    order = core.desk.orders.get(c.order_id)
    if order is None:
        return Refusal(RefusalCode.UNKNOWN_ORDER, (("order_id", str(c.order_id)),))
    if not order.is_open():
        return Refusal(RefusalCode.TOO_LATE, (("ord_status", order.ord_status().name),))
    if any(not route.is_over_at_venue() for route in order.live_routes()):
        return Refusal(RefusalCode.STILL_WORKING, (("order_id", str(c.order_id)),))
    end_routes_over(core, order, c.text)
    finish_order_for_day(core, order, c.text)
    return None

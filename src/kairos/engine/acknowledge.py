"""A venue has an order: what that means for its route, and for a client who waits for the venue's word.

A client whose `ack` is ON_VENUE_ACK hears nothing of an order until its venue has acknowledged it: until then it is
PENDING_NEW, which only who asks is told. A venue that executes, replaces or restates an order has acknowledged it by
that: the client is told NEW first.
"""

from __future__ import annotations

from kairos.engine.core import Core
from kairos.model.enums import OrdStatus
from kairos.model.events import OrderAcknowledged, RouteAcknowledged
from kairos.state.order import Order
from kairos.state.route import Route


def acknowledge_route(core: Core, route: Route, venue_order_id: str, ord_status: OrdStatus) -> None:
    """The venue has the route."""
    core.emit(RouteAcknowledged(core.now_ns, route.route_id, venue_order_id, ord_status))
    acknowledge_order(core, core.desk.orders[route.order_id])


def acknowledge_order(core: Core, order: Order) -> None:
    """Tell the client who still waits for it."""
    if order.base is OrdStatus.PENDING_NEW:
        exec_id, terms = core.exec_id(), order.terms
        core.emit(OrderAcknowledged(core.now_ns, order.order_id, exec_id, order.cl_ord_id, terms, order.text))

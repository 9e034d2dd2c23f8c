"""Folds events of routes into the desk."""

from __future__ import annotations

from kairos.model.enums import CxlRejResponseTo, OrdStatus
from kairos.model.events import (
    RouteAcknowledged,
    RouteCancelRequested,
    RouteEnded,
    RouteEvent,
    RouteRejected,
    RouteReplaced,
    RouteReplaceRequested,
    RouteReportCopied,
    RouteRequested,
    RouteRequestRejected,
    RouteSnapshot,
    RouteStatusRequested,
    RouteTradeAmended,
    RouteTraded,
    RouteUnknown,
)
from kairos.state.desk import Desk
from kairos.state.route import Route, shared_terms
from kairos.state.transitions import Happening, next_state


def apply_route_event(desk: Desk, event: RouteEvent) -> None:
    """Fold one; the frequent ones stand first."""
    if isinstance(event, RouteRequested):
        _requested(desk, event)
    elif isinstance(event, RouteAcknowledged):
        route = desk.routes[event.route_id]
        if route.venue_order_id:  # a first acknowledgement that comes late answers no question of ours
            route.queried = 0
        _know_venue_order(desk, route, event.venue_order_id)
        _move(route, Happening.ACKNOWLEDGED)
    elif isinstance(event, RouteTraded):
        route = desk.routes[event.route_id]
        route.cum_qty += event.last_qty
        _move(route, Happening.TRADED)
    elif isinstance(event, RouteCancelRequested):
        route = desk.routes[event.route_id]
        route.cancel_id = event.cl_ord_id
        route.cancel_orig_id = event.orig_cl_ord_id
        route.more().cl_ord_ids = (*route.cl_ord_ids, event.cl_ord_id)
    elif isinstance(event, RouteReplaceRequested):
        route = desk.routes[event.route_id]
        route.replace_id = event.cl_ord_id
        route.replace_terms = event.terms
        route.more().cl_ord_ids = (*route.cl_ord_ids, event.cl_ord_id)
    elif isinstance(event, RouteReplaced):
        _replaced(desk, event)
    elif isinstance(event, RouteEnded):
        _ended(desk.routes[event.route_id], event.ord_status)
    elif isinstance(event, RouteRejected):
        _end(desk.routes[event.route_id], Happening.REJECTED)
    elif isinstance(event, RouteRequestRejected):
        _request_rejected(desk.routes[event.route_id], event.response_to)
    elif isinstance(event, RouteUnknown):
        _move(desk.routes[event.route_id], Happening.LOST)
    elif isinstance(event, RouteStatusRequested):
        asked = desk.routes[event.route_id]
        asked.queried = asked.queried or len(asked.cl_ord_ids)
    elif isinstance(event, RouteTradeAmended):
        route = desk.routes[event.route_id]
        route.cum_qty += event.delta_qty
        if not event.venue_exec_id:
            route.by_hand_qty += event.delta_qty
        _move(route, Happening.BUSTED if event.busted else Happening.CORRECTED)
    elif isinstance(event, RouteReportCopied):
        desk.routes[event.route_id].more().copied_ids[event.venue_exec_id] = None
    elif isinstance(event, RouteSnapshot):
        _snapshot(desk, event)


def _move(route: Route, happening: Happening) -> None:
    route.base = next_state(route.base, happening, route.terms.order_qty, route.cum_qty)


def _requested(desk: Desk, event: RouteRequested) -> None:
    known = desk.routes.get(event.route_id)
    if known is not None:
        _sent_again(known, event)
        return
    order = desk.orders[event.order_id]
    route = Route(
        route_id=event.route_id,
        order_id=event.order_id,
        venue_id=desk.shared_venue_id(event.venue_id, order.venue_id),
        side=event.side,
        terms=shared_terms(event.terms, order.terms),
        sent_at_ns=event.at_ns,
    )
    desk.routes[event.route_id] = route
    order.keep_route(route)
    desk.next_route_id = event.route_id + 1


def _sent_again(route: Route, event: RouteRequested) -> None:
    """It waits for its venue's first answer anew; what was asked about it before is no question any more."""
    route.base = OrdStatus.PENDING_NEW
    route.resent_at_ns = event.at_ns
    route.queried = 0


def _know_venue_order(desk: Desk, route: Route, venue_order_id: str) -> None:
    if venue_order_id and venue_order_id != route.venue_order_id:
        named = desk.venues[route.venue_id].routes
        other = named.get(venue_order_id)
        if other is not None and other is not route:
            other.lose_venue_id(venue_order_id)
        route.take_venue_id(venue_order_id)
        named[venue_order_id] = route


def _replaced(desk: Desk, event: RouteReplaced) -> None:
    """A restatement comes under the ClOrdID that the route has, or under one of a replace that we had given up on, and
    leaves a replace of ours pending."""
    route = desk.routes[event.route_id]
    happening = Happening.RESTATED
    if event.cl_ord_id != route.cl_ord_id:
        route.more().cl_ord_id = event.cl_ord_id
    if event.cl_ord_id == route.replace_id:
        happening = Happening.REPLACED
        route.replace_id = ""
        route.replace_terms = None
    route.terms = event.terms
    _know_venue_order(desk, route, event.venue_order_id)
    _move(route, happening)


def _request_rejected(route: Route, response_to: CxlRejResponseTo) -> None:
    if response_to is CxlRejResponseTo.ORDER_CANCEL_REQUEST:
        route.cancel_id = ""
        route.cancel_orig_id = ""
    else:
        route.replace_id = ""
        route.replace_terms = None


def _ended(route: Route, ord_status: OrdStatus) -> None:
    if ord_status is OrdStatus.EXPIRED:
        _end(route, Happening.EXPIRED)
    elif ord_status is OrdStatus.DONE_FOR_DAY:
        _end(route, Happening.DONE_FOR_DAY)
    else:
        _end(route, Happening.CANCELED)


def _end(route: Route, happening: Happening) -> None:
    _move(route, happening)
    _request_rejected(route, CxlRejResponseTo.ORDER_CANCEL_REQUEST)
    _request_rejected(route, CxlRejResponseTo.ORDER_CANCEL_REPLACE_REQUEST)


def _snapshot(desk: Desk, event: RouteSnapshot) -> None:
    order = desk.orders[event.order_id]
    route = Route(
        route_id=event.route_id,
        order_id=event.order_id,
        venue_id=desk.shared_venue_id(event.venue_id, order.venue_id),
        side=order.side,
        terms=shared_terms(event.terms, order.terms),
        sent_at_ns=event.sent_at_ns,
    )
    desk.routes[event.route_id] = route
    order.keep_route(route)
    if "\n" in event.cl_ord_ids:
        route.more().cl_ord_ids = tuple(event.cl_ord_ids.split("\n"))
        route.more().cl_ord_id = event.cl_ord_id
    route.base = event.ord_status
    route.cum_qty = event.cum_qty
    route.by_hand_qty = event.by_hand_qty
    if event.copied_ids:
        route.more().copied_ids = dict.fromkeys(event.copied_ids.split("\n"))
    route.queried = event.queried
    route.resent_at_ns = event.resent_at_ns
    route.cancel_id = event.cancel_id
    route.cancel_orig_id = event.cancel_orig_id
    route.replace_id = event.replace_id
    route.replace_terms = event.replace_terms if event.replace_id else None
    route.venue_order_id = event.venue_order_id
    names = (event.venue_order_ids or event.venue_order_id).split("\n")
    if event.venue_order_id and event.venue_order_id not in names:
        route.lose_venue_id(event.venue_order_id)
    for venue_order_id in names:
        if venue_order_id:
            if venue_order_id != route.venue_order_id:
                route.keep_former_venue_id(venue_order_id)
            desk.venues[route.venue_id].routes[venue_order_id] = route

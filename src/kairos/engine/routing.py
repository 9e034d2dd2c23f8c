"""Instructions to venues: new routes, and what we ask of live ones."""

from __future__ import annotations

from mypy_extensions import i64

from kairos.engine.core import Core
from kairos.engine.timers import NEVER
from kairos.model.events import (
    RouteCancelRequested,
    RouteReplaceRequested,
    RouteRequested,
    RouteStatusRequested,
    RouteUnknown,
)
from kairos.model.refusals import Refusal, RefusalCode
from kairos.model.values import Terms
from kairos.state.desk import Desk
from kairos.state.order import Order
from kairos.state.route import Route


def refuse_venue(desk: Desk, venue_id: str) -> Refusal | None:
    """Refused when nobody takes the order, or when the venue's session is down: an order must not wait unseen."""
    venue = desk.venues.get(venue_id)
    if venue is None:
        return Refusal(RefusalCode.NO_VENUE, (("venue", venue_id),))
    if not venue.up:
        return Refusal(RefusalCode.VENUE_DOWN, (("venue", venue_id),))
    return None


def request_route(core: Core, order: Order, venue_id: str, terms: Terms, user_id: str) -> Route:
    """Send (part of) a client order to a venue."""
    desk = core.desk
    route_id = desk.next_route_id
    core.emit(
        RouteRequested(
            at_ns=core.now_ns,
            route_id=route_id,
            order_id=order.order_id,
            venue_id=venue_id,
            cl_ord_id=f"R{route_id}",
            instrument_id=order.instrument_id(),
            side=order.side,
            account_id=order.account_id(),
            terms=terms,
            poss_resend=False,
            user_id=user_id,
        )
    )
    route = desk.routes[route_id]
    core.timers.watch_route(desk, route)
    return route


def send_route_again(core: Core, order: Order, route: Route) -> None:
    """The same route once more, under its own ClOrdID: its venue may have it."""
    core.emit(
        RouteRequested(
            at_ns=core.now_ns,
            route_id=route.route_id,
            order_id=order.order_id,
            venue_id=route.venue_id,
            cl_ord_id=route.cl_ord_id,
            instrument_id=order.instrument_id(),
            side=order.side,
            account_id=order.account_id(),
            terms=route.terms,
            poss_resend=True,
            user_id="",
        )
    )
    core.timers.watch_route(core.desk, route)


def request_route_cancel(core: Core, route: Route) -> None:
    """Ask the venue to cancel a route. While a replace is pending its ClOrdID is named, as FIX's optimistic rule says;
    if that replace fails, `request_rejected` asks again under the accepted one."""
    orig = route.replace_id if route.replace_id else route.cl_ord_id
    core.emit(RouteCancelRequested(core.now_ns, route.route_id, route.next_cl_ord_id(), orig))


def request_route_replace(core: Core, route: Route, terms: Terms) -> None:
    core.emit(RouteReplaceRequested(core.now_ns, route.route_id, route.next_cl_ord_id(), route.cl_ord_id, terms))


def request_route_status(core: Core, route: Route) -> None:
    core.emit(RouteStatusRequested(core.now_ns, route.route_id, f"S{route.route_id}-{core.now_ns}"))


def asked_at_ns(request_id: str, route: Route) -> i64:
    """When a status request of this route was made, by its OrdStatusReqID(790); 0 for what is none of its own."""
    prefix = f"S{route.route_id}-"
    digits = request_id[len(prefix) :]
    if not request_id.startswith(prefix) or not digits.isdecimal() or len(digits) > len(str(NEVER)):
        return 0
    asked_ns: int = int(digits)
    return asked_ns if asked_ns < NEVER else 0


def lose_route(core: Core, route: Route, text: str) -> None:
    """A route whose fate we do not know is UNKNOWN: shown, counted as exposure, and asked about."""
    core.emit(RouteUnknown(core.now_ns, route.route_id, text))
    request_route_status(core, route)

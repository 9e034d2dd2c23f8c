"""What venues answer to our requests when they refuse them, and what their sessions going up or down means."""

from __future__ import annotations

from kairos.engine.core import Core
from kairos.engine.endings import after_route_ended
from kairos.engine.request_rejected import request_rejected
from kairos.engine.routing import request_route_status
from kairos.engine.venue_reports import find_route
from kairos.model.commands import ReportCancelReject, ReportVenueRefusal, SetVenueState
from kairos.model.enums import DKReason, ExecType, OrdStatus, Side
from kairos.model.events import RouteRejected, VenueReportRefused, VenueStateChanged
from kairos.model.refusals import RefusalCode
from kairos.state.route import Route


def report_cancel_reject(core: Core, c: ReportCancelReject) -> None:
    """OrderCancelReject(9) of a venue."""
    route = find_route(core.desk, c.venue_id, c.cl_ord_id, c.orig_cl_ord_id, c.venue_order_id)
    if route is None or c.cl_ord_id not in (route.cancel_id, route.replace_id):
        _refuse_answer(core, c.venue_id, route, c.cl_ord_id, c.text)
        return
    request_rejected(core, route, c.cl_ord_id, c.rej_reason, c.text)


def report_venue_refusal(core: Core, c: ReportVenueRefusal) -> None:
    """The venue's session could not take one of our messages: the order or request in it never arrived."""
    route = find_route(core.desk, c.venue_id, c.cl_ord_id, "", "")
    if route is None:
        _refuse_answer(core, c.venue_id, None, c.cl_ord_id, c.text)
    elif c.cl_ord_id in (route.cancel_id, route.replace_id):
        request_rejected(core, route, c.cl_ord_id, "", c.text)
    elif route.base is OrdStatus.PENDING_NEW or route.base is OrdStatus.UNKNOWN:
        core.emit(RouteRejected(core.now_ns, route.route_id, "", c.text))
        after_route_ended(core, core.desk.orders[route.order_id], route, c.text)
    else:
        _refuse_answer(core, c.venue_id, route, c.cl_ord_id, c.text)


def _refuse_answer(core: Core, venue_id: str, route: Route | None, cl_ord_id: str, text: str) -> None:
    """An answer to a question that we did not ask."""
    core.emit(
        VenueReportRefused(
            at_ns=core.now_ns,
            venue_id=venue_id,
            route_id=0 if route is None else route.route_id,
            cl_ord_id=cl_ord_id,
            venue_order_id="",
            exec_id="",
            exec_type=ExecType.ORDER_STATUS,
            instrument_id="",
            side=Side.BUY,
            last_qty=0,
            last_px=0,
            code=RefusalCode.UNKNOWN_ORDER if route is None else RefusalCode.ILLEGAL_STATE,
            context=(),
            dk_reason=DKReason.OTHER,
            text=text,
        )
    )


def set_venue_state(core: Core, c: SetVenueState) -> None:
    """Note a venue's session; when it is up again, ask about every route that should be there. Its session recovers
    what was said; only its answers tell what it still knows."""
    venue = core.desk.venues.get(c.venue_id)
    if venue is None:
        core.refuse_command("SetVenueState", c.venue_id, RefusalCode.UNKNOWN_VENUE, "")
        return
    if venue.up == c.up:
        return
    core.emit(VenueStateChanged(core.now_ns, c.venue_id, c.up))
    if c.up:
        for route in core.desk.routes.awake():
            if route.venue_id == c.venue_id and (route.is_live() or route.cancel_id or route.replace_id):
                request_route_status(core, route)

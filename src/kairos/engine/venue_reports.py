"""What venues report: each ExecutionReport(8) becomes facts about a route and, through it, about its client order.

A report that does not fit what we know changes nothing: it is kept as `VenueReportRefused` for a person, and a trade
among them is answered with DontKnowTrade(Q).

A drop copy may tell the same as the venue's own session, before it or after it: see `engine.copied_reports`.
"""

from __future__ import annotations

from kairos.engine.acknowledge import acknowledge_order, acknowledge_route
from kairos.engine.copied_reports import tells_news
from kairos.engine.core import Core
from kairos.engine.endings import after_route_ended
from kairos.engine.replace import finish_replace, take_next_replace
from kairos.engine.request_rejected import request_rejected
from kairos.engine.resend import NOT_KNOWN, settles_unknown_order
from kairos.engine.routing import request_route_cancel
from kairos.engine.split import is_split, split_by_venue
from kairos.engine.standing import standing_after
from kairos.engine.terms import with_qty
from kairos.engine.trades import amend_from_venue, book_from_venue
from kairos.model.commands import ReportExecution
from kairos.model.enums import DKReason, ExecType, OrdStatus, Side
from kairos.model.events import (
    OrderRestated,
    RouteEnded,
    RouteRejected,
    RouteReplaced,
    RouteReportCopied,
    VenueReportRefused,
)
from kairos.model.refusals import Refusal, RefusalCode
from kairos.model.values import Terms
from kairos.state.desk import Desk
from kairos.state.order import Order
from kairos.state.route import Route
from kairos.state.transitions import Happening, refusal_of


def find_route(desk: Desk, venue_id: str, cl_ord_id: str, orig_cl_ord_id: str, venue_order_id: str) -> Route | None:
    """The route that a venue's ids name: by our ClOrdID(11), by OrigClOrdID(41), else by its own OrderID(37)."""
    route = desk.route_of_cl_ord_id(cl_ord_id)
    if route is None:
        route = desk.route_of_cl_ord_id(orig_cl_ord_id)
    if route is None and venue_id in desk.venues:
        route = desk.venues[venue_id].routes.get(venue_order_id)
    return route if route is not None and route.venue_id == venue_id else None


def report_execution(core: Core, c: ReportExecution) -> None:
    """One report of a venue."""
    route = find_route(core.desk, c.venue_id, c.cl_ord_id, c.orig_cl_ord_id, c.venue_order_id)
    if c.copied:
        _report_copied(core, c, route)
    elif route is None:
        refuse_report(core, c, None, Refusal(RefusalCode.UNKNOWN_ORDER), DKReason.NO_MATCHING_ORDER)
    elif not route.was_copied(c.exec_id):
        _follow(core, c, route)


def _report_copied(core: Core, c: ReportExecution, route: Route | None) -> None:
    if route is None or not tells_news(core.desk, route, c):
        return
    _follow(core, c, route)
    taken = not tells_news(core.desk, route, c)
    if taken and c.exec_id:
        core.emit(RouteReportCopied(core.now_ns, route.route_id, c.exec_id))


def _follow(core: Core, c: ReportExecution, route: Route) -> None:
    order = core.desk.orders[route.order_id]
    kind = c.exec_type
    if c.of_leg and order.position.instrument.is_spread:
        return
    if kind is ExecType.TRADE:
        _trade(core, c, order, route)
    elif kind is ExecType.NEW:
        _acknowledge(core, route, c)
    elif kind is ExecType.CANCELED or kind is ExecType.EXPIRED or kind is ExecType.DONE_FOR_DAY:
        _end(core, c, order, route)
    elif kind is ExecType.REPLACED:
        _replaced(core, c, order, route)
    elif kind is ExecType.REJECTED:
        _reject(core, c, order, route)
    elif kind is ExecType.TRADE_CANCEL or kind is ExecType.TRADE_CORRECT:
        _amendment(core, c, route)
    elif kind is ExecType.RESTATED or kind is ExecType.SUSPENDED or kind is ExecType.STOPPED:
        _restated(core, c, order, route)
    elif kind is ExecType.ORDER_STATUS:
        _status(core, c, order, route)
    # PENDING_NEW, PENDING_CANCEL and PENDING_REPLACE say only that the venue is at it: we knew.


def refuse_report(core: Core, c: ReportExecution, route: Route | None, refusal: Refusal, dk_reason: DKReason) -> None:
    """Keep a report that does not fit, and change nothing."""
    order = None if route is None else core.desk.orders[route.order_id]
    core.emit(
        VenueReportRefused(
            at_ns=core.now_ns,
            venue_id=c.venue_id,
            route_id=0 if route is None else route.route_id,
            cl_ord_id=c.cl_ord_id,
            venue_order_id=c.venue_order_id,
            exec_id=c.exec_id,
            exec_type=c.exec_type,
            instrument_id="" if order is None else order.instrument_id(),
            side=Side.BUY if order is None else order.side,
            last_qty=c.last_qty,
            last_px=c.last_px,
            code=refusal.code,
            context=refusal.context,
            dk_reason=dk_reason,
            text=c.text,
            copied=c.copied,
        )
    )


def _trade(core: Core, c: ReportExecution, order: Order, route: Route) -> None:
    if core.desk.is_known_execution(c.venue_id, c.exec_id):
        if not c.poss_dup:
            refuse_report(core, c, route, Refusal(RefusalCode.DUPLICATE_EXEC_ID), DKReason.OTHER)
        return
    refusal, dk_reason = _refuse_trade(c, order, route)
    if refusal is not None:
        refuse_report(core, c, route, refusal, dk_reason)
        return
    book_from_venue(core, c, order, route)


def _refuse_trade(c: ReportExecution, order: Order, route: Route) -> tuple[Refusal | None, DKReason]:
    if c.last_qty <= 0 or not order.position.instrument.trades_at(c.last_px) or not c.exec_id:
        return Refusal(RefusalCode.INVALID_VALUE, (("field", "ExecID(17), LastQty(32), LastPx(31)"),)), DKReason.OTHER
    room = _room(route, order)
    if c.last_qty > room:
        seen = (("last_qty", str(c.last_qty)), ("open_qty", str(room)))
        return Refusal(RefusalCode.OVERFILL, seen), DKReason.QUANTITY_EXCEEDS_ORDER
    code = refusal_of(route.base, Happening.TRADED)
    if code is RefusalCode.NONE:
        code = refusal_of(order.base, Happening.TRADED)
    if code is not RefusalCode.NONE:
        return Refusal(code, (("ord_status", route.base.name),)), DKReason.NO_MATCHING_ORDER
    return None, DKReason.OTHER


def _room(route: Route, order: Order) -> int:
    """How much more a venue may execute: a pending replace may already have taken effect there."""
    qty: int = route.terms.order_qty
    replace_terms = route.replace_terms
    if replace_terms is not None:
        qty = max(qty, replace_terms.order_qty)
    by_route = qty - route.cum_qty
    order_qty: int = order.terms.order_qty
    replace = order.replace
    if replace is not None:
        order_qty = max(order_qty, replace.new_terms.order_qty)
    return min(by_route, order_qty - order.cum_qty)


def _acknowledge(core: Core, route: Route, c: ReportExecution) -> None:
    code = refusal_of(route.base, Happening.ACKNOWLEDGED)
    if code is not RefusalCode.NONE:
        refuse_report(core, c, route, Refusal(code, (("ord_status", route.base.name),)), DKReason.OTHER)
        return
    if route.base is OrdStatus.PENDING_NEW or route.base is OrdStatus.UNKNOWN or route.venue_order_id == "":
        acknowledge_route(core, route, c.venue_order_id, c.ord_status)


def _end(core: Core, c: ReportExecution, order: Order, route: Route) -> None:
    status = OrdStatus.CANCELED
    happening = Happening.CANCELED
    if c.exec_type is ExecType.EXPIRED:
        status, happening = OrdStatus.EXPIRED, Happening.EXPIRED
    elif c.exec_type is ExecType.DONE_FOR_DAY:
        status, happening = OrdStatus.DONE_FOR_DAY, Happening.DONE_FOR_DAY
    end_route(core, c, order, route, status, happening)


def end_route(
    core: Core, c: ReportExecution, order: Order, route: Route, status: OrdStatus, happening: Happening
) -> None:
    """Nothing of the route works any more, says its venue."""
    code = refusal_of(route.base, happening)
    if code is not RefusalCode.NONE:
        refuse_report(core, c, route, Refusal(code, (("ord_status", route.base.name),)), DKReason.OTHER)
        return
    if not route.is_live() and (not route.is_asleep() or status is OrdStatus.DONE_FOR_DAY):
        return
    core.emit(RouteEnded(core.now_ns, route.route_id, status, c.text))
    after_route_ended(core, order, route, c.text, c.rej_reason)


def _reject(core: Core, c: ReportExecution, order: Order, route: Route) -> None:
    code = refusal_of(route.base, Happening.REJECTED)
    if code is not RefusalCode.NONE:
        refuse_report(core, c, route, Refusal(code, (("ord_status", route.base.name),)), DKReason.OTHER)
        return
    if not route.is_live():
        return
    core.emit(RouteRejected(core.now_ns, route.route_id, c.rej_reason, c.text))
    after_route_ended(core, order, route, c.text)


def _replaced(core: Core, c: ReportExecution, order: Order, route: Route) -> None:
    code = refusal_of(route.base, Happening.REPLACED)
    terms = route.replace_terms
    if code is not RefusalCode.NONE:
        refuse_report(core, c, route, Refusal(code, (("ord_status", route.base.name),)), DKReason.OTHER)
        return
    if _was_accepted_before(c, route):
        if not c.poss_dup:
            seen = (("cl_ord_id", c.cl_ord_id), ("current", route.cl_ord_id))
            refuse_report(core, c, route, Refusal(RefusalCode.ILLEGAL_STATE, seen), DKReason.OTHER)
        return
    if terms is None or _answers_abandoned(c, route):
        _restated(core, c, order, route)
        return
    if c.order_qty >= route.cum_qty and c.order_qty > 0:
        terms = with_qty(terms, c.order_qty)
    acknowledge_order(core, order)
    core.emit(RouteReplaced(core.now_ns, route.route_id, route.replace_id, c.venue_order_id, terms))
    finish_replace(core, order, terms, c.text)
    take_next_replace(core, order)


def _was_accepted_before(c: ReportExecution, route: Route) -> bool:
    """Whether we have taken this acceptance in already, or that of a later replace."""
    ids = route.cl_ord_ids
    if c.cl_ord_id not in ids:
        return False
    at, present = ids.index(c.cl_ord_id), ids.index(route.cl_ord_id)
    return at < present or (at == present > 0 and c.poss_dup)


def _answers_abandoned(c: ReportExecution, route: Route) -> bool:
    """Whether it accepts a replace that we gave up on, while another is pending."""
    return c.cl_ord_id in route.cl_ord_ids and c.cl_ord_id not in (route.cl_ord_id, route.replace_id)


def _amendment(core: Core, c: ReportExecution, route: Route) -> None:
    if core.desk.is_known_execution(c.venue_id, c.exec_id):
        if not c.poss_dup:
            refuse_report(core, c, route, Refusal(RefusalCode.DUPLICATE_EXEC_ID), DKReason.OTHER)
        return
    refusal = amend_from_venue(core, c)
    if refusal is not None:
        refuse_report(core, c, route, refusal, DKReason.OTHER)


def _restated(core: Core, c: ReportExecution, order: Order, route: Route) -> None:
    """The venue changed the order by itself. With one route the client order follows; a care order's person decides."""
    happening = Happening.RESTATED
    if c.exec_type is ExecType.SUSPENDED:
        happening = Happening.SUSPENDED
    elif c.exec_type is ExecType.STOPPED:
        happening = Happening.STOPPED
    code = refusal_of(route.base, happening)
    if code is not RefusalCode.NONE:
        refuse_report(core, c, route, Refusal(code, (("ord_status", route.base.name),)), DKReason.OTHER)
        return
    if is_split(c, order, route):
        acknowledge_order(core, order)
        split_by_venue(core, c, order, route)
        return
    terms = _restated_terms(c, route)
    acknowledge_order(core, order)
    core.emit(RouteReplaced(core.now_ns, route.route_id, _id_at_venue(c, route), c.venue_order_id, terms))
    if order.is_care() or refusal_of(order.base, happening) is not RefusalCode.NONE:
        return
    exec_type = ExecType.RESTATED if c.exec_type is ExecType.REPLACED else c.exec_type
    standing = standing_after(order, happening, terms, order.cum_qty, order.notional)
    guaranteed = (c.last_qty, c.last_px) if exec_type is ExecType.STOPPED else (0, 0)
    core.emit(
        OrderRestated(
            at_ns=core.now_ns,
            order_id=order.order_id,
            exec_id=core.exec_id(),
            exec_type=exec_type,
            terms=terms,
            standing=standing,
            reason=c.rej_reason,
            text=c.text,
            guaranteed_qty=guaranteed[0],
            guaranteed_px=guaranteed[1],
        )
    )


def _id_at_venue(c: ReportExecution, route: Route) -> str:
    """The ClOrdID(11) that names the route from now on: a replace that we gave up on may be accepted late."""
    late = c.exec_type is ExecType.REPLACED and c.cl_ord_id in route.cl_ord_ids
    return c.cl_ord_id if late else route.cl_ord_id


def _restated_terms(c: ReportExecution, route: Route) -> Terms:
    terms = route.terms
    qty = c.order_qty if c.order_qty >= route.cum_qty and c.order_qty > 0 else terms.order_qty
    price = c.price if c.price > 0 and terms.price > 0 else terms.price
    kept = with_qty(terms, qty)
    return Terms(
        kept.order_qty,
        kept.ord_type,
        price,
        kept.stop_px,
        kept.time_in_force,
        kept.expire_at_ns,
        kept.max_floor,
    )


def _status(core: Core, c: ReportExecution, order: Order, route: Route) -> None:
    """The answer to our status request settles what we did not know, unless the quantities differ: then a person
    must."""
    status = c.ord_status
    if status is route.base and not route.is_live() and c.cum_qty == route.venue_cum_qty() and not _awaits(route):
        return  # we knew
    if status is OrdStatus.REJECTED:
        if not settles_unknown_order(core, c, order, route):
            _not_there(core, c, order, route)
        return
    if c.cum_qty != route.venue_cum_qty():
        seen = (("venue_cum_qty", str(c.cum_qty)), ("cum_qty", str(route.cum_qty)))
        refuse_report(core, c, route, Refusal(RefusalCode.ILLEGAL_STATE, seen), DKReason.OTHER)
        return
    if status is OrdStatus.CANCELED:
        end_route(core, c, order, route, status, Happening.CANCELED)
    elif status is OrdStatus.EXPIRED:
        end_route(core, c, order, route, status, Happening.EXPIRED)
    elif status is OrdStatus.DONE_FOR_DAY:
        end_route(core, c, order, route, status, Happening.DONE_FOR_DAY)
    else:
        asked_before = route.cl_ord_ids[: route.queried]
        if route.is_live():
            acknowledge_route(core, route, c.venue_order_id, status)
        _settle_lost_requests(core, route, status, asked_before)


def _not_there(core: Core, c: ReportExecution, order: Order, route: Route) -> None:
    """The venue has refused the route, or, once part of it has traded, has lost it: nothing of it works there, and
    nobody will answer what is pending on it."""
    if c.rej_reason != NOT_KNOWN or refusal_of(route.base, Happening.REJECTED) is RefusalCode.NONE:
        _reject(core, c, order, route)
    elif route.is_live():
        end_route(core, c, order, route, OrdStatus.CANCELED, Happening.CANCELED)
    else:
        for cl_ord_id in (route.replace_id, route.cancel_id):
            if cl_ord_id:
                request_rejected(core, route, cl_ord_id, "", c.text)


def _awaits(route: Route) -> bool:
    return route.cancel_id != "" or route.replace_id != ""


def _settle_lost_requests(core: Core, route: Route, status: OrdStatus, asked_before: tuple[str, ...]) -> None:
    """Reports come in order, so a venue that tells a status in which a request is not pending, though we sent it before
    we asked, never got it: a replace has failed, a cancel is asked for again while there is something to cancel."""
    never_got = "the venue never got the request"
    if route.replace_id in asked_before and status is not OrdStatus.PENDING_REPLACE:
        request_rejected(core, route, route.replace_id, "", never_got)
    if route.cancel_id in asked_before and status is not OrdStatus.PENDING_CANCEL:
        if route.is_live():
            request_route_cancel(core, route)
        else:
            request_rejected(core, route, route.cancel_id, "", never_got)

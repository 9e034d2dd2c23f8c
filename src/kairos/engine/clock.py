"""What time brings: deadlines that were asked for, and the turn of the trading day."""

from __future__ import annotations

from typing import Final

from kairos.engine.approvals import expire_approval
from kairos.engine.cancel import cancel_for_desk
from kairos.engine.core import Core
from kairos.engine.endings import end_requests, expire_order, has_run_out
from kairos.engine.groups import settle_groups
from kairos.engine.lists import end_unfinished_lists
from kairos.engine.responses import look_in_time
from kairos.engine.routing import lose_route
from kairos.engine.standing import standing_after
from kairos.engine.timers import ACK, APPROVAL, EXPIRY
from kairos.model.commands import StartTradingDay
from kairos.model.enums import ExecRestatementReason, ExecType, OrdStatus, TimeInForce
from kairos.model.events import OrderRestated, RouteEnded, TradingDayStarted
from kairos.model.refusals import Refusal, RefusalCode
from kairos.state.order import Order
from kairos.state.route import outlives_day
from kairos.state.transitions import Happening

# A venue expires what it holds by itself; we take it back when it has not done so this long after.
EXPIRY_GRACE_NS: Final = 5_000_000_000


def advance_time(core: Core) -> None:
    """Handle every deadline that has come."""
    while True:
        due = core.timers.pop_due(core.now_ns)
        if due is None:
            return
        if due.kind == EXPIRY:
            _expiry_due(core, due.subject_id)
        elif due.kind == ACK:
            _ack_due(core, due.subject_id)
        elif due.kind == APPROVAL:
            expire_approval(core, due.subject_id)
        else:
            look_in_time(core)


def _expiry_due(core: Core, order_id: int) -> None:
    order = core.desk.orders.if_awake(order_id)
    if order is None or not order.may_trade() or order.terms.time_in_force is not TimeInForce.GOOD_TILL_DATE:
        return
    expire_at = order.terms.expire_at_ns
    if expire_at > core.now_ns:
        return  # a replace moved it, and asked for its own deadline
    if not order.routes_to_cancel():
        expire_order(core, order, "expired")
    elif core.now_ns < expire_at + EXPIRY_GRACE_NS:
        core.timers.add(expire_at + EXPIRY_GRACE_NS, EXPIRY, order_id)
    else:
        cancel_for_desk(core, order, "expired", "")


def _ack_due(core: Core, route_id: int) -> None:
    route = core.desk.routes.if_awake(route_id)
    if route is None or route.base is not OrdStatus.PENDING_NEW:
        return
    if core.timers.ack_deadline_ns(core.desk, route) > core.now_ns:
        core.timers.watch_route(core.desk, route)  # it went again meanwhile
    else:
        lose_route(core, route, "the venue has not answered in time")


def start_trading_day(core: Core, c: StartTradingDay) -> Refusal | None:
    """End what does not outlive the day, then begin the next."""
    if c.trading_date <= core.desk.trading_date:
        present = str(core.desk.trading_date)
        return Refusal(RefusalCode.DAY_NOT_LATER, (("trading_date", str(c.trading_date)), ("present", present)))
    for order in core.desk.orders.awake():
        if order.is_asleep():
            if has_run_out(core, order):
                _end_of_day(core, order)
        elif not order.is_open():
            end_requests(core, order)
        elif not outlives_day(order.terms):
            _end_of_day(core, order)
    end_unfinished_lists(core)
    settle_groups(core)
    core.emit(TradingDayStarted(core.now_ns, c.trading_date))
    for order in core.desk.orders.awake():
        if order.is_asleep() and order.is_care() and not order.routes_to_cancel():
            _renew(core, order)
    return None


def _renew(core: Core, order: Order) -> None:
    """An order that a person closed for the day, and that outlives it, is back with the desk; no venue restates it."""
    terms, reason = order.terms, ExecRestatementReason.GT_RENEWAL
    standing = standing_after(order, Happening.RESTATED, terms, order.cum_qty, order.notional)
    core.emit(
        OrderRestated(core.now_ns, order.order_id, core.exec_id(), ExecType.RESTATED, terms, standing, reason, "")
    )
    core.timers.watch_order(order)


def _end_of_day(core: Core, order: Order) -> None:
    text = "end of the trading day"
    for route in order.routes_to_cancel():
        core.emit(RouteEnded(core.now_ns, route.route_id, OrdStatus.EXPIRED, text))
    end_requests(core, order)
    expire_order(core, order, text)

"""Executions: booked, busted, corrected, by a venue's report or by a person."""

from __future__ import annotations

from mypy_extensions import i64

from kairos.engine.acknowledge import acknowledge_order
from kairos.engine.core import Core
from kairos.engine.entitled import refuse_on_order
from kairos.engine.held_orders import refuse_held
from kairos.engine.standing import standing_after
from kairos.model.commands import BustTrade, CorrectTrade, RecordTrade, ReportExecution
from kairos.model.enums import ExecType
from kairos.model.events import RouteTradeAmended, RouteTraded, TradeBooked, TradeBusted, TradeCorrected
from kairos.model.numbers import notional_of
from kairos.model.refusals import Refusal, RefusalCode
from kairos.model.values import NO_TRADE_DETAILS, TradeDetails
from kairos.state.order import Order
from kairos.state.positions import Trade
from kairos.state.route import Route
from kairos.state.transitions import Happening, refusal_of


def book_from_venue(core: Core, c: ReportExecution, order: Order, route: Route) -> None:
    """Book a venue's execution on its route and its client order."""
    acknowledge_order(core, order)
    core.emit(RouteTraded(core.now_ns, route.route_id, c.exec_id, c.last_qty, c.last_px))
    _book(
        core, order, route.route_id, c.venue_id, c.exec_id, c.last_qty, c.last_px, "", c.transact_time_ns, "", c.details
    )


def _book(
    core: Core,
    order: Order,
    route_id: i64,
    venue_id: str,
    venue_exec_id: str,
    last_qty: i64,
    last_px: i64,
    contra: str,
    transact_time_ns: i64,
    user_id: str,
    details: TradeDetails = NO_TRADE_DETAILS,
) -> None:
    cum_qty = order.cum_qty + last_qty
    notional = order.notional + notional_of(last_qty, last_px, 1)
    core.emit(
        TradeBooked(
            at_ns=core.now_ns,
            order_id=order.order_id,
            exec_id=core.exec_id(),
            route_id=route_id,
            venue_id=venue_id,
            venue_exec_id=venue_exec_id,
            last_qty=last_qty,
            last_px=last_px,
            terms=order.terms,
            standing=standing_after(order, Happening.TRADED, order.terms, cum_qty, notional),
            contra=contra,
            transact_time_ns=transact_time_ns,
            user_id=user_id,
            details=details,
        )
    )


def book_by_hand(core: Core, order: Order, last_qty: i64, last_px: i64, contra: str, user_id: str) -> None:
    """Book what was executed outside the electronic routes."""
    _book(core, order, 0, "", "", last_qty, last_px, contra, core.now_ns, user_id)


def record_trade(core: Core, c: RecordTrade) -> Refusal | None:
    """A person books what was executed by phone or internally, of a care order's unrouted part."""
    order = core.desk.orders.get(c.order_id)
    if order is None:
        return Refusal(RefusalCode.UNKNOWN_ORDER, (("order_id", str(c.order_id)),))
    if not order.is_care():
        return Refusal(RefusalCode.NOT_A_CARE_ORDER, (("order_id", str(c.order_id)),))
    if c.last_qty <= 0 or not order.position.instrument.trades_at(c.last_px):
        return Refusal(RefusalCode.INVALID_VALUE, (("field", "LastQty(32), LastPx(31)"),))
    if c.last_qty > order.unrouted_qty():
        seen = (("last_qty", str(c.last_qty)), ("unrouted_qty", str(order.unrouted_qty())))
        return Refusal(RefusalCode.OVERFILL, seen)
    if order.cross_id:
        return Refusal(RefusalCode.SIDE_OF_A_CROSS, (("cross_id", order.cross_id),))
    refusal = refuse_held(core.desk, order) or refuse_on_order(core.desk, order, "", c.user_id)
    if refusal is not None:
        return refusal
    book_by_hand(core, order, c.last_qty, c.last_px, c.contra, c.user_id)
    return None


def amend_from_venue(core: Core, c: ReportExecution) -> Refusal | None:
    """A venue's TRADE_CANCEL or TRADE_CORRECT names the execution by ExecRefID(19)."""
    venue = core.desk.venues.get(c.venue_id)
    trade = None if venue is None else venue.trades.get(c.exec_ref_id)
    if trade is None:
        return Refusal(RefusalCode.UNKNOWN_TRADE, (("exec_ref_id", c.exec_ref_id),))
    if c.exec_type is ExecType.TRADE_CANCEL:
        return _bust(core, trade, c.exec_id, c.text, "")
    return _correct(core, trade, c.exec_id, c.last_qty, c.last_px, c.text, "", c.details)


def bust_trade(core: Core, c: BustTrade) -> Refusal | None:
    trade = core.desk.trades.get(c.exec_id)
    if trade is None:
        return Refusal(RefusalCode.UNKNOWN_TRADE, (("exec_id", str(c.exec_id)),))
    return _bust(core, trade, "", c.text, c.user_id)


def correct_trade(core: Core, c: CorrectTrade) -> Refusal | None:
    trade = core.desk.trades.get(c.exec_id)
    if trade is None:
        return Refusal(RefusalCode.UNKNOWN_TRADE, (("exec_id", str(c.exec_id)),))
    return _correct(core, trade, "", c.last_qty, c.last_px, c.text, c.user_id)


def _bust(core: Core, trade: Trade, venue_exec_id: str, text: str, user_id: str) -> Refusal | None:
    order = core.desk.orders[trade.order_id]
    refusal = _refuse_amendment(trade, order, Happening.BUSTED)
    if refusal is not None:
        return refusal
    _amend_route(core, trade, venue_exec_id, -trade.last_qty, True)
    notional = order.notional - notional_of(trade.last_qty, trade.last_px, 1)
    cum_qty = order.cum_qty - trade.last_qty
    core.emit(
        TradeBusted(
            at_ns=core.now_ns,
            order_id=order.order_id,
            exec_id=core.exec_id(),
            exec_ref_id=trade.last_report_id,
            trade_id=trade.trade_id,
            venue_exec_id=venue_exec_id,
            last_qty=trade.last_qty,
            last_px=trade.last_px,
            terms=order.terms,
            standing=standing_after(order, Happening.BUSTED, order.terms, cum_qty, notional),
            text=text,
            user_id=user_id,
        )
    )
    return None


def _correct(
    core: Core,
    trade: Trade,
    venue_exec_id: str,
    last_qty: i64,
    last_px: i64,
    text: str,
    user_id: str,
    details: TradeDetails = NO_TRADE_DETAILS,
) -> Refusal | None:
    order = core.desk.orders[trade.order_id]
    refusal = _refuse_amendment(trade, order, Happening.CORRECTED)
    if refusal is not None:
        return refusal
    cum_qty = order.cum_qty - trade.last_qty + last_qty
    possible = last_qty > 0 and order.position.instrument.trades_at(last_px)
    if not possible or cum_qty > order.terms.order_qty:
        seen = (("last_qty", str(last_qty)), ("cum_qty", str(cum_qty)))
        return Refusal(RefusalCode.OVERFILL if possible else RefusalCode.INVALID_VALUE, seen)
    _amend_route(core, trade, venue_exec_id, last_qty - trade.last_qty, False)
    notional = order.notional + notional_of(last_qty, last_px, 1) - notional_of(trade.last_qty, trade.last_px, 1)
    core.emit(
        TradeCorrected(
            at_ns=core.now_ns,
            order_id=order.order_id,
            exec_id=core.exec_id(),
            exec_ref_id=trade.last_report_id,
            trade_id=trade.trade_id,
            venue_exec_id=venue_exec_id,
            last_qty=last_qty,
            last_px=last_px,
            terms=order.terms,
            standing=standing_after(order, Happening.CORRECTED, order.terms, cum_qty, notional),
            text=text,
            user_id=user_id,
            details=details,
        )
    )
    return None


def _refuse_amendment(trade: Trade, order: Order, happening: Happening) -> Refusal | None:
    if trade.busted:
        return Refusal(RefusalCode.ALREADY_BUSTED, (("exec_id", str(trade.trade_id)),))
    if trade.trade_id < max(order.split_exec_id, order.position.instrument.units_exec_id):
        return Refusal(RefusalCode.ILLEGAL_STATE, (("why", "the order was restated in other units since"),))
    code = refusal_of(order.base, happening)
    return None if code is RefusalCode.NONE else Refusal(code, (("ord_status", order.base.name),))


def _amend_route(core: Core, trade: Trade, venue_exec_id: str, delta_qty: i64, busted: bool) -> None:
    if trade.route_id:
        core.emit(RouteTradeAmended(core.now_ns, trade.route_id, venue_exec_id, delta_qty, busted))

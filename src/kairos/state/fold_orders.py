"""Folds events of client orders into the desk."""

from __future__ import annotations

from kairos.model.enums import ExecType, RequestKind
from kairos.model.events import (
    MassCancelReported,
    OrderAccepted,
    OrderCanceled,
    OrderCancelPending,
    OrderDoneForDay,
    OrderEvent,
    OrderExpired,
    OrderRefused,
    OrderRejected,
    OrderReplaced,
    OrderReplacePending,
    OrderRestated,
    OrderStatusReported,
    RequestRejected,
    TradeBooked,
    TradeBusted,
    TradeCorrected,
)
from kairos.model.numbers import notional_of
from kairos.model.refusals import RefusalCode
from kairos.state.desk import Desk, venue_key
from kairos.state.order import Order, Request
from kairos.state.positions import Trade
from kairos.state.transitions import Happening, next_state


def apply_order_event(desk: Desk, event: OrderEvent) -> None:
    """Fold one; the frequent ones stand first."""
    if isinstance(event, OrderAccepted):
        _accepted(desk, event)
    elif isinstance(event, TradeBooked):
        _booked(desk, event)
    elif isinstance(event, OrderCancelPending):
        _cancel_pending(desk, event)
    elif isinstance(event, OrderReplacePending):
        _replace_pending(desk, event)
    elif isinstance(event, OrderCanceled):
        desk.used_exec_id(event.exec_id)
        _ended(desk.orders[event.order_id], Happening.CANCELED)
    elif isinstance(event, OrderReplaced):
        _replaced(desk, event)
    elif isinstance(event, OrderRefused):
        _refused(desk, event)
    elif isinstance(event, RequestRejected):
        _request_rejected(desk, event)
    elif isinstance(event, OrderRejected):
        desk.used_exec_id(event.exec_id)
        _ended(desk.orders[event.order_id], Happening.REJECTED)
    elif isinstance(event, OrderExpired):
        desk.used_exec_id(event.exec_id)
        _ended(desk.orders[event.order_id], Happening.EXPIRED)
    elif isinstance(event, OrderDoneForDay):
        desk.used_exec_id(event.exec_id)
        _ended(desk.orders[event.order_id], Happening.DONE_FOR_DAY)
    elif isinstance(event, OrderRestated):
        _restated(desk, event)
    elif isinstance(event, (OrderStatusReported, MassCancelReported)):
        desk.used_exec_id(event.exec_id)
    elif isinstance(event, TradeBusted):
        desk.used_exec_id(event.exec_id)
        _amend(desk, event.trade_id, event.exec_id, Happening.BUSTED, 0, 0)
        know_execution(desk, event.trade_id, event.venue_exec_id)
    elif isinstance(event, TradeCorrected):
        desk.used_exec_id(event.exec_id)
        _amend(desk, event.trade_id, event.exec_id, Happening.CORRECTED, event.last_qty, event.last_px)
        know_execution(desk, event.trade_id, event.venue_exec_id)


def _accepted(desk: Desk, event: OrderAccepted) -> None:
    position = desk.position(event.account_id, event.instrument_id)
    order = Order(
        order_id=event.order_id,
        session=event.session,
        client_id=event.client_id,
        cl_ord_id=event.cl_ord_id,
        position=position,
        side=event.side,
        handl_inst=event.handl_inst,
        terms=event.terms,
        venue_id=event.venue_id,
        text=event.text,
        transact_time_ns=event.transact_time_ns,
        user_id=event.user_id,
        reserve_px=event.reserve_px,
        accepted_at_ns=event.at_ns,
    )
    desk.orders[event.order_id] = order
    desk.clients[event.client_id].order_ids[event.cl_ord_id] = event.order_id
    desk.next_order_id = event.order_id + 1
    desk.used_exec_id(event.exec_id)
    position.account.take_token(event.at_ns)
    order.weigh()


def _refused(desk: Desk, event: OrderRefused) -> None:
    desk.used_exec_id(event.exec_id)
    account = desk.accounts.get(event.account_id)
    own = account is not None and account.defined.client_id == event.client_id
    if account is not None and own and event.code is not RefusalCode.RATE:
        account.take_token(event.at_ns)


def _name(desk: Desk, order: Order, cl_ord_id: str) -> None:
    """Let a request's ClOrdID name the order from now on."""
    if cl_ord_id:
        order.cl_ord_ids.append(cl_ord_id)
        desk.clients[order.client_id].order_ids[cl_ord_id] = order.order_id


def _cancel_pending(desk: Desk, event: OrderCancelPending) -> None:
    order = desk.orders[event.order_id]
    desk.used_exec_id(event.exec_id)
    _name(desk, order, event.cl_ord_id)
    order.cancel = Request(
        RequestKind.CANCEL, event.session, event.cl_ord_id, order.terms, order.reserve_px, event.text
    )


def _replace_pending(desk: Desk, event: OrderReplacePending) -> None:
    order = desk.orders[event.order_id]
    desk.used_exec_id(event.exec_id)
    _name(desk, order, event.cl_ord_id)
    order.replace = Request(
        RequestKind.REPLACE, event.session, event.cl_ord_id, event.new_terms, event.reserve_px, event.text
    )
    order.position.account.take_token(event.at_ns)
    order.weigh()


def _replaced(desk: Desk, event: OrderReplaced) -> None:
    order = desk.orders[event.order_id]
    desk.used_exec_id(event.exec_id)
    request = order.replace
    if request is not None:
        order.reserve_px = request.reserve_px
        order.replace = None
    order.orig_cl_ord_id = event.orig_cl_ord_id
    order.cl_ord_id = event.cl_ord_id
    order.terms = event.terms
    order.base = next_state(order.base, Happening.REPLACED, event.terms.order_qty, order.cum_qty)
    order.weigh()


def _request_rejected(desk: Desk, event: RequestRejected) -> None:
    order = desk.orders[event.order_id]
    cancel = order.cancel
    if cancel is not None and cancel.cl_ord_id == event.cl_ord_id:
        order.cancel = None
    else:
        order.replace = None
    order.weigh()


def _ended(order: Order, happening: Happening) -> None:
    order.base = next_state(order.base, happening, order.terms.order_qty, order.cum_qty)
    order.cancel = None
    order.replace = None
    order.weigh()


def _restated(desk: Desk, event: OrderRestated) -> None:
    order = desk.orders[event.order_id]
    desk.used_exec_id(event.exec_id)
    happening = Happening.RESTATED
    if event.exec_type is ExecType.SUSPENDED:
        happening = Happening.SUSPENDED
    elif event.exec_type is ExecType.STOPPED:
        happening = Happening.STOPPED
    if event.terms.price != order.terms.price:
        order.reserve_px = event.terms.price
    order.terms = event.terms
    order.base = next_state(order.base, happening, event.terms.order_qty, order.cum_qty)
    order.weigh()


def _booked(desk: Desk, event: TradeBooked) -> None:
    order = desk.orders[event.order_id]
    trade = Trade(
        trade_id=event.exec_id,
        order_id=event.order_id,
        route_id=event.route_id,
        venue_id=event.venue_id,
        side=order.side,
        last_qty=event.last_qty,
        last_px=event.last_px,
    )
    desk.used_exec_id(event.exec_id)
    order.cum_qty += event.last_qty
    order.notional += notional_of(event.last_qty, event.last_px, 1)
    order.base = next_state(order.base, Happening.TRADED, order.terms.order_qty, order.cum_qty)
    keep_trade(desk, order, trade)
    know_execution(desk, event.exec_id, event.venue_exec_id)
    _pay(order, trade)
    order.position.book(trade)
    order.weigh()


def keep_trade(desk: Desk, order: Order, trade: Trade) -> None:
    desk.trades[trade.trade_id] = trade
    order.trades.append(trade)


def know_execution(desk: Desk, trade_id: int, venue_exec_id: str) -> None:
    """Remember the venue's ExecID(17), so that the same report never counts twice."""
    if venue_exec_id:
        trade = desk.trades[trade_id]
        key = venue_key(trade.venue_id, venue_exec_id)
        desk.venue_execs[key] = trade_id
        trade.venue_exec_ids.append(venue_exec_id)


def _pay(order: Order, trade: Trade) -> None:
    """Move the trade's money: a buy spends, a sale brings."""
    position = order.position
    position.account.cash -= notional_of(trade.signed_qty(), trade.last_px, position.instrument.multiplier)


def _unpay(order: Order, trade: Trade) -> None:
    position = order.position
    position.account.cash += notional_of(trade.signed_qty(), trade.last_px, position.instrument.multiplier)


def _amend(desk: Desk, trade_id: int, report_id: int, happening: Happening, qty: int, px: int) -> None:
    """Bust (no quantity) or correct an execution, and fold its position anew."""
    trade = desk.trades[trade_id]
    order = desk.orders[trade.order_id]
    _unpay(order, trade)
    order.cum_qty += qty - trade.last_qty
    order.notional += notional_of(qty, px, 1) - notional_of(trade.last_qty, trade.last_px, 1)
    if happening is Happening.BUSTED:
        trade.busted = True
    else:
        trade.last_qty = qty
        trade.last_px = px
    trade.last_report_id = report_id
    _pay(order, trade)
    order.base = next_state(order.base, happening, order.terms.order_qty, order.cum_qty)
    order.position.refold()
    order.weigh()

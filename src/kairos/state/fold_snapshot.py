"""Folds the orders, requests and executions of a snapshot into an empty desk."""

from __future__ import annotations

from kairos.model.enums import RequestKind
from kairos.model.events import OrderSnapshot, RequestSnapshot, TradeSnapshot
from kairos.state.desk import Desk
from kairos.state.fold_trades import keep_trade, know_execution
from kairos.state.order import Order
from kairos.state.order_extras import Request
from kairos.state.positions import Trade


def fold_order_snapshot(desk: Desk, event: OrderSnapshot) -> None:
    client = desk.clients[event.client_id]
    order = Order(
        order_id=event.order_id,
        session=client.shared_session(event.session),
        client_id=client.client_id,
        cl_ord_id=event.cl_ord_id,
        position=desk.position(event.account_id, event.instrument_id),
        side=event.side,
        handl_inst=event.handl_inst,
        terms=event.terms,
        venue_id=desk.shared_venue_id(event.venue_id),
        text=event.text,
        transact_time_ns=event.transact_time_ns,
        user_id=event.user_id,
        reserve_px=event.reserve_px,
        accepted_at_ns=event.accepted_at_ns,
        cash_qty=event.cash_qty,
        verbal_cl_ord_id=event.verbal_cl_ord_id,
        details=event.details,
    )
    if event.cl_ord_ids != event.cl_ord_id:  # most orders have had one name
        order.cl_ord_ids = tuple(event.cl_ord_ids.split("\n")) if event.cl_ord_ids else ()
    order.orig_cl_ord_id = event.orig_cl_ord_id
    order.base = event.base_status
    order.cum_qty = event.standing.cum_qty
    order.notional = event.notional
    order.in_day = event.in_day
    order.canceled_as = event.canceled_as
    order.carried = event.carried
    order.earlier_qty = event.earlier_qty
    order.earlier_notional = event.earlier_notional
    order.split_qty = event.split_qty
    order.split_exec_id = event.split_exec_id
    order.by_phone = event.by_phone
    if event.in_day:
        client.expect_copy(event.verbal_cl_ord_id, event.order_id)
        for cl_ord_id in order.cl_ord_ids:
            client.orders[cl_ord_id] = order
    desk.orders[event.order_id] = order
    desk.tree.enter_books(order, event.strategy_id, event.trader_id)
    order.reason = event.reason
    order.arrival_px = event.arrival_px
    order.weigh()


def fold_request_snapshot(desk: Desk, event: RequestSnapshot) -> None:
    order = desk.orders[event.order_id]
    if not event.pending:
        order.cl_ord_ids = (*order.cl_ord_ids, event.cl_ord_id)
        if order.in_day:
            desk.clients[order.client_id].orders[event.cl_ord_id] = order
        return
    request = Request(
        kind=event.kind,
        session=event.session,
        cl_ord_id=event.cl_ord_id,
        new_terms=event.new_terms,
        reserve_px=event.reserve_px,
        text=event.text,
        told=event.told,
        new_details=event.new_details,
    )
    if event.kind is RequestKind.CANCEL:
        order.cancel = request
    elif event.queued:
        order.queue = (*order.queue, request)
    else:
        order.replace = request
    order.weigh()


def fold_trade_snapshot(desk: Desk, event: TradeSnapshot) -> None:
    order = desk.orders[event.order_id]
    trade = Trade(
        trade_id=event.trade_id,
        order_id=event.order_id,
        route_id=event.route_id,
        venue_id=desk.shared_venue_id(event.venue_id, order.venue_id),
        side=order.side,
        last_qty=event.last_qty,
        last_px=event.last_px,
    )
    trade.last_report_id = event.last_report_id
    trade.busted = event.busted
    keep_trade(desk, order, trade)
    for venue_exec_id in event.venue_exec_ids.split("\n"):
        know_execution(desk, trade.trade_id, venue_exec_id)
    if trade.trade_id >= order.position.instrument.units_exec_id:  # else the position's start has it, in new units
        order.position.book(trade)
        for book in order.books():
            book.book(trade)

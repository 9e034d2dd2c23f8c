"""Folds events of client orders into the desk."""

from __future__ import annotations

from kairos.model.enums import ExecType, NodeKind, OrdStatus, RequestKind
from kairos.model.events import (
    MassCancelReported,
    OrderAccepted,
    OrderAcknowledged,
    OrderCanceled,
    OrderCancelPending,
    OrderDoneForDay,
    OrderEvent,
    OrderExpired,
    OrderHeld,
    OrderRefused,
    OrderRejected,
    OrderReplaced,
    OrderReplacePending,
    OrderReplaceQueued,
    OrderRestated,
    OrderSplit,
    OrderStatusReported,
    RequestRefused,
    RequestRejected,
    TradeBooked,
    TradeBusted,
    TradeCorrected,
)
from kairos.model.refusals import RefusalCode
from kairos.state.desk import Desk
from kairos.state.fold_ladder import node_is_new
from kairos.state.fold_trades import fold_booked, fold_busted, fold_corrected
from kairos.state.order import Order
from kairos.state.order_extras import Request
from kairos.state.places import strategy_node
from kairos.state.transitions import Happening, next_state
from kairos.state.watch import saw_accepted, saw_cancel, saw_refused, saw_replace, saw_request_refused
from kairos.state.watching import note_rejected, note_resized


def apply_order_event(desk: Desk, event: OrderEvent) -> None:
    """Fold one; the frequent ones stand first."""
    if isinstance(event, OrderAccepted):
        _accepted(desk, event)
    elif isinstance(event, TradeBooked):
        fold_booked(desk, event)
    elif isinstance(event, OrderCancelPending):
        _cancel_pending(desk, event)
    elif isinstance(event, OrderReplacePending):
        _replace_pending(desk, event)
    elif isinstance(event, OrderAcknowledged):
        order = desk.orders[event.order_id]
        desk.used_exec_id(event.exec_id)
        order.base = next_state(order.base, Happening.ACKNOWLEDGED, order.terms.order_qty, order.cum_qty)
    elif isinstance(event, OrderCanceled):
        _canceled(desk, event)
    elif isinstance(event, OrderReplaced):
        _replaced(desk, event)
    elif isinstance(event, OrderReplaceQueued):
        _replace_queued(desk, event)
    elif isinstance(event, OrderRefused):
        _refused(desk, event)
    elif isinstance(event, RequestRejected):
        _request_rejected(desk, event)
    elif isinstance(event, OrderRejected):
        desk.used_exec_id(event.exec_id)
        note_rejected(desk.orders[event.order_id])
        _ended(desk, desk.orders[event.order_id], Happening.REJECTED)
    elif isinstance(event, OrderExpired):
        desk.used_exec_id(event.exec_id)
        _ended(desk, desk.orders[event.order_id], Happening.EXPIRED)
    elif isinstance(event, OrderDoneForDay):
        desk.used_exec_id(event.exec_id)
        _ended(desk, desk.orders[event.order_id], Happening.DONE_FOR_DAY)
    elif isinstance(event, OrderRestated):
        _restated(desk, event)
    elif isinstance(event, OrderSplit):
        _split(desk, event)
    elif isinstance(event, (OrderStatusReported, MassCancelReported, OrderHeld)):
        desk.used_exec_id(event.exec_id)
    elif isinstance(event, RequestRefused):
        saw_request_refused(desk, event)
    elif isinstance(event, TradeBusted):
        fold_busted(desk, event)
    elif isinstance(event, TradeCorrected):
        fold_corrected(desk, event)


def _accepted(desk: Desk, event: OrderAccepted) -> None:
    position = desk.position(event.account_id, event.instrument_id)
    client = desk.client(event.client_id)
    order = Order(
        order_id=event.order_id,
        session=client.shared_session(event.session),
        client_id=client.client_id,
        cl_ord_id=event.cl_ord_id,
        position=position,
        side=event.side,
        handl_inst=event.handl_inst,
        terms=event.terms,
        venue_id=desk.shared_venue_id(event.venue_id),
        text=event.text,
        transact_time_ns=event.transact_time_ns,
        user_id=event.user_id,
        reserve_px=event.reserve_px,
        accepted_at_ns=event.at_ns,
        cash_qty=event.cash_qty,
        verbal_cl_ord_id=event.verbal_cl_ord_id,
        details=event.details,
    )
    if event.pending:
        order.base = OrdStatus.PENDING_NEW
    desk.orders[event.order_id] = order
    client.name(event.cl_ord_id, order)
    client.expect_copy(event.verbal_cl_ord_id, event.order_id)
    desk.next_order_id = event.order_id + 1
    desk.used_exec_id(event.exec_id)
    position.account.take_token(event.at_ns)
    desk.tree.enter_books(order, event.strategy_id, event.trader_id)
    if event.strategy_id:
        strategy = strategy_node(event.account_id, event.strategy_id)
        node_is_new(desk, NodeKind.STRATEGY, strategy, event.at_ns)
    order.reason = event.reason
    order.arrival_px = position.instrument.mid_px()
    order.weigh()
    saw_accepted(desk, order, event.at_ns)


def _refused(desk: Desk, event: OrderRefused) -> None:
    desk.used_exec_id(event.exec_id)
    account = desk.accounts.get(event.account_id)
    own = account is not None and account.defined.client_id == event.client_id
    if account is not None and own and event.code is not RefusalCode.RATE:
        account.take_token(event.at_ns)
    if own:
        saw_refused(desk, event)


def _name(desk: Desk, order: Order, cl_ord_id: str) -> None:
    """Let a request's ClOrdID name the order from now on."""
    if cl_ord_id:
        order.cl_ord_ids = (*order.cl_ord_ids, cl_ord_id)
        desk.clients[order.client_id].orders[cl_ord_id] = order


def _cancel_pending(desk: Desk, event: OrderCancelPending) -> None:
    order = desk.orders[event.order_id]
    desk.used_exec_id(event.exec_id)
    _name(desk, order, event.cl_ord_id)
    saw_cancel(desk, order)
    order.cancel = Request(
        RequestKind.CANCEL, event.session, event.cl_ord_id, order.terms, order.reserve_px, event.text
    )


def _replace_pending(desk: Desk, event: OrderReplacePending) -> None:
    order = desk.orders[event.order_id]
    desk.used_exec_id(event.exec_id)
    if order.queue and order.queue[0].cl_ord_id == event.cl_ord_id:
        order.queue = order.queue[1:]
    else:
        _name(desk, order, event.cl_ord_id)
        order.position.account.take_token(event.at_ns)
        saw_replace(desk, order, event.at_ns)
    order.replace = Request(
        kind=RequestKind.REPLACE,
        session=event.session,
        cl_ord_id=event.cl_ord_id,
        new_terms=event.new_terms,
        reserve_px=event.reserve_px,
        text=event.text,
        new_details=event.new_details,
    )
    order.weigh()


def _replace_queued(desk: Desk, event: OrderReplaceQueued) -> None:
    order = desk.orders[event.order_id]
    desk.used_exec_id(event.exec_id)
    _name(desk, order, event.cl_ord_id)
    request = Request(
        kind=RequestKind.REPLACE,
        session=event.session,
        cl_ord_id=event.cl_ord_id,
        new_terms=event.new_terms,
        reserve_px=event.reserve_px,
        text=event.text,
        told=event.told,
        new_details=event.new_details,
    )
    order.queue = (*order.queue, request)
    order.position.account.take_token(event.at_ns)
    saw_replace(desk, order, event.at_ns)
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
    note_resized(order, event.terms.order_qty - order.terms.order_qty)
    order.terms = event.terms
    order.details = event.details
    order.base = next_state(order.base, Happening.REPLACED, event.terms.order_qty, order.cum_qty)
    order.weigh()
    desk.note_end(order)


def _request_rejected(desk: Desk, event: RequestRejected) -> None:
    order = desk.orders[event.order_id]
    cancel = order.cancel
    replace = order.replace
    if cancel is not None and cancel.cl_ord_id == event.cl_ord_id:
        order.cancel = None
    elif replace is not None and replace.cl_ord_id == event.cl_ord_id:
        order.replace = None
    else:
        order.queue = tuple([queued for queued in order.queue if queued.cl_ord_id != event.cl_ord_id])
    order.weigh()


def _canceled(desk: Desk, event: OrderCanceled) -> None:
    order = desk.orders[event.order_id]
    desk.used_exec_id(event.exec_id)
    if event.orig_cl_ord_id:
        order.canceled_as = event.cl_ord_id
    _ended(desk, order, Happening.CANCELED)


def _ended(desk: Desk, order: Order, happening: Happening) -> None:
    order.base = next_state(order.base, happening, order.terms.order_qty, order.cum_qty)
    order.cancel = None
    order.replace = None
    order.queue = ()
    order.weigh()
    desk.note_end(order)


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
    note_resized(order, event.terms.order_qty - order.terms.order_qty)
    order.terms = event.terms
    order.base = next_state(order.base, happening, event.terms.order_qty, order.cum_qty)
    order.weigh()
    desk.note_end(order)


def _split(desk: Desk, event: OrderSplit) -> None:
    """The order, and what its venue works of it, in new units; its executions and the position stay as they were."""
    order = desk.orders[event.order_id]
    desk.used_exec_id(event.exec_id)
    order.split_qty += event.standing.cum_qty - order.cum_qty
    order.split_exec_id = event.exec_id
    order.earlier_qty = order.earlier_qty * event.numerator // event.denominator
    order.cum_qty = event.standing.cum_qty
    for route in order.routes_to_cancel():
        route.cum_qty = route.cum_qty * event.numerator // event.denominator
        route.by_hand_qty = route.by_hand_qty * event.numerator // event.denominator
        route.terms = event.terms
        route.base = next_state(route.base, Happening.RESTATED, event.terms.order_qty, route.cum_qty)
    order.terms = event.terms
    order.details = event.details
    order.reserve_px = event.reserve_px
    order.base = next_state(order.base, Happening.RESTATED, event.terms.order_qty, order.cum_qty)
    order.weigh()
    desk.note_end(order)

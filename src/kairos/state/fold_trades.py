"""Folds executions into the desk: booked, busted, corrected; their money, their day and their position."""

from __future__ import annotations

from kairos.model.events import TradeBooked, TradeBusted, TradeCorrected
from kairos.model.numbers import notional_of
from kairos.state.desk import Desk
from kairos.state.fold_market import count_short
from kairos.state.order import Order
from kairos.state.positions import Trade
from kairos.state.transitions import Happening, next_state
from kairos.state.watch import saw_booked, saw_busted
from kairos.state.watching import note_amended


def fold_booked(desk: Desk, event: TradeBooked) -> None:
    order = desk.orders[event.order_id]
    trade = Trade(
        trade_id=event.exec_id,
        order_id=event.order_id,
        route_id=event.route_id,
        venue_id=desk.shared_venue_id(event.venue_id, order.venue_id),
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
    order.position.take(trade)
    count_short(order.position, order.side, event.last_qty)
    if order.extras is not None:
        for book in order.extras.books():
            book.take(trade)
    if not order.weigh():
        order.position.reweigh()
        for book in order.books():
            book.reweigh()
    saw_booked(desk, order, trade, event.at_ns)
    desk.note_end(order)


def keep_trade(desk: Desk, order: Order, trade: Trade) -> None:
    desk.trades[trade.trade_id] = trade
    order.keep_trade(trade)


def know_execution(desk: Desk, trade_id: int, venue_exec_id: str) -> None:
    """Remember the venue's ExecID(17), so that the same report never counts twice."""
    if venue_exec_id:
        trade = desk.trades[trade_id]
        desk.venues[trade.venue_id].trades[venue_exec_id] = trade
        trade.venue_exec_ids = (*trade.venue_exec_ids, venue_exec_id)


def _pay(order: Order, trade: Trade) -> None:
    """Move the trade's money: a buy spends, a sale brings."""
    position = order.position
    position.purse.cash -= notional_of(trade.signed_qty(), trade.last_px, position.instrument.multiplier)


def _unpay(order: Order, trade: Trade) -> None:
    position = order.position
    position.purse.cash += notional_of(trade.signed_qty(), trade.last_px, position.instrument.multiplier)


def _amend(desk: Desk, trade_id: int, report_id: int, happening: Happening, qty: int, px: int) -> None:
    """Bust (no quantity) or correct an execution, and fold its position anew."""
    trade = desk.trades[trade_id]
    order = desk.orders[trade.order_id]
    _unpay(order, trade)
    was_qty, was_px = trade.last_qty, trade.last_px
    more_qty = qty - trade.last_qty
    more_notional = notional_of(qty, px, 1) - notional_of(trade.last_qty, trade.last_px, 1)
    order.cum_qty += more_qty
    order.notional += more_notional
    if trade.trade_id < desk.day_exec_id:
        order.earlier_qty += more_qty
        order.earlier_notional += more_notional
    else:
        count_short(order.position, order.side, more_qty)
    if happening is Happening.BUSTED:
        trade.busted = True
    else:
        trade.last_qty = qty
        trade.last_px = px
    trade.last_report_id = report_id
    _pay(order, trade)
    order.base = next_state(order.base, happening, order.terms.order_qty, order.cum_qty)
    order.position.amend(trade)
    if order.extras is not None:
        for book in order.extras.books():
            book.amend(trade)
    order.weigh()
    note_amended(desk, order, trade, was_qty, was_px)
    if happening is Happening.BUSTED:
        saw_busted(desk, order, trade)
    desk.note_end(order)


def fold_busted(desk: Desk, event: TradeBusted) -> None:
    desk.used_exec_id(event.exec_id)
    _amend(desk, event.trade_id, event.exec_id, Happening.BUSTED, 0, 0)
    know_execution(desk, event.trade_id, event.venue_exec_id)


def fold_corrected(desk: Desk, event: TradeCorrected) -> None:
    desk.used_exec_id(event.exec_id)
    _amend(desk, event.trade_id, event.exec_id, Happening.CORRECTED, event.last_qty, event.last_px)
    know_execution(desk, event.trade_id, event.venue_exec_id)

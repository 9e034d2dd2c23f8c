"""Tells the watched cells what happened on their path: requests, refusals, executions.

What happens is counted at every level that it passes: its account's path, its trader's and its strategy's.
"""

from __future__ import annotations

from mypy_extensions import i64

from kairos.model.enums import CxlRejResponseTo
from kairos.model.events import OrderRefused, RequestRefused
from kairos.model.refusals import RefusalCode
from kairos.state.cells import Cell
from kairos.state.counts import count_execution, count_order, count_request
from kairos.state.desk import Desk
from kairos.state.order import Order
from kairos.state.positions import Trade
from kairos.state.tree import cells_of, cells_of_order
from kairos.state.watching import note_fill, note_order, note_request


def saw_accepted(desk: Desk, order: Order, at_ns: i64) -> None:
    """A new order came, and was accepted."""
    if desk.tree.is_bare():
        return
    cells = cells_of_order(order)
    count_request(cells, order.position.account, at_ns)
    count_order(cells, order, at_ns)
    for cell in cells:
        cell.counts.requests += 1
        cell.counts.orders += 1
        cell.last_order_ns = at_ns
        note_order(cell, order, at_ns)
        cell.touch()


def saw_replace(desk: Desk, order: Order, at_ns: i64) -> None:
    """A replace came, and was accepted."""
    if desk.tree.is_bare():
        return
    cells = cells_of_order(order)
    count_request(cells, order.position.account, at_ns)
    for cell in cells:
        cell.counts.requests += 1
        note_request(cell, at_ns)
        cell.touch()


def saw_cancel(desk: Desk, order: Order) -> None:
    """A request to cancel came."""
    if desk.tree.is_bare():
        return
    for cell in cells_of_order(order):
        cell.counts.cancels += 1
        cell.touch()


def saw_refused(desk: Desk, event: OrderRefused) -> None:
    """A new order came, and was refused."""
    if desk.tree.is_bare():
        return
    trader_id = desk.accounts[event.account_id].trader_of(event.user_id)
    cells = cells_at(desk, event.account_id, event.instrument_id, event.strategy_id, trader_id)
    if cells and event.code is not RefusalCode.RATE:
        count_request(cells, desk.accounts[event.account_id], event.at_ns)
    for cell in cells:
        cell.counts.requests += 1
        cell.counts.refusals += 1
        note_request(cell, event.at_ns)
        cell.touch()


def saw_request_refused(desk: Desk, event: RequestRefused) -> None:
    """A replace or a cancel came, and was refused."""
    order = None if desk.tree.is_bare() or not event.order_id else desk.orders.get(event.order_id)
    if order is None:
        return
    is_cancel = event.response_to is CxlRejResponseTo.ORDER_CANCEL_REQUEST
    for cell in cells_of_order(order):
        cell.counts.refusals += 1
        if is_cancel:
            cell.counts.cancels += 1
        else:
            cell.counts.requests += 1
            note_request(cell, event.at_ns)
        cell.touch()


def saw_booked(desk: Desk, order: Order, trade: Trade, at_ns: i64) -> None:
    """An execution, which its positions have booked."""
    if desk.tree.is_bare():
        return
    cells = cells_of_order(order)
    count_execution(cells, order, at_ns)
    for cell in cells:
        cell.counts.trades += 1
        note_fill(cell, order, trade, at_ns)
        cell.touch()


def saw_busted(desk: Desk, order: Order, trade: Trade) -> None:
    """An execution never was; one of an earlier day was not counted today."""
    if desk.tree.is_bare() or trade.trade_id < desk.day_exec_id:
        return
    for cell in cells_of_order(order):
        cell.counts.trades = max(cell.counts.trades - 1, 0)
        cell.touch()


def cells_at(desk: Desk, account_id: str, instrument_id: str, strategy_id: str, trader_id: str) -> list[Cell]:
    """Those that an order there would pass; none where its account or its instrument is unknown."""
    if account_id not in desk.accounts or instrument_id not in desk.instruments:
        return []
    position = desk.find_position(account_id, instrument_id)
    return [cell for leg in desk.tree.legs(position, strategy_id, trader_id) for cell in cells_of(leg)]

"""The turn of the trading day: which orders the desk keeps, which ClOrdIDs are free again."""

from __future__ import annotations

from mypy_extensions import i64

from kairos.state.desk import Desk, venue_key
from kairos.state.order import Order


def start_trading_day(desk: Desk, trading_date: i64) -> None:
    """Begin a day. Orders that ended yesterday stay for one day more, so that their trades can still be busted; those
    that ended before are forgotten, and the positions' start takes in what they traded."""
    desk.trading_date = trading_date
    gone = [order for order in desk.orders.values() if not order.in_day]
    _forget_trades(desk, gone)
    for order in gone:
        _forget(desk, order)
    for order in desk.orders.values():
        if not order.is_open():
            _free_ids(desk, order)


def _free_ids(desk: Desk, order: Order) -> None:
    order.in_day = False
    client = desk.clients[order.client_id]
    for cl_ord_id in order.cl_ord_ids:
        client.order_ids.pop(cl_ord_id, None)


def _forget_trades(desk: Desk, gone: list[Order]) -> None:
    order_ids = {int(order.order_id) for order in gone if order.trades}
    for of_account in desk.positions.values():
        for position in of_account.values():
            if any(trade.order_id in order_ids for trade in position.trades):
                position.forget(order_ids)


def _forget(desk: Desk, order: Order) -> None:
    for route in order.routes:
        for cl_ord_id in route.cl_ord_ids:
            desk.route_ids.pop(cl_ord_id, None)
        desk.venue_orders.pop(venue_key(route.venue_id, route.venue_order_id), None)
        del desk.routes[route.route_id]
    for trade in order.trades:
        for exec_id in trade.venue_exec_ids:
            desk.venue_execs.pop(venue_key(trade.venue_id, exec_id), None)
        del desk.trades[trade.trade_id]
    del desk.orders[order.order_id]

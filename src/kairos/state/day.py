"""The turn of the trading day: which orders the desk keeps, which ClOrdIDs are free again."""

from __future__ import annotations

from mypy_extensions import i64

from kairos.model.enums import OrdStatus, TimeInForce
from kairos.state.desk import Desk
from kairos.state.fold_lists import forget_groups
from kairos.state.order import Order


def start_trading_day(desk: Desk, trading_date: i64, now_ns: i64) -> None:
    """Begin a day. Orders that ended yesterday stay for one day more, so that their trades can still be busted; those
    that ended before are forgotten, and the positions' start takes in what they traded. An order that such a bust
    opened again stays until it ends."""
    desk.trading_date = trading_date
    desk.day_exec_id = desk.next_exec_id
    gone = [order for order in desk.orders.values() if not order.in_day and not order.is_open()]
    _forget_trades(desk, gone)
    for order in gone:
        _forget(desk, order)
    for order in desk.orders.values():
        order.carried = True
        order.earlier_qty = order.cum_qty
        order.earlier_notional = order.notional
        if not order.is_open() and not _goes_on(order, now_ns):
            _free_ids(desk, order)
    forget_groups(desk)


def _goes_on(order: Order, now_ns: i64) -> bool:
    """Done for the day is not the end of an order that outlives the day: its venue restates it."""
    if order.base is not OrdStatus.DONE_FOR_DAY:
        return False
    terms = order.terms
    if terms.time_in_force is TimeInForce.GOOD_TILL_DATE:
        return terms.expire_at_ns > now_ns
    return terms.time_in_force is TimeInForce.GOOD_TILL_CANCEL


def _free_ids(desk: Desk, order: Order) -> None:
    order.in_day = False
    client = desk.clients[order.client_id]
    for cl_ord_id in order.cl_ord_ids:
        client.orders.pop(cl_ord_id, None)
    client.verbal_ids.pop(order.verbal_cl_ord_id, None)


def _forget_trades(desk: Desk, gone: list[Order]) -> None:
    order_ids = {int(order.order_id) for order in gone if order.trades}
    for of_account in desk.positions.values():
        for position in of_account.values():
            if any(trade.order_id in order_ids for trade in position.trades):
                position.forget(order_ids)


def _forget(desk: Desk, order: Order) -> None:
    for route in order.routes:
        venue = desk.venues[route.venue_id]
        for venue_order_id in route.venue_order_ids():
            if venue.routes.get(venue_order_id) is route:
                del venue.routes[venue_order_id]
        del desk.routes[route.route_id]
    for trade in order.trades:
        for exec_id in trade.venue_exec_ids:
            desk.venues[trade.venue_id].trades.pop(exec_id, None)
        del desk.trades[trade.trade_id]
    del desk.orders[order.order_id]

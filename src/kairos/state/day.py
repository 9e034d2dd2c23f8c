"""The turn of the trading day: which orders the desk keeps, which ClOrdIDs are free again."""

from __future__ import annotations

from mypy_extensions import i64

from kairos.model.enums import OrdStatus, TimeInForce
from kairos.state.desk import Desk
from kairos.state.fold_lists import forget_groups
from kairos.state.order import Order
from kairos.state.watching import begin_day_of_indicators


def start_trading_day(desk: Desk, trading_date: i64, now_ns: i64) -> None:
    """Begin a day. Orders that ended yesterday stay for one day more, so that their trades can still be busted; those
    that ended before are forgotten, and the positions' start takes in what they traded. An order that such a bust
    opened again stays until it ends."""
    desk.trading_date = trading_date
    desk.day_exec_id = desk.next_exec_id
    for order in desk.orders.awake():
        if not order.in_day and not order.is_open():
            _forget(desk, order)
    _forget_asleep(desk)
    _forget_executions(desk)
    for position in desk.all_positions():
        position.turn_day(desk.day_exec_id)
    begin_day_of_positions(desk)
    begin_day_of_indicators(desk)
    for cell in desk.tree.cells.values():
        cell.begin_day()
    desk.turns += 1
    for order in desk.orders.awake():
        order.end_day()
        if not order.is_open() and not _goes_on(order, now_ns):
            _free_ids(desk, order)
    _name_anew(desk)
    forget_groups(desk)
    _forget_dividends(desk)


def _forget_dividends(desk: Desk) -> None:
    """None of an earlier day can be applied twice. Actions that changed units stay: executions are older than they."""
    for action_id in [known for known, action in desk.actions.items() if not action.first_exec_id]:
        del desk.actions[action_id]


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
    desk.clients[order.client_id].verbal_ids.pop(order.verbal_cl_ord_id, None)


def _forget(desk: Desk, order: Order) -> None:
    for route in order.routes:
        del desk.routes[route.route_id]
    for trade in order.trades:
        del desk.trades[trade.trade_id]
    del desk.orders[order.order_id]


def _forget_asleep(desk: Desk) -> None:
    desk.orders.drop_asleep()
    desk.routes.drop_asleep()
    desk.trades.drop_asleep()


def _forget_executions(desk: Desk) -> None:
    """The positions' start takes in those that can't be amended any more."""
    for position in desk.all_positions():
        position.forget(desk.trades)


def begin_day_of_positions(desk: Desk) -> None:
    """What was executed until now is of an earlier day."""
    desk.tree.day_from = desk.day_exec_id
    for position in desk.all_positions():
        position.begin_day(desk.day_exec_id)


def _name_anew(desk: Desk) -> None:
    """What sleeps is of no day any more, so that no ClOrdID names it; ids of its venue do, until it goes."""
    for client in desk.clients.values():
        client.orders.clear()
    for venue in desk.venues.values():
        venue.routes.turn()
        venue.trades.turn()
    for order in desk.orders.awake():
        if order.in_day:
            names = desk.clients[order.client_id].orders
            for cl_ord_id in order.cl_ord_ids:
                names[cl_ord_id] = order
        for route in order.routes:
            routes = desk.venues[route.venue_id].routes
            for venue_order_id in route.named_by():
                routes[venue_order_id] = route
        for trade in order.trades:
            for exec_id in trade.venue_exec_ids:
                desk.venues[trade.venue_id].trades[exec_id] = trade

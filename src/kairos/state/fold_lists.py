"""Folds lists of orders and crosses into the desk, and lets those go of which the day has seen the end."""

from __future__ import annotations

from kairos.model.enums import ListOrderStatus
from kairos.model.events import (
    CrossAccepted,
    CrossEvent,
    CrossReplaced,
    ListAccepted,
    ListEvent,
    ListFragmentReceived,
    ListOrderDecided,
    ListRefused,
    ListReported,
)
from kairos.model.nested import decode_commands
from kairos.state.desk import Desk
from kairos.state.lists import Cross, ListEntry, OrderList, group_key


def apply_list_event(desk: Desk, event: ListEvent) -> None:
    if isinstance(event, ListOrderDecided):
        _decided(desk, event)
    elif isinstance(event, ListReported):
        _reported(desk, event)
    elif isinstance(event, ListAccepted):
        _end_collecting(_listed(desk, event))
    elif isinstance(event, ListRefused):
        _refused(desk, event)
    elif isinstance(event, ListFragmentReceived):
        order_list = _listed(desk, event)
        order_list.collecting = True
        order_list.fragments += event.orders
        order_list.collected += len(decode_commands(event.orders))


def _listed(desk: Desk, event: ListAccepted | ListFragmentReceived) -> OrderList:
    key = group_key(event.client_id, event.list_id)
    known = desk.lists.get(key)
    if known is not None:
        return known
    order_list = OrderList(
        event.list_id,
        event.client_id,
        event.session,
        event.tot_no_orders,
        event.exec_inst_type,
        event.text,
        event.user_id,
    )
    desk.lists[key] = order_list
    return order_list


def _decided(desk: Desk, event: ListOrderDecided) -> None:
    entry = ListEntry(event.cl_ord_id, event.order_id, event.code)
    desk.lists[group_key(event.client_id, event.list_id)].entries.append(entry)
    order = desk.orders.get(event.order_id)
    if order is not None:
        order.list_id = event.list_id


def _refused(desk: Desk, event: ListRefused) -> None:
    """With a part that is wrong, the parts that came before it are refused too."""
    key = group_key(event.client_id, event.list_id)
    known = desk.lists.get(key)
    if known is not None and known.collecting:
        del desk.lists[key]


def _reported(desk: Desk, event: ListReported) -> None:
    order_list = desk.lists[group_key(event.client_id, event.list_id)]
    order_list.status = event.list_status
    if order_list.is_over():
        _end_collecting(order_list)


def _end_collecting(order_list: OrderList) -> None:
    order_list.collecting = False
    order_list.fragments = b""
    order_list.collected = 0


def apply_cross_event(desk: Desk, event: CrossEvent) -> None:
    if isinstance(event, CrossAccepted):
        cross = Cross(
            event.cross_id, event.client_id, event.session, event.buy_order_id, event.sell_order_id, event.user_id
        )
        desk.crosses[group_key(event.client_id, event.cross_id)] = cross
        _name_cross(desk, cross)
    elif isinstance(event, CrossReplaced):
        cross = desk.crosses.pop(group_key(event.client_id, event.orig_cross_id))
        cross.cross_id = event.cross_id
        desk.crosses[group_key(event.client_id, event.cross_id)] = cross
        _name_cross(desk, cross)


def _name_cross(desk: Desk, cross: Cross) -> None:
    for order_id in (cross.buy_order_id, cross.sell_order_id):
        desk.orders[order_id].cross_id = cross.cross_id


def forget_groups(desk: Desk) -> None:
    """A new day: what has nothing left to trade is forgotten, and its name is free."""
    for key, order_list in list(desk.lists.items()):
        if not list_is_open(desk, order_list):
            del desk.lists[key]
            for entry in order_list.entries:
                _unname(desk, entry.order_id)
    for key, cross in list(desk.crosses.items()):
        if not cross_is_open(desk, cross):
            del desk.crosses[key]
            _unname(desk, cross.buy_order_id)
            _unname(desk, cross.sell_order_id)


def _unname(desk: Desk, order_id: int) -> None:
    order = desk.orders.get(order_id)
    if order is not None:
        order.list_id = ""
        order.cross_id = ""


def list_is_open(desk: Desk, order_list: OrderList) -> bool:
    """Whether any of its orders may trade, or may still come."""
    if order_list.collecting:
        return True
    if order_list.status is ListOrderStatus.REJECT:
        return False
    return any(desk.may_trade(entry.order_id) for entry in order_list.entries)


def cross_is_open(desk: Desk, cross: Cross) -> bool:
    """Whether both its sides may trade."""
    return desk.may_trade(cross.buy_order_id) and desk.may_trade(cross.sell_order_id)

"""What a command means for the lists and crosses whose orders it touched: a list may be all done, or work again; half
a cross is nothing, so the side that is left is taken back."""

from __future__ import annotations

from kairos.engine.cancel import cancel_for_desk
from kairos.engine.core import Core
from kairos.engine.lists import report_list
from kairos.model.enums import ListOrderStatus, ListStatusType
from kairos.model.events import OrderEvent
from kairos.state.fold_lists import list_is_open
from kairos.state.lists import OrderList, group_key
from kairos.state.order import Order


def settle_groups(core: Core) -> None:
    """Called when a command has been handled, and before a day turns."""
    desk = core.desk
    if not desk.lists and not desk.crosses:
        return
    touched = _touched_orders(core)
    for order in touched:
        cross = desk.crosses.get(group_key(order.client_id, order.cross_id)) if order.cross_id else None
        if cross is not None:
            _end_both(core, cross.buy_order_id, cross.sell_order_id)
    lists: dict[str, OrderList] = {}
    for order in touched:
        key = group_key(order.client_id, order.list_id)
        if order.list_id and key in desk.lists:
            lists[key] = desk.lists[key]
    for order_list in lists.values():
        _settle_list(core, order_list)


def _touched_orders(core: Core) -> list[Order]:
    orders: dict[int, Order] = {}
    for event in core.events:
        if isinstance(event, OrderEvent):
            order = core.desk.orders.get(getattr(event, "order_id", 0))
            if order is not None and (order.list_id or order.cross_id):
                orders[order.order_id] = order
    return list(orders.values())


def _end_both(core: Core, buy_order_id: int, sell_order_id: int) -> None:
    buy = core.desk.orders.get(buy_order_id)
    sell = core.desk.orders.get(sell_order_id)
    if buy is None or sell is None or buy.may_trade() == sell.may_trade():
        return
    left = buy if buy.may_trade() else sell
    cancel_for_desk(core, left, f"the other side of cross {left.cross_id} has ended", "")


def _settle_list(core: Core, order_list: OrderList) -> None:
    is_open = list_is_open(core.desk, order_list)
    done = order_list.status is ListOrderStatus.ALL_DONE
    if is_open and done:
        text = "an order of the list works again"
        report_list(core, order_list, order_list.session, ListStatusType.ALERT, ListOrderStatus.EXECUTING, text=text)
    elif not is_open and not order_list.is_over():
        report_list(core, order_list, order_list.session, ListStatusType.ALL_DONE, ListOrderStatus.ALL_DONE)

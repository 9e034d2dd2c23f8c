"""Lists and crosses in a snapshot: the events that would rebuild them, behind those of their orders."""

from __future__ import annotations

from mypy_extensions import i64

from kairos.model.enums import ListOrderStatus, ListStatusType
from kairos.model.events import (
    CrossAccepted,
    Event,
    ListAccepted,
    ListFragmentReceived,
    ListOrderDecided,
    ListReported,
)
from kairos.model.refusals import RefusalCode
from kairos.state.desk import Desk
from kairos.state.lists import Cross, OrderList


def snapshot_groups(desk: Desk, at_ns: i64, events: list[Event]) -> None:
    for order_list in desk.lists.values():
        _list(order_list, at_ns, events)
    for cross in desk.crosses.values():
        events.append(_cross(cross, at_ns))


def _list(order_list: OrderList, at_ns: i64, events: list[Event]) -> None:
    if order_list.collecting:
        events.append(_collected(order_list, at_ns))
        return
    events.append(_accepted(order_list, at_ns))
    for entry in order_list.entries:
        events.append(
            ListOrderDecided(
                at_ns=at_ns,
                list_id=order_list.list_id,
                client_id=order_list.client_id,
                cl_ord_id=entry.cl_ord_id,
                order_id=entry.order_id,
                code=entry.code,
            )
        )
    if order_list.status is not ListOrderStatus.RECEIVED_FOR_EXECUTION:
        events.append(_status(order_list, at_ns))


def _collected(order_list: OrderList, at_ns: i64) -> ListFragmentReceived:
    return ListFragmentReceived(
        at_ns=at_ns,
        list_id=order_list.list_id,
        client_id=order_list.client_id,
        session=order_list.session,
        tot_no_orders=order_list.tot_no_orders,
        exec_inst_type=order_list.exec_inst_type,
        text=order_list.text,
        orders=order_list.fragments,
        user_id=order_list.user_id,
    )


def _accepted(order_list: OrderList, at_ns: i64) -> ListAccepted:
    return ListAccepted(
        at_ns=at_ns,
        list_id=order_list.list_id,
        client_id=order_list.client_id,
        session=order_list.session,
        tot_no_orders=order_list.tot_no_orders,
        exec_inst_type=order_list.exec_inst_type,
        text=order_list.text,
        user_id=order_list.user_id,
    )


def _status(order_list: OrderList, at_ns: i64) -> ListReported:
    return ListReported(
        at_ns=at_ns,
        list_id=order_list.list_id,
        client_id=order_list.client_id,
        session=order_list.session,
        status_type=ListStatusType.RESPONSE,
        list_status=order_list.status,
        code=RefusalCode.NONE,
        context=(),
        text="",
    )


def _cross(cross: Cross, at_ns: i64) -> CrossAccepted:
    return CrossAccepted(
        at_ns=at_ns,
        cross_id=cross.cross_id,
        client_id=cross.client_id,
        session=cross.session,
        buy_order_id=cross.buy_order_id,
        sell_order_id=cross.sell_order_id,
        user_id=cross.user_id,
    )

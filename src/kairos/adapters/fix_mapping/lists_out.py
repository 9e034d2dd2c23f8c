"""What a client is told of its lists: ListStatus(N), in as many messages as its orders need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from kairos.adapters.fix_mapping.client_out import ClientReport
from kairos.adapters.fix_mapping.execution_report import ord_status_code
from kairos.adapters.fix_mapping.parts import group_in
from kairos.adapters.fix_mapping.versions import Dialect, begin_string_of, dialect_of
from kairos.adapters.fix_mapping.writing import NONE, put_text
from kairos.fix import tags as t
from kairos.fix.dictionary import load_dictionary
from kairos.fix.specs import Group, MessageSpec
from kairos.fix.writer import BodyWriter
from kairos.model.enums import ListOrderStatus, OrdStatus
from kairos.model.events import Event, ListRefused, ListReported
from kairos.model.numbers import PRICE_DECIMALS
from kairos.model.refusals import REFUSAL_RULES, RefusalCode, fix_text
from kairos.model.values import Standing
from kairos.ports import ListBook, ListEntryView

# Some 100 bytes an order: 100 orders stay below the 16 KiB that counterparties commonly take as one message.
MAX_ORDERS_A_MESSAGE: Final = 100

_NOTHING: Final = Standing(OrdStatus.REJECTED, 0, 0, 0)


class ListedOrder:
    """One order as a ListStatus(N) tells it."""

    __slots__ = ("cl_ord_id", "code", "cxl_qty", "standing")

    def __init__(self, cl_ord_id: str, standing: Standing, cxl_qty: int, code: RefusalCode) -> None:
        self.cl_ord_id: Final = cl_ord_id
        self.standing: Final = standing
        self.cxl_qty: Final = cxl_qty
        self.code: Final = code


class ListReports:
    """`version_of_session` tells the version of a session's application messages: "" of one that is not FIX."""

    def __init__(self, book: ListBook, version_of_session: Callable[[str], str] = begin_string_of) -> None:
        self._book = book
        self._version_of = version_of_session

    def reports_of(self, event: Event) -> list[ClientReport]:
        """What goes to a client because of an event; nothing for what concerns no list."""
        if not isinstance(event, (ListReported, ListRefused)):
            return []
        dialect = dialect_of(self._version_of(event.session))
        spec = load_dictionary(dialect.version).message(t.LIST_STATUS) if dialect is not None else None
        if dialect is None or spec is None:
            return []
        orders = self._refused_orders(event) if isinstance(event, ListRefused) else self._orders(event)
        parts = [orders[i : i + MAX_ORDERS_A_MESSAGE] for i in range(0, len(orders), MAX_ORDERS_A_MESSAGE)]
        return [
            (event.session, t.LIST_STATUS, _Body(event, self._total(event), dialect, spec).written(part, i, len(parts)))
            for i, part in enumerate(parts, 1)
        ]

    def _total(self, event: ListReported | ListRefused) -> int:
        if isinstance(event, ListRefused):
            return max(event.tot_no_orders, 1)
        known = self._book.order_list(event.client_id, event.list_id)
        return known.tot_no_orders if known is not None else 1

    def _refused_orders(self, event: ListRefused) -> list[ListedOrder]:
        """FIX wants one at least: NONE where the list is unknown."""
        names = event.cl_ord_ids.split("\n") if event.cl_ord_ids else [NONE]
        return [ListedOrder(name, _NOTHING, 0, event.code) for name in names]

    def _orders(self, event: ListReported) -> list[ListedOrder]:
        known = self._book.order_list(event.client_id, event.list_id)
        orders = [self._order(entry) for entry in known.entries] if known is not None else []
        return orders or [ListedOrder(NONE, Standing(OrdStatus.PENDING_NEW, 0, 0, 0), 0, RefusalCode.NONE)]

    def _order(self, entry: ListEntryView) -> ListedOrder:
        """What ended on an earlier day is told as done: the desk has forgotten how."""
        order = self._book.listed_order(entry.order_id) if entry.order_id else None
        if order is None:
            standing = _NOTHING if not entry.order_id else Standing(OrdStatus.DONE_FOR_DAY, 0, 0, 0)
            return ListedOrder(entry.cl_ord_id, standing, 0, entry.code)
        standing = order.standing()
        cxl_qty = max(order.unfilled_qty() - standing.leaves_qty, 0)
        return ListedOrder(order.cl_ord_id or entry.cl_ord_id, standing, cxl_qty, RefusalCode.NONE)


class _Body:
    """One ListStatus(N), with the fields that the version has of it."""

    def __init__(self, event: ListReported | ListRefused, total: int, dialect: Dialect, spec: MessageSpec) -> None:
        self._event = event
        self._total = total
        self._dialect = dialect
        self._spec = spec
        self._group = group_in(dialect.version, t.LIST_STATUS, t.NO_ORDERS)

    def written(self, orders: Sequence[ListedOrder], number: int, count: int) -> bytes:
        w = BodyWriter()
        event = self._event
        if self._has(t.TRANSACT_TIME):
            w.put_utc(t.TRANSACT_TIME, event.at_ns)
        put_text(w, t.LIST_ID, event.list_id)
        if self._has(t.TOT_NO_ORDERS):
            w.put_int(t.TOT_NO_ORDERS, self._total)
        w.put_int(t.NO_ORDERS, len(orders))
        for order in orders:
            self._put_order(w, order)
        w.put_int(t.NO_RPTS, count)
        w.put_int(t.RPT_SEQ, number)
        if self._has(t.LIST_STATUS_TYPE):
            w.put_str(t.LIST_STATUS_TYPE, event.status_type)
            w.put_str(t.LIST_ORDER_STATUS, _status_of(event))
            put_text(w, t.LIST_STATUS_TEXT, _text_of(event))
        if self._has(t.LAST_FRAGMENT):
            w.put_bool(t.LAST_FRAGMENT, number == count)
        return w.body()

    def _has(self, tag: int) -> bool:
        return self._spec.members.find(tag) is not None

    def _put_order(self, w: BodyWriter, order: ListedOrder) -> None:
        """In the order of the group, which is not that of the tags."""
        group = self._group
        standing = order.standing
        put_text(w, t.CL_ORD_ID, order.cl_ord_id)
        w.put_int(t.CUM_QTY, standing.cum_qty)
        if _in_group(group, t.ORD_STATUS):
            w.put_str(t.ORD_STATUS, ord_status_code(standing.ord_status))
        if _in_group(group, t.LEAVES_QTY):
            w.put_int(t.LEAVES_QTY, standing.leaves_qty)
        if _in_group(group, t.CXL_QTY):
            w.put_int(t.CXL_QTY, order.cxl_qty)
        w.put_decimal(t.AVG_PX, standing.avg_px, PRICE_DECIMALS)
        if order.code is not RefusalCode.NONE and _in_group(group, t.ORD_REJ_REASON):
            w.put_str(t.ORD_REJ_REASON, self._dialect.ord_rej_reason(REFUSAL_RULES[order.code].ord_rej_reason))
            put_text(w, t.TEXT, fix_text(order.code, ()))


def _in_group(group: Group | None, tag: int) -> bool:
    return group is not None and group.members.find(tag) is not None


def _status_of(event: ListReported | ListRefused) -> ListOrderStatus:
    return event.list_status if isinstance(event, ListReported) else ListOrderStatus.REJECT


def _text_of(event: ListReported | ListRefused) -> str:
    if event.code is not RefusalCode.NONE:
        return fix_text(event.code, event.context)
    return event.text if isinstance(event, ListReported) else ""

"""Lists of orders: NewOrderList(E), ListExecute(L), ListCancelRequest(K), ListStatusRequest(M).

A list is decided when all its messages are here. What is wrong with the list refuses all of it; what is wrong with an
order refuses that order alone, and the rest goes on (FIX 4.4 volume 4, "List/Program/Basket Trading").
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.engine.cancel import cancel_for_desk
from kairos.engine.core import Core
from kairos.engine.endings import cancel_order
from kairos.engine.requests import refuse_inactive
from kairos.engine.routing import refuse_venue, request_route
from kairos.engine.submit import accept_admitted, admit_new, refuse_order
from kairos.engine.users import refuse_user
from kairos.model.commands import CancelList, ExecuteList, RequestListStatus, SubmitList, SubmitOrder
from kairos.model.enums import ListExecInstType, ListOrderStatus, ListStatusType
from kairos.model.events import ListAccepted, ListFragmentReceived, ListOrderDecided, ListRefused, ListReported
from kairos.model.nested import decode_commands
from kairos.model.refusals import Refusal, RefusalCode, fix_text
from kairos.model.wire_types import WireError
from kairos.risk.gate import first_refusal_of_route
from kairos.risk.subject import Subject
from kairos.state.lists import OrderList, group_key
from kairos.state.order import Order

# The broadest indices that programs trade have some 2,000 members.
MAX_LIST_ORDERS: Final = 2_000
# A desk sends one program at a time; what is unfinished is kept in memory until the day turns.
MAX_UNFINISHED_LISTS: Final = 16


def submit_list(core: Core, c: SubmitList) -> None:
    """Keep a part of a list; with its last order, decide it."""
    known = core.desk.lists.get(group_key(c.client_id, c.list_id))
    if known is not None and not known.collecting:
        _repeated(core, c, known)
        return
    orders = _orders_in(c, c.orders)
    refusal = _refuse_list(core, c, known, orders)
    if refusal is not None:
        _refuse_all(core, c, known, orders, refusal)
        return
    before: i64 = 0 if known is None else known.collected
    if before + len(orders) < c.tot_no_orders:
        _keep_fragment(core, c)
    elif known is None:
        _decide(core, c, orders)
    else:
        _decide(core, c, _orders_in(c, known.fragments) + orders)


def refuse_list(core: Core, c: SubmitList, refusal: Refusal) -> None:
    """Refuse a list that the door does not let in, with what came of it before; a repeat is told what it repeats."""
    known = core.desk.lists.get(group_key(c.client_id, c.list_id))
    if known is not None and not known.collecting:
        _repeated(core, c, known)
    else:
        _refuse_all(core, c, known, _orders_in(c, c.orders), refusal)


def _orders_in(c: SubmitList, data: bytes) -> list[SubmitOrder]:
    """The orders of a message; none when the bytes are not such orders, or not of the list's own client."""
    try:
        commands = decode_commands(data)
    except WireError:
        return []
    orders = [order for order in commands if isinstance(order, SubmitOrder)]
    own = [
        order
        for order in orders
        if order.client_id == c.client_id and order.session == c.session and order.user_id == c.user_id
    ]
    return own if len(own) == len(commands) else []


def _refuse_list(core: Core, c: SubmitList, known: OrderList | None, orders: list[SubmitOrder]) -> Refusal | None:
    total = c.tot_no_orders
    refusal = refuse_user(core.desk, c, c.user_id)
    if refusal is not None:
        return refusal
    client = core.desk.clients.get(c.client_id)
    if client is None or not client.defined.active:
        return Refusal(RefusalCode.UNKNOWN_CLIENT, (("client", c.client_id),))
    if total > MAX_LIST_ORDERS:
        return Refusal(RefusalCode.LIST_TOO_LARGE, (("tot_no_orders", str(total)), ("limit", str(MAX_LIST_ORDERS))))
    if known is not None and not _continues(c, known):
        return Refusal(RefusalCode.LIST_MISCOUNTED, (("before", str(known.tot_no_orders)), ("now", str(total))))
    count = len(orders) + (0 if known is None else known.collected)
    if not orders or count > total or (c.last_fragment and count < total):
        return Refusal(RefusalCode.LIST_MISCOUNTED, (("orders", str(count)), ("tot_no_orders", str(total))))
    if known is None and count < total and _unfinished(core, c.client_id) >= MAX_UNFINISHED_LISTS:
        return Refusal(RefusalCode.LIST_TOO_LARGE, (("unfinished_lists", str(MAX_UNFINISHED_LISTS)),))
    return None


def _continues(c: SubmitList, known: OrderList) -> bool:
    same_list = c.tot_no_orders == known.tot_no_orders and c.exec_inst_type is known.exec_inst_type
    return same_list and c.session == known.session and c.user_id == known.user_id


def _unfinished(core: Core, client_id: str) -> int:
    return len([known for known in core.desk.lists.values() if known.collecting and known.client_id == client_id])


def _repeated(core: Core, c: SubmitList, known: OrderList) -> None:
    """A known ListID is never a second list: told where it stands if this may be a resend, else refused."""
    if c.poss_resend:
        report_list(core, known, c.session, ListStatusType.RESPONSE, known.status)
        return
    refusal = Refusal(RefusalCode.DUPLICATE_LIST_ID, (("list_id", c.list_id),))
    _tell_refused(core, c, _orders_in(c, c.orders), refusal)


def _refuse_all(
    core: Core, c: SubmitList, known: OrderList | None, orders: list[SubmitOrder], refusal: Refusal
) -> None:
    """The list is refused, with what came of it before."""
    if known is not None:
        orders = _orders_in(c, known.fragments) + orders
    _tell_refused(core, c, orders, refusal)


def _tell_refused(core: Core, c: SubmitList, orders: list[SubmitOrder], refusal: Refusal) -> None:
    core.emit(
        ListRefused(
            at_ns=core.now_ns,
            list_id=c.list_id,
            client_id=c.client_id,
            session=c.session,
            status_type=ListStatusType.ACK,
            tot_no_orders=c.tot_no_orders,
            code=refusal.code,
            context=refusal.context,
            cl_ord_ids="\n".join([order.cl_ord_id for order in orders]),
        )
    )


def _keep_fragment(core: Core, c: SubmitList) -> None:
    core.emit(
        ListFragmentReceived(
            at_ns=core.now_ns,
            list_id=c.list_id,
            client_id=c.client_id,
            session=c.session,
            tot_no_orders=c.tot_no_orders,
            exec_inst_type=c.exec_inst_type,
            text=c.text,
            orders=c.orders,
            user_id=c.user_id,
        )
    )


def _decide(core: Core, c: SubmitList, orders: list[SubmitOrder]) -> None:
    core.emit(
        ListAccepted(
            at_ns=core.now_ns,
            list_id=c.list_id,
            client_id=c.client_id,
            session=c.session,
            tot_no_orders=c.tot_no_orders,
            exec_inst_type=c.exec_inst_type,
            text=c.text,
            user_id=c.user_id,
        )
    )
    waits = c.exec_inst_type is ListExecInstType.WAIT_FOR_EXECUTE
    accepted = [order for order in orders if _take(core, c.list_id, order, waits)]
    order_list = core.desk.lists[group_key(c.client_id, c.list_id)]
    if not accepted:
        report_list(core, order_list, c.session, ListStatusType.ACK, ListOrderStatus.REJECT)
    elif waits:
        report_list(core, order_list, c.session, ListStatusType.ACK, ListOrderStatus.RECEIVED_FOR_EXECUTION)
    else:
        report_list(core, order_list, c.session, ListStatusType.ACK, ListOrderStatus.EXECUTING)
        for order in _to_route(core, order_list):
            request_route(core, order, order.venue_id, order.terms, c.user_id)


def _take(core: Core, list_id: str, c: SubmitOrder, waits: bool) -> bool:
    """Accept or refuse one order of a list."""
    refusal: Refusal | None
    order_id: i64 = 0
    if core.desk.order_of_cl_ord_id(c.client_id, c.cl_ord_id) is not None:
        refusal = Refusal(RefusalCode.DUPLICATE_CL_ORD_ID, (("cl_ord_id", c.cl_ord_id),))
    else:
        admission = admit_new(core, c, to_market=not waits)
        refusal = admission.refusal
        if refusal is None:
            order_id = accept_admitted(core, c, admission).order_id
    if refusal is not None:
        refuse_order(core, c, refusal, list_id=list_id)
    code = RefusalCode.NONE if refusal is None else refusal.code
    core.emit(ListOrderDecided(core.now_ns, list_id, c.client_id, c.cl_ord_id, order_id, code))
    return refusal is None


def _open_orders(core: Core, order_list: OrderList) -> list[Order]:
    orders: list[Order] = []
    for entry in order_list.entries:
        order = core.desk.orders.get(entry.order_id)
        if order is not None and order.may_trade():
            orders.append(order)
    return orders


def _to_route(core: Core, order_list: OrderList) -> list[Order]:
    """Its orders that no person works, or has finished, and no venue has."""
    waiting = [order for order in _open_orders(core, order_list) if order.is_open() and not order.routes]
    return [order for order in waiting if not order.is_care() and not core.desk.approvals.waits(order.order_id)]


def execute_list(core: Core, c: ExecuteList) -> None:
    """Let a waiting list work. What changed since it was checked (restricted list, market) is checked again: an order
    that may not trade any more is canceled with the reason, and the others go."""
    order_list = _find(core, c.client_id, c.list_id, c.session)
    if order_list is None:
        return
    refusal = refuse_user(core.desk, c, c.user_id) or _refuse_execution(core, order_list)
    if refusal is not None:
        report_list(core, order_list, c.session, ListStatusType.RESPONSE, order_list.status, refusal)
        return
    report_list(core, order_list, c.session, ListStatusType.EXEC_STARTED, ListOrderStatus.EXECUTING, text=c.text)
    for order in _to_route(core, order_list):
        held = Subject(core.desk, order.position, order.side, order.terms, order, core.now_ns)
        refusal = refuse_inactive(core.desk, order) or first_refusal_of_route(held)
        if refusal is None:
            request_route(core, order, order.venue_id, order.terms, c.user_id)
        else:
            cancel_order(core, order, fix_text(refusal.code, refusal.context))


def _refuse_execution(core: Core, order_list: OrderList) -> Refusal | None:
    """All of it starts, or none: with a venue's session down the client may ask again."""
    if not order_list.is_waiting():
        return Refusal(RefusalCode.LIST_NOT_WAITING, (("list_status", order_list.status.name),))
    for order in _to_route(core, order_list):
        refusal = refuse_venue(core.desk, order.venue_id)
        if refusal is not None:
            return refusal
    return None


def cancel_list(core: Core, c: CancelList) -> None:
    """Take back whatever of a list may still trade."""
    order_list = _find(core, c.client_id, c.list_id, c.session)
    if order_list is None:
        return
    if order_list.is_over():
        refusal = Refusal(RefusalCode.TOO_LATE, (("list_status", order_list.status.name),))
        report_list(core, order_list, c.session, ListStatusType.RESPONSE, order_list.status, refusal)
        return
    collecting = order_list.collecting
    status = ListOrderStatus.ALL_DONE if collecting else ListOrderStatus.CANCELING
    report_list(core, order_list, c.session, ListStatusType.ACK, status, text=c.text)
    if not collecting:
        for order in _open_orders(core, order_list):
            cancel_for_desk(core, order, f"list cancel: {c.text}" if c.text else "list cancel", c.user_id)


def request_list_status(core: Core, c: RequestListStatus) -> None:
    order_list = _find(core, c.client_id, c.list_id, c.session)
    if order_list is not None:
        report_list(core, order_list, c.session, ListStatusType.RESPONSE, order_list.status)


def _find(core: Core, client_id: str, list_id: str, session: str) -> OrderList | None:
    """The client's list; when there is none of that name, that is told."""
    order_list = core.desk.lists.get(group_key(client_id, list_id))
    if order_list is None:
        code, context = RefusalCode.UNKNOWN_LIST, (("list_id", list_id),)
        core.emit(ListRefused(core.now_ns, list_id, client_id, session, ListStatusType.RESPONSE, 0, code, context, ""))
    return order_list


def report_list(
    core: Core,
    order_list: OrderList,
    session: str,
    status_type: ListStatusType,
    status: ListOrderStatus,
    refusal: Refusal | None = None,
    text: str = "",
) -> None:
    """Tell where a list stands; from now on that is its status."""
    core.emit(
        ListReported(
            at_ns=core.now_ns,
            list_id=order_list.list_id,
            client_id=order_list.client_id,
            session=session,
            status_type=status_type,
            list_status=status,
            code=RefusalCode.NONE if refusal is None else refusal.code,
            context=() if refusal is None else refusal.context,
            text=text,
        )
    )


def end_unfinished_lists(core: Core) -> None:
    """The day ends before all orders of a list came: none of them was taken."""
    for order_list in list(core.desk.lists.values()):
        if order_list.collecting:
            text = "the trading day ended before all its orders came"
            report_list(core, order_list, order_list.session, ListStatusType.ALERT, ListOrderStatus.REJECT, text=text)

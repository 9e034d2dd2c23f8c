"""Lists of orders (programs) and crosses: what holds several client orders together.

The orders themselves stand in the desk like any other. A list or a cross knows them by id alone, so that neither keeps
the other alive.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.model.enums import ListExecInstType, ListOrderStatus
from kairos.model.refusals import RefusalCode


def group_key(client_id: str, group_id: str) -> str:
    """One key for a ListID(66) or CrossID(548), which its client makes unique. Ids of clients hold no `|`."""
    return f"{client_id}|{group_id}"


@mypyc_attr(acyclic=True)
class ListEntry:
    """An order of a list; `order_id` is 0 and `code` says why when it was refused."""

    def __init__(self, cl_ord_id: str, order_id: i64, code: RefusalCode) -> None:
        self.cl_ord_id: Final[str] = cl_ord_id
        self.order_id: Final[i64] = order_id
        self.code: Final[RefusalCode] = code


@mypyc_attr(acyclic=True)
class OrderList:
    """What a client sent as NewOrderList(E).

    fragments: encoded orders of the messages so far, `collected` of them; `collecting` says that more are to come
    entries:   its orders in the order of ListSeqNo(67), once it was decided
    """

    def __init__(
        self,
        list_id: str,
        client_id: str,
        session: str,
        tot_no_orders: i64,
        exec_inst_type: ListExecInstType,
        text: str,
        user_id: str,
    ) -> None:
        self.list_id: Final[str] = list_id
        self.client_id: Final[str] = client_id
        self.session: Final[str] = session
        self.tot_no_orders: Final[i64] = tot_no_orders
        self.exec_inst_type: Final[ListExecInstType] = exec_inst_type
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id
        self.status: ListOrderStatus = ListOrderStatus.RECEIVED_FOR_EXECUTION
        self.collecting: bool = False
        self.fragments: bytes = b""
        self.collected: i64 = 0
        self.entries: list[ListEntry] = []

    def is_waiting(self) -> bool:
        """All of it is here, and ListExecute(L) is not."""
        return (
            not self.collecting
            and self.exec_inst_type is ListExecInstType.WAIT_FOR_EXECUTE
            and self.status is ListOrderStatus.RECEIVED_FOR_EXECUTION
        )

    def is_over(self) -> bool:
        return self.status is ListOrderStatus.ALL_DONE or self.status is ListOrderStatus.REJECT


@mypyc_attr(acyclic=True)
class Cross:
    """Two orders that trade against each other, or not at all. `cross_id` is the last accepted CrossID(548)."""

    def __init__(
        self, cross_id: str, client_id: str, session: str, buy_order_id: i64, sell_order_id: i64, user_id: str
    ) -> None:
        self.cross_id: str = cross_id
        self.client_id: Final[str] = client_id
        self.session: Final[str] = session
        self.buy_order_id: Final[i64] = buy_order_id
        self.sell_order_id: Final[i64] = sell_order_id
        self.user_id: Final[str] = user_id

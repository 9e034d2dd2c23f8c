"""What a client knows of its own orders: from its FIX messages alone, so that it can hold others to account.

FIX 4.2 and 4.4 are read alike: `happening` gives the ExecType(150) of FIX 4.4 for both.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from dataclasses import dataclass, field

from kairos.fix import tags as t
from kairos.fix.message import Message
from kairos.model.enums import ExecType, OrdType, Side
from kairos.model.numbers import PRICE_DECIMALS
from kairos.model.values import Terms

# More than a screen can show.
NEWS_KEPT = 8
_TRANS_TYPES = {"1": ExecType.TRADE_CANCEL, "2": ExecType.TRADE_CORRECT, "3": ExecType.ORDER_STATUS}
_FILLS_42 = ("1", "2")
_ANSWERS_TO_REQUESTS = (ExecType.CANCELED, ExecType.REPLACED, ExecType.EXPIRED, ExecType.DONE_FOR_DAY)


@dataclass(slots=True)
class SentOrder:
    """One order; `order_id` is Kairos' OrderID(37), empty until it is known."""

    cl_ord_id: str
    account_id: str
    symbol: str
    mic: str
    side: Side
    terms: Terms
    by_hand: bool = False
    strategy_id: str = ""
    order_id: str = ""
    cum_qty: int = 0
    leaves_qty: int = 0
    request: str = ""  # ClOrdID(11) of a cancel or replace under way

    @property
    def signed(self) -> int:
        return 1 if self.side is Side.BUY else -1


@dataclass(frozen=True, slots=True)
class Fill:
    """An execution as the client was told of it; a bust takes away what it says."""

    order_id: str
    qty: int
    px: int


@dataclass(slots=True)
class ClientOrders:
    """Everything that a client has sent and heard. Quantities are units, prices scaled integers."""

    by_cl_ord_id: dict[str, SentOrder] = field(default_factory=dict)
    by_order_id: dict[str, SentOrder] = field(default_factory=dict)
    unanswered: dict[str, tuple[int, int]] = field(default_factory=dict)  # ClOrdID: sent at, over which connection
    ack_ns: list[int] = field(default_factory=list)
    fills: dict[str, Fill] = field(default_factory=dict)  # by ExecID(17)
    told_twice: list[str] = field(default_factory=list)
    accepted: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    requests_refused: Counter[str] = field(default_factory=Counter)
    last_px: dict[str, int] = field(default_factory=dict)  # by symbol, as its own fills show it
    news: deque[str] = field(default_factory=lambda: deque(maxlen=NEWS_KEPT))

    def note_sent(self, order: SentOrder, connection: int) -> None:
        """`connection` counts the client's logons: an answer that comes over another tells nothing of latency."""
        if order.cl_ord_id not in self.by_cl_ord_id:
            self.by_cl_ord_id[order.cl_ord_id] = order
            self.unanswered[order.cl_ord_id] = (time.perf_counter_ns(), connection)

    def working(self) -> list[SentOrder]:
        return [order for order in self.by_order_id.values() if order.leaves_qty > 0]

    def position(self, symbol: str) -> int:
        return sum(order.signed * order.cum_qty for order in self.by_order_id.values() if order.symbol == symbol)

    def on_message(self, message: Message, connection: int) -> None:
        if message.msg_type == t.EXECUTION_REPORT:
            self._on_execution_report(message, connection)
        elif message.msg_type == t.ORDER_CANCEL_REJECT:
            self._request_ended(message)
            self.requests_refused[code_of(message)] += 1
        elif message.msg_type == t.BUSINESS_MESSAGE_REJECT:
            self.unanswered.pop(message.get(t.BUSINESS_REJECT_REF_ID), None)
            self.refused["BUSINESS_MESSAGE_REJECT"] += 1
            self.news.append(message.get(t.TEXT))

    def _on_execution_report(self, message: Message, connection: int) -> None:
        kind = happening(message)
        cl_ord_id = message.get(t.CL_ORD_ID)
        sent = self.unanswered.pop(cl_ord_id, None)
        if sent is not None and sent[1] == connection:
            self.ack_ns.append(time.perf_counter_ns() - sent[0])
        if kind is ExecType.REJECTED:
            self.refused[code_of(message)] += 1
            self.news.append(message.get(t.TEXT))
        elif kind is ExecType.NEW:
            self.accepted += 1
            self._accepted(message)
        if kind is ExecType.TRADE:
            self._fill(message)
        elif kind is ExecType.TRADE_CANCEL:
            self.fills.pop(message.get(t.EXEC_REF_ID), None)
        elif kind is ExecType.TRADE_CORRECT:
            self.fills.pop(message.get(t.EXEC_REF_ID), None)
            self._keep_fill(message)
        if kind in _ANSWERS_TO_REQUESTS:
            self._request_ended(message)
        self._stands(message, kind)

    def _accepted(self, message: Message) -> None:
        order = self.by_cl_ord_id.get(message.get(t.CL_ORD_ID))
        if order is not None:
            order.order_id = message.get(t.ORDER_ID)
            self.by_order_id[order.order_id] = order

    def _fill(self, message: Message) -> None:
        if message.get(t.EXEC_ID) in self.fills:
            self.told_twice.append(message.get(t.EXEC_ID))
        self._keep_fill(message)
        self.last_px[message.get(t.SYMBOL)] = message.get_decimal(t.LAST_PX, PRICE_DECIMALS)

    def _keep_fill(self, message: Message) -> None:
        px = message.get_decimal(t.LAST_PX, PRICE_DECIMALS)
        self.fills[message.get(t.EXEC_ID)] = Fill(message.get(t.ORDER_ID), message.get_int(t.LAST_QTY), px)

    def _request_ended(self, message: Message) -> None:
        order = self.by_order_id.get(message.get(t.ORDER_ID))
        if order is not None and order.request == message.get(t.CL_ORD_ID):
            order.request = ""

    def _stands(self, message: Message, kind: ExecType) -> None:
        order = self.by_order_id.get(message.get(t.ORDER_ID))
        if order is None:
            return
        order.cum_qty = message.get_int(t.CUM_QTY)
        order.leaves_qty = message.get_int(t.LEAVES_QTY)
        if kind is ExecType.REPLACED:
            order.cl_ord_id = message.get(t.CL_ORD_ID)
            order.terms = replaced_terms(order.terms, message)


def happening(message: Message) -> ExecType:
    """What a report tells, in FIX 4.4's words."""
    trans_type = _TRANS_TYPES.get(message.get(t.EXEC_TRANS_TYPE))
    if trans_type is not None:
        return trans_type
    code = message.get(t.EXEC_TYPE)
    return ExecType.TRADE if code in _FILLS_42 else ExecType(code)


def code_of(message: Message) -> str:
    """The named reason, with which Kairos begins Text(58)."""
    return message.get(t.TEXT).partition(":")[0] or "NO_REASON_GIVEN"


def replaced_terms(terms: Terms, message: Message) -> Terms:
    """The terms after a replace, as its report says them."""
    has_limit = terms.ord_type in (OrdType.LIMIT, OrdType.STOP_LIMIT)
    price = message.get_decimal(t.PRICE, PRICE_DECIMALS) if has_limit else 0
    qty = message.get_int(t.ORDER_QTY)
    return Terms(
        qty, terms.ord_type, price, terms.stop_px, terms.time_in_force, terms.expire_at_ns, min(terms.max_floor, qty)
    )

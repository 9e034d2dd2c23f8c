"""The broker's idea of one order, and the reports that it sends of it, in the words of each FIX version."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from kairos.fix.dictionary import Dictionary
from kairos.fix.message import Message
from kairos.fix.specs import BODY
from kairos.fix.writer import BodyWriter

NEW, PARTIAL, FILLED, DONE, CANCELED, REPLACED = "0", "1", "2", "3", "4", "5"
PENDING_CANCEL, REJECTED, PENDING_NEW, RESTATED, PENDING_REPLACE = "6", "8", "A", "D", "E"
TRADE, CORRECT, BUST, STATUS = "F", "G", "H", "I"

# What a report says where the client gave no price: the tests are of messages, not of prices.
MARKET_PX = Decimal(100)

_EXEC_TRANS_TYPES: Final = {BUST: "1", CORRECT: "2", STATUS: "3"}
Fields = dict[int, str]


class Fill:
    __slots__ = ("exec_id", "px", "qty")

    def __init__(self, exec_id: str, qty: Decimal, px: Decimal) -> None:
        self.exec_id = exec_id
        self.qty = qty
        self.px = px


class BrokerOrder:
    """An order as the client's last accepted message left it; `pending` is a cancel or replace that waits."""

    def __init__(self, message: Message, order_id: str) -> None:
        self.order_id: Final = order_id
        self.symbol: Final = message.get(55)
        self.side: Final = message.get(54)
        self.cl_ord_id = message.get(11)
        self.orig_cl_ord_id = ""
        self.qty = Decimal(message.get(38) or "0")
        self.px = Decimal(message.get(44) or "0")
        self.status = NEW
        self.fills: list[Fill] = []
        self.closed = False
        self.pending: Message | None = None

    @property
    def cum_qty(self) -> Decimal:
        return sum((fill.qty for fill in self.fills), Decimal(0))

    @property
    def leaves_qty(self) -> Decimal:
        return Decimal(0) if self.closed else max(self.qty - self.cum_qty, Decimal(0))

    @property
    def avg_px(self) -> Decimal:
        cum_qty = self.cum_qty
        notional = sum((fill.qty * fill.px for fill in self.fills), Decimal(0))
        return (notional / cum_qty).quantize(Decimal("0.0001")).normalize() if cum_qty else Decimal(0)

    def settle_status(self) -> str:
        """The OrdStatus(39) that the quantities say, when nothing else does."""
        if not self.fills:
            self.status = NEW
        else:
            self.status = PARTIAL if self.cum_qty < self.qty else FILLED
        return self.status

    def take_replace(self) -> None:
        """The pending replace holds: its ClOrdID(11), quantity and price are the order's."""
        request = self.pending
        assert request is not None
        self.orig_cl_ord_id, self.cl_ord_id = self.cl_ord_id, request.get(11)
        self.qty = Decimal(request.get(38) or self.qty)
        self.px = Decimal(request.get(44) or self.px)
        self.pending = None

    def take_cancel(self) -> None:
        request = self.pending
        assert request is not None
        self.orig_cl_ord_id, self.cl_ord_id = self.cl_ord_id, request.get(11)
        self.closed, self.pending = True, None

    def report(self, exec_type: str, status: str, exec_id: str, time: str) -> Fields:
        """An ExecutionReport(8), with every field that one version or another asks for."""
        names = {11: self.cl_ord_id, 41: self.orig_cl_ord_id}
        if self.pending is not None and status in (PENDING_CANCEL, PENDING_REPLACE):
            names = {11: self.pending.get(11), 41: self.cl_ord_id}
        return {
            **names, 37: self.order_id, 17: exec_id, 20: _EXEC_TRANS_TYPES.get(exec_type, "0"), 150: exec_type,
            39: status, 55: self.symbol, 54: self.side, 38: plain(self.qty), 44: plain(self.px) if self.px else "",
            32: "0", 31: "0", 151: plain(self.leaves_qty), 14: plain(self.cum_qty), 6: plain(self.avg_px), 60: time,
        }  # fmt: skip


def plain(number: Decimal) -> str:
    return format(number.normalize(), "f")


def encode(msg_type: str, fields: Fields, dictionary: Dictionary, has_trade_type: bool) -> bytes:
    """The body: what this version has of `fields`, ascending.

    `has_trade_type`: ExecType(150) tells trades, busts, corrections and states; before FIX 4.3 ExecTransType(20) does,
    and ExecType repeats OrdStatus(39).
    """
    spec = dictionary.message(msg_type)
    assert spec is not None, "every version has the messages of a broker"
    fields = dict(fields)
    if not has_trade_type and fields.get(150) in (TRADE, CORRECT, BUST, STATUS):
        fields[150] = fields[39]
    body = BodyWriter()
    for tag in sorted(fields):
        member = spec.members.find(tag)
        if fields[tag] and member is not None and member.region == BODY:
            body.put_str(tag, fields[tag])
    return body.body()

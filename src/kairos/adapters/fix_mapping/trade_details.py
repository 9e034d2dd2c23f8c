"""What a venue says of a trade beside its quantity and price: read from its ExecutionReport(8), told in ours."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from kairos.adapters.fix_mapping.details import MAX_DETAIL, NOTHING_BUT
from kairos.adapters.fix_mapping.writing import put_text
from kairos.fix import tags as t
from kairos.fix.dictionary import load_dictionary
from kairos.fix.groups import GroupEntry, read_group
from kairos.fix.message import Message
from kairos.fix.specs import Group
from kairos.fix.writer import BodyWriter
from kairos.model.numbers import PRICE_DECIMALS, PRICE_SCALE
from kairos.model.values import NO_TRADE_DETAILS, Contra, TradeDetails

TEXT_DETAILS: Final = {
    "last_mkt": 30,
    "last_capacity": 29,
    "last_liquidity_ind": 851,
    "trade_date": 75,
    "settl_type": 63,
    "settl_date": 64,
}
"""By attribute of TradeDetails: its tag. The order is that of its constructor."""
_TAGS: Final = frozenset(TEXT_DETAILS.values())
_NO_CONTRAS: Final = 382
_BROKER, _TRADER, _QTY, _TIME = 375, 337, 437, 438
MAX_CONTRAS: Final = 100
"""One fill against more than that is not told in detail."""


@cache
def _contras_group(version: str) -> Group | None:
    spec = load_dictionary(version).message(t.EXECUTION_REPORT)
    member = spec.members.find(_NO_CONTRAS) if spec is not None else None
    return member.group if member is not None else None


@cache
def _texts_of(version: str) -> tuple[tuple[str, int], ...]:
    spec = load_dictionary(version).message(t.EXECUTION_REPORT)
    has = {member.tag for member in spec.members.order} if spec is not None else set()
    return tuple((name, tag) for name, tag in TEXT_DETAILS.items() if tag in has)


def read_trade_details(message: Message, version: str) -> TradeDetails:
    """Of a fill or correction. A venue's word on its own trade is cut rather than refused: the trade happened."""
    if not any(tag in _TAGS or tag == _NO_CONTRAS for tag in message.tags):
        return NO_TRADE_DETAILS
    group = _contras_group(version)
    entries = read_group(message, group) if group is not None else []
    said: list[Any] = [message.get(tag)[:MAX_DETAIL] for tag in TEXT_DETAILS.values()]
    said.append(tuple(_contra(entry) for entry in entries[:MAX_CONTRAS]))
    return TradeDetails(*said)


def _contra(entry: GroupEntry) -> Contra:
    at_ns = entry.message.utc_at(entry.find(_TIME)) if entry.has(_TIME) else 0
    qty = entry.get_decimal(_QTY, PRICE_DECIMALS) // PRICE_SCALE
    return Contra(entry.get(_BROKER)[:MAX_DETAIL], entry.get(_TRADER)[:MAX_DETAIL], qty, at_ns)


def told_by(details: TradeDetails) -> frozenset[int]:
    """The tags that the trade tells, and so its order need not."""
    if details is NO_TRADE_DETAILS:
        return NOTHING_BUT
    return frozenset(tag for name, tag in TEXT_DETAILS.items() if getattr(details, name))


def put_trade_details(w: BodyWriter, details: TradeDetails, version: str) -> None:
    if details is NO_TRADE_DETAILS:
        return
    for name, tag in _texts_of(version):
        put_text(w, tag, getattr(details, name))
    group = _contras_group(version)
    if group is None or not details.contras:
        return
    has = group.members.find
    w.put_int(_NO_CONTRAS, len(details.contras))
    for contra in details.contras:
        put_text(w, _BROKER, contra.contra_broker)
        if has(_TRADER) is not None:
            put_text(w, _TRADER, contra.contra_trader)
        if contra.contra_trade_qty and has(_QTY) is not None:
            w.put_int(_QTY, contra.contra_trade_qty)
        if contra.contra_trade_at_ns and has(_TIME) is not None:
            w.put_utc(_TIME, contra.contra_trade_at_ns)

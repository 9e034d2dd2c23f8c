"""Reading what several messages share: ids, numbers, texts, and the terms of an order.

A value that FIX allows and we don't take is a RefusedField; one that is malformed is the codec's FieldError.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, TypeVar

from mypy_extensions import i64

from kairos.adapters.fix_mapping.rejection import label, missing, missing_here, unsupported
from kairos.adapters.fix_mapping.versions import Dialect
from kairos.fix import tags as t
from kairos.fix.errors import FieldError
from kairos.fix.layout import ABSENT
from kairos.fix.message import Message
from kairos.model.enums import OrdType, Side, TimeInForce
from kairos.model.numbers import MAX_PRICE, PRICE_DECIMALS, PRICE_SCALE
from kairos.model.values import Terms

MAX_ID: Final = 64
"""Longer than any ClOrdID(11) in use (most venues take 20 to 36); it bounds what the journal keeps of each."""
MAX_TEXT: Final = 512
"""Text(58) beyond this is cut: it is for people, and is kept with the order."""

_DAY_NS: Final = 86_400_000_000_000

_SPACE: Final = 32
NO_CODE: Final = 0
OTHER_CODE: Final = 1
"""Codes of `code_of` for a field that is absent or empty, and for one that is not a single printable ASCII character;
no FIX code is either."""

_Code = TypeVar("_Code", bound=StrEnum)


def by_code(kind: type[_Code]) -> list[_Code | None]:
    """The members of an enumeration by the ASCII code of their one character: asked for in every order, a list is
    several times quicker than a dict of texts."""
    table: list[_Code | None] = [None] * 128
    for member in kind:
        if len(member.value) == 1:
            table[ord(member.value)] = member
    return table


_SIDES: Final = by_code(Side)
_ORD_TYPES: Final = by_code(OrdType)
_TIMES_IN_FORCE: Final = by_code(TimeInForce)
_DAY: Final = 48
_MARKET_ON_CLOSE: Final = 53
_LIMIT_ON_CLOSE: Final = 66
"""TimeInForce(59) 0; OrdType(40) 5 and B up to FIX 4.2: ASCII codes."""


def code_of(message: Message, tag: i64) -> i64:
    """A field of one character as its ASCII code."""
    i = message.find(tag)
    if i < 0:
        return NO_CODE
    start = message.starts[i]
    size: i64 = message.ends[i] - start
    if size != 1:
        return OTHER_CODE if size else NO_CODE
    code: i64 = message.raw[start]
    return code if _SPACE < code < 127 else OTHER_CODE


def read_required(message: Message, tag: int) -> str:
    value = message.get(tag)
    if not value:
        raise missing(message, tag)
    return value


def read_line(message: Message, tag: int) -> str:
    """A text that the message must have, of printable characters: the journal and people's lists keep it on a line."""
    value = read_required(message, tag)
    if _has_control(value):
        raise FieldError(tag, t.VALUE_IS_INCORRECT, f"{label(tag)} has a control character; use printable ones")
    return value


def _has_control(text: str) -> bool:
    i: i64 = 0
    size: i64 = len(text)
    while i < size:
        if ord(text[i]) < _SPACE:
            return True
        i += 1
    return False


def read_id(message: Message, tag: int) -> str:
    """An id of a client's that the message must have."""
    value = read_line(message, tag)
    if len(value) > MAX_ID:
        raise unsupported(message, tag, f"it has {len(value)} characters, at most {MAX_ID} are taken")
    return value


def read_our_id(message: Message, tag: int) -> int:
    """An id that we gave: a number; 0 when the field is absent or can't be ours, since then other ids must do."""
    try:
        value = message.get_int(tag)
    except FieldError:
        return 0
    return value if value > 0 else 0


def read_text(message: Message) -> str:
    text = message.get(t.TEXT)
    return text if len(text) <= MAX_TEXT else text[:MAX_TEXT]


def read_price(message: Message, tag: i64) -> i64:
    """0 when the field is absent."""
    value: i64 = message.get_decimal(tag, PRICE_DECIMALS)
    if not -MAX_PRICE <= value <= MAX_PRICE:
        raise unsupported(message, tag, f"prices go up to {MAX_PRICE // PRICE_SCALE}")
    return value


def read_qty(message: Message, tag: i64) -> i64:
    """Whole units, 0 when the field is absent. The decimal's 18 digits leave ten for them, which is numbers.MAX_QTY."""
    scaled: i64 = message.get_decimal(tag, PRICE_DECIMALS)
    whole: i64 = scaled // PRICE_SCALE
    if whole * PRICE_SCALE != scaled:
        raise unsupported(message, tag, "quantities are whole numbers of units")
    return whole


def read_side(message: Message) -> Side:
    side = _SIDES[code_of(message, t.SIDE)]
    if side is None:
        read_required(message, t.SIDE)
        raise unsupported(message, t.SIDE, "buy (1), sell (2), sell short (5) and sell short exempt (6) are")
    return side


def read_cash_qty(message: Message) -> int:
    """CashOrderQty(152) as money; 0 when the field is absent. An order has either this or OrderQty(38)."""
    if message.find(t.CASH_ORDER_QTY) == ABSENT:
        return 0
    if message.find(t.ORDER_QTY) != ABSENT:
        raise unsupported(message, t.CASH_ORDER_QTY, "the order has an OrderQty(38)")
    amount = message.get_decimal(t.CASH_ORDER_QTY, PRICE_DECIMALS)
    if amount <= 0:
        raise unsupported(message, t.CASH_ORDER_QTY, "it must be above 0")
    return amount


def read_terms(message: Message, dialect: Dialect, by_cash: bool = False) -> Terms:
    """`by_cash`: the order may say CashOrderQty(152) instead of OrderQty(38), which is then 0 here."""
    ord_type, time_in_force = _read_kind(message, dialect)
    if message.find(t.ORDER_QTY) == ABSENT and not (by_cash and message.find(t.CASH_ORDER_QTY) != ABSENT):
        raise missing_here(message, t.ORDER_QTY, f"in every order{' without CashOrderQty(152)' if by_cash else ''}")
    return Terms(
        read_qty(message, t.ORDER_QTY),
        ord_type,
        read_price(message, t.PRICE),
        read_price(message, t.STOP_PX),
        time_in_force,
        _read_expiry(message),
        read_qty(message, t.MAX_FLOOR),
    )


def _read_kind(message: Message, dialect: Dialect) -> tuple[OrdType, TimeInForce]:
    code, tif_code = code_of(message, t.ORD_TYPE), code_of(message, t.TIME_IN_FORCE) or _DAY
    if dialect.has_trans_type and code in (_MARKET_ON_CLOSE, _LIMIT_ON_CLOSE):
        if tif_code != _DAY:
            raise unsupported(message, t.TIME_IN_FORCE, "an order on close (OrdType(40) 5 or B) is for the day")
        return OrdType.MARKET if code == _MARKET_ON_CLOSE else OrdType.LIMIT, TimeInForce.AT_THE_CLOSE
    ord_type = _ORD_TYPES[code]
    if ord_type is None:
        read_required(message, t.ORD_TYPE)
        on_close = ", on close (5, B)" if dialect.has_trans_type else ""
        raise unsupported(message, t.ORD_TYPE, f"market (1), limit (2), stop (3), stop limit (4){on_close} are")
    time_in_force = _TIMES_IN_FORCE[tif_code]
    if time_in_force is None:
        raise unsupported(message, t.TIME_IN_FORCE, f"{', '.join(TimeInForce)} are")
    return ord_type, time_in_force


def _read_expiry(message: Message) -> int:
    """ExpireTime(126), else the last moment of ExpireDate(432) in UTC; 0 when neither is there."""
    expire_at_ns = message.get_utc(t.EXPIRE_TIME)
    if expire_at_ns == 0 and message.find(t.EXPIRE_DATE) != ABSENT:
        expire_at_ns = (message.get_utc_date(t.EXPIRE_DATE) + 1) * _DAY_NS - 1
    return expire_at_ns

"""What we do with each field of a client's message: the door asks this table, the rules of engagement are made from it.

A field that is not in a message's table is refused by name: nothing that could change what an order means is dropped in
silence. Tags from 5000 on belong to agreements; until one is made they are let through and mean nothing.

For a cancel, a status request and a disputed trade every field beyond the ids is informational: the ids say which
order, and a cancel must pass.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Final

from kairos.adapters.fix_mapping.rejection import RefusedField, unsupported
from kairos.fix import tags as t
from kairos.fix.message import Message


class Treatment(Enum):
    """HONOURED: it decides what we do. INFORMATIONAL: taken and not acted on. FIXED: only values that change nothing.
    REFUSED: not with any value."""

    HONOURED = "honoured"
    INFORMATIONAL = "informational"
    FIXED = "fixed"
    REFUSED = "refused"


class FieldRule:
    """One row: `values` are those that a FIXED field may have; `note` says why, in words for the counterparty."""

    __slots__ = ("note", "tag", "treatment", "values")

    def __init__(self, tag: int, treatment: Treatment, note: str, values: tuple[str, ...] = ()) -> None:
        self.tag: Final = tag
        self.treatment: Final = treatment
        self.note: Final = note
        self.values: Final = values


def _honoured(tag: int, note: str) -> FieldRule:
    return FieldRule(tag, Treatment.HONOURED, note)


def _info(note: str, *tags: int) -> list[FieldRule]:
    return [FieldRule(tag, Treatment.INFORMATIONAL, note) for tag in tags]


def _fixed(tag: int, note: str, *values: str) -> FieldRule:
    return FieldRule(tag, Treatment.FIXED, note, values)


def _refused(note: str, *tags: int) -> list[FieldRule]:
    return [FieldRule(tag, Treatment.REFUSED, note) for tag in tags]


NOT_OFFERED: Final = "we do not offer it"
"""What a field without a row is refused with."""

_INSTRUMENT: Final = [
    _honoured(t.SYMBOL, "SYMBOL or SYMBOL.MIC; [N/A] where SecurityID(48) names the instrument"),
    _honoured(t.SECURITY_EXCHANGE, "MIC (ISO 10383); needed where Symbol(55) is listed on several markets"),
    _honoured(t.SECURITY_ID, "an ISIN; other sources are informational beside Symbol(55)"),
    _honoured(t.SECURITY_ID_SOURCE, "4 (ISIN)"),
    *_info("describes the instrument that Symbol(55) names", 106, 348, 349, 107, 350, 351, 167, 460, 461, 762),
    *_info("other names of the instrument", 454, 455, 456),
    *_refused("name the contract by its Symbol(55)", 65, 200, 205, 541, 201, 202, 206, 231, 947),
]

_WHO: Final = [
    *_info("who stands behind the order; the session says whose it is", 109, 453, 448, 447, 452, 802, 523, 803, 76),
    *_info("a second name of the order, not repeated in reports", 526, 583, 66),
]

_TERMS: Final = [
    _honoured(t.ORDER_QTY, "whole units, at most 9,999,999,999; in a replace, the total over the order's life"),
    _honoured(
        t.ORD_TYPE, "1 market, 2 limit, 3 stop, 4 stop limit; in FIX 4.2 also 5 market on close, B limit on close"
    ),
    _honoured(t.PRICE, "at most 8 decimals and 999,999,999"),
    _honoured(t.STOP_PX, "at most 8 decimals and 999,999,999"),
    _honoured(t.TIME_IN_FORCE, "0 day, 1 GTC, 2 opening, 3 IOC, 4 FOK, 6 GTD, in FIX 4.4 also 7 close; absent is 0"),
    _honoured(t.EXPIRE_TIME, "with TimeInForce(59) 6"),
    _honoured(t.EXPIRE_DATE, "with TimeInForce(59) 6: the end of that day in UTC, unless ExpireTime(126) is there"),
    _honoured(t.MAX_FLOOR, "the displayed part; 0 or absent shows all"),
    _honoured(t.CURRENCY, "the instrument's own, or absent"),
    _fixed(t.MIN_QTY, "no venue of ours holds a minimum", "0"),
    _fixed(423, "prices are per unit", "2"),
    _fixed(854, "quantities are units", "0"),
    *_refused("amounts of cash and parts of a fund are not taken: send OrderQty(38)", 152, 516, 468, 469),
    *_refused("an order is worked as its terms say", t.EXEC_INST),
    *_refused("prices that move by themselves are not offered", 211, 835, 836, 837, 838, 840),
    *_refused("discretion over the price is not offered", 388, 389, 841, 842, 843, 844, 846),
    *_refused("algorithms are not offered on this session", 847, 848, 849),
    *_refused("use MaxFloor(111)", 210),
    *_refused("an order works from the moment we accept it", 168, 386),
]

_BOOKING: Final = [
    _fixed(63, "trades settle in their market's regular way", "0"),
    *_refused("trades settle in their market's regular way", 64, 193, 192, 640, 120),
    _fixed(121, "no foreign exchange is done with the order", "N"),
    _fixed(t.CASH_MARGIN, "cash trading only", "1"),
    _fixed(427, "what trades is booked on its day", "0"),
    _fixed(589, "what trades is booked as it comes", "0"),
    _fixed(590, "what trades is booked as it comes", "0"),
    _fixed(591, "allocations are not made in the order", "0"),
    _fixed(775, "what trades is booked in the regular way", "0"),
    _fixed(81, "there is one way of processing", "0"),
    _fixed(t.NO_ALLOCS, "allocations are not made in the order: send one order an account", "0"),
    *_refused("allocations are not made in the order", 70),
    *_refused("positions are netted", t.POSITION_EFFECT, 203),
    *_refused("charges are agreed for the account, not in the order", 12, 13, 479, 497, 635),
    *_refused("clearing is agreed for the account, not in the order", 439, 440),
    *_info("recorded by its sender", 660, 581, 229, 75, 140, 114, 376, 377, 23, 47, 528, 582, 204),
    *_info("Text(58) is what we read", 354, 355),
]

_ORDER: Final = [
    _honoured(t.CL_ORD_ID, "at most 64 characters, used once a day"),
    _honoured(t.SIDE, "1 buy, 2 sell, 5 sell short, 6 sell short exempt"),
    _honoured(t.TRANSACT_TIME, "UTC"),
    _honoured(t.TEXT, "kept with the order, repeated in its reports; 512 characters"),
    *_INSTRUMENT,
    *_WHO,
    *_TERMS,
    *_BOOKING,
]

_NEW: Final = [
    *_ORDER,
    _honoured(t.ACCOUNT, "absent: the session's default account"),
    _honoured(t.HANDL_INST, "1 automated, 2 automated with a broker watching, 3 by hand; absent is 1"),
    _honoured(t.EX_DESTINATION, "a venue's id or MIC; absent: the instrument's own market"),
]

_REPLACE: Final = [
    *_ORDER,
    _honoured(t.ORDER_ID, "where it is a number of ours it names the order"),
    _honoured(t.ORIG_CL_ORD_ID, "the order's last accepted ClOrdID(11)"),
    *_info("the order keeps its own: a replace does not change it", t.ACCOUNT, t.HANDL_INST, t.EX_DESTINATION),
    *_info("recorded by its sender", 586),
]

_MASS_CANCEL: Final = [
    _honoured(t.CL_ORD_ID, "at most 64 characters"),
    _honoured(t.MASS_CANCEL_REQUEST_TYPE, "1 all of a security, 7 all"),
    *_INSTRUMENT,
    *_info("recorded by its sender", t.TRANSACT_TIME, t.TEXT, 354, 355, 526),
    *_refused("both sides are canceled", t.SIDE),
    *_refused("all trading sessions are meant", t.TRADING_SESSION_ID, 625),
]

_MASS_STATUS: Final = [
    _honoured(t.MASS_STATUS_REQ_ID, "at most 64 characters, repeated in each report"),
    _honoured(t.MASS_STATUS_REQ_TYPE, "1 all of a security, 7 all"),
    *_INSTRUMENT,
    *_WHO,
    *_refused("all accounts of the session's client are told", t.ACCOUNT, 660),
    *_refused("both sides are told", t.SIDE),
    *_refused("all trading sessions are meant", t.TRADING_SESSION_ID, 625),
]

RULES: Final[dict[str, dict[int, FieldRule]]] = {
    msg_type: {rule.tag: rule for rule in rules}
    for msg_type, rules in (
        (t.NEW_ORDER_SINGLE, _NEW),
        (t.ORDER_CANCEL_REPLACE_REQUEST, _REPLACE),
        (t.ORDER_MASS_CANCEL_REQUEST, _MASS_CANCEL),
        (t.ORDER_MASS_STATUS_REQUEST, _MASS_STATUS),
    )
}
"""By MsgType(35) and tag. For other messages of a client, what the mapping does not read is informational."""

_SESSION_TAGS: Final = (
    "8 9 10 34 35 43 49 50 52 56 57 89 90 91 93 97 115 116 122 128 129 142 143 144 145"
    " 212 213 347 369 370 627 628 629 630"
)
HEADER_AND_TRAILER: Final = frozenset(int(tag) for tag in _SESSION_TAGS.split())
"""The session's fields, in both versions."""

_TAKEN: Final = frozenset((Treatment.HONOURED, Treatment.INFORMATIONAL))


def _passing(rules: Iterable[FieldRule]) -> frozenset[int]:
    return HEADER_AND_TRAILER | {rule.tag for rule in rules if rule.treatment in _TAKEN}


_PASSING: Final = {msg_type: _passing(rules.values()) for msg_type, rules in RULES.items()}


def refuse_fields(message: Message) -> None:
    """Raise RefusedField for the first field that the message may not have, or not with that value."""
    passing = _PASSING[message.msg_type]
    for tag in message.tags:
        if tag not in passing and tag < t.USER_DEFINED_TAGS_START:
            refusal = _refusal(message, tag)
            if refusal is not None:
                raise refusal


def _refusal(message: Message, tag: int) -> RefusedField | None:
    rule = RULES[message.msg_type].get(tag)
    if rule is None:
        return unsupported(message, tag, NOT_OFFERED)
    if rule.treatment is Treatment.FIXED and message.get(tag) in rule.values:
        return None
    return unsupported(message, tag, rule.note)

"""What we do with each field of a client's message: the door asks this table, the rules of engagement are made from it.

A field that is not in an order's table is refused by name: nothing that could change what an order means is dropped in
silence. So are tags from 5000 to 39999, which belong to agreements, unless one was made for the session: then they are
kept with the order. (From 40000 on tags are the standard's again.)

For a cancel, a status request and a disputed trade every field beyond the ids is informational: the ids say which
order, and a cancel must pass.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Final

from mypy_extensions import i64

from kairos.adapters.fix_mapping.details import DETAIL_TAGS
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


def honoured(tag: int, note: str) -> FieldRule:
    return FieldRule(tag, Treatment.HONOURED, note)


def informational(note: str, *tags: int) -> list[FieldRule]:
    return [FieldRule(tag, Treatment.INFORMATIONAL, note) for tag in tags]


def fixed(tag: int, note: str, *values: str) -> FieldRule:
    return FieldRule(tag, Treatment.FIXED, note, values)


def refused(note: str, *tags: int) -> list[FieldRule]:
    return [FieldRule(tag, Treatment.REFUSED, note) for tag in tags]


def _kept(note: str, *tags: int) -> list[FieldRule]:
    """Honoured as a detail: kept with the order, told in its reports, passed to venues as agreed with them."""
    return [FieldRule(tag, Treatment.HONOURED, note) for tag in tags]


def tags_of(ranges: str) -> list[int]:
    """`3 7-9` are 3, 7, 8 and 9."""
    found: list[int] = []
    for word in ranges.split():
        first, _, last = word.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


NOT_OFFERED: Final = "we do not offer it"
"""What an order's field without a row is refused with."""
BESIDE_THE_IDS: Final = "the ids say which order it is about"
"""Why no field of the other messages is refused."""

_INSTRUMENT: Final = [
    honoured(t.SYMBOL, "SYMBOL or SYMBOL.MIC; [N/A] where SecurityID(48) names the instrument"),
    honoured(t.SECURITY_EXCHANGE, "MIC (ISO 10383); needed where Symbol(55) is listed on several markets"),
    honoured(t.SECURITY_ID, "an ISIN; other sources are informational beside Symbol(55)"),
    honoured(t.SECURITY_ID_SOURCE, "4 (ISIN)"),
    *informational("describes the instrument that Symbol(55) names", 106, 348, 349, 107, 350, 351, 167, 460, 461, 762),
    *informational("other names of the instrument", 454, 455, 456),
    *informational(
        "describes the instrument that Symbol(55) names",
        *tags_of("223-228 239 240 255 470-472 543 667 691 864-868 873-876 965-971 996 997 1018 1019 1049-1054 1079"),
        *tags_of("1145-1147 1151 1184-1186 1191-1200 1227 1242 1244"),
    ),
    *informational(
        "describes what underlies the instrument",
        *tags_of("241-247 256 305-318 362-365 435 436 457-459 462 463 542 592-595 711 763 810 877-879 882-889 941"),
        *tags_of("972-975 998 1000 1038 1039 1044-1046 1058-1064 1213 1419 1423-1425"),
    ),
    *refused("name the contract by its Symbol(55)", 65, 200, 205, 541, 201, 202, 206, 231, 947),
]
_INSTRUMENT_AGAIN: Final = [rule for rule in _INSTRUMENT if rule.treatment is not Treatment.REFUSED]
"""Where the ids name the order already, and so its instrument."""

_WHO: Final = [
    *_kept("who stands behind the order, in what role; at most 32", 453, 448, 447, 452, 802, 523, 803),
    *_kept("kept as a party: role 1, 3, 4; the account as its sub id", 76, 109, 439, 440),
    *_kept("another name of the order", 526, 583),
    *informational("a list's own messages say which orders are in it", 66),
]

_OTHERS_OF_A_REQUEST: Final = [
    *informational(
        "all orders of the session's client are meant", 109, 453, 448, 447, 452, 802, 523, 803, 76, 526, 583, 66
    ),
]

_TERMS: Final = [
    honoured(t.ORDER_QTY, "whole units, at most 9,999,999,999; in a replace, the total over the order's life"),
    honoured(
        t.ORD_TYPE, "1 market, 2 limit, 3 stop, 4 stop limit; up to FIX 4.2 also 5 market on close, B limit on close"
    ),
    honoured(t.PRICE, "at most 8 decimals and 999,999,999"),
    honoured(t.STOP_PX, "at most 8 decimals and 999,999,999"),
    honoured(t.TIME_IN_FORCE, "0 day, 1 GTC, 2 opening, 3 IOC, 4 FOK, 6 GTD, from FIX 4.3 on 7 close; absent is 0"),
    honoured(t.EXPIRE_TIME, "with TimeInForce(59) 6"),
    honoured(t.EXPIRE_DATE, "with TimeInForce(59) 6: the end of that day in UTC, unless ExpireTime(126) is there"),
    honoured(t.MAX_FLOOR, "the displayed part; 0 or absent shows all"),
    honoured(t.CURRENCY, "the instrument's own, or absent"),
    honoured(t.MIN_QTY, "where the venue holds a minimum, and for orders by hand; else OrdRejReason(103) 11"),
    fixed(423, "prices are per unit", "2"),
    fixed(854, "quantities are units", "0"),
    *refused("parts of a fund are not taken: send OrderQty(38)", 516, 468, 469),
    honoured(
        t.EXEC_INST,
        "1 not held, 5 held, E do not increase, F do not reduce; others where the venue honours them, and for orders "
        "by hand; else OrdRejReason(103) 11",
    ),
    *refused("pegged prices are not offered", 211, 835, 836, 837, 838, 840),
    *refused("discretion over the price is not offered", 388, 389, 841, 842, 843, 844, 846),
    *refused("pegged prices are not offered", *tags_of("1094 1096-1099")),
    *refused("algorithms are not offered on this session", 847, 848, 849, 957, 958, 959, 960),
    *refused("use MaxFloor(111)", 210, *tags_of("1082-1088 1138")),
    *refused("use OrdType(40) 3 or 4 with StopPx(99)", *tags_of("1100-1114")),
    *refused("an order works from the moment we accept it, in its market's sessions", 168, 386, 336, 625),
    *refused("an order trades at its own price", 1089, 1090, 1092),
    *refused("an order can't pick one order of the book to trade with", 1080, 1081),
    *refused(
        "terms of bonds, repos and funds are not taken", *tags_of("118 158 159 218 220-222 232-236 480 481 494 513")
    ),
    *refused("terms of bonds, repos and funds are not taken", *tags_of("662 663 696-699 701 761 788 898 913-919")),
    fixed(465, "quantities are units", "1"),
    fixed(1091, "the market decides what it shows", "N"),
]

_BOOKING: Final = [
    honoured(63, "0 regular; others where the venue honours them, and for orders by hand; else OrdRejReason(103) 11"),
    honoured(64, "with SettlType(63) 6 or B"),
    *refused("trades settle in their market's regular way", 193, 192, 640, 120),
    fixed(121, "no foreign exchange is done with the order", "N"),
    fixed(t.CASH_MARGIN, "cash trading only", "1"),
    fixed(427, "a trade is booked on its own day", "0"),
    fixed(589, "each trade is booked as it comes", "0"),
    fixed(590, "each trade is booked as it comes", "0"),
    fixed(591, "trades are allocated pro rata", "0"),
    fixed(775, "trades are booked in the regular way", "0"),
    fixed(81, "all orders are processed alike", "0"),
    *_kept("accounts of the client's, quantities that sum to OrderQty(38); at most 200", t.NO_ALLOCS, 79, 80),
    *_kept("kept with the allocation", 467, 661, 736, 539, 524, 525, 538, 545, 804, 805),
    *refused("name the accounts in the order, NoAllocs(78)", 70),
    *_kept("for futures and options", t.POSITION_EFFECT, 203),
    *refused("charges are agreed for the account, not in the order", 12, 13, 479, 497, 635),
    *_kept("kept, reported, passed on", 660, 581, 528, 529, 582, 229, 75, 377),
    *_kept("read as OrderCapacity(528) and OrderRestrictions(529), by the standard's table", 47),
    honoured(114, "N: the sender has located the stock; we do not locate any, so Y is refused"),
    *informational("for the sender's own records", 140, 376, 23, 117, 204, 768, 769, 770, 771, *tags_of("1028-1035")),
    *_kept("kept with the order, in MessageEncoding(347) or UTF-8; reports repeat Text(58)", 354, 355),
]

_ORDER: Final = [
    honoured(t.CL_ORD_ID, "at most 64 characters, used once a day"),
    honoured(t.SIDE, "1 buy, 2 sell, 5 sell short, 6 sell short exempt"),
    honoured(t.TRANSACT_TIME, "UTC"),
    honoured(t.TEXT, "kept with the order, repeated in its reports; 512 characters"),
    *_INSTRUMENT,
    *_WHO,
    *_TERMS,
    *_BOOKING,
]

_NEW: Final = [
    *_ORDER,
    honoured(t.CASH_ORDER_QTY, "instead of OrderQty(38): as many whole lots as it pays for; repeated in reports"),
    honoured(t.ACCOUNT, "absent: the session's default account"),
    honoured(t.HANDL_INST, "1 automated, 2 automated with a broker watching, 3 by hand; absent is 1"),
    honoured(t.EX_DESTINATION, "a venue's id or MIC; absent: the instrument's own market"),
    fixed(1133, "ExDestination(100) is a venue's id or a MIC", "D", "G"),
]

_REPLACE: Final = [
    *_ORDER,
    *refused("a replace says the quantity: send OrderQty(38)", t.CASH_ORDER_QTY),
    honoured(t.ORDER_ID, "a number is ours and names the order; other text is passed over"),
    honoured(t.ORIG_CL_ORD_ID, "the order's last accepted ClOrdID(11)"),
    honoured(t.ACCOUNT, "the order's own, or absent: a replace can't change it"),
    honoured(t.HANDL_INST, "the order's own, or absent: a replace can't change it"),
    honoured(t.EX_DESTINATION, "the order's own, or absent: a replace can't change it"),
    fixed(1133, "ExDestination(100) is a venue's id or a MIC", "D", "G"),
    *informational("for the sender's own records", 586),
]

_CANCEL: Final = [
    honoured(t.CL_ORD_ID, "at most 64 characters, used once a day"),
    honoured(t.ORIG_CL_ORD_ID, "the order's last accepted ClOrdID(11)"),
    honoured(t.ORDER_ID, "a number is ours and names the order; other text is passed over"),
    honoured(t.TRANSACT_TIME, "UTC"),
    honoured(t.TEXT, "kept with the request; 512 characters"),
    *_INSTRUMENT_AGAIN,
    *informational("all that is left is canceled, of whichever side", t.SIDE, t.ORDER_QTY, 152, 516, 468, 469),
]

_STATUS: Final = [
    honoured(t.CL_ORD_ID, "the order's, or one of its requests'"),
    honoured(t.ORDER_ID, "a number is ours and names the order; other text is passed over"),
    honoured(790, "repeated in the report"),
    honoured(t.SIDE, "repeated in the report when the order is unknown"),
    *_INSTRUMENT_AGAIN,
]

_DISPUTE: Final = [
    honoured(t.ORDER_ID, "ours"),
    honoured(t.EXEC_ID, "ours"),
    honoured(t.DK_REASON, "a person looks into it; our state does not change"),
    honoured(t.TEXT, "512 characters"),
]

_MASS_CANCEL: Final = [
    honoured(t.CL_ORD_ID, "at most 64 characters"),
    honoured(t.MASS_CANCEL_REQUEST_TYPE, "1 all of a security, 7 all"),
    honoured(t.ACCOUNT, "orders of this account alone; of another client's where the session may cancel for the firm"),
    *_INSTRUMENT,
    *informational("for the sender's own records", t.TRANSACT_TIME, t.TEXT, 354, 355),
    *_OTHERS_OF_A_REQUEST,
    *refused("both sides are canceled", t.SIDE),
    *refused("all trading sessions and markets are meant", t.TRADING_SESSION_ID, 625, 1300, 1301),
]

_MASS_STATUS: Final = [
    honoured(t.MASS_STATUS_REQ_ID, "at most 64 characters, repeated in each report"),
    honoured(t.MASS_STATUS_REQ_TYPE, "1 all of a security, 7 all"),
    *_INSTRUMENT,
    *_OTHERS_OF_A_REQUEST,
    *refused("all accounts of the session's client are reported", t.ACCOUNT, 660),
    *refused("both sides are reported", t.SIDE),
    *refused("all trading sessions and markets are meant", t.TRADING_SESSION_ID, 625, 1300, 1301),
]

RULES: Final[dict[str, dict[int, FieldRule]]] = {
    msg_type: {rule.tag: rule for rule in rules}
    for msg_type, rules in (
        (t.NEW_ORDER_SINGLE, _NEW),
        (t.ORDER_CANCEL_REPLACE_REQUEST, _REPLACE),
        (t.ORDER_MASS_CANCEL_REQUEST, _MASS_CANCEL),
        (t.ORDER_MASS_STATUS_REQUEST, _MASS_STATUS),
        (t.ORDER_CANCEL_REQUEST, _CANCEL),
        (t.ORDER_STATUS_REQUEST, _STATUS),
        (t.DONT_KNOW_TRADE, _DISPUTE),
    )
}
"""By MsgType(35) and tag."""

LENIENT: Final = frozenset((t.ORDER_CANCEL_REQUEST, t.ORDER_STATUS_REQUEST, t.DONT_KNOW_TRADE))
"""Where a field without a row is informational: elsewhere it could say how to trade, or for how many orders."""

_SESSION_TAGS: Final = (
    "8 9 10 34 35 43 49 50 52 56 57 89 90 91 93 97 115 116 122 128 129 142 143 144 145"
    " 212 213 347 369 370 627 628 629 630 1128 1129 1156"
)
HEADER_AND_TRAILER: Final = frozenset(int(tag) for tag in _SESSION_TAGS.split())
"""The session's fields, in all versions."""

STANDARD_TAGS_AGAIN: Final = 40_000
"""Where FIX's own tags go on; from 5000 to here they are for agreements (FIX Trading Community, user-defined fields).
"""


def rule_of(msg_type: str, tag: int) -> FieldRule:
    """What we do with a field of the standard's in a message."""
    rule = RULES[msg_type].get(tag)
    if rule is not None:
        return rule
    if msg_type in LENIENT:
        return FieldRule(tag, Treatment.INFORMATIONAL, BESIDE_THE_IDS)
    return FieldRule(tag, Treatment.REFUSED, NOT_OFFERED)


class Agreement:
    """What was agreed with a client about fields.

    custom_tags:       fields of the agreement: kept with the order, repeated in its reports
    keeps_unknown:     whether other tags of that range are kept too, rather than refused
    needs_locate:      whether a short sale must say that its stock was located: LocateReqd(114) N
    strategy_tag:      the field of the agreement in which an order names its strategy; 0 for none
    reason_tag:        the one in which it says why it may pass soft limits; 0 for none
    """

    __slots__ = ("custom_tags", "keeps_unknown", "needs_locate", "reason_tag", "strategy_tag")

    def __init__(
        self,
        custom_tags: Iterable[int] = (),
        keeps_unknown: bool = False,
        needs_locate: bool = False,
        strategy_tag: int = 0,
        reason_tag: int = 0,
    ) -> None:
        self.custom_tags: Final = frozenset((*custom_tags, strategy_tag, reason_tag)) - {0}
        self.strategy_tag: Final = strategy_tag
        self.reason_tag: Final = reason_tag
        self.keeps_unknown: Final = keeps_unknown
        self.needs_locate: Final = needs_locate


NO_AGREEMENT: Final = Agreement()


def is_custom(tag: int) -> bool:
    return t.USER_DEFINED_TAGS_START <= tag < STANDARD_TAGS_AGAIN


_TAKEN: Final = frozenset((Treatment.HONOURED, Treatment.INFORMATIONAL))


def _passing(rules: Iterable[FieldRule]) -> frozenset[int]:
    return HEADER_AND_TRAILER | {rule.tag for rule in rules if rule.treatment in _TAKEN}


_TABLE: Final = 2048
"""FIX 5.0 SP2 defines tags up to about 1,600; others have no row."""


_ASK: Final = 0
_PASSES: Final = 1
_IS_DETAIL: Final = 2


def _verdicts(rules: Iterable[FieldRule]) -> bytes:
    """By tag: whether the field passes with any value, as a detail or not, or the rules must be asked. Wanted for every
    field of every order: bytes are quicker than a set."""
    passing = _passing(rules)
    return bytes((_IS_DETAIL if tag in DETAIL_TAGS else _PASSES) if tag in passing else _ASK for tag in range(_TABLE))


_HAS_NONE: Final = 1
_HAS_DETAILS: Final = 2
"""A layout's note where all tags pass with any value."""

_VERDICTS: Final = {msg_type: _verdicts(rules.values()) for msg_type, rules in RULES.items()}


def refuse_fields(message: Message, agreement: Agreement = NO_AGREEMENT) -> bool:
    """Raise RefusedField for the first field that the message may not have, or not with that value; tell whether an
    order has any that is a detail."""
    if message.layout.note != 0:
        return message.layout.note == _HAS_DETAILS
    verdicts = _VERDICTS[message.msg_type]
    tags = message.tags
    has_details = False
    were_asked = False
    i: i64 = 0
    count: i64 = len(tags)
    while i < count:
        tag: i64 = tags[i]
        verdict: i64 = verdicts[tag] if 0 <= tag < _TABLE else _ASK
        if verdict == _IS_DETAIL:
            has_details = True
        elif verdict == _ASK:
            refusal = _refusal(message, tag, agreement)
            if refusal is not None:
                raise refusal
            has_details = True
            were_asked = True
        i += 1
    if not were_asked:
        message.layout.note = _HAS_DETAILS if has_details else _HAS_NONE
    return has_details


def _refusal(message: Message, tag: int, agreement: Agreement) -> RefusedField | None:
    if is_custom(tag):
        if tag in agreement.custom_tags or agreement.keeps_unknown:
            return None
        return unsupported(message, tag, "no meaning was agreed for it on this session")
    rule = rule_of(message.msg_type, tag)
    if rule.treatment in _TAKEN:
        return None
    if rule.treatment is Treatment.FIXED and message.get(tag) in rule.values:
        return None
    return unsupported(message, tag, rule.note)

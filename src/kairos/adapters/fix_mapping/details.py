"""What an order says beside its terms, in each version's words: read from D and G, told in 8, passed on in D and G.

The standard's dictionaries say which fields a message has in a version; a detail that it hasn't is not told in it.
Details stand behind the other fields of a body: an order without any costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from mypy_extensions import i64

from kairos.adapters.fix_mapping.capacity import capacity_of, rule_80a_of
from kairos.adapters.fix_mapping.parties import (
    NESTED,
    OLD_PARTY_TAGS,
    PARTIES,
    parties_of,
    put_old_parties,
    put_parties,
    read_parties,
)
from kairos.adapters.fix_mapping.reading import read_qty
from kairos.adapters.fix_mapping.rejection import label, unsupported
from kairos.adapters.fix_mapping.said_before import details_said_before, keep_said
from kairos.adapters.fix_mapping.writing import put_text
from kairos.fix import tags as t
from kairos.fix.dictionary import load_dictionary
from kairos.fix.encodings import decode_text, is_known_encoding
from kairos.fix.groups import GroupEntry, read_group
from kairos.fix.layout import ABSENT
from kairos.fix.message import Message
from kairos.fix.specs import Group
from kairos.fix.writer import BodyWriter
from kairos.model.enums import Side
from kairos.model.numbers import PRICE_DECIMALS, PRICE_SCALE
from kairos.model.values import NO_ORDER_DETAILS, OrderDetails, Party, PreAlloc
from kairos.model.wire_types import Pairs

TEXT_DETAILS: Final = {
    "acct_id_source": 660,
    "account_type": 581,
    "order_capacity": 528,
    "order_restrictions": 529,
    "cust_order_capacity": 582,
    "exec_inst": 18,
    "position_effect": 77,
    "covered_or_uncovered": 203,
    "settl_type": 63,
    "settl_date": 64,
    "locate_reqd": 114,
    "solicited_flag": 377,
    "trade_date": 75,
    "trade_origination_date": 229,
    "secondary_cl_ord_id": 526,
    "cl_ord_link_id": 583,
}
"""By attribute of OrderDetails: its tag. The order is that of its constructor, and of `_texts_of`."""
_CAPACITY: Final = 2
_RESTRICTIONS: Final = 3
_EXEC_INST: Final = 5
_SETTL_TYPE: Final = 8
_SETTL_DATE: Final = 9
"""Places in it."""

RULE_80A: Final = 47
MIN_QTY: Final = 110
NO_ALLOCS: Final = 78
ENCODED_TEXT_LEN: Final = 354
ENCODED_TEXT: Final = 355
_ALLOC_ACCOUNT, _ALLOC_SOURCE, _ALLOC_CURRENCY, _ALLOC_ID, _ALLOC_QTY = 79, 661, 736, 467, 80

DETAIL_TAGS: Final = frozenset(
    (
        *TEXT_DETAILS.values(),
        *(RULE_80A, MIN_QTY, NO_ALLOCS, ENCODED_TEXT_LEN, ENCODED_TEXT),
        *(_ALLOC_ACCOUNT, _ALLOC_SOURCE, _ALLOC_CURRENCY, _ALLOC_ID, _ALLOC_QTY),
        *PARTIES.all(),
        *NESTED.all(),
        *OLD_PARTY_TAGS,
    )
)
"""Every field that `read_details` reads."""

MAX_DETAIL: Final = 64
"""The longest text of a detail; ids and lists of codes are far shorter."""
MAX_ALLOCS: Final = 200
"""More accounts than that are allocated after the trade."""
MAX_CUSTOM: Final = 50
MAX_CUSTOM_TEXT: Final = 256
_FUTURE: Final = ("6", "B")
_NOT_HELD, _HELD = "1", "5"


_TABLE: Final = 1024
"""Every detail's tag is below."""
_NO_PLACE: Final = 255


class MessageFields:
    """Which details a message has in a version, and how its groups are made up.

    places: by tag, where its text stands in TEXT_DETAILS; _NO_PLACE for any other
    tells_by_rule_80a: whether Rule80A(47) says what OrderCapacity(528) does in later versions
    read_texts, read:  the texts that were read last, and the details that say them and nothing else: orders mostly say
                       what the one before said, and share the object
    told, told_fields: the details whose texts were written last, and how
    """

    __slots__ = (
        "allocs",
        "nested_parties",
        "parties",
        "places",
        "read",
        "read_texts",
        "tags",
        "tells_by_rule_80a",
        "texts",
        "told",
        "told_fields",
    )

    def __init__(self, version: str, msg_type: str) -> None:
        spec = load_dictionary(version).message(msg_type)
        members = spec.members if spec is not None else None
        found = members.order if members is not None else []
        groups = {member.tag: member.group for member in found}
        self.tags: Final = frozenset(groups)
        self.texts: Final = tuple((place, tag) for place, tag in enumerate(TEXT_DETAILS.values()) if tag in groups)
        places = {tag: place for place, tag in self.texts}
        self.places: Final = bytes(places.get(tag, _NO_PLACE) for tag in range(_TABLE))
        self.tells_by_rule_80a: Final = RULE_80A in groups and TEXT_DETAILS["order_capacity"] not in groups
        self.parties: Final[Group | None] = groups.get(PARTIES.count)
        self.allocs: Final[Group | None] = groups.get(NO_ALLOCS)
        nested = self.allocs.members.find(NESTED.count) if self.allocs is not None else None
        self.nested_parties: Final[Group | None] = nested.group if nested is not None else None
        self.read_texts: list[str] = []
        self.read: OrderDetails = NO_ORDER_DETAILS
        self.told: OrderDetails = NO_ORDER_DETAILS
        self.told_fields: bytes = b""


_FIELDS: Final[dict[str, dict[str, MessageFields]]] = {}


def message_fields(version: str, msg_type: str) -> MessageFields:
    """By version and MsgType(35), made at first use."""
    of_version = _FIELDS.get(version)
    if of_version is None:
        of_version = _FIELDS[version] = {}
    fields = of_version.get(msg_type)
    if fields is None:
        fields = of_version[msg_type] = MessageFields(version, msg_type)
    return fields


# Reading


def read_details(message: Message, version: str, is_custom: Callable[[int], bool]) -> OrderDetails:
    """All details of an order; `is_custom` tells the tags that belong to agreements."""
    said = details_said_before(message)
    if said is None:
        said = _read(message, version, is_custom)
        keep_said(message, said, DETAIL_TAGS)
    return said


def _read(message: Message, version: str, is_custom: Callable[[int], bool]) -> OrderDetails:
    fields = message_fields(version, message.msg_type)
    texts = _texts_in(message, fields)
    if RULE_80A in fields.tags and message.has(RULE_80A) and not texts[_CAPACITY]:
        texts[_CAPACITY], texts[_RESTRICTIONS] = capacity_of(message.get(RULE_80A))
    _check(message, texts)
    encoded_text = _encoded_text(message)
    min_qty = read_qty(message, MIN_QTY) if message.has(MIN_QTY) else 0
    parties = read_parties(message, fields.parties)
    allocs = _allocs(message, fields.allocs)
    custom = _custom(message, is_custom)
    if encoded_text or min_qty or parties or allocs or custom:
        return _details(texts, encoded_text, min_qty, parties, allocs, custom)
    if texts != fields.read_texts:
        fields.read_texts = texts
        fields.read = _details(texts, "", 0, (), (), ()) if any(texts) else NO_ORDER_DETAILS
    return fields.read


def _details(
    texts: list[str],
    encoded_text: str,
    min_qty: i64,
    parties: tuple[Party, ...],
    allocs: tuple[PreAlloc, ...],
    custom: Pairs,
) -> OrderDetails:
    return OrderDetails(
        texts[0],
        texts[1],
        texts[2],
        texts[3],
        texts[4],
        texts[5],
        texts[6],
        texts[7],
        texts[8],
        texts[9],
        texts[10],
        texts[11],
        texts[12],
        texts[13],
        texts[14],
        texts[15],
        encoded_text,
        min_qty,
        parties,
        allocs,
        custom,
    )


def _texts_in(message: Message, fields: MessageFields) -> list[str]:
    """The texts of TEXT_DETAILS, "" for each that the message lacks, in one pass: an order has few of them."""
    texts = [""] * len(TEXT_DETAILS)
    places = fields.places
    tags = message.tags
    i: i64 = 0
    count: i64 = len(tags)
    while i < count:
        tag: i64 = tags[i]
        if 0 <= tag < _TABLE:
            place: i64 = places[tag]
            if place != _NO_PLACE and not texts[place]:
                texts[place] = _text(message, i)
        i += 1
    return texts


def _text(message: Message, at: i64) -> str:
    value = message.text_at(at)
    if len(value) > MAX_DETAIL:
        raise unsupported(message, message.tags[at], f"at most {MAX_DETAIL} characters are taken")
    return value


def _custom(message: Message, is_custom: Callable[[int], bool]) -> Pairs:
    pairs: list[tuple[str, str]] = []
    tags = message.tags
    i: i64 = 0
    count: i64 = len(tags)
    while i < count:
        if tags[i] >= t.USER_DEFINED_TAGS_START and is_custom(tags[i]):
            pairs.append((str(tags[i]), message.text_at(i)))
        i += 1
    if len(pairs) > MAX_CUSTOM or any(len(value) > MAX_CUSTOM_TEXT for _, value in pairs):
        tag = int(pairs[0][0])
        raise unsupported(message, tag, f"at most {MAX_CUSTOM} such fields of {MAX_CUSTOM_TEXT} characters are taken")
    return tuple(pairs)


def _check(message: Message, texts: list[str]) -> None:
    """What FIX itself rules out."""
    if len(texts[_EXEC_INST]) > 1:
        instructions = texts[_EXEC_INST].split()
        if _HELD in instructions and _NOT_HELD in instructions:
            raise unsupported(message, TEXT_DETAILS["exec_inst"], "an order is held (5) or not held (1), not both")
    if texts[_SETTL_DATE] and texts[_SETTL_TYPE] not in _FUTURE:
        raise unsupported(message, TEXT_DETAILS["settl_date"], f"it goes with {label(63)} 6 or B")


def _encoded_text(message: Message) -> str:
    at = message.find(ENCODED_TEXT)
    if at == ABSENT:
        return ""
    encoding = message.get(t.MESSAGE_ENCODING) or "UTF-8"
    try:
        if is_known_encoding(encoding):
            return decode_text(message.bytes_at(at), encoding)
    except ValueError:
        pass
    raise unsupported(message, ENCODED_TEXT, f"it is not text in {encoding}")


def _allocs(message: Message, group: Group | None) -> tuple[PreAlloc, ...]:
    if group is None or not message.has(NO_ALLOCS):
        return ()
    entries = read_group(message, group)
    if len(entries) > MAX_ALLOCS:
        raise unsupported(message, NO_ALLOCS, f"at most {MAX_ALLOCS} are taken; allocate after the trade")
    return tuple(_alloc(message, entry) for entry in entries)


def _alloc(message: Message, entry: GroupEntry) -> PreAlloc:
    whole, fraction = divmod(entry.get_decimal(_ALLOC_QTY, PRICE_DECIMALS), PRICE_SCALE)
    if fraction:
        raise unsupported(message, _ALLOC_QTY, "quantities are whole numbers of units")
    texts = [entry.get(tag) for tag in (_ALLOC_ACCOUNT, _ALLOC_SOURCE, _ALLOC_CURRENCY, _ALLOC_ID)]
    if max(map(len, texts)) > MAX_DETAIL:
        raise unsupported(message, NO_ALLOCS, f"at most {MAX_DETAIL} characters are taken in each field")
    parties = parties_of(message, entry.groups(NESTED.count), NESTED)
    return PreAlloc(texts[0], texts[1], texts[2], texts[3], whole, parties)


# Writing

NOTHING_BUT: Final[frozenset[int]] = frozenset()


def put_details(
    w: BodyWriter,
    details: OrderDetails,
    side: Side,
    version: str,
    msg_type: str,
    but: frozenset[int] = NOTHING_BUT,
) -> None:
    """The details that the message has in this version, `but` some: their tags, a group by its count's."""
    if details is NO_ORDER_DETAILS:
        return
    fields = message_fields(version, msg_type)
    if but:
        _put_texts(w, details, fields, but)
    else:
        w.put_fields(_told(details, fields))
    if fields.tells_by_rule_80a and TEXT_DETAILS["order_capacity"] not in but:
        put_text(w, RULE_80A, rule_80a_of(details.order_capacity, details.order_restrictions, side))
    if details.min_qty and MIN_QTY in fields.tags and MIN_QTY not in but:
        w.put_int(MIN_QTY, details.min_qty)
    if details.parties and PARTIES.count not in but:
        put_parties(w, details.parties, fields.parties)
        put_old_parties(w, details.parties, fields.tags)
    if NO_ALLOCS not in but:
        _put_allocs(w, details, fields)


def _told(details: OrderDetails, fields: MessageFields) -> bytes:
    if details is not fields.told:
        texts = BodyWriter()
        _put_texts(texts, details, fields, NOTHING_BUT)
        fields.told, fields.told_fields = details, texts.body()
    return fields.told_fields


def _put_texts(w: BodyWriter, details: OrderDetails, fields: MessageFields, but: frozenset[int]) -> None:
    texts = _texts_of(details)
    for place, tag in fields.texts:
        text = texts[place]
        if text and tag not in but:
            put_text(w, tag, text)


def _texts_of(details: OrderDetails) -> list[str]:
    """In the order of TEXT_DETAILS. Written out: asking for attributes by name costs more than writing the fields."""
    return [
        details.acct_id_source,
        details.account_type,
        details.order_capacity,
        details.order_restrictions,
        details.cust_order_capacity,
        details.exec_inst,
        details.position_effect,
        details.covered_or_uncovered,
        details.settl_type,
        details.settl_date,
        details.locate_reqd,
        details.solicited_flag,
        details.trade_date,
        details.trade_origination_date,
        details.secondary_cl_ord_id,
        details.cl_ord_link_id,
    ]


def put_custom(w: BodyWriter, custom: Pairs) -> None:
    for tag, value in custom:
        put_text(w, int(tag), value)


def _put_allocs(w: BodyWriter, details: OrderDetails, fields: MessageFields) -> None:
    if fields.allocs is None or not details.allocs:
        return
    has = fields.allocs.members.find
    w.put_int(NO_ALLOCS, len(details.allocs))
    for alloc in details.allocs:
        texts = (
            (_ALLOC_ACCOUNT, alloc.account),
            (_ALLOC_SOURCE, alloc.source),
            (_ALLOC_CURRENCY, alloc.currency),
            (_ALLOC_ID, alloc.individual_id),
        )
        for tag, text in texts:
            if has(tag) is not None:
                put_text(w, tag, text)
        put_parties(w, alloc.parties, fields.nested_parties, NESTED)
        w.put_int(_ALLOC_QTY, alloc.qty)

"""Reads one frame into a Message, in a single pass over its fields.

Refused as garbled: BeginString(8), BodyLength(9), MsgType(35) not the first three in that order, CheckSum(10) not the
last, a BodyLength or CheckSum that is not true, a field that is not `tag=value<SOH>`. Everything else is recorded as it
came, also an empty value or a tag that no version knows, so that the validator can reject it by name.
A data field that follows its length field may contain SOH (FIX 4.4 volume 1, "Data fields").
"""

from __future__ import annotations

from typing import Final

from librt.vecs import append, vec
from mypy_extensions import i64

from kairos.fix import tags as t
from kairos.fix.data_tags import DATA_TAGS
from kairos.fix.errors import GarbledError
from kairos.fix.message import Message
from kairos.fix.values import SOH, checksum, parse_int

_EQUALS: Final = 61
_MINUS: Final = 45
_ZERO: Final = 48
_ONE: Final = 49

_MAX_TAG_DIGITS: Final = 9
"""More than any counterparty uses, and far from where 64 bits wrap."""
_TRAILER_BYTES: Final = 7
"""`10=nnn<SOH>`."""
_SHORTEST: Final = 20
"""`8=F|9=5|35=0|10=nnn|`."""
_USUAL_FIELDS: Final = 32

_LENGTH_TAGS_END: Final[i64] = max(DATA_TAGS) + 1
_IS_LENGTH: Final = bytes([tag in DATA_TAGS for tag in range(_LENGTH_TAGS_END)])
"""By tag; a look into bytes costs a hundredth of one into a dict, and every field is asked."""


def parse(raw: bytes) -> Message:
    """The message in one frame; GarbledError when it isn't one."""
    body_end: i64 = len(raw) - _TRAILER_BYTES
    _check_trailer(raw, body_end)
    tags = vec[i64](capacity=_USUAL_FIELDS)
    starts = vec[i64](capacity=_USUAL_FIELDS)
    ends = vec[i64](capacity=_USUAL_FIELDS)
    seq_num: i64 = 0
    data_tag: i64 = 0
    data_length: i64 = 0
    i: i64 = 0
    while i < body_end:
        start = _value_start(raw, i, body_end)
        tag = _tag(raw, i, start - 1)
        is_data = tag == data_tag and tag > 0
        end = _data_end(raw, start, data_length, body_end) if is_data else _value_end(raw, start)
        data_tag = 0
        if 0 < tag < _LENGTH_TAGS_END and _IS_LENGTH[tag]:
            data_length = _number_or_zero(raw, start, end)
            if data_length > 0:
                data_tag = DATA_TAGS[tag]
        elif tag == t.MSG_SEQ_NUM and seq_num == 0:
            seq_num = _number_or_zero(raw, start, end)
        tags = append(tags, tag)
        starts = append(starts, start)
        ends = append(ends, end)
        i = end + 1
    _check_head(raw, tags, starts, ends, body_end)
    tags = append(tags, t.CHECK_SUM)
    starts = append(starts, body_end + 3)
    ends = append(ends, body_end + 6)
    msg_type = raw[starts[2] : ends[2]].decode("iso-8859-1")
    return Message(raw, msg_type, seq_num, tags, starts, ends)


def _check_trailer(raw: bytes, at: i64) -> None:
    if at + _TRAILER_BYTES < _SHORTEST:
        raise GarbledError(f"{len(raw)} bytes are too short for a message")
    if raw[at - 1] != SOH or raw[at] != _ONE or raw[at + 1] != _ZERO or raw[at + 2] != _EQUALS or raw[at + 6] != SOH:
        raise GarbledError("CheckSum(10) is not the last field, or not of three digits")
    total = checksum(raw, 0, at)
    stated = _number_or_zero(raw, at + 3, at + 6)
    if stated != total or raw[at + 3] == _MINUS:
        raise GarbledError(f"CheckSum(10) is {raw[at + 3 : at + 6]!r}, the bytes sum to {total}")


def _check_head(raw: bytes, tags: vec[i64], starts: vec[i64], ends: vec[i64], body_end: i64) -> None:
    if len(tags) < 3 or tags[0] != t.BEGIN_STRING or tags[1] != t.BODY_LENGTH or tags[2] != t.MSG_TYPE:
        raise GarbledError("the first fields are not BeginString(8), BodyLength(9), MsgType(35)")
    length: i64 = body_end - ends[1] - 1
    if _number_or_zero(raw, starts[1], ends[1]) != length:
        raise GarbledError(f"BodyLength(9) is {raw[starts[1] : ends[1]][:20]!r}, the body has {length} bytes")


def _value_start(raw: bytes, start: i64, body_end: i64) -> i64:
    """Just behind the next `=`."""
    i: i64 = start
    while i < body_end:
        if raw[i] == _EQUALS:
            return i + 1
        i += 1
    raise GarbledError(f"no tag=value at byte {start}")


def _tag(raw: bytes, start: i64, end: i64) -> i64:
    """A tag's number. Zero and negative ones pass: the validator names them in its Reject(3)."""
    negative = raw[start] == _MINUS
    first: i64 = start + 1 if negative else start
    if first >= end or end - first > _MAX_TAG_DIGITS or (raw[first] == _ZERO and end - first > 1):
        raise GarbledError(f"not a tag at byte {start}: {raw[start:end][:20]!r}")
    tag: i64 = 0
    i: i64 = first
    while i < end:
        digit: i64 = raw[i] - _ZERO
        if digit < 0 or digit > 9:
            raise GarbledError(f"not a tag at byte {start}: {raw[start:end][:20]!r}")
        tag = tag * 10 + digit
        i += 1
    return -tag if negative else tag


def _value_end(raw: bytes, start: i64) -> i64:
    """The next SOH; there is one, since the byte before the trailer is."""
    i: i64 = start
    while raw[i] != SOH:
        i += 1
    return i


def _data_end(raw: bytes, start: i64, length: i64, body_end: i64) -> i64:
    if length >= body_end - start or raw[start + length] != SOH:
        raise GarbledError(f"the data field at byte {start} has not the {length} bytes that its length field says")
    return start + length


def _number_or_zero(raw: bytes, start: i64, end: i64) -> i64:
    """A number that is not negative; 0 when it can't be read."""
    try:
        value = parse_int(raw, start, end)
    except ValueError:
        return 0
    return value if value > 0 else 0

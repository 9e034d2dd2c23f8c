"""Reads one frame into a Message, in a single pass over its fields.

Refused as garbled: BeginString(8), BodyLength(9), MsgType(35) not the first three in that order, CheckSum(10) not the
last, a BodyLength or CheckSum that is not true, a field that is not `tag=value<SOH>`. Everything else is recorded as it
came, also an empty value or a tag that no version knows, so that the validator can reject it by name.
A data field that follows its length field may contain SOH (FIX 4.4 volume 1, "Data fields").

A session's messages mostly have the tags of one before. So its parser first tries the last few layouts: to see that a
field has the tag that is expected there is a comparison of one word. Only a message that fits none is read tag by tag.
"""

from __future__ import annotations

from typing import Final

from librt.strings import read_i64_le
from librt.vecs import extend, vec
from mypy_extensions import i64

from kairos.fix import tags as t
from kairos.fix.data_tags import DATA_TAGS
from kairos.fix.errors import GarbledError
from kairos.fix.layout import Layout
from kairos.fix.message import Message
from kairos.fix.values import SOH, checksum, parse_int

_EQUALS: Final = 61
_MINUS: Final = 45
_ZERO: Final = 48
_ONE: Final = 49
_NINE: Final = 57

_MAX_TAG_DIGITS: Final = 9
"""More than any counterparty uses, and far from where 64 bits wrap."""
_NO_TAG: Final = -1_000_000_000
"""Beyond any that is read."""
_TRAILER_BYTES: Final = 7
"""`10=nnn<SOH>`."""
_SHORTEST: Final = 20
"""`8=F|9=5|35=0|10=nnn|`."""
_USUAL_FIELDS: Final = 32
_BYTE: Final = 0xFF
_SOHS: Final = 0x01_01_01_01_01_01_01
_ONES: Final = 0x01_01_01_01_01_01_01
_HIGH_BITS: Final = 0x80_80_80_80_80_80_80
_TWO_BYTES: Final = 0xFF_FF
_FOUR_BYTES: Final = 0xFF_FF_FF_FF
_SEVEN_BYTES: Final = 0xFF_FF_FF_FF_FF_FF_FF
"""Fields are read from words of eight bytes, which costs half of what byte by byte does. The seven bytes of the trailer
are why there are eight from the beginning of any field, and of any value, on."""

_LENGTH_TAGS_START: Final[i64] = min(DATA_TAGS)
_LENGTH_TAGS_END: Final[i64] = max(DATA_TAGS) + 1
_IS_LENGTH: Final = bytes([tag in DATA_TAGS for tag in range(_LENGTH_TAGS_END)])
"""By tag; a look into bytes costs a hundredth of one into a dict, and every field is asked."""

_KEPT_LAYOUTS: Final = 4
"""New orders, replaces and cancels have one each, and limit orders one more than market orders."""
_FIRST_SHARED_TYPE: Final = "B"
"""Types before it are administrative: they are rare, and a Logon(A) may hold a password, which is not to be kept."""
_SEVEN_DIGITS: Final = 10_000_000
"""Tags below it, with their `=`, are a word."""
_PREFIX_MASKS: Final = vec[i64]([(1 << 8 * size) - 1 for size in range(8)] + [-1])
"""By number of bytes."""


class Expected:
    """A layout that the next message may have, as words to compare its bytes with."""

    __slots__ = ("_prefixes", "_seq_num_at", "_type_code", "_widths", "layout")

    def __init__(self, message: Message) -> None:
        self.layout: Final = message.layout
        prefixes = [b"%d=" % tag for tag in message.tags]
        self._prefixes = vec[i64]([int.from_bytes(prefix, "little") for prefix in prefixes])
        self._widths = vec[i64]([len(prefix) for prefix in prefixes])
        self._type_code: i64 = ord(message.msg_type)
        self._seq_num_at: i64 = message.find(t.MSG_SEQ_NUM)

    def read(self, raw: bytes, body_end: i64) -> Message | None:
        """The message of this layout in a frame; None when it has another, or is one that needs a closer look."""
        count: i64 = len(self._prefixes)
        starts = vec[i64]([0] * count)
        ends = vec[i64]([0] * count)
        first: i64 = 0
        i: i64 = 0
        while i < count - 1:
            width: i64 = self._widths[i]
            if first >= body_end or (read_i64_le(raw, first) ^ self._prefixes[i]) & _PREFIX_MASKS[width] != 0:
                return None
            start: i64 = first + width
            end = _value_end(raw, start)
            starts[i] = start
            ends[i] = end
            first = end + 1
            i += 1
        starts[i] = body_end + 3
        ends[i] = body_end + 6
        if first != body_end or ends[2] - starts[2] != 1 or raw[starts[2]] != self._type_code:
            return None
        seq_num = _number_or_zero(raw, starts[self._seq_num_at], ends[self._seq_num_at])
        if seq_num == 0:
            return None
        _check_length(raw, starts[1], ends[1], body_end)
        return Message(raw, self.layout, seq_num, starts, ends)


class Parser:
    """Reads the frames of one session."""

    __slots__ = ("_expected",)

    def __init__(self) -> None:
        self._expected: list[Expected] = []

    def parse(self, raw: bytes) -> Message:
        """The message in one frame; GarbledError when it isn't one."""
        body_end: i64 = len(raw) - _TRAILER_BYTES
        _check_trailer(raw, body_end)
        for expected in self._expected:
            message = expected.read(raw, body_end)
            if message is not None:
                return message
        message = _read(raw, body_end)
        if _can_be_expected(message):
            message.layout.share()
            self._expected.insert(0, Expected(message))
            del self._expected[_KEPT_LAYOUTS:]
        return message


def _can_be_expected(message: Message) -> bool:
    """Not one with data fields, whose ends their length fields tell, or with a strange tag."""
    if len(message.msg_type) != 1 or message.msg_type < _FIRST_SHARED_TYPE or message.seq_num == 0:
        return False
    return all(0 < tag < _SEVEN_DIGITS and tag not in DATA_TAGS for tag in message.tags)


def parse(raw: bytes) -> Message:
    """The message in one frame that came alone; GarbledError when it isn't one."""
    body_end: i64 = len(raw) - _TRAILER_BYTES
    _check_trailer(raw, body_end)
    return _read(raw, body_end)


def _read(raw: bytes, body_end: i64) -> Message:
    """The message, tag by tag."""
    room: i64 = _USUAL_FIELDS
    tags = vec[i64]([0] * _USUAL_FIELDS)
    starts = vec[i64]([0] * _USUAL_FIELDS)
    ends = vec[i64]([0] * _USUAL_FIELDS)
    count: i64 = 0
    seq_num: i64 = 0
    data_tag: i64 = _NO_TAG
    data_length: i64 = 0
    first: i64 = 0
    while first < body_end:
        word: i64 = read_i64_le(raw, first)
        tag: i64 = 0
        at: i64 = first
        while _ZERO <= word & _BYTE <= _NINE:
            tag = tag * 10 + (word & _BYTE) - _ZERO
            word >>= 8
            at += 1
        if word & _BYTE != _EQUALS or tag == 0 or raw[first] == _ZERO:
            at = _equals(raw, first, body_end)
            tag = _unusual_tag(raw, first, at)
        start: i64 = at + 1
        end = _value_end(raw, start) if tag != data_tag else _data_end(raw, start, data_length, body_end)
        data_tag = _NO_TAG
        if tag >= _LENGTH_TAGS_START and tag < _LENGTH_TAGS_END and _IS_LENGTH[tag]:
            data_length = _number_or_zero(raw, start, end)
            if data_length > 0:
                data_tag = DATA_TAGS[tag]
        elif tag == t.MSG_SEQ_NUM and seq_num == 0:
            seq_num = _number_or_zero(raw, start, end)
        if count + 1 == room:
            tags, starts, ends = _doubled(tags), _doubled(starts), _doubled(ends)
            room *= 2
        tags[count] = tag
        starts[count] = start
        ends[count] = end
        count += 1
        first = end + 1
    tags[count] = t.CHECK_SUM
    starts[count] = body_end + 3
    ends[count] = body_end + 6
    count += 1
    _check_head(raw, tags, starts, ends, count, body_end)
    msg_type = raw[starts[2] : ends[2]].decode("iso-8859-1")
    return Message(raw, Layout(msg_type, tags[:count]), seq_num, starts[:count], ends[:count])


def _doubled(numbers: vec[i64]) -> vec[i64]:
    """The same with as much room again."""
    return extend(numbers, numbers)


def _check_trailer(raw: bytes, at: i64) -> None:
    if at + _TRAILER_BYTES < _SHORTEST:
        raise GarbledError(f"{len(raw)} bytes are too short for a message")
    if raw[at - 1] != SOH or raw[at] != _ONE or raw[at + 1] != _ZERO or raw[at + 2] != _EQUALS or raw[at + 6] != SOH:
        raise GarbledError("CheckSum(10) is not the last field, or not of three digits")
    total = checksum(raw, 0, at)
    stated = _number_or_zero(raw, at + 3, at + 6)
    if stated != total or raw[at + 3] == _MINUS:
        raise GarbledError(f"CheckSum(10) is {raw[at + 3 : at + 6]!r}, the bytes sum to {total}")


def _check_head(raw: bytes, tags: vec[i64], starts: vec[i64], ends: vec[i64], count: i64, body_end: i64) -> None:
    if count < 4 or tags[0] != t.BEGIN_STRING or tags[1] != t.BODY_LENGTH or tags[2] != t.MSG_TYPE:
        raise GarbledError("the first fields are not BeginString(8), BodyLength(9), MsgType(35)")
    _check_length(raw, starts[1], ends[1], body_end)


def _check_length(raw: bytes, start: i64, end: i64, body_end: i64) -> None:
    length: i64 = body_end - end - 1
    if _number_or_zero(raw, start, end) != length:
        raise GarbledError(f"BodyLength(9) is {raw[start:end][:20]!r}, the body has {length} bytes")


def _equals(raw: bytes, start: i64, body_end: i64) -> i64:
    """Where the next `=` is."""
    i: i64 = start
    while i < body_end:
        if raw[i] == _EQUALS:
            return i
        i += 1
    raise GarbledError(f"no tag=value at byte {start}")


def _unusual_tag(raw: bytes, start: i64, end: i64) -> i64:
    """A tag that is not simply a positive number. Zero and negative ones pass: the validator names them in its
    Reject(3)."""
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
    """The next SOH; there is one, since the byte before the trailer is.

    Seven bytes are tested at a time: those that are SOH become zero, and only from a zero byte does the subtraction of
    one borrow into a high bit that was clear. The lowest high bit that is set then tells which byte it was.
    """
    end: i64 = start
    word: i64 = read_i64_le(raw, end) ^ _SOHS
    found: i64 = ((word & _SEVEN_BYTES) - _ONES) & ~word & _HIGH_BITS
    while found == 0:
        end += 7
        word = read_i64_le(raw, end) ^ _SOHS
        found = ((word & _SEVEN_BYTES) - _ONES) & ~word & _HIGH_BITS
    if found & _FOUR_BYTES == 0:
        found >>= 32
        end += 4
    if found & _TWO_BYTES == 0:
        found >>= 16
        end += 2
    return end if found & _BYTE != 0 else end + 1


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
    if value < 0:
        return 0
    return value

"""One FIX message: its bytes, and where each field's value lies in them.

The parser notes three numbers a field (tag, start, end) and copies nothing; a value is decoded when it is asked for.
Repeated tags keep their arrival order, which is what repeating groups are read by (see `groups`).
Which fields there are is the message's layout (see `layout`).
"""

from __future__ import annotations

from typing import Final

from librt.vecs import vec
from mypy_extensions import i64, mypyc_attr

from kairos.fix import tags as t
from kairos.fix.dictionary import field_label
from kairos.fix.encodings import decode_text, is_known_encoding
from kairos.fix.errors import FieldError
from kairos.fix.layout import ABSENT, TABLE_FIELDS, TABLE_MASK, Layout
from kairos.fix.values import parse_bool, parse_decimal, parse_int, parse_utc, parse_utc_date

_CHARACTERS: Final = [chr(code) for code in range(256)]


@mypyc_attr(acyclic=True)
class Message:
    """A message that was parsed; the offsets are of values in `raw`, in arrival order.

    `seq_num` is MsgSeqNum(34), or 0 when that field is absent or not a positive number.
    """

    __slots__ = ("_first", "ends", "layout", "msg_type", "raw", "seq_num", "starts", "tags")

    def __init__(self, raw: bytes, layout: Layout, seq_num: i64, starts: vec[i64], ends: vec[i64]) -> None:
        self.raw = raw
        self.layout = layout
        self.msg_type = layout.msg_type
        self.tags = layout.tags
        self._first = layout.first
        self.seq_num: i64 = seq_num
        self.starts = starts
        self.ends = ends

    def count(self) -> i64:
        """The number of fields."""
        return len(self.tags)

    def find(self, tag: i64, start: i64 = 0) -> i64:
        """The index of the first field with that tag from `start` on, or -1."""
        entry = i64(self._first[tag & TABLE_MASK])
        i: i64 = TABLE_FIELDS
        if entry > 0:
            i = entry - 1
        i = max(i, start)
        n: i64 = len(self.tags)
        while i < n:
            if self.tags[i] == tag:
                return i
            i += 1
        return ABSENT

    def has(self, tag: i64) -> bool:
        return self.find(tag) >= 0

    def get(self, tag: i64) -> str:
        """The field's text, "" when it is absent."""
        i = self.find(tag)
        return self.text_at(i) if i >= 0 else ""

    def get_int(self, tag: i64, default: i64 = 0) -> i64:
        i = self.find(tag)
        if i < 0:
            return default
        return self.int_at(i)

    def get_decimal(self, tag: i64, decimals: i64) -> i64:
        """The exact value times 10**decimals, 0 when the field is absent."""
        i = self.find(tag)
        if i < 0:
            return 0
        return self.decimal_at(i, decimals)

    def get_utc(self, tag: i64) -> i64:
        """Nanoseconds since 1970, 0 when the field is absent."""
        i = self.find(tag)
        if i < 0:
            return 0
        return self.utc_at(i)

    def get_utc_date(self, tag: i64) -> i64:
        """Days since 1970-01-01, 0 when the field is absent."""
        i = self.find(tag)
        if i < 0:
            return 0
        return self.utc_date_at(i)

    def get_bool(self, tag: i64) -> bool:
        """False when the field is absent."""
        i = self.find(tag)
        return self.bool_at(i) if i >= 0 else False

    def get_encoded(self, tag: i64) -> str:
        """The text of a field such as EncodedText(355), by MessageEncoding(347); "" when it is absent."""
        i = self.find(tag)
        if i < 0:
            return ""
        named = self.find(t.MESSAGE_ENCODING)
        if named < 0:
            text = f"{field_label(t.MESSAGE_ENCODING)} is required with {field_label(tag)}"
            raise FieldError(t.MESSAGE_ENCODING, t.REQUIRED_TAG_MISSING, text)
        encoding = self.text_at(named)
        if not is_known_encoding(encoding):
            text = f"{field_label(t.MESSAGE_ENCODING)} {encoding[:64]!r} is not one that we read"
            raise FieldError(t.MESSAGE_ENCODING, t.VALUE_IS_INCORRECT, text)
        try:
            return decode_text(self.bytes_at(i), encoding)
        except ValueError:
            text = f"{field_label(tag)} is not {encoding}, which {field_label(t.MESSAGE_ENCODING)} says it is"
            raise FieldError(tag, t.INCORRECT_DATA_FORMAT, text) from None

    def says(self, tag: i64, value: bytes) -> bool:
        """Whether the field is there and has this value."""
        i = self.find(tag)
        if i < 0:
            return False
        start: i64 = self.starts[i]
        size: i64 = len(value)
        if self.ends[i] - start != size:
            return False
        raw = self.raw
        at: i64 = 0
        while at < size:
            if raw[start + at] != value[at]:
                return False
            at += 1
        return True

    def has_value(self, tag: i64) -> bool:
        """Whether the field is there and not empty."""
        i = self.find(tag)
        return i >= 0 and self.ends[i] > self.starts[i]

    def bytes_at(self, i: i64) -> bytes:
        return self.raw[self.starts[i] : self.ends[i]]

    def text_at(self, i: i64) -> str:
        start: i64 = self.starts[i]
        end: i64 = self.ends[i]
        if end - start == 1:  # a code, as half of an order's fields are
            return _CHARACTERS[self.raw[start]]
        return self.layout.text(i, self.raw, start, end)

    def int_at(self, i: i64) -> i64:
        try:
            return parse_int(self.raw, self.starts[i], self.ends[i])
        except ValueError as error:
            raise self._bad_format(i, error) from None

    def decimal_at(self, i: i64, decimals: i64) -> i64:
        try:
            return parse_decimal(self.raw, self.starts[i], self.ends[i], decimals)
        except ValueError as error:
            raise self._bad_format(i, error) from None

    def utc_at(self, i: i64) -> i64:
        try:
            return parse_utc(self.raw, self.starts[i], self.ends[i])
        except ValueError as error:
            raise self._bad_format(i, error) from None

    def utc_date_at(self, i: i64) -> i64:
        try:
            return parse_utc_date(self.raw, self.starts[i], self.ends[i])
        except ValueError as error:
            raise self._bad_format(i, error) from None

    def bool_at(self, i: i64) -> bool:
        try:
            return parse_bool(self.raw, self.starts[i], self.ends[i])
        except ValueError as error:
            raise self._bad_format(i, error) from None

    def _bad_format(self, i: i64, error: ValueError) -> FieldError:
        tag: i64 = self.tags[i]
        text = f"{field_label(tag)} is {self.text_at(i)[:64]!r}: {error}"
        return FieldError(tag, t.INCORRECT_DATA_FORMAT, text)

    def __repr__(self) -> str:
        text = self.raw.replace(b"\x01", b"|").decode("iso-8859-1")
        return f"Message({text!r})"

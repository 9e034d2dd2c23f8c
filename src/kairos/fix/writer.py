"""Writes FIX messages: a body field by field, then a frame around it.

Header fields follow 8, 9 and 35 in ascending order of their tags, which FIX allows and the conformance definitions of
QuickFIX expect. A value that FIX can't carry (empty, or with SOH inside) is our own mistake: LocalError.
"""

from __future__ import annotations

from typing import Final

from librt.strings import BytesWriter
from mypy_extensions import i64

from kairos.fix import tags as t
from kairos.fix.encodings import encode_text, is_known_encoding
from kairos.fix.errors import LocalError
from kairos.fix.values import SOH, checksum, format_decimal, format_utc

_ZERO: Final = 48
_CACHED_TAGS: Final = 2000
"""FIX 5.0 SP2 defines tags up to about 1,600; others are formatted when they are used."""
_PREFIXES: Final[list[bytes]] = [str(tag).encode("ascii") + b"=" for tag in range(_CACHED_TAGS)]


def _encode(tag: i64, value: str) -> bytes:
    try:
        return value.encode("iso-8859-1")
    except UnicodeEncodeError:
        raise LocalError(f"tag {tag}: {value[:64]!r} is not ISO-8859-1; use an Encoded field") from None


def _check(tag: i64, value: bytes) -> None:
    size: i64 = len(value)
    if size == 0:
        raise LocalError(f"tag {tag}: FIX can't carry an empty value; leave the field out")
    i: i64 = 0
    while i < size:
        if value[i] == SOH:
            raise LocalError(f"tag {tag}: {value[:64]!r} contains SOH; use a data field")
        i += 1


class BodyWriter:
    """Collects the fields of a body in the order in which they are put."""

    __slots__ = ("_writer",)

    def __init__(self) -> None:
        self._writer = BytesWriter()

    def put_bytes(self, tag: i64, value: bytes) -> None:
        _check(tag, value)
        self._put(tag, value)

    def put_str(self, tag: i64, value: str) -> None:
        self.put_bytes(tag, _encode(tag, value))

    def put_int(self, tag: i64, value: i64) -> None:
        if 0 <= value <= 9:
            self._put_byte(tag, _ZERO + value)
        else:
            self._put(tag, str(value).encode("ascii"))

    def put_decimal(self, tag: i64, value: i64, decimals: i64) -> None:
        """value / 10**decimals, in its shortest exact text."""
        try:
            text = format_decimal(value, decimals)
        except ValueError as error:
            raise LocalError(f"tag {tag}: {value} with {decimals} decimals: {error}") from None
        self._put(tag, text)

    def put_utc(self, tag: i64, ns: i64) -> None:
        """UTCTimestamp to the millisecond."""
        self._put(tag, format_utc(ns))

    def put_bool(self, tag: i64, value: bool) -> None:
        self._put_byte(tag, 89 if value else 78)

    def put_data(self, length_tag: i64, data_tag: i64, value: bytes) -> None:
        """A data field after its length field; any byte is allowed."""
        if not value:
            raise LocalError(f"tag {data_tag}: FIX can't carry an empty value; leave the field out")
        self.put_int(length_tag, len(value))
        self._put(data_tag, value)

    def put_encoded(self, length_tag: i64, data_tag: i64, text: str, encoding: str) -> None:
        """An encoded field after its length field; the header has to name the encoding, by MessageEncoding(347)."""
        if not is_known_encoding(encoding):
            raise LocalError(f"MessageEncoding(347) {encoding!r} is not one that we write; see kairos.fix.encodings")
        try:
            data = encode_text(text, encoding)
        except ValueError:
            raise LocalError(f"tag {data_tag}: {text[:64]!r} can't be written in {encoding}; use UTF-8") from None
        self.put_data(length_tag, data_tag, data)

    def body(self) -> bytes:
        return self._writer.getvalue()

    def _put(self, tag: i64, value: bytes) -> None:
        _put_field(self._writer, tag, value)

    def _put_byte(self, tag: i64, value: i64) -> None:
        w = self._writer
        w.write(_prefix(tag))
        w.append(value)
        w.append(SOH)


def _prefix(tag: i64) -> bytes:
    if tag <= 0:
        raise LocalError(f"tag {tag}: a tag is a positive number")
    return _PREFIXES[tag] if tag < _CACHED_TAGS else str(tag).encode("ascii") + b"="


def _put_field(w: BytesWriter, tag: i64, value: bytes) -> None:
    w.write(_prefix(tag))
    w.write(value)
    w.append(SOH)


def encode_frame(
    begin_string: str,
    msg_type: str,
    seq: i64,
    sender: str,
    target: str,
    sending_time: bytes,
    body: bytes,
    poss_dup: bool = False,
    orig_sending_time: bytes = b"",
    poss_resend: bool = False,
    extra_header: bytes = b"",
) -> bytes:
    """A whole message; `body` is a BodyWriter's.

    `extra_header` is further header fields, encoded (`128=X<SOH>`); data fields and groups can't be among them, since
    it is sorted by tag.
    """
    head = BodyWriter()
    head.put_int(t.MSG_SEQ_NUM, seq)
    if poss_dup:
        head.put_bool(t.POSS_DUP_FLAG, True)
    head.put_str(t.SENDER_COMP_ID, sender)
    head.put_bytes(t.SENDING_TIME, sending_time)
    head.put_str(t.TARGET_COMP_ID, target)
    if poss_resend:
        head.put_bool(t.POSS_RESEND, True)
    if orig_sending_time:
        head.put_bytes(t.ORIG_SENDING_TIME, orig_sending_time)
    header = head.body()
    if extra_header:
        header = _in_tag_order(header + extra_header)
    if body and not body.endswith(b"\x01"):
        raise LocalError(f"MsgType(35) {msg_type!r}: the body doesn't end with SOH; make it with a BodyWriter")
    return _framed(begin_string, msg_type, header + body)


def _framed(begin_string: str, msg_type: str, rest: bytes) -> bytes:
    type_text = _encode(t.MSG_TYPE, msg_type)
    _check(t.MSG_TYPE, type_text)
    w = BytesWriter()
    _put_field(w, t.BEGIN_STRING, _encode(t.BEGIN_STRING, begin_string))
    length: i64 = len(b"35=") + len(type_text) + 1 + len(rest)
    _put_field(w, t.BODY_LENGTH, str(length).encode("ascii"))
    _put_field(w, t.MSG_TYPE, type_text)
    w.write(rest)
    bare = w.getvalue()
    total = checksum(bare, 0, len(bare))
    w.write(b"10=")
    w.append(_ZERO + total // 100)
    w.append(_ZERO + total // 10 % 10)
    w.append(_ZERO + total % 10)
    w.append(SOH)
    return w.getvalue()


def _in_tag_order(fields: bytes) -> bytes:
    """The same fields with ascending tags; the order of equal tags stays."""
    if not fields.endswith(b"\x01"):
        raise LocalError("extra_header doesn't end with SOH; make it with a BodyWriter")
    try:
        ordered = sorted(fields.split(b"\x01")[:-1], key=_tag_of)
    except ValueError:
        raise LocalError(f"extra_header {fields[:80]!r} is not fields of text; make it with a BodyWriter") from None
    return b"\x01".join(ordered) + b"\x01"


def _tag_of(field: bytes) -> int:
    return int(field[: field.index(b"=")])

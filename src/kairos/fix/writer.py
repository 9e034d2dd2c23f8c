"""Writes FIX messages: a body field by field, then a frame around it.

Header fields follow 8, 9 and 35 in ascending order of their tags, which FIX allows and the conformance definitions of
QuickFIX expect. A value that FIX can't carry (empty, or with SOH inside) is our own mistake: LocalError.
"""

from __future__ import annotations

from typing import Final

from librt.strings import BytesWriter, write_i64_le
from librt.vecs import vec
from mypy_extensions import i64

from kairos.fix import tags as t
from kairos.fix.digits import put_int
from kairos.fix.encodings import encode_text, is_known_encoding
from kairos.fix.errors import LocalError
from kairos.fix.values import SOH, checksum, format_utc, put_decimal

_EQUALS: Final = 61
_YES: Final = 89
_NO: Final = 78
_LAST_LATIN: Final = 255
_SHORT_TEXT: Final = 7
"""Up to so many characters are put together as one word, with the SOH behind them; see `digits`."""
_SHORT_NUMBER: Final = 10_000_000
"""So are the digits of numbers below it."""
_ZERO: Final = 48
_WORD: Final = 8
_PREFIXES_END: Final = 1000
_PREFIXES: Final = vec[i64]([int.from_bytes(b"%d=" % tag, "little") for tag in range(_PREFIXES_END)])
"""By tag, as the word that is written for it; see `digits`."""
_TRAILERS: Final = [b"10=%03d\x01" % total for total in range(256)]
"""By checksum."""


def _encode(tag: i64, value: str) -> bytes:
    try:
        return value.encode("iso-8859-1")
    except UnicodeEncodeError:
        raise LocalError(f"tag {tag}: {value[:64]!r} is not ISO-8859-1; use an Encoded field") from None


def _check(tag: i64, value: bytes) -> None:
    if not value:
        raise LocalError(f"tag {tag}: FIX can't carry an empty value; leave the field out")
    if SOH in value:
        raise LocalError(f"tag {tag}: {value[:64]!r} contains SOH; use a data field")


class BodyWriter:
    """Collects the fields of a body in the order in which they are put."""

    __slots__ = ("_writer",)

    def __init__(self) -> None:
        self._writer = BytesWriter()

    def put_bytes(self, tag: i64, value: bytes) -> None:
        _check(tag, value)
        _put_field(self._writer, tag, value)

    def put_str(self, tag: i64, value: str) -> None:
        put_text(self._writer, tag, value)

    def put_int(self, tag: i64, value: i64) -> None:
        w = self._writer
        if 0 <= value < _SHORT_NUMBER:
            word: i64 = SOH
            size: i64 = 2
            while value >= 10:
                rest: i64 = value // 10
                word = word << 8 | _ZERO + value - rest * 10
                value = rest
                size += 1
            _put_word(w, tag, word << 8 | _ZERO + value, size)
            return
        _put_prefix(w, tag)
        put_int(w, value)
        w.append(SOH)

    def put_decimal(self, tag: i64, value: i64, decimals: i64) -> None:
        """value / 10**decimals, in its shortest exact text."""
        if value == 0:
            self.put_int(tag, 0)
            return
        w = self._writer
        before: i64 = len(w)
        _put_prefix(w, tag)
        try:
            put_decimal(w, value, decimals)
        except ValueError as error:
            w.truncate(before)
            raise LocalError(f"tag {tag}: {value} with {decimals} decimals: {error}") from None
        w.append(SOH)

    def put_utc(self, tag: i64, ns: i64) -> None:
        """UTCTimestamp to the millisecond."""
        _put_field(self._writer, tag, format_utc(ns))

    def put_bool(self, tag: i64, value: bool) -> None:
        w = self._writer
        _put_prefix(w, tag)
        w.append(_YES if value else _NO)
        w.append(SOH)

    def put_data(self, length_tag: i64, data_tag: i64, value: bytes) -> None:
        """A data field after its length field; any byte is allowed."""
        if not value:
            raise LocalError(f"tag {data_tag}: FIX can't carry an empty value; leave the field out")
        self.put_int(length_tag, len(value))
        _put_field(self._writer, data_tag, value)

    def put_encoded(self, length_tag: i64, data_tag: i64, text: str, encoding: str) -> None:
        """An encoded field after its length field; the header has to name the encoding, by MessageEncoding(347)."""
        if not is_known_encoding(encoding):
            raise LocalError(f"MessageEncoding(347) {encoding!r} is not one that we write; see kairos.fix.encodings")
        try:
            data = encode_text(text, encoding)
        except ValueError:
            raise LocalError(f"tag {data_tag}: {text[:64]!r} can't be written in {encoding}; use UTF-8") from None
        self.put_data(length_tag, data_tag, data)

    def put_fields(self, fields: bytes) -> None:
        """Whole fields, the `body` of another writer."""
        self._writer.write(fields)

    def clear(self) -> None:
        """Begin anew."""
        self._writer.truncate(0)

    def body(self) -> bytes:
        return self._writer.getvalue()


def _put_prefix(w: BytesWriter, tag: i64) -> None:
    if 0 < tag < _PREFIXES_END:
        length: i64 = len(w)
        write_i64_le(w, _PREFIXES[tag])
        if tag < 10:
            w.truncate(length + 2)
        elif tag < 100:
            w.truncate(length + 3)
        else:
            w.truncate(length + 4)
    elif tag > 0:
        put_int(w, tag)
        w.append(_EQUALS)
    else:
        raise LocalError(f"tag {tag}: a tag is a positive number")


def _put_field(w: BytesWriter, tag: i64, value: bytes) -> None:
    _put_prefix(w, tag)
    w.write(value)
    w.append(SOH)


def put_text(w: BytesWriter, tag: i64, value: str) -> None:
    """A field of text. One that FIX can't carry is refused, and then nothing of it is written."""
    size: i64 = len(value)
    if not 0 < size <= _SHORT_TEXT:
        text = _encode(tag, value)
        _check(tag, text)
        _put_field(w, tag, text)
        return
    word: i64 = SOH
    i: i64 = size
    while i > 0:
        i -= 1
        character: i64 = ord(value[i])
        if character == SOH or character > _LAST_LATIN:
            _check(tag, _encode(tag, value))
        word = word << 8 | character
    _put_word(w, tag, word, size + 1)


def _put_word(w: BytesWriter, tag: i64, word: i64, size: i64) -> None:
    """A field whose value, with the SOH behind it, is so many bytes of a word. Mostly its tag has room there too."""
    if not 0 < tag < _PREFIXES_END:
        _put_prefix(w, tag)
        length: i64 = len(w)
        write_i64_le(w, word)
        w.truncate(length + size)
        return
    width: i64 = 4
    if tag < 10:
        width = 2
    elif tag < 100:
        width = 3
    end: i64 = len(w) + width + size
    if width + size <= _WORD:
        write_i64_le(w, _PREFIXES[tag] | word << 8 * width)
    else:
        write_i64_le(w, _PREFIXES[tag])
        w.truncate(end - size)
        write_i64_le(w, word)
    w.truncate(end)


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
    check_body(msg_type, body)
    return _framed(begin_string, msg_type, header + body)


def check_body(msg_type: str, body: bytes) -> None:
    if body and body[-1] != SOH:
        raise LocalError(f"MsgType(35) {msg_type!r}: the body doesn't end with SOH; make it with a BodyWriter")


def _framed(begin_string: str, msg_type: str, rest: bytes) -> bytes:
    head = BytesWriter()
    put_text(head, t.MSG_TYPE, msg_type)
    length: i64 = len(head) + len(rest)
    w = BytesWriter()
    _put_field(w, t.BEGIN_STRING, _encode(t.BEGIN_STRING, begin_string))
    _put_field(w, t.BODY_LENGTH, str(length).encode("ascii"))
    w.write(head.getvalue())
    return closed(w.getvalue() + rest)


def closed(frame: bytes) -> bytes:
    """With its CheckSum(10)."""
    return frame + trailer(frame)


def trailer(frame: bytes) -> bytes:
    """The CheckSum(10) that belongs behind these bytes."""
    return _TRAILERS[checksum(frame, 0, len(frame))]


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

"""Where a FIX message begins in any text, and the ways in which its text can be read back into wire bytes.

On the wire a field ends with SOH; in a log it ends with whatever its writer found legible: SOH, a spelling of SOH, or
up to three signs or blanks. What stands behind BeginString(8) is the delimiter of the message. One that is not SOH may
stand in a value as well, so it ends a field only where a tag or the end of the line follows.
Writers also wrap lines, or escape the text for JSON or XML. Each such habit is a Reading; BodyLength(9) and
CheckSum(10) tell which one is right.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Final, TypeAlias

from kairos.fix.data_tags import DATA_TAGS

SOH: Final = b"\x01"

_DELIMITER = (
    rb"\x01|\\+(?:[uU]0001|[xX]01|001)|[<\[({](?:[sS][oO][hH]|0[xX]0?1|01)[>\])}]|%01|&#(?:[xX]0*1|0*1);|\^A"
    rb"|[ \t]{0,2}[^\w\s=.]{1,3}[ \t]{0,2}|[ \t]{1,4}"
)
_BEGIN_STRING = rb"[\r\n]*".join([b"8", b"=", b"F", b"I", b"X"]) + rb"[\w.\r\n]{0,16}?"
_OTHER_BEGIN_STRING = rb"8=(?=\S{1,16}?[^\w=.]{1,6}9=\d{1,6}\D{1,6}35=)[\w.]{0,16}?"
_TAG_FOLLOWS = rb"(?=[\r\n]*-?[\r\n]*\d[\d\r\n]{0,10}=)"

_NOT_IN_A_NUMBER = rb"(?:(?<!\d)|(?<=10=\d\d\d)|(?<=\\x01)|(?<=\\001)|(?<=u0001))"
_BEGIN = (
    rb"(?:" + _BEGIN_STRING + rb"|" + _OTHER_BEGIN_STRING + rb")(?P<first>" + _DELIMITER + rb")"
    rb"(?:" + _TAG_FOLLOWS + rb"|(?<=\x01))"
)

BEGIN: Final = re.compile(_NOT_IN_A_NUMBER + _BEGIN)
"""A message that begins with BeginString(8)."""

_HEADLESS = (
    rb"9=\d{1,6}(?P<second>" + _DELIMITER + rb")(?=35=\w{1,3}[^\w=])"
    rb"|35=\w{1,3}(?P<third>" + _DELIMITER + rb")(?=34=\d|49=\w)"
)

START: Final = re.compile(_NOT_IN_A_NUMBER + rb"(?:" + _BEGIN + rb"|" + _HEADLESS + rb")")
"""Also a message that has lost its first one or two fields: it is to be refused by name, not passed over."""

HEADLESS_LINE: Final = re.compile(rb"[\r\n][^\r\n]*?" + _NOT_IN_A_NUMBER + rb"(?:" + _HEADLESS + rb")")
"""Such a message on a line of its own, with the line break before it."""

_LINE_BREAK: Final = re.compile(rb"[\r\n]+")
_INDENTED_BREAK: Final = re.compile(rb"[\r\n]+[ \t]+")
_JSON_ESCAPE: Final = re.compile(rb'\\(?:(["\\/])|([bfnrt])|u([0-9a-fA-F]{4}))')
_JSON_SHORT: Final = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t"}

_Step: TypeAlias = Callable[[bytes], bytes]


def delimiter_of(start: re.Match[bytes]) -> bytes:
    return start["first"] or start["second"] or start["third"]


class Reading:
    """One way from text to wire bytes: `before` the delimiters become SOH, `fields` for them, `after` it."""

    __slots__ = ("_after", "_before", "_fields", "name", "same_length")

    def __init__(self, name: str, fields: _Step, *, before: _Step | None = None, after: _Step | None = None) -> None:
        self.name: Final = name
        self._before: Final = before
        self._fields: Final = fields
        self._after: Final = after
        self.same_length: Final = fields is _as_it_is and before is None and after is None

    def wire(self, text: bytes) -> bytes:
        """The bytes that were on the wire."""
        text = self._fields(text if self._before is None else self._before(text))
        return text if self._after is None else self._after(text)

    def text_length(self, text: bytes, wire_length: int) -> int:
        """How much of the text makes up the first `wire_length` bytes of the wire."""
        if self.same_length:
            return wire_length
        low, high = 0, len(text)
        while low < high:
            middle = (low + high) // 2
            if len(self.wire(text[:middle])) < wire_length:
                low = middle + 1
            else:
                high = middle
        return low


def plain_reading(delimiter: bytes) -> Reading:
    """Delimiters become SOH, and nothing else was done to the message."""
    return Reading("", _fields_step(delimiter))


def readings(text: bytes, delimiter: bytes) -> list[Reading]:
    """The ways that the text of one message may be meant, the likeliest first."""
    fields = _fields_step(delimiter)
    found = [Reading("", fields)]
    if delimiter != SOH:
        if any(re.search(re.escape(delimiter) + b"%d=" % tag, text) for tag in DATA_TAGS):
            found.append(Reading("data fields taken by their length", _data_by_length(delimiter)))
        found.append(Reading("every delimiter ends a field", lambda part: part.replace(delimiter, SOH)))
    if b"\n" in text or b"\r" in text:
        found.append(Reading("line breaks removed", fields, before=lambda part: _LINE_BREAK.sub(b"", part)))
    if _INDENTED_BREAK.search(text):
        found.append(Reading("line breaks removed", fields, before=lambda part: _INDENTED_BREAK.sub(b"", part)))
    if b"\\" in text.replace(delimiter, b""):
        found.append(Reading("JSON escapes undone", fields, after=_without_json_escapes))
    if b"&" in text.replace(delimiter, b""):
        found.append(Reading("XML escapes undone", fields, after=_without_xml_escapes))
    return found


def _fields_step(delimiter: bytes) -> _Step:
    return _as_it_is if delimiter == SOH else _delimiters_before_tags(delimiter)


def _as_it_is(text: bytes) -> bytes:
    return text


def _delimiters_before_tags(delimiter: bytes) -> _Step:
    pattern = re.compile(re.escape(delimiter) + rb"(?=-?\d{1,9}=|[\r\n]|\Z)")
    return lambda text: pattern.sub(SOH, text)


def _data_by_length(delimiter: bytes) -> _Step:
    """As above, but what a length field announces is copied as it stands."""
    to_soh = _delimiters_before_tags(delimiter)
    announced = re.compile(re.escape(delimiter) + rb"(\d{1,4})=(\d{1,6})" + re.escape(delimiter) + rb"(\d{1,4})=")

    def convert(text: bytes) -> bytes:
        parts: list[bytes] = []
        at = 0
        for match in announced.finditer(text):
            end = match.end() + int(match[2])
            if match.start() < at or DATA_TAGS.get(int(match[1])) != int(match[3]):
                continue
            if text[end : end + len(delimiter)] == delimiter:
                parts += [to_soh(text[at : match.end()]), text[match.end() : end]]
                at = end
        return b"".join([*parts, to_soh(text[at:])])

    return convert


def _without_json_escapes(text: bytes) -> bytes:
    def plain(match: re.Match[bytes]) -> bytes:
        return match[1] or _JSON_SHORT.get(match[2], b"") or chr(int(match[3], 16)).encode("utf-8", "replace")

    return _JSON_ESCAPE.sub(plain, text)


def _without_xml_escapes(text: bytes) -> bytes:
    return html.unescape(text.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")

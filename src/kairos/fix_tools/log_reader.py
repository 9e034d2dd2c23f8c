"""Finds the FIX messages in any log, as a stream: a bounded window of the text is looked at, whatever the file's size.

What BodyLength(9) and CheckSum(10) confirm is a message, even when its data holds another one. Where they don't, the
message ends with its CheckSum(10), or else with the last of its lines that looks like FIX; it never reaches into the
message that follows. Line numbers count from 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from kairos.fix_tools.log_text import BEGIN, HEADLESS_LINE, SOH, START, Reading, delimiter_of, plain_reading, readings

MAX_MESSAGE_BYTES: Final = 524_288
"""Text of one message that is looked at: the largest frame of `kairos.fix.framing`, with two bytes a delimiter."""

MAX_PREFIX_BYTES: Final = 400
"""What stands before a message on its line: time, level, thread, logger. More is something else, and not shown."""

_HEAD_BYTES: Final = 80
"""Enough to hold BeginString(8) and BodyLength(9), each with a delimiter of a dozen characters."""

_STATED_LENGTH: Final = re.compile(rb"8=[^\x01]{1,24}\x019=(\d{1,6})\x01")
_TRAILER: Final = re.compile(rb"\x0110=(\d{3}(?=8=FIX)|\d{1,6}|[^\x01\s]{0,3})")
_FIELDS_IN_LINE: Final = re.compile(rb"^-?\d{1,9}=|[^\w\s.=]\d{1,9}=|^[^\w\s.=]")
_MSG_TYPE: Final = re.compile(rb"\D35=")
_LINE: Final = re.compile(rb"[^\r\n]*[\r\n]*")
_A_FIELD: Final = re.compile(rb"-?[1-9]\d{0,8}=")


class FoundMessage:
    """One message of a log: its wire bytes, and where and how they stood there.

    `frame` ends with SOH; `whole` tells that a CheckSum(10) was there. `how` says what had to be undone to read it.
    """

    __slots__ = ("confirmed", "delimiter", "frame", "how", "line", "prefix", "source", "whole")

    def __init__(self, frame: bytes, whole: bool, confirmed: bool, delimiter: bytes, how: str) -> None:
        self.frame: Final = frame
        self.whole: Final = whole
        self.confirmed: Final = confirmed
        self.delimiter: Final = delimiter
        self.how: Final = how
        self.source = ""
        self.line = 0
        self.prefix = b""


class _Cut:
    """A message and the length of its text."""

    __slots__ = ("length", "message")

    def __init__(self, message: FoundMessage, length: int) -> None:
        self.message: Final = message
        self.length: Final = length


class LogReader:
    """Reads one log. Feed `messages` its bytes in chunks of any size."""

    def __init__(self, source: str = "") -> None:
        self._source: Final = source
        self._text = b""
        self._line = 1
        self._last_delimiter = b""

    def messages(self, chunks: Iterable[bytes]) -> Iterator[FoundMessage]:
        for chunk in chunks:
            self._text += chunk
            yield from self._take(at_end=False)
        yield from self._take(at_end=True)

    def _take(self, at_end: bool) -> Iterator[FoundMessage]:
        at = 0
        prefix_from = 0
        counted = 0
        while (start := START.search(self._text, at)) is not None:
            cut = _cut(self._text, start, at_end)
            if cut is None:
                break
            message = cut.message
            self._line += self._text.count(b"\n", counted, start.start())
            counted = start.start()
            message.source, message.line = self._source, self._line
            message.prefix = _prefix(self._text, prefix_from, start.start()).removeprefix(self._last_delimiter).strip()
            self._last_delimiter = message.delimiter.strip()
            at = prefix_from = start.start() + cut.length
            yield message
        keep = max(at, (start.start() if start else len(self._text)) - MAX_PREFIX_BYTES)
        self._line += self._text.count(b"\n", counted, keep)
        self._text = self._text[keep:]


def _prefix(text: bytes, low: int, start: int) -> bytes:
    """What stands before the message on its line."""
    low = max(low, start - MAX_PREFIX_BYTES)
    return text[max(low, text.rfind(b"\n", low, start) + 1) : start].strip(b" \t\r\n\0\x01")


def _cut(text: bytes, start: re.Match[bytes], at_end: bool) -> _Cut | None:
    """The message that starts there; None when it takes more text to tell."""
    at = start.start()
    delimiter = delimiter_of(start)
    plain = plain_reading(delimiter)
    limit = at + MAX_MESSAGE_BYTES
    may_wait = not at_end and len(text) < limit
    stated = _stated_end(plain.wire(text[at : at + _HEAD_BYTES]))
    # No reading makes the wire's bytes more than the text's.
    if may_wait and stated > len(text) - at:
        return None
    if delimiter == SOH:
        # What stands in the log as on the wire needs no search for where the next message begins.
        cut = _confirmed(text[at : at + stated + 1], delimiter, plain)
        if cut is not None:
            return cut
    following = BEGIN.search(text, start.end(), limit)
    own = text[at : min(following.start() if following else len(text), limit)]
    cut = _any_confirmed(own, delimiter)
    if cut is not None:
        return cut
    if following is not None and stated > _least_wire(own, delimiter):
        # It is cut short, or what follows is a part of it.
        room = min(2 * stated * (len(delimiter) + 1), MAX_MESSAGE_BYTES)
        cut = _any_confirmed(text[at : at + room], delimiter)
        may_wait = may_wait and len(text) - at < room
    else:
        may_wait = may_wait and following is None
    return cut or (None if may_wait else _likeliest(own, delimiter))


def _least_wire(text: bytes, delimiter: bytes) -> int:
    return min(len(way.wire(text)) for way in readings(text, delimiter))


def _any_confirmed(text: bytes, delimiter: bytes) -> _Cut | None:
    for way in readings(text, delimiter):
        cut = _confirmed(text, delimiter, way)
        if cut is not None:
            return cut
    return None


def _stated_end(wire: bytes) -> int:
    """Where the frame ends by its BodyLength(9), 0 when that can't be read."""
    head = _STATED_LENGTH.match(wire)
    return head.end() + int(head[1]) + len("10=000") if head else 0


def _confirmed(text: bytes, delimiter: bytes, way: Reading) -> _Cut | None:
    """The message, when by this reading BodyLength(9) and CheckSum(10) are true."""
    wire = way.wire(text)
    end = _stated_end(wire)
    body_end = end - len("10=000")
    if end == 0 or end > len(wire) or wire[body_end - 1 : body_end + 3] != b"\x0110=":
        return None
    if wire[body_end + 3 : end] != b"%03d" % (sum(wire[:body_end]) & 255):
        return None
    length = _with_delimiter(text, way.text_length(text, end), delimiter)
    return _Cut(FoundMessage(wire[:end] + SOH, True, True, delimiter, way.name), length)


def _likeliest(text: bytes, delimiter: bytes) -> _Cut:
    """The message by the reading that leaves the least to complain of; the first, when they are equal."""
    text = _without_headless_line(text)
    best: _Cut | None = None
    best_score = (False, False, 0)
    for way in readings(text, delimiter):
        cut = _unconfirmed(text, delimiter, way)
        score = _score(cut.message)
        if best is None or score > best_score:
            best, best_score = cut, score
    assert best is not None
    return best


def _without_headless_line(text: bytes) -> bytes:
    """Up to a line that is a message of its own, without its head; a wrapped one has no second MsgType(35)."""
    line = HEADLESS_LINE.search(text)
    return text[: line.start()] if line is not None and _MSG_TYPE.search(text, 0, line.start()) else text


def _score(message: FoundMessage) -> tuple[bool, bool, int]:
    frame = message.frame
    trailer = frame.rfind(b"\x0110=") + 1
    length_holds = message.whole and _stated_end(frame) - len("10=000") == trailer
    broken = sum(_A_FIELD.match(field) is None for field in frame[:-1].split(SOH))
    return message.whole, length_holds, -broken


def _unconfirmed(text: bytes, delimiter: bytes, way: Reading) -> _Cut:
    """Up to CheckSum(10), where BodyLength(9) names it or else the first; without one, all lines that look like FIX."""
    wire = way.wire(text)
    body_end = _stated_end(wire) - len("10=000")
    trailer = _TRAILER.match(wire, body_end - 1) if body_end > 0 else None
    trailer = trailer or _TRAILER.search(wire)
    if trailer is not None:
        length = _with_delimiter(text, way.text_length(text, trailer.end()), delimiter)
        return _Cut(FoundMessage(wire[: trailer.end()] + SOH, True, False, delimiter, way.name), length)
    length = _lines_of_fields(text)
    wire = way.wire(text[:length]).rstrip(b"\r\n")
    return _Cut(FoundMessage(wire.rstrip(SOH) + SOH, False, False, delimiter, way.name), length)


def _with_delimiter(text: bytes, end: int, delimiter: bytes) -> int:
    for ending in (delimiter, delimiter.strip()):
        if ending and text.startswith(ending, end):
            return end + len(ending)
    return end


def _lines_of_fields(text: bytes) -> int:
    """The length of the first line and of those after it that look like more fields."""
    end = 0
    for line in _LINE.finditer(text):
        if line.start() > 0 and _FIELDS_IN_LINE.search(line[0]) is None:
            break
        end = line.end()
    return max(end, 1)

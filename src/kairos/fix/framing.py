"""Cuts a byte stream into FIX frames, `8=...10=nnn<SOH>`, and nothing more: what is inside is the parser's business.

A frame begins with `8=FIX`, then BodyLength(9), and ends with the first CheckSum(10) at or after the place that
BodyLength names. Searching forward from there, and not insisting on that very place, makes a frame with a wrong length
one garbled message, as other engines see it, rather than a hunt through its inside. Bytes before `8=FIX`, and a
start whose BodyLength can't be read or is absurd, are skipped and counted.

Cost: a burst is one buffer with a moving start; a frame is copied once, when it is cut; what is left of the buffer is
copied once a `feed`.
"""

from __future__ import annotations

from typing import Final

from librt.strings import read_i64_le
from mypy_extensions import i64

from kairos.fix.errors import RemoteError

MAX_FRAME_BYTES: Final = 262_144
"""An order has 300 bytes; a list of 500 orders with parties about 150,000. More is an attack or a mistake."""

MAX_PENDING_BYTES: Final = 1_048_576
"""Four of the largest frames: many times what one read of a socket brings."""

_START: Final = b"8=FIX"
_TRAILER: Final = b"\x0110="
_MAX_BEGIN_STRING: Final = 16
"""`8=FIXT.1.1` has 10 characters; houses add a few."""
_MAX_LENGTH_DIGITS: Final = 6
"""Enough for MAX_FRAME_BYTES; leading zeros count."""
_SOH: Final = 1
_ZERO: Final = 48
_NINE: Final = 57
_EQUALS: Final = 61

_START_WORD: Final[i64] = int.from_bytes(_START, "little")
_START_MASK: Final[i64] = 0xFF_FFFF_FFFF
_TRAILER_WORD: Final[i64] = int.from_bytes(_TRAILER, "little")
_TRAILER_MASK: Final[i64] = 0xFFFF_FFFF
"""Eight bytes are compared as one number, which costs less than looking for them."""
_TRAILER_BYTES: Final = 7
"""`10=nnn<SOH>`."""

_MORE: Final = -1
_SKIP: Final = -2


class FrameReader:
    """Feed it bytes as they come, then take frames until there is none."""

    __slots__ = ("_at", "_data", "_searched", "_unsearched", "skipped_bytes")

    def __init__(self) -> None:
        self._data = b""
        self._at: i64 = 0
        self._searched: i64 = 0
        self._unsearched: i64 = 0
        self.skipped_bytes: i64 = 0

    def feed(self, data: bytes) -> None:
        """Take bytes from the peer; RemoteError when the caller would have to hold too many."""
        left: i64 = len(self._data) - self._at
        if left + len(data) > MAX_PENDING_BYTES:
            raise RemoteError(f"{left + len(data)} bytes are pending, {MAX_PENDING_BYTES} are allowed: disconnect")
        self._data = self._data[self._at :] + data if left else data
        self._searched -= self._at
        self._unsearched -= self._at
        self._at = 0

    def next(self) -> bytes | None:
        """The next whole frame, or None until more bytes are fed."""
        while self._seek_start():
            end = self._frame_end()
            if end == _MORE:
                return None
            if end == _SKIP:
                self._skip_to(self._at + len(_START))
                continue
            frame = self._data[self._at : end]
            self._at = end
            return frame
        return None

    def pending(self) -> i64:
        """Bytes that are held and not yet part of a frame."""
        return len(self._data) - self._at

    def _seek_start(self) -> bool:
        """Move to the next `8=FIX`; what could be the first bytes of one is kept."""
        size: i64 = len(self._data)
        if self._at + 8 <= size and read_i64_le(self._data, self._at) & _START_MASK == _START_WORD:
            return True
        found: i64 = self._data.find(_START, self._at)
        if found >= 0:
            self._skip_to(found)
            return True
        keep: i64 = len(_START) - 1
        while keep > 0 and not self._data.endswith(_START[:keep]):
            keep -= 1
        if size - keep > self._at:
            self._skip_to(size - keep)
        return False

    def _skip_to(self, at: i64) -> None:
        self.skipped_bytes += at - self._at
        self._at = at

    def _frame_end(self) -> i64:
        """Where the frame that starts here ends, or _MORE, or _SKIP when it can't be one."""
        body = self._body_end()
        if body < 0:
            return body
        size: i64 = len(self._data)
        if body > size:
            return _MORE
        end: i64 = body + _TRAILER_BYTES
        if not self._is_trailer(body, size):
            trailer = self._trailer_from(body - 1)
            end = self._data.find(b"\x01", trailer + len(_TRAILER)) + 1 if trailer >= 0 else 0
        if 0 < end <= self._at + MAX_FRAME_BYTES:
            return end
        return _MORE if end <= 0 and size - self._at < MAX_FRAME_BYTES else _SKIP

    def _is_trailer(self, at: i64, size: i64) -> bool:
        """Whether a CheckSum(10) of three characters lies just where BodyLength(9) says, as it nearly always does."""
        data = self._data
        return (
            at + _TRAILER_BYTES <= size
            and read_i64_le(data, at - 1) & _TRAILER_MASK == _TRAILER_WORD
            and data[at + 3] != _SOH
            and data[at + 4] != _SOH
            and data[at + 5] != _SOH
            and data[at + 6] == _SOH
        )

    def _trailer_from(self, start: i64) -> i64:
        """Where the first trailer at or after `start` begins, or -1. None begins in what was searched before, from
        `_searched` up to `_unsearched`: bytes are looked at once, however many starts before them lead there."""
        if start < self._searched:
            nearer: i64 = self._data.find(_TRAILER, start, self._searched + len(_TRAILER) - 1)
            self._searched = start
            if nearer >= 0:
                self._unsearched = nearer
                return nearer
        elif start > self._unsearched:
            self._searched = start
            self._unsearched = start
        found: i64 = self._data.find(_TRAILER, self._unsearched)
        last: i64 = len(self._data) - len(_TRAILER) + 1
        self._unsearched = found if found >= 0 else max(last, self._unsearched)
        return found

    def _body_end(self) -> i64:
        """Where BodyLength(9) says that CheckSum(10) begins, or _MORE, or _SKIP."""
        first = self._length_start()
        if first < 0:
            return first
        data = self._data
        size: i64 = len(data)
        length: i64 = 0
        i: i64 = first
        while i < size and data[i] != _SOH:
            digit: i64 = data[i] - _ZERO
            if digit < 0 or digit > 9 or i - first >= _MAX_LENGTH_DIGITS:
                return _SKIP
            length = length * 10 + digit
            i += 1
        if i >= size:
            return _MORE
        if i == first or length > MAX_FRAME_BYTES:
            return _SKIP
        return i + 1 + length

    def _length_start(self) -> i64:
        """Where the value of BodyLength(9) begins, which follows BeginString(8); or _MORE, or _SKIP."""
        data = self._data
        size: i64 = len(data)
        i: i64 = self._at + len(_START)
        limit: i64 = self._at + _MAX_BEGIN_STRING
        while i < size and data[i] != _SOH:
            i += 1
            if i > limit:
                return _SKIP
        i += 1
        if i < size and data[i] != _NINE:
            return _SKIP
        if i + 1 < size and data[i + 1] != _EQUALS:
            return _SKIP
        return i + 2 if i + 2 < size else _MORE

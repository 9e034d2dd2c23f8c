"""Where one FIX session's sent messages are in the journal, small enough for memory and for a snapshot."""

from __future__ import annotations

import struct
import sys
from array import array
from bisect import bisect_left, bisect_right
from typing import Final

from mypy_extensions import i64

# Length of the session's name, through, batch and place of the last reset, how many entries; the name and the numbers
# follow, then the batches, 8 bytes little endian each.
_HEAD: Final = struct.Struct("<H4q")
_NUMBER: Final = "q"


class SentTrail:
    """For each batch that holds messages of the session: the first MsgSeqNum(34) in it, and the batch's first sequence.

    through:  the last number that is durable
    reset_at: batch and place in it of the last reset; what stands before belongs to the numbers before it
    """

    __slots__ = ("_last_batch", "batches", "numbers", "reset_at", "through")

    def __init__(self) -> None:
        self.numbers: array[int] = array(_NUMBER)
        self.batches: array[int] = array(_NUMBER)
        self.through: i64 = 0
        self.reset_at: tuple[int, int] = (0, 0)
        self._last_batch: i64 = 0

    def add(self, msg_seq_num: i64, first_seq: i64) -> None:
        """A message with this number is in this batch."""
        if first_seq != self._last_batch:
            self._last_batch = first_seq
            self.numbers.append(msg_seq_num)
            self.batches.append(first_seq)
        self.through = msg_seq_num

    def goes_on(self) -> None:
        """After `batches` was read back."""
        self._last_batch = self.batches[-1] if self.batches else 0

    def place_of(self, msg_seq_num: int, first_seq: int) -> int:
        """The index of the batch that holds the message, if any does, among those of the journal from `first_seq` on:
        earlier ones were archived and taken away."""
        return max(bisect_right(self.numbers, msg_seq_num) - 1, bisect_left(self.batches, first_seq), 0)

    def pack(self, session: str) -> bytes:
        name = session.encode()
        head = _HEAD.pack(len(name), self.through, *self.reset_at, len(self.numbers))
        return b"".join((head, name, _little_endian(self.numbers), _little_endian(self.batches)))


def unpack_trail(data: bytes) -> tuple[str, SentTrail]:
    """The session and its trail; `ValueError` if the bytes are none."""
    if len(data) < _HEAD.size:
        raise ValueError("a trail of sent messages is cut off")
    name_bytes, through, reset_batch, reset_place, count = _HEAD.unpack_from(data)
    at = _HEAD.size + name_bytes
    if len(data) != at + 16 * count:
        raise ValueError(f"a trail of {count} batches has {len(data) - at} bytes")
    trail = SentTrail()
    trail.through, trail.reset_at = through, (reset_batch, reset_place)
    trail.numbers.frombytes(_little_endian(data[at : at + 8 * count]))
    trail.batches.frombytes(_little_endian(data[at + 8 * count :]))
    trail.goes_on()
    return data[_HEAD.size : at].decode(), trail


def _little_endian(numbers: array[int] | bytes) -> bytes:
    """From and to the order of bytes in the file."""
    if sys.byteorder == "little":
        return bytes(numbers)
    swapped = array(_NUMBER, numbers)
    swapped.byteswap()
    return swapped.tobytes()

"""Reads a fuzzer's bytes as choices, so that its mutations change what a test does and not only what it is fed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeVar

T = TypeVar("T")


class Choices:
    """When the bytes are used up every choice is the first, so that each input comes to its end."""

    def __init__(self, data: bytes) -> None:
        self._data: Final = data
        self._at = 0

    def more(self) -> bool:
        return self._at < len(self._data)

    def byte(self) -> int:
        if self._at >= len(self._data):
            return 0
        self._at += 1
        return self._data[self._at - 1]

    def number(self, low: int, high: int) -> int:
        """A number from `low` to `high`, both included."""
        value, room = 0, high - low
        while room > 0:
            value = value << 8 | self.byte()
            room >>= 8
        return low + value % (high - low + 1)

    def pick(self, choices: Sequence[T]) -> T:
        return choices[self.number(0, len(choices) - 1)]

    def one_in(self, n: int) -> bool:
        return self.number(1, n) == n

    def bytes(self, most: int) -> bytes:
        """Up to so many bytes as they come."""
        size = self.number(0, most)
        self._at += size
        return self._data[self._at - size : self._at]

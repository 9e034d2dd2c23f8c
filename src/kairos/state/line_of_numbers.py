"""Numbers that wait in line: first in, first out, 8 bytes each; a deque would keep each as an object."""

from __future__ import annotations

from typing import Final

from librt.vecs import append, vec
from mypy_extensions import i64

# The line drops those that were taken when they are this many and at least half of it: a copy of one a number.
TAKEN: Final = 1024


class LineOfNumbers:
    """The first `taken` of its numbers wait no more."""

    def __init__(self) -> None:
        self._numbers: vec[i64] = vec[i64]()
        self._taken: i64 = 0

    def count(self) -> i64:
        return len(self._numbers) - self._taken

    def add(self, number: i64) -> None:
        self._numbers = append(self._numbers, number)

    def take(self) -> i64:
        """The one that has waited longest; there must be one."""
        number = self._numbers[self._taken]
        self._taken += 1
        if self._taken >= TAKEN and 2 * self._taken >= len(self._numbers):
            self._numbers = self._numbers[self._taken :]
            self._taken = 0
        return number

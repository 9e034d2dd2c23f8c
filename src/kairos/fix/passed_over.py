"""Inbound numbers that were passed over: a gap fill or a reset took us beyond them, and no message of theirs was seen.

The expected number alone can't tell a message that was seen from one that never was (quickfix-j #1254). FIX asks to
ignore a possible duplicate if its number was received before, and to process it if not; so these ranges are remembered.
They are not kept over a restart: then such a message counts as seen, and is never processed twice.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

MAX_RANGES: Final = 64
"""A day has a handful of gap fills; of more than that the oldest is forgotten, and its numbers count as seen."""


class PassedOver:
    def __init__(self) -> None:
        self._ranges: list[tuple[int, int]] = []

    def clear(self) -> None:
        self._ranges.clear()

    def add(self, first: i64, last: i64) -> None:
        if first > last:
            return
        if self._ranges and self._ranges[-1][1] == first - 1:
            first = self._ranges.pop()[0]
        self._ranges.append((first, last))
        del self._ranges[:-MAX_RANGES]

    def take(self, seq: i64) -> bool:
        """Whether that number was passed over; it is no longer."""
        for index, (first, last) in enumerate(self._ranges):
            if first <= seq <= last:
                parts = [(first, seq - 1), (seq + 1, last)]
                self._ranges[index : index + 1] = [part for part in parts if part[0] <= part[1]]
                return True
        return False

"""Ids of orders, executions and matches: a prefix and a number, such as "D-E1", one after the other."""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

THOUSAND: Final[i64] = 1000
PLAIN: Final = [str(low) for low in range(1000)]
PADDED: Final = [f"{low:03d}" for low in range(1000)]


class IdWriter:
    """Writes the digits above the last three once a thousand ids; to write all of them costs twice as much."""

    def __init__(self, prefix: str) -> None:
        self._prefix: Final = prefix
        self._thousands: i64 = 0
        self._stem = prefix

    def text(self, number: i64) -> str:
        """The id of that number (0 or more)."""
        thousands = number // THOUSAND
        if thousands != self._thousands:
            self._thousands = thousands
            self._stem = self._prefix + str(thousands) if thousands else self._prefix
        low = number - thousands * THOUSAND
        return self._stem + (PADDED[low] if thousands else PLAIN[low])

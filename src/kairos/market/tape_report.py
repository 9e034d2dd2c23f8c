"""What a reader met on its way: rows read, events made, and each oddity with its count and what was done about it."""

from __future__ import annotations

from typing import Final

LATE_ROWS: Final = "rows earlier than the row before"
LATE_ROWS_DONE: Final = "given the time of the row before"


class TapeReport:
    """Filled while a tape is read; whole when its last batch has been taken."""

    def __init__(self, source: str = "") -> None:
        self.source: Final = source
        self.rows = 0
        self.events = 0
        self.oddities: dict[tuple[str, str], int] = {}

    def count(self, name: str, done: str, times: int = 1) -> None:
        """`times` more of an oddity; none of it is not told."""
        if times:
            self.oddities[(name, done)] = self.oddities.get((name, done), 0) + times

    def times(self, name: str) -> int:
        """How often an oddity was met, whatever was done about it."""
        return sum(times for (oddity, _done), times in self.oddities.items() if oddity == name)

    def lines(self) -> list[tuple[str, str, str]]:
        """A table: what, how many, what was done."""
        met = [(name, f"{times:,}", done) for (name, done), times in sorted(self.oddities.items())]
        return [("rows read", f"{self.rows:,}", ""), ("events made", f"{self.events:,}", ""), *met]

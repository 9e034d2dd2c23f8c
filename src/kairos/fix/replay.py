"""The peer's ResendRequests, one at a time: the caller may take its time to answer one, and answer it in pieces.

What the peer asks for meanwhile is served by the answer under way when that covers it; so is "and all that follow" from
within it, since what follows leaves as originals. The rest, however often the peer asks, waits as one range, and is
given to the caller when the answer is complete.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.fix.outputs import ResendNeeded

_NO_END: Final[i64] = 9_223_372_036_854_775_807


class Replay:
    def __init__(self) -> None:
        self._begin: i64 = 0
        self._end: i64 = 0
        self._waiting_begin: i64 = 0
        self._waiting_end: i64 = 0

    def clear(self) -> None:
        """The connection or the epoch is over, and with it what was asked in it."""
        self._begin = 0
        self._waiting_begin = 0

    def ask(self, begin: i64, end: i64, connection: i64, epoch: i64) -> ResendNeeded | None:
        """The peer asks for `begin`..`end` (0: to the last): what the caller must answer now, if anything."""
        last = end if end > 0 else _NO_END
        if self._begin == 0:
            self._begin, self._end = begin, last
            return ResendNeeded(begin, end, connection, epoch)
        if not self._begin <= begin <= self._end or self._end < end:
            waits = self._waiting_begin > 0
            self._waiting_begin = min(begin, self._waiting_begin) if waits else begin
            self._waiting_end = max(last, self._waiting_end) if waits else last
        return None

    def ends_at(self, last: i64) -> None:
        """The answer under way goes up to `last`, whatever is sent by the time it is complete."""
        self._end = last

    def answered(self, connection: i64, epoch: i64) -> ResendNeeded | None:
        """The answer is complete: what was asked for meanwhile, if anything."""
        begin, last = self._waiting_begin, self._waiting_end
        self.clear()
        if begin == 0:
            return None
        return self.ask(begin, 0 if last == _NO_END else last, connection, epoch)

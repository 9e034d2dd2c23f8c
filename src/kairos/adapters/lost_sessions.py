"""Cancel on disconnect: when a client's session is lost, the orders that came over it are taken back, after a grace.

Lost is a line that was cut, fell silent or broke the protocol; a Logout, the client's or ours, is not, unless the
configuration says so. A restart of ours cuts every line: who was logged on then has lost his session at that moment.

A cancel may itself be lost, when the venue is not there (a venue is never sent again what it missed). Nobody would
repeat it, so it is repeated here, at growing intervals, until the client is back; for orders that have ended or are
being canceled that does nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kairos.adapters.config_fix import CancelOnDisconnect
from kairos.model.commands import CancelSessionOrders
from kairos.ports import Log, Writer

NANOS: Final = 1_000_000_000
# After 2, 4, ... 256 seconds, together some eight minutes: a venue that is away for longer is for people.
REPEATS: Final = 8
FIRST_REPEAT_S: Final = 2


class LostSessions:
    """`agreed` holds the sessions with which it is agreed."""

    def __init__(self, writer: Writer, agreed: Mapping[str, CancelOnDisconnect], log: Log) -> None:
        self._writer: Final = writer
        self._agreed: Final = agreed
        self._log: Final = log
        self._deadlines: Final[dict[str, tuple[int, int]]] = {}  # when next, and how often it was done

    def lost(self, session: str, by_wish: bool) -> None:
        """A session has ended; `by_wish` of either side, by Logout."""
        agreed = self._agreed.get(session)
        if agreed is None or (by_wish and not agreed.on_logout):
            return
        self._deadlines[session] = (self._writer.now_ns() + agreed.grace_s * NANOS, 0)
        self.tick()

    def back(self, session: str) -> None:
        """It is logged on again: within the grace nothing happens."""
        self._deadlines.pop(session, None)

    def tick(self) -> None:
        """Take back the orders of those whose grace is over."""
        now_ns = self._writer.now_ns()
        for session, (deadline_ns, times) in list(self._deadlines.items()):
            if now_ns >= deadline_ns:
                self._repeat_later(session, now_ns, times)
                self._take_back(session, times)

    def _repeat_later(self, session: str, now_ns: int, times: int) -> None:
        if times < REPEATS:
            self._deadlines[session] = (now_ns + (FIRST_REPEAT_S << times) * NANOS, times + 1)
        else:
            del self._deadlines[session]

    def _take_back(self, session: str, times: int) -> None:
        text = f"cancel on disconnect of {session}"
        events = self._writer.submit(CancelSessionOrders(session, self._agreed[session].outliving, text))
        if events or not times:
            self._log.warning("session lost: its orders are taken back", session=session, attempt=times + 1)

"""The hours of sessions: when they are open, and where one epoch of numbers ends and the next begins.

An epoch lasts until the end of the period in which, or before which, it began. It ends there and not at the next
opening, so that what happens in between (a bust at night) has numbers of the new epoch, and the peer gets it. The turn
waits until the line is down, and is journaled: a restart in the middle of a period finds that it was done, one after a
missed end finds that it was not.
"""

from __future__ import annotations

from typing import Final

from kairos.adapters.config_fix import ScheduleConfig
from kairos.adapters.fix_line import FixLine
from kairos.fix.schedule import NO_PERIOD
from kairos.fix.timers import NEVER
from kairos.model.enums import ResetReason
from kairos.ports import Log


class SessionHours:
    """Of one line. By the journal, `known_ns` are the moments at which its numbers last moved and its hours last reset
    them; none for a session that is new, whose first epoch begins now."""

    def __init__(self, line: FixLine, config: ScheduleConfig, known_ns: list[int], now_ns: int, log: Log) -> None:
        self.line: Final = line
        self.config: Final = config
        self._schedule: Final = config.schedule()
        self._log: Final = log
        self._ends_ns = min(self._end_after(known) for known in known_ns or [now_ns])
        self._told_to_end = False

    def _end_after(self, at_ns: int) -> int:
        """When the epoch ends that began then."""
        change_ns = int(self._schedule.next_change_ns(at_ns))
        if change_ns == NEVER or self._schedule.period_of(at_ns) != NO_PERIOD:
            return change_ns
        return int(self._schedule.next_change_ns(change_ns))

    def turn(self, now_ns: int) -> None:
        """End what is over: first the connection, then the epoch."""
        if now_ns < self._ends_ns:
            return
        if not self.line.connected:
            self._log.info("session begins a new epoch by its schedule", session=self.line.session_id)
            self.line.reset(ResetReason.SCHEDULE.value)
            self._ends_ns = self._end_after(now_ns)
            self._told_to_end = False
        elif not self._told_to_end:
            self._told_to_end = True
            self.line.logout("the session's hours are over")

    def closed(self, now_ns: int) -> str:
        """Why the session is not open; empty when it is."""
        self.turn(now_ns)
        if now_ns >= self._ends_ns:
            return f"{self.line.session_id} is being ended by its schedule"
        if not self._schedule.is_open(now_ns):
            return f"{self.line.session_id} is closed at this hour; its schedule is {self.config}"
        return ""


class SessionGates:
    """What keeps sessions shut: their hours, and operators at work on them."""

    def __init__(self) -> None:
        self.hours: dict[str, SessionHours] = {}
        self.held: set[str] = set()

    def closed(self, session: str, now_ns: int) -> str:
        """Why it may not connect now; empty when it may."""
        if session in self.held:
            return f"an operator is at work on {session}"
        hours = self.hours.get(session)
        return "" if hours is None else hours.closed(now_ns)

    def tick(self, now_ns: int) -> None:
        for hours in self.hours.values():
            hours.turn(now_ns)

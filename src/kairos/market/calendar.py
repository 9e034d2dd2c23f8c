"""Trading calendars: the dates on which a market holds a session, which of them end early, and on which trades settle.

A calendar knows its own ends. Beyond them it does not guess: `CalendarError` says where it ends and what to do. Dates
are the market's own; a trading day is named by the date of its day session. A session may be no day of settlement
(New York trades on days on which the banks are closed), and the other way round (Taipei before Lunar New Year).
"""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from typing import Final


class CalendarError(LookupError):
    """A calendar has no answer; the message names calendar, date and remedy."""


class TradingCalendar:
    """The sessions of one market from `first` to `last`, both included."""

    def __init__(
        self,
        name: str,
        first: datetime.date,
        last: datetime.date,
        sessions: Iterable[datetime.date],
        early_closes: Iterable[datetime.date] = (),
        settlement_only: Iterable[datetime.date] = (),
        no_settlement: Iterable[datetime.date] = (),
        late_opens_s: Mapping[datetime.date, int] | None = None,
    ) -> None:
        self.name: Final = name
        self.first: Final = first
        self.last: Final = last
        self.sessions: Final = sorted(date for date in set(sessions) if first <= date <= last)
        self._dates: Final = frozenset(self.sessions)
        self._early: Final = frozenset(early_closes) & self._dates
        self._late_opens_s: Final = dict(late_opens_s or {})
        settling = (self._dates | frozenset(settlement_only)) - frozenset(no_settlement)
        self.settlement_days: Final = sorted(date for date in settling if first <= date <= last)

    def is_session(self, date: datetime.date) -> bool:
        """Whether the market trades on the date."""
        self._within(date)
        return date in self._dates

    def is_early_close(self, date: datetime.date) -> bool:
        """Whether the session of the date is a half day."""
        self._within(date)
        return date in self._early

    def opens_late_s(self, date: datetime.date) -> int:
        """The local time, in seconds after midnight, at which a session opens late, as after a storm; 0: on time."""
        return self._late_opens_s.get(date, 0)

    def require_session(self, date: datetime.date) -> None:
        """Raise `CalendarError` unless the market trades on the date."""
        if not self.is_session(date):
            raise CalendarError(f"{self.name} has no session on {date}{self._neighbours(date)}")

    def next_session(self, date: datetime.date) -> datetime.date:
        """The first session after the date, itself a session or not."""
        self._within(date)
        return self._at(self.sessions, bisect_right(self.sessions, date), date)

    def previous_session(self, date: datetime.date) -> datetime.date:
        """The last session before the date, itself a session or not."""
        self._within(date)
        return self._at(self.sessions, bisect_left(self.sessions, date) - 1, date)

    def add_sessions(self, date: datetime.date, count: int) -> datetime.date:
        """The session `count` sessions after a date (before, if negative).

        A date without a session counts from the session before it, or after it if counting back. A `count` of 0 is the
        date itself if it has a session, else the next one.
        """
        return self._add(self.sessions, date, count)

    def add_settlement_days(self, date: datetime.date, count: int) -> datetime.date:
        """The day of settlement `count` of them after a date, counted as sessions are."""
        return self._add(self.settlement_days, date, count)

    def sessions_between(self, first: datetime.date, last: datetime.date) -> list[datetime.date]:
        """The sessions from `first` to `last`, both included."""
        self._within(first)
        self._within(last)
        return self.sessions[bisect_left(self.sessions, first) : bisect_right(self.sessions, last)]

    def _within(self, date: datetime.date) -> None:
        if not self.first <= date <= self.last:
            raise CalendarError(
                f"the calendar of {self.name} reaches from {self.first} to {self.last}, not to {date}; "
                "take a newer release of exchange_calendars, or add the days to your override file"
            )

    def _add(self, days: list[datetime.date], date: datetime.date, count: int) -> datetime.date:
        self._within(date)
        if count > 0:
            return self._at(days, bisect_right(days, date) + count - 1, date)
        return self._at(days, bisect_left(days, date) + count, date)

    def _at(self, days: list[datetime.date], index: int, date: datetime.date) -> datetime.date:
        if not 0 <= index < len(days):
            raise CalendarError(
                f"the calendar of {self.name} reaches from {self.first} to {self.last}; the session asked for from "
                f"{date} lies beyond; take a newer release of exchange_calendars, or extend it in your override file"
            )
        return days[index]

    def _neighbours(self, date: datetime.date) -> str:
        after = bisect_right(self.sessions, date)
        before = f"; the one before is on {self.sessions[after - 1]}" if after else ""
        return before + (f", the next on {self.sessions[after]}" if after < len(self.sessions) else "")

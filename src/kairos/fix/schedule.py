"""When a session is open, in the time zone that its two sides agreed on.

A session is daily (it opens and closes on each of its days), weekly (it opens on one weekday and closes on another) or
never closes. A period is one opening with what follows it: numbers begin anew with each. Where a close is not later
than its opening on the clock, it is that of the next day, so 17:00 to 17:00 is a day that rolls at 17:00.

A local time that daylight saving skips is that much later, and of one that comes twice the first counts: the opening of
a period is one moment, whatever the clocks do.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from mypy_extensions import i64

from kairos.fix.errors import LocalError
from kairos.fix.timers import NEVER

WEEK: Final = (0, 1, 2, 3, 4, 5, 6)
"""Monday is 0, as in datetime."""
NO_PERIOD: Final[i64] = -1
"""Never the beginning of a period."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NS: Final = 1_000_000_000
_LONGEST_DAYS: Final = 8
"""No period, and no time between two, is longer than a week and the day that a clock change may add."""


class SessionSchedule:
    """`zone` is the time zone's rules, already read; `days` are those on which a daily session opens.

    With `start_day` and `end_day` the session is weekly. `non_stop`: open for ever, in one period.
    """

    def __init__(
        self,
        start: time = time(0),
        end: time = time(0),
        zone: tzinfo = UTC,
        start_day: int | None = None,
        end_day: int | None = None,
        days: tuple[int, ...] = WEEK,
        non_stop: bool = False,
    ) -> None:
        if (start_day is None) != (end_day is None):
            raise LocalError("a weekly session needs both start_day and end_day; give both, or neither")
        weekdays = [*days, *[day for day in (start_day, end_day) if day is not None]]
        if not days or any(day not in WEEK for day in weekdays):
            raise LocalError(f"weekdays {weekdays} must be some of 0 (Monday) to 6 (Sunday)")
        if start.tzinfo is not None or end.tzinfo is not None:
            raise LocalError("start and end are times of the session's zone; leave their own time zone out")
        self._start: Final = start
        self._end: Final = end
        self._zone: Final = zone
        self._open_days: Final = frozenset(days if start_day is None else (start_day,))
        self._length_days: Final = self._days_from_open_to_close(start_day, end_day)
        self._non_stop: Final = non_stop

    def is_open(self, now_ns: i64) -> bool:
        return self.period_of(now_ns) != NO_PERIOD

    def period_of(self, now_ns: i64) -> i64:
        """When the period began that `now_ns` lies in, nanoseconds since 1970; NO_PERIOD while closed."""
        if self._non_stop:
            return 0
        for opens_ns, closes_ns in self._periods(now_ns):
            if opens_ns <= now_ns < closes_ns:
                return opens_ns
        return NO_PERIOD

    def next_change_ns(self, now_ns: i64) -> i64:
        """The next moment after `now_ns` at which a period begins or ends; NEVER when none does."""
        soonest: i64 = NEVER
        if self._non_stop:
            return soonest
        for period in self._periods(now_ns):
            for moment_ns in period:
                if now_ns < moment_ns < soonest:
                    soonest = moment_ns
        return soonest

    def _days_from_open_to_close(self, start_day: int | None, end_day: int | None) -> int:
        wraps = self._end <= self._start
        if start_day is None or end_day is None:
            return 1 if wraps else 0
        days = (end_day - start_day) % 7
        return 7 if days == 0 and wraps else days

    def _periods(self, now_ns: i64) -> list[tuple[int, int]]:
        """When the periods near `now_ns` begin and end, the last one first; one that the clocks skip is left out."""
        today = (_EPOCH + timedelta(seconds=int(now_ns // _NS))).astimezone(self._zone).date()
        periods: list[tuple[int, int]] = []
        for distance in range(_LONGEST_DAYS, -_LONGEST_DAYS - 1, -1):
            day = today + timedelta(days=distance)
            if day.weekday() in self._open_days:
                opens_ns = self._moment(day, self._start)
                closes_ns = self._moment(day + timedelta(days=self._length_days), self._end)
                if opens_ns < closes_ns:
                    periods.append((opens_ns, closes_ns))
        return periods

    def _moment(self, day: date, clock: time) -> int:
        """The moment of a local time. One that is skipped is read by the offset before the change."""
        local = datetime.combine(day, clock, self._zone)
        since = local.astimezone(UTC) - _EPOCH
        return (since.days * 86_400 + since.seconds) * _NS + since.microseconds * 1_000

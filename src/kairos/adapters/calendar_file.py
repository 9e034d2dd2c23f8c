"""What a file says about calendars: which follows which, and the days on which the package's calendar is wrong.

[[calendar]]         name, follows
[[closed]]           calendar, date or dates, reason, source, checked, note
[[open]]             the same; a session that the calendar lacks
[[early_close]]      the same; a session that ends early
[[late_open]]        the same and at, "13:30"; a session that opens late, without its opening auction
[[settlement_only]]  the same; no session, but trades settle
[[no_settlement]]    the same; a session on which no trades settle
[[extension]]        calendar, until, closed: weekdays up to `until` are sessions, but for those
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from kairos.adapters.dated_file import a_date
from kairos.adapters.file_errors import Problems
from kairos.adapters.file_rows import Row
from kairos.adapters.file_values import a_flag, a_text, an_id
from kairos.adapters.profile_values import a_time_of_day
from kairos.adapters.toml_file import read_toml


class DayChange(StrEnum):
    """What a file says of a day; the value is its table's name."""

    CLOSED = "closed"
    OPEN = "open"
    EARLY_CLOSE = "early_close"
    LATE_OPEN = "late_open"
    SETTLEMENT_ONLY = "settlement_only"
    NO_SETTLEMENT = "no_settlement"


OF_SETTLEMENT: Final = frozenset((DayChange.SETTLEMENT_ONLY, DayChange.NO_SETTLEMENT))


@dataclass(frozen=True)
class ChangedDay:
    """A day on which the package's calendar is wrong, or trades settle otherwise than sessions are held."""

    calendar: str
    date: datetime.date
    change: DayChange
    reason: str
    source: str
    checked: bool
    at_s: int = 0  # of a late opening


@dataclass(frozen=True)
class Extension:
    """The weekdays beyond the calendar's end, up to `until`, but for the `closed` ones."""

    calendar: str
    until: datetime.date
    closed: frozenset[datetime.date]
    source: str


@dataclass
class CalendarChanges:
    """All that files say; a later file adds to an earlier one, and its word on a day holds.

    What is said of a day's session and of its settlement stand beside each other.
    """

    follows: dict[str, str] = field(default_factory=dict)
    days: dict[tuple[str, datetime.date], ChangedDay] = field(default_factory=dict)
    settlement: dict[tuple[str, datetime.date], ChangedDay] = field(default_factory=dict)
    extensions: dict[str, Extension] = field(default_factory=dict)

    def base_of(self, name: str) -> str:
        """The calendar of the package behind a name."""
        return self.follows.get(name, name)

    def days_of(self, name: str) -> list[ChangedDay]:
        """The changed sessions of a calendar: those of the one that it follows, then its own."""
        return self._of(name, self.days)

    def settlement_of(self, name: str) -> list[ChangedDay]:
        """The days of a calendar on which trades settle without a session, or don't in spite of one."""
        return self._of(name, self.settlement)

    def extension_of(self, name: str) -> Extension | None:
        """The extension of a calendar, or of the one that it follows."""
        return self.extensions.get(name) or self.extensions.get(self.base_of(name))

    def _of(self, name: str, days: dict[tuple[str, datetime.date], ChangedDay]) -> list[ChangedDay]:
        names = list(dict.fromkeys((self.base_of(name), name)))
        return [day for of in names for (calendar, _), day in days.items() if calendar == of]


def read_calendar_changes(path: Path, changes: CalendarChanges, problems: Problems) -> None:
    """Add what the file says."""
    top = read_toml(path, problems)
    if top is None:
        return
    for row in top.tables("calendar"):
        name = row.need("name", an_id, "")
        changes.follows[name] = row.need("follows", an_id, "")
        row.finish()
    for change in DayChange:
        for row in top.tables(change.value):
            _read_days(row, change, changes)
    for row in top.tables("extension"):
        _read_extension(row, changes)
    top.finish()


def _read_days(row: Row, change: DayChange, changes: CalendarChanges) -> None:
    calendar = row.need("calendar", an_id, "")
    dates = row.texts("dates", a_date, ())
    if "date" in row or not dates:
        dates = (*dates, row.need("date", a_date, datetime.date.min))
    reason = row.need("reason", a_text, "")
    source = row.need("source", a_text, "")
    checked = row.get("checked", a_flag, True)
    row.get("note", a_text, "")
    at_s = row.need("at", a_time_of_day, 0) if change is DayChange.LATE_OPEN else 0
    row.finish()
    days = changes.settlement if change in OF_SETTLEMENT else changes.days
    for date in dates:
        days[calendar, date] = ChangedDay(calendar, date, change, reason, source, checked, at_s)


def _read_extension(row: Row, changes: CalendarChanges) -> None:
    calendar = row.need("calendar", an_id, "")
    until = row.need("until", a_date, datetime.date.min)
    closed = frozenset(row.texts("closed", a_date, ()))
    source = row.need("source", a_text, "")
    row.finish()
    changes.extensions[calendar] = Extension(calendar, until, closed, source)

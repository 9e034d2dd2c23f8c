"""Trading calendars from the package exchange_calendars, with what the files of `calendar_file` say put right.

The package is imported when the first calendar is asked for: it brings pandas, which takes a second to import, and most
commands need no calendar.
"""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

from kairos.adapters.calendar_file import CalendarChanges, DayChange, Extension, read_calendar_changes
from kairos.adapters.file_errors import Problems, did_you_mean
from kairos.market.calendar import CalendarError, TradingCalendar

FIRST_YEAR: Final = 2000  # before the oldest tape; the package's calendars are thin in earlier years
ONE_DAY: Final = datetime.timedelta(days=1)
SATURDAY: Final = 5


class Calendars:
    """Calendars by name, each made once."""

    def __init__(self, changes: CalendarChanges) -> None:
        self.changes: Final = changes
        self._made: Final[dict[str, TradingCalendar]] = {}

    def get(self, name: str) -> TradingCalendar:
        """The calendar of a market. Raises `CalendarError` where neither the package nor a file knows it."""
        if name not in self._made:
            self._made[name] = _make(name, self.changes)
        return self._made[name]


def shipped_calendar_file() -> Path:
    """What Kairos itself puts right."""
    return Path(str(files("kairos.market"))) / "calendars" / "calendars.toml"


def load_calendars(house_files: Sequence[Path] = ()) -> Calendars:
    """Calendars with the shipped changes, then a house's. Raises `FileErrors` when a file can't be used."""
    problems = Problems()
    changes = CalendarChanges()
    for path in (shipped_calendar_file(), *house_files):
        read_calendar_changes(path, changes, problems)
    problems.raise_if_any()
    return Calendars(changes)


def _make(name: str, changes: CalendarChanges) -> TradingCalendar:
    first, last, sessions, early = _from_package(name, changes.base_of(name))
    extension = changes.extension_of(name)
    if extension is not None and extension.until > last:
        sessions |= set(_weekdays(last + ONE_DAY, extension))
        last = extension.until
    for day in changes.days_of(name):
        if day.change is DayChange.CLOSED:
            sessions.discard(day.date)
        else:
            sessions.add(day.date)
        if day.change is DayChange.EARLY_CLOSE:
            early.add(day.date)
    late = {day.date: day.at_s for day in changes.days_of(name) if day.change is DayChange.LATE_OPEN}
    settling = {day.date: day.change for day in changes.settlement_of(name)}  # its own word after its model's
    only = [date for date, change in settling.items() if change is DayChange.SETTLEMENT_ONLY]
    none = [date for date, change in settling.items() if change is DayChange.NO_SETTLEMENT]
    return TradingCalendar(name, first, last, sessions, early, only, none, late)


def _from_package(name: str, base: str) -> tuple[datetime.date, datetime.date, set[datetime.date], set[datetime.date]]:
    """First and last day, sessions and early closes as the package has them."""
    import exchange_calendars  # noqa: PLC0415  heavy: see above

    known = exchange_calendars.get_calendar_names(include_aliases=True)
    if base not in known:
        near = did_you_mean(base, [each for each in known if len(each) == 4])
        raise CalendarError(f"no calendar {base!r} for {name}; {near} Or name the one it follows in a calendar file.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what pandas has to say concerns the package, and nobody here can mend it
        calendar = exchange_calendars.get_calendar(base, start=f"{FIRST_YEAR}-01-01")
        sessions = {stamp.date() for stamp in calendar.sessions}
        early = {stamp.date() for stamp in calendar.early_closes}
    return datetime.date(FIRST_YEAR, 1, 1), max(sessions), sessions, early


def _weekdays(first: datetime.date, extension: Extension) -> Iterator[datetime.date]:
    date = first
    while date <= extension.until:
        if date.weekday() < SATURDAY and date not in extension.closed:
            yield date
        date += ONE_DAY

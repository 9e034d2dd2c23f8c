"""Rules that hold for a time: rows with a first and a last day, and where each was read.

A date without a row is an error and never a default: a rule that nobody looked up must not act in silence.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

T = TypeVar("T")

ONE_DAY: Final = datetime.timedelta(days=1)


class NoRowError(LookupError):
    """No row holds on a date; the message says which table, which date, and what the table covers."""


class DatedRowsError(ValueError):
    """Rows overlap, leave a gap, or end before they begin; `index` is the row to look at."""

    def __init__(self, index: int, field: str, problem: str) -> None:
        super().__init__(problem)
        self.index: Final = index
        self.field: Final = field
        self.problem: Final = problem


@dataclass(frozen=True)
class Provenance:
    """From which day to which (both included, None: until further notice) a rule holds, and who says so.

    `checked` says that the primary source itself was read; where it is false, `note` says what is uncertain.
    """

    from_date: datetime.date
    until_date: datetime.date | None
    source: str
    checked: bool
    note: str = ""

    def holds_on(self, date: datetime.date) -> bool:
        """Whether the day is within the row's days."""
        return self.from_date <= date and (self.until_date is None or date <= self.until_date)

    def days(self) -> str:
        """The days in words, for messages and tables."""
        return f"{self.from_date} to {self.until_date}" if self.until_date else f"from {self.from_date}"


class DatedRow(Generic[T]):
    """A rule with its days and source. (No dataclass: mypyc makes none of a generic class.)"""

    def __init__(self, value: T, origin: Provenance) -> None:
        self.value: Final = value
        self.origin: Final = origin


class DatedRows(Generic[T]):
    """One rule as it changed over time; `what` names it in errors, as "XHKG ticks of stock"."""

    def __init__(self, what: str, rows: Sequence[DatedRow[T]]) -> None:
        _refuse_gaps([row.origin for row in rows])
        self.what: Final = what
        self.rows: Final = tuple(sorted(rows, key=_first_day))

    def at(self, date: datetime.date) -> DatedRow[T]:
        """The row that holds on the date."""
        for row in self.rows:
            if row.origin.holds_on(date):
                return row
        covered = ", ".join(row.origin.days() for row in self.rows) or "nothing"
        raise NoRowError(f"{self.what}: no row for {date}; there is {covered}; add a row with its source")


def _first_day(row: DatedRow[T]) -> datetime.date:
    return row.origin.from_date


def _refuse_gaps(origins: list[Provenance]) -> None:
    """Each row must begin on the day after the one before it ends."""
    order = sorted(range(len(origins)), key=lambda index: origins[index].from_date)
    before: Provenance | None = None
    for index in order:
        row = origins[index]
        if row.until_date is not None and row.until_date < row.from_date:
            raise DatedRowsError(index, "until", f"{row.until_date} is before from, {row.from_date}")
        if before is not None:
            if before.until_date is None or before.until_date >= row.from_date:
                raise DatedRowsError(
                    index, "from", f"{row.from_date} overlaps the row {before.days()}; end that one before"
                )
            if before.until_date + ONE_DAY != row.from_date:
                raise DatedRowsError(index, "from", f"{row.from_date} leaves a gap after the row {before.days()}")
        before = row

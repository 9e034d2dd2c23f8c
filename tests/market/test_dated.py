"""Dated rows: a date finds its row, a date without one is told, and rows that overlap or leave a gap are refused."""

from __future__ import annotations

import datetime

import pytest

from kairos.market.dated import DatedRow, DatedRows, DatedRowsError, NoRowError, Provenance


def row(value: str, first: str, last: str | None) -> DatedRow[str]:
    until = datetime.date.fromisoformat(last) if last else None
    return DatedRow(value, Provenance(datetime.date.fromisoformat(first), until, "a rule", True))


def rows(*made: DatedRow[str]) -> DatedRows[str]:
    return DatedRows("XHKG ticks of stock", made)


TWO = rows(row("new", "2025-08-04", None), row("old", "2006-07-24", "2025-08-03"))


@pytest.mark.parametrize(("day", "value"), [("2006-07-24", "old"), ("2025-08-03", "old"), ("2025-08-04", "new")])
def test_both_ends_of_a_row_belong_to_it(day: str, value: str) -> None:
    assert TWO.at(datetime.date.fromisoformat(day)).value == value


def test_a_date_without_a_row_says_what_there_is() -> None:
    with pytest.raises(NoRowError, match="XHKG ticks of stock: no row for 2006-07-23; there is 2006-07-24 to"):
        TWO.at(datetime.date(2006, 7, 23))


@pytest.mark.parametrize(
    ("first", "second", "problem"),
    [
        (("2020-01-01", None), ("2021-01-01", None), "overlaps the row from 2020-01-01"),
        (("2020-01-01", "2021-01-01"), ("2021-01-01", None), "overlaps"),
        (("2020-01-01", "2020-12-30"), ("2021-01-01", None), "leaves a gap"),
        (("2020-01-01", "2019-12-31"), ("2021-01-01", None), "is before from"),
    ],
)
def test_rows_that_do_not_follow_each_other_are_refused(
    first: tuple[str, str | None], second: tuple[str, str | None], problem: str
) -> None:
    with pytest.raises(DatedRowsError, match=problem):
        rows(row("a", *first), row("b", *second))

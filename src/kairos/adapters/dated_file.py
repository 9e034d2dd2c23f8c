"""Dated rules in TOML: the fields that each row has beside its rule, and the rows of one thing put together.

from = 2025-08-04          the first day
until = 2026-06-30         the last day; left out: until further notice
source = "..."             where the rule was read
checked = true             whether that was the primary source
note = "..."               what is uncertain, or worth knowing
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TypeVar

from kairos.adapters.file_rows import Row
from kairos.adapters.file_values import a_flag, a_text, show
from kairos.market.dated import DatedRow, DatedRows, DatedRowsError, Provenance

T = TypeVar("T")


def a_date(raw: object) -> datetime.date:
    """A date, as TOML writes it or as text."""
    if isinstance(raw, datetime.date) and not isinstance(raw, datetime.datetime):
        return raw
    try:
        return datetime.date.fromisoformat(a_text(raw))
    except ValueError as error:
        raise ValueError(f"{show(raw)} is not a date; write it as 2026-11-23") from error


def read_provenance(row: Row) -> Provenance:
    """The days, source and standing of a row."""
    from_date = row.need("from", a_date, datetime.date.min)
    until_date = row.get("until", _a_date_or_none, None)
    source = row.need("source", a_text, "")
    checked = row.need("checked", a_flag, False)
    note = row.get("note", a_text, "")
    if not checked and not note and "checked" in row:
        row.problem("note", "is missing; a row that is not checked says what is uncertain")
    return Provenance(from_date, until_date, source, checked, note)


def put_together(what: str, rows: Sequence[tuple[Row, DatedRow[T]]]) -> DatedRows[T] | None:
    """The rows of one thing; None, with the row told to its `Problems`, where they overlap or leave a gap."""
    try:
        return DatedRows(what, [row for _, row in rows])
    except DatedRowsError as error:
        rows[error.index][0].problem(error.field, f"{what}: {error.problem}")
        return None


def _a_date_or_none(raw: object) -> datetime.date | None:
    return a_date(raw)

"""Reads the dated rows of fees and taxes: the ones that ship, in `charges/*.toml`, and a house's own.

A file names its market's MICs, currency and classes of instrument, then each fee with its rows. What all rows of a fee
share stands once, with the fee; a row may say otherwise. Numbers are texts, so that a rate is exact.
"""

from __future__ import annotations

import datetime
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from mypy_extensions import i64

from kairos.market.charges import (
    FOREVER,
    RATE_DECIMALS,
    Basis,
    ChargeError,
    ChargeRow,
    ChargeSchedule,
    DayTrade,
    Fee,
    PaidBy,
    Rounding,
    RoundingBasis,
)
from kairos.model.errors import ReferenceDataError
from kairos.model.numbers import NumberError, parse_decimal, parse_money

TOP_KEYS: Final = frozenset(("mics", "currency", "classes", "margined", "fee"))
ROW_KEYS: Final = frozenset(
    ("side", "classes", "day_trade", "basis", "rate", "rounding", "unit", "rounding_basis", "minimum", "maximum")
) | frozenset(("from", "until", "source", "checked", "note"))
FEE_KEYS: Final = ROW_KEYS | frozenset(("name", "misc_fee_type", "begins", "ends", "row"))


def charges_folder() -> Path:
    """Where the shipped rows lie."""
    return Path(str(files("kairos.market"))) / "charges"


def shipped_charges(folder: Path | None = None) -> dict[str, ChargeSchedule]:
    """Every shipped schedule (or those of another folder), by MIC."""
    found: dict[str, ChargeSchedule] = {}
    for path in sorted((charges_folder() if folder is None else folder).glob("*.toml")):
        schedule = read_charges(path)
        for mic in schedule.mics:
            if mic in found:
                raise ReferenceDataError(str(path), "top", "mics", f"{mic} is in {found[mic].file} already")
            found[mic] = schedule
    return found


def charges_of(mic: str, schedules: dict[str, ChargeSchedule]) -> ChargeSchedule:
    """The schedule of a market; raises `ChargeError` where there is none."""
    schedule = schedules.get(mic)
    if schedule is None:
        raise ChargeError(f"no charges are known of market {mic!r}; those known: {', '.join(sorted(schedules))}")
    return schedule


def read_charges(path: Path) -> ChargeSchedule:
    """One file; raises `ReferenceDataError` with file, place and field."""
    document = read_document(path, TOP_KEYS)
    classes = texts(document, path, "top", "classes")
    fees = tuple([_fee(path, table, classes) for table in document.get("fee", [])])
    schedule = ChargeSchedule(
        file=path.name,
        mics=texts(document, path, "top", "mics"),
        currency=text_of(document, path, "currency"),
        classes=classes,
        margined=texts(document, path, "top", "margined") if "margined" in document else (),
        fees=fees,
    )
    for fee in fees:
        refuse_overlaps(path, fee.rows)
    return schedule


def read_document(path: Path, allowed: frozenset[str]) -> dict[str, Any]:
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ReferenceDataError(str(path), "file", "TOML", str(error)) from error
    refuse_keys(path, "top", document, allowed)
    return document


def _fee(path: Path, table: dict[str, Any], classes: tuple[str, ...]) -> Fee:
    name = str(table.get("name", ""))
    place = f"fee {name!r}"
    if not name:
        raise ReferenceDataError(str(path), place, "name", "each fee has one")
    refuse_keys(path, place, table, FEE_KEYS)
    shared = {key: value for key, value in table.items() if key in ROW_KEYS}
    rows = [row_of_table(path, name, shared | row, classes) for row in table.get("row", [])]
    begins = date_of(path, place, "begins", table.get("begins"), 0)
    ends = date_of(path, place, "ends", table.get("ends"), FOREVER)
    return Fee(name, str(table.get("misc_fee_type", "")), begins, ends, tuple(rows))


def row_of_table(path: Path, fee: str, row: dict[str, Any], classes: tuple[str, ...]) -> ChargeRow:
    """One row, with what it shares with its fee."""
    place = f"fee {fee!r}, row from {row.get('from', '?')}"
    refuse_keys(path, place, row, ROW_KEYS)
    named = texts(row, path, place, "classes") if "classes" in row else classes
    for name in named:
        if name not in classes:
            raise ReferenceDataError(str(path), place, "classes", f"{name!r} is none of {', '.join(classes)}")
    try:
        made = ChargeRow(
            fee=fee,
            paid_by=PaidBy(row["side"]),
            classes=named,
            day_trade=DayTrade(row.get("day_trade", "any")),
            basis=Basis(row.get("basis", "notional")),
            rate=parse_decimal(str(row["rate"]), RATE_DECIMALS),
            rounding=Rounding(row["rounding"]),
            unit=parse_money(str(row["unit"])),
            rounding_basis=RoundingBasis(row["rounding_basis"]),
            minimum=parse_money(str(row.get("minimum", "0"))),
            maximum=parse_money(str(row.get("maximum", "0"))),
            from_date=date_of(path, place, "from", row["from"], 0),
            until_date=date_of(path, place, "until", row.get("until"), FOREVER),
            source=str(row["source"]),
            checked=row.get("checked", False) is True,
            note=str(row.get("note", "")),
        )
    except KeyError as missing:
        raise ReferenceDataError(str(path), place, str(missing.args[0]), "is missing") from missing
    except (NumberError, ValueError) as problem:
        raise ReferenceDataError(str(path), place, "value", str(problem)) from problem
    _refuse_numbers(path, place, made)
    return made


def _refuse_numbers(path: Path, place: str, row: ChargeRow) -> None:
    if row.unit <= 0 or row.rate < 0 or row.minimum < 0 or row.maximum < 0:
        raise ReferenceDataError(str(path), place, "rate, unit, minimum, maximum", "unit above 0, none below 0")
    if row.from_date > row.until_date:
        raise ReferenceDataError(str(path), place, "until", "is before from")
    if not row.checked and not row.note:
        raise ReferenceDataError(str(path), place, "note", "a row that was not checked says what was not read")


def refuse_overlaps(path: Path, rows: tuple[ChargeRow, ...]) -> None:
    """Two rows that cover the same execution would leave it to chance which counts."""
    for at, row in enumerate(rows):
        for other in rows[:at]:
            if row.overlaps(other):
                place = f"fee {row.fee!r}, row from {row.from_date}"
                raise ReferenceDataError(str(path), place, "from", f"overlaps the row from {other.from_date}")


def refuse_keys(path: Path, place: str, table: dict[str, Any], allowed: frozenset[str]) -> None:
    for key in table:
        if key not in allowed:
            raise ReferenceDataError(str(path), place, key, f"is unknown; allowed: {', '.join(sorted(allowed))}")


def texts(table: dict[str, Any], path: Path, place: str, field: str) -> tuple[str, ...]:
    value = table.get(field)
    if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
        raise ReferenceDataError(str(path), place, field, "must be a list of texts")
    return tuple(value)


def text_of(document: dict[str, Any], path: Path, field: str) -> str:
    value = document.get(field)
    if not isinstance(value, str) or not value:
        raise ReferenceDataError(str(path), "top", field, "must be a text")
    return value


def date_of(path: Path, place: str, field: str, value: object, default: i64) -> i64:
    """A date (`2026-11-23`, with or without quotes) as YYYYMMDD."""
    if value is None:
        return default
    try:
        day = value if isinstance(value, datetime.date) else datetime.date.fromisoformat(str(value))
    except ValueError as problem:
        raise ReferenceDataError(str(path), place, field, str(problem)) from problem
    return day.year * 10_000 + day.month * 100 + day.day

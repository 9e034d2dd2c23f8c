"""A house's own commissions, in a TOML file of `[[commission]]` rows: by market, client, account and class.

The row that says most counts: one that names the account before one that names the client, before one that names
neither; among these one that names the class. Of rows that differ only in `notional_from`, tiers, the highest that the
contract note's notional reaches is charged on all of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from mypy_extensions import i64

from kairos.market.charge_files import ROW_KEYS, read_document, refuse_keys, row_of_table
from kairos.market.charges import COMMISSION, ChargeRow, Fill, notional
from kairos.model.errors import ReferenceDataError
from kairos.model.numbers import NumberError, parse_money

WHOSE_KEYS: Final = frozenset(("market", "client", "account", "notional_from"))
DEFAULTS: Final[dict[str, Any]] = {
    "side": "both",
    "rounding": "half_up",
    "rounding_basis": "order",
    "source": "house",
    "checked": True,
}


class CommissionRow:
    """Whom a row is for, and what it charges. Empty texts mean all."""

    def __init__(self, mic: str, client_id: str, account_id: str, notional_from: int, row: ChargeRow) -> None:
        self.mic: Final[str] = mic
        self.client_id: Final[str] = client_id
        self.account_id: Final[str] = account_id
        self.notional_from: Final[int] = notional_from
        self.row: Final[ChargeRow] = row

    def covers(self, mic: str, instrument_class: str, date: i64, client_id: str, account_id: str) -> bool:
        if self.mic != mic or self.client_id not in ("", client_id) or self.account_id not in ("", account_id):
            return False
        of_class = self.row.classes[0] == "" or instrument_class in self.row.classes
        return of_class and self.row.from_date <= date <= self.row.until_date

    def says(self) -> tuple[bool, bool, bool, int]:
        """How much it says, to be compared."""
        return (self.account_id != "", self.client_id != "", self.row.classes[0] != "", self.notional_from)


class Commissions:
    """A house's schedule."""

    def __init__(self, rows: tuple[CommissionRow, ...]) -> None:
        self.rows: Final[tuple[CommissionRow, ...]] = rows

    def row_for(
        self,
        mic: str,
        instrument_class: str,
        date: i64,
        client_id: str,
        account_id: str,
        fills: list[Fill],
        multiplier: i64 = 1,
    ) -> ChargeRow | None:
        """The commission of a contract note; None where the house has none of its own for it."""
        worth = notional(fills, multiplier)
        best: CommissionRow | None = None
        for row in self.rows:
            if row.notional_from > worth or not row.covers(mic, instrument_class, date, client_id, account_id):
                continue
            if best is None or row.says() > best.says():
                best = row
        return None if best is None else best.row


def read_commissions(path: Path) -> Commissions:
    """A house's file; raises `ReferenceDataError` with file, place and field."""
    document = read_document(path, frozenset((COMMISSION,)))
    rows = [_row(path, number, table) for number, table in enumerate(document.get(COMMISSION, []), 1)]
    for at, row in enumerate(rows):
        for other in rows[:at]:
            if _same(row, other):
                place = f"commission {at + 1}"
                raise ReferenceDataError(str(path), place, "market", "is for the same as a row before it, on one day")
    return Commissions(tuple(rows))


def _row(path: Path, number: int, table: dict[str, Any]) -> CommissionRow:
    place = f"commission {number}"
    refuse_keys(path, place, table, ROW_KEYS | WHOSE_KEYS)
    for field in ("market", "unit"):
        if field not in table:
            raise ReferenceDataError(str(path), place, field, "is missing")
    charged = DEFAULTS | {key: value for key, value in table.items() if key in ROW_KEYS}
    charged.setdefault("from", "2000-01-01")
    charged.setdefault("classes", [""])
    classes = tuple([str(name) for name in charged["classes"]]) or ("",)
    try:
        notional_from = parse_money(str(table.get("notional_from", "0")))
    except NumberError as problem:
        raise ReferenceDataError(str(path), place, "notional_from", str(problem)) from problem
    row = row_of_table(path, COMMISSION, charged, classes)
    whose = (str(table["market"]), str(table.get("client", "")), str(table.get("account", "")))
    return CommissionRow(*whose, notional_from, row)


def _same(row: CommissionRow, other: CommissionRow) -> bool:
    whose = (row.mic, row.client_id, row.account_id, row.notional_from)
    return whose == (other.mic, other.client_id, other.account_id, other.notional_from) and row.row.overlaps(other.row)

"""What each market, or the house for it, does with open orders on an ex date: read from `action_rules.toml`."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from kairos.market.charge_files import read_document, refuse_keys, texts
from kairos.model.errors import ReferenceDataError
from kairos.model.market_enums import CorporateActionKind, OrderTreatment
from kairos.model.numbers import NumberError, parse_price

KIND_KEYS: Final = {
    CorporateActionKind.SPLIT: "split",
    CorporateActionKind.REVERSE_SPLIT: "reverse_split",
    CorporateActionKind.CASH_DIVIDEND: "cash_dividend",
    CorporateActionKind.STOCK_DIVIDEND: "stock_dividend",
}
KEYS: Final = frozenset(("mics", *KIND_KEYS.values(), "least_cash", "reference_unit", "source", "checked", "note"))
TICK: Final = "tick"


class ActionRule:
    """The rule of a market. `least_cash` and `reference_unit` are prices; a unit of 0 is the instrument's tick."""

    def __init__(
        self,
        treatments: dict[CorporateActionKind, OrderTreatment],
        least_cash: int,
        reference_unit: int,
        source: str,
        checked: bool,
        note: str,
    ) -> None:
        self.treatments: Final[dict[CorporateActionKind, OrderTreatment]] = treatments
        self.least_cash: Final[int] = least_cash
        self.reference_unit: Final[int] = reference_unit
        self.source: Final[str] = source
        self.checked: Final[bool] = checked
        self.note: Final[str] = note

    def treatment_of(self, kind: CorporateActionKind, cash: int) -> OrderTreatment:
        """What becomes of orders; a dividend in cash that is too small changes none."""
        if kind is CorporateActionKind.CASH_DIVIDEND and cash < self.least_cash:
            return OrderTreatment.LEAVE
        return self.treatments[kind]


def shipped_rules_file() -> Path:
    return Path(str(files("kairos.market"))) / "action_rules.toml"


def read_action_rules(path: Path) -> dict[str, ActionRule]:
    """The rules of a file, by MIC; raises `ReferenceDataError` with file, place and field."""
    found: dict[str, ActionRule] = {}
    for number, table in enumerate(read_document(path, frozenset(("market",))).get("market", []), 1):
        place = f"market {number}"
        refuse_keys(path, place, table, KEYS)
        rule = _rule(path, place, table)
        for mic in texts(table, path, place, "mics"):
            if mic in found:
                raise ReferenceDataError(str(path), place, "mics", f"{mic} has a rule already")
            found[mic] = rule
    return found


def _rule(path: Path, place: str, table: dict[str, Any]) -> ActionRule:
    unit = str(table.get("reference_unit", TICK))
    try:
        return ActionRule(
            treatments={kind: OrderTreatment[str(table[key])] for kind, key in KIND_KEYS.items()},
            least_cash=parse_price(str(table.get("least_cash", "0"))),
            reference_unit=0 if unit == TICK else parse_price(unit),
            source=str(table["source"]),
            checked=table.get("checked", False) is True,
            note=str(table.get("note", "")),
        )
    except KeyError as missing:
        word = str(missing.args[0])
        problem = "is missing" if word in KEYS else f"is none of {', '.join(OrderTreatment.__members__)}"
        raise ReferenceDataError(str(path), place, word, problem) from missing
    except NumberError as error:
        raise ReferenceDataError(str(path), place, "least_cash, reference_unit", str(error)) from error

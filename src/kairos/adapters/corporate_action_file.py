"""Corporate actions as a file tells them (CSV, one a line), made commands by the rules of their markets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from kairos.adapters.csv_file import read_csv
from kairos.adapters.file_errors import Problems
from kairos.adapters.file_rows import Row
from kairos.adapters.file_values import a_code, a_flag, a_member, a_price, a_text, an_id, show
from kairos.market.action_rules import ActionRule
from kairos.market.codes import parse_currency
from kairos.market.corporate_actions import MAX_RATIO, is_sound
from kairos.model.commands import ApplyCorporateAction
from kairos.model.market_enums import CorporateActionKind, OrderTreatment

RATIO: Final = re.compile(r"([1-9][0-9]{0,5}):([1-9][0-9]{0,5})")
SAME_UNITS: Final = (1, 1)


def read_corporate_actions(path: Path, rules: Mapping[str, ActionRule]) -> list[ApplyCorporateAction]:
    """The actions of a file, in its order; raises `FileErrors` with every error in it."""
    problems = Problems()
    actions = [action_of(row, rules) for row in read_csv(path, problems)]
    seen: set[str] = set()
    for number, action in enumerate(actions, 2):
        if action.action_id in seen:
            problems.add(str(path), f"line {number}", "action_id", f"{action.action_id!r} is in a line before")
        seen.add(action.action_id)
    problems.raise_if_any()
    return actions


def action_of(row: Row, rules: Mapping[str, ActionRule], user_id: str = "") -> ApplyCorporateAction:
    """One row; what is wrong with it goes to its `Problems`."""
    kind = row.need("kind", a_member(CorporateActionKind), CorporateActionKind.SPLIT)
    numerator, denominator = row.get("ratio", a_ratio, SAME_UNITS)
    cash = row.get("cash", a_price, 0)
    instrument_id = row.need("instrument_id", an_id, "")
    if not is_sound(kind, numerator, denominator, cash):
        row.problem("kind", f"{kind.name.lower()} does not go with ratio {numerator}:{denominator} and this cash")
    currency = row.get("currency", a_code(parse_currency), "")
    if cash and not currency:
        row.problem("currency", "is missing; add it, as there is cash")
    rule = rules.get(instrument_id.rpartition(".")[2])
    orders = row.get("orders", a_member(OrderTreatment), None if rule is None else rule.treatment_of(kind, cash))
    if orders is None:
        row.problem("orders", f"must say what becomes of open orders: no rule is known of {instrument_id!r}'s market")
    action = ApplyCorporateAction(
        action_id=row.need("action_id", an_id, ""),
        instrument_id=instrument_id,
        kind=kind,
        ex_date=row.need("ex_date", a_date, 0),
        numerator=numerator,
        denominator=denominator,
        cash=cash,
        currency=currency,
        orders=OrderTreatment.LEAVE if orders is None else orders,
        reference_px=row.get("reference_px", a_price, 0),
        reference_unit=0 if rule is None else rule.reference_unit,
        leave_live=row.get("leave_live", a_flag, False),
        text=row.get("text", a_text, ""),
        user_id=user_id,
    )
    row.finish()
    return action


def a_ratio(raw: object) -> tuple[int, int]:
    """`3:2`, three new units for two old."""
    found = RATIO.fullmatch(raw) if isinstance(raw, str) else None
    if found is None or max(int(found[1]), int(found[2])) > MAX_RATIO:
        raise ValueError(f"{show(raw)} must be new units and old ones, as 3:2, each from 1 to {MAX_RATIO}")
    return int(found[1]), int(found[2])


def a_date(raw: object) -> int:
    """`2026-11-23`, as YYYYMMDD."""
    try:
        return int(date.fromisoformat(str(raw)).strftime("%Y%m%d"))
    except ValueError as problem:
        raise ValueError(f"{show(raw)} must be a date, as 2026-11-23") from problem

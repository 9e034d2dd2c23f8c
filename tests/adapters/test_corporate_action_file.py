"""corporate_actions.csv: read whole, by the rules of its markets, or told what is wrong by line and field."""

from __future__ import annotations

from pathlib import Path

import pytest

from kairos.adapters.corporate_action_file import read_corporate_actions
from kairos.adapters.file_errors import FileErrors
from kairos.market.action_rules import read_action_rules, shipped_rules_file
from kairos.model.commands import ApplyCorporateAction
from kairos.model.market_enums import CorporateActionKind, OrderTreatment
from kairos.model.numbers import parse_price

RULES = read_action_rules(shipped_rules_file())
HEADER = "action_id,instrument_id,kind,ex_date,ratio,cash,currency,orders,reference_px,leave_live,text\n"


def read(tmp_path: Path, lines: str) -> list[ApplyCorporateAction]:
    path = tmp_path / "corporate_actions.csv"
    path.write_text(HEADER + lines, "utf-8")
    return read_corporate_actions(path, RULES)


def test_an_action_a_line_with_the_rule_of_its_market(tmp_path: Path) -> None:
    split, dividend, small, own = read(
        tmp_path,
        "A1,AAPL.XNAS,split,2020-08-31,4:1,,,,,,\n"
        "B1,BAC.XNYS,cash_dividend,2026-12-04,,0.28,USD,,,,\n"
        "B2,BAC.XNYS,cash_dividend,2026-12-04,,0.009,USD,,,,\n"
        'T1,2330.XTAI,stock_dividend,2026-12-11,105:100,4.5,TWD,adjust_all,1025,true,"bonus, and cash"\n',
    )
    assert split == ApplyCorporateAction(
        "A1", "AAPL.XNAS", CorporateActionKind.SPLIT, 20200831, 4, 1, 0, "", OrderTreatment.ADJUST, 0,
        parse_price("0.01"), False, "", "",
    )  # fmt: skip
    assert (dividend.cash, dividend.orders) == (parse_price("0.28"), OrderTreatment.ADJUST)
    assert small.orders is OrderTreatment.LEAVE
    assert own == ApplyCorporateAction(
        "T1", "2330.XTAI", CorporateActionKind.STOCK_DIVIDEND, 20261211, 105, 100, parse_price("4.5"), "TWD",
        OrderTreatment.ADJUST_ALL, parse_price("1025"), 0, True, "bonus, and cash", "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("A1,AAPL.XNAS,merger,2020-08-31,4:1,,,,,,", r"line 2: kind: 'merger' must be 'split' or 'reverse_split' or"),
        ("A1,AAPL.XNAS,split,2020-08-31,1:4,,,,,,", "line 2: kind: split does not go with ratio 1:4"),
        ("A1,AAPL.XNAS,split,2020-08-31,4/1,,,,,,", "ratio: '4/1' must be new units and old ones, as 3:2"),
        ("A1,AAPL.XNAS,split,2020-08-31,100001:1,,,,,,", "each from 1 to 100000"),
        ("A1,AAPL.XNAS,split,31.8.2020,4:1,,,,,,", "ex_date: '31.8.2020' must be a date, as 2026-11-23"),
        (",AAPL.XNAS,split,2020-08-31,4:1,,,,,,", "action_id: is missing; add it"),
        ("A1,BAC.XNYS,cash_dividend,2026-12-04,,0.28,,,,,", "currency: is missing; add it, as there is cash"),
        ("A1,VOD.XLON,split,2026-12-04,2:1,,,,,,", "orders: must say what becomes of open orders: no rule is known"),
        ("A1,VOD.XLON,split,2026-12-04,2:1,,,maybe,,,", "orders: 'maybe' must be 'adjust' or"),
        ("A1,AAPL.XNAS,split,2020-08-31,4:1,,,,,,\n" * 2, "line 3: action_id: 'A1' is in a line before"),
        ("A1,AAPL.XNAS,split", "line 2: cells: are 3, but the header has 11"),
    ],
)
def test_what_is_wrong_is_told_by_line_and_field(tmp_path: Path, line: str, words: str) -> None:
    with pytest.raises(FileErrors, match=words):
        read(tmp_path, line)


def test_a_column_that_is_not_known_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "corporate_actions.csv"
    path.write_text("action_id,instrument_id,kind,ex_date,ratio,colour\nA1,AAPL.XNAS,split,2020-08-31,4:1,blue\n")
    with pytest.raises(FileErrors, match="colour: is not known here"):
        read_corporate_actions(path, RULES)

"""Corporate actions on prices and holdings: worked examples, properties, and what two data sets made of real ones."""

from __future__ import annotations

import csv
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kairos.market.action_rules import read_action_rules, shipped_rules_file
from kairos.market.corporate_actions import ex_price, is_sound, new_units, price_down, price_up, restate_holding
from kairos.model.errors import ReferenceDataError
from kairos.model.market_enums import CorporateActionKind, OrderTreatment
from kairos.model.numbers import format_price, parse_price

CENT = parse_price("0.01")
RATIOS = st.integers(1, 1000)
PRICES = st.integers(1, 10**14)


@pytest.mark.parametrize(
    ("px", "cash", "new", "old", "unit", "after"),
    [
        ("1085", "4.5", 1, 1, "5", "1080"),  # 1,080.5: the tick below is nearer
        ("1085", "2.5", 1, 1, "5", "1085"),  # 1,082.5: half way goes up
        ("100", "2", 105, 100, "0.01", "93.33"),  # Shanghai: (100 - 2) / (1 + 0.05)
        ("499.23", "0", 4, 1, "0.01", "124.81"),  # AAPL, 2020-08-31
        ("30.52", "0", 1, 3, "0.01", "91.56"),  # DD, 2019-06-03
        ("1", "2", 1, 1, "0.01", "0"),
    ],
)
def test_the_reference_price_after_an_action(px: str, cash: str, new: int, old: int, unit: str, after: str) -> None:
    assert format_price(ex_price(parse_price(px), parse_price(cash), new, old, parse_price(unit))) == after


@pytest.mark.parametrize(
    ("px", "cash", "new", "old", "down"),
    [
        ("140", "0.505", 1, 1, "139.49"),  # a dividend of half a cent more: to the next lower cent
        ("140.01", "0", 3, 2, "93.34"),
        ("140", "0", 3, 2, "93.33"),
        ("20", "0", 5, 4, "16"),
    ],
)
def test_an_order_to_buy_comes_down_to_the_tick_below(px: str, cash: str, new: int, old: int, down: str) -> None:
    """FINRA Rule 5330(a)(1) and (2): subtract and round to the next lower variation; of a split, the value of it is
    rounded up and subtracted, which comes to the same."""
    assert format_price(price_down(parse_price(px), parse_price(cash), new, old, CENT)) == down
    value_of_split = Fraction(parse_price(px) * (new - old), new)
    rounded_up = -(-value_of_split // CENT) * CENT
    if not int(parse_price(cash)):
        assert parse_price(px) - rounded_up == parse_price(down)


@given(PRICES, PRICES, RATIOS, RATIOS, st.sampled_from([1, CENT, 5 * 10**8]))
def test_prices_are_on_the_tick_and_next_to_the_exact_value(px: int, cash: int, new: int, old: int, tick: int) -> None:
    exact = Fraction((px - cash) * old, new)
    down, up = price_down(px, cash, new, old, tick), price_up(px, new, old, tick)
    assert down % tick == 0 and 0 <= exact - down < tick
    assert up % tick == 0 and 0 <= up - Fraction(px * old, new) < tick
    reference = ex_price(px, cash, new, old, tick)
    assert reference % tick == 0 and abs(reference - max(exact, 0)) <= Fraction(tick, 2)


@given(st.integers(1, 10**9), RATIOS, RATIOS, st.sampled_from([1, 100, 1000]))
def test_what_is_left_of_an_order_is_whole_lots_and_never_fewer_units_of_more(
    qty: int, new: int, old: int, lot: int
) -> None:
    units = new_units(qty, new, old, lot)
    if new >= old:
        assert units >= qty
    assert units == qty or (units % lot == 0 and 0 <= Fraction(qty * new, old) - units < lot)


@given(
    st.integers(-(10**9), 10**9), st.integers(-(10**18), 10**18), st.integers(-(10**15), 10**15), RATIOS, RATIOS,
    st.integers(0, 10**13),
)  # fmt: skip
def test_a_holding_loses_nothing_but_a_fraction_that_is_paid_for(
    qty: int, cost: int, realized: int, new: int, old: int, px: int
) -> None:
    held = restate_holding(qty, cost if qty else 0, realized, new, old, px, 1)
    fraction = Fraction(abs(qty) * new, old) - abs(held.qty)
    assert 0 <= fraction < 1 and held.qty * qty >= 0
    before = realized - (cost if qty else 0)
    assert held.realized - held.cost == before + held.cash, "profit and cost move by the cash alone"
    assert abs(held.cash - fraction * px * (1 if qty >= 0 else -1)) < 1


def test_a_fraction_is_paid_at_the_new_price() -> None:
    """101 shares at 140, three for two: 151, and half a share at 100."""
    held = restate_holding(101, 14_140 * 10**8, 0, 3, 2, 100 * 10**8, 1)
    assert (held.qty, held.cash) == (151, 50 * 10**8)


@pytest.mark.parametrize(
    ("kind", "new", "old", "cash", "sound"),
    [
        (CorporateActionKind.SPLIT, 2, 1, 0, True),
        (CorporateActionKind.SPLIT, 1, 2, 0, False),
        (CorporateActionKind.SPLIT, 100_001, 1, 0, False),
        (CorporateActionKind.SPLIT, 2, 1, 1, False),
        (CorporateActionKind.REVERSE_SPLIT, 1, 2, 0, True),
        (CorporateActionKind.REVERSE_SPLIT, 2, 2, 0, False),
        (CorporateActionKind.CASH_DIVIDEND, 1, 1, 1, True),
        (CorporateActionKind.CASH_DIVIDEND, 1, 1, 0, False),
        (CorporateActionKind.CASH_DIVIDEND, 2, 1, 1, False),
        (CorporateActionKind.STOCK_DIVIDEND, 105, 100, 0, True),
        (CorporateActionKind.STOCK_DIVIDEND, 105, 100, 1, True),
        (CorporateActionKind.STOCK_DIVIDEND, 1, 1, 1, False),
        (CorporateActionKind.STOCK_DIVIDEND, 105, 100, -1, False),
    ],
)
def test_a_kind_has_its_ratio_and_its_cash(
    kind: CorporateActionKind, new: int, old: int, cash: int, sound: bool
) -> None:
    assert is_sound(kind, new, old, cash) is sound


@pytest.mark.slow
def test_adjusted_closes_of_the_sp500_follow(shared_data: Callable[[str], Path]) -> None:
    """5,120 dividends and 27 splits (and one day with both): what the vendor's adjusted closes make of the day before
    is our reference price, to half a cent."""
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(shared_data("us_daily_sp500") / "sp500_daily_2018_2021.parquet").to_pydict()
    names = ("symbol", "close", "adjusted_close", "dividend_amount", "split_coefficient")
    dividends = splits = 0
    before = ("", 0.0, 0.0)
    for symbol, close, adjusted, dividend, split in zip(*(table[name] for name in names), strict=True):
        if symbol == before[0] and (dividend or split != 1):
            last, last_adjusted = before[1], before[2]
            ratio = Fraction(split).limit_denominator(1000)
            after = ex_price(scaled(last), scaled(dividend), ratio.numerator, ratio.denominator, CENT) / 10**8
            if split == 1:
                dividends += 1
                assert abs(adjusted / last_adjusted * last - close - (last - after)) < 0.0055, (symbol, last, dividend)
            elif not dividend:
                splits += 1
                assert abs(last * (last_adjusted / last) / (adjusted / close) - after) < 0.0055, (symbol, last, split)
        before = (symbol, close, adjusted)
    assert (dividends, splits) == (5120, 27)


@pytest.mark.parametrize("symbol", ["aapl", "bac", "ibm", "spy"])
def test_the_factors_of_lean_follow(shared_data: Callable[[str], Path], symbol: str) -> None:
    """A factor file names the close before each action and how prices before it are scaled: the same as ours."""
    path = shared_data("lean_us_equity_ticks") / "corporate_actions" / f"factor_{symbol}.csv"
    rows = [[float(cell) for cell in row] for row in csv.reader(path.read_text().splitlines())]
    actions = 0
    for (_, price, split, close), (_, next_price, next_split, _) in pairwise(rows[1:]):
        ratio = Fraction(next_split / split).limit_denominator(100)
        dividend = round(close * (1 - price / next_price), 4)
        after = ex_price(scaled(close), scaled(dividend), ratio.numerator, ratio.denominator, CENT) / 10**8
        assert abs(close * price / next_price * split / next_split - after) < 0.0056, (close, dividend, ratio)
        actions += 1
    assert actions == len(rows) - 2 >= 39


def scaled(value: float) -> int:
    return parse_price(f"{value:.6f}".rstrip("0").rstrip("."))


def test_the_shipped_rules_are_those_of_the_markets() -> None:
    rules = read_action_rules(shipped_rules_file())
    new_york, taipei = rules["XNYS"], rules["XTAI"]
    dividend = CorporateActionKind.CASH_DIVIDEND
    assert new_york.treatment_of(dividend, CENT) is OrderTreatment.ADJUST
    assert new_york.treatment_of(dividend, CENT - 1) is OrderTreatment.LEAVE  # "less than one cent"
    assert new_york.treatment_of(CorporateActionKind.REVERSE_SPLIT, 0) is OrderTreatment.CANCEL
    assert (new_york.reference_unit, taipei.reference_unit) == (CENT, 0)
    assert taipei.treatment_of(dividend, CENT) is OrderTreatment.LEAVE
    assert taipei.treatment_of(CorporateActionKind.STOCK_DIVIDEND, 0) is OrderTreatment.CANCEL
    assert set(rules) >= {"XTAI", "ROCO", "XHKG", "XSHG", "XSHE", "XNYS", "XNAS"}
    assert all(rule.source and (rule.checked or rule.note) for rule in rules.values())


A_RULE = """
[[market]]
mics = ["XTST"]
split = "CANCEL"
reverse_split = "CANCEL"
cash_dividend = "LEAVE"
stock_dividend = "ADJUST_ALL"
source = "house"
"""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('split = "CANCEL"', 'split = "MAYBE"', "MAYBE: is none of ADJUST, ADJUST_ALL, CANCEL, LEAVE"),
        ('cash_dividend = "LEAVE"', "", "market 1: cash_dividend: is missing"),
        ('source = "house"', 'sauce = "house"', "sauce: is unknown"),
        ('source = "house"', 'source = "house"\nleast_cash = "x"', "'x' is not a decimal number"),
        ('mics = ["XTST"]', 'mics = ["XTST", "XTST"]', "XTST has a rule already"),
    ],
)
def test_a_rule_that_is_wrong_is_told(tmp_path: Path, old: str, new: str, words: str) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(A_RULE.replace(old, new, 1), "utf-8")
    with pytest.raises(ReferenceDataError, match=words):
        read_action_rules(path)
    path.write_text(A_RULE, "utf-8")
    assert list(read_action_rules(path)) == ["XTST"]

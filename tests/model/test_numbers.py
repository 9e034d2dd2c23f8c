"""Exact numbers: text to scaled integer and back without a loss, and never a silent rounding."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kairos.model.numbers import (
    MAX_PRICE,
    MAX_QTY,
    PRICE_SCALE,
    NumberError,
    average_price,
    format_price,
    magnitude,
    notional_of,
    parse_decimal,
    parse_money,
    parse_price,
    parse_qty,
    product,
    size_of,
)

LIMIT = settings(max_examples=100)


@LIMIT
@given(st.integers(-MAX_PRICE, MAX_PRICE))
def test_a_price_is_read_as_it_was_written(value: int) -> None:
    assert parse_price(format_price(value)) == value


@LIMIT
@given(st.integers(-(10**30), 10**30))
def test_money_of_any_size_is_read_as_it_was_written(value: int) -> None:
    text = format_price(value)
    assert parse_money(text) == value
    assert Fraction(text) * PRICE_SCALE == value
    assert not ("." in text and text.endswith("0")), "the shortest exact text"


@LIMIT
@given(st.text(alphabet="0123456789.+-eE_ ,x", max_size=12))
def test_any_text_is_the_exact_number_or_an_error(text: str) -> None:
    try:
        value = parse_decimal(text, 8)
    except NumberError:
        return
    assert Fraction(text) * PRICE_SCALE == value
    assert not set(text) & set("eE_ ,x")


@pytest.mark.parametrize("text", ["", "-", ".", "1e5", "1_000", " 1", "1 ", "１", "0x1", "1.2.3", "--1", "0.000000001"])
def test_what_is_not_plain_decimal_text_is_refused(text: str) -> None:
    with pytest.raises(NumberError):
        parse_price(text)


def test_bounds() -> None:
    assert parse_qty("9999999999") == MAX_QTY
    assert parse_qty("100.00") == 100
    assert parse_price("999999999") == MAX_PRICE
    for bad in ("10000000000", "1.5", "9" * 23):
        with pytest.raises(NumberError):
            parse_qty(bad)
    for bad in ("1000000000", "9" * 41):
        with pytest.raises(NumberError):
            parse_price(bad)


@LIMIT
@given(st.integers(0, 10**26), st.integers(1, MAX_QTY))
def test_the_average_is_the_nearest_price(notional: int, qty: int) -> None:
    average = average_price(notional, qty)
    assert abs(Fraction(notional, qty) - average) <= Fraction(1, 2)


def test_small_sums() -> None:
    assert average_price(0, 0) == 0
    assert average_price(3, 2) == 2, "half up"
    assert notional_of(MAX_QTY, MAX_PRICE, 1000) == MAX_QTY * MAX_PRICE * 1000, "no wrap at 2**63"
    assert (magnitude(-5), magnitude(5)) == (5, 5)


WORDS = st.integers(-(2**63) + 1, 2**63 - 1)


@given(WORDS, WORDS, st.integers(1, 10**9))
def test_a_product_is_exact_whether_a_word_holds_it_or_not(a: int, b: int, multiplier: int) -> None:
    assert product(a, b) == a * b
    assert product(a % 2**31, b % 2**31) == (a % 2**31) * (b % 2**31), "and one that fits"
    assert notional_of(a, b, multiplier) == a * b * multiplier
    assert (size_of(a), magnitude(a * b)) == (abs(a), abs(a * b))

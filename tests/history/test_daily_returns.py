"""Daily returns of closes, against fractions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kairos.history.daily_returns import daily_returns, return_ppm

PX = st.integers(1, 10**17)


def test_the_first_day_has_no_return() -> None:
    closes = [(20260105, Decimal("100")), (20260106, Decimal("98.50"))]
    assert [(one.date, one.ppm) for one in daily_returns(closes)] == [(20260106, -15_000)]
    assert daily_returns(closes[:1]) == []


@given(PX, PX)
def test_a_return_is_the_nearest_millionth(before: int, px: int) -> None:
    exact = Fraction(px - before, before) * 10**6
    assert abs(return_ppm(before, px) - exact) <= Fraction(1, 2)


@given(PX, st.integers(0, 10**16))
def test_rises_and_falls_are_rounded_alike(before: int, change: int) -> None:
    assert return_ppm(before, before + change) == -return_ppm(before, before - change)

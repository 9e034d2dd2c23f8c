"""Bars: what traded in each stretch of time, none told twice, none changed after it was told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kairos.market.bars import MINUTE_NS, Bar, BarBuilder
from kairos.market.tape import Trade
from kairos.model.numbers import parse_price as px

NINE = 1_700_000_000 * 1_000_000_000 // MINUTE_NS * MINUTE_NS


def trade(second: float, price: str, size: int) -> Trade:
    return Trade("AAA.XNYS", NINE + round(second * 1_000_000_000), px(price), size)


def figures(bar: Bar | None) -> tuple[int, ...]:
    assert bar is not None
    return (bar.start_ns, bar.open_px, bar.high_px, bar.low_px, bar.close_px, bar.volume, bar.trade_count)


def test_a_minute_s_prints_become_its_bar_when_the_next_minute_s_first_print_comes() -> None:
    builder = BarBuilder("AAA.XNYS")
    for second, price, size in ((1, "10", 100), (20, "12", 50), (40, "9", 200), (59.999, "11", 1)):
        assert builder.on_trade(trade(second, price, size)) is None
    bar = builder.on_trade(trade(60, "11", 7))
    assert figures(bar) == (NINE, px("10"), px("12"), px("9"), px("11"), 351, 4)
    assert bar is not None and bar.turnover == 1000 * 10**8 + 600 * 10**8 + 1800 * 10**8 + 11 * 10**8
    assert bar.vwap() == round(3411 * 10**8 / 351)
    so_far = builder.bar_so_far()
    assert so_far is not None and (so_far.start_ns, so_far.volume) == (NINE + MINUTE_NS, 7)


def test_a_minute_without_a_print_has_no_bar() -> None:
    builder = BarBuilder("AAA.XNYS")
    builder.on_trade(trade(5, "10", 1))
    assert figures(builder.on_trade(trade(305, "11", 1)))[0] == NINE
    assert figures(builder.bar_before(NINE + 6 * MINUTE_NS))[0] == NINE + 5 * MINUTE_NS
    assert builder.bar_before(NINE + 9 * MINUTE_NS) is None
    assert builder.bar_so_far() is None


def test_a_bar_is_given_once_the_time_is_over_and_a_late_print_does_not_change_it() -> None:
    builder = BarBuilder("AAA.XNYS")
    builder.on_trade(trade(5, "10", 1))
    assert builder.bar_before(NINE + MINUTE_NS - 1) is None
    assert figures(builder.bar_before(NINE + MINUTE_NS))[5] == 1
    assert builder.on_trade(trade(59, "99", 1)) is None
    assert builder.late_count == 1 and builder.bar_so_far() is None


def test_an_interval_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="interval_ns is 0"):
        BarBuilder("AAA.XNYS", 0)


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 500), st.integers(1, 1000)), max_size=60))
def test_bars_hold_every_print_once(prints: list[tuple[int, int, int]]) -> None:
    """Whatever is printed in order of time: volumes, turnover and counts of the bars are those of the prints."""
    builder = BarBuilder("AAA.XNYS")
    bars = []
    for second, cents, size in sorted(prints, key=lambda row: row[0]):
        bars.append(builder.on_trade(Trade("AAA.XNYS", NINE + second * 10**9, cents * 10**6, size)))
    bars.append(builder.bar_before(NINE + 9 * MINUTE_NS))
    done = [bar for bar in bars if bar is not None]
    assert sum(bar.volume for bar in done) == sum(size for _, _, size in prints)
    assert sum(bar.turnover for bar in done) == sum(cents * 10**6 * size for _, cents, size in prints)
    assert sum(bar.trade_count for bar in done) == len(prints) and builder.late_count == 0
    assert [bar.start_ns for bar in done] == sorted({NINE + s // 60 * MINUTE_NS for s, _, _ in prints})
    assert all(bar.low_px <= min(bar.open_px, bar.close_px) <= bar.high_px for bar in done)

"""The market's time and the world's agree exactly, at every speed."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kairos.simulator.market_clock import EARLIEST_NS, LATEST_NS, Anchor, MarketClock

SPEEDS = st.fractions(min_value=Fraction(1, 100), max_value=100_000, max_denominator=1000)
TIMES = st.integers(min_value=10**18, max_value=2 * 10**18)
SPANS = st.integers(min_value=0, max_value=10**12)


@given(TIMES, TIMES, SPEEDS, SPANS)
def test_wall_at_is_the_first_time_at_which_the_market_is_there(
    market: int, wall: int, speed: Fraction, span: int
) -> None:
    anchor = Anchor(market, wall, speed)
    at = anchor.wall_at(market + span)
    assert anchor.market_at(at) >= market + span
    assert anchor.market_at(at - 1) < market + span


@given(TIMES, SPEEDS, SPANS, SPANS)
def test_time_never_goes_back(wall: int, speed: Fraction, one: int, more: int) -> None:
    clock = MarketClock(10**18, speed, wall)
    clock.begin(wall)
    assert clock.market_ns(wall + one) <= clock.market_ns(wall + one + more)


def test_the_market_stands_until_it_begins_and_begins_once() -> None:
    clock = MarketClock(5_000, 60, 100)
    assert clock.market_ns(900) == 5_000
    clock.begin(1_000)
    clock.begin(2_000)
    assert [clock.market_ns(wall) for wall in (0, 1_000, 1_001, 1_010)] == [5_000, 5_000, 5_060, 5_600]
    assert clock.wall_ns(5_600) == 1_010 and clock.wall_ns(5_601) == 1_011


def test_a_fraction_is_exact_over_a_day() -> None:
    clock = MarketClock(0, Fraction(1, 3), 0)
    clock.begin(0)
    assert clock.market_ns(3 * 86_400 * 10**9) == 86_400 * 10**9


def test_times_out_of_range_stay_within_64_bits() -> None:
    anchor = Anchor(10**18, 10**18, Fraction(100_000))
    assert anchor.market_at(9 * 10**18) == LATEST_NS and anchor.market_at(0) == EARLIEST_NS


@pytest.mark.parametrize("speed", [0, -1])
def test_a_market_that_does_not_move_is_refused(speed: int) -> None:
    with pytest.raises(ValueError, match="speed must be more than 0"):
        MarketClock(0, speed, 0)


@given(SPEEDS, SPANS, SPANS)
def test_a_time_to_come_is_the_same_whenever_it_is_asked_for(speed: Fraction, later: int, ahead: int) -> None:
    """A replace that repeats an order's ExpireTime(126) must not change it, or the order would lose its place."""
    clock = MarketClock(10**18, speed, 10**18)
    clock.begin(10**18)
    moments = [clock.moment(clock.market_ns(wall), wall) for wall in (10**18, 10**18 + later)]
    assert len({moment.market_at(10**18 + ahead) for moment in moments}) == 1


def test_a_market_that_lags_or_stands_is_taken_to_go_on_from_where_it_is() -> None:
    clock = MarketClock(5_000, 10, 1_000)
    standing = clock.moment(5_000, 1_700)
    assert (standing.market_at(1_700), standing.market_at(1_701), standing.wall_at(5_000)) == (5_000, 5_010, 1_700)
    clock.begin(1_000)
    late = clock.moment(5_500, 1_100)
    assert (late.market_at(1_100), late.market_at(1_101), late.wall_at(5_500)) == (5_500, 5_510, 1_100)

"""Daily price limits and interruption bands, as the exchanges round them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.market.tick_tables import TAIPEI, px

from kairos.market.price_limits import UNBOUNDED, BandStep, InterruptionRule, LimitRounding, PriceLimitRule
from kairos.market.ticks import single_tick
from kairos.model.numbers import parse_price

TEN_PERCENT = PriceLimitRule(1_000, 1_000, LimitRounding.INWARDS, free_days=5)
SHANGHAI = PriceLimitRule(1_000, 1_000, LimitRounding.NEAREST)
CENTS = single_tick(parse_price("0.01"))


@pytest.mark.parametrize(
    ("reference", "low", "high"),
    [("100", "90", "110"), ("1085", "977", "1190"), ("49.9", "44.95", "54.8"), ("9.05", "8.15", "9.95")],
)
def test_taipei_rounds_inwards_to_the_tick_at_the_limit(reference: str, low: str, high: str) -> None:
    """TWSE Operating Rules art. 62 and 63: 10 % of the reference, never more; 1085 * 1.1 = 1193.5 becomes 1190."""
    bounds = TEN_PERCENT.bounds(px(reference), TAIPEI)
    assert (bounds.low_px, bounds.high_px) == (px(low), px(high))


@pytest.mark.parametrize(
    ("reference", "low", "high"), [("10.05", "9.05", "11.06"), ("3.33", "3", "3.66"), ("0.04", "0.03", "0.05")]
)
def test_shanghai_rounds_to_the_nearest_cent(reference: str, low: str, high: str) -> None:
    """SSE trading rules: previous close times (1 ± 10 %), rounded half up; at least one tick away."""
    bounds = SHANGHAI.bounds(px(reference), CENTS)
    assert (bounds.low_px, bounds.high_px) == (px(low), px(high))


@given(st.integers(1, 3_000_00).map(lambda cents: TAIPEI.round_up(cents * 10**6)))
def test_limits_are_on_tick_around_the_reference_and_within_ten_percent_or_one_tick(reference: int) -> None:
    bounds = TEN_PERCENT.bounds(reference, TAIPEI)
    assert TAIPEI.is_on_tick(bounds.low_px)
    assert TAIPEI.is_on_tick(bounds.high_px)
    assert bounds.low_px <= reference < bounds.high_px
    assert bounds.high_px * 10 <= reference * 11 or bounds.high_px == TAIPEI.next_up(reference)
    assert bounds.low_px * 10 >= reference * 9 or bounds.low_px == TAIPEI.next_down(reference)
    assert bounds.allows(bounds.low_px)
    assert not bounds.allows(bounds.high_px + 1)


def test_a_new_listing_has_no_limits_on_its_first_five_days() -> None:
    assert TEN_PERCENT.bounds(px("100"), TAIPEI, trading_day=5) is UNBOUNDED
    assert TEN_PERCENT.bounds(px("100"), TAIPEI, trading_day=6).high_px == px("110")
    assert UNBOUNDED.allows(px("99999"))


def test_no_reference_or_no_share_gives_no_bound() -> None:
    assert TEN_PERCENT.bounds(0, TAIPEI) is UNBOUNDED
    none = PriceLimitRule(0, 0, LimitRounding.INWARDS).bounds(px("100"), TAIPEI)
    assert (none.low_px, none.high_px) == (0, 0)


LULD = InterruptionRule(
    (BandStep(0, 7_500, px("0.15")), BandStep(px("0.75"), 2_000), BandStep(px("3.00000001"), 500)),
    look_back_ns=300,
    pause_ns=300,
    limit_state_ns=15,
    skip_first_ns=0,
    skip_last_ns=0,
    ends_in_auction=True,
    trades_in_pause=False,
    late_steps=(BandStep(0, 1_000),),
    late_ns=1_500,
)


@pytest.mark.parametrize(
    ("reference", "low", "high"),
    [
        ("100", "95", "105"),
        ("3", "2.4", "3.6"),
        ("0.5", "0.35", "0.65"),
        ("0.1", "0.03", "0.18"),
        ("52.37", "49.75", "54.99"),
    ],
)
def test_a_band_goes_by_its_step_and_its_cap(reference: str, low: str, high: str) -> None:
    """LULD plan, tier 1: 5 % above 3.00, 20 % from 0.75 to 3.00, below it the lesser of 0.15 and 75 %."""
    band = LULD.band(px(reference), px("0.01"))
    assert (band.low_px, band.high_px) == (px(low), px(high))


def test_late_in_the_day_the_late_steps_hold() -> None:
    assert LULD.band(px("100"), px("0.01"), is_late=True).high_px == px("110")

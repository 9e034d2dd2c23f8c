"""Tick tables: the tick at a price, rounding to one, and the neighbours across a boundary, for either kind of band."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.market.tick_tables import HONG_KONG, TAIPEI, px, table

from kairos.market.ticks import TickTable, TickTableError, single_tick

PRICES = st.integers(1, 2_000 * 10**8)


@pytest.mark.parametrize(
    ("price", "tick"),
    [("9.99", "0.01"), ("10", "0.05"), ("49.95", "0.05"), ("50", "0.1"), ("999", "1"), ("1000", "5"), ("9000", "5")],
)
def test_a_band_of_taipei_holds_its_lower_end(price: str, tick: str) -> None:
    assert TAIPEI.tick_at(px(price)) == px(tick)


@pytest.mark.parametrize(("price", "tick"), [("0.25", "0.001"), ("0.255", "0.005"), ("10", "0.01"), ("10.02", "0.02")])
def test_a_band_of_hong_kong_holds_its_upper_end(price: str, tick: str) -> None:
    assert HONG_KONG.tick_at(px(price)) == px(tick)


@pytest.mark.parametrize(
    ("book", "price", "above", "below"),
    [
        (TAIPEI, "50", "50.1", "49.95"),
        (TAIPEI, "1000", "1005", "999"),
        (TAIPEI, "49.95", "50", "49.9"),
        (HONG_KONG, "10", "10.02", "9.99"),
        (HONG_KONG, "0.25", "0.255", "0.249"),
    ],
)
def test_a_boundary_is_left_by_the_tick_on_either_side(book: TickTable, price: str, above: str, below: str) -> None:
    assert book.next_up(px(price)) == px(above)
    assert book.next_down(px(price)) == px(below)


@pytest.mark.parametrize("book", [TAIPEI, HONG_KONG])
@given(price=PRICES)
def test_rounding_gives_the_nearest_prices_on_tick_around(book: TickTable, price: int) -> None:
    down, up = book.round_down(price), book.round_up(price)
    assert down <= price <= up
    assert up - down in (0, book.tick_at(price))
    if book.covers(up) and down:
        assert book.is_on_tick(up)
        assert book.is_on_tick(down) or not book.covers(down)
    assert (down == up) == (price % book.tick_at(price) == 0)


@given(price=PRICES, steps=st.integers(1, 40))
def test_so_many_ticks_up_and_down_again_lead_back(price: int, steps: int) -> None:
    start = TAIPEI.round_up(price)
    assert TAIPEI.move(TAIPEI.move(start, steps), -steps) == start
    assert TAIPEI.next_down(TAIPEI.next_up(start)) == start


def test_below_the_lowest_price_there_is_none() -> None:
    assert TAIPEI.next_down(px("0.01")) == 0
    assert TAIPEI.move(px("0.02"), -5) == 0
    assert not TAIPEI.is_on_tick(0)
    assert TAIPEI.round_up(-5) == px("0.01")
    assert TAIPEI.round_down(-5) == 0


def test_a_table_that_ends_covers_no_higher_price() -> None:
    assert HONG_KONG.is_on_tick(px("20"))
    assert not HONG_KONG.is_on_tick(px("20.02"))


def test_one_tick_holds_at_every_price() -> None:
    cents = single_tick(px("0.01"))
    assert cents.is_on_tick(px("123456.78"))
    assert not cents.is_on_tick(px("1.005"))


@pytest.mark.parametrize(
    ("bands", "problem"),
    [
        ((), "at least one band"),
        ((("0", "1", "0"),), "must be more than 0"),
        ((("1", "0.5", "0.01"),), "ends before it begins"),
        ((("0", "1", "0.01"), ("2", "", "0.05")), "does not begin where the one before ends"),
        ((("0", "", "0.01"), ("2", "", "0.05")), "without end"),
        ((("0", "1.01", "0.01"), ("1.01", "", "0.05")), "not on the ticks of both"),
    ],
)
def test_bands_that_are_no_table_are_refused(bands: tuple[tuple[str, str, str], ...], problem: str) -> None:
    with pytest.raises(TickTableError, match=problem):
        table(*bands)

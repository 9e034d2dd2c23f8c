"""Rates of exchange are instruments; money is converted by them, exactly but for its last unit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kairos.model.events import InstrumentDefined
from kairos.state.rates import Rates
from kairos.state.reference import Instrument

PX = 10**8


def rates(base: str = "", **marks: str) -> Rates:
    """`USD_TWD="32"`: what one of the first costs in the second."""
    made = Rates()
    made.begin_with(base)
    for pair, mark in marks.items():
        symbol = pair.replace("_", "/")
        px = round(float(mark) * PX)
        made.define(
            Instrument(InstrumentDefined(0, f"{symbol}.X", symbol, "X", "", symbol[4:], "", "IFXXXP", 1, 1, 1, px, ""))
        )
    return made


def test_directly_inversely_and_by_way_of_the_base() -> None:
    known = rates("TWD", USD_TWD="32", EUR_TWD="35.2", GBP_USD="1.25")
    assert known.convert(100 * PX, "USD", "TWD") == 3200 * PX
    assert known.convert(3200 * PX, "TWD", "USD") == 100 * PX
    assert known.convert(100 * PX, "EUR", "USD") == 110 * PX
    assert known.convert(8 * PX, "GBP", "USD") == 10 * PX


def test_without_a_rate_there_is_no_answer() -> None:
    known = rates("TWD", USD_TWD="32", JPY_TWD="0")
    assert known.convert(1, "EUR", "TWD") is None
    assert known.convert(1, "EUR", "USD") is None
    assert known.convert(1, "JPY", "TWD") is None
    assert not known.knows("JPY", "TWD")


def test_nothing_and_what_is_in_the_currency_already_need_no_rate() -> None:
    known = rates()
    assert known.convert(0, "EUR", "TWD") == 0
    assert known.convert(77, "EUR", "EUR") == 77
    assert known.knows("EUR", "EUR")


def test_an_instrument_of_another_class_is_no_rate() -> None:
    known = Rates()
    known.define(Instrument(InstrumentDefined(0, "A/B.X", "USD/TWD", "X", "", "TWD", "", "ESXXXX", 1, 1, 1, PX, "")))
    assert not known.knows("USD", "TWD")


def test_the_first_accounts_currency_is_the_firms_until_it_names_its_own() -> None:
    known = rates("TWD")
    known.begin_with("USD")
    assert known.base == "TWD"


@given(st.integers(-(10**30), 10**30), st.integers(1, 10**12))
def test_what_is_rounded_is_rounded_away_from_zero_by_less_than_a_unit(money: int, px: int) -> None:
    known = Rates()
    known.define(Instrument(InstrumentDefined(0, "U", "USD/TWD", "X", "", "TWD", "", "IFXXXP", 1, 1, 1, px, "")))
    there = known.convert(money, "USD", "TWD")
    assert there is not None
    assert 0 <= abs(there) * PX - abs(money) * px < PX
    assert there * money >= 0

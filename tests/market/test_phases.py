"""A market's day: which span holds an instant, and days that can't be."""

from __future__ import annotations

import datetime

import pytest

from kairos.market.phases import MarketDay, PhaseSpan
from kairos.model.errors import InvariantError
from kairos.model.market_enums import TradingPhase

DATE = datetime.date(2026, 11, 23)
CALL = PhaseSpan(TradingPhase.OPENING_AUCTION, 10, 20, True, True, uncrosses=True, name="call")
OPEN = PhaseSpan(TradingPhase.CONTINUOUS, 20, 30, True, True)
NIGHT = PhaseSpan(TradingPhase.CONTINUOUS, 40, 50, True, True)
DAY = MarketDay("XTAI", DATE, (CALL, OPEN, NIGHT))


def test_a_span_holds_its_begin_and_not_its_end() -> None:
    assert DAY.span_at(9) is None
    assert DAY.span_at(10) is CALL
    assert DAY.span_at(20) is OPEN
    assert DAY.span_at(30) is None
    assert DAY.span_at(50) is None


def test_the_next_span_begins_after_the_instant() -> None:
    assert DAY.next_span(0) is CALL
    assert DAY.next_span(20) is NIGHT
    assert DAY.next_span(40) is None


def test_a_day_reaches_from_its_first_span_to_its_last() -> None:
    assert (DAY.opens_ns, DAY.closes_ns) == (10, 50)


@pytest.mark.parametrize("spans", [(), (OPEN, CALL), (CALL, CALL)])
def test_spans_that_overlap_or_are_none_make_no_day(spans: tuple[PhaseSpan, ...]) -> None:
    with pytest.raises(InvariantError, match="MARKET_DAY"):
        MarketDay("XTAI", DATE, spans)


def test_phases_are_codes_of_trading_session_sub_id() -> None:
    """TradingSessionSubID(625) of FIX 5.0 SP2."""
    assert [phase.value for phase in TradingPhase] == ["1", "2", "3", "4", "5", "6", "7", "9"]

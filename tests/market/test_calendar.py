"""A trading calendar counts sessions within its ends, and says where they are."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kairos.market.calendar import CalendarError, TradingCalendar

FIRST, LAST = datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)
DAYS = [FIRST + datetime.timedelta(days=n) for n in range(365)]
HOLIDAY = datetime.date(2026, 5, 1)  # a Friday
EVE = datetime.date(2026, 12, 24)
CALENDAR = TradingCalendar("TEST", FIRST, LAST, [d for d in DAYS if d.weekday() < 5 and d != HOLIDAY], [EVE, HOLIDAY])


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def test_sessions_and_half_days_are_what_was_given() -> None:
    assert CALENDAR.is_session(day("2026-04-30"))
    assert not CALENDAR.is_session(HOLIDAY)
    assert CALENDAR.is_early_close(EVE)
    assert not CALENDAR.is_early_close(HOLIDAY), "a day without a session is no half day"


def test_next_and_previous_pass_over_holiday_and_weekend() -> None:
    assert CALENDAR.next_session(day("2026-04-30")) == day("2026-05-04")
    assert CALENDAR.next_session(HOLIDAY) == day("2026-05-04")
    assert CALENDAR.previous_session(day("2026-05-04")) == day("2026-04-30")


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-04-29", 2, "2026-05-04"),
        ("2026-05-02", 1, "2026-05-04"),
        ("2026-05-02", 0, "2026-05-04"),
        ("2026-04-30", 0, "2026-04-30"),
        ("2026-05-04", -1, "2026-04-30"),
        ("2026-05-02", -1, "2026-04-30"),
    ],
)
def test_sessions_are_counted_from_a_day(start: str, count: int, end: str) -> None:
    assert CALENDAR.add_sessions(day(start), count) == day(end)


@given(st.sampled_from(CALENDAR.sessions[40:-40]), st.integers(-30, 30))
def test_counting_forth_and_back_leads_back(session: datetime.date, count: int) -> None:
    assert CALENDAR.add_sessions(CALENDAR.add_sessions(session, count), -count) == session


def october_1995(closed_banks: list[str]) -> TradingCalendar:
    first, last = day("1995-10-01"), day("1995-10-31")
    weekdays = [first + datetime.timedelta(days=n) for n in range(31)]
    sessions = [date for date in weekdays if date.weekday() < 5]
    return TradingCalendar("XNAS", first, last, sessions, no_settlement=[day(text) for text in closed_banks])


@pytest.mark.parametrize(
    ("traded", "settles"),
    [(2, 5), (3, 6), (4, 10), (5, 11), (6, 12), (9, 12), (10, 13)],
    ids=lambda at: f"1995-10-{at}",
)
def test_a_trade_settles_past_a_day_on_which_the_banks_are_closed(traded: int, settles: int) -> None:
    """NASD Notice to Members 95-77 (finra.org): its schedule of trade and settlement dates around Columbus Day,
    1995-10-09, when the exchanges were open and trades settled on the third business day."""
    calendar = october_1995(["1995-10-09"])
    assert calendar.is_session(day("1995-10-09"))
    settled = calendar.add_settlement_days(datetime.date(1995, 10, traded), 3)
    assert settled == datetime.date(1995, 10, settles)


def test_trades_settle_on_days_without_a_session() -> None:
    calendar = TradingCalendar("TEST", FIRST, LAST, CALENDAR.sessions, settlement_only=[HOLIDAY, day("2027-01-04")])
    assert not calendar.is_session(HOLIDAY)
    assert calendar.add_settlement_days(day("2026-04-30"), 1) == HOLIDAY
    assert calendar.settlement_days[-1] == LAST, "no day beyond the calendar's end"
    with pytest.raises(CalendarError, match="lies beyond"):
        calendar.add_settlement_days(LAST, 1)


def test_sessions_between_two_days_hold_both() -> None:
    assert CALENDAR.sessions_between(day("2026-04-30"), day("2026-05-04")) == [day("2026-04-30"), day("2026-05-04")]


def test_beyond_its_end_the_calendar_says_so_and_does_not_guess() -> None:
    with pytest.raises(CalendarError, match="reaches from 2026-01-01 to 2026-12-31, not to 2027-01-04"):
        CALENDAR.is_session(day("2027-01-04"))
    with pytest.raises(CalendarError, match="lies beyond"):
        CALENDAR.add_sessions(day("2026-12-31"), 2)
    with pytest.raises(CalendarError, match="lies beyond"):
        CALENDAR.previous_session(FIRST)


def test_a_day_without_a_session_names_its_neighbours() -> None:
    with pytest.raises(CalendarError, match="no session on 2026-05-01; the one before is on 2026-04-30, the next on"):
        CALENDAR.require_session(HOLIDAY)

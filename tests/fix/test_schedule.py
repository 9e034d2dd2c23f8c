"""When a session is open, to the nanosecond, whatever the clocks of its zone do."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kairos.fix.errors import LocalError
from kairos.fix.schedule import NO_PERIOD, SessionSchedule
from kairos.fix.timers import NEVER

NEW_YORK = ZoneInfo("America/New_York")
LONDON = ZoneInfo("Europe/London")
TAIPEI = ZoneInfo("Asia/Taipei")
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
SECOND = 1_000_000_000
HOUR = 3_600 * SECOND


def at(zone: ZoneInfo, text: str, fold: int = 0) -> int:
    """Nanoseconds of a local time, "2026-03-08 17:00"."""
    return int(datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold).timestamp()) * SECOND


def test_a_daily_session_is_open_from_start_up_to_end() -> None:
    """The first nanosecond belongs to the session, that of the end does not."""
    schedule = SessionSchedule(time(8, 30), time(14, 0), TAIPEI, days=(MON, TUE, WED, THU, FRI))
    opening, closing = at(TAIPEI, "2026-11-20 08:30"), at(TAIPEI, "2026-11-20 14:00")
    assert [schedule.is_open(ns) for ns in (opening - 1, opening, closing - 1, closing)] == [False, True, True, False]
    assert schedule.period_of(closing - 1) == opening
    assert schedule.period_of(closing) == NO_PERIOD


def test_a_weekend_is_passed_over() -> None:
    """After Friday's close the next change is Monday's opening."""
    schedule = SessionSchedule(time(8, 30), time(14, 0), TAIPEI, days=(MON, TUE, WED, THU, FRI))
    assert schedule.next_change_ns(at(TAIPEI, "2026-11-20 14:00")) == at(TAIPEI, "2026-11-23 08:30")


def test_a_session_over_midnight_is_one_period() -> None:
    """Opened on Friday evening it lasts into Saturday, though Saturday is none of its days."""
    schedule = SessionSchedule(time(22, 0), time(6, 0), LONDON, days=(MON, TUE, WED, THU, FRI))
    opening = at(LONDON, "2026-11-20 22:00")
    assert schedule.period_of(at(LONDON, "2026-11-21 05:59")) == opening
    assert not schedule.is_open(at(LONDON, "2026-11-21 06:00"))
    assert not schedule.is_open(at(LONDON, "2026-11-21 23:00"))
    assert schedule.next_change_ns(at(LONDON, "2026-11-21 23:00")) == at(LONDON, "2026-11-23 22:00")


def test_a_day_that_ends_where_it_starts_rolls_without_a_pause() -> None:
    """17:00 to 17:00 is always open, and the period changes at 17:00 in New York."""
    schedule = SessionSchedule(time(17, 0), time(17, 0), NEW_YORK)
    roll = at(NEW_YORK, "2026-11-18 17:00")
    assert schedule.period_of(roll - 1) == at(NEW_YORK, "2026-11-17 17:00")
    assert schedule.period_of(roll) == roll
    assert schedule.next_change_ns(roll - 1) == roll


def test_a_weekly_session_keeps_its_numbers_from_sunday_to_friday() -> None:
    schedule = SessionSchedule(time(18, 0), time(17, 0), NEW_YORK, start_day=SUN, end_day=FRI)
    opening = at(NEW_YORK, "2026-11-15 18:00")
    assert schedule.period_of(at(NEW_YORK, "2026-11-18 03:00")) == opening
    assert schedule.period_of(at(NEW_YORK, "2026-11-20 16:59")) == opening
    assert not schedule.is_open(at(NEW_YORK, "2026-11-20 17:00"))
    assert not schedule.is_open(at(NEW_YORK, "2026-11-22 17:59"))
    assert schedule.next_change_ns(at(NEW_YORK, "2026-11-20 17:00")) == at(NEW_YORK, "2026-11-22 18:00")


def test_a_week_that_ends_where_it_starts_rolls_once_a_week() -> None:
    schedule = SessionSchedule(time(17, 0), time(17, 0), NEW_YORK, start_day=SUN, end_day=SUN)
    roll = at(NEW_YORK, "2026-11-22 17:00")
    assert schedule.period_of(roll - 1) == at(NEW_YORK, "2026-11-15 17:00")
    assert schedule.period_of(roll) == roll
    assert schedule.next_change_ns(roll) == at(NEW_YORK, "2026-11-29 17:00")


def test_a_weekly_session_within_one_day_is_open_on_that_day_only() -> None:
    schedule = SessionSchedule(time(9, 0), time(17, 0), LONDON, start_day=SAT, end_day=SAT)
    assert schedule.is_open(at(LONDON, "2026-11-21 09:00"))
    assert not schedule.is_open(at(LONDON, "2026-11-22 10:00"))


@pytest.mark.parametrize(
    ("zone", "before", "after", "hours"),
    [
        (NEW_YORK, "2026-03-07 17:00", "2026-03-08 17:00", 23),
        (NEW_YORK, "2026-10-31 17:00", "2026-11-01 17:00", 25),
        (LONDON, "2026-03-28 17:00", "2026-03-29 17:00", 23),
        (LONDON, "2026-10-24 17:00", "2026-10-25 17:00", 25),
        (TAIPEI, "2026-03-28 17:00", "2026-03-29 17:00", 24),
    ],
)
def test_a_day_is_as_long_as_the_clocks_make_it(zone: ZoneInfo, before: str, after: str, hours: int) -> None:
    """The roll stays at 17:00 of the clock on the wall."""
    schedule = SessionSchedule(time(17, 0), time(17, 0), zone)
    assert schedule.next_change_ns(at(zone, before)) == at(zone, after)
    assert at(zone, after) - at(zone, before) == hours * HOUR


def test_an_opening_that_the_clocks_skip_is_an_hour_later_on_the_wall() -> None:
    """02:30 does not exist in New York on 2026-03-08: the session opens 24 hours after the day before, at 03:30."""
    schedule = SessionSchedule(time(2, 30), time(20, 0), NEW_YORK)
    opening = schedule.period_of(at(NEW_YORK, "2026-03-08 12:00"))
    assert opening == at(NEW_YORK, "2026-03-08 03:30") == at(NEW_YORK, "2026-03-07 02:30") + 24 * HOUR
    assert not schedule.is_open(opening - 1)


def test_a_day_whose_hours_the_clocks_skip_has_no_session() -> None:
    """02:15 to 03:10 would end before it begins on that day: the next change is the day after."""
    schedule = SessionSchedule(time(2, 15), time(3, 10), NEW_YORK)
    assert schedule.next_change_ns(at(NEW_YORK, "2026-03-07 12:00")) == at(NEW_YORK, "2026-03-09 02:15")


def test_an_opening_that_comes_twice_is_the_first_of_the_two() -> None:
    """01:30 comes twice in London on 2026-10-25: the second time begins no period."""
    schedule = SessionSchedule(time(1, 30), time(20, 0), LONDON)
    first, second = at(LONDON, "2026-10-25 01:30"), at(LONDON, "2026-10-25 01:30", fold=1)
    assert second - first == HOUR
    assert schedule.period_of(first) == schedule.period_of(second) == first
    assert schedule.next_change_ns(first) == at(LONDON, "2026-10-25 20:00")


def test_a_session_without_hours_never_changes() -> None:
    schedule = SessionSchedule(non_stop=True)
    assert schedule.is_open(0)
    assert schedule.period_of(at(TAIPEI, "2026-11-20 08:30")) == schedule.period_of(at(TAIPEI, "2027-11-20 08:30"))
    assert schedule.next_change_ns(0) == NEVER


@pytest.mark.parametrize(
    ("start_day", "end_day", "days", "complaint"),
    [
        (SUN, None, (MON,), "both"),
        (7, FRI, (MON,), "Monday"),
        (None, None, (), "Monday"),
        (None, None, (-1,), "Monday"),
    ],
)
def test_a_schedule_that_makes_no_sense_is_refused(
    start_day: int | None, end_day: int | None, days: tuple[int, ...], complaint: str
) -> None:
    with pytest.raises(LocalError, match=complaint):
        SessionSchedule(start_day=start_day, end_day=end_day, days=days)
    with pytest.raises(LocalError, match="leave their own time zone out"):
        SessionSchedule(time(8, tzinfo=LONDON))


TIMES = st.times().map(lambda clock: clock.replace(microsecond=0))
WEEKDAYS = st.lists(st.integers(0, 6), min_size=1, max_size=7).map(tuple)
MOMENTS = st.integers(at(TAIPEI, "2025-01-01 00:00"), at(TAIPEI, "2027-12-31 00:00"))


@given(TIMES, TIMES, st.sampled_from([NEW_YORK, LONDON, TAIPEI]), WEEKDAYS, MOMENTS)
def test_nothing_changes_before_the_next_change(
    start: time, end: time, zone: ZoneInfo, days: tuple[int, ...], now_ns: int
) -> None:
    """Up to the nanosecond before it the period is the same, and at it another, or none."""
    schedule = SessionSchedule(start, end, zone, days=days)
    period, change = schedule.period_of(now_ns), schedule.next_change_ns(now_ns)
    assert now_ns < change
    assert schedule.period_of(change - 1) == period
    assert schedule.period_of(now_ns + (change - now_ns) // 2) == period
    assert schedule.period_of(change) != period
    assert period <= now_ns

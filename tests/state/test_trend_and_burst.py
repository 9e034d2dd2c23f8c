"""Rates of change and bursts: what they say, worked by hand and against the plain list of what happened."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kairos.state.burst import SLOT_NS, SLOTS, WINDOW_NS, Burst
from kairos.state.trend import FARTHEST_NS, HALF_NS, Trend

SECOND = 1_000_000_000


def falling(by: int, times: int, every_s: int = 1) -> tuple[Trend, int]:
    """A value that falls from 0 by so much every so many seconds; and the time of the last fall."""
    trend = Trend()
    now = SECOND
    trend.see(0, now)
    for n in range(1, times + 1):
        now += every_s * SECOND
        trend.see(-by * n, now)
    return trend, now


def test_a_steady_fall_reaches_its_level_when_one_reckons_it() -> None:
    """10 a second from -200 to -500: in 30 seconds, whatever has faded meanwhile, since time fades as movement does."""
    trend, now = falling(by=10 * 10**8, times=20)
    due = trend.falls_to_ns(-500 * 10**8, now)
    assert abs(due - now - 30 * SECOND) < SECOND // 1000


def test_what_is_beyond_its_level_is_there_now() -> None:
    trend, now = falling(by=10, times=20)
    assert trend.falls_to_ns(-200, now) == now
    assert trend.falls_to_ns(-100, now) == now
    assert trend.rises_to_ns(-200, now) == now


def test_what_goes_elsewhere_or_stands_still_reaches_nothing() -> None:
    trend, now = falling(by=10, times=20)
    assert trend.rises_to_ns(1, now) == 0
    assert Trend().rises_to_ns(1, now) == 0
    once = Trend()
    once.see(5, now)
    assert once.rises_to_ns(6, now + 100 * SECOND) == 0


def test_two_changes_in_one_moment_are_no_rate() -> None:
    trend = Trend()
    trend.see(0, SECOND)
    trend.see(-(10**12), SECOND + 1000)
    assert trend.falls_to_ns(-2 * 10**12, SECOND + 1000) == 0


def test_a_rate_fades_while_nothing_moves() -> None:
    """After a minute of quiet half of the movement is left, over half of the time and that minute."""
    trend, now = falling(by=10 * 10**8, times=20)
    at_once = trend.falls_to_ns(-500 * 10**8, now) - now
    later = now + HALF_NS
    assert trend.falls_to_ns(-500 * 10**8, later) - later > 5 * at_once


def test_a_breach_beyond_a_day_is_none() -> None:
    trend, now = falling(by=1, times=20)
    assert trend.falls_to_ns(-20 - FARTHEST_NS // SECOND - 100, now) == 0


def test_a_shift_is_no_movement() -> None:
    moved, now = falling(by=10, times=20)
    moved.shift(-10_000)
    still, _ = falling(by=10, times=20)
    assert moved.falls_to_ns(-10_500, now) == still.falls_to_ns(-500, now)


def test_falls_and_rises_fade_alike() -> None:
    down, now = falling(by=7, times=9, every_s=11)
    up, _ = falling(by=-7, times=9, every_s=11)
    assert up.rises_to_ns(1_000, now) == down.falls_to_ns(-1_000, now) > now


TIMES = st.lists(st.integers(0, 3 * WINDOW_NS), max_size=60).map(sorted)


@given(TIMES, st.integers(0, 2 * WINDOW_NS))
def test_a_burst_counts_the_slots_of_the_window(times: list[int], wait: int) -> None:
    """As the plain list of times does, to the slot; and the rest falls out by itself."""
    burst = Burst()
    for at in times:
        burst.add(at)
    now = (times[-1] if times else 0) + wait
    first = now // SLOT_NS - SLOTS + 1
    assert burst.count(now) == sum(1 for at in times if at // SLOT_NS >= first)


@given(TIMES)
def test_a_burst_is_rebuilt_from_its_slots(times: list[int]) -> None:
    burst, again = Burst(), Burst()
    for at in times:
        burst.add(at)
    for slot, count in burst.slots():
        again.put(slot, count)
    assert again.slots() == burst.slots()
    assert all(again.count(at) == burst.count(at) for at in range(0, 6 * WINDOW_NS, SLOT_NS))


def test_a_burst_of_ten_seconds_is_over_after_ten_seconds() -> None:
    burst = Burst()
    for n in range(5):
        burst.add(100 * SECOND + n * SECOND)
    assert burst.count(104 * SECOND) == 5
    assert burst.count(112 * SECOND) == 2
    assert burst.count(114 * SECOND) == 0

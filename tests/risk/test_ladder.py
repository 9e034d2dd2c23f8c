"""When levels are taken and left: hysteresis, cool-off, several at once, and each way of release; by value and time."""

from __future__ import annotations

import pytest
from tests.risk.rules import A1, SECOND, defined, level, rule

from kairos.model.enums import ReleaseKind
from kairos.model.indicators import Indicator
from kairos.model.values import RuleLevel
from kairos.risk.ladder import EASE, LEAVE, NEVER, RELAPSE, STAY, TAKE, next_look_ns, next_move
from kairos.scenario.world import MONEY
from kairos.state.ladder import Watch

NAMES = {STAY: "stay", TAKE: "take", LEAVE: "leave", EASE: "ease", RELAPSE: "relapse"}


def watch_of(*levels: RuleLevel, above: bool = True, indicator: Indicator = Indicator.LOSS) -> Watch:
    return Watch(defined(rule(*levels, above=above, indicator=indicator)), A1)


def moves(watch: Watch, seen: int | None, at_s: int) -> list[str]:
    """All moves at a moment, each carried out as the fold does it."""
    made: list[str] = []
    now_ns = at_s * SECOND
    while (move := next_move(watch, None if seen is None else seen * MONEY, now_ns)) != STAY:
        made.append(NAMES[move])
        assert len(made) < 20
        if move == TAKE:
            watch.taken_at_ns[watch.level] = now_ns
            watch.level += 1
            watch.back_at_ns = 0
        elif move == LEAVE:
            watch.level -= 1
            watch.left_at_ns[watch.level] = now_ns
            watch.back_at_ns = 0
        else:
            watch.back_at_ns = now_ns if move == EASE else 0
    return made


def test_a_level_is_taken_at_its_threshold_not_before() -> None:
    watch = watch_of(level(100))
    assert moves(watch, 99, 1) == []
    assert moves(watch, 100, 2) == ["take"]


def test_of_a_rule_that_looks_downwards_it_is_taken_at_or_below() -> None:
    watch = watch_of(level(-100, back=-50), above=False)
    assert moves(watch, -99, 1) == []
    assert moves(watch, -100, 2) == ["take"]
    assert moves(watch, -51, 3) == []
    assert moves(watch, -50, 4) == ["leave"]


def test_several_levels_jumped_at_once_are_taken_one_by_one_and_no_more() -> None:
    watch = watch_of(level(100), level(200), level(300))
    assert moves(watch, 250, 1) == ["take", "take"]
    assert watch.level == 2


def test_between_threshold_and_release_a_level_stays() -> None:
    watch = watch_of(level(100, back=60))
    moves(watch, 100, 1)
    assert moves(watch, 99, 2) == []
    assert moves(watch, 61, 3) == []
    assert moves(watch, 60, 4) == ["leave"]
    assert moves(watch, 99, 5) == []


def test_without_a_release_threshold_it_is_left_as_soon_as_it_is_not_reached() -> None:
    watch = watch_of(level(100))
    moves(watch, 100, 1)
    assert moves(watch, 100, 2) == []
    assert moves(watch, 99, 3) == ["leave"]


def test_far_back_all_levels_are_left_from_the_top() -> None:
    watch = watch_of(level(100, back=50), level(200, back=150), level(300, back=250))
    moves(watch, 300, 1)
    assert moves(watch, 150, 2) == ["leave", "leave"]
    assert moves(watch, 50, 3) == ["leave"]


def test_back_in_range_must_last() -> None:
    watch = watch_of(level(100, back=50, after_s=10))
    moves(watch, 100, 1)
    assert moves(watch, 50, 5) == ["ease"]
    assert moves(watch, 50, 14) == []
    assert moves(watch, 51, 14) == ["relapse"]
    assert moves(watch, 50, 15) == ["ease"]
    assert moves(watch, 40, 24) == []
    assert moves(watch, 40, 25) == ["leave"]


def test_a_higher_level_that_is_reached_ends_the_way_back() -> None:
    watch = watch_of(level(100, back=50, after_s=10), level(200, back=50))
    moves(watch, 100, 1)
    moves(watch, 50, 5)
    assert moves(watch, 200, 6) == ["take"]
    assert watch.back_at_ns == 0


def test_a_timed_level_is_left_after_its_time_wherever_the_indicator_is_and_cools_off() -> None:
    watch = watch_of(level(100, release=ReleaseKind.TIMED, after_s=10, cool_s=20))
    moves(watch, 100, 1)
    assert moves(watch, 0, 10) == []
    assert moves(watch, 500, 11) == ["leave"]
    assert moves(watch, 500, 30) == []
    assert moves(watch, 500, 31) == ["take"]


def test_a_timed_level_is_left_though_the_indicator_is_not_known() -> None:
    watch = watch_of(level(100, release=ReleaseKind.TIMED, after_s=10, cool_s=20))
    moves(watch, 100, 1)
    assert moves(watch, None, 10) == []
    assert moves(watch, None, 11) == ["leave"]


@pytest.mark.parametrize("release", [ReleaseKind.PERSON, ReleaseKind.TWO_PEOPLE])
def test_what_people_release_is_never_left_by_itself(release: ReleaseKind) -> None:
    watch = watch_of(level(100, release=release))
    moves(watch, 100, 1)
    assert moves(watch, 0, 10**6) == []


def test_an_unknown_indicator_neither_takes_nor_releases() -> None:
    watch = watch_of(level(100), level(200))
    assert moves(watch, None, 1) == []
    moves(watch, 100, 2)
    assert moves(watch, None, 3) == []


def test_a_level_that_cools_off_is_taken_again_only_with_a_higher_one() -> None:
    watch = watch_of(level(100, cool_s=60), level(200))
    moves(watch, 100, 1)
    assert moves(watch, 0, 2) == ["leave"]
    assert moves(watch, 150, 3) == []
    assert moves(watch, 200, 4) == ["take", "take"]
    assert moves(watch, 0, 5) == ["leave", "leave"]
    assert moves(watch, 150, 64) == []
    assert moves(watch, 150, 65) == ["take"]


def test_it_asks_to_be_looked_at_when_time_alone_may_move_it() -> None:
    watch = watch_of(level(100, release=ReleaseKind.TIMED, after_s=10, cool_s=20))
    assert next_look_ns(watch, 0) == NEVER
    moves(watch, 100, 1)
    assert next_look_ns(watch, SECOND) == 11 * SECOND
    moves(watch, 100, 11)
    assert next_look_ns(watch, 11 * SECOND) == 31 * SECOND
    assert next_look_ns(watch, 31 * SECOND) == NEVER


def test_a_way_back_is_looked_at_when_it_ends() -> None:
    watch = watch_of(level(100, back=50, after_s=10))
    moves(watch, 100, 1)
    assert next_look_ns(watch, SECOND) == NEVER
    moves(watch, 50, 5)
    assert next_look_ns(watch, 5 * SECOND) == 15 * SECOND


def test_an_indicator_that_falls_by_itself_is_looked_at_each_second_while_a_level_holds() -> None:
    watch = watch_of(level(100), indicator=Indicator.ORDER_BURST)
    assert next_look_ns(watch, 1) == NEVER
    moves(watch, 100, 1)
    assert next_look_ns(watch, SECOND + 1) == 2 * SECOND
    assert next_look_ns(watch, 2 * SECOND) == 3 * SECOND

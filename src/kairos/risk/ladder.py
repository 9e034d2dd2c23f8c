"""When a rule of risk takes a level and when it leaves one: pure, by what is seen and the time.

One question, `next_move`, is asked again after each move until the answer is STAY. Levels are taken one by one up to
the highest that is reached, so that jumping over several takes each of them; they are left one by one from the top.
Taking comes before leaving. Between being reached and being back in range lies the hysteresis: there a level stays as
it is.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.model.enums import ReleaseKind
from kairos.model.values import RuleLevel
from kairos.state.ladder import Watch

STAY: Final = 0
TAKE: Final = 1  # the next higher level
LEAVE: Final = 2  # the highest that holds
EASE: Final = 3  # begin to count the time for which the indicator is back in range
RELAPSE: Final = 4  # it is out of range again

NEVER: Final = 9_223_372_036_854_775_807
SECOND_NS: Final = 1_000_000_000


def next_move(watch: Watch, seen: int | None, now_ns: i64) -> i64:
    """What the rule does next; `seen` is None while the indicator is not known."""
    if watch.level > 0 and _time_is_over(watch, now_ns):
        return LEAVE
    if seen is None:
        return STAY
    if level_to_take(watch, seen, now_ns) > watch.level:
        return TAKE
    if watch.level == 0 or watch.top().release is not ReleaseKind.AUTOMATIC:
        return STAY
    if not is_back(watch, watch.top(), seen):
        return RELAPSE if watch.back_at_ns else STAY
    return _back_in_range(watch, now_ns)


def _back_in_range(watch: Watch, now_ns: i64) -> i64:
    after_ns = watch.top().after_ns
    if after_ns == 0:
        return LEAVE
    if watch.back_at_ns == 0:
        return EASE
    return LEAVE if now_ns >= watch.back_at_ns + after_ns else STAY


def _time_is_over(watch: Watch, now_ns: i64) -> bool:
    top = watch.top()
    return top.release is ReleaseKind.TIMED and now_ns >= watch.taken_at_ns[watch.level - 1] + top.after_ns


def level_to_take(watch: Watch, seen: int, now_ns: i64) -> i64:
    """The highest level that is reached and not cooling off; those below it are taken with it."""
    level: i64 = len(watch.rule.levels)
    while level > watch.level:
        if is_reached(watch, watch.rule.levels[level - 1], seen) and now_ns >= cool_at_ns(watch, level):
            return level
        level -= 1
    return watch.level


def is_reached(watch: Watch, level: RuleLevel, seen: int) -> bool:
    return seen >= level.threshold if watch.rule.above else seen <= level.threshold


def is_back(watch: Watch, level: RuleLevel, seen: int) -> bool:
    """Whether the indicator is back in the range that releases a level."""
    if is_reached(watch, level, seen):
        return False
    return seen <= level.release_at if watch.rule.above else seen >= level.release_at


def cool_at_ns(watch: Watch, level: i64) -> i64:
    """From when on a level may be taken; 0 for one that was never left."""
    left_at_ns: i64 = watch.left_at_ns[level - 1]
    return left_at_ns + watch.rule.levels[level - 1].cool_off_ns if left_at_ns else 0


def next_look_ns(watch: Watch, now_ns: i64) -> i64:
    """When time alone may move the rule; NEVER when it can't. An indicator that changes by itself is looked at every
    second while a level holds."""
    found: i64 = NEVER
    if watch.level > 0:
        top = watch.top()
        if top.release is ReleaseKind.TIMED:
            taken_at_ns: i64 = watch.taken_at_ns[watch.level - 1]
            found = taken_at_ns + top.after_ns
        elif top.release is ReleaseKind.AUTOMATIC and watch.back_at_ns:
            found = watch.back_at_ns + top.after_ns
        if watch.changes_with_time and top.release is ReleaseKind.AUTOMATIC:
            found = min(found, (now_ns // SECOND_NS + 1) * SECOND_NS)
    level: i64 = len(watch.rule.levels)
    while level > watch.level:
        cool = cool_at_ns(watch, level)
        if cool > now_ns:
            found = min(found, cool)
        level -= 1
    return found

"""After any walk of marks and time a rule stands where a machine said as plainly as can be does."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.test_responses import BOUGHT, mark, play, watch_of
from tests.risk.rules import SECOND, level, rule

from kairos.model.enums import ReleaseKind, ResponseKind
from kairos.model.values import RuleLevel
from kairos.scenario.market import open_market
from kairos.scenario.world import MONEY, World

K = ResponseKind


class Naive:
    """The same, said as plainly as can be: looked at every second."""

    def __init__(self, levels: list[RuleLevel]) -> None:
        self.levels = levels
        self.level = 0
        self.back_at: int | None = None
        self.taken = [0] * len(levels)
        self.left = [-(10**6)] * len(levels)

    def look(self, loss: int, at_s: int) -> None:
        while self._leave(loss, at_s):
            pass
        reached = [
            n
            for n, one in enumerate(self.levels, 1)
            if loss * MONEY >= one.threshold and at_s >= self.left[n - 1] + one.cool_off_ns // SECOND
        ]
        while reached and self.level < max(reached):
            self.taken[self.level] = at_s
            self.level += 1
            self.back_at = None

    def _leave(self, loss: int, at_s: int) -> bool:
        if not self.level:
            return False
        top = self.levels[self.level - 1]
        after_s = top.after_ns // SECOND
        if top.release is ReleaseKind.TIMED:
            over = at_s >= self.taken[self.level - 1] + after_s
        elif top.release is ReleaseKind.AUTOMATIC:
            is_back = loss * MONEY < top.threshold and loss * MONEY <= top.release_at
            self.back_at = (at_s if self.back_at is None else self.back_at) if is_back else None
            over = self.back_at is not None and at_s >= self.back_at + after_s
        else:
            over = False
        if over:
            self.level -= 1
            self.left[self.level] = at_s
            self.back_at = None
        return over


@st.composite
def ladders(draw: st.DrawFn) -> list[RuleLevel]:
    thresholds = sorted(draw(st.sets(st.integers(1, 12), min_size=1, max_size=4)))
    levels = []
    for at in thresholds:
        release = draw(st.sampled_from([ReleaseKind.AUTOMATIC, ReleaseKind.TIMED, ReleaseKind.PERSON]))
        after_s = 0 if release is ReleaseKind.PERSON else draw(st.integers(1, 4))
        cool_s = draw(st.integers(1, 4)) if release is ReleaseKind.TIMED else draw(st.integers(0, 3))
        back = at - draw(st.integers(0, 3))
        kind = draw(st.sampled_from([K.ALERT, K.SHRINK, K.SLOW, K.PAUSE, K.REDUCE_ONLY, K.CANCEL]))
        levels.append(level(at * 10_000, kind, back=back * 10_000, release=release, after_s=after_s, cool_s=cool_s))
    return levels


@settings(max_examples=60, deadline=None)
@given(ladders(), st.lists(st.tuples(st.integers(-14, 2), st.integers(0, 3)), min_size=1, max_size=25))
def test_after_any_walk_of_marks_and_time_a_rule_stands_where_the_naive_machine_does(
    levels: list[RuleLevel], walk: list[tuple[int, int]]
) -> None:
    """Moves by 5 change the loss on 2000 units by 10,000; each step is a mark, then some seconds."""
    made = World()
    open_market(made)
    play(made, BOUGHT)
    made.give(rule(*levels))
    naive = Naive(levels)
    start_ns = made.now_ns
    at_s = 0
    for steps, seconds in walk:
        mark(made, 1000 + 5 * steps)
        loss = max(-10_000 * steps, 0)
        naive.look(loss, at_s)
        for _ in range(seconds):
            at_s += 1
            play(made, "clock +1s")
            naive.look(loss, at_s)
        watch = watch_of(made)
        assert watch.level == naive.level
        assert [taken and (taken - start_ns) // SECOND for taken in watch.taken_at_ns[: naive.level]] == naive.taken[
            : naive.level
        ]
    assert made.picture(made.replayed()) == made.picture(made.engine)
    assert made.picture(made.from_snapshot()) == made.picture(made.engine)

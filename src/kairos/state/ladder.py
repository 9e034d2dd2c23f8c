"""The rules of risk, and where each stands at each of its places.

A rule has levels, from mild to severe, that hold one above the other: whoever is at level 3 is at 1 and 2 too. A
`Watch` is one rule at one place. A rule of each account (client, desk, ...) has a watch for every one that is defined,
and for a strategy once it is first named.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.model.enums import ResponseKind
from kairos.model.events import RuleDefined
from kairos.model.indicators import CHANGES_WITH_TIME
from kairos.model.values import Place, RuleLevel
from kairos.state.places import place_key


@mypyc_attr(acyclic=True)
class Watch:
    """
    level:       the highest that holds, counted from 1; 0 for none
    back_at_ns:  since when the indicator is back in range of that level; 0 while it is not
    taken_at_ns: when each level was last taken, and `left_at_ns` last left; 0 for never
    orders:      taken back by its responses, and not all over yet; `cause_at_ns` is when what caused it happened
    name:        of this rule at this place
    has_moved, was_busy: it is in the ladder's list of that name
    """

    def __init__(self, rule: RuleDefined, place: Place) -> None:
        self.rule: Final[RuleDefined] = rule
        self.place: Final[Place] = place
        self.key: Final[str] = place_key(place)
        self.name: Final[str] = f"{rule.rule_id}\n{self.key}"
        self.changes_with_time: Final[bool] = rule.indicator in CHANGES_WITH_TIME
        self.level: i64 = 0
        self.back_at_ns: i64 = 0
        self.taken_at_ns: Final[list[int]] = [0] * len(rule.levels)
        self.left_at_ns: Final[list[int]] = [0] * len(rule.levels)
        self.orders: list[int] = []
        self.cause_at_ns: i64 = 0
        self.has_moved: bool = False
        self.was_busy: bool = False

    def top(self) -> RuleLevel:
        """The highest level that holds."""
        return self.rule.levels[self.level - 1]

    def holds(self, kind: ResponseKind) -> bool:
        """Whether an action of this kind is in force."""
        for at in range(self.level):
            for action in self.rule.levels[at].actions:
                if action.kind is kind:
                    return not self.rule.dry_run
        return False

    def is_busy(self) -> bool:
        """Whether what it did goes on: orders are not over, or positions are to be closed."""
        return len(self.orders) > 0 or self.holds(ResponseKind.FLATTEN)


class Ladder:
    """
    rules: by id, in the order in which they were defined; `patterns`, those of each node of a kind
    moved: watches that took a level since their rule was defined, in the order of the first time
    busy:  those of them whose responses go on
    """

    def __init__(self) -> None:
        self.rules: Final[dict[str, RuleDefined]] = {}
        self.patterns: list[RuleDefined] = []
        self.moved: Final[list[Watch]] = []
        self.busy: Final[list[Watch]] = []
        self._at: Final[dict[str, list[Watch]]] = {}  # by place

    def at(self, key: str) -> list[Watch]:
        """The watches at a place, by its key, in the order of their rules."""
        return self._at.get(key, [])

    def of_rule(self, rule_id: str) -> list[Watch]:
        """Where a rule is watched."""
        return [watch for at_place in self._at.values() for watch in at_place if watch.rule.rule_id == rule_id]

    def find(self, rule_id: str, place: Place) -> Watch | None:
        for watch in self.at(place_key(place)):
            if watch.rule.rule_id == rule_id:
                return watch
        return None

    def add(self, watch: Watch) -> None:
        self._at.setdefault(watch.key, []).append(watch)

    def drop(self, watch: Watch) -> None:
        """Its rule is no more."""
        self._at[watch.key].remove(watch)
        if watch.has_moved:
            self.moved.remove(watch)
        if watch.was_busy:
            self.busy.remove(watch)

    def note_move(self, watch: Watch) -> None:
        """It took or left a level, or is done with what it did."""
        if not watch.has_moved:
            watch.has_moved = True
            self.moved.append(watch)
        is_busy = watch.is_busy()
        if is_busy and not watch.was_busy:
            self.busy.append(watch)
        elif watch.was_busy and not is_busy:
            self.busy.remove(watch)
        watch.was_busy = is_busy

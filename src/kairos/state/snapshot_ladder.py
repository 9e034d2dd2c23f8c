"""The rules of risk in a snapshot, and where they stand; behind all nodes and orders, which they watch."""

from __future__ import annotations

from mypy_extensions import i64

from kairos.model.events import Event, RuleSnapshot
from kairos.model.values import OrderRef, RuleLevelTimes
from kairos.state.desk import Desk
from kairos.state.ladder import Watch


def snapshot_ladder(desk: Desk, at_ns: i64, events: list[Event]) -> None:
    for rule in desk.ladder.rules.values():
        events.append(rule)
    for watch in desk.ladder.moved:
        events.append(_watch(watch, at_ns))


def _watch(watch: Watch, at_ns: i64) -> RuleSnapshot:
    times = [RuleLevelTimes(taken, left) for taken, left in zip(watch.taken_at_ns, watch.left_at_ns, strict=True)]
    return RuleSnapshot(
        at_ns=at_ns,
        rule_id=watch.rule.rule_id,
        place=watch.place,
        level=watch.level,
        back_at_ns=watch.back_at_ns,
        times=tuple(times),
        orders=tuple([OrderRef(order_id) for order_id in watch.orders]),
        cause_at_ns=watch.cause_at_ns,
    )

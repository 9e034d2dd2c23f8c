"""Rules with every action respond in a rough market, with faults, restarts and snapshots, and the desk stays whole: the
simulation compares it with its replay at every restart, and its auditor with the executions."""

from __future__ import annotations

from collections import Counter

from tests.risk.rules import action, level, rule
from tests.simulation.simulation import Simulation

from kairos.model.commands import DefineRule
from kairos.model.enums import NodeKind, ReleaseKind, ResponseKind, ScopeKind
from kairos.model.events import ResponseTaken
from kairos.model.indicators import Indicator
from kairos.model.values import Place, RuleLevel
from kairos.model.wire import decode_events

K = ResponseKind
STEPS = 300


def each(node: NodeKind) -> Place:
    return Place(node, "", ScopeKind.ALL, "")


RULES = (
    rule(
        level(500, K.ALERT, K.SLOW, after_s=1),
        level(2_000, K.SHRINK, K.THROTTLE, back=1_000),
        level(10_000, K.CANCEL, K.REDUCE_ONLY, release=ReleaseKind.TIMED, after_s=30, cool_s=60),
        rule_id="LOSS",
        place=each(NodeKind.ACCOUNT),
        each=True,
        user_id="",
    ),
    rule(
        level(5_000, K.PASSIVE),
        level(15_000, K.HALT, K.FLATTEN, release=ReleaseKind.TIMED, after_s=20, cool_s=30),
        rule_id="DRAWDOWN",
        indicator=Indicator.DRAWDOWN,
        place=each(NodeKind.CLIENT),
        each=True,
        user_id="",
    ),
    rule(
        level(1_000_000, K.ASK, back=500_000, after_s=2),
        level(2_000_000, K.CANCEL, back=500_000),
        rule_id="GROSS",
        indicator=Indicator.GROSS,
        place=each(NodeKind.FIRM),
        user_id="",
    ),
)
BURST = RuleLevel(8, 3, (action(K.PAUSE),), ReleaseKind.AUTOMATIC, 10**9, 0)
MAD = DefineRule("BURST", Indicator.ORDER_BURST, each(NodeKind.CLIENT), True, True, (BURST,), False, "", "")


def rough_day(seed: int) -> Counter[str]:
    """How often each level was taken."""
    simulation = Simulation(seed, rough=True)
    world = simulation.world
    world.give(*RULES, MAD)
    simulation.run(STEPS)
    assert world.picture(world.replayed()) == world.picture(world.engine)
    assert world.picture(world.from_snapshot()) == world.picture(world.engine)
    events = [event for batch in world.batches for event in decode_events(batch)]
    return Counter(f"{event.rule_id} {event.level}" for event in events if isinstance(event, ResponseTaken))


def test_a_desk_under_rules_is_whole_after_rough_days() -> None:
    taken: Counter[str] = Counter()
    for seed in range(6):
        taken += rough_day(seed)
    levels = {f"{one.rule_id} {n}" for one in (*RULES, MAD) for n in range(1, len(one.levels) + 1)}
    assert set(taken) == levels

"""Kills and approvals among any other commands: every step true, every account exact, every recovery the same desk."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.properties.test_any_commands import COMMANDS, FILLS, SUBMITS, through_the_wire
from tests.simulation.likeness import likeness, unlike

from kairos.model.commands import (
    AdvanceTime,
    Command,
    DecideApproval,
    DefinePolicy,
    EngageKill,
    RecordTrade,
    ReleaseKill,
    SetLimits,
    SetRestriction,
)
from kairos.model.enums import ApprovalKind, NodeKind
from kairos.model.values import ApprovalRule, Limits
from kairos.scenario.invariants import check_end, check_step
from kairos.scenario.market import open_market
from kairos.scenario.parser import parse_scenario
from kairos.scenario.world import ACCOUNT, GENEROUS, INSTRUMENT, VENUE, World

MINUTE_NS = 60_000_000_000
PEOPLE = st.sampled_from(["", "rita", "ada", "tina", "otto"])
PLACES = st.sampled_from([(NodeKind.FIRM, "", ""), (NodeKind.ACCOUNT, ACCOUNT, ""), (NodeKind.FIRM, "", VENUE)])
WORDS = st.sampled_from(["", "firm", ACCOUNT, f"venue:{VENUE}"])
RULES = [ApprovalRule(kind, 10 * MINUTE_NS, 0) for kind in ApprovalKind]


def engage(place: tuple[NodeKind, str, str], user_id: str) -> Command:
    return EngageKill("", "stop", user_id, place[0], place[1], venue_id=place[2])


def release(place: tuple[NodeKind, str, str], user_id: str, word: str) -> Command:
    return ReleaseKill("", "go", user_id, place[0], place[1], venue_id=place[2], word=word)


def limits(more: int, user_id: str) -> Command:
    return SetLimits(ACCOUNT, Limits(*[getattr(GENEROUS, name) + more for name in GENEROUS.names()]), user_id)


ASKED_FOR: list[st.SearchStrategy[Command]] = [
    st.builds(engage, PLACES, PEOPLE),
    *[st.builds(release, PLACES, PEOPLE, WORDS)] * 2,
    *[st.builds(DecideApproval, st.integers(1, 8), st.booleans(), WORDS, st.just(""), PEOPLE)] * 4,
    st.builds(limits, st.sampled_from([-1, 1, 2]), PEOPLE),
    st.builds(SetRestriction, st.just(INSTRUMENT), st.booleans(), st.just(""), PEOPLE),
    st.builds(RecordTrade, st.integers(1, 4), st.just(400), st.just(1000 * 10**8), st.just("BANK"), PEOPLE),
    st.builds(DefinePolicy, st.sampled_from([(), tuple(RULES)]), st.just(""), PEOPLE),
    st.just(AdvanceTime()),
]
STEPS = st.tuples(
    st.one_of(*ASKED_FOR, SUBMITS, FILLS, *COMMANDS), st.sampled_from([0, 0, 0, 6_000_000_000, 11 * MINUTE_NS])
)
BEGIN = "limit A1 ORDER_QTY 1000 approval\npolicy LIMIT RESTRICTION TRADE KILL_RELEASE by ada"


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(STEPS, min_size=15, max_size=40))
def test_what_waits_is_the_same_after_any_recovery_and_holds_what_it_should(steps: list[tuple[Command, int]]) -> None:
    world = World()
    open_market(world)
    for step in parse_scenario(BEGIN).steps:
        step.action(world)
    for command, later in steps:
        world.now_ns += later
        check_step(world, world.give(through_the_wire(command)))
        for order_id in world.desk.approvals.of_order:
            order = world.desk.orders[order_id]
            assert order.may_trade() and not order.routes, "what waits is at no venue"
        for kill in world.desk.kills.engaged.values():
            assert kill.to_cancel == kill.canceled + kill.ended + len(kill.working)
    check_end(world)
    for recovered in (world.replayed(), world.from_snapshot()):
        desk = recovered.desk
        assert unlike(likeness(world.desk.kills), likeness(desk.kills)) == ""
        assert unlike(likeness(world.desk.approvals), likeness(desk.approvals)) == ""
        for waiting in desk.approvals.pending.values():
            assert recovered.next_deadline_ns() <= waiting.expires_at_ns

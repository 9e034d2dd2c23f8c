"""Four eyes: nothing of what waits is lost or done twice, and reservations are exact whatever becomes of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kairos.engine.approvals import MAX_PENDING
from kairos.engine.loosened import loosens, loosens_any
from kairos.model.commands import DefinePolicy, SetLimits
from kairos.model.enums import ApprovalKind, LimitKind, Severity
from kairos.model.events import ApprovalRequested, CommandRefused
from kairos.model.refusals import RefusalCode
from kairos.model.values import ApprovalRule, Limit, Limits
from kairos.scenario.runner import run_text
from kairos.scenario.world import ACCOUNT, World

SOFT = "limit A1 ORDER_QTY 5000 approval by rita\n"
HOUR_NS = 3_600_000_000_000


def world_of(text: str) -> World:
    outcome = run_text(text, "test")
    assert outcome.passed, outcome.problem
    return outcome.world


FATES = st.sampled_from(
    [
        "approve {n} by rita",
        "decline {n} by rita",
        "cancel O{n} as C{n}",
        "kill A1 by rita\nrelease A1 by ada",
        "clock +30m",
        "restart from snapshot",
        "restart",
    ]
)


@given(st.lists(FATES, max_size=6))
def test_once_nothing_works_nothing_is_reserved_and_nothing_waits(fates: list[str]) -> None:
    """Whatever becomes of four orders that wait, in any order; a step may come too late and be refused."""
    steps = [f"submit O{n} BUY 6000 @ 1000" for n in range(1, 5)]
    for n, fate in enumerate(fates):
        steps += [f"{line} -> ..." for line in fate.format(n=n % 4 + 1).splitlines()]
    world = world_of(SOFT + "\n".join([*steps, "mass cancel as M -> ..."]))
    for order in world.desk.orders.values():
        assert world.desk.approvals.waits(order.order_id) is False
        assert order.held == 0 or order.routes
    assert world.desk.approvals.pending == {}
    held = sum(order.held for order in world.desk.orders.values())
    assert world.desk.accounts[ACCOUNT].reserved == held


def test_the_queue_is_bounded_and_says_so() -> None:
    world = world_of("policy LIMIT by ada")
    looser = Limits(*[getattr(world.desk.accounts[ACCOUNT].limits, name) + 1 for name in Limits.names(NO_LIMITS)])
    for _ in range(MAX_PENDING):
        assert isinstance(world.give(SetLimits(ACCOUNT, looser, "rita"))[0], ApprovalRequested)
    refused = world.give(SetLimits(ACCOUNT, looser, "rita"))[0]
    assert isinstance(refused, CommandRefused)
    assert refused.code is RefusalCode.APPROVALS_FULL


NO_LIMITS = Limits(0, 0, 0, 0, 0, 0, 0, 0)


@pytest.mark.parametrize("name", NO_LIMITS.names())
def test_raising_any_limit_of_an_account_loosens_it_and_lowering_does_not(name: str) -> None:
    raised = Limits(*[int(name == other) for other in NO_LIMITS.names()])
    assert loosens_any(NO_LIMITS, raised)
    assert not loosens_any(raised, NO_LIMITS)
    assert not loosens_any(raised, raised)


BEFORE = Limit(LimitKind.RATE, Severity.APPROVAL, 10, "TWD", 1_000, 5, False)


@pytest.mark.parametrize(
    ("after", "looser"),
    [
        (BEFORE, False),
        (Limit(LimitKind.RATE, Severity.HARD, 9, "TWD", 1_000, 4, False), False),
        (Limit(LimitKind.RATE, Severity.APPROVAL, 11, "TWD", 1_000, 5, False), True),
        (Limit(LimitKind.RATE, Severity.REASON, 10, "TWD", 1_000, 5, False), True),
        (Limit(LimitKind.RATE, Severity.APPROVAL, 10, "TWD", 1_000, 6, False), True),
        (Limit(LimitKind.RATE, Severity.APPROVAL, 9, "USD", 1_000, 5, False), True),
        (Limit(LimitKind.RATE, Severity.APPROVAL, 9, "TWD", 500, 5, False), True),
        (Limit(LimitKind.RATE, Severity.APPROVAL, 9, "TWD", 1_000, 5, True), True),
    ],
)
def test_a_limit_is_looser_unless_it_is_as_low_as_strict_and_in_the_same_terms(after: Limit, looser: bool) -> None:
    assert loosens(BEFORE, after) is looser


def test_the_house_itself_asks_nobody_whatever_the_policy() -> None:
    world = world_of("policy LIMIT by ada")
    limits = world.desk.accounts[ACCOUNT].limits
    looser = Limits(*[getattr(limits, name) + 1 for name in limits.names()])
    world.give(SetLimits(ACCOUNT, looser, ""))
    assert world.desk.accounts[ACCOUNT].limits == looser


def test_a_recovered_engine_expires_what_waited_at_the_same_moment() -> None:
    world = world_of("policy LIMIT expires 10m by ada\nlimits A1 qty 200000 by rita")
    (waiting,) = world.desk.approvals.pending.values()
    for recovered in (world.replayed(), world.from_snapshot()):
        assert recovered.next_deadline_ns() == waiting.expires_at_ns


@pytest.mark.parametrize(
    "rules",
    [
        (ApprovalRule(ApprovalKind.TRADE, HOUR_NS, -1),),
        (ApprovalRule(ApprovalKind.TRADE, 0, 0),),
        (ApprovalRule(ApprovalKind.TRADE, 121 * HOUR_NS, 0),),
        (ApprovalRule(ApprovalKind.TRADE, HOUR_NS, 0), ApprovalRule(ApprovalKind.TRADE, HOUR_NS, 5)),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(rules: tuple[ApprovalRule, ...]) -> None:
    world = world_of("user anna ADMINISTRATOR")
    refused = world.give(DefinePolicy(rules, "", "ada"))[0]
    assert isinstance(refused, CommandRefused)
    assert refused.code is RefusalCode.INVALID_VALUE
    assert world.desk.approvals.policy is None

"""The kill switch: whatever happens while it takes orders back, it waits for each of them and for nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kairos.model.commands import EngageKill, MassCancel, ReleaseKill
from kairos.model.enums import MassCancelRequestType, NodeKind
from kairos.model.events import CommandRefused, KillCompleted, KillProgressed, MassCancelReported
from kairos.model.refusals import RefusalCode
from kairos.scenario.parser import parse_scenario
from kairos.scenario.runner import run_text
from kairos.scenario.world import CLIENT, SESSION, World

ORDERS = "".join(f"submit O{n} BUY 1000 @ 1000\nvenue ack R{n}\n" for n in range(1, 5))
FATES = ("venue canceled R{n}-1", "venue fill R{n} 1000 @ 1000", "venue fill R{n} 400 @ 1000\nvenue canceled R{n}-1")


def world_of(text: str) -> World:
    outcome = run_text(text, "test")
    assert outcome.passed, outcome.problem
    return outcome.world


@given(st.permutations(range(1, 5)), st.lists(st.sampled_from(FATES), min_size=4, max_size=4), st.integers(0, 4))
def test_a_kill_counts_every_order_once_whatever_ends_it_and_wherever_it_restarts(
    order: list[int], fates: list[str], restart_after: int
) -> None:
    steps = [fates[n - 1].format(n=n) for n in order]
    steps.insert(restart_after, "restart from snapshot")
    world = world_of(ORDERS + "kill firm by rita\n" + "\n".join(steps))
    kill = world.desk.kills.engaged["firm"]
    assert (kill.to_cancel, kill.canceled + kill.ended, kill.working) == (4, 4, {})
    assert kill.ended == sum(1 for fate in fates if fate == FATES[1])
    assert world.desk.accounts["A1"].reserved == 0, "nothing is left once nothing works"


def test_completion_is_told_once_with_the_time_it_took() -> None:
    world = world_of(
        ORDERS + "kill firm by rita\nclock +2s\n" + "".join(f"venue canceled R{n}-1\n" for n in range(1, 4))
    )
    events = run_last(world, "venue canceled R4-1")
    assert [type(event) for event in events[-2:]] == [KillProgressed, KillCompleted]
    completed = events[-1]
    assert isinstance(completed, KillCompleted)
    assert (completed.canceled, completed.ended, completed.took_ns) == (4, 0, 2_000_000_000)


def run_last(world: World, step: str) -> list[object]:
    """The events of one more step of the language."""
    (parsed,) = parse_scenario(step).steps
    return list(parsed.action(world))


def test_a_person_s_kill_is_not_released_by_the_house_and_a_kill_of_the_house_is() -> None:
    world = world_of("kill A1 by rita\nkill firm")
    refused = world.give(ReleaseKill("A1", "", "", word="A1"))[0]
    assert isinstance(refused, CommandRefused)
    assert refused.code is RefusalCode.NOT_ENTITLED
    world.give(ReleaseKill("", "", "", word="firm"))
    assert list(world.desk.kills.engaged) == ["A1"]


def test_a_kill_that_finds_nothing_is_complete_from_the_start() -> None:
    world = world_of("kill A1 by rita")
    assert not any(isinstance(event, KillCompleted) for event in world.give(EngageKill("", "again", "ada")))
    assert world.desk.kills.engaged["firm"].to_cancel == 0


TWO_CLIENTS = """
account A2 of ACME
client OTHER
account B1 of OTHER
submit X BUY 1000 @ 1000
submit Y BUY 1000 @ 1000 for A2
submit Z BUY 1000 @ 1000 for B1 from OTHER
"""


def mass_canceled(entitled: NodeKind, account_id: str) -> tuple[RefusalCode, int]:
    world = world_of(TWO_CLIENTS)
    all_orders = MassCancelRequestType.ALL_ORDERS
    events = world.give(MassCancel(SESSION, CLIENT, "MC", all_orders, "", world.now_ns, "", account_id, entitled))
    report = events[0]
    assert isinstance(report, MassCancelReported)
    assert report.accepted is (report.code is RefusalCode.NONE)
    pending = sum(1 for order in world.desk.orders.values() if order.cancel is not None)
    assert report.affected == pending
    return report.code, int(report.affected)


def test_a_session_cancels_for_as_much_as_was_agreed_and_is_refused_by_name_beyond() -> None:
    none = RefusalCode.NONE
    assert mass_canceled(NodeKind.CLIENT, "") == (none, 2)
    assert mass_canceled(NodeKind.CLIENT, "A2") == (none, 1)
    assert mass_canceled(NodeKind.CLIENT, "B1") == (RefusalCode.ACCOUNT_OF_ANOTHER_CLIENT, 0)
    assert mass_canceled(NodeKind.CLIENT, "NONE") == (RefusalCode.UNKNOWN_ACCOUNT, 0)
    assert mass_canceled(NodeKind.ACCOUNT, "") == (RefusalCode.NOT_ENTITLED, 0)
    assert mass_canceled(NodeKind.ACCOUNT, "A1") == (none, 1)
    assert mass_canceled(NodeKind.FIRM, "") == (none, 3)
    assert mass_canceled(NodeKind.FIRM, "B1") == (none, 1)

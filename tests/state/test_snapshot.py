"""A snapshot rebuilds what no scenario looks at: the numbers and hours of FIX sessions, and lists in pieces."""

from __future__ import annotations

from tests.simulation.likeness import likeness, unlike

from kairos.model.commands import SubmitList, SubmitOrder
from kairos.model.enums import HandlInst, ListExecInstType, OrdType, ResetReason, Side, TimeInForce
from kairos.model.events import SessionReceived, SessionReset, SessionSent
from kairos.model.nested import encode_commands
from kairos.model.values import Terms
from kairos.scenario.market import open_market
from kairos.scenario.world import ACCOUNT, CLIENT, INSTRUMENT, SESSION, World
from kairos.state.fold import apply


def test_sessions_stand_where_they_stood() -> None:
    world = World()
    for event in (
        SessionReset(10, "S", 1, 1, ResetReason.SCHEDULE.value, ""),
        SessionSent(20, "S", 1, "A", "", False, b"", b""),
        SessionReceived(30, "S", 2),
    ):
        apply(world.desk, event)
    again = world.from_snapshot().desk.sessions["S"]
    assert (again.next_in, again.next_out) == (2, 2)
    assert (again.active_ns, again.scheduled_ns, again.logged_on) == (30, 10, True)
    assert unlike(likeness(world.desk), likeness(world.from_snapshot().desk)) == ""


def test_a_list_in_pieces_goes_on_after_a_snapshot() -> None:
    world = World()
    open_market(world)
    for n in range(3):
        terms = Terms(1000, OrdType.LIMIT, 1000 * 10**8, 0, TimeInForce.DAY, 0, 0)
        order = SubmitOrder(
            SESSION, CLIENT, f"O{n}", ACCOUNT, INSTRUMENT, Side.BUY, HandlInst.MANUAL, terms, "", "", 0, False, ""
        )
        part = encode_commands([order])
        world.give(SubmitList("L", CLIENT, SESSION, 3, ListExecInstType.IMMEDIATE, "", part, n == 2, False, ""))
        recovered = world.from_snapshot()
        assert unlike(likeness(world.desk), likeness(recovered.desk)) == ""
        world.engine = recovered
    assert [order.cl_ord_id for order in world.desk.orders.values()] == ["O0", "O1", "O2"]

"""A snapshot rebuilds what no scenario looks at: the numbers and hours of FIX sessions, and lists in pieces."""

from __future__ import annotations

from tests.simulation.likeness import likeness, unlike

from kairos.model.commands import RouteOrder, SetVenueState, SubmitList, SubmitOrder
from kairos.model.enums import HandlInst, ListExecInstType, OrdStatus, OrdType, ResetReason, Side, TimeInForce
from kairos.model.events import (
    RouteAcknowledged,
    SessionReceived,
    SessionReset,
    SessionSent,
)
from kairos.model.nested import encode_commands
from kairos.model.values import Terms
from kairos.scenario.market import open_market
from kairos.scenario.world import ACCOUNT, CLIENT, INSTRUMENT, SESSION, VENUE, World
from kairos.state.fold import apply
from kairos.state.snapshot import snapshot, snapshot_parts


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


def world_of_routes(*route_of: int) -> World:
    """Two care orders, and for each number given the next route, of that order."""
    world = World()
    open_market(world)
    terms = Terms(5000, OrdType.LIMIT, 1000 * 10**8, 0, TimeInForce.DAY, 0, 0)
    for label in ("A", "B"):
        world.give(
            SubmitOrder(
                SESSION, CLIENT, label, ACCOUNT, INSTRUMENT, Side.BUY, HandlInst.MANUAL, terms, "", "", 0, False, ""
            )
        )
    for order_id in route_of:
        world.give(RouteOrder(order_id, VENUE, Terms(1000, OrdType.LIMIT, 10**11, 0, TimeInForce.DAY, 0, 0), ""))
    assert len(world.desk.routes) == len(route_of)
    return world


def test_routes_keep_their_order_over_all_orders() -> None:
    """It is the order in which a venue that comes back is asked about them."""
    world = world_of_routes(1, 2, 1, 2, 2, 1)
    again = world.from_snapshot()
    assert list(again.desk.routes) == list(world.desk.routes) == [1, 2, 3, 4, 5, 6]
    assert [route.route_id for route in again.desk.orders[1].routes] == [1, 3, 6]
    asked = [
        engine.handle(SetVenueState(VENUE, up), world.now_ns)
        for engine in (world.engine, again)
        for up in (False, True)
    ]
    assert asked[:2] == asked[2:] and asked[1]


def test_every_order_id_that_a_venue_gave_still_names_its_route() -> None:
    world = world_of_routes(1, 2, 2, 1)
    for route_id, venue_order_id in ((1, "V1"), (1, "V2"), (2, "V2"), (1, "V3"), (3, "V9"), (2, "V9")):
        apply(world.desk, RouteAcknowledged(1, route_id, venue_order_id, OrdStatus.NEW))
    named = {"V1": 1, "V2": 2, "V3": 1, "V9": 2}
    assert {key: route.route_id for key, route in world.desk.venues[VENUE].routes.items()} == named
    again = world.from_snapshot().desk
    assert {key: route.route_id for key, route in again.venues[VENUE].routes.items()} == named
    assert [route.venue_order_id for route in again.routes.values()] == ["V3", "V9", "V9", ""]


def test_an_order_keeps_each_clordid_that_named_it_even_one_of_two_lines() -> None:
    world = world_of_routes()
    world.desk.orders[1].cl_ord_ids += ("A2", "A3")
    world.desk.orders[2].cl_ord_ids += ("two\nlines",)
    again = world.from_snapshot().desk
    assert [order.cl_ord_ids for order in again.orders.values()] == [("A", "A2", "A3"), ("B", "two\nlines")]
    named = {key: order.order_id for key, order in again.clients[CLIENT].orders.items()}
    assert named == {"A": 1, "A2": 1, "A3": 1, "B": 2, "two\nlines": 2}


def test_a_snapshot_of_many_parts_is_the_same_as_one() -> None:
    world = world_of_routes(*[1, 2] * 5)
    parts = list(snapshot_parts(world.desk, world.now_ns, 3))
    assert len(parts) > 4
    assert [event for part in parts for event in part] == snapshot(world.desk, world.now_ns)

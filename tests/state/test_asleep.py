"""Orders that are over sleep as bytes, and whoever asks for one finds it as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.simulation.likeness import likeness, unlike
from tests.simulation.simulation import Simulation

from kairos.engine.engine import Engine
from kairos.model.commands import (
    AdvanceTime,
    BustTrade,
    CancelOrder,
    MassCancel,
    ReportExecution,
    RequestMassStatus,
    RequestOrderStatus,
    SetVenueState,
    StartTradingDay,
    SubmitOrder,
)
from kairos.model.enums import (
    ExecType,
    HandlInst,
    MassCancelRequestType,
    MassStatusReqType,
    OrdStatus,
    OrdType,
    Side,
    TimeInForce,
)
from kairos.model.events import MassCancelReported, OrderRefused, OrderStatusReported, RouteStatusRequested
from kairos.model.refusals import RefusalCode
from kairos.model.values import Terms
from kairos.scenario.market import open_market
from kairos.scenario.runner import run_text
from kairos.scenario.world import ACCOUNT, CLIENT, INSTRUMENT, SESSION, VENUE, World
from kairos.state.desk import Desk
from kairos.state.order import Order
from kairos.state.order_extras import OrderExtras
from kairos.state.positions import Trade
from kairos.state.route import Route, RouteExtras

PX = 1000 * 10**8
SCENARIOS = sorted((Path(__file__).parent.parent / "scenarios").glob("*.scn"))


def sleepy_world() -> World:
    """Everything that is over sleeps at once."""
    world = World()
    world.desk.awake_orders = 0
    open_market(world)
    return world


def submit(world: World, cl_ord_id: str) -> None:
    terms = Terms(1000, OrdType.LIMIT, PX, 0, TimeInForce.DAY, 0, 0)
    automated = HandlInst.AUTOMATED_NO_INTERVENTION
    world.give(
        SubmitOrder(SESSION, CLIENT, cl_ord_id, ACCOUNT, INSTRUMENT, Side.BUY, automated, terms, "", "", 0, False, "")
    )


def fill(world: World, route_id: int) -> None:
    world.give(
        ReportExecution(
            VENUE, ExecType.TRADE, OrdStatus.FILLED, f"R{route_id}", "", f"V{route_id}", f"E{route_id}", "", 1000, PX,
            1000, 0, 1000, PX, "", "", 0, False,
        )
    )  # fmt: skip


def filled_world(orders: int) -> World:
    world = sleepy_world()
    for number in range(1, orders + 1):
        submit(world, f"A{number}")
        fill(world, number)
    return world


def asleep(desk: Desk) -> list[int]:
    return [number for number in desk.orders.numbers() if desk.orders.if_awake(number) is None]


def test_what_is_over_sleeps_and_what_works_does_not() -> None:
    world = filled_world(3)
    submit(world, "open")
    assert asleep(world.desk) == [1, 2, 3]
    assert [order.cl_ord_id for order in world.desk.orders.awake()] == ["open"]
    assert [len(shelf) for shelf in (world.desk.orders, world.desk.routes, world.desk.trades)] == [4, 4, 3]


def test_the_last_that_ended_stay_awake() -> None:
    world = sleepy_world()
    world.desk.awake_orders = 2
    for number in range(1, 6):
        submit(world, f"A{number}")
        fill(world, number)
    assert asleep(world.desk) == [1, 2, 3]


def test_a_deadline_that_has_passed_wakes_nobody() -> None:
    """Every route has one, for its first answer; it comes when most of them are over."""
    world = filled_world(3)
    world.now_ns += 3_600_000_000_000
    world.give(AdvanceTime())
    assert asleep(world.desk) == [1, 2, 3]


def test_a_copy_of_what_sleeps_wakes_nobody() -> None:
    desk = filled_world(2).desk
    assert desk.look_at(1).cl_ord_id == "A1"
    assert desk.look_at_route(1).cum_qty == 1000
    assert desk.look_at_trade(desk.trades.numbers()[0]).venue_exec_ids == ("E1",)
    assert asleep(desk) == [1, 2]


def test_a_clordid_of_an_order_that_sleeps_is_refused_a_second_time() -> None:
    world = filled_world(2)
    (refused,) = [e for e in world.give(_again("A1")) if isinstance(e, OrderRefused)]
    assert refused.code is RefusalCode.DUPLICATE_CL_ORD_ID


def _again(cl_ord_id: str) -> SubmitOrder:
    terms = Terms(1000, OrdType.LIMIT, PX, 0, TimeInForce.DAY, 0, 0)
    return SubmitOrder(
        SESSION, CLIENT, cl_ord_id, ACCOUNT, INSTRUMENT, Side.BUY, HandlInst.MANUAL, terms, "", "", 0, False, ""
    )


def test_a_status_request_wakes_and_the_order_sleeps_again() -> None:
    world = filled_world(2)
    (told,) = world.give(RequestOrderStatus(SESSION, CLIENT, "A2", 0, INSTRUMENT, Side.BUY, ""))
    assert isinstance(told, OrderStatusReported)
    assert (told.order_id, told.standing.ord_status, told.standing.cum_qty) == (2, OrdStatus.FILLED, 1000)
    assert asleep(world.desk) == [1, 2]


def test_a_bust_opens_an_order_that_slept_and_its_client_can_cancel_it() -> None:
    world = filled_world(2)
    trade_id = world.desk.trades.numbers()[0]
    world.give(BustTrade(trade_id, "", ""))
    assert asleep(world.desk) == [2]
    assert world.desk.orders[1].is_open()
    world.give(CancelOrder(SESSION, CLIENT, "C1", "A1", 0, "", "", 0, ""))
    assert world.desk.orders[1].ord_status() is OrdStatus.CANCELED


def test_an_order_of_yesterday_sleeps_on_and_its_trade_can_still_be_busted_then_it_goes() -> None:
    world = filled_world(2)
    world.give(StartTradingDay(20270101))
    assert asleep(world.desk) == [1, 2]
    assert world.desk.look_at(1).in_day is False and world.desk.look_at(1).day_cum_qty() == 0
    assert "A1" not in world.desk.clients[CLIENT].orders, "its ClOrdID is free"
    world.give(BustTrade(world.desk.trades.numbers()[0], "", ""))
    position = world.desk.position(ACCOUNT, INSTRUMENT)
    assert position.qty == 1000
    world.give(StartTradingDay(20270102))
    assert world.desk.orders.numbers() == world.desk.routes.numbers() == world.desk.trades.numbers() == []
    assert position.start_qty == position.qty == 1000
    assert len(position.executions) == 0


def test_questions_about_what_works_look_at_no_order_that_sleeps() -> None:
    """Mass cancel, mass status, kill and a venue's return go over what is awake: one order of fifty-one here."""
    world = filled_world(50)
    submit(world, "open")
    (told,) = world.give(RequestMassStatus(SESSION, CLIENT, "M", MassStatusReqType.ALL_ORDERS, ""))
    assert isinstance(told, OrderStatusReported) and told.total == 1
    world.give(SetVenueState(VENUE, False))
    asked = [e for e in world.give(SetVenueState(VENUE, True)) if isinstance(e, RouteStatusRequested)]
    assert [event.route_id for event in asked] == [51]
    every = MassCancel(SESSION, CLIENT, "MC", MassCancelRequestType.ALL_ORDERS, "", 0, "")
    assert [e.affected for e in world.give(every) if isinstance(e, MassCancelReported)] == [1]
    assert len(asleep(world.desk)) == 50


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_scenario_ends_alike_asleep_and_awake(path: Path) -> None:
    """The same commands give the same bytes, whoever sleeps; and in the end the same desk."""
    commands = run_text(path.read_text("utf-8"), str(path)).world.commands
    sleepy, wakeful = Engine(), Engine()
    sleepy.desk.awake_orders = 0
    for at, command in enumerate(commands):
        now_ns = 1_800_000_000_000_000_000 + at * 1_000_000
        assert sleepy.handle(command, now_ns) == wakeful.handle(command, now_ns)
    assert unlike(likeness(sleepy.desk), likeness(wakeful.desk)) == ""


@pytest.mark.parametrize("seed", range(6))
def test_a_simulation_where_all_that_is_over_sleeps_ends_as_ever(seed: int) -> None:
    digests = []
    for awake_orders in (0, 1024):
        simulation = Simulation(seed, rough=True)
        simulation.world.desk.awake_orders = awake_orders
        simulation.run(120)
        digests.append(simulation.digest())
    assert digests[0] == digests[1]


# What a record holds. A field that is new must be written into it, or be named here with the reason why not.
NOT_KEPT = {
    Order: {"working", "worth"},  # an order that is over holds nothing
    OrderExtras: {"cancel", "replace", "queue", "verbal_cl_ord_id"},  # who has one stays awake
    Route: set[str](),
    RouteExtras: {"cancel_id", "cancel_orig_id", "replace_id", "replace_terms", "queried"},  # likewise
    Trade: set[str](),
}
KEPT = {
    Order: {
        "accepted_at_ns", "arrival_px", "base", "by_phone", "carried", "cl_ord_id", "client_id", "cum_qty", "details",
        "extras", "fills", "handl_inst", "in_day", "notional", "order_id", "position", "reserve_px", "route", "session",
        "side", "terms", "text", "transact_time_ns", "user_id", "venue_id",
    },
    OrderExtras: {
        "canceled_as", "cash_qty", "cl_ord_ids", "cross_id", "earlier_notional", "earlier_qty", "later_routes",
        "list_id", "orig_cl_ord_id", "reason", "split_exec_id", "split_qty", "strategy_id", "strategy_position",
        "trader_id", "trader_position",
    },
    Route: {
        "base", "cum_qty", "extras", "order_id", "route_id", "sent_at_ns", "side", "terms", "venue_id",
        "venue_order_id",
    },
    RouteExtras: {
        "by_hand_qty", "cl_ord_id", "cl_ord_ids", "copied_ids", "former_venue_ids", "lost_venue_ids", "resent_at_ns",
    },
    Trade: {
        "busted", "last_px", "last_qty", "last_report_id", "order_id", "route_id", "side", "trade_id",
        "venue_exec_ids", "venue_id",
    },
}  # fmt: skip


def test_a_record_holds_every_field() -> None:
    world = filled_world(1)
    order = world.desk.orders[1]
    things = [order, OrderExtras(), order.routes[0], RouteExtras("R1"), order.trades[0]]
    for thing in things:
        assert _fields_of(thing) == KEPT[type(thing)] | NOT_KEPT[type(thing)]


def _fields_of(thing: object) -> set[str]:
    """What an object holds, but for what its class computes."""
    kind = type(thing)
    compiled = [getattr(base, "__mypyc_attrs__", ()) for base in kind.__mro__]
    if any(compiled):
        return {name for names in compiled for name in names if not name.startswith("_")}
    made = {name for name in dir(thing) if not name.startswith("_") and not callable(getattr(thing, name))}
    return {name for name in made if not isinstance(getattr(kind, name, None), property)}

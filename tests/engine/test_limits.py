"""Limits, desks and entitlements: who may place them, what is refused, and what an order meets then."""

from __future__ import annotations

import pytest

from kairos.model.commands import (
    Command,
    DefineAccount,
    DefineDesk,
    DefineInstrument,
    DefineUser,
    PlaceLimit,
    RemoveLimit,
    SetEntitlement,
)
from kairos.model.enums import LimitKind, NodeKind, Role, ScopeKind, Severity
from kairos.model.events import CommandRefused, DeskDefined, EntitlementSet, LimitPlaced, LimitRemoved
from kairos.model.refusals import RefusalCode
from kairos.model.values import Limit, Place
from kairos.scenario.market import open_market
from kairos.scenario.world import INSTRUMENT, World

FIRM = Place(NodeKind.FIRM, "", ScopeKind.ALL, "")


@pytest.fixture
def world() -> World:
    world = World()
    open_market(world)
    return world


def place(node: NodeKind, node_id: str, scope: ScopeKind = ScopeKind.ALL, scope_id: str = "") -> Place:
    return Place(node, node_id, scope, scope_id)


def of(kind: LimitKind, value: int = 10, currency: str = "", window_ns: int = 0) -> Limit:
    return Limit(kind, Severity.HARD, value, currency, window_ns, 0, False)


ORDER_QTY = of(LimitKind.ORDER_QTY)


def refused(world: World, command: Command) -> tuple[RefusalCode, dict[str, str]]:
    (event,) = world.give(command)
    assert isinstance(event, CommandRefused), event
    return event.code, dict(event.context)


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (place(NodeKind.FIRM, "KAIROS"), RefusalCode.UNKNOWN_PLACE),
        (place(NodeKind.DESK, "EQ"), RefusalCode.UNKNOWN_DESK),
        (place(NodeKind.DESK, ""), RefusalCode.UNKNOWN_PLACE),
        (place(NodeKind.TRADER, "nobody"), RefusalCode.UNKNOWN_USER),
        (place(NodeKind.CLIENT, "OTHER"), RefusalCode.UNKNOWN_CLIENT),
        (place(NodeKind.ACCOUNT, "A9"), RefusalCode.UNKNOWN_ACCOUNT),
        (place(NodeKind.STRATEGY, "A9/ALPHA"), RefusalCode.UNKNOWN_ACCOUNT),
        (place(NodeKind.STRATEGY, "A1"), RefusalCode.UNKNOWN_PLACE),
        (place(NodeKind.FIRM, "", ScopeKind.ALL, "X"), RefusalCode.UNKNOWN_PLACE),
        (place(NodeKind.FIRM, "", ScopeKind.INSTRUMENT, "9999.XTAI"), RefusalCode.UNKNOWN_INSTRUMENT),
        (place(NodeKind.FIRM, "", ScopeKind.ASSET_CLASS, "EQ"), RefusalCode.UNKNOWN_PLACE),
        (place(NodeKind.FIRM, "", ScopeKind.MARKET, "XNYS"), RefusalCode.UNKNOWN_PLACE),
        (place(NodeKind.FIRM, "", ScopeKind.CURRENCY, "twd"), RefusalCode.UNKNOWN_PLACE),
    ],
)
def test_a_limit_hangs_only_on_what_is_known(world: World, at: Place, code: RefusalCode) -> None:
    assert refused(world, PlaceLimit(at, ORDER_QTY, "", ""))[0] is code
    assert world.desk.tree.is_bare()


@pytest.mark.parametrize(
    ("limit", "field"),
    [
        (of(LimitKind.ORDER_QTY, -1), "value"),
        (of(LimitKind.ORDER_QTY, window_ns=1), "window"),
        (of(LimitKind.RATE), "window"),
        (of(LimitKind.ORDER_QTY, currency="USD"), "currency"),
        (of(LimitKind.GROSS_EXPOSURE, currency="dollars"), "currency"),
    ],
)
def test_a_limit_that_makes_no_sense_is_refused_by_its_field(world: World, limit: Limit, field: str) -> None:
    code, seen = refused(world, PlaceLimit(FIRM, limit, "", ""))
    assert (code, seen["field"]) == (RefusalCode.INVALID_VALUE, field)


@pytest.mark.parametrize("user", ["tina", "otto"])
def test_only_risk_officers_and_administrators_change_the_tree(world: World, user: str) -> None:
    for command in (
        PlaceLimit(FIRM, ORDER_QTY, "", user),
        RemoveLimit(FIRM, LimitKind.ORDER_QTY, "", user),
        DefineDesk("EQ", "", True, user, ""),
        SetEntitlement(FIRM, "tina", "", True, "", user),
    ):
        assert refused(world, command)[0] is RefusalCode.NOT_ENTITLED


@pytest.mark.parametrize("user", ["", "rita", "ada"])
def test_a_limit_is_placed_changed_and_removed(world: World, user: str) -> None:
    (placed,) = world.give(PlaceLimit(FIRM, ORDER_QTY, "for the night", user))
    assert isinstance(placed, LimitPlaced)
    assert (placed.place, placed.limit, placed.text, placed.user_id) == (FIRM, ORDER_QTY, "for the night", user)
    world.give(PlaceLimit(FIRM, of(LimitKind.ORDER_QTY, 20), "", user))
    cell = world.desk.tree.cell(FIRM)
    assert [bound.placed.value for bound in cell.bounds] == [20]
    (removed,) = world.give(RemoveLimit(FIRM, LimitKind.ORDER_QTY, "", user))
    assert isinstance(removed, LimitRemoved)
    assert cell.bounds == []


def test_a_limit_that_does_not_hang_there_can_not_be_removed(world: World) -> None:
    code, seen = refused(world, RemoveLimit(FIRM, LimitKind.ORDER_QTY, "", ""))
    assert (code, seen) == (RefusalCode.UNKNOWN_LIMIT, {"node": "FIRM", "kind": "ORDER_QTY"})


def test_the_firm_must_say_in_what_it_reckons(world: World) -> None:
    for currency in ("", "taels"):
        assert refused(world, DefineDesk("", "the firm", True, "", currency))[0] is RefusalCode.INVALID_VALUE
    (event,) = world.give(DefineDesk("", "the firm", True, "", "USD"))
    assert isinstance(event, DeskDefined)
    assert world.desk.tree.rates.base == "USD"


def test_people_and_accounts_are_of_desks_that_are_known(world: World) -> None:
    account = DefineAccount("A1", "ACME", "", "TWD", 0, True, "", "EQ", "")
    user = DefineUser("tina", "", Role.TRADER, True, "", "EQ")
    assert refused(world, account)[0] is refused(world, user)[0] is RefusalCode.UNKNOWN_DESK
    assert refused(world, DefineAccount("A1", "ACME", "", "TWD", 0, True, "", "", "nobody"))[0] is (
        RefusalCode.UNKNOWN_USER
    )
    world.give(DefineDesk("EQ", "", True, "", ""), account, user)
    assert world.desk.accounts["A1"].defined.desk_id == world.desk.users["tina"].defined.desk_id == "EQ"


def test_an_entitlement_is_of_a_person_or_of_a_session(world: World) -> None:
    for holder, session in (("", ""), ("tina", "CLIENT1")):
        assert refused(world, SetEntitlement(FIRM, holder, session, True, "", ""))[0] is RefusalCode.INVALID_VALUE
    assert refused(world, SetEntitlement(FIRM, "nobody", "", True, "", ""))[0] is RefusalCode.UNKNOWN_USER
    assert refused(world, SetEntitlement(FIRM, "tina", "", False, "", ""))[0] is RefusalCode.INVALID_VALUE
    (event,) = world.give(SetEntitlement(FIRM, "tina", "", True, "", "rita"))
    assert isinstance(event, EntitlementSet)
    world.give(SetEntitlement(FIRM, "tina", "", False, "", "rita"))
    assert world.desk.tree.entitlements.granted == {}


def test_the_currency_of_what_is_held_does_not_change(world: World) -> None:
    world.desk.position("A1", INSTRUMENT)
    command = DefineInstrument(INSTRUMENT, "2330", "XTAI", "", "USD", "", "", 5 * 10**8, 1000, 1, 0, "")
    assert refused(world, command)[0] is RefusalCode.INVALID_VALUE

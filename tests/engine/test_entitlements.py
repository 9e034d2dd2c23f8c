"""Entitlements reach every way in which somebody trades: new orders, replaces, lists, routes and trades by hand."""

from __future__ import annotations

from textwrap import dedent

import pytest

from kairos.model.commands import SetEntitlement, SubmitList, SubmitOrder
from kairos.model.enums import HandlInst, ListExecInstType, NodeKind, OrdType, ScopeKind, Side, TimeInForce
from kairos.model.events import OrderRefused
from kairos.model.nested import encode_commands
from kairos.model.refusals import RefusalCode
from kairos.model.values import Place, Terms
from kairos.scenario.runner import run_text
from kairos.scenario.world import ACCOUNT, CLIENT, INSTRUMENT, SESSION

OTHERS = "instrument 2317.XTAI tick 0.5 lot 1000 ref 100\naccount A2 of ACME\ndesk EQ\n"


def plays(text: str) -> None:
    outcome = run_text(OTHERS + dedent(text), "steps")
    assert outcome.passed, outcome.problem


def test_a_replace_asks_who_replaces() -> None:
    plays(
        """
        submit X BUY 2000 @ 1000 -> X accepted ...
        venue ack R1
        entitle session CLIENT1 at account A2 by ada
        replace X as X2 qty 1000 -> X2 refused NOT_ENTITLED
        cancel X as X3 -> X3 cancel pending; R1-1 cancel sent
        """
    )


def test_a_person_routes_and_books_only_where_entitled() -> None:
    plays(
        """
        submit X BUY 2000 @ 1000 care -> X accepted
        entitle tina at account A2 by ada
        route X 1000 @ 1000 by tina -> refused NOT_ENTITLED
        record X 1000 @ 1000 by tina -> refused NOT_ENTITLED
        entitle tina at firm currency TWD by ada
        route X 1000 @ 1000 by tina -> R1 routed
        """
    )


@pytest.mark.parametrize(
    ("place", "strategy", "allowed"),
    [
        ("firm", "", True),
        ("client ACME", "", True),
        ("account A1", "", True),
        ("account A2", "", False),
        ("trader tina", "", True),
        ("trader ada", "", False),
        ("desk EQ", "", False),
        ("strategy A1/ALPHA", "ALPHA", True),
        ("strategy A1/ALPHA", "BETA", False),
        ("strategy A1/ALPHA", "", False),
        ("firm instrument 2330.XTAI", "", True),
        ("firm instrument 2317.XTAI", "", False),
        ("firm market XTAI", "", True),
        ("firm currency USD", "", False),
        ("firm class E", "", True),
        ("firm class F", "", False),
    ],
)
def test_a_place_covers_what_is_below_it_and_nothing_else(place: str, strategy: str, allowed: bool) -> None:
    says = "X accepted ..." if allowed else "X refused NOT_ENTITLED"
    of = f" strategy {strategy}" if strategy else ""
    plays(f"entitle tina at {place} by ada\nsubmit X BUY 1000 @ 1000{of} by tina -> {says}")


def test_a_list_is_asked_order_by_order() -> None:
    world = run_text(OTHERS, "setup").world
    world.give(SetEntitlement(Place(NodeKind.FIRM, "", ScopeKind.INSTRUMENT, INSTRUMENT), "", SESSION, True, "", "ada"))
    orders = [order(f"O{n}", name) for n, name in enumerate((INSTRUMENT, "2317.XTAI"))]
    part = encode_commands(orders)
    events = world.give(SubmitList("L", CLIENT, SESSION, 2, ListExecInstType.IMMEDIATE, "", part, True, False, ""))
    refused = [event for event in events if isinstance(event, OrderRefused)]
    assert [(event.cl_ord_id, event.code) for event in refused] == [("O1", RefusalCode.NOT_ENTITLED)]
    assert [(o.cl_ord_id, o.strategy_id) for o in world.desk.orders.values()] == [("O0", "ALPHA")]


def order(cl_ord_id: str, instrument_id: str) -> SubmitOrder:
    price = 1000 * 10**8 if instrument_id == INSTRUMENT else 100 * 10**8
    terms = Terms(1000, OrdType.LIMIT, price, 0, TimeInForce.DAY, 0, 0)
    return SubmitOrder(
        SESSION, CLIENT, cl_ord_id, ACCOUNT, instrument_id, Side.BUY, HandlInst.AUTOMATED_NO_INTERVENTION, terms, "",
        "", 0, False, "", strategy_id="ALPHA",
    )  # fmt: skip

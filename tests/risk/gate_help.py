"""A desk, limits hung on places, and orders before the gate."""

from __future__ import annotations

from kairos.model.commands import PlaceLimit, SubmitOrder
from kairos.model.enums import (
    HandlInst,
    LimitKind,
    NodeKind,
    OrdType,
    ScopeKind,
    Severity,
    Side,
    TimeInForce,
)
from kairos.model.events import CommandRefused
from kairos.model.refusals import Refusal, RefusalCode
from kairos.model.values import Limit, Place, Terms
from kairos.risk.subject import Subject
from kairos.scenario.expectations import check_not_refused
from kairos.scenario.parser import parse_scenario
from kairos.scenario.runner import run_text
from kairos.scenario.world import ACCOUNT, CLIENT, INSTRUMENT, MONEY, SESSION, World

SECOND = 1_000_000_000
FIRM = Place(NodeKind.FIRM, "", ScopeKind.ALL, "")
OF_ACCOUNT = Place(NodeKind.ACCOUNT, ACCOUNT, ScopeKind.ALL, "")
DESKS = "desk EQ\naccount A1 desk EQ\n"


def world_of(text: str = "clock +1s") -> World:
    outcome = run_text(text, "setup")
    assert outcome.passed, outcome.problem
    return outcome.world


def play(world: World, text: str) -> None:
    """More steps in the same world."""
    for step in parse_scenario(text).steps:
        check_not_refused(step.action(world), world)


def place(
    world: World,
    kind: LimitKind,
    value: int,
    at: Place = FIRM,
    severity: Severity = Severity.HARD,
    currency: str = "",
    window_ns: int = 0,
    burst: int = 0,
    exempt_closing: bool = False,
) -> None:
    events = world.give(
        PlaceLimit(at, Limit(kind, severity, value, currency, window_ns, burst, exempt_closing), "", "")
    )
    assert not any(isinstance(event, CommandRefused) for event in events), events


def terms(qty: int, px: int) -> Terms:
    kind = OrdType.LIMIT if px else OrdType.MARKET
    return Terms(qty, kind, px * MONEY, 0, TimeInForce.DAY, 0, 0)


def subject(
    world: World,
    side: Side = Side.BUY,
    qty: int = 1000,
    px: int = 1000,
    strategy_id: str = "",
    trader_id: str = "",
    reason: str = "",
    is_response: bool = False,
    instrument_id: str = INSTRUMENT,
) -> Subject:
    return Subject(
        desk=world.desk,
        position=world.desk.find_position(ACCOUNT, instrument_id),
        side=side,
        terms=terms(qty, px),
        order=None,
        now_ns=world.now_ns,
        strategy_id=strategy_id,
        trader_id=trader_id,
        reason=reason,
        is_response=is_response,
    )


def submit(
    qty: int, px: int, side: Side = Side.BUY, cl_ord_id: str = "Q", instrument_id: str = INSTRUMENT
) -> SubmitOrder:
    return SubmitOrder(
        session=SESSION,
        client_id=CLIENT,
        cl_ord_id=cl_ord_id,
        account_id=ACCOUNT,
        instrument_id=instrument_id,
        side=side,
        handl_inst=HandlInst.AUTOMATED_NO_INTERVENTION,
        terms=terms(qty, px),
        venue_id="",
        text="",
        transact_time_ns=0,
        poss_resend=False,
        user_id="",
    )


def code_of(refusal: Refusal | None) -> RefusalCode:
    return RefusalCode.NONE if refusal is None else refusal.code

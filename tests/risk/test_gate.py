"""The gate: each check alone, at its limit and one beyond, and the order in which they bind."""

from __future__ import annotations

import pytest

from kairos.model.enums import OrdType, Side, TimeInForce
from kairos.model.events import InstrumentDefined
from kairos.model.refusals import RefusalCode
from kairos.model.values import Limits, Terms
from kairos.risk import checks
from kairos.risk.gate import first_refusal
from kairos.risk.subject import Subject
from kairos.scenario.runner import run_text
from kairos.scenario.world import ACCOUNT, GENEROUS, INSTRUMENT, MONEY, World
from kairos.state.fold_kills import fold_killed

PX = 10**8


def world_of(text: str = "clock +1s") -> World:
    outcome = run_text(text, "setup")
    assert outcome.passed, outcome.problem
    return outcome.world


def subject(world: World, side: Side = Side.BUY, qty: int = 1000, px: int = 1000) -> Subject:
    kind = OrdType.LIMIT if px else OrdType.MARKET
    terms = Terms(qty, kind, px * PX, 0, TimeInForce.DAY, 0, 0)
    return Subject(world.desk, world.desk.find_position(ACCOUNT, INSTRUMENT), side, terms, None, world.now_ns)


def limits(world: World, **changes: int) -> None:
    values = [changes.get(name, getattr(GENEROUS, name)) for name in GENEROUS.names()]
    world.desk.accounts[ACCOUNT].limits = Limits(*values)


def code_of(refusal: object) -> RefusalCode:
    code = getattr(refusal, "code", RefusalCode.NONE)
    assert isinstance(code, RefusalCode)
    return code


def test_the_checks_stand_in_the_order_of_their_codes() -> None:
    """Of an order that everything speaks against, each refusal binds when the one before it is lifted, in the order in
    which the codes stand in their table; kill binds first."""
    order = [code for code in RefusalCode if code.name in CODES]
    assert order == [RefusalCode[name] for name in CODES]
    world = world_of()
    against_everything(world)
    seen = []
    for code in order:
        seen.append(code_of(first_refusal(subject(world))))
        lift(world, code)
    assert seen == order
    assert first_refusal(subject(world)) is None


def against_everything(world: World) -> None:
    account, instrument = world.desk.accounts[ACCOUNT], world.desk.instruments[INSTRUMENT]
    fold_killed(world.desk.kills, ACCOUNT, 0)
    instrument.restricted = True
    account.limits = Limits(0, 0, 0, 0, 0, 0, 0, 0)
    account.cash = 0
    defined = instrument.defined
    values = [0 if name == "reference_px" else getattr(defined, name) for name in defined.names()]
    instrument.define(InstrumentDefined(defined.at_ns, *values))
    instrument.bid_px = instrument.ask_px = instrument.last_px = 0


def lift(world: World, code: RefusalCode) -> None:
    account, instrument = world.desk.accounts[ACCOUNT], world.desk.instruments[INSTRUMENT]
    if code is RefusalCode.KILL:
        world.desk.kills.engaged.clear()
    elif code is RefusalCode.RESTRICTED:
        instrument.restricted = False
    elif code is RefusalCode.NO_REFERENCE_PRICE:
        instrument.last_px = 990 * PX
    elif code is RefusalCode.BUYING_POWER:
        account.cash = GENEROUS.max_order_notional
    else:
        lifted = LIMITS_OF[code.name]
        values = [getattr(GENEROUS if name in lifted else account.limits, name) for name in GENEROUS.names()]
        account.limits = Limits(*values)
        account.fill_bucket(world.now_ns)


LIMITS_OF = {
    "RATE": ("rate_per_s", "rate_burst"),
    "MAX_ORDER_QTY": ("max_order_qty",),
    "MAX_ORDER_NOTIONAL": ("max_order_notional",),
    "PRICE_COLLAR": ("collar_bps",),
    "MAX_POSITION": ("max_position",),
    "MAX_EXPOSURE": ("max_gross_exposure", "max_net_exposure"),
}


CODES = [
    "KILL",
    "RATE",
    "RESTRICTED",
    "MAX_ORDER_QTY",
    "MAX_ORDER_NOTIONAL",
    "NO_REFERENCE_PRICE",
    "PRICE_COLLAR",
    "MAX_POSITION",
    "MAX_EXPOSURE",
    "BUYING_POWER",
]


@pytest.mark.parametrize(
    ("limit", "bound", "code"),
    [
        ("max_order_qty", 1000, "MAX_ORDER_QTY"),
        ("max_order_notional", 1_000_000 * MONEY, "MAX_ORDER_NOTIONAL"),
        ("max_position", 1000, "MAX_POSITION"),
        ("max_gross_exposure", 1_000_000 * MONEY, "MAX_EXPOSURE"),
        ("max_net_exposure", 1_000_000 * MONEY, "MAX_EXPOSURE"),
    ],
)
def test_at_the_limit_it_passes_one_below_it_does_not(limit: str, bound: int, code: str) -> None:
    world = world_of()
    for side in (Side.BUY, Side.SELL):
        limits(world, **{limit: bound})
        assert first_refusal(subject(world, side)) is None
        limits(world, **{limit: bound - 1})
        assert code_of(first_refusal(subject(world, side))) is RefusalCode[code]


def test_the_collar_is_exact_on_both_sides() -> None:
    world = world_of()
    limits(world, collar_bps=50)
    assert [code_of(first_refusal(subject(world, px=px))).name for px in (994, 995, 1005, 1006)] == [
        "PRICE_COLLAR",
        "NONE",
        "NONE",
        "PRICE_COLLAR",
    ]
    assert first_refusal(subject(world, px=0)) is None, "a market order has no price of its own"


def test_a_limit_that_nobody_set_blocks() -> None:
    world = world_of()
    world.desk.accounts[ACCOUNT].limits = Limits(0, 0, 0, 0, 0, 0, 0, 0)
    assert code_of(first_refusal(subject(world))) is RefusalCode.RATE
    assert code_of(checks.order_qty(subject(world))) is RefusalCode.MAX_ORDER_QTY
    assert code_of(checks.position(subject(world))) is RefusalCode.MAX_POSITION


def test_working_orders_count_in_the_worst_direction() -> None:
    world = world_of("submit X BUY 60000 @ 1000\nsubmit Y SELL 50000 @ 1000")
    limits(world, max_position=70_000)
    assert first_refusal(subject(world, qty=10_000)) is None
    assert code_of(first_refusal(subject(world, qty=11_000))) is RefusalCode.MAX_POSITION
    assert first_refusal(subject(world, Side.SELL, 20_000)) is None
    assert code_of(first_refusal(subject(world, Side.SELL, 21_000))) is RefusalCode.MAX_POSITION


def test_money_that_working_buys_hold_is_not_spent_twice() -> None:
    world = world_of("account A1 cash 3000000\nsubmit X BUY 2000 @ 1000")
    assert first_refusal(subject(world, qty=1000)) is None
    assert code_of(first_refusal(subject(world, qty=1000, px=1005))) is RefusalCode.BUYING_POWER
    assert first_refusal(subject(world, Side.SELL, 2000)) is None, "a sale brings money"


SPREAD = """venue XTAF
instrument NEAR.XTAF tick 1 lot 1 ref 20000
instrument FAR.XTAF tick 1 lot 1 ref 20030
instrument CAL.XTAF tick 1 lot 1 ref 10 multiplier 200 legs BUY 1 FAR.XTAF SELL 1 NEAR.XTAF
submit X BUY 3 CAL.XTAF @ 10
venue fill R1 3 @ 10
mark CAL.XTAF bid -7 ask -5 last -6"""


def test_a_spread_at_a_negative_price_weighs_as_much_as_at_a_positive_one() -> None:
    """Nothing that a spread costs less than nothing makes room for more risk."""
    world = world_of(SPREAD)
    position = world.desk.find_position(ACCOUNT, "CAL.XTAF")
    assert position.weight(0, 0) == (3 * 6 * PX * 200, -3 * 6 * PX * 200)
    terms = Terms(1, OrdType.MARKET, 0, 0, TimeInForce.DAY, 0, 0)
    market = Subject(world.desk, position, Side.BUY, terms, None, world.now_ns)
    assert code_of(checks.reference_price(market)) is RefusalCode.NO_REFERENCE_PRICE


def test_a_quote_below_0_is_no_price_to_reserve_at() -> None:
    world = world_of(SPREAD.replace("last -6", "last 4"))
    terms = Terms(1, OrdType.MARKET, 0, 0, TimeInForce.DAY, 0, 0)
    position = world.desk.find_position(ACCOUNT, "CAL.XTAF")
    assert Subject(world.desk, position, Side.BUY, terms, None, world.now_ns).reserve_px == 4 * PX

"""Kairos at the work of `bench.risk_gate_work`: one run, one line of JSON.

    python -m bench.risk_gate_run clean|tenth check|whole|engine|levels|gate_25|gate_80

`check`: the terms are checked, the whole gate is asked, and an order that passes is reserved for and counted, as those
that it is compared with do it. `engine` is all that a NewOrderSingle costs in the core: that, and the order accepted,
named, recorded, and sent on to its venue, with every event that the journal keeps; `whole` makes the command before it,
and books the venue's fill behind it. `gate_25` and `gate_80` are the gate alone, with five or with sixteen limits on
each of five levels; `levels` is `engine` with the sixteen.
"""

from __future__ import annotations

from collections.abc import Iterable

from bench import risk_gate_work as given
from kairos.app.collector import Collector
from kairos.engine.engine import Engine
from kairos.engine.gate_alone import check_and_reserve, would_refuse
from kairos.model.commands import (
    Command,
    DefineAccount,
    DefineClient,
    DefineDesk,
    DefineInstrument,
    DefineVenue,
    PlaceLimit,
    ReportExecution,
    SetLimits,
    SetVenueState,
    SubmitOrder,
)
from kairos.model.enums import (
    ExecType,
    HandlInst,
    LimitKind,
    NodeKind,
    OrdStatus,
    OrdType,
    ScopeKind,
    Severity,
    Side,
    TimeInForce,
    VenueKind,
)
from kairos.model.events import CommandRefused, OrderRefused
from kairos.model.numbers import PRICE_SCALE
from kairos.model.values import Limit, Limits, Place, Terms
from kairos.state.desk import Desk
from kairos.state.order import Order

START_NS = 1_795_000_000_000_000_000
VENUE, CLIENT, ACCOUNT, SESSION = "XNYS", "C", "A", "S"
PRICE = given.PRICE * PRICE_SCALE
WIDE = given.CASH * PRICE_SCALE
DESK, STRATEGY = "EQ", "ALPHA"
LEVELS = (
    (NodeKind.FIRM, ""), (NodeKind.DESK, DESK), (NodeKind.CLIENT, CLIENT), (NodeKind.ACCOUNT, ACCOUNT),
    (NodeKind.STRATEGY, f"{ACCOUNT}/{STRATEGY}"),
)  # fmt: skip
SECOND_NS = 1_000_000_000
# On each of the five levels, beside the ten of the account, the kill switch and the market's rules.
FIVE = (
    LimitKind.ORDER_QTY, LimitKind.ORDER_NOTIONAL, LimitKind.RATE, LimitKind.OPEN_NOTIONAL, LimitKind.GROSS_EXPOSURE,
)  # fmt: skip
# Every kind but those of past volume and of what repeats, which the work's orders, all alike, would breach at once.
KINDS = {
    LimitKind.ORDER_QTY: given.MAX_QTY,
    LimitKind.ORDER_NOTIONAL: given.MAX_NOTIONAL * PRICE_SCALE,
    LimitKind.COLLAR_BPS: 1_000,
    LimitKind.COLLAR_TICKS: 10_000,
    LimitKind.RATE: 1_000_000,
    LimitKind.OPEN_ORDERS: 10**9,
    LimitKind.OPEN_NOTIONAL: WIDE,
    LimitKind.POSITION: 10**9,
    LimitKind.GROSS_EXPOSURE: WIDE,
    LimitKind.NET_EXPOSURE: WIDE,
    LimitKind.LONG_EXPOSURE: WIDE,
    LimitKind.SHORT_EXPOSURE: WIDE,
    LimitKind.CREDIT: WIDE,
    LimitKind.DAY_NOTIONAL: WIDE,
    LimitKind.ORDER_TO_TRADE: 10**6,
    LimitKind.LOSS: given.MAX_LOSS * PRICE_SCALE,
}


def house() -> list[Command]:
    """One account that may do what the work does, and a venue that is up."""
    limits = Limits(
        max_order_qty=given.MAX_QTY,
        max_order_notional=given.MAX_NOTIONAL * PRICE_SCALE,
        collar_bps=1_000,
        max_position=10**9,
        max_gross_exposure=WIDE,
        max_net_exposure=WIDE,
        rate_per_s=1_000_000,
        rate_burst=1_000_000,
    )
    commands: list[Command] = [
        DefineVenue(VENUE, VenueKind.EXCHANGE, "Venue", VENUE, 5_000_000_000, ""),
        DefineClient(CLIENT, "Client", True, ""),
        DefineAccount(ACCOUNT, CLIENT, "Account", "USD", WIDE, True, ""),
        SetLimits(ACCOUNT, limits, ""),
        SetVenueState(VENUE, True),
    ]
    for n in range(given.SYMBOLS):
        name = instrument_id(n)
        tick = PRICE_SCALE // 100
        commands.append(DefineInstrument(name, given.symbol(n), VENUE, name, "USD", "", "", tick, 1, 1, PRICE, ""))
    return commands


def instrument_id(n: int) -> str:
    return f"{given.symbol(n)}.{VENUE}"


def make_order(n: int, work: str, strategy: str = "") -> SubmitOrder:
    terms = Terms(given.qty(n, work), OrdType.LIMIT, PRICE, 0, TimeInForce.DAY, 0, 0)
    side = Side.BUY if given.is_buy(n) else Side.SELL
    return SubmitOrder(
        SESSION, CLIENT, f"O{n}", ACCOUNT, instrument_id(n), side, HandlInst.AUTOMATED_NO_INTERVENTION, terms,
        "", "", START_NS, False, "", strategy_id=strategy,
    )  # fmt: skip


def make_fill(n: int, route: int) -> ReportExecution:
    qty = given.QTY
    return ReportExecution(
        VENUE, ExecType.TRADE, OrdStatus.FILLED, f"R{route}", "", f"V{n}", f"E{n}", "", qty, PRICE, qty, 0, qty, PRICE,
        "", "", START_NS, False,
    )  # fmt: skip


def limit_of_loss() -> list[Command]:
    """The fifth of the checks that all have: what the account may lose in a day."""
    return [place_limit(NodeKind.ACCOUNT, ACCOUNT, LimitKind.LOSS, given.MAX_LOSS * PRICE_SCALE)]


def limits_of_levels(kinds: Iterable[LimitKind]) -> list[Command]:
    """Limits of these kinds on each of the five levels."""
    return [
        DefineDesk(DESK, "Desk", True, "", ""),
        DefineAccount(ACCOUNT, CLIENT, "Account", "USD", WIDE, True, "", DESK),
        *[place_limit(node, node_id, kind, KINDS[kind]) for node, node_id in LEVELS for kind in kinds],
    ]


def place_limit(node: NodeKind, node_id: str, kind: LimitKind, value: int) -> PlaceLimit:
    burst, window_ns = (value, SECOND_NS) if kind is LimitKind.RATE else (0, 0)
    limit = Limit(kind, Severity.HARD, value, "", window_ns, burst, False)
    return PlaceLimit(Place(node, node_id, ScopeKind.ALL, ""), limit, "", "")


def started(of_tree: list[Command]) -> Engine:
    engine = Engine()
    for command in [*house(), *of_tree]:
        refused = [event for event in engine.handle(command, START_NS) if isinstance(event, CommandRefused)]
        if refused:
            raise SystemExit(str(refused[0]))
    return engine


def asking_the_gate(engine: Engine) -> given.Act:
    """Again and again for a new order beside one that works in each instrument; nothing comes of it."""
    for n in range(given.SYMBOLS):
        engine.handle(make_order(n, "clean", STRATEGY), START_NS)
    desk = engine.desk
    orders = [order_of(desk, make_order(n, "clean", STRATEGY), n) for n in range(given.ORDERS)]
    return lambda n: would_refuse(desk, orders[n], START_NS) is None


def checking(engine: Engine, work: str) -> given.Act:
    desk = engine.desk
    orders = [order_of(desk, make_order(n, work), n) for n in range(given.ORDERS)]
    return lambda n: check_and_reserve(desk, orders[n], START_NS) is None


def order_of(desk: Desk, c: SubmitOrder, order_id: int) -> Order:
    """The order that a request becomes, before it weighs on anything."""
    order = Order(
        order_id, c.session, c.client_id, c.cl_ord_id, desk.position(c.account_id, c.instrument_id), c.side,
        c.handl_inst, c.terms, "", "", START_NS, "", PRICE, START_NS, 0, "", c.details,
    )  # fmt: skip
    desk.tree.enter_books(order, c.strategy_id, "")
    return order


def through_the_engine(engine: Engine, work: str, strategy: str) -> given.Act:
    ready = [make_order(n, work, strategy) for n in range(given.ORDERS)]
    return lambda n: not isinstance(engine.handle(ready[n], START_NS)[0], OrderRefused)


def with_its_fill(engine: Engine, work: str) -> given.Act:
    routes = 0

    def whole(n: int) -> bool:
        nonlocal routes
        if isinstance(engine.handle(make_order(n, work), START_NS)[0], OrderRefused):
            return False
        routes += 1
        engine.handle(make_fill(n, routes), START_NS)
        return True

    return whole


def prepare(work: str, timed: str) -> given.Act:
    collector = Collector(lambda _: None)  # as the engine's process sets it
    collector.begin()
    if timed in ("gate_25", "gate_80"):
        return asking_the_gate(started(limits_of_levels(FIVE if timed == "gate_25" else KINDS)))
    if timed == "levels":
        return through_the_engine(started(limits_of_levels(KINDS)), work, STRATEGY)
    engine = started(limit_of_loss())
    if timed == "check":
        return checking(engine, work)
    return through_the_engine(engine, work, "") if timed == "engine" else with_its_fill(engine, work)


if __name__ == "__main__":
    given.run(prepare)

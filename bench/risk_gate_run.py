"""Kairos at the work of `bench.risk_gate_work`, in the engine itself: one run, one line of JSON.

    python -m bench.risk_gate_run clean|tenth check|whole|kairos_levels|kairos_gate_alone

`check` is all that a NewOrderSingle costs in the core: checked by the whole gate, accepted, reserved for, and sent on
to its venue; `whole` makes the command before it, and the venue's report of the fill behind it. Every event is made,
as the journal would keep it. `kairos_levels` is `check` with `KINDS` limits on each of five levels; `kairos_gate_alone`
is only the gate's part of that: the subject made, and every check of every level asked.
"""

from __future__ import annotations

from bench import risk_gate_work as given
from kairos.app.collector import Collector
from kairos.engine.engine import Engine
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
from kairos.risk.gate import first_refusal
from kairos.risk.subject import Subject

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
# Every kind but those of past volume and of what repeats, which the work's orders, all alike, would breach at once: with
# the ten of the account and those of the market and the kill switch, 25 checks and more.
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


def limits_of_levels() -> list[Command]:
    """`KINDS` on each of the five levels."""
    return [
        DefineDesk(DESK, "Desk", True, "", ""),
        DefineAccount(ACCOUNT, CLIENT, "Account", "USD", WIDE, True, "", DESK),
        *[place_limit(node, node_id, kind, value) for node, node_id in LEVELS for kind, value in KINDS.items()],
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


def prepare_gate(engine: Engine) -> given.Act:
    """The gate's part alone, again and again for a new order beside one that works in each instrument."""
    for n in range(given.SYMBOLS):
        engine.handle(make_order(n, "clean", STRATEGY), START_NS)
    orders = [make_order(n, "clean", STRATEGY) for n in range(given.ORDERS)]
    desk = engine.desk

    def ask(n: int) -> bool:
        c = orders[n]
        position = desk.find_position(c.account_id, c.instrument_id)
        subject = Subject(desk, position, c.side, c.terms, None, START_NS, c.strategy_id, "", "", c.session)
        return first_refusal(subject) is None

    return ask


def prepare(work: str, timed: str) -> given.Act:
    in_levels = timed.startswith("kairos")
    engine = started(limits_of_levels() if in_levels else limit_of_loss())
    if timed == "kairos_gate_alone":
        return prepare_gate(engine)
    strategy = STRATEGY if in_levels else ""
    ready = [make_order(n, work, strategy) for n in range(given.ORDERS)] if timed != "whole" else []
    routes = 0

    def check(n: int) -> bool:
        return not isinstance(engine.handle(ready[n], START_NS)[0], OrderRefused)

    def whole(n: int) -> bool:
        nonlocal routes
        if isinstance(engine.handle(make_order(n, work), START_NS)[0], OrderRefused):
            return False
        routes += 1
        engine.handle(make_fill(n, routes), START_NS)
        return True

    collector = Collector(lambda _: None)  # as the engine's process sets it
    collector.begin()
    return whole if timed == "whole" else check


if __name__ == "__main__":
    given.run(prepare)

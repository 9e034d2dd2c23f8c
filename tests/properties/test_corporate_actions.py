"""Any action on any book of orders and executions: engine, journal, snapshot and an independent ledger agree."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.simulation.auditor import Auditor
from tests.simulation.likeness import likeness, unlike

from kairos.model.commands import ApplyCorporateAction, BustTrade, Command, RecordTrade, StartTradingDay, SubmitOrder
from kairos.model.enums import HandlInst, OrdType, Side, TimeInForce
from kairos.model.events import CorporateActionApplied, OrderCanceled, OrderRestated, OrderSplit
from kairos.model.market_enums import CorporateActionKind, OrderTreatment
from kairos.model.values import OrderDetails, PreAlloc, Terms
from kairos.model.wire import decode_events
from kairos.scenario.invariants import check_end, check_step
from kairos.scenario.market import open_market
from kairos.scenario.world import ACCOUNT, CLIENT, INSTRUMENT, SESSION, START_NS, World

PX = 10**8
EX_DATE = 20261124
QTY = st.integers(1, 9).map(lambda n: n * 1000)
TICKS = st.integers(190, 210).map(lambda n: n * 5 * PX)
SIDES = st.sampled_from([Side.BUY, Side.SELL, Side.SELL_SHORT])
TERMS = st.one_of(
    st.builds(Terms, QTY, st.just(OrdType.LIMIT), TICKS, st.just(0), st.just(TimeInForce.GOOD_TILL_CANCEL), st.just(0),
              st.sampled_from([0, 0, 1000])),
    st.builds(Terms, QTY, st.just(OrdType.STOP), st.just(0), TICKS, st.just(TimeInForce.GOOD_TILL_CANCEL), st.just(0),
              st.just(0)),
    st.builds(Terms, QTY, st.just(OrdType.MARKET), st.just(0), st.just(0), st.just(TimeInForce.GOOD_TILL_CANCEL),
              st.just(0), st.just(0)),
)  # fmt: skip
ORDERS = st.lists(
    st.tuples(SIDES, TERMS, st.sampled_from(["", "E", "F", "5 E F"]), st.booleans()), min_size=1, max_size=5
)
FILLS = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 3000), TICKS), max_size=5)
RATIOS = st.sampled_from([(1, 1), (2, 1), (3, 2), (105, 100), (7, 3), (1, 2), (1, 1000), (1, 7)])


def orders_of(wanted: list[tuple[Side, Terms, str, bool]]) -> list[Command]:
    return [
        SubmitOrder(
            SESSION, CLIENT, f"O{n}", ACCOUNT, INSTRUMENT, side, HandlInst.MANUAL, terms, "", "", START_NS, False, "",
            details=OrderDetails(
                exec_inst=exec_inst,
                allocs=(PreAlloc(ACCOUNT, "", "", "", terms.order_qty, ()),) if allocated else (),
            ),
        )
        for n, (side, terms, exec_inst, allocated) in enumerate(wanted)
    ]  # fmt: skip


def kind_of(ratio: tuple[int, int], cash: int) -> CorporateActionKind:
    new, old = ratio
    if new == old:
        return CorporateActionKind.CASH_DIVIDEND
    if new > old:
        return CorporateActionKind.STOCK_DIVIDEND if cash else CorporateActionKind.SPLIT
    return CorporateActionKind.REVERSE_SPLIT


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(ORDERS, FILLS, RATIOS, st.sampled_from([0, 5 * PX, 350 * 10**6]), st.sampled_from(list(OrderTreatment)), FILLS)
def test_any_action_keeps_every_book_true(
    wanted: list[tuple[Side, Terms, str, bool]],
    fills: list[tuple[int, int, int]],
    ratio: tuple[int, int],
    cash: int,
    orders: OrderTreatment,
    later: list[tuple[int, int, int]],
) -> None:
    world = World()
    open_market(world)
    kind = kind_of(ratio, cash)
    if kind is CorporateActionKind.CASH_DIVIDEND:
        cash = max(cash, PX)
    elif kind is CorporateActionKind.REVERSE_SPLIT:
        cash = 0
    action = ApplyCorporateAction(
        "C1", INSTRUMENT, kind, EX_DATE, *ratio, cash, "TWD", orders, 0, 0, False, "", ""
    )  # fmt: skip
    steps: list[Command] = [
        *orders_of(wanted),
        *(RecordTrade(order_id, qty, px, "BANK", "") for order_id, qty, px in fills),
        StartTradingDay(EX_DATE),
        action,
        *(RecordTrade(order_id, qty, px, "BANK", "") for order_id, qty, px in later),
        BustTrade(len(wanted) + 1, "", ""),
        StartTradingDay(EX_DATE + 1),
    ]
    for command in steps:
        check_step(world, world.give(command))
    auditor = Auditor()
    for batch in world.batches:
        auditor.read(batch)
    auditor.agree_with(world.desk)
    check_end(world)
    for recovered in (world.replayed(), world.from_snapshot()):
        assert unlike(likeness(world.desk), likeness(recovered.desk)) == ""
    check_what_clients_were_told(world)


def check_what_clients_were_told(world: World) -> None:
    """It was applied; each order is told of it at most once, at a price on the tick, with something left to trade."""
    events = [event for batch in world.batches for event in decode_events(batch)]
    assert sum(isinstance(event, CorporateActionApplied) for event in events) == 1
    told: list[int] = []
    for event in events:
        if isinstance(event, (OrderSplit, OrderRestated)):
            terms, standing = event.terms, event.standing
            assert terms.price % (5 * PX) == 0 and terms.stop_px % (5 * PX) == 0
            assert terms.order_qty == standing.cum_qty + standing.leaves_qty and standing.leaves_qty > 0
            told.append(event.order_id)
            if isinstance(event, OrderSplit):
                assert sum(alloc.qty for alloc in event.details.allocs) in (0, terms.order_qty)
        elif isinstance(event, OrderCanceled):
            assert event.reason == "0"
            told.append(event.order_id)
    assert len(told) == len(set(told))

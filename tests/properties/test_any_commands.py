"""Whatever commands come, in whatever order, sense or nonsense: the engine never raises, and its books stay true."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from librt.strings import BytesWriter
from tests.simulation.auditor import Auditor
from tests.simulation.likeness import likeness, unlike

from kairos.model.commands import (
    AdvanceTime,
    ApplyCorporateAction,
    BustTrade,
    CancelOrder,
    CancelRoute,
    Command,
    CorrectTrade,
    DefineClient,
    EngageKill,
    FinishOrder,
    MassCancel,
    RecordTrade,
    ReleaseKill,
    ReplaceOrder,
    ReportCancelReject,
    ReportExecution,
    ReportVenueRefusal,
    ResolveRoute,
    RestateOrder,
    RouteOrder,
    SetVenueState,
    StartTradingDay,
    SubmitOrder,
    UpdateMark,
)
from kairos.model.enums import (
    AckPolicy,
    CxlRejResponseTo,
    ExecType,
    HandlInst,
    MassCancelRequestType,
    OrdStatus,
    OrdType,
    SecondReplace,
    Side,
    TimeInForce,
)
from kairos.model.market_enums import CorporateActionKind, OrderTreatment
from kairos.model.values import (
    NO_ORDER_DETAILS,
    NO_TRADE_DETAILS,
    Contra,
    OrderDetails,
    Party,
    PreAlloc,
    Terms,
    TradeDetails,
)
from kairos.model.wire import decode_command, encode_command
from kairos.scenario.invariants import check_end, check_step
from kairos.scenario.market import open_market
from kairos.scenario.world import ACCOUNT, CLIENT, INSTRUMENT, SESSION, START_NS, VENUE, World

PX = 10**8
# Small pools, so that commands meet each other's orders.
CLIENT_IDS = st.sampled_from([f"C{n}" for n in range(8)])
ROUTE_IDS = st.sampled_from([f"R{n}{tail}" for n in (1, 2, 3) for tail in ("", "", "", "-1", "-2")])
EXEC_IDS = st.sampled_from([f"F{n}" for n in range(12)])
SMALL = st.integers(1, 5)
QTY = st.sampled_from([0, 400, 1000, 2000, 3000])
LAST_PX = st.sampled_from([0, 995 * PX, 1000 * PX, 1010 * PX])
NOW = START_NS


def always(value: object) -> st.SearchStrategy[object]:
    return st.just(value)


QTYS = st.sampled_from([1000, 2000, 3000])
LIMITS = st.sampled_from([995 * PX, 1000 * PX, 1010 * PX])
LASTING = st.sampled_from([TimeInForce.DAY, TimeInForce.GOOD_TILL_CANCEL])
GOOD_TERMS = st.builds(Terms, QTYS, st.just(OrdType.LIMIT), LIMITS, st.just(0), LASTING, st.just(0), st.just(0))
DATED_TERMS = GOOD_TERMS.map(
    lambda t: Terms(t.order_qty, t.ord_type, t.price, 0, TimeInForce.GOOD_TILL_DATE, NOW + 3_000_000_000, 0)
)
ODD_TERMS = st.builds(
    Terms, QTY, st.sampled_from(list(OrdType)), LAST_PX, LAST_PX, st.sampled_from(list(TimeInForce)), always(0), QTY
)
TERMS = st.one_of(GOOD_TERMS, GOOD_TERMS, GOOD_TERMS, DATED_TERMS, ODD_TERMS)
SIDES = st.sampled_from([Side.BUY, Side.SELL])


REPORTS = st.builds(
    ReportExecution, always(VENUE), st.sampled_from(list(ExecType)), st.sampled_from(list(OrdStatus)), ROUTE_IDS,
    always(""), st.sampled_from(["", "V1", "V2"]), EXEC_IDS, EXEC_IDS, QTY, LAST_PX, QTY, QTY, QTY, LAST_PX,
    always(""), always(""), always(NOW), st.booleans(), copied=st.booleans(),
)  # fmt: skip
DETAILS = st.sampled_from(
    [
        *[NO_ORDER_DETAILS] * 3,
        OrderDetails(order_capacity="A", parties=(Party("FUND", "D", "3", (("DESK", "1"),)),), custom=(("9001", "X"),)),
        OrderDetails(allocs=(PreAlloc(ACCOUNT, "99", "TWD", "I1", 1000, ()),)),
        OrderDetails(exec_inst="6"),
        OrderDetails(min_qty=2000),
    ]
)
TRADE_DETAILS = st.sampled_from([NO_TRADE_DETAILS, TradeDetails(last_mkt="XTAI", contras=(Contra("B", "T", 1, 2),))])
HANDL = st.sampled_from([HandlInst.AUTOMATED_NO_INTERVENTION, HandlInst.MANUAL])
SUBMITS = st.builds(
    SubmitOrder, always(SESSION), always(CLIENT), CLIENT_IDS, always(ACCOUNT), always(INSTRUMENT), SIDES, HANDL, TERMS,
    always(""), always(""), always(NOW), st.booleans(), always(""), details=DETAILS,
)  # fmt: skip
CASH_SUBMITS = SUBMITS.flatmap(
    lambda c: st.builds(
        SubmitOrder, always(SESSION), always(CLIENT), st.sampled_from([c.cl_ord_id, ""]), always(ACCOUNT),
        always(INSTRUMENT), SIDES, HANDL, always(c.terms), always(""), always(""), always(NOW), st.booleans(),
        st.sampled_from(["", "tina"]), st.sampled_from([0, 2_500_000 * PX]), CLIENT_IDS,
    )
)  # fmt: skip
SPLITS = st.builds(
    RestateOrder, SMALL, st.integers(0, 3), st.integers(0, 3), st.sampled_from([0, 500 * PX]), always(""), always("")
)
ACTIONS = st.builds(
    ApplyCorporateAction, st.sampled_from(["C1", "C2", "C3"]), always(INSTRUMENT),
    st.sampled_from(list(CorporateActionKind)), st.sampled_from([20261123, 20261124, 20261125]), st.integers(0, 3),
    st.integers(0, 3), st.sampled_from([0, 5 * PX]), always("TWD"), st.sampled_from(list(OrderTreatment)), always(0),
    always(0), st.booleans(), always(""), always(""),
)  # fmt: skip
SPLIT_BY_VENUE = st.builds(
    ReportExecution, always(VENUE), always(ExecType.RESTATED), always(OrdStatus.NEW), ROUTE_IDS, always(""), always(""),
    EXEC_IDS, always(""), always(0), always(0), st.sampled_from([0, 800, 2000]), QTY,
    st.sampled_from([2000, 4000, 6000]), always(0), always("0"), always(""), always(NOW), st.booleans(),
)  # fmt: skip
AGREEMENTS = st.builds(
    DefineClient, always(CLIENT), always(""), always(True), always(""), st.sampled_from(list(AckPolicy)),
    st.sampled_from(list(SecondReplace)),
)  # fmt: skip
FILLS = st.builds(
    ReportExecution, always(VENUE), always(ExecType.TRADE), always(OrdStatus.NEW), ROUTE_IDS, always(""), always(""),
    EXEC_IDS, always(""), st.sampled_from([400, 1000]), always(1000 * PX), QTY, QTY, QTY, always(0), always(""),
    always(""), always(NOW), st.booleans(), TRADE_DETAILS,
)  # fmt: skip
COMMANDS: list[st.SearchStrategy[Command]] = [
    SUBMITS,
    CASH_SUBMITS,
    AGREEMENTS,
    SPLITS,
    ACTIONS,
    SPLIT_BY_VENUE,
    *[REPORTS] * 6,
    *[FILLS] * 5,
    st.builds(
        ReplaceOrder, always(SESSION), always(CLIENT), CLIENT_IDS, CLIENT_IDS, always(0), always(INSTRUMENT), SIDES,
        TERMS, always(""), always(NOW), always(""), DETAILS, st.booleans(),
    ),
    st.builds(
        CancelOrder, always(SESSION), always(CLIENT), CLIENT_IDS, CLIENT_IDS, always(0), always(""), always(""),
        always(NOW), always(""),
    ),
    st.builds(
        ReportCancelReject, always(VENUE), ROUTE_IDS, ROUTE_IDS, always(""), always(OrdStatus.NEW),
        st.sampled_from(["0", "1", "2"]), st.sampled_from(list(CxlRejResponseTo)), always(""),
    ),
    st.builds(ReportVenueRefusal, always(VENUE), ROUTE_IDS, always("")),
    st.builds(RouteOrder, SMALL, always(VENUE), TERMS, always("")),
    st.builds(CancelRoute, SMALL, always("")),
    st.builds(RecordTrade, SMALL, QTY, LAST_PX, always("BANK"), always("")),
    st.builds(BustTrade, st.integers(1, 30), always(""), always("")),
    st.builds(CorrectTrade, st.integers(1, 30), QTY, LAST_PX, always(""), always("")),
    st.builds(ResolveRoute, SMALL, st.sampled_from(list(OrdStatus)), always(""), always("")),
    st.builds(FinishOrder, SMALL, always(""), always("")),
    st.builds(
        MassCancel, always(SESSION), always(CLIENT), CLIENT_IDS, always(MassCancelRequestType.ALL_ORDERS), always(""),
        always(NOW), always(""),
    ),
    st.builds(EngageKill, always(ACCOUNT), always(""), always("")),
    st.builds(ReleaseKill, always(ACCOUNT), always(""), always(""), word=always(ACCOUNT)),
    st.builds(SetVenueState, always(VENUE), st.booleans()),
    st.builds(UpdateMark, always(INSTRUMENT), always(0), always(0), st.sampled_from([990 * PX, 1000 * PX])),
    st.builds(StartTradingDay, st.integers(20261123, 20261126)),
    st.builds(AdvanceTime),
]  # fmt: skip
STEP = st.tuples(st.one_of(COMMANDS), st.sampled_from([0, 0, 0, 1_000_000_000, 6_000_000_000]))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(AGREEMENTS, st.lists(SUBMITS, min_size=3, max_size=6), st.lists(STEP, min_size=15, max_size=40))
def test_any_commands_in_any_order(
    agreement: DefineClient, orders: list[Command], steps: list[tuple[Command, int]]
) -> None:
    world = World()
    open_market(world)
    world.give(agreement)
    auditor = Auditor()
    for command, later in [*((order, 0) for order in orders), *steps]:
        world.now_ns += later
        check_step(world, world.give(through_the_wire(command)))
    for batch in world.batches:
        auditor.read(batch)
    auditor.agree_with(world.desk)
    check_end(world)
    for recovered in (world.replayed(), world.from_snapshot()):
        assert unlike(likeness(world.desk), likeness(recovered.desk)) == ""


def through_the_wire(command: Command) -> Command:
    """As the engine gets it from the link: a refused command changes nothing either way."""
    w = BytesWriter()
    encode_command(w, command)
    return decode_command(w.getvalue())

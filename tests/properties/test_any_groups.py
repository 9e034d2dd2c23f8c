"""Lists and crosses among whatever else comes: the engine never raises, its books stay true, and no half of a cross is
ever left to trade."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.properties.test_any_commands import (
    CLIENT_IDS,
    LAST_PX,
    LIMITS,
    QTYS,
    SIDES,
    STEP,
    SUBMITS,
    TERMS,
    always,
    through_the_wire,
)
from tests.simulation.auditor import Auditor
from tests.simulation.likeness import likeness, unlike

from kairos.model.commands import (
    CancelCross,
    CancelList,
    CancelOrder,
    Command,
    ExecuteCross,
    ExecuteList,
    ReplaceCross,
    ReplaceOrder,
    RequestListStatus,
    SubmitCross,
    SubmitList,
    SubmitOrder,
)
from kairos.model.enums import HandlInst, ListExecInstType, OrdType, Side, TimeInForce
from kairos.model.nested import encode_commands
from kairos.model.values import Terms
from kairos.scenario.invariants import check_end, check_step
from kairos.scenario.market import open_market
from kairos.scenario.runner import run_text
from kairos.scenario.world import ACCOUNT, CLIENT, INSTRUMENT, SESSION, START_NS, World
from kairos.state.fold_lists import list_is_open

OTHER_ACCOUNT = "A2"
LIST_IDS = st.sampled_from(["L1", "L2", "L3"])
CROSS_IDS = st.sampled_from(["K1", "K2", "K3"])


def cross_side(cl_ord_id: str, side: Side, account_id: str, px: int, qty: int) -> SubmitOrder:
    terms, hand = Terms(qty, OrdType.LIMIT, px, 0, TimeInForce.DAY, 0, 0), HandlInst.MANUAL
    return SubmitOrder(
        SESSION, CLIENT, cl_ord_id, account_id, INSTRUMENT, side, hand, terms, "", "", START_NS, False, ""
    )


def both_sides(buy: str, sell: str, px: int, qty: int, account_id: str) -> bytes:
    sides = (cross_side(buy, Side.BUY, ACCOUNT, px, qty), cross_side(sell, Side.SELL, account_id, px, qty))
    return encode_commands(sides)


CROSS_SIDES = st.builds(both_sides, CLIENT_IDS, CLIENT_IDS, LIMITS, QTYS, st.sampled_from(["A2", "A2", ACCOUNT]))
REPLACES = st.builds(
    ReplaceOrder, always(SESSION), always(CLIENT), CLIENT_IDS, CLIENT_IDS, always(0), always(INSTRUMENT), SIDES,
    TERMS, always(""), always(START_NS), always(""),
)  # fmt: skip
CANCELS = st.builds(
    CancelOrder, always(SESSION), always(CLIENT), CLIENT_IDS, CLIENT_IDS, always(0), always(""), always(""),
    always(START_NS), always(""),
)  # fmt: skip
LISTS = st.builds(
    SubmitList, LIST_IDS, always(CLIENT), always(SESSION), st.integers(0, 4), st.sampled_from(list(ListExecInstType)),
    always(""), st.lists(SUBMITS, max_size=4).map(encode_commands), st.booleans(), st.booleans(), always(""),
)  # fmt: skip
CROSSES = st.builds(SubmitCross, CROSS_IDS, always(CLIENT), always(SESSION), CROSS_SIDES, always(""))
GROUPS: list[st.SearchStrategy[Command]] = [
    *[LISTS] * 3,
    *[CROSSES] * 3,
    st.builds(ExecuteList, LIST_IDS, always(CLIENT), always(SESSION), always(""), always("")),
    st.builds(CancelList, LIST_IDS, always(CLIENT), always(SESSION), always(""), always("")),
    st.builds(RequestListStatus, LIST_IDS, always(CLIENT), always(SESSION)),
    st.builds(SubmitCross, CROSS_IDS, always(CLIENT), always(SESSION), st.binary(max_size=20), always("")),
    st.builds(
        ReplaceCross, CROSS_IDS, always(CLIENT), always(SESSION), CROSS_IDS,
        st.lists(REPLACES, max_size=2).map(encode_commands), always(""),
    ),
    st.builds(
        CancelCross, CROSS_IDS, always(CLIENT), always(SESSION), CROSS_IDS,
        st.lists(CANCELS, max_size=2).map(encode_commands), always(""),
    ),
    st.builds(ExecuteCross, CROSS_IDS, always(""), LAST_PX, always("")),
]  # fmt: skip
GROUP_STEP = st.tuples(st.one_of(GROUPS), st.just(0))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(st.one_of(GROUP_STEP, STEP), min_size=15, max_size=40))
def test_lists_and_crosses_among_any_commands(steps: list[tuple[Command, int]]) -> None:
    world = World()
    open_market(world)
    world.give(*run_text(f"account {OTHER_ACCOUNT} of {CLIENT} cash 900000000", "").world.commands[-2:])
    auditor = Auditor()
    for command, later in steps:
        world.now_ns += later
        check_step(world, world.give(through_the_wire(command)))
        check_groups(world)
    for batch in world.batches:
        auditor.read(batch)
    auditor.agree_with(world.desk)
    check_end(world)
    for recovered in (world.replayed(), world.from_snapshot()):
        assert unlike(likeness(world.desk), likeness(recovered.desk)) == ""


def check_groups(world: World) -> None:
    desk = world.desk
    for cross in desk.crosses.values():
        buy, sell = desk.orders.get(cross.buy_order_id), desk.orders.get(cross.sell_order_id)
        if buy is not None and sell is not None and buy.may_trade() != sell.may_trade():
            left = buy if buy.may_trade() else sell
            assert left.cancel is not None, "half a cross is being taken back"
    for order_list in desk.lists.values():
        if order_list.is_over() or not list_is_open(desk, order_list):
            assert order_list.is_over() and not list_is_open(desk, order_list), "a list is over when its orders are"
        taken_back_unfinished = order_list.is_over() and not order_list.entries
        decided = len(order_list.entries) == order_list.tot_no_orders
        assert order_list.collecting or taken_back_unfinished or decided

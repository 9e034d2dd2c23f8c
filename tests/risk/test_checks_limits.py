"""The limits of places: each kind at its edge, at every level and scope of the order's path, and what is spared."""

from __future__ import annotations

import pytest
from tests.risk.gate_help import DESKS, FIRM, OF_ACCOUNT, SECOND, code_of, place, play, subject, world_of

from kairos.model.enums import LimitKind, NodeKind, ScopeKind, Severity, Side
from kairos.model.refusals import REFUSAL_RULES, RefusalCode
from kairos.model.values import Place
from kairos.risk.gate import admit, first_refusal
from kairos.risk.kinds import rule_of
from kairos.scenario.world import ACCOUNT, CLIENT, INSTRUMENT, MONEY, World
from kairos.state.bounds import NUMBER_OF, Bound

K = LimitKind
LONG = "submit X BUY 1000 @ 1000\nvenue fill R1 1000 @ 1000\n"
WORKING = "submit X BUY 1000 @ 1000\n"
# Kind, what came before, the order, and what is seen with it.
EDGES = [
    (K.ORDER_QTY, "", Side.BUY, 1000, 1000, 1000),
    (K.ORDER_NOTIONAL, "", Side.BUY, 1000, 1000, 1_000_000 * MONEY),
    (K.COLLAR_BPS, "", Side.BUY, 1000, 1010, 100),
    (K.COLLAR_BPS, "", Side.SELL, 1000, 990, 100),
    (K.COLLAR_TICKS, "", Side.BUY, 1000, 1010, 2),
    (K.OPEN_ORDERS, WORKING, Side.SELL, 1000, 1010, 2),
    (K.OPEN_NOTIONAL, WORKING, Side.SELL, 1000, 1010, 2_010_000 * MONEY),
    (K.POSITION, LONG + "submit Y BUY 2000 @ 995\n", Side.BUY, 1000, 1000, 4000),
    (K.POSITION, LONG, Side.SELL, 3000, 1000, 2000),
    (K.GROSS_EXPOSURE, LONG + "submit Y SELL 2000 @ 1005\n", Side.SELL, 3000, 1000, 4_000_000 * MONEY),
    (K.NET_EXPOSURE, WORKING, Side.SELL, 3000, 1000, 3_000_000 * MONEY),
    (K.NET_EXPOSURE, LONG, Side.SELL, 3000, 1000, 2_000_000 * MONEY),
    (K.LONG_EXPOSURE, LONG, Side.BUY, 1000, 1000, 2_000_000 * MONEY),
    (K.SHORT_EXPOSURE, LONG, Side.SELL, 3000, 1000, 2_000_000 * MONEY),
    (K.CREDIT, LONG, Side.BUY, 1000, 990, 1_990_000 * MONEY),
    (K.DAY_NOTIONAL, LONG, Side.SELL, 1000, 1010, 2_010_000 * MONEY),
    (K.ORDER_TO_TRADE, WORKING, Side.BUY, 1000, 1000, 2),
    (K.SELF_MATCH, WORKING, Side.SELL, 2000, 1000, 1000),
    (K.LOSS, LONG + "mark 2330.XTAI last 990\n", Side.BUY, 1000, 990, 10_000 * MONEY),
]


@pytest.mark.parametrize(("kind", "setup", "side", "qty", "px", "seen"), EDGES)
def test_at_the_limit_it_passes_one_above_it_does_not(
    kind: LimitKind, setup: str, side: Side, qty: int, px: int, seen: int
) -> None:
    world = world_of(DESKS)
    place(world, kind, 10**17)
    play(world, setup)
    place(world, kind, seen)
    assert code_of(first_refusal(subject(world, side, qty, px))) is RefusalCode.NONE
    place(world, kind, seen - 1)
    refusal = first_refusal(subject(world, side, qty, px))
    rule = rule_of(Bound(world.desk.tree.cell(FIRM).bounds[0].placed, "TWD", 0))
    assert refusal is not None
    assert refusal.code is rule.code
    assert refusal.context[:3] == (
        ("node", "FIRM"),
        (rule.what, rule.text_of(seen)),
        ("limit", rule.text_of(seen - 1)),
    )


PLACES = [
    FIRM,
    Place(NodeKind.DESK, "EQ", ScopeKind.ALL, ""),
    Place(NodeKind.CLIENT, CLIENT, ScopeKind.ALL, ""),
    OF_ACCOUNT,
    Place(NodeKind.TRADER, "tina", ScopeKind.ALL, ""),
    Place(NodeKind.STRATEGY, f"{ACCOUNT}/ALPHA", ScopeKind.ALL, ""),
    Place(NodeKind.FIRM, "", ScopeKind.INSTRUMENT, INSTRUMENT),
    Place(NodeKind.DESK, "EQ", ScopeKind.MARKET, "XTAI"),
    Place(NodeKind.CLIENT, CLIENT, ScopeKind.CURRENCY, "TWD"),
    Place(NodeKind.ACCOUNT, ACCOUNT, ScopeKind.ASSET_CLASS, "E"),
]
ELSEWHERE = [
    Place(NodeKind.DESK, "FX", ScopeKind.ALL, ""),
    Place(NodeKind.CLIENT, "OTHER", ScopeKind.ALL, ""),
    Place(NodeKind.TRADER, "tom", ScopeKind.ALL, ""),
    Place(NodeKind.STRATEGY, f"{ACCOUNT}/BETA", ScopeKind.ALL, ""),
    Place(NodeKind.FIRM, "", ScopeKind.INSTRUMENT, "2317.XTAI"),
    Place(NodeKind.FIRM, "", ScopeKind.MARKET, "XNAS"),
    Place(NodeKind.FIRM, "", ScopeKind.CURRENCY, "USD"),
    Place(NodeKind.FIRM, "", ScopeKind.ASSET_CLASS, "F"),
]
PEOPLE = (
    "desk EQ\ndesk FX\nclient OTHER\nuser tom TRADER\naccount A1 desk EQ\n"
    "instrument 2317.XTAI tick 5 lot 1000 ref 1000 in TWD cfi ESXXXX\n"
    "instrument AAPL.XNAS tick 0.01 lot 1 ref 200 in USD cfi ESXXXX\n"
)


@pytest.mark.parametrize("kind", [K.ORDER_QTY, K.POSITION, K.GROSS_EXPOSURE])
def test_a_limit_binds_at_every_place_on_the_path_and_at_no_other(kind: LimitKind) -> None:
    for at in PLACES:
        world = world_of(PEOPLE)
        place(world, kind, 0, at)
        refusal = first_refusal(subject(world, strategy_id="ALPHA", trader_id="tina"))
        assert refusal is not None, at
        assert dict(refusal.context)["node"] == at.node.name
        assert dict(refusal.context).get("node_id", "") == at.node_id
        assert dict(refusal.context).get("scope", "ALL:") == f"{at.scope.name}:{at.scope_id}"
    world = world_of(PEOPLE)
    for at in ELSEWHERE:
        place(world, kind, 0, at)
    assert first_refusal(subject(world, strategy_id="ALPHA", trader_id="tina")) is None


def test_of_several_the_one_whose_code_stands_first_binds_then_the_higher_level() -> None:
    world = world_of(DESKS)
    place(world, K.POSITION, 0)
    place(world, K.ORDER_QTY, 10, OF_ACCOUNT)
    place(world, K.ORDER_QTY, 20, Place(NodeKind.CLIENT, CLIENT, ScopeKind.ALL, ""))
    refusal = first_refusal(subject(world))
    assert refusal is not None
    assert (refusal.code, dict(refusal.context)["node"]) == (RefusalCode.MAX_ORDER_QTY, "CLIENT")


def test_a_hard_limit_binds_before_a_soft_one_that_stands_before_it() -> None:
    world = world_of(DESKS)
    place(world, K.ORDER_QTY, 10, severity=Severity.REASON)
    place(world, K.GROSS_EXPOSURE, 10)
    assert code_of(first_refusal(subject(world))) is RefusalCode.MAX_EXPOSURE


def test_a_soft_limit_asks_for_a_reason_or_a_second_person() -> None:
    world = world_of(DESKS)
    place(world, K.ORDER_QTY, 999, severity=Severity.REASON)
    refusal = first_refusal(subject(world))
    assert refusal is not None
    assert refusal.context[-1] == ("severity", "REASON")
    admission = admit(subject(world, reason="the client insists"))
    assert (admission.refusal, admission.approval) == (None, None)
    assert [passed.code for passed in admission.reasons] == [RefusalCode.MAX_ORDER_QTY]
    place(world, K.ORDER_NOTIONAL, 0, severity=Severity.APPROVAL)
    admission = admit(subject(world, reason="the client insists"))
    assert admission.refusal is None
    assert code_of(admission.approval) is RefusalCode.MAX_ORDER_NOTIONAL
    assert code_of(admission.refusal_at_once()) is RefusalCode.MAX_ORDER_NOTIONAL


def test_closing_orders_are_spared_where_the_limit_says_so() -> None:
    world = world_of(DESKS + LONG)
    place(world, K.ORDER_QTY, 0, exempt_closing=True)
    assert first_refusal(subject(world, Side.SELL, 1000)) is None
    assert code_of(first_refusal(subject(world, Side.SELL, 2000))) is RefusalCode.MAX_ORDER_QTY
    assert code_of(first_refusal(subject(world, Side.BUY, 1000))) is RefusalCode.MAX_ORDER_QTY
    place(world, K.ORDER_QTY, 0)
    assert code_of(first_refusal(subject(world, Side.SELL, 1000))) is RefusalCode.MAX_ORDER_QTY


def test_what_works_on_the_closing_side_already_is_not_closed_twice() -> None:
    world = world_of(DESKS + LONG + "submit Y SELL 1000 @ 1010\n")
    place(world, K.ORDER_QTY, 0, exempt_closing=True)
    assert code_of(first_refusal(subject(world, Side.SELL, 1000))) is RefusalCode.MAX_ORDER_QTY


def test_the_bucket_of_a_place_gives_out_its_burst_and_refills_at_its_rate() -> None:
    world = world_of(DESKS)
    place(world, K.RATE, 1, window_ns=SECOND, burst=2)
    play(world, "submit A BUY 1000 @ 1000\nsubmit B BUY 1000 @ 1000")
    assert code_of(first_refusal(subject(world))) is RefusalCode.RATE
    world.now_ns += SECOND - 1
    assert code_of(first_refusal(subject(world))) is RefusalCode.RATE
    world.now_ns += 1
    assert first_refusal(subject(world)) is None


def test_changing_a_rate_gives_no_requests_back() -> None:
    world = world_of(DESKS)
    place(world, K.RATE, 1, window_ns=SECOND, burst=2)
    play(world, "submit A BUY 1000 @ 1000\nsubmit B BUY 1000 @ 1000")
    place(world, K.RATE, 2, window_ns=SECOND, burst=2)
    assert code_of(first_refusal(subject(world))) is RefusalCode.RATE
    place(world, K.RATE, 2, window_ns=SECOND, burst=3)
    assert first_refusal(subject(world)) is None


def test_the_same_order_within_the_window_is_a_duplicate() -> None:
    world = world_of(DESKS)
    place(world, K.DUPLICATE_ORDER, 1, window_ns=SECOND)
    play(world, "submit A BUY 1000 @ 1000")
    assert code_of(first_refusal(subject(world))) is RefusalCode.DUPLICATE_ORDER
    for other in (subject(world, qty=2000), subject(world, px=995), subject(world, Side.SELL)):
        assert first_refusal(other) is None
    world.now_ns += SECOND - 1
    assert code_of(first_refusal(subject(world))) is RefusalCode.DUPLICATE_ORDER
    world.now_ns += 1
    assert first_refusal(subject(world)) is None


def test_executions_on_one_side_are_counted_within_the_window() -> None:
    world = world_of(DESKS)
    place(world, K.REPEATED_EXECUTIONS, 2, window_ns=SECOND)
    play(world, "submit A BUY 2000 @ 1000\nvenue fill R1 1000 @ 1000")
    assert first_refusal(subject(world)) is None
    play(world, "venue fill R1 1000 @ 1000")
    assert code_of(first_refusal(subject(world))) is RefusalCode.REPEATED_EXECUTIONS
    assert first_refusal(subject(world, Side.SELL)) is None
    world.now_ns += SECOND
    assert first_refusal(subject(world)) is None


def test_what_limits_count_survives_a_snapshot() -> None:
    world = world_of(DESKS)
    place(world, K.RATE, 1, window_ns=SECOND, burst=5)
    place(world, K.DUPLICATE_ORDER, 1, window_ns=SECOND)
    place(world, K.REPEATED_EXECUTIONS, 1, window_ns=SECOND)
    play(world, "submit A BUY 2000 @ 1000\nvenue fill R1 1000 @ 1000")
    assert world.picture(world.from_snapshot()) == world.picture(world.engine)
    assert world.picture(world.replayed()) == world.picture(world.engine)


def test_a_share_is_of_the_least_gross_where_the_place_has_less() -> None:
    world = world_of(DESKS + LONG)
    place(world, K.CONCENTRATION_BPS, 5000, burst=4_000_000)
    assert first_refusal(subject(world)) is None
    place(world, K.CONCENTRATION_BPS, 4999, burst=4_000_000)
    assert code_of(first_refusal(subject(world))) is RefusalCode.CONCENTRATION
    place(world, K.CONCENTRATION_BPS, 9999)
    assert code_of(first_refusal(subject(world))) is RefusalCode.CONCENTRATION, "all of it is in one instrument"


def test_a_volume_that_nobody_knows_is_not_waved_through() -> None:
    world = world_of(DESKS)
    place(world, K.ADV_BPS, 10_000)
    assert code_of(first_refusal(subject(world))) is RefusalCode.MAX_ADV


def test_an_order_meets_own_orders_only_at_a_crossing_price_and_under_the_same_node() -> None:
    world = world_of(DESKS + "account A2 of ACME\nsubmit X SELL 1000 @ 1005 for A2\n")
    place(world, K.SELF_MATCH, 0, OF_ACCOUNT)
    assert first_refusal(subject(world, px=1005)) is None, "the other account's"
    place(world, K.SELF_MATCH, 0, Place(NodeKind.CLIENT, CLIENT, ScopeKind.ALL, ""))
    assert code_of(first_refusal(subject(world, px=1005))) is RefusalCode.SELF_MATCH
    assert code_of(first_refusal(subject(world, px=0))) is RefusalCode.SELF_MATCH, "a market order meets any"
    assert first_refusal(subject(world, px=1000)) is None, "its price does not cross"
    assert first_refusal(subject(world, Side.SELL, px=1005)) is None, "the same side"


def test_limits_are_of_money_in_any_currency_to_which_a_rate_leads() -> None:
    world = world_of("desk firm in TWD\ninstrument USD/TWD.XFX tick 0.001 lot 1 ref 32.5 in TWD cfi IFXXXP\n")
    place(world, K.ORDER_NOTIONAL, 30_769 * MONEY, currency="USD")
    refusal = first_refusal(subject(world))  # 1,000,000 TWD / 32.5 = 30,769.23 USD
    assert code_of(refusal) is RefusalCode.MAX_ORDER_NOTIONAL
    place(world, K.ORDER_NOTIONAL, 30_770 * MONEY, currency="USD")
    assert first_refusal(subject(world)) is None
    place(world, K.ORDER_NOTIONAL, 10**18, currency="JPY")
    assert code_of(first_refusal(subject(world))) is RefusalCode.NO_RATE


def test_the_desks_own_answer_may_close_what_the_limits_forbid() -> None:
    world = world_of(DESKS + LONG)
    place(world, K.ORDER_QTY, 0)
    place(world, K.DAY_NOTIONAL, 0)
    assert first_refusal(subject(world, Side.SELL, 1000, is_response=True)) is None
    assert first_refusal(subject(world, Side.SELL, 2000, is_response=True)) is not None, "it opens the other side"
    place(world, K.COLLAR_BPS, 10)
    assert code_of(first_refusal(subject(world, Side.SELL, 1000, 990, is_response=True))) is RefusalCode.PRICE_COLLAR


def test_every_kind_has_a_number_a_rule_and_a_text() -> None:
    assert set(NUMBER_OF) == set(LimitKind)
    assert sorted(NUMBER_OF.values()) == list(range(len(LimitKind)))
    world = world_of()
    for kind in LimitKind:
        windowed = kind in (K.RATE, K.REPEATED_EXECUTIONS, K.DUPLICATE_ORDER)
        place(world, kind, 1, window_ns=SECOND if windowed else 0)
    for bound in world.desk.tree.cell(FIRM).bounds:
        assert REFUSAL_RULES[rule_of(bound).code].text


def test_own_orders_are_known_as_they_come_go_and_fill() -> None:
    """The first question looks at all orders, later ones at those that work; both see the same."""
    world = world_of(DESKS + "submit A SELL 1000 @ 1000\nsubmit B SELL 2000 @ 1005\n")
    place(world, K.SELF_MATCH, 0)
    assert own_qty(world) == "3000"
    play(world, "submit C SELL 4000 @ 1000\nvenue ack R1\ncancel A as A2\nvenue canceled R1-1")
    play(world, "venue fill R2 1000 @ 1005")
    assert own_qty(world) == "5000"
    recovered = World()
    recovered.engine, recovered.now_ns = world.from_snapshot(), world.now_ns
    assert own_qty(recovered) == "5000"


def own_qty(world: World) -> str:
    refusal = first_refusal(subject(world, px=1005))
    assert refusal is not None
    return dict(refusal.context)["own_qty"]

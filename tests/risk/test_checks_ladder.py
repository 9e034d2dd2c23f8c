"""What responses set at a place: each holds back what it should, at any level, and lets the rest pass."""

from __future__ import annotations

import pytest
from tests.risk.gate_help import DESKS, FIRM, OF_ACCOUNT, SECOND, code_of, place, play, subject, world_of

from kairos.model.enums import LimitKind, NodeKind, ScopeKind, Side
from kairos.model.refusals import RefusalCode
from kairos.model.values import Place
from kairos.risk.gate import admit, first_refusal
from kairos.scenario.world import ACCOUNT, CLIENT, MONEY, World
from kairos.state.cells import Cell

LONG = "submit X BUY 2000 @ 1000\nvenue fill R1 2000 @ 1000\n"
OF_CLIENT = Place(NodeKind.CLIENT, CLIENT, ScopeKind.ALL, "")
PLACES = [FIRM, OF_CLIENT, OF_ACCOUNT, Place(NodeKind.STRATEGY, f"{ACCOUNT}/ALPHA", ScopeKind.ALL, "")]


def held_back(at: Place = FIRM, setup: str = LONG) -> tuple[World, Cell]:
    world = world_of(DESKS + setup)
    cell = world.desk.tree.cell(at)
    cell.constrained = True
    return world, cell


@pytest.mark.parametrize("at", PLACES, ids=lambda at: at.node.name)
def test_a_halt_lets_nothing_new_pass_and_says_where(at: Place) -> None:
    world, cell = held_back(at)
    cell.halted = True
    refusal = first_refusal(subject(world, Side.SELL, strategy_id="ALPHA"))
    assert refusal is not None
    assert (refusal.code, dict(refusal.context)["node"]) == (RefusalCode.RULE_HALTED, at.node.name)


def test_a_pause_lets_nothing_pass_that_adds() -> None:
    world, cell = held_back()
    cell.paused = True
    assert code_of(first_refusal(subject(world))) is RefusalCode.RULE_PAUSED
    assert code_of(first_refusal(subject(world, Side.SELL))) is RefusalCode.RULE_PAUSED


def test_reduce_only_lets_closing_orders_pass_to_the_last_unit() -> None:
    world, cell = held_back()
    cell.reduce_only = True
    assert first_refusal(subject(world, Side.SELL, 2000)) is None
    assert code_of(first_refusal(subject(world, Side.SELL, 2001))) is RefusalCode.RULE_REDUCE_ONLY
    assert code_of(first_refusal(subject(world, Side.BUY, 1))) is RefusalCode.RULE_REDUCE_ONLY


def test_reduce_only_of_a_strategy_looks_at_its_own_book() -> None:
    world, cell = held_back(PLACES[-1])
    cell.reduce_only = True
    assert code_of(first_refusal(subject(world, Side.SELL, strategy_id="ALPHA"))) is RefusalCode.RULE_REDUCE_ONLY
    assert first_refusal(subject(world, Side.SELL)) is None, "the account's own orders"


def test_passive_lets_only_what_rests_pass() -> None:
    world, cell = held_back(setup="mark 2330.XTAI bid 995 ask 1005 last 1000\n")
    cell.passive = True
    for side, rests, takes in ((Side.BUY, 1000, 1005), (Side.SELL, 1000, 995)):
        assert first_refusal(subject(world, side, px=rests)) is None
        assert code_of(first_refusal(subject(world, side, px=takes))) is RefusalCode.RULE_PASSIVE
        assert code_of(first_refusal(subject(world, side, px=0))) is RefusalCode.RULE_PASSIVE


def test_slowed_orders_keep_their_distance() -> None:
    world, cell = held_back(setup="clock +1s")
    cell.spacing_ns = SECOND
    play(world, "submit A BUY 1000 @ 1000")
    world.now_ns += SECOND - 1
    assert code_of(first_refusal(subject(world))) is RefusalCode.RULE_SLOWED
    world.now_ns += 1
    assert first_refusal(subject(world)) is None


def test_a_rule_that_asks_wants_a_second_person_for_what_opens() -> None:
    world, cell = held_back()
    cell.asks = True
    assert first_refusal(subject(world)) is None
    assert code_of(admit(subject(world)).approval) is RefusalCode.RULE_ASKS
    assert admit(subject(world, Side.SELL)).approval is None


def test_a_share_of_limits_counts_below_the_place_and_not_above() -> None:
    world, cell = held_back(OF_CLIENT)
    place(world, LimitKind.ORDER_QTY, 1000, FIRM)
    place(world, LimitKind.ORDER_NOTIONAL, 1_000_000 * MONEY, OF_ACCOUNT)
    assert first_refusal(subject(world)) is None
    cell.shrink_bps = 5000
    refusal = first_refusal(subject(world))
    assert refusal is not None
    assert (refusal.code, dict(refusal.context)["limit"]) == (RefusalCode.MAX_ORDER_NOTIONAL, "500000")
    assert first_refusal(subject(world, qty=500)) is None


def test_a_share_of_limits_is_of_the_accounts_own_too() -> None:
    world, cell = held_back(setup="clock +1s")
    cell.shrink_bps = 100  # of 100,000 units
    assert first_refusal(subject(world, qty=1000)) is None
    refusal = first_refusal(subject(world, qty=1001))
    assert refusal is not None
    assert refusal.context == (("qty", "1001"), ("limit", "1000"))


def test_a_share_of_rates_makes_a_request_count_for_more() -> None:
    world, cell = held_back(setup="clock +1s")
    place(world, LimitKind.RATE, 2, OF_ACCOUNT, window_ns=SECOND, burst=2)
    cell.rate_bps = 5000
    play(world, "submit A BUY 1000 @ 1000")
    assert code_of(first_refusal(subject(world))) is RefusalCode.RATE, "one request took the two"
    world.now_ns += SECOND // 2
    assert first_refusal(subject(world)) is None
    cell.rate_bps = 0
    assert code_of(first_refusal(subject(world))) is RefusalCode.RATE


def test_the_desks_own_closing_order_passes_all_of_it() -> None:
    world, cell = held_back()
    cell.halted = cell.paused = cell.passive = cell.asks = True
    cell.shrink_bps = 0
    answer = admit(subject(world, Side.SELL, 2000, is_response=True))
    assert (answer.refusal, answer.approval) == (None, None)
    assert first_refusal(subject(world, Side.SELL, 2001, is_response=True)) is not None

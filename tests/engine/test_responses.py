"""What a rule of risk does by itself: each action, the order of what is told, and that the journal brings it back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.risk.rules import A1, SECOND, level, rule

from kairos.model.commands import Command, DefineAccount, ReleaseRule, RemoveRule, SubmitOrder
from kairos.model.enums import HandlInst, NodeKind, OrdType, ReleaseKind, ResponseKind, ScopeKind, Side, TimeInForce
from kairos.model.events import (
    CommandRefused,
    Event,
    OrderAccepted,
    OrderCancelPending,
    OrderRefused,
    ResponseCompleted,
    ResponseReleased,
    ResponseTaken,
)
from kairos.model.indicators import Indicator
from kairos.model.refusals import RefusalCode
from kairos.model.values import Place, Terms
from kairos.scenario.market import open_market
from kairos.scenario.parser import parse_scenario
from kairos.scenario.world import ACCOUNT, CLIENT, INSTRUMENT, MONEY, SESSION, World
from kairos.state.cells import Cell
from kairos.state.ladder import Watch

K = ResponseKind
BOUGHT = "submit X BUY 2000 @ 1000\nvenue ack R1\nvenue fill R1 2000 @ 1000"
WORKING = "submit Y BUY 1000 @ 990\nvenue ack R2"


@pytest.fixture
def world() -> Iterator[World]:
    """An account that holds 2000 at 1000; whatever a test does, the journal and a snapshot rebuild its desk."""
    made = World()
    open_market(made)
    play(made, BOUGHT)
    yield made
    assert made.picture(made.replayed()) == made.picture(made.engine)
    assert made.picture(made.from_snapshot()) == made.picture(made.engine)


def play(world: World, text: str) -> list[Event]:
    return [event for step in parse_scenario(text).steps for event in step.action(world)]


def mark(world: World, px: int) -> list[Event]:
    return play(world, f"mark {INSTRUMENT} last {px}")


def refusal_of(events: list[Event]) -> RefusalCode:
    refused = [event.code for event in events if isinstance(event, (OrderRefused, CommandRefused))]
    return refused[0] if refused else RefusalCode.NONE


def names(events: list[Event]) -> list[str]:
    return [type(event).__name__ for event in events]


def cell_of(world: World, place: Place = A1) -> Cell:
    cell = world.desk.tree.find(place)
    assert cell is not None
    return cell


def watch_of(world: World, place: Place = A1) -> Watch:
    watch = world.desk.ladder.find("R", place)
    assert watch is not None
    return watch


def terms(qty: int, px: int) -> Terms:
    return Terms(qty, OrdType.LIMIT, px * MONEY, 0, TimeInForce.DAY, 0, 0)


def submit(
    world: World, name: str, side: Side = Side.BUY, qty: int = 1000, px: int = 990, strategy: str = ""
) -> Command:
    return SubmitOrder(
        SESSION, CLIENT, name, ACCOUNT, INSTRUMENT, side, HandlInst.AUTOMATED_NO_INTERVENTION, terms(qty, px), "", "",
        world.now_ns, False, "", strategy_id=strategy,
    )  # fmt: skip


# What is told


def test_a_mark_that_breaches_brings_the_response_and_the_cancels_in_the_same_turn(world: World) -> None:
    play(world, WORKING)
    world.give(rule(level(20_000, K.ALERT, K.CANCEL)))
    events = mark(world, 990)
    assert names(events) == ["MarkUpdated", "ResponseTaken", "OrderCancelPending", "RouteCancelRequested"]
    taken = events[1]
    assert isinstance(taken, ResponseTaken)
    assert (taken.rule_id, taken.place, taken.level) == ("R", A1, 1)
    assert (taken.seen, taken.threshold) == (20_000 * MONEY, 20_000 * MONEY)
    assert [ref.order_id for ref in taken.orders] == [2]
    assert (taken.cause, taken.cause_at_ns) == (f"MarkUpdated {INSTRUMENT}", events[0].at_ns)
    assert not taken.dry_run


def test_it_is_told_how_long_it_took_until_the_last_order_was_over(world: World) -> None:
    play(world, WORKING + "\nsubmit Z BUY 1000 @ 980\nvenue ack R3")
    world.give(rule(level(20_000, K.CANCEL)))
    mark(world, 990)
    play(world, "clock +2s")
    assert names(play(world, "venue canceled R2"))[-1] == "OrderCanceled"
    play(world, "clock +1s")
    completed = play(world, "venue canceled R3")[-1]
    assert isinstance(completed, ResponseCompleted)
    assert (completed.orders, completed.took_ns) == (2, 3 * SECOND)
    assert world.desk.ladder.busy == []


def test_a_fill_that_breaches_is_named_as_the_cause(world: World) -> None:
    world.give(rule(level(30_000), indicator=Indicator.LOSS))
    play(world, "submit Z SELL 1000 @ 960\nvenue ack R2")
    mark(world, 990)
    taken = [e for e in play(world, "venue fill R2 1000 @ 960") if isinstance(e, ResponseTaken)]
    assert [event.cause.split()[0] for event in taken] == ["TradeBooked"]


def test_a_dry_run_tells_what_it_would_have_done_and_does_nothing(world: World) -> None:
    play(world, WORKING)
    world.give(rule(level(20_000, K.HALT, K.SHRINK), dry_run=True))
    events = mark(world, 990)
    assert names(events) == ["MarkUpdated", "ResponseTaken"]
    taken = events[1]
    assert isinstance(taken, ResponseTaken)
    assert taken.dry_run
    assert [ref.order_id for ref in taken.orders] == [2]
    assert not cell_of(world).constrained
    assert refusal_of(world.give(submit(world, "Z"))) is RefusalCode.NONE


def test_a_new_rule_is_looked_at_at_once(world: World) -> None:
    mark(world, 990)
    events = world.give(rule(level(20_000, K.PAUSE)))
    assert names(events) == ["RuleDefined", "ResponseTaken"]


def test_a_desk_without_rules_is_told_nothing(world: World) -> None:
    assert names(mark(world, 500)) == ["MarkUpdated"]


# What each action does


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (K.HALT, RefusalCode.RULE_HALTED),
        (K.PAUSE, RefusalCode.RULE_PAUSED),
        (K.REDUCE_ONLY, RefusalCode.RULE_REDUCE_ONLY),
        (K.ALERT, RefusalCode.NONE),
    ],
)
def test_what_an_action_refuses(world: World, kind: ResponseKind, code: RefusalCode) -> None:
    world.give(rule(level(20_000, kind)))
    mark(world, 990)
    assert refusal_of(world.give(submit(world, "Z"))) is code
    mark(world, 1000)
    assert refusal_of(world.give(submit(world, "Z2"))) is RefusalCode.NONE


def test_reduce_only_lets_closing_orders_pass(world: World) -> None:
    world.give(rule(level(20_000, K.REDUCE_ONLY)))
    mark(world, 990)
    assert refusal_of(world.give(submit(world, "Z", Side.SELL, 2000, 990))) is RefusalCode.NONE
    assert refusal_of(world.give(submit(world, "Z2", Side.SELL, 1000, 990))) is RefusalCode.RULE_REDUCE_ONLY


def test_passive_refuses_what_would_trade_at_once(world: World) -> None:
    world.give(rule(level(20_000, K.PASSIVE)))
    play(world, f"mark {INSTRUMENT} bid 985 ask 990 last 990")
    assert refusal_of(world.give(submit(world, "Z", px=990))) is RefusalCode.RULE_PASSIVE
    assert refusal_of(world.give(submit(world, "Z2", px=985))) is RefusalCode.NONE


def test_slow_spaces_orders(world: World) -> None:
    world.give(rule(level(20_000, K.SLOW)))
    mark(world, 990)
    play(world, "clock +1s")
    assert refusal_of(world.give(submit(world, "Z"))) is RefusalCode.NONE
    assert refusal_of(world.give(submit(world, "Z2"))) is RefusalCode.RULE_SLOWED
    play(world, "clock +1s")
    assert refusal_of(world.give(submit(world, "Z3"))) is RefusalCode.NONE


def test_ask_lets_new_orders_wait_for_a_second_person(world: World) -> None:
    world.give(rule(level(20_000, K.ASK)))
    mark(world, 990)
    assert names(world.give(submit(world, "Z"))) == ["OrderAccepted", "OrderHeld", "ApprovalRequested"]


def test_throttle_takes_a_share_of_the_rates(world: World) -> None:
    world.give(rule(level(20_000, K.THROTTLE)))
    mark(world, 990)
    burst = world.desk.accounts[ACCOUNT].limits.rate_burst
    passed = [refusal_of(world.give(submit(world, f"Z{n}", px=900))) for n in range(burst)]
    assert passed.count(RefusalCode.RATE) >= burst // 2 - 2


def test_limits_shrink_and_come_back_exactly(world: World) -> None:
    placed = world.desk.accounts[ACCOUNT].limits
    world.give(rule(level(20_000, K.SHRINK)))
    largest, half = placed.max_order_qty, placed.max_order_qty // 2
    assert refusal_of(world.give(submit(world, "A", qty=largest + 1000))) is RefusalCode.MAX_ORDER_QTY
    mark(world, 990)
    assert refusal_of(world.give(submit(world, "B", qty=half + 1000))) is RefusalCode.MAX_ORDER_QTY
    assert refusal_of(world.give(submit(world, "C", qty=half))) is RefusalCode.NONE
    mark(world, 1000)
    assert world.desk.accounts[ACCOUNT].limits == placed
    assert cell_of(world).shrink_bps == 10_000
    assert refusal_of(world.give(submit(world, "D", qty=half + 1000))) is RefusalCode.NONE


def test_the_tightest_of_all_levels_and_rules_holds(world: World) -> None:
    world.give(rule(level(10_000, K.SHRINK), level(20_000, K.SLOW, K.REDUCE_ONLY)))
    world.give(rule(level(20_000, K.PAUSE), rule_id="OTHER"))
    mark(world, 990)
    cell = cell_of(world)
    assert (cell.shrink_bps, cell.spacing_ns, cell.reduce_only, cell.paused) == (5_000, SECOND, True, True)
    world.give(RemoveRule("OTHER", "done", "rita"))
    assert (cell.shrink_bps, cell.reduce_only, cell.paused) == (5_000, True, False)


def test_only_what_is_below_the_place_is_taken_back(world: World) -> None:
    play(
        world, "account A2 of ACME cash 900000000 in TWD\n" + WORKING + "\nsubmit Z BUY 1000 @ 990 for A2\nvenue ack R3"
    )
    world.give(rule(level(20_000, K.CANCEL)))
    canceled = [event.order_id for event in mark(world, 990) if isinstance(event, OrderCancelPending)]
    assert canceled == [2]


def test_a_strategy_is_watched_and_held_alone(world: World) -> None:
    place = Place(NodeKind.STRATEGY, f"{ACCOUNT}/ALPHA", ScopeKind.ALL, "")
    world.give(rule(level(10_000, K.PAUSE), place=Place(NodeKind.STRATEGY, "", ScopeKind.ALL, ""), each=True))
    world.give(submit(world, "S", px=1000, strategy="ALPHA"))
    play(world, "venue ack R2\nvenue fill R2 1000 @ 1000")
    mark(world, 990)
    assert watch_of(world, place).level == 1
    assert refusal_of(world.give(submit(world, "S2", strategy="ALPHA"))) is RefusalCode.RULE_PAUSED
    assert refusal_of(world.give(submit(world, "S3", strategy="BETA"))) is RefusalCode.NONE


def test_a_rule_of_each_account_watches_one_that_comes_later(world: World) -> None:
    world.give(rule(level(10_000, K.PAUSE), place=Place(NodeKind.ACCOUNT, "", ScopeKind.ALL, ""), each=True))
    assert [watch.place.node_id for watch in world.desk.ladder.of_rule("R")] == [ACCOUNT]
    world.give(DefineAccount("A9", CLIENT, "", "TWD", 0, True, ""))
    assert [watch.place.node_id for watch in world.desk.ladder.of_rule("R")] == [ACCOUNT, "A9"]


# Flatten


def test_flatten_closes_an_idle_position_at_once(world: World) -> None:
    world.give(rule(level(20_000, K.HALT, K.FLATTEN)))
    (order,) = [event for event in mark(world, 990) if isinstance(event, OrderAccepted)]
    assert (order.side, order.terms.order_qty, order.terms.ord_type) == (Side.SELL, 2000, OrdType.MARKET)
    assert (order.strategy_id, order.session, order.user_id) == ("AT_MARKET", "", "")
    assert refusal_of(world.give(submit(world, "Z"))) is RefusalCode.RULE_HALTED


def test_flatten_waits_for_what_works_and_then_closes_what_there_is(world: World) -> None:
    """The working buy trades while it is being canceled: what is closed is 3000, not 2000."""
    play(world, WORKING)
    world.give(rule(level(20_000, K.FLATTEN)))
    assert not [event for event in mark(world, 990) if isinstance(event, OrderAccepted)]
    events = play(world, "venue fill R2 1000 @ 990")
    (order,) = [event for event in events if isinstance(event, OrderAccepted)]
    assert (order.side, order.terms.order_qty) == (Side.SELL, 3000)


def test_a_closing_order_that_fails_is_not_sent_again(world: World) -> None:
    world.give(rule(level(20_000, K.FLATTEN)))
    mark(world, 990)
    events = play(world, "venue rejected R2")
    assert not [event for event in events if isinstance(event, OrderAccepted)]
    assert mark(world, 980)[-1].names() == mark(world, 980)[-1].names()
    assert world.desk.next_order_id == 3


def test_flatten_closes_a_strategys_own_position_in_its_name(world: World) -> None:
    place = Place(NodeKind.STRATEGY, f"{ACCOUNT}/ALPHA", ScopeKind.ALL, "")
    world.give(submit(world, "S", px=1000, strategy="ALPHA"))
    play(world, "venue ack R2\nvenue fill R2 1000 @ 1000")
    world.give(rule(level(10_000, K.FLATTEN), place=place))
    (order,) = [event for event in mark(world, 990) if isinstance(event, OrderAccepted)]
    assert (order.side, order.terms.order_qty, order.strategy_id) == (Side.SELL, 1000, "ALPHA")


# Release


def test_a_level_is_left_when_the_indicator_was_back_for_its_time(world: World) -> None:
    world.give(rule(level(20_000, K.PAUSE, back=10_000, after_s=5)))
    mark(world, 990)
    assert names(mark(world, 995)) == ["MarkUpdated", "ResponseEased"]
    assert play(world, "clock +4s") == []
    (left,) = play(world, "clock +1s")
    assert isinstance(left, ResponseReleased)
    assert (left.release, left.held_ns, left.user_id) == (ReleaseKind.AUTOMATIC, 5 * SECOND, "")
    assert not cell_of(world).constrained


def test_a_timed_level_is_left_and_taken_again_after_its_cool_off(world: World) -> None:
    world.give(rule(level(20_000, K.PAUSE, release=ReleaseKind.TIMED, after_s=10, cool_s=20)))
    mark(world, 990)
    assert names(play(world, "clock +10s")) == ["ResponseReleased"]
    assert play(world, "clock +19s") == []
    assert names(play(world, "clock +1s")) == ["ResponseTaken"]


def test_deadlines_survive_a_restart(world: World) -> None:
    world.give(rule(level(20_000, K.PAUSE, release=ReleaseKind.TIMED, after_s=10, cool_s=20)))
    mark(world, 990)
    mark(world, 985)
    assert world.replayed().next_deadline_ns() == world.now_ns + 10 * SECOND
    assert world.from_snapshot().next_deadline_ns() == world.now_ns + 10 * SECOND


def test_a_person_releases_and_traders_may_not(world: World) -> None:
    world.give(rule(level(20_000, K.PAUSE, release=ReleaseKind.PERSON, cool_s=60)))
    mark(world, 990)
    assert refusal_of(world.give(ReleaseRule("R", A1, "calm", "tina"))) is RefusalCode.NOT_ENTITLED
    (left,) = world.give(ReleaseRule("R", A1, "calm", "rita"))
    assert isinstance(left, ResponseReleased)
    assert (left.release, left.text, left.user_id, left.approved_by) == (ReleaseKind.PERSON, "calm", "rita", "")
    assert names(mark(world, 980)) == ["MarkUpdated"]


def test_two_people_release_with_a_typed_word(world: World) -> None:
    world.give(rule(level(20_000, K.HALT, release=ReleaseKind.TWO_PEOPLE, cool_s=60)))
    mark(world, 990)
    assert names(world.give(ReleaseRule("R", A1, "calm", "rita"))) == ["ApprovalRequested"]
    assert cell_of(world).halted
    assert refusal_of(play(world, "approve 1 by rita word R")) is RefusalCode.OWN_REQUEST
    assert refusal_of(play(world, "approve 1 by ada word please")) is RefusalCode.WRONG_WORD
    left = play(world, "approve 1 by ada word R")[-1]
    assert isinstance(left, ResponseReleased)
    assert (left.release, left.user_id, left.approved_by) == (ReleaseKind.TWO_PEOPLE, "rita", "ada")
    assert not cell_of(world).halted


def test_a_release_that_would_be_undone_at_once_is_refused(world: World) -> None:
    world.give(rule(level(20_000, K.PAUSE, release=ReleaseKind.PERSON)))
    mark(world, 990)
    assert refusal_of(world.give(ReleaseRule("R", A1, "calm", "rita"))) is RefusalCode.RULE_STILL_BREACHED
    mark(world, 991)
    assert names(world.give(ReleaseRule("R", A1, "calm", "rita"))) == ["ResponseReleased"]


def test_what_is_not_held_or_not_known_is_refused_by_name(world: World) -> None:
    assert refusal_of(world.give(ReleaseRule("R", A1, "", "rita"))) is RefusalCode.UNKNOWN_RULE
    assert refusal_of(world.give(RemoveRule("R", "", "rita"))) is RefusalCode.UNKNOWN_RULE
    world.give(rule(level(20_000)))
    assert refusal_of(world.give(ReleaseRule("R", A1, "", "rita"))) is RefusalCode.RULE_NOT_TAKEN
    assert refusal_of(world.give(rule())) is RefusalCode.INVALID_VALUE
    elsewhere = Place(NodeKind.ACCOUNT, "A7", ScopeKind.ALL, "")
    assert refusal_of(world.give(rule(level(1), place=elsewhere))) is RefusalCode.UNKNOWN_ACCOUNT
    anything = Place(NodeKind.CLIENT, "", ScopeKind.INSTRUMENT, "X")
    assert refusal_of(world.give(rule(level(1), place=anything, each=True))) is RefusalCode.UNKNOWN_INSTRUMENT


def test_to_change_a_rule_is_no_way_round_the_people_who_release_it(world: World) -> None:
    world.give(rule(level(20_000, K.HALT, release=ReleaseKind.TWO_PEOPLE)))
    mark(world, 990)
    assert refusal_of(world.give(rule(level(90_000)))) is RefusalCode.RULE_HOLDS
    assert refusal_of(world.give(RemoveRule("R", "", "rita"))) is RefusalCode.RULE_HOLDS
    assert cell_of(world).halted


def test_a_changed_rule_begins_anew(world: World) -> None:
    world.give(rule(level(10_000, K.PAUSE), level(20_000, K.SHRINK)))
    mark(world, 990)
    assert names(world.give(rule(level(15_000, K.SLOW)))) == [
        "ResponseReleased",
        "ResponseReleased",
        "RuleDefined",
        "ResponseTaken",
    ]
    cell = cell_of(world)
    assert (cell.paused, cell.shrink_bps, cell.spacing_ns) == (False, 10_000, SECOND)

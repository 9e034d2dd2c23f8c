"""The tree: where an order is seen, whose book it is in, and what a place that nobody watches costs."""

from __future__ import annotations

from tests.simulation.likeness import likeness, unlike

from kairos.model.commands import BustTrade, DefineAccount, DefineDesk, PlaceLimit, StartTradingDay
from kairos.model.enums import LimitKind, NodeKind, ScopeKind, Severity
from kairos.model.values import Limit, Place
from kairos.scenario.parser import parse_scenario
from kairos.scenario.runner import run_text
from kairos.scenario.world import ACCOUNT, CLIENT, INSTRUMENT, World
from kairos.state.cells import Cell
from kairos.state.places import place_key, strategy_node
from kairos.state.tree import cells_of, cells_of_order

MONEY = 10**8
WIDE = Limit(LimitKind.OPEN_ORDERS, Severity.HARD, 1000, "", 0, 0, False)


def played(text: str) -> World:
    outcome = run_text(text, "setup")
    assert outcome.passed, outcome.problem
    return outcome.world


def at(node: NodeKind, node_id: str, scope: ScopeKind = ScopeKind.ALL, scope_id: str = "") -> Place:
    return Place(node, node_id, scope, scope_id)


def watch(world: World, *places: Place) -> list[Cell]:
    """The cells of places where limits hang from now on."""
    world.give(*[PlaceLimit(place, WIDE, "", "") for place in places])
    found = [world.desk.tree.find(place) for place in places]
    return [cell for cell in found if cell is not None]


def test_an_order_is_seen_on_its_whole_path_the_highest_node_first() -> None:
    world = played("desk EQ\naccount A1 of ACME cash 900000000 in TWD desk EQ")
    places = (
        at(NodeKind.STRATEGY, "A1/ALPHA"),
        at(NodeKind.TRADER, "tina"),
        at(NodeKind.ACCOUNT, ACCOUNT, ScopeKind.INSTRUMENT, INSTRUMENT),
        at(NodeKind.ACCOUNT, ACCOUNT),
        at(NodeKind.CLIENT, CLIENT, ScopeKind.MARKET, "XTAI"),
        at(NodeKind.DESK, "EQ", ScopeKind.CURRENCY, "TWD"),
        at(NodeKind.FIRM, ""),
        at(NodeKind.CLIENT, CLIENT, ScopeKind.MARKET, "XNAS"),
    )
    watch(world, *places)
    passed = run_on(world, "submit X BUY 1000 @ 1000 strategy ALPHA by tina")
    seen = [cell.key for cell in cells_of_order(passed.order("X"))]
    assert seen == [place_key(places[n]) for n in (6, 5, 4, 3, 2, 1, 0)]  # the other market's cell is not on the path


def run_on(world: World, text: str) -> World:
    """Play further steps in a world."""
    for step in parse_scenario(text).steps:
        step.action(world)
    return world


def test_a_cell_is_filled_from_what_was_there_before_it() -> None:
    world = played("submit X BUY 3000 @ 1000\nvenue fill R1 1000 @ 990")
    (cell,) = watch(world, at(NodeKind.FIRM, ""))
    (total,) = cell.sums
    assert (total.currency, total.open_orders, total.open_notional) == ("TWD", 1, 2_000_000 * MONEY)
    assert (total.cost, total.day_bought, total.unrealized) == (990_000 * MONEY, 990_000 * MONEY, 10_000 * MONEY)
    assert (total.gross, total.net_high, total.net_low) == (3_000_000 * MONEY, 3_000_000 * MONEY, 1_000_000 * MONEY)


def test_a_strategy_and_a_trader_have_books_of_their_own_that_do_not_weigh_on_the_account() -> None:
    world = played(
        "submit X BUY 1000 @ 1000 strategy ALPHA by tina\nvenue fill R1 1000 @ 1000\n"
        "submit Y SELL 1000 @ 1000 strategy BETA\nvenue fill R2 400 @ 1000"
    )
    tree = world.desk.tree
    instrument = world.desk.instruments[INSTRUMENT]
    alpha, beta, tina = (
        tree.find_book_position(node, node_id, instrument)
        for node, node_id in (
            (NodeKind.STRATEGY, strategy_node(ACCOUNT, "ALPHA")),
            (NodeKind.STRATEGY, strategy_node(ACCOUNT, "BETA")),
            (NodeKind.TRADER, "tina"),
        )
    )
    assert (alpha.qty, beta.qty, tina.qty) == (1000, -400, 1000)
    assert beta.open_sell == 600
    account = world.desk.accounts[ACCOUNT]
    assert world.desk.position(ACCOUNT, INSTRUMENT).qty == 600
    assert account.gross == 600_000 * MONEY
    assert account.reserved == 0


def test_a_bust_is_taken_back_from_every_book() -> None:
    world = played("submit X BUY 1000 @ 1000 strategy ALPHA by tina\nvenue fill R1 1000 @ 1000")
    cells = watch(world, at(NodeKind.FIRM, ""), at(NodeKind.STRATEGY, "A1/ALPHA"), at(NodeKind.TRADER, "tina"))
    assert [cell.sums[0].cost for cell in cells] == [1_000_000 * MONEY] * 3
    trade = next(iter(world.desk.trades.values()))
    world.give(BustTrade(trade.last_report_id, "", ""))
    assert [cell.sums[0].cost for cell in cells] == [0, 0, 0]
    assert [cell.sums[0].day_bought for cell in cells] == [0, 0, 0]


def test_an_account_that_moves_takes_its_sums_along() -> None:
    world = played("desk EQ\ndesk ALGO\naccount A1 of ACME cash 900000000 in TWD desk EQ\nsubmit X BUY 1000 @ 1000")
    old, new = watch(world, at(NodeKind.DESK, "EQ"), at(NodeKind.DESK, "ALGO"))
    assert (old.open_orders(), new.open_orders()) == (1, 0)
    world.give(DefineAccount(ACCOUNT, CLIENT, "", "TWD", 900_000_000 * MONEY, True, "", "ALGO", ""))
    assert (old.open_orders(), new.open_orders()) == (0, 1)
    assert old.sums[0].is_nothing()


def test_the_day_begins_with_counters_at_zero_and_keeps_what_is_held() -> None:
    world = played("submit X BUY 1000 @ 1000")
    (cell,) = watch(world, at(NodeKind.ACCOUNT, ACCOUNT))
    run_on(world, "submit Y BUY 1000 @ 1000\nvenue fill R2 1000 @ 1000\nsubmit Z BUY 99999000 @ 1000")
    counts = cell.counts
    assert (counts.requests, counts.orders, counts.refusals, counts.trades) == (2, 1, 1, 1)
    world.give(StartTradingDay(20261124))
    counts = cell.counts
    assert (counts.requests, counts.orders, counts.refusals, counts.trades) == (0, 0, 0, 0)
    assert (cell.sums[0].day_bought, cell.sums[0].cost) == (0, 1_000_000 * MONEY)


def test_what_happened_today_survives_a_snapshot() -> None:
    world = played("submit W BUY 1000 @ 1000")
    watch(world, at(NodeKind.ACCOUNT, ACCOUNT), at(NodeKind.STRATEGY, "A1/ALPHA"))
    run_on(world, 'submit X BUY 1000 @ 1000 strategy ALPHA reason "asked by the client"\ncancel X as XC')
    again = world.from_snapshot().desk
    assert unlike(likeness(world.desk), likeness(again)) == ""
    cell = again.tree.find(at(NodeKind.STRATEGY, "A1/ALPHA"))
    assert cell is not None
    assert (cell.counts.requests, cell.counts.cancels, cell.counts.messages()) == (1, 1, 2)
    order = next(order for order in again.orders.values() if order.strategy_id)
    assert (order.strategy_id, order.reason) == ("ALPHA", "asked by the client")


def test_a_question_changes_nothing() -> None:
    world = played("mark 2330.XTAI last 1000")
    before = likeness(world.desk)
    (legs) = world.desk.tree.legs(world.desk.find_position(ACCOUNT, INSTRUMENT), "ALPHA", "tina")
    assert [leg.qty for leg in legs] == [0, 0, 0]
    assert unlike(before, likeness(world.desk)) == ""


def test_an_unwatched_position_feeds_nothing() -> None:
    world = played("submit X BUY 1000 @ 1000")
    position = world.desk.position(ACCOUNT, INSTRUMENT)
    assert world.desk.tree.is_bare()
    assert (position.told, position.sums, cells_of(position)) == (None, [], [])


def test_a_desk_is_read_in_its_own_currency_else_in_the_firms() -> None:
    world = played("mark 2330.XTAI last 1000")
    world.give(DefineDesk("EQ", "", True, "", ""), DefineDesk("US", "", True, "", "USD"))
    cells = watch(world, at(NodeKind.DESK, "EQ"), at(NodeKind.DESK, "US"), at(NodeKind.ACCOUNT, ACCOUNT))
    assert [cell.currency for cell in cells] == ["TWD", "USD", "TWD"]
    world.give(DefineDesk("", "the firm", True, "", "EUR"))
    assert [cell.currency for cell in cells] == ["EUR", "USD", "TWD"]
    assert [bound.currency for cell in cells for bound in cell.bounds] == ["EUR", "USD", "TWD"]

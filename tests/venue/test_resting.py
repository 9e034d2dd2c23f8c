"""A resting order fills when its turn comes, from the print that brings it, and not before."""

from __future__ import annotations

import pytest
from tests.venue.desk import Desk

from kairos.venue.tape_rules import Cancels, TapeRules


@pytest.mark.parametrize(
    ("steps", "fills"),
    [
        pytest.param([("10.00", 500)], [], id="the size ahead trades first"),
        pytest.param([("10.00", 550)], ["B1 50@10"], id="the rest of a print"),
        pytest.param([("10.00", 400), ("10.00", 150)], ["B1 50@10"], id="prints add up"),
        pytest.param([("10.00", 900)], ["B1 100@10"], id="no more than the order"),
        pytest.param([("9.99", 900)], [], id="a print through a price that the tape still shows came from elsewhere"),
        pytest.param([("10.00", 500), ("9.99", 30)], ["B1 30@10"], id="through its price, no more than the print"),
        pytest.param([("10.02", 900)], [], id="a buyer's print meets offers"),
    ],
)
def test_the_turn_of_an_order_behind_500(steps: list[tuple[str, int]], fills: list[str]) -> None:
    desk = Desk().quote("10.00", 500, "10.02", 400).order("B1 BUY 100 @ 10.00")
    for price, size in steps:
        desk.trade(price, size)
    assert desk.fills() == fills


def test_an_order_moves_up_when_less_is_shown_than_stands_ahead_and_never_back() -> None:
    desk = Desk().quote("10.00", 500, "10.02", 400).order("B1 BUY 100 @ 10.00")
    desk.quote("10.00", 200, "10.02", 400).quote("10.00", 900, "10.02", 400).at(162).trade("10.00", 210)
    assert desk.fills() == ["B1 10@10"]


def test_a_print_that_comes_after_the_quote_that_it_caused_moves_nobody_up_again() -> None:
    desk = Desk().quote("10.00", 500, "10.02", 400).order("B1 BUY 100 @ 10.00").quote("10.00", 200, "10.02", 400)
    assert desk.trade("10.00", 300).trade("10.00", 190).fills() == []
    assert desk.trade("10.00", 30).fills() == ["B1 20@10"]


def test_the_print_of_the_trade_that_made_the_tape_leave_a_price_does_not_fill_who_stood_behind_it() -> None:
    desk = Desk().quote("10.00", 500, "10.02", 400).order("B1 BUY 100 @ 10.00").quote("9.99", 300, "10.02", 400)
    assert desk.trade("10.00", 500).fills() == []
    assert desk.trade("10.00", 30).trade("9.99", 40).fills() == ["B1 30@10", "B1 40@10"]


def test_the_example_of_the_markets_page() -> None:
    desk = Desk().quote("10.00", 500, "10.02", 400).order("B1 BUY 100 @ 10.00").trade("10.00", 400)
    desk.quote("10.00", 900, "10.02", 400).quote("10.00", 60, "10.02", 400)
    assert desk.trade("10.00", 40).fills() == []
    assert desk.trade("10.00", 150).fills() == ["B1 90@10"]
    assert desk.trade("9.99", 30).fills() == ["B1 10@10"]


def test_cancels_come_from_behind_first_or_in_proportion_where_the_rules_say_so() -> None:
    for rules, filled in ((TapeRules(), []), (TapeRules(Cancels.PRO_RATA), ["B1 50@10"])):
        desk = Desk(rules=rules).quote("10.00", 400, "10.02", 400).order("B1 BUY 100 @ 10.00")
        desk.quote("10.00", 800, "10.02", 400).trade("10.00", 100)  # 300 before it, 400 behind it
        desk.quote("10.00", 350, "10.02", 400)  # half of the 700 canceled
        assert desk.at(162).trade("10.00", 200).fills() == filled


def test_when_an_order_leaves_who_came_later_stands_behind_the_same_size() -> None:
    desk = Desk().quote("10.00", 100, "10.02", 400).order("B1 BUY 50 @ 10.00").quote("10.00", 120, "10.02", 400)
    desk.order("B2 BUY 50 @ 10.00").cancel("C1", "B1").trade("10.00", 130)
    assert desk.fills() == ["B2 10@10"]
    desk.order("B3 BUY 50 @ 10.00").cancel("C2", "B2").quote("10.00", 90, "10.02", 1).at(162).trade("10.00", 95)
    assert desk.fills() == ["B3 5@10"]


def test_an_order_inside_the_spread_is_first() -> None:
    desk = Desk().quote("10.00", 500, "10.02", 400).order("B1 BUY 100 @ 10.01").quote("10.01", 700, "10.02", 400)
    assert desk.trade("10.01", 40).fills() == ["B1 40@10.01"]


def test_an_order_deeper_than_the_tape_shows_gets_its_place_when_its_price_is_shown() -> None:
    desk = Desk().quote("10.00", 500, "10.02", 400).order("B1 BUY 100 @ 9.99")
    assert desk.trade("9.99", 5000).fills() == []
    desk.quote("9.99", 300, "10.02", 400)
    assert desk.at(162).trade("9.99", 310).fills() == ["B1 10@9.99"]


def test_an_order_at_a_price_that_the_tape_has_left_is_first() -> None:
    desk = Desk().quote("10.00", 500, "10.02", 400).order("B1 BUY 100 @ 10.00").quote("9.98", 300, "10.02", 400)
    assert desk.at(162).trade("10.00", 10).fills() == ["B1 10@10"]


def test_two_orders_share_the_rest_of_a_print_in_their_time_order() -> None:
    desk = Desk().quote("10.00", 100, "10.02", 400).order("B1 BUY 50 @ 10.00").quote("10.00", 120, "10.02", 400)
    desk.order("B2 BUY 50 @ 10.00").trade("10.00", 180)
    assert desk.fills() == ["B1 50@10", "B2 10@10"]


def test_better_prices_take_from_a_print_first_and_leave_only_the_rest() -> None:
    desk = Desk().quote("10.00", 100, "10.05", 400).order("B1 BUY 50 @ 10.00").order("B2 BUY 60 @ 10.01")
    assert desk.trade("10.00", 170).fills() == ["B2 60@10.01", "B1 10@10"]


def test_a_quote_that_comes_to_a_resting_order_trades_with_it_at_its_price_once() -> None:
    desk = Desk().quote("10.00", 100, "10.05", 400).order("B1 BUY 500 @ 10.03").quote("9.99", 100, "10.02", 300)
    assert desk.quote("9.99", 100, "10.02", 300).fills() == ["B1 300@10.03"]


def test_the_offer_left_after_taking_the_bid_is_not_filled_by_a_print_of_that_bid() -> None:
    desk = Desk().quote("10.00", 500, "10.02", 400).order("S1 SELL 800 @ 10.00").trade("10.00", 500)
    assert desk.fills() == ["S1 500@10"]
    desk.quote("9.98", 100, "10.02", 400).quote("10.00", 100, "10.02", 400).trade("10.00", 100)
    assert desk.fills() == ["S1 100@10"]
    assert desk.trade("10.02", 50).fills() == ["S1 50@10"]


def test_an_iceberg_shows_its_tip_and_each_next_tip_goes_to_the_back() -> None:
    desk = Desk().quote("9.00", 1, "11.00", 1).order("I1 SELL 100 @ 10.00 show 40").order("S1 SELL 30 @ 10.00")
    desk.order("B1 BUY 120 @ 10.00", client="D")
    assert [fill for fill in desk.fills() if not fill.startswith("B1")] == [
        "I1 40@10",
        "S1 30@10",
        "I1 40@10",
        "I1 10@10",
    ]


def test_an_icebergs_next_tip_stands_behind_what_the_tape_shows() -> None:
    desk = Desk().quote("10.00", 200, "10.05", 1).order("I1 BUY 100 @ 10.00 show 40").quote("10.00", 500, "10.05", 1)
    assert desk.trade("10.00", 260).fills() == ["I1 40@10"]
    assert desk.trade("10.00", 479).fills() == []
    assert desk.trade("10.00", 11).fills() == ["I1 10@10"]


def test_without_quotes_a_resting_order_gets_its_share_of_a_print_at_its_price_and_all_of_one_through_it() -> None:
    desk = Desk(turn_percent=25).trade("10.05", 1, "P").order("B1 BUY 100 @ 10.00", "P")
    desk.trade("10.00", 80, "P").trade("9.99", 50, "P")
    assert desk.fills() == ["B1 20@10", "B1 50@10"]

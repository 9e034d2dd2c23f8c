"""Aggressive orders take what is there, best first, and the tape's size only once."""

from __future__ import annotations

import pytest
from tests.venue.desk import Desk


def test_an_order_takes_what_the_tape_shows_and_nothing_twice() -> None:
    desk = Desk().quote("10.00", 500, "10.01", 300)
    desk.order("A1 BUY 200 @ 10.01 IOC").order("A2 BUY 200 @ 10.01 IOC").order("A3 BUY 200 @ 10.01 IOC")
    assert desk.heard() == [
        "A1 NEW cum 0 leaves 200 NEW",
        "A1 TRADE 200@10.01 cum 200 leaves 0 FILLED",
        "A2 NEW cum 0 leaves 200 NEW",
        "A2 TRADE 100@10.01 cum 100 leaves 100 PARTIALLY_FILLED",
        "A2 CANCELED cum 100 leaves 0 CANCELED",
        "A3 NEW cum 0 leaves 200 NEW",
        "A3 CANCELED cum 0 leaves 0 CANCELED",
    ]


def test_the_same_quote_again_offers_nothing_new_and_more_size_offers_the_difference() -> None:
    desk = Desk().quote("10.00", 500, "10.01", 300).order("A1 BUY 300 MKT")
    desk.quote("9.99", 100, "10.01", 300).order("A2 BUY 300 MKT IOC")
    assert desk.fills() == ["A1 300@10.01"]
    desk.quote("9.99", 100, "10.01", 350).order("A3 BUY 300 MKT IOC")
    assert desk.fills() == ["A3 50@10.01"]


def test_what_was_taken_is_remembered_behind_a_better_price_and_forgotten_once_the_price_is_gone() -> None:
    desk = Desk().quote("10.00", 500, "10.02", 300).order("A1 BUY 300 MKT")
    desk.quote("10.00", 500, "10.01", 10).quote("10.00", 500, "10.02", 300).order("A2 BUY 300 MKT IOC")
    assert desk.fills() == ["A1 300@10.02"]
    desk.quote("10.00", 500, "10.03", 10).quote("10.00", 500, "10.02", 300).order("A3 BUY 300 MKT IOC")
    assert desk.fills() == ["A3 300@10.02"]


def test_the_rest_of_an_aggressive_order_waits_for_what_the_tape_offers_next_and_pays_that() -> None:
    desk = Desk().quote("10.00", 500, "10.01", 100).order("A1 BUY 300 @ 10.05").order("A2 BUY 100 MKT")
    desk.quote("10.00", 500, "10.02", 250)
    assert desk.fills() == ["A1 100@10.01", "A1 200@10.02", "A2 50@10.02"]


def test_a_waiting_limit_rests_when_the_market_leaves_its_reach() -> None:
    desk = Desk().quote("10.00", 500, "10.01", 100).order("A1 BUY 300 @ 10.01").quote("10.00", 500, "10.03", 100)
    desk.order("B1 SELL 50 @ 9.90", client="D")
    assert desk.fills() == ["A1 100@10.01", "A1 50@10.01", "B1 50@10.01"]


def test_clients_meet_at_the_resting_price_in_price_time_order() -> None:
    desk = Desk().quote("9.00", 1, "11.00", 1)
    desk.order("S1 SELL 10 @ 10.02").order("S2 SELL 10 @ 10.01").order("S3 SELL 10 @ 10.01")
    desk.order("B1 BUY 25 @ 10.05", client="D")
    assert desk.fills() == ["S2 10@10.01", "B1 10@10.01", "S3 10@10.01", "B1 10@10.01", "S1 5@10.02", "B1 5@10.02"]


def test_at_one_price_the_tape_goes_before_a_client_who_came_later_and_after_one_who_came_first() -> None:
    desk = Desk().quote("10.00", 100, "10.02", 100)
    desk.order("B1 BUY 50 @ 10.00").quote("10.00", 180, "10.02", 100).order("S1 SELL 250 @ 10.00", client="D")
    assert desk.fills() == ["S1 100@10", "B1 50@10", "S1 50@10", "S1 80@10"]


def test_a_market_order_does_not_run_through_other_clients_past_the_market() -> None:
    desk = Desk().quote("10.00", 100, "10.02", 100).order("S1 SELL 500 @ 12.00").order("B1 BUY 300 MKT", client="D")
    assert desk.fills() == ["B1 100@10.02"]


def test_a_newcomer_meets_a_waiting_order_at_the_market_or_at_its_own_limit() -> None:
    desk = Desk().quote("10.00", 100, "10.02", 100).order("B1 BUY 300 @ 10.04")
    desk.order("S1 SELL 100 @ 10.01", client="D").order("S2 SELL 100 @ 10.03", client="D")
    assert desk.fills() == ["B1 100@10.02", "B1 100@10.02", "S1 100@10.02", "B1 100@10.03", "S2 100@10.03"]


def test_fill_or_kill_is_all_or_nothing_over_all_that_it_can_reach() -> None:
    desk = Desk().quote("10.00", 100, "10.02", 100).order("S1 SELL 60 @ 10.01 show 10")
    desk.order("K1 BUY 161 @ 10.02 FOK", client="D").order("K2 BUY 160 @ 10.02 FOK", client="D")
    heard = desk.heard()
    assert heard[2] == "K1 CANCELED cum 0 leaves 0 CANCELED"
    assert heard[-1] == "K2 TRADE 100@10.02 cum 160 leaves 0 FILLED"


@pytest.mark.parametrize("bid", ["10.02", "10.03"])
@pytest.mark.parametrize("side", ["BUY", "SELL"])
def test_a_locked_or_crossed_quote_offers_nothing(bid: str, side: str) -> None:
    desk = Desk().quote(bid, 100, "10.02", 100).order(f"A1 {side} 100 MKT IOC")
    assert desk.heard() == ["A1 NEW cum 0 leaves 100 NEW", "A1 CANCELED cum 0 leaves 0 CANCELED"]


def test_without_quotes_a_market_order_takes_the_next_print_and_no_more_than_its_size() -> None:
    desk = Desk().order("B1 BUY 300 MKT", "P").trade("10.00", 200, "P").trade("10.03", 50, "P").trade("10.04", 500, "P")
    assert desk.fills() == ["B1 200@10", "B1 50@10.03", "B1 50@10.04"]


def test_without_quotes_immediate_orders_have_the_next_print_only() -> None:
    desk = Desk().order("I1 BUY 300 MKT IOC", "P").order("K1 BUY 100 @ 10.00 FOK", "P").order("K2 BUY 70 @ 10 FOK", "P")
    desk.heard()
    desk.trade("10.00", 390, "P")
    assert desk.heard() == [
        "I1 TRADE 300@10 cum 300 leaves 0 FILLED",
        "K1 CANCELED cum 0 leaves 0 CANCELED",
        "K2 TRADE 70@10 cum 70 leaves 0 FILLED",
    ]


def test_without_quotes_an_aggressive_limit_pays_the_print_and_a_passive_one_its_limit() -> None:
    desk = Desk().trade("10.00", 1, "P").order("B1 BUY 100 @ 10.05", "P").order("B2 BUY 100 @ 9.95", "P")
    desk.trade("10.01", 100, "P").trade("9.90", 60, "P")
    assert desk.fills() == ["B1 100@10.01", "B2 60@9.95"]

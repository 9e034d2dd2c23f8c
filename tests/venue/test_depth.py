"""Tapes of depth: an aggressive order walks the levels, a passive one knows what stands before it at its own price."""

from __future__ import annotations

from tests.venue.desk import Desk


def shown(desk: Desk) -> Desk:
    desk.level("BUY", "10.00", 500, more=True).level("BUY", "9.99", 300, more=True).level("BUY", "9.97", 200, more=True)
    return (
        desk.level("SELL", "10.02", 100, more=True).level("SELL", "10.03", 200, more=True).level("SELL", "10.05", 300)
    )


def test_an_aggressive_order_walks_the_levels_and_takes_each_once() -> None:
    desk = shown(Desk()).order("A1 BUY 250 @ 10.03").order("A2 BUY 500 MKT IOC")
    assert desk.fills() == ["A1 100@10.02", "A1 150@10.03", "A2 50@10.03", "A2 300@10.05"]
    assert desk.order("A3 BUY 10 MKT IOC").fills() == []
    assert desk.level("SELL", "10.03", 220).order("A4 BUY 100 MKT IOC").fills() == ["A4 20@10.03"]


def test_fill_or_kill_counts_all_levels_within_its_limit() -> None:
    desk = shown(Desk()).order("K1 BUY 301 @ 10.04 FOK").order("K2 BUY 300 @ 10.04 FOK")
    assert desk.fills() == ["K2 100@10.02", "K2 200@10.03"]


def test_a_passive_order_deeper_than_the_best_stands_behind_what_is_shown_at_its_price() -> None:
    desk = shown(Desk()).order("B1 BUY 50 @ 9.99").order("B2 BUY 50 @ 9.98").order("B3 BUY 50 @ 9.96")
    desk.level("BUY", "9.99", 120).level("BUY", "10.00", 0, more=True).level("BUY", "9.96", 400).at(162)
    assert desk.trade("9.99", 140).fills() == ["B1 20@9.99"]
    desk.level("BUY", "9.99", 0, more=True).level("SELL", "10.00", 10).at(164)
    assert desk.trade("9.98", 35).fills() == ["B1 30@9.99", "B2 5@9.98"]


def test_an_order_deeper_than_all_that_is_shown_gets_its_place_when_its_price_is_shown() -> None:
    desk = shown(Desk()).order("B1 BUY 50 @ 9.96").level("BUY", "9.96", 400, more=True).level("BUY", "9.90", 1)
    desk.level("BUY", "10.00", 0, more=True).level("BUY", "9.99", 0, more=True).level("BUY", "9.97", 0).at(162)
    assert desk.trade("9.96", 410).fills() == ["B1 10@9.96"]


def test_a_level_that_has_become_too_deep_to_show_is_not_gone() -> None:
    desk = shown(Desk()).order("B1 BUY 50 @ 9.97").level("BUY", "9.97", 0).level("BUY", "9.97", 250).at(162)
    assert desk.level("BUY", "10.00", 0, more=True).level("BUY", "9.99", 0).trade("9.97", 190).fills() == []
    assert desk.trade("9.97", 20).fills() == ["B1 10@9.97"]


def test_an_offer_that_comes_to_resting_orders_trades_with_the_best_of_them_first() -> None:
    desk = shown(Desk()).order("B1 BUY 50 @ 10.00").order("B2 BUY 50 @ 10.01")
    desk.level("BUY", "10.00", 0, more=True).level("SELL", "10.00", 70)
    assert desk.fills() == ["B2 50@10.01", "B1 20@10"]


def test_nobody_trades_while_the_levels_of_a_moment_are_told() -> None:
    desk = shown(Desk()).order("B1 BUY 50 @ 10.01").level("SELL", "10.01", 70, more=True)
    assert desk.fills() == []
    assert desk.level("SELL", "10.01", 0).fills() == []

"""The day: opening and closing auctions, expiry, stops."""

from __future__ import annotations

import pytest
from tests.venue.desk import Desk

from kairos.market.tape import PrintKind


def test_the_opening_print_fills_what_was_collected_within_its_volume_and_the_rest_trades_on() -> None:
    desk = Desk(opened=False).order("L1 BUY 100 @ 10.00").order("L2 BUY 100 @ 10.05").order("O1 BUY 100 @ 9.99 OPG")
    desk.order("M1 SELL 50 MKT OPG", client="D").order("M2 BUY 60 MKT", client="D")
    desk.order("L3 BUY 10 @ 10.00 OPG").at(101)
    desk.heard()
    desk.trade("10.00", 240, kind=PrintKind.OPENING_AUCTION)
    assert desk.heard() == [
        "M1 TRADE 50@10 cum 50 leaves 0 FILLED",
        "M2 TRADE 60@10 cum 60 leaves 0 FILLED",
        "L2 TRADE 100@10 cum 100 leaves 0 FILLED",
        "L1 TRADE 30@10 cum 30 leaves 70 PARTIALLY_FILLED",
        "O1 EXPIRED cum 0 leaves 0 EXPIRED",
        "L3 EXPIRED cum 0 leaves 0 EXPIRED",
    ]
    assert desk.trade("9.99", 70).fills() == ["L1 70@10"]


def test_without_an_opening_print_orders_for_it_expire_and_the_others_enter_in_time_order() -> None:
    desk = (
        Desk(opened=False).order("O1 BUY 10 MKT OPG").order("L1 BUY 10 @ 10.00").order("L2 SELL 10 @ 9.90", client="D")
    )
    desk.heard()
    assert desk.at(159).heard() == []
    assert desk.at(160).heard() == [
        "O1 EXPIRED cum 0 leaves 0 EXPIRED",
        "L1 TRADE 10@10 cum 10 leaves 0 FILLED",
        "L2 TRADE 10@10 cum 10 leaves 0 FILLED",
    ]
    assert "opening" in desk.messages[3].text


def test_the_closing_print_fills_the_book_and_ends_the_day() -> None:
    desk = Desk().quote("9.00", 1, "11.00", 1).order("C1 BUY 10 MKT CLS").order("L1 BUY 10 @ 10.00")
    desk.order("G1 BUY 10 @ 9.50 GTC").order("L2 BUY 10 @ 9.40").at(1001)
    desk.heard()
    assert desk.trade("9.90", 15, kind=PrintKind.CLOSING_AUCTION).heard() == [
        "C1 TRADE 10@9.9 cum 10 leaves 0 FILLED",
        "L1 TRADE 5@9.9 cum 5 leaves 5 PARTIALLY_FILLED",
        "L1 EXPIRED cum 5 leaves 0 EXPIRED",
        "L2 EXPIRED cum 0 leaves 0 EXPIRED",
    ]
    assert desk.exchange.mass_status("C", "", desk.now) == 1


def test_without_a_closing_print_orders_for_it_expire_with_the_day() -> None:
    desk = Desk().order("C1 BUY 10 MKT CLS").order("L1 BUY 10 @ 10.00").order("S1 BUY 10 stop 11.00")
    desk.heard()
    assert desk.at(1059).heard() == []
    assert [text.split()[:2] for text in desk.at(1060).heard()] == [[name, "EXPIRED"] for name in ("C1", "L1", "S1")]


def test_good_till_date_expires_at_its_time_even_when_nobody_says_that_it_has_come() -> None:
    desk = Desk().quote("9.00", 1, "11.00", 1).order("G1 BUY 10 @ 10.00 GTD", expire=300)
    assert desk.exchange.next_deadline_ns() == 300 * 10**9
    desk.now = 301 * 10**9
    desk.trade("9.50", 100)
    assert desk.heard() == ["G1 NEW cum 0 leaves 10 NEW", "G1 EXPIRED cum 0 leaves 0 EXPIRED"]
    assert desk.messages[-1].transact_time_ns == 300 * 10**9


@pytest.mark.parametrize(
    ("order", "prints", "fills"),
    [
        ("S1 BUY 10 stop 10.05", ["10.04"], []),
        ("S1 BUY 10 stop 10.05", ["10.05"], ["S1 10@10.06"]),
        ("S1 BUY 10 stop 10.05", ["10.07"], ["S1 10@10.06"]),
        ("S1 SELL 10 stop 9.95", ["9.96"], []),
        ("S1 SELL 10 stop 9.95", ["9.95"], ["S1 10@10"]),
        ("S1 BUY 10 @ 10.05 stop 10.05", ["10.05"], []),
        ("S1 BUY 10 @ 10.06 stop 10.05", ["10.05"], ["S1 10@10.06"]),
    ],
)
def test_a_stop_is_triggered_by_a_print_at_or_through_its_price(
    order: str, prints: list[str], fills: list[str]
) -> None:
    desk = Desk().quote("10.00", 100, "10.06", 100).order(order)
    for price in prints:
        desk.trade(price, 1)
    assert desk.fills() == fills


def test_a_stop_that_the_last_print_has_passed_already_is_triggered_at_once() -> None:
    desk = Desk().quote("10.00", 100, "10.06", 100).trade("10.06", 1).order("S1 BUY 10 stop 10.05")
    assert desk.fills() == ["S1 10@10.06"]


def test_stops_are_triggered_in_the_order_in_which_the_move_reaches_them() -> None:
    desk = Desk().quote("10.00", 100, "10.06", 15).order("S1 BUY 10 stop 10.05").order("S2 BUY 10 stop 10.04")
    assert desk.trade("10.06", 1).fills() == ["S2 10@10.06", "S1 5@10.06"]

"""Busts and corrections, also after the order closed."""

from __future__ import annotations

from tests.venue.desk import Desk

from kairos.model.numbers import format_price, parse_price
from kairos.venue.reports import Report


def last_fill(desk: Desk) -> Report:
    desk.heard()
    return [m for m in desk.messages if isinstance(m, Report) and m.last_qty][-1]


def test_a_filled_order_through_busts_and_corrections() -> None:
    """FIX 4.4 volume 4, J.1.a: 1000 at 100 and 9000 at 110; the first is busted, the second corrected to 100."""
    desk = Desk().quote("90", 1, "100", 1000).order("A1 BUY 10000 @ 110")
    first = last_fill(desk)
    desk.quote("90", 1, "110", 9000)
    second = last_fill(desk)
    assert format_price(second.avg_px) == "109"
    assert desk.exchange.bust(first.exec_id, desk.now) == ""
    assert desk.heard() == ["A1 TRADE_CANCEL 1000@100 cum 9000 leaves 1000 PARTIALLY_FILLED"]
    assert desk.exchange.correct(second.exec_id, 9000, parse_price("100"), desk.now) == ""
    assert desk.heard() == ["A1 TRADE_CORRECT 9000@100 cum 9000 leaves 1000 PARTIALLY_FILLED"]
    correction = desk.messages[-1]
    assert isinstance(correction, Report)
    assert (correction.exec_ref_id, format_price(correction.avg_px)) == (second.exec_id, "100")
    desk.quote("90", 1, "110", 10_000)
    assert desk.heard() == ["A1 TRADE 1000@110 cum 10000 leaves 0 FILLED"]
    assert desk.exchange.correct(correction.exec_id, 9000, parse_price("120"), desk.now) == ""
    assert format_price(last_fill(desk).avg_px) == "119"


def test_a_canceled_order_stays_closed_when_its_execution_is_busted() -> None:
    """FIX 4.4 volume 4, J.1.b."""
    desk = Desk().quote("90", 1, "100", 50).order("A1 BUY 100 @ 100").cancel("A2", "A1")
    fill = last_fill(desk)
    assert desk.exchange.bust(fill.exec_id, desk.now) == ""
    assert desk.heard() == ["A2 TRADE_CANCEL 50@100 cum 0 leaves 0 CANCELED"]


def test_a_bust_takes_both_sides_back_and_only_once() -> None:
    desk = Desk().quote("9.00", 1, "11.00", 1).order("S1 SELL 10 @ 10.00").order("B1 BUY 10 @ 10.00", client="D")
    fill = last_fill(desk)
    assert desk.exchange.bust(fill.exec_id, desk.now) == ""
    assert "B1 TRADE_CANCEL 10@10 cum 0 leaves 10 NEW" in desk.heard()
    assert "busted already" in desk.exchange.bust(fill.exec_id, desk.now)
    assert "not a trade" in desk.exchange.bust("nothing", desk.now)


def test_a_correction_beyond_the_order_is_refused() -> None:
    desk = Desk().quote("90", 1, "100", 50).order("A1 BUY 50 @ 100")
    assert "beyond its OrderQty(38)" in desk.exchange.correct(last_fill(desk).exec_id, 51, parse_price("100"), desk.now)
    assert desk.heard() == []

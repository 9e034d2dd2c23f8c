"""Cancels, replaces, status, mass requests and what is refused."""

from __future__ import annotations

import pytest
from tests.venue.desk import SECOND, Desk

from kairos.model.enums import OrdStatus, Side
from kairos.venue.reports import CancelReject, Report


def rested(**kind: int) -> Desk:
    desk = Desk(**kind).quote("9.00", 100, "11.00", 100)  # type: ignore[arg-type]
    desk.order("A1 BUY 100 @ 10.00")
    desk.heard()
    return desk


def test_a_cancel_is_answered_under_its_own_id() -> None:
    desk = rested().cancel("A2", "A1")
    assert desk.heard() == ["A2 CANCELED cum 0 leaves 0 CANCELED"]
    report = desk.messages[-1]
    assert isinstance(report, Report) and report.orig_cl_ord_id == "A1"
    assert desk.trade("9.50", 500).heard() == []


@pytest.mark.parametrize(
    ("new", "old", "reason"),
    [("A1", "A1", "DUPLICATE_CL_ORD_ID"), ("A3", "XX", "UNKNOWN_ORDER"), ("A3", "A1", "TOO_LATE_TO_CANCEL")],
)
def test_a_cancel_or_replace_is_refused(new: str, old: str, reason: str) -> None:
    desk = rested().cancel("A2", "A1").order("A4 BUY 5 @ 9.90")
    desk.heard()
    if old == "A1" and new != "A1":
        old = "A2"
    assert desk.cancel(new, old).heard() == [f"{new} REFUSED {reason}"]
    assert desk.replace(new, old, 10, "10.00").heard() == [f"{new} REFUSED {reason}"]


def test_the_refusal_of_an_unknown_order_says_none_and_rejected() -> None:
    desk = rested().cancel("A2", "XX")
    desk.heard()
    refusal = desk.messages[-1]
    assert isinstance(refusal, CancelReject)
    assert (refusal.venue_order_id, refusal.ord_status) == ("NONE", OrdStatus.REJECTED)


def test_an_order_is_known_by_its_latest_id_only() -> None:
    desk = rested().replace("A2", "A1", 90, "10.00").cancel("A3", "A1").cancel("A4", "A2")
    assert desk.heard() == [
        "A2 REPLACED cum 0 leaves 90 NEW",
        "A3 REFUSED UNKNOWN_ORDER",
        "A4 CANCELED cum 0 leaves 0 CANCELED",
    ]


@pytest.mark.parametrize(
    ("qty", "price", "first"),
    [(90, "10.00", "A2"), (100, "10.00", "A2"), (110, "10.00", "B1"), (90, "10.01", "A2"), (100, "9.99", "B1")],
)
def test_only_a_lower_quantity_keeps_the_place(qty: int, price: str, first: str) -> None:
    desk = rested().order("B1 BUY 100 @ 10.00", client="D").replace("A2", "A1", qty, price)
    assert desk.order("S1 SELL 10 @ 9.00", client="E").fills()[0].split()[0] == first


def test_a_replace_below_what_has_traded_fills_the_order_at_what_it_has() -> None:
    """FIX 4.4 volume 4, C.3.c."""
    desk = rested().trade("9.99", 80)
    assert desk.replace("A2", "A1", 70, "10.00").heard()[-1] == "A2 REPLACED cum 80 leaves 0 FILLED"
    report = desk.messages[-1]
    assert isinstance(report, Report) and report.order_qty == 80
    assert desk.trade("9.99", 80).heard() == []


def test_a_replace_may_make_an_order_aggressive() -> None:
    assert rested().replace("A2", "A1", 150, "11.00").fills() == ["A2 100@11"]


def test_a_replace_off_the_tick_is_refused_and_changes_nothing() -> None:
    desk = rested().replace("A2", "A1", 100, "10.005").cancel("A3", "A1")
    assert desk.heard() == ["A2 REFUSED OTHER", "A3 CANCELED cum 0 leaves 0 CANCELED"]


@pytest.mark.parametrize(
    ("order", "instrument", "reason"),
    [
        ("A1 BUY 10 @ 10.00", "A", "DUPLICATE_ORDER"),
        ("R BUY 10 @ 10.00", "ZZ", "UNKNOWN_SYMBOL"),
        ("R BUY 10 @ 10.00 OPG", "A", "TOO_LATE_TO_ENTER"),
        ("R BUY 10 stop 10.00 IOC", "A", "UNSUPPORTED_ORDER_CHARACTERISTIC"),
        ("R BUY 10 stop 10.00 @ 10.00 CLS", "A", "UNSUPPORTED_ORDER_CHARACTERISTIC"),
        ("R BUY 10 @ 10.00 show 5 IOC", "A", "UNSUPPORTED_ORDER_CHARACTERISTIC"),
        ("R BUY 10 MKT GTC", "A", "UNSUPPORTED_ORDER_CHARACTERISTIC"),
        ("R BUY 0 @ 10.00", "A", "INCORRECT_QUANTITY"),
        ("R BUY 15 @ 10.00", "A", "INCORRECT_QUANTITY"),
        ("R BUY 10 @ 10.00 show 20", "A", "INCORRECT_QUANTITY"),
        ("R BUY 10 @ 0", "A", "UNSUPPORTED_ORDER_CHARACTERISTIC"),
        ("R BUY 10 @ 10.005", "A", "OTHER"),
        ("R BUY 10 stop 10.005", "A", "OTHER"),
        ("R BUY 10 @ 10.00 GTD", "A", "UNSUPPORTED_ORDER_CHARACTERISTIC"),
    ],
)
def test_a_new_order_is_refused_by_name(order: str, instrument: str, reason: str) -> None:
    desk = rested(lot=10)
    assert desk.order(order, instrument).heard() == [f"{order.split(maxsplit=1)[0]} REJECTED {reason}"]


def test_nothing_is_taken_after_the_close_and_nothing_immediate_before_the_open() -> None:
    desk = Desk(opened=False).order("A1 BUY 10 @ 10.00 IOC").at(5000).order("A2 BUY 10 @ 10.00")
    assert desk.heard() == ["A1 REJECTED EXCHANGE_CLOSED", "A2 REJECTED EXCHANGE_CLOSED"]


def test_status_tells_the_present_state_and_rejects_what_it_does_not_know() -> None:
    desk = rested().trade("9.99", 30)
    desk.heard()
    for cl_ord_id in ("A1", "XX"):
        desk.exchange.status("C", cl_ord_id, "A", Side.BUY, desk.now)
    assert desk.heard() == [
        "A1 ORDER_STATUS cum 30 leaves 70 PARTIALLY_FILLED",
        "XX ORDER_STATUS cum 0 leaves 0 REJECTED",
    ]


def test_a_mass_cancel_takes_one_clients_live_orders_and_counts_them() -> None:
    desk = rested().order("A2 BUY 5 @ 9.00", "P").order("A3 BUY 5 stop 10.00").order("D1 BUY 5 @ 9.00", client="D")
    desk.heard()
    assert desk.exchange.mass_status("C", "", desk.now) == 3
    assert desk.exchange.mass_cancel("C", "A", desk.now) == 2
    assert desk.exchange.mass_cancel("C", "", desk.now) == 1
    assert [text.split(maxsplit=1)[0] for text in desk.heard()] == ["A1", "A2", "A3", "A1", "A3", "A2"]
    assert desk.exchange.mass_status("D", "", desk.now) == 1


def test_the_average_price_comes_from_the_exact_notional() -> None:
    desk = Desk().quote("9.00", 100, "10.01", 1).order("A1 BUY 3 MKT").quote("9.00", 100, "10.02", 2)
    desk.heard()
    report = desk.messages[-1]
    assert isinstance(report, Report) and report.avg_px == 10_01666667 and report.transact_time_ns == 160 * SECOND

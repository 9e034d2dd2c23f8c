"""What a client of the demo knows comes from its FIX messages alone."""

from __future__ import annotations

import pytest
from tests.demo.reports import message, report

from kairos.demo.orders import ClientOrders, SentOrder, code_of, happening
from kairos.model.enums import ExecType, OrdType, Side, TimeInForce
from kairos.model.numbers import PRICE_SCALE
from kairos.model.values import Terms

LINE = 1


def sent(orders: ClientOrders, cl_ord_id: str = "A1", qty: int = 100) -> SentOrder:
    terms = Terms(qty, OrdType.LIMIT, 10 * PRICE_SCALE, 0, TimeInForce.DAY, 0, 0)
    order = SentOrder(cl_ord_id, "ACC", "XXX", "XNYS", Side.BUY, terms)
    orders.note_sent(order, LINE)
    return order


def accepted() -> ClientOrders:
    orders = ClientOrders()
    sent(orders)
    orders.on_message(report("0"), LINE)
    return orders


@pytest.mark.parametrize(
    ("begin_string", "fields", "meaning"),
    [
        ("FIX.4.4", {"exec_type": "F"}, ExecType.TRADE),
        ("FIX.4.4", {"exec_type": "I"}, ExecType.ORDER_STATUS),
        ("FIX.4.2", {"exec_type": "1", "exec_trans_type": "0"}, ExecType.TRADE),
        ("FIX.4.2", {"exec_type": "2", "exec_trans_type": "0"}, ExecType.TRADE),
        ("FIX.4.2", {"exec_type": "2", "exec_trans_type": "3"}, ExecType.ORDER_STATUS),
        ("FIX.4.2", {"exec_type": "1", "exec_trans_type": "1"}, ExecType.TRADE_CANCEL),
        ("FIX.4.2", {"exec_type": "4", "exec_trans_type": "0"}, ExecType.CANCELED),
    ],
)
def test_both_versions_are_read_alike(begin_string: str, fields: dict[str, str], meaning: ExecType) -> None:
    assert happening(message("8", begin_string, **fields)) is meaning


def test_an_order_is_working_from_its_acceptance_until_nothing_is_left() -> None:
    orders = accepted()
    assert [order.order_id for order in orders.working()] == ["7"]
    orders.on_message(report("4", cum_qty="0", leaves_qty="0"), LINE)
    assert orders.working() == []


def test_fills_add_up_and_a_status_answer_is_none() -> None:
    orders = accepted()
    fill = {"exec_id": "1", "last_qty": "40", "last_px": "10.5", "cum_qty": "40", "leaves_qty": "60"}
    orders.on_message(report("F", **fill), LINE)
    orders.on_message(report("I", **{**fill, "exec_id": "2"}), LINE)
    assert [(one.order_id, one.qty, one.px) for one in orders.fills.values()] == [("7", 40, 1_050_000_000)]
    assert orders.position("XXX") == 40
    assert orders.last_px == {"XXX": 1_050_000_000}
    assert orders.told_twice == []


def test_an_execution_that_is_told_twice_is_noted_and_counts_once() -> None:
    orders = accepted()
    fill = report("F", exec_id="1", last_qty="40", last_px="10.5", cum_qty="40", leaves_qty="60")
    orders.on_message(fill, LINE)
    orders.on_message(fill, LINE)
    assert orders.told_twice == ["1"]
    assert sum(one.qty for one in orders.fills.values()) == 40


def test_a_bust_takes_its_fill_away() -> None:
    orders = accepted()
    orders.on_message(report("F", exec_id="1", last_qty="40", last_px="10.5", cum_qty="40", leaves_qty="60"), LINE)
    orders.on_message(report("H", exec_id="2", exec_ref_id="1", cum_qty="0", leaves_qty="100"), LINE)
    assert orders.fills == {}
    assert orders.position("XXX") == 0


def test_a_refusal_is_counted_by_its_named_reason() -> None:
    orders = ClientOrders()
    sent(orders)
    orders.on_message(report("8", text="PRICE_COLLAR: price is outside the collar", leaves_qty="0"), LINE)
    assert orders.refused == {"PRICE_COLLAR": 1}
    assert orders.unanswered == {}
    assert code_of(report("8")) == "NO_REASON_GIVEN"


def test_the_first_report_answers_an_order_and_only_one_over_the_same_line_is_a_latency() -> None:
    orders = ClientOrders()
    sent(orders, "A1")
    sent(orders, "A2")
    orders.on_message(report("0", "A1"), LINE)
    orders.on_message(report("F", "A1", exec_id="1", last_qty="1", last_px="1"), LINE)
    orders.on_message(report("0", "A2", order_id="8"), LINE + 1)
    assert len(orders.ack_ns) == 1
    assert orders.unanswered == {}


def test_a_replaced_order_has_its_new_name_and_terms_and_may_be_changed_again() -> None:
    orders = accepted()
    order = orders.by_order_id["7"]
    order.request = "A2"
    orders.on_message(report("5", "A2", orig_cl_ord_id="A1", order_qty="150", price="10.25", leaves_qty="150"), LINE)
    assert (order.cl_ord_id, order.request, order.leaves_qty) == ("A2", "", 150)
    assert (order.terms.order_qty, order.terms.price) == (150, 1_025_000_000)


def test_a_refused_request_frees_the_order_for_another() -> None:
    orders = accepted()
    order = orders.by_order_id["7"]
    order.request = "A2"
    orders.on_message(message("9", cl_ord_id="A2", order_id="7", text="ORDER_ENDED: the order ended first"), LINE)
    assert order.request == ""
    assert orders.requests_refused == {"ORDER_ENDED": 1}

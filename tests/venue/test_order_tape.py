"""Tapes of orders: a client's order knows which of the tape's orders stand before it, and moves up by nothing else."""

from __future__ import annotations

from tests.venue.desk import Desk

from kairos.market.tape import BookAction


def shown() -> Desk:
    """Bids 1 (100) and 2 (200) at 10.00, 3 (300) at 9.99; offers 11 (100) at 10.02, 12 (50) and 13 (150) at 10.03."""
    desk = Desk().add(1, "BUY", "10.00", 100).add(2, "BUY", "10.00", 200).add(3, "BUY", "9.99", 300)
    return desk.add(11, "SELL", "10.02", 100).add(12, "SELL", "10.03", 50).add(13, "SELL", "10.03", 150)


def test_an_order_moves_up_by_what_stands_before_it_and_not_by_what_came_later() -> None:
    desk = shown().order("B1 BUY 50 @ 10.00").add(4, "BUY", "10.00", 400)
    desk.shrink(4, "BUY", "10.00", 300).shrink(2, "BUY", "10.00", 200)
    assert desk.execute(1, "BUY", "10.00", 100).fills() == []
    assert desk.execute(4, "BUY", "10.00", 30).fills() == ["B1 30@10"]


def test_a_client_before_the_executed_order_fills_first_out_of_its_size() -> None:
    desk = shown().order("B1 BUY 50 @ 10.00").add(4, "BUY", "10.00", 400).order("B2 BUY 50 @ 10.00")
    desk.execute(1, "BUY", "10.00", 100).execute(2, "BUY", "10.00", 200)
    assert desk.fills() == []
    assert desk.execute(4, "BUY", "10.00", 399).fills() == ["B1 50@10"]
    assert desk.execute(4, "BUY", "10.00", 1).fills() == []
    assert desk.add(5, "BUY", "10.00", 9).execute(5, "BUY", "10.00", 9).fills() == ["B2 9@10"]


def test_a_better_price_fills_before_any_order_of_the_tape() -> None:
    desk = shown().order("B1 BUY 50 @ 10.01").order("B2 BUY 50 @ 9.99")
    assert desk.execute(1, "BUY", "10.00", 80).fills() == ["B1 50@10.01"]


def test_what_was_taken_of_an_order_is_gone_with_it_and_offered_to_nobody_again() -> None:
    desk = shown().order("A1 BUY 120 @ 10.03 IOC")
    assert desk.fills() == ["A1 100@10.02", "A1 20@10.03"]
    desk.execute(11, "SELL", "10.02", 100).execute(12, "SELL", "10.03", 40)  # 10 of 12 are left, taken all
    assert desk.order("A2 BUY 500 @ 10.03 IOC").fills() == ["A2 150@10.03"]
    assert desk.shrink(12, "SELL", "10.03", 10).order("A3 BUY 500 @ 10.03 IOC").fills() == []
    assert desk.add(14, "SELL", "10.03", 30).order("A4 BUY 500 @ 10.03 IOC").fills() == ["A4 30@10.03"]


def test_at_one_price_the_tapes_orders_and_clients_trade_in_their_time_order() -> None:
    desk = shown().order("S1 SELL 40 @ 10.02", client="D").add(15, "SELL", "10.02", 60)
    assert desk.order("A1 BUY 170 @ 10.02").fills() == ["A1 100@10.02", "S1 40@10.02", "A1 40@10.02", "A1 30@10.02"]


def test_when_a_client_leaves_who_comes_later_stands_behind_the_same_orders() -> None:
    desk = shown().order("B1 BUY 50 @ 10.00").add(4, "BUY", "10.00", 400).order("B2 BUY 50 @ 10.00").cancel("C1", "B1")
    desk.shrink(1, "BUY", "10.00", 100).shrink(2, "BUY", "10.00", 200).add(5, "BUY", "10.00", 10)
    assert desk.execute(4, "BUY", "10.00", 400).fills() == []
    assert desk.execute(5, "BUY", "10.00", 10).fills() == ["B2 10@10"]


def test_a_tape_order_that_comes_to_a_resting_client_trades_with_it_at_its_price() -> None:
    desk = shown().order("B1 BUY 50 @ 10.01").add(16, "SELL", "10.01", 30)
    assert desk.fills() == ["B1 30@10.01"]
    assert desk.order("A1 BUY 10 @ 10.01 IOC").fills() == []


def test_executions_of_hidden_orders_and_of_unnamed_ones_fill_nobody_at_their_price() -> None:
    desk = shown().add(-1, "BUY", "9.98", 70).order("B1 BUY 50 @ 9.98").order("B2 BUY 50 @ 10.01")
    desk.shrink(1, "BUY", "10.00", 100).shrink(2, "BUY", "10.00", 200).shrink(3, "BUY", "9.99", 300).cancel("C2", "B2")
    desk.tape_order(BookAction.EXECUTE_HIDDEN, 0, "BUY", "9.98", 500)
    assert desk.execute(999, "BUY", "9.98", 30).fills() == []
    assert desk.execute(999, "BUY", "9.98", 40).fills() == []
    assert desk.add(6, "BUY", "9.98", 40).execute(6, "BUY", "9.98", 40).fills() == ["B1 40@9.98"]


def test_an_execution_triggers_stops_and_a_hidden_one_too() -> None:
    desk = shown().order("S1 SELL 10 stop 10.00").order("S2 BUY 10 stop 10.01")
    assert desk.execute(1, "BUY", "10.00", 1).fills() == ["S1 10@10"]
    assert desk.tape_order(BookAction.EXECUTE_HIDDEN, 0, "SELL", "10.01", 1).fills() == ["S2 10@10.02"]


def test_an_iceberg_goes_behind_the_tapes_orders_with_each_tip() -> None:
    desk = shown().order("I1 BUY 60 @ 10.01 show 20").add(7, "BUY", "10.01", 100).add(8, "BUY", "10.01", 100)
    assert desk.execute(7, "BUY", "10.01", 100).fills() == ["I1 20@10.01"]
    assert desk.execute(8, "BUY", "10.01", 100).fills() == []
    assert desk.add(9, "BUY", "10.01", 100).execute(9, "BUY", "10.01", 100).fills() == ["I1 20@10.01"]

"""Halts: what waits, what passes, and how trading goes on."""

from __future__ import annotations

from tests.venue.desk import SECOND, Desk
from tests.venue.test_auction import ClientsDesk

from kairos.market.tape import HaltState, TapeHalt
from kairos.market.tape_batch import HALT, HALTED, QUOTING, RESUMED, BatchWriter
from kairos.venue.listing import TradingRules


def halted(rules: TradingRules | None = None) -> ClientsDesk:
    desk = ClientsDesk(rules or TradingRules(tape_auctions=False, reopening_call_ns=60 * SECOND), opened=True)
    desk.order("B1 BUY 100 @ 10.00").facts()
    desk.heard()
    assert desk.exchange.halt("A", "news", desk.now) == ""
    return desk


def test_in_a_halt_orders_wait_cancels_pass_and_immediate_orders_are_refused() -> None:
    desk = halted().order("S1 SELL 50 @ 9.90", client="D").order("S2 SELL 50 @ 9.90 IOC", client="D")
    desk.cancel("B2", "B1")
    assert desk.heard() == [
        "S1 NEW cum 0 leaves 50 NEW",
        "S2 REJECTED EXCHANGE_CLOSED",
        "B2 CANCELED cum 0 leaves 0 CANCELED",
    ]


def test_trading_resumes_by_an_auction_of_all_that_waited() -> None:
    desk = halted().order("S1 SELL 50 @ 9.90", client="D").order("B2 BUY 100 @ 9.95")
    desk.heard()
    assert desk.exchange.resume("A", "told", desk.now) == ""
    assert desk.facts() == ["HaltFact", "HaltFact", "phase UNSCHEDULED_AUCTION", "auction 1000 pairs 50 leaves 50"]
    assert desk.at(159).fills() == []
    assert desk.at(160).fills() == ["S1 50@10", "B1 50@10"]
    assert desk.facts() == ["Trade", "phase CONTINUOUS", "auction 0 pairs 0 leaves 0"]
    assert desk.order("S3 SELL 60 @ 9.95", client="D").fills() == ["B1 50@10", "S3 50@10", "B2 10@9.95", "S3 10@9.95"]


def test_a_halt_is_told_once_and_ended_once() -> None:
    desk = halted()
    assert desk.exchange.halt("A", "again", desk.now) == "A is halted already"
    assert desk.exchange.halt("X", "", desk.now) == "Symbol(55) X is not listed here"
    assert desk.exchange.resume("", "", desk.now) == ""
    assert desk.exchange.resume("", "", desk.now) == "the market is not halted"


def test_a_profile_may_refuse_orders_in_a_halt() -> None:
    desk = halted(TradingRules(tape_auctions=False, halt_takes_orders=False)).order("S1 SELL 50 @ 9.90", client="D")
    assert desk.heard() == ["S1 REJECTED EXCHANGE_CLOSED"]


def test_an_auction_that_a_halt_held_back_trades_when_it_ends() -> None:
    desk = ClientsDesk().at(50).order("B1 BUY 10 @ 10.00").order("S1 SELL 10 @ 10.00", client="D")
    desk.exchange.halt("", "fire alarm", desk.now)
    desk.heard()
    assert desk.at(99).fills() == [] and desk.at(120).fills() == []
    desk.exchange.resume("", "back", desk.now)
    assert desk.fills() == ["S1 10@10", "B1 10@10"]


def test_the_day_ends_in_a_halt_too() -> None:
    desk = halted()
    assert desk.at(2000).heard() == ["B1 EXPIRED cum 0 leaves 0 EXPIRED"]


def test_a_halt_of_the_tape_stops_clients_until_the_tape_trades_again() -> None:
    desk = Desk().quote("10.00", 100, "10.02", 100).order("B1 BUY 10 @ 10.01")
    desk.heard()
    desk.exchange.on_halt(TapeHalt("A", desk.now, HaltState.HALTED))
    assert desk.trade("9.00", 500).order("B2 BUY 10 @ 10.02").fills() == []
    desk.exchange.on_halt(TapeHalt("A", desk.now, HaltState.QUOTING))
    assert desk.quote("10.00", 100, "10.01", 100).fills() == []
    desk.exchange.on_halt(TapeHalt("A", desk.now, HaltState.RESUMED))
    assert desk.fills() == ["B1 10@10.01", "B2 10@10.01"], (
        "what is shown is met when trading goes on, not a quote later"
    )


def test_the_tape_does_not_end_a_halt_of_the_operator() -> None:
    desk = Desk().quote("10.00", 100, "10.02", 100)
    desk.exchange.halt("A", "ours", desk.now)
    desk.exchange.on_halt(TapeHalt("A", desk.now, HaltState.RESUMED))
    assert desk.exchange.markets["A"].day.halt_reason == "ours"


def test_a_halt_in_a_batch_of_rows_is_one_too() -> None:
    desk = Desk().quote("10.00", 100, "10.02", 100)
    rows = BatchWriter("A")
    rows.put(desk.now, HALT, HALTED, 0, 0)
    rows.put(desk.now + 1, HALT, QUOTING, 0, 0)
    batch = rows.take()
    desk.exchange.on_rows(batch, 0, 2)
    assert desk.exchange.markets["A"].day.halt_reason != ""
    rows.put(desk.now + 2, HALT, RESUMED, 0, 0)
    desk.exchange.on_rows(rows.take(), 0, 1)
    assert desk.exchange.markets["A"].day.is_trading()

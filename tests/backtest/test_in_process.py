"""A desk and an exchange joined in one process: what the desk asks is done, what the exchange reports is known."""

from __future__ import annotations

import pytest

from kairos.backtest.in_process import InProcess
from kairos.engine.engine import Engine
from kairos.market.tape import PrintKind, Quote, Trade
from kairos.model.commands import (
    CancelOrder,
    DefineAccount,
    DefineClient,
    DefineInstrument,
    DefineVenue,
    ReplaceOrder,
    SetLimits,
    SubmitOrder,
)
from kairos.model.enums import HandlInst, OrdStatus, OrdType, Side, TimeInForce, VenueKind
from kairos.model.events import Event, OrderRefused, RequestRefused, TradeBooked
from kairos.model.numbers import PRICE_SCALE
from kairos.model.values import Limits, Terms
from kairos.model.wire import encode_events
from kairos.state.order import Order
from kairos.venue.exchange import Exchange
from kairos.venue.listing import Listing

START_NS = 1_795_000_000_000_000_000
HOUR_NS = 3_600_000_000_000
MUCH = 10**9 * PRICE_SCALE
NAME = "ABC.XNYS"


class Drill:
    """One client, one instrument, quotes at 99.00/101.00 unless said."""

    def __init__(self) -> None:
        listing = Listing(NAME, PRICE_SCALE // 100, 1, START_NS - 1, START_NS + HOUR_NS, opening_wait_ns=0)
        self.joined = InProcess(Engine(), {"XNYS": Exchange([listing], "X")})
        self.now_ns = START_NS
        self.events: list[Event] = []
        for command in (
            DefineVenue("XNYS", VenueKind.EXCHANGE, "Venue", "XNYS", 5_000_000_000, ""),
            DefineClient("C", "Client", True, ""),
            DefineAccount("A", "C", "Account", "USD", MUCH, True, ""),
            SetLimits("A", Limits(10_000, MUCH, 1_000, 10**9, MUCH, MUCH, 1_000, 1_000), ""),
            DefineInstrument(
                NAME, "ABC", "XNYS", "ABC", "USD", "", "", PRICE_SCALE // 100, 1, 1, 100 * PRICE_SCALE, ""
            ),
        ):
            self.events += self.joined.give(command, self.now_ns)
        self.events += self.joined.open(self.now_ns)
        self.quote(99, 101)

    def quote(self, bid: int, ask: int, size: int = 1_000) -> list[Event]:
        self.now_ns += 1
        quote = Quote(NAME, self.now_ns, bid * PRICE_SCALE, size, ask * PRICE_SCALE, size)
        return self.note(self.joined.on_quote("XNYS", quote))

    def submit(self, cl_ord_id: str, side: Side, qty: int, px: int) -> list[Event]:
        self.now_ns += 1
        order = SubmitOrder(
            "S", "C", cl_ord_id, "A", NAME, side, HandlInst.AUTOMATED_NO_INTERVENTION, terms(qty, px), "", "",
            self.now_ns, False, "",
        )  # fmt: skip
        return self.note(self.joined.give(order, self.now_ns))

    def note(self, events: list[Event]) -> list[Event]:
        self.events += events
        return events

    def order(self, cl_ord_id: str) -> Order:
        return next(o for o in self.joined.engine.desk.orders.values() if o.cl_ord_id == cl_ord_id)


def terms(qty: int, px: int) -> Terms:
    return Terms(qty, OrdType.LIMIT, px * PRICE_SCALE, 0, TimeInForce.DAY, 0, 0)


def test_a_marketable_order_is_filled_before_give_returns() -> None:
    drill = Drill()
    events = drill.submit("O1", Side.BUY, 100, 101)
    (trade,) = [event for event in events if isinstance(event, TradeBooked)]
    assert (trade.last_qty, trade.last_px) == (100, 101 * PRICE_SCALE)
    assert drill.joined.engine.desk.find_position("A", NAME).qty == 100
    assert drill.order("O1").base is OrdStatus.FILLED


def test_a_resting_order_is_filled_by_the_quote_that_reaches_it() -> None:
    drill = Drill()
    drill.submit("O1", Side.BUY, 100, 100)
    assert drill.order("O1").base is OrdStatus.NEW
    events = drill.quote(98, 99)
    assert [event.last_px for event in events if isinstance(event, TradeBooked)] == [100 * PRICE_SCALE]
    assert drill.joined.engine.desk.instruments[NAME].ask_px == 99 * PRICE_SCALE


def test_a_print_marks_the_desk_and_fills_what_it_trades_through() -> None:
    drill = Drill()
    drill.submit("O1", Side.BUY, 100, 100)
    trade = Trade(NAME, drill.now_ns + 1, 99 * PRICE_SCALE, 500, PrintKind.REGULAR)
    events = drill.joined.on_trade("XNYS", trade)
    assert [event.last_qty for event in events if isinstance(event, TradeBooked)] == [100]
    marked = drill.joined.engine.desk.instruments[NAME]
    assert (marked.last_px, marked.bid_px) == (99 * PRICE_SCALE, 99 * PRICE_SCALE), "a print leaves the quote as it was"


def test_a_cancel_and_a_replace_reach_the_exchange_and_come_back() -> None:
    drill = Drill()
    drill.submit("O1", Side.BUY, 100, 100)
    replace = ReplaceOrder("S", "C", "O2", "O1", 0, NAME, Side.BUY, terms(200, 99), "", drill.now_ns, "")
    drill.joined.give(replace, drill.now_ns)
    assert drill.order("O2").terms.order_qty == 200
    drill.joined.give(CancelOrder("S", "C", "O3", "O2", 0, NAME, "", drill.now_ns, ""), drill.now_ns)
    assert [order.base for order in drill.joined.engine.desk.orders.values()] == [OrdStatus.CANCELED]
    assert drill.joined.exchanges["XNYS"].live_orders("KAIROS", "", drill.now_ns) == []


def test_a_refused_order_never_reaches_the_exchange() -> None:
    drill = Drill()
    events = drill.submit("O1", Side.BUY, 1_000_000, 101)
    assert any(isinstance(event, OrderRefused) for event in events)
    assert drill.joined.exchanges["XNYS"].blotter.order_count == 0


def test_a_late_cancel_is_refused() -> None:
    drill = Drill()
    drill.submit("O1", Side.BUY, 100, 101)
    events = drill.joined.give(CancelOrder("S", "C", "O2", "O1", 0, NAME, "", drill.now_ns, ""), drill.now_ns)
    assert any(isinstance(event, RequestRefused) for event in events)


def test_the_end_of_the_day_expires_what_rests() -> None:
    drill = Drill()
    drill.submit("O1", Side.BUY, 100, 100)
    drill.joined.advance(START_NS + 2 * HOUR_NS)
    assert drill.order("O1").base is OrdStatus.EXPIRED


def test_a_quote_of_a_stranger_changes_nothing() -> None:
    drill = Drill()
    assert drill.joined.on_quote("XNYS", Quote("ZZZ.XNYS", drill.now_ns, 1, 1, 2, 1)) == []


@pytest.mark.parametrize("prices", [(101, 99), (100, 102)])
def test_the_same_calls_give_the_same_bytes(prices: tuple[int, int]) -> None:
    drills = [Drill(), Drill()]
    for drill in drills:
        drill.submit("O1", Side.BUY, 100, prices[0])
        drill.submit("O2", Side.SELL, 50, prices[1])
        drill.quote(98, 99)
    assert encode_events(drills[0].events) == encode_events(drills[1].events)

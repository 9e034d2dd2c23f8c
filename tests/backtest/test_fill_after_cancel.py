"""An exchange that confirms a cancel while a fill is on its way: the desk hears of both, and books both right."""

from __future__ import annotations

from tests.backtest.test_in_process import NAME, Drill

from kairos.backtest.in_process import command_of
from kairos.market.tape import Quote
from kairos.model.commands import CancelOrder
from kairos.model.enums import OrdStatus, Side
from kairos.model.events import RouteCancelRequested, TradeBooked, VenueReportRefused
from kairos.model.numbers import PRICE_SCALE
from kairos.venue.faults import FaultPlan, Faults

LATER_NS = 10**9


def test_a_fill_that_comes_after_the_cancel_counts_and_the_order_stays_canceled() -> None:
    drill = Drill()
    drill.submit("O1", Side.BUY, 100, 100)
    engine, exchange = drill.joined.engine, drill.joined.exchanges["XNYS"]
    faults = Faults(FaultPlan(fill_after_cancel=1000), 1)

    def hear(now_ns: int) -> None:
        faults.pass_on(exchange.drain(), now_ns)
        for message in faults.due(now_ns):
            drill.note(engine.handle(command_of("XNYS", message), now_ns))

    exchange.on_quote(Quote(NAME, drill.now_ns + 1, 99 * PRICE_SCALE, 500, 100 * PRICE_SCALE, 40))
    hear(drill.now_ns + 1)
    assert engine.desk.find_position("A", NAME).qty == 0, "the fill is on its way"
    asked = engine.handle(CancelOrder("S", "C", "O2", "O1", 0, NAME, "", drill.now_ns + 2, ""), drill.now_ns + 2)
    (request,) = [event for event in asked if isinstance(event, RouteCancelRequested)]
    exchange.cancel("KAIROS", request.cl_ord_id, request.orig_cl_ord_id, drill.now_ns + 2)
    hear(drill.now_ns + 2)
    order = next(iter(engine.desk.orders.values()))
    assert (order.base, order.cum_qty, order.leaves_qty()) == (OrdStatus.CANCELED, 0, 0)
    assert engine.desk.accounts["A"].reserved == 0, "nothing is left to pay for"

    drill.events.clear()
    hear(drill.now_ns + 2 + LATER_NS)
    (trade,) = [event for event in drill.events if isinstance(event, TradeBooked)]
    assert (trade.last_qty, trade.last_px) == (40, 100 * PRICE_SCALE)
    assert not any(isinstance(event, VenueReportRefused) for event in drill.events)
    assert (order.base, order.cum_qty, order.leaves_qty()) == (OrdStatus.CANCELED, 40, 0)
    assert engine.desk.find_position("A", NAME).qty == 40

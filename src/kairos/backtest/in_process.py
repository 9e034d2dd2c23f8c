"""An engine and simulated exchanges joined without FIX, sockets or a clock.

What the engine asks of a venue reaches its exchange at once, and what the exchange reports comes back as commands,
until both sides are quiet. The caller, a strategy or a drill, gives commands and the market's quotes and gets every
event that came of each, in the order in which a journal would keep them. The same calls give the same events.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.engine.engine import Engine
from kairos.market.tape import Quote, Trade
from kairos.model.commands import AdvanceTime, Command, ReportCancelReject, ReportExecution, SetVenueState, UpdateMark
from kairos.model.events import (
    Event,
    RouteCancelRequested,
    RouteEvent,
    RouteReplaceRequested,
    RouteRequested,
    RouteStatusRequested,
)
from kairos.venue.exchange import Exchange
from kairos.venue.reports import CancelReject, Report, VenueMessage

DESK: Final = "KAIROS"  # the name under which the desk is a client of its exchanges


class InProcess:
    """Joins an engine with exchanges by venue id: the venues that it defines, up once `open` is called."""

    def __init__(self, engine: Engine, exchanges: dict[str, Exchange]) -> None:
        self.engine: Final = engine
        self.exchanges: Final = exchanges

    def open(self, now_ns: i64) -> list[Event]:
        """All venues are up."""
        events: list[Event] = []
        for venue_id in self.exchanges:
            events += self.give(SetVenueState(venue_id, True), now_ns)
        return events

    def give(self, command: Command, now_ns: i64) -> list[Event]:
        """Decide a command and let the venues answer what it asks of them."""
        return self._settle(self.engine.handle(command, now_ns), now_ns)

    def on_quote(self, venue_id: str, quote: Quote) -> list[Event]:
        """A market's best bid and offer: the desk's mark first, then what trades at the exchange."""
        exchange = self.exchanges[venue_id]
        events = self._mark(quote.instrument, quote.bid_px, quote.ask_px, 0, quote.time_ns)
        exchange.on_quote(quote)
        self._hear(venue_id, exchange, events, quote.time_ns)
        return self._settle(events, quote.time_ns)

    def on_trade(self, venue_id: str, trade: Trade) -> list[Event]:
        """A print of a market: the desk's mark first, then what trades at the exchange."""
        exchange = self.exchanges[venue_id]
        events = self._mark(trade.instrument, 0, 0, trade.px, trade.time_ns)
        exchange.on_trade(trade)
        self._hear(venue_id, exchange, events, trade.time_ns)
        return self._settle(events, trade.time_ns)

    def advance(self, now_ns: i64) -> list[Event]:
        """Let time go by at the desk and at the venues."""
        events: list[Event] = []
        for venue_id, exchange in self.exchanges.items():
            exchange.advance(now_ns)
            self._hear(venue_id, exchange, events, now_ns)
        while self.engine.next_deadline_ns() <= now_ns:
            events += self.engine.handle(AdvanceTime(), self.engine.next_deadline_ns())
        return self._settle(events, now_ns)

    def _mark(self, instrument_id: str, bid_px: i64, ask_px: i64, last_px: i64, now_ns: i64) -> list[Event]:
        """Tell the desk what the market shows; 0 leaves what it knew."""
        known = self.engine.desk.instruments.get(instrument_id)
        if known is None:
            return []
        mark = UpdateMark(instrument_id, bid_px or known.bid_px, ask_px or known.ask_px, last_px or known.last_px)
        return self.engine.handle(mark, now_ns)

    def _settle(self, events: list[Event], now_ns: i64) -> list[Event]:
        """Carry out what the events ask of venues; the answers' events join the list and may ask again."""
        at = 0
        while at < len(events):
            event = events[at]
            at += 1
            if isinstance(event, RouteEvent):
                self._carry_out(event, events, now_ns)
        return events

    def _carry_out(self, event: RouteEvent, events: list[Event], now_ns: i64) -> None:
        if isinstance(event, RouteRequested):
            venue_id = event.venue_id
            exchange = self.exchanges[venue_id]
            terms = event.terms
            exchange.submit(
                DESK, event.cl_ord_id, event.instrument_id, event.side, terms.ord_type, terms.time_in_force,
                terms.order_qty, now_ns, terms.price, terms.stop_px, terms.max_floor, terms.expire_at_ns,
            )  # fmt: skip
        elif isinstance(event, RouteCancelRequested):
            venue_id = self.engine.desk.routes[event.route_id].venue_id
            exchange = self.exchanges[venue_id]
            exchange.cancel(DESK, event.cl_ord_id, event.orig_cl_ord_id, now_ns)
        elif isinstance(event, RouteReplaceRequested):
            venue_id = self.engine.desk.routes[event.route_id].venue_id
            exchange = self.exchanges[venue_id]
            terms = event.terms
            exchange.replace(
                DESK, event.cl_ord_id, event.orig_cl_ord_id, terms.order_qty, now_ns,
                terms.price, terms.stop_px, terms.max_floor, terms.expire_at_ns,
            )  # fmt: skip
        elif isinstance(event, RouteStatusRequested):
            route = self.engine.desk.routes[event.route_id]
            venue_id = route.venue_id
            exchange = self.exchanges[venue_id]
            instrument = self.engine.desk.orders[route.order_id].instrument_id()
            exchange.status(DESK, route.cl_ord_id, instrument, route.side, now_ns)
        else:
            return
        self._hear(venue_id, exchange, events, now_ns)

    def _hear(self, venue_id: str, exchange: Exchange, events: list[Event], now_ns: i64) -> None:
        """Take what the exchange reports."""
        for message in exchange.drain():
            events += self.engine.handle(command_of(venue_id, message), now_ns)


def command_of(venue_id: str, message: VenueMessage) -> Command:
    """An exchange's report as the command that its FIX message would become."""
    if isinstance(message, CancelReject):
        return ReportCancelReject(
            venue_id, message.cl_ord_id, message.orig_cl_ord_id, message.venue_order_id, message.ord_status,
            message.cxl_rej_reason.value, message.response_to, message.text,
        )  # fmt: skip
    return _execution(venue_id, message)


def _execution(venue_id: str, report: Report) -> ReportExecution:
    reason = report.ord_rej_reason
    return ReportExecution(
        venue_id, report.exec_type, report.ord_status, report.cl_ord_id, report.orig_cl_ord_id, report.venue_order_id,
        report.exec_id, report.exec_ref_id, report.last_qty, report.last_px, report.cum_qty, report.leaves_qty,
        report.order_qty, report.price, "" if reason is None else reason.value, report.text, report.transact_time_ns,
        False,
    )  # fmt: skip

"""What the engine's and the exchange's journals say happened, each read for itself after the end.

The exchange's is the record of what it sent: its ExecutionReports, as the bytes went out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kairos.adapters.journal_sqlite import SqliteJournal
from kairos.demo.risk_told import RiskTold
from kairos.desk.blotter import Blotter
from kairos.fix import tags as t
from kairos.model.enums import Side
from kairos.model.events import (
    Event,
    MarkUpdated,
    OrderAccepted,
    OrderRefused,
    OrderRejected,
    RequestRefused,
    RequestRejected,
    RouteReplaceRequested,
    RouteRequested,
    RouteUnknown,
    SessionSent,
    TradeBooked,
    TradeBusted,
    TradeCorrected,
)
from kairos.model.numbers import parse_price, parse_qty
from kairos.model.wire import decode_events

SOH: Final = b"\x01"


@dataclass(frozen=True, slots=True)
class Execution:
    """Units at a price, of an order of ours. `by_hand`: recorded by a person, so no exchange knows of it."""

    order_id: int
    qty: int
    px: int
    by_hand: bool = False


@dataclass(slots=True)
class EngineRecord:
    """The engine's journal, folded."""

    blotter: Blotter = field(default_factory=Blotter)
    executions: dict[int, Execution] = field(default_factory=dict)  # by the ExecID(17) of the trade
    order_of_route_id: dict[str, int] = field(default_factory=dict)  # by each ClOrdID(11) that we gave the route
    accepted: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    requests_refused: Counter[str] = field(default_factory=Counter)
    rejected_by_venue: Counter[str] = field(default_factory=Counter)  # accepted by us, and then not taken
    unknown_routes: int = 0
    marks: int = 0
    events: int = 0
    risk: RiskTold = field(default_factory=RiskTold)
    _order_of_route: dict[int, int] = field(default_factory=dict)

    def take(self, event: Event) -> None:
        self.events += 1
        self.blotter.apply(event)
        self.risk.take(event)
        if isinstance(event, OrderAccepted):
            self.accepted += 1
        elif isinstance(event, OrderRefused):
            self.refused[event.code.value] += 1
        elif isinstance(event, (RequestRefused, RequestRejected)):
            self.requests_refused[event.code.value] += 1
        elif isinstance(event, OrderRejected):
            self.rejected_by_venue[event.text] += 1
        elif isinstance(event, MarkUpdated):
            self.marks += 1
        elif isinstance(event, RouteUnknown):
            self.unknown_routes += 1
        elif isinstance(event, RouteRequested):
            self._order_of_route[event.route_id] = event.order_id
            self.order_of_route_id[event.cl_ord_id] = event.order_id
        elif isinstance(event, RouteReplaceRequested):
            self.order_of_route_id[event.cl_ord_id] = self._order_of_route[event.route_id]
        else:
            self._take_trade(event)

    def _take_trade(self, event: Event) -> None:
        if isinstance(event, TradeBooked):
            by_hand = event.route_id == 0
            self.executions[event.exec_id] = Execution(event.order_id, event.last_qty, event.last_px, by_hand)
        elif isinstance(event, TradeBusted):
            self.executions.pop(event.trade_id, None)
        elif isinstance(event, TradeCorrected):
            before = self.executions[event.trade_id]
            self.executions[event.trade_id] = Execution(event.order_id, event.last_qty, event.last_px, before.by_hand)

    def side_of(self, execution: Execution) -> Side:
        return self.blotter.rows[execution.order_id].side


def engine_record(journal: Path) -> EngineRecord:
    record = EngineRecord()
    for event in journal_events(journal):
        record.take(event)
    return record


def exchange_executions(journal: Path, order_of_route_id: dict[str, int]) -> list[Execution]:
    """What the exchange says that it executed, by our order (0: not ours). A report sent twice counts once."""
    found: dict[str, Execution] = {}
    for event in journal_events(journal):
        if isinstance(event, SessionSent) and event.msg_type == t.EXECUTION_REPORT:
            _take_report(fields_of(event.body), order_of_route_id, found)
    return list(found.values())


def _take_report(report: dict[int, str], order_of_route_id: dict[str, int], found: dict[str, Execution]) -> None:
    kind = report[t.EXEC_TYPE]
    if kind in ("G", "H"):
        found.pop(report[t.EXEC_REF_ID], None)
    if kind in ("F", "G"):
        order_id = order_of_route_id.get(report[t.CL_ORD_ID], 0)
        execution = Execution(order_id, parse_qty(report[t.LAST_QTY]), parse_price(report[t.LAST_PX]))
        found[report[t.EXEC_ID]] = execution


def fields_of(body: bytes) -> dict[int, str]:
    """The fields of a body that has no groups and no data fields."""
    pairs = (field.split(b"=", 1) for field in body.split(SOH) if field)
    return {int(tag): value.decode("iso-8859-1") for tag, value in pairs}


def journal_events(journal: Path) -> Iterator[Event]:
    """Every event of a journal, in order."""
    reader = SqliteJournal.open(journal, read_only=True)
    try:
        for batch in reader.read():
            yield from decode_events(batch.body)
    finally:
        reader.close()

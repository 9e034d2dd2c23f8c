"""Tables for analysts, row by row as the journal is read: what is in memory is what the desk holds, two days of orders.

`events`   every event: what most have in common as columns, all of it as JSON in `fields`
`orders`   every client order that changed in the span, as it was at the span's end
`trades`   every report of an execution, and each bust and correction as a row of its own, as FIX tells them
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from typing import Final

from kairos.history.columns import TableRow, Value, columns
from kairos.history.span import Span, events_in, events_until
from kairos.model.events import (
    Event,
    OrderEvent,
    TradeBooked,
    TradeBusted,
    TradeCorrected,
    TradingDayStarted,
)
from kairos.model.values import Standing, Terms
from kairos.state.desk import Desk
from kairos.state.fold import apply
from kairos.state.order import Order

EVENT_COLUMNS: Final = columns(
    "seq:count at:time event order_id:count route_id:count exec_id:count cl_ord_id client_id account_id instrument_id"
    " venue_id session user_id side order_qty:count ord_type price:price stop_px:price time_in_force ord_status"
    " cum_qty:count leaves_qty:count avg_px:price last_qty:count last_px:price code text fields"
)
ORDER_COLUMNS: Final = columns(
    "order_id:count cl_ord_id client_id account_id instrument_id currency side handl_inst order_qty:count ord_type"
    " price:price stop_px:price time_in_force ord_status cum_qty:count leaves_qty:count avg_px:price notional:money"
    " venue_id session user_id list_id cross_id text accepted_at:time last_at:time last_seq:count"
)
TRADE_COLUMNS: Final = columns(
    "seq:count at:time exec_type exec_id:count exec_ref_id:count trade_id:count order_id:count cl_ord_id client_id"
    " account_id instrument_id currency side last_qty:count last_px:price venue_id venue_exec_id contra text user_id"
)


def event_rows(
    journal: Path, span: Span, wanted: Callable[[Event], bool], fields_of: Callable[[Event], str]
) -> Iterator[TableRow]:
    """The rows of `EVENT_COLUMNS`, of the events that are wanted; `fields_of` gives an event as JSON."""
    for seq, event in events_in(journal, span):
        if not wanted(event):
            continue
        said = {name: getattr(event, name) for name in event.names()}
        terms, standing = said.get("terms"), said.get("standing")
        for value in (terms, standing):
            if isinstance(value, (Terms, Standing)):
                said |= {name: getattr(value, name) for name in value.names()}
        said |= {"seq": seq, "at": event.at_ns, "event": type(event).__name__, "fields": fields_of(event)}
        yield tuple(_cell(said.get(column.name)) for column in EVENT_COLUMNS)


def _cell(value: object) -> Value:
    """Enumerations by their meaning; what says nothing is nothing."""
    if isinstance(value, Enum):
        return value.name
    return value if isinstance(value, (int, str)) and value != "" else None


def order_rows(journal: Path, span: Span) -> Iterator[TableRow]:
    """The rows of `ORDER_COLUMNS`: an order's row comes when the desk forgets it, or at the end."""
    desk = Desk()
    changed: dict[int, tuple[int, int]] = {}  # order -> time and sequence of its last event in the span
    for seq, event in events_until(journal, span):
        if isinstance(event, TradingDayStarted):
            ended = [order for order in desk.orders.values() if not order.is_open()]
            apply(desk, event)
            yield from (_order_row(order, changed) for order in ended if _is_due(order, desk, changed))
            changed = {order_id: last for order_id, last in changed.items() if order_id in desk.orders}
            continue
        apply(desk, event)
        if isinstance(event, OrderEvent) and span.holds(seq, event):
            order_id = getattr(event, "order_id", 0)
            if order_id in desk.orders:
                changed[order_id] = (event.at_ns, seq)
    yield from (_order_row(order, changed) for order in desk.orders.values() if order.order_id in changed)


def _is_due(order: Order, desk: Desk, changed: dict[int, tuple[int, int]]) -> bool:
    return order.order_id in changed and order.order_id not in desk.orders


def _order_row(order: Order, changed: dict[int, tuple[int, int]]) -> TableRow:
    terms, standing = order.terms, order.standing()
    last_at, last_seq = changed[order.order_id]
    return (
        order.order_id,
        order.cl_ord_id,
        order.client_id,
        order.account_id(),
        order.instrument_id(),
        order.position.instrument.defined.currency,
        order.side.name,
        order.handl_inst.name,
        terms.order_qty,
        terms.ord_type.name,
        terms.price or None,
        terms.stop_px or None,
        terms.time_in_force.name,
        standing.ord_status.name,
        standing.cum_qty,
        standing.leaves_qty,
        standing.avg_px or None,
        order.notional,
        order.venue_id or None,
        order.session or None,
        order.user_id or None,
        order.list_id or None,
        order.cross_id or None,
        order.text or None,
        order.accepted_at_ns,
        last_at,
        last_seq,
    )


def trade_rows(journal: Path, span: Span) -> Iterator[TableRow]:
    """The rows of `TRADE_COLUMNS`."""
    desk = Desk()
    for seq, event in events_until(journal, span):
        apply(desk, event)
        if isinstance(event, (TradeBooked, TradeBusted, TradeCorrected)) and span.holds(seq, event):
            yield _trade_row(seq, event, desk.orders[event.order_id], desk)


def _trade_row(seq: int, event: TradeBooked | TradeBusted | TradeCorrected, order: Order, desk: Desk) -> TableRow:
    if isinstance(event, TradeBooked):
        exec_type, exec_ref_id, trade_id = "TRADE", None, event.exec_id
        venue_id, contra, text = event.venue_id, event.contra, ""
    else:
        exec_type = "TRADE_CANCEL" if isinstance(event, TradeBusted) else "TRADE_CORRECT"
        exec_ref_id, trade_id, text = event.exec_ref_id, event.trade_id, event.text
        venue_id, contra = desk.trades[trade_id].venue_id, ""
    return (
        seq,
        event.at_ns,
        exec_type,
        event.exec_id,
        exec_ref_id,
        trade_id,
        order.order_id,
        order.cl_ord_id or None,
        order.client_id,
        order.account_id(),
        order.instrument_id(),
        order.position.instrument.defined.currency,
        order.side.name,
        event.last_qty,
        event.last_px,
        venue_id or None,
        event.venue_exec_id or None,
        contra or None,
        text or None,
        event.user_id or None,
    )

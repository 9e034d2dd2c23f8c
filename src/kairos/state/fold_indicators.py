"""Folds what indicators need beside the desk's own events, and writes what a snapshot must keep of them."""

from __future__ import annotations

from mypy_extensions import i64

from kairos.model.enums import NodeKind
from kairos.model.events import (
    Event,
    IndicatorsSnapshot,
    PlaceWatched,
    PositionPnlSnapshot,
    ReturnsSet,
    RiskEvent,
)
from kairos.model.values import BurstSlot, CurrencySlippage, TrendState
from kairos.state.burst import Burst
from kairos.state.cells import Cell
from kairos.state.desk import Desk
from kairos.state.indicators import Indicators
from kairos.state.positions import Position
from kairos.state.trend import Trend
from kairos.state.watching import start_indicators


def apply_indicator_event(desk: Desk, event: RiskEvent) -> bool:
    """Fold one; False for an event of another matter."""
    if isinstance(event, ReturnsSet):
        desk.returns.put(event)
    elif isinstance(event, PlaceWatched):
        start_indicators(desk, desk.tree.cell(event.place), event.at_ns)
    elif isinstance(event, PositionPnlSnapshot):
        _restore_day(desk, event)
    elif isinstance(event, IndicatorsSnapshot):
        _restore(start_indicators(desk, desk.tree.cell(event.place), event.at_ns), event)
    else:
        return False
    return True


def _restore_day(desk: Desk, event: PositionPnlSnapshot) -> None:
    position = _position(desk, event)
    day = position.day
    day.exec_id = event.exec_id
    day.mark_px = event.mark_px
    day.base = event.base
    day.closed_qty = event.closed_qty
    day.won_qty = event.won_qty
    day.lost_qty = event.lost_qty
    day.won = event.won
    day.lost = event.lost
    position.restore_day()


def _position(desk: Desk, event: PositionPnlSnapshot) -> Position:
    if event.node is NodeKind.ACCOUNT:
        return desk.position(event.node_id, event.instrument_id)
    return desk.tree.book_position(event.node, event.node_id, desk.instruments[event.instrument_id])


def _restore(indicators: Indicators, event: IndicatorsSnapshot) -> None:
    indicators.since_exec_id = event.since_exec_id
    indicators.day_pnl = event.day_pnl
    indicators.peak = event.peak
    indicators.peak_exec_id = event.peak_exec_id
    indicators.rejected = event.rejected
    indicators.ordered_qty = event.ordered_qty
    indicators.filled_qty = event.filled_qty
    indicators.slippages = []
    for one in event.slippages:
        slippage = indicators.slippage_of(one.currency)
        slippage.cost = one.slippage
        slippage.arrival = one.arrival
    indicators.order_burst.clear()
    indicators.fill_burst.clear()
    for slot in event.bursts:
        burst = indicators.fill_burst if slot.fills else indicators.order_burst
        burst.put(slot.slot, slot.count)
    for trend, state in zip(indicators.trends(), event.trends, strict=True):
        trend.value = state.value
        trend.seen_ns = state.seen_ns
        trend.moved = state.moved
        trend.over_ns = state.over_ns


def snapshot_indicators(desk: Desk, at_ns: i64, events: list[Event]) -> None:
    """After positions and orders, which would count as today's what they fold in."""
    for event in desk.returns.set_by.values():
        events.append(event)
    for held in desk.positions.values():
        for position in held.values():
            events.append(_day(position, NodeKind.ACCOUNT, position.account.account_id, at_ns))
    for book in desk.tree.books.values():
        for position in book.positions.values():
            events.append(_day(position, book.node, book.node_id, at_ns))
    for cell in desk.tree.cells.values():
        if cell.indicators is not None:
            events.append(_memory(cell, cell.indicators, at_ns))


def _day(position: Position, node: NodeKind, node_id: str, at_ns: i64) -> PositionPnlSnapshot:
    day = position.day
    return PositionPnlSnapshot(
        at_ns=at_ns,
        node=node,
        node_id=node_id,
        instrument_id=position.instrument.instrument_id,
        exec_id=day.exec_id,
        mark_px=day.mark_px,
        base=day.base,
        closed_qty=day.closed_qty,
        won_qty=day.won_qty,
        lost_qty=day.lost_qty,
        won=day.won,
        lost=day.lost,
    )


def _memory(cell: Cell, indicators: Indicators, at_ns: i64) -> IndicatorsSnapshot:
    return IndicatorsSnapshot(
        at_ns=at_ns,
        place=cell.place,
        since_exec_id=indicators.since_exec_id,
        day_pnl=indicators.day_pnl,
        peak=indicators.peak,
        peak_exec_id=indicators.peak_exec_id,
        rejected=indicators.rejected,
        ordered_qty=indicators.ordered_qty,
        filled_qty=indicators.filled_qty,
        slippages=tuple([CurrencySlippage(s.currency, s.cost, s.arrival) for s in indicators.slippages]),
        bursts=tuple(_slots(indicators.order_burst, False) + _slots(indicators.fill_burst, True)),
        trends=tuple([_state(trend) for trend in indicators.trends()]),
    )


def _slots(burst: Burst, fills: bool) -> list[BurstSlot]:
    return [BurstSlot(slot, count, fills) for slot, count in burst.slots()]


def _state(trend: Trend) -> TrendState:
    return TrendState(trend.value, trend.seen_ns, trend.moved, trend.over_ns)

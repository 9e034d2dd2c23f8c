"""Keeps the indicators of watched places up to date: once an event, after all of it is folded in.

A mark moves many positions, and a place's P&L is right only when the last of them has been weighed again. So whatever
changes a cell only marks it (`Cell.touch`), and `settle` looks at each marked cell when the event is done. The cells
stay in `Changes.touched` until the responses of the ladder have looked at them.
"""

from __future__ import annotations

from mypy_extensions import i64

from kairos.model.numbers import notional_of
from kairos.state.cells import RESTATED, Cell, Changes, Figures
from kairos.state.desk import Desk
from kairos.state.indicators import Indicators
from kairos.state.order import Order
from kairos.state.position_day import DayFigures
from kairos.state.positions import Trade, is_buy
from kairos.state.rates import Rates
from kairos.state.tree import cells_of_order


def start_indicators(desk: Desk, cell: Cell, at_ns: i64) -> Indicators:
    """The cell's indicators, reckoned from now on if they were not yet. What works now was ordered before that: in the
    worst case of pending replaces, as positions count it, since a walk over all orders would stop the desk."""
    known = cell.indicators
    if known is not None:
        return known
    made = Indicators(desk.next_exec_id)
    cell.indicators = made
    for position in desk.tree.positions_of(cell):
        made.ordered_qty += position.open_buy + position.open_sell
    observe(desk, cell, made, at_ns)
    return made


def begin_day_of_indicators(desk: Desk) -> None:
    """The trading day turns: units that are still open count as ordered today."""
    for cell in desk.tree.cells.values():
        if cell.indicators is not None:
            cell.indicators.begin_day(desk.day_exec_id)
    if desk.tree.is_bare():
        return
    for order in desk.orders.awake():
        if order.may_trade():
            note_resized(order, order.leaves_qty())


def settle(desk: Desk, at_ns: i64) -> None:
    """An event is folded in: look at the cells that it changed."""
    changes = desk.tree.changes
    for cell in changes.changed:
        cell.changed = False
        if cell.indicators is not None:
            observe(desk, cell, cell.indicators, at_ns)
        if not cell.touched:
            cell.touched = True
            changes.touched.append(cell)
    changes.changed.clear()
    changes.amended_id = 0


def take_touched(changes: Changes) -> list[Cell]:
    """The cells that changed since this was last asked for."""
    touched = changes.touched
    changes.touched = []
    for cell in touched:
        cell.touched = False
    return touched


def observe(desk: Desk, cell: Cell, indicators: Indicators, at_ns: i64) -> None:
    """Take note of where the cell's values are. Without a rate they are nowhere, and nothing is noted."""
    now = figures_of(cell, desk.tree.rates)
    day = day_figures_of(cell, desk.tree.rates)
    if now is None or day is None:
        return
    day_pnl = now.realized + now.unrealized - day.base
    amended_id = desk.tree.changes.amended_id
    if amended_id == RESTATED:
        indicators.restate_pnl(day_pnl)
    elif amended_id:
        indicators.amend_pnl(day_pnl, amended_id)
    else:
        indicators.see_pnl(day_pnl, at_ns, desk.next_exec_id)
    indicators.gross_trend.see(now.gross, at_ns)
    indicators.net_trend.see(now.net, at_ns)
    indicators.long_trend.see(now.long, at_ns)
    indicators.short_trend.see(now.short, at_ns)
    indicators.traded_trend.see(now.day_bought + now.day_sold, at_ns)


# What a cell comes to in its own currency


def figures_of(cell: Cell, rates: Rates) -> Figures | None:
    """None where a rate is missing."""
    if len(cell.sums) == 1 and cell.sums[0].currency == cell.currency:
        return cell.sums[0]
    total = Figures()
    for one in cell.sums:
        told = one.told_in(cell.currency, rates)
        if told is None:
            return None
        total.add(told)
    return total


def day_figures_of(cell: Cell, rates: Rates) -> DayFigures | None:
    """None where a rate is missing. Units are of all instruments together."""
    if len(cell.sums) == 1 and cell.sums[0].currency == cell.currency:
        return cell.sums[0].day
    total = DayFigures()
    for one in cell.sums:
        base = rates.convert(one.day.base, one.currency, cell.currency)
        won = rates.convert(one.day.won, one.currency, cell.currency)
        lost = rates.convert(one.day.lost, one.currency, cell.currency)
        if base is None or won is None or lost is None:
            return None
        total.add(one.day)
        total.base += base - one.day.base
        total.won += won - one.day.won
        total.lost += lost - one.day.lost
    return total


# What happens to orders


def note_order(cell: Cell, order: Order, at_ns: i64) -> None:
    """A new order was accepted."""
    if cell.indicators is not None:
        cell.indicators.ordered_qty += order.terms.order_qty
        cell.indicators.order_burst.add(at_ns)


def note_request(cell: Cell, at_ns: i64) -> None:
    """A replace came, or a new order or replace that was refused."""
    if cell.indicators is not None:
        cell.indicators.order_burst.add(at_ns)


def note_resized(order: Order, more_qty: i64) -> None:
    """An order asks for so many units more than before."""
    for cell in cells_of_order(order):
        if cell.indicators is not None:
            cell.indicators.ordered_qty += more_qty


def note_rejected(order: Order) -> None:
    """Its venue refused an order."""
    for cell in cells_of_order(order):
        cell.touch()
        if cell.indicators is not None:
            cell.indicators.rejected += 1


def note_fill(cell: Cell, order: Order, trade: Trade, at_ns: i64) -> None:
    """An execution came."""
    if cell.indicators is not None:
        cell.indicators.fill_burst.add(at_ns)
        _count_fill(cell.indicators, order, trade.last_qty, trade.last_px)


def note_amended(desk: Desk, order: Order, trade: Trade, was_qty: i64, was_px: i64) -> None:
    """An execution was busted or corrected: it counts as if it had always been what it is now. That it came at the time
    it did stays: bursts are of what happened."""
    desk.tree.changes.amended_id = trade.trade_id
    for cell in cells_of_order(order):
        indicators = cell.indicators
        if indicators is not None and trade.trade_id >= indicators.since_exec_id:
            _count_fill(indicators, order, -was_qty, was_px)
            if not trade.busted:
                _count_fill(indicators, order, trade.last_qty, trade.last_px)


def _count_fill(indicators: Indicators, order: Order, qty: i64, px: i64) -> None:
    instrument = order.position.instrument
    paid = notional_of(qty, px, instrument.multiplier)
    arrival = notional_of(qty, order.arrival_px, instrument.multiplier)
    cost = paid - arrival if is_buy(order.side) else arrival - paid
    indicators.fill(instrument.defined.currency, qty, cost, arrival)

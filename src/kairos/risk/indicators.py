"""What each indicator of a watched place is now, to the last unit, and when it will reach a level at the present rate.

Money is scaled by 10**8 and in the place's currency, shares are in basis points; divisions round down. Most come from
the cell's sums, which are exact under busts and corrections: a position is folded again without, or with other, units.
What hangs on the path says below what a bust does to it. None means that nothing can be said: nothing was closed yet,
no order came, a rate of exchange or returns are missing, or the place's indicators are not reckoned. No rule fires on
it.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.model.enums import LimitKind
from kairos.model.indicators import Indicator
from kairos.model.numbers import magnitude
from kairos.risk.value_at_risk import expected_shortfall, holdings_of, value_at_risk
from kairos.state.cells import Cell, Figures
from kairos.state.desk import Desk
from kairos.state.indicators import Indicators
from kairos.state.watching import day_figures_of, figures_of

BASIS_POINTS: Final = 10_000


def value_of(desk: Desk, cell: Cell, indicator: Indicator, now_ns: i64) -> int | None:
    """An indicator of a place; the frequent ones stand first."""
    figures = figures_of(cell, desk.tree.rates)
    if figures is None:
        return None
    if indicator is Indicator.LOSS:
        pnl = _day_pnl(desk, cell, figures)
        return None if pnl is None else max(-pnl, 0)
    if indicator is Indicator.DAY_PNL:
        return _day_pnl(desk, cell, figures)
    if indicator is Indicator.GROSS:
        return figures.gross
    if indicator is Indicator.NET:
        return figures.net
    if indicator is Indicator.LONG:
        return figures.long
    if indicator is Indicator.SHORT:
        return figures.short
    if indicator is Indicator.REALIZED_PNL:
        return figures.realized
    if indicator is Indicator.UNREALIZED_PNL:
        return figures.unrealized
    if indicator is Indicator.PNL:
        return figures.realized + figures.unrealized
    return _of_day(desk, cell, indicator, figures, now_ns)


def _day_pnl(desk: Desk, cell: Cell, figures: Figures) -> int | None:
    """Realized and unrealized P&L since the trading day began; of other currencies at the present rate, so that a rate
    moves what was won today and not what was held before."""
    day = day_figures_of(cell, desk.tree.rates)
    return None if day is None else figures.realized + figures.unrealized - day.base


def _of_day(desk: Desk, cell: Cell, indicator: Indicator, figures: Figures, now_ns: i64) -> int | None:
    if indicator is Indicator.WIN_RATE_BPS:
        return win_rate_bps(desk, cell)
    if indicator is Indicator.PROFIT_TO_LOSS_RATIO_BPS:
        return profit_to_loss_ratio_bps(desk, cell)
    if indicator is Indicator.EXPECTANCY:
        return expectancy(desk, cell)
    if indicator is Indicator.CONCENTRATION_BPS:
        return concentration_bps(desk, cell)
    if indicator is Indicator.OPEN_LOSS_BPS:
        return open_loss_bps(desk, cell, figures)
    if indicator is Indicator.VAR:
        return value_at_risk(desk, cell)
    if indicator is Indicator.EXPECTED_SHORTFALL:
        return expected_shortfall(desk, cell)
    if indicator is Indicator.ORDER_TO_TRADE:
        return order_to_trade(cell)
    if cell.indicators is None:
        return None
    return _of_path(desk, cell, cell.indicators, indicator, now_ns)


def _of_path(desk: Desk, cell: Cell, known: Indicators, indicator: Indicator, now_ns: i64) -> int | None:
    if indicator is Indicator.DRAWDOWN:
        return drawdown(known)
    if indicator is Indicator.PEAK_PNL:
        return known.peak
    if indicator is Indicator.STOP_LOSS_DISTANCE:
        return stop_loss_distance(known)
    if indicator is Indicator.ORDER_BURST:
        return int(known.order_burst.count(now_ns))
    if indicator is Indicator.FILL_BURST:
        return int(known.fill_burst.count(now_ns))
    if indicator is Indicator.FILL_RATE_BPS:
        return fill_rate_bps(known)
    if indicator is Indicator.REJECT_RATE_BPS:
        return reject_rate_bps(cell, known)
    if indicator is Indicator.SLIPPAGE or indicator is Indicator.SLIPPAGE_BPS:
        return slippage(desk, cell, known, indicator is Indicator.SLIPPAGE_BPS)
    return None


# Profit and loss


def drawdown(known: Indicators) -> int:
    """How far the day's P&L is below its peak of the day (the day begins at 0). A bust or correction of an execution
    from before the peak moves the peak by what it is worth now; of one from after it leaves the peak where it was."""
    return max(known.peak - known.day_pnl, 0)


def stop_loss_distance(known: Indicators) -> int | None:
    """How much more may be lost today until the first rule on the place's loss acts; below 0 when it has."""
    return known.stop_loss - max(-known.day_pnl, 0) if known.stop_loss else None


def open_loss_bps(desk: Desk, cell: Cell, figures: Figures) -> int | None:
    """Stop-loss points: what the open units have lost, of what they cost (brought, where short); 0 when they won."""
    outlay = 0
    for position in desk.tree.positions_of(cell):
        cost = desk.tree.rates.convert(position.cost, position.instrument.defined.currency, cell.currency)
        if cost is None:
            return None
        outlay += magnitude(cost)
    return max(-figures.unrealized, 0) * BASIS_POINTS // outlay if outlay else None


def win_rate_bps(desk: Desk, cell: Cell) -> int | None:
    """Of the units closed today with a profit or a loss, those with a profit. An execution that closes 300 units counts
    300 times one that closes a single one."""
    day = day_figures_of(cell, desk.tree.rates)
    if day is None or day.won_qty + day.lost_qty == 0:
        return None
    return int(day.won_qty) * BASIS_POINTS // int(day.won_qty + day.lost_qty)


def profit_to_loss_ratio_bps(desk: Desk, cell: Cell) -> int | None:
    """Average profit of a unit closed with one, of the average loss of a unit closed with one; today."""
    day = day_figures_of(cell, desk.tree.rates)
    if day is None or day.won_qty == 0 or day.lost_qty == 0:
        return None
    return day.won * int(day.lost_qty) * BASIS_POINTS // (day.lost * int(day.won_qty))


def expectancy(desk: Desk, cell: Cell) -> int | None:
    """What a unit closed today brought on average: profits less losses, by all units closed."""
    day = day_figures_of(cell, desk.tree.rates)
    return (day.won - day.lost) // int(day.closed_qty) if day is not None and day.closed_qty else None


def concentration_bps(desk: Desk, cell: Cell) -> int | None:
    """The largest holding of one instrument, long or short, of all holdings together, at the marks."""
    holdings = holdings_of(desk, cell)
    if holdings is None:
        return None
    sizes = [magnitude(holding.value) for holding in holdings]
    total = sum(sizes)
    return max(sizes) * BASIS_POINTS // total if total else None


# Orders


def fill_rate_bps(known: Indicators) -> int | None:
    """Units executed of those ordered today, or still open from before. A busted execution was none."""
    return int(known.filled_qty) * BASIS_POINTS // int(known.ordered_qty) if known.ordered_qty > 0 else None


def reject_rate_bps(cell: Cell, known: Indicators) -> int | None:
    """Requests that were refused here, and orders that venues rejected, of all requests of the day."""
    asked = int(cell.counts.messages())
    return int(cell.counts.refusals + known.rejected) * BASIS_POINTS // asked if asked else None


def order_to_trade(cell: Cell) -> int:
    """Requests of any kind a trade of the day, rounded up; before the first trade, all of them (MiFID II RTS 9)."""
    return -(-int(cell.counts.messages()) // max(int(cell.counts.trades), 1))


def slippage(desk: Desk, cell: Cell, known: Indicators, in_bps: bool) -> int | None:
    """What the day's executions cost more than at the middle of the quote when their orders came; below 0 where they
    cost less. A busted execution cost nothing."""
    cost, arrival = 0, 0
    for one in known.slippages:
        told = desk.tree.rates.convert(one.cost, one.currency, cell.currency)
        told_arrival = desk.tree.rates.convert(one.arrival, one.currency, cell.currency)
        if told is None or told_arrival is None:
            return None
        cost += told
        arrival += told_arrival
    if arrival <= 0:
        return None
    return cost * BASIS_POINTS // arrival if in_bps else cost


# Forecasts


def forecast_ns(desk: Desk, cell: Cell, indicator: Indicator, level: int, now_ns: i64) -> i64:
    """When an indicator will be at a level or beyond it if it goes on as in the last minute or so (`state.trend`): now
    if it is, 0 if it goes elsewhere, won't be within a day, or nothing is known of its rate."""
    known = cell.indicators
    if known is None:
        return 0
    pnl = known.pnl_trend
    if indicator is Indicator.LOSS:
        return pnl.falls_to_ns(-level, now_ns)
    if indicator is Indicator.DAY_PNL:
        return pnl.falls_to_ns(level, now_ns)
    if indicator is Indicator.DRAWDOWN:
        return pnl.falls_to_ns(known.peak - level, now_ns)
    if indicator is Indicator.STOP_LOSS_DISTANCE:
        return pnl.falls_to_ns(level - known.stop_loss, now_ns) if known.stop_loss else 0
    if indicator is Indicator.GROSS:
        return known.gross_trend.rises_to_ns(level, now_ns)
    if indicator is Indicator.LONG:
        return known.long_trend.rises_to_ns(level, now_ns)
    if indicator is Indicator.SHORT:
        return known.short_trend.rises_to_ns(level, now_ns)
    if indicator is Indicator.NET:
        net = known.net_trend
        return net.rises_to_ns(level, now_ns) if net.value >= 0 else net.falls_to_ns(-level, now_ns)
    return 0


INDICATOR_OF_LIMIT: Final[dict[LimitKind, Indicator]] = {
    LimitKind.GROSS_EXPOSURE: Indicator.GROSS,
    LimitKind.NET_EXPOSURE: Indicator.NET,
    LimitKind.LONG_EXPOSURE: Indicator.LONG,
    LimitKind.SHORT_EXPOSURE: Indicator.SHORT,
}


def forecast_of_limit_ns(desk: Desk, cell: Cell, kind: LimitKind, level: int, now_ns: i64) -> i64:
    """The same of a limit, its level in the cell's currency."""
    if kind is LimitKind.DAY_NOTIONAL and cell.indicators is not None:
        return cell.indicators.traded_trend.rises_to_ns(level, now_ns)
    indicator = INDICATOR_OF_LIMIT.get(kind)
    return 0 if indicator is None else forecast_ns(desk, cell, indicator, level, now_ns)

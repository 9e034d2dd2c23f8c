"""What a place's indicators remember of the way to where they are: all that its sums can't tell.

Most of an indicator is in the sums of its cell, which positions feed exactly, busts and corrections included. Here is
what depends on the path: the day's peak, how fast values move, how often things happen, and what orders came to. It is
made where a rule hangs or somebody asked (`state.watching`), counts from then on, and begins anew with each day.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.state.burst import Burst
from kairos.state.trend import Trend


@mypyc_attr(acyclic=True)
class Slippage:
    """Of one currency: `cost` of executions against the middle when their orders came (above 0: worse), and `arrival`,
    the same executions at that middle."""

    def __init__(self, currency: str) -> None:
        self.currency: Final[str] = currency
        self.cost: int = 0
        self.arrival: int = 0


@mypyc_attr(acyclic=True)
class Indicators:
    """
    since_exec_id: executions before it are not counted in `filled_qty` and slippage: the place was not watched, or they
                   are of an earlier day
    day_pnl:       P&L of the day, as last seen
    peak:          the highest it was, not below 0, and `peak_exec_id`, the first ExecID(17) after that
    rejected:      orders that venues refused
    ordered_qty:   units of orders that came, or were open when the counting began, as replaced; `filled_qty` executed
    stop_loss:     the day's loss at which the first rule acts (money); 0 where there is none
    """

    def __init__(self, since_exec_id: i64) -> None:
        self.since_exec_id: i64 = since_exec_id
        self.day_pnl: int = 0
        self.peak: int = 0
        self.peak_exec_id: i64 = 0
        self.rejected: i64 = 0
        self.ordered_qty: i64 = 0
        self.filled_qty: i64 = 0
        self.stop_loss: int = 0
        self.slippages: list[Slippage] = []
        self.order_burst: Final[Burst] = Burst()
        self.fill_burst: Final[Burst] = Burst()
        self.pnl_trend: Final[Trend] = Trend()
        self.gross_trend: Final[Trend] = Trend()
        self.net_trend: Final[Trend] = Trend()
        self.long_trend: Final[Trend] = Trend()
        self.short_trend: Final[Trend] = Trend()
        self.traded_trend: Final[Trend] = Trend()

    def begin_day(self, first_exec_id: i64) -> None:
        """All that is of a day begins anew; bursts go on."""
        self.since_exec_id = first_exec_id
        self.day_pnl = 0
        self.peak = 0
        self.peak_exec_id = 0
        self.rejected = 0
        self.ordered_qty = 0
        self.filled_qty = 0
        self.slippages = []
        for trend in self.trends():
            trend.forget()

    def see_pnl(self, day_pnl: int, now_ns: i64, next_exec_id: i64) -> None:
        """The day's P&L is this now."""
        self.day_pnl = day_pnl
        if day_pnl > self.peak:
            self.peak = day_pnl
            self.peak_exec_id = next_exec_id
        self.pnl_trend.see(day_pnl, now_ns)

    def amend_pnl(self, day_pnl: int, trade_id: i64) -> None:
        """The day's P&L is this now that an execution was busted or corrected.

        What it would have been all the time is no longer known: that hangs on the marks of the past. If the execution
        was before the peak, the peak moves by what the amendment is worth now, which is exact while the mark stands as
        it did then; a peak from before the execution stays. No rate is seen in it: the past was corrected, nothing
        moved.
        """
        change = day_pnl - self.day_pnl
        if trade_id < self.peak_exec_id:
            self.peak += change
        self.peak = max(self.peak, day_pnl, 0)
        self.day_pnl = day_pnl
        self.pnl_trend.shift(change)

    def restate_pnl(self, day_pnl: int) -> None:
        """The day's P&L is this in the midst of a corporate action, which moves price and units one after the other:
        neither a peak nor a movement."""
        self.pnl_trend.shift(day_pnl - self.day_pnl)
        self.day_pnl = day_pnl

    def fill(self, currency: str, qty: i64, cost: int, arrival: int) -> None:
        """Units were executed (or fewer, when negative), at such a cost against their arrival."""
        self.filled_qty += qty
        if arrival:
            slippage = self.slippage_of(currency)
            slippage.cost += cost
            slippage.arrival += arrival

    def slippage_of(self, currency: str) -> Slippage:
        for known in self.slippages:
            if known.currency == currency:
                return known
        made = Slippage(currency)
        self.slippages.append(made)
        return made

    def trends(self) -> list[Trend]:
        """All of them, in the order of a snapshot."""
        first = [self.pnl_trend, self.gross_trend, self.net_trend]
        return [*first, self.long_trend, self.short_trend, self.traded_trend]

"""What has been won and lost since the day began, exact under busts and corrections.

The P&L of the day is that of now less that of the day's start. The start is known from executions: those of earlier
days, valued at the mark at which the day turned. So a bust of yesterday's trade moves the start as well as the present,
and leaves the day as it would have been without the trade.
"""

from __future__ import annotations

from mypy_extensions import i64, mypyc_attr


@mypyc_attr(acyclic=True)
class DayFigures:
    """
    base:       P&L at the day's start, realized and unrealized (money)
    closed_qty: units closed today, of which `won_qty` with a profit, in sum `won`, and `lost_qty` with a loss, `lost`
    """

    def __init__(self) -> None:
        self.base: int = 0
        self.closed_qty: i64 = 0
        self.won_qty: i64 = 0
        self.lost_qty: i64 = 0
        self.won: int = 0
        self.lost: int = 0

    def rows(self) -> tuple[int, ...]:
        """All of them, in the order above."""
        return self.base, int(self.closed_qty), int(self.won_qty), int(self.lost_qty), self.won, self.lost

    def add(self, more: DayFigures) -> None:
        """Take in what has changed."""
        self.base += more.base
        self.closed_qty += more.closed_qty
        self.won_qty += more.won_qty
        self.lost_qty += more.lost_qty
        self.won += more.won
        self.lost += more.lost

    def less(self, other: DayFigures) -> DayFigures:
        """What these have beyond others."""
        rest = DayFigures()
        rest.base = self.base - other.base
        rest.closed_qty = self.closed_qty - other.closed_qty
        rest.won_qty = self.won_qty - other.won_qty
        rest.lost_qty = self.lost_qty - other.lost_qty
        rest.won = self.won - other.won
        rest.lost = self.lost - other.lost
        return rest

    def forget_closings(self) -> None:
        self.closed_qty, self.won_qty, self.lost_qty = 0, 0, 0
        self.won, self.lost = 0, 0


@mypyc_attr(acyclic=True)
class PositionDay(DayFigures):
    """A position's day.

    exec_id: the first ExecID(17) of the day; 0 when the start can't change any more (units were restated)
    mark_px: of the instrument when the day turned
    """

    def __init__(self) -> None:
        super().__init__()
        self.exec_id: i64 = 0
        self.mark_px: i64 = 0

    def start(self, base: int) -> None:
        """The executions of earlier days came to this P&L at the day's start; those of the day follow."""
        self.base = base
        self.forget_closings()

    def close(self, units: i64, gain: int) -> None:
        """Units were closed."""
        self.closed_qty += units
        if gain > 0:
            self.won_qty += units
            self.won += gain
        elif gain < 0:
            self.lost_qty += units
            self.lost -= gain

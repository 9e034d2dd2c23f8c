"""Fills that are on their way while their order ends: the end is told without them, then they come.

So it happens where a venue confirms cancels by another path than it reports trades. The confirmation tells the
CumQty(14) of the fills that were told before it; each fill that comes after it tells its own CumQty, LeavesQty(151) 0,
and that the order stays canceled (or expired).
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.model.enums import ExecType, OrdStatus
from kairos.venue.listing import NEVER
from kairos.venue.reports import Report, retold

ENDS: Final = (ExecType.CANCELED, ExecType.EXPIRED)


class LateFill:
    """A fill that is on its way; where its order's end was told before it, `ended_as` that."""

    def __init__(self, report: Report, arrives_ns: i64) -> None:
        self.report: Final = report
        self.arrives_ns: Final[i64] = arrives_ns
        self.ended_as: OrdStatus | None = None

    def told(self) -> Report:
        """The report as it arrives."""
        report = self.report
        if self.ended_as is None:
            return report
        return retold(report, self.ended_as, report.cum_qty, report.avg_px)


class FillsOnTheWay:
    """By order, in the order of their happening: none of an order overtakes another."""

    def __init__(self) -> None:
        self.by_order: Final[dict[str, list[LateFill]]] = {}
        self.told_px: Final[dict[str, i64]] = {}  # AvgPx(6) of open orders as it was last told

    def has(self, venue_order_id: str) -> bool:
        """Whether a fill of the order is on its way."""
        return venue_order_id in self.by_order

    def add(self, report: Report, arrives_ns: i64) -> None:
        """Let the fill arrive then."""
        fills = self.by_order.get(report.venue_order_id)
        if fills is None:
            fills = []
            self.by_order[report.venue_order_id] = fills
        fills.append(LateFill(report, arrives_ns))

    def overtaken_by(self, end: Report) -> Report:
        """The end of their order as it is told before them."""
        fills = self.by_order[end.venue_order_id]
        for fill in fills:
            fill.ended_as = end.ord_status
        told_qty = end.cum_qty - sum(fill.report.last_qty for fill in fills)
        return retold(end, end.ord_status, told_qty, self.told_px.pop(end.venue_order_id, 0))

    def note_told(self, report: Report) -> None:
        """The client is told of the order; what of it has traded counts from now on."""
        if report.leaves_qty == 0:
            self.told_px.pop(report.venue_order_id, None)
        elif report.cum_qty > 0:
            self.told_px[report.venue_order_id] = report.avg_px

    def take(self, venue_order_id: str) -> list[Report]:
        """All of an order, which arrive now."""
        return [fill.told() for fill in self.by_order.pop(venue_order_id)]

    def arrived(self, now_ns: i64) -> list[Report]:
        """Those that have arrived by now; an order's later ones with its first."""
        due = [order_id for order_id, fills in self.by_order.items() if fills[0].arrives_ns <= now_ns]
        return [report for order_id in due for report in self.take(order_id)]

    def next_ns(self) -> i64:
        """When the next one arrives."""
        first: i64 = NEVER
        for fills in self.by_order.values():
            first = min(first, fills[0].arrives_ns)
        return first

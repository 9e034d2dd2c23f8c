"""One client's order as its reports tell of it, and its place as the tape tells of it."""

from __future__ import annotations

from typing import Any, Final

from kairos.model.enums import OrdType, Side, TimeInForce

STOPS: Final = (OrdType.STOP, OrdType.STOP_LIMIT)


class Judged:
    """What is known of it. `waits_for` is `ahead`, or on a tape of orders the sizes of `refs`."""

    def __init__(self, report: Any, number: int) -> None:
        self.id: str = report.venue_order_id
        self.is_buy = report.side is Side.BUY
        self.tif: TimeInForce = report.time_in_force
        self.type: OrdType = report.ord_type
        self.number = number
        self.cum = 0
        self.key: tuple[str, str] = (report.client, report.cl_ord_id)
        self.live = True
        self.changed = False  # one of its executions was taken back or corrected
        self.ended = False  # canceled or expired: it never trades on
        self.triggered = self.type not in STOPS
        self.held = False
        self.resting = False
        self.place = 0
        self.unseen = False
        self.ahead = 0
        self.fallen = 0
        self.fallen_ns = 0
        self.refs: dict[int, int] = {}
        self.tip = 0
        self.terms(report)

    def terms(self, report: Any) -> None:
        self.qty: int = report.order_qty
        self.px: int = report.price
        self.stop: int = report.stop_px
        self.floor: int = report.max_floor

    @property
    def leaves(self) -> int:
        return self.qty - self.cum

    @property
    def at_market(self) -> bool:
        return self.type in (OrdType.MARKET, OrdType.STOP)

    def accepts(self, px: int) -> bool:
        return self.at_market or (px <= self.px if self.is_buy else px >= self.px)

    def show(self) -> None:
        self.tip = min(self.floor, self.leaves) if self.floor else self.leaves

    def waits_for(self) -> int | None:
        """What stands before it; None if that can't be known."""
        return None if self.unseen else self.ahead + sum(self.refs.values())

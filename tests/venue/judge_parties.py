"""What clients said that no report repeats (least quantities, who is of one party), and what the exchange took back."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from tests.venue.judge_order import Judged
from tests.venue.judge_places import AUCTION_ONLY, IMMEDIATE, Places

from kairos.model.enums import ExecType

BY_AGGRESSIVE: Final = "18"
BY_PASSIVE: Final = "19"
BY_BOTH: Final = "20"
CANCEL_AGGRESSIVE, CANCEL_PASSIVE, CANCEL_BOTH = 1, 2, 3


class Wish(NamedTuple):
    """MinQty(110), SelfMatchPreventionID(2362) and SelfMatchPreventionInstruction(2964) of an order."""

    min_qty: int = 0
    party: str = ""
    instruction: int = CANCEL_AGGRESSIVE


class Booked:
    """One side of a trade, as it was last told."""

    def __init__(self, order: Judged, report: Any) -> None:
        self.order = order
        self.qty: int = report.last_qty
        self.match: str = report.trd_match_id


class Parties(Places):
    """The wishes of orders, their executions by the last ExecID(17), and trades of which one side was changed."""

    def __init__(self, *terms: Any, **more: Any) -> None:
        super().__init__(*terms, **more)
        self.wishes: dict[tuple[str, str], Wish] = {}
        self.booked: dict[str, Booked] = {}
        self.half_changed: dict[str, str] = {}

    def told(self, client: str, cl_ord_id: str, wish: Wish) -> None:
        """A client has sent an order with these wishes."""
        self.wishes[client, cl_ord_id] = wish

    def wish_of(self, order: Judged) -> Wish:
        return self.wishes.get(order.key, Wish())

    def check_least(self, order: Judged, had: int) -> None:
        """It has entered the market: so much has traded at once, or nothing has and it is gone."""
        least = self.wish_of(order).min_qty
        if not least or had or order.held or not order.triggered or not self.is_trading():
            return
        if not self.has_quotes and order.tif in IMMEDIATE:
            return  # it has its chance with the next print
        if 0 < order.cum < least or (order.live and order.cum < least):
            self.object(f"{order.id} has {order.cum} at once, less than its least quantity {least}")

    def check_parties(self, report: Any, other: Any) -> None:
        """Two orders of one party never trade with each other."""
        parties = [self.wish_of(self.orders[side.venue_order_id]).party for side in (report, other)]
        if parties[0] and parties[0] == parties[1]:
            self.object(f"{parties[0]} is on both sides", report)

    def check_prevented(self, order: Judged, report: Any) -> None:
        """An order that is canceled in a trade's stead has met one of its own party."""
        reason = report.exec_restatement_reason
        if reason not in (BY_AGGRESSIVE, BY_PASSIVE, BY_BOTH):
            return
        self.counts["prevented"] += 1
        wish = self.wish_of(order)
        others = [
            self.wish_of(other).instruction
            for other in self.orders.values()
            if other.is_buy is not order.is_buy and wish.party and self.wish_of(other).party == wish.party
        ]
        if not others:
            self.object(f"{order.id} is canceled for its party, of which nobody is on the other side")
        elif reason == BY_AGGRESSIVE and wish.instruction != CANCEL_AGGRESSIVE:
            self.object(f"{order.id} is canceled as the aggressive one, which it did not ask for")
        elif reason == BY_PASSIVE and CANCEL_PASSIVE not in others:
            self.object(f"{order.id} is canceled as the passive one, which nobody asked for")
        elif reason == BY_BOTH and CANCEL_BOTH not in (*others, wish.instruction):
            self.object(f"{order.id} is canceled with another, which nobody asked for")

    def book(self, order: Judged, report: Any) -> None:
        """Remember a fill for its bust or correction."""
        if report.exec_id in self.booked:
            self.object("an ExecID(17) that was used before", report)
        self.booked[report.exec_id] = Booked(order, report)

    def changed(self, report: Any) -> Judged | None:
        """An execution is taken back or corrected. Returns its order, if that may trade on."""
        self.counts["taken back" if report.exec_type is ExecType.TRADE_CANCEL else "corrected"] += 1
        booked = self.booked.pop(report.exec_ref_id, None)
        if booked is None or booked.order.id != report.venue_order_id:
            self.object(f"no present execution {report.exec_ref_id} of that order is there to be changed", report)
            return None
        order = booked.order
        qty = 0
        if report.exec_type is ExecType.TRADE_CORRECT:
            qty = report.last_qty
            self.booked[report.exec_id] = booked
        order.changed = True
        order.cum += qty - booked.qty
        booked.qty = qty
        leaves = 0 if order.ended else order.leaves
        if not 0 <= order.cum <= order.qty or (report.cum_qty, report.leaves_qty) != (order.cum, leaves):
            self.object(f"CumQty and LeavesQty must be {order.cum} and {leaves}", report)
        if booked.match and self.half_changed.pop(booked.match, None) is None:
            self.half_changed[booked.match] = order.id
        if order.ended:
            return None
        self._leave(order)
        order.live = leaves > 0
        order.held = order.tif in AUCTION_ONLY
        if order.live:
            self._arrive(order)
        return order

    def check_both_changed(self) -> None:
        if self.half_changed:
            self.object(f"one side alone of a trade was changed: {', '.join(self.half_changed)}")
            self.half_changed.clear()

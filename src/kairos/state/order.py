"""Client orders and routes: the two levels of order, their quantities, and what is pending over them."""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.model.enums import HandlInst, OrdStatus, RequestKind, Side, TimeInForce
from kairos.model.numbers import average_price, notional_of
from kairos.model.values import Standing, Terms
from kairos.state.positions import Position, Trade
from kairos.state.transitions import is_open


def outlives_day(terms: Terms) -> bool:
    """Whether orders under these terms live on over the end of the day."""
    tif = terms.time_in_force
    return tif is TimeInForce.GOOD_TILL_CANCEL or tif is TimeInForce.GOOD_TILL_DATE


@mypyc_attr(acyclic=True)
class Request:
    """A cancel or replace that waits for the venue. `cl_ord_id` is empty when the desk itself asked."""

    def __init__(
        self, kind: RequestKind, session: str, cl_ord_id: str, new_terms: Terms, reserve_px: i64, text: str
    ) -> None:
        self.kind: Final[RequestKind] = kind
        self.session: Final[str] = session
        self.cl_ord_id: Final[str] = cl_ord_id
        self.new_terms: Final[Terms] = new_terms
        self.reserve_px: Final[i64] = reserve_px
        self.text: Final[str] = text


@mypyc_attr(acyclic=True)
class Order:
    """What a client asked for.

    base:      OrdStatus(39) without what is pending
    notional:  money of all executions, so that AvgPx(6) is never an average of averages
    working:   units that count as working in its position, and `held`, the money they hold of the account
    cl_ord_ids: every ClOrdID that named it, with the last accepted one in `cl_ord_id`
    """

    def __init__(
        self,
        order_id: i64,
        session: str,
        client_id: str,
        cl_ord_id: str,
        position: Position,
        side: Side,
        handl_inst: HandlInst,
        terms: Terms,
        venue_id: str,
        text: str,
        transact_time_ns: i64,
        user_id: str,
        reserve_px: i64,
        accepted_at_ns: i64,
    ) -> None:
        self.order_id: Final[i64] = order_id
        self.session: Final[str] = session
        self.client_id: Final[str] = client_id
        self.cl_ord_id: str = cl_ord_id
        self.orig_cl_ord_id: str = ""
        self.cl_ord_ids: list[str] = [cl_ord_id]
        self.position: Final[Position] = position
        self.side: Final[Side] = side
        self.handl_inst: Final[HandlInst] = handl_inst
        self.terms: Terms = terms
        self.venue_id: Final[str] = venue_id
        self.text: Final[str] = text
        self.transact_time_ns: Final[i64] = transact_time_ns
        self.user_id: Final[str] = user_id
        self.reserve_px: i64 = reserve_px
        self.accepted_at_ns: Final[i64] = accepted_at_ns
        self.base: OrdStatus = OrdStatus.NEW
        self.cum_qty: i64 = 0
        self.notional: int = 0
        self.cancel: Request | None = None
        self.replace: Request | None = None
        self.routes: list[Route] = []
        self.trades: list[Trade] = []
        self.working: i64 = 0
        self.held: int = 0
        self.in_day: bool = True

    def account_id(self) -> str:
        return self.position.account.account_id

    def instrument_id(self) -> str:
        return self.position.instrument.instrument_id

    def is_care(self) -> bool:
        """Worked by a person of the desk."""
        return self.handl_inst is HandlInst.MANUAL

    def is_open(self) -> bool:
        return is_open(self.base)

    def is_asleep(self) -> bool:
        """Done for the day, and to be restated by its venue on another."""
        return self.base is OrdStatus.DONE_FOR_DAY and outlives_day(self.terms)

    def may_trade(self) -> bool:
        """Now, or on another day."""
        return self.is_open() or self.is_asleep()

    def ord_status(self) -> OrdStatus:
        """OrdStatus(39): what is pending outranks all else."""
        if self.cancel is not None:
            return OrdStatus.PENDING_CANCEL
        if self.replace is not None:
            return OrdStatus.PENDING_REPLACE
        return self.base

    def unfilled_qty(self) -> i64:
        """OrderQty(38) less CumQty(14), whatever the state."""
        return self.terms.order_qty - self.cum_qty

    def leaves_qty(self) -> i64:
        """LeavesQty(151): what may still be executed."""
        return max(self.unfilled_qty(), 0) if self.is_open() else 0

    def unrouted_qty(self) -> i64:
        """What of LeavesQty(151) no live route works yet."""
        routed: i64 = 0
        for route in self.routes:
            routed += route.leaves_qty()
        return self.leaves_qty() - routed

    def live_routes(self) -> list[Route]:
        return [route for route in self.routes if route.is_live()]

    def routes_to_cancel(self) -> list[Route]:
        """Routes of which a venue may execute more, now or on another day."""
        return [route for route in self.routes if route.is_live() or route.is_asleep()]

    def standing(self) -> Standing:
        return Standing(self.ord_status(), self.cum_qty, self.leaves_qty(), self.avg_px())

    def avg_px(self) -> i64:
        return average_price(self.notional, self.cum_qty)

    def weigh(self) -> None:
        """Count its worst case as working: the present terms or those of a pending replace."""
        qty = self.leaves_qty()
        px = self.reserve_px
        replace = self.replace
        if replace is not None:
            qty = max(qty, replace.new_terms.order_qty - self.cum_qty)
            px = max(px, replace.reserve_px)
        position = self.position
        held = notional_of(qty, px, position.instrument.multiplier) if self.side is Side.BUY else 0
        if held != self.held:
            position.account.reserved += held - self.held
            self.held = held
        if qty != self.working:
            position.work(self.side, qty - self.working)
            self.working = qty


@mypyc_attr(acyclic=True)
class Route:
    """An instruction at a venue for a client order, with its own ClOrdID and state.

    cl_ord_ids: every ClOrdID that we used for it at the venue; `cl_ord_id` is the last accepted one
    queried:    how many ClOrdIDs it had used when its venue was first asked for the status that is awaited; 0 for none
    """

    def __init__(
        self, route_id: i64, order_id: i64, venue_id: str, cl_ord_id: str, side: Side, terms: Terms, sent_at_ns: i64
    ) -> None:
        self.route_id: Final[i64] = route_id
        self.order_id: Final[i64] = order_id
        self.venue_id: Final[str] = venue_id
        self.cl_ord_id: str = cl_ord_id
        self.side: Final[Side] = side
        self.venue_order_id: str = ""
        self.terms: Terms = terms
        self.base: OrdStatus = OrdStatus.PENDING_NEW
        self.cum_qty: i64 = 0
        self.cl_ord_ids: list[str] = [cl_ord_id]
        self.sent_at_ns: i64 = sent_at_ns
        self.queried: i64 = 0
        self.cancel_id: str = ""
        self.cancel_orig_id: str = ""
        self.replace_id: str = ""
        self.replace_terms: Terms | None = None

    def is_live(self) -> bool:
        """Whether the venue may still execute it, as far as we know."""
        return is_open(self.base)

    def is_asleep(self) -> bool:
        """Done for the day; its venue will wake it on another."""
        return self.base is OrdStatus.DONE_FOR_DAY and outlives_day(self.terms)

    def leaves_qty(self) -> i64:
        return max(self.terms.order_qty - self.cum_qty, 0) if self.is_live() else 0

    def ord_status(self) -> OrdStatus:
        if self.cancel_id:
            return OrdStatus.PENDING_CANCEL
        if self.replace_id:
            return OrdStatus.PENDING_REPLACE
        return self.base

    def next_cl_ord_id(self) -> str:
        """The ClOrdID for its next request."""
        return f"R{self.route_id}-{len(self.cl_ord_ids)}"

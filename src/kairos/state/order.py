"""Client orders and routes: the two levels of order, their quantities, and what is pending over them."""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.model.enums import HandlInst, OrdStatus, RequestKind, Side, TimeInForce
from kairos.model.numbers import average_price, notional_of
from kairos.model.values import NO_ORDER_DETAILS, OrderDetails, Standing, Terms
from kairos.state.positions import Position, Trade
from kairos.state.transitions import is_open


def outlives_day(terms: Terms) -> bool:
    """Whether orders under these terms live on over the end of the day."""
    tif = terms.time_in_force
    return tif is TimeInForce.GOOD_TILL_CANCEL or tif is TimeInForce.GOOD_TILL_DATE


def is_asleep(base: OrdStatus, terms: Terms) -> bool:
    """Done for the day, and to be restated by its venue on another."""
    return base is OrdStatus.DONE_FOR_DAY and outlives_day(terms)


@mypyc_attr(acyclic=True)
class Request:
    """A cancel or replace that waits for the venue, or a replace that waits for the one before it. `cl_ord_id` is empty
    when the desk itself asked; `told` says whether the client knows it as pending."""

    def __init__(
        self,
        kind: RequestKind,
        session: str,
        cl_ord_id: str,
        new_terms: Terms,
        reserve_px: i64,
        text: str,
        told: bool = True,
        new_details: OrderDetails = NO_ORDER_DETAILS,
    ) -> None:
        self.kind: Final[RequestKind] = kind
        self.session: Final[str] = session
        self.cl_ord_id: Final[str] = cl_ord_id
        self.new_terms: Final[Terms] = new_terms
        self.reserve_px: Final[i64] = reserve_px
        self.text: Final[str] = text
        self.told: Final[bool] = told
        self.new_details: Final[OrderDetails] = new_details


@mypyc_attr(acyclic=True)
class Order:
    """What a client asked for.

    base:      OrdStatus(39) without what is pending
    notional:  money of all executions, so that AvgPx(6) is never an average of averages
    working:   units that count as working in its position, and `held`, the money they hold of the account
    cl_ord_ids: every ClOrdID that named it, with the last accepted one in `cl_ord_id`; none for a phoned order
    queue:     replaces that wait for `replace`, in the order in which they came
    list_id, cross_id: the list or the cross that it is in, if any
    earlier_qty, earlier_notional: what executions of earlier days added to CumQty(14) and `notional`
    split_qty: what corporate actions added to CumQty(14) beyond the executions, the last as report `split_exec_id`
    """

    # Interpreted, CPython lets instances share the names of at most 30 attributes; a dict of more costs an order 2 KiB.
    __slots__ = (
        "accepted_at_ns",
        "base",
        "by_phone",
        "cancel",
        "canceled_as",
        "carried",
        "cash_qty",
        "cl_ord_id",
        "cl_ord_ids",
        "client_id",
        "cross_id",
        "cum_qty",
        "details",
        "earlier_notional",
        "earlier_qty",
        "handl_inst",
        "held",
        "in_day",
        "list_id",
        "notional",
        "order_id",
        "orig_cl_ord_id",
        "position",
        "queue",
        "replace",
        "reserve_px",
        "routes",
        "session",
        "side",
        "split_exec_id",
        "split_qty",
        "terms",
        "text",
        "trades",
        "transact_time_ns",
        "user_id",
        "venue_id",
        "verbal_cl_ord_id",
        "working",
    )

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
        cash_qty: int,
        verbal_cl_ord_id: str,
        details: OrderDetails,
    ) -> None:
        self.order_id: Final[i64] = order_id
        self.session: Final[str] = session
        self.client_id: Final[str] = client_id
        self.cl_ord_id: str = cl_ord_id
        self.orig_cl_ord_id: str = ""
        self.cl_ord_ids: list[str] = [cl_ord_id] if cl_ord_id else []
        self.canceled_as: str = ""
        self.by_phone: bool = not cl_ord_id
        self.position: Final[Position] = position
        self.side: Final[Side] = side
        self.handl_inst: Final[HandlInst] = handl_inst
        self.terms: Terms = terms
        self.details: OrderDetails = details
        self.venue_id: Final[str] = venue_id
        self.text: Final[str] = text
        self.transact_time_ns: Final[i64] = transact_time_ns
        self.user_id: Final[str] = user_id
        self.reserve_px: i64 = reserve_px
        self.accepted_at_ns: Final[i64] = accepted_at_ns
        self.cash_qty: Final[int] = cash_qty
        self.verbal_cl_ord_id: Final[str] = verbal_cl_ord_id
        self.base: OrdStatus = OrdStatus.NEW
        self.cum_qty: i64 = 0
        self.notional: int = 0
        self.cancel: Request | None = None
        self.replace: Request | None = None
        self.queue: list[Request] = []
        self.routes: list[Route] = []
        self.trades: list[Trade] = []
        self.working: i64 = 0
        self.held: int = 0
        self.in_day: bool = True
        self.carried: bool = False
        self.earlier_qty: i64 = 0
        self.earlier_notional: int = 0
        self.split_qty: i64 = 0
        self.split_exec_id: i64 = 0
        self.list_id: str = ""
        self.cross_id: str = ""

    def account_id(self) -> str:
        return self.position.account.account_id

    def instrument_id(self) -> str:
        return self.position.instrument.instrument_id

    def asked_details(self) -> OrderDetails:
        """What its venue is to be told: the details of the replace that is pending, else its own."""
        replace = self.replace
        return self.details if replace is None else replace.new_details

    def is_care(self) -> bool:
        """Worked by a person of the desk."""
        return self.handl_inst is HandlInst.MANUAL

    def is_open(self) -> bool:
        return is_open(self.base)

    def is_asleep(self) -> bool:
        return is_asleep(self.base, self.terms)

    def may_trade(self) -> bool:
        """Now, or on another day."""
        return self.is_open() or self.is_asleep()

    def ord_status(self) -> OrdStatus:
        """OrdStatus(39): what is pending outranks all else."""
        return self.ord_status_without(None)

    def ord_status_without(self, request: Request | None) -> OrdStatus:
        """OrdStatus(39) once this request is pending no more."""
        return self.ord_status_over(self.base, request)

    def ord_status_over(self, base: OrdStatus, request: Request | None) -> OrdStatus:
        """OrdStatus(39) in a state `base`, but for this request."""
        if self.cancel is not None and self.cancel is not request:
            return OrdStatus.PENDING_CANCEL
        if self.replace is not None and self.replace is not request:
            return OrdStatus.PENDING_REPLACE
        for queued in self.queue:
            if queued.told and queued is not request:
                return OrdStatus.PENDING_REPLACE
        return base

    def replaces(self) -> list[Request]:
        """Every replace that is still to be answered, the pending one first."""
        replace = self.replace
        return self.queue.copy() if replace is None else [replace, *self.queue]

    def unfilled_qty(self) -> i64:
        """OrderQty(38) less CumQty(14), whatever the state."""
        return self.terms.order_qty - self.cum_qty

    def leaves_qty(self) -> i64:
        """LeavesQty(151): what may still be executed, now or on another day."""
        return max(self.unfilled_qty(), 0) if self.may_trade() else 0

    def unrouted_qty(self) -> i64:
        """What of LeavesQty(151) may be worked today and no live route works yet."""
        if not self.is_open():
            return 0
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

    def day_cum_qty(self) -> i64:
        """DayCumQty(425)."""
        return self.cum_qty - self.earlier_qty

    def day_avg_px(self) -> i64:
        """DayAvgPx(426)."""
        return average_price(self.notional - self.earlier_notional, self.day_cum_qty())

    def weigh(self) -> None:
        """Count its worst case as working: the present terms or those of any replace that is to be answered."""
        position = self.position
        multiplier = position.instrument.multiplier
        qty = self.leaves_qty()
        worth = notional_of(qty, self.reserve_px, multiplier)
        for replace in self.replaces() if self.replace is not None or self.queue else ():
            left: i64 = max(replace.new_terms.order_qty - self.cum_qty, 0)
            qty = max(qty, left)
            worth = max(worth, notional_of(left, replace.reserve_px, multiplier))
        held = worth if self.side is Side.BUY else 0
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
    by_hand_qty: what people's busts and corrections added to CumQty(14), of which its venue knows nothing
    copied_ids: ExecID(17) of each report that a drop copy told before the venue's own session
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
        self.by_hand_qty: i64 = 0
        self.cl_ord_ids: list[str] = [cl_ord_id]
        self.copied_ids: dict[str, None] = {}
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
        return is_asleep(self.base, self.terms)

    def leaves_qty(self) -> i64:
        return max(self.terms.order_qty - self.cum_qty, 0) if self.is_live() else 0

    def venue_cum_qty(self) -> i64:
        """CumQty(14) as its venue counts it."""
        return self.cum_qty - self.by_hand_qty

    def is_over_at_venue(self) -> bool:
        """Live only since a person took back what its venue had filled: there it is done, and no word will come."""
        return self.is_live() and self.by_hand_qty < 0 and self.venue_cum_qty() >= self.terms.order_qty

    def ord_status(self) -> OrdStatus:
        if self.cancel_id:
            return OrdStatus.PENDING_CANCEL
        if self.replace_id:
            return OrdStatus.PENDING_REPLACE
        return self.base

    def next_cl_ord_id(self) -> str:
        """The ClOrdID for its next request."""
        return f"R{self.route_id}-{len(self.cl_ord_ids)}"

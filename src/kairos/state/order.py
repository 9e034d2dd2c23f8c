"""Client orders: their quantities, and what is pending over them."""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.model.enums import HandlInst, OrdStatus, Side
from kairos.model.numbers import average_price, notional_of
from kairos.model.values import OrderDetails, Standing, Terms
from kairos.state.order_extras import HasExtras, Request
from kairos.state.positions import Position, Trade
from kairos.state.route import Route, is_asleep
from kairos.state.transitions import is_open


@mypyc_attr(acyclic=True)
class Order(HasExtras):
    """What a client asked for.

    base:      OrdStatus(39) without what is pending
    notional:  money of all executions, so that AvgPx(6) is never an average of averages
    working:   units that count as working in its position, and `worth`, their value at the order's price
    arrival_px: the middle of the quote when it was accepted
    route:     its first route; nearly all have one, and no other
    fills:     its executions; None before the first
    """

    # Interpreted, CPython lets instances share the names of at most 30 attributes; a dict of more costs an order 2 KiB.
    __slots__ = (
        "accepted_at_ns",
        "arrival_px",
        "base",
        "by_phone",
        "carried",
        "cl_ord_id",
        "client_id",
        "cum_qty",
        "details",
        "fills",
        "handl_inst",
        "in_day",
        "notional",
        "order_id",
        "position",
        "reserve_px",
        "route",
        "session",
        "side",
        "terms",
        "text",
        "transact_time_ns",
        "user_id",
        "venue_id",
        "working",
        "worth",
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
        super().__init__()
        self.order_id: Final[i64] = order_id
        self.session: Final[str] = session
        self.client_id: Final[str] = client_id
        self.cl_ord_id: str = cl_ord_id
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
        self.arrival_px: i64 = 0
        self.base: OrdStatus = OrdStatus.NEW
        self.cum_qty: i64 = 0
        self.notional: int = 0
        self.route: Route | None = None
        self.fills: list[Trade] | None = None
        self.working: i64 = 0
        self.worth: int = 0
        self.by_phone: bool = not cl_ord_id
        self.in_day: bool = True
        self.carried: bool = False
        self.cash_qty = cash_qty
        self.verbal_cl_ord_id = verbal_cl_ord_id

    @property
    def cl_ord_ids(self) -> tuple[str, ...]:
        """Every ClOrdID that named it; the last accepted one is `cl_ord_id`. None for an order that came by phone."""
        used = None if self.extras is None else self.extras.cl_ord_ids
        if used is not None:
            return used
        return (self.cl_ord_id,) if self.cl_ord_id else ()

    @cl_ord_ids.setter
    def cl_ord_ids(self, used: tuple[str, ...]) -> None:
        if self.extras is not None or used != self.cl_ord_ids:
            self.more().cl_ord_ids = used

    @property
    def queue(self) -> tuple[Request, ...]:
        """Replaces that wait for `replace`, in the order in which they came."""
        return () if self.extras is None else self.extras.queue

    @queue.setter
    def queue(self, queue: tuple[Request, ...]) -> None:
        if queue or self.extras is not None:
            self.more().queue = queue

    @property
    def trades(self) -> list[Trade]:
        return [] if self.fills is None else self.fills

    @property
    def routes(self) -> list[Route]:
        """All that were ever sent for it, in that order."""
        first = self.route
        if first is None:
            return []
        return [first] if self.extras is None else [first, *self.extras.later_routes]

    def keep_route(self, route: Route) -> None:
        if self.route is None:
            self.route = route
        else:
            self.more().later_routes.append(route)

    def keep_trade(self, trade: Trade) -> None:
        if self.fills is None:
            self.fills = [trade]
        else:
            self.fills.append(trade)

    @property
    def held(self) -> int:
        """Money that it holds of the account."""
        return self.worth if self.side is Side.BUY else 0

    def books(self) -> list[Position]:
        """The positions beside the account's where its executions are booked, too: its trader's and its strategy's."""
        return [] if self.extras is None else self.extras.books()

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

    def market_id(self) -> str:
        """The venue where it works, or would; empty of what a person works."""
        if self.is_care():
            return ""
        routes = self.routes
        return routes[-1].venue_id if routes else self.venue_id

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
        extras = self.extras
        if extras is None:
            return base
        if extras.cancel is not None and extras.cancel is not request:
            return OrdStatus.PENDING_CANCEL
        if extras.replace is not None and extras.replace is not request:
            return OrdStatus.PENDING_REPLACE
        for queued in extras.queue:
            if queued.told and queued is not request:
                return OrdStatus.PENDING_REPLACE
        return base

    def replaces(self) -> list[Request]:
        """Every replace that is still to be answered, the pending one first."""
        return [] if self.extras is None else self.extras.replaces()

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

    def end_day(self) -> None:
        """What it did until now is of an earlier day."""
        self.carried = True
        self.earlier_qty = self.cum_qty
        self.earlier_notional = self.notional

    def worth_with(self, left: i64, px: i64) -> int:
        """The most that its working units can still come to if they may also become `left` at `px`. Replaces take
        effect one after the other, and units may trade on the terms before each: the dearest way through them all."""
        ways = [(self.leaves_qty(), self.reserve_px)]
        ways += [(self._left_of(replace), replace.reserve_px) for replace in self.replaces()]
        ways.append((left, px))
        multiplier = self.position.instrument.multiplier
        stops = sorted([way_left for way_left, _ in ways])
        worth: dict[i64, int] = {0: 0}  # by how many units have traded, the most that they came to
        for way_left, way_px in ways:
            for stop in stops:
                if stop <= way_left:
                    reached = [
                        known + notional_of(stop - at, way_px, multiplier) for at, known in worth.items() if at <= stop
                    ]
                    worth[stop] = max(reached)
        return max(worth.values())

    def _left_of(self, replace: Request) -> i64:
        return max(replace.new_terms.order_qty - self.cum_qty, 0)

    def weigh(self) -> bool:
        """Count its worst case as working: the present terms or those of any replace that is to be answered. Whether
        its positions have been weighed anew."""
        position = self.position
        qty = self.leaves_qty()
        worth = notional_of(qty, self.reserve_px, position.instrument.multiplier)
        if self.extras is not None:
            replaces = self.replaces()
            if replaces:
                for replace in replaces:
                    qty = max(qty, self._left_of(replace))
                worth = self.worth_with(0, 0)
        if qty == self.working and worth == self.worth:
            return False
        more_qty, more_worth = qty - self.working, worth - self.worth
        more_orders: i64 = (1 if qty else 0) - (1 if self.working else 0)
        position.work(self.side, more_qty, more_worth, more_orders)
        if more_orders and position.knows_working():
            position.note_working(self.order_id, qty > 0)
        if self.extras is not None:
            for book in self.extras.books():
                book.work(self.side, more_qty, more_worth, more_orders)
        self.working, self.worth = qty, worth
        return more_qty != 0

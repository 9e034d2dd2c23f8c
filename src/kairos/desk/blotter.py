"""The blotter: every order as a row, folded from a snapshot and the events that follow it."""

from __future__ import annotations

from kairos.model.enums import ListExecInstType, ListOrderStatus, OrdStatus, Side
from kairos.model.events import (
    Event,
    ListAccepted,
    ListEvent,
    ListOrderDecided,
    ListReported,
    OrderAccepted,
    OrderAcknowledged,
    OrderCanceled,
    OrderCancelPending,
    OrderDoneForDay,
    OrderExpired,
    OrderRefused,
    OrderRejected,
    OrderReplaced,
    OrderReplacePending,
    OrderRestated,
    OrderSnapshot,
    OrderSplit,
    RequestRejected,
    RouteAcknowledged,
    RouteEnded,
    RouteRejected,
    RouteRequested,
    RouteSnapshot,
    RouteUnknown,
    TradeBooked,
    TradeBusted,
    TradeCorrected,
)
from kairos.model.values import OrderDetails, Standing, Terms


class OrderRow:
    """One client order as people see it. `unknown_routes`: sent, never answered; `waits_in_list`: for its list."""

    def __init__(self, event: OrderAccepted | OrderSnapshot, standing: Standing) -> None:
        self.order_id = event.order_id
        self.client_id = event.client_id
        self.account_id = event.account_id
        self.cl_ord_id = event.cl_ord_id
        self.session = event.session
        self.instrument_id = event.instrument_id
        self.side: Side = event.side
        self.handl_inst = event.handl_inst
        self.terms: Terms = event.terms
        self.details: OrderDetails = event.details
        self.standing = standing
        self.at_ns: int = event.at_ns
        self.text = event.text
        self.unknown_routes: set[int] = set()
        self.list_id = ""
        self.waits_in_list = False

    @property
    def is_open(self) -> bool:
        return self.standing.leaves_qty > 0 or self.standing.ord_status in (
            OrdStatus.PENDING_CANCEL,
            OrdStatus.PENDING_REPLACE,
        )


# Events that say where their order stands now, under which terms.
_STANDING = (
    OrderReplacePending,
    OrderCancelPending,
    OrderReplaced,
    OrderCanceled,
    OrderRejected,
    OrderExpired,
    OrderDoneForDay,
    OrderRestated,
    OrderSplit,
    TradeBooked,
    TradeBusted,
    TradeCorrected,
)


class Blotter:
    """Rows by OrderID(37), and what was refused at the door."""

    def __init__(self) -> None:
        self.rows: dict[int, OrderRow] = {}
        self.refused: list[OrderRefused] = []
        self._order_of_route: dict[int, int] = {}
        self._of_list: dict[tuple[str, str], list[OrderRow]] = {}
        self._waiting: set[tuple[str, str]] = set()

    def apply(self, event: Event) -> OrderRow | None:
        """Fold one event in; returns the row that it changed."""
        if isinstance(event, OrderAccepted):
            status = OrdStatus.PENDING_NEW if event.pending else OrdStatus.NEW
            standing = Standing(status, 0, event.terms.order_qty, 0)
            return self._add(OrderRow(event, standing))
        if isinstance(event, OrderSnapshot):
            return self._add(OrderRow(event, event.standing))
        if isinstance(event, OrderRefused):
            self.refused.append(event)
            return None
        if isinstance(event, _STANDING):
            return self._stands(event)
        if isinstance(event, RequestRejected):
            return self._now_in(event.order_id, event.ord_status, event.at_ns)
        if isinstance(event, OrderAcknowledged):
            return self._acknowledged(event)
        if isinstance(event, ListEvent):
            self._list(event)
            return None
        return self._route(event)

    def _list(self, event: ListEvent) -> None:
        """Orders of a list wait until the client, or a person, lets it work."""
        if isinstance(event, ListAccepted):
            key = (event.client_id, event.list_id)
            self._of_list[key] = []
            self._waiting.discard(key)
            if event.exec_inst_type is ListExecInstType.WAIT_FOR_EXECUTE:
                self._waiting.add(key)
        elif isinstance(event, ListOrderDecided) and event.order_id in self.rows:
            row = self.rows[event.order_id]
            key = (event.client_id, event.list_id)
            row.list_id = event.list_id
            row.waits_in_list = key in self._waiting
            self._of_list.setdefault(key, []).append(row)
        elif isinstance(event, ListReported):
            waits = event.list_status is ListOrderStatus.RECEIVED_FOR_EXECUTION
            for row in self._of_list.get((event.client_id, event.list_id), []):
                row.waits_in_list = waits

    def _add(self, row: OrderRow) -> OrderRow:
        self.rows[row.order_id] = row
        return row

    def _stands(self, event: Event) -> OrderRow | None:
        assert isinstance(event, _STANDING)
        row = self.rows.get(event.order_id)
        if row is None:
            return None
        row.terms = event.terms
        row.standing = event.standing
        row.at_ns = event.at_ns
        if isinstance(event, OrderReplaced):
            row.cl_ord_id = event.cl_ord_id
            row.details = event.details
        return row

    def _acknowledged(self, event: OrderAcknowledged) -> OrderRow | None:
        """What is pending by now outranks it."""
        row = self.rows.get(event.order_id)
        if row is None or row.standing.ord_status is not OrdStatus.PENDING_NEW:
            return row
        return self._now_in(event.order_id, OrdStatus.NEW, event.at_ns)

    def _now_in(self, order_id: int, ord_status: OrdStatus, at_ns: int) -> OrderRow | None:
        row = self.rows.get(order_id)
        if row is not None:
            before = row.standing
            row.standing = Standing(ord_status, before.cum_qty, before.leaves_qty, before.avg_px)
            row.at_ns = at_ns
        return row

    def _known_again(self, event: RouteRequested) -> OrderRow | None:
        """A route that goes to its venue once more was unknown until then."""
        row = self.rows.get(event.order_id)
        if row is None or event.route_id not in row.unknown_routes:
            return None
        row.unknown_routes.discard(event.route_id)
        return row

    def _route(self, event: Event) -> OrderRow | None:
        """Routes change a row only by becoming unknown, or known again."""
        if isinstance(event, (RouteRequested, RouteSnapshot)):
            self._order_of_route[event.route_id] = event.order_id
            if isinstance(event, RouteRequested):
                return self._known_again(event)
            if event.ord_status is OrdStatus.UNKNOWN:
                self.rows[event.order_id].unknown_routes.add(event.route_id)
            return None
        if not isinstance(event, (RouteUnknown, RouteAcknowledged, RouteRejected, RouteEnded)):
            return None
        row = self.rows.get(self._order_of_route.get(event.route_id, 0))
        if row is not None and isinstance(event, RouteUnknown):
            row.unknown_routes.add(event.route_id)
        elif row is not None:
            row.unknown_routes.discard(event.route_id)
        return row

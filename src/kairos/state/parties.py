"""Clients and venues, and the ids that only each of them makes unique: what they name, without a search."""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.model.enums import VenueKind
from kairos.model.events import ClientDefined, VenueDefined
from kairos.state.names import OrderNames, RouteNames, TradeNames
from kairos.state.order import Order
from kairos.state.positions import Trade
from kairos.state.route import Route
from kairos.state.shelf import Shelf


class Client:
    """A client, and the ClOrdIDs that it has used today or that still work: each names an order.

    session: over which its last order came; its orders share this text
    """

    def __init__(self, defined: ClientDefined, orders: Shelf[Order]) -> None:
        self.client_id: Final[str] = defined.client_id
        self.defined: ClientDefined = defined
        self.orders: Final[OrderNames] = OrderNames(orders)
        self.verbal_ids: Final[dict[str, int]] = {}  # ClOrdIDs of electronic copies of orders that came by phone
        self.session: str = ""

    def name(self, cl_ord_id: str, order: Order) -> None:
        """Let a ClOrdID name an order; one that came by phone has none."""
        if cl_ord_id:
            self.orders[cl_ord_id] = order

    def expect_copy(self, verbal_cl_ord_id: str, order_id: i64) -> None:
        """An order came by phone, and an electronic copy of it may still come."""
        if verbal_cl_ord_id:
            self.verbal_ids[verbal_cl_ord_id] = order_id

    def shared_session(self, session: str) -> str:
        """The same text, kept once: most orders of a client come over one session."""
        if session != self.session:
            self.session = session
        return self.session


class Venue:
    """Where routes can go, whether its session is up, and what its ids name.

    routes: by each OrderID(37) that it gave
    trades: by each ExecID(17) that it reported
    """

    def __init__(self, defined: VenueDefined, routes: Shelf[Route], trades: Shelf[Trade]) -> None:
        self.venue_id: Final[str] = defined.venue_id
        self.defined: VenueDefined = defined
        self.up: bool = False
        self.routes: Final[RouteNames] = RouteNames(routes)
        self.trades: Final[TradeNames] = TradeNames(trades)

    def kind(self) -> VenueKind:
        return self.defined.kind

"""What a venue is asked: routes' events become NewOrderSingle(D), OrderCancelRequest(F), OrderCancelReplaceRequest(G),
OrderStatusRequest(H), and DontKnowTrade(Q) for a trade that does not fit what we know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kairos.adapters.fix_mapping.instruments import InstrumentDirectory, Listing
from kairos.adapters.fix_mapping.versions import Dialect, dialect_of
from kairos.adapters.fix_mapping.writing import (
    NONE,
    put_expiry,
    put_id_source,
    put_max_floor,
    put_ord_type,
    put_price,
    put_security,
    put_text,
    put_time_in_force,
)
from kairos.fix import tags as t
from kairos.fix.errors import LocalError
from kairos.fix.writer import BodyWriter
from kairos.model.enums import ExecType, HandlInst, Side
from kairos.model.events import (
    Event,
    RouteCancelRequested,
    RouteEvent,
    RouteReplaceRequested,
    RouteRequested,
    RouteStatusRequested,
    VenueReportRefused,
)
from kairos.model.refusals import RefusalCode, fix_text
from kairos.model.values import Terms
from kairos.ports import Book, RouteView

VenueRequest = tuple[str, str, bytes]
"""Venue, MsgType(35), body."""

_SHORT: Final = frozenset((Side.SELL_SHORT, Side.SELL_SHORT_EXEMPT))
_TRADES: Final = frozenset((ExecType.TRADE, ExecType.TRADE_CORRECT, ExecType.TRADE_CANCEL))


class VenueRequests:
    """`begin_string_of_venue` tells in which version a venue is spoken to."""

    def __init__(self, book: Book, directory: InstrumentDirectory, begin_string_of_venue: Callable[[str], str]) -> None:
        self._book = book
        self._directory = directory
        self._begin_string_of = begin_string_of_venue

    def request_of(self, event: Event) -> VenueRequest | None:
        """What goes to a venue because of an event. PossResend(97) is the header's: RouteRequested.poss_resend."""
        if not isinstance(event, RouteEvent):
            return None
        if isinstance(event, RouteRequested):
            listing = self._directory.listing(event.instrument_id)
            return event.venue_id, t.NEW_ORDER_SINGLE, _new_body(event, listing, self._dialect(event.venue_id))
        if isinstance(event, RouteCancelRequested):
            return self._cancel(event)
        if isinstance(event, RouteReplaceRequested):
            return self._replace(event)
        if isinstance(event, RouteStatusRequested):
            return self._status(event)
        if isinstance(event, VenueReportRefused):
            return self._dispute(event)
        return None

    def _cancel(self, event: RouteCancelRequested) -> VenueRequest:
        route = self._book.route(event.route_id)
        listing = self._listing(route)
        w = BodyWriter()
        put_text(w, t.ACCOUNT, self._account_id(route))
        put_text(w, t.CL_ORD_ID, event.cl_ord_id)
        put_id_source(w, listing)
        put_text(w, t.ORDER_ID, route.venue_order_id)
        w.put_int(t.ORDER_QTY, route.terms.order_qty)
        put_text(w, t.ORIG_CL_ORD_ID, event.orig_cl_ord_id)
        put_security(w, listing, route.side)
        w.put_utc(t.TRANSACT_TIME, event.at_ns)
        put_text(w, t.SECURITY_EXCHANGE, listing.mic)
        return route.venue_id, t.ORDER_CANCEL_REQUEST, w.body()

    def _replace(self, event: RouteReplaceRequested) -> VenueRequest:
        route = self._book.route(event.route_id)
        listing = self._listing(route)
        w = BodyWriter()
        put_text(w, t.ACCOUNT, self._account_id(route))
        put_text(w, t.CL_ORD_ID, event.cl_ord_id)
        w.put_str(t.HANDL_INST, HandlInst.AUTOMATED_NO_INTERVENTION)
        put_id_source(w, listing)
        put_text(w, t.ORDER_ID, route.venue_order_id)
        dialect = self._dialect(route.venue_id)
        _put_order(w, event.terms, listing, route.side, event.at_ns, dialect, event.orig_cl_ord_id)
        return route.venue_id, t.ORDER_CANCEL_REPLACE_REQUEST, w.body()

    def _status(self, event: RouteStatusRequested) -> VenueRequest:
        route = self._book.route(event.route_id)
        listing = self._listing(route)
        w = BodyWriter()
        put_text(w, t.ACCOUNT, self._account_id(route))
        put_text(w, t.CL_ORD_ID, route.cl_ord_id)
        put_id_source(w, listing)
        put_text(w, t.ORDER_ID, route.venue_order_id)
        put_security(w, listing, route.side)
        put_text(w, t.SECURITY_EXCHANGE, listing.mic)
        if not self._dialect(route.venue_id).is_fix_4_2:
            put_text(w, t.ORD_STATUS_REQ_ID, event.request_id)
        return route.venue_id, t.ORDER_STATUS_REQUEST, w.body()

    def _dispute(self, event: VenueReportRefused) -> VenueRequest | None:
        """Only trades; one that came twice was booked once, and is no dispute."""
        if event.exec_type not in _TRADES or event.code is RefusalCode.DUPLICATE_EXEC_ID:
            return None
        listing = self._directory.listing(event.instrument_id)
        w = BodyWriter()
        put_text(w, t.EXEC_ID, event.exec_id or NONE)
        put_id_source(w, listing)
        put_price(w, t.LAST_PX, event.last_px)
        w.put_int(t.LAST_QTY, event.last_qty)
        put_text(w, t.ORDER_ID, event.venue_order_id or NONE)
        if event.route_id:
            w.put_int(t.ORDER_QTY, self._book.route(event.route_id).terms.order_qty)
        put_security(w, listing, event.side)
        put_text(w, t.TEXT, fix_text(event.code, event.context))
        w.put_str(t.DK_REASON, event.dk_reason)
        put_text(w, t.SECURITY_EXCHANGE, listing.mic)
        return event.venue_id, t.DONT_KNOW_TRADE, w.body()

    def _listing(self, route: RouteView) -> Listing:
        return self._directory.listing(self._book.order(route.order_id).instrument_id())

    def _account_id(self, route: RouteView) -> str:
        return self._book.order(route.order_id).account_id()

    def _dialect(self, venue_id: str) -> Dialect:
        begin_string = self._begin_string_of(venue_id)
        dialect = dialect_of(begin_string)
        if dialect is None:
            raise LocalError(
                f"venue {venue_id}: BeginString(8) {begin_string!r} has no mapping; use FIX.4.2 or FIX.4.4"
            )
        return dialect


def _new_body(event: RouteRequested, listing: Listing, dialect: Dialect) -> bytes:
    w = BodyWriter()
    put_text(w, t.ACCOUNT, event.account_id)
    put_text(w, t.CL_ORD_ID, event.cl_ord_id)
    w.put_str(t.HANDL_INST, HandlInst.AUTOMATED_NO_INTERVENTION)
    put_id_source(w, listing)
    _put_order(w, event.terms, listing, event.side, event.at_ns, dialect, "")
    return w.body()


def _put_order(
    w: BodyWriter, terms: Terms, listing: Listing, side: Side, at_ns: int, dialect: Dialect, orig_cl_ord_id: str
) -> None:
    """38 to 207, of a new order and of a replace. LocateReqd(114): stock is located before an order comes to us."""
    w.put_int(t.ORDER_QTY, terms.order_qty)
    put_ord_type(w, terms, dialect)
    put_text(w, t.ORIG_CL_ORD_ID, orig_cl_ord_id)
    put_price(w, t.PRICE, terms.price)
    put_security(w, listing, side)
    put_time_in_force(w, terms, dialect)
    w.put_utc(t.TRANSACT_TIME, at_ns)
    put_price(w, t.STOP_PX, terms.stop_px)
    put_max_floor(w, terms)
    if side in _SHORT:
        w.put_bool(t.LOCATE_REQD, False)
    put_expiry(w, terms)
    put_text(w, t.SECURITY_EXCHANGE, listing.mic)

"""What a venue is asked: routes' events become NewOrderSingle(D), OrderCancelRequest(F), OrderCancelReplaceRequest(G),
OrderStatusRequest(H), and DontKnowTrade(Q) for a trade that does not fit what we know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kairos.adapters.fix_mapping.instruments import InstrumentDirectory, Listing
from kairos.adapters.fix_mapping.venue_details import USUAL_AGREEMENT, VenueAgreement, put_order_details
from kairos.adapters.fix_mapping.versions import VERSIONS, Dialect, dialect_of
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
    RouteReplaceRequested,
    RouteRequested,
    RouteStatusRequested,
    VenueDefined,
    VenueReportRefused,
)
from kairos.model.refusals import RefusalCode, fix_text
from kairos.model.values import Terms
from kairos.ports import Book, OrderView, RouteView

VenueRequest = tuple[str, str, bytes]
"""Venue, MsgType(35), body."""

_ALL_THAT_REMAINS: Final = "F"
"""CxlType(125)."""
_SHORT: Final = frozenset((Side.SELL_SHORT, Side.SELL_SHORT_EXEMPT))
_TRADES: Final = frozenset((ExecType.TRADE, ExecType.TRADE_CORRECT, ExecType.TRADE_CANCEL))


ASKED_OF_VENUES: Final[tuple[type[Event], ...]] = (
    RouteRequested,
    RouteCancelRequested,
    RouteReplaceRequested,
    RouteStatusRequested,
    VenueReportRefused,
)
"""The events that may make a request."""


def _the_usual(_venue_id: str) -> VenueAgreement:
    return USUAL_AGREEMENT


def _of_no_venue(_venue_id: str) -> VenueDefined | None:
    return None


class VenueRequests:
    """`version_of_venue` tells in which version a venue is spoken to, `agreement_of_venue` what it is told of an
    order beside its terms, `venue_defined` what it honours of that."""

    def __init__(
        self,
        book: Book,
        directory: InstrumentDirectory,
        version_of_venue: Callable[[str], str],
        agreement_of_venue: Callable[[str], VenueAgreement] = _the_usual,
        venue_defined: Callable[[str], VenueDefined | None] = _of_no_venue,
    ) -> None:
        self._book = book
        self._directory = directory
        self._version_of = version_of_venue
        self._agreement_of = agreement_of_venue
        self._venue_defined = venue_defined

    def request_of(self, event: Event) -> VenueRequest | None:
        """What goes to a venue because of an event. PossResend(97) is the header's: RouteRequested.poss_resend."""
        request = self._request_of(event)
        if request is None:
            return None
        venue_id, msg_type, body = request
        return venue_id, msg_type, self._dialect(venue_id).fit(msg_type, body)

    def _request_of(self, event: Event) -> VenueRequest | None:
        if isinstance(event, RouteRequested):
            return self._new(event)
        if isinstance(event, RouteCancelRequested):
            return self._cancel(event)
        if isinstance(event, RouteReplaceRequested):
            return self._replace(event)
        if isinstance(event, RouteStatusRequested):
            return self._status(event)
        if isinstance(event, VenueReportRefused):
            return self._dispute(event)
        return None

    def _new(self, event: RouteRequested) -> VenueRequest:
        listing = self._directory.listing(event.instrument_id)
        dialect = self._dialect(event.venue_id)
        w = BodyWriter()
        put_text(w, t.ACCOUNT, event.account_id)
        put_text(w, t.CL_ORD_ID, event.cl_ord_id)
        w.put_str(t.HANDL_INST, HandlInst.AUTOMATED_NO_INTERVENTION)
        put_id_source(w, listing)
        _put_order(w, event.terms, listing, event.side, event.at_ns, dialect, "")
        self._put_details(w, event.order_id, event.venue_id, event.terms, dialect, t.NEW_ORDER_SINGLE)
        return event.venue_id, t.NEW_ORDER_SINGLE, w.body()

    def _put_details(
        self, w: BodyWriter, order_id: int, venue_id: str, terms: Terms, dialect: Dialect, msg_type: str
    ) -> None:
        order: OrderView = self._book.order(order_id)
        agreement = self._agreement_of(venue_id)
        put_order_details(w, order, terms, agreement, self._venue_defined(venue_id), dialect.version, msg_type)

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
        if self._dialect(route.venue_id).has_cxl_type:
            w.put_str(t.CXL_TYPE, _ALL_THAT_REMAINS)
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
        msg_type = t.ORDER_CANCEL_REPLACE_REQUEST
        self._put_details(w, route.order_id, route.venue_id, event.terms, dialect, msg_type)
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
        if not self._dialect(route.venue_id).has_trans_type:
            put_text(w, t.ORD_STATUS_REQ_ID, event.request_id)
        return route.venue_id, t.ORDER_STATUS_REQUEST, w.body()

    def _dispute(self, event: VenueReportRefused) -> VenueRequest | None:
        """Only trades; one that came twice was booked once, and is no dispute. A drop copy takes no answer."""
        if event.exec_type not in _TRADES or event.code is RefusalCode.DUPLICATE_EXEC_ID or event.copied:
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
        version = self._version_of(venue_id)
        dialect = dialect_of(version)
        if dialect is None:
            raise LocalError(f"venue {venue_id}: {version!r} has no mapping; use one of {', '.join(VERSIONS)}")
        return dialect


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

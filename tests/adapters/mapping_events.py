"""Events of one client order as they come from the engine, and a book that holds that order."""

from __future__ import annotations

from kairos.model.enums import (
    CxlRejResponseTo,
    ExecType,
    HandlInst,
    MassCancelRequestType,
    OrdStatus,
    OrdType,
    Side,
    TimeInForce,
)
from kairos.model.events import (
    Event,
    InstrumentDefined,
    MassCancelReported,
    OrderAccepted,
    OrderAcknowledged,
    OrderCanceled,
    OrderCancelPending,
    OrderDoneForDay,
    OrderExpired,
    OrderHeld,
    OrderRefused,
    OrderRejected,
    OrderReplaced,
    OrderReplacePending,
    OrderReplaceQueued,
    OrderRestated,
    OrderSplit,
    OrderStatusReported,
    RequestRefused,
    RequestRejected,
    TradeBooked,
    TradeBusted,
    TradeCorrected,
)
from kairos.model.numbers import PRICE_SCALE
from kairos.model.refusals import RefusalCode
from kairos.model.values import NO_ORDER_DETAILS, OrderDetails, Standing, Terms
from kairos.ports import OrderView, RouteView

NOW_NS = 1_795_334_400_000_000_000  # 2026-11-22 08:00:00 UTC
INSTRUMENT = InstrumentDefined(
    NOW_NS, "2330.XTAI", "2330", "XTAI", "TSMC", "TWD", "TW0002330008", "", PRICE_SCALE, 1, 1, 0, ""
)


def terms_of(order_qty: int, tif: TimeInForce = TimeInForce.DAY) -> Terms:
    return Terms(order_qty, OrdType.LIMIT, 1005 * PRICE_SCALE, 0, tif, 0, 0)


class OneOrder:
    """An `OrderView`: order 1, now called X."""

    def __init__(self, session: str, terms: Terms) -> None:
        self.order_id = 1
        self.session = session
        self.client_id = "C1"
        self.cl_ord_id = "X"
        self.side = Side.BUY
        self.handl_inst = HandlInst.AUTOMATED_NO_INTERVENTION
        self.terms = terms
        self.text = ""
        self.details = NO_ORDER_DETAILS
        self.list_id = ""
        self.cross_id = ""
        self.cash_qty = 0
        self.by_phone = False
        self.canceled_as = ""
        self.carried = False
        self.earlier_qty = 0

    def asked_details(self) -> OrderDetails:
        return self.details

    def day_cum_qty(self) -> int:
        return 0

    def day_avg_px(self) -> int:
        return 0

    def account_id(self) -> str:
        return "ACC"

    def instrument_id(self) -> str:
        return INSTRUMENT.instrument_id


class OneOrderBook:
    def __init__(self, session: str, terms: Terms) -> None:
        self._order = OneOrder(session, terms)

    def order(self, order_id: int) -> OrderView:
        assert order_id == 1
        return self._order

    def route(self, route_id: int) -> RouteView:
        raise AssertionError("reports to clients do not speak of routes")


def status_reported(
    session: str, standing: Standing, terms: Terms, mass: bool, order_id: int = 1
) -> OrderStatusReported:
    return OrderStatusReported(
        NOW_NS, order_id, 9, session, "C1", "X", "2330.XTAI", Side.BUY, terms, standing, "S1", mass, 1, True, ""
    )


def refused(session: str, standing: Standing, terms: Terms, order_id: int, code: RefusalCode) -> OrderRefused:
    return OrderRefused(
        NOW_NS, order_id, 9, session, "C1", "X", "ACC", "2330.XTAI", Side.BUY, terms, code, (), standing, "", ""
    )


def accepted(session: str, terms: Terms) -> OrderAccepted:
    return OrderAccepted(
        NOW_NS, 1, 9, session, "C1", "X", "ACC", "2330.XTAI", Side.BUY,
        HandlInst.AUTOMATED_NO_INTERVENTION, terms, "XTAI", "", NOW_NS, "", 0,
    )  # fmt: skip


def execution(
    exec_type: str, session: str, standing: Standing, terms: Terms, cl: str, orig: str, last_qty: int = 0
) -> Event:
    """The event that a report of this ExecType(150) of FIX 4.4 tells."""
    px = 1004 * PRICE_SCALE
    at = (NOW_NS, 1, 9)
    if exec_type == "0":
        return accepted(session, terms)
    if exec_type == "F":
        return TradeBooked(*at, 1, "XTAI", "V1", last_qty, px, terms, standing, "", NOW_NS, "")
    if exec_type == "G":
        return TradeCorrected(*at, 3, 3, "V2", last_qty, px, terms, standing, "", "")
    if exec_type == "H":
        return TradeBusted(*at, 3, 3, "V2", 100, px, terms, standing, "", "")
    if exec_type == "I":
        return status_reported(session, standing, terms, False)
    if exec_type == "4":
        return OrderCanceled(*at, cl, orig, terms, standing, "")
    if exec_type == "5":
        return OrderReplaced(*at, cl, orig, terms, standing, "")
    if exec_type == "6":
        return OrderCancelPending(*at, session, cl, orig, terms, standing, "", "")
    if exec_type == "E":
        return OrderReplacePending(*at, session, cl, orig, terms, terms, standing, 0, "", "")
    return _unasked(exec_type, session, standing, terms)


def newer_events(session: str, standing: Standing, terms: Terms) -> list[Event]:
    """What the order state matrices ask of us beyond an ExecType(150) each."""
    at = (NOW_NS, 1, 9)
    return [
        OrderAcknowledged(*at, "X", terms, ""),
        OrderHeld(*at, "X", terms, RefusalCode.MAX_ORDER_QTY, ()),
        OrderReplaceQueued(*at, session, "Y", "X", terms, terms, standing, 0, True, "", "", NO_ORDER_DETAILS),
        OrderSplit(*at, 2, 1, terms, standing, 0, "", "", NO_ORDER_DETAILS),
    ]


def _unasked(exec_type: str, session: str, standing: Standing, terms: Terms) -> Event:
    at = (NOW_NS, 1, 9)
    if exec_type == "8" and standing.ord_status is OrdStatus.REJECTED:
        return OrderRejected(*at, terms, standing, RefusalCode.VENUE_REFUSED, "")
    if exec_type == "8":
        return refused(session, standing, terms_of(7), 1, RefusalCode.DUPLICATE_CL_ORD_ID)
    if exec_type == "3":
        return OrderDoneForDay(*at, terms, standing, "")
    if exec_type == "C":
        return OrderExpired(*at, terms, standing, "")
    return OrderRestated(*at, ExecType(exec_type), terms, standing, "2", "")


def request_refused(session: str, order_id: int, code: RefusalCode) -> RequestRefused:
    to = CxlRejResponseTo.ORDER_CANCEL_REQUEST
    return RequestRefused(NOW_NS, order_id, session, "C1", "Y", "X", to, code, (), OrdStatus.NEW, "")


def request_rejected(session: str, cl_ord_id: str, code: RefusalCode) -> RequestRejected:
    to = CxlRejResponseTo.ORDER_CANCEL_REPLACE_REQUEST
    return RequestRejected(NOW_NS, 1, session, cl_ord_id, "X", to, code, (), OrdStatus.NEW, "")


def mass_canceled(session: str, accepted: bool) -> MassCancelReported:
    code = RefusalCode.NONE if accepted else RefusalCode.UNKNOWN_INSTRUMENT
    kind = MassCancelRequestType.SECURITY
    return MassCancelReported(NOW_NS, session, "C1", "MC", kind, "2330.XTAI", 9, accepted, code, 2, "")

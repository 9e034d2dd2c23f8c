"""Events, past tense: the facts that the journal keeps and state is a fold over.

Generated from messages.schema by tools/generate_model.py: edit the table, not this file.
"""

from __future__ import annotations

from typing import Final

from librt.strings import BytesWriter, write_i64_le
from mypy_extensions import i64, mypyc_attr

from kairos.model.enums import (
    AckPolicy,
    ApprovalKind,
    ApprovalOutcome,
    CxlRejResponseTo,
    DKReason,
    ExecAckStatus,
    ExecType,
    HandlInst,
    LimitKind,
    ListExecInstType,
    ListOrderStatus,
    ListStatusType,
    MassCancelRequestType,
    NodeKind,
    OrdStatus,
    ReleaseKind,
    RequestKind,
    Role,
    ScopeKind,
    SecondReplace,
    Severity,
    Side,
    VenueKind,
)
from kairos.model.indicators import Indicator
from kairos.model.market_enums import (
    CorporateActionKind,
    OddLots,
    OrderTreatment,
    ReferencePrice,
    RestrictionKind,
    ShortSaleRule,
)
from kairos.model.refusals import RefusalCode
from kairos.model.values import (
    NO_ORDER_DETAILS,
    NO_TRADE_DETAILS,
    ApprovalRule,
    BurstSlot,
    CheckPlugin,
    CurrencySlippage,
    DailyReturn,
    KeptExecution,
    Leg,
    Limit,
    Limits,
    MarketSpan,
    OrderDetails,
    OrderRef,
    Place,
    PriceBand,
    RuleAction,
    RuleLevel,
    RuleLevelTimes,
    Standing,
    Terms,
    TradeDetails,
    TrendState,
    Verdict,
    put_order_details,
    put_trade_details,
)
from kairos.model.wire_types import (
    Pairs,
    Record,
    put_bool,
    put_bytes,
    put_code,
    put_count,
    put_money,
    put_name,
    put_pairs,
    put_str,
)


@mypyc_attr(acyclic=True)
class Event(Record):
    """A fact. `at_ns` is when it became one, in nanoseconds since 1970 UTC."""

    def __init__(self, at_ns: i64) -> None:
        self.at_ns: Final[i64] = at_ns

    def wire_code(self) -> i64:
        """The number of this kind of event on the wire."""
        raise NotImplementedError

    def wire_version(self) -> i64:
        """The version of this kind of event on the wire."""
        raise NotImplementedError


@mypyc_attr(acyclic=True)
class OrderEvent(Event):
    """Something happened to a client order."""


@mypyc_attr(acyclic=True)
class MarketEvent(Event):
    """Something happened to a market, or to what it says of an instrument."""


@mypyc_attr(acyclic=True)
class RouteEvent(Event):
    """Something happened to a route."""


@mypyc_attr(acyclic=True)
class ListEvent(Event):
    """Something happened to a list of orders."""


@mypyc_attr(acyclic=True)
class CrossEvent(Event):
    """Something happened to a cross: two orders that trade against each other."""


@mypyc_attr(acyclic=True)
class ReferenceEvent(Event):
    """Reference data, limits or controls changed."""


@mypyc_attr(acyclic=True)
class RiskEvent(Event):
    """The tree, its limits, indicators, responses, kills or approvals changed."""


@mypyc_attr(acyclic=True)
class SessionEvent(Event):
    """A FIX session's numbers moved; committed with the events they belong to."""


@mypyc_attr(acyclic=True)
class OrderAccepted(OrderEvent):
    """A client order passed every refusal: confirmed, recorded, ours to work.

    reserve_px: the price at which the order weighs on buying power
    pending: the client hears of it when the venue has acknowledged: PENDING_NEW until then
    cash_qty: CashOrderQty(152): money to spend, of which OrderQty(38) was computed; 0 for none
    verbal_cl_ord_id: of a phoned order: the ClOrdID(11) of its electronic copy, to be refused if it comes
    strategy_id: of the account; empty where the order is of none
    trader_id: whose book it is in: the person who entered it, else who covers the account
    reason: why it may pass soft limits
    """

    def __init__(
        self,
        at_ns: i64,
        order_id: i64,
        exec_id: i64,
        session: str,
        client_id: str,
        cl_ord_id: str,
        account_id: str,
        instrument_id: str,
        side: Side,
        handl_inst: HandlInst,
        terms: Terms,
        venue_id: str,
        text: str,
        transact_time_ns: i64,
        user_id: str,
        reserve_px: i64,
        pending: bool = False,
        cash_qty: int = 0,
        verbal_cl_ord_id: str = "",
        details: OrderDetails = NO_ORDER_DETAILS,
        strategy_id: str = "",
        trader_id: str = "",
        reason: str = "",
    ) -> None:
        super().__init__(at_ns)
        self.order_id: Final[i64] = order_id
        self.exec_id: Final[i64] = exec_id
        self.session: Final[str] = session
        self.client_id: Final[str] = client_id
        self.cl_ord_id: Final[str] = cl_ord_id
        self.account_id: Final[str] = account_id
        self.instrument_id: Final[str] = instrument_id
        self.side: Final[Side] = side
        self.handl_inst: Final[HandlInst] = handl_inst
        self.terms: Final[Terms] = terms
        self.venue_id: Final[str] = venue_id
        self.text: Final[str] = text
        self.transact_time_ns: Final[i64] = transact_time_ns
        self.user_id: Final[str] = user_id
        self.reserve_px: Final[i64] = reserve_px
        self.pending: Final[bool] = pending
        self.cash_qty: Final[int] = cash_qty
        self.verbal_cl_ord_id: Final[str] = verbal_cl_ord_id
        self.details: Final[OrderDetails] = details
        self.strategy_id: Final[str] = strategy_id
        self.trader_id: Final[str] = trader_id
        self.reason: Final[str] = reason

    def names(self) -> tuple[str, ...]:
        return (
            "order_id",
            "exec_id",
            "session",
            "client_id",
            "cl_ord_id",
            "account_id",
            "instrument_id",
            "side",
            "handl_inst",
            "terms",
            "venue_id",
            "text",
            "transact_time_ns",
            "user_id",
            "reserve_px",
            "pending",
            "cash_qty",
            "verbal_cl_ord_id",
            "details",
            "strategy_id",
            "trader_id",
            "reason",
        )

    def wire_code(self) -> i64:
        return 100

    def wire_version(self) -> i64:
        return 3

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.order_id)
        write_i64_le(w, self.exec_id)
        put_name(w, self.session)
        put_name(w, self.client_id)
        put_str(w, self.cl_ord_id)
        put_name(w, self.account_id)
        put_name(w, self.instrument_id)
        put_code(w, self.side)
        put_code(w, self.handl_inst)
        self.terms.put(w)
        put_name(w, self.venue_id)
        put_str(w, self.text)
        write_i64_le(w, self.transact_time_ns)
        put_name(w, self.user_id)
        write_i64_le(w, self.reserve_px)
        put_bool(w, self.pending)
        put_money(w, self.cash_qty)
        put_str(w, self.verbal_cl_ord_id)
        put_order_details(w, self.details)
        put_name(w, self.strategy_id)
        put_name(w, self.trader_id)
        put_str(w, self.reason)


@mypyc_attr(acyclic=True)
class OrderRefused(OrderEvent):
    """A client order was refused at the door or by the gate; it never entered the book.

    order_id: of the first order when this one repeats its ClOrdID, else 0
    standing: of the first order when this one repeats its ClOrdID
    cash_qty: CashOrderQty(152): money to spend, of which OrderQty(38) was computed; 0 for none
    list_id: ListID(66) of the list that it was in
    cross_id: CrossID(548) of the cross that it was a side of
    """

    def __init__(
        self,
        at_ns: i64,
        order_id: i64,
        exec_id: i64,
        session: str,
        client_id: str,
        cl_ord_id: str,
        account_id: str,
        instrument_id: str,
        side: Side,
        terms: Terms,
        code: RefusalCode,
        context: Pairs,
        standing: Standing,
        text: str,
        user_id: str,
        cash_qty: int = 0,
        list_id: str = "",
        cross_id: str = "",
        details: OrderDetails = NO_ORDER_DETAILS,
        strategy_id: str = "",
    ) -> None:
        super().__init__(at_ns)
        self.order_id: Final[i64] = order_id
        self.exec_id: Final[i64] = exec_id
        self.session: Final[str] = session
        self.client_id: Final[str] = client_id
        self.cl_ord_id: Final[str] = cl_ord_id
        self.account_id: Final[str] = account_id
        self.instrument_id: Final[str] = instrument_id
        self.side: Final[Side] = side
        self.terms: Final[Terms] = terms
        self.code: Final[RefusalCode] = code
        self.context: Final[Pairs] = context
        self.standing: Final[Standing] = standing
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id
        self.cash_qty: Final[int] = cash_qty
        self.list_id: Final[str] = list_id
        self.cross_id: Final[str] = cross_id
        self.details: Final[OrderDetails] = details
        self.strategy_id: Final[str] = strategy_id

    def names(self) -> tuple[str, ...]:
        return (
            "order_id",
            "exec_id",
            "session",
            "client_id",
            "cl_ord_id",
            "account_id",
            "instrument_id",
            "side",
            "terms",
            "code",
            "context",
            "standing",
            "text",
            "user_id",
            "cash_qty",
            "list_id",
            "cross_id",
            "details",
            "strategy_id",
        )

    def wire_code(self) -> i64:
        return 101

    def wire_version(self) -> i64:
        return 3

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.order_id)
        write_i64_le(w, self.exec_id)
        put_name(w, self.session)
        put_name(w, self.client_id)
        put_str(w, self.cl_ord_id)
        put_name(w, self.account_id)
        put_name(w, self.instrument_id)
        put_code(w, self.side)
        self.terms.put(w)
        put_str(w, self.code)
        put_pairs(w, self.context)
        self.standing.put(w)
        put_str(w, self.text)
        put_name(w, self.user_id)
        put_money(w, self.cash_qty)
        put_str(w, self.list_id)
        put_str(w, self.cross_id)
        put_order_details(w, self.details)
        put_name(w, self.strategy_id)


@mypyc_attr(acyclic=True)
class OrderCancelPending(OrderEvent):
    """A cancel request was taken and waits for the venue.

    cl_ord_id: of the request
    """

    def __init__(
        self,
        at_ns: i64,
        order_id: i64,
        exec_id: i64,
        session: str,
        cl_ord_id: str,
        orig_cl_ord_id: str,
        terms: Terms,
        standing: Standing,
        text: str,
        user_id: str,
    ) -> None:
        super().__init__(at_ns)
        self.order_id: Final[i64] = order_id
        self.exec_id: Final[i64] = exec_id
        self.session: Final[str] = session
        self.cl_ord_id: Final[str] = cl_ord_id
        self.orig_cl_ord_id: Final[str] = orig_cl_ord_id
        self.terms: Final[Terms] = terms
        self.standing: Final[Standing] = standing
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("order_id", "exec_id", "session", "cl_ord_id", "orig_cl_ord_id", "terms", "standing", "text", "user_id")

    def wire_code(self) -> i64:
        return 102

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.order_id)
        write_i64_le(w, self.exec_id)
        put_name(w, self.session)
        put_str(w, self.cl_ord_id)
        put_str(w, self.orig_cl_ord_id)
        self.terms.put(w)
        self.standing.put(w)
        put_str(w, self.text)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class OrderReplacePending(OrderEvent):
    """A replace request was taken and waits for the venue.

    terms: as they still are
    reserve_px: of the new terms
    quiet: the client was told when it was queued
    details: as they still are
    """

    def __init__(
        self,
        at_ns: i64,
        order_id: i64,
        exec_id: i64,
        session: str,
        cl_ord_id: str,
        orig_cl_ord_id: str,
        terms: Terms,
        new_terms: Terms,
        standing: Standing,
        reserve_px: i64,
        text: str,
        user_id: str,
        quiet: bool = False,
        new_details: OrderDetails = NO_ORDER_DETAILS,
        details: OrderDetails = NO_ORDER_DETAILS,
    ) -> None:
        super().__init__(at_ns)
        self.order_id: Final[i64] = order_id
        self.exec_id: Final[i64] = exec_id
        self.session: Final[str] = session
        self.cl_ord_id: Final[str] = cl_ord_id
        self.orig_cl_ord_id: Final[str] = orig_cl_ord_id
        self.terms: Final[Terms] = terms
        self.new_terms: Final[Terms] = new_terms
        self.standing: Final[Standing] = standing
        self.reserve_px: Final[i64] = reserve_px
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id
        self.quiet: Final[bool] = quiet
        self.new_details: Final[OrderDetails] = new_details
        self.details: Final[OrderDetails] = details

    def names(self) -> tuple[str, ...]:
        return (
            "order_id",
            "exec_id",
            "session",
            "cl_ord_id",
            "orig_cl_ord_id",
            "terms",
            "new_terms",
            "standing",
            "reserve_px",
            "text",
            "user_id",
            "quiet",
            "new_details",
            "details",
        )

    def wire_code(self) -> i64:
        return 103

    def wire_version(self) -> i64:
        return 2

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.order_id)
        write_i64_le(w, self.exec_id)
        put_name(w, self.session)
        put_str(w, self.cl_ord_id)
        put_str(w, self.orig_cl_ord_id)
        self.terms.put(w)
        self.new_terms.put(w)
        self.standing.put(w)
        write_i64_le(w, self.reserve_px)
        put_str(w, self.text)
        put_name(w, self.user_id)
        put_bool(w, self.quiet)
        put_order_details(w, self.new_details)
        put_order_details(w, self.details)


@mypyc_attr(acyclic=True)
class OrderReplaced(OrderEvent):
    """The order has its new terms."""

    def __init__(
        self,
        at_ns: i64,
        order_id: i64,
        exec_id: i64,
        cl_ord_id: str,
        orig_cl_ord_id: str,
        terms: Terms,
        standing: Standing,
        text: str,
        details: OrderDetails = NO_ORDER_DETAILS,
    ) -> None:
        super().__init__(at_ns)
        self.order_id: Final[i64] = order_id
        self.exec_id: Final[i64] = exec_id
        self.cl_ord_id: Final[str] = cl_ord_id
        self.orig_cl_ord_id: Final[str] = orig_cl_ord_id
        self.terms: Final[Terms] = terms
        self.standing: Final[Standing] = standing
        self.text: Final[str] = text
        self.details: Final[OrderDetails] = details

    def names(self) -> tuple[str, ...]:
        return ("order_id", "exec_id", "cl_ord_id", "orig_cl_ord_id", "terms", "standing", "text", "details")

    def wire_code(self) -> i64:
        return 104

    def wire_version(self) -> i64:
        return 2

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.order_id)
        write_i64_le(w, self.exec_id)
        put_str(w, self.cl_ord_id)
        put_str(w, self.orig_cl_ord_id)
        self.terms.put(w)
        self.standing.put(w)
        put_str(w, self.text)
        put_order_details(w, self.details)


@mypyc_attr(acyclic=True)
class RequestRefused(OrderEvent):
    """A cancel or replace was refused at the door or by the gate; nothing changed.

    order_id: 0 when the order is unknown
    """

    def __init__(
        self,
        at_ns: i64,
        order_id: i64,
        session: str,
        client_id: str,
        cl_ord_id: str,
        orig_cl_ord_id: str,
        response_to: CxlRejResponseTo,
        code: RefusalCode,
        context: Pairs,
        ord_status: OrdStatus,
        user_id: str,
    ) -> None:
        super().__init__(at_ns)
        self.order_id: Final[i64] = order_id
        self.session: Final[str] = session
        self.client_id: Final[str] = client_id
        self.cl_ord_id: Final[str] = cl_ord_id
        self.orig_cl_ord_id: Final[str] = orig_cl_ord_id
        self.response_to: Final[CxlRejResponseTo] = response_to
        self.code: Final[RefusalCode] = code
        self.context: Final[Pairs] = context
        self.ord_status: Final[OrdStatus] = ord_status
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return (
            "order_id",
            "session",
            "client_id",
            "cl_ord_id",
            "orig_cl_ord_id",
            "response_to",
            "code",
            "context",
            "ord_status",
            "user_id",
        )

    def wire_code(self) -> i64:
        return 105

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.order_id)
        put_name(w, self.session)
        put_name(w, self.client_id)
        put_str(w, self.cl_ord_id)
        put_str(w, self.orig_cl_ord_id)
        put_code(w, self.response_to)
        put_str(w, self.code)
        put_pairs(w, self.context)
        put_code(w, self.ord_status)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class RequestRejected(OrderEvent):
    """A pending cancel or replace ended without effect: the venue refused it, or the order ended first.

    ord_status: where the order stands after it
    """

    def __init__(
        self,
        at_ns: i64,
        order_id: i64,
        session: str,
        cl_ord_id: str,
        orig_cl_ord_id: str,
        response_to: CxlRejResponseTo,
        code: RefusalCode,
        context: Pairs,
        ord_status: OrdStatus,
        text: str,
    ) -> None:
        super().__init__(at_ns)
        self.order_id: Final[i64] = order_id
        self.session: Final[str] = session
        self.cl_ord_id: Final[str] = cl_ord_id
        self.orig_cl_ord_id: Final[str] = orig_cl_ord_id
        self.response_to: Final[CxlRejResponseTo] = response_to
        self.code: Final[RefusalCode] = code
        self.context: Final[Pairs] = context
        self.ord_status: Final[OrdStatus] = ord_status
        self.text: Final[str] = text

    def names(self) -> tuple[str, ...]:
        return (
            "order_id",
            "session",
            "cl_ord_id",
            "orig_cl_ord_id",
            "response_to",
            "code",
            "context",
            "ord_status",
            "text",
        )

    def wire_code(self) -> i64:
        return 106

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.order_id)
        put_name(w, self.session)
        put_str(w, self.cl_ord_id)
        put_str(w, self.orig_cl_ord_id)
        put_code(w, self.response_to)
        put_str(w, self.code)
        put_pairs(w, self.context)
        put_code(w, self.ord_status)
        put_str(w, self.text)


@mypyc_attr(acyclic=True)
class OrderCanceled(OrderEvent):
    """Nothing more will be done for the order. cl_ord_id is the cancel request's, or the order's own when
    nobody asked.

    orig_cl_ord_id: empty when nobody asked
    reason: ExecRestatementReason(378) of the venue, when nobody asked
    """

    def __init__(
        self,
        at_ns: i64,
        order_id: i64,
        exec_id: i64,
        cl_ord_id: str,
        orig_cl_ord_id: str,
        terms: Terms,
        standing: Standing,
        text: str,
        reason: str = "",
    ) -> None:
        super().__init__(at_ns)
        self.order_id: Final[i64] = order_id
        self.exec_id: Final[i64] = exec_id
        self.cl_ord_id: Final[str] = cl_ord_id
        self.orig_cl_ord_id: Final[str] = orig_cl_ord_id
        self.terms: Final[Terms] = terms
        self.standing: Final[Standing] = standing
        self.text: Final[str] = text
        self.reason: Final[str] = reason

    def names(self) -> tuple[str, ...]:
        return ("order_id", "exec_id", "cl_ord_id", "orig_cl_ord_id", "terms", "standing", "text", "reason")

    def wire_code(self) -> i64:
        return 107

    def wire_version(self) -> i64:
        return 2

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.order_id)
        write_i64_le(w, self.exec_id)
        put_str(w, self.cl_ord_id)
        put_str(w, self.orig_cl_ord_id)
        self.terms.put(w)
        self.standing.put(w)
        put_str(w, self.text)
        put_str(w, self.reason)


@mypyc_attr(acyclic=True)
class OrderRejected(OrderEvent):
    """The venue refused an order that we had accepted, before any of it traded."""

    def __init__(
        self, at_ns: i64, order_id: i64, exec_id: i64, terms: Terms, standing: Standing, code: RefusalCode, text: str
    ) -> None:
        super().__init__(at_ns)
        self.order_id: Final[i64] = order_id
        self.exec_id: Final[i64] = exec_id
        self.terms: Final[Terms] = terms
        self.standing: Final[Standing] = standing
        self.code: Final[RefusalCode] = code
        self.text: Final[str] = text

    def names(self) -> tuple[str, ...]:
        return ("order_id", "exec_id", "terms", "standing", "code", "text")

    def wire_code(self) -> i64:
        return 108

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.order_id)
        write_i64_le(w, self.exec_id)
        self.terms.put(w)
        self.standing.put(w)
        put_str(w, self.code)
        put_str(w, self.text)


@mypyc_attr(acyclic=True)
class OrderExpired(OrderEvent):
    """The order's time in force ran out."""

    def __init__(self, at_ns: i64, order_id: i64, exec_id: i64, terms: Terms, standing: Standing, text: str) -> None:
        super().__init__(at_ns)
        self.order_id: Final[i64] = order_id
        self.exec_id: Final[i64] = exec_id
        self.terms: Final[Terms] = terms
        self.standing: Final[Standing] = standing
        self.text: Final[str] = text

    def names(self) -> tuple[str, ...]:
        return ("order_id", "exec_id", "terms", "standing", "text")

    def wire_code(self) -> i64:
        return 109

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.order_id)
        write_i64_le(w, self.exec_id)
        self.terms.put(w)
        self.standing.put(w)
        put_str(w, self.text)


@mypyc_attr(acyclic=True)
class OrderDoneForDay(OrderEvent):
    """No more will be executed today."""

    def __init__(self, at_ns: i64, order_id: i64, exec_id: i64, terms: Terms, standing: Standing, text: str) -> None:
        super().__init__(at_ns)
        self.order_id: Final[i64] = order_id
        self.exec_id: Final[i64] = exec_id
        self.terms: Final[Terms] = terms
        self.standing: Final[Standing] = standing
        self.text: Final[str] = text

    def names(self) -> tuple[str, ...]:
        return ("order_id", "exec_id", "terms", "standing", "text")

    def wire_code(self) -> i64:
        return 110

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.order_id)
        write_i64_le(w, self.exec_id)
        self.terms.put(w)
        self.standing.put(w)
        put_str(w, self.text)


@mypyc_attr(acyclic=True)
class OrderStatusReported(OrderEvent):
    """A status request was answered; order_id 0 when the order is unknown.

    mass: answers a mass status request
    total: TotNumReports(911): how many answer a mass request; 0 for a single one
    last: LastRptRequested(912)
    orig_cl_ord_id: the ClOrdID that was asked for, when it is not the present one
    """

    def __init__(
        self,
        at_ns: i64,
        order_id: i64,
        exec_id: i64,
        session: str,
        client_id: str,
        cl_ord_id: str,
        instrument_id: str,
        side: Side,
        terms: Terms,
        standing: Standing,
        request_id: str,
        mass: bool,
        total: i64,
        last: bool,
        text: str,
        orig_cl_ord_id: str = "",
    ) -> None:
        super().__init__(at_ns)
        self.order_id: Final[i64] = order_id
        self.exec_id: Final[i64] = exec_id
        self.session: Final[str] = session
        self.client_id: Final[str] = client_id
        self.cl_ord_id: Final[str] = cl_ord_id
        self.instrument_id: Final[str] = instrument_id
        self.side: Final[Side] = side
        self.terms: Final[Terms] = terms
        self.standing: Final[Standing] = standing
        self.request_id: Final[str] = request_id
        self.mass: Final[bool] = mass
        self.total: Final[i64] = total
        self.last: Final[bool] = last
        self.text: Final[str] = text
        self.orig_cl_ord_id: Final[str] = orig_cl_ord_id

    def names(self) -> tuple[str, ...]:
        return (
            "order_id",
            "exec_id",
            "session",
            "client_id",
            "cl_ord_id",
            "instrument_id",
            "side",
            "terms",
            "standing",
            "request_id",
            "mass",
            "total",
            "last",
            "text",
            "orig_cl_ord_id",
        )

    def wire_code(self) -> i64:
        return 111

    def wire_version(self) -> i64:
        return 2

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.order_id)
        write_i64_le(w, self.exec_id)
        put_name(w, self.session)
        put_name(w, self.client_id)
        put_str(w, self.cl_ord_id)
        put_name(w, self.instrument_id)
        put_code(w, self.side)
        self.terms.put(w)
        self.standing.put(w)
        put_str(w, self.request_id)
        put_bool(w, self.mass)
        write_i64_le(w, self.total)
        put_bool(w, self.last)
        put_str(w, self.text)
        put_str(w, self.orig_cl_ord_id)


@mypyc_attr(acyclic=True)
class MassCancelReported(OrderEvent):
    """A mass cancel was taken (its cancels follow, one by one) or refused.

    exec_id: identifies the report: MassActionReportID
    affected: TotalAffectedOrders(533)
    account_id: Account(1): of this account alone
    """

    def __init__(
        self,
        at_ns: i64,
        session: str,
        client_id: str,
        cl_ord_id: str,
        request_type: MassCancelRequestType,
        instrument_id: str,
        exec_id: i64,
        accepted: bool,
        code: RefusalCode,
        affected: i64,
        user_id: str,
        account_id: str = "",
        entitled: NodeKind = NodeKind.CLIENT,
    ) -> None:
        super().__init__(at_ns)
        self.session: Final[str] = session
        self.client_id: Final[str] = client_id
        self.cl_ord_id: Final[str] = cl_ord_id
        self.request_type: Final[MassCancelRequestType] = request_type
        self.instrument_id: Final[str] = instrument_id
        self.exec_id: Final[i64] = exec_id
        self.accepted: Final[bool] = accepted
        self.code: Final[RefusalCode] = code
        self.affected: Final[i64] = affected
        self.user_id: Final[str] = user_id
        self.account_id: Final[str] = account_id
        self.entitled: Final[NodeKind] = entitled

    def names(self) -> tuple[str, ...]:
        return (
            "session",
            "client_id",
            "cl_ord_id",
            "request_type",
            "instrument_id",
            "exec_id",
            "accepted",
            "code",
            "affected",
            "user_id",
            "account_id",
            "entitled",
        )

    def wire_code(self) -> i64:
        return 112

    def wire_version(self) -> i64:
        return 2

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.session)
        put_name(w, self.client_id)
        put_str(w, self.cl_ord_id)
        put_code(w, self.request_type)
        put_name(w, self.instrument_id)
        write_i64_le(w, self.exec_id)
        put_bool(w, self.accepted)
        put_str(w, self.code)
        write_i64_le(w, self.affected)
        put_name(w, self.user_id)
        put_name(w, self.account_id)
        put_code(w, self.entitled)


@mypyc_attr(acyclic=True)
class TradeBooked(OrderEvent):
    """An execution: the only thing that raises CumQty.

    route_id: 0 for a trade recorded by a person
    """

    def __init__(
        self,
        at_ns: i64,
        order_id: i64,
        exec_id: i64,
        route_id: i64,
        venue_id: str,
        venue_exec_id: str,
        last_qty: i64,
        last_px: i64,
        terms: Terms,
        standing: Standing,
        contra: str,
        transact_time_ns: i64,
        user_id: str,
        details: TradeDetails = NO_TRADE_DETAILS,
    ) -> None:
        super().__init__(at_ns)
        self.order_id: Final[i64] = order_id
        self.exec_id: Final[i64] = exec_id
        self.route_id: Final[i64] = route_id
        self.venue_id: Final[str] = venue_id
        self.venue_exec_id: Final[str] = venue_exec_id
        self.last_qty: Final[i64] = last_qty
        self.last_px: Final[i64] = last_px
        self.terms: Final[Terms] = terms
        self.standing: Final[Standing] = standing
        self.contra: Final[str] = contra
        self.transact_time_ns: Final[i64] = transact_time_ns
        self.user_id: Final[str] = user_id
        self.details: Final[TradeDetails] = details

    def names(self) -> tuple[str, ...]:
        return (
            "order_id",
            "exec_id",
            "route_id",
            "venue_id",
            "venue_exec_id",
            "last_qty",
            "last_px",
            "terms",
            "standing",
            "contra",
            "transact_time_ns",
            "user_id",
            "details",
        )

    def wire_code(self) -> i64:
        return 113

    def wire_version(self) -> i64:
        return 2

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.order_id)
        write_i64_le(w, self.exec_id)
        write_i64_le(w, self.route_id)
        put_name(w, self.venue_id)
        put_str(w, self.venue_exec_id)
        write_i64_le(w, self.last_qty)
        write_i64_le(w, self.last_px)
        self.terms.put(w)
        self.standing.put(w)
        put_str(w, self.contra)
        write_i64_le(w, self.transact_time_ns)
        put_name(w, self.user_id)
        put_trade_details(w, self.details)


@mypyc_attr(acyclic=True)
class TradeBusted(OrderEvent):
    """An execution was taken back.

    exec_id: of this report
    exec_ref_id: ExecRefID(19): the last report of that execution
    trade_id: exec_id of the original execution
    last_qty: what was taken back
    """

    def __init__(
        self,
        at_ns: i64,
        order_id: i64,
        exec_id: i64,
        exec_ref_id: i64,
        trade_id: i64,
        venue_exec_id: str,
        last_qty: i64,
        last_px: i64,
        terms: Terms,
        standing: Standing,
        text: str,
        user_id: str,
    ) -> None:
        super().__init__(at_ns)
        self.order_id: Final[i64] = order_id
        self.exec_id: Final[i64] = exec_id
        self.exec_ref_id: Final[i64] = exec_ref_id
        self.trade_id: Final[i64] = trade_id
        self.venue_exec_id: Final[str] = venue_exec_id
        self.last_qty: Final[i64] = last_qty
        self.last_px: Final[i64] = last_px
        self.terms: Final[Terms] = terms
        self.standing: Final[Standing] = standing
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return (
            "order_id",
            "exec_id",
            "exec_ref_id",
            "trade_id",
            "venue_exec_id",
            "last_qty",
            "last_px",
            "terms",
            "standing",
            "text",
            "user_id",
        )

    def wire_code(self) -> i64:
        return 114

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.order_id)
        write_i64_le(w, self.exec_id)
        write_i64_le(w, self.exec_ref_id)
        write_i64_le(w, self.trade_id)
        put_str(w, self.venue_exec_id)
        write_i64_le(w, self.last_qty)
        write_i64_le(w, self.last_px)
        self.terms.put(w)
        self.standing.put(w)
        put_str(w, self.text)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class TradeCorrected(OrderEvent):
    """An execution's quantity or price was corrected.

    last_qty: as corrected
    """

    def __init__(
        self,
        at_ns: i64,
        order_id: i64,
        exec_id: i64,
        exec_ref_id: i64,
        trade_id: i64,
        venue_exec_id: str,
        last_qty: i64,
        last_px: i64,
        terms: Terms,
        standing: Standing,
        text: str,
        user_id: str,
        details: TradeDetails = NO_TRADE_DETAILS,
    ) -> None:
        super().__init__(at_ns)
        self.order_id: Final[i64] = order_id
        self.exec_id: Final[i64] = exec_id
        self.exec_ref_id: Final[i64] = exec_ref_id
        self.trade_id: Final[i64] = trade_id
        self.venue_exec_id: Final[str] = venue_exec_id
        self.last_qty: Final[i64] = last_qty
        self.last_px: Final[i64] = last_px
        self.terms: Final[Terms] = terms
        self.standing: Final[Standing] = standing
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id
        self.details: Final[TradeDetails] = details

    def names(self) -> tuple[str, ...]:
        return (
            "order_id",
            "exec_id",
            "exec_ref_id",
            "trade_id",
            "venue_exec_id",
            "last_qty",
            "last_px",
            "terms",
            "standing",
            "text",
            "user_id",
            "details",
        )

    def wire_code(self) -> i64:
        return 115

    def wire_version(self) -> i64:
        return 2

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.order_id)
        write_i64_le(w, self.exec_id)
        write_i64_le(w, self.exec_ref_id)
        write_i64_le(w, self.trade_id)
        put_str(w, self.venue_exec_id)
        write_i64_le(w, self.last_qty)
        write_i64_le(w, self.last_px)
        self.terms.put(w)
        self.standing.put(w)
        put_str(w, self.text)
        put_name(w, self.user_id)
        put_trade_details(w, self.details)


@mypyc_attr(acyclic=True)
class TradeDisputed(OrderEvent):
    """A counterparty does not know a trade that we reported; a person must look."""

    def __init__(self, at_ns: i64, session: str, order_id: i64, exec_id: i64, reason: DKReason, text: str) -> None:
        super().__init__(at_ns)
        self.session: Final[str] = session
        self.order_id: Final[i64] = order_id
        self.exec_id: Final[i64] = exec_id
        self.reason: Final[DKReason] = reason
        self.text: Final[str] = text

    def names(self) -> tuple[str, ...]:
        return ("session", "order_id", "exec_id", "reason", "text")

    def wire_code(self) -> i64:
        return 116

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.session)
        write_i64_le(w, self.order_id)
        write_i64_le(w, self.exec_id)
        put_code(w, self.reason)
        put_str(w, self.text)


@mypyc_attr(acyclic=True)
class OrderRestated(OrderEvent):
    """The venue changed the order by itself: suspended, stopped, reinstated, or reduced it.

    exec_type: SUSPENDED, STOPPED or RESTATED
    reason: ExecRestatementReason(378) as sent
    guaranteed_qty: STOPPED: LastQty(32)
    guaranteed_px: STOPPED: LastPx(31)
    """

    def __init__(
        self,
        at_ns: i64,
        order_id: i64,
        exec_id: i64,
        exec_type: ExecType,
        terms: Terms,
        standing: Standing,
        reason: str,
        text: str,
        guaranteed_qty: i64 = 0,
        guaranteed_px: i64 = 0,
    ) -> None:
        super().__init__(at_ns)
        self.order_id: Final[i64] = order_id
        self.exec_id: Final[i64] = exec_id
        self.exec_type: Final[ExecType] = exec_type
        self.terms: Final[Terms] = terms
        self.standing: Final[Standing] = standing
        self.reason: Final[str] = reason
        self.text: Final[str] = text
        self.guaranteed_qty: Final[i64] = guaranteed_qty
        self.guaranteed_px: Final[i64] = guaranteed_px

    def names(self) -> tuple[str, ...]:
        return (
            "order_id",
            "exec_id",
            "exec_type",
            "terms",
            "standing",
            "reason",
            "text",
            "guaranteed_qty",
            "guaranteed_px",
        )

    def wire_code(self) -> i64:
        return 117

    def wire_version(self) -> i64:
        return 2

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.order_id)
        write_i64_le(w, self.exec_id)
        put_code(w, self.exec_type)
        self.terms.put(w)
        self.standing.put(w)
        put_str(w, self.reason)
        put_str(w, self.text)
        write_i64_le(w, self.guaranteed_qty)
        write_i64_le(w, self.guaranteed_px)


@mypyc_attr(acyclic=True)
class OrderAcknowledged(OrderEvent):
    """The venue has an order whose client waits for its word: told as NEW, whatever is pending."""

    def __init__(self, at_ns: i64, order_id: i64, exec_id: i64, cl_ord_id: str, terms: Terms, text: str) -> None:
        super().__init__(at_ns)
        self.order_id: Final[i64] = order_id
        self.exec_id: Final[i64] = exec_id
        self.cl_ord_id: Final[str] = cl_ord_id
        self.terms: Final[Terms] = terms
        self.text: Final[str] = text

    def names(self) -> tuple[str, ...]:
        return ("order_id", "exec_id", "cl_ord_id", "terms", "text")

    def wire_code(self) -> i64:
        return 240

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.order_id)
        write_i64_le(w, self.exec_id)
        put_str(w, self.cl_ord_id)
        self.terms.put(w)
        put_str(w, self.text)


@mypyc_attr(acyclic=True)
class OrderReplaceQueued(OrderEvent):
    """A replace waits for the one before it. `terms` and `standing` are those that it will find if that one
    succeeds.

    told: as PENDING_REPLACE, at once
    """

    def __init__(
        self,
        at_ns: i64,
        order_id: i64,
        exec_id: i64,
        session: str,
        cl_ord_id: str,
        orig_cl_ord_id: str,
        terms: Terms,
        new_terms: Terms,
        standing: Standing,
        reserve_px: i64,
        told: bool,
        text: str,
        user_id: str,
        new_details: OrderDetails,
    ) -> None:
        super().__init__(at_ns)
        self.order_id: Final[i64] = order_id
        self.exec_id: Final[i64] = exec_id
        self.session: Final[str] = session
        self.cl_ord_id: Final[str] = cl_ord_id
        self.orig_cl_ord_id: Final[str] = orig_cl_ord_id
        self.terms: Final[Terms] = terms
        self.new_terms: Final[Terms] = new_terms
        self.standing: Final[Standing] = standing
        self.reserve_px: Final[i64] = reserve_px
        self.told: Final[bool] = told
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id
        self.new_details: Final[OrderDetails] = new_details

    def names(self) -> tuple[str, ...]:
        return (
            "order_id",
            "exec_id",
            "session",
            "cl_ord_id",
            "orig_cl_ord_id",
            "terms",
            "new_terms",
            "standing",
            "reserve_px",
            "told",
            "text",
            "user_id",
            "new_details",
        )

    def wire_code(self) -> i64:
        return 241

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.order_id)
        write_i64_le(w, self.exec_id)
        put_name(w, self.session)
        put_str(w, self.cl_ord_id)
        put_str(w, self.orig_cl_ord_id)
        self.terms.put(w)
        self.new_terms.put(w)
        self.standing.put(w)
        write_i64_le(w, self.reserve_px)
        put_bool(w, self.told)
        put_str(w, self.text)
        put_name(w, self.user_id)
        put_order_details(w, self.new_details)


@mypyc_attr(acyclic=True)
class OrderSplit(OrderEvent):
    """A corporate action changed the units of the order: quantities and prices are in new ones from now on."""

    def __init__(
        self,
        at_ns: i64,
        order_id: i64,
        exec_id: i64,
        numerator: i64,
        denominator: i64,
        terms: Terms,
        standing: Standing,
        reserve_px: i64,
        text: str,
        user_id: str,
        details: OrderDetails,
    ) -> None:
        super().__init__(at_ns)
        self.order_id: Final[i64] = order_id
        self.exec_id: Final[i64] = exec_id
        self.numerator: Final[i64] = numerator
        self.denominator: Final[i64] = denominator
        self.terms: Final[Terms] = terms
        self.standing: Final[Standing] = standing
        self.reserve_px: Final[i64] = reserve_px
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id
        self.details: Final[OrderDetails] = details

    def names(self) -> tuple[str, ...]:
        return (
            "order_id",
            "exec_id",
            "numerator",
            "denominator",
            "terms",
            "standing",
            "reserve_px",
            "text",
            "user_id",
            "details",
        )

    def wire_code(self) -> i64:
        return 242

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.order_id)
        write_i64_le(w, self.exec_id)
        write_i64_le(w, self.numerator)
        write_i64_le(w, self.denominator)
        self.terms.put(w)
        self.standing.put(w)
        write_i64_le(w, self.reserve_px)
        put_str(w, self.text)
        put_name(w, self.user_id)
        put_order_details(w, self.details)


@mypyc_attr(acyclic=True)
class RouteRequested(RouteEvent):
    """An instruction goes to a venue: its NewOrderSingle(D). The same route once more when the venue never
    saw it.

    poss_resend: PossResend(97): the route was sent before under this ClOrdID
    """

    def __init__(
        self,
        at_ns: i64,
        route_id: i64,
        order_id: i64,
        venue_id: str,
        cl_ord_id: str,
        instrument_id: str,
        side: Side,
        account_id: str,
        terms: Terms,
        poss_resend: bool,
        user_id: str,
    ) -> None:
        super().__init__(at_ns)
        self.route_id: Final[i64] = route_id
        self.order_id: Final[i64] = order_id
        self.venue_id: Final[str] = venue_id
        self.cl_ord_id: Final[str] = cl_ord_id
        self.instrument_id: Final[str] = instrument_id
        self.side: Final[Side] = side
        self.account_id: Final[str] = account_id
        self.terms: Final[Terms] = terms
        self.poss_resend: Final[bool] = poss_resend
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return (
            "route_id",
            "order_id",
            "venue_id",
            "cl_ord_id",
            "instrument_id",
            "side",
            "account_id",
            "terms",
            "poss_resend",
            "user_id",
        )

    def wire_code(self) -> i64:
        return 130

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.route_id)
        write_i64_le(w, self.order_id)
        put_name(w, self.venue_id)
        put_str(w, self.cl_ord_id)
        put_name(w, self.instrument_id)
        put_code(w, self.side)
        put_name(w, self.account_id)
        self.terms.put(w)
        put_bool(w, self.poss_resend)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class RouteAcknowledged(RouteEvent):
    """The venue has it."""

    def __init__(self, at_ns: i64, route_id: i64, venue_order_id: str, ord_status: OrdStatus) -> None:
        super().__init__(at_ns)
        self.route_id: Final[i64] = route_id
        self.venue_order_id: Final[str] = venue_order_id
        self.ord_status: Final[OrdStatus] = ord_status

    def names(self) -> tuple[str, ...]:
        return ("route_id", "venue_order_id", "ord_status")

    def wire_code(self) -> i64:
        return 131

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.route_id)
        put_str(w, self.venue_order_id)
        put_code(w, self.ord_status)


@mypyc_attr(acyclic=True)
class RouteRejected(RouteEvent):
    """The venue refused it."""

    def __init__(self, at_ns: i64, route_id: i64, rej_reason: str, text: str) -> None:
        super().__init__(at_ns)
        self.route_id: Final[i64] = route_id
        self.rej_reason: Final[str] = rej_reason
        self.text: Final[str] = text

    def names(self) -> tuple[str, ...]:
        return ("route_id", "rej_reason", "text")

    def wire_code(self) -> i64:
        return 132

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.route_id)
        put_str(w, self.rej_reason)
        put_str(w, self.text)


@mypyc_attr(acyclic=True)
class RouteCancelRequested(RouteEvent):
    """The venue is asked to cancel it: OrderCancelRequest(F)."""

    def __init__(self, at_ns: i64, route_id: i64, cl_ord_id: str, orig_cl_ord_id: str) -> None:
        super().__init__(at_ns)
        self.route_id: Final[i64] = route_id
        self.cl_ord_id: Final[str] = cl_ord_id
        self.orig_cl_ord_id: Final[str] = orig_cl_ord_id

    def names(self) -> tuple[str, ...]:
        return ("route_id", "cl_ord_id", "orig_cl_ord_id")

    def wire_code(self) -> i64:
        return 133

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.route_id)
        put_str(w, self.cl_ord_id)
        put_str(w, self.orig_cl_ord_id)


@mypyc_attr(acyclic=True)
class RouteReplaceRequested(RouteEvent):
    """The venue is asked for other terms: OrderCancelReplaceRequest(G)."""

    def __init__(self, at_ns: i64, route_id: i64, cl_ord_id: str, orig_cl_ord_id: str, terms: Terms) -> None:
        super().__init__(at_ns)
        self.route_id: Final[i64] = route_id
        self.cl_ord_id: Final[str] = cl_ord_id
        self.orig_cl_ord_id: Final[str] = orig_cl_ord_id
        self.terms: Final[Terms] = terms

    def names(self) -> tuple[str, ...]:
        return ("route_id", "cl_ord_id", "orig_cl_ord_id", "terms")

    def wire_code(self) -> i64:
        return 134

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.route_id)
        put_str(w, self.cl_ord_id)
        put_str(w, self.orig_cl_ord_id)
        self.terms.put(w)


@mypyc_attr(acyclic=True)
class RouteReplaced(RouteEvent):
    """The venue has the new terms."""

    def __init__(self, at_ns: i64, route_id: i64, cl_ord_id: str, venue_order_id: str, terms: Terms) -> None:
        super().__init__(at_ns)
        self.route_id: Final[i64] = route_id
        self.cl_ord_id: Final[str] = cl_ord_id
        self.venue_order_id: Final[str] = venue_order_id
        self.terms: Final[Terms] = terms

    def names(self) -> tuple[str, ...]:
        return ("route_id", "cl_ord_id", "venue_order_id", "terms")

    def wire_code(self) -> i64:
        return 135

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.route_id)
        put_str(w, self.cl_ord_id)
        put_str(w, self.venue_order_id)
        self.terms.put(w)


@mypyc_attr(acyclic=True)
class RouteRequestRejected(RouteEvent):
    """The venue refused a cancel or replace of it."""

    def __init__(
        self, at_ns: i64, route_id: i64, cl_ord_id: str, response_to: CxlRejResponseTo, rej_reason: str, text: str
    ) -> None:
        super().__init__(at_ns)
        self.route_id: Final[i64] = route_id
        self.cl_ord_id: Final[str] = cl_ord_id
        self.response_to: Final[CxlRejResponseTo] = response_to
        self.rej_reason: Final[str] = rej_reason
        self.text: Final[str] = text

    def names(self) -> tuple[str, ...]:
        return ("route_id", "cl_ord_id", "response_to", "rej_reason", "text")

    def wire_code(self) -> i64:
        return 136

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.route_id)
        put_str(w, self.cl_ord_id)
        put_code(w, self.response_to)
        put_str(w, self.rej_reason)
        put_str(w, self.text)


@mypyc_attr(acyclic=True)
class RouteEnded(RouteEvent):
    """Nothing of it works any more: CANCELED, EXPIRED or DONE_FOR_DAY."""

    def __init__(self, at_ns: i64, route_id: i64, ord_status: OrdStatus, text: str) -> None:
        super().__init__(at_ns)
        self.route_id: Final[i64] = route_id
        self.ord_status: Final[OrdStatus] = ord_status
        self.text: Final[str] = text

    def names(self) -> tuple[str, ...]:
        return ("route_id", "ord_status", "text")

    def wire_code(self) -> i64:
        return 137

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.route_id)
        put_code(w, self.ord_status)
        put_str(w, self.text)


@mypyc_attr(acyclic=True)
class RouteUnknown(RouteEvent):
    """The venue has not answered in time; it may be live."""

    def __init__(self, at_ns: i64, route_id: i64, text: str) -> None:
        super().__init__(at_ns)
        self.route_id: Final[i64] = route_id
        self.text: Final[str] = text

    def names(self) -> tuple[str, ...]:
        return ("route_id", "text")

    def wire_code(self) -> i64:
        return 138

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.route_id)
        put_str(w, self.text)


@mypyc_attr(acyclic=True)
class RouteStatusRequested(RouteEvent):
    """The venue is asked what became of it: OrderStatusRequest(H)."""

    def __init__(self, at_ns: i64, route_id: i64, request_id: str) -> None:
        super().__init__(at_ns)
        self.route_id: Final[i64] = route_id
        self.request_id: Final[str] = request_id

    def names(self) -> tuple[str, ...]:
        return ("route_id", "request_id")

    def wire_code(self) -> i64:
        return 139

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.route_id)
        put_str(w, self.request_id)


@mypyc_attr(acyclic=True)
class RouteTraded(RouteEvent):
    """The venue executed part of it."""

    def __init__(self, at_ns: i64, route_id: i64, venue_exec_id: str, last_qty: i64, last_px: i64) -> None:
        super().__init__(at_ns)
        self.route_id: Final[i64] = route_id
        self.venue_exec_id: Final[str] = venue_exec_id
        self.last_qty: Final[i64] = last_qty
        self.last_px: Final[i64] = last_px

    def names(self) -> tuple[str, ...]:
        return ("route_id", "venue_exec_id", "last_qty", "last_px")

    def wire_code(self) -> i64:
        return 140

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.route_id)
        put_str(w, self.venue_exec_id)
        write_i64_le(w, self.last_qty)
        write_i64_le(w, self.last_px)


@mypyc_attr(acyclic=True)
class RouteTradeAmended(RouteEvent):
    """The venue busted or corrected an execution of it.

    delta_qty: what it adds to CumQty(14); negative for a bust
    """

    def __init__(self, at_ns: i64, route_id: i64, venue_exec_id: str, delta_qty: i64, busted: bool) -> None:
        super().__init__(at_ns)
        self.route_id: Final[i64] = route_id
        self.venue_exec_id: Final[str] = venue_exec_id
        self.delta_qty: Final[i64] = delta_qty
        self.busted: Final[bool] = busted

    def names(self) -> tuple[str, ...]:
        return ("route_id", "venue_exec_id", "delta_qty", "busted")

    def wire_code(self) -> i64:
        return 141

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.route_id)
        put_str(w, self.venue_exec_id)
        write_i64_le(w, self.delta_qty)
        put_bool(w, self.busted)


@mypyc_attr(acyclic=True)
class VenueReportRefused(RouteEvent):
    """A venue's report does not fit what we know; nothing changed, a person must look. A trade is answered
    with DontKnowTrade(Q).

    route_id: 0 when no route of ours matches
    copied: from a drop copy, which takes no answer
    """

    def __init__(
        self,
        at_ns: i64,
        venue_id: str,
        route_id: i64,
        cl_ord_id: str,
        venue_order_id: str,
        exec_id: str,
        exec_type: ExecType,
        instrument_id: str,
        side: Side,
        last_qty: i64,
        last_px: i64,
        code: RefusalCode,
        context: Pairs,
        dk_reason: DKReason,
        text: str,
        copied: bool = False,
    ) -> None:
        super().__init__(at_ns)
        self.venue_id: Final[str] = venue_id
        self.route_id: Final[i64] = route_id
        self.cl_ord_id: Final[str] = cl_ord_id
        self.venue_order_id: Final[str] = venue_order_id
        self.exec_id: Final[str] = exec_id
        self.exec_type: Final[ExecType] = exec_type
        self.instrument_id: Final[str] = instrument_id
        self.side: Final[Side] = side
        self.last_qty: Final[i64] = last_qty
        self.last_px: Final[i64] = last_px
        self.code: Final[RefusalCode] = code
        self.context: Final[Pairs] = context
        self.dk_reason: Final[DKReason] = dk_reason
        self.text: Final[str] = text
        self.copied: Final[bool] = copied

    def names(self) -> tuple[str, ...]:
        return (
            "venue_id",
            "route_id",
            "cl_ord_id",
            "venue_order_id",
            "exec_id",
            "exec_type",
            "instrument_id",
            "side",
            "last_qty",
            "last_px",
            "code",
            "context",
            "dk_reason",
            "text",
            "copied",
        )

    def wire_code(self) -> i64:
        return 142

    def wire_version(self) -> i64:
        return 2

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.venue_id)
        write_i64_le(w, self.route_id)
        put_str(w, self.cl_ord_id)
        put_str(w, self.venue_order_id)
        put_str(w, self.exec_id)
        put_code(w, self.exec_type)
        put_name(w, self.instrument_id)
        put_code(w, self.side)
        write_i64_le(w, self.last_qty)
        write_i64_le(w, self.last_px)
        put_str(w, self.code)
        put_pairs(w, self.context)
        put_code(w, self.dk_reason)
        put_str(w, self.text)
        put_bool(w, self.copied)


@mypyc_attr(acyclic=True)
class RouteReportCopied(RouteEvent):
    """A drop copy told something of it before the venue's own session did; that session's report will be no
    news.

    venue_exec_id: ExecID(17) of the report
    """

    def __init__(self, at_ns: i64, route_id: i64, venue_exec_id: str) -> None:
        super().__init__(at_ns)
        self.route_id: Final[i64] = route_id
        self.venue_exec_id: Final[str] = venue_exec_id

    def names(self) -> tuple[str, ...]:
        return ("route_id", "venue_exec_id")

    def wire_code(self) -> i64:
        return 143

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.route_id)
        put_str(w, self.venue_exec_id)


@mypyc_attr(acyclic=True)
class InstrumentDefined(ReferenceEvent):
    """An instrument is new or changed.

    legs: of a spread that the exchange lists as an instrument of its own
    """

    def __init__(
        self,
        at_ns: i64,
        instrument_id: str,
        symbol: str,
        mic: str,
        name: str,
        currency: str,
        isin: str,
        cfi: str,
        tick_size: i64,
        lot_size: i64,
        multiplier: i64,
        reference_px: i64,
        user_id: str,
        legs: tuple[Leg, ...] = (),
        instrument_class: str = "",
    ) -> None:
        super().__init__(at_ns)
        self.instrument_id: Final[str] = instrument_id
        self.symbol: Final[str] = symbol
        self.mic: Final[str] = mic
        self.name: Final[str] = name
        self.currency: Final[str] = currency
        self.isin: Final[str] = isin
        self.cfi: Final[str] = cfi
        self.tick_size: Final[i64] = tick_size
        self.lot_size: Final[i64] = lot_size
        self.multiplier: Final[i64] = multiplier
        self.reference_px: Final[i64] = reference_px
        self.user_id: Final[str] = user_id
        self.legs: Final[tuple[Leg, ...]] = legs
        self.instrument_class: Final[str] = instrument_class

    def names(self) -> tuple[str, ...]:
        return (
            "instrument_id",
            "symbol",
            "mic",
            "name",
            "currency",
            "isin",
            "cfi",
            "tick_size",
            "lot_size",
            "multiplier",
            "reference_px",
            "user_id",
            "legs",
            "instrument_class",
        )

    def wire_code(self) -> i64:
        return 160

    def wire_version(self) -> i64:
        return 3

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.instrument_id)
        put_str(w, self.symbol)
        put_name(w, self.mic)
        put_str(w, self.name)
        put_name(w, self.currency)
        put_str(w, self.isin)
        put_str(w, self.cfi)
        write_i64_le(w, self.tick_size)
        write_i64_le(w, self.lot_size)
        write_i64_le(w, self.multiplier)
        write_i64_le(w, self.reference_px)
        put_name(w, self.user_id)
        put_count(w, len(self.legs))
        for leg in self.legs:
            leg.put(w)
        put_name(w, self.instrument_class)


@mypyc_attr(acyclic=True)
class ClientDefined(ReferenceEvent):
    """A client is new or changed.

    ack: when its orders are acknowledged
    second_replace: what becomes of a replace while another is pending
    """

    def __init__(
        self,
        at_ns: i64,
        client_id: str,
        name: str,
        active: bool,
        user_id: str,
        ack: AckPolicy = AckPolicy.ON_RECEIPT,
        second_replace: SecondReplace = SecondReplace.IN_TURN,
    ) -> None:
        super().__init__(at_ns)
        self.client_id: Final[str] = client_id
        self.name: Final[str] = name
        self.active: Final[bool] = active
        self.user_id: Final[str] = user_id
        self.ack: Final[AckPolicy] = ack
        self.second_replace: Final[SecondReplace] = second_replace

    def names(self) -> tuple[str, ...]:
        return ("client_id", "name", "active", "user_id", "ack", "second_replace")

    def wire_code(self) -> i64:
        return 161

    def wire_version(self) -> i64:
        return 2

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.client_id)
        put_str(w, self.name)
        put_bool(w, self.active)
        put_name(w, self.user_id)
        put_code(w, self.ack)
        put_code(w, self.second_replace)


@mypyc_attr(acyclic=True)
class AccountDefined(ReferenceEvent):
    """An account is new or changed.

    desk_id: the desk that covers it
    trader_id: the person who covers it
    """

    def __init__(
        self,
        at_ns: i64,
        account_id: str,
        client_id: str,
        name: str,
        currency: str,
        cash: int,
        active: bool,
        user_id: str,
        desk_id: str = "",
        trader_id: str = "",
    ) -> None:
        super().__init__(at_ns)
        self.account_id: Final[str] = account_id
        self.client_id: Final[str] = client_id
        self.name: Final[str] = name
        self.currency: Final[str] = currency
        self.cash: Final[int] = cash
        self.active: Final[bool] = active
        self.user_id: Final[str] = user_id
        self.desk_id: Final[str] = desk_id
        self.trader_id: Final[str] = trader_id

    def names(self) -> tuple[str, ...]:
        return ("account_id", "client_id", "name", "currency", "cash", "active", "user_id", "desk_id", "trader_id")

    def wire_code(self) -> i64:
        return 162

    def wire_version(self) -> i64:
        return 2

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.account_id)
        put_name(w, self.client_id)
        put_str(w, self.name)
        put_name(w, self.currency)
        put_money(w, self.cash)
        put_bool(w, self.active)
        put_name(w, self.user_id)
        put_name(w, self.desk_id)
        put_name(w, self.trader_id)


@mypyc_attr(acyclic=True)
class UserDefined(ReferenceEvent):
    """A person of the desk is new or changed.

    desk_id: the desk that the person works at
    """

    def __init__(
        self, at_ns: i64, user_id: str, name: str, role: Role, active: bool, by_user_id: str, desk_id: str = ""
    ) -> None:
        super().__init__(at_ns)
        self.user_id: Final[str] = user_id
        self.name: Final[str] = name
        self.role: Final[Role] = role
        self.active: Final[bool] = active
        self.by_user_id: Final[str] = by_user_id
        self.desk_id: Final[str] = desk_id

    def names(self) -> tuple[str, ...]:
        return ("user_id", "name", "role", "active", "by_user_id", "desk_id")

    def wire_code(self) -> i64:
        return 163

    def wire_version(self) -> i64:
        return 2

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.user_id)
        put_str(w, self.name)
        put_code(w, self.role)
        put_bool(w, self.active)
        put_name(w, self.by_user_id)
        put_name(w, self.desk_id)


@mypyc_attr(acyclic=True)
class VenueDefined(ReferenceEvent):
    """A venue or broker is new or changed.

    exec_inst: the codes of ExecInst(18) that it honours, as `6G`
    settl_types: the codes of SettlType(63) that it honours beside 0, regular
    min_qty: whether it honours MinQty(110)
    """

    def __init__(
        self,
        at_ns: i64,
        venue_id: str,
        kind: VenueKind,
        name: str,
        mic: str,
        ack_timeout_ns: i64,
        user_id: str,
        exec_inst: str = "",
        settl_types: str = "",
        min_qty: bool = False,
    ) -> None:
        super().__init__(at_ns)
        self.venue_id: Final[str] = venue_id
        self.kind: Final[VenueKind] = kind
        self.name: Final[str] = name
        self.mic: Final[str] = mic
        self.ack_timeout_ns: Final[i64] = ack_timeout_ns
        self.user_id: Final[str] = user_id
        self.exec_inst: Final[str] = exec_inst
        self.settl_types: Final[str] = settl_types
        self.min_qty: Final[bool] = min_qty

    def names(self) -> tuple[str, ...]:
        return ("venue_id", "kind", "name", "mic", "ack_timeout_ns", "user_id", "exec_inst", "settl_types", "min_qty")

    def wire_code(self) -> i64:
        return 164

    def wire_version(self) -> i64:
        return 2

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.venue_id)
        put_code(w, self.kind)
        put_str(w, self.name)
        put_name(w, self.mic)
        write_i64_le(w, self.ack_timeout_ns)
        put_name(w, self.user_id)
        put_str(w, self.exec_inst)
        put_str(w, self.settl_types)
        put_bool(w, self.min_qty)


@mypyc_attr(acyclic=True)
class LimitsSet(ReferenceEvent):
    """An account has new limits."""

    def __init__(self, at_ns: i64, account_id: str, limits: Limits, user_id: str) -> None:
        super().__init__(at_ns)
        self.account_id: Final[str] = account_id
        self.limits: Final[Limits] = limits
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("account_id", "limits", "user_id")

    def wire_code(self) -> i64:
        return 165

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.account_id)
        self.limits.put(w)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class RestrictionSet(ReferenceEvent):
    """An instrument went on a list of compliance, or off it.

    restricted: whether it is on the list
    node: whom it binds
    """

    def __init__(
        self,
        at_ns: i64,
        instrument_id: str,
        restricted: bool,
        text: str,
        user_id: str,
        kind: RestrictionKind = RestrictionKind.RESTRICTED,
        node: NodeKind = NodeKind.FIRM,
        node_id: str = "",
    ) -> None:
        super().__init__(at_ns)
        self.instrument_id: Final[str] = instrument_id
        self.restricted: Final[bool] = restricted
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id
        self.kind: Final[RestrictionKind] = kind
        self.node: Final[NodeKind] = node
        self.node_id: Final[str] = node_id

    def names(self) -> tuple[str, ...]:
        return ("instrument_id", "restricted", "text", "user_id", "kind", "node", "node_id")

    def wire_code(self) -> i64:
        return 166

    def wire_version(self) -> i64:
        return 2

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.instrument_id)
        put_bool(w, self.restricted)
        put_str(w, self.text)
        put_name(w, self.user_id)
        put_code(w, self.kind)
        put_code(w, self.node)
        put_name(w, self.node_id)


@mypyc_attr(acyclic=True)
class KillEngaged(ReferenceEvent):
    """New orders are blocked; working ones are being canceled.

    account_id: of an account; empty: node and node_id say of what
    word: to be typed at the release
    working: the number of each order, of a venue each route, that is to be canceled, by blanks
    """

    def __init__(
        self,
        at_ns: i64,
        account_id: str,
        text: str,
        user_id: str,
        node: NodeKind = NodeKind.FIRM,
        node_id: str = "",
        scope: ScopeKind = ScopeKind.ALL,
        scope_id: str = "",
        venue_id: str = "",
        word: str = "",
        working: str = "",
    ) -> None:
        super().__init__(at_ns)
        self.account_id: Final[str] = account_id
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id
        self.node: Final[NodeKind] = node
        self.node_id: Final[str] = node_id
        self.scope: Final[ScopeKind] = scope
        self.scope_id: Final[str] = scope_id
        self.venue_id: Final[str] = venue_id
        self.word: Final[str] = word
        self.working: Final[str] = working

    def names(self) -> tuple[str, ...]:
        return ("account_id", "text", "user_id", "node", "node_id", "scope", "scope_id", "venue_id", "word", "working")

    def wire_code(self) -> i64:
        return 167

    def wire_version(self) -> i64:
        return 2

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.account_id)
        put_str(w, self.text)
        put_name(w, self.user_id)
        put_code(w, self.node)
        put_name(w, self.node_id)
        put_code(w, self.scope)
        put_name(w, self.scope_id)
        put_name(w, self.venue_id)
        put_str(w, self.word)
        put_str(w, self.working)


@mypyc_attr(acyclic=True)
class KillReleased(ReferenceEvent):
    """Orders may come in again."""

    def __init__(
        self,
        at_ns: i64,
        account_id: str,
        text: str,
        user_id: str,
        node: NodeKind = NodeKind.FIRM,
        node_id: str = "",
        scope: ScopeKind = ScopeKind.ALL,
        scope_id: str = "",
        venue_id: str = "",
    ) -> None:
        super().__init__(at_ns)
        self.account_id: Final[str] = account_id
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id
        self.node: Final[NodeKind] = node
        self.node_id: Final[str] = node_id
        self.scope: Final[ScopeKind] = scope
        self.scope_id: Final[str] = scope_id
        self.venue_id: Final[str] = venue_id

    def names(self) -> tuple[str, ...]:
        return ("account_id", "text", "user_id", "node", "node_id", "scope", "scope_id", "venue_id")

    def wire_code(self) -> i64:
        return 168

    def wire_version(self) -> i64:
        return 2

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.account_id)
        put_str(w, self.text)
        put_name(w, self.user_id)
        put_code(w, self.node)
        put_name(w, self.node_id)
        put_code(w, self.scope)
        put_name(w, self.scope_id)
        put_name(w, self.venue_id)


@mypyc_attr(acyclic=True)
class MarkUpdated(ReferenceEvent):
    """The market moved."""

    def __init__(self, at_ns: i64, instrument_id: str, bid_px: i64, ask_px: i64, last_px: i64) -> None:
        super().__init__(at_ns)
        self.instrument_id: Final[str] = instrument_id
        self.bid_px: Final[i64] = bid_px
        self.ask_px: Final[i64] = ask_px
        self.last_px: Final[i64] = last_px

    def names(self) -> tuple[str, ...]:
        return ("instrument_id", "bid_px", "ask_px", "last_px")

    def wire_code(self) -> i64:
        return 169

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.instrument_id)
        write_i64_le(w, self.bid_px)
        write_i64_le(w, self.ask_px)
        write_i64_le(w, self.last_px)


@mypyc_attr(acyclic=True)
class TradingDayStarted(ReferenceEvent):
    """A new day of the desk."""

    def __init__(self, at_ns: i64, trading_date: i64) -> None:
        super().__init__(at_ns)
        self.trading_date: Final[i64] = trading_date

    def names(self) -> tuple[str, ...]:
        return ("trading_date",)

    def wire_code(self) -> i64:
        return 170

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.trading_date)


@mypyc_attr(acyclic=True)
class VenueStateChanged(ReferenceEvent):
    """The session to a venue came up or went down."""

    def __init__(self, at_ns: i64, venue_id: str, up: bool) -> None:
        super().__init__(at_ns)
        self.venue_id: Final[str] = venue_id
        self.up: Final[bool] = up

    def names(self) -> tuple[str, ...]:
        return ("venue_id", "up")

    def wire_code(self) -> i64:
        return 171

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.venue_id)
        put_bool(w, self.up)


@mypyc_attr(acyclic=True)
class CommandRefused(ReferenceEvent):
    """A person's command could not be carried out; nothing changed.

    command: name of the command
    subject: what it was about
    """

    def __init__(self, at_ns: i64, command: str, subject: str, code: RefusalCode, context: Pairs, user_id: str) -> None:
        super().__init__(at_ns)
        self.command: Final[str] = command
        self.subject: Final[str] = subject
        self.code: Final[RefusalCode] = code
        self.context: Final[Pairs] = context
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("command", "subject", "code", "context", "user_id")

    def wire_code(self) -> i64:
        return 172

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_str(w, self.command)
        put_str(w, self.subject)
        put_str(w, self.code)
        put_pairs(w, self.context)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class CorporateActionApplied(ReferenceEvent):
    """An issuer's action took effect on an instrument; what it did to positions and orders follows.

    reference_px: from now on, as the marks that follow
    first_exec_id: executions before it are in the old units; 0 where the units stay
    left_to_venues: how many open orders their venues hold, and adjust themselves
    """

    def __init__(
        self,
        at_ns: i64,
        action_id: str,
        instrument_id: str,
        kind: CorporateActionKind,
        ex_date: i64,
        numerator: i64,
        denominator: i64,
        cash: i64,
        currency: str,
        orders: OrderTreatment,
        reference_px: i64,
        bid_px: i64,
        ask_px: i64,
        last_px: i64,
        first_exec_id: i64,
        left_to_venues: i64,
        text: str,
        user_id: str,
    ) -> None:
        super().__init__(at_ns)
        self.action_id: Final[str] = action_id
        self.instrument_id: Final[str] = instrument_id
        self.kind: Final[CorporateActionKind] = kind
        self.ex_date: Final[i64] = ex_date
        self.numerator: Final[i64] = numerator
        self.denominator: Final[i64] = denominator
        self.cash: Final[i64] = cash
        self.currency: Final[str] = currency
        self.orders: Final[OrderTreatment] = orders
        self.reference_px: Final[i64] = reference_px
        self.bid_px: Final[i64] = bid_px
        self.ask_px: Final[i64] = ask_px
        self.last_px: Final[i64] = last_px
        self.first_exec_id: Final[i64] = first_exec_id
        self.left_to_venues: Final[i64] = left_to_venues
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return (
            "action_id",
            "instrument_id",
            "kind",
            "ex_date",
            "numerator",
            "denominator",
            "cash",
            "currency",
            "orders",
            "reference_px",
            "bid_px",
            "ask_px",
            "last_px",
            "first_exec_id",
            "left_to_venues",
            "text",
            "user_id",
        )

    def wire_code(self) -> i64:
        return 118

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_str(w, self.action_id)
        put_name(w, self.instrument_id)
        put_code(w, self.kind)
        write_i64_le(w, self.ex_date)
        write_i64_le(w, self.numerator)
        write_i64_le(w, self.denominator)
        write_i64_le(w, self.cash)
        put_name(w, self.currency)
        put_code(w, self.orders)
        write_i64_le(w, self.reference_px)
        write_i64_le(w, self.bid_px)
        write_i64_le(w, self.ask_px)
        write_i64_le(w, self.last_px)
        write_i64_le(w, self.first_exec_id)
        write_i64_le(w, self.left_to_venues)
        put_str(w, self.text)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class PositionRestated(ReferenceEvent):
    """A position in the new units of a corporate action.

    cash: owed to the account in lieu of a fraction; by it, where negative
    """

    def __init__(
        self,
        at_ns: i64,
        account_id: str,
        instrument_id: str,
        action_id: str,
        qty: i64,
        cost: int,
        realized: int,
        cash: int,
        currency: str,
    ) -> None:
        super().__init__(at_ns)
        self.account_id: Final[str] = account_id
        self.instrument_id: Final[str] = instrument_id
        self.action_id: Final[str] = action_id
        self.qty: Final[i64] = qty
        self.cost: Final[int] = cost
        self.realized: Final[int] = realized
        self.cash: Final[int] = cash
        self.currency: Final[str] = currency

    def names(self) -> tuple[str, ...]:
        return ("account_id", "instrument_id", "action_id", "qty", "cost", "realized", "cash", "currency")

    def wire_code(self) -> i64:
        return 119

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.account_id)
        put_name(w, self.instrument_id)
        put_str(w, self.action_id)
        write_i64_le(w, self.qty)
        put_money(w, self.cost)
        put_money(w, self.realized)
        put_money(w, self.cash)
        put_name(w, self.currency)


@mypyc_attr(acyclic=True)
class DividendEntitled(ReferenceEvent):
    """A position is entitled to a dividend, or owes it where it is short. It is paid later; no account's cash
    moves."""

    def __init__(
        self, at_ns: i64, account_id: str, instrument_id: str, action_id: str, qty: i64, cash: int, currency: str
    ) -> None:
        super().__init__(at_ns)
        self.account_id: Final[str] = account_id
        self.instrument_id: Final[str] = instrument_id
        self.action_id: Final[str] = action_id
        self.qty: Final[i64] = qty
        self.cash: Final[int] = cash
        self.currency: Final[str] = currency

    def names(self) -> tuple[str, ...]:
        return ("account_id", "instrument_id", "action_id", "qty", "cash", "currency")

    def wire_code(self) -> i64:
        return 120

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.account_id)
        put_name(w, self.instrument_id)
        put_str(w, self.action_id)
        write_i64_le(w, self.qty)
        put_money(w, self.cash)
        put_name(w, self.currency)


@mypyc_attr(acyclic=True)
class SessionReceived(SessionEvent):
    """Inbound messages below next_in are dealt with."""

    def __init__(self, at_ns: i64, session: str, next_in: i64) -> None:
        super().__init__(at_ns)
        self.session: Final[str] = session
        self.next_in: Final[i64] = next_in

    def names(self) -> tuple[str, ...]:
        return ("session", "next_in")

    def wire_code(self) -> i64:
        return 180

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.session)
        write_i64_le(w, self.next_in)


@mypyc_attr(acyclic=True)
class SessionSent(SessionEvent):
    """A message got its number. The body is kept when it may be sent again; administrative ones are gap
    filled.

    header: header fields of its own, such as ApplVerID(1128)
    """

    def __init__(
        self,
        at_ns: i64,
        session: str,
        msg_seq_num: i64,
        msg_type: str,
        sending_time: str,
        poss_resend: bool,
        body: bytes,
        header: bytes = b"",
    ) -> None:
        super().__init__(at_ns)
        self.session: Final[str] = session
        self.msg_seq_num: Final[i64] = msg_seq_num
        self.msg_type: Final[str] = msg_type
        self.sending_time: Final[str] = sending_time
        self.poss_resend: Final[bool] = poss_resend
        self.body: Final[bytes] = body
        self.header: Final[bytes] = header

    def names(self) -> tuple[str, ...]:
        return ("session", "msg_seq_num", "msg_type", "sending_time", "poss_resend", "body", "header")

    def wire_code(self) -> i64:
        return 181

    def wire_version(self) -> i64:
        return 2

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.session)
        write_i64_le(w, self.msg_seq_num)
        put_name(w, self.msg_type)
        put_str(w, self.sending_time)
        put_bool(w, self.poss_resend)
        put_bytes(w, self.body)
        put_bytes(w, self.header)


@mypyc_attr(acyclic=True)
class SessionReset(SessionEvent):
    """Both numbers begin anew.

    reason: schedule, operator, or empty where the session itself agreed on it
    user_id: who asked for it, where a person did
    """

    def __init__(
        self, at_ns: i64, session: str, next_in: i64, next_out: i64, reason: str = "", user_id: str = ""
    ) -> None:
        super().__init__(at_ns)
        self.session: Final[str] = session
        self.next_in: Final[i64] = next_in
        self.next_out: Final[i64] = next_out
        self.reason: Final[str] = reason
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("session", "next_in", "next_out", "reason", "user_id")

    def wire_code(self) -> i64:
        return 182

    def wire_version(self) -> i64:
        return 2

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.session)
        write_i64_le(w, self.next_in)
        write_i64_le(w, self.next_out)
        put_str(w, self.reason)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class SessionRefused(SessionEvent):
    """A message could not be processed; it was answered (a refusal of the peer is not) and is kept here."""

    def __init__(self, at_ns: i64, session: str, msg_seq_num: i64, text: str, raw: bytes) -> None:
        super().__init__(at_ns)
        self.session: Final[str] = session
        self.msg_seq_num: Final[i64] = msg_seq_num
        self.text: Final[str] = text
        self.raw: Final[bytes] = raw

    def names(self) -> tuple[str, ...]:
        return ("session", "msg_seq_num", "text", "raw")

    def wire_code(self) -> i64:
        return 183

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.session)
        write_i64_le(w, self.msg_seq_num)
        put_str(w, self.text)
        put_bytes(w, self.raw)


@mypyc_attr(acyclic=True)
class ListFragmentReceived(ListEvent):
    """Part of a list came; it is decided when all of it is there.

    orders: as in SubmitList
    """

    def __init__(
        self,
        at_ns: i64,
        list_id: str,
        client_id: str,
        session: str,
        tot_no_orders: i64,
        exec_inst_type: ListExecInstType,
        text: str,
        orders: bytes,
        user_id: str,
    ) -> None:
        super().__init__(at_ns)
        self.list_id: Final[str] = list_id
        self.client_id: Final[str] = client_id
        self.session: Final[str] = session
        self.tot_no_orders: Final[i64] = tot_no_orders
        self.exec_inst_type: Final[ListExecInstType] = exec_inst_type
        self.text: Final[str] = text
        self.orders: Final[bytes] = orders
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("list_id", "client_id", "session", "tot_no_orders", "exec_inst_type", "text", "orders", "user_id")

    def wire_code(self) -> i64:
        return 200

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_str(w, self.list_id)
        put_name(w, self.client_id)
        put_name(w, self.session)
        write_i64_le(w, self.tot_no_orders)
        put_code(w, self.exec_inst_type)
        put_str(w, self.text)
        put_bytes(w, self.orders)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class ListAccepted(ListEvent):
    """A list was taken; each of its orders is accepted or refused by itself."""

    def __init__(
        self,
        at_ns: i64,
        list_id: str,
        client_id: str,
        session: str,
        tot_no_orders: i64,
        exec_inst_type: ListExecInstType,
        text: str,
        user_id: str,
    ) -> None:
        super().__init__(at_ns)
        self.list_id: Final[str] = list_id
        self.client_id: Final[str] = client_id
        self.session: Final[str] = session
        self.tot_no_orders: Final[i64] = tot_no_orders
        self.exec_inst_type: Final[ListExecInstType] = exec_inst_type
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("list_id", "client_id", "session", "tot_no_orders", "exec_inst_type", "text", "user_id")

    def wire_code(self) -> i64:
        return 201

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_str(w, self.list_id)
        put_name(w, self.client_id)
        put_name(w, self.session)
        write_i64_le(w, self.tot_no_orders)
        put_code(w, self.exec_inst_type)
        put_str(w, self.text)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class ListOrderDecided(ListEvent):
    """An order of a list was accepted or refused.

    order_id: 0 when it was refused
    code: why it was refused
    """

    def __init__(
        self, at_ns: i64, list_id: str, client_id: str, cl_ord_id: str, order_id: i64, code: RefusalCode
    ) -> None:
        super().__init__(at_ns)
        self.list_id: Final[str] = list_id
        self.client_id: Final[str] = client_id
        self.cl_ord_id: Final[str] = cl_ord_id
        self.order_id: Final[i64] = order_id
        self.code: Final[RefusalCode] = code

    def names(self) -> tuple[str, ...]:
        return ("list_id", "client_id", "cl_ord_id", "order_id", "code")

    def wire_code(self) -> i64:
        return 202

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_str(w, self.list_id)
        put_name(w, self.client_id)
        put_str(w, self.cl_ord_id)
        write_i64_le(w, self.order_id)
        put_str(w, self.code)


@mypyc_attr(acyclic=True)
class ListReported(ListEvent):
    """Where a list stands now, told to its client: ListStatus(N).

    code: why what was asked was not done
    """

    def __init__(
        self,
        at_ns: i64,
        list_id: str,
        client_id: str,
        session: str,
        status_type: ListStatusType,
        list_status: ListOrderStatus,
        code: RefusalCode,
        context: Pairs,
        text: str,
    ) -> None:
        super().__init__(at_ns)
        self.list_id: Final[str] = list_id
        self.client_id: Final[str] = client_id
        self.session: Final[str] = session
        self.status_type: Final[ListStatusType] = status_type
        self.list_status: Final[ListOrderStatus] = list_status
        self.code: Final[RefusalCode] = code
        self.context: Final[Pairs] = context
        self.text: Final[str] = text

    def names(self) -> tuple[str, ...]:
        return ("list_id", "client_id", "session", "status_type", "list_status", "code", "context", "text")

    def wire_code(self) -> i64:
        return 203

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_str(w, self.list_id)
        put_name(w, self.client_id)
        put_name(w, self.session)
        put_code(w, self.status_type)
        put_code(w, self.list_status)
        put_str(w, self.code)
        put_pairs(w, self.context)
        put_str(w, self.text)


@mypyc_attr(acyclic=True)
class ListRefused(ListEvent):
    """A list was refused as a whole, or none is known of that name: ListStatus(N).

    cl_ord_ids: the ClOrdID(11) of each order in it, a line each
    """

    def __init__(
        self,
        at_ns: i64,
        list_id: str,
        client_id: str,
        session: str,
        status_type: ListStatusType,
        tot_no_orders: i64,
        code: RefusalCode,
        context: Pairs,
        cl_ord_ids: str,
    ) -> None:
        super().__init__(at_ns)
        self.list_id: Final[str] = list_id
        self.client_id: Final[str] = client_id
        self.session: Final[str] = session
        self.status_type: Final[ListStatusType] = status_type
        self.tot_no_orders: Final[i64] = tot_no_orders
        self.code: Final[RefusalCode] = code
        self.context: Final[Pairs] = context
        self.cl_ord_ids: Final[str] = cl_ord_ids

    def names(self) -> tuple[str, ...]:
        return ("list_id", "client_id", "session", "status_type", "tot_no_orders", "code", "context", "cl_ord_ids")

    def wire_code(self) -> i64:
        return 204

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_str(w, self.list_id)
        put_name(w, self.client_id)
        put_name(w, self.session)
        put_code(w, self.status_type)
        write_i64_le(w, self.tot_no_orders)
        put_str(w, self.code)
        put_pairs(w, self.context)
        put_str(w, self.cl_ord_ids)


@mypyc_attr(acyclic=True)
class CrossAccepted(CrossEvent):
    """Two orders are the sides of a cross."""

    def __init__(
        self,
        at_ns: i64,
        cross_id: str,
        client_id: str,
        session: str,
        buy_order_id: i64,
        sell_order_id: i64,
        user_id: str,
    ) -> None:
        super().__init__(at_ns)
        self.cross_id: Final[str] = cross_id
        self.client_id: Final[str] = client_id
        self.session: Final[str] = session
        self.buy_order_id: Final[i64] = buy_order_id
        self.sell_order_id: Final[i64] = sell_order_id
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("cross_id", "client_id", "session", "buy_order_id", "sell_order_id", "user_id")

    def wire_code(self) -> i64:
        return 205

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_str(w, self.cross_id)
        put_name(w, self.client_id)
        put_name(w, self.session)
        write_i64_le(w, self.buy_order_id)
        write_i64_le(w, self.sell_order_id)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class CrossReplaced(CrossEvent):
    """A cross has a new name; its sides have new terms."""

    def __init__(
        self, at_ns: i64, cross_id: str, client_id: str, session: str, orig_cross_id: str, user_id: str
    ) -> None:
        super().__init__(at_ns)
        self.cross_id: Final[str] = cross_id
        self.client_id: Final[str] = client_id
        self.session: Final[str] = session
        self.orig_cross_id: Final[str] = orig_cross_id
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("cross_id", "client_id", "session", "orig_cross_id", "user_id")

    def wire_code(self) -> i64:
        return 206

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_str(w, self.cross_id)
        put_name(w, self.client_id)
        put_name(w, self.session)
        put_str(w, self.orig_cross_id)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class CrossExecuted(CrossEvent):
    """A person traded both sides of a cross against each other; their executions follow."""

    def __init__(self, at_ns: i64, cross_id: str, client_id: str, last_qty: i64, last_px: i64, user_id: str) -> None:
        super().__init__(at_ns)
        self.cross_id: Final[str] = cross_id
        self.client_id: Final[str] = client_id
        self.last_qty: Final[i64] = last_qty
        self.last_px: Final[i64] = last_px
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("cross_id", "client_id", "last_qty", "last_px", "user_id")

    def wire_code(self) -> i64:
        return 207

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_str(w, self.cross_id)
        put_name(w, self.client_id)
        write_i64_le(w, self.last_qty)
        write_i64_le(w, self.last_px)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class TradeAcknowledged(OrderEvent):
    """A counterparty has an execution that we reported."""

    def __init__(self, at_ns: i64, session: str, order_id: i64, exec_id: i64, status: ExecAckStatus, text: str) -> None:
        super().__init__(at_ns)
        self.session: Final[str] = session
        self.order_id: Final[i64] = order_id
        self.exec_id: Final[i64] = exec_id
        self.status: Final[ExecAckStatus] = status
        self.text: Final[str] = text

    def names(self) -> tuple[str, ...]:
        return ("session", "order_id", "exec_id", "status", "text")

    def wire_code(self) -> i64:
        return 208

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.session)
        write_i64_le(w, self.order_id)
        write_i64_le(w, self.exec_id)
        put_code(w, self.status)
        put_str(w, self.text)


@mypyc_attr(acyclic=True)
class OrderSnapshot(OrderEvent):
    """An order as it is, in a snapshot.

    base_status: without what is pending
    notional: of all its executions
    in_day: its ClOrdIDs still count as used today
    cash_qty: CashOrderQty(152): money to spend, of which OrderQty(38) was computed; 0 for none
    verbal_cl_ord_id: of a phoned order: the ClOrdID(11) of its electronic copy, to be refused if it comes
    canceled_as: the ClOrdID(11) of the cancel that ended it
    carried: it came over from an earlier day
    earlier_qty: of CumQty(14), what is of earlier days
    split_qty: of CumQty(14), what corporate actions added to the executions
    split_exec_id: ExecID(17) of the last corporate action
    by_phone: it came without a ClOrdID(11)
    cl_ord_ids: each ClOrdID(11) that named it, a line each; empty when requests name them
    arrival_px: the middle of the quote when it was accepted
    """

    def __init__(
        self,
        at_ns: i64,
        order_id: i64,
        session: str,
        client_id: str,
        cl_ord_id: str,
        orig_cl_ord_id: str,
        account_id: str,
        instrument_id: str,
        side: Side,
        handl_inst: HandlInst,
        terms: Terms,
        standing: Standing,
        base_status: OrdStatus,
        notional: int,
        reserve_px: i64,
        venue_id: str,
        text: str,
        transact_time_ns: i64,
        user_id: str,
        accepted_at_ns: i64,
        in_day: bool,
        cash_qty: int = 0,
        verbal_cl_ord_id: str = "",
        canceled_as: str = "",
        carried: bool = False,
        earlier_qty: i64 = 0,
        earlier_notional: int = 0,
        split_qty: i64 = 0,
        split_exec_id: i64 = 0,
        by_phone: bool = False,
        details: OrderDetails = NO_ORDER_DETAILS,
        cl_ord_ids: str = "",
        strategy_id: str = "",
        trader_id: str = "",
        reason: str = "",
        arrival_px: i64 = 0,
    ) -> None:
        super().__init__(at_ns)
        self.order_id: Final[i64] = order_id
        self.session: Final[str] = session
        self.client_id: Final[str] = client_id
        self.cl_ord_id: Final[str] = cl_ord_id
        self.orig_cl_ord_id: Final[str] = orig_cl_ord_id
        self.account_id: Final[str] = account_id
        self.instrument_id: Final[str] = instrument_id
        self.side: Final[Side] = side
        self.handl_inst: Final[HandlInst] = handl_inst
        self.terms: Final[Terms] = terms
        self.standing: Final[Standing] = standing
        self.base_status: Final[OrdStatus] = base_status
        self.notional: Final[int] = notional
        self.reserve_px: Final[i64] = reserve_px
        self.venue_id: Final[str] = venue_id
        self.text: Final[str] = text
        self.transact_time_ns: Final[i64] = transact_time_ns
        self.user_id: Final[str] = user_id
        self.accepted_at_ns: Final[i64] = accepted_at_ns
        self.in_day: Final[bool] = in_day
        self.cash_qty: Final[int] = cash_qty
        self.verbal_cl_ord_id: Final[str] = verbal_cl_ord_id
        self.canceled_as: Final[str] = canceled_as
        self.carried: Final[bool] = carried
        self.earlier_qty: Final[i64] = earlier_qty
        self.earlier_notional: Final[int] = earlier_notional
        self.split_qty: Final[i64] = split_qty
        self.split_exec_id: Final[i64] = split_exec_id
        self.by_phone: Final[bool] = by_phone
        self.details: Final[OrderDetails] = details
        self.cl_ord_ids: Final[str] = cl_ord_ids
        self.strategy_id: Final[str] = strategy_id
        self.trader_id: Final[str] = trader_id
        self.reason: Final[str] = reason
        self.arrival_px: Final[i64] = arrival_px

    def names(self) -> tuple[str, ...]:
        return (
            "order_id",
            "session",
            "client_id",
            "cl_ord_id",
            "orig_cl_ord_id",
            "account_id",
            "instrument_id",
            "side",
            "handl_inst",
            "terms",
            "standing",
            "base_status",
            "notional",
            "reserve_px",
            "venue_id",
            "text",
            "transact_time_ns",
            "user_id",
            "accepted_at_ns",
            "in_day",
            "cash_qty",
            "verbal_cl_ord_id",
            "canceled_as",
            "carried",
            "earlier_qty",
            "earlier_notional",
            "split_qty",
            "split_exec_id",
            "by_phone",
            "details",
            "cl_ord_ids",
            "strategy_id",
            "trader_id",
            "reason",
            "arrival_px",
        )

    def wire_code(self) -> i64:
        return 190

    def wire_version(self) -> i64:
        return 4

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.order_id)
        put_name(w, self.session)
        put_name(w, self.client_id)
        put_str(w, self.cl_ord_id)
        put_str(w, self.orig_cl_ord_id)
        put_name(w, self.account_id)
        put_name(w, self.instrument_id)
        put_code(w, self.side)
        put_code(w, self.handl_inst)
        self.terms.put(w)
        self.standing.put(w)
        put_code(w, self.base_status)
        put_money(w, self.notional)
        write_i64_le(w, self.reserve_px)
        put_name(w, self.venue_id)
        put_str(w, self.text)
        write_i64_le(w, self.transact_time_ns)
        put_name(w, self.user_id)
        write_i64_le(w, self.accepted_at_ns)
        put_bool(w, self.in_day)
        put_money(w, self.cash_qty)
        put_str(w, self.verbal_cl_ord_id)
        put_str(w, self.canceled_as)
        put_bool(w, self.carried)
        write_i64_le(w, self.earlier_qty)
        put_money(w, self.earlier_notional)
        write_i64_le(w, self.split_qty)
        write_i64_le(w, self.split_exec_id)
        put_bool(w, self.by_phone)
        put_order_details(w, self.details)
        put_str(w, self.cl_ord_ids)
        put_name(w, self.strategy_id)
        put_name(w, self.trader_id)
        put_str(w, self.reason)
        write_i64_le(w, self.arrival_px)


@mypyc_attr(acyclic=True)
class RequestSnapshot(OrderEvent):
    """A ClOrdID of an order, and its pending request if it is one, in a snapshot.

    queued: it waits for the replace before it
    told: the client was told that it is pending
    """

    def __init__(
        self,
        at_ns: i64,
        order_id: i64,
        cl_ord_id: str,
        session: str,
        kind: RequestKind,
        pending: bool,
        new_terms: Terms,
        reserve_px: i64,
        text: str,
        queued: bool = False,
        told: bool = True,
        new_details: OrderDetails = NO_ORDER_DETAILS,
    ) -> None:
        super().__init__(at_ns)
        self.order_id: Final[i64] = order_id
        self.cl_ord_id: Final[str] = cl_ord_id
        self.session: Final[str] = session
        self.kind: Final[RequestKind] = kind
        self.pending: Final[bool] = pending
        self.new_terms: Final[Terms] = new_terms
        self.reserve_px: Final[i64] = reserve_px
        self.text: Final[str] = text
        self.queued: Final[bool] = queued
        self.told: Final[bool] = told
        self.new_details: Final[OrderDetails] = new_details

    def names(self) -> tuple[str, ...]:
        return (
            "order_id",
            "cl_ord_id",
            "session",
            "kind",
            "pending",
            "new_terms",
            "reserve_px",
            "text",
            "queued",
            "told",
            "new_details",
        )

    def wire_code(self) -> i64:
        return 191

    def wire_version(self) -> i64:
        return 2

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.order_id)
        put_str(w, self.cl_ord_id)
        put_name(w, self.session)
        put_code(w, self.kind)
        put_bool(w, self.pending)
        self.new_terms.put(w)
        write_i64_le(w, self.reserve_px)
        put_str(w, self.text)
        put_bool(w, self.queued)
        put_bool(w, self.told)
        put_order_details(w, self.new_details)


@mypyc_attr(acyclic=True)
class RouteSnapshot(RouteEvent):
    """A route as it is, in a snapshot.

    cl_ord_ids: each ClOrdID(11) that it has used, a line each
    cancel_id: pending cancel's ClOrdID
    by_hand_qty: what people's busts and corrections added to CumQty(14), unknown to the venue
    copied_ids: ExecID(17) of each report that a drop copy told first, a line each
    venue_order_ids: each OrderID(37) by which its venue names it, a line each; empty for venue_order_id
    resent_at_ns: when it was sent once more, its venue having said that it never saw it; 0 for never
    """

    def __init__(
        self,
        at_ns: i64,
        route_id: i64,
        order_id: i64,
        venue_id: str,
        cl_ord_id: str,
        cl_ord_ids: str,
        venue_order_id: str,
        terms: Terms,
        ord_status: OrdStatus,
        cum_qty: i64,
        sent_at_ns: i64,
        queried: i64,
        cancel_id: str,
        cancel_orig_id: str,
        replace_id: str,
        replace_terms: Terms,
        by_hand_qty: i64 = 0,
        copied_ids: str = "",
        venue_order_ids: str = "",
        resent_at_ns: i64 = 0,
    ) -> None:
        super().__init__(at_ns)
        self.route_id: Final[i64] = route_id
        self.order_id: Final[i64] = order_id
        self.venue_id: Final[str] = venue_id
        self.cl_ord_id: Final[str] = cl_ord_id
        self.cl_ord_ids: Final[str] = cl_ord_ids
        self.venue_order_id: Final[str] = venue_order_id
        self.terms: Final[Terms] = terms
        self.ord_status: Final[OrdStatus] = ord_status
        self.cum_qty: Final[i64] = cum_qty
        self.sent_at_ns: Final[i64] = sent_at_ns
        self.queried: Final[i64] = queried
        self.cancel_id: Final[str] = cancel_id
        self.cancel_orig_id: Final[str] = cancel_orig_id
        self.replace_id: Final[str] = replace_id
        self.replace_terms: Final[Terms] = replace_terms
        self.by_hand_qty: Final[i64] = by_hand_qty
        self.copied_ids: Final[str] = copied_ids
        self.venue_order_ids: Final[str] = venue_order_ids
        self.resent_at_ns: Final[i64] = resent_at_ns

    def names(self) -> tuple[str, ...]:
        return (
            "route_id",
            "order_id",
            "venue_id",
            "cl_ord_id",
            "cl_ord_ids",
            "venue_order_id",
            "terms",
            "ord_status",
            "cum_qty",
            "sent_at_ns",
            "queried",
            "cancel_id",
            "cancel_orig_id",
            "replace_id",
            "replace_terms",
            "by_hand_qty",
            "copied_ids",
            "venue_order_ids",
            "resent_at_ns",
        )

    def wire_code(self) -> i64:
        return 192

    def wire_version(self) -> i64:
        return 4

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.route_id)
        write_i64_le(w, self.order_id)
        put_name(w, self.venue_id)
        put_str(w, self.cl_ord_id)
        put_str(w, self.cl_ord_ids)
        put_str(w, self.venue_order_id)
        self.terms.put(w)
        put_code(w, self.ord_status)
        write_i64_le(w, self.cum_qty)
        write_i64_le(w, self.sent_at_ns)
        write_i64_le(w, self.queried)
        put_str(w, self.cancel_id)
        put_str(w, self.cancel_orig_id)
        put_str(w, self.replace_id)
        self.replace_terms.put(w)
        write_i64_le(w, self.by_hand_qty)
        put_str(w, self.copied_ids)
        put_str(w, self.venue_order_ids)
        write_i64_le(w, self.resent_at_ns)


@mypyc_attr(acyclic=True)
class TradeSnapshot(OrderEvent):
    """An execution as it is, in a snapshot.

    venue_exec_ids: each ExecID(17) that the venue used for it, a line each
    """

    def __init__(
        self,
        at_ns: i64,
        trade_id: i64,
        order_id: i64,
        route_id: i64,
        venue_exec_ids: str,
        venue_id: str,
        last_report_id: i64,
        last_qty: i64,
        last_px: i64,
        busted: bool,
    ) -> None:
        super().__init__(at_ns)
        self.trade_id: Final[i64] = trade_id
        self.order_id: Final[i64] = order_id
        self.route_id: Final[i64] = route_id
        self.venue_exec_ids: Final[str] = venue_exec_ids
        self.venue_id: Final[str] = venue_id
        self.last_report_id: Final[i64] = last_report_id
        self.last_qty: Final[i64] = last_qty
        self.last_px: Final[i64] = last_px
        self.busted: Final[bool] = busted

    def names(self) -> tuple[str, ...]:
        return (
            "trade_id",
            "order_id",
            "route_id",
            "venue_exec_ids",
            "venue_id",
            "last_report_id",
            "last_qty",
            "last_px",
            "busted",
        )

    def wire_code(self) -> i64:
        return 193

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.trade_id)
        write_i64_le(w, self.order_id)
        write_i64_le(w, self.route_id)
        put_str(w, self.venue_exec_ids)
        put_name(w, self.venue_id)
        write_i64_le(w, self.last_report_id)
        write_i64_le(w, self.last_qty)
        write_i64_le(w, self.last_px)
        put_bool(w, self.busted)


@mypyc_attr(acyclic=True)
class PositionSnapshot(ReferenceEvent):
    """A position at the start of the day, in a snapshot.

    node: whose it is, by `account_id`: an account, or a strategy or trader with its book
    executions: of orders that are gone, behind one of an order that is not
    """

    def __init__(
        self,
        at_ns: i64,
        account_id: str,
        instrument_id: str,
        qty: i64,
        cost: int,
        realized: int,
        node: NodeKind = NodeKind.ACCOUNT,
        executions: tuple[KeptExecution, ...] = (),
    ) -> None:
        super().__init__(at_ns)
        self.account_id: Final[str] = account_id
        self.instrument_id: Final[str] = instrument_id
        self.qty: Final[i64] = qty
        self.cost: Final[int] = cost
        self.realized: Final[int] = realized
        self.node: Final[NodeKind] = node
        self.executions: Final[tuple[KeptExecution, ...]] = executions

    def names(self) -> tuple[str, ...]:
        return ("account_id", "instrument_id", "qty", "cost", "realized", "node", "executions")

    def wire_code(self) -> i64:
        return 194

    def wire_version(self) -> i64:
        return 2

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.account_id)
        put_name(w, self.instrument_id)
        write_i64_le(w, self.qty)
        put_money(w, self.cost)
        put_money(w, self.realized)
        put_code(w, self.node)
        put_count(w, len(self.executions))
        for kept_execution in self.executions:
            kept_execution.put(w)


@mypyc_attr(acyclic=True)
class AccountSnapshot(ReferenceEvent):
    """An account's figures that no other event carries, in a snapshot."""

    def __init__(self, at_ns: i64, account_id: str, cash: int, tokens: int, tokens_at_ns: i64, killed: bool) -> None:
        super().__init__(at_ns)
        self.account_id: Final[str] = account_id
        self.cash: Final[int] = cash
        self.tokens: Final[int] = tokens
        self.tokens_at_ns: Final[i64] = tokens_at_ns
        self.killed: Final[bool] = killed

    def names(self) -> tuple[str, ...]:
        return ("account_id", "cash", "tokens", "tokens_at_ns", "killed")

    def wire_code(self) -> i64:
        return 195

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.account_id)
        put_money(w, self.cash)
        put_money(w, self.tokens)
        write_i64_le(w, self.tokens_at_ns)
        put_bool(w, self.killed)


@mypyc_attr(acyclic=True)
class DeskSnapshot(ReferenceEvent):
    """The desk's counters, first in a snapshot.

    day_exec_id: the first ExecID(17) of the day
    """

    def __init__(
        self,
        at_ns: i64,
        next_order_id: i64,
        next_route_id: i64,
        next_exec_id: i64,
        trading_date: i64,
        killed: bool,
        day_exec_id: i64 = 1,
    ) -> None:
        super().__init__(at_ns)
        self.next_order_id: Final[i64] = next_order_id
        self.next_route_id: Final[i64] = next_route_id
        self.next_exec_id: Final[i64] = next_exec_id
        self.trading_date: Final[i64] = trading_date
        self.killed: Final[bool] = killed
        self.day_exec_id: Final[i64] = day_exec_id

    def names(self) -> tuple[str, ...]:
        return ("next_order_id", "next_route_id", "next_exec_id", "trading_date", "killed", "day_exec_id")

    def wire_code(self) -> i64:
        return 196

    def wire_version(self) -> i64:
        return 2

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.next_order_id)
        write_i64_le(w, self.next_route_id)
        write_i64_le(w, self.next_exec_id)
        write_i64_le(w, self.trading_date)
        put_bool(w, self.killed)
        write_i64_le(w, self.day_exec_id)


@mypyc_attr(acyclic=True)
class SessionSnapshot(SessionEvent):
    """A FIX session's numbers and hours as they are, in a snapshot.

    active_ns: when a number last moved
    scheduled_ns: when its schedule last began the numbers anew
    """

    def __init__(
        self, at_ns: i64, session: str, next_in: i64, next_out: i64, active_ns: i64, scheduled_ns: i64, logged_on: bool
    ) -> None:
        super().__init__(at_ns)
        self.session: Final[str] = session
        self.next_in: Final[i64] = next_in
        self.next_out: Final[i64] = next_out
        self.active_ns: Final[i64] = active_ns
        self.scheduled_ns: Final[i64] = scheduled_ns
        self.logged_on: Final[bool] = logged_on

    def names(self) -> tuple[str, ...]:
        return ("session", "next_in", "next_out", "active_ns", "scheduled_ns", "logged_on")

    def wire_code(self) -> i64:
        return 197

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.session)
        write_i64_le(w, self.next_in)
        write_i64_le(w, self.next_out)
        write_i64_le(w, self.active_ns)
        write_i64_le(w, self.scheduled_ns)
        put_bool(w, self.logged_on)


@mypyc_attr(acyclic=True)
class LimitPlaced(RiskEvent):
    """A place of the tree has a limit, new or changed."""

    def __init__(self, at_ns: i64, place: Place, limit: Limit, text: str, user_id: str) -> None:
        super().__init__(at_ns)
        self.place: Final[Place] = place
        self.limit: Final[Limit] = limit
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("place", "limit", "text", "user_id")

    def wire_code(self) -> i64:
        return 209

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        self.place.put(w)
        self.limit.put(w)
        put_str(w, self.text)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class LimitRemoved(RiskEvent):
    """A place of the tree has a limit no more."""

    def __init__(self, at_ns: i64, place: Place, kind: LimitKind, text: str, user_id: str) -> None:
        super().__init__(at_ns)
        self.place: Final[Place] = place
        self.kind: Final[LimitKind] = kind
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("place", "kind", "text", "user_id")

    def wire_code(self) -> i64:
        return 210

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        self.place.put(w)
        put_str(w, self.kind)
        put_str(w, self.text)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class DeskDefined(RiskEvent):
    """A desk of the firm, or without an id the firm, is new or changed.

    currency: in which its money is read; empty for the firm's, of the firm its base currency
    """

    def __init__(self, at_ns: i64, desk_id: str, name: str, active: bool, user_id: str, currency: str) -> None:
        super().__init__(at_ns)
        self.desk_id: Final[str] = desk_id
        self.name: Final[str] = name
        self.active: Final[bool] = active
        self.user_id: Final[str] = user_id
        self.currency: Final[str] = currency

    def names(self) -> tuple[str, ...]:
        return ("desk_id", "name", "active", "user_id", "currency")

    def wire_code(self) -> i64:
        return 211

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.desk_id)
        put_str(w, self.name)
        put_bool(w, self.active)
        put_name(w, self.user_id)
        put_name(w, self.currency)


@mypyc_attr(acyclic=True)
class EntitlementSet(RiskEvent):
    """Somebody may trade at a place of the tree, or may not any more.

    holder_id: the person; empty for a session
    """

    def __init__(
        self, at_ns: i64, place: Place, holder_id: str, session: str, granted: bool, text: str, user_id: str
    ) -> None:
        super().__init__(at_ns)
        self.place: Final[Place] = place
        self.holder_id: Final[str] = holder_id
        self.session: Final[str] = session
        self.granted: Final[bool] = granted
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("place", "holder_id", "session", "granted", "text", "user_id")

    def wire_code(self) -> i64:
        return 212

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        self.place.put(w)
        put_name(w, self.holder_id)
        put_name(w, self.session)
        put_bool(w, self.granted)
        put_str(w, self.text)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class BookRestated(RiskEvent):
    """A position of a strategy's or a trader's book in the new units of a corporate action."""

    def __init__(
        self,
        at_ns: i64,
        node: NodeKind,
        node_id: str,
        instrument_id: str,
        action_id: str,
        qty: i64,
        cost: int,
        realized: int,
    ) -> None:
        super().__init__(at_ns)
        self.node: Final[NodeKind] = node
        self.node_id: Final[str] = node_id
        self.instrument_id: Final[str] = instrument_id
        self.action_id: Final[str] = action_id
        self.qty: Final[i64] = qty
        self.cost: Final[int] = cost
        self.realized: Final[int] = realized

    def names(self) -> tuple[str, ...]:
        return ("node", "node_id", "instrument_id", "action_id", "qty", "cost", "realized")

    def wire_code(self) -> i64:
        return 213

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_code(w, self.node)
        put_name(w, self.node_id)
        put_name(w, self.instrument_id)
        put_str(w, self.action_id)
        write_i64_le(w, self.qty)
        put_money(w, self.cost)
        put_money(w, self.realized)


@mypyc_attr(acyclic=True)
class PurseSnapshot(RiskEvent):
    """Cash of an account in a currency that is not its own, in a snapshot."""

    def __init__(self, at_ns: i64, account_id: str, currency: str, cash: int) -> None:
        super().__init__(at_ns)
        self.account_id: Final[str] = account_id
        self.currency: Final[str] = currency
        self.cash: Final[int] = cash

    def names(self) -> tuple[str, ...]:
        return ("account_id", "currency", "cash")

    def wire_code(self) -> i64:
        return 214

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.account_id)
        put_name(w, self.currency)
        put_money(w, self.cash)


@mypyc_attr(acyclic=True)
class CellSnapshot(RiskEvent):
    """What happened today at a watched place of the tree, in a snapshot.

    last_order_ns: when its last new order was accepted
    """

    def __init__(
        self,
        at_ns: i64,
        place: Place,
        requests: i64,
        cancels: i64,
        orders: i64,
        refusals: i64,
        trades: i64,
        last_order_ns: i64,
    ) -> None:
        super().__init__(at_ns)
        self.place: Final[Place] = place
        self.requests: Final[i64] = requests
        self.cancels: Final[i64] = cancels
        self.orders: Final[i64] = orders
        self.refusals: Final[i64] = refusals
        self.trades: Final[i64] = trades
        self.last_order_ns: Final[i64] = last_order_ns

    def names(self) -> tuple[str, ...]:
        return ("place", "requests", "cancels", "orders", "refusals", "trades", "last_order_ns")

    def wire_code(self) -> i64:
        return 215

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        self.place.put(w)
        write_i64_le(w, self.requests)
        write_i64_le(w, self.cancels)
        write_i64_le(w, self.orders)
        write_i64_le(w, self.refusals)
        write_i64_le(w, self.trades)
        write_i64_le(w, self.last_order_ns)


@mypyc_attr(acyclic=True)
class SoftLimitPassed(RiskEvent):
    """An order passed a soft limit: it gave a reason, or a second person let it."""

    def __init__(self, at_ns: i64, order_id: i64, code: RefusalCode, context: Pairs, reason: str, user_id: str) -> None:
        super().__init__(at_ns)
        self.order_id: Final[i64] = order_id
        self.code: Final[RefusalCode] = code
        self.context: Final[Pairs] = context
        self.reason: Final[str] = reason
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("order_id", "code", "context", "reason", "user_id")

    def wire_code(self) -> i64:
        return 216

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.order_id)
        put_str(w, self.code)
        put_pairs(w, self.context)
        put_str(w, self.reason)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class WhatIfReported(RiskEvent):
    """The answer to a question: what every check of the gate says, the binding one first.

    code: with which the order would be refused; NONE when it would not
    severity: of the one that binds: HARD refuses, REASON and APPROVAL let pass on terms
    """

    def __init__(
        self,
        at_ns: i64,
        question_id: str,
        client_id: str,
        account_id: str,
        instrument_id: str,
        code: RefusalCode,
        context: Pairs,
        severity: Severity,
        verdicts: tuple[Verdict, ...],
        user_id: str,
    ) -> None:
        super().__init__(at_ns)
        self.question_id: Final[str] = question_id
        self.client_id: Final[str] = client_id
        self.account_id: Final[str] = account_id
        self.instrument_id: Final[str] = instrument_id
        self.code: Final[RefusalCode] = code
        self.context: Final[Pairs] = context
        self.severity: Final[Severity] = severity
        self.verdicts: Final[tuple[Verdict, ...]] = verdicts
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return (
            "question_id",
            "client_id",
            "account_id",
            "instrument_id",
            "code",
            "context",
            "severity",
            "verdicts",
            "user_id",
        )

    def wire_code(self) -> i64:
        return 217

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_str(w, self.question_id)
        put_name(w, self.client_id)
        put_name(w, self.account_id)
        put_name(w, self.instrument_id)
        put_str(w, self.code)
        put_pairs(w, self.context)
        put_code(w, self.severity)
        put_count(w, len(self.verdicts))
        for verdict in self.verdicts:
            verdict.put(w)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class BoundSnapshot(RiskEvent):
    """What a limit has counted, in a snapshot.

    times: of each like thing its last times
    """

    def __init__(self, at_ns: i64, place: Place, kind: LimitKind, tokens: i64, tokens_at_ns: i64, times: Pairs) -> None:
        super().__init__(at_ns)
        self.place: Final[Place] = place
        self.kind: Final[LimitKind] = kind
        self.tokens: Final[i64] = tokens
        self.tokens_at_ns: Final[i64] = tokens_at_ns
        self.times: Final[Pairs] = times

    def names(self) -> tuple[str, ...]:
        return ("place", "kind", "tokens", "tokens_at_ns", "times")

    def wire_code(self) -> i64:
        return 218

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        self.place.put(w)
        put_str(w, self.kind)
        write_i64_le(w, self.tokens)
        write_i64_le(w, self.tokens_at_ns)
        put_pairs(w, self.times)


@mypyc_attr(acyclic=True)
class CheckPluginLoaded(RiskEvent):
    """The gate asks this check of the firm's own from now on."""

    def __init__(self, at_ns: i64, plugin: CheckPlugin, user_id: str) -> None:
        super().__init__(at_ns)
        self.plugin: Final[CheckPlugin] = plugin
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("plugin", "user_id")

    def wire_code(self) -> i64:
        return 238

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        self.plugin.put(w)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class CheckPluginRemoved(RiskEvent):
    """The gate asks it no more."""

    def __init__(self, at_ns: i64, name: str, user_id: str) -> None:
        super().__init__(at_ns)
        self.name: Final[str] = name
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("name", "user_id")

    def wire_code(self) -> i64:
        return 239

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.name)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class KillProgressed(RiskEvent):
    """An order, of a venue a route, that a kill takes back works no more.

    kill: its place, as `kairos kill status` spells it
    route_id: of a venue's kill; else 0
    ord_status: how it ended
    left: how many are still open
    """

    def __init__(self, at_ns: i64, kill: str, order_id: i64, route_id: i64, ord_status: OrdStatus, left: i64) -> None:
        super().__init__(at_ns)
        self.kill: Final[str] = kill
        self.order_id: Final[i64] = order_id
        self.route_id: Final[i64] = route_id
        self.ord_status: Final[OrdStatus] = ord_status
        self.left: Final[i64] = left

    def names(self) -> tuple[str, ...]:
        return ("kill", "order_id", "route_id", "ord_status", "left")

    def wire_code(self) -> i64:
        return 230

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_str(w, self.kill)
        write_i64_le(w, self.order_id)
        write_i64_le(w, self.route_id)
        put_code(w, self.ord_status)
        write_i64_le(w, self.left)


@mypyc_attr(acyclic=True)
class KillCompleted(RiskEvent):
    """Nothing that a kill took back works any more.

    ended: otherwise, as by a last fill
    took_ns: since the engagement
    """

    def __init__(self, at_ns: i64, kill: str, canceled: i64, ended: i64, took_ns: i64) -> None:
        super().__init__(at_ns)
        self.kill: Final[str] = kill
        self.canceled: Final[i64] = canceled
        self.ended: Final[i64] = ended
        self.took_ns: Final[i64] = took_ns

    def names(self) -> tuple[str, ...]:
        return ("kill", "canceled", "ended", "took_ns")

    def wire_code(self) -> i64:
        return 231

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_str(w, self.kill)
        write_i64_le(w, self.canceled)
        write_i64_le(w, self.ended)
        write_i64_le(w, self.took_ns)


@mypyc_attr(acyclic=True)
class PolicyDefined(RiskEvent):
    """Which commands need a second person from now on."""

    def __init__(self, at_ns: i64, rules: tuple[ApprovalRule, ...], text: str, user_id: str) -> None:
        super().__init__(at_ns)
        self.rules: Final[tuple[ApprovalRule, ...]] = rules
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("rules", "text", "user_id")

    def wire_code(self) -> i64:
        return 232

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_count(w, len(self.rules))
        for approval_rule in self.rules:
            approval_rule.put(w)
        put_str(w, self.text)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class ApprovalRequested(RiskEvent):
    """Something waits for a second person.

    asked_by: empty: the house itself, or a client
    summary: what would be done, in words
    order_id: of ORDER; else 0
    command: what is done once it is approved; empty of ORDER
    word: to be typed at the approval; empty for none
    """

    def __init__(
        self,
        at_ns: i64,
        approval_id: i64,
        kind: ApprovalKind,
        asked_by: str,
        summary: str,
        order_id: i64,
        command: bytes,
        word: str,
        expires_at_ns: i64,
    ) -> None:
        super().__init__(at_ns)
        self.approval_id: Final[i64] = approval_id
        self.kind: Final[ApprovalKind] = kind
        self.asked_by: Final[str] = asked_by
        self.summary: Final[str] = summary
        self.order_id: Final[i64] = order_id
        self.command: Final[bytes] = command
        self.word: Final[str] = word
        self.expires_at_ns: Final[i64] = expires_at_ns

    def names(self) -> tuple[str, ...]:
        return ("approval_id", "kind", "asked_by", "summary", "order_id", "command", "word", "expires_at_ns")

    def wire_code(self) -> i64:
        return 233

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.approval_id)
        put_code(w, self.kind)
        put_name(w, self.asked_by)
        put_str(w, self.summary)
        write_i64_le(w, self.order_id)
        put_bytes(w, self.command)
        put_str(w, self.word)
        write_i64_le(w, self.expires_at_ns)


@mypyc_attr(acyclic=True)
class ApprovalDecided(RiskEvent):
    """What waited is decided; what was approved follows.

    user_id: who decided; empty when it expired or its order ended
    """

    def __init__(
        self,
        at_ns: i64,
        approval_id: i64,
        kind: ApprovalKind,
        outcome: ApprovalOutcome,
        asked_by: str,
        user_id: str,
        text: str,
        order_id: i64,
    ) -> None:
        super().__init__(at_ns)
        self.approval_id: Final[i64] = approval_id
        self.kind: Final[ApprovalKind] = kind
        self.outcome: Final[ApprovalOutcome] = outcome
        self.asked_by: Final[str] = asked_by
        self.user_id: Final[str] = user_id
        self.text: Final[str] = text
        self.order_id: Final[i64] = order_id

    def names(self) -> tuple[str, ...]:
        return ("approval_id", "kind", "outcome", "asked_by", "user_id", "text", "order_id")

    def wire_code(self) -> i64:
        return 234

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.approval_id)
        put_code(w, self.kind)
        put_code(w, self.outcome)
        put_name(w, self.asked_by)
        put_name(w, self.user_id)
        put_str(w, self.text)
        write_i64_le(w, self.order_id)


@mypyc_attr(acyclic=True)
class ApprovalsSnapshot(RiskEvent):
    """The number of the next approval, in a snapshot."""

    def __init__(self, at_ns: i64, next_approval_id: i64) -> None:
        super().__init__(at_ns)
        self.next_approval_id: Final[i64] = next_approval_id

    def names(self) -> tuple[str, ...]:
        return ("next_approval_id",)

    def wire_code(self) -> i64:
        return 235

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.next_approval_id)


@mypyc_attr(acyclic=True)
class KillSnapshot(RiskEvent):
    """A kill as it stands, in a snapshot.

    working: what is still open, by blanks
    """

    def __init__(
        self,
        at_ns: i64,
        node: NodeKind,
        node_id: str,
        scope: ScopeKind,
        scope_id: str,
        venue_id: str,
        engaged_at_ns: i64,
        user_id: str,
        text: str,
        word: str,
        to_cancel: i64,
        canceled: i64,
        ended: i64,
        working: str,
    ) -> None:
        super().__init__(at_ns)
        self.node: Final[NodeKind] = node
        self.node_id: Final[str] = node_id
        self.scope: Final[ScopeKind] = scope
        self.scope_id: Final[str] = scope_id
        self.venue_id: Final[str] = venue_id
        self.engaged_at_ns: Final[i64] = engaged_at_ns
        self.user_id: Final[str] = user_id
        self.text: Final[str] = text
        self.word: Final[str] = word
        self.to_cancel: Final[i64] = to_cancel
        self.canceled: Final[i64] = canceled
        self.ended: Final[i64] = ended
        self.working: Final[str] = working

    def names(self) -> tuple[str, ...]:
        return (
            "node",
            "node_id",
            "scope",
            "scope_id",
            "venue_id",
            "engaged_at_ns",
            "user_id",
            "text",
            "word",
            "to_cancel",
            "canceled",
            "ended",
            "working",
        )

    def wire_code(self) -> i64:
        return 236

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_code(w, self.node)
        put_name(w, self.node_id)
        put_code(w, self.scope)
        put_name(w, self.scope_id)
        put_name(w, self.venue_id)
        write_i64_le(w, self.engaged_at_ns)
        put_name(w, self.user_id)
        put_str(w, self.text)
        put_str(w, self.word)
        write_i64_le(w, self.to_cancel)
        write_i64_le(w, self.canceled)
        write_i64_le(w, self.ended)
        put_str(w, self.working)


@mypyc_attr(acyclic=True)
class OrderHeld(OrderEvent):
    """An accepted order waits for a second person: told as PENDING_NEW.

    code: of the soft limit that it breaches
    """

    def __init__(
        self, at_ns: i64, order_id: i64, exec_id: i64, cl_ord_id: str, terms: Terms, code: RefusalCode, context: Pairs
    ) -> None:
        super().__init__(at_ns)
        self.order_id: Final[i64] = order_id
        self.exec_id: Final[i64] = exec_id
        self.cl_ord_id: Final[str] = cl_ord_id
        self.terms: Final[Terms] = terms
        self.code: Final[RefusalCode] = code
        self.context: Final[Pairs] = context

    def names(self) -> tuple[str, ...]:
        return ("order_id", "exec_id", "cl_ord_id", "terms", "code", "context")

    def wire_code(self) -> i64:
        return 237

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.order_id)
        write_i64_le(w, self.exec_id)
        put_str(w, self.cl_ord_id)
        self.terms.put(w)
        put_str(w, self.code)
        put_pairs(w, self.context)


@mypyc_attr(acyclic=True)
class ReturnsSet(RiskEvent):
    """An instrument has these daily returns, oldest first, and no others."""

    def __init__(
        self, at_ns: i64, instrument_id: str, returns: tuple[DailyReturn, ...], text: str, user_id: str
    ) -> None:
        super().__init__(at_ns)
        self.instrument_id: Final[str] = instrument_id
        self.returns: Final[tuple[DailyReturn, ...]] = returns
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("instrument_id", "returns", "text", "user_id")

    def wire_code(self) -> i64:
        return 220

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.instrument_id)
        put_count(w, len(self.returns))
        for daily_return in self.returns:
            daily_return.put(w)
        put_str(w, self.text)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class IndicatorsSnapshot(RiskEvent):
    """What a watched place's indicators remember of the way to where they are, in a snapshot.

    since_exec_id: executions before this one are not counted here
    day_pnl: as last seen
    peak_exec_id: the first ExecID(17) after the peak
    """

    def __init__(
        self,
        at_ns: i64,
        place: Place,
        since_exec_id: i64,
        day_pnl: int,
        peak: int,
        peak_exec_id: i64,
        rejected: i64,
        ordered_qty: i64,
        filled_qty: i64,
        slippages: tuple[CurrencySlippage, ...],
        bursts: tuple[BurstSlot, ...],
        trends: tuple[TrendState, ...],
    ) -> None:
        super().__init__(at_ns)
        self.place: Final[Place] = place
        self.since_exec_id: Final[i64] = since_exec_id
        self.day_pnl: Final[int] = day_pnl
        self.peak: Final[int] = peak
        self.peak_exec_id: Final[i64] = peak_exec_id
        self.rejected: Final[i64] = rejected
        self.ordered_qty: Final[i64] = ordered_qty
        self.filled_qty: Final[i64] = filled_qty
        self.slippages: Final[tuple[CurrencySlippage, ...]] = slippages
        self.bursts: Final[tuple[BurstSlot, ...]] = bursts
        self.trends: Final[tuple[TrendState, ...]] = trends

    def names(self) -> tuple[str, ...]:
        return (
            "place",
            "since_exec_id",
            "day_pnl",
            "peak",
            "peak_exec_id",
            "rejected",
            "ordered_qty",
            "filled_qty",
            "slippages",
            "bursts",
            "trends",
        )

    def wire_code(self) -> i64:
        return 221

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        self.place.put(w)
        write_i64_le(w, self.since_exec_id)
        put_money(w, self.day_pnl)
        put_money(w, self.peak)
        write_i64_le(w, self.peak_exec_id)
        write_i64_le(w, self.rejected)
        write_i64_le(w, self.ordered_qty)
        write_i64_le(w, self.filled_qty)
        put_count(w, len(self.slippages))
        for currency_slippage in self.slippages:
            currency_slippage.put(w)
        put_count(w, len(self.bursts))
        for burst_slot in self.bursts:
            burst_slot.put(w)
        put_count(w, len(self.trends))
        for trend_state in self.trends:
            trend_state.put(w)


@mypyc_attr(acyclic=True)
class PlaceWatched(RiskEvent):
    """A place's indicators are reckoned from now on."""

    def __init__(self, at_ns: i64, place: Place, user_id: str) -> None:
        super().__init__(at_ns)
        self.place: Final[Place] = place
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("place", "user_id")

    def wire_code(self) -> i64:
        return 222

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        self.place.put(w)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class PositionPnlSnapshot(RiskEvent):
    """What a position has come to since the day began, in a snapshot.

    node: ACCOUNT; of a book STRATEGY or TRADER
    exec_id: the first ExecID(17) of the day; 0 when the start is final
    mark_px: when the day turned
    base: P&L at the day's start
    """

    def __init__(
        self,
        at_ns: i64,
        node: NodeKind,
        node_id: str,
        instrument_id: str,
        exec_id: i64,
        mark_px: i64,
        base: int,
        closed_qty: i64,
        won_qty: i64,
        lost_qty: i64,
        won: int,
        lost: int,
    ) -> None:
        super().__init__(at_ns)
        self.node: Final[NodeKind] = node
        self.node_id: Final[str] = node_id
        self.instrument_id: Final[str] = instrument_id
        self.exec_id: Final[i64] = exec_id
        self.mark_px: Final[i64] = mark_px
        self.base: Final[int] = base
        self.closed_qty: Final[i64] = closed_qty
        self.won_qty: Final[i64] = won_qty
        self.lost_qty: Final[i64] = lost_qty
        self.won: Final[int] = won
        self.lost: Final[int] = lost

    def names(self) -> tuple[str, ...]:
        return (
            "node",
            "node_id",
            "instrument_id",
            "exec_id",
            "mark_px",
            "base",
            "closed_qty",
            "won_qty",
            "lost_qty",
            "won",
            "lost",
        )

    def wire_code(self) -> i64:
        return 223

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_code(w, self.node)
        put_name(w, self.node_id)
        put_name(w, self.instrument_id)
        write_i64_le(w, self.exec_id)
        write_i64_le(w, self.mark_px)
        put_money(w, self.base)
        write_i64_le(w, self.closed_qty)
        write_i64_le(w, self.won_qty)
        write_i64_le(w, self.lost_qty)
        put_money(w, self.won)
        put_money(w, self.lost)


@mypyc_attr(acyclic=True)
class TradingRulesSet(MarketEvent):
    """The rules for an instrument on a trading day.

    trading_date: YYYYMMDD
    bands: its ticks; empty: one, its own
    holds_end: a band holds its upper end, not its lower
    low_px: the day's limits; 0 for none
    min_qty: OrderQty(38) in one order; 0: its lot
    qty_step: of which it is a multiple; 0: its lot
    max_qty: 0 for none
    after_fall_bps: the rule holds after such a fall from the previous close, on that day and the next; 0: always
    marking: a sale of more than is held must be marked as short
    locate: a short sale needs units that were located before
    reference: of price collars
    max_mark_age_ns: an older one is no reference; 0: any age will do
    """

    def __init__(
        self,
        at_ns: i64,
        instrument_id: str,
        trading_date: i64,
        bands: tuple[PriceBand, ...],
        holds_end: bool,
        low_px: i64,
        high_px: i64,
        min_qty: i64,
        qty_step: i64,
        max_qty: i64,
        odd_lots: OddLots,
        short_sale: ShortSaleRule,
        after_fall_bps: i64,
        marking: bool,
        locate: bool,
        reference: ReferencePrice,
        max_mark_age_ns: i64,
        user_id: str,
    ) -> None:
        super().__init__(at_ns)
        self.instrument_id: Final[str] = instrument_id
        self.trading_date: Final[i64] = trading_date
        self.bands: Final[tuple[PriceBand, ...]] = bands
        self.holds_end: Final[bool] = holds_end
        self.low_px: Final[i64] = low_px
        self.high_px: Final[i64] = high_px
        self.min_qty: Final[i64] = min_qty
        self.qty_step: Final[i64] = qty_step
        self.max_qty: Final[i64] = max_qty
        self.odd_lots: Final[OddLots] = odd_lots
        self.short_sale: Final[ShortSaleRule] = short_sale
        self.after_fall_bps: Final[i64] = after_fall_bps
        self.marking: Final[bool] = marking
        self.locate: Final[bool] = locate
        self.reference: Final[ReferencePrice] = reference
        self.max_mark_age_ns: Final[i64] = max_mark_age_ns
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return (
            "instrument_id",
            "trading_date",
            "bands",
            "holds_end",
            "low_px",
            "high_px",
            "min_qty",
            "qty_step",
            "max_qty",
            "odd_lots",
            "short_sale",
            "after_fall_bps",
            "marking",
            "locate",
            "reference",
            "max_mark_age_ns",
            "user_id",
        )

    def wire_code(self) -> i64:
        return 122

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.instrument_id)
        write_i64_le(w, self.trading_date)
        put_count(w, len(self.bands))
        for price_band in self.bands:
            price_band.put(w)
        put_bool(w, self.holds_end)
        write_i64_le(w, self.low_px)
        write_i64_le(w, self.high_px)
        write_i64_le(w, self.min_qty)
        write_i64_le(w, self.qty_step)
        write_i64_le(w, self.max_qty)
        put_code(w, self.odd_lots)
        put_code(w, self.short_sale)
        write_i64_le(w, self.after_fall_bps)
        put_bool(w, self.marking)
        put_bool(w, self.locate)
        put_code(w, self.reference)
        write_i64_le(w, self.max_mark_age_ns)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class MarketDaySet(MarketEvent):
    """The stretches of a market's day.

    spans: in order of time; none: no session
    takes_early: orders before its first stretch are passed to the venue, which keeps them
    """

    def __init__(
        self, at_ns: i64, mic: str, trading_date: i64, spans: tuple[MarketSpan, ...], takes_early: bool, user_id: str
    ) -> None:
        super().__init__(at_ns)
        self.mic: Final[str] = mic
        self.trading_date: Final[i64] = trading_date
        self.spans: Final[tuple[MarketSpan, ...]] = spans
        self.takes_early: Final[bool] = takes_early
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("mic", "trading_date", "spans", "takes_early", "user_id")

    def wire_code(self) -> i64:
        return 123

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.mic)
        write_i64_le(w, self.trading_date)
        put_count(w, len(self.spans))
        for market_span in self.spans:
            market_span.put(w)
        put_bool(w, self.takes_early)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class HaltChanged(MarketEvent):
    """Trading was halted, or goes on.

    instrument_id: empty: all of the market
    """

    def __init__(self, at_ns: i64, instrument_id: str, mic: str, halted: bool, text: str, user_id: str) -> None:
        super().__init__(at_ns)
        self.instrument_id: Final[str] = instrument_id
        self.mic: Final[str] = mic
        self.halted: Final[bool] = halted
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("instrument_id", "mic", "halted", "text", "user_id")

    def wire_code(self) -> i64:
        return 124

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.instrument_id)
        put_name(w, self.mic)
        put_bool(w, self.halted)
        put_str(w, self.text)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class MarketFiguresSet(MarketEvent):
    """What the past days of an instrument come to.

    close_px: previous close; 0: the reference price of its definition
    adv: average daily volume; 0 when unknown
    volatility_bps: of a day; 0 when unknown
    """

    def __init__(
        self, at_ns: i64, instrument_id: str, close_px: i64, adv: i64, volatility_bps: i64, user_id: str
    ) -> None:
        super().__init__(at_ns)
        self.instrument_id: Final[str] = instrument_id
        self.close_px: Final[i64] = close_px
        self.adv: Final[i64] = adv
        self.volatility_bps: Final[i64] = volatility_bps
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("instrument_id", "close_px", "adv", "volatility_bps", "user_id")

    def wire_code(self) -> i64:
        return 125

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.instrument_id)
        write_i64_le(w, self.close_px)
        write_i64_le(w, self.adv)
        write_i64_le(w, self.volatility_bps)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class LocateSet(MarketEvent):
    """So many units an account may sell short today.

    text: who lends them, under which number
    """

    def __init__(self, at_ns: i64, account_id: str, instrument_id: str, qty: i64, text: str, user_id: str) -> None:
        super().__init__(at_ns)
        self.account_id: Final[str] = account_id
        self.instrument_id: Final[str] = instrument_id
        self.qty: Final[i64] = qty
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("account_id", "instrument_id", "qty", "text", "user_id")

    def wire_code(self) -> i64:
        return 126

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.account_id)
        put_name(w, self.instrument_id)
        write_i64_le(w, self.qty)
        put_str(w, self.text)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class RestrictionWatched(MarketEvent):
    """An order in an instrument of a watch list was let through.

    node: whose list it is
    text: why the instrument is on it
    user_id: who entered the order
    """

    def __init__(
        self,
        at_ns: i64,
        order_id: i64,
        instrument_id: str,
        account_id: str,
        node: NodeKind,
        node_id: str,
        text: str,
        user_id: str,
    ) -> None:
        super().__init__(at_ns)
        self.order_id: Final[i64] = order_id
        self.instrument_id: Final[str] = instrument_id
        self.account_id: Final[str] = account_id
        self.node: Final[NodeKind] = node
        self.node_id: Final[str] = node_id
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("order_id", "instrument_id", "account_id", "node", "node_id", "text", "user_id")

    def wire_code(self) -> i64:
        return 127

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.order_id)
        put_name(w, self.instrument_id)
        put_name(w, self.account_id)
        put_code(w, self.node)
        put_name(w, self.node_id)
        put_str(w, self.text)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class PriceFallSnapshot(MarketEvent):
    """Whether an instrument fell far enough for its rule of short sales, in a snapshot."""

    def __init__(self, at_ns: i64, instrument_id: str, today: bool, day_before: bool) -> None:
        super().__init__(at_ns)
        self.instrument_id: Final[str] = instrument_id
        self.today: Final[bool] = today
        self.day_before: Final[bool] = day_before

    def names(self) -> tuple[str, ...]:
        return ("instrument_id", "today", "day_before")

    def wire_code(self) -> i64:
        return 146

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.instrument_id)
        put_bool(w, self.today)
        put_bool(w, self.day_before)


@mypyc_attr(acyclic=True)
class PositionDaySnapshot(MarketEvent):
    """What was located for and sold short today in a position, in a snapshot.

    short_done: executed today, of orders marked as short
    """

    def __init__(self, at_ns: i64, account_id: str, instrument_id: str, locate_qty: i64, short_done: i64) -> None:
        super().__init__(at_ns)
        self.account_id: Final[str] = account_id
        self.instrument_id: Final[str] = instrument_id
        self.locate_qty: Final[i64] = locate_qty
        self.short_done: Final[i64] = short_done

    def names(self) -> tuple[str, ...]:
        return ("account_id", "instrument_id", "locate_qty", "short_done")

    def wire_code(self) -> i64:
        return 147

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.account_id)
        put_name(w, self.instrument_id)
        write_i64_le(w, self.locate_qty)
        write_i64_le(w, self.short_done)


@mypyc_attr(acyclic=True)
class RuleDefined(RiskEvent):
    """A rule of risk is new or changed; where it had taken a level before, it begins anew.

    place: of one node; its node_id is empty where the rule is of each node of the kind
    each: whether it is of each
    above: whether levels are reached from below; else from above
    levels: the mildest first
    dry_run: it only tells what it would have done
    text: why it stands
    """

    def __init__(
        self,
        at_ns: i64,
        rule_id: str,
        indicator: Indicator,
        place: Place,
        each: bool,
        above: bool,
        levels: tuple[RuleLevel, ...],
        dry_run: bool,
        text: str,
        user_id: str,
    ) -> None:
        super().__init__(at_ns)
        self.rule_id: Final[str] = rule_id
        self.indicator: Final[Indicator] = indicator
        self.place: Final[Place] = place
        self.each: Final[bool] = each
        self.above: Final[bool] = above
        self.levels: Final[tuple[RuleLevel, ...]] = levels
        self.dry_run: Final[bool] = dry_run
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("rule_id", "indicator", "place", "each", "above", "levels", "dry_run", "text", "user_id")

    def wire_code(self) -> i64:
        return 224

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.rule_id)
        put_str(w, self.indicator)
        self.place.put(w)
        put_bool(w, self.each)
        put_bool(w, self.above)
        put_count(w, len(self.levels))
        for rule_level in self.levels:
            rule_level.put(w)
        put_bool(w, self.dry_run)
        put_str(w, self.text)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class RuleRemoved(RiskEvent):
    """A rule of risk is no more, and nothing that it did holds."""

    def __init__(self, at_ns: i64, rule_id: str, text: str, user_id: str) -> None:
        super().__init__(at_ns)
        self.rule_id: Final[str] = rule_id
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("rule_id", "text", "user_id")

    def wire_code(self) -> i64:
        return 225

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.rule_id)
        put_str(w, self.text)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class ResponseTaken(RiskEvent):
    """A rule of risk responds: an indicator has reached a level of it.

    level: from 1, the mildest
    seen: the indicator
    dry_run: it would have been done
    orders: taken back
    cause: what brought the indicator there, as `MarkUpdated 2330.XTAI`
    """

    def __init__(
        self,
        at_ns: i64,
        rule_id: str,
        place: Place,
        indicator: Indicator,
        level: i64,
        seen: int,
        threshold: int,
        actions: tuple[RuleAction, ...],
        dry_run: bool,
        orders: tuple[OrderRef, ...],
        cause: str,
        cause_at_ns: i64,
    ) -> None:
        super().__init__(at_ns)
        self.rule_id: Final[str] = rule_id
        self.place: Final[Place] = place
        self.indicator: Final[Indicator] = indicator
        self.level: Final[i64] = level
        self.seen: Final[int] = seen
        self.threshold: Final[int] = threshold
        self.actions: Final[tuple[RuleAction, ...]] = actions
        self.dry_run: Final[bool] = dry_run
        self.orders: Final[tuple[OrderRef, ...]] = orders
        self.cause: Final[str] = cause
        self.cause_at_ns: Final[i64] = cause_at_ns

    def names(self) -> tuple[str, ...]:
        return (
            "rule_id",
            "place",
            "indicator",
            "level",
            "seen",
            "threshold",
            "actions",
            "dry_run",
            "orders",
            "cause",
            "cause_at_ns",
        )

    def wire_code(self) -> i64:
        return 226

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.rule_id)
        self.place.put(w)
        put_str(w, self.indicator)
        write_i64_le(w, self.level)
        put_money(w, self.seen)
        put_money(w, self.threshold)
        put_count(w, len(self.actions))
        for rule_action in self.actions:
            rule_action.put(w)
        put_bool(w, self.dry_run)
        put_count(w, len(self.orders))
        for order_ref in self.orders:
            order_ref.put(w)
        put_str(w, self.cause)
        write_i64_le(w, self.cause_at_ns)


@mypyc_attr(acyclic=True)
class ResponseReleased(RiskEvent):
    """A rule of risk leaves a level, and what held because of it holds no more.

    seen: the indicator; 0 where it is not known
    release: how
    held_ns: for how long the level held
    user_id: who released it; empty where nobody did
    approved_by: the second person, of TWO_PEOPLE
    """

    def __init__(
        self,
        at_ns: i64,
        rule_id: str,
        place: Place,
        level: i64,
        seen: int,
        release: ReleaseKind,
        held_ns: i64,
        text: str,
        user_id: str,
        approved_by: str,
        indicator: Indicator,
    ) -> None:
        super().__init__(at_ns)
        self.rule_id: Final[str] = rule_id
        self.place: Final[Place] = place
        self.level: Final[i64] = level
        self.seen: Final[int] = seen
        self.release: Final[ReleaseKind] = release
        self.held_ns: Final[i64] = held_ns
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id
        self.approved_by: Final[str] = approved_by
        self.indicator: Final[Indicator] = indicator

    def names(self) -> tuple[str, ...]:
        return (
            "rule_id",
            "place",
            "level",
            "seen",
            "release",
            "held_ns",
            "text",
            "user_id",
            "approved_by",
            "indicator",
        )

    def wire_code(self) -> i64:
        return 227

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.rule_id)
        self.place.put(w)
        write_i64_le(w, self.level)
        put_money(w, self.seen)
        put_code(w, self.release)
        write_i64_le(w, self.held_ns)
        put_str(w, self.text)
        put_name(w, self.user_id)
        put_name(w, self.approved_by)
        put_str(w, self.indicator)


@mypyc_attr(acyclic=True)
class ResponseEased(RiskEvent):
    """An indicator is back in the range of a level that waits for this to last, or out of it again."""

    def __init__(
        self, at_ns: i64, rule_id: str, place: Place, level: i64, seen: int, back: bool, indicator: Indicator
    ) -> None:
        super().__init__(at_ns)
        self.rule_id: Final[str] = rule_id
        self.place: Final[Place] = place
        self.level: Final[i64] = level
        self.seen: Final[int] = seen
        self.back: Final[bool] = back
        self.indicator: Final[Indicator] = indicator

    def names(self) -> tuple[str, ...]:
        return ("rule_id", "place", "level", "seen", "back", "indicator")

    def wire_code(self) -> i64:
        return 228

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.rule_id)
        self.place.put(w)
        write_i64_le(w, self.level)
        put_money(w, self.seen)
        put_bool(w, self.back)
        put_str(w, self.indicator)


@mypyc_attr(acyclic=True)
class RuleSnapshot(RiskEvent):
    """Where a rule of risk stands at a place, in a snapshot.

    level: 0 for none
    back_at_ns: since when the indicator is back in its range; 0 while it is not
    times: of each level
    orders: taken back, and not all over yet
    cause_at_ns: of what they were taken back for
    """

    def __init__(
        self,
        at_ns: i64,
        rule_id: str,
        place: Place,
        level: i64,
        back_at_ns: i64,
        times: tuple[RuleLevelTimes, ...],
        orders: tuple[OrderRef, ...],
        cause_at_ns: i64,
    ) -> None:
        super().__init__(at_ns)
        self.rule_id: Final[str] = rule_id
        self.place: Final[Place] = place
        self.level: Final[i64] = level
        self.back_at_ns: Final[i64] = back_at_ns
        self.times: Final[tuple[RuleLevelTimes, ...]] = times
        self.orders: Final[tuple[OrderRef, ...]] = orders
        self.cause_at_ns: Final[i64] = cause_at_ns

    def names(self) -> tuple[str, ...]:
        return ("rule_id", "place", "level", "back_at_ns", "times", "orders", "cause_at_ns")

    def wire_code(self) -> i64:
        return 229

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.rule_id)
        self.place.put(w)
        write_i64_le(w, self.level)
        write_i64_le(w, self.back_at_ns)
        put_count(w, len(self.times))
        for rule_level_times in self.times:
            rule_level_times.put(w)
        put_count(w, len(self.orders))
        for order_ref in self.orders:
            order_ref.put(w)
        write_i64_le(w, self.cause_at_ns)


@mypyc_attr(acyclic=True)
class ResponseCompleted(RiskEvent):
    """Every order that a response took back is over: its venue has confirmed.

    took_ns: from the mark, execution or request that caused it
    """

    def __init__(self, at_ns: i64, rule_id: str, place: Place, level: i64, orders: i64, took_ns: i64) -> None:
        super().__init__(at_ns)
        self.rule_id: Final[str] = rule_id
        self.place: Final[Place] = place
        self.level: Final[i64] = level
        self.orders: Final[i64] = orders
        self.took_ns: Final[i64] = took_ns

    def names(self) -> tuple[str, ...]:
        return ("rule_id", "place", "level", "orders", "took_ns")

    def wire_code(self) -> i64:
        return 243

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.rule_id)
        self.place.put(w)
        write_i64_le(w, self.level)
        write_i64_le(w, self.orders)
        write_i64_le(w, self.took_ns)


@mypyc_attr(acyclic=True)
class CorporateActionSnapshot(ReferenceEvent):
    """A corporate action that was applied, in a snapshot."""

    def __init__(self, at_ns: i64, action_id: str, instrument_id: str, ex_date: i64, first_exec_id: i64) -> None:
        super().__init__(at_ns)
        self.action_id: Final[str] = action_id
        self.instrument_id: Final[str] = instrument_id
        self.ex_date: Final[i64] = ex_date
        self.first_exec_id: Final[i64] = first_exec_id

    def names(self) -> tuple[str, ...]:
        return ("action_id", "instrument_id", "ex_date", "first_exec_id")

    def wire_code(self) -> i64:
        return 121

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_str(w, self.action_id)
        put_name(w, self.instrument_id)
        write_i64_le(w, self.ex_date)
        write_i64_le(w, self.first_exec_id)

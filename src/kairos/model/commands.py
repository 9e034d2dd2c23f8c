"""Commands, imperative: what somebody asks the engine to do.

Generated from messages.schema by tools/generate_model.py: edit the table, not this file.
"""

from __future__ import annotations

from typing import Final

from librt.strings import BytesWriter, write_i64_le
from mypy_extensions import i64, mypyc_attr

from kairos.model.enums import (
    AckPolicy,
    CxlRejResponseTo,
    DKReason,
    ExecAckStatus,
    ExecType,
    HandlInst,
    LimitKind,
    ListExecInstType,
    MassCancelRequestType,
    MassStatusReqType,
    NodeKind,
    OrdStatus,
    Role,
    ScopeKind,
    SecondReplace,
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
    CheckPlugin,
    DailyReturn,
    Leg,
    Limit,
    Limits,
    MarketSpan,
    OrderDetails,
    Place,
    PriceBand,
    RuleLevel,
    Terms,
    TradeDetails,
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
class Command(Record):
    """Something that somebody asks the engine to do."""

    def wire_code(self) -> i64:
        """The number of this kind of command on the wire."""
        raise NotImplementedError

    def wire_version(self) -> i64:
        """The version of this kind of command on the wire."""
        raise NotImplementedError


@mypyc_attr(acyclic=True)
class SubmitOrder(Command):
    """A client asks for a new order: NewOrderSingle(D).

    session: FIX session or link user through which it came
    venue_id: ExDestination(100); empty lets the instrument's own market decide
    poss_resend: PossResend(97): may have been sent before under this ClOrdID
    user_id: who keyed it, where a person of the desk did
    cash_qty: CashOrderQty(152): money to spend, of which OrderQty(38) was computed; 0 for none
    verbal_cl_ord_id: of a phoned order: the ClOrdID(11) of its electronic copy, to be refused if it comes
    strategy_id: of the account; empty where the order is of none
    reason: why it may pass soft limits
    """

    def __init__(
        self,
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
        poss_resend: bool,
        user_id: str,
        cash_qty: int = 0,
        verbal_cl_ord_id: str = "",
        details: OrderDetails = NO_ORDER_DETAILS,
        strategy_id: str = "",
        reason: str = "",
    ) -> None:
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
        self.poss_resend: Final[bool] = poss_resend
        self.user_id: Final[str] = user_id
        self.cash_qty: Final[int] = cash_qty
        self.verbal_cl_ord_id: Final[str] = verbal_cl_ord_id
        self.details: Final[OrderDetails] = details
        self.strategy_id: Final[str] = strategy_id
        self.reason: Final[str] = reason

    def names(self) -> tuple[str, ...]:
        return (
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
            "poss_resend",
            "user_id",
            "cash_qty",
            "verbal_cl_ord_id",
            "details",
            "strategy_id",
            "reason",
        )

    def wire_code(self) -> i64:
        return 1

    def wire_version(self) -> i64:
        return 3

    def put(self, w: BytesWriter) -> None:
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
        put_bool(w, self.poss_resend)
        put_name(w, self.user_id)
        put_money(w, self.cash_qty)
        put_str(w, self.verbal_cl_ord_id)
        put_order_details(w, self.details)
        put_name(w, self.strategy_id)
        put_str(w, self.reason)


@mypyc_attr(acyclic=True)
class ReplaceOrder(Command):
    """A client asks for other terms: OrderCancelReplaceRequest(G).

    order_id: OrderID(37); 0 when the request names only OrigClOrdID(41)
    details: all that the order says from then on: what is left out is gone
    keep_details: the order's own stay, and `details` is not looked at
    account_id: Account(1) where the request repeats it; it can't change
    handl_inst: HandlInst(21) where the request repeats it; it can't change
    venue_id: ExDestination(100) where the request repeats it; it can't change
    reason: why it may pass soft limits
    strategy_id: where the request repeats it; it can't change
    """

    def __init__(
        self,
        session: str,
        client_id: str,
        cl_ord_id: str,
        orig_cl_ord_id: str,
        order_id: i64,
        instrument_id: str,
        side: Side,
        terms: Terms,
        text: str,
        transact_time_ns: i64,
        user_id: str,
        details: OrderDetails = NO_ORDER_DETAILS,
        keep_details: bool = False,
        account_id: str = "",
        handl_inst: str = "",
        venue_id: str = "",
        reason: str = "",
        strategy_id: str = "",
    ) -> None:
        self.session: Final[str] = session
        self.client_id: Final[str] = client_id
        self.cl_ord_id: Final[str] = cl_ord_id
        self.orig_cl_ord_id: Final[str] = orig_cl_ord_id
        self.order_id: Final[i64] = order_id
        self.instrument_id: Final[str] = instrument_id
        self.side: Final[Side] = side
        self.terms: Final[Terms] = terms
        self.text: Final[str] = text
        self.transact_time_ns: Final[i64] = transact_time_ns
        self.user_id: Final[str] = user_id
        self.details: Final[OrderDetails] = details
        self.keep_details: Final[bool] = keep_details
        self.account_id: Final[str] = account_id
        self.handl_inst: Final[str] = handl_inst
        self.venue_id: Final[str] = venue_id
        self.reason: Final[str] = reason
        self.strategy_id: Final[str] = strategy_id

    def names(self) -> tuple[str, ...]:
        return (
            "session",
            "client_id",
            "cl_ord_id",
            "orig_cl_ord_id",
            "order_id",
            "instrument_id",
            "side",
            "terms",
            "text",
            "transact_time_ns",
            "user_id",
            "details",
            "keep_details",
            "account_id",
            "handl_inst",
            "venue_id",
            "reason",
            "strategy_id",
        )

    def wire_code(self) -> i64:
        return 2

    def wire_version(self) -> i64:
        return 3

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.session)
        put_name(w, self.client_id)
        put_str(w, self.cl_ord_id)
        put_str(w, self.orig_cl_ord_id)
        write_i64_le(w, self.order_id)
        put_name(w, self.instrument_id)
        put_code(w, self.side)
        self.terms.put(w)
        put_str(w, self.text)
        write_i64_le(w, self.transact_time_ns)
        put_name(w, self.user_id)
        put_order_details(w, self.details)
        put_bool(w, self.keep_details)
        put_name(w, self.account_id)
        put_str(w, self.handl_inst)
        put_name(w, self.venue_id)
        put_str(w, self.reason)
        put_name(w, self.strategy_id)


@mypyc_attr(acyclic=True)
class CancelOrder(Command):
    """A client asks to cancel what is left: OrderCancelRequest(F). Never throttled, never blocked.

    instrument_id: empty where the request need not repeat it (link)
    """

    def __init__(
        self,
        session: str,
        client_id: str,
        cl_ord_id: str,
        orig_cl_ord_id: str,
        order_id: i64,
        instrument_id: str,
        text: str,
        transact_time_ns: i64,
        user_id: str,
    ) -> None:
        self.session: Final[str] = session
        self.client_id: Final[str] = client_id
        self.cl_ord_id: Final[str] = cl_ord_id
        self.orig_cl_ord_id: Final[str] = orig_cl_ord_id
        self.order_id: Final[i64] = order_id
        self.instrument_id: Final[str] = instrument_id
        self.text: Final[str] = text
        self.transact_time_ns: Final[i64] = transact_time_ns
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return (
            "session",
            "client_id",
            "cl_ord_id",
            "orig_cl_ord_id",
            "order_id",
            "instrument_id",
            "text",
            "transact_time_ns",
            "user_id",
        )

    def wire_code(self) -> i64:
        return 3

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.session)
        put_name(w, self.client_id)
        put_str(w, self.cl_ord_id)
        put_str(w, self.orig_cl_ord_id)
        write_i64_le(w, self.order_id)
        put_name(w, self.instrument_id)
        put_str(w, self.text)
        write_i64_le(w, self.transact_time_ns)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class RequestOrderStatus(Command):
    """A client asks where an order stands: OrderStatusRequest(H).

    request_id: OrdStatusReqID(790)
    """

    def __init__(
        self,
        session: str,
        client_id: str,
        cl_ord_id: str,
        order_id: i64,
        instrument_id: str,
        side: Side,
        request_id: str,
    ) -> None:
        self.session: Final[str] = session
        self.client_id: Final[str] = client_id
        self.cl_ord_id: Final[str] = cl_ord_id
        self.order_id: Final[i64] = order_id
        self.instrument_id: Final[str] = instrument_id
        self.side: Final[Side] = side
        self.request_id: Final[str] = request_id

    def names(self) -> tuple[str, ...]:
        return ("session", "client_id", "cl_ord_id", "order_id", "instrument_id", "side", "request_id")

    def wire_code(self) -> i64:
        return 4

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.session)
        put_name(w, self.client_id)
        put_str(w, self.cl_ord_id)
        write_i64_le(w, self.order_id)
        put_name(w, self.instrument_id)
        put_code(w, self.side)
        put_str(w, self.request_id)


@mypyc_attr(acyclic=True)
class MassCancel(Command):
    """A client asks to cancel all, or all of an instrument: OrderMassCancelRequest(q).

    account_id: Account(1): of this account alone
    entitled: for how much its session may cancel: an ACCOUNT, its CLIENT, the FIRM
    """

    def __init__(
        self,
        session: str,
        client_id: str,
        cl_ord_id: str,
        request_type: MassCancelRequestType,
        instrument_id: str,
        transact_time_ns: i64,
        user_id: str,
        account_id: str = "",
        entitled: NodeKind = NodeKind.CLIENT,
    ) -> None:
        self.session: Final[str] = session
        self.client_id: Final[str] = client_id
        self.cl_ord_id: Final[str] = cl_ord_id
        self.request_type: Final[MassCancelRequestType] = request_type
        self.instrument_id: Final[str] = instrument_id
        self.transact_time_ns: Final[i64] = transact_time_ns
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
            "transact_time_ns",
            "user_id",
            "account_id",
            "entitled",
        )

    def wire_code(self) -> i64:
        return 5

    def wire_version(self) -> i64:
        return 2

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.session)
        put_name(w, self.client_id)
        put_str(w, self.cl_ord_id)
        put_code(w, self.request_type)
        put_name(w, self.instrument_id)
        write_i64_le(w, self.transact_time_ns)
        put_name(w, self.user_id)
        put_name(w, self.account_id)
        put_code(w, self.entitled)


@mypyc_attr(acyclic=True)
class RequestMassStatus(Command):
    """A client asks where all orders stand, or all of an instrument: OrderMassStatusRequest(AF).

    request_id: MassStatusReqID(584)
    """

    def __init__(
        self, session: str, client_id: str, request_id: str, request_type: MassStatusReqType, instrument_id: str
    ) -> None:
        self.session: Final[str] = session
        self.client_id: Final[str] = client_id
        self.request_id: Final[str] = request_id
        self.request_type: Final[MassStatusReqType] = request_type
        self.instrument_id: Final[str] = instrument_id

    def names(self) -> tuple[str, ...]:
        return ("session", "client_id", "request_id", "request_type", "instrument_id")

    def wire_code(self) -> i64:
        return 6

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.session)
        put_name(w, self.client_id)
        put_str(w, self.request_id)
        put_code(w, self.request_type)
        put_name(w, self.instrument_id)


@mypyc_attr(acyclic=True)
class DisputeTrade(Command):
    """A counterparty does not know a trade that we reported: DontKnowTrade(Q).

    exec_id: our ExecID(17); 0 when it names none of ours
    """

    def __init__(self, session: str, order_id: i64, exec_id: i64, reason: DKReason, text: str) -> None:
        self.session: Final[str] = session
        self.order_id: Final[i64] = order_id
        self.exec_id: Final[i64] = exec_id
        self.reason: Final[DKReason] = reason
        self.text: Final[str] = text

    def names(self) -> tuple[str, ...]:
        return ("session", "order_id", "exec_id", "reason", "text")

    def wire_code(self) -> i64:
        return 7

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.session)
        write_i64_le(w, self.order_id)
        write_i64_le(w, self.exec_id)
        put_code(w, self.reason)
        put_str(w, self.text)


@mypyc_attr(acyclic=True)
class RouteOrder(Command):
    """A person sends part of a care order to a venue."""

    def __init__(self, order_id: i64, venue_id: str, terms: Terms, user_id: str) -> None:
        self.order_id: Final[i64] = order_id
        self.venue_id: Final[str] = venue_id
        self.terms: Final[Terms] = terms
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("order_id", "venue_id", "terms", "user_id")

    def wire_code(self) -> i64:
        return 10

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.order_id)
        put_name(w, self.venue_id)
        self.terms.put(w)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class CancelRoute(Command):
    """A person takes one route back; the client order stays."""

    def __init__(self, route_id: i64, user_id: str) -> None:
        self.route_id: Final[i64] = route_id
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("route_id", "user_id")

    def wire_code(self) -> i64:
        return 11

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.route_id)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class RecordTrade(Command):
    """A person records an execution made outside the electronic routes (by phone, internal).

    contra: counterparty
    """

    def __init__(self, order_id: i64, last_qty: i64, last_px: i64, contra: str, user_id: str) -> None:
        self.order_id: Final[i64] = order_id
        self.last_qty: Final[i64] = last_qty
        self.last_px: Final[i64] = last_px
        self.contra: Final[str] = contra
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("order_id", "last_qty", "last_px", "contra", "user_id")

    def wire_code(self) -> i64:
        return 12

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.order_id)
        write_i64_le(w, self.last_qty)
        write_i64_le(w, self.last_px)
        put_str(w, self.contra)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class BustTrade(Command):
    """A person takes back an execution."""

    def __init__(self, exec_id: i64, text: str, user_id: str) -> None:
        self.exec_id: Final[i64] = exec_id
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("exec_id", "text", "user_id")

    def wire_code(self) -> i64:
        return 13

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.exec_id)
        put_str(w, self.text)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class CorrectTrade(Command):
    """A person corrects an execution's quantity or price."""

    def __init__(self, exec_id: i64, last_qty: i64, last_px: i64, text: str, user_id: str) -> None:
        self.exec_id: Final[i64] = exec_id
        self.last_qty: Final[i64] = last_qty
        self.last_px: Final[i64] = last_px
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("exec_id", "last_qty", "last_px", "text", "user_id")

    def wire_code(self) -> i64:
        return 14

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.exec_id)
        write_i64_le(w, self.last_qty)
        write_i64_le(w, self.last_px)
        put_str(w, self.text)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class ResolveRoute(Command):
    """A person says what became of a route that its venue never answered for.

    ord_status: NEW (it is live), CANCELED or REJECTED (it is not)
    """

    def __init__(self, route_id: i64, ord_status: OrdStatus, text: str, user_id: str) -> None:
        self.route_id: Final[i64] = route_id
        self.ord_status: Final[OrdStatus] = ord_status
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("route_id", "ord_status", "text", "user_id")

    def wire_code(self) -> i64:
        return 15

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.route_id)
        put_code(w, self.ord_status)
        put_str(w, self.text)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class FinishOrder(Command):
    """A person closes a client order that has nothing working: no more will be done for it today."""

    def __init__(self, order_id: i64, text: str, user_id: str) -> None:
        self.order_id: Final[i64] = order_id
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("order_id", "text", "user_id")

    def wire_code(self) -> i64:
        return 16

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.order_id)
        put_str(w, self.text)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class ReportExecution(Command):
    """A venue reports on a route: ExecutionReport(8), in FIX 4.4's words.

    cl_ord_id: the route's ClOrdID(11)
    exec_id: the venue's ExecID(17)
    exec_ref_id: ExecRefID(19): the execution that a bust or correction names
    cum_qty: as the venue counts it
    rej_reason: OrdRejReason(103) as sent
    poss_dup: sent again by the session: known executions are dropped without a word
    copied: from a drop copy: what is known or not ours is dropped without a word
    of_leg: MultiLegReportingType(442) 2: on a leg of a spread, which the spread's own report counts
    status_req_id: OrdStatusReqID(790) of the question that it answers, where the venue repeats it
    """

    def __init__(
        self,
        venue_id: str,
        exec_type: ExecType,
        ord_status: OrdStatus,
        cl_ord_id: str,
        orig_cl_ord_id: str,
        venue_order_id: str,
        exec_id: str,
        exec_ref_id: str,
        last_qty: i64,
        last_px: i64,
        cum_qty: i64,
        leaves_qty: i64,
        order_qty: i64,
        price: i64,
        rej_reason: str,
        text: str,
        transact_time_ns: i64,
        poss_dup: bool,
        details: TradeDetails = NO_TRADE_DETAILS,
        copied: bool = False,
        of_leg: bool = False,
        status_req_id: str = "",
    ) -> None:
        self.venue_id: Final[str] = venue_id
        self.exec_type: Final[ExecType] = exec_type
        self.ord_status: Final[OrdStatus] = ord_status
        self.cl_ord_id: Final[str] = cl_ord_id
        self.orig_cl_ord_id: Final[str] = orig_cl_ord_id
        self.venue_order_id: Final[str] = venue_order_id
        self.exec_id: Final[str] = exec_id
        self.exec_ref_id: Final[str] = exec_ref_id
        self.last_qty: Final[i64] = last_qty
        self.last_px: Final[i64] = last_px
        self.cum_qty: Final[i64] = cum_qty
        self.leaves_qty: Final[i64] = leaves_qty
        self.order_qty: Final[i64] = order_qty
        self.price: Final[i64] = price
        self.rej_reason: Final[str] = rej_reason
        self.text: Final[str] = text
        self.transact_time_ns: Final[i64] = transact_time_ns
        self.poss_dup: Final[bool] = poss_dup
        self.details: Final[TradeDetails] = details
        self.copied: Final[bool] = copied
        self.of_leg: Final[bool] = of_leg
        self.status_req_id: Final[str] = status_req_id

    def names(self) -> tuple[str, ...]:
        return (
            "venue_id",
            "exec_type",
            "ord_status",
            "cl_ord_id",
            "orig_cl_ord_id",
            "venue_order_id",
            "exec_id",
            "exec_ref_id",
            "last_qty",
            "last_px",
            "cum_qty",
            "leaves_qty",
            "order_qty",
            "price",
            "rej_reason",
            "text",
            "transact_time_ns",
            "poss_dup",
            "details",
            "copied",
            "of_leg",
            "status_req_id",
        )

    def wire_code(self) -> i64:
        return 20

    def wire_version(self) -> i64:
        return 3

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.venue_id)
        put_code(w, self.exec_type)
        put_code(w, self.ord_status)
        put_str(w, self.cl_ord_id)
        put_str(w, self.orig_cl_ord_id)
        put_str(w, self.venue_order_id)
        put_str(w, self.exec_id)
        put_str(w, self.exec_ref_id)
        write_i64_le(w, self.last_qty)
        write_i64_le(w, self.last_px)
        write_i64_le(w, self.cum_qty)
        write_i64_le(w, self.leaves_qty)
        write_i64_le(w, self.order_qty)
        write_i64_le(w, self.price)
        put_str(w, self.rej_reason)
        put_str(w, self.text)
        write_i64_le(w, self.transact_time_ns)
        put_bool(w, self.poss_dup)
        put_trade_details(w, self.details)
        put_bool(w, self.copied)
        put_bool(w, self.of_leg)
        put_str(w, self.status_req_id)


@mypyc_attr(acyclic=True)
class ReportCancelReject(Command):
    """A venue refuses a cancel or replace of a route: OrderCancelReject(9).

    rej_reason: CxlRejReason(102) as sent
    """

    def __init__(
        self,
        venue_id: str,
        cl_ord_id: str,
        orig_cl_ord_id: str,
        venue_order_id: str,
        ord_status: OrdStatus,
        rej_reason: str,
        response_to: CxlRejResponseTo,
        text: str,
    ) -> None:
        self.venue_id: Final[str] = venue_id
        self.cl_ord_id: Final[str] = cl_ord_id
        self.orig_cl_ord_id: Final[str] = orig_cl_ord_id
        self.venue_order_id: Final[str] = venue_order_id
        self.ord_status: Final[OrdStatus] = ord_status
        self.rej_reason: Final[str] = rej_reason
        self.response_to: Final[CxlRejResponseTo] = response_to
        self.text: Final[str] = text

    def names(self) -> tuple[str, ...]:
        return (
            "venue_id",
            "cl_ord_id",
            "orig_cl_ord_id",
            "venue_order_id",
            "ord_status",
            "rej_reason",
            "response_to",
            "text",
        )

    def wire_code(self) -> i64:
        return 21

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.venue_id)
        put_str(w, self.cl_ord_id)
        put_str(w, self.orig_cl_ord_id)
        put_str(w, self.venue_order_id)
        put_code(w, self.ord_status)
        put_str(w, self.rej_reason)
        put_code(w, self.response_to)
        put_str(w, self.text)


@mypyc_attr(acyclic=True)
class ReportVenueRefusal(Command):
    """A venue could not take one of our messages at all: Reject(3) or BusinessMessageReject(j)."""

    def __init__(self, venue_id: str, cl_ord_id: str, text: str) -> None:
        self.venue_id: Final[str] = venue_id
        self.cl_ord_id: Final[str] = cl_ord_id
        self.text: Final[str] = text

    def names(self) -> tuple[str, ...]:
        return ("venue_id", "cl_ord_id", "text")

    def wire_code(self) -> i64:
        return 22

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.venue_id)
        put_str(w, self.cl_ord_id)
        put_str(w, self.text)


@mypyc_attr(acyclic=True)
class SetVenueState(Command):
    """The session to a venue came up or went down."""

    def __init__(self, venue_id: str, up: bool) -> None:
        self.venue_id: Final[str] = venue_id
        self.up: Final[bool] = up

    def names(self) -> tuple[str, ...]:
        return ("venue_id", "up")

    def wire_code(self) -> i64:
        return 23

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.venue_id)
        put_bool(w, self.up)


@mypyc_attr(acyclic=True)
class DefineInstrument(Command):
    """Reference data: an instrument is new or changed.

    instrument_id: SYMBOL.MIC
    multiplier: currency units a price point, for futures
    reference_px: previous close; 0 when unknown
    legs: of a spread that the exchange lists as an instrument of its own
    instrument_class: of its market's profile, as stock: whose ticks, lots and limits it has
    """

    def __init__(
        self,
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
        return 30

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
class DefineClient(Command):
    """Reference data: a client is new or changed.

    ack: when its orders are acknowledged
    second_replace: what becomes of a replace while another is pending
    """

    def __init__(
        self,
        client_id: str,
        name: str,
        active: bool,
        user_id: str,
        ack: AckPolicy = AckPolicy.ON_RECEIPT,
        second_replace: SecondReplace = SecondReplace.IN_TURN,
    ) -> None:
        self.client_id: Final[str] = client_id
        self.name: Final[str] = name
        self.active: Final[bool] = active
        self.user_id: Final[str] = user_id
        self.ack: Final[AckPolicy] = ack
        self.second_replace: Final[SecondReplace] = second_replace

    def names(self) -> tuple[str, ...]:
        return ("client_id", "name", "active", "user_id", "ack", "second_replace")

    def wire_code(self) -> i64:
        return 31

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
class DefineAccount(Command):
    """Reference data: an account is new or changed.

    cash: what it may spend at the start
    desk_id: the desk that covers it
    trader_id: the person who covers it
    """

    def __init__(
        self,
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
        return 32

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
class DefineUser(Command):
    """Reference data: a person of the desk is new or changed.

    desk_id: the desk that the person works at
    """

    def __init__(self, user_id: str, name: str, role: Role, active: bool, by_user_id: str, desk_id: str = "") -> None:
        self.user_id: Final[str] = user_id
        self.name: Final[str] = name
        self.role: Final[Role] = role
        self.active: Final[bool] = active
        self.by_user_id: Final[str] = by_user_id
        self.desk_id: Final[str] = desk_id

    def names(self) -> tuple[str, ...]:
        return ("user_id", "name", "role", "active", "by_user_id", "desk_id")

    def wire_code(self) -> i64:
        return 33

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
class DefineVenue(Command):
    """Reference data: a venue or broker that routes can go to is new or changed.

    ack_timeout_ns: how long an order may stay unanswered before it is UNKNOWN
    exec_inst: the codes of ExecInst(18) that it honours, as `6G`
    settl_types: the codes of SettlType(63) that it honours beside 0, regular
    min_qty: whether it honours MinQty(110)
    """

    def __init__(
        self,
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
        return 34

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
class SetLimits(Command):
    """A risk officer sets an account's limits."""

    def __init__(self, account_id: str, limits: Limits, user_id: str) -> None:
        self.account_id: Final[str] = account_id
        self.limits: Final[Limits] = limits
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("account_id", "limits", "user_id")

    def wire_code(self) -> i64:
        return 35

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.account_id)
        self.limits.put(w)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class PlaceLimit(Command):
    """A risk officer hangs a limit on a place of the tree, or changes the one of its kind there."""

    def __init__(self, place: Place, limit: Limit, text: str, user_id: str) -> None:
        self.place: Final[Place] = place
        self.limit: Final[Limit] = limit
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("place", "limit", "text", "user_id")

    def wire_code(self) -> i64:
        return 43

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        self.place.put(w)
        self.limit.put(w)
        put_str(w, self.text)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class RemoveLimit(Command):
    """A risk officer takes a limit away from a place of the tree."""

    def __init__(self, place: Place, kind: LimitKind, text: str, user_id: str) -> None:
        self.place: Final[Place] = place
        self.kind: Final[LimitKind] = kind
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("place", "kind", "text", "user_id")

    def wire_code(self) -> i64:
        return 44

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        self.place.put(w)
        put_str(w, self.kind)
        put_str(w, self.text)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class DefineDesk(Command):
    """A desk of the firm: a group of traders and the accounts that they cover. Without an id: the firm
    itself.

    currency: in which its money is read; empty for the firm's, of the firm its base currency
    """

    def __init__(self, desk_id: str, name: str, active: bool, user_id: str, currency: str) -> None:
        self.desk_id: Final[str] = desk_id
        self.name: Final[str] = name
        self.active: Final[bool] = active
        self.user_id: Final[str] = user_id
        self.currency: Final[str] = currency

    def names(self) -> tuple[str, ...]:
        return ("desk_id", "name", "active", "user_id", "currency")

    def wire_code(self) -> i64:
        return 45

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.desk_id)
        put_str(w, self.name)
        put_bool(w, self.active)
        put_name(w, self.user_id)
        put_name(w, self.currency)


@mypyc_attr(acyclic=True)
class SetEntitlement(Command):
    """Who may trade where: a person or a FIX session, at a place of the tree. Who has none may trade as ever.

    holder_id: the person; empty for a session
    granted: or taken away
    """

    def __init__(self, place: Place, holder_id: str, session: str, granted: bool, text: str, user_id: str) -> None:
        self.place: Final[Place] = place
        self.holder_id: Final[str] = holder_id
        self.session: Final[str] = session
        self.granted: Final[bool] = granted
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("place", "holder_id", "session", "granted", "text", "user_id")

    def wire_code(self) -> i64:
        return 46

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
class AskWhatIf(Command):
    """What would the gate say? The order goes through every check; nothing is sent, reserved or counted.

    order: SubmitOrder or ReplaceOrder: its record
    question_id: given back with the answer
    """

    def __init__(self, order: bytes, question_id: str, user_id: str) -> None:
        self.order: Final[bytes] = order
        self.question_id: Final[str] = question_id
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("order", "question_id", "user_id")

    def wire_code(self) -> i64:
        return 47

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_bytes(w, self.order)
        put_str(w, self.question_id)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class LoadCheckPlugins(Command):
    """The engine started with these checks of the firm's own, and no others."""

    def __init__(self, plugins: tuple[CheckPlugin, ...], user_id: str) -> None:
        self.plugins: Final[tuple[CheckPlugin, ...]] = plugins
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("plugins", "user_id")

    def wire_code(self) -> i64:
        return 57

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_count(w, len(self.plugins))
        for check_plugin in self.plugins:
            check_plugin.put(w)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class SetReturns(Command):
    """An instrument's daily returns, the scenarios of its value at risk; they replace those before.

    text: where they come from
    """

    def __init__(self, instrument_id: str, returns: tuple[DailyReturn, ...], text: str, user_id: str) -> None:
        self.instrument_id: Final[str] = instrument_id
        self.returns: Final[tuple[DailyReturn, ...]] = returns
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("instrument_id", "returns", "text", "user_id")

    def wire_code(self) -> i64:
        return 49

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
class SetTradingRules(Command):
    """The market's rules for an instrument on a trading day, from its profile.

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
        return 58

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
class SetMarketDay(Command):
    """The stretches of a market's day, from its profile and calendar.

    spans: in order of time; none: no session
    takes_early: orders before its first stretch are passed to the venue, which keeps them
    """

    def __init__(
        self, mic: str, trading_date: i64, spans: tuple[MarketSpan, ...], takes_early: bool, user_id: str
    ) -> None:
        self.mic: Final[str] = mic
        self.trading_date: Final[i64] = trading_date
        self.spans: Final[tuple[MarketSpan, ...]] = spans
        self.takes_early: Final[bool] = takes_early
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("mic", "trading_date", "spans", "takes_early", "user_id")

    def wire_code(self) -> i64:
        return 59

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
class SetHalt(Command):
    """Trading in an instrument or on a market is halted, or goes on: a feed says so, or a person.

    instrument_id: empty: all of the market
    """

    def __init__(self, instrument_id: str, mic: str, halted: bool, text: str, user_id: str) -> None:
        self.instrument_id: Final[str] = instrument_id
        self.mic: Final[str] = mic
        self.halted: Final[bool] = halted
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("instrument_id", "mic", "halted", "text", "user_id")

    def wire_code(self) -> i64:
        return 18

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.instrument_id)
        put_name(w, self.mic)
        put_bool(w, self.halted)
        put_str(w, self.text)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class SetMarketFigures(Command):
    """What the past days of an instrument come to.

    close_px: previous close; 0: the reference price of its definition
    adv: average daily volume; 0 when unknown
    volatility_bps: of a day; 0 when unknown
    """

    def __init__(self, instrument_id: str, close_px: i64, adv: i64, volatility_bps: i64, user_id: str) -> None:
        self.instrument_id: Final[str] = instrument_id
        self.close_px: Final[i64] = close_px
        self.adv: Final[i64] = adv
        self.volatility_bps: Final[i64] = volatility_bps
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("instrument_id", "close_px", "adv", "volatility_bps", "user_id")

    def wire_code(self) -> i64:
        return 19

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.instrument_id)
        write_i64_le(w, self.close_px)
        write_i64_le(w, self.adv)
        write_i64_le(w, self.volatility_bps)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class SetLocate(Command):
    """So many units are located today: an account may sell them short.

    text: who lends them, under which number
    """

    def __init__(self, account_id: str, instrument_id: str, qty: i64, text: str, user_id: str) -> None:
        self.account_id: Final[str] = account_id
        self.instrument_id: Final[str] = instrument_id
        self.qty: Final[i64] = qty
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("account_id", "instrument_id", "qty", "text", "user_id")

    def wire_code(self) -> i64:
        return 24

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.account_id)
        put_name(w, self.instrument_id)
        write_i64_le(w, self.qty)
        put_str(w, self.text)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class DefineRule(Command):
    """A rule of risk is new or changed: an indicator, where it is watched, and what happens at each level.

    place: of one node; its node_id is empty where the rule is of each node of the kind
    each: whether it is of each
    above: whether levels are reached from below; else from above
    levels: the mildest first
    dry_run: it only tells what it would have done
    text: why it stands
    """

    def __init__(
        self,
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
        return 52

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
class RemoveRule(Command):
    """A rule of risk is no more."""

    def __init__(self, rule_id: str, text: str, user_id: str) -> None:
        self.rule_id: Final[str] = rule_id
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("rule_id", "text", "user_id")

    def wire_code(self) -> i64:
        return 53

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.rule_id)
        put_str(w, self.text)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class ReleaseRule(Command):
    """A person takes back what a rule has done at a place."""

    def __init__(self, rule_id: str, place: Place, text: str, user_id: str) -> None:
        self.rule_id: Final[str] = rule_id
        self.place: Final[Place] = place
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("rule_id", "place", "text", "user_id")

    def wire_code(self) -> i64:
        return 61

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.rule_id)
        self.place.put(w)
        put_str(w, self.text)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class WatchPlace(Command):
    """Somebody wants a place's indicators reckoned from now on. Rules watch theirs by themselves."""

    def __init__(self, place: Place, user_id: str) -> None:
        self.place: Final[Place] = place
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("place", "user_id")

    def wire_code(self) -> i64:
        return 51

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        self.place.put(w)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class SetRestriction(Command):
    """Compliance puts an instrument on a list, or takes it off.

    restricted: whether it is on the list
    node: whom it binds
    """

    def __init__(
        self,
        instrument_id: str,
        restricted: bool,
        text: str,
        user_id: str,
        kind: RestrictionKind = RestrictionKind.RESTRICTED,
        node: NodeKind = NodeKind.FIRM,
        node_id: str = "",
    ) -> None:
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
        return 36

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
class EngageKill(Command):
    """Stop new orders and cancel working ones: of a node of the tree, of what is traded there, of a venue, of
    everything.

    account_id: of an account; empty: node and node_id say of what
    venue_id: only what goes to this venue
    word: who releases it must type it; empty: the kill's place, as `kairos kill status` spells it
    """

    def __init__(
        self,
        account_id: str,
        text: str,
        user_id: str,
        node: NodeKind = NodeKind.FIRM,
        node_id: str = "",
        scope: ScopeKind = ScopeKind.ALL,
        scope_id: str = "",
        venue_id: str = "",
        word: str = "",
    ) -> None:
        self.account_id: Final[str] = account_id
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id
        self.node: Final[NodeKind] = node
        self.node_id: Final[str] = node_id
        self.scope: Final[ScopeKind] = scope
        self.scope_id: Final[str] = scope_id
        self.venue_id: Final[str] = venue_id
        self.word: Final[str] = word

    def names(self) -> tuple[str, ...]:
        return ("account_id", "text", "user_id", "node", "node_id", "scope", "scope_id", "venue_id", "word")

    def wire_code(self) -> i64:
        return 37

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


@mypyc_attr(acyclic=True)
class ReleaseKill(Command):
    """Let orders in again.

    word: as it was said at the engagement
    """

    def __init__(
        self,
        account_id: str,
        text: str,
        user_id: str,
        node: NodeKind = NodeKind.FIRM,
        node_id: str = "",
        scope: ScopeKind = ScopeKind.ALL,
        scope_id: str = "",
        venue_id: str = "",
        word: str = "",
    ) -> None:
        self.account_id: Final[str] = account_id
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id
        self.node: Final[NodeKind] = node
        self.node_id: Final[str] = node_id
        self.scope: Final[ScopeKind] = scope
        self.scope_id: Final[str] = scope_id
        self.venue_id: Final[str] = venue_id
        self.word: Final[str] = word

    def names(self) -> tuple[str, ...]:
        return ("account_id", "text", "user_id", "node", "node_id", "scope", "scope_id", "venue_id", "word")

    def wire_code(self) -> i64:
        return 38

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


@mypyc_attr(acyclic=True)
class DefinePolicy(Command):
    """An administrator says which commands need a second person; what is not named acts at once."""

    def __init__(self, rules: tuple[ApprovalRule, ...], text: str, user_id: str) -> None:
        self.rules: Final[tuple[ApprovalRule, ...]] = rules
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("rules", "text", "user_id")

    def wire_code(self) -> i64:
        return 54

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_count(w, len(self.rules))
        for approval_rule in self.rules:
            approval_rule.put(w)
        put_str(w, self.text)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class DecideApproval(Command):
    """A second person approves or refuses what waits; who asked for it takes it back by refusing it.

    word: where the approval asks for a typed word
    """

    def __init__(self, approval_id: i64, approve: bool, word: str, text: str, user_id: str) -> None:
        self.approval_id: Final[i64] = approval_id
        self.approve: Final[bool] = approve
        self.word: Final[str] = word
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("approval_id", "approve", "word", "text", "user_id")

    def wire_code(self) -> i64:
        return 55

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.approval_id)
        put_bool(w, self.approve)
        put_str(w, self.word)
        put_str(w, self.text)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class UpdateMark(Command):
    """The market moved: best bid and ask, last trade."""

    def __init__(self, instrument_id: str, bid_px: i64, ask_px: i64, last_px: i64) -> None:
        self.instrument_id: Final[str] = instrument_id
        self.bid_px: Final[i64] = bid_px
        self.ask_px: Final[i64] = ask_px
        self.last_px: Final[i64] = last_px

    def names(self) -> tuple[str, ...]:
        return ("instrument_id", "bid_px", "ask_px", "last_px")

    def wire_code(self) -> i64:
        return 39

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.instrument_id)
        write_i64_le(w, self.bid_px)
        write_i64_le(w, self.ask_px)
        write_i64_le(w, self.last_px)


@mypyc_attr(acyclic=True)
class StartTradingDay(Command):
    """The desk's day begins: DAY orders of yesterday end, ClOrdIDs of closed orders may be used again.

    trading_date: YYYYMMDD
    """

    def __init__(self, trading_date: i64) -> None:
        self.trading_date: Final[i64] = trading_date

    def names(self) -> tuple[str, ...]:
        return ("trading_date",)

    def wire_code(self) -> i64:
        return 40

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.trading_date)


@mypyc_attr(acyclic=True)
class AdvanceTime(Command):
    """The clock reached a deadline that the engine asked for."""

    def __init__(self) -> None:
        pass

    def names(self) -> tuple[str, ...]:
        return ()

    def wire_code(self) -> i64:
        return 41

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        pass


@mypyc_attr(acyclic=True)
class RestateOrder(Command):
    """A corporate action changes the units of an order that outlives the day: `numerator` new ones for
    `denominator` old.

    price: Price(44) after it; 0 scales the present one to the tick, in the client's favour
    """

    def __init__(self, order_id: i64, numerator: i64, denominator: i64, price: i64, text: str, user_id: str) -> None:
        self.order_id: Final[i64] = order_id
        self.numerator: Final[i64] = numerator
        self.denominator: Final[i64] = denominator
        self.price: Final[i64] = price
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("order_id", "numerator", "denominator", "price", "text", "user_id")

    def wire_code(self) -> i64:
        return 60

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.order_id)
        write_i64_le(w, self.numerator)
        write_i64_le(w, self.denominator)
        write_i64_le(w, self.price)
        put_str(w, self.text)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class ApplyCorporateAction(Command):
    """On its ex date, before the market opens: an issuer's action on positions, open orders and the reference
    price.

    action_id: applied once
    ex_date: YYYYMMDD, the desk's trading date
    numerator: new units for `denominator` old; both 1 where the units stay
    cash: a share of the old units, before tax; 0 for none
    currency: of the cash
    reference_px: as the exchange has published it; 0 reckons it from the present one
    reference_unit: what it is rounded to, half up; 0 is the tick
    leave_live: orders that work at a venue are left to it; else they refuse the action
    """

    def __init__(
        self,
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
        reference_unit: i64,
        leave_live: bool,
        text: str,
        user_id: str,
    ) -> None:
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
        self.reference_unit: Final[i64] = reference_unit
        self.leave_live: Final[bool] = leave_live
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
            "reference_unit",
            "leave_live",
            "text",
            "user_id",
        )

    def wire_code(self) -> i64:
        return 42

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
        write_i64_le(w, self.reference_unit)
        put_bool(w, self.leave_live)
        put_str(w, self.text)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class CancelSessionOrders(Command):
    """A client's session was lost: take back what it has working, as agreed. Care orders stay with their
    people.

    outliving: also orders that outlive the day, GOOD_TILL_CANCEL and GOOD_TILL_DATE
    """

    def __init__(self, session: str, outliving: bool, text: str) -> None:
        self.session: Final[str] = session
        self.outliving: Final[bool] = outliving
        self.text: Final[str] = text

    def names(self) -> tuple[str, ...]:
        return ("session", "outliving", "text")

    def wire_code(self) -> i64:
        return 50

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.session)
        put_bool(w, self.outliving)
        put_str(w, self.text)


@mypyc_attr(acyclic=True)
class SubmitList(Command):
    """A client asks for a program of orders: NewOrderList(E), or a part of one.

    tot_no_orders: TotNoOrders(68): of the whole list, over all its messages
    text: ListExecInst(69)
    orders: the message's orders: SubmitOrder records back to back, in the order of ListSeqNo(67)
    last_fragment: LastFragment(893)
    """

    def __init__(
        self,
        list_id: str,
        client_id: str,
        session: str,
        tot_no_orders: i64,
        exec_inst_type: ListExecInstType,
        text: str,
        orders: bytes,
        last_fragment: bool,
        poss_resend: bool,
        user_id: str,
    ) -> None:
        self.list_id: Final[str] = list_id
        self.client_id: Final[str] = client_id
        self.session: Final[str] = session
        self.tot_no_orders: Final[i64] = tot_no_orders
        self.exec_inst_type: Final[ListExecInstType] = exec_inst_type
        self.text: Final[str] = text
        self.orders: Final[bytes] = orders
        self.last_fragment: Final[bool] = last_fragment
        self.poss_resend: Final[bool] = poss_resend
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return (
            "list_id",
            "client_id",
            "session",
            "tot_no_orders",
            "exec_inst_type",
            "text",
            "orders",
            "last_fragment",
            "poss_resend",
            "user_id",
        )

    def wire_code(self) -> i64:
        return 80

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
        put_bool(w, self.last_fragment)
        put_bool(w, self.poss_resend)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class ExecuteList(Command):
    """A client lets a list work that waits for it: ListExecute(L)."""

    def __init__(self, list_id: str, client_id: str, session: str, text: str, user_id: str) -> None:
        self.list_id: Final[str] = list_id
        self.client_id: Final[str] = client_id
        self.session: Final[str] = session
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("list_id", "client_id", "session", "text", "user_id")

    def wire_code(self) -> i64:
        return 81

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_str(w, self.list_id)
        put_name(w, self.client_id)
        put_name(w, self.session)
        put_str(w, self.text)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class CancelList(Command):
    """A client takes a list back: ListCancelRequest(K). Never blocked."""

    def __init__(self, list_id: str, client_id: str, session: str, text: str, user_id: str) -> None:
        self.list_id: Final[str] = list_id
        self.client_id: Final[str] = client_id
        self.session: Final[str] = session
        self.text: Final[str] = text
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("list_id", "client_id", "session", "text", "user_id")

    def wire_code(self) -> i64:
        return 82

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_str(w, self.list_id)
        put_name(w, self.client_id)
        put_name(w, self.session)
        put_str(w, self.text)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class RequestListStatus(Command):
    """A client asks where a list stands: ListStatusRequest(M)."""

    def __init__(self, list_id: str, client_id: str, session: str) -> None:
        self.list_id: Final[str] = list_id
        self.client_id: Final[str] = client_id
        self.session: Final[str] = session

    def names(self) -> tuple[str, ...]:
        return ("list_id", "client_id", "session")

    def wire_code(self) -> i64:
        return 83

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_str(w, self.list_id)
        put_name(w, self.client_id)
        put_name(w, self.session)


@mypyc_attr(acyclic=True)
class SubmitCross(Command):
    """A client asks for two of its orders to trade against each other: NewOrderCross(s).

    orders: both sides: SubmitOrder records back to back
    """

    def __init__(self, cross_id: str, client_id: str, session: str, orders: bytes, user_id: str) -> None:
        self.cross_id: Final[str] = cross_id
        self.client_id: Final[str] = client_id
        self.session: Final[str] = session
        self.orders: Final[bytes] = orders
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("cross_id", "client_id", "session", "orders", "user_id")

    def wire_code(self) -> i64:
        return 84

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_str(w, self.cross_id)
        put_name(w, self.client_id)
        put_name(w, self.session)
        put_bytes(w, self.orders)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class ReplaceCross(Command):
    """A client asks for other terms of both sides: CrossOrderCancelReplaceRequest(t).

    requests: both sides: ReplaceOrder records back to back
    """

    def __init__(
        self, cross_id: str, client_id: str, session: str, orig_cross_id: str, requests: bytes, user_id: str
    ) -> None:
        self.cross_id: Final[str] = cross_id
        self.client_id: Final[str] = client_id
        self.session: Final[str] = session
        self.orig_cross_id: Final[str] = orig_cross_id
        self.requests: Final[bytes] = requests
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("cross_id", "client_id", "session", "orig_cross_id", "requests", "user_id")

    def wire_code(self) -> i64:
        return 85

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_str(w, self.cross_id)
        put_name(w, self.client_id)
        put_name(w, self.session)
        put_str(w, self.orig_cross_id)
        put_bytes(w, self.requests)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class CancelCross(Command):
    """A client takes both sides back: CrossOrderCancelRequest(u).

    requests: both sides: CancelOrder records back to back
    """

    def __init__(
        self, cross_id: str, client_id: str, session: str, orig_cross_id: str, requests: bytes, user_id: str
    ) -> None:
        self.cross_id: Final[str] = cross_id
        self.client_id: Final[str] = client_id
        self.session: Final[str] = session
        self.orig_cross_id: Final[str] = orig_cross_id
        self.requests: Final[bytes] = requests
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("cross_id", "client_id", "session", "orig_cross_id", "requests", "user_id")

    def wire_code(self) -> i64:
        return 86

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_str(w, self.cross_id)
        put_name(w, self.client_id)
        put_name(w, self.session)
        put_str(w, self.orig_cross_id)
        put_bytes(w, self.requests)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class ExecuteCross(Command):
    """A person trades both sides of a cross against each other.

    client_id: empty where only one client has a cross of that name
    """

    def __init__(self, cross_id: str, client_id: str, last_px: i64, user_id: str) -> None:
        self.cross_id: Final[str] = cross_id
        self.client_id: Final[str] = client_id
        self.last_px: Final[i64] = last_px
        self.user_id: Final[str] = user_id

    def names(self) -> tuple[str, ...]:
        return ("cross_id", "client_id", "last_px", "user_id")

    def wire_code(self) -> i64:
        return 87

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_str(w, self.cross_id)
        put_name(w, self.client_id)
        write_i64_le(w, self.last_px)
        put_name(w, self.user_id)


@mypyc_attr(acyclic=True)
class AcknowledgeTrade(Command):
    """A counterparty has an execution that we reported: ExecutionAcknowledgement(BN).

    exec_id: our ExecID(17); 0 when it names none of ours
    """

    def __init__(self, session: str, order_id: i64, exec_id: i64, status: ExecAckStatus, text: str) -> None:
        self.session: Final[str] = session
        self.order_id: Final[i64] = order_id
        self.exec_id: Final[i64] = exec_id
        self.status: Final[ExecAckStatus] = status
        self.text: Final[str] = text

    def names(self) -> tuple[str, ...]:
        return ("session", "order_id", "exec_id", "status", "text")

    def wire_code(self) -> i64:
        return 88

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.session)
        write_i64_le(w, self.order_id)
        write_i64_le(w, self.exec_id)
        put_code(w, self.status)
        put_str(w, self.text)


@mypyc_attr(acyclic=True)
class RefuseRequest(Command):
    """The door refuses a request before it is considered: its session sends too many, or it waited too long.

    request: SubmitOrder, ReplaceOrder, SubmitList, SubmitCross or ReplaceCross: its record
    """

    def __init__(self, request: bytes, code: RefusalCode, context: Pairs) -> None:
        self.request: Final[bytes] = request
        self.code: Final[RefusalCode] = code
        self.context: Final[Pairs] = context

    def names(self) -> tuple[str, ...]:
        return ("request", "code", "context")

    def wire_code(self) -> i64:
        return 17

    def wire_version(self) -> i64:
        return 1

    def put(self, w: BytesWriter) -> None:
        put_bytes(w, self.request)
        put_str(w, self.code)
        put_pairs(w, self.context)

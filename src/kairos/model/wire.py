"""The bytes of commands and events, with a version from the first byte.

Generated from messages.schema by tools/generate_model.py: edit the table, not this file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from librt.strings import BytesWriter, write_i64_le
from mypy_extensions import i64

from kairos.model.commands import (
    AcknowledgeTrade,
    AdvanceTime,
    BustTrade,
    CancelCross,
    CancelList,
    CancelOrder,
    CancelRoute,
    CancelSessionOrders,
    Command,
    CorrectTrade,
    DefineAccount,
    DefineClient,
    DefineInstrument,
    DefineUser,
    DefineVenue,
    DisputeTrade,
    EngageKill,
    ExecuteCross,
    ExecuteList,
    FinishOrder,
    MassCancel,
    RecordTrade,
    ReleaseKill,
    ReplaceCross,
    ReplaceOrder,
    ReportCancelReject,
    ReportExecution,
    ReportVenueRefusal,
    RequestListStatus,
    RequestMassStatus,
    RequestOrderStatus,
    ResolveRoute,
    RestateOrder,
    RouteOrder,
    SetLimits,
    SetRestriction,
    SetVenueState,
    StartTradingDay,
    SubmitCross,
    SubmitList,
    SubmitOrder,
    UpdateMark,
)
from kairos.model.enums import (
    AckPolicy,
    CxlRejResponseTo,
    DKReason,
    ExecAckStatus,
    ExecType,
    HandlInst,
    ListExecInstType,
    ListOrderStatus,
    ListStatusType,
    MassCancelRequestType,
    MassStatusReqType,
    OrdStatus,
    OrdType,
    RequestKind,
    Role,
    SecondReplace,
    Side,
    TimeInForce,
    VenueKind,
)
from kairos.model.events import (
    AccountDefined,
    AccountSnapshot,
    ClientDefined,
    CommandRefused,
    CrossAccepted,
    CrossExecuted,
    CrossReplaced,
    DeskSnapshot,
    Event,
    InstrumentDefined,
    KillEngaged,
    KillReleased,
    LimitsSet,
    ListAccepted,
    ListFragmentReceived,
    ListOrderDecided,
    ListRefused,
    ListReported,
    MarkUpdated,
    MassCancelReported,
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
    OrderReplaceQueued,
    OrderRestated,
    OrderSnapshot,
    OrderSplit,
    OrderStatusReported,
    PositionSnapshot,
    RequestRefused,
    RequestRejected,
    RequestSnapshot,
    RestrictionSet,
    RouteAcknowledged,
    RouteCancelRequested,
    RouteEnded,
    RouteRejected,
    RouteReplaced,
    RouteReplaceRequested,
    RouteReportCopied,
    RouteRequested,
    RouteRequestRejected,
    RouteSnapshot,
    RouteStatusRequested,
    RouteTradeAmended,
    RouteTraded,
    RouteUnknown,
    SessionReceived,
    SessionRefused,
    SessionReset,
    SessionSent,
    SessionSnapshot,
    TradeAcknowledged,
    TradeBooked,
    TradeBusted,
    TradeCorrected,
    TradeDisputed,
    TradeSnapshot,
    TradingDayStarted,
    UserDefined,
    VenueDefined,
    VenueReportRefused,
    VenueStateChanged,
)
from kairos.model.refusals import RefusalCode
from kairos.model.values import (
    NO_ORDER_DETAILS,
    NO_TRADE_DETAILS,
    Contra,
    Leg,
    Limits,
    OrderDetails,
    Party,
    PreAlloc,
    Standing,
    Terms,
    TradeDetails,
)
from kairos.model.wire_types import Reader, WireError

FORMAT_VERSION: Final = 1

ACK_POLICYS: Final[dict[int, AckPolicy]] = {ord(m.value): m for m in AckPolicy}
CXL_REJ_RESPONSE_TOS: Final[dict[int, CxlRejResponseTo]] = {ord(m.value): m for m in CxlRejResponseTo}
DKREASONS: Final[dict[int, DKReason]] = {ord(m.value): m for m in DKReason}
EXEC_ACK_STATUSS: Final[dict[int, ExecAckStatus]] = {ord(m.value): m for m in ExecAckStatus}
EXEC_TYPES: Final[dict[int, ExecType]] = {ord(m.value): m for m in ExecType}
HANDL_INSTS: Final[dict[int, HandlInst]] = {ord(m.value): m for m in HandlInst}
LIST_EXEC_INST_TYPES: Final[dict[int, ListExecInstType]] = {ord(m.value): m for m in ListExecInstType}
LIST_ORDER_STATUSS: Final[dict[int, ListOrderStatus]] = {ord(m.value): m for m in ListOrderStatus}
LIST_STATUS_TYPES: Final[dict[int, ListStatusType]] = {ord(m.value): m for m in ListStatusType}
MASS_CANCEL_REQUEST_TYPES: Final[dict[int, MassCancelRequestType]] = {ord(m.value): m for m in MassCancelRequestType}
MASS_STATUS_REQ_TYPES: Final[dict[int, MassStatusReqType]] = {ord(m.value): m for m in MassStatusReqType}
ORD_STATUSS: Final[dict[int, OrdStatus]] = {ord(m.value): m for m in OrdStatus}
ORD_TYPES: Final[dict[int, OrdType]] = {ord(m.value): m for m in OrdType}
REQUEST_KINDS: Final[dict[int, RequestKind]] = {ord(m.value): m for m in RequestKind}
ROLES: Final[dict[int, Role]] = {ord(m.value): m for m in Role}
SECOND_REPLACES: Final[dict[int, SecondReplace]] = {ord(m.value): m for m in SecondReplace}
SIDES: Final[dict[int, Side]] = {ord(m.value): m for m in Side}
TIME_IN_FORCES: Final[dict[int, TimeInForce]] = {ord(m.value): m for m in TimeInForce}
VENUE_KINDS: Final[dict[int, VenueKind]] = {ord(m.value): m for m in VenueKind}
REFUSAL_CODES: Final[dict[str, RefusalCode]] = {m.value: m for m in RefusalCode}


def read_terms(r: Reader) -> Terms:
    f0 = r.get_i64()
    f1 = ORD_TYPES[r.get_byte()]
    f2 = r.get_i64()
    f3 = r.get_i64()
    f4 = TIME_IN_FORCES[r.get_byte()]
    f5 = r.get_i64()
    f6 = r.get_i64()
    return Terms(f0, f1, f2, f3, f4, f5, f6)


def read_standing(r: Reader) -> Standing:
    f0 = ORD_STATUSS[r.get_byte()]
    f1 = r.get_i64()
    f2 = r.get_i64()
    f3 = r.get_i64()
    return Standing(f0, f1, f2, f3)


def read_limits(r: Reader) -> Limits:
    f0 = r.get_i64()
    f1 = r.get_money()
    f2 = r.get_i64()
    f3 = r.get_i64()
    f4 = r.get_money()
    f5 = r.get_money()
    f6 = r.get_i64()
    f7 = r.get_i64()
    return Limits(f0, f1, f2, f3, f4, f5, f6, f7)


def read_party(r: Reader) -> Party:
    f0 = r.get_str()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_pairs()
    return Party(f0, f1, f2, f3)


def read_pre_alloc(r: Reader) -> PreAlloc:
    f0 = r.get_str()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_str()
    f4 = r.get_i64()
    f5 = tuple([read_party(r) for _ in range(r.get_count())])
    return PreAlloc(f0, f1, f2, f3, f4, f5)


def read_order_details(r: Reader) -> OrderDetails:
    if not r.get_bool():
        return NO_ORDER_DETAILS
    f0 = r.get_str()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_str()
    f4 = r.get_str()
    f5 = r.get_str()
    f6 = r.get_str()
    f7 = r.get_str()
    f8 = r.get_str()
    f9 = r.get_str()
    f10 = r.get_str()
    f11 = r.get_str()
    f12 = r.get_str()
    f13 = r.get_str()
    f14 = r.get_str()
    f15 = r.get_str()
    f16 = r.get_str()
    f17 = r.get_i64()
    f18 = tuple([read_party(r) for _ in range(r.get_count())])
    f19 = tuple([read_pre_alloc(r) for _ in range(r.get_count())])
    f20 = r.get_pairs()
    return OrderDetails(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20)


def read_contra(r: Reader) -> Contra:
    f0 = r.get_str()
    f1 = r.get_str()
    f2 = r.get_i64()
    f3 = r.get_i64()
    return Contra(f0, f1, f2, f3)


def read_trade_details(r: Reader) -> TradeDetails:
    if not r.get_bool():
        return NO_TRADE_DETAILS
    f0 = r.get_str()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_str()
    f4 = r.get_str()
    f5 = r.get_str()
    f6 = tuple([read_contra(r) for _ in range(r.get_count())])
    return TradeDetails(f0, f1, f2, f3, f4, f5, f6)


def read_leg(r: Reader) -> Leg:
    f0 = r.get_str()
    f1 = r.get_i64()
    f2 = SIDES[r.get_byte()]
    return Leg(f0, f1, f2)


def read_submit_order(r: Reader, version: i64) -> Command:
    f0 = r.get_str()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_str()
    f4 = r.get_str()
    f5 = SIDES[r.get_byte()]
    f6 = HANDL_INSTS[r.get_byte()]
    f7 = read_terms(r)
    f8 = r.get_str()
    f9 = r.get_str()
    f10 = r.get_i64()
    f11 = r.get_bool()
    f12 = r.get_str()
    f13 = r.get_money() if version >= 2 else 0
    f14 = r.get_str() if version >= 2 else ""
    f15 = read_order_details(r) if version >= 2 else NO_ORDER_DETAILS
    return SubmitOrder(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15)


def read_replace_order(r: Reader, version: i64) -> Command:
    f0 = r.get_str()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_str()
    f4 = r.get_i64()
    f5 = r.get_str()
    f6 = SIDES[r.get_byte()]
    f7 = read_terms(r)
    f8 = r.get_str()
    f9 = r.get_i64()
    f10 = r.get_str()
    f11 = read_order_details(r) if version >= 2 else NO_ORDER_DETAILS
    f12 = r.get_bool() if version >= 2 else False
    f13 = r.get_str() if version >= 2 else ""
    f14 = r.get_str() if version >= 2 else ""
    f15 = r.get_str() if version >= 2 else ""
    return ReplaceOrder(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15)


def read_cancel_order(r: Reader, version: i64) -> Command:
    f0 = r.get_str()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_str()
    f4 = r.get_i64()
    f5 = r.get_str()
    f6 = r.get_str()
    f7 = r.get_i64()
    f8 = r.get_str()
    return CancelOrder(f0, f1, f2, f3, f4, f5, f6, f7, f8)


def read_request_order_status(r: Reader, version: i64) -> Command:
    f0 = r.get_str()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_i64()
    f4 = r.get_str()
    f5 = SIDES[r.get_byte()]
    f6 = r.get_str()
    return RequestOrderStatus(f0, f1, f2, f3, f4, f5, f6)


def read_mass_cancel(r: Reader, version: i64) -> Command:
    f0 = r.get_str()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = MASS_CANCEL_REQUEST_TYPES[r.get_byte()]
    f4 = r.get_str()
    f5 = r.get_i64()
    f6 = r.get_str()
    return MassCancel(f0, f1, f2, f3, f4, f5, f6)


def read_request_mass_status(r: Reader, version: i64) -> Command:
    f0 = r.get_str()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = MASS_STATUS_REQ_TYPES[r.get_byte()]
    f4 = r.get_str()
    return RequestMassStatus(f0, f1, f2, f3, f4)


def read_dispute_trade(r: Reader, version: i64) -> Command:
    f0 = r.get_str()
    f1 = r.get_i64()
    f2 = r.get_i64()
    f3 = DKREASONS[r.get_byte()]
    f4 = r.get_str()
    return DisputeTrade(f0, f1, f2, f3, f4)


def read_route_order(r: Reader, version: i64) -> Command:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = read_terms(r)
    f3 = r.get_str()
    return RouteOrder(f0, f1, f2, f3)


def read_cancel_route(r: Reader, version: i64) -> Command:
    f0 = r.get_i64()
    f1 = r.get_str()
    return CancelRoute(f0, f1)


def read_record_trade(r: Reader, version: i64) -> Command:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_i64()
    f3 = r.get_str()
    f4 = r.get_str()
    return RecordTrade(f0, f1, f2, f3, f4)


def read_bust_trade(r: Reader, version: i64) -> Command:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = r.get_str()
    return BustTrade(f0, f1, f2)


def read_correct_trade(r: Reader, version: i64) -> Command:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_i64()
    f3 = r.get_str()
    f4 = r.get_str()
    return CorrectTrade(f0, f1, f2, f3, f4)


def read_resolve_route(r: Reader, version: i64) -> Command:
    f0 = r.get_i64()
    f1 = ORD_STATUSS[r.get_byte()]
    f2 = r.get_str()
    f3 = r.get_str()
    return ResolveRoute(f0, f1, f2, f3)


def read_finish_order(r: Reader, version: i64) -> Command:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = r.get_str()
    return FinishOrder(f0, f1, f2)


def read_report_execution(r: Reader, version: i64) -> Command:
    f0 = r.get_str()
    f1 = EXEC_TYPES[r.get_byte()]
    f2 = ORD_STATUSS[r.get_byte()]
    f3 = r.get_str()
    f4 = r.get_str()
    f5 = r.get_str()
    f6 = r.get_str()
    f7 = r.get_str()
    f8 = r.get_i64()
    f9 = r.get_i64()
    f10 = r.get_i64()
    f11 = r.get_i64()
    f12 = r.get_i64()
    f13 = r.get_i64()
    f14 = r.get_str()
    f15 = r.get_str()
    f16 = r.get_i64()
    f17 = r.get_bool()
    f18 = read_trade_details(r) if version >= 2 else NO_TRADE_DETAILS
    f19 = r.get_bool() if version >= 2 else False
    f20 = r.get_bool() if version >= 2 else False
    return ReportExecution(
        f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20
    )


def read_report_cancel_reject(r: Reader, version: i64) -> Command:
    f0 = r.get_str()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_str()
    f4 = ORD_STATUSS[r.get_byte()]
    f5 = r.get_str()
    f6 = CXL_REJ_RESPONSE_TOS[r.get_byte()]
    f7 = r.get_str()
    return ReportCancelReject(f0, f1, f2, f3, f4, f5, f6, f7)


def read_report_venue_refusal(r: Reader, version: i64) -> Command:
    f0 = r.get_str()
    f1 = r.get_str()
    f2 = r.get_str()
    return ReportVenueRefusal(f0, f1, f2)


def read_set_venue_state(r: Reader, version: i64) -> Command:
    f0 = r.get_str()
    f1 = r.get_bool()
    return SetVenueState(f0, f1)


def read_define_instrument(r: Reader, version: i64) -> Command:
    f0 = r.get_str()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_str()
    f4 = r.get_str()
    f5 = r.get_str()
    f6 = r.get_str()
    f7 = r.get_i64()
    f8 = r.get_i64()
    f9 = r.get_i64()
    f10 = r.get_i64()
    f11 = r.get_str()
    f12 = tuple([read_leg(r) for _ in range(r.get_count())]) if version >= 2 else ()
    return DefineInstrument(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12)


def read_define_client(r: Reader, version: i64) -> Command:
    f0 = r.get_str()
    f1 = r.get_str()
    f2 = r.get_bool()
    f3 = r.get_str()
    f4 = ACK_POLICYS[r.get_byte()] if version >= 2 else AckPolicy.ON_RECEIPT
    f5 = SECOND_REPLACES[r.get_byte()] if version >= 2 else SecondReplace.IN_TURN
    return DefineClient(f0, f1, f2, f3, f4, f5)


def read_define_account(r: Reader, version: i64) -> Command:
    f0 = r.get_str()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_str()
    f4 = r.get_money()
    f5 = r.get_bool()
    f6 = r.get_str()
    return DefineAccount(f0, f1, f2, f3, f4, f5, f6)


def read_define_user(r: Reader, version: i64) -> Command:
    f0 = r.get_str()
    f1 = r.get_str()
    f2 = ROLES[r.get_byte()]
    f3 = r.get_bool()
    f4 = r.get_str()
    return DefineUser(f0, f1, f2, f3, f4)


def read_define_venue(r: Reader, version: i64) -> Command:
    f0 = r.get_str()
    f1 = VENUE_KINDS[r.get_byte()]
    f2 = r.get_str()
    f3 = r.get_str()
    f4 = r.get_i64()
    f5 = r.get_str()
    f6 = r.get_str() if version >= 2 else ""
    f7 = r.get_str() if version >= 2 else ""
    f8 = r.get_bool() if version >= 2 else False
    return DefineVenue(f0, f1, f2, f3, f4, f5, f6, f7, f8)


def read_set_limits(r: Reader, version: i64) -> Command:
    f0 = r.get_str()
    f1 = read_limits(r)
    f2 = r.get_str()
    return SetLimits(f0, f1, f2)


def read_set_restriction(r: Reader, version: i64) -> Command:
    f0 = r.get_str()
    f1 = r.get_bool()
    f2 = r.get_str()
    f3 = r.get_str()
    return SetRestriction(f0, f1, f2, f3)


def read_engage_kill(r: Reader, version: i64) -> Command:
    f0 = r.get_str()
    f1 = r.get_str()
    f2 = r.get_str()
    return EngageKill(f0, f1, f2)


def read_release_kill(r: Reader, version: i64) -> Command:
    f0 = r.get_str()
    f1 = r.get_str()
    f2 = r.get_str()
    return ReleaseKill(f0, f1, f2)


def read_update_mark(r: Reader, version: i64) -> Command:
    f0 = r.get_str()
    f1 = r.get_i64()
    f2 = r.get_i64()
    f3 = r.get_i64()
    return UpdateMark(f0, f1, f2, f3)


def read_start_trading_day(r: Reader, version: i64) -> Command:
    f0 = r.get_i64()
    return StartTradingDay(f0)


def read_advance_time(r: Reader, version: i64) -> Command:
    return AdvanceTime()


def read_restate_order(r: Reader, version: i64) -> Command:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_i64()
    f3 = r.get_i64()
    f4 = r.get_str()
    f5 = r.get_str()
    return RestateOrder(f0, f1, f2, f3, f4, f5)


def read_cancel_session_orders(r: Reader, version: i64) -> Command:
    f0 = r.get_str()
    f1 = r.get_bool()
    f2 = r.get_str()
    return CancelSessionOrders(f0, f1, f2)


def read_submit_list(r: Reader, version: i64) -> Command:
    f0 = r.get_str()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_i64()
    f4 = LIST_EXEC_INST_TYPES[r.get_byte()]
    f5 = r.get_str()
    f6 = r.get_bytes()
    f7 = r.get_bool()
    f8 = r.get_bool()
    f9 = r.get_str()
    return SubmitList(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9)


def read_execute_list(r: Reader, version: i64) -> Command:
    f0 = r.get_str()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_str()
    f4 = r.get_str()
    return ExecuteList(f0, f1, f2, f3, f4)


def read_cancel_list(r: Reader, version: i64) -> Command:
    f0 = r.get_str()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_str()
    f4 = r.get_str()
    return CancelList(f0, f1, f2, f3, f4)


def read_request_list_status(r: Reader, version: i64) -> Command:
    f0 = r.get_str()
    f1 = r.get_str()
    f2 = r.get_str()
    return RequestListStatus(f0, f1, f2)


def read_submit_cross(r: Reader, version: i64) -> Command:
    f0 = r.get_str()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_bytes()
    f4 = r.get_str()
    return SubmitCross(f0, f1, f2, f3, f4)


def read_replace_cross(r: Reader, version: i64) -> Command:
    f0 = r.get_str()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_str()
    f4 = r.get_bytes()
    f5 = r.get_str()
    return ReplaceCross(f0, f1, f2, f3, f4, f5)


def read_cancel_cross(r: Reader, version: i64) -> Command:
    f0 = r.get_str()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_str()
    f4 = r.get_bytes()
    f5 = r.get_str()
    return CancelCross(f0, f1, f2, f3, f4, f5)


def read_execute_cross(r: Reader, version: i64) -> Command:
    f0 = r.get_str()
    f1 = r.get_str()
    f2 = r.get_i64()
    f3 = r.get_str()
    return ExecuteCross(f0, f1, f2, f3)


def read_acknowledge_trade(r: Reader, version: i64) -> Command:
    f0 = r.get_str()
    f1 = r.get_i64()
    f2 = r.get_i64()
    f3 = EXEC_ACK_STATUSS[r.get_byte()]
    f4 = r.get_str()
    return AcknowledgeTrade(f0, f1, f2, f3, f4)


def read_order_accepted(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_i64()
    f3 = r.get_str()
    f4 = r.get_str()
    f5 = r.get_str()
    f6 = r.get_str()
    f7 = r.get_str()
    f8 = SIDES[r.get_byte()]
    f9 = HANDL_INSTS[r.get_byte()]
    f10 = read_terms(r)
    f11 = r.get_str()
    f12 = r.get_str()
    f13 = r.get_i64()
    f14 = r.get_str()
    f15 = r.get_i64()
    f16 = r.get_bool() if version >= 2 else False
    f17 = r.get_money() if version >= 2 else 0
    f18 = r.get_str() if version >= 2 else ""
    f19 = read_order_details(r) if version >= 2 else NO_ORDER_DETAILS
    return OrderAccepted(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19)


def read_order_refused(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_i64()
    f3 = r.get_str()
    f4 = r.get_str()
    f5 = r.get_str()
    f6 = r.get_str()
    f7 = r.get_str()
    f8 = SIDES[r.get_byte()]
    f9 = read_terms(r)
    f10 = REFUSAL_CODES[r.get_str()]
    f11 = r.get_pairs()
    f12 = read_standing(r)
    f13 = r.get_str()
    f14 = r.get_str()
    f15 = r.get_money() if version >= 2 else 0
    f16 = r.get_str() if version >= 2 else ""
    f17 = r.get_str() if version >= 2 else ""
    f18 = read_order_details(r) if version >= 2 else NO_ORDER_DETAILS
    return OrderRefused(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18)


def read_order_cancel_pending(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_i64()
    f3 = r.get_str()
    f4 = r.get_str()
    f5 = r.get_str()
    f6 = read_terms(r)
    f7 = read_standing(r)
    f8 = r.get_str()
    f9 = r.get_str()
    return OrderCancelPending(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9)


def read_order_replace_pending(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_i64()
    f3 = r.get_str()
    f4 = r.get_str()
    f5 = r.get_str()
    f6 = read_terms(r)
    f7 = read_terms(r)
    f8 = read_standing(r)
    f9 = r.get_i64()
    f10 = r.get_str()
    f11 = r.get_str()
    f12 = r.get_bool() if version >= 2 else False
    f13 = read_order_details(r) if version >= 2 else NO_ORDER_DETAILS
    f14 = read_order_details(r) if version >= 2 else NO_ORDER_DETAILS
    return OrderReplacePending(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14)


def read_order_replaced(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_i64()
    f3 = r.get_str()
    f4 = r.get_str()
    f5 = read_terms(r)
    f6 = read_standing(r)
    f7 = r.get_str()
    f8 = read_order_details(r) if version >= 2 else NO_ORDER_DETAILS
    return OrderReplaced(f0, f1, f2, f3, f4, f5, f6, f7, f8)


def read_request_refused(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_str()
    f3 = r.get_str()
    f4 = r.get_str()
    f5 = r.get_str()
    f6 = CXL_REJ_RESPONSE_TOS[r.get_byte()]
    f7 = REFUSAL_CODES[r.get_str()]
    f8 = r.get_pairs()
    f9 = ORD_STATUSS[r.get_byte()]
    f10 = r.get_str()
    return RequestRefused(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10)


def read_request_rejected(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_str()
    f3 = r.get_str()
    f4 = r.get_str()
    f5 = CXL_REJ_RESPONSE_TOS[r.get_byte()]
    f6 = REFUSAL_CODES[r.get_str()]
    f7 = r.get_pairs()
    f8 = ORD_STATUSS[r.get_byte()]
    f9 = r.get_str()
    return RequestRejected(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9)


def read_order_canceled(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_i64()
    f3 = r.get_str()
    f4 = r.get_str()
    f5 = read_terms(r)
    f6 = read_standing(r)
    f7 = r.get_str()
    f8 = r.get_str() if version >= 2 else ""
    return OrderCanceled(f0, f1, f2, f3, f4, f5, f6, f7, f8)


def read_order_rejected(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_i64()
    f3 = read_terms(r)
    f4 = read_standing(r)
    f5 = REFUSAL_CODES[r.get_str()]
    f6 = r.get_str()
    return OrderRejected(f0, f1, f2, f3, f4, f5, f6)


def read_order_expired(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_i64()
    f3 = read_terms(r)
    f4 = read_standing(r)
    f5 = r.get_str()
    return OrderExpired(f0, f1, f2, f3, f4, f5)


def read_order_done_for_day(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_i64()
    f3 = read_terms(r)
    f4 = read_standing(r)
    f5 = r.get_str()
    return OrderDoneForDay(f0, f1, f2, f3, f4, f5)


def read_order_status_reported(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_i64()
    f3 = r.get_str()
    f4 = r.get_str()
    f5 = r.get_str()
    f6 = r.get_str()
    f7 = SIDES[r.get_byte()]
    f8 = read_terms(r)
    f9 = read_standing(r)
    f10 = r.get_str()
    f11 = r.get_bool()
    f12 = r.get_i64()
    f13 = r.get_bool()
    f14 = r.get_str()
    f15 = r.get_str() if version >= 2 else ""
    return OrderStatusReported(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15)


def read_mass_cancel_reported(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_str()
    f4 = MASS_CANCEL_REQUEST_TYPES[r.get_byte()]
    f5 = r.get_str()
    f6 = r.get_i64()
    f7 = r.get_bool()
    f8 = REFUSAL_CODES[r.get_str()]
    f9 = r.get_i64()
    f10 = r.get_str()
    return MassCancelReported(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10)


def read_trade_booked(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_i64()
    f3 = r.get_i64()
    f4 = r.get_str()
    f5 = r.get_str()
    f6 = r.get_i64()
    f7 = r.get_i64()
    f8 = read_terms(r)
    f9 = read_standing(r)
    f10 = r.get_str()
    f11 = r.get_i64()
    f12 = r.get_str()
    f13 = read_trade_details(r) if version >= 2 else NO_TRADE_DETAILS
    return TradeBooked(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13)


def read_trade_busted(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_i64()
    f3 = r.get_i64()
    f4 = r.get_i64()
    f5 = r.get_str()
    f6 = r.get_i64()
    f7 = r.get_i64()
    f8 = read_terms(r)
    f9 = read_standing(r)
    f10 = r.get_str()
    f11 = r.get_str()
    return TradeBusted(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11)


def read_trade_corrected(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_i64()
    f3 = r.get_i64()
    f4 = r.get_i64()
    f5 = r.get_str()
    f6 = r.get_i64()
    f7 = r.get_i64()
    f8 = read_terms(r)
    f9 = read_standing(r)
    f10 = r.get_str()
    f11 = r.get_str()
    f12 = read_trade_details(r) if version >= 2 else NO_TRADE_DETAILS
    return TradeCorrected(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12)


def read_trade_disputed(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = r.get_i64()
    f3 = r.get_i64()
    f4 = DKREASONS[r.get_byte()]
    f5 = r.get_str()
    return TradeDisputed(f0, f1, f2, f3, f4, f5)


def read_order_restated(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_i64()
    f3 = EXEC_TYPES[r.get_byte()]
    f4 = read_terms(r)
    f5 = read_standing(r)
    f6 = r.get_str()
    f7 = r.get_str()
    f8 = r.get_i64() if version >= 2 else 0
    f9 = r.get_i64() if version >= 2 else 0
    return OrderRestated(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9)


def read_order_acknowledged(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_i64()
    f3 = r.get_str()
    f4 = read_terms(r)
    f5 = r.get_str()
    return OrderAcknowledged(f0, f1, f2, f3, f4, f5)


def read_order_replace_queued(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_i64()
    f3 = r.get_str()
    f4 = r.get_str()
    f5 = r.get_str()
    f6 = read_terms(r)
    f7 = read_terms(r)
    f8 = read_standing(r)
    f9 = r.get_i64()
    f10 = r.get_bool()
    f11 = r.get_str()
    f12 = r.get_str()
    f13 = read_order_details(r)
    return OrderReplaceQueued(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13)


def read_order_split(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_i64()
    f3 = r.get_i64()
    f4 = r.get_i64()
    f5 = read_terms(r)
    f6 = read_standing(r)
    f7 = r.get_i64()
    f8 = r.get_str()
    f9 = r.get_str()
    f10 = read_order_details(r)
    return OrderSplit(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10)


def read_route_requested(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_i64()
    f3 = r.get_str()
    f4 = r.get_str()
    f5 = r.get_str()
    f6 = SIDES[r.get_byte()]
    f7 = r.get_str()
    f8 = read_terms(r)
    f9 = r.get_bool()
    f10 = r.get_str()
    return RouteRequested(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10)


def read_route_acknowledged(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_str()
    f3 = ORD_STATUSS[r.get_byte()]
    return RouteAcknowledged(f0, f1, f2, f3)


def read_route_rejected(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_str()
    f3 = r.get_str()
    return RouteRejected(f0, f1, f2, f3)


def read_route_cancel_requested(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_str()
    f3 = r.get_str()
    return RouteCancelRequested(f0, f1, f2, f3)


def read_route_replace_requested(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_str()
    f3 = r.get_str()
    f4 = read_terms(r)
    return RouteReplaceRequested(f0, f1, f2, f3, f4)


def read_route_replaced(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_str()
    f3 = r.get_str()
    f4 = read_terms(r)
    return RouteReplaced(f0, f1, f2, f3, f4)


def read_route_request_rejected(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_str()
    f3 = CXL_REJ_RESPONSE_TOS[r.get_byte()]
    f4 = r.get_str()
    f5 = r.get_str()
    return RouteRequestRejected(f0, f1, f2, f3, f4, f5)


def read_route_ended(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = ORD_STATUSS[r.get_byte()]
    f3 = r.get_str()
    return RouteEnded(f0, f1, f2, f3)


def read_route_unknown(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_str()
    return RouteUnknown(f0, f1, f2)


def read_route_status_requested(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_str()
    return RouteStatusRequested(f0, f1, f2)


def read_route_traded(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_str()
    f3 = r.get_i64()
    f4 = r.get_i64()
    return RouteTraded(f0, f1, f2, f3, f4)


def read_route_trade_amended(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_str()
    f3 = r.get_i64()
    f4 = r.get_bool()
    return RouteTradeAmended(f0, f1, f2, f3, f4)


def read_venue_report_refused(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = r.get_i64()
    f3 = r.get_str()
    f4 = r.get_str()
    f5 = r.get_str()
    f6 = EXEC_TYPES[r.get_byte()]
    f7 = r.get_str()
    f8 = SIDES[r.get_byte()]
    f9 = r.get_i64()
    f10 = r.get_i64()
    f11 = REFUSAL_CODES[r.get_str()]
    f12 = r.get_pairs()
    f13 = DKREASONS[r.get_byte()]
    f14 = r.get_str()
    f15 = r.get_bool() if version >= 2 else False
    return VenueReportRefused(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15)


def read_route_report_copied(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_str()
    return RouteReportCopied(f0, f1, f2)


def read_instrument_defined(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_str()
    f4 = r.get_str()
    f5 = r.get_str()
    f6 = r.get_str()
    f7 = r.get_str()
    f8 = r.get_i64()
    f9 = r.get_i64()
    f10 = r.get_i64()
    f11 = r.get_i64()
    f12 = r.get_str()
    f13 = tuple([read_leg(r) for _ in range(r.get_count())]) if version >= 2 else ()
    return InstrumentDefined(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13)


def read_client_defined(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_bool()
    f4 = r.get_str()
    f5 = ACK_POLICYS[r.get_byte()] if version >= 2 else AckPolicy.ON_RECEIPT
    f6 = SECOND_REPLACES[r.get_byte()] if version >= 2 else SecondReplace.IN_TURN
    return ClientDefined(f0, f1, f2, f3, f4, f5, f6)


def read_account_defined(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_str()
    f4 = r.get_str()
    f5 = r.get_money()
    f6 = r.get_bool()
    f7 = r.get_str()
    return AccountDefined(f0, f1, f2, f3, f4, f5, f6, f7)


def read_user_defined(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = ROLES[r.get_byte()]
    f4 = r.get_bool()
    f5 = r.get_str()
    return UserDefined(f0, f1, f2, f3, f4, f5)


def read_venue_defined(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = VENUE_KINDS[r.get_byte()]
    f3 = r.get_str()
    f4 = r.get_str()
    f5 = r.get_i64()
    f6 = r.get_str()
    f7 = r.get_str() if version >= 2 else ""
    f8 = r.get_str() if version >= 2 else ""
    f9 = r.get_bool() if version >= 2 else False
    return VenueDefined(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9)


def read_limits_set(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = read_limits(r)
    f3 = r.get_str()
    return LimitsSet(f0, f1, f2, f3)


def read_restriction_set(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = r.get_bool()
    f3 = r.get_str()
    f4 = r.get_str()
    return RestrictionSet(f0, f1, f2, f3, f4)


def read_kill_engaged(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_str()
    return KillEngaged(f0, f1, f2, f3)


def read_kill_released(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_str()
    return KillReleased(f0, f1, f2, f3)


def read_mark_updated(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = r.get_i64()
    f3 = r.get_i64()
    f4 = r.get_i64()
    return MarkUpdated(f0, f1, f2, f3, f4)


def read_trading_day_started(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    return TradingDayStarted(f0, f1)


def read_venue_state_changed(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = r.get_bool()
    return VenueStateChanged(f0, f1, f2)


def read_command_refused(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = REFUSAL_CODES[r.get_str()]
    f4 = r.get_pairs()
    f5 = r.get_str()
    return CommandRefused(f0, f1, f2, f3, f4, f5)


def read_session_received(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = r.get_i64()
    return SessionReceived(f0, f1, f2)


def read_session_sent(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = r.get_i64()
    f3 = r.get_str()
    f4 = r.get_str()
    f5 = r.get_bool()
    f6 = r.get_bytes()
    f7 = r.get_bytes() if version >= 2 else b""
    return SessionSent(f0, f1, f2, f3, f4, f5, f6, f7)


def read_session_reset(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = r.get_i64()
    f3 = r.get_i64()
    f4 = r.get_str() if version >= 2 else ""
    f5 = r.get_str() if version >= 2 else ""
    return SessionReset(f0, f1, f2, f3, f4, f5)


def read_session_refused(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = r.get_i64()
    f3 = r.get_str()
    f4 = r.get_bytes()
    return SessionRefused(f0, f1, f2, f3, f4)


def read_list_fragment_received(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_str()
    f4 = r.get_i64()
    f5 = LIST_EXEC_INST_TYPES[r.get_byte()]
    f6 = r.get_str()
    f7 = r.get_bytes()
    f8 = r.get_str()
    return ListFragmentReceived(f0, f1, f2, f3, f4, f5, f6, f7, f8)


def read_list_accepted(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_str()
    f4 = r.get_i64()
    f5 = LIST_EXEC_INST_TYPES[r.get_byte()]
    f6 = r.get_str()
    f7 = r.get_str()
    return ListAccepted(f0, f1, f2, f3, f4, f5, f6, f7)


def read_list_order_decided(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_str()
    f4 = r.get_i64()
    f5 = REFUSAL_CODES[r.get_str()]
    return ListOrderDecided(f0, f1, f2, f3, f4, f5)


def read_list_reported(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_str()
    f4 = LIST_STATUS_TYPES[r.get_byte()]
    f5 = LIST_ORDER_STATUSS[r.get_byte()]
    f6 = REFUSAL_CODES[r.get_str()]
    f7 = r.get_pairs()
    f8 = r.get_str()
    return ListReported(f0, f1, f2, f3, f4, f5, f6, f7, f8)


def read_list_refused(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_str()
    f4 = LIST_STATUS_TYPES[r.get_byte()]
    f5 = r.get_i64()
    f6 = REFUSAL_CODES[r.get_str()]
    f7 = r.get_pairs()
    f8 = r.get_str()
    return ListRefused(f0, f1, f2, f3, f4, f5, f6, f7, f8)


def read_cross_accepted(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_str()
    f4 = r.get_i64()
    f5 = r.get_i64()
    f6 = r.get_str()
    return CrossAccepted(f0, f1, f2, f3, f4, f5, f6)


def read_cross_replaced(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_str()
    f4 = r.get_str()
    f5 = r.get_str()
    return CrossReplaced(f0, f1, f2, f3, f4, f5)


def read_cross_executed(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_i64()
    f4 = r.get_i64()
    f5 = r.get_str()
    return CrossExecuted(f0, f1, f2, f3, f4, f5)


def read_trade_acknowledged(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = r.get_i64()
    f3 = r.get_i64()
    f4 = EXEC_ACK_STATUSS[r.get_byte()]
    f5 = r.get_str()
    return TradeAcknowledged(f0, f1, f2, f3, f4, f5)


def read_order_snapshot(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_str()
    f3 = r.get_str()
    f4 = r.get_str()
    f5 = r.get_str()
    f6 = r.get_str()
    f7 = r.get_str()
    f8 = SIDES[r.get_byte()]
    f9 = HANDL_INSTS[r.get_byte()]
    f10 = read_terms(r)
    f11 = read_standing(r)
    f12 = ORD_STATUSS[r.get_byte()]
    f13 = r.get_money()
    f14 = r.get_i64()
    f15 = r.get_str()
    f16 = r.get_str()
    f17 = r.get_i64()
    f18 = r.get_str()
    f19 = r.get_i64()
    f20 = r.get_bool()
    f21 = r.get_money() if version >= 2 else 0
    f22 = r.get_str() if version >= 2 else ""
    f23 = r.get_str() if version >= 2 else ""
    f24 = r.get_bool() if version >= 2 else False
    f25 = r.get_i64() if version >= 2 else 0
    f26 = r.get_money() if version >= 2 else 0
    f27 = r.get_i64() if version >= 2 else 0
    f28 = r.get_i64() if version >= 2 else 0
    f29 = r.get_bool() if version >= 2 else False
    f30 = read_order_details(r) if version >= 2 else NO_ORDER_DETAILS
    return OrderSnapshot(
        f0,
        f1,
        f2,
        f3,
        f4,
        f5,
        f6,
        f7,
        f8,
        f9,
        f10,
        f11,
        f12,
        f13,
        f14,
        f15,
        f16,
        f17,
        f18,
        f19,
        f20,
        f21,
        f22,
        f23,
        f24,
        f25,
        f26,
        f27,
        f28,
        f29,
        f30,
    )


def read_request_snapshot(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_str()
    f3 = r.get_str()
    f4 = REQUEST_KINDS[r.get_byte()]
    f5 = r.get_bool()
    f6 = read_terms(r)
    f7 = r.get_i64()
    f8 = r.get_str()
    f9 = r.get_bool() if version >= 2 else False
    f10 = r.get_bool() if version >= 2 else True
    f11 = read_order_details(r) if version >= 2 else NO_ORDER_DETAILS
    return RequestSnapshot(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11)


def read_route_snapshot(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_i64()
    f3 = r.get_str()
    f4 = r.get_str()
    f5 = r.get_str()
    f6 = r.get_str()
    f7 = read_terms(r)
    f8 = ORD_STATUSS[r.get_byte()]
    f9 = r.get_i64()
    f10 = r.get_i64()
    f11 = r.get_i64()
    f12 = r.get_str()
    f13 = r.get_str()
    f14 = r.get_str()
    f15 = read_terms(r)
    f16 = r.get_i64() if version >= 2 else 0
    f17 = r.get_str() if version >= 2 else ""
    return RouteSnapshot(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17)


def read_trade_snapshot(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_i64()
    f3 = r.get_i64()
    f4 = r.get_str()
    f5 = r.get_str()
    f6 = r.get_i64()
    f7 = r.get_i64()
    f8 = r.get_i64()
    f9 = r.get_bool()
    return TradeSnapshot(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9)


def read_position_snapshot(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = r.get_str()
    f3 = r.get_i64()
    f4 = r.get_money()
    f5 = r.get_money()
    return PositionSnapshot(f0, f1, f2, f3, f4, f5)


def read_account_snapshot(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = r.get_money()
    f3 = r.get_money()
    f4 = r.get_i64()
    f5 = r.get_bool()
    return AccountSnapshot(f0, f1, f2, f3, f4, f5)


def read_desk_snapshot(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_i64()
    f2 = r.get_i64()
    f3 = r.get_i64()
    f4 = r.get_i64()
    f5 = r.get_bool()
    f6 = r.get_i64() if version >= 2 else 1
    return DeskSnapshot(f0, f1, f2, f3, f4, f5, f6)


def read_session_snapshot(r: Reader, version: i64) -> Event:
    f0 = r.get_i64()
    f1 = r.get_str()
    f2 = r.get_i64()
    f3 = r.get_i64()
    f4 = r.get_i64()
    f5 = r.get_i64()
    f6 = r.get_bool()
    return SessionSnapshot(f0, f1, f2, f3, f4, f5, f6)


COMMAND_READERS: Final[dict[int, Callable[[Reader, i64], Command]]] = {
    1: read_submit_order,
    2: read_replace_order,
    3: read_cancel_order,
    4: read_request_order_status,
    5: read_mass_cancel,
    6: read_request_mass_status,
    7: read_dispute_trade,
    10: read_route_order,
    11: read_cancel_route,
    12: read_record_trade,
    13: read_bust_trade,
    14: read_correct_trade,
    15: read_resolve_route,
    16: read_finish_order,
    20: read_report_execution,
    21: read_report_cancel_reject,
    22: read_report_venue_refusal,
    23: read_set_venue_state,
    30: read_define_instrument,
    31: read_define_client,
    32: read_define_account,
    33: read_define_user,
    34: read_define_venue,
    35: read_set_limits,
    36: read_set_restriction,
    37: read_engage_kill,
    38: read_release_kill,
    39: read_update_mark,
    40: read_start_trading_day,
    41: read_advance_time,
    60: read_restate_order,
    50: read_cancel_session_orders,
    80: read_submit_list,
    81: read_execute_list,
    82: read_cancel_list,
    83: read_request_list_status,
    84: read_submit_cross,
    85: read_replace_cross,
    86: read_cancel_cross,
    87: read_execute_cross,
    88: read_acknowledge_trade,
}
EVENT_READERS: Final[dict[int, Callable[[Reader, i64], Event]]] = {
    100: read_order_accepted,
    101: read_order_refused,
    102: read_order_cancel_pending,
    103: read_order_replace_pending,
    104: read_order_replaced,
    105: read_request_refused,
    106: read_request_rejected,
    107: read_order_canceled,
    108: read_order_rejected,
    109: read_order_expired,
    110: read_order_done_for_day,
    111: read_order_status_reported,
    112: read_mass_cancel_reported,
    113: read_trade_booked,
    114: read_trade_busted,
    115: read_trade_corrected,
    116: read_trade_disputed,
    117: read_order_restated,
    240: read_order_acknowledged,
    241: read_order_replace_queued,
    242: read_order_split,
    130: read_route_requested,
    131: read_route_acknowledged,
    132: read_route_rejected,
    133: read_route_cancel_requested,
    134: read_route_replace_requested,
    135: read_route_replaced,
    136: read_route_request_rejected,
    137: read_route_ended,
    138: read_route_unknown,
    139: read_route_status_requested,
    140: read_route_traded,
    141: read_route_trade_amended,
    142: read_venue_report_refused,
    143: read_route_report_copied,
    160: read_instrument_defined,
    161: read_client_defined,
    162: read_account_defined,
    163: read_user_defined,
    164: read_venue_defined,
    165: read_limits_set,
    166: read_restriction_set,
    167: read_kill_engaged,
    168: read_kill_released,
    169: read_mark_updated,
    170: read_trading_day_started,
    171: read_venue_state_changed,
    172: read_command_refused,
    180: read_session_received,
    181: read_session_sent,
    182: read_session_reset,
    183: read_session_refused,
    200: read_list_fragment_received,
    201: read_list_accepted,
    202: read_list_order_decided,
    203: read_list_reported,
    204: read_list_refused,
    205: read_cross_accepted,
    206: read_cross_replaced,
    207: read_cross_executed,
    208: read_trade_acknowledged,
    190: read_order_snapshot,
    191: read_request_snapshot,
    192: read_route_snapshot,
    193: read_trade_snapshot,
    194: read_position_snapshot,
    195: read_account_snapshot,
    196: read_desk_snapshot,
    197: read_session_snapshot,
}


def encode_event(w: BytesWriter, event: Event) -> None:
    """Append one event: code, version, length of the rest, time, fields."""
    body = BytesWriter()
    write_i64_le(body, event.at_ns)
    event.put(body)
    frame(w, event.wire_code(), event.wire_version(), body)


def encode_command(w: BytesWriter, command: Command) -> None:
    """Append one command: code, version, length of the rest, fields."""
    body = BytesWriter()
    command.put(body)
    frame(w, command.wire_code(), command.wire_version(), body)


def frame(w: BytesWriter, code: i64, version: i64, body: BytesWriter) -> None:
    w.append(code)
    w.append(version)
    w.write(len(body).to_bytes(4, "little"))
    w.write(body.getvalue())


def encode_events(events: list[Event]) -> bytes:
    """A batch of events: the format's version, then the events back to back."""
    w = BytesWriter()
    w.append(FORMAT_VERSION)
    for event in events:
        encode_event(w, event)
    return w.getvalue()


def decode_events(data: bytes) -> list[Event]:
    """The events of a batch; `WireError` for bytes that no version of Kairos wrote."""
    if not data or data[0] != FORMAT_VERSION:
        raise WireError(f"batch of format {data[:1]!r}; this version of Kairos reads format {FORMAT_VERSION}")
    events: list[Event] = []
    at: i64 = 1
    while at < len(data):
        r = open_record(data, at)
        reader = EVENT_READERS.get(data[at])
        if reader is None:
            raise WireError(f"offset {at}: no event has code {data[at]}; was it written by a newer Kairos?")
        try:
            events.append(reader(r, data[at + 1]))
        except (KeyError, UnicodeDecodeError) as error:
            raise WireError(f"offset {at}: a value that no version of Kairos writes: {error}") from error
        if r.at != r.end:
            raise WireError(f"offset {at}: {r.end - r.at} bytes too many; was it written by a newer Kairos?")
        at = r.end
    return events


def decode_command(data: bytes) -> Command:
    """One command that fills `data`."""
    r = open_record(data, 0)
    reader = COMMAND_READERS.get(data[0])
    if reader is None:
        raise WireError(f"no command has code {data[0]}")
    try:
        command = reader(r, data[1])
    except (KeyError, UnicodeDecodeError) as error:
        raise WireError(f"a value that no version of Kairos writes: {error}") from error
    if r.at != len(data):
        raise WireError(f"{len(data) - r.at} bytes too many behind a command")
    return command


def open_record(data: bytes, at: i64) -> Reader:
    if at + 6 > len(data):
        raise WireError(f"record is cut off at offset {at}")
    size: i64 = int.from_bytes(data[at + 2 : at + 6], "little")
    if at + 6 + size > len(data):
        raise WireError(f"record at offset {at} says {size} bytes, {len(data) - at - 6} are there")
    return Reader(data, at + 6, at + 6 + size)

"""The bytes of commands and events, with a version from the first byte.

Generated from messages.schema by tools/generate_model.py: edit the table, not this file.
"""

from __future__ import annotations

from typing import Final

from librt.strings import BytesWriter, read_i64_le, write_i64_le
from mypy_extensions import i64

from kairos.model.commands import (
    AcknowledgeTrade,
    AdvanceTime,
    ApplyCorporateAction,
    AskWhatIf,
    BustTrade,
    CancelCross,
    CancelList,
    CancelOrder,
    CancelRoute,
    CancelSessionOrders,
    Command,
    CorrectTrade,
    DecideApproval,
    DefineAccount,
    DefineClient,
    DefineDesk,
    DefineInstrument,
    DefinePolicy,
    DefineRule,
    DefineUser,
    DefineVenue,
    DisputeTrade,
    EngageKill,
    ExecuteCross,
    ExecuteList,
    FinishOrder,
    LoadCheckPlugins,
    MassCancel,
    PlaceLimit,
    RecordTrade,
    RefuseRequest,
    ReleaseKill,
    ReleaseRule,
    RemoveLimit,
    RemoveRule,
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
    SetEntitlement,
    SetHalt,
    SetLimits,
    SetLocate,
    SetMarketDay,
    SetMarketFigures,
    SetRestriction,
    SetReturns,
    SetTradingRules,
    SetVenueState,
    StartTradingDay,
    SubmitCross,
    SubmitList,
    SubmitOrder,
    UpdateMark,
    WatchPlace,
)
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
    MassStatusReqType,
    NodeKind,
    OrdStatus,
    OrdType,
    ReleaseKind,
    RequestKind,
    ResponseKind,
    Role,
    ScopeKind,
    SecondReplace,
    Severity,
    Side,
    TimeInForce,
    VenueKind,
)
from kairos.model.events import (
    AccountDefined,
    AccountSnapshot,
    ApprovalDecided,
    ApprovalRequested,
    ApprovalsSnapshot,
    BookRestated,
    BoundSnapshot,
    CellSnapshot,
    CheckPluginLoaded,
    CheckPluginRemoved,
    ClientDefined,
    CommandRefused,
    CorporateActionApplied,
    CorporateActionSnapshot,
    CrossAccepted,
    CrossExecuted,
    CrossReplaced,
    DeskDefined,
    DeskSnapshot,
    DividendEntitled,
    EntitlementSet,
    Event,
    HaltChanged,
    IndicatorsSnapshot,
    InstrumentDefined,
    KillCompleted,
    KillEngaged,
    KillProgressed,
    KillReleased,
    KillSnapshot,
    LimitPlaced,
    LimitRemoved,
    LimitsSet,
    ListAccepted,
    ListFragmentReceived,
    ListOrderDecided,
    ListRefused,
    ListReported,
    LocateSet,
    MarketDaySet,
    MarketFiguresSet,
    MarkUpdated,
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
    OrderSnapshot,
    OrderSplit,
    OrderStatusReported,
    PlaceWatched,
    PolicyDefined,
    PositionDaySnapshot,
    PositionPnlSnapshot,
    PositionRestated,
    PositionSnapshot,
    PriceFallSnapshot,
    PurseSnapshot,
    RequestRefused,
    RequestRejected,
    RequestSnapshot,
    ResponseCompleted,
    ResponseEased,
    ResponseReleased,
    ResponseTaken,
    RestrictionSet,
    RestrictionWatched,
    ReturnsSet,
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
    RuleDefined,
    RuleRemoved,
    RuleSnapshot,
    SessionReceived,
    SessionRefused,
    SessionReset,
    SessionSent,
    SessionSnapshot,
    SoftLimitPassed,
    TradeAcknowledged,
    TradeBooked,
    TradeBusted,
    TradeCorrected,
    TradeDisputed,
    TradeSnapshot,
    TradingDayStarted,
    TradingRulesSet,
    UserDefined,
    VenueDefined,
    VenueReportRefused,
    VenueStateChanged,
    WhatIfReported,
)
from kairos.model.indicators import Indicator
from kairos.model.market_enums import (
    CorporateActionKind,
    OddLots,
    OrderTreatment,
    ReferencePrice,
    RestrictionKind,
    ShortSaleRule,
    TradingPhase,
)
from kairos.model.refusals import RefusalCode
from kairos.model.values import (
    NO_ORDER_DETAILS,
    NO_TRADE_DETAILS,
    ApprovalRule,
    BurstSlot,
    CheckPlugin,
    Contra,
    CurrencySlippage,
    DailyReturn,
    KeptExecution,
    Leg,
    Limit,
    Limits,
    MarketSpan,
    OrderDetails,
    OrderRef,
    Party,
    Place,
    PreAlloc,
    PriceBand,
    RuleAction,
    RuleLevel,
    RuleLevelTimes,
    Standing,
    Terms,
    TradeDetails,
    TrendState,
    Verdict,
)
from kairos.model.wire_types import Reader, WireError, begin_record, by_code, end_record, member

FORMAT_VERSION: Final = 1

ACK_POLICYS: Final[list[AckPolicy | None]] = by_code(AckPolicy)
APPROVAL_KINDS: Final[list[ApprovalKind | None]] = by_code(ApprovalKind)
APPROVAL_OUTCOMES: Final[list[ApprovalOutcome | None]] = by_code(ApprovalOutcome)
CORPORATE_ACTION_KINDS: Final[list[CorporateActionKind | None]] = by_code(CorporateActionKind)
CXL_REJ_RESPONSE_TOS: Final[list[CxlRejResponseTo | None]] = by_code(CxlRejResponseTo)
DKREASONS: Final[list[DKReason | None]] = by_code(DKReason)
EXEC_ACK_STATUSS: Final[list[ExecAckStatus | None]] = by_code(ExecAckStatus)
EXEC_TYPES: Final[list[ExecType | None]] = by_code(ExecType)
HANDL_INSTS: Final[list[HandlInst | None]] = by_code(HandlInst)
LIST_EXEC_INST_TYPES: Final[list[ListExecInstType | None]] = by_code(ListExecInstType)
LIST_ORDER_STATUSS: Final[list[ListOrderStatus | None]] = by_code(ListOrderStatus)
LIST_STATUS_TYPES: Final[list[ListStatusType | None]] = by_code(ListStatusType)
MASS_CANCEL_REQUEST_TYPES: Final[list[MassCancelRequestType | None]] = by_code(MassCancelRequestType)
MASS_STATUS_REQ_TYPES: Final[list[MassStatusReqType | None]] = by_code(MassStatusReqType)
NODE_KINDS: Final[list[NodeKind | None]] = by_code(NodeKind)
ODD_LOTSS: Final[list[OddLots | None]] = by_code(OddLots)
ORD_STATUSS: Final[list[OrdStatus | None]] = by_code(OrdStatus)
ORD_TYPES: Final[list[OrdType | None]] = by_code(OrdType)
ORDER_TREATMENTS: Final[list[OrderTreatment | None]] = by_code(OrderTreatment)
REFERENCE_PRICES: Final[list[ReferencePrice | None]] = by_code(ReferencePrice)
RELEASE_KINDS: Final[list[ReleaseKind | None]] = by_code(ReleaseKind)
REQUEST_KINDS: Final[list[RequestKind | None]] = by_code(RequestKind)
RESPONSE_KINDS: Final[list[ResponseKind | None]] = by_code(ResponseKind)
RESTRICTION_KINDS: Final[list[RestrictionKind | None]] = by_code(RestrictionKind)
ROLES: Final[list[Role | None]] = by_code(Role)
SCOPE_KINDS: Final[list[ScopeKind | None]] = by_code(ScopeKind)
SECOND_REPLACES: Final[list[SecondReplace | None]] = by_code(SecondReplace)
SEVERITYS: Final[list[Severity | None]] = by_code(Severity)
SHORT_SALE_RULES: Final[list[ShortSaleRule | None]] = by_code(ShortSaleRule)
SIDES: Final[list[Side | None]] = by_code(Side)
TIME_IN_FORCES: Final[list[TimeInForce | None]] = by_code(TimeInForce)
TRADING_PHASES: Final[list[TradingPhase | None]] = by_code(TradingPhase)
VENUE_KINDS: Final[list[VenueKind | None]] = by_code(VenueKind)
INDICATORS: Final[dict[str, Indicator]] = {m.value: m for m in Indicator}
LIMIT_KINDS: Final[dict[str, LimitKind]] = {m.value: m for m in LimitKind}
REFUSAL_CODES: Final[dict[str, RefusalCode]] = {m.value: m for m in RefusalCode}


def read_terms(data: bytes, at: i64) -> Terms:
    order_qty = read_i64_le(data, at)
    ord_type = member(ORD_TYPES, data[at + 8])
    price = read_i64_le(data, at + 9)
    stop_px = read_i64_le(data, at + 17)
    time_in_force = member(TIME_IN_FORCES, data[at + 25])
    expire_at_ns = read_i64_le(data, at + 26)
    max_floor = read_i64_le(data, at + 34)
    return Terms(order_qty, ord_type, price, stop_px, time_in_force, expire_at_ns, max_floor)


def read_standing(data: bytes, at: i64) -> Standing:
    ord_status = member(ORD_STATUSS, data[at])
    cum_qty = read_i64_le(data, at + 1)
    leaves_qty = read_i64_le(data, at + 9)
    avg_px = read_i64_le(data, at + 17)
    return Standing(ord_status, cum_qty, leaves_qty, avg_px)


def read_limits(r: Reader) -> Limits:
    data = r.data
    max_order_qty = r.get_i64()
    max_order_notional = r.get_money()
    at = r.take(16)
    collar_bps = read_i64_le(data, at)
    max_position = read_i64_le(data, at + 8)
    max_gross_exposure = r.get_money()
    max_net_exposure = r.get_money()
    at = r.take(16)
    rate_per_s = read_i64_le(data, at)
    rate_burst = read_i64_le(data, at + 8)
    return Limits(
        max_order_qty,
        max_order_notional,
        collar_bps,
        max_position,
        max_gross_exposure,
        max_net_exposure,
        rate_per_s,
        rate_burst,
    )


def read_place(r: Reader) -> Place:
    node = member(NODE_KINDS, r.get_byte())
    node_id = r.get_name()
    scope = member(SCOPE_KINDS, r.get_byte())
    scope_id = r.get_name()
    return Place(node, node_id, scope, scope_id)


def read_limit(r: Reader) -> Limit:
    data = r.data
    kind = LIMIT_KINDS[r.get_str()]
    severity = member(SEVERITYS, r.get_byte())
    value = r.get_money()
    currency = r.get_name()
    at = r.take(17)
    window_ns = read_i64_le(data, at)
    burst = read_i64_le(data, at + 8)
    exempt_closing = data[at + 16] != 0
    return Limit(kind, severity, value, currency, window_ns, burst, exempt_closing)


def read_verdict(r: Reader) -> Verdict:
    data = r.data
    code = REFUSAL_CODES[r.get_str()]
    place = read_place(r)
    at = r.take(2)
    severity = member(SEVERITYS, data[at])
    passes = data[at + 1] != 0
    what = r.get_name()
    seen = r.get_money()
    limit = r.get_money()
    headroom = r.get_money()
    unit = r.get_name()
    max_qty = r.get_i64()
    context = r.get_pairs()
    return Verdict(code, place, severity, passes, what, seen, limit, headroom, unit, max_qty, context)


def read_check_plugin(r: Reader) -> CheckPlugin:
    name = r.get_name()
    version = r.get_str()
    clause = r.get_str()
    text = r.get_str()
    return CheckPlugin(name, version, clause, text)


def read_approval_rule(r: Reader) -> ApprovalRule:
    data = r.data
    at = r.take(9)
    kind = member(APPROVAL_KINDS, data[at])
    expires_after_ns = read_i64_le(data, at + 1)
    notional = r.get_money()
    return ApprovalRule(kind, expires_after_ns, notional)


def read_daily_return(data: bytes, at: i64) -> DailyReturn:
    date = read_i64_le(data, at)
    ppm = read_i64_le(data, at + 8)
    return DailyReturn(date, ppm)


def read_currency_slippage(r: Reader) -> CurrencySlippage:
    currency = r.get_name()
    slippage = r.get_money()
    arrival = r.get_money()
    return CurrencySlippage(currency, slippage, arrival)


def read_burst_slot(data: bytes, at: i64) -> BurstSlot:
    slot = read_i64_le(data, at)
    count = read_i64_le(data, at + 8)
    fills = data[at + 16] != 0
    return BurstSlot(slot, count, fills)


def read_trend_state(r: Reader) -> TrendState:
    value = r.get_money()
    seen_ns = r.get_i64()
    moved = r.get_money()
    over_ns = r.get_i64()
    return TrendState(value, seen_ns, moved, over_ns)


def read_price_band(data: bytes, at: i64) -> PriceBand:
    from_px = read_i64_le(data, at)
    to_px = read_i64_le(data, at + 8)
    tick = read_i64_le(data, at + 16)
    return PriceBand(from_px, to_px, tick)


def read_market_span(r: Reader) -> MarketSpan:
    data = r.data
    name = r.get_name()
    at = r.take(19)
    phase = member(TRADING_PHASES, data[at])
    starts_ns = read_i64_le(data, at + 1)
    ends_ns = read_i64_le(data, at + 9)
    takes_orders = data[at + 17] != 0
    takes_cancels = data[at + 18] != 0
    kinds = r.get_str()
    return MarketSpan(name, phase, starts_ns, ends_ns, takes_orders, takes_cancels, kinds)


def read_rule_action(r: Reader) -> RuleAction:
    data = r.data
    at = r.take(17)
    kind = member(RESPONSE_KINDS, data[at])
    share_bps = read_i64_le(data, at + 1)
    spacing_ns = read_i64_le(data, at + 9)
    algo = r.get_name()
    return RuleAction(kind, share_bps, spacing_ns, algo)


def read_rule_level(r: Reader) -> RuleLevel:
    data = r.data
    threshold = r.get_money()
    release_at = r.get_money()
    actions = tuple([read_rule_action(r) for _ in range(r.get_count())])
    at = r.take(17)
    release = member(RELEASE_KINDS, data[at])
    after_ns = read_i64_le(data, at + 1)
    cool_off_ns = read_i64_le(data, at + 9)
    return RuleLevel(threshold, release_at, actions, release, after_ns, cool_off_ns)


def read_rule_level_times(data: bytes, at: i64) -> RuleLevelTimes:
    taken_at_ns = read_i64_le(data, at)
    left_at_ns = read_i64_le(data, at + 8)
    return RuleLevelTimes(taken_at_ns, left_at_ns)


def read_order_ref(data: bytes, at: i64) -> OrderRef:
    order_id = read_i64_le(data, at)
    return OrderRef(order_id)


def read_party(r: Reader) -> Party:
    party_id = r.get_str()
    source = r.get_str()
    role = r.get_str()
    sub_ids = r.get_pairs()
    return Party(party_id, source, role, sub_ids)


def read_pre_alloc(r: Reader) -> PreAlloc:
    account = r.get_str()
    source = r.get_str()
    currency = r.get_name()
    individual_id = r.get_str()
    qty = r.get_i64()
    parties = tuple([read_party(r) for _ in range(r.get_count())])
    return PreAlloc(account, source, currency, individual_id, qty, parties)


def read_order_details(r: Reader) -> OrderDetails:
    if not r.get_bool():
        return NO_ORDER_DETAILS
    acct_id_source = r.get_str()
    account_type = r.get_str()
    order_capacity = r.get_str()
    order_restrictions = r.get_str()
    cust_order_capacity = r.get_str()
    exec_inst = r.get_str()
    position_effect = r.get_str()
    covered_or_uncovered = r.get_str()
    settl_type = r.get_str()
    settl_date = r.get_str()
    locate_reqd = r.get_str()
    solicited_flag = r.get_str()
    trade_date = r.get_str()
    trade_origination_date = r.get_str()
    secondary_cl_ord_id = r.get_str()
    cl_ord_link_id = r.get_str()
    encoded_text = r.get_str()
    min_qty = r.get_i64()
    parties = tuple([read_party(r) for _ in range(r.get_count())])
    allocs = tuple([read_pre_alloc(r) for _ in range(r.get_count())])
    custom = r.get_pairs()
    return OrderDetails(
        acct_id_source,
        account_type,
        order_capacity,
        order_restrictions,
        cust_order_capacity,
        exec_inst,
        position_effect,
        covered_or_uncovered,
        settl_type,
        settl_date,
        locate_reqd,
        solicited_flag,
        trade_date,
        trade_origination_date,
        secondary_cl_ord_id,
        cl_ord_link_id,
        encoded_text,
        min_qty,
        parties,
        allocs,
        custom,
    )


def read_kept_execution(data: bytes, at: i64) -> KeptExecution:
    exec_id = read_i64_le(data, at)
    qty = read_i64_le(data, at + 8)
    px = read_i64_le(data, at + 16)
    return KeptExecution(exec_id, qty, px)


def read_contra(r: Reader) -> Contra:
    data = r.data
    contra_broker = r.get_str()
    contra_trader = r.get_str()
    at = r.take(16)
    contra_trade_qty = read_i64_le(data, at)
    contra_trade_at_ns = read_i64_le(data, at + 8)
    return Contra(contra_broker, contra_trader, contra_trade_qty, contra_trade_at_ns)


def read_trade_details(r: Reader) -> TradeDetails:
    if not r.get_bool():
        return NO_TRADE_DETAILS
    last_mkt = r.get_str()
    last_capacity = r.get_str()
    last_liquidity_ind = r.get_str()
    trade_date = r.get_str()
    settl_type = r.get_str()
    settl_date = r.get_str()
    contras = tuple([read_contra(r) for _ in range(r.get_count())])
    return TradeDetails(last_mkt, last_capacity, last_liquidity_ind, trade_date, settl_type, settl_date, contras)


def read_leg(r: Reader) -> Leg:
    data = r.data
    instrument_id = r.get_name()
    at = r.take(9)
    ratio = read_i64_le(data, at)
    side = member(SIDES, data[at + 8])
    return Leg(instrument_id, ratio, side)


def read_submit_order(r: Reader, version: i64) -> SubmitOrder:
    data = r.data
    session = r.get_name()
    client_id = r.get_name()
    cl_ord_id = r.get_str()
    account_id = r.get_name()
    instrument_id = r.get_name()
    at = r.take(44)
    side = member(SIDES, data[at])
    handl_inst = member(HANDL_INSTS, data[at + 1])
    terms = read_terms(data, at + 2)
    venue_id = r.get_name()
    text = r.get_str()
    at = r.take(9)
    transact_time_ns = read_i64_le(data, at)
    poss_resend = data[at + 8] != 0
    user_id = r.get_name()
    cash_qty = r.get_money() if version >= 2 else 0
    verbal_cl_ord_id = r.get_str() if version >= 2 else ""
    details = read_order_details(r) if version >= 2 else NO_ORDER_DETAILS
    strategy_id = r.get_name() if version >= 3 else ""
    reason = r.get_str() if version >= 3 else ""
    return SubmitOrder(
        session,
        client_id,
        cl_ord_id,
        account_id,
        instrument_id,
        side,
        handl_inst,
        terms,
        venue_id,
        text,
        transact_time_ns,
        poss_resend,
        user_id,
        cash_qty,
        verbal_cl_ord_id,
        details,
        strategy_id,
        reason,
    )


def read_replace_order(r: Reader, version: i64) -> ReplaceOrder:
    data = r.data
    session = r.get_name()
    client_id = r.get_name()
    cl_ord_id = r.get_str()
    orig_cl_ord_id = r.get_str()
    order_id = r.get_i64()
    instrument_id = r.get_name()
    at = r.take(43)
    side = member(SIDES, data[at])
    terms = read_terms(data, at + 1)
    text = r.get_str()
    transact_time_ns = r.get_i64()
    user_id = r.get_name()
    details = read_order_details(r) if version >= 2 else NO_ORDER_DETAILS
    keep_details = r.get_bool() if version >= 2 else False
    account_id = r.get_name() if version >= 2 else ""
    handl_inst = r.get_str() if version >= 2 else ""
    venue_id = r.get_name() if version >= 2 else ""
    reason = r.get_str() if version >= 3 else ""
    strategy_id = r.get_name() if version >= 3 else ""
    return ReplaceOrder(
        session,
        client_id,
        cl_ord_id,
        orig_cl_ord_id,
        order_id,
        instrument_id,
        side,
        terms,
        text,
        transact_time_ns,
        user_id,
        details,
        keep_details,
        account_id,
        handl_inst,
        venue_id,
        reason,
        strategy_id,
    )


def read_cancel_order(r: Reader) -> CancelOrder:
    session = r.get_name()
    client_id = r.get_name()
    cl_ord_id = r.get_str()
    orig_cl_ord_id = r.get_str()
    order_id = r.get_i64()
    instrument_id = r.get_name()
    text = r.get_str()
    transact_time_ns = r.get_i64()
    user_id = r.get_name()
    return CancelOrder(
        session, client_id, cl_ord_id, orig_cl_ord_id, order_id, instrument_id, text, transact_time_ns, user_id
    )


def read_request_order_status(r: Reader) -> RequestOrderStatus:
    session = r.get_name()
    client_id = r.get_name()
    cl_ord_id = r.get_str()
    order_id = r.get_i64()
    instrument_id = r.get_name()
    side = member(SIDES, r.get_byte())
    request_id = r.get_str()
    return RequestOrderStatus(session, client_id, cl_ord_id, order_id, instrument_id, side, request_id)


def read_mass_cancel(r: Reader, version: i64) -> MassCancel:
    session = r.get_name()
    client_id = r.get_name()
    cl_ord_id = r.get_str()
    request_type = member(MASS_CANCEL_REQUEST_TYPES, r.get_byte())
    instrument_id = r.get_name()
    transact_time_ns = r.get_i64()
    user_id = r.get_name()
    account_id = r.get_name() if version >= 2 else ""
    entitled = member(NODE_KINDS, r.get_byte()) if version >= 2 else NodeKind.CLIENT
    return MassCancel(
        session, client_id, cl_ord_id, request_type, instrument_id, transact_time_ns, user_id, account_id, entitled
    )


def read_request_mass_status(r: Reader) -> RequestMassStatus:
    session = r.get_name()
    client_id = r.get_name()
    request_id = r.get_str()
    request_type = member(MASS_STATUS_REQ_TYPES, r.get_byte())
    instrument_id = r.get_name()
    return RequestMassStatus(session, client_id, request_id, request_type, instrument_id)


def read_dispute_trade(r: Reader) -> DisputeTrade:
    data = r.data
    session = r.get_name()
    at = r.take(17)
    order_id = read_i64_le(data, at)
    exec_id = read_i64_le(data, at + 8)
    reason = member(DKREASONS, data[at + 16])
    text = r.get_str()
    return DisputeTrade(session, order_id, exec_id, reason, text)


def read_route_order(r: Reader) -> RouteOrder:
    order_id = r.get_i64()
    venue_id = r.get_name()
    terms = read_terms(r.data, r.take(42))
    user_id = r.get_name()
    return RouteOrder(order_id, venue_id, terms, user_id)


def read_cancel_route(r: Reader) -> CancelRoute:
    route_id = r.get_i64()
    user_id = r.get_name()
    return CancelRoute(route_id, user_id)


def read_record_trade(r: Reader) -> RecordTrade:
    data = r.data
    at = r.take(24)
    order_id = read_i64_le(data, at)
    last_qty = read_i64_le(data, at + 8)
    last_px = read_i64_le(data, at + 16)
    contra = r.get_str()
    user_id = r.get_name()
    return RecordTrade(order_id, last_qty, last_px, contra, user_id)


def read_bust_trade(r: Reader) -> BustTrade:
    exec_id = r.get_i64()
    text = r.get_str()
    user_id = r.get_name()
    return BustTrade(exec_id, text, user_id)


def read_correct_trade(r: Reader) -> CorrectTrade:
    data = r.data
    at = r.take(24)
    exec_id = read_i64_le(data, at)
    last_qty = read_i64_le(data, at + 8)
    last_px = read_i64_le(data, at + 16)
    text = r.get_str()
    user_id = r.get_name()
    return CorrectTrade(exec_id, last_qty, last_px, text, user_id)


def read_resolve_route(r: Reader) -> ResolveRoute:
    data = r.data
    at = r.take(9)
    route_id = read_i64_le(data, at)
    ord_status = member(ORD_STATUSS, data[at + 8])
    text = r.get_str()
    user_id = r.get_name()
    return ResolveRoute(route_id, ord_status, text, user_id)


def read_finish_order(r: Reader) -> FinishOrder:
    order_id = r.get_i64()
    text = r.get_str()
    user_id = r.get_name()
    return FinishOrder(order_id, text, user_id)


def read_report_execution(r: Reader, version: i64) -> ReportExecution:
    data = r.data
    venue_id = r.get_name()
    at = r.take(2)
    exec_type = member(EXEC_TYPES, data[at])
    ord_status = member(ORD_STATUSS, data[at + 1])
    cl_ord_id = r.get_str()
    orig_cl_ord_id = r.get_str()
    venue_order_id = r.get_str()
    exec_id = r.get_str()
    exec_ref_id = r.get_str()
    at = r.take(48)
    last_qty = read_i64_le(data, at)
    last_px = read_i64_le(data, at + 8)
    cum_qty = read_i64_le(data, at + 16)
    leaves_qty = read_i64_le(data, at + 24)
    order_qty = read_i64_le(data, at + 32)
    price = read_i64_le(data, at + 40)
    rej_reason = r.get_str()
    text = r.get_str()
    at = r.take(9)
    transact_time_ns = read_i64_le(data, at)
    poss_dup = data[at + 8] != 0
    details = read_trade_details(r) if version >= 2 else NO_TRADE_DETAILS
    copied = r.get_bool() if version >= 2 else False
    of_leg = r.get_bool() if version >= 2 else False
    status_req_id = r.get_str() if version >= 3 else ""
    return ReportExecution(
        venue_id,
        exec_type,
        ord_status,
        cl_ord_id,
        orig_cl_ord_id,
        venue_order_id,
        exec_id,
        exec_ref_id,
        last_qty,
        last_px,
        cum_qty,
        leaves_qty,
        order_qty,
        price,
        rej_reason,
        text,
        transact_time_ns,
        poss_dup,
        details,
        copied,
        of_leg,
        status_req_id,
    )


def read_report_cancel_reject(r: Reader) -> ReportCancelReject:
    venue_id = r.get_name()
    cl_ord_id = r.get_str()
    orig_cl_ord_id = r.get_str()
    venue_order_id = r.get_str()
    ord_status = member(ORD_STATUSS, r.get_byte())
    rej_reason = r.get_str()
    response_to = member(CXL_REJ_RESPONSE_TOS, r.get_byte())
    text = r.get_str()
    return ReportCancelReject(
        venue_id, cl_ord_id, orig_cl_ord_id, venue_order_id, ord_status, rej_reason, response_to, text
    )


def read_report_venue_refusal(r: Reader) -> ReportVenueRefusal:
    venue_id = r.get_name()
    cl_ord_id = r.get_str()
    text = r.get_str()
    return ReportVenueRefusal(venue_id, cl_ord_id, text)


def read_set_venue_state(r: Reader) -> SetVenueState:
    venue_id = r.get_name()
    up = r.get_bool()
    return SetVenueState(venue_id, up)


def read_define_instrument(r: Reader, version: i64) -> DefineInstrument:
    data = r.data
    instrument_id = r.get_name()
    symbol = r.get_str()
    mic = r.get_name()
    name = r.get_str()
    currency = r.get_name()
    isin = r.get_str()
    cfi = r.get_str()
    at = r.take(32)
    tick_size = read_i64_le(data, at)
    lot_size = read_i64_le(data, at + 8)
    multiplier = read_i64_le(data, at + 16)
    reference_px = read_i64_le(data, at + 24)
    user_id = r.get_name()
    legs = tuple([read_leg(r) for _ in range(r.get_count())]) if version >= 2 else ()
    instrument_class = r.get_name() if version >= 3 else ""
    return DefineInstrument(
        instrument_id,
        symbol,
        mic,
        name,
        currency,
        isin,
        cfi,
        tick_size,
        lot_size,
        multiplier,
        reference_px,
        user_id,
        legs,
        instrument_class,
    )


def read_define_client(r: Reader, version: i64) -> DefineClient:
    client_id = r.get_name()
    name = r.get_str()
    active = r.get_bool()
    user_id = r.get_name()
    ack = member(ACK_POLICYS, r.get_byte()) if version >= 2 else AckPolicy.ON_RECEIPT
    second_replace = member(SECOND_REPLACES, r.get_byte()) if version >= 2 else SecondReplace.IN_TURN
    return DefineClient(client_id, name, active, user_id, ack, second_replace)


def read_define_account(r: Reader, version: i64) -> DefineAccount:
    account_id = r.get_name()
    client_id = r.get_name()
    name = r.get_str()
    currency = r.get_name()
    cash = r.get_money()
    active = r.get_bool()
    user_id = r.get_name()
    desk_id = r.get_name() if version >= 2 else ""
    trader_id = r.get_name() if version >= 2 else ""
    return DefineAccount(account_id, client_id, name, currency, cash, active, user_id, desk_id, trader_id)


def read_define_user(r: Reader, version: i64) -> DefineUser:
    data = r.data
    user_id = r.get_name()
    name = r.get_str()
    at = r.take(2)
    role = member(ROLES, data[at])
    active = data[at + 1] != 0
    by_user_id = r.get_name()
    desk_id = r.get_name() if version >= 2 else ""
    return DefineUser(user_id, name, role, active, by_user_id, desk_id)


def read_define_venue(r: Reader, version: i64) -> DefineVenue:
    venue_id = r.get_name()
    kind = member(VENUE_KINDS, r.get_byte())
    name = r.get_str()
    mic = r.get_name()
    ack_timeout_ns = r.get_i64()
    user_id = r.get_name()
    exec_inst = r.get_str() if version >= 2 else ""
    settl_types = r.get_str() if version >= 2 else ""
    min_qty = r.get_bool() if version >= 2 else False
    return DefineVenue(venue_id, kind, name, mic, ack_timeout_ns, user_id, exec_inst, settl_types, min_qty)


def read_set_limits(r: Reader) -> SetLimits:
    account_id = r.get_name()
    limits = read_limits(r)
    user_id = r.get_name()
    return SetLimits(account_id, limits, user_id)


def read_place_limit(r: Reader) -> PlaceLimit:
    place = read_place(r)
    limit = read_limit(r)
    text = r.get_str()
    user_id = r.get_name()
    return PlaceLimit(place, limit, text, user_id)


def read_remove_limit(r: Reader) -> RemoveLimit:
    place = read_place(r)
    kind = LIMIT_KINDS[r.get_str()]
    text = r.get_str()
    user_id = r.get_name()
    return RemoveLimit(place, kind, text, user_id)


def read_define_desk(r: Reader) -> DefineDesk:
    desk_id = r.get_name()
    name = r.get_str()
    active = r.get_bool()
    user_id = r.get_name()
    currency = r.get_name()
    return DefineDesk(desk_id, name, active, user_id, currency)


def read_set_entitlement(r: Reader) -> SetEntitlement:
    place = read_place(r)
    holder_id = r.get_name()
    session = r.get_name()
    granted = r.get_bool()
    text = r.get_str()
    user_id = r.get_name()
    return SetEntitlement(place, holder_id, session, granted, text, user_id)


def read_ask_what_if(r: Reader) -> AskWhatIf:
    order = r.get_bytes()
    question_id = r.get_str()
    user_id = r.get_name()
    return AskWhatIf(order, question_id, user_id)


def read_load_check_plugins(r: Reader) -> LoadCheckPlugins:
    plugins = tuple([read_check_plugin(r) for _ in range(r.get_count())])
    user_id = r.get_name()
    return LoadCheckPlugins(plugins, user_id)


def read_set_returns(r: Reader) -> SetReturns:
    instrument_id = r.get_name()
    returns = tuple([read_daily_return(r.data, r.take(16)) for _ in range(r.get_count())])
    text = r.get_str()
    user_id = r.get_name()
    return SetReturns(instrument_id, returns, text, user_id)


def read_set_trading_rules(r: Reader) -> SetTradingRules:
    data = r.data
    instrument_id = r.get_name()
    trading_date = r.get_i64()
    bands = tuple([read_price_band(r.data, r.take(24)) for _ in range(r.get_count())])
    at = r.take(62)
    holds_end = data[at] != 0
    low_px = read_i64_le(data, at + 1)
    high_px = read_i64_le(data, at + 9)
    min_qty = read_i64_le(data, at + 17)
    qty_step = read_i64_le(data, at + 25)
    max_qty = read_i64_le(data, at + 33)
    odd_lots = member(ODD_LOTSS, data[at + 41])
    short_sale = member(SHORT_SALE_RULES, data[at + 42])
    after_fall_bps = read_i64_le(data, at + 43)
    marking = data[at + 51] != 0
    locate = data[at + 52] != 0
    reference = member(REFERENCE_PRICES, data[at + 53])
    max_mark_age_ns = read_i64_le(data, at + 54)
    user_id = r.get_name()
    return SetTradingRules(
        instrument_id,
        trading_date,
        bands,
        holds_end,
        low_px,
        high_px,
        min_qty,
        qty_step,
        max_qty,
        odd_lots,
        short_sale,
        after_fall_bps,
        marking,
        locate,
        reference,
        max_mark_age_ns,
        user_id,
    )


def read_set_market_day(r: Reader) -> SetMarketDay:
    mic = r.get_name()
    trading_date = r.get_i64()
    spans = tuple([read_market_span(r) for _ in range(r.get_count())])
    takes_early = r.get_bool()
    user_id = r.get_name()
    return SetMarketDay(mic, trading_date, spans, takes_early, user_id)


def read_set_halt(r: Reader) -> SetHalt:
    instrument_id = r.get_name()
    mic = r.get_name()
    halted = r.get_bool()
    text = r.get_str()
    user_id = r.get_name()
    return SetHalt(instrument_id, mic, halted, text, user_id)


def read_set_market_figures(r: Reader) -> SetMarketFigures:
    data = r.data
    instrument_id = r.get_name()
    at = r.take(24)
    close_px = read_i64_le(data, at)
    adv = read_i64_le(data, at + 8)
    volatility_bps = read_i64_le(data, at + 16)
    user_id = r.get_name()
    return SetMarketFigures(instrument_id, close_px, adv, volatility_bps, user_id)


def read_set_locate(r: Reader) -> SetLocate:
    account_id = r.get_name()
    instrument_id = r.get_name()
    qty = r.get_i64()
    text = r.get_str()
    user_id = r.get_name()
    return SetLocate(account_id, instrument_id, qty, text, user_id)


def read_define_rule(r: Reader) -> DefineRule:
    data = r.data
    rule_id = r.get_name()
    indicator = INDICATORS[r.get_str()]
    place = read_place(r)
    at = r.take(2)
    each = data[at] != 0
    above = data[at + 1] != 0
    levels = tuple([read_rule_level(r) for _ in range(r.get_count())])
    dry_run = r.get_bool()
    text = r.get_str()
    user_id = r.get_name()
    return DefineRule(rule_id, indicator, place, each, above, levels, dry_run, text, user_id)


def read_remove_rule(r: Reader) -> RemoveRule:
    rule_id = r.get_name()
    text = r.get_str()
    user_id = r.get_name()
    return RemoveRule(rule_id, text, user_id)


def read_release_rule(r: Reader) -> ReleaseRule:
    rule_id = r.get_name()
    place = read_place(r)
    text = r.get_str()
    user_id = r.get_name()
    return ReleaseRule(rule_id, place, text, user_id)


def read_watch_place(r: Reader) -> WatchPlace:
    place = read_place(r)
    user_id = r.get_name()
    return WatchPlace(place, user_id)


def read_set_restriction(r: Reader, version: i64) -> SetRestriction:
    instrument_id = r.get_name()
    restricted = r.get_bool()
    text = r.get_str()
    user_id = r.get_name()
    kind = member(RESTRICTION_KINDS, r.get_byte()) if version >= 2 else RestrictionKind.RESTRICTED
    node = member(NODE_KINDS, r.get_byte()) if version >= 2 else NodeKind.FIRM
    node_id = r.get_name() if version >= 2 else ""
    return SetRestriction(instrument_id, restricted, text, user_id, kind, node, node_id)


def read_engage_kill(r: Reader, version: i64) -> EngageKill:
    account_id = r.get_name()
    text = r.get_str()
    user_id = r.get_name()
    node = member(NODE_KINDS, r.get_byte()) if version >= 2 else NodeKind.FIRM
    node_id = r.get_name() if version >= 2 else ""
    scope = member(SCOPE_KINDS, r.get_byte()) if version >= 2 else ScopeKind.ALL
    scope_id = r.get_name() if version >= 2 else ""
    venue_id = r.get_name() if version >= 2 else ""
    word = r.get_str() if version >= 2 else ""
    return EngageKill(account_id, text, user_id, node, node_id, scope, scope_id, venue_id, word)


def read_release_kill(r: Reader, version: i64) -> ReleaseKill:
    account_id = r.get_name()
    text = r.get_str()
    user_id = r.get_name()
    node = member(NODE_KINDS, r.get_byte()) if version >= 2 else NodeKind.FIRM
    node_id = r.get_name() if version >= 2 else ""
    scope = member(SCOPE_KINDS, r.get_byte()) if version >= 2 else ScopeKind.ALL
    scope_id = r.get_name() if version >= 2 else ""
    venue_id = r.get_name() if version >= 2 else ""
    word = r.get_str() if version >= 2 else ""
    return ReleaseKill(account_id, text, user_id, node, node_id, scope, scope_id, venue_id, word)


def read_define_policy(r: Reader) -> DefinePolicy:
    rules = tuple([read_approval_rule(r) for _ in range(r.get_count())])
    text = r.get_str()
    user_id = r.get_name()
    return DefinePolicy(rules, text, user_id)


def read_decide_approval(r: Reader) -> DecideApproval:
    data = r.data
    at = r.take(9)
    approval_id = read_i64_le(data, at)
    approve = data[at + 8] != 0
    word = r.get_str()
    text = r.get_str()
    user_id = r.get_name()
    return DecideApproval(approval_id, approve, word, text, user_id)


def read_update_mark(r: Reader) -> UpdateMark:
    data = r.data
    instrument_id = r.get_name()
    at = r.take(24)
    bid_px = read_i64_le(data, at)
    ask_px = read_i64_le(data, at + 8)
    last_px = read_i64_le(data, at + 16)
    return UpdateMark(instrument_id, bid_px, ask_px, last_px)


def read_start_trading_day(r: Reader) -> StartTradingDay:
    trading_date = r.get_i64()
    return StartTradingDay(trading_date)


def read_advance_time(r: Reader) -> AdvanceTime:
    return AdvanceTime()


def read_restate_order(r: Reader) -> RestateOrder:
    data = r.data
    at = r.take(32)
    order_id = read_i64_le(data, at)
    numerator = read_i64_le(data, at + 8)
    denominator = read_i64_le(data, at + 16)
    price = read_i64_le(data, at + 24)
    text = r.get_str()
    user_id = r.get_name()
    return RestateOrder(order_id, numerator, denominator, price, text, user_id)


def read_apply_corporate_action(r: Reader) -> ApplyCorporateAction:
    data = r.data
    action_id = r.get_str()
    instrument_id = r.get_name()
    at = r.take(33)
    kind = member(CORPORATE_ACTION_KINDS, data[at])
    ex_date = read_i64_le(data, at + 1)
    numerator = read_i64_le(data, at + 9)
    denominator = read_i64_le(data, at + 17)
    cash = read_i64_le(data, at + 25)
    currency = r.get_name()
    at = r.take(18)
    orders = member(ORDER_TREATMENTS, data[at])
    reference_px = read_i64_le(data, at + 1)
    reference_unit = read_i64_le(data, at + 9)
    leave_live = data[at + 17] != 0
    text = r.get_str()
    user_id = r.get_name()
    return ApplyCorporateAction(
        action_id,
        instrument_id,
        kind,
        ex_date,
        numerator,
        denominator,
        cash,
        currency,
        orders,
        reference_px,
        reference_unit,
        leave_live,
        text,
        user_id,
    )


def read_cancel_session_orders(r: Reader) -> CancelSessionOrders:
    session = r.get_name()
    outliving = r.get_bool()
    text = r.get_str()
    return CancelSessionOrders(session, outliving, text)


def read_submit_list(r: Reader) -> SubmitList:
    data = r.data
    list_id = r.get_str()
    client_id = r.get_name()
    session = r.get_name()
    at = r.take(9)
    tot_no_orders = read_i64_le(data, at)
    exec_inst_type = member(LIST_EXEC_INST_TYPES, data[at + 8])
    text = r.get_str()
    orders = r.get_bytes()
    at = r.take(2)
    last_fragment = data[at] != 0
    poss_resend = data[at + 1] != 0
    user_id = r.get_name()
    return SubmitList(
        list_id, client_id, session, tot_no_orders, exec_inst_type, text, orders, last_fragment, poss_resend, user_id
    )


def read_execute_list(r: Reader) -> ExecuteList:
    list_id = r.get_str()
    client_id = r.get_name()
    session = r.get_name()
    text = r.get_str()
    user_id = r.get_name()
    return ExecuteList(list_id, client_id, session, text, user_id)


def read_cancel_list(r: Reader) -> CancelList:
    list_id = r.get_str()
    client_id = r.get_name()
    session = r.get_name()
    text = r.get_str()
    user_id = r.get_name()
    return CancelList(list_id, client_id, session, text, user_id)


def read_request_list_status(r: Reader) -> RequestListStatus:
    list_id = r.get_str()
    client_id = r.get_name()
    session = r.get_name()
    return RequestListStatus(list_id, client_id, session)


def read_submit_cross(r: Reader) -> SubmitCross:
    cross_id = r.get_str()
    client_id = r.get_name()
    session = r.get_name()
    orders = r.get_bytes()
    user_id = r.get_name()
    return SubmitCross(cross_id, client_id, session, orders, user_id)


def read_replace_cross(r: Reader) -> ReplaceCross:
    cross_id = r.get_str()
    client_id = r.get_name()
    session = r.get_name()
    orig_cross_id = r.get_str()
    requests = r.get_bytes()
    user_id = r.get_name()
    return ReplaceCross(cross_id, client_id, session, orig_cross_id, requests, user_id)


def read_cancel_cross(r: Reader) -> CancelCross:
    cross_id = r.get_str()
    client_id = r.get_name()
    session = r.get_name()
    orig_cross_id = r.get_str()
    requests = r.get_bytes()
    user_id = r.get_name()
    return CancelCross(cross_id, client_id, session, orig_cross_id, requests, user_id)


def read_execute_cross(r: Reader) -> ExecuteCross:
    cross_id = r.get_str()
    client_id = r.get_name()
    last_px = r.get_i64()
    user_id = r.get_name()
    return ExecuteCross(cross_id, client_id, last_px, user_id)


def read_acknowledge_trade(r: Reader) -> AcknowledgeTrade:
    data = r.data
    session = r.get_name()
    at = r.take(17)
    order_id = read_i64_le(data, at)
    exec_id = read_i64_le(data, at + 8)
    status = member(EXEC_ACK_STATUSS, data[at + 16])
    text = r.get_str()
    return AcknowledgeTrade(session, order_id, exec_id, status, text)


def read_refuse_request(r: Reader) -> RefuseRequest:
    request = r.get_bytes()
    code = REFUSAL_CODES[r.get_str()]
    context = r.get_pairs()
    return RefuseRequest(request, code, context)


def read_order_accepted(r: Reader, version: i64) -> OrderAccepted:
    data = r.data
    at = r.take(24)
    at_ns = read_i64_le(data, at)
    order_id = read_i64_le(data, at + 8)
    exec_id = read_i64_le(data, at + 16)
    session = r.get_name()
    client_id = r.get_name()
    cl_ord_id = r.get_str()
    account_id = r.get_name()
    instrument_id = r.get_name()
    at = r.take(44)
    side = member(SIDES, data[at])
    handl_inst = member(HANDL_INSTS, data[at + 1])
    terms = read_terms(data, at + 2)
    venue_id = r.get_name()
    text = r.get_str()
    transact_time_ns = r.get_i64()
    user_id = r.get_name()
    reserve_px = r.get_i64()
    pending = r.get_bool() if version >= 2 else False
    cash_qty = r.get_money() if version >= 2 else 0
    verbal_cl_ord_id = r.get_str() if version >= 2 else ""
    details = read_order_details(r) if version >= 2 else NO_ORDER_DETAILS
    strategy_id = r.get_name() if version >= 3 else ""
    trader_id = r.get_name() if version >= 3 else ""
    reason = r.get_str() if version >= 3 else ""
    return OrderAccepted(
        at_ns,
        order_id,
        exec_id,
        session,
        client_id,
        cl_ord_id,
        account_id,
        instrument_id,
        side,
        handl_inst,
        terms,
        venue_id,
        text,
        transact_time_ns,
        user_id,
        reserve_px,
        pending,
        cash_qty,
        verbal_cl_ord_id,
        details,
        strategy_id,
        trader_id,
        reason,
    )


def read_order_refused(r: Reader, version: i64) -> OrderRefused:
    data = r.data
    at = r.take(24)
    at_ns = read_i64_le(data, at)
    order_id = read_i64_le(data, at + 8)
    exec_id = read_i64_le(data, at + 16)
    session = r.get_name()
    client_id = r.get_name()
    cl_ord_id = r.get_str()
    account_id = r.get_name()
    instrument_id = r.get_name()
    at = r.take(43)
    side = member(SIDES, data[at])
    terms = read_terms(data, at + 1)
    code = REFUSAL_CODES[r.get_str()]
    context = r.get_pairs()
    standing = read_standing(r.data, r.take(25))
    text = r.get_str()
    user_id = r.get_name()
    cash_qty = r.get_money() if version >= 2 else 0
    list_id = r.get_str() if version >= 2 else ""
    cross_id = r.get_str() if version >= 2 else ""
    details = read_order_details(r) if version >= 2 else NO_ORDER_DETAILS
    strategy_id = r.get_name() if version >= 3 else ""
    return OrderRefused(
        at_ns,
        order_id,
        exec_id,
        session,
        client_id,
        cl_ord_id,
        account_id,
        instrument_id,
        side,
        terms,
        code,
        context,
        standing,
        text,
        user_id,
        cash_qty,
        list_id,
        cross_id,
        details,
        strategy_id,
    )


def read_order_cancel_pending(r: Reader) -> OrderCancelPending:
    data = r.data
    at = r.take(24)
    at_ns = read_i64_le(data, at)
    order_id = read_i64_le(data, at + 8)
    exec_id = read_i64_le(data, at + 16)
    session = r.get_name()
    cl_ord_id = r.get_str()
    orig_cl_ord_id = r.get_str()
    at = r.take(67)
    terms = read_terms(data, at)
    standing = read_standing(data, at + 42)
    text = r.get_str()
    user_id = r.get_name()
    return OrderCancelPending(
        at_ns, order_id, exec_id, session, cl_ord_id, orig_cl_ord_id, terms, standing, text, user_id
    )


def read_order_replace_pending(r: Reader, version: i64) -> OrderReplacePending:
    data = r.data
    at = r.take(24)
    at_ns = read_i64_le(data, at)
    order_id = read_i64_le(data, at + 8)
    exec_id = read_i64_le(data, at + 16)
    session = r.get_name()
    cl_ord_id = r.get_str()
    orig_cl_ord_id = r.get_str()
    at = r.take(117)
    terms = read_terms(data, at)
    new_terms = read_terms(data, at + 42)
    standing = read_standing(data, at + 84)
    reserve_px = read_i64_le(data, at + 109)
    text = r.get_str()
    user_id = r.get_name()
    quiet = r.get_bool() if version >= 2 else False
    new_details = read_order_details(r) if version >= 2 else NO_ORDER_DETAILS
    details = read_order_details(r) if version >= 2 else NO_ORDER_DETAILS
    return OrderReplacePending(
        at_ns,
        order_id,
        exec_id,
        session,
        cl_ord_id,
        orig_cl_ord_id,
        terms,
        new_terms,
        standing,
        reserve_px,
        text,
        user_id,
        quiet,
        new_details,
        details,
    )


def read_order_replaced(r: Reader, version: i64) -> OrderReplaced:
    data = r.data
    at = r.take(24)
    at_ns = read_i64_le(data, at)
    order_id = read_i64_le(data, at + 8)
    exec_id = read_i64_le(data, at + 16)
    cl_ord_id = r.get_str()
    orig_cl_ord_id = r.get_str()
    at = r.take(67)
    terms = read_terms(data, at)
    standing = read_standing(data, at + 42)
    text = r.get_str()
    details = read_order_details(r) if version >= 2 else NO_ORDER_DETAILS
    return OrderReplaced(at_ns, order_id, exec_id, cl_ord_id, orig_cl_ord_id, terms, standing, text, details)


def read_request_refused(r: Reader) -> RequestRefused:
    data = r.data
    at = r.take(16)
    at_ns = read_i64_le(data, at)
    order_id = read_i64_le(data, at + 8)
    session = r.get_name()
    client_id = r.get_name()
    cl_ord_id = r.get_str()
    orig_cl_ord_id = r.get_str()
    response_to = member(CXL_REJ_RESPONSE_TOS, r.get_byte())
    code = REFUSAL_CODES[r.get_str()]
    context = r.get_pairs()
    ord_status = member(ORD_STATUSS, r.get_byte())
    user_id = r.get_name()
    return RequestRefused(
        at_ns, order_id, session, client_id, cl_ord_id, orig_cl_ord_id, response_to, code, context, ord_status, user_id
    )


def read_request_rejected(r: Reader) -> RequestRejected:
    data = r.data
    at = r.take(16)
    at_ns = read_i64_le(data, at)
    order_id = read_i64_le(data, at + 8)
    session = r.get_name()
    cl_ord_id = r.get_str()
    orig_cl_ord_id = r.get_str()
    response_to = member(CXL_REJ_RESPONSE_TOS, r.get_byte())
    code = REFUSAL_CODES[r.get_str()]
    context = r.get_pairs()
    ord_status = member(ORD_STATUSS, r.get_byte())
    text = r.get_str()
    return RequestRejected(
        at_ns, order_id, session, cl_ord_id, orig_cl_ord_id, response_to, code, context, ord_status, text
    )


def read_order_canceled(r: Reader, version: i64) -> OrderCanceled:
    data = r.data
    at = r.take(24)
    at_ns = read_i64_le(data, at)
    order_id = read_i64_le(data, at + 8)
    exec_id = read_i64_le(data, at + 16)
    cl_ord_id = r.get_str()
    orig_cl_ord_id = r.get_str()
    at = r.take(67)
    terms = read_terms(data, at)
    standing = read_standing(data, at + 42)
    text = r.get_str()
    reason = r.get_str() if version >= 2 else ""
    return OrderCanceled(at_ns, order_id, exec_id, cl_ord_id, orig_cl_ord_id, terms, standing, text, reason)


def read_order_rejected(r: Reader) -> OrderRejected:
    data = r.data
    at = r.take(91)
    at_ns = read_i64_le(data, at)
    order_id = read_i64_le(data, at + 8)
    exec_id = read_i64_le(data, at + 16)
    terms = read_terms(data, at + 24)
    standing = read_standing(data, at + 66)
    code = REFUSAL_CODES[r.get_str()]
    text = r.get_str()
    return OrderRejected(at_ns, order_id, exec_id, terms, standing, code, text)


def read_order_expired(r: Reader) -> OrderExpired:
    data = r.data
    at = r.take(91)
    at_ns = read_i64_le(data, at)
    order_id = read_i64_le(data, at + 8)
    exec_id = read_i64_le(data, at + 16)
    terms = read_terms(data, at + 24)
    standing = read_standing(data, at + 66)
    text = r.get_str()
    return OrderExpired(at_ns, order_id, exec_id, terms, standing, text)


def read_order_done_for_day(r: Reader) -> OrderDoneForDay:
    data = r.data
    at = r.take(91)
    at_ns = read_i64_le(data, at)
    order_id = read_i64_le(data, at + 8)
    exec_id = read_i64_le(data, at + 16)
    terms = read_terms(data, at + 24)
    standing = read_standing(data, at + 66)
    text = r.get_str()
    return OrderDoneForDay(at_ns, order_id, exec_id, terms, standing, text)


def read_order_status_reported(r: Reader, version: i64) -> OrderStatusReported:
    data = r.data
    at = r.take(24)
    at_ns = read_i64_le(data, at)
    order_id = read_i64_le(data, at + 8)
    exec_id = read_i64_le(data, at + 16)
    session = r.get_name()
    client_id = r.get_name()
    cl_ord_id = r.get_str()
    instrument_id = r.get_name()
    at = r.take(68)
    side = member(SIDES, data[at])
    terms = read_terms(data, at + 1)
    standing = read_standing(data, at + 43)
    request_id = r.get_str()
    at = r.take(10)
    mass = data[at] != 0
    total = read_i64_le(data, at + 1)
    last = data[at + 9] != 0
    text = r.get_str()
    orig_cl_ord_id = r.get_str() if version >= 2 else ""
    return OrderStatusReported(
        at_ns,
        order_id,
        exec_id,
        session,
        client_id,
        cl_ord_id,
        instrument_id,
        side,
        terms,
        standing,
        request_id,
        mass,
        total,
        last,
        text,
        orig_cl_ord_id,
    )


def read_mass_cancel_reported(r: Reader, version: i64) -> MassCancelReported:
    data = r.data
    at_ns = r.get_i64()
    session = r.get_name()
    client_id = r.get_name()
    cl_ord_id = r.get_str()
    request_type = member(MASS_CANCEL_REQUEST_TYPES, r.get_byte())
    instrument_id = r.get_name()
    at = r.take(9)
    exec_id = read_i64_le(data, at)
    accepted = data[at + 8] != 0
    code = REFUSAL_CODES[r.get_str()]
    affected = r.get_i64()
    user_id = r.get_name()
    account_id = r.get_name() if version >= 2 else ""
    entitled = member(NODE_KINDS, r.get_byte()) if version >= 2 else NodeKind.CLIENT
    return MassCancelReported(
        at_ns,
        session,
        client_id,
        cl_ord_id,
        request_type,
        instrument_id,
        exec_id,
        accepted,
        code,
        affected,
        user_id,
        account_id,
        entitled,
    )


def read_trade_booked(r: Reader, version: i64) -> TradeBooked:
    data = r.data
    at = r.take(32)
    at_ns = read_i64_le(data, at)
    order_id = read_i64_le(data, at + 8)
    exec_id = read_i64_le(data, at + 16)
    route_id = read_i64_le(data, at + 24)
    venue_id = r.get_name()
    venue_exec_id = r.get_str()
    at = r.take(83)
    last_qty = read_i64_le(data, at)
    last_px = read_i64_le(data, at + 8)
    terms = read_terms(data, at + 16)
    standing = read_standing(data, at + 58)
    contra = r.get_str()
    transact_time_ns = r.get_i64()
    user_id = r.get_name()
    details = read_trade_details(r) if version >= 2 else NO_TRADE_DETAILS
    return TradeBooked(
        at_ns,
        order_id,
        exec_id,
        route_id,
        venue_id,
        venue_exec_id,
        last_qty,
        last_px,
        terms,
        standing,
        contra,
        transact_time_ns,
        user_id,
        details,
    )


def read_trade_busted(r: Reader) -> TradeBusted:
    data = r.data
    at = r.take(40)
    at_ns = read_i64_le(data, at)
    order_id = read_i64_le(data, at + 8)
    exec_id = read_i64_le(data, at + 16)
    exec_ref_id = read_i64_le(data, at + 24)
    trade_id = read_i64_le(data, at + 32)
    venue_exec_id = r.get_str()
    at = r.take(83)
    last_qty = read_i64_le(data, at)
    last_px = read_i64_le(data, at + 8)
    terms = read_terms(data, at + 16)
    standing = read_standing(data, at + 58)
    text = r.get_str()
    user_id = r.get_name()
    return TradeBusted(
        at_ns,
        order_id,
        exec_id,
        exec_ref_id,
        trade_id,
        venue_exec_id,
        last_qty,
        last_px,
        terms,
        standing,
        text,
        user_id,
    )


def read_trade_corrected(r: Reader, version: i64) -> TradeCorrected:
    data = r.data
    at = r.take(40)
    at_ns = read_i64_le(data, at)
    order_id = read_i64_le(data, at + 8)
    exec_id = read_i64_le(data, at + 16)
    exec_ref_id = read_i64_le(data, at + 24)
    trade_id = read_i64_le(data, at + 32)
    venue_exec_id = r.get_str()
    at = r.take(83)
    last_qty = read_i64_le(data, at)
    last_px = read_i64_le(data, at + 8)
    terms = read_terms(data, at + 16)
    standing = read_standing(data, at + 58)
    text = r.get_str()
    user_id = r.get_name()
    details = read_trade_details(r) if version >= 2 else NO_TRADE_DETAILS
    return TradeCorrected(
        at_ns,
        order_id,
        exec_id,
        exec_ref_id,
        trade_id,
        venue_exec_id,
        last_qty,
        last_px,
        terms,
        standing,
        text,
        user_id,
        details,
    )


def read_trade_disputed(r: Reader) -> TradeDisputed:
    data = r.data
    at_ns = r.get_i64()
    session = r.get_name()
    at = r.take(17)
    order_id = read_i64_le(data, at)
    exec_id = read_i64_le(data, at + 8)
    reason = member(DKREASONS, data[at + 16])
    text = r.get_str()
    return TradeDisputed(at_ns, session, order_id, exec_id, reason, text)


def read_order_restated(r: Reader, version: i64) -> OrderRestated:
    data = r.data
    at = r.take(92)
    at_ns = read_i64_le(data, at)
    order_id = read_i64_le(data, at + 8)
    exec_id = read_i64_le(data, at + 16)
    exec_type = member(EXEC_TYPES, data[at + 24])
    terms = read_terms(data, at + 25)
    standing = read_standing(data, at + 67)
    reason = r.get_str()
    text = r.get_str()
    guaranteed_qty = r.get_i64() if version >= 2 else 0
    guaranteed_px = r.get_i64() if version >= 2 else 0
    return OrderRestated(
        at_ns, order_id, exec_id, exec_type, terms, standing, reason, text, guaranteed_qty, guaranteed_px
    )


def read_order_acknowledged(r: Reader) -> OrderAcknowledged:
    data = r.data
    at = r.take(24)
    at_ns = read_i64_le(data, at)
    order_id = read_i64_le(data, at + 8)
    exec_id = read_i64_le(data, at + 16)
    cl_ord_id = r.get_str()
    terms = read_terms(r.data, r.take(42))
    text = r.get_str()
    return OrderAcknowledged(at_ns, order_id, exec_id, cl_ord_id, terms, text)


def read_order_replace_queued(r: Reader) -> OrderReplaceQueued:
    data = r.data
    at = r.take(24)
    at_ns = read_i64_le(data, at)
    order_id = read_i64_le(data, at + 8)
    exec_id = read_i64_le(data, at + 16)
    session = r.get_name()
    cl_ord_id = r.get_str()
    orig_cl_ord_id = r.get_str()
    at = r.take(118)
    terms = read_terms(data, at)
    new_terms = read_terms(data, at + 42)
    standing = read_standing(data, at + 84)
    reserve_px = read_i64_le(data, at + 109)
    told = data[at + 117] != 0
    text = r.get_str()
    user_id = r.get_name()
    new_details = read_order_details(r)
    return OrderReplaceQueued(
        at_ns,
        order_id,
        exec_id,
        session,
        cl_ord_id,
        orig_cl_ord_id,
        terms,
        new_terms,
        standing,
        reserve_px,
        told,
        text,
        user_id,
        new_details,
    )


def read_order_split(r: Reader) -> OrderSplit:
    data = r.data
    at = r.take(115)
    at_ns = read_i64_le(data, at)
    order_id = read_i64_le(data, at + 8)
    exec_id = read_i64_le(data, at + 16)
    numerator = read_i64_le(data, at + 24)
    denominator = read_i64_le(data, at + 32)
    terms = read_terms(data, at + 40)
    standing = read_standing(data, at + 82)
    reserve_px = read_i64_le(data, at + 107)
    text = r.get_str()
    user_id = r.get_name()
    details = read_order_details(r)
    return OrderSplit(
        at_ns, order_id, exec_id, numerator, denominator, terms, standing, reserve_px, text, user_id, details
    )


def read_route_requested(r: Reader) -> RouteRequested:
    data = r.data
    at = r.take(24)
    at_ns = read_i64_le(data, at)
    route_id = read_i64_le(data, at + 8)
    order_id = read_i64_le(data, at + 16)
    venue_id = r.get_name()
    cl_ord_id = r.get_str()
    instrument_id = r.get_name()
    side = member(SIDES, r.get_byte())
    account_id = r.get_name()
    at = r.take(43)
    terms = read_terms(data, at)
    poss_resend = data[at + 42] != 0
    user_id = r.get_name()
    return RouteRequested(
        at_ns, route_id, order_id, venue_id, cl_ord_id, instrument_id, side, account_id, terms, poss_resend, user_id
    )


def read_route_acknowledged(r: Reader) -> RouteAcknowledged:
    data = r.data
    at = r.take(16)
    at_ns = read_i64_le(data, at)
    route_id = read_i64_le(data, at + 8)
    venue_order_id = r.get_str()
    ord_status = member(ORD_STATUSS, r.get_byte())
    return RouteAcknowledged(at_ns, route_id, venue_order_id, ord_status)


def read_route_rejected(r: Reader) -> RouteRejected:
    data = r.data
    at = r.take(16)
    at_ns = read_i64_le(data, at)
    route_id = read_i64_le(data, at + 8)
    rej_reason = r.get_str()
    text = r.get_str()
    return RouteRejected(at_ns, route_id, rej_reason, text)


def read_route_cancel_requested(r: Reader) -> RouteCancelRequested:
    data = r.data
    at = r.take(16)
    at_ns = read_i64_le(data, at)
    route_id = read_i64_le(data, at + 8)
    cl_ord_id = r.get_str()
    orig_cl_ord_id = r.get_str()
    return RouteCancelRequested(at_ns, route_id, cl_ord_id, orig_cl_ord_id)


def read_route_replace_requested(r: Reader) -> RouteReplaceRequested:
    data = r.data
    at = r.take(16)
    at_ns = read_i64_le(data, at)
    route_id = read_i64_le(data, at + 8)
    cl_ord_id = r.get_str()
    orig_cl_ord_id = r.get_str()
    terms = read_terms(r.data, r.take(42))
    return RouteReplaceRequested(at_ns, route_id, cl_ord_id, orig_cl_ord_id, terms)


def read_route_replaced(r: Reader) -> RouteReplaced:
    data = r.data
    at = r.take(16)
    at_ns = read_i64_le(data, at)
    route_id = read_i64_le(data, at + 8)
    cl_ord_id = r.get_str()
    venue_order_id = r.get_str()
    terms = read_terms(r.data, r.take(42))
    return RouteReplaced(at_ns, route_id, cl_ord_id, venue_order_id, terms)


def read_route_request_rejected(r: Reader) -> RouteRequestRejected:
    data = r.data
    at = r.take(16)
    at_ns = read_i64_le(data, at)
    route_id = read_i64_le(data, at + 8)
    cl_ord_id = r.get_str()
    response_to = member(CXL_REJ_RESPONSE_TOS, r.get_byte())
    rej_reason = r.get_str()
    text = r.get_str()
    return RouteRequestRejected(at_ns, route_id, cl_ord_id, response_to, rej_reason, text)


def read_route_ended(r: Reader) -> RouteEnded:
    data = r.data
    at = r.take(17)
    at_ns = read_i64_le(data, at)
    route_id = read_i64_le(data, at + 8)
    ord_status = member(ORD_STATUSS, data[at + 16])
    text = r.get_str()
    return RouteEnded(at_ns, route_id, ord_status, text)


def read_route_unknown(r: Reader) -> RouteUnknown:
    data = r.data
    at = r.take(16)
    at_ns = read_i64_le(data, at)
    route_id = read_i64_le(data, at + 8)
    text = r.get_str()
    return RouteUnknown(at_ns, route_id, text)


def read_route_status_requested(r: Reader) -> RouteStatusRequested:
    data = r.data
    at = r.take(16)
    at_ns = read_i64_le(data, at)
    route_id = read_i64_le(data, at + 8)
    request_id = r.get_str()
    return RouteStatusRequested(at_ns, route_id, request_id)


def read_route_traded(r: Reader) -> RouteTraded:
    data = r.data
    at = r.take(16)
    at_ns = read_i64_le(data, at)
    route_id = read_i64_le(data, at + 8)
    venue_exec_id = r.get_str()
    at = r.take(16)
    last_qty = read_i64_le(data, at)
    last_px = read_i64_le(data, at + 8)
    return RouteTraded(at_ns, route_id, venue_exec_id, last_qty, last_px)


def read_route_trade_amended(r: Reader) -> RouteTradeAmended:
    data = r.data
    at = r.take(16)
    at_ns = read_i64_le(data, at)
    route_id = read_i64_le(data, at + 8)
    venue_exec_id = r.get_str()
    at = r.take(9)
    delta_qty = read_i64_le(data, at)
    busted = data[at + 8] != 0
    return RouteTradeAmended(at_ns, route_id, venue_exec_id, delta_qty, busted)


def read_venue_report_refused(r: Reader, version: i64) -> VenueReportRefused:
    data = r.data
    at_ns = r.get_i64()
    venue_id = r.get_name()
    route_id = r.get_i64()
    cl_ord_id = r.get_str()
    venue_order_id = r.get_str()
    exec_id = r.get_str()
    exec_type = member(EXEC_TYPES, r.get_byte())
    instrument_id = r.get_name()
    at = r.take(17)
    side = member(SIDES, data[at])
    last_qty = read_i64_le(data, at + 1)
    last_px = read_i64_le(data, at + 9)
    code = REFUSAL_CODES[r.get_str()]
    context = r.get_pairs()
    dk_reason = member(DKREASONS, r.get_byte())
    text = r.get_str()
    copied = r.get_bool() if version >= 2 else False
    return VenueReportRefused(
        at_ns,
        venue_id,
        route_id,
        cl_ord_id,
        venue_order_id,
        exec_id,
        exec_type,
        instrument_id,
        side,
        last_qty,
        last_px,
        code,
        context,
        dk_reason,
        text,
        copied,
    )


def read_route_report_copied(r: Reader) -> RouteReportCopied:
    data = r.data
    at = r.take(16)
    at_ns = read_i64_le(data, at)
    route_id = read_i64_le(data, at + 8)
    venue_exec_id = r.get_str()
    return RouteReportCopied(at_ns, route_id, venue_exec_id)


def read_instrument_defined(r: Reader, version: i64) -> InstrumentDefined:
    data = r.data
    at_ns = r.get_i64()
    instrument_id = r.get_name()
    symbol = r.get_str()
    mic = r.get_name()
    name = r.get_str()
    currency = r.get_name()
    isin = r.get_str()
    cfi = r.get_str()
    at = r.take(32)
    tick_size = read_i64_le(data, at)
    lot_size = read_i64_le(data, at + 8)
    multiplier = read_i64_le(data, at + 16)
    reference_px = read_i64_le(data, at + 24)
    user_id = r.get_name()
    legs = tuple([read_leg(r) for _ in range(r.get_count())]) if version >= 2 else ()
    instrument_class = r.get_name() if version >= 3 else ""
    return InstrumentDefined(
        at_ns,
        instrument_id,
        symbol,
        mic,
        name,
        currency,
        isin,
        cfi,
        tick_size,
        lot_size,
        multiplier,
        reference_px,
        user_id,
        legs,
        instrument_class,
    )


def read_client_defined(r: Reader, version: i64) -> ClientDefined:
    at_ns = r.get_i64()
    client_id = r.get_name()
    name = r.get_str()
    active = r.get_bool()
    user_id = r.get_name()
    ack = member(ACK_POLICYS, r.get_byte()) if version >= 2 else AckPolicy.ON_RECEIPT
    second_replace = member(SECOND_REPLACES, r.get_byte()) if version >= 2 else SecondReplace.IN_TURN
    return ClientDefined(at_ns, client_id, name, active, user_id, ack, second_replace)


def read_account_defined(r: Reader, version: i64) -> AccountDefined:
    at_ns = r.get_i64()
    account_id = r.get_name()
    client_id = r.get_name()
    name = r.get_str()
    currency = r.get_name()
    cash = r.get_money()
    active = r.get_bool()
    user_id = r.get_name()
    desk_id = r.get_name() if version >= 2 else ""
    trader_id = r.get_name() if version >= 2 else ""
    return AccountDefined(at_ns, account_id, client_id, name, currency, cash, active, user_id, desk_id, trader_id)


def read_user_defined(r: Reader, version: i64) -> UserDefined:
    data = r.data
    at_ns = r.get_i64()
    user_id = r.get_name()
    name = r.get_str()
    at = r.take(2)
    role = member(ROLES, data[at])
    active = data[at + 1] != 0
    by_user_id = r.get_name()
    desk_id = r.get_name() if version >= 2 else ""
    return UserDefined(at_ns, user_id, name, role, active, by_user_id, desk_id)


def read_venue_defined(r: Reader, version: i64) -> VenueDefined:
    at_ns = r.get_i64()
    venue_id = r.get_name()
    kind = member(VENUE_KINDS, r.get_byte())
    name = r.get_str()
    mic = r.get_name()
    ack_timeout_ns = r.get_i64()
    user_id = r.get_name()
    exec_inst = r.get_str() if version >= 2 else ""
    settl_types = r.get_str() if version >= 2 else ""
    min_qty = r.get_bool() if version >= 2 else False
    return VenueDefined(at_ns, venue_id, kind, name, mic, ack_timeout_ns, user_id, exec_inst, settl_types, min_qty)


def read_limits_set(r: Reader) -> LimitsSet:
    at_ns = r.get_i64()
    account_id = r.get_name()
    limits = read_limits(r)
    user_id = r.get_name()
    return LimitsSet(at_ns, account_id, limits, user_id)


def read_restriction_set(r: Reader, version: i64) -> RestrictionSet:
    at_ns = r.get_i64()
    instrument_id = r.get_name()
    restricted = r.get_bool()
    text = r.get_str()
    user_id = r.get_name()
    kind = member(RESTRICTION_KINDS, r.get_byte()) if version >= 2 else RestrictionKind.RESTRICTED
    node = member(NODE_KINDS, r.get_byte()) if version >= 2 else NodeKind.FIRM
    node_id = r.get_name() if version >= 2 else ""
    return RestrictionSet(at_ns, instrument_id, restricted, text, user_id, kind, node, node_id)


def read_kill_engaged(r: Reader, version: i64) -> KillEngaged:
    at_ns = r.get_i64()
    account_id = r.get_name()
    text = r.get_str()
    user_id = r.get_name()
    node = member(NODE_KINDS, r.get_byte()) if version >= 2 else NodeKind.FIRM
    node_id = r.get_name() if version >= 2 else ""
    scope = member(SCOPE_KINDS, r.get_byte()) if version >= 2 else ScopeKind.ALL
    scope_id = r.get_name() if version >= 2 else ""
    venue_id = r.get_name() if version >= 2 else ""
    word = r.get_str() if version >= 2 else ""
    working = r.get_str() if version >= 2 else ""
    return KillEngaged(at_ns, account_id, text, user_id, node, node_id, scope, scope_id, venue_id, word, working)


def read_kill_released(r: Reader, version: i64) -> KillReleased:
    at_ns = r.get_i64()
    account_id = r.get_name()
    text = r.get_str()
    user_id = r.get_name()
    node = member(NODE_KINDS, r.get_byte()) if version >= 2 else NodeKind.FIRM
    node_id = r.get_name() if version >= 2 else ""
    scope = member(SCOPE_KINDS, r.get_byte()) if version >= 2 else ScopeKind.ALL
    scope_id = r.get_name() if version >= 2 else ""
    venue_id = r.get_name() if version >= 2 else ""
    return KillReleased(at_ns, account_id, text, user_id, node, node_id, scope, scope_id, venue_id)


def read_mark_updated(r: Reader) -> MarkUpdated:
    data = r.data
    at_ns = r.get_i64()
    instrument_id = r.get_name()
    at = r.take(24)
    bid_px = read_i64_le(data, at)
    ask_px = read_i64_le(data, at + 8)
    last_px = read_i64_le(data, at + 16)
    return MarkUpdated(at_ns, instrument_id, bid_px, ask_px, last_px)


def read_trading_day_started(r: Reader) -> TradingDayStarted:
    data = r.data
    at = r.take(16)
    at_ns = read_i64_le(data, at)
    trading_date = read_i64_le(data, at + 8)
    return TradingDayStarted(at_ns, trading_date)


def read_venue_state_changed(r: Reader) -> VenueStateChanged:
    at_ns = r.get_i64()
    venue_id = r.get_name()
    up = r.get_bool()
    return VenueStateChanged(at_ns, venue_id, up)


def read_command_refused(r: Reader) -> CommandRefused:
    at_ns = r.get_i64()
    command = r.get_str()
    subject = r.get_str()
    code = REFUSAL_CODES[r.get_str()]
    context = r.get_pairs()
    user_id = r.get_name()
    return CommandRefused(at_ns, command, subject, code, context, user_id)


def read_corporate_action_applied(r: Reader) -> CorporateActionApplied:
    data = r.data
    at_ns = r.get_i64()
    action_id = r.get_str()
    instrument_id = r.get_name()
    at = r.take(33)
    kind = member(CORPORATE_ACTION_KINDS, data[at])
    ex_date = read_i64_le(data, at + 1)
    numerator = read_i64_le(data, at + 9)
    denominator = read_i64_le(data, at + 17)
    cash = read_i64_le(data, at + 25)
    currency = r.get_name()
    at = r.take(49)
    orders = member(ORDER_TREATMENTS, data[at])
    reference_px = read_i64_le(data, at + 1)
    bid_px = read_i64_le(data, at + 9)
    ask_px = read_i64_le(data, at + 17)
    last_px = read_i64_le(data, at + 25)
    first_exec_id = read_i64_le(data, at + 33)
    left_to_venues = read_i64_le(data, at + 41)
    text = r.get_str()
    user_id = r.get_name()
    return CorporateActionApplied(
        at_ns,
        action_id,
        instrument_id,
        kind,
        ex_date,
        numerator,
        denominator,
        cash,
        currency,
        orders,
        reference_px,
        bid_px,
        ask_px,
        last_px,
        first_exec_id,
        left_to_venues,
        text,
        user_id,
    )


def read_position_restated(r: Reader) -> PositionRestated:
    at_ns = r.get_i64()
    account_id = r.get_name()
    instrument_id = r.get_name()
    action_id = r.get_str()
    qty = r.get_i64()
    cost = r.get_money()
    realized = r.get_money()
    cash = r.get_money()
    currency = r.get_name()
    return PositionRestated(at_ns, account_id, instrument_id, action_id, qty, cost, realized, cash, currency)


def read_dividend_entitled(r: Reader) -> DividendEntitled:
    at_ns = r.get_i64()
    account_id = r.get_name()
    instrument_id = r.get_name()
    action_id = r.get_str()
    qty = r.get_i64()
    cash = r.get_money()
    currency = r.get_name()
    return DividendEntitled(at_ns, account_id, instrument_id, action_id, qty, cash, currency)


def read_session_received(r: Reader) -> SessionReceived:
    at_ns = r.get_i64()
    session = r.get_name()
    next_in = r.get_i64()
    return SessionReceived(at_ns, session, next_in)


def read_session_sent(r: Reader, version: i64) -> SessionSent:
    at_ns = r.get_i64()
    session = r.get_name()
    msg_seq_num = r.get_i64()
    msg_type = r.get_name()
    sending_time = r.get_str()
    poss_resend = r.get_bool()
    body = r.get_bytes()
    header = r.get_bytes() if version >= 2 else b""
    return SessionSent(at_ns, session, msg_seq_num, msg_type, sending_time, poss_resend, body, header)


def read_session_reset(r: Reader, version: i64) -> SessionReset:
    data = r.data
    at_ns = r.get_i64()
    session = r.get_name()
    at = r.take(16)
    next_in = read_i64_le(data, at)
    next_out = read_i64_le(data, at + 8)
    reason = r.get_str() if version >= 2 else ""
    user_id = r.get_name() if version >= 2 else ""
    return SessionReset(at_ns, session, next_in, next_out, reason, user_id)


def read_session_refused(r: Reader) -> SessionRefused:
    at_ns = r.get_i64()
    session = r.get_name()
    msg_seq_num = r.get_i64()
    text = r.get_str()
    raw = r.get_bytes()
    return SessionRefused(at_ns, session, msg_seq_num, text, raw)


def read_list_fragment_received(r: Reader) -> ListFragmentReceived:
    data = r.data
    at_ns = r.get_i64()
    list_id = r.get_str()
    client_id = r.get_name()
    session = r.get_name()
    at = r.take(9)
    tot_no_orders = read_i64_le(data, at)
    exec_inst_type = member(LIST_EXEC_INST_TYPES, data[at + 8])
    text = r.get_str()
    orders = r.get_bytes()
    user_id = r.get_name()
    return ListFragmentReceived(
        at_ns, list_id, client_id, session, tot_no_orders, exec_inst_type, text, orders, user_id
    )


def read_list_accepted(r: Reader) -> ListAccepted:
    data = r.data
    at_ns = r.get_i64()
    list_id = r.get_str()
    client_id = r.get_name()
    session = r.get_name()
    at = r.take(9)
    tot_no_orders = read_i64_le(data, at)
    exec_inst_type = member(LIST_EXEC_INST_TYPES, data[at + 8])
    text = r.get_str()
    user_id = r.get_name()
    return ListAccepted(at_ns, list_id, client_id, session, tot_no_orders, exec_inst_type, text, user_id)


def read_list_order_decided(r: Reader) -> ListOrderDecided:
    at_ns = r.get_i64()
    list_id = r.get_str()
    client_id = r.get_name()
    cl_ord_id = r.get_str()
    order_id = r.get_i64()
    code = REFUSAL_CODES[r.get_str()]
    return ListOrderDecided(at_ns, list_id, client_id, cl_ord_id, order_id, code)


def read_list_reported(r: Reader) -> ListReported:
    data = r.data
    at_ns = r.get_i64()
    list_id = r.get_str()
    client_id = r.get_name()
    session = r.get_name()
    at = r.take(2)
    status_type = member(LIST_STATUS_TYPES, data[at])
    list_status = member(LIST_ORDER_STATUSS, data[at + 1])
    code = REFUSAL_CODES[r.get_str()]
    context = r.get_pairs()
    text = r.get_str()
    return ListReported(at_ns, list_id, client_id, session, status_type, list_status, code, context, text)


def read_list_refused(r: Reader) -> ListRefused:
    data = r.data
    at_ns = r.get_i64()
    list_id = r.get_str()
    client_id = r.get_name()
    session = r.get_name()
    at = r.take(9)
    status_type = member(LIST_STATUS_TYPES, data[at])
    tot_no_orders = read_i64_le(data, at + 1)
    code = REFUSAL_CODES[r.get_str()]
    context = r.get_pairs()
    cl_ord_ids = r.get_str()
    return ListRefused(at_ns, list_id, client_id, session, status_type, tot_no_orders, code, context, cl_ord_ids)


def read_cross_accepted(r: Reader) -> CrossAccepted:
    data = r.data
    at_ns = r.get_i64()
    cross_id = r.get_str()
    client_id = r.get_name()
    session = r.get_name()
    at = r.take(16)
    buy_order_id = read_i64_le(data, at)
    sell_order_id = read_i64_le(data, at + 8)
    user_id = r.get_name()
    return CrossAccepted(at_ns, cross_id, client_id, session, buy_order_id, sell_order_id, user_id)


def read_cross_replaced(r: Reader) -> CrossReplaced:
    at_ns = r.get_i64()
    cross_id = r.get_str()
    client_id = r.get_name()
    session = r.get_name()
    orig_cross_id = r.get_str()
    user_id = r.get_name()
    return CrossReplaced(at_ns, cross_id, client_id, session, orig_cross_id, user_id)


def read_cross_executed(r: Reader) -> CrossExecuted:
    data = r.data
    at_ns = r.get_i64()
    cross_id = r.get_str()
    client_id = r.get_name()
    at = r.take(16)
    last_qty = read_i64_le(data, at)
    last_px = read_i64_le(data, at + 8)
    user_id = r.get_name()
    return CrossExecuted(at_ns, cross_id, client_id, last_qty, last_px, user_id)


def read_trade_acknowledged(r: Reader) -> TradeAcknowledged:
    data = r.data
    at_ns = r.get_i64()
    session = r.get_name()
    at = r.take(17)
    order_id = read_i64_le(data, at)
    exec_id = read_i64_le(data, at + 8)
    status = member(EXEC_ACK_STATUSS, data[at + 16])
    text = r.get_str()
    return TradeAcknowledged(at_ns, session, order_id, exec_id, status, text)


def read_order_snapshot(r: Reader, version: i64) -> OrderSnapshot:
    data = r.data
    at = r.take(16)
    at_ns = read_i64_le(data, at)
    order_id = read_i64_le(data, at + 8)
    session = r.get_name()
    client_id = r.get_name()
    cl_ord_id = r.get_str()
    orig_cl_ord_id = r.get_str()
    account_id = r.get_name()
    instrument_id = r.get_name()
    at = r.take(70)
    side = member(SIDES, data[at])
    handl_inst = member(HANDL_INSTS, data[at + 1])
    terms = read_terms(data, at + 2)
    standing = read_standing(data, at + 44)
    base_status = member(ORD_STATUSS, data[at + 69])
    notional = r.get_money()
    reserve_px = r.get_i64()
    venue_id = r.get_name()
    text = r.get_str()
    transact_time_ns = r.get_i64()
    user_id = r.get_name()
    at = r.take(9)
    accepted_at_ns = read_i64_le(data, at)
    in_day = data[at + 8] != 0
    cash_qty = r.get_money() if version >= 2 else 0
    verbal_cl_ord_id = r.get_str() if version >= 2 else ""
    canceled_as = r.get_str() if version >= 2 else ""
    carried = r.get_bool() if version >= 2 else False
    earlier_qty = r.get_i64() if version >= 2 else 0
    earlier_notional = r.get_money() if version >= 2 else 0
    split_qty = r.get_i64() if version >= 2 else 0
    split_exec_id = r.get_i64() if version >= 2 else 0
    by_phone = r.get_bool() if version >= 2 else False
    details = read_order_details(r) if version >= 2 else NO_ORDER_DETAILS
    cl_ord_ids = r.get_str() if version >= 3 else ""
    strategy_id = r.get_name() if version >= 4 else ""
    trader_id = r.get_name() if version >= 4 else ""
    reason = r.get_str() if version >= 4 else ""
    arrival_px = r.get_i64() if version >= 4 else 0
    return OrderSnapshot(
        at_ns,
        order_id,
        session,
        client_id,
        cl_ord_id,
        orig_cl_ord_id,
        account_id,
        instrument_id,
        side,
        handl_inst,
        terms,
        standing,
        base_status,
        notional,
        reserve_px,
        venue_id,
        text,
        transact_time_ns,
        user_id,
        accepted_at_ns,
        in_day,
        cash_qty,
        verbal_cl_ord_id,
        canceled_as,
        carried,
        earlier_qty,
        earlier_notional,
        split_qty,
        split_exec_id,
        by_phone,
        details,
        cl_ord_ids,
        strategy_id,
        trader_id,
        reason,
        arrival_px,
    )


def read_request_snapshot(r: Reader, version: i64) -> RequestSnapshot:
    data = r.data
    at = r.take(16)
    at_ns = read_i64_le(data, at)
    order_id = read_i64_le(data, at + 8)
    cl_ord_id = r.get_str()
    session = r.get_name()
    at = r.take(52)
    kind = member(REQUEST_KINDS, data[at])
    pending = data[at + 1] != 0
    new_terms = read_terms(data, at + 2)
    reserve_px = read_i64_le(data, at + 44)
    text = r.get_str()
    queued = r.get_bool() if version >= 2 else False
    told = r.get_bool() if version >= 2 else True
    new_details = read_order_details(r) if version >= 2 else NO_ORDER_DETAILS
    return RequestSnapshot(
        at_ns, order_id, cl_ord_id, session, kind, pending, new_terms, reserve_px, text, queued, told, new_details
    )


def read_route_snapshot(r: Reader, version: i64) -> RouteSnapshot:
    data = r.data
    at = r.take(24)
    at_ns = read_i64_le(data, at)
    route_id = read_i64_le(data, at + 8)
    order_id = read_i64_le(data, at + 16)
    venue_id = r.get_name()
    cl_ord_id = r.get_str()
    cl_ord_ids = r.get_str()
    venue_order_id = r.get_str()
    at = r.take(67)
    terms = read_terms(data, at)
    ord_status = member(ORD_STATUSS, data[at + 42])
    cum_qty = read_i64_le(data, at + 43)
    sent_at_ns = read_i64_le(data, at + 51)
    queried = read_i64_le(data, at + 59)
    cancel_id = r.get_str()
    cancel_orig_id = r.get_str()
    replace_id = r.get_str()
    replace_terms = read_terms(r.data, r.take(42))
    by_hand_qty = r.get_i64() if version >= 2 else 0
    copied_ids = r.get_str() if version >= 2 else ""
    venue_order_ids = r.get_str() if version >= 3 else ""
    resent_at_ns = r.get_i64() if version >= 4 else 0
    return RouteSnapshot(
        at_ns,
        route_id,
        order_id,
        venue_id,
        cl_ord_id,
        cl_ord_ids,
        venue_order_id,
        terms,
        ord_status,
        cum_qty,
        sent_at_ns,
        queried,
        cancel_id,
        cancel_orig_id,
        replace_id,
        replace_terms,
        by_hand_qty,
        copied_ids,
        venue_order_ids,
        resent_at_ns,
    )


def read_trade_snapshot(r: Reader) -> TradeSnapshot:
    data = r.data
    at = r.take(32)
    at_ns = read_i64_le(data, at)
    trade_id = read_i64_le(data, at + 8)
    order_id = read_i64_le(data, at + 16)
    route_id = read_i64_le(data, at + 24)
    venue_exec_ids = r.get_str()
    venue_id = r.get_name()
    at = r.take(25)
    last_report_id = read_i64_le(data, at)
    last_qty = read_i64_le(data, at + 8)
    last_px = read_i64_le(data, at + 16)
    busted = data[at + 24] != 0
    return TradeSnapshot(
        at_ns, trade_id, order_id, route_id, venue_exec_ids, venue_id, last_report_id, last_qty, last_px, busted
    )


def read_position_snapshot(r: Reader, version: i64) -> PositionSnapshot:
    at_ns = r.get_i64()
    account_id = r.get_name()
    instrument_id = r.get_name()
    qty = r.get_i64()
    cost = r.get_money()
    realized = r.get_money()
    node = member(NODE_KINDS, r.get_byte()) if version >= 2 else NodeKind.ACCOUNT
    executions = tuple([read_kept_execution(r.data, r.take(24)) for _ in range(r.get_count())]) if version >= 2 else ()
    return PositionSnapshot(at_ns, account_id, instrument_id, qty, cost, realized, node, executions)


def read_account_snapshot(r: Reader) -> AccountSnapshot:
    data = r.data
    at_ns = r.get_i64()
    account_id = r.get_name()
    cash = r.get_money()
    tokens = r.get_money()
    at = r.take(9)
    tokens_at_ns = read_i64_le(data, at)
    killed = data[at + 8] != 0
    return AccountSnapshot(at_ns, account_id, cash, tokens, tokens_at_ns, killed)


def read_desk_snapshot(r: Reader, version: i64) -> DeskSnapshot:
    data = r.data
    at = r.take(41)
    at_ns = read_i64_le(data, at)
    next_order_id = read_i64_le(data, at + 8)
    next_route_id = read_i64_le(data, at + 16)
    next_exec_id = read_i64_le(data, at + 24)
    trading_date = read_i64_le(data, at + 32)
    killed = data[at + 40] != 0
    day_exec_id = r.get_i64() if version >= 2 else 1
    return DeskSnapshot(at_ns, next_order_id, next_route_id, next_exec_id, trading_date, killed, day_exec_id)


def read_session_snapshot(r: Reader) -> SessionSnapshot:
    data = r.data
    at_ns = r.get_i64()
    session = r.get_name()
    at = r.take(33)
    next_in = read_i64_le(data, at)
    next_out = read_i64_le(data, at + 8)
    active_ns = read_i64_le(data, at + 16)
    scheduled_ns = read_i64_le(data, at + 24)
    logged_on = data[at + 32] != 0
    return SessionSnapshot(at_ns, session, next_in, next_out, active_ns, scheduled_ns, logged_on)


def read_limit_placed(r: Reader) -> LimitPlaced:
    at_ns = r.get_i64()
    place = read_place(r)
    limit = read_limit(r)
    text = r.get_str()
    user_id = r.get_name()
    return LimitPlaced(at_ns, place, limit, text, user_id)


def read_limit_removed(r: Reader) -> LimitRemoved:
    at_ns = r.get_i64()
    place = read_place(r)
    kind = LIMIT_KINDS[r.get_str()]
    text = r.get_str()
    user_id = r.get_name()
    return LimitRemoved(at_ns, place, kind, text, user_id)


def read_desk_defined(r: Reader) -> DeskDefined:
    at_ns = r.get_i64()
    desk_id = r.get_name()
    name = r.get_str()
    active = r.get_bool()
    user_id = r.get_name()
    currency = r.get_name()
    return DeskDefined(at_ns, desk_id, name, active, user_id, currency)


def read_entitlement_set(r: Reader) -> EntitlementSet:
    at_ns = r.get_i64()
    place = read_place(r)
    holder_id = r.get_name()
    session = r.get_name()
    granted = r.get_bool()
    text = r.get_str()
    user_id = r.get_name()
    return EntitlementSet(at_ns, place, holder_id, session, granted, text, user_id)


def read_book_restated(r: Reader) -> BookRestated:
    data = r.data
    at = r.take(9)
    at_ns = read_i64_le(data, at)
    node = member(NODE_KINDS, data[at + 8])
    node_id = r.get_name()
    instrument_id = r.get_name()
    action_id = r.get_str()
    qty = r.get_i64()
    cost = r.get_money()
    realized = r.get_money()
    return BookRestated(at_ns, node, node_id, instrument_id, action_id, qty, cost, realized)


def read_purse_snapshot(r: Reader) -> PurseSnapshot:
    at_ns = r.get_i64()
    account_id = r.get_name()
    currency = r.get_name()
    cash = r.get_money()
    return PurseSnapshot(at_ns, account_id, currency, cash)


def read_cell_snapshot(r: Reader) -> CellSnapshot:
    data = r.data
    at_ns = r.get_i64()
    place = read_place(r)
    at = r.take(48)
    requests = read_i64_le(data, at)
    cancels = read_i64_le(data, at + 8)
    orders = read_i64_le(data, at + 16)
    refusals = read_i64_le(data, at + 24)
    trades = read_i64_le(data, at + 32)
    last_order_ns = read_i64_le(data, at + 40)
    return CellSnapshot(at_ns, place, requests, cancels, orders, refusals, trades, last_order_ns)


def read_soft_limit_passed(r: Reader) -> SoftLimitPassed:
    data = r.data
    at = r.take(16)
    at_ns = read_i64_le(data, at)
    order_id = read_i64_le(data, at + 8)
    code = REFUSAL_CODES[r.get_str()]
    context = r.get_pairs()
    reason = r.get_str()
    user_id = r.get_name()
    return SoftLimitPassed(at_ns, order_id, code, context, reason, user_id)


def read_what_if_reported(r: Reader) -> WhatIfReported:
    at_ns = r.get_i64()
    question_id = r.get_str()
    client_id = r.get_name()
    account_id = r.get_name()
    instrument_id = r.get_name()
    code = REFUSAL_CODES[r.get_str()]
    context = r.get_pairs()
    severity = member(SEVERITYS, r.get_byte())
    verdicts = tuple([read_verdict(r) for _ in range(r.get_count())])
    user_id = r.get_name()
    return WhatIfReported(
        at_ns, question_id, client_id, account_id, instrument_id, code, context, severity, verdicts, user_id
    )


def read_bound_snapshot(r: Reader) -> BoundSnapshot:
    data = r.data
    at_ns = r.get_i64()
    place = read_place(r)
    kind = LIMIT_KINDS[r.get_str()]
    at = r.take(16)
    tokens = read_i64_le(data, at)
    tokens_at_ns = read_i64_le(data, at + 8)
    times = r.get_pairs()
    return BoundSnapshot(at_ns, place, kind, tokens, tokens_at_ns, times)


def read_check_plugin_loaded(r: Reader) -> CheckPluginLoaded:
    at_ns = r.get_i64()
    plugin = read_check_plugin(r)
    user_id = r.get_name()
    return CheckPluginLoaded(at_ns, plugin, user_id)


def read_check_plugin_removed(r: Reader) -> CheckPluginRemoved:
    at_ns = r.get_i64()
    name = r.get_name()
    user_id = r.get_name()
    return CheckPluginRemoved(at_ns, name, user_id)


def read_kill_progressed(r: Reader) -> KillProgressed:
    data = r.data
    at_ns = r.get_i64()
    kill = r.get_str()
    at = r.take(25)
    order_id = read_i64_le(data, at)
    route_id = read_i64_le(data, at + 8)
    ord_status = member(ORD_STATUSS, data[at + 16])
    left = read_i64_le(data, at + 17)
    return KillProgressed(at_ns, kill, order_id, route_id, ord_status, left)


def read_kill_completed(r: Reader) -> KillCompleted:
    data = r.data
    at_ns = r.get_i64()
    kill = r.get_str()
    at = r.take(24)
    canceled = read_i64_le(data, at)
    ended = read_i64_le(data, at + 8)
    took_ns = read_i64_le(data, at + 16)
    return KillCompleted(at_ns, kill, canceled, ended, took_ns)


def read_policy_defined(r: Reader) -> PolicyDefined:
    at_ns = r.get_i64()
    rules = tuple([read_approval_rule(r) for _ in range(r.get_count())])
    text = r.get_str()
    user_id = r.get_name()
    return PolicyDefined(at_ns, rules, text, user_id)


def read_approval_requested(r: Reader) -> ApprovalRequested:
    data = r.data
    at = r.take(17)
    at_ns = read_i64_le(data, at)
    approval_id = read_i64_le(data, at + 8)
    kind = member(APPROVAL_KINDS, data[at + 16])
    asked_by = r.get_name()
    summary = r.get_str()
    order_id = r.get_i64()
    command = r.get_bytes()
    word = r.get_str()
    expires_at_ns = r.get_i64()
    return ApprovalRequested(at_ns, approval_id, kind, asked_by, summary, order_id, command, word, expires_at_ns)


def read_approval_decided(r: Reader) -> ApprovalDecided:
    data = r.data
    at = r.take(18)
    at_ns = read_i64_le(data, at)
    approval_id = read_i64_le(data, at + 8)
    kind = member(APPROVAL_KINDS, data[at + 16])
    outcome = member(APPROVAL_OUTCOMES, data[at + 17])
    asked_by = r.get_name()
    user_id = r.get_name()
    text = r.get_str()
    order_id = r.get_i64()
    return ApprovalDecided(at_ns, approval_id, kind, outcome, asked_by, user_id, text, order_id)


def read_approvals_snapshot(r: Reader) -> ApprovalsSnapshot:
    data = r.data
    at = r.take(16)
    at_ns = read_i64_le(data, at)
    next_approval_id = read_i64_le(data, at + 8)
    return ApprovalsSnapshot(at_ns, next_approval_id)


def read_kill_snapshot(r: Reader) -> KillSnapshot:
    data = r.data
    at = r.take(9)
    at_ns = read_i64_le(data, at)
    node = member(NODE_KINDS, data[at + 8])
    node_id = r.get_name()
    scope = member(SCOPE_KINDS, r.get_byte())
    scope_id = r.get_name()
    venue_id = r.get_name()
    engaged_at_ns = r.get_i64()
    user_id = r.get_name()
    text = r.get_str()
    word = r.get_str()
    at = r.take(24)
    to_cancel = read_i64_le(data, at)
    canceled = read_i64_le(data, at + 8)
    ended = read_i64_le(data, at + 16)
    working = r.get_str()
    return KillSnapshot(
        at_ns,
        node,
        node_id,
        scope,
        scope_id,
        venue_id,
        engaged_at_ns,
        user_id,
        text,
        word,
        to_cancel,
        canceled,
        ended,
        working,
    )


def read_order_held(r: Reader) -> OrderHeld:
    data = r.data
    at = r.take(24)
    at_ns = read_i64_le(data, at)
    order_id = read_i64_le(data, at + 8)
    exec_id = read_i64_le(data, at + 16)
    cl_ord_id = r.get_str()
    terms = read_terms(r.data, r.take(42))
    code = REFUSAL_CODES[r.get_str()]
    context = r.get_pairs()
    return OrderHeld(at_ns, order_id, exec_id, cl_ord_id, terms, code, context)


def read_returns_set(r: Reader) -> ReturnsSet:
    at_ns = r.get_i64()
    instrument_id = r.get_name()
    returns = tuple([read_daily_return(r.data, r.take(16)) for _ in range(r.get_count())])
    text = r.get_str()
    user_id = r.get_name()
    return ReturnsSet(at_ns, instrument_id, returns, text, user_id)


def read_indicators_snapshot(r: Reader) -> IndicatorsSnapshot:
    data = r.data
    at_ns = r.get_i64()
    place = read_place(r)
    since_exec_id = r.get_i64()
    day_pnl = r.get_money()
    peak = r.get_money()
    at = r.take(32)
    peak_exec_id = read_i64_le(data, at)
    rejected = read_i64_le(data, at + 8)
    ordered_qty = read_i64_le(data, at + 16)
    filled_qty = read_i64_le(data, at + 24)
    slippages = tuple([read_currency_slippage(r) for _ in range(r.get_count())])
    bursts = tuple([read_burst_slot(r.data, r.take(17)) for _ in range(r.get_count())])
    trends = tuple([read_trend_state(r) for _ in range(r.get_count())])
    return IndicatorsSnapshot(
        at_ns,
        place,
        since_exec_id,
        day_pnl,
        peak,
        peak_exec_id,
        rejected,
        ordered_qty,
        filled_qty,
        slippages,
        bursts,
        trends,
    )


def read_place_watched(r: Reader) -> PlaceWatched:
    at_ns = r.get_i64()
    place = read_place(r)
    user_id = r.get_name()
    return PlaceWatched(at_ns, place, user_id)


def read_position_pnl_snapshot(r: Reader) -> PositionPnlSnapshot:
    data = r.data
    at = r.take(9)
    at_ns = read_i64_le(data, at)
    node = member(NODE_KINDS, data[at + 8])
    node_id = r.get_name()
    instrument_id = r.get_name()
    at = r.take(16)
    exec_id = read_i64_le(data, at)
    mark_px = read_i64_le(data, at + 8)
    base = r.get_money()
    at = r.take(24)
    closed_qty = read_i64_le(data, at)
    won_qty = read_i64_le(data, at + 8)
    lost_qty = read_i64_le(data, at + 16)
    won = r.get_money()
    lost = r.get_money()
    return PositionPnlSnapshot(
        at_ns, node, node_id, instrument_id, exec_id, mark_px, base, closed_qty, won_qty, lost_qty, won, lost
    )


def read_trading_rules_set(r: Reader) -> TradingRulesSet:
    data = r.data
    at_ns = r.get_i64()
    instrument_id = r.get_name()
    trading_date = r.get_i64()
    bands = tuple([read_price_band(r.data, r.take(24)) for _ in range(r.get_count())])
    at = r.take(62)
    holds_end = data[at] != 0
    low_px = read_i64_le(data, at + 1)
    high_px = read_i64_le(data, at + 9)
    min_qty = read_i64_le(data, at + 17)
    qty_step = read_i64_le(data, at + 25)
    max_qty = read_i64_le(data, at + 33)
    odd_lots = member(ODD_LOTSS, data[at + 41])
    short_sale = member(SHORT_SALE_RULES, data[at + 42])
    after_fall_bps = read_i64_le(data, at + 43)
    marking = data[at + 51] != 0
    locate = data[at + 52] != 0
    reference = member(REFERENCE_PRICES, data[at + 53])
    max_mark_age_ns = read_i64_le(data, at + 54)
    user_id = r.get_name()
    return TradingRulesSet(
        at_ns,
        instrument_id,
        trading_date,
        bands,
        holds_end,
        low_px,
        high_px,
        min_qty,
        qty_step,
        max_qty,
        odd_lots,
        short_sale,
        after_fall_bps,
        marking,
        locate,
        reference,
        max_mark_age_ns,
        user_id,
    )


def read_market_day_set(r: Reader) -> MarketDaySet:
    at_ns = r.get_i64()
    mic = r.get_name()
    trading_date = r.get_i64()
    spans = tuple([read_market_span(r) for _ in range(r.get_count())])
    takes_early = r.get_bool()
    user_id = r.get_name()
    return MarketDaySet(at_ns, mic, trading_date, spans, takes_early, user_id)


def read_halt_changed(r: Reader) -> HaltChanged:
    at_ns = r.get_i64()
    instrument_id = r.get_name()
    mic = r.get_name()
    halted = r.get_bool()
    text = r.get_str()
    user_id = r.get_name()
    return HaltChanged(at_ns, instrument_id, mic, halted, text, user_id)


def read_market_figures_set(r: Reader) -> MarketFiguresSet:
    data = r.data
    at_ns = r.get_i64()
    instrument_id = r.get_name()
    at = r.take(24)
    close_px = read_i64_le(data, at)
    adv = read_i64_le(data, at + 8)
    volatility_bps = read_i64_le(data, at + 16)
    user_id = r.get_name()
    return MarketFiguresSet(at_ns, instrument_id, close_px, adv, volatility_bps, user_id)


def read_locate_set(r: Reader) -> LocateSet:
    at_ns = r.get_i64()
    account_id = r.get_name()
    instrument_id = r.get_name()
    qty = r.get_i64()
    text = r.get_str()
    user_id = r.get_name()
    return LocateSet(at_ns, account_id, instrument_id, qty, text, user_id)


def read_restriction_watched(r: Reader) -> RestrictionWatched:
    data = r.data
    at = r.take(16)
    at_ns = read_i64_le(data, at)
    order_id = read_i64_le(data, at + 8)
    instrument_id = r.get_name()
    account_id = r.get_name()
    node = member(NODE_KINDS, r.get_byte())
    node_id = r.get_name()
    text = r.get_str()
    user_id = r.get_name()
    return RestrictionWatched(at_ns, order_id, instrument_id, account_id, node, node_id, text, user_id)


def read_price_fall_snapshot(r: Reader) -> PriceFallSnapshot:
    data = r.data
    at_ns = r.get_i64()
    instrument_id = r.get_name()
    at = r.take(2)
    today = data[at] != 0
    day_before = data[at + 1] != 0
    return PriceFallSnapshot(at_ns, instrument_id, today, day_before)


def read_position_day_snapshot(r: Reader) -> PositionDaySnapshot:
    data = r.data
    at_ns = r.get_i64()
    account_id = r.get_name()
    instrument_id = r.get_name()
    at = r.take(16)
    locate_qty = read_i64_le(data, at)
    short_done = read_i64_le(data, at + 8)
    return PositionDaySnapshot(at_ns, account_id, instrument_id, locate_qty, short_done)


def read_rule_defined(r: Reader) -> RuleDefined:
    data = r.data
    at_ns = r.get_i64()
    rule_id = r.get_name()
    indicator = INDICATORS[r.get_str()]
    place = read_place(r)
    at = r.take(2)
    each = data[at] != 0
    above = data[at + 1] != 0
    levels = tuple([read_rule_level(r) for _ in range(r.get_count())])
    dry_run = r.get_bool()
    text = r.get_str()
    user_id = r.get_name()
    return RuleDefined(at_ns, rule_id, indicator, place, each, above, levels, dry_run, text, user_id)


def read_rule_removed(r: Reader) -> RuleRemoved:
    at_ns = r.get_i64()
    rule_id = r.get_name()
    text = r.get_str()
    user_id = r.get_name()
    return RuleRemoved(at_ns, rule_id, text, user_id)


def read_response_taken(r: Reader) -> ResponseTaken:
    at_ns = r.get_i64()
    rule_id = r.get_name()
    place = read_place(r)
    indicator = INDICATORS[r.get_str()]
    level = r.get_i64()
    seen = r.get_money()
    threshold = r.get_money()
    actions = tuple([read_rule_action(r) for _ in range(r.get_count())])
    dry_run = r.get_bool()
    orders = tuple([read_order_ref(r.data, r.take(8)) for _ in range(r.get_count())])
    cause = r.get_str()
    cause_at_ns = r.get_i64()
    return ResponseTaken(
        at_ns, rule_id, place, indicator, level, seen, threshold, actions, dry_run, orders, cause, cause_at_ns
    )


def read_response_released(r: Reader) -> ResponseReleased:
    data = r.data
    at_ns = r.get_i64()
    rule_id = r.get_name()
    place = read_place(r)
    level = r.get_i64()
    seen = r.get_money()
    at = r.take(9)
    release = member(RELEASE_KINDS, data[at])
    held_ns = read_i64_le(data, at + 1)
    text = r.get_str()
    user_id = r.get_name()
    approved_by = r.get_name()
    indicator = INDICATORS[r.get_str()]
    return ResponseReleased(at_ns, rule_id, place, level, seen, release, held_ns, text, user_id, approved_by, indicator)


def read_response_eased(r: Reader) -> ResponseEased:
    at_ns = r.get_i64()
    rule_id = r.get_name()
    place = read_place(r)
    level = r.get_i64()
    seen = r.get_money()
    back = r.get_bool()
    indicator = INDICATORS[r.get_str()]
    return ResponseEased(at_ns, rule_id, place, level, seen, back, indicator)


def read_rule_snapshot(r: Reader) -> RuleSnapshot:
    data = r.data
    at_ns = r.get_i64()
    rule_id = r.get_name()
    place = read_place(r)
    at = r.take(16)
    level = read_i64_le(data, at)
    back_at_ns = read_i64_le(data, at + 8)
    times = tuple([read_rule_level_times(r.data, r.take(16)) for _ in range(r.get_count())])
    orders = tuple([read_order_ref(r.data, r.take(8)) for _ in range(r.get_count())])
    cause_at_ns = r.get_i64()
    return RuleSnapshot(at_ns, rule_id, place, level, back_at_ns, times, orders, cause_at_ns)


def read_response_completed(r: Reader) -> ResponseCompleted:
    data = r.data
    at_ns = r.get_i64()
    rule_id = r.get_name()
    place = read_place(r)
    at = r.take(24)
    level = read_i64_le(data, at)
    orders = read_i64_le(data, at + 8)
    took_ns = read_i64_le(data, at + 16)
    return ResponseCompleted(at_ns, rule_id, place, level, orders, took_ns)


def read_corporate_action_snapshot(r: Reader) -> CorporateActionSnapshot:
    data = r.data
    at_ns = r.get_i64()
    action_id = r.get_str()
    instrument_id = r.get_name()
    at = r.take(16)
    ex_date = read_i64_le(data, at)
    first_exec_id = read_i64_le(data, at + 8)
    return CorporateActionSnapshot(at_ns, action_id, instrument_id, ex_date, first_exec_id)


def read_command(r: Reader, code: i64, version: i64) -> Command:
    """One command from the reader; `WireError` for a code that no command has."""
    if code == 1:
        return read_submit_order(r, version)
    if code == 2:
        return read_replace_order(r, version)
    if code == 3:
        return read_cancel_order(r)
    if code == 4:
        return read_request_order_status(r)
    if code == 5:
        return read_mass_cancel(r, version)
    if code == 6:
        return read_request_mass_status(r)
    if code == 7:
        return read_dispute_trade(r)
    if code == 10:
        return read_route_order(r)
    if code == 11:
        return read_cancel_route(r)
    if code == 12:
        return read_record_trade(r)
    if code == 13:
        return read_bust_trade(r)
    if code == 14:
        return read_correct_trade(r)
    if code == 15:
        return read_resolve_route(r)
    if code == 16:
        return read_finish_order(r)
    if code == 20:
        return read_report_execution(r, version)
    if code == 21:
        return read_report_cancel_reject(r)
    if code == 22:
        return read_report_venue_refusal(r)
    if code == 23:
        return read_set_venue_state(r)
    if code == 30:
        return read_define_instrument(r, version)
    if code == 31:
        return read_define_client(r, version)
    if code == 32:
        return read_define_account(r, version)
    if code == 33:
        return read_define_user(r, version)
    if code == 34:
        return read_define_venue(r, version)
    if code == 35:
        return read_set_limits(r)
    if code == 43:
        return read_place_limit(r)
    if code == 44:
        return read_remove_limit(r)
    if code == 45:
        return read_define_desk(r)
    if code == 46:
        return read_set_entitlement(r)
    if code == 47:
        return read_ask_what_if(r)
    if code == 57:
        return read_load_check_plugins(r)
    if code == 49:
        return read_set_returns(r)
    if code == 58:
        return read_set_trading_rules(r)
    if code == 59:
        return read_set_market_day(r)
    if code == 18:
        return read_set_halt(r)
    if code == 19:
        return read_set_market_figures(r)
    if code == 24:
        return read_set_locate(r)
    if code == 52:
        return read_define_rule(r)
    if code == 53:
        return read_remove_rule(r)
    if code == 61:
        return read_release_rule(r)
    if code == 51:
        return read_watch_place(r)
    if code == 36:
        return read_set_restriction(r, version)
    if code == 37:
        return read_engage_kill(r, version)
    if code == 38:
        return read_release_kill(r, version)
    if code == 54:
        return read_define_policy(r)
    if code == 55:
        return read_decide_approval(r)
    if code == 39:
        return read_update_mark(r)
    if code == 40:
        return read_start_trading_day(r)
    if code == 41:
        return read_advance_time(r)
    if code == 60:
        return read_restate_order(r)
    if code == 42:
        return read_apply_corporate_action(r)
    if code == 50:
        return read_cancel_session_orders(r)
    if code == 80:
        return read_submit_list(r)
    if code == 81:
        return read_execute_list(r)
    if code == 82:
        return read_cancel_list(r)
    if code == 83:
        return read_request_list_status(r)
    if code == 84:
        return read_submit_cross(r)
    if code == 85:
        return read_replace_cross(r)
    if code == 86:
        return read_cancel_cross(r)
    if code == 87:
        return read_execute_cross(r)
    if code == 88:
        return read_acknowledge_trade(r)
    if code == 17:
        return read_refuse_request(r)
    raise WireError(f"no command has code {code}; was it written by a newer Kairos?")


def read_event(r: Reader, code: i64, version: i64) -> Event:
    """One event from the reader; `WireError` for a code that no event has."""
    if code == 100:
        return read_order_accepted(r, version)
    if code == 101:
        return read_order_refused(r, version)
    if code == 102:
        return read_order_cancel_pending(r)
    if code == 103:
        return read_order_replace_pending(r, version)
    if code == 104:
        return read_order_replaced(r, version)
    if code == 105:
        return read_request_refused(r)
    if code == 106:
        return read_request_rejected(r)
    if code == 107:
        return read_order_canceled(r, version)
    if code == 108:
        return read_order_rejected(r)
    if code == 109:
        return read_order_expired(r)
    if code == 110:
        return read_order_done_for_day(r)
    if code == 111:
        return read_order_status_reported(r, version)
    if code == 112:
        return read_mass_cancel_reported(r, version)
    if code == 113:
        return read_trade_booked(r, version)
    if code == 114:
        return read_trade_busted(r)
    if code == 115:
        return read_trade_corrected(r, version)
    if code == 116:
        return read_trade_disputed(r)
    if code == 117:
        return read_order_restated(r, version)
    if code == 240:
        return read_order_acknowledged(r)
    if code == 241:
        return read_order_replace_queued(r)
    if code == 242:
        return read_order_split(r)
    if code == 130:
        return read_route_requested(r)
    if code == 131:
        return read_route_acknowledged(r)
    if code == 132:
        return read_route_rejected(r)
    if code == 133:
        return read_route_cancel_requested(r)
    if code == 134:
        return read_route_replace_requested(r)
    if code == 135:
        return read_route_replaced(r)
    if code == 136:
        return read_route_request_rejected(r)
    if code == 137:
        return read_route_ended(r)
    if code == 138:
        return read_route_unknown(r)
    if code == 139:
        return read_route_status_requested(r)
    if code == 140:
        return read_route_traded(r)
    if code == 141:
        return read_route_trade_amended(r)
    if code == 142:
        return read_venue_report_refused(r, version)
    if code == 143:
        return read_route_report_copied(r)
    if code == 160:
        return read_instrument_defined(r, version)
    if code == 161:
        return read_client_defined(r, version)
    if code == 162:
        return read_account_defined(r, version)
    if code == 163:
        return read_user_defined(r, version)
    if code == 164:
        return read_venue_defined(r, version)
    if code == 165:
        return read_limits_set(r)
    if code == 166:
        return read_restriction_set(r, version)
    if code == 167:
        return read_kill_engaged(r, version)
    if code == 168:
        return read_kill_released(r, version)
    if code == 169:
        return read_mark_updated(r)
    if code == 170:
        return read_trading_day_started(r)
    if code == 171:
        return read_venue_state_changed(r)
    if code == 172:
        return read_command_refused(r)
    if code == 118:
        return read_corporate_action_applied(r)
    if code == 119:
        return read_position_restated(r)
    if code == 120:
        return read_dividend_entitled(r)
    if code == 180:
        return read_session_received(r)
    if code == 181:
        return read_session_sent(r, version)
    if code == 182:
        return read_session_reset(r, version)
    if code == 183:
        return read_session_refused(r)
    if code == 200:
        return read_list_fragment_received(r)
    if code == 201:
        return read_list_accepted(r)
    if code == 202:
        return read_list_order_decided(r)
    if code == 203:
        return read_list_reported(r)
    if code == 204:
        return read_list_refused(r)
    if code == 205:
        return read_cross_accepted(r)
    if code == 206:
        return read_cross_replaced(r)
    if code == 207:
        return read_cross_executed(r)
    if code == 208:
        return read_trade_acknowledged(r)
    if code == 190:
        return read_order_snapshot(r, version)
    if code == 191:
        return read_request_snapshot(r, version)
    if code == 192:
        return read_route_snapshot(r, version)
    if code == 193:
        return read_trade_snapshot(r)
    if code == 194:
        return read_position_snapshot(r, version)
    if code == 195:
        return read_account_snapshot(r)
    if code == 196:
        return read_desk_snapshot(r, version)
    if code == 197:
        return read_session_snapshot(r)
    if code == 209:
        return read_limit_placed(r)
    if code == 210:
        return read_limit_removed(r)
    if code == 211:
        return read_desk_defined(r)
    if code == 212:
        return read_entitlement_set(r)
    if code == 213:
        return read_book_restated(r)
    if code == 214:
        return read_purse_snapshot(r)
    if code == 215:
        return read_cell_snapshot(r)
    if code == 216:
        return read_soft_limit_passed(r)
    if code == 217:
        return read_what_if_reported(r)
    if code == 218:
        return read_bound_snapshot(r)
    if code == 238:
        return read_check_plugin_loaded(r)
    if code == 239:
        return read_check_plugin_removed(r)
    if code == 230:
        return read_kill_progressed(r)
    if code == 231:
        return read_kill_completed(r)
    if code == 232:
        return read_policy_defined(r)
    if code == 233:
        return read_approval_requested(r)
    if code == 234:
        return read_approval_decided(r)
    if code == 235:
        return read_approvals_snapshot(r)
    if code == 236:
        return read_kill_snapshot(r)
    if code == 237:
        return read_order_held(r)
    if code == 220:
        return read_returns_set(r)
    if code == 221:
        return read_indicators_snapshot(r)
    if code == 222:
        return read_place_watched(r)
    if code == 223:
        return read_position_pnl_snapshot(r)
    if code == 122:
        return read_trading_rules_set(r)
    if code == 123:
        return read_market_day_set(r)
    if code == 124:
        return read_halt_changed(r)
    if code == 125:
        return read_market_figures_set(r)
    if code == 126:
        return read_locate_set(r)
    if code == 127:
        return read_restriction_watched(r)
    if code == 146:
        return read_price_fall_snapshot(r)
    if code == 147:
        return read_position_day_snapshot(r)
    if code == 224:
        return read_rule_defined(r)
    if code == 225:
        return read_rule_removed(r)
    if code == 226:
        return read_response_taken(r)
    if code == 227:
        return read_response_released(r)
    if code == 228:
        return read_response_eased(r)
    if code == 229:
        return read_rule_snapshot(r)
    if code == 243:
        return read_response_completed(r)
    if code == 121:
        return read_corporate_action_snapshot(r)
    raise WireError(f"no event has code {code}; was it written by a newer Kairos?")


def encode_event(w: BytesWriter, event: Event) -> None:
    """Append one event: its record begins with its time."""
    start = begin_record(w, event.wire_code(), event.wire_version())
    write_i64_le(w, event.at_ns)
    event.put(w)
    end_record(w, start)


def encode_command(w: BytesWriter, command: Command) -> None:
    """Append one command."""
    start = begin_record(w, command.wire_code(), command.wire_version())
    command.put(w)
    end_record(w, start)


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
    r = Reader(data, 1, 1)
    while r.end < len(data):
        at = r.open_record()
        try:
            event = read_event(r, data[at], data[at + 1])
        except (KeyError, UnicodeDecodeError) as error:
            raise WireError(f"offset {at}: a value that no version of Kairos writes: {error}") from error
        if r.at != r.end:
            raise WireError(f"offset {at}: {r.end - r.at} bytes too many; was it written by a newer Kairos?")
        events.append(event)
    return events


def decode_command(data: bytes) -> Command:
    """One command that fills `data`."""
    r = open_record(data, 0)
    try:
        command = read_command(r, data[0], data[1])
    except (KeyError, UnicodeDecodeError) as error:
        raise WireError(f"a value that no version of Kairos writes: {error}") from error
    if r.at != len(data):
        raise WireError(f"{len(data) - r.at} bytes too many behind a command")
    return command


def open_record(data: bytes, at: i64) -> Reader:
    """A reader of the record whose head is at this offset."""
    r = Reader(data, at, at)
    r.open_record()
    return r

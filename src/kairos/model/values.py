"""Values that commands and events carry whole.

Generated from messages.schema by tools/generate_model.py: edit the table, not this file.
"""

from __future__ import annotations

from typing import Final

from librt.strings import BytesWriter, write_i64_le
from mypy_extensions import i64, mypyc_attr

from kairos.model.enums import LimitKind, NodeKind, OrdStatus, OrdType, ScopeKind, Severity, Side, TimeInForce
from kairos.model.wire_types import (
    LastWritten,
    Pairs,
    Record,
    put_code,
    put_count,
    put_money,
    put_name,
    put_pairs,
    put_str,
)


@mypyc_attr(acyclic=True)
class Terms(Record):
    """What may change by a replace: the conditions under which an order trades.

    order_qty: OrderQty(38), total over the life of the order
    price: Price(44); 0 where the type has none
    stop_px: StopPx(99); 0 where the type has none
    expire_at_ns: ExpireTime(126); 0 unless GOOD_TILL_DATE
    max_floor: MaxFloor(111), the displayed part; 0 shows all
    """

    def __init__(
        self,
        order_qty: i64,
        ord_type: OrdType,
        price: i64,
        stop_px: i64,
        time_in_force: TimeInForce,
        expire_at_ns: i64,
        max_floor: i64,
    ) -> None:
        self.order_qty: Final[i64] = order_qty
        self.ord_type: Final[OrdType] = ord_type
        self.price: Final[i64] = price
        self.stop_px: Final[i64] = stop_px
        self.time_in_force: Final[TimeInForce] = time_in_force
        self.expire_at_ns: Final[i64] = expire_at_ns
        self.max_floor: Final[i64] = max_floor

    def names(self) -> tuple[str, ...]:
        return ("order_qty", "ord_type", "price", "stop_px", "time_in_force", "expire_at_ns", "max_floor")

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.order_qty)
        put_code(w, self.ord_type)
        write_i64_le(w, self.price)
        write_i64_le(w, self.stop_px)
        put_code(w, self.time_in_force)
        write_i64_le(w, self.expire_at_ns)
        write_i64_le(w, self.max_floor)


@mypyc_attr(acyclic=True)
class Standing(Record):
    """Where an order stands, as an ExecutionReport(8) says it.

    cum_qty: CumQty(14)
    leaves_qty: LeavesQty(151)
    avg_px: AvgPx(6), rounded half up to 10**-8
    """

    def __init__(self, ord_status: OrdStatus, cum_qty: i64, leaves_qty: i64, avg_px: i64) -> None:
        self.ord_status: Final[OrdStatus] = ord_status
        self.cum_qty: Final[i64] = cum_qty
        self.leaves_qty: Final[i64] = leaves_qty
        self.avg_px: Final[i64] = avg_px

    def names(self) -> tuple[str, ...]:
        return ("ord_status", "cum_qty", "leaves_qty", "avg_px")

    def put(self, w: BytesWriter) -> None:
        put_code(w, self.ord_status)
        write_i64_le(w, self.cum_qty)
        write_i64_le(w, self.leaves_qty)
        write_i64_le(w, self.avg_px)


@mypyc_attr(acyclic=True)
class Limits(Record):
    """What one account may do. A limit that nobody set is zero: it blocks.

    collar_bps: how far from the reference price a limit price may be, in basis points
    max_position: largest long or short position, working orders counted in the worst direction
    rate_per_s: new and replace requests a second, sustained
    rate_burst: new and replace requests at once
    """

    def __init__(
        self,
        max_order_qty: i64,
        max_order_notional: int,
        collar_bps: i64,
        max_position: i64,
        max_gross_exposure: int,
        max_net_exposure: int,
        rate_per_s: i64,
        rate_burst: i64,
    ) -> None:
        self.max_order_qty: Final[i64] = max_order_qty
        self.max_order_notional: Final[int] = max_order_notional
        self.collar_bps: Final[i64] = collar_bps
        self.max_position: Final[i64] = max_position
        self.max_gross_exposure: Final[int] = max_gross_exposure
        self.max_net_exposure: Final[int] = max_net_exposure
        self.rate_per_s: Final[i64] = rate_per_s
        self.rate_burst: Final[i64] = rate_burst

    def names(self) -> tuple[str, ...]:
        return (
            "max_order_qty",
            "max_order_notional",
            "collar_bps",
            "max_position",
            "max_gross_exposure",
            "max_net_exposure",
            "rate_per_s",
            "rate_burst",
        )

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.max_order_qty)
        put_money(w, self.max_order_notional)
        write_i64_le(w, self.collar_bps)
        write_i64_le(w, self.max_position)
        put_money(w, self.max_gross_exposure)
        put_money(w, self.max_net_exposure)
        write_i64_le(w, self.rate_per_s)
        write_i64_le(w, self.rate_burst)


@mypyc_attr(acyclic=True)
class Place(Record):
    """Where limits, rules and kills hang: a node of the tree crossed with what it trades.

    node_id: empty for the firm; a strategy's is ACCOUNT/STRATEGY
    scope_id: empty for all
    """

    def __init__(self, node: NodeKind, node_id: str, scope: ScopeKind, scope_id: str) -> None:
        self.node: Final[NodeKind] = node
        self.node_id: Final[str] = node_id
        self.scope: Final[ScopeKind] = scope
        self.scope_id: Final[str] = scope_id

    def names(self) -> tuple[str, ...]:
        return ("node", "node_id", "scope", "scope_id")

    def put(self, w: BytesWriter) -> None:
        put_code(w, self.node)
        put_name(w, self.node_id)
        put_code(w, self.scope)
        put_name(w, self.scope_id)


@mypyc_attr(acyclic=True)
class Limit(Record):
    """One bound of a place.

    value: in the units of its kind
    currency: of a money value; empty for the account's own, above accounts the firm's base currency
    window_ns: of a rate or a repetition: over how long it counts; else 0
    burst: of RATE: requests at once; else 0
    """

    def __init__(
        self, kind: LimitKind, severity: Severity, value: int, currency: str, window_ns: i64, burst: i64
    ) -> None:
        self.kind: Final[LimitKind] = kind
        self.severity: Final[Severity] = severity
        self.value: Final[int] = value
        self.currency: Final[str] = currency
        self.window_ns: Final[i64] = window_ns
        self.burst: Final[i64] = burst

    def names(self) -> tuple[str, ...]:
        return ("kind", "severity", "value", "currency", "window_ns", "burst")

    def put(self, w: BytesWriter) -> None:
        put_str(w, self.kind)
        put_code(w, self.severity)
        put_money(w, self.value)
        put_name(w, self.currency)
        write_i64_le(w, self.window_ns)
        write_i64_le(w, self.burst)


@mypyc_attr(acyclic=True)
class Party(Record):
    """Somebody who stands behind an order or a trade: one of Parties, NoPartyIDs(453).

    party_id: PartyID(448)
    source: PartyIDSource(447)
    role: PartyRole(452)
    sub_ids: each PartySubID(523) with its PartySubIDType(803), which may be empty
    """

    def __init__(self, party_id: str, source: str, role: str, sub_ids: Pairs) -> None:
        self.party_id: Final[str] = party_id
        self.source: Final[str] = source
        self.role: Final[str] = role
        self.sub_ids: Final[Pairs] = sub_ids

    def names(self) -> tuple[str, ...]:
        return ("party_id", "source", "role", "sub_ids")

    def put(self, w: BytesWriter) -> None:
        put_str(w, self.party_id)
        put_str(w, self.source)
        put_str(w, self.role)
        put_pairs(w, self.sub_ids)


@mypyc_attr(acyclic=True)
class PreAlloc(Record):
    """How much of an order is for which account, said with the order: one of NoAllocs(78).

    account: AllocAccount(79)
    source: AllocAcctIDSource(661)
    currency: AllocSettlCurrency(736)
    individual_id: IndividualAllocID(467)
    qty: AllocQty(80), of FIX 4.2 AllocShares
    parties: NestedParties, NoNestedPartyIDs(539)
    """

    def __init__(
        self, account: str, source: str, currency: str, individual_id: str, qty: i64, parties: tuple[Party, ...]
    ) -> None:
        self.account: Final[str] = account
        self.source: Final[str] = source
        self.currency: Final[str] = currency
        self.individual_id: Final[str] = individual_id
        self.qty: Final[i64] = qty
        self.parties: Final[tuple[Party, ...]] = parties

    def names(self) -> tuple[str, ...]:
        return ("account", "source", "currency", "individual_id", "qty", "parties")

    def put(self, w: BytesWriter) -> None:
        put_str(w, self.account)
        put_str(w, self.source)
        put_name(w, self.currency)
        put_str(w, self.individual_id)
        write_i64_le(w, self.qty)
        put_count(w, len(self.parties))
        for party in self.parties:
            party.put(w)


@mypyc_attr(acyclic=True)
class OrderDetails(Record):
    """What an order says beside its terms, for the venue, for clearing and for regulators. Texts are FIX
    codes as sent.

    acct_id_source: AcctIDSource(660)
    account_type: AccountType(581)
    order_capacity: OrderCapacity(528), of FIX 4.2 Rule80A(47)
    order_restrictions: OrderRestrictions(529)
    cust_order_capacity: CustOrderCapacity(582)
    exec_inst: ExecInst(18)
    position_effect: PositionEffect(77), of FIX 4.2 OpenClose
    covered_or_uncovered: CoveredOrUncovered(203), of FIX 4.2 too
    settl_type: SettlType(63), of FIX 4.2 SettlmntTyp
    settl_date: SettlDate(64), of FIX 4.2 FutSettDate
    locate_reqd: LocateReqd(114)
    solicited_flag: SolicitedFlag(377)
    trade_date: TradeDate(75)
    trade_origination_date: TradeOriginationDate(229)
    secondary_cl_ord_id: SecondaryClOrdID(526)
    cl_ord_link_id: ClOrdLinkID(583)
    encoded_text: EncodedText(355), decoded
    min_qty: MinQty(110); 0 for none
    custom: fields of an agreement: tag and value
    """

    def __init__(
        self,
        acct_id_source: str = "",
        account_type: str = "",
        order_capacity: str = "",
        order_restrictions: str = "",
        cust_order_capacity: str = "",
        exec_inst: str = "",
        position_effect: str = "",
        covered_or_uncovered: str = "",
        settl_type: str = "",
        settl_date: str = "",
        locate_reqd: str = "",
        solicited_flag: str = "",
        trade_date: str = "",
        trade_origination_date: str = "",
        secondary_cl_ord_id: str = "",
        cl_ord_link_id: str = "",
        encoded_text: str = "",
        min_qty: i64 = 0,
        parties: tuple[Party, ...] = (),
        allocs: tuple[PreAlloc, ...] = (),
        custom: Pairs = (),
    ) -> None:
        self.acct_id_source: Final[str] = acct_id_source
        self.account_type: Final[str] = account_type
        self.order_capacity: Final[str] = order_capacity
        self.order_restrictions: Final[str] = order_restrictions
        self.cust_order_capacity: Final[str] = cust_order_capacity
        self.exec_inst: Final[str] = exec_inst
        self.position_effect: Final[str] = position_effect
        self.covered_or_uncovered: Final[str] = covered_or_uncovered
        self.settl_type: Final[str] = settl_type
        self.settl_date: Final[str] = settl_date
        self.locate_reqd: Final[str] = locate_reqd
        self.solicited_flag: Final[str] = solicited_flag
        self.trade_date: Final[str] = trade_date
        self.trade_origination_date: Final[str] = trade_origination_date
        self.secondary_cl_ord_id: Final[str] = secondary_cl_ord_id
        self.cl_ord_link_id: Final[str] = cl_ord_link_id
        self.encoded_text: Final[str] = encoded_text
        self.min_qty: Final[i64] = min_qty
        self.parties: Final[tuple[Party, ...]] = parties
        self.allocs: Final[tuple[PreAlloc, ...]] = allocs
        self.custom: Final[Pairs] = custom

    def names(self) -> tuple[str, ...]:
        return (
            "acct_id_source",
            "account_type",
            "order_capacity",
            "order_restrictions",
            "cust_order_capacity",
            "exec_inst",
            "position_effect",
            "covered_or_uncovered",
            "settl_type",
            "settl_date",
            "locate_reqd",
            "solicited_flag",
            "trade_date",
            "trade_origination_date",
            "secondary_cl_ord_id",
            "cl_ord_link_id",
            "encoded_text",
            "min_qty",
            "parties",
            "allocs",
            "custom",
        )

    def put(self, w: BytesWriter) -> None:
        put_str(w, self.acct_id_source)
        put_str(w, self.account_type)
        put_str(w, self.order_capacity)
        put_str(w, self.order_restrictions)
        put_str(w, self.cust_order_capacity)
        put_str(w, self.exec_inst)
        put_str(w, self.position_effect)
        put_str(w, self.covered_or_uncovered)
        put_str(w, self.settl_type)
        put_str(w, self.settl_date)
        put_str(w, self.locate_reqd)
        put_str(w, self.solicited_flag)
        put_str(w, self.trade_date)
        put_str(w, self.trade_origination_date)
        put_str(w, self.secondary_cl_ord_id)
        put_str(w, self.cl_ord_link_id)
        put_str(w, self.encoded_text)
        write_i64_le(w, self.min_qty)
        put_count(w, len(self.parties))
        for party in self.parties:
            party.put(w)
        put_count(w, len(self.allocs))
        for pre_alloc in self.allocs:
            pre_alloc.put(w)
        put_pairs(w, self.custom)


NO_ORDER_DETAILS: Final = OrderDetails()


_LAST_ORDER_DETAILS: Final = LastWritten(NO_ORDER_DETAILS)


def put_order_details(w: BytesWriter, value: OrderDetails) -> None:
    if value is NO_ORDER_DETAILS:
        w.append(0)
    else:
        _LAST_ORDER_DETAILS.put(w, value)


@mypyc_attr(acyclic=True)
class Contra(Record):
    """Who was on the other side of a trade: one of ContraBrokers, NoContraBrokers(382).

    contra_broker: ContraBroker(375)
    contra_trader: ContraTrader(337)
    contra_trade_qty: ContraTradeQty(437)
    contra_trade_at_ns: ContraTradeTime(438)
    """

    def __init__(self, contra_broker: str, contra_trader: str, contra_trade_qty: i64, contra_trade_at_ns: i64) -> None:
        self.contra_broker: Final[str] = contra_broker
        self.contra_trader: Final[str] = contra_trader
        self.contra_trade_qty: Final[i64] = contra_trade_qty
        self.contra_trade_at_ns: Final[i64] = contra_trade_at_ns

    def names(self) -> tuple[str, ...]:
        return ("contra_broker", "contra_trader", "contra_trade_qty", "contra_trade_at_ns")

    def put(self, w: BytesWriter) -> None:
        put_str(w, self.contra_broker)
        put_str(w, self.contra_trader)
        write_i64_le(w, self.contra_trade_qty)
        write_i64_le(w, self.contra_trade_at_ns)


@mypyc_attr(acyclic=True)
class TradeDetails(Record):
    """What a venue says of a trade beside its quantity and price. Texts are FIX codes as sent.

    last_mkt: LastMkt(30)
    last_capacity: LastCapacity(29)
    last_liquidity_ind: LastLiquidityInd(851)
    trade_date: TradeDate(75)
    settl_type: SettlType(63)
    settl_date: SettlDate(64)
    """

    def __init__(
        self,
        last_mkt: str = "",
        last_capacity: str = "",
        last_liquidity_ind: str = "",
        trade_date: str = "",
        settl_type: str = "",
        settl_date: str = "",
        contras: tuple[Contra, ...] = (),
    ) -> None:
        self.last_mkt: Final[str] = last_mkt
        self.last_capacity: Final[str] = last_capacity
        self.last_liquidity_ind: Final[str] = last_liquidity_ind
        self.trade_date: Final[str] = trade_date
        self.settl_type: Final[str] = settl_type
        self.settl_date: Final[str] = settl_date
        self.contras: Final[tuple[Contra, ...]] = contras

    def names(self) -> tuple[str, ...]:
        return ("last_mkt", "last_capacity", "last_liquidity_ind", "trade_date", "settl_type", "settl_date", "contras")

    def put(self, w: BytesWriter) -> None:
        put_str(w, self.last_mkt)
        put_str(w, self.last_capacity)
        put_str(w, self.last_liquidity_ind)
        put_str(w, self.trade_date)
        put_str(w, self.settl_type)
        put_str(w, self.settl_date)
        put_count(w, len(self.contras))
        for contra in self.contras:
            contra.put(w)


NO_TRADE_DETAILS: Final = TradeDetails()


_LAST_TRADE_DETAILS: Final = LastWritten(NO_TRADE_DETAILS)


def put_trade_details(w: BytesWriter, value: TradeDetails) -> None:
    if value is NO_TRADE_DETAILS:
        w.append(0)
    else:
        _LAST_TRADE_DETAILS.put(w, value)


@mypyc_attr(acyclic=True)
class Leg(Record):
    """What one unit of a spread has of an instrument: one of InstrumentLegs, NoLegs(555).

    ratio: LegRatioQty(623)
    side: LegSide(624): what a buyer of the spread does with it, BUY or SELL
    """

    def __init__(self, instrument_id: str, ratio: i64, side: Side) -> None:
        self.instrument_id: Final[str] = instrument_id
        self.ratio: Final[i64] = ratio
        self.side: Final[Side] = side

    def names(self) -> tuple[str, ...]:
        return ("instrument_id", "ratio", "side")

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.instrument_id)
        write_i64_le(w, self.ratio)
        put_code(w, self.side)

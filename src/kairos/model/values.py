"""Values that commands and events carry whole.

Generated from messages.schema by tools/generate_model.py: edit the table, not this file.
"""

from __future__ import annotations

from typing import Final

from librt.strings import BytesWriter, write_i64_le
from mypy_extensions import i64, mypyc_attr

from kairos.model.enums import (
    ApprovalKind,
    LimitKind,
    NodeKind,
    OrdStatus,
    OrdType,
    ReleaseKind,
    ResponseKind,
    ScopeKind,
    Severity,
    Side,
    TimeInForce,
)
from kairos.model.market_enums import TradingPhase
from kairos.model.refusals import RefusalCode
from kairos.model.wire_types import (
    LastWritten,
    Pairs,
    Record,
    put_bool,
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
    burst: of RATE: requests at once; of ORDER_TO_TRADE: free ones; of CONCENTRATION_BPS: least gross, in units; else 0
    exempt_closing: orders that only reduce the account's position pass it
    """

    def __init__(
        self,
        kind: LimitKind,
        severity: Severity,
        value: int,
        currency: str,
        window_ns: i64,
        burst: i64,
        exempt_closing: bool,
    ) -> None:
        self.kind: Final[LimitKind] = kind
        self.severity: Final[Severity] = severity
        self.value: Final[int] = value
        self.currency: Final[str] = currency
        self.window_ns: Final[i64] = window_ns
        self.burst: Final[i64] = burst
        self.exempt_closing: Final[bool] = exempt_closing

    def names(self) -> tuple[str, ...]:
        return ("kind", "severity", "value", "currency", "window_ns", "burst", "exempt_closing")

    def put(self, w: BytesWriter) -> None:
        put_str(w, self.kind)
        put_code(w, self.severity)
        put_money(w, self.value)
        put_name(w, self.currency)
        write_i64_le(w, self.window_ns)
        write_i64_le(w, self.burst)
        put_bool(w, self.exempt_closing)


@mypyc_attr(acyclic=True)
class Verdict(Record):
    """What one check of the gate finds at one place.

    what: what was measured; empty where nothing is
    seen: with the order, in the units of the limit
    limit: in force
    headroom: limit less what was seen: below 0, by how much it is too much
    unit: of the three: a currency, or units, bps, ticks, requests ...
    max_qty: the largest OrderQty(38) that this check lets pass, all else the same; -1: it does not look at it
    context: as a refusal would tell it
    """

    def __init__(
        self,
        code: RefusalCode,
        place: Place,
        severity: Severity,
        passes: bool,
        what: str,
        seen: int,
        limit: int,
        headroom: int,
        unit: str,
        max_qty: i64,
        context: Pairs,
    ) -> None:
        self.code: Final[RefusalCode] = code
        self.place: Final[Place] = place
        self.severity: Final[Severity] = severity
        self.passes: Final[bool] = passes
        self.what: Final[str] = what
        self.seen: Final[int] = seen
        self.limit: Final[int] = limit
        self.headroom: Final[int] = headroom
        self.unit: Final[str] = unit
        self.max_qty: Final[i64] = max_qty
        self.context: Final[Pairs] = context

    def names(self) -> tuple[str, ...]:
        return (
            "code",
            "place",
            "severity",
            "passes",
            "what",
            "seen",
            "limit",
            "headroom",
            "unit",
            "max_qty",
            "context",
        )

    def put(self, w: BytesWriter) -> None:
        put_str(w, self.code)
        self.place.put(w)
        put_code(w, self.severity)
        put_bool(w, self.passes)
        put_name(w, self.what)
        put_money(w, self.seen)
        put_money(w, self.limit)
        put_money(w, self.headroom)
        put_name(w, self.unit)
        write_i64_le(w, self.max_qty)
        put_pairs(w, self.context)


@mypyc_attr(acyclic=True)
class CheckPlugin(Record):
    """A firm's own check in the gate: a function of an installed package.

    name: of the entry point
    version: of the package
    clause: the rule that it answers
    text: what it refuses, in a sentence
    """

    def __init__(self, name: str, version: str, clause: str, text: str) -> None:
        self.name: Final[str] = name
        self.version: Final[str] = version
        self.clause: Final[str] = clause
        self.text: Final[str] = text

    def names(self) -> tuple[str, ...]:
        return ("name", "version", "clause", "text")

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.name)
        put_str(w, self.version)
        put_str(w, self.clause)
        put_str(w, self.text)


@mypyc_attr(acyclic=True)
class ApprovalRule(Record):
    """What needs a second person.

    expires_after_ns: nobody decided in so long: it comes to nothing
    notional: of TRADE: at this value and above, in the firm's base currency; else 0
    """

    def __init__(self, kind: ApprovalKind, expires_after_ns: i64, notional: int) -> None:
        self.kind: Final[ApprovalKind] = kind
        self.expires_after_ns: Final[i64] = expires_after_ns
        self.notional: Final[int] = notional

    def names(self) -> tuple[str, ...]:
        return ("kind", "expires_after_ns", "notional")

    def put(self, w: BytesWriter) -> None:
        put_code(w, self.kind)
        write_i64_le(w, self.expires_after_ns)
        put_money(w, self.notional)


@mypyc_attr(acyclic=True)
class DailyReturn(Record):
    """What an instrument did on a day of the past.

    date: YYYYMMDD
    ppm: its close against the close before, in millionths: 10_000 is 1 %
    """

    def __init__(self, date: i64, ppm: i64) -> None:
        self.date: Final[i64] = date
        self.ppm: Final[i64] = ppm

    def names(self) -> tuple[str, ...]:
        return ("date", "ppm")

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.date)
        write_i64_le(w, self.ppm)


@mypyc_attr(acyclic=True)
class CurrencySlippage(Record):
    """What executions of the day cost against the middle when their orders came, in one currency.

    slippage: above 0 a cost
    arrival: the same executions at that middle
    """

    def __init__(self, currency: str, slippage: int, arrival: int) -> None:
        self.currency: Final[str] = currency
        self.slippage: Final[int] = slippage
        self.arrival: Final[int] = arrival

    def names(self) -> tuple[str, ...]:
        return ("currency", "slippage", "arrival")

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.currency)
        put_money(w, self.slippage)
        put_money(w, self.arrival)


@mypyc_attr(acyclic=True)
class BurstSlot(Record):
    """How often something happened in a slot of a sliding window.

    slot: its number since the epoch
    fills: of executions; else of requests
    """

    def __init__(self, slot: i64, count: i64, fills: bool) -> None:
        self.slot: Final[i64] = slot
        self.count: Final[i64] = count
        self.fills: Final[bool] = fills

    def names(self) -> tuple[str, ...]:
        return ("slot", "count", "fills")

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.slot)
        write_i64_le(w, self.count)
        put_bool(w, self.fills)


@mypyc_attr(acyclic=True)
class TrendState(Record):
    """A value's movement of late."""

    def __init__(self, value: int, seen_ns: i64, moved: int, over_ns: i64) -> None:
        self.value: Final[int] = value
        self.seen_ns: Final[i64] = seen_ns
        self.moved: Final[int] = moved
        self.over_ns: Final[i64] = over_ns

    def names(self) -> tuple[str, ...]:
        return ("value", "seen_ns", "moved", "over_ns")

    def put(self, w: BytesWriter) -> None:
        put_money(w, self.value)
        write_i64_le(w, self.seen_ns)
        put_money(w, self.moved)
        write_i64_le(w, self.over_ns)


@mypyc_attr(acyclic=True)
class PriceBand(Record):
    """Prices from one to another move by one tick: one of the bands of a tick table.

    to_px: 0: without end
    """

    def __init__(self, from_px: i64, to_px: i64, tick: i64) -> None:
        self.from_px: Final[i64] = from_px
        self.to_px: Final[i64] = to_px
        self.tick: Final[i64] = tick

    def names(self) -> tuple[str, ...]:
        return ("from_px", "to_px", "tick")

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.from_px)
        write_i64_le(w, self.to_px)
        write_i64_le(w, self.tick)


@mypyc_attr(acyclic=True)
class MarketSpan(Record):
    """A stretch of a market's day, from its beginning to before its end, and what the market takes meanwhile.

    kinds: of orders taken, OrdType(40) and TimeInForce(59) of each, as "20 23"; empty: any
    """

    def __init__(
        self,
        name: str,
        phase: TradingPhase,
        starts_ns: i64,
        ends_ns: i64,
        takes_orders: bool,
        takes_cancels: bool,
        kinds: str,
    ) -> None:
        self.name: Final[str] = name
        self.phase: Final[TradingPhase] = phase
        self.starts_ns: Final[i64] = starts_ns
        self.ends_ns: Final[i64] = ends_ns
        self.takes_orders: Final[bool] = takes_orders
        self.takes_cancels: Final[bool] = takes_cancels
        self.kinds: Final[str] = kinds

    def names(self) -> tuple[str, ...]:
        return ("name", "phase", "starts_ns", "ends_ns", "takes_orders", "takes_cancels", "kinds")

    def put(self, w: BytesWriter) -> None:
        put_name(w, self.name)
        put_code(w, self.phase)
        write_i64_le(w, self.starts_ns)
        write_i64_le(w, self.ends_ns)
        put_bool(w, self.takes_orders)
        put_bool(w, self.takes_cancels)
        put_str(w, self.kinds)


@mypyc_attr(acyclic=True)
class RuleAction(Record):
    """One thing that a rule of risk does by itself.

    share_bps: of SHRINK and THROTTLE: what is left of the limits or rates, in basis points; else 0
    spacing_ns: of SLOW: the least time between two orders; else 0
    algo: of FLATTEN: how it closes positions; else empty
    """

    def __init__(self, kind: ResponseKind, share_bps: i64, spacing_ns: i64, algo: str) -> None:
        self.kind: Final[ResponseKind] = kind
        self.share_bps: Final[i64] = share_bps
        self.spacing_ns: Final[i64] = spacing_ns
        self.algo: Final[str] = algo

    def names(self) -> tuple[str, ...]:
        return ("kind", "share_bps", "spacing_ns", "algo")

    def put(self, w: BytesWriter) -> None:
        put_code(w, self.kind)
        write_i64_le(w, self.share_bps)
        write_i64_le(w, self.spacing_ns)
        put_name(w, self.algo)


@mypyc_attr(acyclic=True)
class RuleLevel(Record):
    """How far an indicator may go, and what a rule of risk does then. Money and prices are scaled, as ever.

    threshold: reached when the indicator is there or beyond
    release_at: the indicator is back in range when it is here or nearer
    after_ns: of AUTOMATIC: back in range for so long; of TIMED: so long after it was reached; else 0
    cool_off_ns: once left, not taken again for so long; 0 for none
    """

    def __init__(
        self,
        threshold: int,
        release_at: int,
        actions: tuple[RuleAction, ...],
        release: ReleaseKind,
        after_ns: i64,
        cool_off_ns: i64,
    ) -> None:
        self.threshold: Final[int] = threshold
        self.release_at: Final[int] = release_at
        self.actions: Final[tuple[RuleAction, ...]] = actions
        self.release: Final[ReleaseKind] = release
        self.after_ns: Final[i64] = after_ns
        self.cool_off_ns: Final[i64] = cool_off_ns

    def names(self) -> tuple[str, ...]:
        return ("threshold", "release_at", "actions", "release", "after_ns", "cool_off_ns")

    def put(self, w: BytesWriter) -> None:
        put_money(w, self.threshold)
        put_money(w, self.release_at)
        put_count(w, len(self.actions))
        for rule_action in self.actions:
            rule_action.put(w)
        put_code(w, self.release)
        write_i64_le(w, self.after_ns)
        write_i64_le(w, self.cool_off_ns)


@mypyc_attr(acyclic=True)
class RuleLevelTimes(Record):
    """When a rule of risk last took a level and left it; 0 for never."""

    def __init__(self, taken_at_ns: i64, left_at_ns: i64) -> None:
        self.taken_at_ns: Final[i64] = taken_at_ns
        self.left_at_ns: Final[i64] = left_at_ns

    def names(self) -> tuple[str, ...]:
        return ("taken_at_ns", "left_at_ns")

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.taken_at_ns)
        write_i64_le(w, self.left_at_ns)


@mypyc_attr(acyclic=True)
class OrderRef(Record):
    """An order, by its number."""

    def __init__(self, order_id: i64) -> None:
        self.order_id: Final[i64] = order_id

    def names(self) -> tuple[str, ...]:
        return ("order_id",)

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.order_id)


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
class KeptExecution(Record):
    """An execution that a position still folds, though its order is gone.

    qty: signed
    """

    def __init__(self, exec_id: i64, qty: i64, px: i64) -> None:
        self.exec_id: Final[i64] = exec_id
        self.qty: Final[i64] = qty
        self.px: Final[i64] = px

    def names(self) -> tuple[str, ...]:
        return ("exec_id", "qty", "px")

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.exec_id)
        write_i64_le(w, self.qty)
        write_i64_le(w, self.px)


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

"""Why something was refused: one table of codes, in order of precedence, with what FIX says for each.

A refusal is a code and its context, for example `PRICE_COLLAR ref=28.41 limit_bps=500 price=31.20`. When several
apply, the one that stands first here is told. Texts are English for FIX's Text(58); people's pages translate the
code.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import mypyc_attr

from kairos.model.enums import Code, CxlRejReason, OrdRejReason
from kairos.model.wire_types import Pairs


class RefusalCode(Code):
    """The named refusals, in order of precedence."""

    NONE = "NONE"
    # At the door: is the request understood, and whose is it?
    DUPLICATE_CL_ORD_ID = "DUPLICATE_CL_ORD_ID"
    DUPLICATE_OF_VERBAL = "DUPLICATE_OF_VERBAL"
    CL_ORD_ID_REQUIRED = "CL_ORD_ID_REQUIRED"
    DUPLICATE_LIST_ID = "DUPLICATE_LIST_ID"
    SESSION_THROTTLED = "SESSION_THROTTLED"
    STALE = "STALE"
    LIST_TOO_LARGE = "LIST_TOO_LARGE"
    LIST_MISCOUNTED = "LIST_MISCOUNTED"
    UNKNOWN_LIST = "UNKNOWN_LIST"
    LIST_NOT_WAITING = "LIST_NOT_WAITING"
    DUPLICATE_CROSS_ID = "DUPLICATE_CROSS_ID"
    CROSS_MISMATCH = "CROSS_MISMATCH"
    OTHER_SIDE_REFUSED = "OTHER_SIDE_REFUSED"
    UNKNOWN_CROSS = "UNKNOWN_CROSS"
    UNKNOWN_CLIENT = "UNKNOWN_CLIENT"
    UNKNOWN_ACCOUNT = "UNKNOWN_ACCOUNT"
    ACCOUNT_OF_ANOTHER_CLIENT = "ACCOUNT_OF_ANOTHER_CLIENT"
    UNKNOWN_INSTRUMENT = "UNKNOWN_INSTRUMENT"
    CURRENCY_MISMATCH = "CURRENCY_MISMATCH"
    UNKNOWN_ORDER = "UNKNOWN_ORDER"
    INSTRUMENT_MISMATCH = "INSTRUMENT_MISMATCH"
    SIDE_MISMATCH = "SIDE_MISMATCH"
    NOT_CHANGEABLE = "NOT_CHANGEABLE"
    TOO_LATE = "TOO_LATE"
    ALREADY_PENDING = "ALREADY_PENDING"
    AWAITS_APPROVAL = "AWAITS_APPROVAL"
    # The order's own terms.
    QTY_NOT_POSITIVE = "QTY_NOT_POSITIVE"
    ODD_LOT = "ODD_LOT"
    PRICE_REQUIRED = "PRICE_REQUIRED"
    PRICE_NOT_ALLOWED = "PRICE_NOT_ALLOWED"
    STOP_PX_REQUIRED = "STOP_PX_REQUIRED"
    STOP_PX_NOT_ALLOWED = "STOP_PX_NOT_ALLOWED"
    OFF_TICK = "OFF_TICK"
    MAX_FLOOR_EXCEEDS_QTY = "MAX_FLOOR_EXCEEDS_QTY"
    TERMS_CONFLICT = "TERMS_CONFLICT"
    EXPIRE_TIME_REQUIRED = "EXPIRE_TIME_REQUIRED"
    EXPIRE_TIME_PASSED = "EXPIRE_TIME_PASSED"
    QTY_BELOW_ROUTED = "QTY_BELOW_ROUTED"
    MIN_QTY_EXCEEDS_QTY = "MIN_QTY_EXCEEDS_QTY"
    NO_LOCATE = "NO_LOCATE"
    POSITION_EFFECT_NOT_ALLOWED = "POSITION_EFFECT_NOT_ALLOWED"
    ALLOC_ACCOUNT = "ALLOC_ACCOUNT"
    ALLOC_QTY = "ALLOC_QTY"
    NO_VENUE = "NO_VENUE"
    VENUE_DOWN = "VENUE_DOWN"
    NOT_TAKEN_BY_VENUE = "NOT_TAKEN_BY_VENUE"
    # The gate.
    KILL = "KILL"
    RULE_HALTED = "RULE_HALTED"
    RULE_PAUSED = "RULE_PAUSED"
    RULE_REDUCE_ONLY = "RULE_REDUCE_ONLY"
    RULE_PASSIVE = "RULE_PASSIVE"
    RULE_SLOWED = "RULE_SLOWED"
    RATE = "RATE"
    REPEATED_EXECUTIONS = "REPEATED_EXECUTIONS"
    DUPLICATE_ORDER = "DUPLICATE_ORDER"
    ORDER_TO_TRADE = "ORDER_TO_TRADE"
    HALTED = "HALTED"
    MARKET_CLOSED = "MARKET_CLOSED"
    PHASE = "PHASE"
    RESTRICTED = "RESTRICTED"
    CLOSE_ONLY = "CLOSE_ONLY"
    MARKET_MAX_QTY = "MARKET_MAX_QTY"
    PRICE_LIMIT = "PRICE_LIMIT"
    SHORT_SALE_FORBIDDEN = "SHORT_SALE_FORBIDDEN"
    SHORT_SALE_MARKING = "SHORT_SALE_MARKING"
    NO_LOCATE_LEFT = "NO_LOCATE_LEFT"
    UPTICK = "UPTICK"
    MAX_ORDER_QTY = "MAX_ORDER_QTY"
    MAX_ORDER_NOTIONAL = "MAX_ORDER_NOTIONAL"
    NO_REFERENCE_PRICE = "NO_REFERENCE_PRICE"
    STALE_REFERENCE = "STALE_REFERENCE"
    NO_RATE = "NO_RATE"
    PRICE_COLLAR = "PRICE_COLLAR"
    SELF_MATCH = "SELF_MATCH"
    MAX_OPEN_ORDERS = "MAX_OPEN_ORDERS"
    MAX_OPEN_NOTIONAL = "MAX_OPEN_NOTIONAL"
    MAX_POSITION = "MAX_POSITION"
    MAX_EXPOSURE = "MAX_EXPOSURE"
    CONCENTRATION = "CONCENTRATION"
    MAX_DAY_NOTIONAL = "MAX_DAY_NOTIONAL"
    MAX_ADV = "MAX_ADV"
    MAX_LOSS = "MAX_LOSS"
    CREDIT = "CREDIT"
    BUYING_POWER = "BUYING_POWER"
    PLUGIN_CHECK = "PLUGIN_CHECK"
    RULE_ASKS = "RULE_ASKS"
    # What venues and people's commands meet.
    VENUE_REFUSED = "VENUE_REFUSED"
    APPROVAL_REFUSED = "APPROVAL_REFUSED"
    APPROVAL_EXPIRED = "APPROVAL_EXPIRED"
    ORDER_ENDED = "ORDER_ENDED"
    UNKNOWN_VENUE = "UNKNOWN_VENUE"
    UNKNOWN_ROUTE = "UNKNOWN_ROUTE"
    UNKNOWN_TRADE = "UNKNOWN_TRADE"
    UNKNOWN_APPROVAL = "UNKNOWN_APPROVAL"
    NOT_KILLED = "NOT_KILLED"
    DUPLICATE_EXEC_ID = "DUPLICATE_EXEC_ID"
    OVERFILL = "OVERFILL"
    ILLEGAL_STATE = "ILLEGAL_STATE"
    ALREADY_BUSTED = "ALREADY_BUSTED"
    NOT_A_CARE_ORDER = "NOT_A_CARE_ORDER"
    SIDE_OF_A_CROSS = "SIDE_OF_A_CROSS"
    CROSS_PRICE = "CROSS_PRICE"
    STILL_WORKING = "STILL_WORKING"
    DAY_NOT_LATER = "DAY_NOT_LATER"
    DUPLICATE_ACTION = "DUPLICATE_ACTION"
    NOT_EX_DATE = "NOT_EX_DATE"
    UNKNOWN_RULE = "UNKNOWN_RULE"
    RULE_NOT_TAKEN = "RULE_NOT_TAKEN"
    RULE_HOLDS = "RULE_HOLDS"
    RULE_STILL_BREACHED = "RULE_STILL_BREACHED"
    UNKNOWN_DESK = "UNKNOWN_DESK"
    UNKNOWN_PLACE = "UNKNOWN_PLACE"
    UNKNOWN_LIMIT = "UNKNOWN_LIMIT"
    UNKNOWN_USER = "UNKNOWN_USER"
    NOT_ENTITLED = "NOT_ENTITLED"
    OWN_REQUEST = "OWN_REQUEST"
    WRONG_WORD = "WRONG_WORD"
    APPROVALS_FULL = "APPROVALS_FULL"
    INVALID_VALUE = "INVALID_VALUE"


@mypyc_attr(acyclic=True)
class RefusalRule:
    """What FIX says for a refusal: OrdRejReason(103), CxlRejReason(102) and the start of Text(58)."""

    def __init__(self, ord_rej_reason: OrdRejReason, cxl_rej_reason: CxlRejReason, text: str) -> None:
        self.ord_rej_reason: Final = ord_rej_reason
        self.cxl_rej_reason: Final = cxl_rej_reason
        self.text: Final = text


def _rule(ord_rej: OrdRejReason, cxl_rej: CxlRejReason, text: str) -> RefusalRule:
    return RefusalRule(ord_rej, cxl_rej, text)


_O = OrdRejReason
_C = CxlRejReason

REFUSAL_RULES: Final[dict[RefusalCode, RefusalRule]] = {
    RefusalCode.NONE: _rule(_O.OTHER, _C.OTHER, ""),
    RefusalCode.DUPLICATE_CL_ORD_ID: _rule(
        _O.DUPLICATE_ORDER, _C.DUPLICATE_CL_ORD_ID, "ClOrdID(11) was used before today"
    ),
    RefusalCode.DUPLICATE_OF_VERBAL: _rule(
        _O.DUPLICATE_OF_A_VERBAL_ORDER, _C.OTHER, "the order was given by phone before"
    ),
    RefusalCode.CL_ORD_ID_REQUIRED: _rule(
        _O.OTHER, _C.OTHER, "only an order that a person took by phone has no ClOrdID(11)"
    ),
    RefusalCode.DUPLICATE_LIST_ID: _rule(_O.DUPLICATE_ORDER, _C.OTHER, "ListID(66) was used before today"),
    RefusalCode.SESSION_THROTTLED: _rule(
        _O.ORDER_EXCEEDS_LIMIT, _C.OTHER, "the session sends more a second than was agreed"
    ),
    RefusalCode.STALE: _rule(_O.TOO_LATE_TO_ENTER, _C.OTHER, "SendingTime(52) is older than was agreed"),
    RefusalCode.LIST_TOO_LARGE: _rule(_O.ORDER_EXCEEDS_LIMIT, _C.OTHER, "TotNoOrders(68) is more than a list may have"),
    RefusalCode.LIST_MISCOUNTED: _rule(
        _O.OTHER, _C.OTHER, "the list has more or fewer orders than TotNoOrders(68) and LastFragment(893) say"
    ),
    RefusalCode.UNKNOWN_LIST: _rule(_O.UNKNOWN_ORDER, _C.UNKNOWN_ORDER, "ListID(66) is unknown"),
    RefusalCode.LIST_NOT_WAITING: _rule(_O.OTHER, _C.OTHER, "the list does not wait for a ListExecute(L)"),
    RefusalCode.DUPLICATE_CROSS_ID: _rule(_O.DUPLICATE_ORDER, _C.OTHER, "CrossID(548) was used before today"),
    RefusalCode.CROSS_MISMATCH: _rule(
        _O.UNSUPPORTED_ORDER_CHARACTERISTIC, _C.OTHER, "the sides can't trade against each other"
    ),
    RefusalCode.OTHER_SIDE_REFUSED: _rule(_O.OTHER, _C.OTHER, "the other side of the cross was refused"),
    RefusalCode.UNKNOWN_CROSS: _rule(_O.UNKNOWN_ORDER, _C.UNKNOWN_ORDER, "OrigCrossID(551) is unknown"),
    RefusalCode.UNKNOWN_CLIENT: _rule(_O.BROKER_OPTION, _C.BROKER_OPTION, "client is unknown or not active"),
    RefusalCode.UNKNOWN_ACCOUNT: _rule(_O.UNKNOWN_ACCOUNT, _C.OTHER, "Account(1) is unknown or not active"),
    RefusalCode.ACCOUNT_OF_ANOTHER_CLIENT: _rule(
        _O.UNKNOWN_ACCOUNT, _C.OTHER, "Account(1) is not one of this client's"
    ),
    RefusalCode.UNKNOWN_INSTRUMENT: _rule(_O.UNKNOWN_SYMBOL, _C.OTHER, "Symbol(55) is unknown"),
    RefusalCode.CURRENCY_MISMATCH: _rule(
        _O.UNSUPPORTED_ORDER_CHARACTERISTIC,
        _C.OTHER,
        "no exchange rate leads from the instrument's currency to the account's",
    ),
    RefusalCode.UNKNOWN_ORDER: _rule(_O.UNKNOWN_ORDER, _C.UNKNOWN_ORDER, "order is unknown"),
    RefusalCode.INSTRUMENT_MISMATCH: _rule(_O.OTHER, _C.OTHER, "Symbol(55) is not the order's"),
    RefusalCode.SIDE_MISMATCH: _rule(_O.OTHER, _C.OTHER, "Side(54) is not the order's"),
    RefusalCode.NOT_CHANGEABLE: _rule(
        _O.OTHER, _C.OTHER, "a replace can't change this field: cancel the order and send a new one"
    ),
    RefusalCode.TOO_LATE: _rule(_O.OTHER, _C.TOO_LATE_TO_CANCEL, "order is no longer working"),
    RefusalCode.ALREADY_PENDING: _rule(_O.OTHER, _C.ALREADY_PENDING, "order already has a request pending"),
    RefusalCode.AWAITS_APPROVAL: _rule(_O.OTHER, _C.ALREADY_PENDING, "the order waits for a second person of the desk"),
    RefusalCode.QTY_NOT_POSITIVE: _rule(_O.INCORRECT_QUANTITY, _C.OTHER, "OrderQty(38) must be above 0"),
    RefusalCode.ODD_LOT: _rule(_O.INCORRECT_QUANTITY, _C.OTHER, "quantity is not a multiple of the lot"),
    RefusalCode.PRICE_REQUIRED: _rule(
        _O.UNSUPPORTED_ORDER_CHARACTERISTIC, _C.OTHER, "Price(44) is required and must be above 0"
    ),
    RefusalCode.PRICE_NOT_ALLOWED: _rule(
        _O.UNSUPPORTED_ORDER_CHARACTERISTIC, _C.OTHER, "Price(44) does not go with this OrdType(40)"
    ),
    RefusalCode.STOP_PX_REQUIRED: _rule(
        _O.UNSUPPORTED_ORDER_CHARACTERISTIC, _C.OTHER, "StopPx(99) is required and must be above 0"
    ),
    RefusalCode.STOP_PX_NOT_ALLOWED: _rule(
        _O.UNSUPPORTED_ORDER_CHARACTERISTIC, _C.OTHER, "StopPx(99) does not go with this OrdType(40)"
    ),
    RefusalCode.OFF_TICK: _rule(_O.UNSUPPORTED_ORDER_CHARACTERISTIC, _C.OTHER, "price is not a multiple of the tick"),
    RefusalCode.MAX_FLOOR_EXCEEDS_QTY: _rule(
        _O.INCORRECT_QUANTITY, _C.OTHER, "MaxFloor(111) is above OrderQty(38) or below 0"
    ),
    RefusalCode.TERMS_CONFLICT: _rule(_O.UNSUPPORTED_ORDER_CHARACTERISTIC, _C.OTHER, "terms do not go together"),
    RefusalCode.EXPIRE_TIME_REQUIRED: _rule(
        _O.UNSUPPORTED_ORDER_CHARACTERISTIC,
        _C.OTHER,
        "ExpireTime(126) or ExpireDate(432) is required for GOOD_TILL_DATE",
    ),
    RefusalCode.EXPIRE_TIME_PASSED: _rule(_O.TOO_LATE_TO_ENTER, _C.OTHER, "ExpireTime(126) has passed"),
    RefusalCode.QTY_BELOW_ROUTED: _rule(
        _O.OTHER, _C.OTHER, "quantity is below what routes are working or have executed"
    ),
    RefusalCode.MIN_QTY_EXCEEDS_QTY: _rule(
        _O.INCORRECT_QUANTITY, _C.OTHER, "MinQty(110) is above OrderQty(38) or below 0"
    ),
    RefusalCode.NO_LOCATE: _rule(
        _O.BROKER_OPTION, _C.OTHER, "we do not locate stock: LocateReqd(114) must be N, the sender has located it"
    ),
    RefusalCode.POSITION_EFFECT_NOT_ALLOWED: _rule(
        _O.UNSUPPORTED_ORDER_CHARACTERISTIC, _C.OTHER, "PositionEffect(77) is for futures and options"
    ),
    RefusalCode.ALLOC_ACCOUNT: _rule(
        _O.UNKNOWN_ACCOUNT, _C.OTHER, "AllocAccount(79) is unknown, not active or not one of this client's"
    ),
    RefusalCode.ALLOC_QTY: _rule(
        _O.INCORRECT_QUANTITY, _C.OTHER, "AllocQty(80) must be above 0 and sum to OrderQty(38)"
    ),
    RefusalCode.NO_VENUE: _rule(_O.BROKER_OPTION, _C.OTHER, "no venue takes this order"),
    RefusalCode.VENUE_DOWN: _rule(_O.EXCHANGE_CLOSED, _C.OTHER, "the venue is not connected"),
    RefusalCode.NOT_TAKEN_BY_VENUE: _rule(
        _O.UNSUPPORTED_ORDER_CHARACTERISTIC, _C.OTHER, "the venue does not honour this"
    ),
    RefusalCode.KILL: _rule(_O.BROKER_OPTION, _C.BROKER_OPTION, "kill switch is engaged"),
    RefusalCode.RULE_HALTED: _rule(_O.BROKER_OPTION, _C.BROKER_OPTION, "a rule of risk has halted trading here"),
    RefusalCode.RULE_PAUSED: _rule(_O.BROKER_OPTION, _C.BROKER_OPTION, "a rule of risk has paused new orders here"),
    RefusalCode.RULE_REDUCE_ONLY: _rule(
        _O.BROKER_OPTION, _C.BROKER_OPTION, "a rule of risk lets only pass what reduces the position"
    ),
    RefusalCode.RULE_PASSIVE: _rule(
        _O.BROKER_OPTION, _C.BROKER_OPTION, "a rule of risk lets only pass what would not trade at once"
    ),
    RefusalCode.RULE_SLOWED: _rule(
        _O.ORDER_EXCEEDS_LIMIT, _C.OTHER, "a rule of risk asks for more time between two orders"
    ),
    RefusalCode.RATE: _rule(_O.ORDER_EXCEEDS_LIMIT, _C.OTHER, "too many requests a second"),
    RefusalCode.REPEATED_EXECUTIONS: _rule(
        _O.ORDER_EXCEEDS_LIMIT, _C.OTHER, "too many executions on this side of the instrument"
    ),
    RefusalCode.DUPLICATE_ORDER: _rule(_O.DUPLICATE_ORDER, _C.OTHER, "the same order was given just before"),
    RefusalCode.ORDER_TO_TRADE: _rule(_O.ORDER_EXCEEDS_LIMIT, _C.OTHER, "too many requests for what has traded"),
    RefusalCode.RESTRICTED: _rule(_O.BROKER_OPTION, _C.OTHER, "instrument is on the restricted list"),
    RefusalCode.HALTED: _rule(_O.EXCHANGE_CLOSED, _C.OTHER, "trading is halted"),
    RefusalCode.MARKET_CLOSED: _rule(_O.EXCHANGE_CLOSED, _C.OTHER, "the market is closed"),
    RefusalCode.PHASE: _rule(
        _O.UNSUPPORTED_ORDER_CHARACTERISTIC,
        _C.OTHER,
        "the market does not take this kind of order in its present phase",
    ),
    RefusalCode.CLOSE_ONLY: _rule(
        _O.BROKER_OPTION, _C.OTHER, "instrument is on a close-only list: an order may only reduce the position"
    ),
    RefusalCode.MARKET_MAX_QTY: _rule(
        _O.INCORRECT_QUANTITY, _C.OTHER, "OrderQty(38) is above what the market takes in one order"
    ),
    RefusalCode.PRICE_LIMIT: _rule(_O.ORDER_EXCEEDS_LIMIT, _C.OTHER, "price is outside the market's limits of the day"),
    RefusalCode.SHORT_SALE_FORBIDDEN: _rule(_O.OTHER, _C.OTHER, "the market forbids short sales of this instrument"),
    RefusalCode.SHORT_SALE_MARKING: _rule(
        _O.OTHER, _C.OTHER, "a sale of more than is held must be marked as short: Side(54) 5 or 6"
    ),
    RefusalCode.NO_LOCATE_LEFT: _rule(_O.BROKER_OPTION, _C.OTHER, "not as many units are located for short sales"),
    RefusalCode.UPTICK: _rule(_O.ORDER_EXCEEDS_LIMIT, _C.OTHER, "the market's rule allows no short sale at this price"),
    RefusalCode.MAX_ORDER_QTY: _rule(_O.ORDER_EXCEEDS_LIMIT, _C.OTHER, "OrderQty(38) is above the limit"),
    RefusalCode.MAX_ORDER_NOTIONAL: _rule(_O.ORDER_EXCEEDS_LIMIT, _C.OTHER, "order value is above the limit"),
    RefusalCode.NO_REFERENCE_PRICE: _rule(_O.BROKER_OPTION, _C.OTHER, "no reference price to check against"),
    RefusalCode.STALE_REFERENCE: _rule(_O.BROKER_OPTION, _C.OTHER, "the reference price is too old to check against"),
    RefusalCode.NO_RATE: _rule(_O.BROKER_OPTION, _C.OTHER, "no exchange rate leads to the currency of a limit"),
    RefusalCode.PRICE_COLLAR: _rule(_O.ORDER_EXCEEDS_LIMIT, _C.OTHER, "price is outside the collar"),
    RefusalCode.SELF_MATCH: _rule(_O.BROKER_OPTION, _C.OTHER, "the order could trade with an own order"),
    RefusalCode.MAX_OPEN_ORDERS: _rule(_O.ORDER_EXCEEDS_LIMIT, _C.OTHER, "too many orders would be working"),
    RefusalCode.MAX_OPEN_NOTIONAL: _rule(
        _O.ORDER_EXCEEDS_LIMIT, _C.OTHER, "value of working orders would pass the limit"
    ),
    RefusalCode.MAX_POSITION: _rule(_O.ORDER_EXCEEDS_LIMIT, _C.OTHER, "position would pass the limit"),
    RefusalCode.MAX_EXPOSURE: _rule(_O.ORDER_EXCEEDS_LIMIT, _C.OTHER, "exposure would pass the limit"),
    RefusalCode.CONCENTRATION: _rule(_O.ORDER_EXCEEDS_LIMIT, _C.OTHER, "too large a share would be in one instrument"),
    RefusalCode.MAX_DAY_NOTIONAL: _rule(
        _O.ORDER_EXCEEDS_LIMIT, _C.OTHER, "the day's traded value would pass the limit"
    ),
    RefusalCode.MAX_ADV: _rule(_O.ORDER_EXCEEDS_LIMIT, _C.OTHER, "too large a share of the average daily volume"),
    RefusalCode.MAX_LOSS: _rule(_O.ORDER_EXCEEDS_LIMIT, _C.OTHER, "loss has passed the limit"),
    RefusalCode.CREDIT: _rule(_O.ORDER_EXCEEDS_LIMIT, _C.OTHER, "money owed would pass the credit"),
    RefusalCode.BUYING_POWER: _rule(_O.ORDER_EXCEEDS_LIMIT, _C.OTHER, "buying power is not enough"),
    RefusalCode.PLUGIN_CHECK: _rule(_O.BROKER_OPTION, _C.OTHER, "a check of the firm's own refused"),
    RefusalCode.RULE_ASKS: _rule(_O.BROKER_OPTION, _C.BROKER_OPTION, "a rule of risk asks for a second person"),
    RefusalCode.VENUE_REFUSED: _rule(_O.OTHER, _C.OTHER, "the venue refused"),
    RefusalCode.APPROVAL_REFUSED: _rule(_O.BROKER_OPTION, _C.OTHER, "a second person of the desk refused it"),
    RefusalCode.APPROVAL_EXPIRED: _rule(_O.BROKER_OPTION, _C.OTHER, "no second person of the desk approved it in time"),
    RefusalCode.ORDER_ENDED: _rule(_O.OTHER, _C.TOO_LATE_TO_CANCEL, "the order ended first"),
    RefusalCode.UNKNOWN_VENUE: _rule(_O.OTHER, _C.OTHER, "venue is unknown"),
    RefusalCode.UNKNOWN_ROUTE: _rule(_O.OTHER, _C.OTHER, "route is unknown"),
    RefusalCode.UNKNOWN_TRADE: _rule(_O.OTHER, _C.OTHER, "execution is unknown"),
    RefusalCode.UNKNOWN_APPROVAL: _rule(_O.OTHER, _C.OTHER, "nothing of this number waits for a second person"),
    RefusalCode.NOT_KILLED: _rule(_O.OTHER, _C.OTHER, "no kill is engaged there"),
    RefusalCode.DUPLICATE_EXEC_ID: _rule(_O.OTHER, _C.OTHER, "ExecID(17) was reported before"),
    RefusalCode.OVERFILL: _rule(_O.OTHER, _C.OTHER, "LastQty(32) is above LeavesQty(151)"),
    RefusalCode.ILLEGAL_STATE: _rule(_O.OTHER, _C.OTHER, "does not fit the state of the order"),
    RefusalCode.ALREADY_BUSTED: _rule(_O.OTHER, _C.OTHER, "execution was busted before"),
    RefusalCode.NOT_A_CARE_ORDER: _rule(_O.OTHER, _C.OTHER, "order is not worked by hand: HandlInst(21) is not 3"),
    RefusalCode.SIDE_OF_A_CROSS: _rule(
        _O.OTHER, _C.OTHER, "the order is a side of a cross, and changes or trades together with the other"
    ),
    RefusalCode.CROSS_PRICE: _rule(_O.OTHER, _C.OTHER, "the price is outside the quote or a side's limit"),
    RefusalCode.STILL_WORKING: _rule(_O.OTHER, _C.OTHER, "order still has routes working"),
    RefusalCode.DAY_NOT_LATER: _rule(_O.OTHER, _C.OTHER, "trading date is not after the present one"),
    RefusalCode.DUPLICATE_ACTION: _rule(_O.OTHER, _C.OTHER, "the corporate action was applied before"),
    RefusalCode.NOT_EX_DATE: _rule(_O.OTHER, _C.OTHER, "the ex date is not the trading date"),
    RefusalCode.UNKNOWN_RULE: _rule(_O.OTHER, _C.OTHER, "no rule of risk has this id"),
    RefusalCode.RULE_NOT_TAKEN: _rule(_O.OTHER, _C.OTHER, "the rule holds nothing at this place"),
    RefusalCode.RULE_HOLDS: _rule(_O.OTHER, _C.OTHER, "a person must release what the rule holds first"),
    RefusalCode.RULE_STILL_BREACHED: _rule(
        _O.OTHER, _C.OTHER, "the indicator is still out of range, and the rule would respond again at once"
    ),
    RefusalCode.UNKNOWN_DESK: _rule(_O.OTHER, _C.OTHER, "no desk of the firm has this id"),
    RefusalCode.UNKNOWN_PLACE: _rule(_O.OTHER, _C.OTHER, "the tree has no such place"),
    RefusalCode.UNKNOWN_LIMIT: _rule(_O.OTHER, _C.OTHER, "no limit of this kind hangs there"),
    RefusalCode.UNKNOWN_USER: _rule(_O.OTHER, _C.OTHER, "user is unknown or not active"),
    RefusalCode.NOT_ENTITLED: _rule(_O.OTHER, _C.OTHER, "whoever asks may not do this"),
    RefusalCode.OWN_REQUEST: _rule(_O.OTHER, _C.OTHER, "nobody approves what he asked for himself"),
    RefusalCode.WRONG_WORD: _rule(_O.OTHER, _C.OTHER, "the word to be typed is another"),
    RefusalCode.APPROVALS_FULL: _rule(_O.OTHER, _C.OTHER, "too much waits for a second person already"),
    RefusalCode.INVALID_VALUE: _rule(_O.OTHER, _C.OTHER, "a value can't be used"),
}


@mypyc_attr(acyclic=True)
class Refusal:
    """A code and what was seen: which value met which bound."""

    def __init__(self, code: RefusalCode, context: Pairs = ()) -> None:
        self.code: Final = code
        self.context: Final = context

    def __repr__(self) -> str:
        return describe(self.code, self.context)


def describe(code: RefusalCode, context: Pairs) -> str:
    """`PRICE_COLLAR price=31.2 reference=28.41`: for logs and scenarios."""
    return " ".join([code.value, *(f"{name}={value}" for name, value in context)])


def fix_text(code: RefusalCode, context: Pairs) -> str:
    """Text(58): the code, the sentence, then what was seen."""
    details = ", ".join(f"{name} {value}" for name, value in context)
    return f"{code.value}: {REFUSAL_RULES[code].text}" + (f" ({details})" if details else "")

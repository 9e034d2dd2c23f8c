"""The FIX enumerations that Kairos speaks: each member spells the FIX meaning, each value is the FIX code.

They are `StrEnum`, so a value goes to the wire as it is. Compare members with `is`. Source: FIX 4.2 and FIX 4.4
specifications, field definitions; the tag stands beside each class.
"""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """Base of the enumerations. A member hashes as its text does: Enum's own hash is a Python function, ten times
    slower, and dicts of members stand on the order path."""

    __hash__ = str.__hash__


class Side(Code):
    """Side(54)."""

    BUY = "1"
    SELL = "2"
    SELL_SHORT = "5"
    SELL_SHORT_EXEMPT = "6"


class OrdType(Code):
    """OrdType(40). On-open and on-close are TimeInForce(59) in FIX 4.3 and later; FIX 4.2's codes are mapped at the
    edge."""

    MARKET = "1"
    LIMIT = "2"
    STOP = "3"
    STOP_LIMIT = "4"


class TimeInForce(Code):
    """TimeInForce(59)."""

    DAY = "0"
    GOOD_TILL_CANCEL = "1"
    AT_THE_OPENING = "2"
    IMMEDIATE_OR_CANCEL = "3"
    FILL_OR_KILL = "4"
    GOOD_TILL_DATE = "6"
    AT_THE_CLOSE = "7"


class HandlInst(Code):
    """HandlInst(21): who works a client order."""

    AUTOMATED_NO_INTERVENTION = "1"
    AUTOMATED_INTERVENTION_OK = "2"
    MANUAL = "3"


class OrdStatus(Code):
    """OrdStatus(39), and one state that FIX has no code for: UNKNOWN, an order that was sent and never answered."""

    NEW = "0"
    PARTIALLY_FILLED = "1"
    FILLED = "2"
    DONE_FOR_DAY = "3"
    CANCELED = "4"
    PENDING_CANCEL = "6"
    STOPPED = "7"
    REJECTED = "8"
    SUSPENDED = "9"
    PENDING_NEW = "A"
    CALCULATED = "B"
    EXPIRED = "C"
    PENDING_REPLACE = "E"
    UNKNOWN = "?"


class ExecType(Code):
    """ExecType(150), FIX 4.4's; FIX 4.2's fills and ExecTransType(20) are mapped at the edge."""

    NEW = "0"
    DONE_FOR_DAY = "3"
    CANCELED = "4"
    REPLACED = "5"
    PENDING_CANCEL = "6"
    STOPPED = "7"
    REJECTED = "8"
    SUSPENDED = "9"
    PENDING_NEW = "A"
    EXPIRED = "C"
    RESTATED = "D"
    PENDING_REPLACE = "E"
    TRADE = "F"
    TRADE_CORRECT = "G"
    TRADE_CANCEL = "H"
    ORDER_STATUS = "I"


class OrdRejReason(Code):
    """OrdRejReason(103)."""

    BROKER_OPTION = "0"
    UNKNOWN_SYMBOL = "1"
    EXCHANGE_CLOSED = "2"
    ORDER_EXCEEDS_LIMIT = "3"
    TOO_LATE_TO_ENTER = "4"
    UNKNOWN_ORDER = "5"
    DUPLICATE_ORDER = "6"
    DUPLICATE_OF_A_VERBAL_ORDER = "7"
    UNSUPPORTED_ORDER_CHARACTERISTIC = "11"
    INCORRECT_QUANTITY = "13"
    UNKNOWN_ACCOUNT = "15"
    OTHER = "99"


class CxlRejReason(Code):
    """CxlRejReason(102)."""

    TOO_LATE_TO_CANCEL = "0"
    UNKNOWN_ORDER = "1"
    BROKER_OPTION = "2"
    ALREADY_PENDING = "3"
    DUPLICATE_CL_ORD_ID = "6"
    OTHER = "99"


class CxlRejResponseTo(Code):
    """CxlRejResponseTo(434)."""

    ORDER_CANCEL_REQUEST = "1"
    ORDER_CANCEL_REPLACE_REQUEST = "2"


class MassCancelRequestType(Code):
    """MassCancelRequestType(530)."""

    SECURITY = "1"
    ALL_ORDERS = "7"


class MassStatusReqType(Code):
    """MassStatusReqType(585)."""

    SECURITY = "1"
    ALL_ORDERS = "7"


class ExecRestatementReason(Code):
    """ExecRestatementReason(378)."""

    GT_CORPORATE_ACTION = "0"
    GT_RENEWAL = "1"
    VERBAL_CHANGE = "2"
    REPRICING = "3"
    BROKER_OPTION = "4"
    PARTIAL_DECLINE = "5"
    CANCEL_ON_TRADING_HALT = "6"
    CANCEL_ON_SYSTEM_FAILURE = "7"
    MARKET_OPTION = "8"
    CANCELED_NOT_BEST = "9"


class DKReason(Code):
    """DKReason(127)."""

    UNKNOWN_SYMBOL = "A"
    WRONG_SIDE = "B"
    QUANTITY_EXCEEDS_ORDER = "C"
    NO_MATCHING_ORDER = "D"
    PRICE_EXCEEDS_LIMIT = "E"
    OTHER = "Z"


class ListExecInstType(Code):
    """ListExecInstType(433): when a list begins to work. (Those that wait for bids are refused at the edge.)"""

    IMMEDIATE = "1"
    WAIT_FOR_EXECUTE = "2"


class ListStatusType(Code):
    """ListStatusType(429): why a ListStatus(N) is sent."""

    ACK = "1"
    RESPONSE = "2"
    TIMED = "3"
    EXEC_STARTED = "4"
    ALL_DONE = "5"
    ALERT = "6"


class ListOrderStatus(Code):
    """ListOrderStatus(431): where a list stands."""

    IN_BIDDING_PROCESS = "1"
    RECEIVED_FOR_EXECUTION = "2"
    EXECUTING = "3"
    CANCELING = "4"
    ALERT = "5"
    ALL_DONE = "6"
    REJECT = "7"


class ExecAckStatus(Code):
    """ExecAckStatus(1036) of FIX 5.0 SP1; one that does not know the trade is told with DKReason(127)."""

    RECEIVED = "0"
    ACCEPTED = "1"


class RequestKind(Code):
    """What a ClOrdID of an order was used for (ours)."""

    NEW = "N"
    CANCEL = "C"
    REPLACE = "R"


class AckPolicy(Code):
    """When a client's order is acknowledged as NEW (ours)."""

    ON_RECEIPT = "R"
    ON_VENUE_ACK = "V"


class SecondReplace(Code):
    """What becomes of a client's replace while another is pending (ours): processed and told when its turn comes, told
    as pending at once and processed when its turn comes, or refused."""

    IN_TURN = "T"
    AT_ONCE = "O"
    REFUSED = "N"


class Role(Code):
    """What a person of the desk does (ours)."""

    TRADER = "T"
    RISK = "R"
    OPERATIONS = "O"
    ADMINISTRATOR = "A"


class VenueKind(Code):
    """Where a route can go (ours)."""

    EXCHANGE = "X"
    BROKER = "B"


class ResetReason(Code):
    """Why a FIX session's numbers began anew."""

    AGREED = ""  # the two sessions did, by ResetSeqNumFlag(141) or by configuration
    SCHEDULE = "schedule"
    OPERATOR = "operator"


class NodeKind(Code):
    """What a node of the tree is (ours): firm, desk and trader; firm, client, account and strategy."""

    FIRM = "F"
    DESK = "D"
    TRADER = "T"
    CLIENT = "C"
    ACCOUNT = "A"
    STRATEGY = "S"


class ScopeKind(Code):
    """Of what a node's limit is (ours): of all that it trades, or of a part."""

    ALL = "*"
    INSTRUMENT = "I"
    ASSET_CLASS = "X"  # the first letter of a CFI code, ISO 10962
    MARKET = "M"  # a MIC, ISO 10383
    CURRENCY = "Y"  # ISO 4217


class LimitKind(Code):
    """What a limit bounds (ours). Units: units of the instrument for quantities, money for values, basis points for
    shares; rates are of `window_ns`."""

    ORDER_QTY = "ORDER_QTY"
    ORDER_NOTIONAL = "ORDER_NOTIONAL"
    COLLAR_BPS = "COLLAR_BPS"
    COLLAR_TICKS = "COLLAR_TICKS"
    RATE = "RATE"
    REPEATED_EXECUTIONS = "REPEATED_EXECUTIONS"
    DUPLICATE_ORDER = "DUPLICATE_ORDER"
    OPEN_ORDERS = "OPEN_ORDERS"
    OPEN_NOTIONAL = "OPEN_NOTIONAL"
    POSITION = "POSITION"
    GROSS_EXPOSURE = "GROSS_EXPOSURE"
    NET_EXPOSURE = "NET_EXPOSURE"
    LONG_EXPOSURE = "LONG_EXPOSURE"
    SHORT_EXPOSURE = "SHORT_EXPOSURE"
    CREDIT = "CREDIT"
    DAY_NOTIONAL = "DAY_NOTIONAL"
    CONCENTRATION_BPS = "CONCENTRATION_BPS"
    ADV_BPS = "ADV_BPS"
    ORDER_TO_TRADE = "ORDER_TO_TRADE"
    SELF_MATCH = "SELF_MATCH"
    LOSS = "LOSS"


class Severity(Code):
    """What a breach of a limit means (ours)."""

    HARD = "H"  # refused
    REASON = "R"  # passes when the order gives a reason
    APPROVAL = "A"  # waits for a second person


class ApprovalKind(Code):
    """What waits for a second person (ours)."""

    ORDER = "O"  # an order that breaches a soft limit
    LIMIT = "L"  # a change that loosens a limit
    KILL_RELEASE = "K"
    RESTRICTION = "R"  # what comes off a list of compliance
    TRADE = "T"  # an execution that a person books, busts or corrects
    RESPONSE = "S"  # what a rule of risk did is undone
    POLICY = "P"  # what needs a second person, itself


class ApprovalOutcome(Code):
    """What became of what waited for a second person (ours)."""

    APPROVED = "A"
    REFUSED = "R"
    EXPIRED = "E"
    WITHDRAWN = "W"  # by who asked, or its order ended


class ResponseKind(Code):
    """What a rule of risk does at a level (ours)."""

    ALERT = "A"
    ASK = "K"  # new orders wait for a second person
    THROTTLE = "T"  # a share of the rates
    SHRINK = "S"  # a share of the limits
    SLOW = "W"  # time between two orders
    PASSIVE = "P"  # orders must not trade at once
    PAUSE = "U"  # no new orders
    REDUCE_ONLY = "R"
    CANCEL = "C"  # takes working orders back
    HALT = "H"  # both
    FLATTEN = "F"  # closes positions


class ReleaseKind(Code):
    """How a level of a rule of risk is left (ours)."""

    AUTOMATIC = "A"  # the indicator is back in range for a time
    TIMED = "T"  # a time has passed
    PERSON = "P"
    TWO_PEOPLE = "2"
    RULE_CHANGED = "C"  # the rule itself was changed or taken away

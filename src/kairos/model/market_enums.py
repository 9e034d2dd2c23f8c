"""What markets, issuers and compliance say of an instrument: enumerations of ours, and one of FIX.

Compare members with `is`, as those of `kairos.model.enums`.
"""

from __future__ import annotations

from kairos.model.enums import Code


class TradingPhase(Code):
    """TradingSessionSubID(625), with the values of FIX 5.0 SP2."""

    PRE_TRADING = "1"
    OPENING_AUCTION = "2"
    CONTINUOUS = "3"
    CLOSING_AUCTION = "4"
    POST_TRADING = "5"
    SCHEDULED_AUCTION = "6"
    QUIESCENT = "7"
    UNSCHEDULED_AUCTION = "9"


class ShortSaleRule(Code):
    """At which price a short sale may be entered (ours)."""

    ANY_PRICE = "A"
    NOT_BELOW_LAST = "L"
    NOT_BELOW_BEST_ASK = "O"
    NOT_BELOW_PREVIOUS_CLOSE = "C"
    ABOVE_BEST_BID_AFTER_FALL = "B"
    FORBIDDEN = "F"


class OddLots(Code):
    """What becomes of units that are no whole lot (ours)."""

    ALLOWED = "A"  # on the main board, like any other size
    SELL_REMAINDER = "S"  # a seller may add what remains of a position
    OWN_BOARD = "B"  # on a board of their own
    REFUSED = "N"


class ReferencePrice(Code):
    """What price collars are reckoned from (ours): the last trade, the middle of the quote, the previous close."""

    LAST = "L"
    MIDDLE = "M"
    CLOSE = "C"


class RestrictionKind(Code):
    """What a list of compliance does with an order (ours)."""

    RESTRICTED = "R"  # refused
    CLOSE_ONLY = "C"  # passes if it only reduces the position
    WATCH = "W"  # passes, and is told to those who watch


class CorporateActionKind(Code):
    """What an issuer does with its shares (ours); SPLF, SPLR, DVCA and DVSE of ISO 15022."""

    SPLIT = "S"
    REVERSE_SPLIT = "R"
    CASH_DIVIDEND = "D"
    STOCK_DIVIDEND = "B"


class OrderTreatment(Code):
    """What becomes of open orders on an ex date (ours). ADJUST is FINRA's rule 5330: limits to buy and stops to sell;
    ADJUST_ALL adjusts the rest too, for their units."""

    ADJUST = "J"
    ADJUST_ALL = "A"
    CANCEL = "C"
    LEAVE = "L"

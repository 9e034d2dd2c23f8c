"""What the exchange reads of an order message beside what all of Kairos reads alike (`fix_mapping.reading`)."""

from __future__ import annotations

from typing import Final

from kairos.adapters.fix_mapping.rejection import unsupported
from kairos.adapters.fix_market_data.symbols import Symbols
from kairos.fix import tags as t
from kairos.fix.message import Message
from kairos.model.enums import MassCancelRequestType, MassStatusReqType, Side
from kairos.model.values import OrderDetails, Terms
from kairos.simulator.market_clock import Moment
from kairos.venue.orders import SelfMatch, VenueOrder


def read_instrument(message: Message, symbols: Symbols) -> str:
    """Empty where the message names none."""
    symbol = message.get(t.SYMBOL)
    return symbols.instrument(symbol, message.get(t.SECURITY_EXCHANGE)) if symbol else ""


def read_self_match(message: Message) -> SelfMatch:
    """SelfMatchPreventionInstruction(2964); who says nothing has the aggressive order canceled."""
    code = message.get(t.SELF_MATCH_PREVENTION_INSTRUCTION)
    return SelfMatch(int(code)) if code else SelfMatch.CANCEL_AGGRESSIVE


def market_expiry(terms: Terms, now: Moment) -> int:
    """ExpireTime(126) in the market's time: it comes as far ahead as the wire says, at the market's speed."""
    return now.market_at(terms.expire_at_ns) if terms.expire_at_ns else 0


def why_not_replaced(order: VenueOrder, instrument: str, side: Side, terms: Terms) -> str:
    """What a replace can't change, and this one would; empty if there is nothing."""
    if instrument not in ("", order.instrument):
        return f"Symbol(55) can't change: the order is in {order.instrument}"
    if side is not order.side:
        return f"Side(54) can't change from {order.side.value}"
    if terms.ord_type is not order.ord_type:
        return f"OrdType(40) can't change from {order.ord_type.value}; cancel the order and enter a new one"
    if terms.time_in_force is not order.time_in_force:
        return f"TimeInForce(59) can't change from {order.time_in_force.value}; cancel the order and enter a new one"
    return ""


HELD: Final = "5"
NOT_HELD: Final = "1"
"""Of ExecInst(18), what asks nothing of an exchange."""


def why_not_honoured(details: OrderDetails) -> str:
    """An instruction that this exchange doesn't know; empty if there is none."""
    for code in details.exec_inst.split():
        if code not in (HELD, NOT_HELD):
            return f"ExecInst(18) {code} is not honoured here"
    if details.settl_type not in ("", "0"):
        return f"SettlType(63) {details.settl_type} is not honoured here: trades settle in the regular way"
    return ""


def mass_cancel_scope(message: Message, symbols: Symbols) -> tuple[str, str, str]:
    """(instrument, MassCancelRejectReason(532), text); no instrument means all, no reason that it can be done."""
    kind = message.get(t.MASS_CANCEL_REQUEST_TYPE)
    if message.has(t.SIDE):
        return "", "99", "Side(54) is not taken: both sides are canceled"
    if kind == MassCancelRequestType.ALL_ORDERS:
        return "", "", ""
    if kind != MassCancelRequestType.SECURITY:
        return "", "0", "MassCancelRequestType(530) must be 1 (a security) or 7 (all)"
    instrument = read_instrument(message, symbols)
    if not symbols.is_listed(instrument):
        return instrument, "1", f"Symbol(55) {instrument} is not listed here"
    return instrument, "", ""


def mass_status_scope(message: Message, symbols: Symbols) -> str:
    """The instrument, empty for all."""
    kind = message.get(t.MASS_STATUS_REQ_TYPE)
    if kind == MassStatusReqType.ALL_ORDERS:
        return ""
    if kind != MassStatusReqType.SECURITY:
        raise unsupported(message, t.MASS_STATUS_REQ_TYPE, "1 (a security) and 7 (all) are")
    instrument = read_instrument(message, symbols)
    if not symbols.is_listed(instrument):
        raise unsupported(message, t.SYMBOL, "it is not listed here")
    return instrument

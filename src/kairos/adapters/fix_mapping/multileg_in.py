"""NewOrderMultileg(AB) and MultilegOrderCancelReplace(AC) become an order on a spread that its exchange lists, and a
replace of one.

Symbol(55) names the spread, or its legs do; legs in a message are always those of the spread as it is listed, which is
what a buyer of it does, whichever Side(54) the order has. So a client and we can't mean opposite things. There is no
order in legs of which nobody lists a spread: it would be several orders, each at its own risk.
"""

from __future__ import annotations

from typing import Final

from kairos.adapters.fix_mapping.client_in import ClientDoor, new_order, replacement
from kairos.adapters.fix_mapping.instruments import ISIN, NO_SYMBOL, InstrumentDirectory
from kairos.adapters.fix_mapping.parts import Parts, group_in
from kairos.adapters.fix_mapping.reading import read_price, read_qty
from kairos.adapters.fix_mapping.rejection import RefusedField, missing_here, unsupported, unsupported_type
from kairos.adapters.fix_mapping.rules_groups import refuse_fields_of_whole
from kairos.adapters.fix_mapping.rules_legs import refuse_fields_of_leg
from kairos.fix import tags as t
from kairos.fix.message import Message
from kairos.model.commands import ReplaceOrder, SubmitOrder
from kairos.model.enums import Side
from kairos.model.values import Leg

_SIDES: Final = {side.value: side for side in (Side.BUY, Side.SELL)}
_OF_LEGS: Final = frozenset((t.MULTI_LEG_RPT_TYPE_REQ,))
"""Fields of the whole that an order on a spread has not."""


def read_multileg(message: Message, door: ClientDoor, directory: InstrumentDirectory) -> SubmitOrder:
    parts = _parts(message, door)
    instrument_id = _spread_of(parts, directory)
    return new_order(parts.alone(t.NEW_ORDER_SINGLE, _OF_LEGS), door, directory, instrument_id)


def read_multileg_replace(message: Message, door: ClientDoor, directory: InstrumentDirectory) -> ReplaceOrder:
    parts = _parts(message, door)
    instrument_id = _spread_of(parts, directory)
    alone = parts.alone(t.ORDER_CANCEL_REPLACE_REQUEST, _OF_LEGS)
    return replacement(alone, door, directory, instrument_id=instrument_id)


def _parts(message: Message, door: ClientDoor) -> Parts:
    """The message, the fields that only the whole has allowed."""
    group = group_in(door.dialect.version, message.msg_type, t.NO_LEGS)
    if group is None:
        raise RefusedField(unsupported_type(message))
    parts = Parts(message, group)
    refuse_fields_of_whole(parts.head(), strict=False)
    for tag in (t.PRICE, t.STOP_PX):
        if message.has(tag) and read_price(message, tag) <= 0:
            raise unsupported(message, tag, "we take orders on spreads at prices above 0")
    return parts


def _spread_of(parts: Parts, directory: InstrumentDirectory) -> str:
    """The instrument; of an unknown Symbol(55) its own words, which the desk then refuses."""
    message = parts.message
    legs = [parts.part(message.msg_type, entry, False, frozenset()) for entry in parts.entries]
    for leg in legs:
        refuse_fields_of_leg(leg)
    if message.get(t.SYMBOL) in ("", NO_SYMBOL) and not message.has(t.SECURITY_ID):
        return _spread_with(message, legs, directory)
    instrument_id = directory.resolve(message)
    listing = directory.listing(instrument_id)
    if listing.mic and not listing.legs:
        raise unsupported(message, t.SYMBOL, f"{instrument_id} is no spread: send a NewOrderSingle(D)")
    if listing.legs and legs:
        _check_legs(message, legs, instrument_id, directory)
    return instrument_id


def _check_legs(message: Message, legs: list[Message], instrument_id: str, directory: InstrumentDirectory) -> None:
    """The legs say nothing else than what the spread has; LegSide(624) may be left out."""
    unmatched = {leg.instrument_id: leg for leg in directory.listing(instrument_id).legs}
    for leg in legs:
        listed = unmatched.pop(_instrument_of(leg, directory), None)
        if listed is None:
            raise unsupported(leg, t.LEG_SYMBOL, f"{instrument_id} has other legs")
        if _ratio_of(leg) != listed.ratio:
            raise unsupported(leg, t.LEG_RATIO_QTY, f"in {instrument_id} it is {listed.ratio}")
        if leg.has(t.LEG_SIDE) and leg.get(t.LEG_SIDE) != listed.side:
            raise unsupported(leg, t.LEG_SIDE, f"for a buyer of {instrument_id} it is {listed.side.value}")
    if unmatched:
        raise unsupported(message, t.NO_LEGS, f"{instrument_id} has {len(legs) + len(unmatched)} legs")


def _spread_with(message: Message, legs: list[Message], directory: InstrumentDirectory) -> str:
    """The one spread that has just these legs."""
    if not legs:
        raise missing_here(message, t.NO_LEGS, "in an order that names no spread by Symbol(55)")
    found = directory.spreads_of([_leg(leg, directory) for leg in legs])
    if not found:
        raise unsupported(message, t.NO_LEGS, "no listed spread has these legs, by LegSymbol(600), ratio and side")
    if len(found) > 1:
        raise unsupported(message, t.NO_LEGS, "several listed spreads have these legs: name one by Symbol(55)")
    return found[0]


def _leg(leg: Message, directory: InstrumentDirectory) -> Leg:
    code = leg.get(t.LEG_SIDE)
    if not code:
        raise missing_here(leg, t.LEG_SIDE, "in each leg of an order that names no spread by Symbol(55)")
    side = _SIDES.get(code)
    if side is None:
        raise unsupported(leg, t.LEG_SIDE, "buy (1) and sell (2) are")
    return Leg(_instrument_of(leg, directory), _ratio_of(leg), side)


def _instrument_of(leg: Message, directory: InstrumentDirectory) -> str:
    isin = leg.get(t.LEG_SECURITY_ID) if leg.get(t.LEG_SECURITY_ID_SOURCE) == ISIN else ""
    return directory.resolve_names(leg.get(t.LEG_SYMBOL), leg.get(t.LEG_SECURITY_EXCHANGE), isin)


def _ratio_of(leg: Message) -> int:
    """LegRatioQty(623), 1 when it is left out."""
    ratio = read_qty(leg, t.LEG_RATIO_QTY) if leg.has(t.LEG_RATIO_QTY) else 1
    if ratio < 1:
        raise unsupported(leg, t.LEG_RATIO_QTY, "it must be above 0")
    return ratio

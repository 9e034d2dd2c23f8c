"""What the exchange refuses, each with its FIX code and a text that says which field and what would do.

The order of precedence is the order of the functions in `refusal`.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.model.enums import OrdRejReason, OrdType, TimeInForce
from kairos.model.numbers import MAX_PRICE, MAX_QTY, format_price
from kairos.venue.listing import Listing, Phase
from kairos.venue.orders import VenueOrder


class Refusal:
    """Why an order is refused."""

    def __init__(self, reason: OrdRejReason, text: str) -> None:
        self.reason: Final = reason
        self.text: Final = text


def refusal(order: VenueOrder, listing: Listing, phase: Phase, now_ns: i64) -> Refusal | None:
    """The first reason to refuse the new order; None accepts it."""
    return (
        refuse_phase(order, phase)
        or refuse_combination(order)
        or refuse_quantity(order.order_qty, order.max_floor, listing)
        or refuse_prices(order.ord_type, order.price, order.stop_px, listing)
        or refuse_expiry(order.time_in_force, order.expire_at_ns, now_ns)
    )


def refuse_phase(order: VenueOrder, phase: Phase) -> Refusal | None:
    """Orders that come at the wrong time of the day."""
    tif = order.time_in_force
    if phase is Phase.CLOSED or phase is Phase.CLOSING:
        return Refusal(
            OrdRejReason.EXCHANGE_CLOSED, f"{order.instrument} is {phase.value}: no orders until the next day"
        )
    if phase is Phase.PRE_OPEN and order.is_immediate():
        return Refusal(
            OrdRejReason.EXCHANGE_CLOSED, f"TimeInForce(59)={tif.value} needs an open market; it is pre-open"
        )
    if phase is not Phase.PRE_OPEN and tif is TimeInForce.AT_THE_OPENING:
        return Refusal(OrdRejReason.TOO_LATE_TO_ENTER, "TimeInForce(59)=2 (at the opening): the market is open already")
    return None


def refuse_combination(order: VenueOrder) -> Refusal | None:
    """Kinds of order that make no sense together."""
    tif = order.time_in_force
    auction = tif is TimeInForce.AT_THE_OPENING or tif is TimeInForce.AT_THE_CLOSE
    if not order.triggered and (auction or order.is_immediate()):
        return _unsupported(f"a stop order (OrdType(40)={order.ord_type.value}) can't have TimeInForce(59)={tif.value}")
    if order.max_floor and (auction or order.is_immediate() or order.at_market):
        return _unsupported("MaxFloor(111) needs an order that can rest: a limit and DAY, GTC or GTD")
    lasting = tif is TimeInForce.GOOD_TILL_CANCEL or tif is TimeInForce.GOOD_TILL_DATE
    if order.ord_type is OrdType.MARKET and lasting:
        return _unsupported(f"a market order can't have TimeInForce(59)={tif.value}")
    return None


def refuse_quantity(order_qty: i64, max_floor: i64, listing: Listing) -> Refusal | None:
    """Quantities out of bounds, or not whole lots."""
    if not 0 < order_qty <= MAX_QTY:
        return Refusal(OrdRejReason.INCORRECT_QUANTITY, f"OrderQty(38) {order_qty} must be from 1 to {MAX_QTY}")
    if order_qty % listing.lot:
        return Refusal(
            OrdRejReason.INCORRECT_QUANTITY, f"OrderQty(38) {order_qty} is not a multiple of the lot {listing.lot}"
        )
    if not 0 <= max_floor <= order_qty or max_floor % listing.lot:
        return Refusal(
            OrdRejReason.INCORRECT_QUANTITY,
            f"MaxFloor(111) {max_floor} must be whole lots of {listing.lot}, at most OrderQty(38) {order_qty}",
        )
    return None


def refuse_prices(ord_type: OrdType, price: i64, stop_px: i64, listing: Listing) -> Refusal | None:
    """Prices that are missing, superfluous or off the tick."""
    limited = ord_type is OrdType.LIMIT or ord_type is OrdType.STOP_LIMIT
    stop = ord_type is OrdType.STOP or ord_type is OrdType.STOP_LIMIT
    return _refuse_price("Price(44)", limited, price, listing) or _refuse_price("StopPx(99)", stop, stop_px, listing)


def _refuse_price(field: str, needed: bool, price: i64, listing: Listing) -> Refusal | None:
    if not needed:
        return _unsupported(f"{field} {format_price(price)} has no meaning for this OrdType(40)") if price else None
    if not 0 < price <= MAX_PRICE:
        return _unsupported(f"{field} {format_price(price)} must be more than 0 and at most {format_price(MAX_PRICE)}")
    if price % listing.tick:
        return Refusal(
            OrdRejReason.OTHER,
            f"{field} {format_price(price)} is not a multiple of the tick {format_price(listing.tick)}",
        )
    return None


def refuse_expiry(time_in_force: TimeInForce, expire_at_ns: i64, now_ns: i64) -> Refusal | None:
    """Good till date without a date to come, or a date without it."""
    if time_in_force is not TimeInForce.GOOD_TILL_DATE:
        return _unsupported("ExpireTime(126) needs TimeInForce(59)=6 (good till date)") if expire_at_ns else None
    if expire_at_ns <= now_ns:
        return _unsupported("ExpireTime(126) must be later than now for TimeInForce(59)=6 (good till date)")
    return None


def _unsupported(text: str) -> Refusal:
    return Refusal(OrdRejReason.UNSUPPORTED_ORDER_CHARACTERISTIC, text)

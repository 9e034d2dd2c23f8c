"""What the exchange refuses, each with its FIX code and a text that says which field and what would do.

The order of precedence is the order of the functions in `refusal`.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.market.price_limits import PriceBounds
from kairos.model.enums import OrdRejReason, OrdType, TimeInForce
from kairos.model.market_enums import TradingPhase
from kairos.model.numbers import MAX_PRICE, MAX_QTY, format_price
from kairos.venue.day import Day, is_planned_auction
from kairos.venue.listing import Listing
from kairos.venue.orders import VenueOrder

PHASE_IN_WORDS: Final = {
    TradingPhase.PRE_TRADING.value: "pre-open",
    TradingPhase.OPENING_AUCTION.value: "in its opening auction",
    TradingPhase.CONTINUOUS.value: "open",
    TradingPhase.CLOSING_AUCTION.value: "in its closing auction",
    TradingPhase.POST_TRADING.value: "past its close",
    TradingPhase.SCHEDULED_AUCTION.value: "in an auction",
    TradingPhase.QUIESCENT.value: "at rest",
    TradingPhase.UNSCHEDULED_AUCTION.value: "interrupted for an auction",
}


class Refusal:
    """Why an order is refused."""

    def __init__(self, reason: OrdRejReason, text: str) -> None:
        self.reason: Final = reason
        self.text: Final = text


def refusal(order: VenueOrder, listing: Listing, day: Day, now_ns: i64) -> Refusal | None:
    """The first reason to refuse the new order; None accepts it."""
    return (
        refuse_phase(order, day)
        or refuse_kind(order, listing, day)
        or refuse_combination(order)
        or refuse_quantity(order.order_qty, order.max_floor, listing)
        or refuse_min_qty(order, listing)
        or refuse_prices(order.ord_type, order.price, order.stop_px, listing)
        or refuse_beyond_auction(order.price, day)
        or refuse_expiry(order.time_in_force, order.expire_at_ns, now_ns)
    )


def refuse_phase(order: VenueOrder, day: Day) -> Refusal | None:
    """Orders that come at the wrong time of the day."""
    tif = order.time_in_force
    if not day.takes_orders():
        return Refusal(OrdRejReason.EXCHANGE_CLOSED, why_closed(day))
    if order.is_immediate() and not day.is_trading() and not is_for_auction(order, day):
        text = f"TimeInForce(59)={tif.value} needs continuous trading; {state_in_words(day)}"
        return Refusal(OrdRejReason.EXCHANGE_CLOSED, text)
    if tif is TimeInForce.AT_THE_OPENING and not day.is_before_opening():
        return Refusal(OrdRejReason.TOO_LATE_TO_ENTER, "TimeInForce(59)=2 (at the opening): the market is open already")
    return None


def is_for_auction(order: VenueOrder, day: Day) -> bool:
    """Whether the opening or closing auction takes the immediate order by name: it ends with the auction then."""
    kinds = day.listing.rules.kinds
    span = day.span
    if kinds is None or span is None or day.halt_reason or not is_planned_auction(span):
        return False
    return (span.name, order.ord_type, order.time_in_force) in kinds


def why_closed(day: Day) -> str:
    """Why the market takes no orders now, and when it will."""
    until = "no orders until the next day" if day.is_last_span() else "no orders for now"
    return f"{state_in_words(day)}: {until}"


def state_in_words(day: Day) -> str:
    """`2330.XTAI is in its opening auction`."""
    instrument = day.listing.instrument
    if day.halt_reason:
        return f"{instrument} is halted ({day.halt_reason})"
    phase = day.phase()
    return f"{instrument} is {PHASE_IN_WORDS[phase]}" if phase else f"{instrument} is closed"


def refuse_kind(order: VenueOrder, listing: Listing, day: Day) -> Refusal | None:
    """Kinds of order that the market does not take, or not in this phase."""
    kinds = listing.rules.kinds
    if kinds is None or day.span is None or (day.span.name, order.ord_type, order.time_in_force) in kinds:
        return None
    return _unsupported(
        f"OrdType(40)={order.ord_type.value} with TimeInForce(59)={order.time_in_force.value} is not taken while "
        f"{state_in_words(day)}"
    )


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


def refuse_min_qty(order: VenueOrder, listing: Listing) -> Refusal | None:
    """A least quantity that is none, or of an order that can't trade as it enters."""
    if order.min_qty == 0:
        return None
    if not 0 < order.min_qty <= order.order_qty or order.min_qty % listing.lot:
        text = (
            f"MinQty(110) {order.min_qty} must be whole lots of {listing.lot}, at most OrderQty(38) {order.order_qty}"
        )
        return Refusal(OrdRejReason.INCORRECT_QUANTITY, text)
    tif = order.time_in_force
    if not order.triggered or tif is TimeInForce.AT_THE_OPENING or tif is TimeInForce.AT_THE_CLOSE:
        return _unsupported("MinQty(110) needs an order that can trade as it enters: no stop, not for an auction")
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
    if not listing.ticks.is_on_tick(price):
        tick = format_price(listing.ticks.tick_at(price))
        return Refusal(OrdRejReason.OTHER, f"{field} {format_price(price)} is not a multiple of the tick {tick}")
    return _refuse_limit(field, price, listing)


def _refuse_limit(field: str, price: i64, listing: Listing) -> Refusal | None:
    bounds = listing.rules.bounds
    return None if bounds.allows(price) else _beyond(field, price, "the day's", bounds)


def refuse_beyond_auction(price: i64, day: Day) -> Refusal | None:
    """A limit outside of what the auction that collects may give."""
    beyond = price and not day.limits.allows(price)
    return _beyond("Price(44)", price, "the auction's", day.limits) if beyond else None


def _beyond(field: str, price: i64, whose: str, bounds: PriceBounds) -> Refusal:
    low, high = format_price(bounds.low_px), format_price(bounds.high_px) if bounds.high_px else "any"
    text = f"{field} {format_price(price)} is outside {whose} price limits, {low} to {high}"
    return Refusal(OrdRejReason.ORDER_EXCEEDS_LIMIT, text)


def refuse_expiry(time_in_force: TimeInForce, expire_at_ns: i64, now_ns: i64) -> Refusal | None:
    """Good till date without a date to come, or a date without it."""
    if time_in_force is not TimeInForce.GOOD_TILL_DATE:
        return _unsupported("ExpireTime(126) needs TimeInForce(59)=6 (good till date)") if expire_at_ns else None
    if expire_at_ns <= now_ns:
        return _unsupported("ExpireTime(126) must be later than now for TimeInForce(59)=6 (good till date)")
    return None


def _unsupported(text: str) -> Refusal:
    return Refusal(OrdRejReason.UNSUPPORTED_ORDER_CHARACTERISTIC, text)

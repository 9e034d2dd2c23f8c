"""Do an order's terms make sense by themselves, and on this instrument? Refusals in order of precedence."""

from __future__ import annotations

from mypy_extensions import i64

from kairos.model.enums import OrdType, Side, TimeInForce
from kairos.model.numbers import format_price
from kairos.model.refusals import Refusal, RefusalCode
from kairos.model.values import Terms
from kairos.state.positions import Position, is_buy
from kairos.state.reference import Instrument


def refuse_terms(terms: Terms, side: Side, position: Position, now_ns: i64) -> Refusal | None:
    """The first thing wrong with the terms, or None."""
    instrument = position.instrument
    return (
        _qty(terms, side, position)
        or _prices(terms, instrument)
        or _max_floor(terms, instrument)
        or _combination(terms)
        or _expiry(terms, now_ns)
    )


def _qty(terms: Terms, side: Side, position: Position) -> Refusal | None:
    if terms.order_qty <= 0:
        return Refusal(RefusalCode.QTY_NOT_POSITIVE, (("qty", str(terms.order_qty)),))
    instrument = position.instrument
    rules = instrument.rules
    if rules is None:
        fits = terms.order_qty % instrument.lot_size == 0
    else:
        fits = rules.takes_qty(terms.order_qty, instrument.lot_size, position.qty, not is_buy(side))
    if fits:
        return None
    return Refusal(RefusalCode.ODD_LOT, (("qty", str(terms.order_qty)), ("lot", str(_lot(instrument)))))


def _lot(instrument: Instrument) -> i64:
    rules = instrument.rules
    return instrument.lot_size if rules is None else rules.step(instrument.lot_size)


def _prices(terms: Terms, instrument: Instrument) -> Refusal | None:
    has_limit = terms.ord_type is OrdType.LIMIT or terms.ord_type is OrdType.STOP_LIMIT
    has_stop = terms.ord_type is OrdType.STOP or terms.ord_type is OrdType.STOP_LIMIT
    if has_limit and terms.price <= 0:
        return Refusal(RefusalCode.PRICE_REQUIRED)
    if not has_limit and terms.price != 0:
        return Refusal(RefusalCode.PRICE_NOT_ALLOWED, (("price", format_price(terms.price)),))
    if has_stop and terms.stop_px <= 0:
        return Refusal(RefusalCode.STOP_PX_REQUIRED)
    if not has_stop and terms.stop_px != 0:
        return Refusal(RefusalCode.STOP_PX_NOT_ALLOWED, (("stop_px", format_price(terms.stop_px)),))
    return refuse_tick("price", terms.price, instrument) or refuse_tick("stop_px", terms.stop_px, instrument)


def refuse_tick(name: str, px: i64, instrument: Instrument) -> Refusal | None:
    """Held to the band of the market's table that the price is in, where the rules of the day have one."""
    rules = instrument.rules
    tick: i64 = instrument.tick_size
    if rules is not None and rules.ticks is not None and px > 0:
        if rules.ticks.is_on_tick(px):
            return None
        tick = rules.ticks.tick_at(px)
    elif px % tick == 0:
        return None
    return Refusal(RefusalCode.OFF_TICK, ((name, format_price(px)), ("tick", format_price(tick))))


def _max_floor(terms: Terms, instrument: Instrument) -> Refusal | None:
    floor = terms.max_floor
    if floor < 0 or floor > terms.order_qty:
        return Refusal(RefusalCode.MAX_FLOOR_EXCEEDS_QTY, (("max_floor", str(floor)), ("qty", str(terms.order_qty))))
    lot = _lot(instrument)
    if floor % lot:
        return Refusal(RefusalCode.ODD_LOT, (("max_floor", str(floor)), ("lot", str(lot))))
    return None


def _combination(terms: Terms) -> Refusal | None:
    tif = terms.time_in_force
    at_once = tif is TimeInForce.IMMEDIATE_OR_CANCEL or tif is TimeInForce.FILL_OR_KILL
    in_auction = tif is TimeInForce.AT_THE_OPENING or tif is TimeInForce.AT_THE_CLOSE
    has_stop = terms.ord_type is OrdType.STOP or terms.ord_type is OrdType.STOP_LIMIT
    has_limit = terms.ord_type is OrdType.LIMIT or terms.ord_type is OrdType.STOP_LIMIT
    if has_stop and (at_once or in_auction):
        return _conflict("a stop can't be immediate or for an auction")
    if terms.max_floor and (at_once or in_auction or not has_limit):
        return _conflict("MaxFloor(111) needs a limit price and an order that rests")
    if terms.expire_at_ns and tif is not TimeInForce.GOOD_TILL_DATE:
        return _conflict("ExpireTime(126) needs TimeInForce(59) 6")
    return None


def _conflict(why: str) -> Refusal:
    return Refusal(RefusalCode.TERMS_CONFLICT, (("why", why),))


def _expiry(terms: Terms, now_ns: i64) -> Refusal | None:
    if terms.time_in_force is not TimeInForce.GOOD_TILL_DATE:
        return None
    if terms.expire_at_ns <= 0:
        return Refusal(RefusalCode.EXPIRE_TIME_REQUIRED)
    if terms.expire_at_ns <= now_ns:
        return Refusal(RefusalCode.EXPIRE_TIME_PASSED)
    return None


def with_qty(terms: Terms, order_qty: int) -> Terms:
    """The same terms for another quantity."""
    return Terms(
        order_qty,
        terms.ord_type,
        terms.price,
        terms.stop_px,
        terms.time_in_force,
        terms.expire_at_ns,
        min(terms.max_floor, order_qty),
    )

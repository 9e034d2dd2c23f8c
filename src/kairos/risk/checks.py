"""The limits that every account must have, and what holds for all: each check is one pure function that says None, or a
refusal with what it saw.

Money is the account's own currency: what is held or owed in another counts at the rate. A new check is a function
here, a code in `model.refusals`, a place in `risk.gate`, and a line in `risk.controls`.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.model.enums import OrdType, Side
from kairos.model.numbers import format_money, format_price, product, size_of
from kairos.model.refusals import Refusal, RefusalCode
from kairos.risk.subject import Subject
from kairos.state.reference import TOKEN

BASIS_POINTS: Final = 10_000
# A calendar spread trades near 0, where a share of its price is less than its usual bid and ask are apart.
SPREAD_COLLAR_TICKS: Final = 20


def kill(s: Subject) -> Refusal | None:
    """The kill switch of any place that the order is in (SEC 15c3-5(c)(1); MiFID II RTS 6 article 12)."""
    engaged = s.desk.kills.over(s.account, s.instrument, s.trader_id, s.strategy_id, s.venue_id)
    return None if engaged is None else engaged.refusal()


def rate(s: Subject) -> Refusal | None:
    """New and replace requests of an account, by token bucket (MiFID II RTS 6 article 15(1)(d))."""
    if s.account.tokens_now(s.now_ns) >= TOKEN:
        return None
    limits = s.account.limits
    return Refusal(RefusalCode.RATE, (("limit", f"{limits.rate_per_s}/s"), ("burst", str(limits.rate_burst))))


def order_qty(s: Subject) -> Refusal | None:
    """Largest OrderQty(38) (SEC 15c3-5(c)(1)(ii); RTS 6 article 15(1)(c))."""
    limit = s.share_of(s.account.limits.max_order_qty)
    if s.terms.order_qty > limit:
        return Refusal(RefusalCode.MAX_ORDER_QTY, (("qty", str(s.terms.order_qty)), ("limit", str(limit))))
    return None


def reference_price(s: Subject) -> Refusal | None:
    """Without a price of the market, neither a collar nor a value can be checked: refused, not waved through."""
    if s.reference_px <= 0:
        return Refusal(RefusalCode.NO_REFERENCE_PRICE, (("instrument", s.instrument.instrument_id),))
    return None


def order_notional(s: Subject) -> Refusal | None:
    """Largest order value (RTS 6 article 15(1)(b))."""
    limit = s.share_of(s.account.limits.max_order_notional)
    value = s.of_account(s.worth)
    if value > limit:
        return Refusal(RefusalCode.MAX_ORDER_NOTIONAL, (("value", format_money(value)), ("limit", format_money(limit))))
    return None


def price_collar(s: Subject) -> Refusal | None:
    """How far a price may be from the mark (RTS 6 article 15(1)(a)); a spread's always some ticks. A market order has
    none of its own."""
    if s.terms.ord_type is OrdType.MARKET:
        return None
    reference = s.reference_px
    away = size_of(s.reserve_px - reference)
    bps = s.account.limits.collar_bps
    floor: i64 = SPREAD_COLLAR_TICKS * s.instrument.tick_size if s.instrument.is_spread else 0
    if product(away, BASIS_POINTS) > product(reference, bps) and away > floor:
        seen = (("price", format_price(s.reserve_px)), ("reference", format_price(reference)), ("limit_bps", str(bps)))
        return Refusal(RefusalCode.PRICE_COLLAR, seen)
    return None


def position(s: Subject) -> Refusal | None:
    """Largest position, long or short, with every working order on this side filled."""
    if s.added_qty == 0:
        return None
    limit = s.share_of(s.account.limits.max_position)
    worst = worst_position(s)
    if worst > limit:
        return Refusal(RefusalCode.MAX_POSITION, (("position", str(worst)), ("limit", str(limit))))
    return None


def worst_position(s: Subject) -> i64:
    return s.position.qty + s.open_buy() if s.is_buy else s.open_sell() - s.position.qty


def exposure(s: Subject) -> Refusal | None:
    """Gross and net exposure of the account, working orders in the worst direction (SEC 15c3-5(c)(1)(i))."""
    if s.added_qty == 0:
        return None
    limits = s.account.limits
    gross, net = exposure_with(s)
    limit = s.share_of(limits.max_gross_exposure)
    if gross > limit:
        return _exposed("gross", gross, limit)
    limit = s.share_of(limits.max_net_exposure)
    if net > limit:
        return _exposed("net", net, limit)
    return None


def _exposed(kind: str, value: int, limit: int) -> Refusal:
    return Refusal(RefusalCode.MAX_EXPOSURE, ((kind, format_money(value)), ("limit", format_money(limit))))


def exposure_with(s: Subject) -> tuple[int, int]:
    """Gross exposure of the account if the order were let through, and its net in the direction in which the order
    moves it, with only those orders filled that move it so: the others may be canceled."""
    position, account = s.position, s.account
    _, high, low = position.nets(s.open_buy(), s.open_sell())
    gross = account.gross + s.of_account(max(high, -low) - position.gross)
    rises = high > position.net_high
    if rises:
        net = account.net_high + s.of_account(high - position.net_high)
    else:
        net = -account.net_low - s.of_account(low - position.net_low)
    if account.foreign:
        own = account.defined.currency
        for currency, purse in account.foreign.items():
            gross += s.in_currency(purse.gross, currency, own)
            net += s.in_currency(purse.net_high if rises else -purse.net_low, currency, own)
    return gross, net


def buying_power(s: Subject) -> Refusal | None:
    """A buy may not spend more than the account has free."""
    if s.side is not Side.BUY or s.added_worth == 0:
        return None
    free = free_money(s)
    needed = s.of_account(s.worst)
    if needed > free:
        return Refusal(RefusalCode.BUYING_POWER, (("needed", format_money(needed)), ("free", format_money(free))))
    return None


def free_money(s: Subject) -> int:
    """What the account has, less what it owes in other currencies and what works, the order that is replaced aside."""
    account = s.account
    free = account.cash - account.reserved + s.of_account(s.held_by_order())
    if account.foreign:
        for currency, purse in account.foreign.items():
            free += s.in_currency(purse.cash - purse.reserved, currency, account.defined.currency)
    return free

"""The checks of the gate: each is one pure function that says None, or a refusal with what it saw.

A new check is a function here, a code in `model.refusals`, and a place in `risk.gate.GATE`.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.model.enums import OrdType, Side
from kairos.model.numbers import format_money, format_price, magnitude, notional_of, product, size_of
from kairos.model.refusals import Refusal, RefusalCode
from kairos.risk.subject import Subject
from kairos.state.reference import TOKEN

BASIS_POINTS: Final = 10_000
# A calendar spread trades near 0, where a share of its price is less than its usual bid and ask are apart.
SPREAD_COLLAR_TICKS: Final = 20


def kill(s: Subject) -> Refusal | None:
    """The kill switch of the firm or of the account (SEC 15c3-5(c)(1); MiFID II RTS 6 article 12)."""
    if s.desk.killed:
        return Refusal(RefusalCode.KILL, (("scope", "firm"),))
    if s.account.killed:
        return Refusal(RefusalCode.KILL, (("scope", s.account.account_id),))
    return None


def rate(s: Subject) -> Refusal | None:
    """New and replace requests of an account, by token bucket (MiFID II RTS 6 article 15(1)(d))."""
    if s.account.tokens_now(s.now_ns) >= TOKEN:
        return None
    limits = s.account.limits
    return Refusal(RefusalCode.RATE, (("limit", f"{limits.rate_per_s}/s"), ("burst", str(limits.rate_burst))))


def restricted(s: Subject) -> Refusal | None:
    """The restricted list of compliance."""
    if s.instrument.restricted:
        return Refusal(RefusalCode.RESTRICTED, (("instrument", s.instrument.instrument_id),))
    return None


def order_qty(s: Subject) -> Refusal | None:
    """Largest OrderQty(38) (SEC 15c3-5(c)(1)(ii); RTS 6 article 15(1)(c))."""
    limit = s.account.limits.max_order_qty
    if s.terms.order_qty > limit:
        return Refusal(RefusalCode.MAX_ORDER_QTY, (("qty", str(s.terms.order_qty)), ("limit", str(limit))))
    return None


def reference_price(s: Subject) -> Refusal | None:
    """Without a price of the market, neither a collar nor a value can be checked: refused, not waved through."""
    if s.instrument.mark_px() <= 0:
        return Refusal(RefusalCode.NO_REFERENCE_PRICE, (("instrument", s.instrument.instrument_id),))
    return None


def order_notional(s: Subject) -> Refusal | None:
    """Largest order value (RTS 6 article 15(1)(b))."""
    limit = s.account.limits.max_order_notional
    notional = s.notional()
    if notional > limit:
        return Refusal(
            RefusalCode.MAX_ORDER_NOTIONAL, (("value", format_money(notional)), ("limit", format_money(limit)))
        )
    return None


def price_collar(s: Subject) -> Refusal | None:
    """How far a price may be from the mark (RTS 6 article 15(1)(a)); a spread's always some ticks. A market order has
    none of its own."""
    if s.terms.ord_type is OrdType.MARKET:
        return None
    reference = s.instrument.mark_px()
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
    limit = s.account.limits.max_position
    worst = s.position.qty + s.open_buy() if s.side is Side.BUY else s.open_sell() - s.position.qty
    if worst > limit:
        return Refusal(RefusalCode.MAX_POSITION, (("position", str(worst)), ("limit", str(limit))))
    return None


def exposure(s: Subject) -> Refusal | None:
    """Gross and net exposure of the account, working orders in the worst direction (SEC 15c3-5(c)(1)(i))."""
    if s.added_qty == 0:
        return None
    limits = s.account.limits
    gross, net = s.position.weight(s.open_buy(), s.open_sell())
    account_gross = s.account.gross - s.position.gross + gross
    if account_gross > limits.max_gross_exposure:
        return _exposed("gross", account_gross, limits.max_gross_exposure)
    account_net = s.account.net - s.position.net + net
    if magnitude(account_net) > limits.max_net_exposure:
        return _exposed("net", account_net, limits.max_net_exposure)
    return None


def _exposed(kind: str, value: int, limit: int) -> Refusal:
    return Refusal(RefusalCode.MAX_EXPOSURE, ((kind, format_money(value)), ("limit", format_money(limit))))


def buying_power(s: Subject) -> Refusal | None:
    """A buy may not spend more than the account has free."""
    if s.side is not Side.BUY:
        return None
    free = s.account.cash - s.account.reserved + s.held_by_order()
    needed = notional_of(s.leaves_qty, s.reserve_px, s.instrument.multiplier)
    if needed > free:
        return Refusal(RefusalCode.BUYING_POWER, (("needed", format_money(needed)), ("free", format_money(free))))
    return None

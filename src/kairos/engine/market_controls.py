"""What markets say: rules and hours of the day, halts, figures; units located for short sales; who is on which list."""

from __future__ import annotations

from typing import Final

from kairos.engine.core import Core
from kairos.market.ticks import TickTableError
from kairos.model.commands import (
    Command,
    SetHalt,
    SetLocate,
    SetMarketDay,
    SetMarketFigures,
    SetRestriction,
    SetTradingRules,
)
from kairos.model.enums import NodeKind
from kairos.model.events import (
    HaltChanged,
    LocateSet,
    MarketDaySet,
    MarketFiguresSet,
    RestrictionSet,
    RestrictionWatched,
    TradingRulesSet,
)
from kairos.model.numbers import MAX_PRICE, MAX_QTY
from kairos.model.refusals import Refusal, RefusalCode
from kairos.model.values import MarketSpan, PriceBand
from kairos.risk.checks_market import watched
from kairos.risk.subject import Subject
from kairos.state.desk import Desk
from kairos.state.order import Order
from kairos.state.trading_rules import tick_table

WHOLE_BPS: Final = 10_000
MAX_VOLATILITY_BPS: Final = 1_000_000  # a hundred times the price in a day is a typing error


def handle_market_command(core: Core, c: Command) -> Refusal | None:
    """Carry out one of these commands."""
    if isinstance(c, SetTradingRules):
        return _set_trading_rules(core, c)
    if isinstance(c, SetMarketDay):
        return _set_market_day(core, c)
    if isinstance(c, SetHalt):
        return _set_halt(core, c)
    if isinstance(c, SetMarketFigures):
        return _set_market_figures(core, c)
    if isinstance(c, SetLocate):
        return _set_locate(core, c)
    return _set_restriction(core, c) if isinstance(c, SetRestriction) else None


def _invalid(field: str) -> Refusal:
    return Refusal(RefusalCode.INVALID_VALUE, (("field", field),))


def _unknown_instrument(instrument_id: str) -> Refusal:
    return Refusal(RefusalCode.UNKNOWN_INSTRUMENT, (("instrument", instrument_id),))


def _set_trading_rules(core: Core, c: SetTradingRules) -> Refusal | None:
    if c.instrument_id not in core.desk.instruments:
        return _unknown_instrument(c.instrument_id)
    refusal = _refuse_bands(c.bands, c.holds_end) or _refuse_bounds(c)
    if refusal is not None:
        return refusal
    core.emit(
        TradingRulesSet(
            at_ns=core.now_ns,
            instrument_id=c.instrument_id,
            trading_date=c.trading_date,
            bands=c.bands,
            holds_end=c.holds_end,
            low_px=c.low_px,
            high_px=c.high_px,
            min_qty=c.min_qty,
            qty_step=c.qty_step,
            max_qty=c.max_qty,
            odd_lots=c.odd_lots,
            short_sale=c.short_sale,
            after_fall_bps=c.after_fall_bps,
            marking=c.marking,
            locate=c.locate,
            reference=c.reference,
            max_mark_age_ns=c.max_mark_age_ns,
            user_id=c.user_id,
        )
    )
    return None


def _refuse_bands(bands: tuple[PriceBand, ...], holds_end: bool) -> Refusal | None:
    if not bands:
        return None
    if any(not 0 <= band.from_px <= MAX_PRICE or not 0 <= band.to_px <= MAX_PRICE for band in bands):
        return _invalid("bands: a price is out of bounds")
    try:
        tick_table(bands, holds_end)
    except TickTableError as error:
        return _invalid(f"bands: {error}")
    return None


def _refuse_bounds(c: SetTradingRules) -> Refusal | None:
    if not 0 <= c.low_px <= MAX_PRICE or not 0 <= c.high_px <= MAX_PRICE or 0 < c.high_px < c.low_px:
        return _invalid("low_px must not be above high_px, nor one of them below 0")
    if min(c.min_qty, c.qty_step, c.max_qty) < 0 or max(c.min_qty, c.qty_step, c.max_qty) > MAX_QTY:
        return _invalid("min_qty, qty_step, max_qty")
    if not 0 <= c.after_fall_bps <= WHOLE_BPS or c.max_mark_age_ns < 0:
        return _invalid("after_fall_bps, max_mark_age_ns")
    return None


def _set_market_day(core: Core, c: SetMarketDay) -> Refusal | None:
    if not c.mic or _is_disordered(c.spans):
        return _invalid("mic, spans: each must end after it begins, and begin when the one before has ended")
    core.emit(MarketDaySet(core.now_ns, c.mic, c.trading_date, c.spans, c.takes_early, c.user_id))
    return None


def _is_disordered(spans: tuple[MarketSpan, ...]) -> bool:
    ended = 0
    for span in spans:
        if not ended <= span.starts_ns < span.ends_ns:
            return True
        ended = int(span.ends_ns)
    return False


def _set_halt(core: Core, c: SetHalt) -> Refusal | None:
    if c.instrument_id and c.instrument_id not in core.desk.instruments:
        return _unknown_instrument(c.instrument_id)
    if bool(c.instrument_id) == bool(c.mic):
        return _invalid("instrument_id, mic: one of them")
    if not c.user_id and _stands(core.desk, c):
        return None
    core.emit(HaltChanged(core.now_ns, c.instrument_id, c.mic, c.halted, c.text, c.user_id))
    return None


def _stands(desk: Desk, c: SetHalt) -> bool:
    """Whether a feed says what is so already, or would lift a halt that a person set."""
    if c.instrument_id:
        halt = desk.instruments[c.instrument_id].halt
    else:
        market = desk.markets.get(c.mic)
        halt = None if market is None else market.halt
    if c.halted:
        return halt is not None
    return halt is None or halt.user_id != ""


def _set_market_figures(core: Core, c: SetMarketFigures) -> Refusal | None:
    if c.instrument_id not in core.desk.instruments:
        return _unknown_instrument(c.instrument_id)
    if not 0 <= c.close_px <= MAX_PRICE or c.adv < 0 or not 0 <= c.volatility_bps <= MAX_VOLATILITY_BPS:
        return _invalid("close_px, adv, volatility_bps")
    core.emit(MarketFiguresSet(core.now_ns, c.instrument_id, c.close_px, c.adv, c.volatility_bps, c.user_id))
    return None


def _set_locate(core: Core, c: SetLocate) -> Refusal | None:
    """Fewer than are used already may be said: then nothing more may be sold short."""
    if c.account_id not in core.desk.accounts:
        return Refusal(RefusalCode.UNKNOWN_ACCOUNT, (("account", c.account_id),))
    if c.instrument_id not in core.desk.instruments:
        return _unknown_instrument(c.instrument_id)
    if not 0 <= c.qty <= MAX_QTY:
        return _invalid("qty")
    core.emit(LocateSet(core.now_ns, c.account_id, c.instrument_id, c.qty, c.text, c.user_id))
    return None


def _set_restriction(core: Core, c: SetRestriction) -> Refusal | None:
    if c.instrument_id not in core.desk.instruments:
        return _unknown_instrument(c.instrument_id)
    if (c.node is NodeKind.FIRM) != (not c.node_id) or not _is_known(core.desk, c.node, c.node_id):
        return _invalid("node_id: the firm has none, every other node one that is known")
    core.emit(
        RestrictionSet(
            at_ns=core.now_ns,
            instrument_id=c.instrument_id,
            restricted=c.restricted,
            text=c.text,
            user_id=c.user_id,
            kind=c.kind,
            node=c.node,
            node_id=c.node_id,
        )
    )
    return None


def _is_known(desk: Desk, node: NodeKind, node_id: str) -> bool:
    """Strategies are known by their orders alone, so that a list may come before them."""
    if node is NodeKind.ACCOUNT:
        return node_id in desk.accounts
    if node is NodeKind.CLIENT:
        return node_id in desk.clients
    if node is NodeKind.DESK:
        return node_id in desk.tree.desks
    return node is not NodeKind.TRADER or node_id in desk.users


def tell_watchers(core: Core, order: Order) -> None:
    """An order was let through in an instrument that somebody watches."""
    if not order.position.instrument.listed:
        return
    of_order = Subject(core.desk, order.position, order.side, order.terms, order, core.now_ns)
    for listed in watched(of_order):
        core.emit(
            RestrictionWatched(
                at_ns=core.now_ns,
                order_id=order.order_id,
                instrument_id=order.instrument_id(),
                account_id=order.account_id(),
                node=listed.node,
                node_id=listed.node_id,
                text=listed.given.text,
                user_id=order.user_id,
            )
        )

"""Folds what markets say into the desk: rules and hours of the day, halts, figures, located units, lists of compliance;
and the events that rebuild it in a snapshot."""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.model.enums import NodeKind, Side
from kairos.model.errors import invariant
from kairos.model.events import (
    Event,
    HaltChanged,
    LocateSet,
    MarketDaySet,
    MarketEvent,
    MarketFiguresSet,
    PositionDaySnapshot,
    PriceFallSnapshot,
    RestrictionSet,
    RestrictionWatched,
    TradingRulesSet,
)
from kairos.model.market_enums import RestrictionKind
from kairos.state.desk import Desk
from kairos.state.positions import Position
from kairos.state.reference import Instrument
from kairos.state.trading_rules import Figures, Listed, Market, TradingRules

WHOLE_BPS: Final = 10_000


def apply_market_event(desk: Desk, event: MarketEvent) -> None:
    """Fold one."""
    if isinstance(event, TradingRulesSet):
        desk.instruments[event.instrument_id].rules = TradingRules(event)
    elif isinstance(event, MarketDaySet):
        market_of(desk, event.mic).day = event
    elif isinstance(event, HaltChanged):
        _halt_changed(desk, event)
    elif isinstance(event, MarketFiguresSet):
        instrument = desk.instruments[event.instrument_id]
        instrument.history = Figures(event.close_px, event.adv, event.volatility_bps)
        note_fall(instrument)
    elif isinstance(event, LocateSet):
        desk.position(event.account_id, event.instrument_id).locate_qty = event.qty
    elif isinstance(event, PriceFallSnapshot):
        instrument = desk.instruments[event.instrument_id]
        instrument.fell, instrument.fell_before = event.today, event.day_before
    elif isinstance(event, PositionDaySnapshot):
        position = desk.position(event.account_id, event.instrument_id)
        position.locate_qty, position.short_done = event.locate_qty, event.short_done
    else:
        told = isinstance(event, RestrictionWatched)
        invariant(told, "MARKET_EVENT_OF_NO_KIND", event=type(event).__name__)


def market_of(desk: Desk, mic: str) -> Market:
    """A market by its MIC, made when it is first asked for."""
    market = desk.markets.get(mic)
    if market is None:
        market = Market(mic)
        desk.markets[mic] = market
    return market


def _halt_changed(desk: Desk, event: HaltChanged) -> None:
    halt = event if event.halted else None
    if event.instrument_id:
        desk.instruments[event.instrument_id].halt = halt
    else:
        market_of(desk, event.mic).halt = halt


def fold_restriction(instrument: Instrument, event: RestrictionSet) -> None:
    """The firm's own restricted list is a flag, since every order asks for it; all others stand beside it."""
    if event.kind is RestrictionKind.RESTRICTED and event.node is NodeKind.FIRM:
        instrument.restricted = event.restricted
        return
    others = [on for on in instrument.listed if not on.is_of(event.kind, event.node, event.node_id)]
    instrument.listed = tuple([*others, Listed(event)] if event.restricted else others)


def note_fall(instrument: Instrument) -> None:
    """Remember a fall of the last price so deep that the rule of short sales holds from now on, to the next day's
    end."""
    rules = instrument.rules
    if rules is None or instrument.fell or not instrument.last_px:
        return
    fall = int(rules.given.after_fall_bps)
    if fall and int(instrument.last_px) * WHOLE_BPS <= int(instrument.close_px()) * (WHOLE_BPS - fall):
        instrument.fell = True


def count_short(position: Position, side: Side, qty: i64) -> None:
    """Units that an order marked as short executed today, more or (taken back) fewer."""
    if side is Side.SELL_SHORT or side is Side.SELL_SHORT_EXEMPT:
        position.short_done += qty


def begin_market_day(desk: Desk) -> None:
    """Located units are for one day; a fall counts on the day after it, too."""
    for instrument in desk.instruments.values():
        instrument.fell_before = instrument.fell
        instrument.fell = False
    for of_account in desk.positions.values():
        for position in of_account.values():
            position.locate_qty = position.short_done = 0


def snapshot_market(desk: Desk, at_ns: i64, events: list[Event]) -> None:
    """Markets, then what they say of instruments; once the instruments and their marks are there."""
    for market in desk.markets.values():
        if market.day is not None:
            events.append(market.day)
        if market.halt is not None:
            events.append(market.halt)
    for instrument in desk.instruments.values():
        _snapshot_instrument(instrument, at_ns, events)


def _snapshot_instrument(instrument: Instrument, at_ns: i64, events: list[Event]) -> None:
    for listed in instrument.listed:
        events.append(listed.given)
    history = instrument.history
    if history.close_px or history.adv or history.volatility_bps:
        events.append(history.as_event(at_ns, instrument.instrument_id))
    if instrument.rules is not None:
        events.append(instrument.rules.given)
    if instrument.halt is not None:
        events.append(instrument.halt)
    if instrument.fell or instrument.fell_before:
        events.append(PriceFallSnapshot(at_ns, instrument.instrument_id, instrument.fell, instrument.fell_before))


def snapshot_position_days(desk: Desk, at_ns: i64, events: list[Event]) -> None:
    """Once orders and executions are there."""
    for account_id, of_account in desk.positions.items():
        for instrument_id, position in of_account.items():
            located, done = position.locate_qty, position.short_done
            if located or done:
                events.append(PositionDaySnapshot(at_ns, account_id, instrument_id, located, done))

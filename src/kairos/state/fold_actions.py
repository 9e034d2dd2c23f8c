"""Folds corporate actions into the desk: the instrument's prices and units, and the positions in it."""

from __future__ import annotations

from mypy_extensions import i64

from kairos.model.events import (
    CorporateActionApplied,
    CorporateActionSnapshot,
    InstrumentDefined,
    PositionRestated,
    ReferenceEvent,
)
from kairos.state.cells import RESTATED
from kairos.state.desk import AppliedAction, Desk


def apply_action_event(desk: Desk, event: ReferenceEvent) -> None:
    """Fold one. A dividend that somebody is entitled to is paid later: nothing changes yet."""
    if isinstance(event, CorporateActionApplied):
        desk.tree.changes.amended_id = RESTATED
        _keep(desk, event.action_id, event.instrument_id, event.ex_date, event.first_exec_id)
        _applied(desk, event)
    elif isinstance(event, PositionRestated):
        desk.tree.changes.amended_id = RESTATED
        position = desk.position(event.account_id, event.instrument_id)
        position.restate(event.qty, event.cost, event.realized)
    elif isinstance(event, CorporateActionSnapshot):
        _keep(desk, event.action_id, event.instrument_id, event.ex_date, event.first_exec_id)


def _keep(desk: Desk, action_id: str, instrument_id: str, ex_date: i64, first_exec_id: i64) -> None:
    instrument = desk.instruments[instrument_id]
    desk.actions[action_id] = AppliedAction(instrument_id, ex_date, first_exec_id)
    instrument.units_exec_id = max(instrument.units_exec_id, first_exec_id)


def _applied(desk: Desk, event: CorporateActionApplied) -> None:
    instrument = desk.instruments[event.instrument_id]
    old = instrument.defined
    instrument.define(
        InstrumentDefined(
            at_ns=event.at_ns,
            instrument_id=old.instrument_id,
            symbol=old.symbol,
            mic=old.mic,
            name=old.name,
            currency=old.currency,
            isin=old.isin,
            cfi=old.cfi,
            tick_size=old.tick_size,
            lot_size=old.lot_size,
            multiplier=old.multiplier,
            reference_px=event.reference_px,
            user_id=event.user_id,
            legs=old.legs,
        )
    )
    instrument.bid_px = event.bid_px
    instrument.ask_px = event.ask_px
    instrument.last_px = event.last_px
    for position in desk.holders.get(event.instrument_id, []):
        position.reweigh()
    for position in desk.tree.holders.get(event.instrument_id, []):
        position.reweigh()

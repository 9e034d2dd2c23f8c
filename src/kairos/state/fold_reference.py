"""Folds reference data, controls, marks, the trading day and FIX session numbers into the desk."""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.model.enums import NodeKind, ResetReason
from kairos.model.events import (
    AccountDefined,
    AccountSnapshot,
    ClientDefined,
    DeskSnapshot,
    InstrumentDefined,
    KillEngaged,
    KillReleased,
    LimitsSet,
    MarkUpdated,
    PositionSnapshot,
    ReferenceEvent,
    RestrictionSet,
    SessionEvent,
    SessionReceived,
    SessionReset,
    SessionSent,
    SessionSnapshot,
    TradingDayStarted,
    UserDefined,
    VenueDefined,
    VenueStateChanged,
)
from kairos.state.day import begin_day_of_positions, start_trading_day
from kairos.state.desk import Desk, SessionNumbers
from kairos.state.fold_actions import apply_action_event
from kairos.state.fold_kills import fold_engaged, fold_killed, fold_released
from kairos.state.fold_ladder import node_is_new
from kairos.state.fold_market import begin_market_day, fold_restriction, market_of, note_fall
from kairos.state.parties import Client, Venue
from kairos.state.places import scopes_of
from kairos.state.positions import Position
from kairos.state.reference import Account, Instrument, User

LOGON: Final = "A"
LOGOUT: Final = "5"


def apply_reference_event(desk: Desk, event: ReferenceEvent) -> None:
    """Fold one; the frequent ones stand first."""
    if isinstance(event, MarkUpdated):
        _marked(desk, event)
    elif isinstance(event, VenueStateChanged):
        _venue_state_changed(desk, event)
    elif isinstance(event, LimitsSet):
        _limits_set(desk.accounts[event.account_id], event)
    elif isinstance(event, RestrictionSet):
        fold_restriction(desk.instruments[event.instrument_id], event)
    elif isinstance(event, KillEngaged):
        fold_engaged(desk.kills, event)
    elif isinstance(event, KillReleased):
        fold_released(desk.kills, event)
    elif isinstance(event, TradingDayStarted):
        start_trading_day(desk, event.trading_date, event.at_ns)
        begin_market_day(desk)
    elif isinstance(event, (InstrumentDefined, ClientDefined, AccountDefined, UserDefined, VenueDefined)):
        _defined(desk, event)
    elif isinstance(event, (PositionSnapshot, AccountSnapshot, DeskSnapshot)):
        _snapshot(desk, event)
    else:
        apply_action_event(desk, event)


def _venue_state_changed(desk: Desk, event: VenueStateChanged) -> None:
    """What was asked over a connection that is gone is not answered any more."""
    desk.venues[event.venue_id].up = event.up
    if not event.up:
        for route in desk.routes.awake():
            if route.venue_id == event.venue_id:
                route.queried = 0


def _marked(desk: Desk, event: MarkUpdated) -> None:
    instrument = desk.instruments[event.instrument_id]
    before = instrument.mark_px()
    instrument.bid_px = event.bid_px
    instrument.ask_px = event.ask_px
    instrument.last_px = event.last_px
    instrument.marked_at_ns = event.at_ns
    note_fall(instrument)
    if instrument.mark_px() != before:
        _reweigh_holders(desk, event.instrument_id)
        if not desk.tree.is_bare() and desk.tree.rates.has(instrument):
            desk.tree.touch_foreign()


def _reweigh_holders(desk: Desk, instrument_id: str) -> None:
    for position in desk.holders.get(instrument_id, []):
        position.reweigh()
    for position in desk.tree.holders.get(instrument_id, []):
        position.reweigh()


def _limits_set(account: Account, event: LimitsSet) -> None:
    """New limits begin with a full bucket, as an account does that has sent nothing yet."""
    account.limits = event.limits
    account.fill_bucket(event.at_ns)


def _defined(desk: Desk, event: ReferenceEvent) -> None:
    if isinstance(event, InstrumentDefined):
        _instrument_defined(desk, event)
    elif isinstance(event, ClientDefined):
        client = desk.clients.get(event.client_id)
        if client is None:
            desk.clients[event.client_id] = Client(event, desk.orders)
            node_is_new(desk, NodeKind.CLIENT, event.client_id, event.at_ns)
        else:
            client.defined = event
    elif isinstance(event, AccountDefined):
        _account_defined(desk, event)
    elif isinstance(event, UserDefined):
        desk.users[event.user_id] = User(event)
        node_is_new(desk, NodeKind.TRADER, event.user_id, event.at_ns)
    elif isinstance(event, VenueDefined):
        _venue_defined(desk, event)


def _account_defined(desk: Desk, event: AccountDefined) -> None:
    account = desk.accounts.get(event.account_id)
    if account is None:
        desk.accounts[event.account_id] = Account(event)
        desk.tree.rates.begin_with(event.currency)
        desk.tree.price_cells()
        node_is_new(desk, NodeKind.ACCOUNT, event.account_id, event.at_ns)
        return
    account.cash += event.cash - account.defined.cash
    moved = account.defined.desk_id != event.desk_id
    account.defined = event
    if moved:
        desk.tree.attach_account(event.account_id)


def _instrument_defined(desk: Desk, event: InstrumentDefined) -> None:
    instrument = desk.instruments.get(event.instrument_id)
    if instrument is None:
        instrument = Instrument(event)
        instrument.market = market_of(desk, event.mic)
        desk.instruments[event.instrument_id] = instrument
    else:
        before = scopes_of(instrument)
        instrument.define(event)
        if scopes_of(instrument) != before:
            desk.tree.attach_instrument(desk.holders.get(event.instrument_id, []), event.instrument_id)
        _reweigh_holders(desk, event.instrument_id)
    desk.tree.rates.define(instrument)


def _venue_defined(desk: Desk, event: VenueDefined) -> None:
    """Of the venues of one market the last defined takes its orders, so a venue defined again moves to the end."""
    venue = desk.venues.pop(event.venue_id, None)
    if venue is None:
        venue = Venue(event, desk.routes, desk.trades)
    venue.defined = event
    desk.venues[event.venue_id] = venue
    desk.venue_of_mic = {v.defined.mic: v.venue_id for v in desk.venues.values() if v.defined.mic}


def _snapshot(desk: Desk, event: ReferenceEvent) -> None:
    if isinstance(event, PositionSnapshot):
        position = _snapshot_position(desk, event)
        position.start_qty = event.qty
        position.start_cost = event.cost
        position.start_realized = event.realized
        for kept in event.executions:
            position.executions.add(kept.exec_id, kept.qty, kept.px)
        position.refold()
    elif isinstance(event, AccountSnapshot):
        account = desk.accounts[event.account_id]
        account.cash = event.cash
        account.tokens = event.tokens
        account.tokens_at_ns = event.tokens_at_ns
        if event.killed:
            fold_killed(desk.kills, event.account_id, event.at_ns)
    elif isinstance(event, DeskSnapshot):
        desk.next_order_id = event.next_order_id
        desk.next_route_id = event.next_route_id
        desk.next_exec_id = event.next_exec_id
        desk.trading_date = event.trading_date
        if event.killed:
            fold_killed(desk.kills, "", event.at_ns)
        desk.day_exec_id = event.day_exec_id
        begin_day_of_positions(desk)
        desk.note_all_ends()


def _snapshot_position(desk: Desk, event: PositionSnapshot) -> Position:
    if event.node is NodeKind.ACCOUNT:
        return desk.position(event.account_id, event.instrument_id)
    return desk.tree.book_position(event.node, event.account_id, desk.instruments[event.instrument_id])


def apply_session_event(desk: Desk, event: SessionEvent) -> None:
    """Fold a FIX session's numbers in."""
    if isinstance(event, SessionReceived):
        numbers = _numbers(desk, event.session)
        numbers.next_in = event.next_in
        numbers.active_ns = event.at_ns
    elif isinstance(event, SessionSent):
        _sent(_numbers(desk, event.session), event)
    elif isinstance(event, SessionReset):
        numbers = _numbers(desk, event.session)
        numbers.next_in = event.next_in
        numbers.next_out = event.next_out
        numbers.active_ns = event.at_ns
        if event.reason == ResetReason.SCHEDULE.value:
            numbers.scheduled_ns = event.at_ns
    elif isinstance(event, SessionSnapshot):
        numbers = _numbers(desk, event.session)
        numbers.next_in = event.next_in
        numbers.next_out = event.next_out
        numbers.active_ns = event.active_ns
        numbers.scheduled_ns = event.scheduled_ns
        numbers.logged_on = event.logged_on


def _sent(numbers: SessionNumbers, event: SessionSent) -> None:
    following: i64 = event.msg_seq_num + 1
    numbers.next_out = following
    numbers.active_ns = event.at_ns
    if event.msg_type == LOGON:
        numbers.logged_on = True
    elif event.msg_type == LOGOUT:
        numbers.logged_on = False


def _numbers(desk: Desk, session: str) -> SessionNumbers:
    numbers = desk.sessions.get(session)
    if numbers is None:
        numbers = SessionNumbers()
        desk.sessions[session] = numbers
    return numbers

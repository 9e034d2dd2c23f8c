"""Limits, reference data and marks, changed while running."""

from __future__ import annotations

from typing import Final

from kairos.engine.core import Core
from kairos.engine.places import refuse_desk
from kairos.engine.spreads import refuse_legs
from kairos.model.commands import (
    DefineAccount,
    DefineClient,
    DefineInstrument,
    DefineUser,
    DefineVenue,
    SetLimits,
    UpdateMark,
)
from kairos.model.events import (
    AccountDefined,
    ClientDefined,
    InstrumentDefined,
    LimitsSet,
    MarkUpdated,
    UserDefined,
    VenueDefined,
)
from kairos.model.refusals import Refusal, RefusalCode

# A million requests a second is beyond any account; it keeps nanoseconds times rate below 2**63 (see
# Account.tokens_now).
MAX_RATE: Final = 1_000_000


def set_limits(core: Core, c: SetLimits) -> Refusal | None:
    limits = c.limits
    if c.account_id not in core.desk.accounts:
        return Refusal(RefusalCode.UNKNOWN_ACCOUNT, (("account", c.account_id),))
    if not 0 <= limits.rate_per_s <= MAX_RATE or not 0 <= limits.rate_burst <= MAX_RATE:
        return Refusal(RefusalCode.INVALID_VALUE, (("field", "rate"), ("bound", str(MAX_RATE))))
    smallest = min(limits.max_order_qty, limits.max_position, limits.collar_bps)
    if smallest < 0 or min(limits.max_order_notional, limits.max_gross_exposure, limits.max_net_exposure) < 0:
        return Refusal(RefusalCode.INVALID_VALUE, (("field", "limits must not be negative"),))
    core.emit(LimitsSet(core.now_ns, c.account_id, limits, c.user_id))
    return None


def define_instrument(core: Core, c: DefineInstrument) -> Refusal | None:
    if c.tick_size <= 0 or c.lot_size <= 0 or c.multiplier <= 0:
        return Refusal(RefusalCode.INVALID_VALUE, (("field", "tick_size, lot_size and multiplier must be above 0"),))
    refusal = refuse_legs(core.desk, c) or _refuse_other_currency(core, c)
    if refusal is not None:
        return refusal
    core.emit(
        InstrumentDefined(
            core.now_ns,
            c.instrument_id,
            c.symbol,
            c.mic,
            c.name,
            c.currency,
            c.isin,
            c.cfi,
            c.tick_size,
            c.lot_size,
            c.multiplier,
            c.reference_px,
            c.user_id,
            c.legs,
            c.instrument_class,
        )
    )
    return None


def _refuse_other_currency(core: Core, c: DefineInstrument) -> Refusal | None:
    """What somebody holds was paid for in its currency."""
    known = core.desk.instruments.get(c.instrument_id)
    held = c.instrument_id in core.desk.holders
    if known is None or not held or known.defined.currency == c.currency:
        return None
    return Refusal(RefusalCode.INVALID_VALUE, (("field", "currency of an instrument that is held does not change"),))


def define_client(core: Core, c: DefineClient) -> Refusal | None:
    core.emit(ClientDefined(core.now_ns, c.client_id, c.name, c.active, c.user_id, c.ack, c.second_replace))
    return None


def define_account(core: Core, c: DefineAccount) -> Refusal | None:
    """New or changed; an account stays with its client and in its currency, since its orders and money are theirs."""
    if c.client_id not in core.desk.clients:
        return Refusal(RefusalCode.UNKNOWN_CLIENT, (("client", c.client_id),))
    account = core.desk.accounts.get(c.account_id)
    if account is not None and (account.defined.client_id, account.defined.currency) != (c.client_id, c.currency):
        return Refusal(RefusalCode.INVALID_VALUE, (("field", "client_id and currency of an account do not change"),))
    refusal = refuse_desk(core.desk, c.desk_id)
    if refusal is not None:
        return refusal
    if c.trader_id and c.trader_id not in core.desk.users:
        return Refusal(RefusalCode.UNKNOWN_USER, (("user", c.trader_id),))
    core.emit(
        AccountDefined(
            at_ns=core.now_ns,
            account_id=c.account_id,
            client_id=c.client_id,
            name=c.name,
            currency=c.currency,
            cash=c.cash,
            active=c.active,
            user_id=c.user_id,
            desk_id=c.desk_id,
            trader_id=c.trader_id,
        )
    )
    return None


def define_user(core: Core, c: DefineUser) -> Refusal | None:
    refusal = refuse_desk(core.desk, c.desk_id)
    if refusal is None:
        core.emit(UserDefined(core.now_ns, c.user_id, c.name, c.role, c.active, c.by_user_id, c.desk_id))
    return refusal


def define_venue(core: Core, c: DefineVenue) -> Refusal | None:
    if c.ack_timeout_ns <= 0:
        return Refusal(RefusalCode.INVALID_VALUE, (("field", "ack_timeout must be above 0"),))
    core.emit(
        VenueDefined(
            at_ns=core.now_ns,
            venue_id=c.venue_id,
            kind=c.kind,
            name=c.name,
            mic=c.mic,
            ack_timeout_ns=c.ack_timeout_ns,
            user_id=c.user_id,
            exec_inst=c.exec_inst,
            settl_types=c.settl_types,
            min_qty=c.min_qty,
        )
    )
    return None


def update_mark(core: Core, c: UpdateMark) -> Refusal | None:
    if c.instrument_id not in core.desk.instruments:
        return Refusal(RefusalCode.UNKNOWN_INSTRUMENT, (("instrument", c.instrument_id),))
    core.emit(MarkUpdated(core.now_ns, c.instrument_id, c.bid_px, c.ask_px, c.last_px))
    return None

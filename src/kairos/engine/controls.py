"""The kill switch, the restricted list, limits and reference data, changed while running."""

from __future__ import annotations

from typing import Final

from kairos.engine.cancel import cancel_for_desk
from kairos.engine.core import Core
from kairos.engine.spreads import refuse_legs
from kairos.model.commands import (
    DefineAccount,
    DefineClient,
    DefineInstrument,
    DefineUser,
    DefineVenue,
    EngageKill,
    ReleaseKill,
    SetLimits,
    SetRestriction,
    UpdateMark,
)
from kairos.model.events import (
    AccountDefined,
    ClientDefined,
    InstrumentDefined,
    KillEngaged,
    KillReleased,
    LimitsSet,
    MarkUpdated,
    RestrictionSet,
    UserDefined,
    VenueDefined,
)
from kairos.model.refusals import Refusal, RefusalCode

# A million requests a second is beyond any account; it keeps nanoseconds times rate below 2**63 (see
# Account.tokens_now).
MAX_RATE: Final = 1_000_000


def engage_kill(core: Core, c: EngageKill) -> Refusal | None:
    """Block, then take every working order back; each is told when its venue confirms."""
    if c.account_id and c.account_id not in core.desk.accounts:
        return Refusal(RefusalCode.UNKNOWN_ACCOUNT, (("account", c.account_id),))
    core.emit(KillEngaged(core.now_ns, c.account_id, c.text, c.user_id))
    text = f"kill switch: {c.text}"
    for order in core.desk.orders.awake():
        if not c.account_id or order.account_id() == c.account_id:
            cancel_for_desk(core, order, text, c.user_id)
    return None


def release_kill(core: Core, c: ReleaseKill) -> Refusal | None:
    if c.account_id and c.account_id not in core.desk.accounts:
        return Refusal(RefusalCode.UNKNOWN_ACCOUNT, (("account", c.account_id),))
    core.emit(KillReleased(core.now_ns, c.account_id, c.text, c.user_id))
    return None


def set_restriction(core: Core, c: SetRestriction) -> Refusal | None:
    if c.instrument_id not in core.desk.instruments:
        return Refusal(RefusalCode.UNKNOWN_INSTRUMENT, (("instrument", c.instrument_id),))
    core.emit(RestrictionSet(core.now_ns, c.instrument_id, c.restricted, c.text, c.user_id))
    return None


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
    refusal = refuse_legs(core.desk, c)
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
        )
    )
    return None


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
    core.emit(AccountDefined(core.now_ns, c.account_id, c.client_id, c.name, c.currency, c.cash, c.active, c.user_id))
    return None


def define_user(core: Core, c: DefineUser) -> Refusal | None:
    core.emit(UserDefined(core.now_ns, c.user_id, c.name, c.role, c.active, c.by_user_id))
    return None


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

"""Brings the desk's reference data up to its files: only what differs becomes a command, and so a journaled event."""

from __future__ import annotations

from kairos.model.commands import (
    Command,
    DefineAccount,
    DefineClient,
    DefineInstrument,
    DefineUser,
    DefineVenue,
    SetLimits,
    SetRestriction,
)
from kairos.model.wire_types import Record
from kairos.state.desk import Desk

_WHO = ("user_id", "by_user_id")


def what_differs(desk: Desk, commands: list[Command]) -> list[Command]:
    """The commands that would change something. What a person changed since counts as different: the file wins when
    the engine starts, and says so in the journal."""
    return [command for command in commands if not _stands(desk, command)]


def _stands(desk: Desk, c: Command) -> bool:
    if isinstance(c, DefineInstrument):
        instrument = desk.instruments.get(c.instrument_id)
        aside = (*_WHO, "reference_px") if _is_ex_today(desk, c.instrument_id) else _WHO
        return instrument is not None and _says_the_same(instrument.defined, c, aside)
    if isinstance(c, DefineClient):
        client = desk.clients.get(c.client_id)
        return client is not None and _says_the_same(client.defined, c)
    if isinstance(c, DefineAccount):
        account = desk.accounts.get(c.account_id)
        return account is not None and _says_the_same(account.defined, c)
    if isinstance(c, DefineUser):
        user = desk.users.get(c.user_id)
        return user is not None and _says_the_same(user.defined, c, ("by_user_id",))
    if isinstance(c, DefineVenue):
        venue = desk.venues.get(c.venue_id)
        return venue is not None and _says_the_same(venue.defined, c)
    if isinstance(c, SetLimits):
        limited = desk.accounts.get(c.account_id)
        return limited is not None and limited.limits == c.limits
    if isinstance(c, SetRestriction):
        listed = desk.instruments.get(c.instrument_id)
        return listed is not None and listed.restricted == c.restricted
    return False


def _is_ex_today(desk: Desk, instrument_id: str) -> bool:
    """A corporate action of the day set the reference price; the file has yesterday's close."""
    return any(a.instrument_id == instrument_id and a.ex_date == desk.trading_date for a in desk.actions.values())


def _says_the_same(defined: Record, command: Record, aside_from: tuple[str, ...] = _WHO) -> bool:
    """Whether an event of the desk and a command agree in every field but who gave it."""
    names = [name for name in command.names() if name not in aside_from]
    return all(getattr(defined, name) == getattr(command, name) for name in names)

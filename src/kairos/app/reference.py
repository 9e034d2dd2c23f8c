"""Brings the desk's reference data up to its files: only what differs becomes a command, and so a journaled event."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kairos.adapters.risk_rules_file import read_rules
from kairos.model.commands import (
    Command,
    DefineAccount,
    DefineClient,
    DefineDesk,
    DefineInstrument,
    DefineRule,
    DefineUser,
    DefineVenue,
    PlaceLimit,
    RemoveRule,
    SetEntitlement,
    SetLimits,
    SetRestriction,
)
from kairos.model.enums import NodeKind
from kairos.model.events import RuleDefined
from kairos.model.market_enums import RestrictionKind
from kairos.model.wire_types import Record
from kairos.state.desk import Desk
from kairos.state.reference import Instrument

_WHO = ("user_id", "by_user_id")


def what_differs(desk: Desk, commands: list[Command]) -> list[Command]:
    """The commands that would change something. What a person changed since counts as different: the file wins when
    the engine starts, and says so in the journal."""
    return [command for command in commands if not _stands(desk, command)]


def rule_changes(desk: Desk, file: Path | None) -> list[Command]:
    """What brings the rules of risk up to the house's file; without one they stay as they stand."""
    if file is None:
        return []
    wanted = read_rules(file)
    standing = list(desk.ladder.rules.values())
    return rules_to_remove(standing, wanted) + what_differs_of_rules(standing, wanted)


def what_differs_of_rules(standing: Iterable[RuleDefined], wanted: Iterable[DefineRule]) -> list[Command]:
    """The rules of risk of a file that are new or other than they stand."""
    known = {rule.rule_id: rule for rule in standing}
    return [c for c in wanted if c.rule_id not in known or not says_the_same(known[c.rule_id], c)]


def rules_to_remove(standing: Iterable[RuleDefined], wanted: Iterable[DefineRule]) -> list[Command]:
    """The rules that a file defined once and has no more; those that a person defined stay."""
    names = {rule.rule_id for rule in wanted}
    gone = [rule for rule in standing if not rule.user_id and rule.rule_id not in names]
    return [RemoveRule(rule.rule_id, "not in the file of rules any more", "") for rule in gone]


def _stands(desk: Desk, c: Command) -> bool:
    if isinstance(c, DefineInstrument):
        instrument = desk.instruments.get(c.instrument_id)
        aside = (*_WHO, "reference_px") if _is_ex_today(desk, c.instrument_id) else _WHO
        return instrument is not None and says_the_same(instrument.defined, c, aside)
    if isinstance(c, DefineClient):
        client = desk.clients.get(c.client_id)
        return client is not None and says_the_same(client.defined, c)
    if isinstance(c, DefineAccount):
        account = desk.accounts.get(c.account_id)
        return account is not None and says_the_same(account.defined, c)
    if isinstance(c, DefineUser):
        user = desk.users.get(c.user_id)
        return user is not None and says_the_same(user.defined, c, ("by_user_id",))
    if isinstance(c, DefineVenue):
        venue = desk.venues.get(c.venue_id)
        return venue is not None and says_the_same(venue.defined, c)
    if isinstance(c, SetLimits):
        limited = desk.accounts.get(c.account_id)
        return limited is not None and limited.limits == c.limits
    if isinstance(c, SetRestriction):
        return c.instrument_id in desk.instruments and _is_listed(desk.instruments[c.instrument_id], c) == c.restricted
    return _stands_in_tree(desk, c)


def _stands_in_tree(desk: Desk, c: Command) -> bool:
    if isinstance(c, DefineDesk):
        defined = desk.tree.desks.get(c.desk_id)
        return defined is not None and says_the_same(defined, c)
    if isinstance(c, PlaceLimit):
        cell = desk.tree.find(c.place)
        bound = None if cell is None else cell.bound(c.limit.kind)
        return bound is not None and bound.placed == c.limit
    if isinstance(c, SetEntitlement):
        return desk.tree.entitlements.has(c.holder_id, c.session, c.place)
    return False


def _is_listed(instrument: Instrument, c: SetRestriction) -> bool:
    if c.kind is RestrictionKind.RESTRICTED and c.node is NodeKind.FIRM:
        return instrument.restricted
    return any(listed.is_of(c.kind, c.node, c.node_id) for listed in instrument.listed)


def _is_ex_today(desk: Desk, instrument_id: str) -> bool:
    """A corporate action of the day set the reference price; the file has yesterday's close."""
    return any(a.instrument_id == instrument_id and a.ex_date == desk.trading_date for a in desk.actions.values())


def says_the_same(defined: Record, command: Record, aside_from: tuple[str, ...] = _WHO) -> bool:
    """Whether an event of the desk and a command agree in every field but who gave it."""
    names = [name for name in command.names() if name not in aside_from]
    return all(getattr(defined, name) == getattr(command, name) for name in names)

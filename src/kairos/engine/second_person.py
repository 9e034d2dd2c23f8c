"""Which commands of the desk's people need a second person, and how what they would do is told to him.

The house's policy says which kinds do (`DefinePolicy`); without one all act at once. What only lowers risk, as a limit
that is tightened or an instrument that goes on the restricted list, always does. Who engaged a kill never releases it
alone, whatever the policy. What the house itself does, as its files at start, asks nobody.
"""

from __future__ import annotations

from kairos.engine.loosened import loosens_a_limit
from kairos.model.commands import (
    BustTrade,
    Command,
    CorrectTrade,
    DefinePolicy,
    PlaceLimit,
    RecordTrade,
    ReleaseKill,
    RemoveLimit,
    SetLimits,
    SetRestriction,
)
from kairos.model.enums import ApprovalKind, NodeKind, ScopeKind
from kairos.model.market_enums import RestrictionKind
from kairos.model.numbers import format_money, format_price, magnitude, notional_of
from kairos.model.values import Limits, Place
from kairos.state.desk import Desk
from kairos.state.kills import KillPlace, place_of
from kairos.state.order import Order


def second_person_needed(desk: Desk, c: Command, user_id: str) -> ApprovalKind | None:
    """The kind of approval that a command of this person waits for; None: it acts at once."""
    if not user_id:
        return None
    kind = _kind_of(desk, c)
    if kind is None:
        return None
    if isinstance(c, ReleaseKill) and _engaged_by(desk, c) == user_id:
        return kind
    rule = desk.approvals.rule(kind)
    if rule is None or (kind is ApprovalKind.TRADE and _is_small(desk, c, rule.notional)):
        return None
    return kind


def _kind_of(desk: Desk, c: Command) -> ApprovalKind | None:
    """None for a command that can only lower risk, or that its handler is going to refuse."""
    if isinstance(c, (SetLimits, PlaceLimit, RemoveLimit)):
        return ApprovalKind.LIMIT if loosens_a_limit(desk, c) else None
    if isinstance(c, ReleaseKill):
        return ApprovalKind.KILL_RELEASE if place_of(c).spelling() in desk.kills.engaged else None
    if isinstance(c, SetRestriction):
        return ApprovalKind.RESTRICTION if _comes_off(desk, c) else None
    if isinstance(c, (RecordTrade, BustTrade, CorrectTrade)):
        return ApprovalKind.TRADE if _order_of_trade(desk, c) is not None else None
    return ApprovalKind.POLICY if isinstance(c, DefinePolicy) else None


def _comes_off(desk: Desk, c: SetRestriction) -> bool:
    """Whether an instrument that is on this list of compliance would be on it no more."""
    instrument = desk.instruments.get(c.instrument_id)
    if instrument is None or c.restricted:
        return False
    if c.kind is RestrictionKind.RESTRICTED and c.node is NodeKind.FIRM:
        return instrument.restricted
    given = [listed.given for listed in instrument.listed]
    return any((on.kind, on.node, on.node_id) == (c.kind, c.node, c.node_id) for on in given)


def _engaged_by(desk: Desk, c: ReleaseKill) -> str:
    return desk.kills.engaged[place_of(c).spelling()].user_id


def _order_of_trade(desk: Desk, c: Command) -> Order | None:
    if isinstance(c, RecordTrade):
        return desk.orders.get(c.order_id)
    trade = desk.trades.get(c.exec_id) if isinstance(c, (BustTrade, CorrectTrade)) else None
    return None if trade is None else desk.orders[trade.order_id]


def _is_small(desk: Desk, c: Command, bound: int) -> bool:
    """Whether a trade is below a value in the firm's base currency; one that no rate leads there from is not."""
    order = _order_of_trade(desk, c)
    if order is None:
        return True
    instrument = order.position.instrument
    value = 0
    if isinstance(c, (RecordTrade, CorrectTrade)):
        value = magnitude(notional_of(c.last_qty, c.last_px, instrument.multiplier))
    if isinstance(c, (BustTrade, CorrectTrade)):
        trade = desk.trades[c.exec_id]
        value = max(value, magnitude(notional_of(trade.last_qty, trade.last_px, instrument.multiplier)))
    rates = desk.tree.rates
    in_base = rates.convert(value, instrument.defined.currency, rates.base)
    return in_base is not None and in_base < bound


def word_of(desk: Desk, c: Command) -> str:
    """What the second person must type: the word of the kill that would be released."""
    return desk.kills.engaged[place_of(c).spelling()].word if isinstance(c, ReleaseKill) else ""


def kept_as(desk: Desk, c: Command) -> Command:
    """The command as it waits: a release with the word, which who approves must type; engaged anew under another word
    meanwhile, the kill stays."""
    if not isinstance(c, ReleaseKill):
        return c
    return ReleaseKill(
        account_id=c.account_id,
        text=c.text,
        user_id=c.user_id,
        node=c.node,
        node_id=c.node_id,
        scope=c.scope,
        scope_id=c.scope_id,
        venue_id=c.venue_id,
        word=word_of(desk, c),
    )


def summary_of(desk: Desk, c: Command) -> str:
    """What a command would do, in a line for whom it waits."""
    if isinstance(c, SetLimits):
        return f"limits of {c.account_id}: {_changes(desk.accounts[c.account_id].limits, c.limits)}"
    if isinstance(c, PlaceLimit):
        return f"limit {c.limit.kind.value} of {_spelled(c.place)} becomes {c.limit.value}{_why(c.text)}"
    if isinstance(c, RemoveLimit):
        return f"limit {c.kind.value} of {_spelled(c.place)} is removed{_why(c.text)}"
    if isinstance(c, ReleaseKill):
        return f"kill of {place_of(c).spelling()} is released{_why(c.text)}"
    if isinstance(c, SetRestriction):
        name = c.kind.name.lower().replace("_", " ")
        whose = f" of {_spelled(Place(c.node, c.node_id, ScopeKind.ALL, ''))}" if c.node_id else ""
        return f"{c.instrument_id} comes off the {name} list{whose}{_why(c.text)}"
    if isinstance(c, RecordTrade):
        return f"{c.last_qty} @ {format_price(c.last_px)} is booked on order {c.order_id} with {c.contra}"
    if isinstance(c, BustTrade):
        return f"execution {c.exec_id} ({_executed(desk, c.exec_id)}) is busted{_why(c.text)}"
    if isinstance(c, CorrectTrade):
        became = f"{c.last_qty} @ {format_price(c.last_px)}"
        return f"execution {c.exec_id} ({_executed(desk, c.exec_id)}) becomes {became}{_why(c.text)}"
    return f"{type(c).__name__}{_why(getattr(c, 'text', ''))}"


def _why(text: str) -> str:
    return f": {text}" if text else ""


def _spelled(place: Place) -> str:
    return KillPlace(place.node, place.node_id, place.scope, place.scope_id, "").spelling()


def _executed(desk: Desk, exec_id: int) -> str:
    trade = desk.trades[exec_id]
    return f"{trade.last_qty} @ {format_price(trade.last_px)}"


def _changes(before: Limits, after: Limits) -> str:
    """Each limit that changes, as `max_position 1000 to 2000`."""
    changes: list[str] = []
    for name in after.names():
        was, becomes = getattr(before, name), getattr(after, name)
        if was != becomes:
            is_money = "notional" in name or "exposure" in name
            told = (format_money(was), format_money(becomes)) if is_money else (str(was), str(becomes))
            changes.append(f"{name} {told[0]} to {told[1]}")
    return ", ".join(changes)

"""The tree: desks, limits at any place, who may trade where, what is watched, past returns."""

from __future__ import annotations

from typing import Final

from kairos.model.commands import DefineDesk, PlaceLimit, RemoveLimit, SetEntitlement, SetReturns, WatchPlace
from kairos.model.enums import LimitKind, Severity
from kairos.model.limit_units import IN_BPS, IN_MONEY
from kairos.model.values import DailyReturn, Limit
from kairos.scenario.places import place
from kairos.scenario.steps import BY, SAID, Action, StepParser
from kairos.scenario.words import (
    Option,
    Words,
    basis_points,
    constant,
    duration,
    member,
    money,
    name,
    quoted,
    read_options,
    whole,
)

SECOND_NS: Final = 1_000_000_000
DESK: Final[dict[str, Option]] = {
    "in": ("currency", name),
    "name": ("name", quoted),
    "inactive": ("inactive", constant(True)),
    **BY,
}
LIMIT: Final[dict[str, Option]] = {
    "reason": ("severity", constant(Severity.REASON)),
    "approval": ("severity", constant(Severity.APPROVAL)),
    "spares_closing": ("exempt_closing", constant(True)),
    "in": ("currency", name),
    "window": ("window_ns", duration),
    "burst": ("burst", whole),
    **SAID,
}
TIMED: Final = (LimitKind.RATE, LimitKind.REPEATED_EXECUTIONS, LimitKind.DUPLICATE_ORDER)


def desk(words: Words) -> Action:
    """desk ID [in CURRENCY] ..."""
    desk_id = name(words, "a desk")
    return _desk(words, desk_id)


def firm(words: Words) -> Action:
    """firm in CURRENCY: in which all that is above accounts is reckoned."""
    return _desk(words, "")


def _desk(words: Words, desk_id: str) -> Action:
    o = read_options(words, DESK)
    command = DefineDesk(
        desk_id=desk_id,
        name=o.get("name", desk_id),
        active=not o.has("inactive"),
        user_id=o.get("user_id", ""),
        currency=o.get("currency", ""),
    )
    return lambda world: world.give(command)


def limit(words: Words) -> Action:
    """limit PLACE KIND VALUE [reason|approval] [spares_closing] [in CUR] [window 1s] [burst N] ..."""
    at = place(words)
    kind = member(words, LimitKind)
    value = limit_value(words, kind)
    o = read_options(words, LIMIT)
    hung = Limit(
        kind=kind,
        severity=o.get("severity", Severity.HARD),
        value=value,
        currency=o.get("currency", ""),
        window_ns=o.get("window_ns", SECOND_NS if kind in TIMED else 0),
        burst=o.get("burst", value if kind is LimitKind.RATE else 0),
        exempt_closing=o.get("exempt_closing", False),
    )
    command = PlaceLimit(at, hung, o.get("text", ""), o.get("user_id", ""))
    return lambda world: world.give(command)


def limit_value(words: Words, kind: LimitKind) -> int:
    """In the units of its kind: money, basis points (`10%` or `250bps`), or a number."""
    if kind in IN_MONEY:
        return money(words)
    return basis_points(words) if kind in IN_BPS else whole(words)


def remove_limit(words: Words) -> Action:
    """remove limit PLACE KIND ..."""
    at = place(words)
    kind = member(words, LimitKind)
    o = read_options(words, SAID)
    command = RemoveLimit(at, kind, o.get("text", ""), o.get("user_id", ""))
    return lambda world: world.give(command)


def entitlement(granted: bool) -> StepParser:
    """entitle USER|session SESSION at PLACE ..., and disentitle ..."""

    def parse(words: Words) -> Action:
        of_session = words.take("session")
        holder = name(words, "a session" if of_session else "a user")
        words.require("at")
        at = place(words)
        o = read_options(words, SAID)
        command = SetEntitlement(
            place=at,
            holder_id="" if of_session else holder,
            session=holder if of_session else "",
            granted=granted,
            text=o.get("text", ""),
            user_id=o.get("user_id", ""),
        )
        return lambda world: world.give(command)

    return parse


def watch(words: Words) -> Action:
    """watch PLACE [by USER]: its indicators are reckoned from now on."""
    at = place(words)
    o = read_options(words, BY)
    command = WatchPlace(at, o.get("user_id", ""))
    return lambda world: world.give(command)


def returns(words: Words) -> Action:
    """returns INSTRUMENT DATE PPM DATE PPM ... [text "..."]: its closes against those before, in millionths."""
    instrument_id = name(words, "an instrument")
    days: list[DailyReturn] = []
    while words.ahead(1) and words.ahead(1) not in SAID:
        date = whole(words)
        days.append(DailyReturn(date, whole(words)))
    o = read_options(words, SAID)
    command = SetReturns(instrument_id, tuple(days), o.get("text", ""), o.get("user_id", ""))
    return lambda world: world.give(command)


TREE_STEPS: Final[dict[str, StepParser]] = {
    "desk": desk,
    "firm": firm,
    "limit": limit,
    "remove limit": remove_limit,
    "entitle": entitlement(True),
    "disentitle": entitlement(False),
    "watch": watch,
    "returns": returns,
}

"""Compares two desks to the last attribute, beyond what a snapshot shows."""

from __future__ import annotations

from enum import Enum

from kairos.model.wire_types import Record

# What a restart may see otherwise without a difference in behaviour, with the reason.
LOOSE = {
    "venue_orders",  # a snapshot keeps a route's last OrderID(37) of its venue only
    "holders",  # the order in which positions are revalued does not matter; snapshots list them by account
}


def likeness(thing: object, seen: frozenset[int] = frozenset()) -> object:
    """A nested picture of plain values; references back to what encloses them are cut."""
    if isinstance(thing, Enum):
        return thing.name
    if thing is None or isinstance(thing, (int, str, bytes, bool)):
        return thing
    if isinstance(thing, Record):
        return repr(thing)
    if id(thing) in seen:
        return "..."
    inside = seen | {id(thing)}
    if isinstance(thing, dict):
        return {key: likeness(value, inside) for key, value in thing.items()}
    if isinstance(thing, (list, tuple)):
        return [likeness(value, inside) for value in thing]
    names = [n for n in dir(thing) if not n.startswith("_") and n not in LOOSE and not callable(getattr(thing, n))]
    return {name: likeness(getattr(thing, name), inside) for name in names}


def unlike(ours: object, theirs: object, path: str = "desk") -> str:
    """Where two pictures differ first; empty when they don't."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        if set(ours) != set(theirs):
            return f"{path}: {sorted(map(str, set(ours) ^ set(theirs)))}"
        return next((found for key in ours if (found := unlike(ours[key], theirs[key], f"{path}.{key}"))), "")
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        return next(
            (u for i, (a, b) in enumerate(zip(ours, theirs, strict=True)) if (u := unlike(a, b, f"{path}[{i}]"))), ""
        )
    return "" if ours == theirs else f"{path}: {ours!r} is not {theirs!r}"

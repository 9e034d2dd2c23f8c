"""Compares two desks to the last attribute, beyond what a snapshot shows."""

from __future__ import annotations

from enum import Enum

from kairos.model.wire_types import Record
from kairos.state.cells import Cell, Sum
from kairos.state.executions import Executions
from kairos.state.parties import Client, Venue
from kairos.state.shelf import Shelf

# What a restart may see otherwise without a difference in behaviour, with the reason.
LOOSE = {
    "extras",  # made when first needed, and gone with a restart if nothing is in them: seen as the attributes
    "fills",  # seen as `trades`
    "awake_orders",
    "ended",  # when an order that is over falls asleep
    "turns",
    "changes",  # which cells an event has touched: looked at before the next one
    "version",  # of the tree: how often its cells moved since this desk began
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
    if isinstance(thing, Shelf):
        return {number: likeness(value, inside) for number, value in thing.items()}
    if isinstance(thing, Executions):
        return [list(row) for row in thing.rows()]
    if isinstance(thing, Client | Venue):
        return named_by(thing)
    if isinstance(thing, Sum):
        return f"{thing.cell.key} {thing.currency}"
    if isinstance(thing, dict):
        return {key: likeness(value, inside) for key, value in thing.items()}
    if isinstance(thing, (list, tuple)):
        return [likeness(value, inside) for value in thing]
    if isinstance(thing, Cell):
        return {**attributes(thing, inside, ("sums",)), "sums": summed(thing)}
    return attributes(thing, inside)


def attributes(thing: object, inside: frozenset[int], but: tuple[str, ...] = ()) -> dict[str, object]:
    names = [n for n in dir(thing) if not n.startswith("_") and n not in LOOSE and n not in but]
    return {n: likeness(getattr(thing, n), inside) for n in names if not callable(getattr(thing, n))}


def summed(cell: Cell) -> object:
    """What a cell has of each currency; that one was traded there once, or only asked about, is no difference."""
    found = {s.currency: [*s.rows(), *attributes(s.day, frozenset()).values()] for s in cell.sums}
    return {currency: rows for currency, rows in found.items() if any(rows)}


def named_by(party: Client | Venue) -> object:
    """What its ids name, by number: the things themselves are seen on their shelves."""
    if isinstance(party, Client):
        named = {key: order.order_id for key, order in party.orders.items()}
        return [repr(party.defined), named, party.verbal_ids]
    routes = {key: route.route_id for key, route in party.routes.items()}
    return [repr(party.defined), party.up, routes, {key: trade.trade_id for key, trade in party.trades.items()}]


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

"""Holds three records against each other: what clients were told by FIX, what the engine booked, what the exchange
sent.

None of the three is made from another: the clients' comes off their sockets, the others from two journals.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kairos.adapters.journal_verify import VerifyReport
from kairos.demo.orders import ClientOrders
from kairos.demo.records import EngineRecord, Execution
from kairos.model.enums import OrdStatus

EXAMPLES_TOLD = 3


@dataclass(frozen=True, slots=True)
class Check:
    """One claim, whether it holds, and what was seen."""

    name: str
    holds: bool
    seen: str


@dataclass(frozen=True, slots=True)
class Sums:
    """What one client traded, in each of the three records."""

    client_id: str
    cum_qty_by_fix: int
    cum_qty_of_engine: int
    by_hand_qty: int
    cum_qty_of_exchange: int
    notional_by_fix: int
    notional_of_engine: int


def sums_of(clients: dict[str, ClientOrders], engine: EngineRecord, exchange: Iterable[Execution]) -> list[Sums]:
    """Client by client. `CumQty(14)` of the engine is what its orders say, not what its executions add up to."""
    booked: dict[str, list[Execution]] = defaultdict(list)
    cum_qty: dict[str, int] = defaultdict(int)
    sent: dict[str, int] = defaultdict(int)
    rows = engine.blotter.rows
    for execution in engine.executions.values():
        booked[rows[execution.order_id].client_id].append(execution)
    for row in rows.values():
        cum_qty[row.client_id] += row.standing.cum_qty
    for execution in exchange:
        sent[rows[execution.order_id].client_id if execution.order_id in rows else ""] += execution.qty
    return [
        Sums(
            client_id,
            sum(fill.qty for fill in orders.fills.values()),
            cum_qty[client_id],
            sum(one.qty for one in booked[client_id] if one.by_hand),
            sent[client_id],
            sum(fill.qty * fill.px for fill in orders.fills.values()),
            sum(one.qty * one.px for one in booked[client_id]),
        )
        for client_id, orders in clients.items()
    ]


def checks_of(
    clients: dict[str, ClientOrders], engine: EngineRecord, exchange: list[Execution], journal: VerifyReport
) -> list[Check]:
    sums = sums_of(clients, engine, exchange)
    return [
        Check("journal verified", journal.ok, journal.problem or f"{journal.batches} batches, {journal.events} events"),
        _all("clients' fills = engine's CumQty", [one for one in sums if one.cum_qty_by_fix != one.cum_qty_of_engine]),
        _all("clients' notional = engine's", [one for one in sums if one.notional_by_fix != one.notional_of_engine]),
        _all(
            "engine's CumQty = exchange's + by hand",
            [one for one in sums if one.cum_qty_of_engine != one.cum_qty_of_exchange + one.by_hand_qty],
        ),
        _by_order(clients, engine, exchange),
        _all("every order was answered", [f"{c}: {sorted(o.unanswered)}" for c, o in clients.items() if o.unanswered]),
        _all("no execution was told twice", [f"{c}: {o.told_twice}" for c, o in clients.items() if o.told_twice]),
        _all("every order has ended", _still_open(engine)),
        _all("who may close only opens nothing", engine.risk.broken),
    ]


def _all(name: str, exceptions: list[Sums] | list[str]) -> Check:
    return Check(name, not exceptions, "; ".join(str(one) for one in exceptions[:EXAMPLES_TOLD]) or "holds")


def _by_order(clients: dict[str, ClientOrders], engine: EngineRecord, exchange: list[Execution]) -> Check:
    """The same, order by order: sums of a client could hide two errors that cancel out."""
    told: dict[int, int] = defaultdict(int)
    routed: dict[int, int] = defaultdict(int)
    for orders in clients.values():
        for fill in orders.fills.values():
            told[int(fill.order_id)] += fill.qty
    for execution in engine.executions.values():
        if execution.by_hand:
            routed[execution.order_id] += execution.qty
    for execution in exchange:
        routed[execution.order_id] += execution.qty
    differ = []
    for order_id in sorted(engine.blotter.rows.keys() | told.keys() | routed.keys()):
        row = engine.blotter.rows.get(order_id)
        cum_qty = row.standing.cum_qty if row is not None else 0
        if not told[order_id] == cum_qty == routed[order_id]:
            differ.append(f"order {order_id}: client {told[order_id]}, engine {cum_qty}, exchange {routed[order_id]}")
    return _all("order by order, all three agree", differ)


def _still_open(engine: EngineRecord) -> list[str]:
    return [
        f"order {row.order_id} is {row.standing.ord_status.name}"
        for row in engine.blotter.rows.values()
        if row.is_open or row.standing.ord_status is OrdStatus.UNKNOWN
    ]

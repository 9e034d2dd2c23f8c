"""The tree in a snapshot: the events that would rebuild it. What its cells sum up is summed up anew."""

from __future__ import annotations

from mypy_extensions import i64

from kairos.model.enums import NodeKind
from kairos.model.events import CellSnapshot, Event, LimitPlaced, PositionSnapshot, PurseSnapshot
from kairos.model.values import KeptExecution
from kairos.state.cells import Cell
from kairos.state.desk import Desk
from kairos.state.fold_bounds import snapshot_bounds
from kairos.state.positions import Position


def snapshot_tree(desk: Desk, at_ns: i64, events: list[Event]) -> None:
    """Before the positions, so that a cell is made while there is nothing to walk over."""
    for defined in desk.tree.desks.values():
        events.append(defined)
    events += desk.tree.entitlements.all()
    for cell in desk.tree.cells.values():
        events.append(_counts(cell, at_ns))
        for bound in cell.bounds:
            events.append(LimitPlaced(at_ns, cell.place, bound.placed, "", ""))
        snapshot_bounds(cell, at_ns, events)


def _counts(cell: Cell, at_ns: i64) -> CellSnapshot:
    counts = cell.counts
    return CellSnapshot(
        at_ns=at_ns,
        place=cell.place,
        requests=counts.requests,
        cancels=counts.cancels,
        orders=counts.orders,
        refusals=counts.refusals,
        trades=counts.trades,
        last_order_ns=cell.last_order_ns,
    )


def snapshot_books(desk: Desk, at_ns: i64, events: list[Event]) -> None:
    """Books where they stood at the start of the day, and purses; before the orders."""
    for book in desk.tree.books.values():
        for position in book.positions.values():
            events.append(snapshot_position(desk, position, book.node, at_ns))


def snapshot_position(desk: Desk, position: Position, node: NodeKind, at_ns: i64) -> PositionSnapshot:
    """A position at the start of the day."""
    gone = position.executions.gone(desk.trades)
    return PositionSnapshot(
        at_ns=at_ns,
        account_id=position.account.account_id,
        instrument_id=position.instrument.instrument_id,
        qty=position.start_qty,
        cost=position.start_cost,
        realized=position.start_realized,
        node=node,
        executions=tuple([KeptExecution(exec_id, qty, px) for exec_id, qty, px in gone]),
    )


def snapshot_purses(desk: Desk, at_ns: i64, events: list[Event]) -> None:
    """Cash in currencies that are not the account's own."""
    for account in desk.accounts.values():
        for currency, purse in account.foreign.items():
            if purse.cash:
                events.append(PurseSnapshot(at_ns, account.account_id, currency, purse.cash))

"""Folds events of the tree: desks, limits, entitlements; hands on those of responses, kills, indicators, plug-ins."""

from __future__ import annotations

from kairos.model.enums import NodeKind
from kairos.model.errors import invariant
from kairos.model.events import (
    BookRestated,
    CellSnapshot,
    DeskDefined,
    EntitlementSet,
    LimitPlaced,
    LimitRemoved,
    PurseSnapshot,
    RiskEvent,
)
from kairos.state.approvals import apply_approval_event
from kairos.state.cells import RESTATED
from kairos.state.desk import Desk
from kairos.state.fold_bounds import apply_bound_event
from kairos.state.fold_indicators import apply_indicator_event
from kairos.state.fold_kills import apply_kill_event
from kairos.state.fold_ladder import apply_ladder_event, node_is_new
from kairos.state.fold_plugins import apply_plugin_event


def apply_risk_event(desk: Desk, event: RiskEvent) -> None:
    """Fold one."""
    known = (
        _apply_tree_event(desk, event)
        or apply_bound_event(desk, event)
        or apply_plugin_event(desk, event)
        or apply_indicator_event(desk, event)
        or apply_kill_event(desk.kills, event)
        or apply_approval_event(desk.approvals, event)
        or apply_ladder_event(desk, event)
    )
    invariant(known, "RISK_EVENT_OF_NO_KIND", event=type(event).__name__)


def _apply_tree_event(desk: Desk, event: RiskEvent) -> bool:
    """False for an event of another matter."""
    tree = desk.tree
    if isinstance(event, LimitPlaced):
        tree.cell(event.place).place_limit(event.limit, event.at_ns)
    elif isinstance(event, LimitRemoved):
        tree.cell(event.place).remove_limit(event.kind)
    elif isinstance(event, DeskDefined):
        _desk_defined(desk, event)
    elif isinstance(event, EntitlementSet):
        tree.entitlements.set(event)
    elif isinstance(event, BookRestated):
        tree.changes.amended_id = RESTATED
        position = tree.book_position(event.node, event.node_id, desk.instruments[event.instrument_id])
        position.restate(event.qty, event.cost, event.realized)
    elif isinstance(event, PurseSnapshot):
        desk.accounts[event.account_id].purse(event.currency).cash = event.cash
    elif isinstance(event, CellSnapshot):
        _counted(desk, event)
    else:
        return False
    return True


def _desk_defined(desk: Desk, event: DeskDefined) -> None:
    desk.tree.desks[event.desk_id] = event
    if not event.desk_id:
        desk.tree.rates.base = event.currency
    desk.tree.price_cells()
    if event.desk_id:
        node_is_new(desk, NodeKind.DESK, event.desk_id, event.at_ns)


def _counted(desk: Desk, event: CellSnapshot) -> None:
    cell = desk.tree.cell(event.place)
    cell.last_order_ns = event.last_order_ns
    counts = cell.counts
    counts.requests = event.requests
    counts.cancels = event.cancels
    counts.orders = event.orders
    counts.refusals = event.refusals
    counts.trades = event.trades

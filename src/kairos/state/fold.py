"""`apply(desk, event)`: the one function that changes a desk.

State is a fold over events. The engine decides, makes events, and applies each at once; recovery applies the same
events from the journal and must arrive at the same desk (`state.snapshot` says whether it did).
"""

from __future__ import annotations

from kairos.model.errors import invariant
from kairos.model.events import (
    CrossEvent,
    Event,
    ListEvent,
    MarketEvent,
    OrderEvent,
    OrderSnapshot,
    ReferenceEvent,
    RequestSnapshot,
    RiskEvent,
    RouteEvent,
    SessionEvent,
    TradeSnapshot,
)
from kairos.state.desk import Desk
from kairos.state.fold_lists import apply_cross_event, apply_list_event
from kairos.state.fold_market import apply_market_event
from kairos.state.fold_orders import apply_order_event
from kairos.state.fold_reference import apply_reference_event, apply_session_event
from kairos.state.fold_risk import apply_risk_event
from kairos.state.fold_routes import apply_route_event
from kairos.state.fold_snapshot import fold_order_snapshot, fold_request_snapshot, fold_trade_snapshot
from kairos.state.watching import settle


def apply(desk: Desk, event: Event) -> None:
    """Fold one event in."""
    if isinstance(event, OrderSnapshot):
        fold_order_snapshot(desk, event)
    elif isinstance(event, RequestSnapshot):
        fold_request_snapshot(desk, event)
    elif isinstance(event, TradeSnapshot):
        fold_trade_snapshot(desk, event)
    elif isinstance(event, OrderEvent):
        apply_order_event(desk, event)
    elif isinstance(event, RouteEvent):
        apply_route_event(desk, event)
    elif isinstance(event, ListEvent):
        apply_list_event(desk, event)
    elif isinstance(event, CrossEvent):
        apply_cross_event(desk, event)
    elif isinstance(event, ReferenceEvent):
        apply_reference_event(desk, event)
    elif isinstance(event, RiskEvent):
        apply_risk_event(desk, event)
    elif isinstance(event, MarketEvent):
        apply_market_event(desk, event)
    elif isinstance(event, SessionEvent):
        apply_session_event(desk, event)
    else:
        invariant(False, "EVENT_OF_NO_KIND", event=type(event).__name__)
    changes = desk.tree.changes
    if changes.changed or changes.amended_id:
        settle(desk, event.at_ns)

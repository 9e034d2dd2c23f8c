"""Folds what the gate tells, and what limits have counted: the latter goes through snapshots."""

from __future__ import annotations

from mypy_extensions import i64

from kairos.model.events import BoundSnapshot, Event, RiskEvent, SoftLimitPassed, WhatIfReported
from kairos.model.wire_types import Pairs
from kairos.state.bounds import Bound
from kairos.state.cells import Cell
from kairos.state.desk import Desk


def apply_bound_event(desk: Desk, event: RiskEvent) -> bool:
    """False for an event of another matter."""
    if isinstance(event, BoundSnapshot):
        bound = desk.tree.cell(event.place).bound(event.kind)
        if bound is not None:
            _restore(bound, event)
        return True
    return isinstance(event, (SoftLimitPassed, WhatIfReported))


def _restore(bound: Bound, event: BoundSnapshot) -> None:
    bound.tokens = event.tokens
    bound.tokens_at_ns = event.tokens_at_ns
    for what, times in event.times:
        bound.restore_times(what, [int(at_ns) for at_ns in times.split()])


def snapshot_bounds(cell: Cell, at_ns: i64, events: list[Event]) -> None:
    """After the limits of a cell: what they have counted, where they count for themselves."""
    for bound in cell.bounds:
        if bound.window_ns:
            events.append(
                BoundSnapshot(at_ns, cell.place, bound.kind, bound.tokens, bound.tokens_at_ns, _times_of(bound))
            )


def _times_of(bound: Bound) -> Pairs:
    return tuple([(what, " ".join([str(at_ns) for at_ns in times])) for what, times in bound.noted()])

"""What waits for a second person, and what needs one: the house's policy, as data."""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.model.enums import ApprovalKind
from kairos.model.events import (
    ApprovalDecided,
    ApprovalRequested,
    ApprovalsSnapshot,
    Event,
    PolicyDefined,
    RiskEvent,
)
from kairos.model.values import ApprovalRule


class Approvals:
    """
    pending:  what waits, by its number, in the order in which it was asked for
    of_order: the numbers of those that hold an order, by the order's
    """

    def __init__(self) -> None:
        self.pending: Final[dict[int, ApprovalRequested]] = {}
        self.of_order: Final[dict[int, int]] = {}
        self.policy: PolicyDefined | None = None
        self.next_id: i64 = 1

    def rule(self, kind: ApprovalKind) -> ApprovalRule | None:
        """What the house's policy says of this kind; None where it says nothing."""
        if self.policy is not None:
            for rule in self.policy.rules:
                if rule.kind is kind:
                    return rule
        return None

    def waits(self, order_id: i64) -> bool:
        """Whether an order waits for a second person."""
        return order_id in self.of_order


def apply_approval_event(approvals: Approvals, event: RiskEvent) -> bool:
    """Fold one; False for an event of another matter."""
    if isinstance(event, ApprovalRequested):
        approvals.pending[event.approval_id] = event
        approvals.next_id = event.approval_id + 1
        if event.order_id:
            approvals.of_order[event.order_id] = event.approval_id
    elif isinstance(event, ApprovalDecided):
        del approvals.pending[event.approval_id]
        approvals.of_order.pop(event.order_id, 0)
    elif isinstance(event, PolicyDefined):
        approvals.policy = event
    elif isinstance(event, ApprovalsSnapshot):
        approvals.next_id = event.next_approval_id
    else:
        return False
    return True


def snapshot_approvals(approvals: Approvals, at_ns: i64, events: list[Event]) -> None:
    """What was told, as it was told, then the number of the next."""
    if approvals.policy is not None:
        events.append(approvals.policy)
    events += approvals.pending.values()
    if approvals.next_id > 1:
        events.append(ApprovalsSnapshot(at_ns, approvals.next_id))

"""Deadlines to come: the engine tells its next one, the runtime calls back when it is reached.

A timer is never taken out: when it is due, its handler looks whether it still applies. That keeps the order path free
of searches, and after a restart the timers are rebuilt from the desk.

Every route waits equally long for its venue's first answer, so those deadlines come in the order in which the routes
were sent: they stand in a line for each time to wait, not in the heap, and cost an order next to nothing.
"""

from __future__ import annotations

import heapq
from typing import Final

from librt.vecs import append, vec
from mypy_extensions import i64, mypyc_attr

from kairos.model.enums import OrdStatus, TimeInForce
from kairos.state.desk import Desk
from kairos.state.order import Order
from kairos.state.route import Route

NEVER: Final = 9_223_372_036_854_775_807
EXPIRY: Final = 0  # an order's GOOD_TILL_DATE
ACK: Final = 1  # a route's first answer
APPROVAL: Final = 2  # what waits for a second person
RESPONSE: Final = 3  # a rule of risk that waits for time to pass

# A line drops what has passed when that is this many and at least half of it: its memory stays with what waits.
PASSED: Final = 1024


@mypyc_attr(acyclic=True)
class Due:
    """A deadline: when, of what kind, of which order or route. They are handled in this order."""

    def __init__(self, at_ns: i64, kind: i64, subject_id: i64) -> None:
        self.at_ns: Final[i64] = at_ns
        self.kind: Final[i64] = kind
        self.subject_id: Final[i64] = subject_id

    def is_before(self, other: Due) -> bool:
        if self.at_ns != other.at_ns:
            return self.at_ns < other.at_ns
        return self.kind < other.kind or (self.kind == other.kind and self.subject_id < other.subject_id)


@mypyc_attr(acyclic=True)
class Line:
    """Routes that wait for their first answer, all for as long, in the order in which they were sent.

    sent: when each was sent, and `numbers`, which it is; the first `passed` of them wait no more
    """

    def __init__(self, timeout_ns: i64) -> None:
        self.timeout_ns: Final[i64] = timeout_ns
        self.sent: vec[i64] = vec[i64]()
        self.numbers: vec[i64] = vec[i64]()
        self.passed: i64 = 0

    def takes(self, route: Route) -> bool:
        """Whether a route is sent no sooner, and named no lower, than the last in line."""
        last: i64 = len(self.numbers) - 1
        return last < 0 or (self.sent[last] <= route.sent_at_ns and self.numbers[last] < route.route_id)

    def add(self, route: Route) -> None:
        self.sent = append(self.sent, route.sent_at_ns)
        self.numbers = append(self.numbers, route.route_id)

    def first(self) -> Due | None:
        if self.passed >= len(self.numbers):
            return None
        return Due(self.sent[self.passed] + self.timeout_ns, ACK, self.numbers[self.passed])

    def next_deadline_ns(self) -> i64:
        return self.sent[self.passed] + self.timeout_ns if self.passed < len(self.numbers) else NEVER

    def drop_first(self) -> None:
        self.passed += 1
        if self.passed >= PASSED and 2 * self.passed >= len(self.numbers):
            self.sent = self.sent[self.passed :]
            self.numbers = self.numbers[self.passed :]
            self.passed = 0


class Timers:
    """A heap of (deadline, kind, id), and the lines of routes that wait; `looks` is for which of its deadlines each
    rule of risk waits, by what is watched."""

    def __init__(self) -> None:
        self.heap: list[tuple[int, int, int]] = []
        self.looks: dict[str, int] = {}
        self.lines: list[Line] = []

    def add(self, deadline_ns: i64, kind: i64, subject_id: i64) -> None:
        heapq.heappush(self.heap, (deadline_ns, kind, subject_id))

    def next_deadline_ns(self) -> i64:
        """When the engine wants to be called; NEVER when it waits for nothing."""
        found: i64 = self.heap[0][0] if self.heap else NEVER
        for line in self.lines:
            found = min(found, line.next_deadline_ns())
        return found

    def pop_due(self, now_ns: i64) -> Due | None:
        """The earliest deadline, if it has come."""
        deadline_ns = self.next_deadline_ns()
        if deadline_ns > now_ns or deadline_ns == NEVER:
            return None
        first: Due | None = None
        waiting: Line | None = None
        if self.heap:
            at_ns, kind, subject_id = self.heap[0]
            first = Due(at_ns, kind, subject_id)
        for line in self.lines:
            due = line.first()
            if due is not None and (first is None or due.is_before(first)):
                first, waiting = due, line
        if waiting is None:
            heapq.heappop(self.heap)
        else:
            waiting.drop_first()
        return first

    def watch_order(self, order: Order) -> None:
        if order.terms.time_in_force is TimeInForce.GOOD_TILL_DATE:
            self.add(order.terms.expire_at_ns, EXPIRY, order.order_id)

    def watch_route(self, desk: Desk, route: Route) -> None:
        """One that went again has its place in line passed or yet to pass, so that its new deadline stands apart."""
        if not route.resent_at_ns:
            line = self._line_of(desk.venues[route.venue_id].defined.ack_timeout_ns)
            if line.takes(route):
                line.add(route)
                return
        self.add(self.ack_deadline_ns(desk, route), ACK, route.route_id)

    def ack_deadline_ns(self, desk: Desk, route: Route) -> i64:
        """When its venue should have answered."""
        return route.last_sent_ns() + desk.venues[route.venue_id].defined.ack_timeout_ns

    def _line_of(self, timeout_ns: i64) -> Line:
        for line in self.lines:
            if line.timeout_ns == timeout_ns:
                return line
        self.lines.append(Line(timeout_ns))
        return self.lines[-1]

    def rebuild(self, desk: Desk) -> None:
        """After a restart: what the desk still waits for."""
        self.heap = []
        self.looks = {}
        self.lines = []
        for order in desk.orders.awake():
            if order.may_trade():
                self.watch_order(order)
        for route in desk.routes.awake():
            if route.base is OrdStatus.PENDING_NEW:
                self.watch_route(desk, route)
        for waiting in desk.approvals.pending.values():
            self.add(waiting.expires_at_ns, APPROVAL, waiting.approval_id)

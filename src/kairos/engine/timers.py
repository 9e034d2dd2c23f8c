"""Deadlines to come: the engine tells its next one, the runtime calls back when it is reached.

A timer is never taken out: when it is due, its handler looks whether it still applies. That keeps the order path free
of searches, and after a restart the timers are rebuilt from the desk.
"""

from __future__ import annotations

import heapq
from typing import Final

from mypy_extensions import i64

from kairos.model.enums import OrdStatus, TimeInForce
from kairos.state.desk import Desk
from kairos.state.order import Order, Route

NEVER: Final = 9_223_372_036_854_775_807
EXPIRY: Final = 0  # an order's GOOD_TILL_DATE
ACK: Final = 1  # a route's first answer


class Timers:
    """A heap of (deadline, kind, id)."""

    def __init__(self) -> None:
        self.heap: list[tuple[int, int, int]] = []

    def add(self, deadline_ns: i64, kind: i64, subject_id: i64) -> None:
        heapq.heappush(self.heap, (deadline_ns, kind, subject_id))

    def next_deadline_ns(self) -> i64:
        """When the engine wants to be called; NEVER when it waits for nothing."""
        return self.heap[0][0] if self.heap else NEVER

    def pop_due(self, now_ns: i64) -> tuple[int, int, int] | None:
        if self.heap and self.heap[0][0] <= now_ns:
            return heapq.heappop(self.heap)
        return None

    def watch_order(self, order: Order) -> None:
        if order.terms.time_in_force is TimeInForce.GOOD_TILL_DATE:
            self.add(order.terms.expire_at_ns, EXPIRY, order.order_id)

    def watch_route(self, desk: Desk, route: Route) -> None:
        timeout = desk.venues[route.venue_id].defined.ack_timeout_ns
        self.add(route.sent_at_ns + timeout, ACK, route.route_id)

    def rebuild(self, desk: Desk) -> None:
        """After a restart: what the desk still waits for."""
        self.heap = []
        for order in desk.orders.values():
            if order.may_trade():
                self.watch_order(order)
        for route in desk.routes.values():
            if route.base is OrdStatus.PENDING_NEW:
                self.watch_route(desk, route)

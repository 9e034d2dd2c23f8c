"""A venue as simple as can be: no prices meet, a seeded chance decides what it does with what it holds.

It keeps a ledger of its own, so that in the end its executions can be put beside the desk's.
"""

from __future__ import annotations

from collections import deque
from random import Random

from kairos.model.commands import Command, ReportCancelReject, ReportExecution
from kairos.model.enums import CxlRejResponseTo, ExecType, OrdStatus
from kairos.model.events import (
    Event,
    RouteCancelRequested,
    RouteReplaceRequested,
    RouteRequested,
    RouteStatusRequested,
)


class Held:
    """An order in the venue's hands."""

    def __init__(self, cl_ord_id: str, qty: int, px: int) -> None:
        self.cl_ord_id = cl_ord_id
        self.qty = qty
        self.px = px
        self.cum = 0
        self.live = True
        self.end = OrdStatus.CANCELED

    def status(self) -> OrdStatus:
        if not self.live:
            return OrdStatus.FILLED if self.cum >= self.qty else self.end
        return OrdStatus.PARTIALLY_FILLED if self.cum else OrdStatus.NEW


class Profile:
    """How badly a venue behaves, in percent."""

    def __init__(self, lose: int, duplicate: int, reject: int, amend: int, restate: int) -> None:
        self.lose = lose  # a new order that never arrives
        self.duplicate = duplicate  # an answer sent twice
        self.reject = reject  # a request refused
        self.amend = amend  # an execution busted or corrected later
        self.restate = restate  # an order changed or ended by the venue itself


CALM = Profile(0, 0, 5, 0, 0)
ROUGH = Profile(4, 5, 10, 4, 4)


class ToyVenue:
    """Takes routes' requests in order, answers in order; `answers` waits to be delivered."""

    def __init__(self, name: str, chance: Random, profile: Profile) -> None:
        self.name = name
        self.chance = chance
        self.profile = profile
        self.inbox: deque[Event] = deque()
        self.answers: deque[Command] = deque()
        self.held: dict[str, Held] = {}  # by every ClOrdID that names it
        self.routes: dict[int, Held] = {}
        self.executions: dict[str, tuple[int, int]] = {}  # ExecID -> quantity, price
        self.of_execution: dict[str, Held] = {}

    def sees(self, percent: int) -> bool:
        return self.chance.randrange(100) < percent

    def receive(self, event: Event) -> None:
        if isinstance(event, RouteRequested) and self.sees(self.profile.lose):
            return
        self.inbox.append(event)

    def work(self) -> None:
        """Deal with one request, or do something by itself."""
        if self.inbox and self.chance.randrange(3):
            self._take(self.inbox.popleft())
        else:
            self._act()

    def drain(self) -> None:
        """Deal with every request that is there."""
        while self.inbox:
            self._take(self.inbox.popleft())

    def _take(self, event: Event) -> None:
        if isinstance(event, RouteRequested):
            self._new(event)
        elif isinstance(event, RouteCancelRequested):
            self._cancel(event)
        elif isinstance(event, RouteReplaceRequested):
            self._replace(event)
        elif isinstance(event, RouteStatusRequested):
            self._status(event)

    def _new(self, event: RouteRequested) -> None:
        held = Held(event.cl_ord_id, event.terms.order_qty, event.terms.price)
        self.held[event.cl_ord_id] = held
        self.routes[event.route_id] = held
        if self.sees(self.profile.reject):
            held.live, held.end = False, OrdStatus.REJECTED
            self._report(held, ExecType.REJECTED)
        else:
            self._report(held, ExecType.NEW)

    def _cancel(self, event: RouteCancelRequested) -> None:
        held = self.routes.get(event.route_id)
        if held is None or event.orig_cl_ord_id != held.cl_ord_id:
            self._refuse(event.cl_ord_id, event.orig_cl_ord_id, "1", CxlRejResponseTo.ORDER_CANCEL_REQUEST)
        elif not held.live or self.sees(self.profile.reject):
            reason = "2" if held.live else "0"
            self._refuse(event.cl_ord_id, event.orig_cl_ord_id, reason, CxlRejResponseTo.ORDER_CANCEL_REQUEST)
        else:
            held.live = False
            self.held[event.cl_ord_id] = held
            self._report(held, ExecType.CANCELED, event.cl_ord_id)

    def _replace(self, event: RouteReplaceRequested) -> None:
        held = self.routes.get(event.route_id)
        if held is None or not held.live or event.orig_cl_ord_id != held.cl_ord_id or self.sees(self.profile.reject):
            self._refuse(event.cl_ord_id, event.orig_cl_ord_id, "2", CxlRejResponseTo.ORDER_CANCEL_REPLACE_REQUEST)
            return
        held.cl_ord_id = event.cl_ord_id
        held.qty, held.px = max(event.terms.order_qty, held.cum), event.terms.price
        held.live = held.qty > held.cum
        self.held[event.cl_ord_id] = held
        self._report(held, ExecType.REPLACED)

    def _status(self, event: RouteStatusRequested) -> None:
        held = self.routes.get(event.route_id)
        if held is None:
            unknown = Held(f"R{event.route_id}", 0, 0)
            unknown.live, unknown.end = False, OrdStatus.REJECTED
            unknown.qty = 1
            self._report(unknown, ExecType.ORDER_STATUS, reason="5", asked=event.request_id)
        else:
            self._report(held, ExecType.ORDER_STATUS)

    def _act(self) -> None:
        live = [held for held in self.routes.values() if held.live]
        if self.executions and self.sees(self.profile.amend):
            self._amend(self.chance.choice(list(self.executions)))
        elif live:
            held = self.chance.choice(live)
            if self.sees(self.profile.restate):
                self._change(held)
            else:
                self._fill(held)

    def _fill(self, held: Held) -> None:
        qty = self.chance.randint(1, held.qty - held.cum)
        held.cum += qty
        held.live = held.cum < held.qty
        exec_id = f"{self.name}{len(self.executions) + 1}"
        px = held.px or 1000 * 10**8
        self.executions[exec_id] = (qty, px)
        self.of_execution[exec_id] = held
        self._report(held, ExecType.TRADE, exec_id=exec_id, last=(qty, px))

    def _amend(self, exec_id: str) -> None:
        """Bust an execution or correct its price; a bust leaves the venue's order as it is."""
        qty, px = self.executions[exec_id]
        held = self.of_execution[exec_id]
        report_id = f"{exec_id}*{len(self.answers)}{self.chance.randrange(10**9)}"
        if qty and not held.live and held.cum < held.qty:
            self.executions[exec_id] = (0, 0)
            held.cum -= qty
            self._report(held, ExecType.TRADE_CANCEL, exec_id=report_id, ref=exec_id)
        elif qty:
            self.executions[exec_id] = (qty, px + 10**8)
            self._report(held, ExecType.TRADE_CORRECT, exec_id=report_id, ref=exec_id, last=(qty, px + 10**8))

    def _change(self, held: Held) -> None:
        kind = self.chance.choice([ExecType.SUSPENDED, ExecType.RESTATED, ExecType.CANCELED, ExecType.EXPIRED])
        if kind is ExecType.RESTATED:
            held.qty = self.chance.randint(max(held.cum, 1), held.qty)
            held.live = held.cum < held.qty
        elif kind is not ExecType.SUSPENDED:
            held.live = False
            held.end = OrdStatus.EXPIRED if kind is ExecType.EXPIRED else OrdStatus.CANCELED
        self._report(held, kind)

    def _report(
        self,
        held: Held,
        kind: ExecType,
        cl_ord_id: str = "",
        exec_id: str = "",
        ref: str = "",
        last: tuple[int, int] = (0, 0),
        reason: str = "",
        asked: str = "",
    ) -> None:
        def report(poss_dup: bool) -> ReportExecution:
            return ReportExecution(
                self.name, kind, held.status(), cl_ord_id or held.cl_ord_id, "", "", exec_id, ref, last[0], last[1],
                held.cum, held.qty - held.cum, held.qty, 0, reason, "", 0, poss_dup, status_req_id=asked,
            )  # fmt: skip

        self.answers.append(report(False))
        if self.sees(self.profile.duplicate):
            self.answers.append(report(True))

    def _refuse(self, cl_ord_id: str, orig: str, reason: str, to: CxlRejResponseTo) -> None:
        self.answers.append(ReportCancelReject(self.name, cl_ord_id, orig, "", OrdStatus.NEW, reason, to, ""))

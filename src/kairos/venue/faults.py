"""Faults on demand: what real venues do wrong, in shares of a thousand, drawn from one seed; all off by default.

A venue process asks `Faults` about each request that comes in (`hears`, `loses_session`) and each order
(`refuses_order`, `loses_order`), and passes each report through `pass_on`; it sends what `due` hands back and calls the
exchange's `bust` for each ExecID of `due_busts`. The same seed and calls give the same faults. An operator may give it
another plan.
"""

from __future__ import annotations

import heapq
from enum import Enum
from typing import Final

from mypy_extensions import i64

from kairos.model.enums import ExecType
from kairos.venue.chance import SplitMix64
from kairos.venue.late_fills import ENDS, FillsOnTheWay
from kairos.venue.listing import NEVER
from kairos.venue.reports import Report, VenueMessage

MILLISECOND_NS: Final = 1_000_000
LN_2: Final = 693  # thousandths


class FaultPlan:
    """How often each fault happens, in shares of a thousand, and how long delays last.

    - `reject`: new orders refused. `lose`: new orders that never arrive. `silent`: orders that get no answer until a
    status request, cancel or replace of them is answered; then all that was held back comes first. - `late_ack`:
    acknowledgements delayed, with what follows them. `fill_before_ack`: only the acknowledgement is delayed. -
    `late_fill`: fills delayed alone, so that a cancel may be confirmed before, which knows of them. -
    `fill_after_cancel`: fills that are on their way for a while; where the order is canceled or expires meanwhile, that
    is told as if they were not, and the fill comes then (FIX 4.4 volume 4, order state changes: it counts, and the
    order stays canceled). - `duplicate`: reports sent twice. - `bust`: fills taken back later. - `slow`: reports that
    take their time, `slow_ns` in the mean, some of them many times that; what comes after one to the same client waits
    behind it. - `dead`: requests with which the exchange dies: for `dead_ns` it hears nothing and says nothing. -
    `disconnect`, `logout`: requests after which the client's session is cut off, or logged out.
    """

    def __init__(
        self,
        reject: int = 0,
        lose: int = 0,
        silent: int = 0,
        late_ack: int = 0,
        fill_before_ack: int = 0,
        late_fill: int = 0,
        fill_after_cancel: int = 0,
        duplicate: int = 0,
        bust: int = 0,
        delay_ns: i64 = 500 * MILLISECOND_NS,
        bust_after_ns: i64 = 5000 * MILLISECOND_NS,
        slow: int = 0,
        dead: int = 0,
        disconnect: int = 0,
        logout: int = 0,
        slow_ns: i64 = 200 * MILLISECOND_NS,
        dead_ns: i64 = 10_000 * MILLISECOND_NS,
    ) -> None:
        shares = (
            reject, lose, silent, late_ack, fill_before_ack, late_fill, fill_after_cancel, duplicate, bust, slow,
            dead, disconnect, logout,
        )  # fmt: skip
        if min(shares) < 0 or max(shares) > 1000:
            raise ValueError("a fault's share must be from 0 to 1000 (of a thousand)")
        if min(delay_ns, bust_after_ns, slow_ns, dead_ns) < 0:
            raise ValueError("a fault's time must not be less than 0")
        self.reject: Final = reject
        self.lose: Final = lose
        self.silent: Final = silent
        self.late_ack: Final = late_ack
        self.fill_before_ack: Final = fill_before_ack
        self.late_fill: Final = late_fill
        self.fill_after_cancel: Final = fill_after_cancel
        self.duplicate: Final = duplicate
        self.bust: Final = bust
        self.delay_ns: Final[i64] = delay_ns
        self.bust_after_ns: Final[i64] = bust_after_ns
        self.slow: Final = slow
        self.dead: Final = dead
        self.disconnect: Final = disconnect
        self.logout: Final = logout
        self.slow_ns: Final[i64] = slow_ns
        self.dead_ns: Final[i64] = dead_ns


class LostSession(Enum):
    """How a client's session is lost."""

    CUT_OFF = "cut off"
    LOGGED_OUT = "logged out"


class Faults:
    """The reports on their way out, and what happens to them there."""

    def __init__(self, plan: FaultPlan, seed: int) -> None:
        self.plan = plan
        self.chance: Final = SplitMix64(seed)
        self.queued: list[tuple[int, int, VenueMessage]] = []
        self.busts: list[tuple[int, str]] = []
        self.sequence = 0
        self.silent: dict[str, list[VenueMessage]] = {}
        self.on_the_way: Final = FillsOnTheWay()
        self.held_until: dict[str, int] = {}
        self.slow_until: dict[str, int] = {}  # by client
        self.dead_until_ns: i64 = 0

    def hears(self, now_ns: i64) -> bool:
        """Whether the request that has come in is heard; one may be the last for a while."""
        if now_ns >= self.dead_until_ns and self.chance.hits(self.plan.dead):
            self.dead_until_ns = now_ns + self.plan.dead_ns
        return now_ns >= self.dead_until_ns

    def loses_session(self) -> LostSession | None:
        """Whether the client's session is lost after the request that has come in."""
        if self.chance.hits(self.plan.disconnect):
            return LostSession.CUT_OFF
        return LostSession.LOGGED_OUT if self.chance.hits(self.plan.logout) else None

    def refuses_order(self) -> str:
        """Why the exchange refuses the order that has come in; empty if it does not."""
        return "refused by a fault on demand" if self.chance.hits(self.plan.reject) else ""

    def loses_order(self) -> bool:
        """Whether the order that has come in is lost: the exchange never sees it."""
        return self.chance.hits(self.plan.lose)

    def pass_on(self, messages: list[VenueMessage], now_ns: i64) -> None:
        """Take in what the exchange reports, and decide when it goes out."""
        for message in messages:
            if isinstance(message, Report) and message.exec_type is ExecType.NEW:
                self._pass_ack(message, now_ns)
            elif isinstance(message, Report) and message.exec_type is ExecType.TRADE:
                self._pass_fill(message, now_ns)
            else:
                self._pass_other(message, now_ns)

    def due(self, now_ns: i64) -> list[VenueMessage]:
        """The messages to send by now, in order."""
        for report in self.on_the_way.arrived(now_ns):
            self._send(report, now_ns)
        found: list[VenueMessage] = []
        while now_ns >= self.dead_until_ns and self.queued and self.queued[0][0] <= now_ns:
            found.append(heapq.heappop(self.queued)[2])
        return found

    def due_busts(self, now_ns: i64) -> list[str]:
        """The ExecID(17)s of fills to be taken back by now."""
        found = [exec_id for at_ns, exec_id in self.busts if at_ns <= now_ns]
        self.busts = [bust for bust in self.busts if bust[0] > now_ns]
        return found

    def next_deadline_ns(self) -> int:
        """When `due` or `due_busts` will next have something."""
        first: int = NEVER
        if self.queued:
            first = max(self.queued[0][0], self.dead_until_ns)
        return min([first, self.on_the_way.next_ns(), *[at_ns for at_ns, _ in self.busts]])

    def _pass_ack(self, report: Report, now_ns: i64) -> None:
        order_id = report.venue_order_id
        if self.chance.hits(self.plan.silent):
            self.silent[order_id] = [report]
        elif self.chance.hits(self.plan.late_ack):
            self.held_until[order_id] = now_ns + self.plan.delay_ns
            self._send(report, now_ns)
        elif self.chance.hits(self.plan.fill_before_ack):
            self._queue(report, now_ns + self.plan.delay_ns)
        else:
            self._send(report, now_ns)

    def _pass_fill(self, report: Report, now_ns: i64) -> None:
        if self.chance.hits(self.plan.bust):
            self.busts.append((now_ns + self.plan.bust_after_ns, report.exec_id))
        if report.venue_order_id in self.silent:
            self.silent[report.venue_order_id].append(report)
        elif self.on_the_way.has(report.venue_order_id) or self.chance.hits(self.plan.fill_after_cancel):
            self.on_the_way.add(report, now_ns + self.plan.delay_ns)
        elif self.chance.hits(self.plan.late_fill):
            self._queue(report, now_ns + self.plan.delay_ns)
        else:
            self._send(report, now_ns)

    def _pass_other(self, message: VenueMessage, now_ns: i64) -> None:
        """An answer ends an order's silence; what the exchange says by itself doesn't."""
        order_id = message.venue_order_id
        if order_id in self.silent:
            if isinstance(message, Report) and not answers_request(message):
                self.silent[order_id].append(message)
                return
            for held in self.silent.pop(order_id):
                self._send(held, now_ns)
        if self.on_the_way.has(order_id):
            if isinstance(message, Report) and message.exec_type in ENDS:
                message = self.on_the_way.overtaken_by(message)
            else:
                for report in self.on_the_way.take(order_id):
                    self._send(report, now_ns)
        self._send(message, now_ns)

    def _send(self, message: VenueMessage, now_ns: i64) -> None:
        """Send now, or when the order's late acknowledgement goes; sometimes twice."""
        at_ns = self.held_until.get(message.venue_order_id, 0)
        if at_ns <= now_ns:
            at_ns = now_ns
            self.held_until.pop(message.venue_order_id, None)
        self._queue(message, at_ns)
        if isinstance(message, Report) and self.chance.hits(self.plan.duplicate):
            self._queue(message, at_ns)

    def _queue(self, message: VenueMessage, at_ns: int) -> None:
        if isinstance(message, Report):
            self.on_the_way.note_told(message)
        at_ns = self._slowed(message.client, at_ns)
        self.sequence += 1
        heapq.heappush(self.queued, (at_ns, self.sequence, message))

    def _slowed(self, client: str, at_ns: int) -> int:
        """When a report for this client can go: none overtakes a slow one."""
        if not self.plan.slow and not self.slow_until:
            return at_ns
        if self.chance.hits(self.plan.slow):
            at_ns += self._latency()
        at_ns = max(at_ns, self.slow_until.get(client, 0))
        self.slow_until[client] = at_ns
        return at_ns

    def _latency(self) -> int:
        """A time drawn as from an exponential distribution of mean `slow_ns`: each doubling is half as likely."""
        halvings = 64 - self.chance.next().bit_length()
        return int(self.plan.slow_ns) * (1000 * halvings + self.chance.next() % 1000) * LN_2 // 1_000_000


def answers_request(report: Report) -> bool:
    """Whether the client asked for it: a status, or a change that names the order's former ClOrdID(11)."""
    return report.exec_type is ExecType.ORDER_STATUS or report.orig_cl_ord_id != ""

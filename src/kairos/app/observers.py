"""What the engine process counts and logs of itself."""

from __future__ import annotations

from time import monotonic_ns
from typing import Final

from kairos.adapters.fix_observer import LineObserver
from kairos.adapters.metrics import Metrics
from kairos.evidence.spelling import action_text, indicator_text, place_text
from kairos.model.events import (
    ApprovalRequested,
    CommandRefused,
    Event,
    KillCompleted,
    KillEngaged,
    KillReleased,
    OrderAccepted,
    OrderRefused,
    RequestRefused,
    ResponseReleased,
    ResponseTaken,
    RouteUnknown,
    SessionRefused,
    TradeBooked,
    TradeDisputed,
    VenueReportRefused,
    VenueStateChanged,
)
from kairos.model.refusals import describe
from kairos.ports import Log
from kairos.state.kills import place_of

# More turned away within a second are a flood, of which the first few tell as much as all.
MAX_TOLD_A_SECOND = 10
# A stranger may call himself anything, in 64 KiB.
MAX_WHY = 300


class LineWatch(LineObserver):
    """Fulfils `fix_observer.LineObserver`."""

    def __init__(self, metrics: Metrics, log: Log) -> None:
        self._metrics = metrics
        self._log = log
        self._second = self._told = self._untold = 0

    def fix_received(self, session: str, count: int) -> None:
        self._metrics.fix_in(session, count)

    def fix_sent(self, session: str, count: int) -> None:
        self._metrics.fix_out(session, count)

    def fix_state(self, session: str, up: bool, reason: str) -> None:
        self._metrics.session_up(session, up)
        if up:
            self._log.info("session is up", session=session)
        else:
            self._log.warning("session is down", session=session, reason=reason)

    def fix_given_up(self, session: str, count: int) -> None:
        self._log.warning("new numbers: the peer never gets what it missed", session=session, count=count)

    def fix_defect(self, session: str, error: Exception) -> None:
        self._metrics.defect("fix")
        self._log.error("our own code failed; the session goes on", session=session, why=str(error), exc_info=error)

    def turned_away(self, peer: object, why: str) -> None:
        """Counted always; told so often that a flood of strangers can't fill the disk."""
        self._metrics.fix_turned_away()
        second = monotonic_ns() // 1_000_000_000
        if second != self._second:
            if self._untold:
                self._log.warning("more connections were turned away", count=self._untold)
            self._second, self._told, self._untold = second, 0, 0
        if self._told < MAX_TOLD_A_SECOND:
            self._told += 1
            self._log.warning("connection turned away", peer=str(peer), why=why[:MAX_WHY])
        else:
            self._untold += 1


WATCHED: Final[tuple[type[Event], ...]] = (
    OrderAccepted,
    TradeBooked,
    OrderRefused,
    RequestRefused,
    VenueReportRefused,
    RouteUnknown,
    TradeDisputed,
    CommandRefused,
    KillEngaged,
    KillReleased,
    KillCompleted,
    ApprovalRequested,
    ResponseTaken,
    ResponseReleased,
    SessionRefused,
    VenueStateChanged,
)
"""What `EventWatch` has something to do with."""


class EventWatch:
    """Counts orders, refusals and trades; logs what a person should look at."""

    def __init__(self, metrics: Metrics, log: Log) -> None:
        self._metrics = metrics
        self._log = log

    def on_event(self, event: Event, seq: int) -> None:
        if isinstance(event, OrderAccepted):
            self._metrics.orders_accepted()
        elif isinstance(event, TradeBooked):
            self._metrics.trades()
        elif isinstance(event, (OrderRefused, RequestRefused)):
            self._metrics.order_refused(event.code.value)
        elif isinstance(event, VenueReportRefused):
            self._metrics.venue_report_refused(event.code.value)
            why = describe(event.code, event.context)
            self._log.warning("venue report refused", seq=seq, venue=event.venue_id, exec_id=event.exec_id, why=why)
        else:
            self._log_rare(event, seq)

    def _log_rare(self, event: Event, seq: int) -> None:
        if isinstance(event, RouteUnknown):
            self._log.warning("route is UNKNOWN", seq=seq, route_id=event.route_id, why=event.text)
        elif isinstance(event, TradeDisputed):
            self._log.warning("client disputes a trade", seq=seq, exec_id=event.exec_id, text=event.text)
        elif isinstance(event, CommandRefused):
            why = describe(event.code, event.context)
            self._log.warning("command refused", seq=seq, command=event.command, subject=event.subject, why=why)
        elif isinstance(event, (KillEngaged, KillReleased)):
            scope = place_of(event).spelling()
            self._log.warning(type(event).__name__, seq=seq, scope=scope, user=event.user_id, text=event.text)
        elif isinstance(event, KillCompleted):
            self._log.warning("kill is complete", seq=seq, scope=event.kill, canceled=event.canceled, ended=event.ended)
        elif isinstance(event, ApprovalRequested):
            what = {"approval": event.approval_id, "kind": event.kind.name}
            self._log.warning("waits for a second person", seq=seq, what=event.summary, by=event.asked_by, **what)
        elif isinstance(event, ResponseTaken):
            self._metrics.rule_responded(event.rule_id)
            self._tell_response(event, seq)
        elif isinstance(event, ResponseReleased):
            where = place_text(event.place)
            how = {"release": event.release.name, "user": event.user_id}
            self._log.warning("rule leaves a level", seq=seq, rule=event.rule_id, at=where, level=event.level, **how)
        elif isinstance(event, SessionRefused):
            what = {"session": event.session, "msg_seq_num": event.msg_seq_num}
            self._log.warning("message refused", seq=seq, why=event.text, **what)
        elif isinstance(event, VenueStateChanged):
            self._log.info("venue is up" if event.up else "venue is down", seq=seq, venue=event.venue_id)

    def _tell_response(self, event: ResponseTaken, seq: int) -> None:
        """The alert, with its evidence."""
        self._log.warning(
            "rule would respond" if event.dry_run else "rule responds",
            seq=seq,
            rule=event.rule_id,
            at=place_text(event.place),
            level=event.level,
            indicator=event.indicator.name,
            seen=indicator_text(event.indicator, event.seen),
            threshold=indicator_text(event.indicator, event.threshold),
            actions=[action_text(action) for action in event.actions],
            orders=len(event.orders),
            cause=event.cause,
        )

"""One pass over the journal, an event at a time: what it says of the controls becomes `Facts`.

It begins with the journal's first event, since a setting stands from when it was made; counted and listed is what lies
within the span.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, TypeVar

from kairos.evidence.facts import Approval, Facts, Kill, Listed, Response, SoftPass
from kairos.evidence.settings import Settings
from kairos.evidence.spelling import action_text, context_text, indicator_text, place_text
from kairos.history.span import Span, timed_events_until
from kairos.model.enums import CxlRejResponseTo
from kairos.model.events import (
    ApprovalDecided,
    ApprovalRequested,
    CommandRefused,
    Event,
    KillCompleted,
    KillEngaged,
    KillReleased,
    OrderAccepted,
    OrderRefused,
    OrderReplaced,
    RequestRefused,
    ResponseCompleted,
    ResponseReleased,
    ResponseTaken,
    SoftLimitPassed,
    TradingDayStarted,
)
from kairos.state.kills import place_of

ListedFact = TypeVar("ListedFact", bound=Listed)
DECIDED: Final = (OrderAccepted, OrderRefused)


def gather(journal: Path, span: Span) -> Facts:
    """Raises `JournalError`."""
    gatherer = Gatherer(span)
    for seq, event, written_at_ns in timed_events_until(journal, span):
        gatherer.take(seq, event, written_at_ns)
    gatherer.facts.settings = list(gatherer.settings.standing.values())
    return gatherer.facts


class Gatherer:
    """Takes events in their order. What is open (an approval, a kill, a response) is kept until it ends."""

    def __init__(self, span: Span) -> None:
        self.facts: Final = Facts()
        self.settings: Final = Settings()
        self._span: Final = span
        self._trading_date = 0
        self._approvals: Final[dict[int, Approval]] = {}
        self._kills: Final[dict[str, list[Kill]]] = {}  # by place: one may be engaged once more while it holds
        self._responses: Final[dict[tuple[str, str, int], Response]] = {}

    def take(self, seq: int, event: Event, written_at_ns: int) -> None:
        """The journal's next event; `written_at_ns` is when its batch was written."""
        changes = self.settings.apply(event)
        if isinstance(event, TradingDayStarted):
            self._trading_date = event.trading_date
        is_within = self._span.holds(seq, event)
        self._people(event, is_within)
        self._respond(event, is_within)
        if is_within:
            self.facts.changes += changes
            self._note(seq, event)
            self._count(event, written_at_ns)

    def _note(self, seq: int, event: Event) -> None:
        facts = self.facts
        if facts.events == 0:
            facts.first_seq, facts.first_at_ns = seq, event.at_ns
        facts.events += 1
        facts.last_seq, facts.last_at_ns = seq, event.at_ns

    def _count(self, event: Event, written_at_ns: int) -> None:
        facts = self.facts
        if isinstance(event, OrderRefused):
            facts.orders += 1
            facts.count_refusal(event.code.value, event.client_id, event.account_id, self._trading_date)
        elif isinstance(event, RequestRefused) and event.response_to is CxlRejResponseTo.ORDER_CANCEL_REPLACE_REQUEST:
            facts.orders += 1
            facts.count_refusal(event.code.value, event.client_id, "", self._trading_date)
        elif isinstance(event, (OrderAccepted, OrderReplaced)):
            facts.orders += 1
        elif isinstance(event, CommandRefused):
            key = (event.command, event.code.value, event.user_id)
            facts.commands_refused[key] = facts.commands_refused.get(key, 0) + 1
        elif isinstance(event, SoftLimitPassed):
            seen = context_text(event.context)
            passed = SoftPass(event.at_ns, event.order_id, event.code.value, seen, event.reason, event.user_id)
            facts.soft_passes.append(passed)
        if isinstance(event, DECIDED):
            facts.durable.add(max(written_at_ns - event.at_ns, 0))

    def _people(self, event: Event, is_within: bool) -> None:
        """Approvals and kills. One that began before the span and ended in it is listed, too."""
        if isinstance(event, ApprovalRequested):
            asked = Approval(event.approval_id, event.kind.name, event.summary, event.asked_by, event.at_ns)
            self._approvals[event.approval_id] = asked
            self._list(self.facts.approvals, asked, is_within)
        elif isinstance(event, ApprovalDecided):
            self._decided(event, is_within)
        elif isinstance(event, KillEngaged):
            place = place_of(event).spelling()
            kill = Kill(place, event.at_ns, event.user_id, event.text)
            self._kills.setdefault(place, []).append(kill)
            self._list(self.facts.kills, kill, is_within)
        elif isinstance(event, KillCompleted):
            self._kill_completed(event, is_within)
        elif isinstance(event, KillReleased):
            self._kill_released(event, is_within)

    def _decided(self, event: ApprovalDecided, is_within: bool) -> None:
        asked = self._approvals.pop(event.approval_id, None)
        if asked is None:
            return
        asked.outcome, asked.decided_by = event.outcome, event.user_id
        asked.decided_at_ns, asked.text = event.at_ns, event.text
        self._list(self.facts.approvals, asked, is_within)

    def _kill_completed(self, event: KillCompleted, is_within: bool) -> None:
        engaged = self._kills.get(event.kill)
        if not engaged or engaged[-1].completed_at_ns:
            return
        kill = engaged[-1]
        kill.canceled, kill.ended = event.canceled, event.ended
        kill.took_ns, kill.completed_at_ns = event.took_ns, event.at_ns
        self._list(self.facts.kills, kill, is_within)
        if is_within:
            self.facts.killed.add(event.took_ns)

    def _kill_released(self, event: KillReleased, is_within: bool) -> None:
        for kill in self._kills.pop(place_of(event).spelling(), []):
            kill.released_at_ns, kill.released_by, kill.release_text = event.at_ns, event.user_id, event.text
            self._list(self.facts.kills, kill, is_within)

    def _respond(self, event: Event, is_within: bool) -> None:
        if isinstance(event, ResponseTaken):
            self._taken(event, is_within)
        elif isinstance(event, ResponseCompleted):
            response = self._responses.get((event.rule_id, place_text(event.place), event.level))
            if response is not None:
                response.completed_ns = event.took_ns
                self._list(self.facts.responses, response, is_within)
        elif isinstance(event, ResponseReleased):
            response = self._responses.pop((event.rule_id, place_text(event.place), event.level), None)
            if response is not None:
                people = [name for name in (event.user_id, event.approved_by) if name]
                response.released_at_ns, response.released_by = event.at_ns, " + ".join(people)
                response.release = event.release.name
                self._list(self.facts.responses, response, is_within)

    def _taken(self, event: ResponseTaken, is_within: bool) -> None:
        seen = indicator_text(event.indicator, event.seen)
        threshold = indicator_text(event.indicator, event.threshold)
        place = place_text(event.place)
        response = Response(event.at_ns, event.rule_id, place, event.level, f"{event.indicator.name} {seen}", threshold)
        response.actions = ", ".join(action_text(action) for action in event.actions)
        response.dry_run, response.orders, response.cause = event.dry_run, len(event.orders), event.cause
        response.latency_ns = event.at_ns - event.cause_at_ns if event.cause_at_ns else 0
        self._responses[event.rule_id, place, event.level] = response
        self._list(self.facts.responses, response, is_within)
        if is_within:
            self.facts.responded.add(response.latency_ns)

    @staticmethod
    def _list(listed: list[ListedFact], fact: ListedFact, is_within: bool) -> None:
        """Once, when something of it happens within the span."""
        if is_within and not fact.is_listed:
            fact.is_listed = True
            listed.append(fact)

"""What rules of risk would have done in the past: a journal is folded into a desk of its own, on which they run dry.

The rules that the journal itself has are left out, since what they did is in its orders and executions. What these
would have held back is not: the past goes on as it did, so a response tells when and why it would have come, and not
what would have been different after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from kairos.engine.engine import Engine
from kairos.engine.responses import look_in_time, respond
from kairos.model.commands import DefineRule
from kairos.model.events import (
    Event,
    ResponseCompleted,
    ResponseEased,
    ResponseReleased,
    ResponseTaken,
    RuleDefined,
    RuleRemoved,
    RuleSnapshot,
)

OF_OTHER_RULES: Final = (
    RuleDefined,
    RuleRemoved,
    RuleSnapshot,
    ResponseTaken,
    ResponseReleased,
    ResponseEased,
    ResponseCompleted,
)


class Told:
    """A response that would have been, and the sequence number of the last event that it saw."""

    def __init__(self, seq: int, event: ResponseTaken | ResponseReleased) -> None:
        self.seq: Final = seq
        self.event: Final = event


class RulesBacktest:
    """Feed it the journal's events; all of one moment are looked at together, as of one command."""

    def __init__(self, rules: Iterable[DefineRule]) -> None:
        self._rules: Final = list(rules)
        self._engine: Final = Engine()
        self._seq = 0
        self._now_ns = 0

    def run(self, events: Iterable[tuple[int, Event]]) -> Iterator[Told]:
        """What would have happened, in the order in which it would have."""
        core = self._engine.core
        for seq, event in events:
            if isinstance(event, OF_OTHER_RULES):
                continue
            if event.at_ns != self._now_ns:
                yield from self._look()
                yield from self._let_time_pass(event.at_ns)
            if not self._seq:
                self._define(event.at_ns)
            self._engine.fold([event])
            core.events.append(event)
            self._seq, self._now_ns = seq, event.at_ns
        yield from self._look()

    def _define(self, at_ns: int) -> None:
        for rule in self._rules:
            fields = {name: getattr(rule, name) for name in rule.names()}
            self._engine.fold([RuleDefined(at_ns, **{**fields, "dry_run": True})])

    def _let_time_pass(self, to_ns: int) -> Iterator[Told]:
        core = self._engine.core
        while (due_ns := core.timers.next_deadline_ns()) <= to_ns and core.timers.pop_due(due_ns) is not None:
            core.now_ns = max(due_ns, core.now_ns)
            look_in_time(core)
            yield from self._told(core.take())

    def _look(self) -> Iterator[Told]:
        core = self._engine.core
        respond(core)
        yield from self._told(core.take())

    def _told(self, events: list[Event]) -> Iterator[Told]:
        for event in events:
            if isinstance(event, (ResponseTaken, ResponseReleased)):
                yield Told(self._seq, event)

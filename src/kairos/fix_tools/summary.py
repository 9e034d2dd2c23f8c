"""Sums over a log: by type and by reason of the messages asked for, by session of all."""

from __future__ import annotations

from typing import Final

from kairos.fix_tools.analysis import LogMessage, State
from kairos.fix_tools.sequences import Sequences

MAX_KINDS: Final = 500
"""Kinds of message counted apart; no version has more, garbage may."""

OTHERS: Final = "(others)"


class Count:
    """How many messages, and how many of them an engine rejects, or ignores as garbled."""

    __slots__ = ("garbled", "rejected", "total")

    def __init__(self) -> None:
        self.total = 0
        self.rejected = 0
        self.garbled = 0

    @property
    def valid(self) -> int:
        return self.total - self.rejected - self.garbled

    def take(self, state: State) -> None:
        self.total += 1
        self.rejected += state is State.REJECTED
        self.garbled += state is State.GARBLED


class ReasonCount:
    """How many messages have that problem, and where it was first seen."""

    __slots__ = ("count", "first", "text")

    def __init__(self, first: int, text: str) -> None:
        self.count = 0
        self.first: Final = first
        self.text: Final = text


class Summary:
    def __init__(self) -> None:
        self.all: Final = Count()
        self.passed_by = 0
        self.types: Final[dict[str, Count]] = {}
        self.reasons: Final[dict[str, ReasonCount]] = {}
        self.sequences: Final = Sequences()

    def pass_by(self, message: LogMessage) -> None:
        """Count its sequence number, whether it is asked for or not: gaps are those of the whole log."""
        self.passed_by += 1
        if message.sender and message.target:
            self.sequences.take(message.session, message.fields)

    def take(self, message: LogMessage) -> None:
        state = message.state
        self.all.take(state)
        name = message.name if message.name in self.types or len(self.types) < MAX_KINDS else OTHERS
        self.types.setdefault(name, Count()).take(state)
        for code in dict.fromkeys(problem.code for problem in message.problems):
            if code not in self.reasons:
                text = next(problem.text for problem in message.problems if problem.code == code)
                self.reasons[code] = ReasonCount(message.number, text)
            self.reasons[code].count += 1

    def types_by_count(self) -> list[tuple[str, Count]]:
        return sorted(self.types.items(), key=lambda item: (-item[1].total, item[0]))

    def reasons_by_count(self) -> list[tuple[str, ReasonCount]]:
        return sorted(self.reasons.items(), key=lambda item: (-item[1].count, item[0]))

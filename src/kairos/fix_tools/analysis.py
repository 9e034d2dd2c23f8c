"""One message of a log with all that can be told of it, and the pass over a log that tells it."""

from __future__ import annotations

from enum import Enum
from functools import cached_property
from typing import Final

from kairos.fix import tags as t
from kairos.fix.dictionary import field_label
from kairos.fix.specs import MessageSpec
from kairos.fix_tools.checks import Problem, find_problems
from kairos.fix_tools.dictionaries import Choice, Dictionaries
from kairos.fix_tools.fields import FieldList
from kairos.fix_tools.log_prefix import direction_in, time_in
from kairos.fix_tools.log_reader import FoundMessage


class State(Enum):
    """What an engine does with the message: take it, answer it with a Reject(3), ignore it as garbled."""

    VALID = "valid"
    REJECTED = "rejected"
    GARBLED = "garbled"


class LogMessage:
    """`number` counts the messages of all logs read; `session` is named from the sender's side."""

    def __init__(self, number: int, found: FoundMessage, fields: FieldList, choice: Choice) -> None:
        self.number: Final = number
        self.found: Final = found
        self.fields: Final = fields
        self.choice: Final = choice
        self.time: Final = time_in(found.prefix)
        self.direction: Final = direction_in(found.prefix)
        self.msg_type: Final = fields.get(t.MSG_TYPE)
        self.sender: Final = fields.get(t.SENDER_COMP_ID)
        self.target: Final = fields.get(t.TARGET_COMP_ID)
        self.seq: Final = fields.get(t.MSG_SEQ_NUM)

    @cached_property
    def problems(self) -> list[Problem]:
        """Looked for when it is asked for: who follows one order pays for its messages only."""
        return find_problems(self.found, self.fields, self.choice)

    @property
    def state(self) -> State:
        if not self.problems:
            return State.VALID
        return State.GARBLED if any(problem.garbled for problem in self.problems) else State.REJECTED

    @property
    def spec(self) -> MessageSpec | None:
        return self.choice.dictionary.message(self.msg_type)

    @property
    def name(self) -> str:
        """ "NewOrderSingle(D)"; of a type that is unknown, "MsgType(zz)"."""
        spec = self.spec
        return f"{spec.name if spec is not None else 'MsgType'}({self.msg_type})"

    def field_name(self, tag: int) -> str:
        """By the message's dictionary, or else by one that has the field; "" when none has."""
        name = self.choice.dictionary.field_name(tag)
        return name or (field_label(tag).removesuffix(f"({tag})").removeprefix("tag") if tag > 0 else "")

    @property
    def session(self) -> str:
        return f"{self.fields.get(t.BEGIN_STRING)}:{self.sender}->{self.target}"

    @property
    def notes(self) -> list[str]:
        """What had to be undone or assumed to read it; none of it is the message's fault."""
        return [self.found.how] if self.found.how else []


class Analyzer:
    """Takes the messages in the order of the log, since a Logon(A) says what the later ones mean."""

    def __init__(self, dictionaries: Dictionaries) -> None:
        self._dictionaries: Final = dictionaries
        self._count = 0

    def take(self, found: FoundMessage) -> LogMessage:
        self._count += 1
        fields = FieldList(found.frame)
        return LogMessage(self._count, found, fields, self._dictionaries.choose(fields))

"""What every handler works on: the desk, the time, and `emit`, the one way to change anything."""

from __future__ import annotations

from mypy_extensions import i64

from kairos.engine.timers import Timers
from kairos.model.events import CommandRefused, Event
from kairos.model.refusals import RefusalCode
from kairos.model.wire_types import Pairs
from kairos.state.desk import Desk
from kairos.state.fold import apply


class Core:
    """A desk and the events of the command in hand; `approved_by` is the second person who approved it, if it
    waited for one."""

    def __init__(self, desk: Desk) -> None:
        self.desk: Desk = desk
        self.timers: Timers = Timers()
        self.now_ns: i64 = 0
        self.events: list[Event] = []
        self.approved_by: str = ""

    def emit(self, event: Event) -> None:
        """Make a fact: tell it and apply it. Told first, so that one which failed halfway shows (`Engine.is_torn`)."""
        self.events.append(event)
        apply(self.desk, event)

    def take(self) -> list[Event]:
        events = self.events
        self.events = []
        return events

    def exec_id(self) -> i64:
        """The next ExecID(17) of ours; used once the event that carries it is applied."""
        return self.desk.next_exec_id

    def refuse_command(self, command: str, subject: str, code: RefusalCode, user_id: str, context: Pairs = ()) -> None:
        """Tell a person that a command was not carried out."""
        self.emit(CommandRefused(self.now_ns, command, subject, code, context, user_id))

"""A session's hours: a new epoch once after each period, whatever restarts come between, and nobody in outside them."""

from __future__ import annotations

from datetime import UTC, datetime, time

from kairos.adapters.config_fix import ScheduleConfig
from kairos.adapters.fix_line import FixLine
from kairos.adapters.journal_memory import MemoryJournal
from kairos.adapters.sent_messages import SentMessages
from kairos.adapters.session_hours import SessionGates, SessionHours
from kairos.fix.dictionary import load_dictionary
from kairos.fix.message import Message
from kairos.fix.session import Session
from kairos.fix.session_config import SessionConfig
from kairos.model.events import SessionReset
from kairos.state.desk import Desk, SessionNumbers
from kairos.state.fold import apply

OFFICE = ScheduleConfig(time(8), time(17))
ROUND_THE_CLOCK = ScheduleConfig(time(17), time(17))


def at(day: int, hour: int, minute: int = 0) -> int:
    """A moment of November 2026; the 23rd is a Monday."""
    return int(datetime(2026, 11, day, hour, minute, tzinfo=UTC).timestamp()) * 1_000_000_000


class Silent:
    def on_message(self, line: FixLine, message: Message) -> None: ...
    def on_logged_on(self, line: FixLine) -> None: ...
    def on_logged_out(self, line: FixLine, reason: str) -> None: ...
    def fix_received(self, session: str, count: int) -> None: ...
    def fix_sent(self, session: str, count: int) -> None: ...
    def fix_state(self, session: str, up: bool, reason: str) -> None: ...
    def fix_given_up(self, session: str, count: int) -> None: ...
    def fix_defect(self, session: str, error: Exception) -> None: ...
    def info(self, event: str, **fields: object) -> None: ...
    def warning(self, event: str, **fields: object) -> None: ...
    def error(self, event: str, **fields: object) -> None: ...


class Wire:
    """A transport that closes when it is told to."""

    def __init__(self) -> None:
        self.closed = False

    def close(self) -> None:
        self.closed = True

    def get_write_buffer_size(self) -> int:
        return 0

    def write(self, data: bytes) -> None: ...


class Day:
    """One line, its journal and a clock; `restart` builds all but the journal anew."""

    def __init__(self, config: ScheduleConfig, now_ns: int) -> None:
        self.config = config
        self.now = now_ns
        self.desk = Desk()
        self.resets: list[SessionReset] = []
        self.restart()

    def restart(self) -> None:
        protocol = SessionConfig("FIX.4.4", "KAIROS", "ACME")
        numbers = self.desk.sessions.get(protocol.session_id) or SessionNumbers()
        session = Session(protocol, load_dictionary("FIX.4.4"), numbers.next_in, numbers.next_out)
        silent = Silent()
        self.line = FixLine(session, self, silent, SentMessages(MemoryJournal()), silent)  # type: ignore[arg-type]
        self.gates = SessionGates()
        known_ns = [int(moment) for moment in (numbers.active_ns, numbers.scheduled_ns) if moment]
        hours = SessionHours(self.line, self.config, known_ns, self.now, silent)
        self.gates.hours[self.line.session_id] = hours

    # ports.Writer, as far as a line needs it

    def now_ns(self) -> int:
        return self.now

    def is_halted(self) -> bool:
        return False

    def is_congested(self) -> bool:
        return False

    def record(self, event: object) -> None:
        apply(self.desk, event)  # type: ignore[arg-type]
        if isinstance(event, SessionReset):
            self.resets.append(event)

    def release(self, outlet: object, payload: bytes, connection: int) -> None: ...

    def release_call(self, call: object) -> None:
        call()  # type: ignore[operator]

    # What happens

    def closed_at(self, now_ns: int) -> str:
        self.now = now_ns
        return self.gates.closed(self.line.session_id, now_ns)

    def tick_at(self, now_ns: int) -> None:
        self.now = now_ns
        self.gates.tick(now_ns)

    def send_at(self, now_ns: int) -> None:
        self.now = now_ns
        self.line.send("B", b"58=x\x01")

    @property
    def next_out(self) -> int:
        return int(self.line.session.next_out)


def test_a_session_is_closed_outside_its_hours_and_says_which_they_are() -> None:
    day = Day(OFFICE, at(23, 7))
    assert "daily 08:00-17:00 UTC" in day.closed_at(at(23, 7, 59))
    assert day.closed_at(at(23, 8)) == ""
    assert "closed at this hour" in day.closed_at(at(23, 17))


def test_numbers_begin_anew_once_after_each_period() -> None:
    day = Day(OFFICE, at(23, 9))
    day.tick_at(at(23, 9))
    day.send_at(at(23, 10))
    for hour in (11, 16):
        day.tick_at(at(23, hour))
    assert (day.next_out, day.resets) == (2, [])
    for hour in (17, 18, 23):
        day.tick_at(at(23, hour))
    assert day.next_out == 1
    assert [(reset.at_ns, reset.reason) for reset in day.resets] == [(at(23, 17), "schedule")]


def test_what_happens_at_night_belongs_to_the_next_morning() -> None:
    day = Day(OFFICE, at(23, 9))
    day.send_at(at(23, 10))
    day.tick_at(at(23, 17))
    day.send_at(at(23, 20))
    assert day.closed_at(at(24, 8)) == ""
    assert day.next_out == 2


def test_a_restart_in_the_middle_of_a_period_resets_nothing() -> None:
    day = Day(OFFICE, at(23, 9))
    day.send_at(at(23, 10))
    day.tick_at(at(23, 17))
    day.send_at(at(24, 9))
    for hour in (10, 12):
        day.now = at(24, hour)
        day.restart()
        day.tick_at(day.now)
    assert (day.next_out, len(day.resets)) == (2, 1)


def test_a_restart_after_a_missed_end_resets_once() -> None:
    day = Day(OFFICE, at(23, 9))
    day.send_at(at(23, 10))
    for hour in (9, 10):
        day.now = at(24, hour)
        day.restart()
        assert day.closed_at(day.now) == ""
    assert (day.next_out, len(day.resets)) == (1, 1)


def test_a_message_in_the_instant_between_end_and_reset_does_not_hide_the_end() -> None:
    day = Day(OFFICE, at(22, 17))
    day.line.reset("schedule")
    day.send_at(at(23, 10))
    day.send_at(at(23, 17) + 1)
    day.now = at(23, 18)
    day.restart()
    day.tick_at(day.now)
    assert (day.next_out, len(day.resets)) == (1, 2)


def test_a_session_that_is_up_at_the_end_is_logged_out_first() -> None:
    day = Day(ROUND_THE_CLOCK, at(23, 9))
    day.tick_at(at(23, 9))
    wire = Wire()
    day.line.attach(wire)  # type: ignore[arg-type]
    day.send_at(at(23, 10))
    assert "being ended by its schedule" in day.closed_at(at(23, 17))
    assert (wire.closed, day.next_out) == (True, 2)
    day.line.lost()
    assert day.closed_at(at(23, 17, 1)) == ""
    assert (day.next_out, len(day.resets)) == (1, 1)


def test_a_weekly_session_rolls_at_the_weeks_end() -> None:
    week = ScheduleConfig(time(18), time(17), "UTC", start_day=6, end_day=4)
    day = Day(week, at(23, 9))
    day.send_at(at(23, 10))
    for date in (24, 25, 26, 27):
        day.tick_at(at(date, 16, 59))
    assert day.next_out == 2
    assert "sun 18:00 - fri 17:00 UTC" in day.closed_at(at(27, 17))
    assert day.next_out == 1
    assert day.closed_at(at(29, 18)) == ""


def test_an_operator_at_work_keeps_a_session_shut() -> None:
    day = Day(OFFICE, at(23, 9))
    day.gates.held.add(day.line.session_id)
    assert "an operator is at work" in day.closed_at(at(23, 9))

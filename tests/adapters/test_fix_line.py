"""A FIX line: outputs worked off in order, facts recorded, nothing written to the wrong transport or after a halt."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kairos.adapters import fix_pipe
from kairos.adapters.fix_line import FixLine
from kairos.adapters.journal_memory import MemoryJournal
from kairos.adapters.sent_messages import SentMessages
from kairos.fix.dictionary import load_dictionary
from kairos.fix.errors import LocalError
from kairos.fix.message import Message
from kairos.fix.parser import parse
from kairos.fix.session import Session
from kairos.fix.session_config import SessionConfig
from kairos.fix.values import format_utc
from kairos.fix.writer import BodyWriter, encode_frame
from kairos.model.commands import Command
from kairos.model.events import Event, SessionReceived, SessionRefused, SessionReset, SessionSent
from kairos.ports import Outlet

NOW = 1_795_000_000_000_000_000


class Writer:
    """A writer whose batch is durable when `commit` is called."""

    def __init__(self) -> None:
        self.recorded: list[Event] = []
        self.waiting: list[tuple[Outlet | None, bytes, int, Callable[[], None] | None]] = []
        self.later: list[tuple[int, Callable[[], None]]] = []
        self.halted = False
        self.congested = False
        self.now = NOW

    def is_congested(self) -> bool:
        return self.congested

    def is_halted(self) -> bool:
        return self.halted

    def now_ns(self) -> int:
        return self.now

    def submit(self, command: Command) -> list[Event]:
        raise AssertionError(f"no command is expected: {command}")

    def record(self, event: Event) -> None:
        self.recorded.append(event)

    def release(self, outlet: Outlet, payload: bytes, connection: int) -> None:
        self.waiting.append((outlet, payload, connection, None))

    def release_call(self, call: Callable[[], None]) -> None:
        self.waiting.append((None, b"", 0, call))

    def call_later(self, delay_ns: int, call: Callable[[], None]) -> None:
        self.later.append((delay_ns, call))

    def turn(self) -> None:
        """The loop comes round: what waits for a later turn is called, however long it asked to wait."""
        later, self.later = self.later, []
        for _, call in later:
            call()

    def commit(self) -> None:
        waiting, self.waiting = self.waiting, []
        for outlet, payload, connection, call in waiting:
            if outlet is not None:
                outlet.deliver(payload, connection)
                outlet.flush()
            elif call is not None:
                call()


class Transport:
    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.unread = 0
        self.closed = False
        self.aborted = False
        self.reading = True

    def write(self, data: bytes) -> None:
        self.written.append(data)

    def get_write_buffer_size(self) -> int:
        return self.unread

    def is_closing(self) -> bool:
        return self.closed

    def is_reading(self) -> bool:
        return self.reading

    def pause_reading(self) -> None:
        self.reading = False

    def resume_reading(self) -> None:
        self.reading = True

    def close(self) -> None:
        self.closed = True

    def abort(self) -> None:
        self.aborted = True


class Echo:
    """Answers each order at once with two messages of its own."""

    def __init__(self) -> None:
        self.states: list[str] = []

    def on_message(self, line: FixLine, message: Message) -> None:
        for _ in range(2):
            w = BodyWriter()
            w.put_str(58, message.get(11))
            line.send("B", w.body())

    def on_logged_on(self, line: FixLine) -> None:
        self.states.append("on")

    def on_logged_out(self, line: FixLine, reason: str) -> None:
        self.states.append("out")


class Observer:
    def fix_received(self, session: str, count: int) -> None: ...
    def fix_sent(self, session: str, count: int) -> None: ...
    def fix_state(self, session: str, up: bool, reason: str) -> None: ...
    def fix_given_up(self, session: str, count: int) -> None: ...
    def fix_defect(self, session: str, error: Exception) -> None: ...


class Bench:
    """A line of ours, KAIROS, and the bytes of its client, ACME."""

    def __init__(self, writer: Writer | None = None) -> None:
        self.writer = Writer() if writer is None else writer
        self.application = Echo()
        session = Session(SessionConfig("FIX.4.4", "KAIROS", "ACME"), load_dictionary("FIX.4.4"))
        sent = SentMessages(MemoryJournal())
        self.line = FixLine(session, self.writer, self.application, sent, Observer())
        self.transport = self.attach()
        self.seq = 0

    def attach(self) -> Transport:
        transport = Transport()
        self.line.attach(transport)  # type: ignore[arg-type]
        return transport

    def message(self, msg_type: str, *fields: tuple[int, str]) -> bytes:
        self.seq += 1
        w = BodyWriter()
        for tag, value in fields:
            w.put_str(tag, value)
        return encode_frame("FIX.4.4", msg_type, self.seq, "ACME", "KAIROS", format_utc(NOW), w.body())

    def log_on(self) -> None:
        self.line.received(self.message("A", (98, "0"), (108, "30")))
        self.writer.commit()

    def order(self, cl_ord_id: str) -> bytes:
        stamp = format_utc(NOW).decode()
        terms = (11, cl_ord_id), (38, "1"), (40, "1"), (54, "1"), (55, "XXX"), (60, stamp)
        return self.message("D", *terms)


def numbers(transport: Transport) -> list[int]:
    frames = b"".join(transport.written).split(b"8=FIX.4.4\x01")[1:]
    return [parse(b"8=FIX.4.4\x01" + frame).seq_num for frame in frames]


def test_numbers_reach_the_wire_in_their_order_though_answers_make_answers() -> None:
    bench = Bench()
    bench.log_on()
    burst = bench.order("A") + bench.message("1", (112, "ping")) + bench.order("B")
    bench.line.received(burst)
    bench.writer.commit()
    assert numbers(bench.transport) == [1, 2, 3, 4, 5, 6]
    kept = [event.msg_seq_num for event in bench.writer.recorded if isinstance(event, SessionSent)]
    assert kept == [1, 2, 3, 4, 5, 6]


def test_nothing_is_written_before_the_batch_is_durable() -> None:
    bench = Bench()
    bench.line.received(bench.message("A", (98, "0"), (108, "30")))
    assert bench.transport.written == []
    assert [type(event) for event in bench.writer.recorded] == [SessionSent, SessionReceived]
    bench.writer.commit()
    assert numbers(bench.transport) == [1]


def test_how_far_a_burst_came_is_noted_once_behind_all_that_it_caused() -> None:
    bench = Bench()
    bench.log_on()
    before = len(bench.writer.recorded)
    bench.line.received(b"".join(bench.order(f"A{n}") for n in range(3)))
    made = bench.writer.recorded[before:]
    assert [type(event) for event in made] == [SessionSent] * 6 + [SessionReceived]
    assert isinstance(made[-1], SessionReceived) and made[-1].next_in == 5


def test_bytes_made_for_a_lost_transport_do_not_go_to_the_next() -> None:
    bench = Bench()
    bench.log_on()
    bench.line.received(bench.order("A"))
    bench.line.lost()
    following = bench.attach()
    bench.writer.commit()
    assert numbers(bench.transport) == [1]
    assert following.written == []
    assert bench.application.states == ["on", "out"]


def test_a_message_sent_while_nobody_is_there_is_numbered_and_kept() -> None:
    bench = Bench()
    bench.line.lost()
    w = BodyWriter()
    w.put_str(58, "missed")
    bench.line.send("B", w.body())
    (event,) = [event for event in bench.writer.recorded if isinstance(event, SessionSent)]
    assert (event.msg_seq_num, event.body) == (1, b"58=missed\x01")
    assert bench.writer.waiting == []


def test_a_refused_message_is_journaled_whole() -> None:
    bench = Bench()
    bench.log_on()
    bench.line.received(bench.message("D", (11, "A")))
    (event,) = [event for event in bench.writer.recorded if isinstance(event, SessionRefused)]
    assert b"11=A" in event.raw
    assert event.msg_seq_num == 2


def test_after_a_halt_nothing_happens_any_more() -> None:
    bench = Bench()
    bench.log_on()
    before = len(bench.writer.recorded)
    bench.writer.halted = True
    bench.line.received(bench.order("A"))
    bench.line.lost()
    assert len(bench.writer.recorded) == before
    assert bench.application.states == ["on"]


def test_a_peer_that_reads_nothing_is_cut_off() -> None:
    bench = Bench()
    bench.log_on()
    bench.transport.unread = fix_pipe.MAX_UNREAD_BYTES + 1
    bench.line.received(bench.order("A"))
    bench.writer.commit()
    assert bench.transport.aborted


def test_a_flood_waits_with_its_sender_until_the_disk_has_caught_up() -> None:
    bench = Bench()
    bench.log_on()
    bench.writer.congested = True
    bench.line.received(bench.order("A"))
    assert not bench.transport.reading
    bench.writer.commit()
    assert not bench.transport.reading, "the disk is still behind"
    bench.writer.congested = False
    bench.writer.commit()
    assert bench.transport.reading


def test_poss_resend_reaches_the_wire_and_the_journal() -> None:
    bench = Bench()
    bench.log_on()
    bench.line.send("B", b"58=maybe\x01", poss_resend=True)
    bench.writer.commit()
    assert b"\x0197=Y\x01" in bench.transport.written[-1]
    (event,) = [event for event in bench.writer.recorded if isinstance(event, SessionSent) and event.msg_type == "B"]
    assert event.poss_resend


def test_new_numbers_are_journaled_with_who_and_why() -> None:
    bench = Bench()
    bench.line.lost()
    bench.line.reset("operator", "ada", 5, 7)
    (event,) = [event for event in bench.writer.recorded if isinstance(event, SessionReset)]
    assert (event.next_in, event.next_out, event.reason, event.user_id) == (5, 7, "operator", "ada")


def test_numbers_can_not_be_set_under_a_session_that_is_up() -> None:
    bench = Bench()
    bench.log_on()
    with pytest.raises(LocalError, match="log out and disconnect"):
        bench.line.reset("operator", "ada")

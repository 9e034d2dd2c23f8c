"""The single writer: facts before effects, one batch a burst, and a halt when a commit fails."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from kairos.adapters.journal_memory import MemoryJournal
from kairos.engine.engine import Engine
from kairos.model.commands import Command, DefineClient, DefineVenue
from kairos.model.enums import VenueKind
from kairos.model.errors import InvariantError
from kairos.model.events import ClientDefined, Event, OrderEvent
from kairos.model.wire import decode_events
from kairos.ports import Batch
from kairos.runtime import MAX_BACKLOG_BYTES, Halted, Runtime


class StepClock:
    def __init__(self) -> None:
        self.ns = 1_000_000_000_000

    def now_ns(self) -> int:
        self.ns += 1
        return self.ns


class HeldCommitter:
    """Commits when it is told to, so that a test sees what waits."""

    def __init__(self, journal: MemoryJournal) -> None:
        self.journal = journal
        self.held: list[Batch] = []
        self.on_committed: Callable[[int], None] = lambda _seq: None

    def submit(self, batch: Batch) -> None:
        self.held.append(batch)

    def commit(self) -> None:
        batch = self.held.pop(0)
        self.journal.append(batch)
        self.on_committed(batch.last_seq)


class Socket:
    """An outlet that remembers each write."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []
        self.writes: list[bytes] = []

    def deliver(self, payload: bytes, connection: int) -> None:
        self.waiting.append(payload)

    def flush(self) -> None:
        if self.waiting:
            self.writes.append(b"".join(self.waiting))
            self.waiting = []


class House:
    def __init__(self) -> None:
        self.journal = MemoryJournal()
        self.committer = HeldCommitter(self.journal)
        self.runtime = Runtime(Engine(), self.journal, StepClock(), asyncio.get_running_loop())
        self.committer.on_committed = self.runtime.committed
        self.runtime.start(self.committer)
        self.socket = Socket()


async def turn() -> None:
    """Let the loop do what it has scheduled."""
    for _ in range(3):
        await asyncio.sleep(0)


def client(name: str) -> DefineClient:
    return DefineClient(name, name, True, "")


def test_nothing_leaves_before_its_batch_is_durable() -> None:
    async def run() -> None:
        house = House()
        house.runtime.submit(client("A"))
        house.runtime.release(house.socket, b"report A", 1)
        await turn()
        assert house.socket.writes == []
        house.committer.commit()
        await turn()
        assert house.socket.writes == [b"report A"]

    asyncio.run(run())


def test_a_burst_is_one_batch_and_one_write() -> None:
    async def run() -> None:
        house = House()
        for name in "ABC":
            house.runtime.submit(client(name))
            house.runtime.release(house.socket, name.encode(), 1)
        await turn()
        assert [batch.count for batch in house.committer.held] == [3]
        house.committer.commit()
        await turn()
        assert house.socket.writes == [b"ABC"]

    asyncio.run(run())


def test_the_next_batch_gathers_while_one_commits_and_starts_when_it_ends() -> None:
    async def run() -> None:
        house = House()
        house.runtime.submit(client("A"))
        await turn()
        house.runtime.submit(client("B"))
        house.runtime.submit(client("C"))
        await turn()
        assert len(house.committer.held) == 1
        house.committer.commit()
        await turn()
        assert [(batch.first_seq, batch.count) for batch in house.committer.held] == [(2, 2)]

    asyncio.run(run())


def test_calls_and_bytes_leave_in_the_order_they_were_given() -> None:
    async def run() -> None:
        house = House()
        house.runtime.submit(client("A"))
        house.runtime.release(house.socket, b"bye", 1)
        house.runtime.release_call(lambda: house.socket.writes.append(b"<closed>"))
        await turn()
        house.committer.commit()
        await turn()
        assert house.socket.writes == [b"bye", b"<closed>"]

    asyncio.run(run())


def test_effects_without_facts_leave_at_once_but_never_overtake() -> None:
    async def run() -> None:
        house = House()
        house.runtime.release(house.socket, b"resent", 1)
        await turn()
        assert house.socket.writes == [b"resent"]
        house.runtime.submit(client("A"))
        house.runtime.release(house.socket, b"first", 1)
        await turn()
        house.runtime.release(house.socket, b"second", 1)
        await turn()
        assert house.socket.writes == [b"resent"]
        house.committer.commit()
        await turn()
        assert house.socket.writes == [b"resent", b"first", b"second"]

    asyncio.run(run())


def test_a_batch_is_told_with_its_bytes_once_its_effects_have_left() -> None:
    async def run() -> None:
        house = House()
        told: list[tuple[Batch, list[Event], list[bytes]]] = []
        house.runtime.on_batch = lambda batch, events: told.append((batch, events, list(house.socket.writes)))
        for name in "AB":
            house.runtime.submit(client(name))
        house.runtime.release(house.socket, b"reports", 1)
        await turn()
        assert told == []
        house.committer.commit()
        await turn()
        (kept,) = house.journal.read()
        assert told == [(kept, decode_events(kept.body), [b"reports"])]

    asyncio.run(run())


def test_who_fails_when_told_of_a_batch_holds_nothing_up() -> None:
    async def run() -> None:
        house = House()
        defects: list[Exception] = []
        house.runtime.on_defect = defects.append

        def fail(_batch: Batch, _events: list[Event]) -> None:
            raise LookupError("a subscriber's")

        house.runtime.on_batch = fail
        house.runtime.submit(client("A"))
        await turn()
        house.runtime.submit(client("B"))
        house.committer.commit()
        await turn()
        house.committer.commit()
        await turn()
        assert [str(error) for error in defects] == ["a subscriber's"] * 2
        assert house.runtime.is_idle() and not house.runtime.is_halted()

    asyncio.run(run())


def test_a_failed_commit_halts_and_lets_nothing_out() -> None:
    async def run() -> None:
        house = House()
        told: list[Exception] = []
        house.runtime.on_halt = told.append
        house.runtime.submit(client("A"))
        house.runtime.release(house.socket, b"report", 1)
        await turn()
        house.runtime.failed(OSError("disk full"))
        await turn()
        assert house.socket.writes == []
        assert [str(error) for error in told] == ["disk full"]
        with pytest.raises(Halted, match="disk full"):
            house.runtime.submit(client("B"))

    asyncio.run(run())


def test_recovery_reads_the_journal_back_into_the_engine() -> None:
    async def run() -> None:
        house = House()
        house.runtime.submit(DefineVenue("V", VenueKind.EXCHANGE, "Venue", "XTAI", 5, ""))
        house.runtime.submit(client("A"))
        await turn()
        house.committer.commit()
        await turn()
        again = Runtime(Engine(), house.journal, StepClock(), asyncio.get_running_loop())
        seen: list[int] = []
        assert again.recover(lambda events, first_seq: seen.append(first_seq)) == 2
        assert list(again.engine.desk.clients) == ["A"]
        assert seen == [1]
        assert again.next_seq() == 3

    asyncio.run(run())


def test_events_are_numbered_as_the_journal_numbers_them() -> None:
    async def run() -> None:
        house = House()
        seen: list[tuple[int, str]] = []
        house.runtime.watch(lambda event, seq: seen.append((seq, type(event).__name__)), Event)
        house.runtime.submit(client("A"))
        await turn()
        house.runtime.submit(client("B"))
        house.committer.commit()
        await turn()
        house.committer.commit()
        kept = [event for batch in house.journal.read() for event in decode_events(batch.body)]
        assert [seq for seq, _ in seen] == [1, 2]
        assert len(kept) == 2

    asyncio.run(run())


class FailingEngine(Engine):
    """Has a defect, before its first event or after it."""

    def __init__(self, error: Exception, torn: bool) -> None:
        super().__init__()
        self._error = error
        self._torn = torn

    def handle(self, command: Command, now_ns: int) -> list[Event]:
        raise self._error

    def is_torn(self) -> bool:
        return self._torn


def failing(error: Exception, torn: bool = False) -> Runtime:
    return Runtime(FailingEngine(error, torn), MemoryJournal(), StepClock(), asyncio.get_running_loop())


@pytest.mark.parametrize(
    ("error", "torn", "halts"),
    [(KeyError("x"), False, False), (KeyError("x"), True, True), (InvariantError("SUM"), False, True)],
)
def test_a_defect_halts_the_writer_where_the_book_may_be_wrong(error: Exception, torn: bool, halts: bool) -> None:
    async def test() -> None:
        runtime = failing(error, torn)
        with pytest.raises(type(error)):
            runtime.submit(client("ACME"))
        assert runtime.is_halted() == halts

    asyncio.run(test())


def test_who_fails_over_a_fact_keeps_it_from_nobody_else() -> None:
    async def test() -> None:
        house = House()
        seen: list[int] = []
        defects: list[Exception] = []

        def fail(*_args: object) -> None:
            raise KeyError("no such report")

        house.runtime.watch(fail, Event)
        house.runtime.watch(lambda _event, seq: seen.append(seq), ClientDefined)
        house.runtime.watch(fail, OrderEvent)
        house.runtime.on_defect = defects.append
        house.runtime.submit(client("ACME"))
        house.runtime.release_call(fail)
        house.runtime.release(house.socket, b"told", 1)
        await turn()
        house.committer.commit()
        await turn()
        assert (seen, house.socket.writes, len(defects)) == ([1], [b"told"], 2)
        assert house.journal.next_seq() == 2

    asyncio.run(test())


def test_time_that_can_not_go_on_halts_the_writer() -> None:
    async def test() -> None:
        runtime = failing(KeyError("x"))
        runtime._time_came()
        assert runtime.is_halted()

    asyncio.run(test())


def test_a_fact_that_can_not_be_written_halts_the_writer_and_nobody_sees_it() -> None:
    async def test() -> None:
        house = House()
        house.runtime.record(ClientDefined(1, "\ud800", "half a character", True, ""))
        house.runtime.release(house.socket, b"seen", 1)
        await turn()
        assert house.runtime.is_halted()
        assert (house.socket.writes, house.committer.held) == ([], [])

    asyncio.run(test())


def test_a_backlog_is_bounded_in_bytes_too_until_they_are_durable() -> None:
    """A few large reports fill the memory as well as many small ones."""

    async def run() -> None:
        house = House()
        house.runtime.submit(client("A"))
        house.runtime.release(house.socket, bytes(MAX_BACKLOG_BYTES), 1)
        assert house.runtime.is_congested()
        await turn()
        assert house.runtime.is_congested(), "the batch is under way"
        house.committer.commit()
        await turn()
        assert not house.runtime.is_congested()
        assert house.runtime.backlog_bytes() == 0

    asyncio.run(run())


def test_a_call_for_later_comes_in_another_turn_of_the_loop() -> None:
    async def run() -> None:
        house, called = House(), list[str]()
        house.runtime.call_later(1, lambda: called.append("after a while"))
        house.runtime.call_later(0, lambda: called.append("next turn"))
        assert called == []
        await asyncio.sleep(0.01)
        assert called == ["next turn", "after a while"]

    asyncio.run(run())

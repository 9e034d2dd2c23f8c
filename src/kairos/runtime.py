"""The single writer: commands in, events into a batch, the batch durable, then effects out. In that order, always.

Everything happens on one thread, the event loop's, but for the commit itself. While a batch commits, the next one
gathers: a new commit starts whenever the last one ends. Effects (bytes for sockets, calls) wait in the batch whose
facts they belong to and leave, in order, when it is durable. If a commit fails, the writer halts: nobody has seen
what was not kept.

A defect of our own is told apart by what it may have touched. An invariant that does not hold, or a command that failed
after its first event, leaves a book that nobody can trust: the writer halts. What failed before it changed anything, or
while telling somebody of a fact, harms that command or that telling alone: it is reported, and all else goes on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import perf_counter_ns
from typing import Final, Protocol, TypeAlias

from mypy_extensions import i64, mypyc_attr

from kairos.engine.engine import Engine
from kairos.engine.timers import NEVER
from kairos.model.commands import AdvanceTime, Command
from kairos.model.errors import InvariantError
from kairos.model.events import Event
from kairos.model.wire import decode_events, encode_events
from kairos.ports import Batch, Clock, Journal, Outlet, Writer

# Some 4,000 orders with all that they cause, a quarter of a second of work: beyond it FIX lines stop reading, so that a
# flood waits with its sender and not in our memory.
MAX_BACKLOG_EVENTS = 20_000
# Three times what so many events with ordinary reports take: few that are large, such as the reports of a list, must
# not fill the memory either.
MAX_BACKLOG_BYTES = 32_000_000
CODES: Final = 256  # of events: a code is one byte
EVENT_BYTES: Final = 300  # an order's event with its text and ids; what it sends is counted by itself


class Committer(Protocol):
    """Makes batches durable on a thread of its own, one at a time."""

    def submit(self, batch: Batch) -> None:
        """Commit this batch; the runtime's callbacks tell how it went."""


class Halted(Exception):
    """The writer has stopped; it takes nothing until it is started anew."""


See: TypeAlias = Callable[[Event, int], None]


@mypyc_attr(acyclic=True)
class Effect:
    """What an outlet is to be given in a row, or a call, that waits for a batch to be durable."""

    __slots__ = ("call", "connection", "outlet", "payloads")

    def __init__(self, outlet: Outlet | None, connection: int, call: Callable[[], None] | None) -> None:
        self.outlet: Final = outlet
        self.payloads: Final[list[bytes]] = []
        self.connection: Final = connection
        self.call: Final = call


class Runtime(Writer):
    """Fulfils `ports.Writer`. Who `watch`es sees events with their sequence numbers as they join the batch; `on_kept`
    sees a batch's events when they are durable and their effects have left, `on_batch` with their bytes; `on_commit` is
    told how many there were, how long the commit took and how long the oldest waited, in seconds; `on_halt` is told
    once; `on_defect` is told of what failed in telling a fact, or in letting it out."""

    def __init__(self, engine: Engine, journal: Journal, clock: Clock, loop: asyncio.AbstractEventLoop) -> None:
        self.engine = engine
        self.clock = clock
        self.loop = loop
        self.on_kept: list[Callable[[list[Event], int], None]] = []
        self.on_batch: Callable[[Batch, list[Event]], None] | None = None
        self.on_commit: Callable[[int, float, float], None] | None = None
        self.on_halt: Callable[[Exception], None] | None = None
        self.on_defect: Callable[[Exception], None] | None = None
        self.halted: Exception | None = None
        self._journal = journal
        self._committer: Committer | None = None
        self._watchers: list[tuple[tuple[type[Event], ...], See]] = []
        self._sees: list[list[See] | None] = [None] * CODES  # by kind of event, made as each first comes
        self._next_seq = journal.next_seq()
        self._deciding_ns: i64 = 0  # the time of the command in hand; 0 between commands
        self._events: list[Event] = []
        self._effects: list[Effect] = []
        self._leaving: list[Event] | None = None
        self._leaving_effects: list[Effect] = []
        self._leaving_batch: Batch | None = None
        self._payload_bytes: i64 = 0  # of `_effects`
        self._leaving_payload_bytes: i64 = 0
        self._first_ns = 0  # when the first event of the gathering batch was made
        self._leaving_first_ns = 0
        self._started_ns = 0
        self._scheduled = False
        self._armed_ns: int = NEVER
        self._timer: asyncio.TimerHandle | None = None

    # What happens at start

    def recover(self, note: Callable[[list[Event], int], None]) -> int:
        """Fold the journal into the engine; `note` sees each batch too. Returns how many events there were."""
        for batch in self._journal.read():
            events = decode_events(batch.body)
            note(events, batch.first_seq)
            self.engine.fold(events)
        self.engine.resume()
        return self._next_seq - 1

    def start(self, committer: Committer) -> None:
        """Begin to write."""
        self._committer = committer
        self._arm()

    # What adapters do (ports.Writer)

    def is_halted(self) -> bool:
        return self.halted is not None

    def now_ns(self) -> int:
        """Within a command, its own time: all that it causes happens then, and the clock is read once for it."""
        if self._deciding_ns != 0:
            return self._deciding_ns
        return self.clock.now_ns()

    def next_seq(self) -> int:
        """The number that the next event will have."""
        return self._next_seq

    def watch(self, see: See, *kinds: type[Event]) -> None:
        """Let `see` have every event of these classes from now on. Most events concern few, and each is put here only
        before those."""
        self._watchers.append((kinds, see))
        self._sees = [None] * CODES

    def submit(self, command: Command) -> list[Event]:
        """Decide a command. Its events are facts at once in memory, and seen outside only when they are durable.

        What a defect raises is passed on; where it may have touched the book, the writer has halted by then.
        """
        if self.halted is not None:
            raise Halted(f"the writer has halted: {self.halted}")
        outer_ns = self._deciding_ns
        self._deciding_ns = self.clock.now_ns()
        try:
            return self._decide(command)
        finally:
            self._deciding_ns = outer_ns

    def _decide(self, command: Command) -> list[Event]:
        try:
            events = self.engine.handle(command, self._deciding_ns)
        except Exception as error:
            if isinstance(error, InvariantError) or self.engine.is_torn():
                self.halt(error)
            raise
        for event in events:
            self.record(event)
        return events

    def record(self, event: Event) -> None:
        seq = self._next_seq
        self._next_seq = seq + 1
        if not self._events:
            self._first_ns = perf_counter_ns()
            self._schedule()
        self._events.append(event)
        sees = self._sees[event.wire_code()]
        if sees is None:
            sees = self._sees_of(event)
        for see in sees:
            try:
                see(event, seq)
            except Exception as error:
                self._survive(error)

    def _sees_of(self, event: Event) -> list[See]:
        sees = [see for kinds, see in self._watchers if isinstance(event, kinds)]
        self._sees[event.wire_code()] = sees
        return sees

    def release(self, outlet: Outlet, payload: bytes, connection: int) -> None:
        if not self._effects:
            self._schedule()
        self._payload_bytes += len(payload)
        last = self._effects[-1] if self._effects else None
        if last is None or last.outlet is not outlet or last.connection != connection:
            last = Effect(outlet, connection, None)
            self._effects.append(last)
        last.payloads.append(payload)

    def release_call(self, call: Callable[[], None]) -> None:
        if not self._effects:
            self._schedule()
        self._effects.append(Effect(None, 0, call))

    def call_later(self, delay_ns: int, call: Callable[[], None]) -> None:
        if delay_ns > 0:
            self.loop.call_later(delay_ns / 1e9, call)
        else:
            self.loop.call_soon(call)

    # Commit and release

    def backlog(self) -> int:
        """Events that are not durable yet."""
        return len(self._events) + len(self._leaving or ())

    def backlog_bytes(self) -> int:
        """What waits to be durable, with what is to be sent then; events are not measured but counted."""
        return self.backlog() * EVENT_BYTES + self._payload_bytes + self._leaving_payload_bytes

    def is_congested(self) -> bool:
        return self.backlog() > MAX_BACKLOG_EVENTS or self.backlog_bytes() > MAX_BACKLOG_BYTES

    def is_idle(self) -> bool:
        """Nothing waits to be committed or released."""
        return not self._events and not self._effects and self._leaving is None

    def _schedule(self) -> None:
        """Commit when this turn of the loop is over, so that a burst becomes one batch."""
        if not self._scheduled and self._leaving is None:
            self._scheduled = True
            self.loop.call_soon(self._commit)

    def _commit(self) -> None:
        self._scheduled = False
        if self._leaving is not None or self.halted is not None:
            return
        self._arm()
        events, effects = self._events, self._effects
        self._events, self._effects = [], []
        payload_bytes, self._payload_bytes = self._payload_bytes, 0
        if not events:
            self._perform(effects)
            return
        self._leaving, self._leaving_effects, self._leaving_payload_bytes = events, effects, payload_bytes
        self._leaving_first_ns, self._started_ns = self._first_ns, perf_counter_ns()
        assert self._committer is not None
        try:
            batch = Batch(self._next_seq - len(events), len(events), encode_events(events))
            self._leaving_batch = batch
            self._committer.submit(batch)
        except Exception as error:  # what can't be written can't be kept, and nobody may see it
            self.halt(error)

    def committed(self, last_seq: int) -> None:
        """Called on the commit thread."""
        self.loop.call_soon_threadsafe(self._release, last_seq)

    def failed(self, error: Exception) -> None:
        """Called on the commit thread."""
        self.loop.call_soon_threadsafe(self.halt, error)

    def _release(self, last_seq: int) -> None:
        events = self._leaving or []
        effects = self._leaving_effects
        self._leaving, self._leaving_effects, self._leaving_payload_bytes = None, [], 0
        self._perform(effects)
        for see in self.on_kept:
            see(events, last_seq - len(events) + 1)
        self._tell_batch(events)
        if self.on_commit is not None:
            now_ns = perf_counter_ns()
            self.on_commit(len(events), (now_ns - self._started_ns) / 1e9, (now_ns - self._leaving_first_ns) / 1e9)
        if self._events or self._effects:
            self._commit()

    def _tell_batch(self, events: list[Event]) -> None:
        if self.on_batch is not None and self._leaving_batch is not None:
            try:
                self.on_batch(self._leaving_batch, events)
            except Exception as error:
                self._survive(error)
        self._leaving_batch = None

    def _perform(self, effects: list[Effect]) -> None:
        """Let effects leave in order, with one write an outlet for the whole burst."""
        touched: list[Outlet] = []
        last: Outlet | None = None
        for effect in effects:
            outlet = effect.outlet
            if outlet is not None:
                self._deliver(outlet, effect)
                if outlet is not last:
                    touched.append(outlet)
                    last = outlet
            elif effect.call is not None:
                self._flush(touched)
                touched.clear()
                last = None
                self._call(effect.call)
        self._flush(touched)

    def _deliver(self, outlet: Outlet, effect: Effect) -> None:
        for payload in effect.payloads:
            try:
                outlet.deliver(payload, effect.connection)
            except Exception as error:
                self._survive(error)

    def _call(self, call: Callable[[], None]) -> None:
        try:
            call()
        except Exception as error:
            self._survive(error)

    def _flush(self, outlets: list[Outlet]) -> None:
        """One that is named twice has nothing left the second time."""
        for outlet in outlets:
            try:
                outlet.flush()
            except Exception as error:
                self._survive(error)

    def _survive(self, error: Exception) -> None:
        """A fact could not be told to somebody; it is a fact all the same, and others are told."""
        if isinstance(error, InvariantError):
            self.halt(error)
        elif self.halted is None and self.on_defect is not None:
            self.on_defect(error)

    def halt(self, error: Exception) -> None:
        """Stop for good: what is not durable is dropped, and nothing more is taken."""
        if self.halted is None:
            self.halted = error
            self._effects.clear()
            self._leaving_effects.clear()
            if self.on_halt is not None:
                self.on_halt(error)

    def end(self) -> None:
        """A clean stop: all is durable that is to be, and whatever comes now, a timer or a line that falls, is too
        late."""
        if self.halted is None:
            self.halted = Halted("the engine has stopped")

    # Time

    def _arm(self) -> None:
        """Have the loop call when the engine's next deadline comes."""
        deadline = int(self.engine.next_deadline_ns())
        if deadline >= self._armed_ns:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._armed_ns = deadline
        delay_s = max(deadline - self.clock.now_ns(), 0) / 1e9
        self._timer = self.loop.call_later(delay_s, self._time_came)

    def _time_came(self) -> None:
        self._armed_ns = NEVER
        self._timer = None
        if self.halted is not None:
            return
        try:
            self.submit(AdvanceTime())
        except Exception as error:  # what was due would be due again at once, for ever
            self.halt(error)
            return
        self._arm()

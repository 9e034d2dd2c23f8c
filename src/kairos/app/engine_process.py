"""The engine process: core, journal, FIX sessions, link, metrics, put together from a configuration and run.

Start: open the journal (and so fence whoever wrote it before), recover the desk from it, bring reference data up to
its files, then let people and venues in. Stop: log out, let the last batch become durable, close.
"""

from __future__ import annotations

import asyncio
import signal
import ssl
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path

from kairos import __version__, how_it_runs
from kairos.adapters.config import Config
from kairos.adapters.config_file import check_against_reference
from kairos.adapters.config_fix import FixTlsConfig
from kairos.adapters.file_errors import FileErrors
from kairos.adapters.fix_acceptor import FixAcceptor
from kairos.adapters.fix_door import ConfiguredDoor
from kairos.adapters.fix_line import FixLine
from kairos.adapters.fix_mapping.instruments import InstrumentDirectory
from kairos.adapters.fix_operator import FixOperator
from kairos.adapters.fix_tls import listening_context
from kairos.adapters.group_commit import GroupCommit
from kairos.adapters.http_status import Health, StatusServer
from kairos.adapters.journal_sqlite import SqliteJournal
from kairos.adapters.link_frames import read_or_make_token
from kairos.adapters.link_market import MarketStream
from kairos.adapters.link_server import LinkServer
from kairos.adapters.logs import get_log
from kairos.adapters.metrics import Metrics
from kairos.adapters.metrics_export import exposition
from kairos.adapters.reference_files import load_reference
from kairos.app.check_plugins import load_checks
from kairos.app.clock import SystemClock, trading_date
from kairos.app.collector import Collector
from kairos.app.errors import Unstartable
from kairos.app.fix_sessions import FixSessions
from kairos.app.loop import run
from kairos.app.observers import WATCHED, EventWatch, LineWatch
from kairos.app.recovery import JournalCopy
from kairos.app.reference import rule_changes, what_differs
from kairos.app.risk_status import RiskStatus
from kairos.app.trading_rules import DailyRules
from kairos.engine.users import BACK_OFFICE, refuse_person
from kairos.model.commands import SetVenueState, StartTradingDay
from kairos.model.errors import ReferenceDataError
from kairos.model.events import Event, InstrumentDefined, MarketFiguresSet
from kairos.ports import JournalError, JournalLockedError
from kairos.runtime import Runtime
from kairos.state.snapshot import snapshot
from kairos.supervisor import UNSTARTABLE, is_orphaned

# Sessions look at their timers this often; heartbeats are whole seconds.
TICK_S = 0.1
# How long a stop waits for logouts to be answered and the last batch to be durable.
STOP_TIMEOUT_S = 5.0
STOP_LOOK_S = 0.02
# The engine of a supervisor that was killed ends by itself, within the time of a stop; who is started at once waits.
PREDECESSOR_TIMEOUT_S = 15.0
PREDECESSOR_LOOK_S = 0.1


def link_token_file(config: Config) -> Path:
    """Where the secret of the engine's link lies."""
    return config.engine.data_dir / "link.token"


class EngineProcess:
    """Everything of one engine. Build it inside a running event loop."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.log = get_log("engine")
        self.metrics = Metrics()
        self.collector = Collector(self.metrics.collected)
        config.engine.data_dir.mkdir(parents=True, exist_ok=True)
        self.journal = SqliteJournal.open(config.journal.file, synchronous=config.journal.synchronous)
        self.copy = JournalCopy(self.journal, config.journal.snapshots, self.log)
        self.engine = self.copy.engine
        self.runtime = Runtime(self.engine, self.journal, SystemClock(), asyncio.get_running_loop())
        self.sent = self.copy.sent
        self.line_watch = LineWatch(self.metrics, get_log("fix"))
        self.directory = InstrumentDirectory()
        self.rules = DailyRules(config.trading_rules, config.engine.trading_day, self.log)
        self._rules_differ = True
        self.lines: Mapping[str, FixLine] = {}
        self.stopping = asyncio.Event()
        self.exit_code = 0
        self._committer: GroupCommit | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._stops: list[Callable[[], Awaitable[None]]] = []
        self._doors: list[Callable[[], Awaitable[None]]] = []

    # Start

    async def start(self) -> None:
        self._recover()
        self._begin_to_write()
        self._watch_events()
        self._bring_up_to_date()
        log = get_log("fix")
        self.fix = FixSessions(self.config, self.runtime, self.sent, self.directory, self.line_watch, log)
        self.lines = self.fix.lines
        self.market = MarketStream(self.fix.boards)
        self._name_sessions()
        self._begin_day()
        self.fix.note_restart()
        self.collector.begin()
        await self._let_in()
        self._tasks.append(asyncio.create_task(self._tick(), name="tick"))

    def _recover(self) -> None:
        self.copy.recover()
        self.journal.trim()
        for instrument in self.engine.desk.instruments.values():
            self.directory.note(instrument.defined)

    def _begin_to_write(self) -> None:
        self._committer = GroupCommit(self.journal, self.runtime.committed, self.runtime.failed)
        self.runtime.start(self._committer)
        self.runtime.on_kept.append(self.sent.note)
        self.runtime.on_commit = self._committed
        self.runtime.on_halt = self._halted
        self.runtime.on_defect = self._outlived

    def _watch_events(self) -> None:
        watch = EventWatch(self.metrics, get_log("desk"))
        self.runtime.watch(watch.on_event, *WATCHED)
        self.runtime.watch(self._note_instrument, InstrumentDefined, MarketFiguresSet)

    def _note_instrument(self, event: Event, _seq: int) -> None:
        if isinstance(event, InstrumentDefined):
            self.directory.note(event)
        self._rules_differ = True

    def _bring_up_to_date(self) -> None:
        """Venues are down until their sessions are up; then the files' reference data."""
        for venue in self.engine.desk.venues.values():
            if venue.up:
                self.runtime.submit(SetVenueState(venue.venue_id, False))
        wanted = load_reference(self.config.reference)
        check_against_reference(self.config, wanted)
        changes = what_differs(self.engine.desk, wanted)
        for command in changes:
            self.runtime.submit(command)
        self.log.info("reference data read", records=len(wanted), changed=len(changes))
        for change in rule_changes(self.engine.desk, self.config.risk.rules):
            self.runtime.submit(change)
        load_checks(self.engine.desk, self.runtime, self.log)

    def _name_sessions(self) -> None:
        """One that never comes up must show as down."""
        for session in self.lines:
            self.metrics.session_up(session, False)

    def _begin_day(self) -> None:
        day = self.config.engine.trading_day
        start_minute = day.starts.hour * 60 + day.starts.minute
        today = trading_date(self.runtime.now_ns(), day.time_zone, start_minute)
        if today > self.engine.desk.trading_date:
            self.runtime.submit(StartTradingDay(today))
            self._rules_differ = True
            self.collector.collect_all()
        self._set_trading_rules()

    def _set_trading_rules(self) -> None:
        """Those of the day, when it has turned or an instrument was defined anew."""
        if not self._rules_differ:
            return
        self._rules_differ = False
        changes = self.rules.changes(self.engine.desk)
        for command in changes:
            self.runtime.submit(command)
        if changes:
            self.log.info("trading rules of the day set", changed=len(changes))

    async def _let_in(self) -> None:
        config = self.config
        token = read_or_make_token(link_token_file(config))
        self.link = LinkServer(
            config.engine.name,
            __version__,
            token,
            self.runtime,
            self._snapshot,
            self._may_connect,
            self.runtime.next_seq,
            {**self._operator().asks, **RiskStatus(lambda: self.engine.desk, self.runtime.now_ns).asks},
            self.market,
        )
        self.runtime.on_batch = self.link.on_batch
        self._stops.append(self.link.stop)
        await self.link.start(config.link.socket)
        await self._listen_for_clients()
        if config.http.enabled:
            http = StatusServer(self._health, partial(exposition, self.metrics))
            self._stops.append(http.stop)
            await listen("[http]", http.start, config.http.host, config.http.port)
        for initiator in self.fix.initiators:
            self._stops.append(initiator.stop)
            self._doors.append(initiator.call_no_more)
            initiator.start()
        self.log.info("engine is ready", name=config.engine.name, fix_port=self.fix_port, link=str(config.link.socket))

    async def _listen_for_clients(self) -> None:
        config = self.config.fix
        sessions = {session.session_id: session for session in config.sessions}
        door = ConfiguredDoor(sessions, self.fix.closed)
        self.acceptor = FixAcceptor(self.fix.client_lines(), door, self.line_watch.turned_away)
        self._stops.append(self.acceptor.stop)
        self._doors.append(self.acceptor.close_door)
        if config.tls is None or not config.tls.only:
            self.fix_port = await listen("[fix]", self.acceptor.start, config.host, config.port)
        if config.tls is not None:
            tls = _listening_tls(config.tls)
            await listen("[fix.tls]", partial(self.acceptor.start, tls=tls), config.host, config.tls.port)

    def _operator(self) -> FixOperator:
        fix = self.fix
        return FixOperator(fix.lines, fix.roles, fix.gates, self.runtime, self._may_change_sessions, get_log("fix"))

    def _may_change_sessions(self, user_id: str) -> str:
        """Why a person may not; empty when he may."""
        refusal = refuse_person(self.engine.desk, user_id, BACK_OFFICE)
        return "" if refusal is None else f"refused: {refusal}; operations and administrators may change sessions"

    # While it runs

    def _may_connect(self, user_id: str) -> bool:
        user = self.engine.desk.users.get(user_id)
        return user is not None and user.defined.active

    def _snapshot(self) -> list[Event]:
        return snapshot(self.engine.desk, self.runtime.now_ns())

    async def _tick(self) -> None:
        """Sessions' timers, the turn of the day, and figures that are read rather than counted."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + TICK_S
            await asyncio.sleep(TICK_S)
            self.metrics.loop_stalled(max(loop.time() - due, 0.0))
            if self.runtime.halted is not None:
                return
            try:
                self.fix.tick()
                self.market.tick(self.runtime.now_ns())
                self._begin_day()
            except Exception as error:
                self._outlived(error)
            if is_orphaned():
                self.log.error("the supervisor is gone; the engine stops")
                self.stopping.set()
            self.collector.tick(self.runtime.next_seq())
            self.metrics.queue_depth(self.runtime.backlog())
            self.metrics.link_subscribers(self.link.subscribers())
            self.metrics.journal_bytes(self.journal.size_bytes())

    def _committed(self, events: int, seconds: float, oldest_s: float) -> None:
        self.metrics.committed(events, seconds)
        self.metrics.acknowledged(oldest_s)

    def _outlived(self, error: Exception) -> None:
        """Our own code failed in telling a fact to somebody, or in something that is tried again."""
        self.metrics.defect("engine")
        self.log.error("our own code failed; the engine goes on", why=str(error), exc_info=error)

    def _halted(self, error: Exception) -> None:
        """The journal failed, or the book can't be trusted: nothing may leave any more. The supervisor or systemd
        decides about a new start."""
        self.log.error("the engine has halted", why=str(error), exc_info=error)
        self.metrics.engine_halted(True)
        self.exit_code = 3
        self.stopping.set()

    def _health(self) -> Health:
        """Live while it writes; ready while it can take orders; degraded while a venue's session is down."""
        halted = self.runtime.halted
        down = [i.line.session_id for i in self.fix.initiators if i.wanted and not i.line.logged_on]
        blockers = () if halted is None else (f"halted: {halted}",)
        if self.stopping.is_set():
            blockers = (*blockers, "it stops")
        return Health(
            live=halted is None,
            blockers=blockers,
            degraded=tuple(f"session {session} is down" for session in down),
            details={
                "name": self.config.engine.name,
                "version": __version__,
                "how_it_runs": how_it_runs(),
                "events": self.runtime.next_seq() - 1,
                "sessions_up": [session for session, line in self.lines.items() if line.logged_on],
                "sessions_down": [session for session, line in self.lines.items() if not line.logged_on],
            },
        )

    # Stop

    async def run(self) -> int:
        """Until a signal, or until the journal fails. Returns the exit code."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.stopping.set)
        try:
            await self.start()
            await self.stopping.wait()
        finally:
            await self.stop()
        return self.exit_code

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        if self.runtime.halted is None and self._committer is not None:
            await self._say_goodbye()
        for stop in reversed(self._stops):
            await stop()
        if self._committer is not None:
            await self._wait_until(self.runtime.is_idle)  # that sessions went down is a fact too
            self.runtime.end()
            await asyncio.to_thread(self._committer.close)
        self.journal.close()
        self.collector.end()
        self.log.info("engine has stopped", events=self.runtime.next_seq() - 1)

    async def _say_goodbye(self) -> None:
        """Log every session out and wait until peers have answered and all is durable. Nobody comes back meanwhile."""
        for close in self._doors:
            await close()
        for line in self.lines.values():
            if line.logged_on:
                line.logout("engine stops")
        lines = self.lines.values()
        await self._wait_until(lambda: self.runtime.is_idle() and not any(line.logged_on for line in lines))

    async def _wait_until(self, holds: Callable[[], bool]) -> None:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + STOP_TIMEOUT_S
        await asyncio.sleep(0)  # what was just asked for begins
        while not holds() and self.runtime.halted is None and loop.time() < deadline:
            await asyncio.sleep(STOP_LOOK_S)


def _listening_tls(tls: FixTlsConfig) -> ssl.SSLContext:
    try:
        return listening_context(tls.cert, tls.key, tls.client_ca, tls.require_client_cert)
    except (OSError, ssl.SSLError) as error:
        raise Unstartable(f"[fix.tls] cert, key or client_ca can't be used: {error}") from error


async def listen(table: str, start: Callable[[str, int], Awaitable[int]], host: str, port: int) -> int:
    """Start listening; a port that can't be had is told with the table of kairos.toml that names it."""
    try:
        return await start(host, port)
    except OSError as error:
        raise Unstartable(f"{table} can't listen on {host}:{port}: {error.strerror or error}; is it in use?") from error


def run_engine(config: Config) -> int:
    """Run an engine process to its end."""
    return run(_run(config))


async def _run(config: Config) -> int:
    try:
        engine = await _built(config)
        return await engine.run()
    except (Unstartable, FileErrors, JournalError, ReferenceDataError) as error:
        get_log("engine").error("the engine can't start", why=str(error))
        return UNSTARTABLE


async def _built(config: Config) -> EngineProcess:
    """Wait for a predecessor that is about to let go of the journal; one that stays is told with its process."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + PREDECESSOR_TIMEOUT_S
    while True:
        try:
            return EngineProcess(config)
        except JournalLockedError:
            if loop.time() > deadline:
                raise
        await asyncio.sleep(PREDECESSOR_LOOK_S)

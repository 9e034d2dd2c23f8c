"""The engine process: core, journal, FIX sessions, link, metrics, put together from a configuration and run.

Start: open the journal (and so fence whoever wrote it before), fold it into the engine, bring reference data up to
its files, then let people and venues in. Stop: log out, let the last batch become durable, close.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

from kairos import __version__, how_it_runs
from kairos.adapters.client_gateway import ClientGateway
from kairos.adapters.config import Config, VenueSessionConfig
from kairos.adapters.config_file import check_against_reference
from kairos.adapters.file_errors import FileErrors
from kairos.adapters.fix_acceptor import FixAcceptor
from kairos.adapters.fix_initiator import FixInitiator
from kairos.adapters.fix_line import Application, FixLine
from kairos.adapters.fix_mapping.client_in import ClientDoor
from kairos.adapters.fix_mapping.client_out import ClientReports
from kairos.adapters.fix_mapping.instruments import InstrumentDirectory
from kairos.adapters.fix_mapping.venue_out import VenueRequests
from kairos.adapters.group_commit import GroupCommit
from kairos.adapters.http_status import Health, StatusServer
from kairos.adapters.journal_sqlite import SqliteJournal
from kairos.adapters.link_frames import read_or_make_token
from kairos.adapters.link_server import LinkServer
from kairos.adapters.logs import get_log
from kairos.adapters.market_feed import MarketFeed
from kairos.adapters.metrics import Metrics
from kairos.adapters.reference_files import load_reference
from kairos.adapters.sent_messages import SentMessages
from kairos.adapters.venue_gateway import VenueGateway
from kairos.app.clock import SystemClock, trading_date
from kairos.app.loop import run
from kairos.app.observers import EventWatch, LineWatch
from kairos.app.reference import what_differs
from kairos.engine.engine import Engine
from kairos.fix.dictionary import load_dictionary
from kairos.fix.session import Session
from kairos.fix.session_config import SessionConfig
from kairos.model.commands import SetVenueState, StartTradingDay
from kairos.model.errors import ReferenceDataError
from kairos.model.events import Event, InstrumentDefined
from kairos.ports import JournalError, OrderView, RouteView
from kairos.runtime import Runtime
from kairos.state.desk import Desk
from kairos.state.snapshot import snapshot
from kairos.supervisor import UNSTARTABLE, is_orphaned

# Sessions look at their timers this often; heartbeats are whole seconds.
TICK_S = 0.1
# How long a stop waits for logouts to be answered and the last batch to be durable.
STOP_TIMEOUT_S = 5.0


def link_token_file(config: Config) -> Path:
    """Where the secret of the engine's link lies."""
    return config.engine.data_dir / "link.token"


class Unstartable(Exception):
    """The process can't start as it is configured; trying again would not help."""


class DeskBook:
    """Fulfils `ports.Book` from the live desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def order(self, order_id: int) -> OrderView:
        return self._desk.orders[order_id]

    def route(self, route_id: int) -> RouteView:
        return self._desk.routes[route_id]


class EngineProcess:
    """Everything of one engine. Build it inside a running event loop."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.log = get_log("engine")
        self.metrics = Metrics()
        self.engine = Engine()
        config.engine.data_dir.mkdir(parents=True, exist_ok=True)
        self.journal = SqliteJournal.open(config.journal.file, synchronous=config.journal.synchronous)
        self.runtime = Runtime(self.engine, self.journal, SystemClock(), asyncio.get_running_loop())
        self.sent = SentMessages(self.journal)
        self.line_watch = LineWatch(self.metrics, get_log("fix"))
        self.directory = InstrumentDirectory()
        self.lines: dict[str, FixLine] = {}
        self.initiators: list[FixInitiator] = []
        self.stopping = asyncio.Event()
        self.exit_code = 0
        self._committer: GroupCommit | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._stops: list[Callable[[], Awaitable[None]]] = []

    # Start

    async def start(self) -> None:
        self._recover()
        self._begin_to_write()
        self._watch_events()
        self._bring_up_to_date()
        self.clients = self._build_clients()
        self._build_venues()
        await self._let_in()
        self._tasks.append(asyncio.create_task(self._tick(), name="tick"))

    def _recover(self) -> None:
        count = self.runtime.recover(self.sent.note)
        for instrument in self.engine.desk.instruments.values():
            self.directory.note(instrument.defined)
        desk = self.engine.desk
        self.log.info("journal read", events=count, orders=len(desk.orders), file=str(self.config.journal.file))

    def _begin_to_write(self) -> None:
        self._committer = GroupCommit(self.journal, self.runtime.committed, self.runtime.failed)
        self.runtime.start(self._committer)
        self.runtime.on_kept.append(self.sent.note)
        self.runtime.on_commit = self._committed
        self.runtime.on_halt = self._halted

    def _watch_events(self) -> None:
        watch = EventWatch(self.metrics, get_log("desk"))
        self.runtime.on_event.append(watch.on_event)
        self.runtime.on_event.append(self._note_instrument)

    def _note_instrument(self, event: Event, _seq: int) -> None:
        if isinstance(event, InstrumentDefined):
            self.directory.note(event)

    def _bring_up_to_date(self) -> None:
        """Venues are down until their sessions are up; then the files' reference data, then the trading day."""
        for venue in self.engine.desk.venues.values():
            if venue.up:
                self.runtime.submit(SetVenueState(venue.venue_id, False))
        wanted = load_reference(self.config.reference)
        check_against_reference(self.config, wanted)
        changes = what_differs(self.engine.desk, wanted)
        for command in changes:
            self.runtime.submit(command)
        self.log.info("reference data read", records=len(wanted), changed=len(changes))
        self._begin_day()

    def _begin_day(self) -> None:
        day = self.config.engine.trading_day
        start_minute = day.starts.hour * 60 + day.starts.minute
        today = trading_date(self.runtime.now_ns(), day.time_zone, start_minute)
        if today > self.engine.desk.trading_date:
            self.runtime.submit(StartTradingDay(today))

    def _build_clients(self) -> ClientGateway:
        doors = {
            s.session_id: ClientDoor(s.session_id, s.client_id, s.begin_string, s.default_account)
            for s in self.config.fix.sessions
        }
        reports = ClientReports(DeskBook(self.engine.desk), self.directory)
        gateway = ClientGateway(self.runtime, self.directory, reports, doors)
        for session in self.config.fix.sessions:
            gateway.lines[session.session_id] = self._line(session.protocol(), gateway)
        self.runtime.on_event.append(gateway.on_event)
        return gateway

    def _build_venues(self) -> None:
        versions = {v.venue_id: v.begin_string for v in self.config.venue_sessions}
        requests = VenueRequests(DeskBook(self.engine.desk), self.directory, versions.__getitem__)
        for venue in self.config.venue_sessions:
            password = os.environ.get(venue.password_env, "") if venue.password_env else ""
            gateway = VenueGateway(venue.venue_id, self.runtime, requests, self.sent)
            gateway.line = self._line(venue.protocol(password), gateway, keeps_orders_back=True)
            self.runtime.on_event.append(gateway.on_event)
            self._connect(venue, gateway.line)
            feed_config = venue.market_data_protocol(password)
            if feed_config is not None:
                self._build_feed(venue, feed_config)

    def _build_feed(self, venue: VenueSessionConfig, session: SessionConfig) -> None:
        known = self.engine.desk.venues.get(venue.venue_id)
        mic = known.defined.mic if known is not None else ""
        feed = MarketFeed(self.runtime, load_dictionary(venue.begin_string), mic)
        for instrument in self.engine.desk.instruments.values():
            feed.on_event(instrument.defined, 0)
        self.runtime.on_event.append(feed.on_event)
        self._connect(venue, self._line(session, feed))

    def _connect(self, venue: VenueSessionConfig, line: FixLine) -> None:
        self.initiators.append(FixInitiator(line, venue.host, venue.port, venue.reconnect_interval_s))

    def _line(self, config: SessionConfig, application: Application, keeps_orders_back: bool = False) -> FixLine:
        numbers = self.engine.desk.sessions.get(config.session_id)
        next_in, next_out = (numbers.next_in, numbers.next_out) if numbers is not None else (1, 1)
        session = Session(config, load_dictionary(config.begin_string), next_in, next_out)
        line = FixLine(session, self.runtime, application, self.sent, self.line_watch, keeps_orders_back)
        self.lines[config.session_id] = line
        return line

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
        )
        self.runtime.on_event.append(self.link.on_event)
        self._stops.append(self.link.stop)
        await self.link.start(config.link.socket)
        self.acceptor = FixAcceptor(self.clients.lines, self._allows, self.line_watch.turned_away)
        self._stops.append(self.acceptor.stop)
        self.fix_port = await listen("[fix]", self.acceptor.start, config.fix.host, config.fix.port)
        if config.http.enabled:
            http = StatusServer(self._health, self.metrics.exposition)
            self._stops.append(http.stop)
            await listen("[http]", http.start, config.http.host, config.http.port)
        for initiator in self.initiators:
            initiator.start()
        self.log.info("engine is ready", name=config.engine.name, fix_port=self.fix_port, link=str(config.link.socket))

    # While it runs

    def _allows(self, session: str, address: str) -> bool:
        found = next((s for s in self.config.fix.sessions if s.session_id == session), None)
        return found is not None and found.allows(address)

    def _may_connect(self, user_id: str) -> bool:
        user = self.engine.desk.users.get(user_id)
        return user is not None and user.defined.active

    def _snapshot(self) -> list[Event]:
        return snapshot(self.engine.desk, self.runtime.now_ns())

    async def _tick(self) -> None:
        """Sessions' timers, the turn of the day, and figures that are read rather than counted."""
        while True:
            await asyncio.sleep(TICK_S)
            if self.runtime.halted is not None:
                return
            for line in self.lines.values():
                line.tick()
            self._begin_day()
            if is_orphaned():
                self.log.error("the supervisor is gone; the engine stops")
                self.stopping.set()
            self.metrics.queue_depth(self.runtime.backlog())
            self.metrics.link_subscribers(self.link.subscribers())
            self.metrics.journal_bytes(self.journal.size_bytes())

    def _committed(self, events: int, seconds: float, oldest_s: float) -> None:
        self.metrics.committed(events, seconds)
        self.metrics.acknowledged(oldest_s)

    def _halted(self, error: Exception) -> None:
        """The journal failed: nothing may leave any more. The supervisor or systemd decides about a new start."""
        self.log.error("the engine has halted: the journal takes no more", why=str(error))
        self.metrics.engine_halted(True)
        self.exit_code = 3
        self.stopping.set()

    def _health(self) -> Health:
        """Live while it writes; ready while it can take orders; degraded while a venue's session is down."""
        halted = self.runtime.halted
        down = [i.line.session_id for i in self.initiators if not i.line.logged_on]
        return Health(
            live=halted is None,
            blockers=() if halted is None else (f"halted: {halted}",),
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
        for initiator in self.initiators:
            await initiator.stop()
        for stop in reversed(self._stops):
            await stop()
        if self._committer is not None:
            await asyncio.sleep(0)
            await asyncio.to_thread(self._committer.close)
        self.journal.close()
        self.log.info("engine has stopped", events=self.runtime.next_seq() - 1)

    async def _say_goodbye(self) -> None:
        """Log every session out and wait until peers have answered and all is durable."""
        for line in self.lines.values():
            if line.logged_on:
                line.logout("engine stops")
        deadline = asyncio.get_running_loop().time() + STOP_TIMEOUT_S
        while asyncio.get_running_loop().time() < deadline:
            if self.runtime.is_idle() and not any(line.logged_on for line in self.lines.values()):
                return
            await asyncio.sleep(0.02)


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
        return await EngineProcess(config).run()
    except (Unstartable, FileErrors, JournalError, ReferenceDataError) as error:
        get_log("engine").error("the engine can't start", why=str(error))
        return UNSTARTABLE

"""The simulated exchange as a process: its matching, its FIX sessions, and its own journal for their numbers."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from kairos import __version__
from kairos.adapters.config import Config, FaultsConfig, SimulatorConfig
from kairos.adapters.config_fix import VenueSessionConfig
from kairos.adapters.file_errors import FileErrors
from kairos.adapters.fix_acceptor import FixAcceptor
from kairos.adapters.fix_door import OpenDoor
from kairos.adapters.fix_line import Application, FixLine
from kairos.adapters.group_commit import GroupCommit
from kairos.adapters.journal_sqlite import SqliteJournal
from kairos.adapters.link_frames import read_or_make_token
from kairos.adapters.link_server import LinkServer
from kairos.adapters.logs import get_log
from kairos.adapters.metrics import Metrics
from kairos.adapters.sent_messages import SentMessages
from kairos.app.clock import SystemClock
from kairos.app.engine_process import listen
from kairos.app.errors import Unstartable
from kairos.app.loop import run
from kairos.app.observers import LineWatch
from kairos.app.simulator_sources import sources_of
from kairos.app.venue_places import venue_socket, venue_token_file
from kairos.engine.engine import Engine
from kairos.fix.appl_versions import session_dictionary
from kairos.fix.session import Session
from kairos.fix.session_config import SessionConfig
from kairos.market.calendar import CalendarError
from kairos.market.dated import NoRowError
from kairos.model.errors import ReferenceDataError
from kairos.ports import JournalError
from kairos.runtime import Runtime
from kairos.simulator.operator import VenueOperator
from kairos.simulator.simulation import Simulation
from kairos.simulator.tape_source import TapeSource
from kairos.supervisor import UNSTARTABLE, is_orphaned
from kairos.venue.faults import FaultPlan
from kairos.venue.listing import SECOND_NS
from kairos.venue.tape_impact import Impact
from kairos.venue.tape_rules import MILLISECOND_NS, Cancels, TapeRules

TICK_S: Final = 0.1
# "max" plays five market minutes a second: faster, orders could not be placed between two prints.
MAX_SPEED: Final = 300


class SimulatorProcess:
    """Build it inside a running event loop. Of its runtime's engine only the FIX numbers are used."""

    def __init__(self, config: Config, simulator: SimulatorConfig) -> None:
        self.config = config
        self.simulator = simulator
        self.log = get_log("simulator")
        self.stopping = asyncio.Event()
        config.engine.data_dir.mkdir(parents=True, exist_ok=True)
        self.journal = SqliteJournal.open(config.engine.data_dir / "simulator.db")
        self.engine = Engine()
        self.runtime = Runtime(self.engine, self.journal, SystemClock(), asyncio.get_running_loop())
        self.sent = SentMessages(self.journal)
        self.runtime.recover(self.sent.note)
        self.committer = GroupCommit(self.journal, self.runtime.committed, self.runtime.failed)
        self.runtime.start(self.committer)
        self.runtime.on_kept.append(self.sent.note)
        self.runtime.on_halt = self._halted
        self.runtime.on_defect = self._outlived
        self.watch = LineWatch(Metrics(), get_log("simulator.fix"))
        self.exit_code = 0
        venue = next(v for v in config.venue_sessions if v.venue_id == simulator.venue_id)
        sources = sources_of(config, simulator, self.runtime.now_ns())
        self.simulation = Simulation(
            sources,
            self.runtime,
            self._line,
            their_sides(venue, venue.protocol(), simulator.clients),
            their_sides(venue, venue.market_data_protocol(), [f"{client}-MD" for client in simulator.clients]),
            start_ns=start_ns(simulator, sources),
            minutes=simulator.market_minutes,
            speed=MAX_SPEED if simulator.speed is None else Fraction(str(simulator.speed)),
            waits_for_logon=True,
            faults=fault_plan(simulator.faults),
            seed=simulator.seed,
            prevents_self_match=simulator.prevents_self_match,
            tape_rules=tape_rules(simulator),
        )
        self.acceptor = FixAcceptor(self.simulation.lines, OpenDoor(), self.watch.turned_away)
        self.link = LinkServer(
            f"{config.engine.name} simulator",
            __version__,
            read_or_make_token(venue_token_file(config.engine.data_dir)),
            self.runtime,
            snapshot=list,
            may_connect=lambda _user: True,  # the house's account, which alone reads the token, operates its simulator
            next_seq=self.runtime.next_seq,
            asks=VenueOperator(self.simulation, get_log("simulator.operator")).asks,
        )

    def _line(self, session: SessionConfig, application: Application) -> FixLine:
        numbers = self.engine.desk.sessions.get(session.session_id)
        next_in, next_out = (numbers.next_in, numbers.next_out) if numbers is not None else (1, 1)
        dictionary = session_dictionary(session.begin_string, session.default_appl_ver_id)
        state = Session(session, dictionary, next_in, next_out)
        return FixLine(state, self.runtime, application, self.sent, self.watch)

    def _outlived(self, error: Exception) -> None:
        self.log.error("our own code failed; the simulated exchange goes on", why=str(error), exc_info=error)

    def _halted(self, error: Exception) -> None:
        self.log.error("the simulated exchange has halted", why=str(error))
        self.exit_code = 3
        self.stopping.set()

    async def run(self) -> int:
        """Until a signal. The market may close before; sessions stay up, as an exchange's do after hours."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.stopping.set)
        await self.simulation.start()
        await self.link.start(venue_socket(self.config.engine.data_dir))
        port = await listen("[simulator]", self.acceptor.start, self.simulator.host, self.simulator.port)
        instruments = [listing.instrument for listing in self.simulation.listings]
        self.log.info("simulated exchange is open", port=port, instruments=instruments)
        ticking = asyncio.create_task(self._tick(), name="tick")
        await self.stopping.wait()
        ticking.cancel()
        await self._stop()
        return self.exit_code

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            for line in self.simulation.lines.values():
                line.tick()
            if is_orphaned():
                self.stopping.set()

    async def _stop(self) -> None:
        await self.simulation.stop()
        for line in self.simulation.lines.values():
            if line.logged_on:
                line.logout("the exchange closes")
        for _ in range(50):
            if self.runtime.is_idle() and not any(line.logged_on for line in self.simulation.lines.values()):
                break
            await asyncio.sleep(0.02)
        await self.acceptor.stop()
        await self.link.stop()
        await asyncio.to_thread(self.committer.close)
        self.journal.close()
        self.log.info("simulated exchange has stopped")


def their_sides(venue: VenueSessionConfig, ours: SessionConfig | None, others: Sequence[str]) -> list[SessionConfig]:
    """The venue's end of a session that we open, if we do, and the same for other clients by their CompIDs."""
    if ours is None:
        return []
    return [
        SessionConfig(
            venue.begin_string,
            ours.target_comp_id,
            client,
            heart_bt_int_s=venue.heart_bt_int_s,
            reset_on_logon=ours.reset_on_logon,
            default_appl_ver_id=ours.default_appl_ver_id,
        )
        for client in (ours.sender_comp_id, *others)
    ]


def start_ns(simulator: SimulatorConfig, sources: list[TapeSource]) -> int | None:
    """Where the market's time starts; None leaves it to the tapes. All open together with the first."""
    before_s = simulator.start_before_open_s
    return None if before_s is None else sources[0].open_ns - before_s * SECOND_NS


def tape_rules(simulator: SimulatorConfig) -> TapeRules:
    """How clients' orders meet the tapes."""
    impact = simulator.impact
    return TapeRules(
        Cancels(simulator.cancels),
        simulator.late_print_ms * MILLISECOND_NS,
        None if impact is None else Impact(impact.ticks, impact.half_life_ms * MILLISECOND_NS),
    )


def fault_plan(faults: FaultsConfig) -> FaultPlan:
    return FaultPlan(
        reject=faults.reject,
        lose=faults.lose,
        silent=faults.silent,
        late_ack=faults.late_ack,
        fill_before_ack=faults.fill_before_ack,
        late_fill=faults.late_fill,
        fill_after_cancel=faults.fill_after_cancel,
        duplicate=faults.duplicate,
        bust=faults.bust,
        slow=faults.slow,
        dead=faults.dead,
        disconnect=faults.disconnect,
        logout=faults.logout,
        delay_ns=faults.delay_ms * MILLISECOND_NS,
        bust_after_ns=faults.bust_after_ms * MILLISECOND_NS,
        slow_ns=faults.slow_ms * MILLISECOND_NS,
        dead_ns=faults.dead_ms * MILLISECOND_NS,
    )


def run_simulator(config: Config) -> int:
    """Run a simulated exchange to its end."""
    return run(_run(config))


async def _run(config: Config) -> int:
    simulator = config.simulator
    if simulator is None:
        raise ReferenceDataError(str(config.file), "[simulator]", "table", "is missing; add it, as `kairos init` does")
    try:
        return await SimulatorProcess(config, simulator).run()
    except (Unstartable, CalendarError, FileErrors, JournalError, NoRowError, ReferenceDataError) as error:
        get_log("simulator").error("the simulated exchange can't start", why=str(error))
        return UNSTARTABLE

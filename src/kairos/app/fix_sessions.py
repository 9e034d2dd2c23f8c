"""The FIX sessions of an engine, built from its configuration: lines, what serves them, their hours, who connects."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable
from pathlib import Path

from kairos.adapters.client_gateway import ClientGateway
from kairos.adapters.config import Config
from kairos.adapters.config_fix import (
    FixSessionConfig,
    MarketDataAccess,
    PaceConfig,
    SessionOptions,
    VenueSessionConfig,
    VenueTlsConfig,
)
from kairos.adapters.drop_copy import DropCopy, DropCopyGateway
from kairos.adapters.fix_initiator import Destination, FixInitiator
from kairos.adapters.fix_line import Application, FixLine
from kairos.adapters.fix_mapping.client_in import ClientDoor
from kairos.adapters.fix_mapping.client_out import ClientReports
from kairos.adapters.fix_mapping.instruments import InstrumentDirectory
from kairos.adapters.fix_mapping.lists_out import ListReports
from kairos.adapters.fix_mapping.rules import Agreement
from kairos.adapters.fix_mapping.venue_details import VenueAgreement
from kairos.adapters.fix_mapping.venue_out import ASKED_OF_VENUES, VenueRequests
from kairos.adapters.fix_mapping.versions import begin_string_of
from kairos.adapters.fix_market_data.face import MarketDataFace
from kairos.adapters.fix_market_data.symbols import DirectoryNames
from kairos.adapters.fix_observer import LineObserver
from kairos.adapters.fix_pace import SessionPace
from kairos.adapters.fix_tls import connecting_context
from kairos.adapters.lost_sessions import LostSessions
from kairos.adapters.market_feed import MarketFeed
from kairos.adapters.sent_messages import SentMessages
from kairos.adapters.session_hours import SessionGates, SessionHours
from kairos.adapters.venue_drop_copy import VenueDropCopy
from kairos.adapters.venue_gateway import VenueGateway, VenueOrders
from kairos.app.desk_book import DeskBook
from kairos.app.errors import Unstartable
from kairos.fix.appl_versions import join_dictionaries, session_dictionary
from kairos.fix.dictionary import Dictionary, load_dictionary
from kairos.fix.errors import LocalError
from kairos.fix.quickfix_xml import read_quickfix_xml
from kairos.fix.session import Session
from kairos.fix.session_config import SessionConfig
from kairos.fix.versions import FIXT
from kairos.market.boards import Boards
from kairos.model.events import InstrumentDefined, ListEvent, OrderEvent
from kairos.ports import Log
from kairos.runtime import Runtime
from kairos.state.desk import SessionNumbers


class FixSessions:
    """All sessions of one engine. `roles` says what each serves, for people."""

    def __init__(
        self,
        config: Config,
        runtime: Runtime,
        sent: SentMessages,
        directory: InstrumentDirectory,
        observer: LineObserver,
        log: Log,
    ) -> None:
        self.lines: dict[str, FixLine] = {}
        self.roles: dict[str, str] = {}
        self.initiators: list[FixInitiator] = []
        self.gates = SessionGates()
        agreed = {s.session_id: s.cancel_on_disconnect for s in config.fix.sessions if s.cancel_on_disconnect}
        self.losses = LostSessions(runtime, agreed, log)
        self.boards = Boards()
        self._feeds: list[MarketFeed] = []
        self._faces: list[MarketDataFace] = []
        self._config = config
        self._runtime = runtime
        self._desk = runtime.engine.desk
        self._sent = sent
        self._directory = directory
        self._observer = observer
        self._log = log
        self._build_clients()
        self._build_venues()

    def client_lines(self) -> dict[str, FixLine]:
        """Those that clients connect to."""
        return {session.session_id: self.lines[session.session_id] for session in self._config.fix.sessions}

    def closed(self, session: str) -> str:
        return self.gates.closed(session, self._runtime.now_ns())

    def tick(self) -> None:
        for line in self.lines.values():
            line.tick()
        now_ns = self._runtime.now_ns()
        self.gates.tick(now_ns)
        self.losses.tick()
        for feed in self._feeds:
            feed.tick()
        self.boards.advance(now_ns)
        for face in self._faces:
            face.flush(now_ns)

    def note_restart(self) -> None:
        """Whoever was logged on when the process before this one ended has lost his session."""
        for session in self.client_lines():
            if self._numbers(session).logged_on:
                self.losses.lost(session, by_wish=False)

    # Clients

    def _build_clients(self) -> None:
        sessions = [s for s in self._config.fix.sessions if s.drop_copy is None and s.market_data is None]
        by_client = {s.client_id: s.session_id for s in reversed(sessions)}
        versions = {s.session_id: s.application_version for s in sessions}

        def version_of(session: str) -> str:
            return versions.get(session) or begin_string_of(session)

        reports = ClientReports(
            DeskBook(self._desk), self._directory, version_of, lambda client_id: by_client.get(client_id, "")
        )
        lists = ListReports(DeskBook(self._desk), version_of)
        doors = {s.session_id: _client_door(s) for s in sessions}
        paces = {s.session_id: SessionPace(s.pace) for s in sessions if s.pace != PaceConfig()}
        gateway = ClientGateway(self._runtime, self._directory, reports, lists, doors, self.losses, paces)
        for session in sessions:
            line = self._line(session.protocol(), session.options, gateway, f"client {session.client_id}")
            gateway.lines[session.session_id] = line
            if session.session_id in paces:
                line.turns.bucket = paces[session.session_id].holding_back()
        self._runtime.watch(gateway.on_event, OrderEvent, ListEvent)
        self._build_drop_copies(reports)
        self._build_market_data()

    def _build_drop_copies(self, reports: ClientReports) -> None:
        agreed = [(session, session.drop_copy) for session in self._config.fix.sessions]
        copies = [
            DropCopy(session.session_id, session.application_version, copy.clients, copy.accounts)
            for session, copy in agreed
            if copy is not None
        ]
        gateway = DropCopyGateway(DeskBook(self._desk), self._directory, reports, copies)
        for session, copy in agreed:
            if copy is not None:
                line = self._line(session.protocol(), session.options, gateway, "drop copy")
                gateway.lines[session.session_id] = line
        if copies:
            self._runtime.watch(gateway.on_event, OrderEvent)

    def _build_market_data(self) -> None:
        for session in self._config.fix.sessions:
            if session.market_data is not None:
                agreed, names = session.market_data, DirectoryNames(self._directory, self.boards.boards)
                face = MarketDataFace(self.boards.boards, names, agreed.interval_ms, self._access(agreed))
                self.boards.on_changed.append(face.changed)
                self._faces.append(face)
                self._line(session.protocol(), session.options, face, "market data")

    def _access(self, agreed: MarketDataAccess) -> Callable[[str, str], str]:
        return lambda _session, instrument: agreed.why_not(self._directory.listing(instrument).mic)

    # Venues

    def _build_venues(self) -> None:
        venues = self._config.venue_sessions
        versions = {v.venue_id: v.application_version for v in venues}
        agreements = {v.venue_id: VenueAgreement(v.passes, dict(v.custom_tags), v.executing_firm) for v in venues}
        requests = VenueRequests(
            DeskBook(self._desk),
            self._directory,
            versions.__getitem__,
            agreements.__getitem__,
            lambda venue_id: self._desk.venues[venue_id].defined,
        )
        orders = VenueOrders(requests)
        for venue in venues:
            self._build_venue(venue, orders)
        if venues:
            self._runtime.watch(orders.on_event, *ASKED_OF_VENUES)

    def _build_venue(self, venue: VenueSessionConfig, orders: VenueOrders) -> None:
        password = os.environ.get(venue.password_env, "") if venue.password_env else ""
        gateway = VenueGateway(venue.venue_id, self._runtime, self._sent)
        protocol, role = venue.protocol(password), f"venue {venue.venue_id}"
        line = self._line(protocol, venue.options, gateway, role, keeps_orders_back=True)
        line.on_kept_back = gateway.ask_again
        orders.lines[venue.venue_id] = line
        self._connect(venue, line)
        copy_config = venue.drop_copy_protocol(password)
        if venue.drop_copy is not None and copy_config is not None:
            copies = VenueDropCopy(venue.venue_id, self._runtime)
            copy_line = self._line(copy_config, venue.options, copies, f"drop copy of {venue.venue_id}")
            self._connect(venue, copy_line, venue.drop_copy.host, venue.drop_copy.port)
        feed_config = venue.market_data_protocol(password)
        if feed_config is not None:
            self._build_feed(venue, feed_config)

    def _build_feed(self, venue: VenueSessionConfig, session: SessionConfig) -> None:
        known = self._desk.venues.get(venue.venue_id)
        mic = known.defined.mic if known is not None else ""
        asked = venue.market_data
        if asked is None:
            return
        feed = MarketFeed(self._runtime, dictionary_of(session, venue.options), mic, self.boards, asked)
        self._feeds.append(feed)
        for instrument in self._desk.instruments.values():
            feed.on_event(instrument.defined, 0)
        self._runtime.watch(feed.on_event, InstrumentDefined)
        self._connect(venue, self._line(session, venue.options, feed, f"market data of {venue.venue_id}"))

    def _connect(self, venue: VenueSessionConfig, line: FixLine, host: str = "", port: int = 0) -> None:
        """Where the order session leads, unless `host` and `port` say otherwise."""
        tls, server_name = None, ""
        if venue.tls is not None:
            tls, server_name = _venue_tls(venue.tls), venue.tls.server_name
        to = Destination(host or venue.host, port or venue.port, venue.reconnect_interval_s, tls, server_name)
        self.initiators.append(FixInitiator(line, to, lambda: self.closed(line.session_id)))

    # Both

    def _line(
        self,
        config: SessionConfig,
        options: SessionOptions,
        application: Application,
        role: str,
        keeps_orders_back: bool = False,
    ) -> FixLine:
        numbers = self._numbers(config.session_id)
        session = Session(config, dictionary_of(config, options), numbers.next_in, numbers.next_out)
        line = FixLine(session, self._runtime, application, self._sent, self._observer, keeps_orders_back)
        self.lines[config.session_id] = line
        self.roles[config.session_id] = role
        if options.schedule is not None:
            known_ns = [int(moment) for moment in (numbers.active_ns, numbers.scheduled_ns) if moment]
            hours = SessionHours(line, options.schedule, known_ns, self._runtime.now_ns(), self._log)
            self.gates.hours[config.session_id] = hours
        return line

    def _numbers(self, session: str) -> SessionNumbers:
        return self._desk.sessions.get(session) or SessionNumbers()


def _client_door(session: FixSessionConfig) -> ClientDoor:
    agreement = Agreement(
        custom_tags=session.custom_tags,
        keeps_unknown=session.allow_unknown_custom,
        needs_locate=session.needs_locate,
        strategy_tag=session.strategy_tag,
        reason_tag=session.reason_tag,
    )
    return ClientDoor(
        session.session_id,
        session.client_id,
        session.application_version,
        session.default_account,
        agreement,
        session.mass_cancel,
    )


def dictionary_of(config: SessionConfig, options: SessionOptions) -> Dictionary:
    """What a session's messages are judged by: a house's own dictionaries where it has them."""
    standard = session_dictionary(config.begin_string, config.default_appl_ver_id)
    if options.dictionary is None and options.transport_dictionary is None:
        return standard
    try:
        application = _own(options.dictionary)
        if config.begin_string != FIXT:
            return application or standard
        transport = _own(options.transport_dictionary) or load_dictionary(FIXT)
        return join_dictionaries(transport, application or load_dictionary(options.appl_version))
    except (LocalError, OSError) as error:
        raise Unstartable(f"the dictionary of {config.session_id} can't be used: {error}") from error


def _own(path: Path | None) -> Dictionary | None:
    return None if path is None else read_quickfix_xml(path)


def _venue_tls(tls: VenueTlsConfig) -> ssl.SSLContext:
    try:
        return connecting_context(tls.ca, tls.cert, tls.key)
    except (OSError, ssl.SSLError) as error:
        raise Unstartable(f"[venue_session.tls] ca, cert or key can't be used: {error}") from error

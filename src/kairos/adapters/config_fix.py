"""The FIX part of a configuration: clients' sessions, venues' sessions, and what they have in common.

A default stands here with its reason. Secrets are not part of it: a venue's password comes from the environment, of a
client's only a hash is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import Enum
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from kairos.adapters.credentials import PasswordHash
from kairos.adapters.fix_mapping.venue_details import USUALLY_PASSED
from kairos.adapters.fix_tls import Certificate
from kairos.fix.appl_versions import appl_ver_id_of
from kairos.fix.schedule import WEEK, SessionSchedule
from kairos.fix.session_config import SessionConfig, TimePrecision, session_id
from kairos.fix.validate import ValidationRules
from kairos.model.enums import NodeKind

Network = IPv4Network | IPv6Network

# Nobody outside this machine gets in until the file names them.
LOOPBACK: Final[tuple[Network, ...]] = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class ScheduleConfig:
    """The hours of a session. With start_day and end_day it is open from one to the other; else on each of `days`."""

    start: time
    end: time
    time_zone: str = "UTC"
    days: tuple[int, ...] = WEEK  # Monday is 0
    start_day: int | None = None
    end_day: int | None = None

    def schedule(self) -> SessionSchedule:
        return SessionSchedule(self.start, self.end, ZoneInfo(self.time_zone), self.start_day, self.end_day, self.days)

    def __str__(self) -> str:
        """`mon-fri 08:00-17:00 Asia/Taipei`."""
        start, end = (f"{moment:%H:%M}" for moment in (self.start, self.end))
        if self.start_day is not None and self.end_day is not None:
            return f"{DAYS[self.start_day]} {start} - {DAYS[self.end_day]} {end} {self.time_zone}"
        days = " ".join(DAYS[day] for day in self.days) if len(self.days) < len(WEEK) else "daily"
        return f"{days} {start}-{end} {self.time_zone}"


@dataclass(frozen=True, slots=True)
class SessionOptions:
    """What clients' and venues' sessions have in common, beside names and times."""

    appl_version: str = ""  # over FIXT.1.1: the version of the application messages
    sender_sub_id: str = ""
    sender_location_id: str = ""
    target_sub_id: str = ""
    target_location_id: str = ""
    time_precision: TimePrecision | None = None  # what the version prescribes
    send_next_expected: bool = False  # both sides must want it; a peer that does not know it refuses the field
    send_last_processed: bool = False  # the same
    resend_chunk: int = 0  # ask for all that is missing at once: we can take it, and most peers serve it best
    reset_on_logout: bool = False  # numbers go on through the day, so that nothing is lost in between
    reset_on_disconnect: bool = False
    dictionary: Path | None = None  # QuickFIX's XML layout; None: the standard one
    transport_dictionary: Path | None = None
    validation: tuple[tuple[str, bool], ...] = ()  # those of ValidationRules that are switched off
    schedule: ScheduleConfig | None = None  # open for ever

    @property
    def appl_ver_id(self) -> str:
        return appl_ver_id_of(self.appl_version) if self.appl_version else ""

    def rules(self) -> ValidationRules:
        return ValidationRules(**dict(self.validation))

    def protocol(
        self,
        begin_string: str,
        sender_comp_id: str,
        target_comp_id: str,
        *,
        heart_bt_int_s: int,
        reset_on_logon: bool,
        initiator: bool = False,
        check_latency: bool = True,
        max_latency_s: int = 120,
        username: str = "",
        password: str = "",
    ) -> SessionConfig:
        """All of it as the session itself takes it; `LocalError` where the version can't have it."""
        return SessionConfig(
            begin_string,
            sender_comp_id,
            target_comp_id,
            initiator=initiator,
            heart_bt_int_s=heart_bt_int_s,
            reset_on_logon=reset_on_logon,
            check_latency=check_latency,
            max_latency_s=max_latency_s,
            rules=self.rules(),
            username=username,
            password=password,
            default_appl_ver_id=self.appl_ver_id,
            time_precision=self.time_precision,
            sender_sub_id=self.sender_sub_id,
            sender_location_id=self.sender_location_id,
            target_sub_id=self.target_sub_id,
            target_location_id=self.target_location_id,
            send_last_processed=self.send_last_processed,
            send_next_expected=self.send_next_expected,
            resend_chunk=self.resend_chunk,
            reset_on_logout=self.reset_on_logout,
            reset_on_disconnect=self.reset_on_disconnect,
        )


@dataclass(frozen=True, slots=True)
class CancelOnDisconnect:
    """What becomes of a client's orders when its session is lost. Care orders always stay with their people."""

    grace_s: int = 0  # who asks for it wants it at once; a few seconds ride out a network's hiccup
    on_logout: bool = False  # a Logout is a client's own wish, and it had the time to cancel first
    outliving: bool = False  # GTC and GTD are meant to stand while nobody is there


class OnExcess(Enum):
    """What becomes of requests over the pace of a session."""

    DELAY = "delay"  # not read until they fit: TCP holds the sender back, and all behind them
    REFUSE = "refuse"  # refused at once by name, so that a cancel behind them is soon reached


@dataclass(frozen=True, slots=True)
class PaceConfig:
    """The pace of a client's new orders, lists, crosses and replaces. 0: not agreed."""

    max_messages_per_s: int = 0  # accounts have rates of their own; this one guards the house against a broken loop
    max_messages_burst: int = 0  # a second's worth
    on_excess: OnExcess = OnExcess.DELAY  # nothing that the client wanted is lost
    stale_after_ms: int = 0  # only the client knows when its orders are worth nothing any more


@dataclass(frozen=True, slots=True)
class DropCopyConfig:
    """Whose reports a drop copy session gets; with neither clients nor accounts named it gets all."""

    clients: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MarketDataAccess:
    """What a session may hear of the market: all that the house has, or the markets that it names."""

    mics: tuple[str, ...] = ()
    interval_ms: int = 250  # four times a second: what a person can follow

    def why_not(self, mic: str) -> str:
        """Why an instrument's data is not for this session; empty if it is."""
        return "" if not self.mics or mic in self.mics else f"market data of {mic} is not agreed for this session"


@dataclass(frozen=True, slots=True)
class FixSessionConfig:
    """A client's session, or one for drop copies or market data alone; the engine listens. `sender_comp_id` is ours."""

    begin_string: str
    sender_comp_id: str
    target_comp_id: str
    client_id: str
    default_account: str = ""  # for orders that name no Account(1)
    heart_bt_int_s: int = 30  # the usual one; the client's Logon decides
    reset_on_logon: bool = False  # numbers go on through the day, so that nothing is lost in between
    check_latency: bool = True
    max_latency_s: int = 120  # the accuracy of SendingTime(52) that the FIX session protocol suggests
    allow: tuple[Network, ...] = LOOPBACK
    custom_tags: tuple[int, ...] = ()  # fields of the agreement with the client: kept, reported, passed on
    allow_unknown_custom: bool = False  # nothing is dropped in silence: what was not agreed is refused by name
    strategy_tag: int = 0  # the field of the agreement in which an order names its strategy, kept as the others are
    reason_tag: int = 0  # the field of the agreement in which an order says why it may pass soft limits
    needs_locate: bool = False  # whether a short sale must say LocateReqd(114), as Regulation SHO has it in the US
    mass_cancel: NodeKind = NodeKind.CLIENT  # a mass cancel is for the session's own client, as FIX has it
    options: SessionOptions = SessionOptions()
    username: str = ""  # empty: any, the CompIDs say who it is
    password_hash: PasswordHash | None = None
    require_tls: bool = False  # by default nobody but this machine itself gets in
    client_cert: str = ""  # the only client certificate that may have the session: its common name or SHA-256
    cancel_on_disconnect: CancelOnDisconnect | None = None  # orders go on working, as FIX itself has it
    pace: PaceConfig = PaceConfig()
    drop_copy: DropCopyConfig | None = None  # a session that only listens, and has no client
    market_data: MarketDataAccess | None = None  # one that asks for market data alone, and has no client

    @property
    def session_id(self) -> str:
        return session_id(self.begin_string, self.sender_comp_id, self.target_comp_id)

    @property
    def application_version(self) -> str:
        """The version of its application messages: "FIX.4.4", "FIX.5.0SP2"."""
        return self.options.appl_version or self.begin_string

    def allows(self, address: str) -> bool:
        """Whether a peer may log on from this IP address."""
        peer = ip_address(address)
        if isinstance(peer, IPv6Address):
            peer = peer.ipv4_mapped or peer  # how a listener on both families names an IPv4 peer
        return any(peer in network for network in self.allow)

    def is_pinned_to(self, certificate: Certificate | None) -> bool:
        """Whether it is the certificate that `client_cert` names."""
        if certificate is None:
            return False
        return self.client_cert in (certificate.common_name, certificate.sha256)

    def protocol(self) -> SessionConfig:
        """The same for the session itself."""
        return self.options.protocol(
            self.begin_string,
            self.sender_comp_id,
            self.target_comp_id,
            heart_bt_int_s=self.heart_bt_int_s,
            reset_on_logon=self.reset_on_logon,
            check_latency=self.check_latency,
            max_latency_s=self.max_latency_s,
        )


@dataclass(frozen=True, slots=True)
class FixTlsConfig:
    """A second port for clients, where they speak TLS 1.2 or later."""

    cert: Path
    key: Path
    port: int = 9877  # beside the plain one
    client_ca: Path | None = None
    require_client_cert: bool = False
    only: bool = False  # no plain port


@dataclass(frozen=True, slots=True)
class FixConfig:
    """Where the engine listens for clients. 9878 is free by habit; 9880 and above are for simulated venues."""

    host: str = "127.0.0.1"
    port: int = 9878
    sessions: tuple[FixSessionConfig, ...] = ()
    tls: FixTlsConfig | None = None


@dataclass(frozen=True, slots=True)
class CompIds:
    """The names of a second session to the same venue."""

    sender_comp_id: str
    target_comp_id: str


@dataclass(frozen=True, slots=True)
class MarketDataConfig:
    """A venue's session for quotes and trades, and what is asked for over it."""

    ids: CompIds
    depth: int = 1  # levels a side; every venue has the best, 0 asks for all
    incremental: bool = False  # every venue has snapshots; only changes tell every print
    mark_interval_ms: int = 100  # ten marks a second are more than anybody reads, and each is a fact of the journal
    halts: bool = False  # ask how each instrument stands, too; not every venue answers SecurityStatusRequest(e)


@dataclass(frozen=True, slots=True)
class VenueDropCopyConfig:
    """A session over which a venue tells again what became of orders; often it has a port of its own."""

    ids: CompIds
    host: str
    port: int


@dataclass(frozen=True, slots=True)
class VenueTlsConfig:
    """A venue that is reached over TLS. Its certificate is always checked."""

    ca: Path | None = None  # the authorities that the system trusts
    cert: Path | None = None  # ours, where the venue asks for one
    key: Path | None = None
    server_name: str = ""  # as its certificate has it; empty: the host that we connect to


@dataclass(frozen=True, slots=True)
class VenueSessionConfig:
    """A session to a venue or broker; the engine connects. `sender_comp_id` is ours."""

    venue_id: str
    begin_string: str
    sender_comp_id: str
    target_comp_id: str
    host: str
    port: int
    heart_bt_int_s: int = 30
    reconnect_interval_s: int = 5  # soon enough for a restart next door, slow enough not to look like an attack
    reset_on_logon: bool = False
    username: str = ""
    password_env: str = ""  # the environment variable that holds Password(554)
    market_data: MarketDataConfig | None = None  # quotes have a session of their own, so that they never delay a fill
    drop_copy: VenueDropCopyConfig | None = None  # a venue may have none
    passes: tuple[str, ...] = USUALLY_PASSED  # what it is told of an order beside its terms
    custom_tags: tuple[tuple[int, int], ...] = ()  # a client's field, and the venue's tag for it
    executing_firm: str = ""  # our PartyID(448) there, where it asks for one
    options: SessionOptions = SessionOptions()
    tls: VenueTlsConfig | None = None

    @property
    def session_id(self) -> str:
        return session_id(self.begin_string, self.sender_comp_id, self.target_comp_id)

    @property
    def application_version(self) -> str:
        """The version of its application messages: "FIX.4.4", "FIX.5.0SP2"."""
        return self.options.appl_version or self.begin_string

    @property
    def market_data_session_id(self) -> str:
        """Empty when the venue has no market data session."""
        data = self.market_data
        return session_id(self.begin_string, data.ids.sender_comp_id, data.ids.target_comp_id) if data else ""

    @property
    def drop_copy_session_id(self) -> str:
        """Empty when the venue has no drop copy."""
        copy = self.drop_copy
        return session_id(self.begin_string, copy.ids.sender_comp_id, copy.ids.target_comp_id) if copy else ""

    def protocol(self, password: str = "") -> SessionConfig:
        """The order session's."""
        return self._protocol(CompIds(self.sender_comp_id, self.target_comp_id), self.reset_on_logon, password)

    def market_data_protocol(self, password: str = "") -> SessionConfig | None:
        """The market data session's; its numbers begin anew at each logon, since old quotes are of no use."""
        return self._protocol(self.market_data.ids, True, password) if self.market_data else None

    def drop_copy_protocol(self, password: str = "") -> SessionConfig | None:
        """The drop copy's; numbers go on as the order session's do, so that nothing is missed."""
        return self._protocol(self.drop_copy.ids, self.reset_on_logon, password) if self.drop_copy else None

    def _protocol(self, ids: CompIds, reset_on_logon: bool, password: str) -> SessionConfig:
        return self.options.protocol(
            self.begin_string,
            ids.sender_comp_id,
            ids.target_comp_id,
            initiator=True,
            heart_bt_int_s=self.heart_bt_int_s,
            reset_on_logon=reset_on_logon,
            username=self.username,
            password=password,
        )

"""The configuration of a house, as plain values; `config_file` reads it from `kairos.toml`.

A default stands here with its reason. Files and folders are absolute: relative ones are meant from the folder of the
configuration. Secrets are not part of it; it names the environment variables that hold them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Final, Literal

from kairos.adapters.reference_files import ReferenceFile
from kairos.fix.session_config import SessionConfig, session_id

Network = IPv4Network | IPv6Network

# Nobody outside this machine gets in until the file names them.
LOOPBACK: Final[tuple[Network, ...]] = (ip_network("127.0.0.0/8"), ip_network("::1/128"))


@dataclass(frozen=True, slots=True)
class TradingDay:
    """When the desk's day begins: DAY orders of the day before end, ClOrdIDs may be used again."""

    time_zone: str = "UTC"
    starts: time = time(0, 0)


@dataclass(frozen=True, slots=True)
class EngineConfig:
    name: str
    data_dir: Path
    trading_day: TradingDay = TradingDay()


@dataclass(frozen=True, slots=True)
class JournalConfig:
    file: Path
    # Below FULL a power loss takes the last batches with it, though clients were told of them.
    synchronous: Literal["FULL", "NORMAL"] = "FULL"


@dataclass(frozen=True, slots=True)
class FixSessionConfig:
    """A client's session; the engine listens. `sender_comp_id` is ours."""

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

    @property
    def session_id(self) -> str:
        return session_id(self.begin_string, self.sender_comp_id, self.target_comp_id)

    def allows(self, address: str) -> bool:
        """Whether a peer may log on from this IP address."""
        peer = ip_address(address)
        if isinstance(peer, IPv6Address):
            peer = peer.ipv4_mapped or peer  # how a listener on both families names an IPv4 peer
        return any(peer in network for network in self.allow)

    def protocol(self) -> SessionConfig:
        """The same for the session itself."""
        return SessionConfig(
            self.begin_string,
            self.sender_comp_id,
            self.target_comp_id,
            heart_bt_int_s=self.heart_bt_int_s,
            reset_on_logon=self.reset_on_logon,
            check_latency=self.check_latency,
            max_latency_s=self.max_latency_s,
        )


@dataclass(frozen=True, slots=True)
class FixConfig:
    """Where the engine listens for clients. 9878 is free by habit; 9880 and above are for simulated venues."""

    host: str = "127.0.0.1"
    port: int = 9878
    sessions: tuple[FixSessionConfig, ...] = ()


@dataclass(frozen=True, slots=True)
class CompIds:
    """The names of a second session to the same venue."""

    sender_comp_id: str
    target_comp_id: str


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
    market_data: CompIds | None = None  # quotes come over a session of their own, so that they never delay a fill

    @property
    def session_id(self) -> str:
        return session_id(self.begin_string, self.sender_comp_id, self.target_comp_id)

    @property
    def market_data_session_id(self) -> str:
        """Empty when the venue has no market data session."""
        ids = self.market_data
        return session_id(self.begin_string, ids.sender_comp_id, ids.target_comp_id) if ids else ""

    def protocol(self, password: str = "") -> SessionConfig:
        """The order session's."""
        return self._protocol(CompIds(self.sender_comp_id, self.target_comp_id), self.reset_on_logon, password)

    def market_data_protocol(self, password: str = "") -> SessionConfig | None:
        """The market data session's; its numbers begin anew at each logon, since old quotes are of no use."""
        return self._protocol(self.market_data, True, password) if self.market_data else None

    def _protocol(self, ids: CompIds, reset_on_logon: bool, password: str) -> SessionConfig:
        return SessionConfig(
            self.begin_string,
            ids.sender_comp_id,
            ids.target_comp_id,
            initiator=True,
            heart_bt_int_s=self.heart_bt_int_s,
            reset_on_logon=reset_on_logon,
            username=self.username,
            password=password,
        )


@dataclass(frozen=True, slots=True)
class LinkConfig:
    socket: Path


@dataclass(frozen=True, slots=True)
class HttpConfig:
    """Metrics and health. They tell of orders and clients, so nobody outside this machine sees them by default."""

    enabled: bool = True
    host: str = "127.0.0.1"
    port: int = 9464  # the port that OpenTelemetry gives to Prometheus exporters


@dataclass(frozen=True, slots=True)
class LogConfig:
    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["json", "console"] = "json"
    file: Path | None = None  # None: standard error
    rotate_mb: int = 64  # some days of a busy desk; 0 leaves rotation to logrotate, which the writer then notices
    keep: int = 5


@dataclass(frozen=True, slots=True)
class FaultsConfig:
    """How often a simulated venue misbehaves, in shares of a thousand; see `kairos.venue.faults`."""

    reject: int = 0
    lose: int = 0
    silent: int = 0
    late_ack: int = 0
    fill_before_ack: int = 0
    late_fill: int = 0
    duplicate: int = 0
    bust: int = 0
    delay_ms: int = 500
    bust_after_ms: int = 5000


@dataclass(frozen=True, slots=True)
class TapeConfig:
    """What a simulated exchange plays for an instrument: a tape file, or without one the shipped tape."""

    instrument_id: str
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class SimulatorConfig:
    """A simulated exchange as a process of its own, on the other end of the venue session of `venue_id`."""

    venue_id: str
    host: str
    port: int
    tapes: tuple[TapeConfig, ...]
    enabled: bool = True
    speed: float | None = 1.0  # market seconds a second; None: as fast as it can
    market_minutes: int | None = None  # how long it plays; None: to the tapes' end
    start_before_open_s: int | None = None  # market seconds; None: it starts with the first event of the tapes
    seed: int = 1
    faults: FaultsConfig = FaultsConfig()


@dataclass(frozen=True, slots=True)
class Config:
    """All of `kairos.toml`."""

    file: Path
    engine: EngineConfig
    journal: JournalConfig
    link: LinkConfig
    fix: FixConfig = FixConfig()
    venue_sessions: tuple[VenueSessionConfig, ...] = ()
    http: HttpConfig = HttpConfig()
    log: LogConfig = LogConfig()
    reference: tuple[ReferenceFile, ...] = ()
    simulator: SimulatorConfig | None = None

"""The configuration of a house, as plain values; `config_file` reads it from `kairos.toml`.

A default stands here with its reason. Files and folders are absolute: relative ones are meant from the folder of the
configuration. Secrets are not part of it; it names the environment variables that hold them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Final, Literal

from kairos.adapters.config_fix import FixConfig, VenueSessionConfig
from kairos.adapters.config_trading_rules import TradingRulesConfig
from kairos.adapters.reference_files import ReferenceFile

# A restart folds up to so many events behind the newest snapshot: two seconds compiled, some fifteen interpreted. Half
# as many would halve that, and write a snapshot of a large desk twice as often.
SNAPSHOT_EVERY: Final = 1_000_000


# `kairos journal archive` leaves so many days in the live file: what people look back at, and what a counterparty that
# was away over a weekend may ask for again, without an archive file being opened.
KEEP_DAYS: Final = 7


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
    # Where the keeper puts snapshots of the desk, and after how many more events; 0 makes none.
    snapshots: Path = Path("snapshots")
    snapshot_every: int = SNAPSHOT_EVERY
    keep_days: int = KEEP_DAYS


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
    fill_after_cancel: int = 0
    duplicate: int = 0
    bust: int = 0
    slow: int = 0
    dead: int = 0
    disconnect: int = 0
    logout: int = 0
    delay_ms: int = 500
    bust_after_ms: int = 5000
    slow_ms: int = 200
    dead_ms: int = 10_000


@dataclass(frozen=True, slots=True)
class ImpactConfig:
    """What clients take pushes a simulated exchange's price: `ticks` for all that is shown, half gone after a time."""

    ticks: int
    half_life_ms: int


@dataclass(frozen=True, slots=True)
class TapeConfig:
    """What a simulated exchange plays for an instrument: a tape file, or without one the shipped tape; among
    `SimulatorConfig.instruments`, nothing. With a market's profile, its class of instruments there and the price that
    its limits are reckoned from, scaled."""

    instrument_id: str
    file: Path | None = None
    instrument_class: str = "stock"
    reference_px: int = 0  # 0: not known, so no price limits


@dataclass(frozen=True, slots=True)
class SimulatorConfig:
    """A simulated exchange as a process of its own, on the other end of the venue session of `venue_id`."""

    venue_id: str
    host: str
    port: int
    tapes: tuple[TapeConfig, ...]
    instruments: tuple[TapeConfig, ...] = ()  # without a tape: clients trade them among themselves
    clients: tuple[str, ...] = ()  # CompIDs of clients beside the venue session's own
    trade_date: date | None = None  # the day of instruments without a tape; None: today, or the session before
    enabled: bool = True
    market: str = ""  # the MIC whose profile holds: day, ticks, lots, limits, kinds of order; empty: a plain day
    prevents_self_match: bool = False  # orders of one client never trade with each other
    cancels: str = "behind"  # whom the tape's cancels let move up, where it doesn't say who canceled; or "pro_rata"
    late_print_ms: int = 1000  # so long a print may follow the quote that it caused
    impact: ImpactConfig | None = None
    clients_auctions: bool = False  # clients' orders price the auctions, though the tape may print its own
    speed: float | None = 1.0  # market seconds a second; None: as fast as it can
    market_minutes: int | None = None  # how long it plays; None: to the tapes' end
    start_before_open_s: int | None = None  # market seconds; None: it starts with the first event of the tapes
    seed: int = 1
    faults: FaultsConfig = FaultsConfig()


@dataclass(frozen=True, slots=True)
class RiskConfig:
    """The file of rules that act by themselves, applied at every start; None leaves what stands."""

    rules: Path | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """All of `kairos.toml`."""

    file: Path
    engine: EngineConfig
    journal: JournalConfig
    link: LinkConfig
    fix: FixConfig = field(default_factory=FixConfig)
    venue_sessions: tuple[VenueSessionConfig, ...] = ()
    http: HttpConfig = HttpConfig()
    log: LogConfig = LogConfig()
    reference: tuple[ReferenceFile, ...] = ()
    simulator: SimulatorConfig | None = None
    trading_rules: TradingRulesConfig = field(default_factory=TradingRulesConfig)
    risk: RiskConfig = RiskConfig()

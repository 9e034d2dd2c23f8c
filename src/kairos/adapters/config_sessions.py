"""Reads the parts of `kairos.toml` that speak FIX: clients' sessions, venues' sessions, the simulated exchange."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kairos.adapters.config import (
    CompIds,
    FaultsConfig,
    FixSessionConfig,
    SimulatorConfig,
    TapeConfig,
    VenueSessionConfig,
)
from kairos.adapters.config_values import a_host, a_network, a_path_from, a_speed
from kairos.adapters.file_errors import did_you_mean
from kairos.adapters.file_rows import Row
from kairos.adapters.file_values import a_count, a_flag, a_text, an_id, one_of
from kairos.fix.session_config import MAX_HEART_BT_INT_S, SUPPORTED_BEGIN_STRINGS
from kairos.market.shipped import shipped_tapes

A_BEGIN_STRING: Final = one_of(*sorted(SUPPORTED_BEGIN_STRINGS))
A_HEART_BT_INT: Final = a_count(0, MAX_HEART_BT_INT_S)
A_PORT: Final = a_count(1, 65_535)
A_SHARE: Final = a_count(0, 1_000)
A_DELAY_MS: Final = a_count(0, 3_600_000)  # an hour; a longer one is no delay but a loss
MAX_LATENCY_S: Final = 86_400
MAX_RECONNECT_S: Final = 3_600
MAX_SEED: Final = 2**64 - 1
MAX_MARKET_MINUTES: Final = 1440  # a day
MAX_PRE_OPEN_S: Final = 86_400


def read_fix_session(row: Row) -> FixSessionConfig:
    """A client's session."""
    default = FixSessionConfig("FIX.4.4", "", "", "")
    config = FixSessionConfig(
        begin_string=row.need("begin_string", A_BEGIN_STRING, default.begin_string),
        sender_comp_id=row.need("sender_comp_id", an_id, ""),
        target_comp_id=row.need("target_comp_id", an_id, ""),
        client_id=row.need("client_id", an_id, ""),
        default_account=row.get("default_account", an_id, default.default_account),
        heart_bt_int_s=row.get("heart_bt_int_s", A_HEART_BT_INT, default.heart_bt_int_s),
        reset_on_logon=row.get("reset_on_logon", a_flag, default.reset_on_logon),
        check_latency=row.get("check_latency", a_flag, default.check_latency),
        max_latency_s=row.get("max_latency_s", a_count(1, MAX_LATENCY_S), default.max_latency_s),
        allow=row.texts("allow", a_network, default.allow),
    )
    row.finish()
    return config


def read_venue_session(row: Row) -> VenueSessionConfig:
    """A session to a venue, and that of its market data where it has one."""
    default = VenueSessionConfig("", "FIX.4.4", "", "", "127.0.0.1", 1)
    config = VenueSessionConfig(
        venue_id=row.need("venue_id", an_id, ""),
        begin_string=row.need("begin_string", A_BEGIN_STRING, default.begin_string),
        sender_comp_id=row.need("sender_comp_id", an_id, ""),
        target_comp_id=row.need("target_comp_id", an_id, ""),
        host=row.need("host", a_host, default.host),
        port=row.need("port", A_PORT, default.port),
        heart_bt_int_s=row.get("heart_bt_int_s", A_HEART_BT_INT, default.heart_bt_int_s),
        reconnect_interval_s=row.get("reconnect_interval_s", a_count(1, MAX_RECONNECT_S), default.reconnect_interval_s),
        reset_on_logon=row.get("reset_on_logon", a_flag, default.reset_on_logon),
        username=row.get("username", a_text, default.username),
        password_env=row.get("password_env", an_id, default.password_env),
        market_data=_market_data(row.table("market_data")) if "market_data" in row else None,
    )
    row.finish()
    return config


def _market_data(row: Row) -> CompIds:
    ids = CompIds(row.need("sender_comp_id", an_id, ""), row.need("target_comp_id", an_id, ""))
    row.finish()
    return ids


def read_simulator(row: Row, venues: Sequence[VenueSessionConfig], folder: Path) -> SimulatorConfig:
    """The simulated exchange; it listens where the engine connects to, unless the file says otherwise."""
    venue_id = row.need("venue_id", an_id, "")
    venue = next((venue for venue in venues if venue.venue_id == venue_id), None)
    if venue is None and venue_id:
        known = [venue.venue_id for venue in venues]
        remedy = did_you_mean(venue_id, known) if known else "add one for it"
        row.problem("venue_id", f"{venue_id!r} has no [[venue_session]]; {remedy}")
    tapes = tuple(_tape(tape, folder) for tape in row.tables("tapes", shorthand="instrument_id"))
    if not tapes:
        row.problem("tapes", "names no tape; the shipped ones are " + ", ".join(sorted(_shipped())))
    default = SimulatorConfig(venue_id, venue.host if venue else "127.0.0.1", venue.port if venue else 1, tapes)
    config = SimulatorConfig(
        venue_id=venue_id,
        host=row.get("host", a_host, default.host),
        port=row.get("port", A_PORT, default.port),
        tapes=tapes,
        enabled=row.get("enabled", a_flag, default.enabled),
        speed=row.get("speed", a_speed, default.speed),
        market_minutes=row.get("market_minutes", a_count(1, MAX_MARKET_MINUTES), default.market_minutes),
        start_before_open_s=row.get("start_before_open_s", a_count(0, MAX_PRE_OPEN_S), default.start_before_open_s),
        seed=row.get("seed", a_count(0, MAX_SEED), default.seed),
        faults=_faults(row.table("faults")),
    )
    row.finish()
    return config


def _tape(row: Row, folder: Path) -> TapeConfig:
    tape = TapeConfig(row.need("instrument_id", an_id, ""), row.get("file", a_path_from(folder), None))
    if tape.file is None and tape.instrument_id and tape.instrument_id not in _shipped():
        remedy = did_you_mean(tape.instrument_id, _shipped())
        row.problem("instrument_id", f"{tape.instrument_id!r} is no shipped tape, so it needs a file; {remedy}")
    row.finish()
    return tape


def _shipped() -> list[str]:
    return [tape.instrument for tape in shipped_tapes()]


def _faults(row: Row) -> FaultsConfig:
    default = FaultsConfig()
    config = FaultsConfig(
        reject=row.get("reject", A_SHARE, default.reject),
        lose=row.get("lose", A_SHARE, default.lose),
        silent=row.get("silent", A_SHARE, default.silent),
        late_ack=row.get("late_ack", A_SHARE, default.late_ack),
        fill_before_ack=row.get("fill_before_ack", A_SHARE, default.fill_before_ack),
        late_fill=row.get("late_fill", A_SHARE, default.late_fill),
        duplicate=row.get("duplicate", A_SHARE, default.duplicate),
        bust=row.get("bust", A_SHARE, default.bust),
        delay_ms=row.get("delay_ms", A_DELAY_MS, default.delay_ms),
        bust_after_ms=row.get("bust_after_ms", A_DELAY_MS, default.bust_after_ms),
    )
    row.finish()
    return config

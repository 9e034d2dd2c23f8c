"""Reads the parts of `kairos.toml` that speak FIX: clients' sessions, venues' sessions, the simulated exchange."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kairos.adapters.config import FaultsConfig, ImpactConfig, SimulatorConfig, TapeConfig
from kairos.adapters.config_fix import (
    CancelOnDisconnect,
    CompIds,
    DropCopyConfig,
    FixSessionConfig,
    FixTlsConfig,
    MarketDataAccess,
    MarketDataConfig,
    OnExcess,
    PaceConfig,
    VenueDropCopyConfig,
    VenueSessionConfig,
    VenueTlsConfig,
)
from kairos.adapters.config_options import check_protocol, read_options
from kairos.adapters.config_values import (
    a_custom_pair,
    a_custom_tag,
    a_date,
    a_file_from,
    a_host,
    a_network,
    a_passable,
    a_path_from,
    a_speed,
)
from kairos.adapters.credentials import PasswordHash, parse_hash
from kairos.adapters.file_errors import did_you_mean
from kairos.adapters.file_rows import Row
from kairos.adapters.file_values import a_code, a_count, a_flag, a_price, a_text, an_id, one_of
from kairos.fix.session_config import MAX_HEART_BT_INT_S
from kairos.fix.versions import BEGIN_STRINGS
from kairos.market.codes import parse_mic
from kairos.market.shipped import shipped_tapes
from kairos.model.enums import NodeKind

A_BEGIN_STRING: Final = one_of(*BEGIN_STRINGS)
A_HEART_BT_INT: Final = a_count(0, MAX_HEART_BT_INT_S)
A_PORT: Final = a_count(1, 65_535)
A_SHARE: Final = a_count(0, 1_000)
A_CANCEL_RULE: Final = one_of("behind", "pro_rata")
A_DELAY_MS: Final = a_count(0, 3_600_000)  # an hour; a longer one is no delay but a loss
FINGERPRINT: Final = re.compile("[0-9a-f]{64}")  # SHA-256 in hex
MAX_GRACE_S: Final = 3_600
MAX_DEPTH: Final = 1_000  # price levels a side: more than any screen or algorithm looks at
MAX_INTERVAL_MS: Final = 60_000  # a minute; slower market data is none
MAX_LATENCY_S: Final = 86_400
MAX_PACE: Final = 1_000_000  # ten times what one engine takes: a larger one bounds nothing
MAX_RECONNECT_S: Final = 3_600
MAX_STALE_MS: Final = 86_400_000  # a day
MAX_IMPACT_TICKS: Final = 1_000  # for taking once what is shown: far beyond any measured impact
MAX_HALF_LIFE_MS: Final = 86_400_000  # a day
MAX_SEED: Final = 2**64 - 1
MAX_MARKET_MINUTES: Final = 1440  # a day
MAX_PRE_OPEN_S: Final = 86_400


def read_fix_session(row: Row, folder: Path) -> FixSessionConfig:
    """A client's session."""
    default = FixSessionConfig("FIX.4.4", "", "", "")
    begin_string = row.need("begin_string", A_BEGIN_STRING, default.begin_string)
    config = FixSessionConfig(
        begin_string=begin_string,
        sender_comp_id=row.need("sender_comp_id", an_id, ""),
        target_comp_id=row.need("target_comp_id", an_id, ""),
        client_id="" if "drop_copy" in row or "market_data" in row else row.need("client_id", an_id, ""),
        default_account=row.get("default_account", an_id, default.default_account),
        heart_bt_int_s=row.get("heart_bt_int_s", A_HEART_BT_INT, default.heart_bt_int_s),
        reset_on_logon=row.get("reset_on_logon", a_flag, default.reset_on_logon),
        check_latency=row.get("check_latency", a_flag, default.check_latency),
        max_latency_s=row.get("max_latency_s", a_count(1, MAX_LATENCY_S), default.max_latency_s),
        allow=row.texts("allow", a_network, default.allow),
        custom_tags=row.texts("custom_tags", a_custom_tag, default.custom_tags),
        allow_unknown_custom=row.get("allow_unknown_custom", a_flag, default.allow_unknown_custom),
        strategy_tag=row.get("strategy_tag", a_custom_tag, default.strategy_tag),
        reason_tag=row.get("reason_tag", a_custom_tag, default.reason_tag),
        needs_locate=row.get("needs_locate", a_flag, default.needs_locate),
        mass_cancel=row.get("mass_cancel", a_mass_cancel, default.mass_cancel),
        options=read_options(row, begin_string, folder),
        username=row.get("username", a_text, default.username),
        password_hash=row.get("password_hash", a_password_hash, default.password_hash),
        require_tls=row.get("require_tls", a_flag, default.require_tls),
        client_cert=row.get("client_cert", a_certificate, default.client_cert),
        cancel_on_disconnect=_cancel_on_disconnect(row),
        pace=_pace(row),
        drop_copy=_drop_copy(row.table("drop_copy")) if "drop_copy" in row else None,
        market_data=_market_data_access(row.table("market_data")) if "market_data" in row else None,
    )
    row.finish()
    if config.drop_copy is not None and config.market_data is not None:
        row.problem("market_data", "and drop_copy are sessions of their own; leave one away")
    if config.username and config.password_hash is None:
        row.problem("username", "is checked with a password only; add password_hash")
    if config.sender_comp_id and config.target_comp_id:
        check_protocol(row, config.protocol)
    return config


def _drop_copy(row: Row) -> DropCopyConfig:
    config = DropCopyConfig(row.texts("clients", an_id, ()), row.texts("accounts", an_id, ()))
    row.finish()
    return config


def _market_data_access(row: Row) -> MarketDataAccess:
    default = MarketDataAccess()
    config = MarketDataAccess(
        row.texts("mics", a_code(parse_mic), default.mics),
        row.get("interval_ms", a_count(0, MAX_INTERVAL_MS), default.interval_ms),
    )
    row.finish()
    return config


def a_mass_cancel(raw: object) -> NodeKind:
    """For how much a session may cancel at once."""
    return NodeKind[one_of("account", "client", "firm")(raw).upper()]


def a_password_hash(raw: object) -> PasswordHash:
    """What `kairos fix hash-password` printed; an error does not repeat it."""
    if not isinstance(raw, str):
        raise ValueError("is not a text; put what `kairos fix hash-password` printed in quotes")
    return parse_hash(raw)


def a_certificate(raw: object) -> str:
    """A common name, or a SHA-256 fingerprint with or without colons."""
    text = a_text(raw)
    digits = text.replace(":", "").lower()
    return digits if FINGERPRINT.fullmatch(digits) else text


def _cancel_on_disconnect(row: Row) -> CancelOnDisconnect | None:
    """true for the usual terms, or a table of them."""
    default = CancelOnDisconnect()
    if row.is_flag("cancel_on_disconnect"):
        return default if row.get("cancel_on_disconnect", a_flag, False) else None
    if "cancel_on_disconnect" not in row:
        row.table("cancel_on_disconnect")
        return None
    terms = row.table("cancel_on_disconnect")
    agreed = CancelOnDisconnect(
        grace_s=terms.get("grace_s", a_count(0, MAX_GRACE_S), default.grace_s),
        on_logout=terms.get("on_logout", a_flag, default.on_logout),
        outliving=terms.get("outliving", a_flag, default.outliving),
    )
    terms.finish()
    return agreed


def _pace(row: Row) -> PaceConfig:
    default = PaceConfig()
    pace = PaceConfig(
        max_messages_per_s=row.get("max_messages_per_s", a_count(0, MAX_PACE), default.max_messages_per_s),
        max_messages_burst=row.get("max_messages_burst", a_count(0, MAX_PACE), default.max_messages_burst),
        on_excess=row.get("on_excess", an_excess_rule, default.on_excess),
        stale_after_ms=row.get("stale_after_ms", a_count(0, MAX_STALE_MS), default.stale_after_ms),
    )
    kept = (("max_messages_burst", pace.max_messages_burst > 0), ("on_excess", pace.on_excess is not default.on_excess))
    for name, said in kept:
        if said and not pace.max_messages_per_s:
            row.problem(name, "says how to keep a pace; add max_messages_per_s")
    return pace


def an_excess_rule(raw: object) -> OnExcess:
    """ "delay" or "refuse"."""
    return OnExcess(one_of(*(rule.value for rule in OnExcess))(raw))


def read_fix_tls(row: Row, folder: Path) -> FixTlsConfig:
    """The second port for clients."""
    path, nowhere = a_file_from(folder), folder
    default = FixTlsConfig(nowhere, nowhere)
    config = FixTlsConfig(
        cert=row.need("cert", path, nowhere),
        key=row.need("key", path, nowhere),
        port=row.get("port", a_count(0, 65_535), default.port),
        client_ca=row.get("client_ca", path, default.client_ca),
        require_client_cert=row.get("require_client_cert", a_flag, default.require_client_cert),
        only=row.get("only", a_flag, default.only),
    )
    row.finish()
    if config.require_client_cert and config.client_ca is None:
        row.problem("require_client_cert", "needs client_ca, the authority that signed the clients' certificates")
    return config


def read_venue_session(row: Row, folder: Path) -> VenueSessionConfig:
    """A session to a venue, and that of its market data where it has one."""
    default = VenueSessionConfig("", "FIX.4.4", "", "", "127.0.0.1", 1)
    begin_string = row.need("begin_string", A_BEGIN_STRING, default.begin_string)
    host = row.need("host", a_host, default.host)
    port = row.need("port", A_PORT, default.port)
    config = VenueSessionConfig(
        venue_id=row.need("venue_id", an_id, ""),
        begin_string=begin_string,
        sender_comp_id=row.need("sender_comp_id", an_id, ""),
        target_comp_id=row.need("target_comp_id", an_id, ""),
        host=host,
        port=port,
        heart_bt_int_s=row.get("heart_bt_int_s", A_HEART_BT_INT, default.heart_bt_int_s),
        reconnect_interval_s=row.get("reconnect_interval_s", a_count(1, MAX_RECONNECT_S), default.reconnect_interval_s),
        reset_on_logon=row.get("reset_on_logon", a_flag, default.reset_on_logon),
        username=row.get("username", a_text, default.username),
        password_env=row.get("password_env", an_id, default.password_env),
        market_data=_market_data(row.table("market_data")) if "market_data" in row else None,
        drop_copy=_venue_drop_copy(row.table("drop_copy"), host, port) if "drop_copy" in row else None,
        passes=row.texts("pass", a_passable, default.passes),
        custom_tags=row.texts("custom_tags", a_custom_pair, default.custom_tags),
        executing_firm=row.get("executing_firm", a_text, default.executing_firm),
        options=read_options(row, begin_string, folder),
        tls=_venue_tls(row.table("tls"), folder) if "tls" in row else None,
    )
    row.finish()
    if config.sender_comp_id and config.target_comp_id:
        check_protocol(row, config.protocol)
    return config


def _venue_tls(row: Row, folder: Path) -> VenueTlsConfig:
    path, default = a_file_from(folder), VenueTlsConfig()
    config = VenueTlsConfig(
        ca=row.get("ca", path, default.ca),
        cert=row.get("cert", path, default.cert),
        key=row.get("key", path, default.key),
        server_name=row.get("server_name", a_host, default.server_name),
    )
    row.finish()
    if (config.cert is None) != (config.key is None):
        row.problem("cert", "and key go together: our certificate, and the key that it is for")
    return config


def _market_data(row: Row) -> MarketDataConfig:
    ids = CompIds(row.need("sender_comp_id", an_id, ""), row.need("target_comp_id", an_id, ""))
    default = MarketDataConfig(ids)
    config = MarketDataConfig(
        ids,
        row.get("depth", a_count(0, MAX_DEPTH), default.depth),
        row.get("incremental", a_flag, default.incremental),
        row.get("mark_interval_ms", a_count(0, MAX_INTERVAL_MS), default.mark_interval_ms),
        row.get("halts", a_flag, default.halts),
    )
    row.finish()
    return config


def _venue_drop_copy(row: Row, host: str, port: int) -> VenueDropCopyConfig:
    """Where the order session leads, unless it says otherwise."""
    ids = CompIds(row.need("sender_comp_id", an_id, ""), row.need("target_comp_id", an_id, ""))
    config = VenueDropCopyConfig(ids, row.get("host", a_host, host), row.get("port", A_PORT, port))
    row.finish()
    return config


def read_simulator(row: Row, venues: Sequence[VenueSessionConfig], folder: Path) -> SimulatorConfig:
    """The simulated exchange; it listens where the engine connects to, unless the file says otherwise."""
    venue_id = row.need("venue_id", an_id, "")
    venue = next((venue for venue in venues if venue.venue_id == venue_id), None)
    if venue is None and venue_id:
        known = [venue.venue_id for venue in venues]
        remedy = did_you_mean(venue_id, known) if known else "add one for it"
        row.problem("venue_id", f"{venue_id!r} has no [[venue_session]]; {remedy}")
    tapes = tuple(_tape(tape, folder) for tape in row.tables("tapes", shorthand="instrument_id"))
    instruments = tuple(_instrument(one) for one in row.tables("instruments", shorthand="instrument_id"))
    if not tapes and not instruments:
        row.problem("tapes", "names no tape; the shipped ones are " + ", ".join(sorted(_shipped())))
    default = SimulatorConfig(venue_id, venue.host if venue else "127.0.0.1", venue.port if venue else 1, tapes)
    config = SimulatorConfig(
        venue_id=venue_id,
        host=row.get("host", a_host, default.host),
        port=row.get("port", A_PORT, default.port),
        tapes=tapes,
        instruments=instruments,
        clients=row.texts("clients", an_id, default.clients),
        trade_date=row.get("trade_date", a_date, default.trade_date),
        enabled=row.get("enabled", a_flag, default.enabled),
        market=row.get("market", an_id, default.market),
        prevents_self_match=row.get("prevents_self_match", a_flag, default.prevents_self_match),
        cancels=row.get("cancels", A_CANCEL_RULE, default.cancels),
        late_print_ms=row.get("late_print_ms", A_DELAY_MS, default.late_print_ms),
        impact=_impact(row.table("impact")) if "impact" in row else None,
        clients_auctions=row.get("clients_auctions", a_flag, default.clients_auctions),
        speed=row.get("speed", a_speed, default.speed),
        market_minutes=row.get("market_minutes", a_count(1, MAX_MARKET_MINUTES), default.market_minutes),
        start_before_open_s=row.get("start_before_open_s", a_count(0, MAX_PRE_OPEN_S), default.start_before_open_s),
        seed=row.get("seed", a_count(0, MAX_SEED), default.seed),
        faults=_faults(row.table("faults")),
    )
    row.finish()
    return config


def _impact(row: Row) -> ImpactConfig:
    impact = ImpactConfig(
        row.need("ticks", a_count(1, MAX_IMPACT_TICKS), 1), row.need("half_life_ms", a_count(1, MAX_HALF_LIFE_MS), 1)
    )
    row.finish()
    return impact


def _tape(row: Row, folder: Path) -> TapeConfig:
    tape = TapeConfig(
        row.need("instrument_id", an_id, ""),
        row.get("file", a_path_from(folder), None),
        row.get("class", an_id, TapeConfig("").instrument_class),
        row.get("reference_px", a_price, 0),
    )
    if tape.file is None and tape.instrument_id and tape.instrument_id not in _shipped():
        remedy = did_you_mean(tape.instrument_id, _shipped())
        row.problem("instrument_id", f"{tape.instrument_id!r} is no shipped tape, so it needs a file; {remedy}")
    row.finish()
    return tape


def _instrument(row: Row) -> TapeConfig:
    """`2330.XTAI@1085`, or the same as a table."""
    name, _at, px = row.need("instrument_id", an_id, "").partition("@")
    instrument_class = row.get("class", an_id, TapeConfig("").instrument_class)
    reference_px = row.get("reference_px", a_price, 0)
    try:
        reference_px = a_price(px) if px else reference_px
    except ValueError as error:
        row.problem("instrument_id", f"after @ is no price: {error}")
    row.finish()
    return TapeConfig(name, None, instrument_class, reference_px)


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
        fill_after_cancel=row.get("fill_after_cancel", A_SHARE, default.fill_after_cancel),
        duplicate=row.get("duplicate", A_SHARE, default.duplicate),
        bust=row.get("bust", A_SHARE, default.bust),
        slow=row.get("slow", A_SHARE, default.slow),
        dead=row.get("dead", A_SHARE, default.dead),
        disconnect=row.get("disconnect", A_SHARE, default.disconnect),
        logout=row.get("logout", A_SHARE, default.logout),
        delay_ms=row.get("delay_ms", A_DELAY_MS, default.delay_ms),
        bust_after_ms=row.get("bust_after_ms", A_DELAY_MS, default.bust_after_ms),
        slow_ms=row.get("slow_ms", A_DELAY_MS, default.slow_ms),
        dead_ms=row.get("dead_ms", A_DELAY_MS, default.dead_ms),
    )
    row.finish()
    return config

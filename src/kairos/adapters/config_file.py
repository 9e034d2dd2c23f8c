"""Reads `kairos.toml` into a `Config`; every error names file, line, field, the bad value and what is allowed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final, cast

from kairos.adapters.config import (
    KEEP_DAYS,
    SNAPSHOT_EVERY,
    Config,
    EngineConfig,
    HttpConfig,
    JournalConfig,
    LinkConfig,
    LogConfig,
    RiskConfig,
    TradingDay,
)
from kairos.adapters.config_fix import FixConfig
from kairos.adapters.config_sessions import read_fix_session, read_fix_tls, read_simulator, read_venue_session
from kairos.adapters.config_trading_rules import read_trading_rules
from kairos.adapters.config_values import a_host, a_path_from, a_time_of_day, a_time_zone
from kairos.adapters.file_errors import Problems, did_you_mean
from kairos.adapters.file_rows import Row
from kairos.adapters.file_values import a_count, a_flag, a_member, an_id, one_of
from kairos.adapters.reference_entry import Kind
from kairos.adapters.reference_files import ReferenceFile
from kairos.adapters.toml_file import read_toml
from kairos.model.commands import Command, DefineAccount, DefineClient, DefineVenue

A_PORT: Final = a_count(0, 65_535)  # 0 lets the system choose one, which suits tests
MAX_SOCKET_PATH: Final = 107  # bytes; sun_path of Linux's unix(7) holds 108 with its final zero
MAX_ROTATE_MB: Final = 100_000
MAX_KEPT: Final = 1_000
MAX_KEEP_DAYS: Final = 36_500
MAX_SNAPSHOT_EVERY: Final = 1_000_000_000  # a restart would take half an hour


def load_config(path: Path) -> Config:
    """The configuration, or `FileErrors`. Relative paths in it start at the file's own folder."""
    problems = Problems()
    top = read_toml(path, problems)
    config = None if top is None else _read(path.absolute(), top)
    problems.raise_if_any()
    return cast(Config, config)  # a file without a top table was a problem


def check_against_reference(config: Config, commands: Iterable[Command]) -> None:
    """Refuse sessions for clients, accounts and venues that the reference data does not know, with `FileErrors`."""
    problems = Problems()
    clients: list[str] = []
    accounts: dict[str, str] = {}
    venues: list[str] = []
    for command in commands:
        if isinstance(command, DefineClient):
            clients.append(command.client_id)
        elif isinstance(command, DefineAccount):
            accounts[command.account_id] = command.client_id
        elif isinstance(command, DefineVenue):
            venues.append(command.venue_id)
    file = str(config.file)
    for session in config.fix.sessions:
        place = f"[[fix.session]] {session.target_comp_id}"
        if session.drop_copy is not None:
            for client in session.drop_copy.clients:
                _refuse_stranger(problems, file, place, "drop_copy.clients", client, clients)
            for account in session.drop_copy.accounts:
                _refuse_stranger(problems, file, place, "drop_copy.accounts", account, list(accounts))
        elif session.market_data is None:
            _refuse_stranger(problems, file, place, "client_id", session.client_id, clients)
        if session.default_account:
            own = [account for account, client in accounts.items() if client == session.client_id]
            _refuse_stranger(problems, file, place, "default_account", session.default_account, own)
    for venue in config.venue_sessions:
        place = f"[[venue_session]] {venue.target_comp_id}"
        _refuse_stranger(problems, file, place, "venue_id", venue.venue_id, venues)
    problems.raise_if_any()


def _refuse_stranger(problems: Problems, file: str, place: str, field: str, name: str, known: list[str]) -> None:
    if name not in known:
        remedy = did_you_mean(name, known) if known else "the reference data has none; add it there"
        problems.add(file, place, field, f"{name!r} is not in the reference data; {remedy}")


def _read(path: Path, top: Row) -> Config:
    engine = _engine(top.table("engine"), path.parent)
    venue_sessions = tuple(read_venue_session(row, path.parent) for row in top.tables("venue_session"))
    config = Config(
        file=path,
        engine=engine,
        journal=_journal(top.table("journal"), engine.data_dir),
        link=_link(top.table("link"), engine.data_dir),
        fix=_fix(top.table("fix"), path.parent),
        venue_sessions=venue_sessions,
        http=_http(top.table("http")),
        log=_log(top.table("log"), path.parent),
        reference=_reference(top.table("reference"), path.parent),
        simulator=read_simulator(top.table("simulator"), venue_sessions, path.parent) if "simulator" in top else None,
        trading_rules=read_trading_rules(top.table("trading_rules"), path.parent),
        risk=_risk(top.table("risk"), path.parent),
    )
    top.finish()
    _refuse_session_twice(top, config)
    return config


def _engine(row: Row, folder: Path) -> EngineConfig:
    day = row.table("trading_day")
    default = TradingDay()
    config = EngineConfig(
        name=row.get("name", an_id, "kairos"),
        data_dir=row.get("data_dir", a_path_from(folder), folder / "data"),
        trading_day=TradingDay(
            day.get("time_zone", a_time_zone, default.time_zone), day.get("starts", a_time_of_day, default.starts)
        ),
    )
    day.finish()
    row.finish()
    return config


def _journal(row: Row, data_dir: Path) -> JournalConfig:
    config = JournalConfig(
        file=row.get("file", a_path_from(data_dir), data_dir / "journal.db"),
        synchronous=row.get("synchronous", one_of("FULL", "NORMAL"), "FULL"),
        snapshots=data_dir / "snapshots",
        snapshot_every=row.get("snapshot_every", a_count(0, MAX_SNAPSHOT_EVERY), SNAPSHOT_EVERY),
        keep_days=row.get("keep_days", a_count(1, MAX_KEEP_DAYS), KEEP_DAYS),
    )
    row.finish()
    return config


def _link(row: Row, data_dir: Path) -> LinkConfig:
    socket = row.get("socket", a_path_from(data_dir), data_dir / "link.sock")
    if len(str(socket).encode()) > MAX_SOCKET_PATH:
        longest = f"a Unix socket's path has at most {MAX_SOCKET_PATH} bytes"
        row.problem("socket", f"{str(socket)!r} is too long: {longest}; choose one as /run/kairos/link.sock")
    row.finish()
    return LinkConfig(socket)


def _fix(row: Row, folder: Path) -> FixConfig:
    default = FixConfig()
    config = FixConfig(
        host=row.get("host", a_host, default.host),
        port=row.get("port", A_PORT, default.port),
        sessions=tuple(read_fix_session(session, folder) for session in row.tables("session")),
        tls=read_fix_tls(row.table("tls"), folder) if "tls" in row else None,
    )
    row.finish()
    return config


def _http(row: Row) -> HttpConfig:
    default = HttpConfig()
    config = HttpConfig(
        enabled=row.get("enabled", a_flag, default.enabled),
        host=row.get("host", a_host, default.host),
        port=row.get("port", A_PORT, default.port),
    )
    row.finish()
    return config


def _log(row: Row, folder: Path) -> LogConfig:
    default = LogConfig()
    config = LogConfig(
        level=row.get("level", one_of("debug", "info", "warning", "error"), default.level),
        format=row.get("format", one_of("json", "console"), default.format),
        file=row.get("file", a_path_from(folder), None),
        rotate_mb=row.get("rotate_mb", a_count(0, MAX_ROTATE_MB), default.rotate_mb),
        keep=row.get("keep", a_count(1, MAX_KEPT), default.keep),
    )
    row.finish()
    return config


def _reference(row: Row, folder: Path) -> tuple[ReferenceFile, ...]:
    files = []
    for file in row.tables("files", shorthand="path"):
        path = file.need("path", a_path_from(folder), folder)
        files.append(ReferenceFile(path, file.get("kind", a_member(Kind), None)))
        file.finish()
    row.finish()
    return tuple(files)


def _risk(row: Row, folder: Path) -> RiskConfig:
    config = RiskConfig(rules=row.get("rules", a_path_from(folder), None))
    row.finish()
    return config


def _refuse_session_twice(top: Row, config: Config) -> None:
    """The journal keeps a session's numbers under its name, so a name is one session."""
    names = [session.session_id for session in config.fix.sessions]
    for venue in config.venue_sessions:
        own = (venue.session_id, venue.market_data_session_id, venue.drop_copy_session_id)
        names += [name for name in own if name]
    for name in sorted({name for name in names if names.count(name) > 1}):
        top.problem("fix", f"session {name!r} is configured twice; each needs CompIDs of its own")

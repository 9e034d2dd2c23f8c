"""The configuration: defaults, every field, and errors with file, line, field and remedy."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from kairos.adapters.config import Config, HttpConfig, ImpactConfig, LogConfig, TapeConfig
from kairos.adapters.config_file import check_against_reference, load_config
from kairos.adapters.config_fix import CompIds, MarketDataConfig, VenueDropCopyConfig
from kairos.adapters.file_errors import FileErrors
from kairos.adapters.reference_entry import Kind
from kairos.adapters.reference_files import ReferenceFile
from kairos.model.commands import DefineAccount, DefineClient, DefineVenue
from kairos.model.enums import VenueKind

SESSION = '[[fix.session]]\nbegin_string = "FIX.4.4"\nsender_comp_id = "K"\ntarget_comp_id = "C"\nclient_id = "CL"\n'
VENUE = (
    '[[venue_session]]\nvenue_id = "SIM"\nbegin_string = "FIX.4.4"\nsender_comp_id = "K"\ntarget_comp_id = "SIM"\n'
    'host = "127.0.0.1"\nport = 9879\n'
)


def load(folder: Path, text: str) -> Config:
    path = folder / "kairos.toml"
    path.write_text(text, encoding="utf-8")
    return load_config(path)


def errors_of(folder: Path, text: str) -> list[str]:
    with pytest.raises(FileErrors) as caught:
        load(folder, text)
    return [str(error).replace(f"{folder}/kairos.toml: ", "") for error in caught.value.errors]


def test_an_empty_file_means_the_defaults_and_paths_start_at_its_folder(tmp_path: Path) -> None:
    config = load(tmp_path, "")
    assert config.journal.file == tmp_path / "data" / "journal.db"
    assert config.journal.snapshots == tmp_path / "data" / "snapshots"
    assert config.journal.snapshot_every == 1_000_000
    assert config.link.socket == tmp_path / "data" / "link.sock"
    assert (config.journal.synchronous, config.http, config.log) == ("FULL", HttpConfig(), LogConfig())
    assert (config.fix.host, config.http.host) == ("127.0.0.1", "127.0.0.1")
    assert (config.fix.sessions, config.venue_sessions, config.simulator) == ((), (), None)


def test_every_field_of_the_engine_and_its_surroundings_is_read(tmp_path: Path) -> None:
    config = load(
        tmp_path,
        '[engine]\nname = "desk-1"\ndata_dir = "/var/lib/kairos"\n'
        '[engine.trading_day]\ntime_zone = "Asia/Taipei"\nstarts = 08:00:00\n'
        '[journal]\nfile = "j.db"\nsynchronous = "NORMAL"\nsnapshot_every = 0\n[fix]\nhost = "0.0.0.0"\nport = 1\n'
        '[link]\nsocket = "/run/k.sock"\n[http]\nenabled = false\nhost = "::1"\nport = 0\n'
        '[log]\nlevel = "debug"\nformat = "console"\nfile = "k.log"\nrotate_mb = 0\nkeep = 2\n'
        '[reference]\nfiles = ["a.toml", { path = "/x/b.csv", kind = "account" }]\n',
    )
    assert (config.engine.name, config.engine.trading_day.time_zone) == ("desk-1", "Asia/Taipei")
    assert config.engine.trading_day.starts == time(8)
    assert (config.journal.file, config.journal.synchronous) == (Path("/var/lib/kairos/j.db"), "NORMAL")
    assert (config.journal.snapshots, config.journal.snapshot_every) == (Path("/var/lib/kairos/snapshots"), 0)
    assert (config.fix.host, config.fix.port, config.link.socket) == ("0.0.0.0", 1, Path("/run/k.sock"))
    assert config.http == HttpConfig(False, "::1", 0)
    assert config.log == LogConfig("debug", "console", tmp_path / "k.log", 0, 2)
    assert config.reference == (ReferenceFile(tmp_path / "a.toml"), ReferenceFile(Path("/x/b.csv"), Kind.ACCOUNT))


def test_a_clients_session_is_read_and_made_into_the_protocols_own(tmp_path: Path) -> None:
    text = SESSION + (
        'default_account = "A"\nheart_bt_int_s = 10\nreset_on_logon = true\ncheck_latency = false\nmax_latency_s = 7\n'
        'allow = ["10.1.0.0/16", "::1"]\n'
    )
    (session,) = load(tmp_path, text).fix.sessions
    assert (session.client_id, session.default_account) == ("CL", "A")
    assert session.session_id == "FIX.4.4:K->C" == session.protocol().session_id
    protocol = session.protocol()
    assert (protocol.initiator, protocol.heart_bt_int_s, protocol.reset_on_logon) == (False, 10, True)
    assert (protocol.check_latency, protocol.max_latency_ns) == (False, 7_000_000_000)


@pytest.mark.parametrize(
    ("allow", "address", "allowed"),
    [
        ("", "127.0.0.1", True),
        ("", "::ffff:127.0.0.1", True),
        ("", "10.0.0.1", False),
        ('allow = ["10.1.0.0/16"]', "10.1.2.3", True),
        ('allow = ["10.1.0.0/16"]', "10.2.2.3", False),
        ('allow = ["10.1.0.0/16"]', "127.0.0.1", False),
        ("allow = []", "127.0.0.1", False),
    ],
)
def test_a_client_may_log_on_only_from_where_the_file_says(
    tmp_path: Path, allow: str, address: str, allowed: bool
) -> None:
    (session,) = load(tmp_path, SESSION + allow).fix.sessions
    assert session.allows(address) is allowed


def test_a_venues_sessions_are_read_and_made_into_the_protocols_own(tmp_path: Path) -> None:
    text = VENUE + (
        'heart_bt_int_s = 5\nreconnect_interval_s = 9\nusername = "u"\npassword_env = "P"\n'
        'market_data = { sender_comp_id = "K-MD", target_comp_id = "SIM-MD" }\n'
    )
    (venue,) = load(tmp_path, text).venue_sessions
    assert (venue.host, venue.port, venue.reconnect_interval_s) == ("127.0.0.1", 9879, 9)
    assert venue.market_data == MarketDataConfig(CompIds("K-MD", "SIM-MD"), depth=1, incremental=False)
    orders, quotes = venue.protocol("secret"), venue.market_data_protocol("secret")
    assert quotes is not None
    assert (orders.session_id, quotes.session_id) == ("FIX.4.4:K->SIM", "FIX.4.4:K-MD->SIM-MD")
    assert (venue.session_id, venue.market_data_session_id) == (orders.session_id, quotes.session_id)
    assert (orders.initiator, orders.username, orders.password) == (True, "u", "secret")
    assert (orders.reset_on_logon, quotes.reset_on_logon) == (False, True)
    assert "secret" not in repr(venue)


def test_a_venue_without_market_data_has_no_such_session(tmp_path: Path) -> None:
    (venue,) = load(tmp_path, VENUE).venue_sessions
    assert (venue.market_data_session_id, venue.market_data_protocol()) == ("", None)


DROP_COPY = 'drop_copy = { sender_comp_id = "K-DC", target_comp_id = "SIM-DC"'


def test_a_venues_drop_copy_leads_where_its_orders_go_unless_it_says_otherwise(tmp_path: Path) -> None:
    (venue,) = load(tmp_path, VENUE + DROP_COPY + " }\n").venue_sessions
    assert venue.drop_copy == VenueDropCopyConfig(CompIds("K-DC", "SIM-DC"), "127.0.0.1", 9879)
    copies = venue.drop_copy_protocol("secret")
    assert copies is not None
    assert (copies.session_id, copies.initiator, copies.reset_on_logon) == (venue.drop_copy_session_id, True, False)
    (venue,) = load(tmp_path, VENUE + DROP_COPY + ', host = "10.0.0.1", port = 7 }\n').venue_sessions
    assert venue.drop_copy == VenueDropCopyConfig(CompIds("K-DC", "SIM-DC"), "10.0.0.1", 7)
    (venue,) = load(tmp_path, VENUE).venue_sessions
    assert (venue.drop_copy_session_id, venue.drop_copy_protocol()) == ("", None)


@pytest.mark.parametrize(
    ("copy", "field"),
    [
        ('drop_copy = { sender_comp_id = "K-DC" }', "venue_session.drop_copy.target_comp_id"),
        (DROP_COPY + ", clients = [] }", "venue_session.drop_copy.clients"),
        ("drop_copy = true", "venue_session.drop_copy"),
        ('drop_copy = { sender_comp_id = "K", target_comp_id = "SIM" }', "configured twice"),
    ],
)
def test_what_is_wrong_with_a_venues_drop_copy_is_told_by_name(tmp_path: Path, copy: str, field: str) -> None:
    assert any(field in error for error in errors_of(tmp_path, VENUE + copy + "\n"))


def test_the_simulator_listens_where_the_engine_connects(tmp_path: Path) -> None:
    text = VENUE + (
        '[simulator]\nvenue_id = "SIM"\nspeed = "max"\nseed = 7\nmarket_minutes = 9\n'
        'tapes = ["XXX.XNYS", { instrument_id = "2330.XTAI", file = "t.csv.gz" }]\n[simulator.faults]\nlate_ack = 20\n'
    )
    simulator = load(tmp_path, text).simulator
    assert simulator is not None
    assert (simulator.host, simulator.port, simulator.enabled) == ("127.0.0.1", 9879, True)
    assert (simulator.speed, simulator.seed, simulator.faults.late_ack) == (None, 7, 20)
    assert (simulator.market_minutes, simulator.start_before_open_s) == (9, None)
    assert simulator.tapes == (TapeConfig("XXX.XNYS"), TapeConfig("2330.XTAI", tmp_path / "t.csv.gz"))


def test_a_simulator_may_follow_a_market_s_rules(tmp_path: Path) -> None:
    text = VENUE + (
        '[simulator]\nvenue_id = "SIM"\nmarket = "XTAI"\nclients_auctions = true\n'
        'tapes = [{ instrument_id = "0050.XTAI", file = "t.csv", class = "etf", reference_px = "62.35" }]\n'
        "[simulator.faults]\nslow = 100\nslow_ms = 300\ndead_ms = 0\n"
    )
    simulator = load(tmp_path, text).simulator
    assert simulator is not None
    assert (simulator.market, simulator.clients_auctions) == ("XTAI", True)
    assert simulator.tapes == (TapeConfig("0050.XTAI", tmp_path / "t.csv", "etf", 62_35 * 10**6),)
    assert (simulator.faults.slow, simulator.faults.slow_ms, simulator.faults.dead_ms) == (100, 300, 0)


def test_a_simulator_may_say_how_orders_meet_the_tape(tmp_path: Path) -> None:
    text = VENUE + (
        '[simulator]\nvenue_id = "SIM"\ntapes = ["XXX.XNYS"]\ncancels = "pro_rata"\nlate_print_ms = 0\n'
        "impact = { ticks = 4, half_life_ms = 10_000 }\n[simulator.faults]\nfill_after_cancel = 5\n"
    )
    simulator = load(tmp_path, text).simulator
    assert simulator is not None
    assert (simulator.cancels, simulator.late_print_ms) == ("pro_rata", 0)
    assert simulator.impact == ImpactConfig(4, 10_000) and simulator.faults.fill_after_cancel == 5


def test_a_simulator_may_have_instruments_without_a_tape_and_several_clients(tmp_path: Path) -> None:
    text = VENUE + (
        '[simulator]\nvenue_id = "SIM"\nmarket = "XTAI"\ntrade_date = 2026-11-20\nclients = ["DESK2"]\n'
        'instruments = ["2330.XTAI@1085", { instrument_id = "0050.XTAI", class = "etf" }]\n'
    )
    simulator = load(tmp_path, text).simulator
    assert simulator is not None
    assert simulator.instruments == (
        TapeConfig("2330.XTAI", reference_px=1085 * 10**8),
        TapeConfig("0050.XTAI", instrument_class="etf"),
    )
    assert (simulator.tapes, simulator.clients, str(simulator.trade_date)) == ((), ("DESK2",), "2026-11-20")


@pytest.mark.parametrize(("written", "speed"), [("10", 10.0), ("0.5", 0.5), ('"2.5"', 2.5), ('"max"', None)])
def test_a_speed_is_a_number_or_max(tmp_path: Path, written: str, speed: float | None) -> None:
    text = VENUE + f'[simulator]\nvenue_id = "SIM"\ntapes = ["XXX.XNYS"]\nspeed = {written}\n'
    simulator = load(tmp_path, text).simulator
    assert simulator is not None and simulator.speed == speed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[jornal]\n", "line 1: jornal: is not known here; did you mean 'journal'?"),
        ("\n[fix]\nprot = 1\n", "line 3: fix.prot: is not known here; did you mean 'port'?"),
        ("[fix]\nport = 70000\n", "line 2: fix.port: 70000 must be from 0 to 65535"),
        ('[fix]\nhost = ""\n', "line 2: fix.host: '' is not a host"),
        ('[journal]\nsynchronous = "OFF"\n', "line 2: journal.synchronous: 'OFF' must be 'FULL' or 'NORMAL'"),
        ("[journal]\nsnapshot_every = -1\n", "line 2: journal.snapshot_every: -1 must be from 0 to 1000000000"),
        ('[engine.trading_day]\ntime_zone = "Asia/Taipeh"\n', "line 2: engine.trading_day.time_zone: 'Asia/Taipeh' is"),
        (
            '[engine.trading_day]\ntime_zone = "../x"\n',
            "line 2: engine.trading_day.time_zone: '../x' is not a time zone",
        ),
        ('[engine.trading_day]\nstarts = "8:00"\n', "line 2: engine.trading_day.starts: '8:00' is not a time of day"),
        (SESSION.replace("FIX.4.4", "FIX.5.0"), "line 2: fix.session.begin_string: 'FIX.5.0' must be 'FIX.4.0'"),
        (SESSION.replace('"K"', '""'), "line 3: fix.session.sender_comp_id: '' must be 1 to 64 printable ASCII"),
        (SESSION + "heart_bt_int_s = -1\n", "line 6: fix.session.heart_bt_int_s: -1 must be from 0 to 86400"),
        (
            SESSION + 'allow = ["10.0.0.1/8"]\n',
            "line 6: fix.session.allow: '10.0.0.1/8' is not an IP address or network",
        ),
        (SESSION + 'allow = "10.0.0.1"\n', "line 6: fix.session.allow: '10.0.0.1' must be an array"),
        (SESSION + SESSION, "line 1: fix: session 'FIX.4.4:K->C' is configured twice"),
        (VENUE.replace("port = 9879", ""), "line 1: venue_session.port: is missing; add it"),
        (VENUE + 'password = "x"\n', "line 8: venue_session.password: is not known here; did you mean 'password_env'?"),
        (
            '[simulator]\nvenue_id = "S"\ntapes = ["XXX.XNYS"]\n',
            "line 2: simulator.venue_id: 'S' has no [[venue_session]]",
        ),
        (
            VENUE + '[simulator]\nvenue_id = "SIM"\ntapes = ["XXX.XNYS"]\nimpact = { ticks = 0, half_life_ms = 1 }\n',
            "simulator.impact.ticks: 0 must be from 1 to 1000",
        ),
        (VENUE + '[simulator]\nvenue_id = "SIM"\n', "line 8: simulator.tapes: names no tape; the shipped ones are AAA"),
        (VENUE + '[simulator]\nvenue_id = "SIM"\ntapes = ["XXX.XNYZ"]\n', "did you mean 'XXX.XNYS'?"),
        (VENUE + '[simulator]\nvenue_id = "SIM"\ntapes = ["XXX.XNYS"]\nspeed = 0\n', "simulator.speed: 0 must be from"),
        (VENUE + '[simulator]\nvenue_id = "SIM"\ntapes = ["XXX.XNYS"]\nspeed = nan\n', "simulator.speed: nan must be"),
        ('[link]\nsocket = "' + "s" * 120 + '"\n', "is too long: a Unix socket's path has at most 107 bytes"),
        (
            '[reference]\nfiles = [{ path = "a.csv", kind = "instruments" }]\n',
            "files[1].kind: 'instruments' must be 'firm'",
        ),
        ("[engine\n", "line 1: TOML: "),
    ],
)
def test_each_error_names_line_field_value_and_remedy(tmp_path: Path, text: str, expected: str) -> None:
    assert expected in errors_of(tmp_path, text)[0]


def test_several_errors_are_told_at_once(tmp_path: Path) -> None:
    told = errors_of(tmp_path, "[fix]\nport = -1\n[http]\nport = 99999\n[log]\nlevel = 3\n")
    assert [line.split(": ")[:2] for line in told] == [
        ["line 2", "fix.port"],
        ["line 4", "http.port"],
        ["line 6", "log.level"],
    ]


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileErrors, match=r"kairos\.toml: file: path: can't be read: No such file"):
        load_config(tmp_path / "kairos.toml")


def test_sessions_must_be_of_clients_accounts_and_venues_of_the_reference_data(tmp_path: Path) -> None:
    config = load(tmp_path, SESSION + 'default_account = "A"\n' + VENUE)
    good = [
        DefineClient("CL", "", True, ""),
        DefineAccount("A", "CL", "", "USD", 0, True, ""),
        DefineVenue("SIM", VenueKind.EXCHANGE, "", "XNYS", 1, ""),
    ]
    check_against_reference(config, good)
    strangers = [
        DefineClient("CLX", "", True, ""),
        DefineAccount("A", "CLX", "", "USD", 0, True, ""),
    ]
    with pytest.raises(FileErrors) as caught:
        check_against_reference(config, strangers)
    assert [(error.place, error.field) for error in caught.value.errors] == [
        ("[[fix.session]] C", "client_id"),
        ("[[fix.session]] C", "default_account"),
        ("[[venue_session]] SIM", "venue_id"),
    ]
    assert "did you mean 'CLX'?" in str(caught.value)

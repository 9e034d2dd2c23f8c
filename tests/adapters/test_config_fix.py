"""The FIX options of a configuration: each reaches the session, and each mistake is told where it stands."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from kairos.adapters.config_file import load_config
from kairos.adapters.config_fix import (
    CancelOnDisconnect,
    FixConfig,
    FixSessionConfig,
    ScheduleConfig,
    VenueSessionConfig,
)
from kairos.adapters.credentials import hash_password
from kairos.adapters.file_errors import FileErrors
from kairos.adapters.fix_tls import Certificate

SESSION = '[[fix.session]]\nbegin_string = "FIX.4.4"\nsender_comp_id = "K"\ntarget_comp_id = "C"\nclient_id = "CL"\n'
FIXT = SESSION.replace("FIX.4.4", "FIXT.1.1")
VENUE = (
    '[[venue_session]]\nvenue_id = "SIM"\nbegin_string = "FIX.4.4"\nsender_comp_id = "K"\ntarget_comp_id = "SIM"\n'
    'host = "127.0.0.1"\nport = 9879\n'
)


def fix_of(folder: Path, text: str) -> FixConfig:
    path = folder / "kairos.toml"
    path.write_text(text, encoding="utf-8")
    return load_config(path).fix


def session_of(folder: Path, more: str, text: str = SESSION) -> FixSessionConfig:
    (session,) = fix_of(folder, text + more).sessions
    return session


def venue_of(folder: Path, more: str) -> VenueSessionConfig:
    path = folder / "kairos.toml"
    path.write_text(VENUE + more, encoding="utf-8")
    (venue,) = load_config(path).venue_sessions
    return venue


def errors_of(folder: Path, text: str) -> list[str]:
    with pytest.raises(FileErrors) as caught:
        fix_of(folder, text)
    return [str(error).replace(f"{folder}/kairos.toml: ", "") for error in caught.value.errors]


def test_every_option_reaches_the_session(tmp_path: Path) -> None:
    session = session_of(
        tmp_path,
        'sender_sub_id = "DESK"\ntarget_location_id = "NY"\ntime_precision = "microseconds"\n'
        "send_next_expected = true\nsend_last_processed = true\nresend_chunk = 500\n"
        "reset_on_logout = true\nreset_on_disconnect = true\nvalidation = { field_order = false }\n",
    )
    protocol = session.protocol()
    assert (protocol.fraction_digits, protocol.resend_chunk) == (6, 500)
    assert (protocol.send_next_expected, protocol.send_last_processed) == (True, True)
    assert (protocol.reset_on_logout, protocol.reset_on_disconnect) == (True, True)
    assert b"50=DESK" in protocol.names_header and b"143=NY" in protocol.names_header
    assert (protocol.rules.field_order, protocol.rules.msg_types) == (False, True)


def test_fixt_carries_a_version_by_its_name(tmp_path: Path) -> None:
    session = session_of(tmp_path, 'appl_version = "FIX.5.0SP2"\n', FIXT)
    assert (session.protocol().default_appl_ver_id, session.application_version) == ("9", "FIX.5.0SP2")
    assert session_of(tmp_path, "").application_version == "FIX.4.4"


def test_a_schedule_is_daily_or_weekly(tmp_path: Path) -> None:
    daily = session_of(tmp_path, 'schedule = { start = "08:00", end = "17:00", days = ["mon", "fri"] }\n')
    assert daily.options.schedule == ScheduleConfig(time(8), time(17), days=(0, 4))
    week = '{ start = "18:00", end = "17:00", start_day = "sun", end_day = "fri", time_zone = "Asia/Taipei" }'
    weekly = session_of(tmp_path, f"schedule = {week}\n").options.schedule
    assert weekly is not None
    assert (str(weekly), str(daily.options.schedule)) == (
        "sun 18:00 - fri 17:00 Asia/Taipei",
        "mon fri 08:00-17:00 UTC",
    )


def test_cancel_on_disconnect_is_a_word_or_a_table(tmp_path: Path) -> None:
    assert session_of(tmp_path, "").cancel_on_disconnect is None
    assert session_of(tmp_path, "cancel_on_disconnect = false\n").cancel_on_disconnect is None
    assert session_of(tmp_path, "cancel_on_disconnect = true\n").cancel_on_disconnect == CancelOnDisconnect()
    terms = session_of(tmp_path, "cancel_on_disconnect = { grace_s = 9, outliving = true }\n").cancel_on_disconnect
    assert terms == CancelOnDisconnect(9, False, True)


def test_a_password_and_a_certificate_are_kept_as_hashes(tmp_path: Path) -> None:
    written = hash_password("word")
    session = session_of(
        tmp_path, f'username = "bob"\npassword_hash = "{written}"\nclient_cert = "AB:{"CD:" * 30}EF"\n'
    )
    assert session.password_hash == written
    assert session.is_pinned_to(Certificate("x", "ab" + "cd" * 30 + "ef"))
    assert not session.is_pinned_to(Certificate("x", "ab" + "cd" * 31))
    assert not session.is_pinned_to(None)
    assert str(written) not in repr(session)


def test_files_of_tls_are_named_from_the_configurations_folder(tmp_path: Path) -> None:
    for name in ("c.pem", "k.pem", "ca.pem"):
        (tmp_path / name).write_text("")
    tls = fix_of(tmp_path, '[fix.tls]\ncert = "c.pem"\nkey = "k.pem"\nclient_ca = "ca.pem"\nonly = true\n').tls
    assert tls is not None
    assert (tls.cert, tls.client_ca, tls.port, tls.only) == (tmp_path / "c.pem", tmp_path / "ca.pem", 9877, True)
    venue = venue_of(tmp_path, 'tls = { ca = "ca.pem", server_name = "fix.example" }\n')
    assert venue.tls is not None
    assert (venue.tls.ca, venue.tls.server_name) == (tmp_path / "ca.pem", "fix.example")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (FIXT, "line 1: fix.session.appl_version: is missing; with FIXT.1.1"),
        (SESSION + 'appl_version = "FIX.5.0"\n', "line 6: fix.session.appl_version: goes with FIXT.1.1 only"),
        (FIXT + 'appl_version = "FIX.6"\n', "line 6: fix.session.appl_version: 'FIX.6' must be 'FIX.4.0' or"),
        (
            SESSION + 'time_precision = "minutes"\n',
            "line 6: fix.session.time_precision: 'minutes' must be 'seconds' or",
        ),
        (SESSION + 'dictionary = "none.xml"\n', "line 6: fix.session.dictionary: '"),
        (SESSION + 'password_hash = "hunter2"\n', "line 6: fix.session.password_hash: is not a password hash"),
        (SESSION + 'username = "bob"\n', "line 6: fix.session.username: is checked with a password only"),
        (SESSION + "validation = { order = false }\n", "fix.session.validation.order: is not known here"),
        (
            SESSION + 'schedule = { start = "8", end = "17:00" }\n',
            "fix.session.schedule.start: '8' is not a time of day",
        ),
        (SESSION + 'schedule = { start = "08:00" }\n', "fix.session.schedule.end: is missing"),
        (
            SESSION + 'schedule = { start = "08:00", end = "17:00", start_day = "mon" }\n',
            "fix.session.schedule.start_day: and end_day go together",
        ),
        (
            SESSION + "cancel_on_disconnect = { grace_s = -1 }\n",
            "cancel_on_disconnect.grace_s: -1 must be from 0 to 3600",
        ),
        (SESSION.replace("4.4", "4.2") + "send_next_expected = true\n", "FIX.4.2 has no NextExpectedMsgSeqNum(789)"),
        ("[fix.tls]\nport = 1\n", "line 1: fix.tls.cert: is missing"),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(tmp_path: Path, text: str, problem: str) -> None:
    assert any(problem in error for error in errors_of(tmp_path, text)), errors_of(tmp_path, text)

"""Sessions as operators meet them, with the whole house as real processes: lists, tests, resends, resets, lost ones."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest
from tests.system.fix_peer import FixPeer
from tests.system.house import House

from kairos.adapters.credentials import hash_password

pytestmark = pytest.mark.slow

ACME = "FIX.4.4:KAIROS->ACME"


def with_options(house: House, *lines: str) -> House:
    """The house with these lines in ACME's session."""
    path = house.folder / "kairos.toml"
    anchor = 'default_account = "ACME-1"\n'
    path.write_text(path.read_text().replace(anchor, anchor + "".join(f"{line}\n" for line in lines), 1))
    return house


def standing(house: House, session: str) -> dict[str, object]:
    rows = [json.loads(line) for line in house.run("fix", "sessions", "--json").splitlines()]
    return next(row for row in rows if row["session"] == session)


def while_reading(peer: FixPeer, work: Callable[[], str]) -> str:
    """Do something in a thread while the peer answers what it is asked."""
    said: list[str] = []
    thread = Thread(target=lambda: said.append(work()))
    thread.start()
    peer.pump_until(lambda: not thread.is_alive(), 30)
    return said[0]


def test_an_operator_looks_after_sessions(tmp_path: Path) -> None:
    with House(tmp_path) as house:
        assert standing(house, ACME)["state"] == "disconnected"
        assert "must be logged on" in house.run("fix", "send-test", "ACME", "--user", "admin", check=False)
        peer = FixPeer(house.fix_port, "ACME")
        peer.connect()
        peer.order("A1", "1", 100, "XXX", price="153.00")
        peer.report_of("A1", "0")
        row = standing(house, ACME)
        assert (row["state"], row["serves"], row["peer"]) == ("logged on", "client ACME", "127.0.0.1")
        assert "NOT_ENTITLED" in house.run("fix", "send-test", "ACME", check=False)
        assert "answered in" in while_reading(peer, lambda: house.run("fix", "send-test", "ACME", "--user", "admin"))
        before = len(peer.duplicates)
        assert "are being resent" in house.run("fix", "resend", ACME, "1", "--user", "admin")
        peer.pump_until(lambda: any(d.get(11) == "A1" for d in peer.duplicates[before:]))
        assert "never sent twice" in house.run("fix", "resend", "SIM", "1", "--user", "admin", check=False)
        assert "--logout" in house.run("fix", "reset", ACME, "--user", "admin", check=False)
        peer.logout()
        wait_for(lambda: standing(house, ACME)["state"] == "disconnected")
        assert "next in 1, next out 1" in house.run("fix", "reset", ACME, "--user", "admin")
        assert "next in 1, next out 7" in house.run("fix", "reset", ACME, "--next-out", "7", "--user", "admin")
        assert (standing(house, ACME)["next_in"], standing(house, ACME)["next_out"]) == (1, 7)
        assert "the sessions are" in house.run("fix", "reset", "NOBODY", "--user", "admin", check=False)
        assert "FIX sessions" in house.run("fix", "sessions")


def wait_for(holds: Callable[[], bool], seconds: float = 15.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


def test_a_lost_session_takes_its_orders_with_it_but_gtc_and_care_orders_stay(tmp_path: Path) -> None:
    with with_options(House(tmp_path), "cancel_on_disconnect = true") as house:
        peer = FixPeer(house.fix_port, "ACME")
        peer.connect()
        peer.order("DAY", "1", 100, "XXX", price="153.00")
        peer.order("GTC", "1", 100, "XXX", price="153.00", _59="1")
        for name in ("DAY", "GTC"):
            peer.report_of(name, "0")
        peer.logout()
        time.sleep(0.5)
        assert {row["cl_ord_id"] for row in working(house)} == {"DAY", "GTC"}
        peer.connect()
        peer.cut()
        wait_for(lambda: {row["cl_ord_id"] for row in working(house)} == {"GTC"})
        peer.connect()
        canceled = peer.report_of("DAY", "4")
        assert "cancel on disconnect" in canceled[58]
        peer.order("CARE", "1", 100, "XXX", price="153.00", _21="3")
        peer.order("D2", "1", 100, "XXX", price="153.00")
        peer.report_of("D2", "0")
        house.kill("engine")
        peer.cut()
        time.sleep(0.3)
        house.wait_ready()
        wait_for(lambda: {row["cl_ord_id"] for row in working(house)} == {"GTC", "CARE"})


def working(house: House) -> list[dict[str, object]]:
    return [json.loads(line) for line in house.run("orders", "--json").splitlines()]


def test_a_password_is_asked_for_and_found_in_no_file(tmp_path: Path) -> None:
    with with_options(House(tmp_path), f'password_hash = "{hash_password("s3cret-word")}"') as house:
        stranger = FixPeer(house.fix_port, "ACME")
        with pytest.raises((ConnectionError, OSError)):
            stranger.connect(0)  # one try: five would shut out the address
        knows = FixPeer(house.fix_port, "ACME")
        knows.logon = {554: "s3cret-word"}
        knows.connect()
        knows.logout()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 3
    assert not [path for path in files if b"s3cret-word" in path.read_bytes()]
    assert "wrong username or password" in house.log.read_text()

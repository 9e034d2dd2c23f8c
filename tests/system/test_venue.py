"""`kairos venue`: an exchange that runs alone, operated from the command line while a client trades with it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from tests.system.fix_peer import Fields, FixPeer
from tests.system.house import KAIROS

from kairos.demo.setup import free_ports

pytestmark = pytest.mark.slow


class Alone:
    """`kairos venue serve` with one shipped tape, unless told otherwise, as a process."""

    def __init__(self, folder: Path, *flags: str, tape: str = "XXX.XNYS") -> None:
        self.folder = folder
        (self.port,) = free_ports(1)
        with (folder / "log").open("ab") as log:
            command = [*KAIROS, "venue", "serve", "--port", str(self.port), "--data", "data"]
            command += ["--tape", tape] if tape else []
            self.process = subprocess.Popen([*command, *flags], cwd=folder, stdout=log, stderr=log)

    def __enter__(self) -> Alone:
        end = time.monotonic() + 30
        while "is open" not in self.log():
            assert time.monotonic() < end and self.process.poll() is None, self.log()
            time.sleep(0.05)
        return self

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            assert self.process.wait(20) == 0
        finally:
            self.process.kill()

    def log(self) -> str:
        return (self.folder / "log").read_text()

    def run(self, *arguments: str, code: int = 0) -> str:
        """A `kairos venue` command; what it says."""
        done = subprocess.run(
            [*KAIROS, "venue", *arguments, "--data", "data"], cwd=self.folder, capture_output=True, text=True,
            env={**os.environ, "KAIROS_USER": "olga"}, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr


def told(peer: FixPeer, cl_ord_id: str, exec_type: str) -> Fields:
    """The first report of an order with this ExecType(150)."""

    def found() -> list[Fields]:
        return [r for r in peer.reports if r.get(11) == cl_ord_id and r.get(150) == exec_type]

    peer.pump_until(lambda: bool(found()))
    return found()[0]


def test_an_exchange_alone_is_operated_from_the_command_line(tmp_path: Path) -> None:
    with Alone(tmp_path, "--before-open", "0") as venue:
        peer = FixPeer(venue.port, "KAIROS", "SIM")
        peer.connect()
        peer.order("A1", "1", 100, "XXX")
        exec_id = told(peer, "A1", "F")[17]
        assert "XXX.XNYS is open; takes orders and cancels" in venue.run("phases")
        assert venue.run("correct", exec_id, "50", "75.01", "wrong size") == f"{exec_id}: corrected to 50 at 75.01\n"
        assert told(peer, "A1", "G")[32] == "50"
        assert venue.run("bust", exec_id, "wrong name") == f"{exec_id}: busted\n"
        assert told(peer, "A1", "H")[32] == "50"
        assert venue.run("halt", "XXX", "news") == "XXX.XNYS: trading is halted\n"
        peer.order("A2", "1", 100, "XXX", _59="3")
        assert "halted (news)" in told(peer, "A2", "8")[58]
        assert "XXX.XNYS is halted (news)" in venue.run("phases")
        assert "nothing would trade" in venue.run("auction", "XXX")
        assert venue.run("resume", "all", "told") == "all: trading goes on\n"
        peer.order("A3", "1", 100, "XXX", price="1.00")
        told(peer, "A3", "0")
        assert "bid         100 @ 1  1 orders" in venue.run("book", "XXX")
        assert venue.run("fault", "reject=1000") == "reject = 1000\n" and "reject = 1000" in venue.run("faults")
        peer.order("A4", "1", 100, "XXX")
        assert "fault on demand" in told(peer, "A4", "8")[58]
        assert "is no fault" in venue.run("fault", "nothing=1", code=1)
        assert "is not listed here" in venue.run("halt", "ZZZ", "why", code=1)
        peer.logout()
    assert '"user": "olga"' in venue.log() and '"why": "wrong size"' in venue.log()


def test_a_session_that_a_fault_cuts_off_hears_the_rest_when_it_is_back(tmp_path: Path) -> None:
    with Alone(tmp_path, "--before-open", "0", "--fault", "disconnect=1000") as venue:
        peer = FixPeer(venue.port, "KAIROS", "SIM")
        peer.connect()
        peer.order("A1", "1", 100, "XXX", price="1.00")
        with pytest.raises((ConnectionError, OSError)):
            peer.pump_until(lambda: False)
        peer.cut()
        assert venue.run("fault", "disconnect=0") == "disconnect = 0\n"
        peer.connect()
        assert told(peer, "A1", "0")[39] == "0"
        peer.logout()


def test_two_clients_trade_with_each_other_where_there_is_no_tape(tmp_path: Path) -> None:
    """In Taipei's opening auction, then as they come; nobody else is there."""
    flags = ("--market", "XTAI", "--instrument", "2330.XTAI@1085", "--date", "2026-11-20", "--before-open", "8")
    with Alone(tmp_path, *flags, "--client", "DESK1", "--client", "DESK2", tape="") as venue:
        one, other = FixPeer(venue.port, "DESK1", "SIM"), FixPeer(venue.port, "DESK2", "SIM")
        one.connect()
        other.connect()
        one.order("A1", "1", 2000, "2330", price="1085")
        told(one, "A1", "0")
        other.order("B1", "2", 3000, "2330", price="1080")
        told(other, "B1", "0")
        assert "2000 trade at 1080, 1000 sold are left over" in venue.run("auction", "2330")
        assert (told(one, "A1", "F")[31], told(other, "B1", "F")[32]) == ("1080", "2000")
        one.order("A2", "1", 1000, "2330", price="1085")
        assert told(one, "A2", "F")[31] == "1080"
        one.logout()
        other.logout()

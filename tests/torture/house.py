"""The house under torture: `kairos serve`, a venue and clients, all of them processes that can be killed, and started
again on what they had written down."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.system.house import KAIROS, House

from kairos.demo.setup import free_ports

REPO = Path(__file__).resolve().parents[2]
VENUE = "SIM"
CLIENTS = {"ANN": "FIX.4.4", "BOB": "FIX.4.4", "CAT": "FIX.4.2"}
SYMBOLS = ("AAA", "BBB", "CCC")
READY_S = 60.0
STOP_S = 30.0

# The load is the test, not the limits. No order waits for its day to turn.
_ENGINE = """\
[engine]
name = "torture"
data_dir = "data"

[fix]
port = {fix_port}
"""
_SESSION = """
[[fix.session]]
begin_string = "{version}"
sender_comp_id = "KAIROS"
target_comp_id = "{name}"
client_id = "{name}"
heart_bt_int_s = 10
"""
_REST = """
[[venue_session]]
venue_id = "SIM"
begin_string = "FIX.4.4"
sender_comp_id = "KAIROS"
target_comp_id = "SIM"
host = "127.0.0.1"
port = {venue_port}
reconnect_interval_s = 1

[http]
port = {http_port}

[log]
format = "json"

[reference]
files = ["reference.toml"]
"""
_CLIENT = """
[[client]]
client_id = "{name}"
name = "A client"

[[account]]
account_id = "{name}-1"
client_id = "{name}"
currency = "USD"
cash = "90000000000"

[account.limits]
max_order_qty = 50000
max_order_notional = "900000000"
collar_bps = 5000
max_position = 900000000
max_gross_exposure = "90000000000"
max_net_exposure = "90000000000"
rate_per_s = 1000000
rate_burst = 1000000
"""
_INSTRUMENT = """
[[instrument]]
symbol = "{symbol}"
mic = "XNYS"
name = "A stock"
currency = "USD"
tick_size = "0.01"
reference_px = "100"
"""
_PEOPLE = """
[[user]]
user_id = "trader"
name = "A trader"
role = "trader"

[[venue]]
venue_id = "SIM"
name = "The venue"
mic = "XNYS"
"""


class TorturedHouse(House):
    """`data_dir` may lie on a disk of its own."""

    def __init__(self, folder: Path, data_dir: Path | None = None) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        self.fix_port, self.venue_port, self.http_port = free_ports(3)
        engine = _ENGINE.format(fix_port=self.fix_port)
        sessions = "".join(_SESSION.format(name=name, version=version) for name, version in CLIENTS.items())
        rest = _REST.format(venue_port=self.venue_port, http_port=self.http_port)
        where = (data_dir or folder / "data").as_posix()
        (folder / "kairos.toml").write_text(engine.replace('"data"', f'"{where}"') + sessions + rest)
        instruments = "".join(_INSTRUMENT.format(symbol=symbol) for symbol in SYMBOLS)
        clients = "".join(_CLIENT.format(name=name) for name in CLIENTS)
        (folder / "reference.toml").write_text(_PEOPLE + clients + instruments)
        self.journal = Path(where) / "journal.db"
        self.log = folder / "log"
        self.process: subprocess.Popen[bytes] | None = None

    def launch(self) -> None:
        """Start it without waiting for anything."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen([*KAIROS, "serve"], cwd=self.folder, stdout=log, stderr=log)

    def stand(self, seconds: float = READY_S) -> None:
        """Wait until it takes orders; where it gave up, start it again as systemd does."""
        end = time.monotonic() + seconds
        while self.status() != "ready":
            assert time.monotonic() < end, f"the house does not stand: {self.status()}\n{self.last_words()}"
            self.keep_up()
            time.sleep(0.05)

    def keep_up(self) -> None:
        if self.process is None or self.process.poll() is not None:
            self.launch()

    def last_words(self) -> str:
        return self.log.read_text()[-3000:] if self.log.exists() else ""

    def hit(self, process: str, number: signal.Signals) -> None:
        """One that lies dead already feels nothing."""
        with suppress(ProcessLookupError, IndexError):
            os.kill(self.pid_of(process), number)

    def kill_supervisor(self) -> None:
        """Alone: its children are orphans now."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def kill_all(self) -> None:
        self.kill_supervisor()
        if self.log.exists():
            for process in ("engine", "keeper"):
                self.hit(process, signal.SIGKILL)

    def sessions(self) -> dict[str, dict[str, Any]]:
        """By the peer's CompID."""
        rows = [json.loads(line) for line in self.run("fix", "sessions", "--json").splitlines()]
        return {str(row["session"]).rsplit(">", 1)[-1].rsplit(":", 1)[-1]: row for row in rows}

    def orders(self) -> dict[str, dict[str, Any]]:
        """All that it ever took, by OrderID(37)."""
        rows = [json.loads(line) for line in self.run("orders", "--all", "--json").splitlines()]
        return {str(row["order_id"]): row for row in rows}


class Party:
    """A client or the venue."""

    def __init__(self, folder: Path, module: str, *arguments: str) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        self._command = [sys.executable, "-m", f"tests.torture.{module}", str(folder), *arguments]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(self._command, cwd=REPO, stdout=log, stderr=log)

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                self.kill()

    def check_alive(self) -> None:
        """It is killed by us only."""
        assert self.process is not None
        assert self.process.poll() is None, (self.folder / "log").read_text()[-3000:]

    @property
    def record(self) -> Path:
        return self.folder / "record"

    def status(self) -> dict[str, Any]:
        path = self.folder / "status"
        return dict(json.loads(path.read_text())) if path.exists() else {}

    def be_quiet(self, quiet: bool) -> None:
        if quiet:
            (self.folder / "quiet").touch()
        else:
            (self.folder / "quiet").unlink(missing_ok=True)

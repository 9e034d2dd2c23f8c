"""From a mark that breaches to the cancels on the wire: how fast a rule of risk takes working orders back.

A real `kairos engine` with its journal on disk has a client, a venue and that venue's market data over FIX. A client
holds a position and has `WORKING` orders at the venue; its rule cancels them at a loss. The clock runs from the write
of the market-data message whose price breaches to the arrival of each OrderCancelRequest(F) at the venue. Then the
price comes back, the rule lets go, and it begins anew.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from bench import results
from bench.fix_messages import CLIENT, SERVER
from bench.fix_wire import FixWire, accepted
from bench.machine import CLIENT_CORE, percentile
from bench.servers import CONFIG, REFERENCE, SESSION, USER_AND_INSTRUMENT, running
from bench.timing import pin
from kairos.demo.setup import free_ports

ROUNDS = 5
BREACHES = 100  # a round
WORKING = 5
HELD = 100
COST_PX, LOW_PX, RESTING_PX = "10.00", "9.60", "9.70"
STOP_LOSS, BACK = 30, 10  # at LOW_PX the client has lost 40
REST_S = 0.11  # marks of one instrument are told at most ten times a second
VENUE = """
[[venue]]
venue_id = "XNYS"
name = "Venue"
mic = "XNYS"
"""
VENUE_SESSION = """
[[venue_session]]
venue_id = "XNYS"
begin_string = "FIX.4.4"
sender_comp_id = "KAIROS"
target_comp_id = "XNYS"
host = "127.0.0.1"
port = {port}
reconnect_interval_s = 1
[venue_session.market_data]
sender_comp_id = "KAIROS-MD"
target_comp_id = "XNYS-MD"
[risk]
rules = "rules.toml"
"""
RULES = """
[[rule]]
id = "STOP"
text = "what a client may lose in a day"
indicator = "loss"
client = "{client}"
[[rule.level]]
at = {stop_loss}
release_at = {back}
actions = ["cancel"]
"""


class Market:
    """The client, the venue and its market data, each at the far end of a line."""

    def __init__(self, client: FixWire, venue: FixWire, feed: FixWire) -> None:
        self._client, self._venue, self._feed = client, venue, feed
        self._ids = 0

    def hold(self) -> None:
        """A position to lose with."""
        asked = self._order(HELD, COST_PX)
        self._report(asked, "F", "2", f"32={HELD}|31={COST_PX}|14={HELD}|151=0|")

    def breach(self) -> list[float]:
        """Microseconds from the mark to each cancel."""
        working = [self._order(1, RESTING_PX) for _ in range(WORKING)]
        for asked in working:
            self._report(asked, "0", "0", "14=0|151=1|")
        time.sleep(REST_S)
        falls = self._feed.made("W", self._mark(LOW_PX))
        took = []
        cancels = []
        started = time.perf_counter_ns()
        self._feed.sock.sendall(falls)
        for _ in working:
            cancels.append(self._venue.next("F"))
            took.append((time.perf_counter_ns() - started) / 1e3)
        for cancel in cancels:
            self._report(cancel, "4", "4", "14=0|151=0|")
        time.sleep(REST_S)
        self._feed.send("W", self._mark(COST_PX))
        time.sleep(REST_S)
        return took

    def _order(self, qty: int, px: str) -> dict[str, str]:
        self._ids += 1
        body = (
            f"1={CLIENT}-1|11=O{self._ids}|21=1|38={qty}|40=2|44={px}|54=1|55=XXX|59=0|60=20261123-09:00:00|207=XNYS|"
        )
        self._client.send("D", body)
        return self._venue.next("D")

    def _report(self, asked: dict[str, str], exec_type: str, status: str, more: str) -> None:
        self._ids += 1
        orig = f"41={asked['41']}|" if "41" in asked else ""
        qty = asked.get("38", "1")
        self._venue.send(
            "8",
            f"37=V{asked['11']}|17=E{self._ids}|150={exec_type}|39={status}|11={asked['11']}|{orig}55=XXX|54=1|38={qty}|"
            f"6=0|60=20261123-09:00:00|{more}",
        )

    def _mark(self, px: str) -> str:
        return f"262=marks-XNYS|55=XXX|207=XNYS|268=1|269=2|270={px}|271=100|"


def configure(folder: Path, fix_port: int, venue_port: int) -> Path:
    reference = REFERENCE.format(client=CLIENT) + VENUE + USER_AND_INSTRUMENT
    (folder / "reference.toml").write_text(reference)
    (folder / "rules.toml").write_text(RULES.format(client=CLIENT, stop_loss=STOP_LOSS, back=BACK))
    path = folder / "kairos.toml"
    session = SESSION.format(client=CLIENT, server=SERVER)
    path.write_text(
        CONFIG.format(port=fix_port, http="false", http_port=0) + session + VENUE_SESSION.format(port=venue_port)
    )
    return path


def one_round(breaches: int) -> dict[str, float]:
    """In a process of its own, on the client's core."""
    pin(CLIENT_CORE)
    with tempfile.TemporaryDirectory() as name, socket.create_server(("127.0.0.1", 0)) as listener:
        (fix_port,) = free_ports(1)
        config = configure(Path(name), fix_port, listener.getsockname()[1])
        with running([sys.executable, "-m", "kairos", "engine", "--config", str(config)], fix_port):
            lines = {line.own_id: line for line in (accepted(listener, SERVER) for _ in range(2))}
            client = logged_on(fix_port)
            with closing(client.sock):
                market = Market(client, lines["XNYS"], lines["XNYS-MD"])
                market.hold()
                took = [market.breach() for _ in range(breaches)]
    first, last = [each[0] for each in took], [each[-1] for each in took]
    found = {f"first p{p}": percentile(first, p) for p in (50, 99)}
    return found | {f"last p{p}": percentile(last, p) for p in (50, 99)} | {"most": max(last)}


def logged_on(port: int) -> FixWire:
    end = time.monotonic() + 20
    while True:
        try:
            sock = socket.create_connection(("127.0.0.1", port), timeout=20)
            break
        except ConnectionRefusedError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
    wire = FixWire(sock, CLIENT, SERVER)
    wire.send("A", "98=0|108=30|")
    wire.next("A")
    return wire


def main(quick: bool = False) -> None:
    command = [sys.executable, "-m", "bench.mark_to_cancel", "--one", str(10 if quick else BREACHES)]

    def run() -> dict[str, float]:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise results.Unmeasurable(done.stderr[-1000:])
        found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        return found

    runs = results.in_turn({"kairos": run}, 1 if quick else ROUNDS)["kairos"]
    keys = list(runs[0])
    found = {key: results.of_key(runs, key) for key in keys}
    results.keep("mark_to_cancel", {"breaches": BREACHES, "orders": WORKING, "us": found})


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(one_round(int(sys.argv[2]))))
    else:
        main("--quick" in sys.argv)

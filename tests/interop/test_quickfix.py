"""QuickFIX as client and as venue of a whole house, with kill -9 of either under load: nothing lost, nothing twice.

The counts come from both sides' own records. Needs QuickFIX 1.16.0, which has to be compiled: `make interop` does it
and names the Python that has it in KAIROS_INTEROP_PYTHON.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.system.fix_peer import FixPeer, utc_now
from tests.system.house import House

HERE = Path(__file__).parent
PYTHON = os.environ.get("KAIROS_INTEROP_PYTHON", "")
VERSIONS = ("FIX.4.2", "FIX.4.4", "FIX.5.0SP2")
ORDERS = int(os.environ.get("KAIROS_INTEROP_ORDERS", "2000"))
KILLS = 4
SEED = 20261122

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not PYTHON, reason="QuickFIX takes nine minutes to build: `make interop` does it"),
]


class Program:
    """A QuickFIX program in a folder of its own; what it recorded outlives it."""

    def __init__(self, folder: Path, script: str, *arguments: str) -> None:
        folder.mkdir()
        (folder / "store").mkdir()
        self.folder = folder
        self._command = [PYTHON, str(HERE / script), str(folder), *arguments]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(self._command, stdout=log, stderr=log)

    def kill(self) -> None:
        assert self.process is not None
        assert self.process.poll() is None, (self.folder / "log").read_text()[-2000:]
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()

    def records(self, kind: str) -> list[dict[str, Any]]:
        path = self.folder / "records"
        lines = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
        return [row for row in map(json.loads, lines) if row["kind"] == kind]


def new_house(folder: Path) -> House:
    folder.mkdir()
    return House(folder)


def widen_limits(house: House) -> None:
    path = house.folder / "reference.toml"
    lines = path.read_text().splitlines()
    path.write_text("\n".join(WIDE.get(line.partition(" = ")[0]) or line for line in lines) + "\n")


def speak(house: House, target: str, version: str) -> None:
    """The session with this TargetCompID(56) has that version."""
    path = house.folder / "kairos.toml"
    names = f'sender_comp_id = "KAIROS"\ntarget_comp_id = "{target}"'
    text = path.read_text()
    assert f'begin_string = "FIX.4.4"\n{names}' in text
    path.write_text(text.replace(f'begin_string = "FIX.4.4"\n{names}', f"{session_lines(version)}\n{names}"))


# The load is the test, not the limits.
WIDE = {
    key: f"{key} = {value}"
    for key, value in {
        "cash": '"900000000"', "max_order_notional": '"900000000"', "max_position": "90000000", "rate_per_s": "100000",
        "max_gross_exposure": '"900000000"', "max_net_exposure": '"900000000"', "rate_burst": "100000",
    }.items()
}  # fmt: skip


def without_simulator(house: House) -> None:
    """The venue is another's, without market data, and is called again each second."""
    path = house.folder / "kairos.toml"
    text, _, _ = path.read_text().partition("[simulator]")
    head, _, rest = text.partition("[venue_session.market_data]")
    path.write_text(
        head.replace("#reconnect_interval_s = 5", "reconnect_interval_s = 1") + rest[rest.index("[link]") :]
    )


def session_lines(version: str) -> str:
    """How kairos.toml names a version."""
    if version.startswith("FIX.5"):
        return f'begin_string = "FIXT.1.1"\nappl_version = "{version}"'
    return f'begin_string = "{version}"'


def orders_of(house: House) -> dict[str, dict[str, Any]]:
    rows = [json.loads(line) for line in house.run("orders", "--all", "--json").splitlines()]
    counted = Counter(row["cl_ord_id"] for row in rows)
    assert max(counted.values(), default=0) <= 1, f"orders twice: {[n for n, c in counted.items() if c > 1][:5]}"
    return {row["cl_ord_id"]: row for row in rows}


def wait_for(holds: Any, seconds: float, what: str) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.2)


def fills_by_order(reports: list[dict[str, Any]]) -> dict[str, Decimal]:
    """What traded, each ExecID(17) once."""
    seen: dict[str, tuple[str, Decimal]] = {}
    for row in reports:
        if (
            row["exec_type"] in ("F", "1", "2")
            and row["exec_trans_type"] in ("", "0")
            and Decimal(row["last_qty"] or 0)
        ):
            seen[row["exec_id"]] = (row["cl_ord_id"], Decimal(row["last_qty"]))
    total: dict[str, Decimal] = {}
    for cl_ord_id, qty in seen.values():
        total[cl_ord_id] = total.get(cl_ord_id, Decimal(0)) + qty
    return total


def given_twice(reports: list[dict[str, Any]]) -> tuple[int, list[dict[str, Any]]]:
    """How often QuickFIX gave a message again that it had given, and what Kairos sent twice under new numbers."""
    first: dict[str, int] = {}
    by_quickfix, by_kairos = 0, []
    for row in reports:
        if row["exec_id"] in ("", "0") or row["exec_type"] == "I" or row["exec_trans_type"] == "3":
            continue
        if first.setdefault(row["exec_id"], row["seq"]) == row["seq"]:
            by_quickfix += 1
        else:
            by_kairos.append(row)
    return by_quickfix - len(first), by_kairos


@pytest.mark.parametrize("version", VERSIONS)
def test_quickfix_as_client(version: str, tmp_path: Path) -> None:
    chance = Random(SEED)
    house = new_house(tmp_path / "house")
    widen_limits(house)
    speak(house, "ACME", version)
    arguments = (str(house.fix_port), version, "ACME", "KAIROS", str(ORDERS), "200")
    client = Program(tmp_path / "client", "quickfix_client.py", *arguments)
    try:
        with house:
            client.start()
            for each in range(2 * KILLS):
                wanted = ORDERS * (each + 1) // (2 * KILLS + 1)
                wait_for(lambda wanted=wanted: len(client.records("want")) >= wanted, 90, f"{wanted} orders")
                time.sleep(chance.random() / 2)
                if each % 2:
                    client.kill()
                    client.start()
                else:
                    house.kill("engine")
                    time.sleep(0.2)
                    house.wait_ready()
            wait_for(lambda: client.records("complete"), 120, "an answer to each order")
            house.run("kill", "the test is over", "--user", "risk")
            judge_client(house, client, version)
            assert house.stop() == 0
            assert "journal verified" in house.run("journal", "verify", str(house.journal))
    finally:
        client.stop()


def judge_client(house: House, client: Program, version: str) -> None:
    closed = ("2", "4", "8")

    def all_closed() -> bool:
        return {r["cl_ord_id"] for r in client.records("report") if r["ord_status"] in closed} >= wanted

    wanted = {row["cl_ord_id"] for row in client.records("want")}
    wait_for(all_closed, 60, "the last report of each order")
    reports, orders = client.records("report"), orders_of(house)
    traded = fills_by_order(reports)
    again, doubled = given_twice(reports)
    lost = [name for name in wanted if name not in orders]
    unequal = [n for n in wanted & orders.keys() if traded.get(n, Decimal(0)) != Decimal(str(orders[n]["cum_qty"]))]
    print(
        f"\nQuickFIX as client, {version}: {len(wanted)} orders, {KILLS} kills of the engine and {KILLS} of QuickFIX; "
        f"{len(reports)} reports, {len(traded)} orders traded; sent again with PossResend by the client "
        f"{len(client.records('again'))}; given to its application again by QuickFIX itself {again}; "
        f"lost {len(lost)}, twice {len(doubled)}"
    )
    assert len(wanted) == ORDERS
    assert (lost, doubled, unequal) == ([], [], [])
    assert set(orders) == wanted
    assert client.records("reject") == []
    assert client.records("other") == []


@pytest.mark.parametrize("version", VERSIONS)
def test_quickfix_as_venue(version: str, tmp_path: Path) -> None:
    chance = Random(SEED + 1)
    house = new_house(tmp_path / "house")
    widen_limits(house)
    without_simulator(house)
    speak(house, "SIM", version)
    venue = Program(tmp_path / "venue", "quickfix_venue.py", str(house.venue_port), version, "SIM", "KAIROS")
    peer = FixPeer(house.fix_port, "ACME")
    try:
        venue.start()
        with house:
            peer.connect()
            trade_and_kill(house, venue, peer, chance)
            judge_venue(house, venue, peer, version)
            assert house.stop() == 0
            assert "journal verified" in house.run("journal", "verify", str(house.journal))
    finally:
        peer.cut()
        venue.stop()


def trade_and_kill(house: House, venue: Program, peer: FixPeer, chance: Random) -> None:
    """Rounds of orders; in each, one side is killed in the middle."""
    number, a_round = 0, ORDERS // (2 * KILLS + 1)
    for each in range(2 * KILLS + 1):
        kill_at = number + chance.randrange(a_round // 4, a_round) if each < 2 * KILLS else -1
        for _ in range(a_round):
            if number == kill_at and each % 2:
                venue.kill()
                venue.start()
            elif number == kill_at:
                house.kill("engine")
                come_back(house, peer, number)
            peer.order(f"K{number}", "1", 10, "XXX", price="160.00")
            number += 1
            peer._read(0.002)
        peer.pump_until(lambda: house.status() == "ready", 30)
    come_back(house, peer, number)


def come_back(house: House, peer: FixPeer, count: int) -> None:
    """As a careful client does: what was never answered goes again with PossResend(97)=Y and the same ClOrdID(11)."""
    peer.cut()
    time.sleep(0.2)
    house.wait_ready()
    peer.connect(30)
    for _ in range(20):
        peer._read(0.05)
    answered = {report.get(11) for report in peer.reports}
    for number in range(count):
        if f"K{number}" not in answered:
            terms = {11: f"K{number}", 21: "1", 38: "10", 40: "2", 44: "160.00", 54: "1", 55: "XXX", 60: utc_now()}
            peer.send("D", {97: "Y", **terms})


def judge_venue(house: House, venue: Program, peer: FixPeer, version: str) -> None:
    def closed() -> set[str]:
        return {r[11] for r in peer.reports if r.get(35) == "8" and r.get(39) in ("2", "4", "8")}

    end = time.monotonic() + 90
    while time.monotonic() < end:
        orders = orders_of(house)
        if len(closed() & orders.keys()) == len(orders):
            break
        peer._read(0.2)
    orders = orders_of(house)
    open_orders = {name: row["ord_status"] for name, row in orders.items() if name not in closed()}
    taken = venue.records("order")
    twice = [row for row in venue.records("again") if not row["poss_resend"]]
    by_quickfix = [
        row for row in twice if any(row["seq"] == t["seq"] and row["cl_ord_id"] == t["cl_ord_id"] for t in taken)
    ]
    filled = sum(Decimal(row["qty"]) for row in taken)
    held = sum(Decimal(str(row["cum_qty"])) for row in orders.values())
    told = [r[17] for r in peer.reports if r.get(35) == "8" and r.get(150) == "F"]
    states = dict(Counter(row["ord_status"] for row in orders.values()))
    refusals = dict(Counter(r.get(58, "")[:60] for r in peer.reports if r.get(39) == "8"))
    resent = [row for row in taken if row["poss_resend"]]
    print(
        f"\nQuickFIX as venue, {version}: {len(orders)} orders taken by Kairos, {len(taken)} by the venue; {KILLS} "
        f"kills of the engine, {KILLS} of QuickFIX; states {states}, refused {refusals}; filled {filled} at the venue, "
        f"{held} in Kairos; sent with PossResend {len(resent)}; given to its application again by QuickFIX itself "
        f"{len(by_quickfix)}; open {len(open_orders)}, twice {len(twice) - len(by_quickfix)}"
    )
    refused_at_the_door = {r[11] for r in peer.reports if r.get(39) == "8"} - orders.keys()
    assert set(orders) | refused_at_the_door == {
        f"K{number}" for number in range(ORDERS // (2 * KILLS + 1) * (2 * KILLS + 1))
    }
    assert open_orders == {}
    assert len(twice) == len(by_quickfix)
    assert filled == held == sum(Decimal(r[32]) for r in peer.reports if r.get(35) == "8" and r.get(150) == "F")
    assert len(told) == len(set(told))
    assert venue.records("reject") == []

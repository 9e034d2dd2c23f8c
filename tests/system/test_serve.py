"""The whole house as real processes: a client trades over a socket, is cut off, comes back; processes are killed."""

from __future__ import annotations

import json
import time
from pathlib import Path
from random import Random

import pytest
from tests.system.fix_peer import FixPeer
from tests.system.house import House

pytestmark = pytest.mark.slow


def working(house: House) -> list[dict[str, object]]:
    return [json.loads(line) for line in house.run("orders", "--json").splitlines()]


def test_an_order_goes_to_the_venue_and_back(tmp_path: Path) -> None:
    with House(tmp_path) as house:
        peer = FixPeer(house.fix_port, "ACME")
        peer.connect()
        peer.order("A1", "1", 300, "XXX", price="161.00")
        new = peer.report_of("A1", "0")
        assert (new[150], new[151], new[1], new[55], new[207]) == ("0", "300", "ACME-1", "XXX", "XNYS")
        filled = peer.report_of("A1", "2", 20)
        assert (filled[14], filled[151]) == ("300", "0")
        peer.order("A1", "1", 300, "XXX", price="161.00")
        repeated = next(r for r in wait_for(peer, "A1", "8"))
        assert (repeated[103], repeated[39]) == ("6", "2")
        peer.logout()
        assert house.stop() == 0
        assert "journal verified" in house.run("journal", "verify", str(house.journal))


def wait_for(peer: FixPeer, cl_ord_id: str, exec_type: str) -> list[dict[int, str]]:
    def found() -> list[dict[int, str]]:
        return [r for r in peer.reports if r.get(11) == cl_ord_id and r.get(150) == exec_type]

    peer.pump_until(lambda: bool(found()))
    return found()


def test_a_client_that_is_cut_off_gets_what_it_missed(tmp_path: Path) -> None:
    with House(tmp_path) as house:
        peer = FixPeer(house.fix_port, "ACME")
        peer.connect()
        peer.order("A1", "1", 100, "XXX", price="153.00")
        peer.report_of("A1", "0")
        peer.order("A2", "1", 200, "XXX", price="161.00")
        peer.cut()
        order_ids = wait_until_filled(house, "A2")
        assert order_ids
        peer.connect()
        filled = peer.report_of("A2", "2")
        assert filled[43] == "Y"
        peer.cancel("A1-C", "A1", "1", "XXX")
        assert peer.report_of("A1-C", "4")[151] == "0"
        seen = [(r[34], r[17]) for r in peer.reports if r[35] == "8"]
        assert len(seen) == len(set(seen))
        peer.logout()


def wait_until_filled(house: House, cl_ord_id: str, seconds: float = 30.0) -> list[object]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        rows = [json.loads(line) for line in house.run("orders", "--all", "--json").splitlines()]
        filled = [r["order_id"] for r in rows if r["cl_ord_id"] == cl_ord_id and r["ord_status"] == "FILLED"]
        if filled:
            return filled
        time.sleep(0.2)
    return []


def test_kill_9_of_the_engine_loses_nothing(tmp_path: Path) -> None:
    with House(tmp_path) as house:
        peer = FixPeer(house.fix_port, "ACME")
        peer.connect()
        for n in range(20):
            peer.order(f"A{n}", "1", 100, "XXX", price="153.00")
        peer.report_of("A19", "0")
        before = {row["cl_ord_id"]: row for row in working(house)}
        peer.order("LAST", "1", 100, "XXX", price="153.00")
        house.kill("engine")
        peer.cut()
        time.sleep(0.3)
        house.wait_ready()
        peer.connect(20)
        after = {row["cl_ord_id"]: row for row in working(house)}
        assert {name: after.get(name) for name in before} == before
        assert len(after) - len(before) in (0, 1)  # LAST was made durable before the kill, or never acknowledged
        for n in range(20):
            peer.cancel(f"C{n}", f"A{n}", "1", "XXX")
        for n in range(20):
            peer.report_of(f"C{n}", "4", 20)
        acknowledged = [r[11] for r in peer.reports if r.get(150) == "0"]
        assert len(acknowledged) == len(set(acknowledged))
        peer.logout()
        assert house.stop() == 0
        assert "journal verified" in house.run("journal", "verify", str(house.journal))


def test_kill_9_under_load_neither_loses_nor_doubles(tmp_path: Path) -> None:
    """Judged from outside: each order that the desk holds was acknowledged once, and each acknowledged one is held."""
    chance = Random(20261122)
    with House(tmp_path) as house:
        peer = FixPeer(house.fix_port, "ACME")
        for attempt in range(3):
            peer.connect(30)
            send_until_killed(house, peer, f"K{attempt}", chance.randrange(50, 250))
            peer.cut()
            time.sleep(0.2)
            house.wait_ready()
        peer.connect(30)
        peer.order("END", "1", 100, "XXX", price="153.00")
        peer.report_of("END", "0", 30)
        rows = [json.loads(line) for line in house.run("orders", "--all", "--json").splitlines()]
        held = sorted(row["cl_ord_id"] for row in rows)
        assert len(held) > 20
        acknowledged = [r[11] for r in peer.reports if r.get(150) == "0"]
        assert sorted(acknowledged) == held
        refused = [r[11] for r in peer.reports if r.get(150) == "8" and r[11] not in held]
        assert len(refused) == len(set(refused))
        exec_ids = [r[17] for r in peer.reports if r[35] == "8"]
        assert len(exec_ids) == len(set(exec_ids))
        peer.logout()
        assert house.stop() == 0
        assert "journal verified" in house.run("journal", "verify", str(house.journal))


def send_until_killed(house: House, peer: FixPeer, prefix: str, kill_at: int) -> None:
    """Some hundred orders a second, until the engine is killed in the middle of them and the socket says so."""
    for n in range(400):
        if n == kill_at:
            house.kill("engine")
        try:
            peer.order(f"{prefix}-{n}", "1", 100, "XXX", price="153.00")
        except OSError:
            return
        time.sleep(0.002)


def test_when_the_venue_dies_nothing_stays_unknown(tmp_path: Path) -> None:
    with House(tmp_path) as house:
        peer = FixPeer(house.fix_port, "ACME")
        peer.connect()
        peer.order("A1", "1", 100, "XXX", price="153.00")
        peer.report_of("A1", "0")
        house.kill("simulator")
        time.sleep(0.3)
        peer.order("A2", "1", 100, "XXX", price="153.00")
        peer.pump_until(lambda: any(r.get(11) == "A2" for r in peer.reports))
        house.wait_ready()
        peer.order("A3", "1", 100, "XXX", price="153.00")
        peer.report_of("A3", "0")
        peer.cancel("A1-C", "A1", "1", "XXX")
        answer = ("8", "4"), ("8", "8"), ("9", "8"), ("9", "0"), ("9", "4")
        peer.pump_until(lambda: any((r[35], r.get(39)) in answer and r.get(11) == "A1-C" for r in peer.reports), 20)
        peer.logout()


def test_a_person_trades_from_the_command_line(tmp_path: Path) -> None:
    with House(tmp_path) as house:
        said = house.run("order", "buy", "100", "XXX.XNYS", "--account", "ACME-1", "--limit", "153")
        assert "OrderAccepted" in said
        assert "RouteRequested" in said
        (row,) = working(house)
        order_id = str(row["order_id"])
        assert (row["price"], row["ord_status"]) == ("153", "NEW")
        assert "OrderReplacePending" in house.run("order", "replace", order_id, "--limit", "153.5", "--qty", "200")
        assert "OrderCancelPending" in house.run("order", "cancel", order_id)
        refused = house.run("order", "buy", "100", "XXX.XNYS", "--account", "ACME-1", "--limit", "1", check=False)
        assert "PRICE_COLLAR" in refused
        care = house.run("order", "sell", "500", "XXX.XNYS", "--account", "ACME-1", "--limit", "160", "--care")
        assert "RouteRequested" not in care
        care_id = next(str(r["order_id"]) for r in working(house) if r["handl_inst"] == "MANUAL")
        assert "RouteRequested" in house.run("order", "route", care_id, "200", "--limit", "163")
        assert "RouteCancelRequested" in house.run("route", "cancel", "2")
        assert "ILLEGAL_STATE" in house.run("route", "resolve", "2", "live", check=False)
        assert "TradeBooked" in house.run("order", "fill", care_id, "100", "160.5", "--contra", "BROKER-X")
        life = house.run("journal", "show", str(house.journal), care_id)
        assert "TradeBooked" in life
        assert "RouteRequested" in life
        assert "unknown" in house.run("order", "cancel", "999999", check=False)


def test_risk_and_operations_change_the_desk_while_it_runs(tmp_path: Path) -> None:
    with House(tmp_path) as house:
        peer = FixPeer(house.fix_port, "ACME")
        peer.connect()
        peer.order("A1", "1", 100, "XXX", price="153.00")
        peer.report_of("A1", "0")
        assert "KillEngaged" in house.run("kill", "drill", "--user", "risk")
        canceled = peer.report_of("A1", "4")
        assert "kill switch: drill" in canceled[58]
        peer.order("A2", "1", 100, "XXX", price="153.00")
        assert "KILL" in peer.report_of("A2", "8")[58]
        (engaged,) = house.run("kill", "status", "--json").splitlines()
        assert json.loads(engaged)["to_cancel"] == json.loads(engaged)["canceled"] == 1
        assert "role=TRADER" in house.run("release", "please", "--word", "firm", check=False)
        assert "ApprovalRequested" in house.run("kill", "release", "drill is over", "--word", "firm", "--user", "risk")
        assert "1 KILL_RELEASE by risk" in house.run("approve", "list")
        assert "ReleaseKill" in house.run("approve", "show", "1")
        assert "OWN_REQUEST" in house.run("approve", "yes", "1", "--word", "firm", "--user", "risk", check=False)
        assert "KillReleased" in house.run("approve", "yes", "1", "--word", "firm", "--user", "admin")
        assert "no kill is engaged" in house.run("kill", "status")
        house.run("restrict", "XXX.XNYS", "research", "--user", "risk")
        peer.order("A3", "1", 100, "XXX", price="153.00")
        assert "RESTRICTED" in peer.report_of("A3", "8")[58]
        more = tmp_path / "more.toml"
        more.write_text(
            """
[[instrument]]
symbol = "NEW"
mic = "XNYS"
name = "New one"
currency = "USD"
tick_size = "0.01"
lot_size = 1
reference_px = "10"
"""
        )
        assert "1 records" in house.run("reference", "check", str(more))
        assert "InstrumentDefined" in house.run("reference", "apply", str(more), "--user", "admin")
        peer.order("A4", "1", 100, "NEW", price="10.00")
        peer.pump_until(lambda: any(r.get(11) == "A4" for r in peer.reports))
        peer.logout()

"""The keeper beside a house at work: what it keeps brings a fallen engine back as if the journal had been read."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.system.fix_peer import FixPeer
from tests.system.house import House

from kairos.adapters.snapshot_folder import snapshot_files

pytestmark = pytest.mark.slow
EVERY = 100


class KeptHouse(House):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        config = folder / "kairos.toml"
        text = config.read_text()
        assert "#snapshot_every = 1_000_000" in text
        config.write_text(text.replace("#snapshot_every = 1_000_000", f"snapshot_every = {EVERY}"))
        self.snapshots = folder / "data" / "snapshots"

    def told(self, event: str, component: str) -> list[dict[str, object]]:
        lines = [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]
        return [entry for entry in lines if entry.get("event") == event and entry.get("component") == component]


def wait_until(holds: Callable[[], bool], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def working(house: House) -> list[object]:
    return [json.loads(line) for line in house.run("orders", "--all", "--json").splitlines()]


def test_an_engine_comes_back_from_a_snapshot_with_all_that_it_had_told(tmp_path: Path) -> None:
    with KeptHouse(tmp_path) as house:
        peer = FixPeer(house.fix_port, "ACME")
        peer.connect()
        for n in range(40):
            peer.order(f"A{n}", "1", 100, "XXX", price="153.00")
        peer.report_of("A39", "0")
        wait_until(lambda: bool(snapshot_files(house.snapshots)))
        for n in range(5):
            peer.order(f"B{n}", "1", 100, "XXX", price="153.00")
        peer.report_of("B4", "0")
        before, told = working(house), [(r[34], r[37], r[17], r[39]) for r in peer.reports]
        house.kill("engine")
        peer.cut()
        time.sleep(0.3)
        house.wait_ready()
        assert house.told("journal read", "engine")[-1]["snapshot"] != "none"
        peer.next_in, peer.reports = 1, []  # a client that lost its store asks for everything
        peer.connect(20)
        assert [(r[34], r[37], r[17], r[39]) for r in peer.reports if r.get(43) == "Y"][: len(told)] == told
        assert working(house) == before
        peer.order("A0", "1", 100, "XXX", price="153.00")
        peer.pump_until(lambda: any(r.get(103) == "6" for r in peer.reports))
        peer.logout()
        assert house.stop() == 0
        assert "journal verified" in house.run("journal", "verify", str(house.journal))


def test_the_house_goes_on_while_its_keeper_is_killed_and_it_comes_back(tmp_path: Path) -> None:
    with KeptHouse(tmp_path) as house:
        peer = FixPeer(house.fix_port, "ACME")
        peer.connect()
        house.kill("keeper")
        for n in range(40):
            peer.order(f"A{n}", "1", 100, "XXX", price="153.00")
        peer.report_of("A39", "0")
        wait_until(lambda: bool(snapshot_files(house.snapshots)))
        assert "through sequence" in house.run("journal", "snapshot")
        peer.logout()
        assert house.stop() == 0
        assert not house.told("process is beyond help; all is stopped", "supervisor")

"""A backup of a running house under orders, restored elsewhere: the same desk, and sessions that go on."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import pytest
from tests.simulation.likeness import likeness, unlike
from tests.system.fix_peer import FixPeer
from tests.system.house import KAIROS, House

from kairos.adapters.journal_verify import verify
from kairos.history.past import desk_at
from kairos.history.span import Span

pytestmark = pytest.mark.slow

BURST = 150


def folder_of(tmp_path: Path) -> Path:
    folder = tmp_path / "house"
    folder.mkdir()
    return folder


def burst(peer: FixPeer, name: str, **more: str) -> None:
    for index in range(BURST):
        peer.order(f"{name}{index}", "1", 100, "XXX", price="153.00", **more)


def test_backup_under_load_holds_the_desk_as_it_was_at_its_last_sequence(tmp_path: Path) -> None:
    with House(folder_of(tmp_path)) as house:
        peer = FixPeer(house.fix_port, "ACME")
        peer.connect()
        sent = 0
        with subprocess.Popen([*KAIROS, "backup", "--to", "../b"], cwd=house.folder) as taking:
            while taking.poll() is None:
                peer.order(f"A{sent}", "1", 100, "XXX", price="153.00")
                sent += 1
                time.sleep(0.005)
        assert taking.returncode == 0
        burst(peer, "B")
        peer.report_of(f"B{BURST - 1}", "0", 30)
        assert sent > 10
        peer.logout()
    copy = tmp_path / "b" / "data" / "journal.db"
    last_seq = verify(copy).last_seq
    assert last_seq < verify(house.journal).last_seq
    none = tmp_path / "none"
    theirs = desk_at(house.journal, none, Span(to_seq=last_seq)).desk
    assert not unlike(likeness(desk_at(copy, none, Span()).desk), likeness(theirs))


def test_a_restored_house_goes_on_with_the_numbers_that_its_clients_expect(tmp_path: Path) -> None:
    with House(folder_of(tmp_path)) as house:
        peer = FixPeer(house.fix_port, "ACME")
        peer.connect()
        burst(peer, "A", _21="3")  # by hand: the simulated exchange, which a backup leaves out, would not know them
        peer.report_of(f"A{BURST - 1}", "0", 30)
        peer.logout()
        assert house.stop() == 0
        house.run("backup", "--to", "../b")
        numbers = (peer.next_in, peer.next_out)
        shutil.move(tmp_path / "house" / "data", tmp_path / "lost")
        assert "restored and verified" in house.run("restore", "--from", "../b")
        house.start()
        peer.connect()
        assert (peer.next_in, peer.next_out) == (numbers[0] + 1, numbers[1] + 1), "a Logon each, nothing asked again"
        peer.order("B1", "1", 100, "XXX", price="153.00")
        peer.report_of("B1", "0")
        peer.cancel("A0-C", "A0", "1", "XXX")
        assert peer.report_of("A0-C", "4")[151] == "0"
        peer.logout()
        assert house.stop() == 0
        assert "journal verified" in house.run("journal", "verify", str(house.journal))

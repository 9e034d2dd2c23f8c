"""The disk fails under a real engine: it stops before it could acknowledge, says why and what to do, and goes on
without loss once that is mended. Judged by a FIX client: whatever it was told is in the journal afterwards."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.system.fix_peer import FixPeer
from tests.system.house import KAIROS, House

from kairos.adapters.journal_archive import whole_rows
from kairos.adapters.journal_verify import verify
from kairos.history.span import Span, events_in
from kairos.model.events import OrderAccepted
from kairos.model.wire import decode_events

pytestmark = pytest.mark.slow

HALTED, UNSTARTABLE = 3, 2
DISK_BYTES = 3_000_000
LEFT_BYTES = 400_000
TRIES = 4_000

# Fails every sync of a journal's files while the file that KAIROS_TEST_BAD_DISK names is there.
SHIM = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int is_bad(int fd) {
    char link[64], path[4096];
    const char *trigger = getenv("KAIROS_TEST_BAD_DISK");
    if (!trigger || access(trigger, F_OK) != 0) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t size = readlink(link, path, sizeof path - 1);
    if (size < 0) return 0;
    path[size] = 0;
    return strstr(path, "journal.db") != NULL;
}
int fsync(int fd) {
    if (is_bad(fd)) { errno = EIO; return -1; }
    return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(fd);
}
int fdatasync(int fd) {
    if (is_bad(fd)) { errno = EIO; return -1; }
    return ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(fd);
}
"""


def fell(house: House, process: str = "engine") -> list[int]:
    """The exit codes with which a process fell so far."""
    entries = [json.loads(line) for line in house.log.read_text().splitlines() if line.startswith("{")]
    return [entry["exit_code"] for entry in entries if entry.get("process") == process and "exit_code" in entry]


def told_by_log(house: House, event: str) -> str:
    entries = [json.loads(line) for line in house.log.read_text().splitlines() if line.startswith("{")]
    return next((str(entry["why"]) for entry in entries if entry["event"] == event), "")


def until(holds: Callable[[], object], seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def order_until_it_falls(house: House, peer: FixPeer) -> None:
    """Send orders until nobody takes them any more."""
    try:
        for index in range(TRIES):
            peer.order(f"F{index}", "1", 100, "XXX", price="153.00")
            peer.pump_until(lambda: True)
            if index % 20 == 0:
                peer._read(0.01)
        pytest.fail("the disk did not fail")
    except (ConnectionError, OSError):
        peer.cut()
    until(lambda: fell(house))


def acknowledged(peer: FixPeer) -> set[str]:
    return {report[11] for report in peer.reports if report[35] == "8" and report[150] == "0"}


def kept(journal: Path) -> set[str]:
    return {event.cl_ord_id for _, event in events_in(journal, Span()) if isinstance(event, OrderAccepted)}


def check_goes_on(house: House, peer: FixPeer, was_told: set[str]) -> None:
    """What was told is kept; the client comes back, hears of the rest once, and trades on."""
    assert was_told
    assert was_told <= kept(house.journal)
    assert "journal verified" in house.run("journal", "verify", str(house.journal))
    house.start()
    peer.connect()
    peer.order("LATER", "1", 100, "XXX", price="153.00")
    peer.report_of("LATER", "0", 30)
    told = [(report[11], report[150]) for report in peer.reports if report[35] == "8" and report[150] == "0"]
    assert len(told) == len(set(told)), "nothing is told twice but as a possible duplicate"
    assert acknowledged(peer) == kept(house.journal)
    peer.logout()
    assert house.stop() == 0
    assert verify(house.journal).ok


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A house's folder whose data/ is a small disk of its own, nearly full."""
    folder = tmp_path / "house"
    (folder / "data").mkdir(parents=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "none", str(folder / "data")]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("a small disk has to be mounted, which needs root")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder / "data")], check=False)


def test_a_full_disk(small_disk: Path) -> None:
    house = House(small_disk)
    house.start()
    try:
        peer = FixPeer(house.fix_port, "ACME")
        peer.connect()
        ballast = small_disk / "data" / "ballast"
        ballast.write_bytes(bytes(shutil.disk_usage(small_disk / "data").free - LEFT_BYTES))
        order_until_it_falls(house, peer)
        assert fell(house)[0] == HALTED
        why = told_by_log(house, "the engine has halted")
        assert f"{house.journal}: " in why
        assert "SQLITE_FULL" in why and "free space on its disk, then start the engine again" in why
        assert house.process is not None
        until(lambda: house.process is None or house.process.poll() is not None)
        assert house.process.returncode == 1, "with no room to start in, the house ends"
        ballast.unlink()
        check_goes_on(house, peer, acknowledged(peer))
    finally:
        house.stop()


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    """The kernel refuses a write beyond the limit in mid-commit, as a quota or a failing disk would."""
    folder = tmp_path / "house"
    folder.mkdir()
    with House(folder) as house:
        peer = FixPeer(house.fix_port, "ACME")
        peer.connect()
        peer.order("FIRST", "1", 100, "XXX", price="153.00")
        peer.report_of("FIRST", "0", 30)
        log = house.journal.with_name("journal.db-wal")
        limit = log.stat().st_size + 50_001
        resource.prlimit(house.pid_of("engine"), resource.RLIMIT_FSIZE, (limit, limit))
        order_until_it_falls(house, peer)
        told = acknowledged(peer)
        assert fell(house)[0] == HALTED
        why = told_by_log(house, "the engine has halted")
        assert f"{house.journal}: " in why
        assert "look for the disk's errors in the system log" in why
        house.stop()
        check_goes_on(house, peer, told)


def test_a_failed_sync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("a sync is made to fail by a small library, which needs a C compiler")
    (tmp_path / "shim.c").write_text(SHIM)
    shim, bad_disk = tmp_path / "shim.so", tmp_path / "bad"
    build = [compiler, "-shared", "-fPIC", "-o", str(shim), str(tmp_path / "shim.c"), "-ldl"]
    subprocess.run(build, check=True)
    folder = tmp_path / "house"
    folder.mkdir()
    monkeypatch.setenv("KAIROS_TEST_BAD_DISK", str(bad_disk))
    monkeypatch.setenv("LD_PRELOAD", str(shim))
    with House(folder) as house:
        monkeypatch.delenv("LD_PRELOAD")
        peer = FixPeer(house.fix_port, "ACME")
        peer.connect()
        peer.order("FIRST", "1", 100, "XXX", price="153.00")
        peer.report_of("FIRST", "0", 30)
        bad_disk.touch()
        order_until_it_falls(house, peer)
        told = acknowledged(peer)
        assert told == {"FIRST"}, "nothing is acknowledged that was not synced"
        assert fell(house)[0] == HALTED
        why = told_by_log(house, "the engine has halted")
        assert "SQLITE_IOERR" in why and "run `kairos journal verify` before starting again" in why
        until(lambda: UNSTARTABLE in fell(house) or house.process is None or house.process.poll() is not None)
        house.stop()
        bad_disk.unlink()
        check_goes_on(house, peer, told)


@pytest.mark.parametrize("harm", ["flipped", "cut", "deleted"])
def test_a_log_that_is_harmed_after_a_crash(tmp_path: Path, harm: str) -> None:
    """Acknowledged batches never vanish without a word: the house does not start, and says where they are missing."""
    folder = tmp_path / "house"
    folder.mkdir()
    house = House(folder)
    house.start()
    try:
        peer = FixPeer(house.fix_port, "ACME")
        peer.connect()
        peer.order("FIRST", "1", 100, "XXX", price="153.00")
        peer.report_of("FIRST", "0", 30)
        assert house.process is not None
        children = [house.pid_of("engine"), house.pid_of("keeper"), house.pid_of("simulator")]
        for pid in (house.process.pid, *children):
            os.kill(pid, signal.SIGKILL)
        house.process.wait()
        log = house.journal.with_name("journal.db-wal")
        content = log.read_bytes()
        at = content.index(b"FIRST")
        altered = {"flipped": content[:at] + b"f" + content[at + 1 :], "cut": content[:at], "deleted": b""}[harm]
        log.unlink() if harm == "deleted" else log.write_bytes(altered)
        done = subprocess.run([*KAIROS, "serve"], cwd=folder, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 1
        assert "journal.db-wal was cut, altered or deleted" in done.stdout + done.stderr
        report = verify(house.journal)
        assert not report.ok and report.at_first_seq == report.last_seq + 1
        assert "FIRST" not in kept_before(house.journal, report.last_seq)
    finally:
        house.stop()


def kept_before(journal: Path, last_seq: int) -> set[str]:
    """What `verify` calls whole, read without asking about the log again."""
    rows = (row for row in whole_rows(journal) if row.next_seq <= last_seq + 1)
    events = (event for row in rows for event in decode_events(row.body))
    return {event.cl_ord_id for event in events if isinstance(event, OrderAccepted)}

"""`kairos demo` as people run it: to its end, interrupted, and with its processes killed in the middle."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kairos.demo.serving import is_alive, started_pids

DEMO = [sys.executable, "-m", "kairos", "demo", "--headless"]
# Far beyond what each takes on a busy machine; they end by themselves.
TIMEOUT_S = 150
POLL_S = 0.05

pytestmark = pytest.mark.slow


@contextmanager
def running(folder: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """A demo that works in this folder; killed if the test fails before it ends."""
    command = [*DEMO, "--json", "--dir", str(folder), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def log_of(folder: Path) -> list[dict[str, object]]:
    log = folder / "kairos.log"
    lines = log.read_text().splitlines(keepends=True) if log.exists() else []
    return [json.loads(line) for line in lines if line.endswith("\n")]


def pids(folder: Path, name: str) -> list[int]:
    """Of every life of a process of the house."""
    entries = log_of(folder)
    return [int(str(e["pid"])) for e in entries if e["event"] == "process started" and e["process"] == name]


def sessions_up(folder: Path) -> int:
    return sum(e["component"] == "fix" and e["event"] == "session is up" for e in log_of(folder))


def wait_until(what: str, holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + TIMEOUT_S
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(POLL_S)


def kill(folder: Path, name: str) -> None:
    """kill -9, and wait until the house is whole again: the process, and every session that it had."""
    lives, up = len(pids(folder, name)), sessions_up(folder)
    back = 6 if name == "engine" else 2
    os.kill(pids(folder, name)[-1], signal.SIGKILL)
    wait_until(f"{name} is started again", lambda: len(pids(folder, name)) > lives)
    wait_until(f"sessions are back after {name} fell", lambda: sessions_up(folder) >= up + back)


def facts_of(process: subprocess.Popen[str]) -> dict[str, object]:
    """The last line of standard output is the object; nothing comes after it."""
    out, err = process.communicate(timeout=TIMEOUT_S)
    assert "Traceback" not in err
    facts: dict[str, object] = json.loads(out.splitlines()[-1])
    return facts


def broken(facts: dict[str, object]) -> list[object]:
    """The checks at the demo's end that do not hold, with what was seen."""
    checks = facts["checks"]
    assert isinstance(checks, list) and len(checks) == 9
    return [check for check in checks if not check["holds"]]


def nobody_is_left(folder: Path) -> bool:
    return not any(is_alive(pid) for pid in started_pids(folder / "kairos.log"))


def test_two_minutes_at_full_speed_end_in_order(tmp_path: Path) -> None:
    with running(tmp_path, "--market-minutes", "2", "--speed", "max") as process:
        facts = facts_of(process)
    assert broken(facts) == []
    assert process.returncode == 0
    assert facts["ok"] is True
    assert facts["exchange_lives"] == 1
    orders, logons = facts["orders"], facts["logons"]
    assert isinstance(orders, dict) and isinstance(logons, dict)
    assert orders["accepted"] > 50
    assert {"PRICE_COLLAR", "OFF_TICK", "DUPLICATE_CL_ORD_ID", "MAX_POSITION", "RATE", "KILL"} <= set(orders["refused"])
    assert logons["BIRCH"] == 2, "its line was cut in the middle"
    risk = facts["risk"]
    assert isinstance(risk, dict)
    assert risk["levels"]["STOP-LOSS at strategy JUNIPER-EU/MOMENTUM"] >= 1, "it pays the spread with every order"
    assert any("kill switch" in act and "chief" in act for act in risk["acts"]), "a second person has released it"
    assert nobody_is_left(tmp_path)


def test_engine_and_exchange_killed_in_the_middle_and_all_sums_still_agree(tmp_path: Path) -> None:
    with running(tmp_path, "--market-minutes", "4", "--speed", "8") as process:
        wait_until("the clients are logged on", lambda: sessions_up(tmp_path) >= 6)
        time.sleep(4)  # some orders rest, some have traded
        kill(tmp_path, "engine")
        time.sleep(2)
        kill(tmp_path, "simulator")
        time.sleep(2)
        kill(tmp_path, "engine")
        facts = facts_of(process)
    assert broken(facts) == []
    assert process.returncode == 0
    assert facts["ok"] is True
    assert facts["exchange_lives"] == 2
    logons = facts["logons"]
    assert isinstance(logons, dict)
    assert min(logons.values()) >= 3
    assert nobody_is_left(tmp_path)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_demo_tells_what_happened_and_leaves_nothing_running(tmp_path: Path, number: int) -> None:
    with running(tmp_path, "--market-minutes", "5") as process:
        wait_until("the clients are logged on", lambda: sessions_up(tmp_path) >= 6)
        process.send_signal(number)
        facts = facts_of(process)
    assert process.returncode == 130
    assert facts["interrupted"] is True
    assert nobody_is_left(tmp_path)


def test_a_demo_whose_supervisor_is_killed_says_so_and_leaves_nothing_running(tmp_path: Path) -> None:
    with running(tmp_path, "--market-minutes", "5") as process:
        wait_until("the clients are logged on", lambda: sessions_up(tmp_path) >= 6)
        engine = Path(f"/proc/{pids(tmp_path, 'engine')[0]}/stat").read_text()
        os.kill(int(engine.rpartition(")")[2].split()[1]), signal.SIGKILL)
        _out, err = process.communicate(timeout=TIMEOUT_S)
    assert process.returncode == 1
    assert "Error: `kairos serve` has ended" in err
    assert "Traceback" not in err
    assert nobody_is_left(tmp_path)


def test_an_interrupt_before_the_house_is_open_leaves_nothing(tmp_path: Path) -> None:
    with running(tmp_path, "--market-minutes", "5") as process:
        wait_until("the first process is started", lambda: bool(pids(tmp_path, "engine")))
        process.send_signal(signal.SIGINT)
        _out, err = process.communicate(timeout=TIMEOUT_S)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert nobody_is_left(tmp_path)


def test_a_demo_that_was_given_no_folder_leaves_none() -> None:
    with tempfile.TemporaryDirectory(prefix="k") as short:  # a Unix socket's path has at most 107 bytes
        _run_without_folder(Path(short))


def _run_without_folder(folder: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(folder)}
    command = [*DEMO, "--market-minutes", "1", "--speed", "max", "--clients", "1"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == "journal verified; clients, engine and exchange agree."
    assert list(folder.iterdir()) == []

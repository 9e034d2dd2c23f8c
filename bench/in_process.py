"""Order -> checks -> venue -> fill -> position in one process, beside NautilusTrader 1 and 2 and vn.py.

All do the work of `bench/in_process_work.py`, each in a process on one core, in turn. A run that was disturbed (its
wall time exceeds its CPU time by 8 %) is refused and made again.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from bench import results
from bench.in_process_work import CANCELS, FILLS, SYMBOLS
from bench.servers import REPO
from bench.ways import undisturbed

ROUNDS = 5
PEERS = {"nautilus_2": "nautilus-2", "nautilus_1": "nautilus-1", "vnpy_risk": "vnpy"}
WORKS = {"fills": FILLS, "cancels": CANCELS}


def python_of(peer: str) -> Path:
    """The Python of a peer's own environment, which `make peers` makes."""
    return REPO / f".venv-bench-{PEERS[peer]}" / "bin" / "python"


def one_run(command: list[str], work: str) -> dict[str, float]:
    """Insists that all was done."""
    found = undisturbed(command)
    check(found, work)
    return {"orders_s": WORKS[work] / found["wall_s"], "cpu_us": found["cpu_s"] / WORKS[work] * 1e6}


def check(found: dict[str, float], work: str) -> None:
    wanted = (FILLS, FILLS, 0, SYMBOLS) if work == "fills" else (CANCELS, 0, CANCELS, 0)
    got = tuple(found[key] for key in ("orders", "filled", "canceled", "positions"))
    if got != wanted:
        raise results.Unmeasurable(f"orders, filled, canceled, positions: {got}, not {wanted}")


def main(quick: bool = False) -> None:
    commands = {
        f"kairos_{journal}": [sys.executable, "-m", "bench.in_process_run", "{work}", journal]
        for journal in ("off", "on")
    }
    lacking = {}
    for peer, name in PEERS.items():
        if python_of(peer).exists():
            commands[peer] = [str(python_of(peer)), "-m", f"bench.peers.{peer}", "{work}"]
        else:
            lacking[peer] = f"{name} is not here: `make peers` makes its environment"
    found: results.Found = {"lacking": lacking}
    for work in WORKS:
        ways = {
            name: partial(one_run, [part.format(work=work) for part in command], work)
            for name, command in commands.items()
        }
        runs = results.in_turn(ways, 1 if quick else ROUNDS)
        found[work] = {}
        for name, measured in runs.items():
            found[work][name] = {key: results.of_key(measured, key) for key in ("orders_s", "cpu_us")}
            for ours in ("kairos_off", "kairos_on"):
                pairs = zip(runs[ours], measured, strict=True)
                ratios = [mine["orders_s"] / theirs["orders_s"] for mine, theirs in pairs]
                found[work][name][ours] = results.of_runs(ratios)
    results.keep("in_process", found)


if __name__ == "__main__":
    main("--quick" in sys.argv)

"""The risk gate: the same 20,000 orders and five checks as openpit and NautilusTrader's RiskEngine; and all of ours.

All do the work of `bench/risk_gate_work.py`, none of it refused and a tenth, each in a process on one core, in turn. A
run that was disturbed is refused and made again. Beside it, the whole gate with its limits on five levels.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import partial

from bench import results
from bench.risk_gate_work import ORDERS, TIMED, WORKS
from bench.servers import REPO
from bench.ways import undisturbed

ROUNDS = 7
PEERS = {"openpit_gate": "openpit", "nautilus_1_gate": "nautilus-1"}
NO_FILL = ("nautilus_1_gate",)  # its RiskEngine books none
FIGURES = ("p50_us", "p99_us", "cpu_us")
OURS = "kairos_gate"
LEVELS = ("gate_25", "gate_80", "levels")


def one_run(command: list[str]) -> Mapping[str, float]:
    found = undisturbed(command)
    return {key: found[key] for key in FIGURES}


def commands(lacking: dict[str, str]) -> dict[str, list[str]]:
    """How each is run, but for the work and what is timed; tells why some are not."""
    found = {OURS: [sys.executable, "-m", "bench.risk_gate_run"]}
    for peer, name in PEERS.items():
        python = REPO / f".venv-bench-{name}" / "bin" / "python"
        if python.exists():
            found[peer] = [str(python), "-m", f"bench.peers.{peer}"]
        else:
            lacking[peer] = f"{name} is not here: `make peers` makes its environment"
    return found


def compare(all_ways: dict[str, list[str]], work: str, timed: str, rounds: int) -> results.Found:
    """Each way's figures, and how many times ours is as fast, run by run."""
    ways = {
        name: partial(one_run, [*command, work, timed])
        for name, command in all_ways.items()
        if timed == "check" or name not in NO_FILL
    }
    if timed == "check":
        ways["kairos_core"] = partial(one_run, [*all_ways[OURS], work, "engine"])
    runs = results.in_turn(ways, rounds)
    found: results.Found = {}
    for name, measured in runs.items():
        found[name] = {key: results.of_key(measured, key) for key in FIGURES}
        if name in PEERS:
            pairs = zip(runs[OURS], measured, strict=True)
            found[name]["ratio"] = results.of_runs([theirs["p50_us"] / ours["p50_us"] for ours, theirs in pairs])
    return found


def main(quick: bool = False) -> None:
    rounds = 1 if quick else ROUNDS
    lacking: dict[str, str] = {}
    all_ways = commands(lacking)
    found: results.Found = {"orders": ORDERS, "lacking": lacking}
    for timed in TIMED:
        for work in WORKS:
            found[f"{timed} {work}"] = compare(all_ways, work, timed, rounds)
    ways = {name: partial(one_run, [*all_ways[OURS], "clean", name]) for name in LEVELS}
    runs = results.in_turn(ways, rounds)
    found["levels"] = {name: {key: results.of_key(measured, key) for key in FIGURES} for name, measured in runs.items()}
    results.keep("risk_gate", found)


if __name__ == "__main__":
    main("--quick" in sys.argv)

"""FIX new order to durable acknowledgement, pipelined, beside QuickFIX acceptors that merely answer.

All get the same bytes from the same client, in turn. Kairos does everything: session, dictionary validation, ten
checks, order book, journal with its sync, session numbers.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager

from bench import results, servers
from bench.fix_client import WINDOW
from bench.fix_messages import FIELDS
from bench.servers import Server, Unavailable

ROUNDS = 5
MAX_LOAD_S = 300  # twenty times what any of them takes on a quiet machine
# Some seconds of each: enough that its start and end don't show.
ORDERS = {"kairos": 200_000, "quickfix_cpp": 100_000, "quickfix_python": 20_000, "sink": 200_000}
START: dict[str, Callable[[], AbstractContextManager[Server]]] = {
    "kairos": servers.kairos,
    "quickfix_cpp": servers.quickfix_cpp,
    "quickfix_python": servers.quickfix_python,
    "sink": servers.sink,
}


def one_run(name: str, count: int) -> dict[str, float]:
    with START[name]() as server:
        return load_of(server, "pipelined", str(count))


def load_of(server: Server, *arguments: str) -> dict[str, float]:
    """What the client says of its run."""
    command = [sys.executable, "-m", "bench.fix_client", str(server.port), str(server.pid), *arguments]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, cwd=servers.REPO, timeout=MAX_LOAD_S
        )
    except subprocess.TimeoutExpired:
        raise results.Unmeasurable(f"the load did not end in {MAX_LOAD_S} s: {' '.join(arguments)}") from None
    if done.returncode != 0:
        raise results.Unmeasurable(f"the load failed: {done.stderr.strip() or done.stdout.strip()}")
    found: dict[str, float] = json.loads(done.stdout)
    return found


def available() -> tuple[list[str], dict[str, str]]:
    """The servers that this machine has, and why it lacks the others."""
    names, lacking = [], {}
    for name, start in START.items():
        try:
            with start():
                names.append(name)
        except Unavailable as error:
            lacking[name] = str(error)
    return names, lacking


def main(quick: bool = False) -> None:
    names, lacking = available()
    share = 10 if quick else 1
    ways = {name: (lambda name=name: one_run(name, ORDERS[name] // share)) for name in names}
    runs = results.in_turn(ways, 1 if quick else ROUNDS)
    found: results.Found = {"fields": FIELDS, "window": WINDOW, "lacking": lacking, "servers": {}}
    for name, measured in runs.items():
        found["servers"][name] = {
            "orders_s": results.of_key(measured, "orders_s"),
            "cpu_us": results.of_key(measured, "cpu_us"),
            "orders": ORDERS[name] // share,
        }
        if name != "kairos":
            pairs = zip(runs["kairos"], measured, strict=True)
            found["servers"][name]["ratio"] = results.of_runs(
                [ours["orders_s"] / each["orders_s"] for ours, each in pairs]
            )
    results.keep("fix_ack", found)


if __name__ == "__main__":
    main("--quick" in sys.argv)

"""From the moment an order is due to its durable acknowledgement, at steady rates, against what the machine costs.

The floor is what no durable answer over a socket can beat: one fdatasync and one loopback ping-pong, measured in the
same run. The same load on a journal in memory (`/dev/shm`) tells what of the tail is the disk's; the wake-up of a
process that only sleeps tells what is the scheduler's. And the engine says how long its commits, garbage collections
and stalls took at the longest.
"""

from __future__ import annotations

import os
import sys
import tempfile
from functools import partial
from pathlib import Path

from bench import engine_times, results, servers
from bench.fix_ack import load_of
from bench.machine import CLIENT_CORE, fdatasync_us, oversleep_us, percentile, ping_pong_us
from bench.timing import pin

RATES = (1_000, 10_000)
SECONDS = 10
ROUNDS = 3
PERCENTILES = ("p50", "p90", "p99", "p99.9")
MEMORY = "/dev/shm"


def one_run(rate: int, seconds: int, parent: str | None) -> dict[str, float]:
    with servers.kairos(parent=parent, http=True) as server:
        before = engine_times.scrape(server.http_port)
        found = load_of(server, "paced", str(rate * seconds), str(rate))
        return found | engine_times.longest_us(before, engine_times.scrape(server.http_port))


def floor() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        synced = fdatasync_us(Path(folder))
    answered, late = ping_pong_us(), oversleep_us()
    return {
        "fdatasync p50": percentile(synced, 50), "fdatasync p99": percentile(synced, 99),
        "fdatasync p99.9": percentile(synced, 99.9), "ping-pong p50": percentile(answered, 50),
        "ping-pong p99": percentile(answered, 99), "late p99": percentile(late, 99),
        "late p99.9": percentile(late, 99.9),
    }  # fmt: skip


def main(quick: bool = False) -> None:
    everywhere = os.sched_getaffinity(0)
    pin(CLIENT_CORE)
    seconds = 2 if quick else SECONDS
    ways = {"floor": floor}
    for rate in RATES:
        ways[f"{rate}"] = partial(one_run, rate, seconds, None)
        if Path(MEMORY).is_dir():
            ways[f"{rate} in memory"] = partial(one_run, rate, seconds, MEMORY)
    runs = results.in_turn(ways, 1 if quick else ROUNDS)
    os.sched_setaffinity(0, everywhere)
    floors = [run["fdatasync p50"] + run["ping-pong p50"] for run in runs["floor"]]
    found: results.Found = {
        "seconds": seconds,
        "floor": {key: results.of_key(runs["floor"], key) for key in runs["floor"][0]},
        "floor_us": results.of_runs(floors),
    }
    for name in ways:
        if name != "floor":
            found[name] = {key: results.of_key(runs[name], key) for key in runs[name][0]}
            ratios = [run["p50"] / base for run, base in zip(runs[name], floors, strict=True)]
            found[name]["ratio"] = results.of_runs(ratios)
    results.keep("fix_latency", found)


if __name__ == "__main__":
    main("--quick" in sys.argv)

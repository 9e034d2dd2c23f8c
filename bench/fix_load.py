"""Latency against load, up to where the engine can't do more and beyond: does it bend, and is anything lost?

Orders are due at a steady rate whatever the engine does; beyond what it can do they wait with the client, since it
stops reading rather than gather them in memory. Every order is acknowledged in the end, or the run is void.
"""

from __future__ import annotations

import sys
from functools import partial

from bench import results, servers
from bench.fix_ack import load_of
from bench.fix_latency import PERCENTILES

RATES = (1_000, 5_000, 10_000, 20_000, 40_000, 60_000, 80_000, 100_000, 130_000, 160_000)
SECONDS = 2
ROUNDS = 3


def one_run(rate: int) -> dict[str, float]:
    with servers.kairos() as server:
        return load_of(server, "paced", str(rate * SECONDS), str(rate))


def main(quick: bool = False) -> None:
    rates = RATES[:3] if quick else RATES
    runs = results.in_turn({str(rate): partial(one_run, rate) for rate in rates}, 1 if quick else ROUNDS)
    keys = (*PERCENTILES, "orders_s", "cpu_us")
    results.keep(
        "fix_load", {"rates": [[rate, {k: results.of_key(runs[str(rate)], k) for k in keys}] for rate in rates]}
    )


if __name__ == "__main__":
    main("--quick" in sys.argv)

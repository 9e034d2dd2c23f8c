"""Matching: limit orders and cancels in one book, beside the order books that PyPI installs.

All do the work of `bench/order_book_work.py`, each in a process on one core, in turn; traded volume and number of
cancels must come out alike. A run that was disturbed is refused and made again.
"""

from __future__ import annotations

import sys
from functools import partial

from bench import results
from bench.order_book_work import OPERATIONS
from bench.servers import REPO
from bench.ways import undisturbed

ROUNDS = 5
PEERS = ("lightmatchingengine", "cython_orderbook", "akhil4n_orderbook", "pyorderbook")
PEERS_PYTHON = REPO / ".venv-bench-order-books" / "bin" / "python"


def one_run(command: list[str]) -> dict[str, float]:
    found = undisturbed(command)
    return {
        "operations_s": found["operations"] / found["wall_s"],
        "cpu_us": found["cpu_s"] / found["operations"] * 1e6,
        "traded": found["traded"],
        "canceled": found["canceled"],
    }


def main(quick: bool = False) -> None:
    ways = {
        f"kairos_{what}": partial(one_run, [sys.executable, "-m", "bench.order_book_run", what])
        for what in ("book", "exchange")
    }
    lacking = {}
    if PEERS_PYTHON.exists():
        ways |= {peer: partial(one_run, [str(PEERS_PYTHON), "-m", "bench.peers.order_books", peer]) for peer in PEERS}
    else:
        lacking["order_books"] = "the order books of PyPI are not here: `make peers` makes their environment"
    runs = results.in_turn(ways, 1 if quick else ROUNDS)
    outcomes = {(run["traded"], run["canceled"]) for measured in runs.values() for run in measured}
    if len(outcomes) > 1:
        raise results.Unmeasurable(f"traded volume and cancels differ: {sorted(outcomes)}")
    traded, canceled = outcomes.pop()
    found: results.Found = {
        "operations": OPERATIONS, "traded": traded, "canceled": canceled, "lacking": lacking, "books": {},
    }  # fmt: skip
    for name, measured in runs.items():
        found["books"][name] = {key: results.of_key(measured, key) for key in ("operations_s", "cpu_us")}
        pairs = zip(runs["kairos_book"], measured, strict=True)
        found["books"][name]["ratio"] = results.of_runs([a["operations_s"] / b["operations_s"] for a, b in pairs])
    results.keep("order_book", found)


if __name__ == "__main__":
    main("--quick" in sys.argv)

"""The orders that every risk gate is given; told once, so that all do the same. It imports nothing of ours.

`ORDERS` limit orders of `QTY` at `PRICE` across `SYMBOLS` symbols of one account, in each symbol buy and sell in turn.
Five checks are on: the order's own terms, its size (quantity and value), the rate, the day's loss, the funds, which an
accepted order reserves. Of the work `tenth`, each tenth order is `TOO_MUCH` and must be refused, and no other.

What is timed: `check`, an order that stands ready is checked, and reserved for; `whole`, an order is made, checked,
reserved for, and its fill booked.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

from bench.timing import Stopwatch, pin

ORDERS = 20_000
SYMBOLS = 100
QTY, TOO_MUCH, MAX_QTY = 100, 5_000, 1_000
PRICE = 100
MAX_NOTIONAL = 10_000_000
MAX_LOSS = 1_000_000_000
RATE = 10_000_000  # orders a second: never the binding one
CASH = 1_000_000_000_000
HELD = 1_000_000  # units of each symbol at the start, so that no sale is short
WORKS = ("clean", "tenth")
TIMED = ("check", "whole")

Act = Callable[[int], bool]
"""Do what is timed for the nth order; whether it was accepted."""


def symbol(n: int) -> str:
    return f"S{n % SYMBOLS:03d}"


def is_buy(n: int) -> bool:
    return n // SYMBOLS % 2 == 0


def qty(n: int, work: str) -> int:
    return TOO_MUCH if work == "tenth" and n % 10 == 9 else QTY


def refusals(work: str) -> int:
    return ORDERS // 10 if work == "tenth" else 0


def run(prepare: Callable[[str, str], Act]) -> None:
    """Time each order, insist on what must be refused, and tell it: one line of JSON."""
    pin(1)
    work, timed = sys.argv[1:3]
    act = prepare(work, timed)
    clock = time.perf_counter_ns
    took = [0] * ORDERS
    refused = 0
    with Stopwatch() as watch:
        for n in range(ORDERS):
            begun = clock()
            accepted = act(n)
            took[n] = clock() - begun
            if not accepted:
                refused += 1
    if refused != refusals(work):
        raise SystemExit(f"{refused} orders refused, not {refusals(work)}")
    took.sort()
    print(
        json.dumps(
            {
                "p50_us": took[ORDERS // 2] / 1e3, "p99_us": took[ORDERS * 99 // 100] / 1e3,
                "cpu_us": watch.cpu_s / ORDERS * 1e6, "wall_s": watch.wall_s, "cpu_s": watch.cpu_s,
            }
        )
    )  # fmt: skip

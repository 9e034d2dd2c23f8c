"""The work that Kairos and those it is compared with do in one process; told once, so that all do the same.

fills: `FILLS` limit orders of `QTY` across `SYMBOLS` symbols, in each symbol B B S B S ..., so never short; one order a
tick at 100.00/100.01, each marketable, filled in full at once. cancels: `CANCELS` resting buys, each canceled on the
next tick. A cash account; no order may be worth more than `MAX_NOTIONAL`.
"""

from __future__ import annotations

FILLS = 20_000
CANCELS = 10_000
SYMBOLS = 100
QTY = 100
BID, ASK, RESTING = "100.00", "100.01", "99.00"
DEPTH = 1_000_000
CASH = 1_000_000_000
MAX_NOTIONAL = 10_000_000
START_NS = 1_795_000_000_000_000_000
TICK_NS = 1_000_000


def symbol(n: int) -> str:
    """The symbol of the nth order and of its tick."""
    return f"S{n % SYMBOLS:03d}"


def is_buy(n: int) -> bool:
    """The side of the nth order: in its symbol, the first two buy, then sell and buy take turns."""
    turn = n // SYMBOLS
    return turn < 2 or turn % 2 == 1


def ticks(work: str) -> int:
    """One tick an order; the last cancel has a tick of its own."""
    return FILLS if work == "fills" else CANCELS + 1

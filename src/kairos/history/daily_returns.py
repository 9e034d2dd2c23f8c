"""Daily returns from the bars on disk, for value at risk: exact closes, integers in millionths.

A day ends where the caller says, in the time zone of the market; its close is that of its last bar. Closes are as they
traded: a split shows as a fall that nobody had, so that history from before one must be cut off or adjusted.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from kairos.model.numbers import parse_price
from kairos.model.values import DailyReturn

MICRO = 1_000_000


def daily_returns(closes: Iterable[tuple[int, Decimal]]) -> list[DailyReturn]:
    """From (YYYYMMDD, close) in the order of days; rounded to the nearest millionth, half away from zero."""
    found: list[DailyReturn] = []
    before = 0
    for date, close in closes:
        px = parse_price(f"{close:f}")
        if before > 0:
            found.append(DailyReturn(date, return_ppm(before, px)))
        before = px
    return found


def return_ppm(before: int, px: int) -> int:
    """A price against one before it."""
    gain = (px - before) * MICRO
    size = (2 * abs(gain) + before) // (2 * before)
    return size if gain >= 0 else -size

"""What a corporate action makes of prices and quantities: arithmetic in whole numbers, no state.

The units change by a ratio, `numerator` new ones for `denominator` old; a dividend takes `cash` a share off first. So a
price before is worth (price - cash) * denominator / numerator after.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.model.market_enums import CorporateActionKind

# The largest split or consolidation on record is some thousands to one; it also keeps the products in 63 bits.
MAX_RATIO: Final = 100_000


def is_sound(kind: CorporateActionKind, numerator: i64, denominator: i64, cash: i64) -> bool:
    """Whether ratio and cash are such as this kind of action has."""
    if not 0 < numerator <= MAX_RATIO or not 0 < denominator <= MAX_RATIO or cash < 0:
        return False
    if kind is CorporateActionKind.CASH_DIVIDEND:
        return numerator == denominator and cash > 0
    if kind is CorporateActionKind.STOCK_DIVIDEND:
        return numerator > denominator
    if cash:
        return False
    return numerator > denominator if kind is CorporateActionKind.SPLIT else numerator < denominator


def ex_price(px: int, cash: int, numerator: int, denominator: int, unit: int) -> int:
    """The reference price after the action, to the nearest multiple of `unit`, half up; 0 where nothing is left."""
    parts = numerator * unit
    value = max(px - cash, 0) * denominator
    return (value + value + parts) // (parts + parts) * unit


def price_down(px: int, cash: int, numerator: int, denominator: int, tick: int) -> int:
    """An order's price after the action, at the tick or the one below; 0 or less where nothing is left."""
    return (px - cash) * denominator // (numerator * tick) * tick


def price_up(px: int, numerator: int, denominator: int, tick: int) -> int:
    """An order's price in the new units, at the tick or the one above."""
    return -(-px * denominator // (numerator * tick)) * tick


def new_units(qty: int, numerator: int, denominator: int, lot: int) -> int:
    """What is left of an order in new units: whole lots, but never fewer units than before where there are more."""
    scaled = qty * numerator // denominator
    lots = scaled - scaled % lot
    return max(lots, qty) if numerator >= denominator else lots


class RestatedHolding:
    """A position in new units, and the money for a fraction that is left over (all signed as the position is)."""

    def __init__(self, qty: int, cost: int, realized: int, cash: int) -> None:
        self.qty: Final[int] = qty
        self.cost: Final[int] = cost
        self.realized: Final[int] = realized
        self.cash: Final[int] = cash


def restate_holding(
    qty: int, cost: int, realized: int, numerator: int, denominator: int, px: int, multiplier: int
) -> RestatedHolding:
    """The position in whole new units. A fraction is sold (or bought back) for cash at `px`, a price in new units;
    while none is known its cost stays with the whole units, and no cash is told."""
    sign = 1 if qty >= 0 else -1
    parts = qty * sign * numerator
    whole, rest = divmod(parts, denominator)
    if not rest or not px:
        return RestatedHolding(whole * sign, cost if whole else 0, realized if whole else realized - cost, 0)
    share = cost * rest // parts
    in_lieu = rest * px * multiplier // denominator * sign
    return RestatedHolding(whole * sign, cost - share, realized + in_lieu - share, in_lieu)

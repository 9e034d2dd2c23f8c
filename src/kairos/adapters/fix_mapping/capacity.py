"""Rule80A(47) of FIX 4.0 to 4.2 against OrderCapacity(528) and OrderRestrictions(529), which replaced it.

What Rule80A says of a short exempt sale is Side(54) 6 in both. Source: FIX 4.4 volume 6, fields 47, 528 and 529, and
volume 4, "OrderCapacity and OrderRestrictions (formerly Rule80A) usage by market".
"""

from __future__ import annotations

from typing import Final

from kairos.model.enums import Side

_INDEX_ARBITRAGE: Final = "1 2"
_OTHER_PROGRAM: Final = "1 3"
_COMPETING_MARKET_MAKER: Final = "4"
_SPECIALIST: Final = "5"

_PLAIN: Final = {
    "A": ("A", ""),
    "C": ("P", _OTHER_PROGRAM),
    "D": ("P", _INDEX_ARBITRAGE),
    "I": ("I", ""),
    "J": ("I", _INDEX_ARBITRAGE),
    "K": ("I", _OTHER_PROGRAM),
    "M": ("W", _INDEX_ARBITRAGE),
    "N": ("W", _OTHER_PROGRAM),
    "O": ("P", _COMPETING_MARKET_MAKER),
    "P": ("P", ""),
    "R": ("A", _COMPETING_MARKET_MAKER),
    "S": ("P", _SPECIALIST),
    "T": ("W", _COMPETING_MARKET_MAKER),
    "U": ("A", _INDEX_ARBITRAGE),
    "W": ("W", ""),
    "Y": ("A", _OTHER_PROGRAM),
}
_SHORT_EXEMPT: Final = {
    "B": ("A", ""),
    "E": ("P", ""),
    "F": ("W", ""),
    "H": ("I", ""),
    "L": ("P", _COMPETING_MARKET_MAKER),
    "X": ("W", _COMPETING_MARKET_MAKER),
    "Z": ("A", _COMPETING_MARKET_MAKER),
}
_READ: Final = {**_PLAIN, **_SHORT_EXEMPT}
_WRITE: Final = {said: code for code, said in _PLAIN.items()}
_WRITE_SHORT_EXEMPT: Final = _WRITE | {said: code for code, said in _SHORT_EXEMPT.items()}
_NEAREST: Final = {"G": "P", "R": "P"}
"""Proprietary and riskless principal are kinds of principal, which is as far as Rule80A goes."""


def capacity_of(rule_80a: str) -> tuple[str, str]:
    """OrderCapacity(528) and OrderRestrictions(529); ("", "") for a code that the standard doesn't have."""
    return _READ.get(rule_80a, ("", ""))


def rule_80a_of(capacity: str, restrictions: str, side: Side) -> str:
    """The code for both, else for the capacity alone; "" where there is none."""
    table = _WRITE_SHORT_EXEMPT if side is Side.SELL_SHORT_EXEMPT else _WRITE
    nearest = _NEAREST.get(capacity, capacity)
    return table.get((nearest, restrictions)) or table.get((nearest, ""), "")

"""How a market finds the price of a call auction: steps, each of which keeps the prices that are best for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kairos.model.enums import Code


class AuctionStep(Code):
    """One rule by which prices are chosen."""

    VOLUME = "volume"  # the most trades
    SERVED = "served"  # all who bid more, and all who ask less, trade in full
    IMBALANCE = "imbalance"  # the least is left of the larger side
    PRESSURE = "pressure"  # with buyers left over at all prices the highest, with sellers the lowest
    REFERENCE = "reference"  # the nearest to the reference price
    MIDDLE = "middle"  # the nearest to the middle of what is left


class AuctionRule:
    """The steps in their order; `any_price`: the reference price may be chosen though nobody named it as a limit."""

    def __init__(self, steps: Sequence[AuctionStep], any_price: bool = False) -> None:
        self.steps: Final = tuple(steps)
        self.any_price: Final = any_price


PLAIN_RULE: Final = AuctionRule(
    (AuctionStep.VOLUME, AuctionStep.IMBALANCE, AuctionStep.PRESSURE, AuctionStep.REFERENCE)
)

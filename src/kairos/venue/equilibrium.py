"""The price of a call auction: at each price, how much would trade and what would be left; then rules that choose.

An exchange's rule is a row of steps. Each keeps, of the prices that the steps before it left, those that are best by
its own measure; whatever prices are left at the end, the highest is taken. So exchanges differ in data alone:

- Hong Kong: volume, imbalance, pressure, reference (HKEX, Rules of the Exchange, indicative equilibrium price).
- Taipei: volume, served, reference, at any price (TWSE Operating Rules, article 58-3).
- Shanghai: volume, served, imbalance, middle; Shenzhen the reference in place of the middle (both Trading Rules).
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.market.auction_rule import AuctionRule, AuctionStep


@mypyc_attr(acyclic=True)
class PricePoint:
    """What an auction at `px` would meet: all who would buy and sell there, and those of them who offer better."""

    __slots__ = ("better_buy_qty", "better_sell_qty", "buy_qty", "px", "sell_qty")

    def __init__(self, px: i64, buy_qty: i64, sell_qty: i64, better_buy_qty: i64, better_sell_qty: i64) -> None:
        self.px: Final = px
        self.buy_qty: Final = buy_qty
        self.sell_qty: Final = sell_qty
        self.better_buy_qty: Final = better_buy_qty
        self.better_sell_qty: Final = better_sell_qty

    def volume(self) -> i64:
        """What would trade."""
        return min(self.buy_qty, self.sell_qty)

    def imbalance(self) -> i64:
        """What would be left over: bought more than sold is positive."""
        return self.buy_qty - self.sell_qty


def equilibrium(points: list[PricePoint], rule: AuctionRule, reference_px: i64) -> PricePoint | None:
    """The point at which the auction trades; None when nothing would trade at any."""
    left = most_volume(points)
    for step in rule.steps:
        if len(left) <= 1:
            break
        left = kept(step, left, reference_px)
    return max(left, key=_px) if left else None


def kept(step: AuctionStep, points: list[PricePoint], reference_px: i64) -> list[PricePoint]:
    """What a step leaves of at least one point; never nothing."""
    if step is AuctionStep.VOLUME:
        return most_volume(points)
    if step is AuctionStep.SERVED:
        return all_better_served(points)
    if step is AuctionStep.IMBALANCE:
        return least_imbalance(points)
    if step is AuctionStep.PRESSURE:
        return by_pressure(points)
    if step is AuctionStep.REFERENCE:
        return nearest(points, 2 * reference_px) if reference_px else points
    return nearest(points, min(point.px for point in points) + max(point.px for point in points))


def most_volume(points: list[PricePoint]) -> list[PricePoint]:
    """The points of the greatest volume; none where nothing trades."""
    most: i64 = 0
    for point in points:
        most = max(most, point.volume())
    return [point for point in points if point.volume() == most] if most > 0 else []


def all_better_served(points: list[PricePoint]) -> list[PricePoint]:
    """The points at which whoever offers better than the price trades in full; all of them if there is none."""
    served = [point for point in points if max(point.better_buy_qty, point.better_sell_qty) <= point.volume()]
    return served or points


def least_imbalance(points: list[PricePoint]) -> list[PricePoint]:
    """The points of the smallest imbalance, whichever its side."""
    least = min(abs(int(point.imbalance())) for point in points)
    return [point for point in points if abs(int(point.imbalance())) == least]


def by_pressure(points: list[PricePoint]) -> list[PricePoint]:
    """The highest price where buyers are left over at each, the lowest where sellers are; else all."""
    if all(point.imbalance() > 0 for point in points):
        return [max(points, key=_px)]
    if all(point.imbalance() < 0 for point in points):
        return [min(points, key=_px)]
    return points


def nearest(points: list[PricePoint], twice_px: i64) -> list[PricePoint]:
    """The points nearest to a price, which is given twice, so that a middle needs no half."""
    least = min(abs(2 * int(point.px) - int(twice_px)) for point in points)
    return [point for point in points if abs(2 * int(point.px) - int(twice_px)) == least]


def _px(point: PricePoint) -> int:
    return point.px

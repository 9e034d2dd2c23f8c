"""Call auctions: orders are collected by price and time, then trade with each other, all at one price.

Two ways to a price. In a market that clients make themselves, `equilibrium` finds it in their orders, and they trade
with each other: market orders first, then by price, then by time. Where a tape says what the real auction gave, its
print is the price, and clients' orders fill within its volume: both sides share it, so that is less than the real
auction could have given, never more.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.market.auction_rule import AuctionRule
from kairos.market.price_limits import UNBOUNDED, PriceBounds
from kairos.model.enums import TimeInForce
from kairos.venue.blotter import Blotter
from kairos.venue.equilibrium import PricePoint, equilibrium
from kairos.venue.orders import Place, VenueOrder
from kairos.venue.queue import PriceQueue
from kairos.venue.recorder import AUCTION

# Where market orders stand in the queues: before every price that an order can have.
BUY_AT_MARKET: Final[i64] = 1 << 61
SELL_AT_MARKET: Final[i64] = 0


@mypyc_attr(acyclic=True)
class Indication:
    """What an auction would give now: its price, what would trade, and what would be left (more bought is positive).
    All 0 where nothing would trade."""

    __slots__ = ("imbalance", "px", "volume")

    def __init__(self, px: i64, volume: i64, imbalance: i64) -> None:
        self.px: Final = px
        self.volume: Final = volume
        self.imbalance: Final = imbalance

    def is_as(self, other: Indication) -> bool:
        """Whether both say the same."""
        return self.px == other.px and self.volume == other.volume and self.imbalance == other.imbalance


NOTHING: Final = Indication(0, 0, 0)


class AuctionBook:
    """The orders collected for the next auction of one instrument."""

    def __init__(self) -> None:
        self.buys: Final = PriceQueue(highest_first=True)
        self.sells: Final = PriceQueue(highest_first=False)
        self.changed = False  # since somebody last asked what the auction would give

    def add(self, order: VenueOrder) -> None:
        """Collect an order, behind those of its price."""
        at_market = BUY_AT_MARKET if order.is_buy else SELL_AT_MARKET
        self._queue(order).add(order, at_market if order.at_market else order.price)
        order.place = Place.HELD
        self.changed = True

    def remove(self, order: VenueOrder) -> None:
        """Take an order out."""
        self._queue(order).remove(order)
        order.place = Place.NOWHERE
        self.changed = True

    def orders(self) -> list[VenueOrder]:
        """All orders here: buys, then sells, each as they would trade."""
        return self.buys.orders() + self.sells.orders()

    def indication(self, rule: AuctionRule, reference_px: i64, limits: PriceBounds = UNBOUNDED) -> Indication:
        """What the auction would give now, at a price within the limits."""
        point = equilibrium(price_points(self, rule, reference_px, limits), rule, reference_px)
        return NOTHING if point is None else Indication(point.px, point.volume(), point.imbalance())

    def settle(
        self, blotter: Blotter, rule: AuctionRule, reference_px: i64, limits: PriceBounds, now_ns: i64
    ) -> Indication:
        """What the auction gives now that it trades: first who must have all and would not goes, one by one."""
        found = self.indication(rule, reference_px, limits)
        short = self._first_short(found.volume)
        while short is not None:
            self.remove(short)
            blotter.cancel(short, "fill or kill: the auction could not fill all of it", now_ns)
            found = self.indication(rule, reference_px, limits)
            short = self._first_short(found.volume)
        return found

    def _first_short(self, volume: i64) -> VenueOrder | None:
        """The first fill or kill order that would not get all of it."""
        for queue in (self.buys, self.sells):
            left = volume
            for order in queue.orders():
                if order.time_in_force is TimeInForce.FILL_OR_KILL and order.leaves_qty > left:
                    return order
                left = max(0, left - order.leaves_qty)
        return None

    def uncross(self, blotter: Blotter, found: Indication, now_ns: i64) -> None:
        """Let buyers and sellers trade at the price that was found: who comes first in one queue meets who comes
        first in the other."""
        left = found.volume
        while left > 0:
            buy = first_of(self.buys)
            sell = first_of(self.sells)
            if buy is None or sell is None:
                return
            qty = min(left, buy.leaves_qty, sell.leaves_qty)
            left -= qty
            blotter.fill_in_auction(buy, sell, qty, found.px, now_ns)
            self._let_go(buy)
            self._let_go(sell)

    def fill_at_tape(self, blotter: Blotter, px: i64, size: i64, now_ns: i64) -> None:
        """The tape's auction has printed: who accepts its price fills, as far as its volume goes."""
        left = size
        for order in ranked(self.orders(), px):
            qty = min(order.leaves_qty, left)
            if qty == 0:
                return
            if order.time_in_force is TimeInForce.FILL_OR_KILL and qty < order.leaves_qty:
                continue
            left -= qty
            blotter.fill(order, qty, px, now_ns, AUCTION)
            self._let_go(order)

    def _let_go(self, order: VenueOrder) -> None:
        self.changed = True
        if order.leaves_qty == 0:
            self.remove(order)

    def _queue(self, order: VenueOrder) -> PriceQueue:
        return self.buys if order.is_buy else self.sells


def first_of(queue: PriceQueue) -> VenueOrder | None:
    level = queue.best()
    return None if level is None else level.head


def price_points(
    book: AuctionBook, rule: AuctionRule, reference_px: i64, limits: PriceBounds = UNBOUNDED
) -> list[PricePoint]:
    """What each price would meet, of those that come into question: orders' limits, the edges of the auction's own
    where orders from before it go beyond them, and the reference price where the rule lets it be chosen, or where
    nobody has named a limit."""
    buys = quantities(book.buys)
    sells = quantities(book.sells)
    prices = set(buys) | set(sells)
    prices.discard(BUY_AT_MARKET)
    prices.discard(SELL_AT_MARKET)
    if reference_px > 0 and (rule.any_price or not prices):
        prices.add(reference_px)
    if not all(map(limits.allows, prices)):
        prices |= {limits.low_px, limits.high_px}
    ascending = sorted(prices)
    better_sells = below(ascending, sells)
    better_buys = above(ascending, buys)
    return [
        PricePoint(px, more + buys.get(px, 0), less + sells.get(px, 0), more, less)
        for px, more, less in zip(ascending, better_buys, better_sells, strict=True)
        if limits.allows(px)
    ]


def quantities(queue: PriceQueue) -> dict[int, int]:
    """How much wants to trade at each price of a queue, hidden sizes of icebergs with it."""
    totals: dict[int, int] = {}
    for order in queue.orders():
        totals[order.queue_px] = totals.get(order.queue_px, 0) + order.leaves_qty
    return totals


def below(prices: list[int], totals: dict[int, int]) -> list[int]:
    """For each of the ascending prices, how much of `totals` stands below it."""
    sums: list[int] = []
    running = totals.get(SELL_AT_MARKET, 0)
    for px in prices:
        sums.append(running)
        running += totals.get(px, 0)
    return sums


def above(prices: list[int], totals: dict[int, int]) -> list[int]:
    """For each of the ascending prices, how much of `totals` stands above it."""
    sums: list[int] = []
    running = totals.get(BUY_AT_MARKET, 0)
    for px in reversed(prices):
        sums.append(running)
        running += totals.get(px, 0)
    sums.reverse()
    return sums


Rank = tuple[bool, int, int]


def ranked(orders: list[VenueOrder], px: i64) -> list[VenueOrder]:
    """Those who accept the price, in the order in which they trade."""
    ranks: list[tuple[Rank, VenueOrder]] = []
    for order in orders:
        margin = order.price - px if order.is_buy else px - order.price
        if order.at_market:
            ranks.append(((False, 0, order.entry_seq), order))
        elif margin >= 0:
            ranks.append(((True, -margin, order.entry_seq), order))
    ranks.sort(key=_rank)
    return [order for _, order in ranks]


def _rank(ranked_order: tuple[Rank, VenueOrder]) -> Rank:
    return ranked_order[0]

"""Volatility interruptions: a band around a price that follows the market, and what would trade outside it.

The band's centre is, by the rule, the last price so long ago (where trading goes on in the pause, as in Hong Kong), the
mean of the prices since (Taipei, US LULD), or without a look back the first price of the day. One price counts for each
order that traded and for each print. What happens when an order would trade outside is the market's:

- without a pause the order is refused (dynamic price banding);
- where trading goes on in the pause, the band stands still for it, and what would trade outside is taken out;
- otherwise trading stops for an auction, at once or after a time in which the order has waited in vain.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.market.price_limits import UNBOUNDED, InterruptionRule, PriceBounds
from kairos.market.ticks import TickTable
from kairos.venue.book import HIGHEST_PX, OrderBook, accepts
from kairos.venue.listing import Listing
from kairos.venue.orders import VenueOrder


class BandWatch:
    """The band of one instrument. `first_px` is the centre until there is a trade; 0 for none."""

    def __init__(self, rule: InterruptionRule, ticks: TickTable, first_px: i64) -> None:
        self.rule: Final = rule
        self.ticks: Final = ticks
        self.before_px: i64 = first_px  # the last price before those that are looked back at
        self.times: list[int] = []
        self.prices: list[int] = []
        self.stands_until_ns: i64 = 0
        self.interrupted_ns: i64 = -1  # when the last interruption began
        self.standing: PriceBounds = UNBOUNDED

    def note(self, px: i64, now_ns: i64) -> None:
        """The market has traded at a price."""
        if self.rule.look_back_ns == 0 and self.before_px:
            return
        self.times.append(now_ns)
        self.prices.append(px)

    def centre(self, now_ns: i64) -> i64:
        """What the band is reckoned from; 0 while there is nothing to reckon from."""
        self._forget(now_ns - self.rule.look_back_ns)
        if not self.prices or (self.rule.trades_in_pause and self.before_px):
            return self.before_px
        return self.prices[0] if self.rule.trades_in_pause else sum(self.prices) // len(self.prices)

    def bounds(self, now_ns: i64, starts_ns: i64, ends_ns: i64) -> PriceBounds:
        """Between which prices orders may trade now, in a stretch of continuous trading."""
        if now_ns < self.stands_until_ns:
            return self.standing
        rule = self.rule
        if rule.once_a_session and self.interrupted_ns >= starts_ns:
            return UNBOUNDED
        if now_ns < starts_ns + rule.skip_first_ns or now_ns >= ends_ns - rule.skip_last_ns:
            return UNBOUNDED
        centre = self.centre(now_ns)
        if centre == 0:
            return UNBOUNDED
        return rule.band(centre, self.ticks.tick_at(centre), now_ns >= ends_ns - rule.late_ns)

    def stand_still(self, bounds: PriceBounds, until_ns: i64) -> None:
        """Keep the band as it is for a while."""
        self.standing = bounds
        self.stands_until_ns = until_ns

    def _forget(self, until_ns: i64) -> None:
        """Let go of the prices that are too old; the last of them is remembered."""
        old = 0
        while old < len(self.times) and self.times[old] <= until_ns:
            self.before_px = self.prices[old]
            old += 1
        if old:
            del self.times[:old]
            del self.prices[:old]


def watch_of(listing: Listing) -> BandWatch | None:
    """What watches for volatility, where the market's rules ask for it."""
    rules = listing.rules
    return None if rules.interruption is None else BandWatch(rules.interruption, listing.ticks, rules.reference_px)


def within(one: PriceBounds, other: PriceBounds) -> PriceBounds:
    """What both allow."""
    highs = [bounds.high_px for bounds in (one, other) if bounds.high_px]
    return PriceBounds(max(one.low_px, other.low_px), min(highs) if highs else 0)


def limit_book(book: OrderBook, bounds: PriceBounds) -> None:
    """Let orders reach no further than the bounds."""
    book.low_px = max(1, bounds.low_px)
    book.high_px = bounds.high_px or HIGHEST_PX


def is_stopped(book: OrderBook, order: VenueOrder) -> bool:
    """Whether the bounds alone keep an order from more: who is first on the other side stands beyond them, and the
    order itself would go there."""
    level = book.queue_of(not order.is_buy).best()
    if level is None or order.cum_qty == order.order_qty:
        return False
    beyond = level.px > book.high_px if order.is_buy else level.px < book.low_px
    return beyond and (order.at_market or accepts(order, level.px, order.price))


def would_be_stopped(book: OrderBook, order: VenueOrder) -> bool:
    """Whether the bounds would keep a new order from some of what it would take."""
    left = order.leaves_qty
    for level in book.queue_of(not order.is_buy).levels_from_best():
        if left <= 0 or not (order.at_market or accepts(order, level.px, order.price)):
            return False
        if level.px > book.high_px if order.is_buy else level.px < book.low_px:
            return True
        resting = level.head
        while resting is not None:
            left -= resting.leaves_qty
            resting = resting.next_order
    return False

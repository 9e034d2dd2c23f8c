"""What can be seen of an instrument's market: its price levels, its day so far, its phase, and how old that is.

A board is filled from a tape or from a venue's feed and read by whoever tells it on. `levels` are totals by price; a
market that shows only its best bid and offer has one level a side. `version` grows with every change, so that a
reader knows whether he has seen it. A market whose feed is lost, or says nothing for too long, is *stale*: its prices
stay, with their time, and everybody is told that they may have moved on.
"""

from __future__ import annotations

from collections import deque
from typing import Final

from mypy_extensions import i64

from kairos.market.book import TopOfBook
from kairos.market.tape import Quote, Trade

# Who reads less often than every hundredth print learns of the others from the day's volume.
RECENT_TRADES: Final = 100

Level = tuple[int, int]
"""A price and the size shown there."""


class BoardSide:
    """One side's price levels."""

    def __init__(self, is_bid: bool) -> None:
        self.is_bid: Final = is_bid
        self.sizes: Final[dict[int, int]] = {}

    def set_size(self, px: i64, size: i64) -> bool:
        """The size shown at a price, 0 for none. Returns whether that is news."""
        if size == 0:
            return self.sizes.pop(px, 0) != 0
        if self.sizes.get(px) == size:
            return False
        self.sizes[px] = size
        return True

    def only(self, px: i64, size: i64) -> bool:
        """There is this level and no other (none at all for a size of 0). Returns whether that is news."""
        if size == 0:
            changed = bool(self.sizes)
            self.sizes.clear()
            return changed
        if len(self.sizes) == 1 and self.sizes.get(px) == size:
            return False
        self.sizes.clear()
        self.sizes[px] = size
        return True

    def levels(self, depth: int = 0) -> tuple[Level, ...]:
        """From the best, at most `depth` of them (0: all)."""
        prices = sorted(self.sizes, reverse=self.is_bid)
        return tuple((px, self.sizes[px]) for px in (prices[:depth] if depth else prices))


class MarketBoard:
    """One instrument's market. `auction` is what an auction would give now: its price, the quantity that would trade,
    and the quantity left over (bought more than sold: positive); zeros where there is none."""

    def __init__(self, instrument: str) -> None:
        self.instrument: Final = instrument
        self.top: Final = TopOfBook(instrument)
        self.bids: Final = BoardSide(is_bid=True)
        self.asks: Final = BoardSide(is_bid=False)
        self.recent: Final[deque[Trade]] = deque(maxlen=RECENT_TRADES)
        self.phase = ""  # TradingSessionSubID(625); empty where nobody says, or the market is closed
        self.tells_phase = False  # its source says in which phase it is
        self.halted = False
        self.auction: tuple[int, int, int] = (0, 0, 0)
        self.stale_since_ns: i64 = 0  # 0 while it is fresh
        self.changed_at_ns: i64 = 0  # of the last word of the feed, news or not
        self.version: i64 = 0

    def on_quote(self, quote: Quote) -> None:
        """A market that shows its best bid and offer alone. What says nothing new changes nothing but the age."""
        bids = self.bids.only(quote.bid_px, quote.bid_size)
        asks = self.asks.only(quote.ask_px, quote.ask_size)
        self._touch(quote.time_ns, bids or asks or self.top.quote_time_ns == 0)
        self.top.on_quote(quote)

    def on_level(self, is_bid: bool, px: i64, size: i64, time_ns: i64) -> None:
        """A price level of a market that shows more."""
        side = self.bids if is_bid else self.asks
        changed = side.set_size(px, size)
        self._touch(time_ns, changed)
        if changed:
            self._top_from_levels(time_ns)

    def replace_levels(self, bids: dict[int, int], asks: dict[int, int], time_ns: i64) -> None:
        """All levels of both sides, sizes by price."""
        changed = bids != self.bids.sizes or asks != self.asks.sizes
        self._touch(time_ns, changed)
        if changed:
            self.bids.sizes.clear()
            self.bids.sizes.update(bids)
            self.asks.sizes.clear()
            self.asks.sizes.update(asks)
            self._top_from_levels(time_ns)

    def on_last(self, px: i64, size: i64, time_ns: i64) -> None:
        """The last trade of a feed that does not tell all of them: it counts for no volume and no bar."""
        self._touch(time_ns, px != self.top.last_px or size != self.top.last_size)
        self.top.last_px = px
        self.top.last_size = size
        self.top.trade_time_ns = time_ns

    def on_trade(self, trade: Trade) -> None:
        """A print."""
        self.top.on_trade(trade)
        self.recent.append(trade)
        self._touch(trade.time_ns, True)

    def trades_after(self, count: i64) -> list[Trade]:
        """The prints after the day's first `count`, the oldest first; those that are no longer known are missing."""
        news = min(self.top.trade_count - count, len(self.recent))
        return list(self.recent)[len(self.recent) - news :] if news > 0 else []

    def on_phase(self, phase: str, time_ns: i64) -> None:
        """The market's phase, a TradingSessionSubID(625)."""
        self._touch(time_ns, phase != self.phase)
        self.phase = phase
        self.tells_phase = True

    def on_halt(self, halted: bool, time_ns: i64) -> None:
        """Trading in it stops, or goes on."""
        self._touch(time_ns, halted != self.halted)
        self.halted = halted

    def on_auction(self, px: i64, paired_qty: i64, imbalance_qty: i64, time_ns: i64) -> None:
        """What an auction would give now; zeros when it is over."""
        auction = (int(px), int(paired_qty), int(imbalance_qty))
        self._touch(time_ns, auction != self.auction)
        self.auction = auction

    def grow_stale(self, now_ns: i64) -> None:
        """The feed is lost, or has been silent for too long."""
        if self.stale_since_ns == 0:
            self.stale_since_ns = now_ns
            self.version += 1

    def _touch(self, time_ns: i64, changed: bool) -> None:
        self.changed_at_ns = max(self.changed_at_ns, time_ns)
        if changed or self.stale_since_ns != 0:
            self.stale_since_ns = 0
            self.version += 1

    def _top_from_levels(self, time_ns: i64) -> None:
        bid_px, bid_size = best(self.bids)
        ask_px, ask_size = best(self.asks)
        self.top.on_quote(Quote(self.instrument, time_ns, bid_px, bid_size, ask_px, ask_size))


def best(side: BoardSide) -> Level:
    """A side's best level; zeros where it shows none."""
    if not side.sizes:
        return (0, 0)
    px = max(side.sizes) if side.is_bid else min(side.sizes)
    return (px, side.sizes[px])

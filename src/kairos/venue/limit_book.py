"""The matching book alone, in one instrument: limit orders of nobody in particular, by price and time.

It is the exchange's own book (`book`, `taking`, `queue`) with no tape behind it and no reports made: what is left is
the matching. Orders have numbers that their owner gives.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.model.enums import OrdType, Side, TimeInForce
from kairos.venue.book import OrderBook
from kairos.venue.orders import VenueOrder
from kairos.venue.recorder import Recorder
from kairos.venue.taking import enter


@mypyc_attr(acyclic=True)
class Match:
    """Two orders have traded with each other, at the maker's price."""

    def __init__(self, taker_id: i64, maker_id: i64, qty: i64, px: i64) -> None:
        self.taker_id: i64 = taker_id
        self.maker_id: i64 = maker_id
        self.qty: i64 = qty
        self.px: i64 = px


class Matches(Recorder):
    """What a book that stands alone remembers: its resting orders by number, and its trades."""

    def __init__(self) -> None:
        self.resting: dict[int, VenueOrder] = {}
        self.matches: list[Match] = []

    def fill_pair(self, taker: VenueOrder, maker: VenueOrder, qty: i64, px: i64, now_ns: i64) -> None:
        maker.add_fill(qty, px)
        taker.add_fill(qty, px)
        self.matches.append(Match(taker.entry_seq, maker.entry_seq, qty, px))
        if maker.leaves_qty == 0:
            del self.resting[maker.entry_seq]


class LimitBook:
    """Add, reduce and cancel limit orders; their trades gather until they are drained."""

    def __init__(self) -> None:
        self._kept = Matches()
        self.book: Final = OrderBook(self._kept, has_quotes=False, turn_percent=0, has_tape=False)

    def add(self, order_id: i64, is_buy: bool, qty: i64, px: i64) -> i64:
        """A new limit order: it trades with all that it reaches, what is left rests. Returns how much that is."""
        side = Side.BUY if is_buy else Side.SELL
        order = VenueOrder("", "", "", "", side, OrdType.LIMIT, TimeInForce.DAY, qty, px, 0, 0, 0, order_id)
        enter(self.book, order, 0)
        if order.leaves_qty > 0:
            self._kept.resting[order_id] = order
        return order.leaves_qty

    def cancel(self, order_id: i64) -> i64:
        """Take an order out. Returns how much of it was left, 0 where it doesn't rest."""
        order = self._kept.resting.pop(order_id, None)
        if order is None:
            return 0
        self.book.remove(order)
        return order.leaves_qty

    def reduce(self, order_id: i64, qty: i64) -> None:
        """Make an order smaller by so much, which keeps its place; nothing is left of it, it goes."""
        order = self._kept.resting.get(order_id)
        if order is None:
            return
        if qty >= order.leaves_qty:
            self.cancel(order_id)
        else:
            order.order_qty -= qty
            order.resize()

    def depth(self, is_buy: bool, most: i64) -> list[tuple[int, int]]:
        """Price and size of the best levels of a side, the best first."""
        found: list[tuple[int, int]] = []
        levels = self.book.queue_of(is_buy).levels
        place: i64 = len(levels) - 1
        while place >= 0 and len(found) < most:
            found.append((levels[place].px, levels[place].shown()[0]))
            place -= 1
        return found

    def order(self, order_id: i64) -> VenueOrder | None:
        """The resting order of that number."""
        return self._kept.resting.get(order_id)

    def drain(self) -> list[Match]:
        """The trades since the last drain, in order."""
        matches = self._kept.matches
        self._kept.matches = []
        return matches

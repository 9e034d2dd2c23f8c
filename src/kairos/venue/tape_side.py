"""One side of what the tape shows, price by price, and how much of it our clients have taken.

A tape of quotes shows one level, one of depth several, one of orders the orders of each level too (`tape_orders`). The
tape doesn't know of our clients, so it goes on showing what one of them has taken. Each level remembers that, so that
the same size is never offered twice: free is what is shown less what was taken. New size at the price is free; where
the tape shows less than was taken, the rest is forgotten. A price that the tape leaves for a worse one is gone with all
that was taken there; a price that it shows no more because it is too deep may still stand unseen, so what was taken
there is kept.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.market.ticks import TickTable, single_tick
from kairos.venue.orders import UNSEEN
from kairos.venue.tape_impact import Impact, Push


class TapeOrder:
    """One order of the tape's book, without a name where `ref` is less than 0. `seq` tells who came first, also among
    clients' orders at its price.
    """

    def __init__(self, level: TapeLevel, ref: i64, size: i64, seq: i64) -> None:
        self.level = level
        self.ref: i64 = ref
        self.size: i64 = size
        self.seq: i64 = seq
        self.taken: i64 = 0
        self.prev_order: TapeOrder | None = None
        self.next_order: TapeOrder | None = None


class TapeLevel:
    """What the tape shows at one price; `size` 0 where it is only remembered for what was `taken`.

    `printed` is what traded there since its size was last told.
    """

    def __init__(self, px: i64, size: i64) -> None:
        self.px: i64 = px
        self.size: i64 = size
        self.taken: i64 = 0
        self.printed: i64 = 0
        self.head: TapeOrder | None = None
        self.tail: TapeOrder | None = None


class TapeSide:
    """The tape's bids or its offers.

    `px` and `size` are the best that it shows, 0 for nobody; `offer_px` is the best price where something is free,
    worse than shown where clients have pushed it.
    """

    def __init__(self, is_bid: bool, impact: Impact | None = None, ticks: TickTable | None = None) -> None:
        self.sign: i64 = 1 if is_bid else -1
        self.levels: list[TapeLevel] = []  # the best is the last; those without size are deeper than all with
        self.px: i64 = 0
        self.size: i64 = 0
        self.known = False  # the tape has spoken, so a price of 0 means that nobody is there
        self.offered = False  # the two sides are neither locked nor crossed: someone could trade with it
        self.receded = False  # the best price has become worse since the clients' places were last looked at
        self.news = False  # its price has changed or something is left there, so those who wait must look
        self.offer: TapeLevel | None = None
        self.offer_px: i64 = 0
        self.push: Final = Push(impact) if impact is not None else None
        self.ticks: Final = ticks if ticks is not None else single_tick(1)
        self.shift: i64 = 0  # by how much the price is pushed, towards worse for who takes
        self.offer_size: i64 = 0  # what was left there when it was last looked at

    def free(self) -> i64:
        """What an aggressive order can still take at `offer_px`."""
        offer = self.offer
        if offer is None or not self.offered:
            return 0
        return offer.size - offer.taken

    def free_before(self, ahead: i64) -> i64:
        """What is free at `offer_px` before a client's order that stands there behind `ahead` of the tape's size."""
        offer = self.offer
        if offer is None:
            return 0
        return max(0, min(ahead, offer.size) - offer.taken)

    def free_to(self, limit: i64) -> i64:
        """All that is free at prices no worse than the limit."""
        total: i64 = 0
        if not self.offered:
            return total
        for place in range(len(self.levels) - 1, -1, -1):
            level = self.levels[place]
            if level.size == 0 or (level.px - self.shift * self.sign) * self.sign < limit * self.sign:
                break
            total += level.size - level.taken
        return total

    def ease(self, now_ns: i64) -> None:
        """Let the price come back from where clients have pushed it."""
        if self.push is None:
            return
        shift = self.push.whole_ticks(now_ns) * self.ticks.tick_at(self.px)
        if shift != self.shift:
            self.shift = shift
            self.look()

    def take(self, qty: i64, now_ns: i64) -> None:
        """A client has taken it at `offer_px`."""
        offer = self.offer
        if offer is None:
            return
        if self.push is not None:
            self.push.add(qty, offer.size, now_ns)
        offer.taken += qty
        order = offer.head
        while qty > 0 and order is not None:
            part = min(qty, order.size - order.taken)
            order.taken += part
            qty -= part
            order = order.next_order
        if offer.taken == offer.size:
            self.look()

    def worst_px(self) -> i64:
        """The deepest price that it shows, pushed as it is; 0 for none."""
        for level in self.levels:
            if level.size > 0:
                return level.px - self.shift * self.sign
        return 0

    def shown_before(self, px: i64) -> i64:
        """What stands before an order that comes to this price now, as far as it can be seen."""
        if not self.known or not self.offered:
            return UNSEEN
        place = self.place_of(px)
        if place == len(self.levels):
            return 0
        level = self.levels[place]
        if level.px == px and level.size > 0:
            return level.size
        return 0 if place > 0 and self.levels[place - 1].size > 0 else UNSEEN

    def is_better(self, px: i64, than_px: i64) -> bool:
        """Whether the first price is the better one on this side; 0 (nobody) is worse than any."""
        if than_px == 0 or px == 0:
            return px != 0
        return px * self.sign > than_px * self.sign

    def show_best(self, px: i64, size: i64) -> None:
        """A quote: the best price and its size, and nothing of what is behind it."""
        self.known = True
        if px != self.px:
            self._move_best(px)
            self.news = True
        self.size = size
        if size == 0:
            self.offer = None
            self.offer_px = 0
            return
        level = self.levels[-1]
        level.size = size
        level.printed = 0
        if level.taken > 0:
            level.taken = min(level.taken, size)
        if size > level.taken:
            self.offer = level
            self.offer_px = px - self.shift * self.sign
            self.news = True
        else:
            self.offer = None
            self.offer_px = 0

    def _move_best(self, px: i64) -> None:
        """Make the last level that of another best price, with what was taken there before."""
        if self.is_better(self.px, px):
            self.receded = True
        levels = self.levels
        while levels and (px == 0 or self.is_better(levels[-1].px, px)):
            levels.pop()
        if px != 0 and (not levels or levels[-1].px != px):
            if levels and levels[-1].taken == 0:
                levels.pop()
            elif levels:
                levels[-1].size = 0
            levels.append(TapeLevel(px, 0))
        self.px = px

    def show_level(self, px: i64, size: i64) -> None:
        """Depth: all that is shown at one price, 0 for nothing. `look` is due once the moment is whole."""
        self.known = True
        place = self.place_of(px)
        if place == len(self.levels) or self.levels[place].px != px:
            if size > 0:
                self.open_level(px, size)
            return
        level = self.levels[place]
        if size == 0:
            self.close_level(place)
        else:
            level.size = size
            level.printed = 0
            level.taken = min(level.taken, size)

    def open_level(self, px: i64, size: i64) -> TapeLevel:
        """Show a price that was not shown."""
        levels = self.levels
        place = self.place_of(px)
        while place < len(levels) and levels[place].px != px and levels[place].size == 0:
            levels.pop(place)  # remembered as too deep, but now something deeper is shown, and it is not
        level = TapeLevel(px, size)
        levels.insert(place, level)
        return level

    def close_level(self, place: i64) -> None:
        """Nothing is shown at this price any more: it is gone, or perhaps only too deep to be shown."""
        level = self.levels[place]
        level.size = 0
        if level.taken == 0 or (place > 0 and self.levels[place - 1].size > 0):
            self.levels.pop(place)

    def look(self) -> None:
        """Find the best price and the best offer again, after levels were told of or taken from."""
        levels = self.levels
        best = levels[-1] if levels and levels[-1].size > 0 else None
        px: i64 = best.px if best is not None else 0
        if px != self.px and self.is_better(self.px, px):
            self.receded = True
        offer = self._best_offer()
        offer_px: i64 = offer.px - self.shift * self.sign if offer is not None else 0
        offer_size: i64 = offer.size - offer.taken if offer is not None else 0
        if px != self.px or offer_px != self.offer_px or offer_size > self.offer_size:
            self.news = True
        self.px = px
        self.size = best.size if best is not None else 0
        self.offer = offer
        self.offer_px = offer_px
        self.offer_size = offer_size

    def _best_offer(self) -> TapeLevel | None:
        """The best level where something is left."""
        for place in range(len(self.levels) - 1, -1, -1):
            level = self.levels[place]
            if level.size == 0:
                return None
            if level.size > level.taken:
                return level
        return None

    def place_of(self, px: i64) -> i64:
        """How many levels are worse than this price: where its level is, or belongs."""
        low: i64 = 0
        high: i64 = len(self.levels)
        while low < high:
            middle = (low + high) >> 1
            if self.levels[middle].px * self.sign < px * self.sign:
                low = middle + 1
            else:
                high = middle
        return low

    def level_at(self, px: i64) -> TapeLevel | None:
        """The level of a price; None where the tape shows and remembers nothing."""
        place = self.place_of(px)
        if place < len(self.levels) and self.levels[place].px == px:
            return self.levels[place]
        return None

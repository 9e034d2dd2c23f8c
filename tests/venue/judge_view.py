"""What the judge knows of a tape: what is shown at each price, whose turn it is there, and what clients have taken.

Written from the rules as a trader reads them (docs/MARKETS.md), with nothing of the exchange's code, and as plainly as
can be: a dictionary a side, each order's place counted for itself.
"""

from __future__ import annotations

from kairos.market.tape import BookAction, BookOrder, DepthLevel, Quote


class ShownOrder:
    """One order of an order-level tape, and what clients took of it."""

    def __init__(self, px: int, size: int) -> None:
        self.px = px
        self.size = size
        self.taken = 0


class ShownSide:
    """One side of the tape; `depth` is whether it shows more than the best price."""

    def __init__(self, is_bid: bool) -> None:
        self.sign = 1 if is_bid else -1
        self.shown: dict[int, int] = {}
        self.taken: dict[int, int] = {}
        self.orders: dict[int, ShownOrder] = {}
        self.at: dict[int, dict[int, ShownOrder]] = {}
        self.known = False
        self.unnamed = 0
        self._best: int | None = None
        self._stale = True

    def best(self) -> int | None:
        """The best price shown."""
        if self._stale:
            self._best = max(self.shown, key=lambda px: px * self.sign) if self.shown else None
            self._stale = False
        return self._best

    def is_better(self, px: int, than: int) -> bool:
        return px * self.sign > than * self.sign

    def is_unseen(self, px: int) -> bool:
        """Deeper than anything shown."""
        return not self.known or (bool(self.shown) and all(self.is_better(other, px) for other in self.shown))

    def best_free(self) -> tuple[int, int] | None:
        """The best price at which something is left, and how much."""
        best = self.best()
        if best is None:
            return None
        free = self.shown[best] - self.taken.get(best, 0)
        if free > 0:
            return best, free
        left = [px for px, size in self.shown.items() if size > self.taken.get(px, 0)]
        if not left:
            return None
        px = max(left, key=lambda px: px * self.sign)
        return px, self.shown[px] - self.taken.get(px, 0)

    def take(self, px: int, qty: int) -> None:
        self.taken[px] = self.taken.get(px, 0) + qty
        for order in self.at.get(px, {}).values():
            part = min(qty, order.size - order.taken)
            order.taken += part
            qty -= part

    def quote(self, px: int, size: int) -> None:
        """The best price alone."""
        self.known = True
        self.shown = {px: size} if size else {}
        self._best, self._stale = (px if size else None), False
        if self.taken:
            self.taken = {
                old: min(taken, size) if old == px else taken
                for old, taken in self.taken.items()
                if size and not self.is_better(old, px)
            }

    def level(self, px: int, size: int) -> None:
        """One price of several."""
        self.known = True
        self._show(px, size)
        if size:
            self.taken[px] = min(self.taken.get(px, 0), size)
        elif not self.is_unseen(px):
            self.taken.pop(px, None)

    def _show(self, px: int, size: int) -> None:
        best = self.best()
        if size:
            self.shown[px] = size
            if best is None or self.is_better(px, best):
                self._best = px
        else:
            self.shown.pop(px, None)
            self._stale = px == best

    def add(self, order: BookOrder) -> None:
        self.known = True
        ref = order.order_ref
        if ref <= 0:
            self.unnamed -= 1
            ref = self.unnamed
        new = ShownOrder(order.px, order.size)
        self.orders[ref] = new
        self.at.setdefault(order.px, {})[ref] = new
        self._show(order.px, self.shown.get(order.px, 0) + order.size)

    def ref_of(self, order: BookOrder) -> int | None:
        """The order that a change names; else what has no name at its price, else the last that came."""
        if order.order_ref in self.orders and order.order_ref > 0:
            return order.order_ref
        here = self.at.get(order.px, {})
        unnamed = next((ref for ref in here if ref < 0), None)
        return unnamed if unnamed is not None else next(reversed(here), None)

    def shrink(self, ref: int, size: int) -> int:
        """Returns by how much it really shrank."""
        order = self.orders[ref]
        gone = min(size, order.size)
        order.size -= gone
        if order.taken > order.size:
            self.taken[order.px] -= order.taken - order.size
            order.taken = order.size
        self._show(order.px, self.shown[order.px] - gone)
        if order.size == 0:
            del self.orders[ref], self.at[order.px][ref]
        if order.px not in self.shown:
            self.taken.pop(order.px, None)
        return gone


class View:
    """Both sides."""

    def __init__(self) -> None:
        self.bid = ShownSide(True)
        self.ask = ShownSide(False)

    def side(self, is_bid: bool) -> ShownSide:
        return self.bid if is_bid else self.ask

    def is_sound(self) -> bool:
        """Neither locked nor crossed."""
        bid, ask = self.bid.best(), self.ask.best()
        return bid is None or ask is None or bid < ask

    def quote(self, quote: Quote) -> None:
        self.bid.quote(quote.bid_px, quote.bid_size)
        self.ask.quote(quote.ask_px, quote.ask_size)

    def level(self, level: DepthLevel) -> None:
        self.side(level.is_bid).level(level.px, level.size)

    def order(self, order: BookOrder) -> list[tuple[int, int]]:
        """Take in an order's change. Returns which orders shrank, and by how much."""
        shrunk: list[tuple[int, int]] = []
        side = self.side(order.is_buy)
        if order.action is BookAction.ADD:
            side.add(order)
        elif order.action in (BookAction.REDUCE, BookAction.DELETE, BookAction.EXECUTE):
            left = order.size
            ref = side.ref_of(order)
            while left > 0 and ref is not None:
                gone = side.shrink(ref, left)
                shrunk.append((ref, gone))
                left -= gone
                ref = side.ref_of(order)
        return shrunk

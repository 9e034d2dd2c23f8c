"""One side of what the tape shows, and how much of it our clients have taken.

The tape doesn't know of our clients, so it goes on showing what one of them has taken. `taken` remembers that for
each price, so that the same size is never offered twice: free is what is shown less what was taken. New size at the
price is free; when the tape shows less than was taken, the rest is forgotten. A price that the tape leaves for a
worse one is gone with all that was taken there; a price behind a better one may still stand unseen, so what was taken
there is kept.
"""

from __future__ import annotations

from mypy_extensions import i64


class TapeSide:
    """The tape's best bid or its best offer."""

    def __init__(self, is_bid: bool) -> None:
        self.sign: i64 = 1 if is_bid else -1
        self.px: i64 = 0
        self.size: i64 = 0
        self.known = False  # a quote has been seen, so a price of 0 means that nobody is there
        self.offered = False  # the quote is neither locked nor crossed: someone could trade with it
        self.taken: dict[int, int] = {}

    def show(self, px: i64, size: i64, offered: bool) -> None:
        """Take in a new quote."""
        self.known = True
        self.offered = offered
        self.px = px
        self.size = size
        if not self.taken:
            return
        for old in [old for old in self.taken if size == 0 or self.is_better(old, px)]:
            del self.taken[old]
        here = self.taken.get(px, 0)
        if here > size:
            self.taken[px] = size

    def free(self) -> i64:
        """What an aggressive order can still take at the best price."""
        if not self.offered or self.size == 0:
            return 0
        taken: i64 = self.taken.get(self.px, 0)
        return self.size - taken

    def free_before(self, ahead: i64) -> i64:
        """What is free before a client's order that stands behind `ahead` of the tape's size."""
        taken: i64 = self.taken.get(self.px, 0)
        return max(0, min(ahead, self.size) - taken)

    def take(self, qty: i64) -> None:
        """A client has taken it from the best price."""
        self.taken[self.px] = self.taken.get(self.px, 0) + int(qty)

    def is_better(self, px: i64, than_px: i64) -> bool:
        """Whether the first price is the better one on this side; 0 (nobody) is worse than any."""
        if than_px == 0 or px == 0:
            return px != 0
        return px * self.sign > than_px * self.sign

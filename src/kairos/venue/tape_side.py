"""One side of what the tape shows, and how much of it our clients have taken.

The tape doesn't know of our clients, so it goes on showing what one of them has taken. `taken` remembers that for the
price that it shows, `taken_behind` for each price behind it, so that the same size is never offered twice: free is
what is shown less what was taken. New size at the price is free; when the tape shows less than was taken, the rest is
forgotten. A price that the tape leaves for a worse one is gone with all that was taken there; a price behind a better
one may still stand unseen, so what was taken there is kept.
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
        self.taken: i64 = 0
        self.taken_behind: dict[int, int] = {}

    def show(self, px: i64, size: i64, offered: bool) -> None:
        """Take in a new quote."""
        if px != self.px:
            self._move_to(px)
        self.known = True
        self.offered = offered
        self.px = px
        self.size = size
        self.taken = min(self.taken, size)
        if self.taken_behind:
            for old in [old for old in self.taken_behind if size == 0 or self.is_better(old, px)]:
                del self.taken_behind[old]

    def _move_to(self, px: i64) -> None:
        """Put away what was taken at the price so far, and bring back what was taken at this one."""
        if self.taken > 0:
            self.taken_behind[self.px] = self.taken
            self.taken = 0
        if self.taken_behind:
            self.taken = self.taken_behind.pop(px, 0)

    def free(self) -> i64:
        """What an aggressive order can still take at the best price."""
        if not self.offered or self.size == 0:
            return 0
        return self.size - self.taken

    def free_before(self, ahead: i64) -> i64:
        """What is free before a client's order that stands behind `ahead` of the tape's size."""
        return max(0, min(ahead, self.size) - self.taken)

    def take(self, qty: i64) -> None:
        """A client has taken it from the best price."""
        self.taken += qty

    def is_better(self, px: i64, than_px: i64) -> bool:
        """Whether the first price is the better one on this side; 0 (nobody) is worse than any."""
        if than_px == 0 or px == 0:
            return px != 0
        return px * self.sign > than_px * self.sign

"""What the public sees of a book: how the clients' own levels change, and what is left of the tape's.

Of clients' orders, per price the size shown and the number of orders. Nothing is kept until somebody watches; then a
price is marked when anything at it changes, and told once with what stands there when the marks are drained. So a slow
reader costs no more than the prices that he has missed.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.venue.book import OrderBook
from kairos.venue.queue import PriceQueue
from kairos.venue.tape_side import TapeSide


class LevelChange:
    """What clients' resting orders now show at a price; a size of 0: nobody is left there."""

    __slots__ = ("is_bid", "order_count", "px", "size")

    def __init__(self, is_bid: bool, px: i64, size: i64, order_count: i64) -> None:
        self.is_bid: Final = is_bid
        self.px: Final = px
        self.size: Final = size
        self.order_count: Final = order_count


def watch(book: OrderBook) -> None:
    """Mark changes from now on; what stands already is marked as changed."""
    for queue in (book.bids, book.asks):
        if queue.changed is None:
            queue.changed = {level.px: True for level in queue.levels}


def drain_changes(book: OrderBook) -> list[LevelChange]:
    """The prices that have changed since the last drain, bids first, in the order of their first change."""
    changes: list[LevelChange] = []
    for queue in (book.bids, book.asks):
        changed = queue.changed
        if changed:
            queue.changed = {}
            changes += [change_at(queue, queue is book.bids, px) for px in changed]
    return changes


def change_at(queue: PriceQueue, is_bid: bool, px: i64) -> LevelChange:
    """What stands at the price."""
    level = queue.level_at(px)
    if level is None:
        return LevelChange(is_bid, px, 0, 0)
    size, count = level.shown()
    return LevelChange(is_bid, px, size, count)


def free_levels(tape: TapeSide) -> dict[int, int]:
    """What the tape shows on one side less what clients have taken of it, by the price that a taker gets."""
    shift = tape.shift * tape.sign
    return {level.px - shift: level.size - level.taken for level in tape.levels if level.size > level.taken}

"""A day of NASDAQ's orders, as LOBSTER tells them, through Kairos's matching book; after each message the two books are
compared.

LOBSTER tells what became of orders, so each is given to the book in a way that makes it find out for itself: a new
order must come to rest, and an execution is an order of the other side, of that size at that price, which must trade
with the very order that LOBSTER names, by price and time. Orders have LOBSTER's numbers; what stood there when the
file begins, and what comes into view later, is nobody's, under numbers less than 0.

The file shows so many levels of a side and tells nothing of the orders behind them. A level that comes into view has a
size that no message told of, or stands in our book still although its orders went unseen. Such a difference is counted
by its cause and mended, so that each message is judged for itself.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kairos.venue.limit_book import LimitBook

NEW, REDUCED, DELETED, EXECUTED = 1, 2, 3, 4  # a hidden execution (5) and a halt (7) leave the book as it was
SCALE = 10_000  # from LOBSTER's prices to ours
NO_LEVEL = 9_999_999_999
ALL_LEVELS = 1 << 40
SIDES = (True, False)  # bids, asks

# Causes of a difference, the worst first; a message counts under the first of its own.
UNEXPLAINED = "0 unexplained"
MENDED = "1 at a price where orders had come or gone unseen, another order was taken for one of them"
CAME_INTO_VIEW = "2 a level came into view, where orders had come or gone unseen"

Levels = list[tuple[int, int]]  # price and size, the best first
Message = tuple[int, int, int, int, bool]  # type, order id, size, price, is_buy
BookRow = tuple[Levels, Levels]  # bids, asks


def read(path: Path) -> Iterator[tuple[Message, BookRow]]:
    """Each message of LOBSTER's zip, with the book after it."""
    with zipfile.ZipFile(path) as archive:
        message_name, book_name = (_named(archive, word) for word in ("_message_", "_orderbook_"))
        with archive.open(message_name) as messages, archive.open(book_name) as books:
            pairs = zip(csv.reader(io.TextIOWrapper(messages)), csv.reader(io.TextIOWrapper(books)), strict=True)
            for (_, kind, order_id, size, px, direction), book in pairs:
                words = [int(word) for word in book]
                asks, bids = (_levels(words[at::4], words[at + 1 :: 4]) for at in (0, 2))
                yield (int(kind), int(order_id), int(size), int(px) * SCALE, direction == "1"), (bids, asks)


def _named(archive: zipfile.ZipFile, word: str) -> str:
    return next(name for name in archive.namelist() if word in name)


def _levels(prices: list[int], sizes: list[int]) -> Levels:
    return [(px * SCALE, size) for px, size in zip(prices, sizes, strict=True) if abs(px) != NO_LEVEL]


class Replay:
    """The book, and how often it differed from LOBSTER's, by cause. `last_named` tells in which message each order is
    named for the last time: whoever stands there still after it went unseen.
    """

    def __init__(self, levels: int, last_named: dict[int, int]) -> None:
        self.levels = levels
        self.book = LimitBook()
        self.messages = 0
        self.equal = [0] * levels  # the messages after which the first 1, 2, ... levels of both sides were equal
        self.causes: Counter[str] = Counter()
        self.new_that_traded = 0
        self.executions: Counter[tuple[bool, bool]] = Counter()  # by: all orders there were seen, the one named was met
        self._last_named = last_named
        self._last_id = 0
        self._shown: BookRow = ([], [])
        self._mended: set[tuple[bool, int]] = set()  # sides and prices where orders came or went unseen

    def start(self, row: BookRow) -> None:
        """Begin with what stands there."""
        for is_buy, levels in zip(SIDES, row, strict=True):
            for px, size in levels:
                self._add_nobodys(is_buy, px, size)
        self._shown = row

    def follow(self, message: Message, row: BookRow) -> None:
        """Give a message to the book, and compare."""
        self.messages += 1
        self._give(*message)
        ours = [self.book.depth(is_buy, self.levels) for is_buy in SIDES]
        alike = min(self._alike(mine, theirs) for mine, theirs in zip(ours, row, strict=True))
        for depth in range(alike):
            self.equal[depth] += 1
        if alike < self.levels:
            shown = zip(SIDES, self._shown, row, strict=True)
            self.causes[min(cause for side in shown for cause in self._mend(*side))] += 1
        self._shown = row

    def _give(self, kind: int, order_id: int, size: int, px: int, is_buy: bool) -> None:
        if kind == NEW:
            if self.book.add(order_id, is_buy, size, px) != size:
                self.new_that_traded += 1
        elif kind in (REDUCED, DELETED):
            self.book.reduce(self._standing(order_id, is_buy, px), size)
        elif kind == EXECUTED:
            self._execute(self._standing(order_id, is_buy, px), size, px, is_buy)

    def _execute(self, maker: int, size: int, px: int, is_buy: bool) -> None:
        self._last_id -= 1
        left = self.book.add(self._last_id, not is_buy, size, px)
        self.book.cancel(self._last_id)
        met = self.book.drain()
        as_named = left == 0 and len(met) == 1 and met[0].maker_id == maker and met[0].px == px
        self.executions[(is_buy, px) not in self._mended, as_named] += 1

    def _standing(self, order_id: int, is_buy: bool, px: int) -> int:
        """The order itself; or, if it came unseen, one that has its place: nobody's, or one that went unseen."""
        if self.book.order(order_id) is not None:
            return order_id
        self._mended.add((is_buy, px))
        return next((each[0] for each in self._orders_at(is_buy, px) if not self._is_named_later(each)), 0)

    def _orders_at(self, is_buy: bool, px: int) -> list[tuple[int, int]]:
        """Number and size of the orders at a price, first come first."""
        level = self.book.book.queue_of(is_buy).level_at(px)
        order = None if level is None else level.head
        found = []
        while order is not None:
            found.append((order.entry_seq, order.leaves_qty))
            order = order.next_order
        return found

    def _is_named_later(self, order: tuple[int, int]) -> bool:
        return self._last_named.get(order[0], 0) > self.messages

    def _alike(self, mine: Levels, theirs: Levels) -> int:
        """How many levels are equal, from the best on; all, if the sides are."""
        if mine == theirs:
            return self.levels
        pairs = zip(mine, theirs, strict=False)
        return next((at for at, (ours, told) in enumerate(pairs) if ours != told), min(len(mine), len(theirs)))

    def _mend(self, is_buy: bool, shown_before: Levels, theirs: Levels) -> Iterator[str]:
        """Bring a side to what LOBSTER shows of it; tells the cause of each difference."""
        in_view = {px for px, _ in shown_before}
        ours, shown = dict(self.book.depth(is_buy, ALL_LEVELS)), dict(theirs)
        last = theirs[-1][0] if len(theirs) == self.levels else None
        for px in sorted(ours.keys() | shown.keys()):
            more = shown.get(px, 0) - ours.get(px, 0)
            if more == 0 or (last is not None and (px < last if is_buy else px > last)):
                continue
            if px not in in_view:
                yield CAME_INTO_VIEW
            else:
                yield MENDED if (is_buy, px) in self._mended else UNEXPLAINED
            self._mended.add((is_buy, px))
            if more > 0:
                self._add_nobodys(is_buy, px, more)
            else:
                self._take_away(is_buy, px, -more)

    def _add_nobodys(self, is_buy: bool, px: int, size: int) -> None:
        self._last_id -= 1
        self.book.add(self._last_id, is_buy, size, px)

    def _take_away(self, is_buy: bool, px: int, size: int) -> None:
        """Take so much out of a level: first from orders that no later message names, the youngest first."""
        youngest_first = self._orders_at(is_buy, px)[::-1]
        for order_id, leaves_qty in sorted(youngest_first, key=self._is_named_later):
            taken = min(size, leaves_qty)
            self.book.reduce(order_id, taken)
            size -= taken
            if size == 0:
                return


def replay(path: Path, levels: int) -> Replay:
    """A file from its second message on, since its first row is the book after the first."""
    done = Replay(levels, {message[1]: at for at, (message, _) in enumerate(read(path))})
    rows = read(path)
    done.start(next(rows)[1])
    for message, row in rows:
        done.follow(message, row)
    return done

"""LOBSTER's messages as order-level events, kept equal to the book that LOBSTER shows beside them.

A file tells of a window of so many levels. What stood in the book before it began, and what comes into the window from
below, no message announces; the book's rows show it. So the tape begins with one unnamed order for each level that the
first row shows (less what the first message did), and after each message a level that differs from LOBSTER's is set
right by an unnamed order of that price: with MORE, so that the message and its correction are one moment.
"""

from __future__ import annotations

from typing import Final

from librt.strings import read_i64_le
from mypy_extensions import i64

from kairos.market import tape_batch as b
from kairos.market.tape_batch import WIDTH, BatchWriter
from kairos.market.tape_report import TapeReport
from kairos.market.tape_top import DepthSide

PX: Final = 10_000
SUBMIT: Final = 1
REDUCE: Final = 2
DELETE: Final = 3
EXECUTE: Final = 4
HIDDEN: Final = 5
CROSS: Final = 6
HALT: Final = 7
NOON_NS: Final = 12 * 3600 * 1_000_000_000
DECIMAL_WIDTH: Final = 16
KINDS: Final = [0, b.ADD, b.REDUCE, b.DELETE, b.EXECUTE, b.EXECUTE_HIDDEN]


class LobsterFold:
    """Takes messages with their book rows; `levels` is 0 where there is no book file."""

    def __init__(self, out: BatchWriter, midnight_ns: i64, levels: i64) -> None:
        self.out: Final = out
        self.midnight_ns: i64 = midnight_ns
        self.levels: i64 = levels
        self.bids: Final = DepthSide(is_bid=True)
        self.asks: Final = DepthSide(is_bid=False)
        self.added: Final[dict[int, int]] = {}
        self.fixes: Final[list[tuple[bool, int, int]]] = []
        self.rows: i64 = 0
        self.unnamed: i64 = 0
        self.came_in: i64 = 0
        self.differed: i64 = 0
        self.whole_rows: i64 = 0
        self.unknown_kinds: i64 = 0
        self.halts: i64 = 0
        self.crosses: i64 = 0
        self.first_levels: i64 = 0

    def feed(self, count: i64, time: bytes, fields: list[bytes], book: list[bytes]) -> None:
        """Take in a block of messages (`fields` are type, order id, size, price, direction), and the block of book rows
        beside it: a column each, as in the file.
        """
        kind, ref, size, px, direction = fields[0], fields[1], fields[2], fields[3], fields[4]
        for row in range(count):
            at = row * WIDTH
            time_ns = self.midnight_ns + read_i64_le(time, row * DECIMAL_WIDTH)
            what = read_i64_le(kind, at)
            is_buy = read_i64_le(direction, at) > 0
            price = read_i64_le(px, at)
            qty = read_i64_le(size, at)
            if self.rows == 0 and self.levels > 0:
                self._begin(time_ns, at, book, what, is_buy, price, qty)
            self.rows += 1
            if SUBMIT <= what <= HIDDEN:
                self._message(time_ns, at, what, read_i64_le(ref, at), is_buy, price, qty, book)
            elif what == HALT:
                self.halts += 1
                state = b.HALTED if price == -1 else (b.QUOTING if price == 0 else b.RESUMED)
                self.out.put(time_ns, b.HALT, state, 0, 0)
            elif what == CROSS and qty > 0 and price > 0:
                self.crosses += 1
                before_noon = time_ns < self.midnight_ns + NOON_NS
                self.out.put_trade(time_ns, price * PX, qty, b.OPENING_AUCTION if before_noon else b.CLOSING_AUCTION)
            else:
                self.unknown_kinds += 1

    def _begin(self, time_ns: i64, at: i64, book: list[bytes], what: i64, is_buy: bool, px: i64, qty: i64) -> None:
        """The book before the first message: what its row shows, with what the message did undone."""
        undone = 0
        if what == SUBMIT:
            undone = -qty
        elif what in (REDUCE, DELETE, EXECUTE):
            undone = qty
        before: list[tuple[bool, int, int]] = []
        found = False
        for place in range(2 * self.levels):
            level_px = read_i64_le(book[2 * place], at)
            shown = read_i64_le(book[2 * place + 1], at)
            bid = place % 2 == 1
            if shown <= 0:
                continue
            if bid == is_buy and level_px == px:
                found = True
                shown += undone
            if shown > 0:
                before.append((bid, level_px, shown))
        if not found and undone > 0:
            before.append((is_buy, px, undone))
        self.first_levels = len(before)
        for bid, level_px, shown in before:
            self.side(bid).change(level_px, shown)
        self._put_unnamed(time_ns, before)

    def side(self, is_buy: bool) -> DepthSide:
        return self.bids if is_buy else self.asks

    def _message(
        self, time_ns: i64, at: i64, what: i64, ref: i64, is_buy: bool, px: i64, qty: i64, book: list[bytes]
    ) -> None:
        if what == HIDDEN:
            self.whole_rows += 1
        else:
            self._follow(what, ref, is_buy, px, qty)
            if self.levels > 0:
                self._compare(at, book)
        flags = b.BUY if is_buy else b.SELL
        if self.fixes:
            flags |= b.MORE
        self.out.put(time_ns, KINDS[what], flags, px * PX, qty, 0, 0, ref)
        if self.fixes:
            self._put_unnamed(time_ns, self.fixes)
            self.fixes.clear()

    def _follow(self, what: i64, ref: i64, is_buy: bool, px: i64, qty: i64) -> None:
        """Our own book after the message."""
        if what == SUBMIT:
            self.added[ref] = qty
            self.side(is_buy).change(px, qty)
            return
        left = self.added.get(ref, 0)
        if left == 0:
            self.unnamed += 1
        elif left <= qty:
            del self.added[ref]
        else:
            self.added[ref] = left - qty
        self.side(is_buy).change(px, -qty)

    def _compare(self, at: i64, book: list[bytes]) -> None:
        """Find where LOBSTER's book is otherwise, and follow it."""
        for place in range(2 * self.levels):
            shown = read_i64_le(book[2 * place + 1], at)
            if shown <= 0:
                continue
            px = read_i64_le(book[2 * place], at)
            is_bid = place % 2 == 1
            side = self.bids if is_bid else self.asks
            ours = side.levels.get(px, 0)
            if ours != shown:
                if ours == 0 and place >= 2 * self.levels - 2:
                    self.came_in += 1
                else:
                    self.differed += 1
                self._fix(is_bid, px, shown - ours)
        self._drop_better(True, read_i64_le(book[2], at), read_i64_le(book[3], at))
        self._drop_better(False, read_i64_le(book[0], at), read_i64_le(book[1], at))
        if not self.fixes:
            self.whole_rows += 1

    def _drop_better(self, is_bid: bool, best_px: i64, best_size: i64) -> None:
        """Take out what we still hold before LOBSTER's best level."""
        side = self.side(is_bid)
        while side.best_px != 0 and (best_size <= 0 or side.best_px * side.sign > best_px * side.sign):
            self.differed += 1
            self._fix(is_bid, side.best_px, -side.best_size)

    def _fix(self, is_bid: bool, px: i64, by: i64) -> None:
        self.side(is_bid).change(px, by)
        self.fixes.append((is_bid, px, by))

    def _put_unnamed(self, time_ns: i64, changes: list[tuple[bool, int, int]]) -> None:
        left = len(changes)
        for is_bid, px, by in changes:
            left -= 1
            flags = (b.BUY if is_bid else b.SELL) | (b.MORE if left > 0 else 0)
            ref = unnamed_ref(is_bid, px)
            self.out.put(time_ns, b.ADD if by > 0 else b.REDUCE, flags, px * PX, abs(by), 0, 0, ref)

    def end(self, report: TapeReport) -> None:
        """The file has ended."""
        report.rows += self.rows
        report.count("levels that stood before the file began", "added as unnamed orders", self.first_levels)
        report.count("cancels and executions of orders that the file never added", "kept", self.unnamed)
        report.count("levels that came into the window from below", "added as unnamed orders", self.came_in)
        report.count("levels that differ from LOBSTER's book", "set right by unnamed orders", self.differed)
        if self.levels > 0:
            report.count("messages after which the book needed no correction", "as told", self.whole_rows)
        report.count("halts", "kept", self.halts)
        report.count("crosses", "made auction prints", self.crosses)
        report.count("messages of an unknown type", "left out", self.unknown_kinds)


def unnamed_ref(is_bid: bool, px: i64) -> i64:
    """The name of what has no name at a price: below 0, and its own for each price and side."""
    return -2 * px - (1 if is_bid else 0)

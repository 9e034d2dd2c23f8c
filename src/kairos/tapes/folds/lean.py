"""Lean's equity ticks: quotes in pairs of rows (bid, then offer, of one moment), and trades with AlgoSeek's flags.

The flags are those of Lean's `TradeConditionFlags`. What an order in the book could not have met is left out or, asked
for, kept as off the book: reports to FINRA's facility (venue D), prices not of the moment, and the crosses of other
venues than the listing one, whose auction is the market's.
"""

from __future__ import annotations

from typing import Final

from librt.strings import read_i64_le
from mypy_extensions import i64

from kairos.market import tape_batch as b
from kairos.market.tape_batch import WIDTH, BatchWriter
from kairos.market.tape_report import TapeReport

MS: Final = 1_000_000
PX: Final = 10_000  # from ten-thousandths of a dollar to 10**-8
OFF_EXCHANGE: Final = 68  # "D"

OPENING: Final = 0x40
CLOSING: Final = 0x80
REOPENING: Final = 0x100
OFFICIAL: Final = 0x1000000 | 0x4000000
# Cash, next day, seller; derivatively priced; sold late, out of sequence; stock and option; average price; price
# variation; prior reference price.
NOT_THE_MARKET: Final = 0x2 | 0x4 | 0x8 | 0x200 | 0x800 | 0x4000 | 0x40000 | 0x100000 | 0x400000 | 0x2000000


class LeanQuotes:
    """Pairs rows."""

    def __init__(self, out: BatchWriter, midnight_ns: i64) -> None:
        self.out: Final = out
        self.midnight_ns: i64 = midnight_ns
        self.has_bid = False
        self.bid_ms: i64 = 0
        self.bid_px: i64 = 0
        self.bid_size: i64 = 0
        self.bid_suspicious = False
        self.rows: i64 = 0
        self.lone_bids: i64 = 0
        self.lone_asks: i64 = 0
        self.suspicious: i64 = 0
        self.crossed: i64 = 0
        self.locked: i64 = 0
        self.empty_sides: i64 = 0

    def feed(
        self, count: i64, ms: bytes, bid: bytes, bid_size: bytes, ask: bytes, ask_size: bytes, suspicious: bytes
    ) -> None:
        """Take in a block of rows."""
        self.rows += count
        for row in range(count):
            at = row * WIDTH
            time_ms = read_i64_le(ms, at)
            odd = read_i64_le(suspicious, at) != 0
            if read_i64_le(ask, at) == 0 and read_i64_le(ask_size, at) == 0:
                if self.has_bid:
                    self.lone_bids += 1
                self.has_bid = True
                self.bid_ms = time_ms
                self.bid_px = read_i64_le(bid, at)
                self.bid_size = read_i64_le(bid_size, at)
                self.bid_suspicious = odd
            elif not self.has_bid or self.bid_ms != time_ms:
                self.lone_asks += 1
            else:
                self.has_bid = False
                self._pair(read_i64_le(ask, at), read_i64_le(ask_size, at), odd or self.bid_suspicious)

    def _pair(self, ask_px: i64, ask_size: i64, suspicious: bool) -> None:
        if suspicious:
            self.suspicious += 1
            return
        bid_px, bid_size = self.bid_px, self.bid_size
        if bid_px <= 0 or bid_size <= 0:
            bid_px = bid_size = 0
            self.empty_sides += 1
        if ask_px <= 0 or ask_size <= 0:
            ask_px = ask_size = 0
            self.empty_sides += 1
        if bid_px != 0 and ask_px != 0:
            if bid_px > ask_px:
                self.crossed += 1
            elif bid_px == ask_px:
                self.locked += 1
        self.out.put_quote(self.midnight_ns + self.bid_ms * MS, bid_px * PX, bid_size, ask_px * PX, ask_size)

    def end(self, report: TapeReport) -> None:
        """The file has ended."""
        if self.has_bid:
            self.lone_bids += 1
        report.rows += self.rows
        report.count("unpaired ask rows", "left out", self.lone_asks)
        report.count("unpaired bid rows", "left out", self.lone_bids)
        report.count("suspicious quotes", "left out, both rows", self.suspicious)
        report.count("sides without price or size", "shown as nobody there", self.empty_sides)
        report.count("crossed quotes", "kept: they offer nothing", self.crossed)
        report.count("locked quotes", "kept: they offer nothing", self.locked)


class LeanTrades:
    """Judges prints. `primary` is the letter of the listing venue, 0 where it is not known: then all auctions count."""

    def __init__(self, out: BatchWriter, midnight_ns: i64, primary: i64, keeps_off_book: bool) -> None:
        self.out: Final = out
        self.midnight_ns: i64 = midnight_ns
        self.primary: i64 = primary
        self.keeps_off_book = keeps_off_book
        self.rows: i64 = 0
        self.suspicious: i64 = 0
        self.empty: i64 = 0
        self.official: i64 = 0
        self.off_exchange: i64 = 0
        self.not_the_market: i64 = 0
        self.other_auctions: i64 = 0
        self.opening: i64 = 0
        self.closing: i64 = 0

    def feed(
        self, count: i64, ms: bytes, px: bytes, size: bytes, venue: bytes, condition: bytes, suspicious: bytes
    ) -> None:
        """Take in a block of rows."""
        self.rows += count
        for row in range(count):
            at = row * WIDTH
            price = read_i64_le(px, at)
            qty = read_i64_le(size, at)
            if read_i64_le(suspicious, at) != 0:
                self.suspicious += 1
            elif price <= 0 or qty <= 0:
                self.empty += 1
            else:
                flags = self._flags(read_i64_le(venue, at), read_i64_le(condition, at))
                if flags >= 0:
                    self.out.put_trade(self.midnight_ns + read_i64_le(ms, at) * MS, price * PX, qty, flags)

    def _flags(self, venue: i64, condition: i64) -> i64:
        """The print's flags; less than 0 leaves it out."""
        if condition & OFFICIAL:
            self.official += 1
            return -1
        off_book = b.OFF_BOOK if self.keeps_off_book else -1
        if venue == OFF_EXCHANGE:
            self.off_exchange += 1
            return off_book
        if condition & NOT_THE_MARKET:
            self.not_the_market += 1
            return off_book
        if condition & (OPENING | CLOSING | REOPENING) == 0:
            return 0
        if self.primary not in (0, venue):
            self.other_auctions += 1
            return off_book
        if condition & CLOSING:
            self.closing += 1
            return b.CLOSING_AUCTION
        self.opening += 1
        return b.OPENING_AUCTION

    def end(self, report: TapeReport) -> None:
        """The file has ended."""
        off_book = "kept, marked off the book" if self.keeps_off_book else "left out"
        report.rows += self.rows
        report.count("suspicious trades", "left out", self.suspicious)
        report.count("trades without price or size", "left out", self.empty)
        report.count("official opens and closes (they repeat a trade)", "left out", self.official)
        report.count("prints off the exchanges (venue D)", off_book, self.off_exchange)
        report.count("prints at a price not of the moment", off_book, self.not_the_market)
        report.count("auctions of other venues than the listing one", off_book, self.other_auctions)
        report.count("opening auction prints", "marked", self.opening)
        report.count("closing auction prints", "marked", self.closing)

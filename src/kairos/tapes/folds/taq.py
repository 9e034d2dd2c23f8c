"""NYSE TAQ: each venue's own best bid and offer made into the one of all venues, and trades judged by their conditions.

Sizes of quotes are round lots. Where two venues lock or cross, the older quote is stale: it is left out until its venue
speaks again. Codes are those of the NYSE Daily TAQ specification: COND (sale condition), CORR (correction), EX (venue).
"""

from __future__ import annotations

from typing import Final

from librt.strings import read_i64_le
from mypy_extensions import i64

from kairos.market import tape_batch as b
from kairos.market.tape_batch import WIDTH, BatchWriter
from kairos.market.tape_report import TapeReport

OFF_EXCHANGE: Final = 68  # "D", FINRA's trade reporting facility
MICROSECOND: Final = 1_000

# What `condition_code` makes of COND; bits, so that a print may be of several kinds.
OFFICIAL: Final = 1
NOT_THE_MARKET: Final = 2
OPENING: Final = 4
CLOSING: Final = 8


def condition_code(text: str) -> int:
    """The bits of a sale condition's letters."""
    code = 0
    for letter in text:
        if letter in "QM":  # a venue's official open and close: they repeat a trade that is on the tape already
            code |= OFFICIAL
        elif letter in "47VBCNRZUPTHG":
            # Derivatively priced, qualified contingent, contingent, bunched and average price, cash, next day and
            # seller settlement, sold out of sequence (Z, U), prior reference price, extended hours, price variation.
            code |= NOT_THE_MARKET
        elif letter in "O5":
            code |= OPENING
        elif letter == "6":
            code |= CLOSING
    return code


def to_microseconds(time_ns: i64) -> i64:
    """R kept times as doubles of seconds, whose noise is below a microsecond; so is no TAQ time of those years."""
    return (time_ns + MICROSECOND // 2) // MICROSECOND * MICROSECOND


class VenueQuote:
    """One side of one venue's quote, and when the venue last said it."""

    def __init__(self, order: i64, px: i64, size: i64) -> None:
        self.order: i64 = order
        self.px: i64 = px
        self.size: i64 = size


class ConsolidatedSide:
    """One side of all venues."""

    def __init__(self, is_bid: bool) -> None:
        self.sign: i64 = 1 if is_bid else -1
        self.venues: dict[int, VenueQuote] = {}
        self.best_venue: i64 = 0
        self.best_px: i64 = 0
        self.best_size: i64 = 0
        self.best_order: i64 = 0

    def set_venue(self, venue: i64, order: i64, px: i64, size: i64) -> bool:
        """The venue's quote; whether it shows one."""
        shows = px > 0 and size > 0
        if shows:
            self.venues[venue] = VenueQuote(order, px, size)
        else:
            self.venues.pop(venue, None)
        self.find_best()
        return shows

    def drop_best(self) -> None:
        """The venue at the best price that spoke last is stale."""
        del self.venues[self.best_venue]
        self.find_best()

    def find_best(self) -> None:
        """The best price, all venues' size there, and which of them spoke last."""
        self.best_px = self.best_size = self.best_order = 0
        for venue, quote in self.venues.items():
            if self.best_size == 0 or quote.px * self.sign > self.best_px * self.sign:
                self.best_px = quote.px
                self.best_size = quote.size
                self.best_order = quote.order
                self.best_venue = venue
            elif quote.px == self.best_px:
                self.best_size += quote.size
                if quote.order > self.best_order:
                    self.best_order = quote.order
                    self.best_venue = venue


class TaqQuotes:
    """Consolidates."""

    def __init__(self, out: BatchWriter, from_ns: i64, to_ns: i64, offset_ns: i64, lot: i64) -> None:
        self.out: Final = out
        self.from_ns: i64 = from_ns
        self.to_ns: i64 = to_ns
        self.offset_ns: i64 = offset_ns
        self.lot: i64 = lot
        self.bids: Final = ConsolidatedSide(is_bid=True)
        self.asks: Final = ConsolidatedSide(is_bid=False)
        self.rows: i64 = 0
        self.other_days: i64 = 0
        self.empty_sides: i64 = 0
        self.stale: i64 = 0
        self.unchanged: i64 = 0
        self._bid_px: i64 = 0
        self._bid_size: i64 = 0
        self._ask_px: i64 = 0
        self._ask_size: i64 = 0

    def feed(
        self, count: i64, time: bytes, venue: bytes, bid: bytes, bid_size: bytes, ask: bytes, ask_size: bytes
    ) -> None:
        """Take in a block of rows."""
        for row in range(count):
            at = row * WIDTH
            self.rows += 1
            time_ns = to_microseconds(read_i64_le(time, at)) + self.offset_ns
            if time_ns < self.from_ns or time_ns >= self.to_ns:
                self.other_days += 1
                continue
            letter = read_i64_le(venue, at)
            if not self.bids.set_venue(letter, self.rows, read_i64_le(bid, at), read_i64_le(bid_size, at) * self.lot):
                self.empty_sides += 1
            if not self.asks.set_venue(letter, self.rows, read_i64_le(ask, at), read_i64_le(ask_size, at) * self.lot):
                self.empty_sides += 1
            self._show(time_ns)

    def _show(self, time_ns: i64) -> None:
        bids, asks = self.bids, self.asks
        while bids.best_size > 0 and asks.best_size > 0 and bids.best_px >= asks.best_px:
            self.stale += 1
            if bids.best_order < asks.best_order:
                bids.drop_best()
            else:
                asks.drop_best()
        same_bid = bids.best_px == self._bid_px and bids.best_size == self._bid_size
        if same_bid and asks.best_px == self._ask_px and asks.best_size == self._ask_size:
            self.unchanged += 1
            return
        self._bid_px, self._bid_size = bids.best_px, bids.best_size
        self._ask_px, self._ask_size = asks.best_px, asks.best_size
        self.out.put_quote(time_ns, bids.best_px, bids.best_size, asks.best_px, asks.best_size)

    def end(self, report: TapeReport) -> None:
        """The file has ended."""
        report.rows += self.rows
        report.count("rows of other days", "left out", self.other_days)
        report.count("venue sides without price or size", "shown as nobody there", self.empty_sides)
        report.count("stale venue sides (they lock or cross a newer one)", "left out until renewed", self.stale)
        report.count("venue quotes that change nothing", "left out", self.unchanged)


class TaqTrades:
    """Judges prints. A file without a column gives zeros for it."""

    def __init__(self, out: BatchWriter, from_ns: i64, to_ns: i64, offset_ns: i64, keeps_off_book: bool) -> None:
        self.out: Final = out
        self.from_ns: i64 = from_ns
        self.to_ns: i64 = to_ns
        self.offset_ns: i64 = offset_ns
        self.keeps_off_book = keeps_off_book
        self.rows: i64 = 0
        self.other_days: i64 = 0
        self.empty: i64 = 0
        self.corrected: i64 = 0
        self.official: i64 = 0
        self.off_exchange: i64 = 0
        self.not_the_market: i64 = 0
        self.auctions: i64 = 0

    def feed(
        self, count: i64, time: bytes, px: bytes, size: bytes, venue: bytes, condition: bytes, correction: bytes
    ) -> None:
        """Take in a block of rows."""
        for row in range(count):
            at = row * WIDTH
            self.rows += 1
            time_ns = to_microseconds(read_i64_le(time, at)) + self.offset_ns
            price = read_i64_le(px, at)
            qty = read_i64_le(size, at)
            if time_ns < self.from_ns or time_ns >= self.to_ns:
                self.other_days += 1
            elif read_i64_le(correction, at) != 0:
                self.corrected += 1
            elif price <= 0 or qty <= 0:
                self.empty += 1
            else:
                flags = self._flags(read_i64_le(venue, at), read_i64_le(condition, at))
                if flags >= 0:
                    self.out.put_trade(time_ns, price, qty, flags)

    def _flags(self, venue: i64, condition: i64) -> i64:
        """The print's flags; less than 0 leaves it out."""
        off_book = b.OFF_BOOK if self.keeps_off_book else -1
        if venue == OFF_EXCHANGE:
            self.off_exchange += 1
            return off_book
        if condition & OFFICIAL:
            self.official += 1
            return -1
        if condition & NOT_THE_MARKET:
            self.not_the_market += 1
            return off_book
        if condition & (OPENING | CLOSING) == 0:
            return 0
        self.auctions += 1
        return b.OPENING_AUCTION if condition & OPENING else b.CLOSING_AUCTION

    def end(self, report: TapeReport) -> None:
        """The file has ended."""
        off_book = "kept, marked off the book" if self.keeps_off_book else "left out"
        report.rows += self.rows
        report.count("rows of other days", "left out", self.other_days)
        report.count("trades corrected or canceled (CORR)", "left out", self.corrected)
        report.count("trades without price or size", "left out", self.empty)
        report.count("prints off the exchanges (venue D)", off_book, self.off_exchange)
        report.count("official opens and closes (they repeat a trade)", "left out", self.official)
        report.count("prints at a price not of the moment", off_book, self.not_the_market)
        report.count("auction prints", "marked", self.auctions)

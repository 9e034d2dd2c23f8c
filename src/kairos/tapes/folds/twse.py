"""The Taiwan Stock Exchange's own files, records of fixed width: orders (odr), trades (mth), five levels (dsp).

A record is judged by its security first, so that a file of all securities is passed over at some nanoseconds a record.
The layouts are those since 2020-03-01 (times of 12 digits) and before (8); the record's length tells which.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.market import tape_batch as b
from kairos.market.tape_batch import BatchWriter
from kairos.market.tape_report import TapeReport
from kairos.tapes.folds.depth import DepthFold

CODE_WIDTH: Final = 6
SECOND_NS: Final = 1_000_000_000
CLOSE_NS: Final = (13 * 60 + 30) * 60 * SECOND_NS
FIXED_PRICE_NS: Final = 14 * 3600 * SECOND_NS  # after-hours trading at the close's price
NEWLINE: Final = 10
ZERO: Final = 48
REGULAR_BOARD: Final = 48  # "0"; 1 is a block trade, 2 an odd lot
BLOCK_BOARD: Final = 49
PLUS: Final = 43
MINUS: Final = 45
POINT: Final = 46
BUY: Final = 66
IOC: Final = 51
FOK: Final = 52
NOT_A_NUMBER: Final = -1


def digits(block: bytes, start: i64, end: i64) -> i64:
    """A number; NOT_A_NUMBER for anything but digits."""
    value: i64 = 0
    for place in range(start, end):
        digit: i64 = block[place] - ZERO
        if digit < 0 or digit > 9:
            return NOT_A_NUMBER
        value = value * 10 + digit
    return value


def price_at(block: bytes, start: i64) -> i64:
    """A price as "0078.35": four digits, a point, two digits."""
    whole = digits(block, start, start + 4)
    cents = digits(block, start + 5, start + 7)
    if NOT_A_NUMBER in (whole, cents) or block[start + 4] != POINT:
        return NOT_A_NUMBER
    return whole * 100_000_000 + cents * 1_000_000


def time_at(block: bytes, start: i64, width: i64) -> i64:
    """Nanoseconds since midnight of HHMMSS and as many digits of a second as the field has left."""
    hours = digits(block, start, start + 2)
    minutes = digits(block, start + 2, start + 4)
    seconds = digits(block, start + 4, start + 6)
    part = digits(block, start + 6, start + width)
    if hours < 0 or minutes < 0 or seconds < 0 or part < 0 or hours > 23 or minutes > 59 or seconds > 59:
        return NOT_A_NUMBER
    for _ in range(15 - width):
        part *= 10
    return ((hours * 60 + minutes) * 60 + seconds) * SECOND_NS + part


def is_code(block: bytes, start: i64, code: bytes) -> bool:
    """Whether the six characters here are the wanted security's."""
    place: i64 = 0
    while place < CODE_WIDTH and block[start + place] == code[place]:
        place += 1
    return place == CODE_WIDTH


def order_ref(block: bytes, broker: i64, ticket: i64) -> i64:
    """A number for a broker's four characters and the ticket's five: seven bits each, so no two are one."""
    value: i64 = 0
    for place in range(4):
        value = value * 128 + block[broker + place]
    for place in range(5):
        value = value * 128 + block[ticket + place]
    return value


class TwseFold:
    """What the three files share: the wanted security, the day's beginning, and what could not be read."""

    def __init__(self, out: BatchWriter, code: str, width: i64) -> None:
        self.out: Final = out
        self.code: Final = code.ljust(CODE_WIDTH).encode("ascii", "replace")
        self.width: i64 = width  # of a record with its line end
        self.midnight_ns: i64 = 0
        self.rows: i64 = 0
        self.others: i64 = 0
        self.garbled: i64 = 0

    def date_place(self) -> i64:
        return 0

    def code_place(self) -> i64:
        return 8

    def feed(self, block: bytes, midnight_ns: i64) -> bool:
        """Take in whole records of one day; False at a record that does not end its line, the last that was counted."""
        self.midnight_ns = midnight_ns
        code_place = self.code_place()
        for record in range(len(block) // self.width):
            start = record * self.width
            self.rows += 1
            if block[start + self.width - 1] != NEWLINE:
                return False
            if is_code(block, start + code_place, self.code):
                self.record(block, start)
            else:
                self.others += 1
        return True

    def record(self, block: bytes, start: i64) -> None:
        """Take in one record of the wanted security."""

    def end(self, report: TapeReport) -> None:
        """The file has ended."""
        report.rows += self.rows
        report.count("records of other securities", "left out", self.others)
        report.count("records that can't be read", "left out", self.garbled)


class TwseTrades(TwseFold):
    """mth: each trade is there twice, for its buyer and for its seller, with one number. `time_width` is 8 or 12."""

    def __init__(self, out: BatchWriter, code: str, width: i64, time_width: i64, keeps_off_book: bool) -> None:
        super().__init__(out, code, width)
        self.time_width: i64 = time_width
        self.keeps_off_book = keeps_off_book
        self.last_number: i64 = -1
        self.opening_ns: i64 = -1
        self.opening_px: i64 = 0
        self.seconds: i64 = 0
        self.odd_lots: i64 = 0
        self.blocks: i64 = 0
        self.fixed_price: i64 = 0
        self.auctions: i64 = 0

    def record(self, block: bytes, start: i64) -> None:
        after = start + 16 + self.time_width
        board: i64 = block[start + 15]
        since_midnight = time_at(block, start + 16, self.time_width)
        number = digits(block, after, after + 8)
        px = price_at(block, after + 13)
        size = digits(block, after + 20, after + 29)
        if since_midnight < 0 or number < 0 or px <= 0 or size <= 0:
            self.garbled += 1
        elif number == self.last_number:
            self.seconds += 1
        else:
            self.last_number = number
            flags = self._flags(board, since_midnight, px)
            if flags >= 0:
                self.out.put_trade(self.midnight_ns + since_midnight, px, size, flags)

    def _flags(self, board: i64, since_midnight: i64, px: i64) -> i64:
        """The print's flags; less than 0 leaves it out."""
        off_book = b.OFF_BOOK if self.keeps_off_book else -1
        if board == BLOCK_BOARD:
            self.blocks += 1
            return off_book
        if board != REGULAR_BOARD:
            self.odd_lots += 1
            return off_book
        if since_midnight >= FIXED_PRICE_NS:
            self.fixed_price += 1
            return off_book
        if since_midnight >= CLOSE_NS:
            self.auctions += 1
            return b.CLOSING_AUCTION
        if self.opening_ns < 0:
            self.opening_ns = since_midnight
            self.opening_px = px
        if since_midnight == self.opening_ns and px == self.opening_px:
            self.auctions += 1
            return b.OPENING_AUCTION
        return 0

    def end(self, report: TapeReport) -> None:
        super().end(report)
        off_book = "kept, marked off the book" if self.keeps_off_book else "left out"
        report.count("second sides of a trade", "left out", self.seconds)
        report.count("odd lots (a board of their own)", off_book, self.odd_lots)
        report.count("block trades", off_book, self.blocks)
        report.count("trades at the fixed price after hours", off_book, self.fixed_price)
        report.count("auction prints (the first moment and price; 13:30)", "marked", self.auctions)


class TwseOrders(TwseFold):
    """odr: orders as brokers sent them. `time_width` is 8 or 12; only the longer record tells their time in force."""

    def __init__(self, out: BatchWriter, code: str, width: i64, time_width: i64) -> None:
        super().__init__(out, code, width)
        self.time_width: i64 = time_width
        self.px_of: Final[dict[int, int]] = {}
        self.left_of: Final[dict[int, int]] = {}
        self.other_boards: i64 = 0
        self.unknown: i64 = 0
        self.reprices: i64 = 0
        self.at_market: i64 = 0

    def record(self, block: bytes, start: i64) -> None:
        after = start + 16 + self.time_width
        since_midnight = time_at(block, start + 16, self.time_width)
        px = price_at(block, after + 6)
        size = digits(block, after + 14, after + 24)
        sign: i64 = block[after + 13]
        what: i64 = block[after + 5] - ZERO
        readable = since_midnight >= 0 and px >= 0 and size >= 0 and 1 <= what <= 8 and sign in (PLUS, MINUS, ZERO)
        if not readable:
            self.garbled += 1
        elif block[start + 15] != REGULAR_BOARD:
            self.other_boards += 1
        else:
            ref = order_ref(block, start + self.width - 5, after)
            flags = b.BUY if block[start + 14] == BUY else b.SELL
            self._act(block, after, self.midnight_ns + since_midnight, what, ref, flags, px, size)

    def _act(self, block: bytes, after: i64, time_ns: i64, what: i64, ref: i64, flags: i64, px: i64, size: i64) -> None:
        if what in (1, 4):
            if size == 0:
                self.garbled += 1
                return
            self._enter(time_ns, ref, flags | self._in_force(block, after), px, size)
            return
        left = self.left_of.get(ref, 0)
        old_px = self.px_of.get(ref, 0)
        if left == 0:
            self.unknown += 1
        elif what in (7, 8):
            self.reprices += 1
            self.out.put(time_ns, b.DELETE, flags | b.MORE, old_px, left, 0, 0, ref)
            self._enter(time_ns, ref, flags, px, left)
        elif what in (3, 6) or size >= left:
            del self.left_of[ref]
            self.out.put(time_ns, b.DELETE, flags, old_px, left, 0, 0, ref)
        elif size > 0:
            self.left_of[ref] = left - size
            self.out.put(time_ns, b.REDUCE, flags, old_px, size, 0, 0, ref)

    def _in_force(self, block: bytes, after: i64) -> i64:
        if self.time_width != 12:
            return 0
        code: i64 = block[after + 27]
        if code == IOC:
            return b.IMMEDIATE
        return b.ALL_OR_NONE if code == FOK else 0

    def _enter(self, time_ns: i64, ref: i64, flags: i64, px: i64, size: i64) -> None:
        if px == 0:
            self.at_market += 1
        self.px_of[ref] = px
        self.left_of[ref] = size
        self.out.put(time_ns, b.ENTER, flags, px, size, 0, 0, ref)

    def end(self, report: TapeReport) -> None:
        super().end(report)
        report.count("orders of other boards (block, odd lot)", "left out", self.other_boards)
        report.count("changes of orders that were never entered", "left out", self.unknown)
        report.count("changes of price", "deleted and entered anew", self.reprices)
        report.count("orders at the market", "entered with price 0", self.at_market)


class TwseSnapshots(TwseFold):
    """dsp: five levels a side, in board lots, and the last trade with the day's volume so far."""

    def __init__(self, out: BatchWriter, code: str, width: i64, time_width: i64, lot: i64) -> None:
        super().__init__(out, code, width)
        self.time_width: i64 = time_width
        self.lot: i64 = lot
        self.depth: Final = DepthFold(out)
        self.volume: i64 = -1
        self.trials: i64 = 0
        self.intermediate: i64 = 0
        self.stabilizing: i64 = 0
        self.unmarked: i64 = 0
        self.auctions: i64 = 0

    def date_place(self) -> i64:
        return 168 + self.time_width

    def code_place(self) -> i64:
        return 0

    def record(self, block: bytes, start: i64) -> None:
        after = start + 6 + self.time_width
        since_midnight = time_at(block, start + 6, self.time_width)
        px = digits(block, after + 4, after + 10)
        volume = digits(block, after + 10, after + 18)
        remark: i64 = block[after]
        if since_midnight < 0 or px < 0 or volume < 0 or not self._levels(block, after):
            self.garbled += 1
            self._forget()
        elif remark == 84:  # "T"
            self.trials += 1
            self.volume = max(self.volume, volume)
            self._forget()
        else:
            if remark == 83:  # "S"
                self.stabilizing += 1
            time_ns = self.midnight_ns + since_midnight
            self._trade(block, after, time_ns, since_midnight, px, volume)
            if block[after + 1] == 67:  # "C"
                self.intermediate += 1
                self._forget()
            else:
                self.depth.end(time_ns)

    def _levels(self, block: bytes, after: i64) -> bool:
        """See both sides; whether all of them could be read."""
        for side in range(2):
            shown = self.depth.bids if side == 0 else self.depth.asks
            for level in range(5):
                place = after + 20 + side * 72 + level * 14
                px = digits(block, place, place + 6)
                lots = digits(block, place + 6, place + 14)
                if px < 0 or lots < 0:
                    return False
                shown.see(px * 1_000_000, lots * self.lot)
        return True

    def _forget(self) -> None:
        self.depth.bids.next = {}
        self.depth.asks.next = {}

    def _trade(self, block: bytes, after: i64, time_ns: i64, since_midnight: i64, px: i64, volume: i64) -> None:
        """What traded since the last record, as one print at the last price."""
        is_marked: bool = block[after + 2] == 89  # "Y"
        before, self.volume = self.volume, max(self.volume, volume)
        if before < 0:
            # The first record of a file that begins within the day: how much of its volume traded now, nobody can say.
            if not is_marked:
                return
            before = 0
        traded = volume - before
        if traded <= 0 or px <= 0:
            return
        if not is_marked:
            self.unmarked += 1
        flags: i64 = 0
        if since_midnight >= CLOSE_NS:
            flags = b.CLOSING_AUCTION
        elif before == 0:
            flags = b.OPENING_AUCTION
        if flags != 0:
            self.auctions += 1
        self.out.put_trade(time_ns, px * 1_000_000, traded * self.lot, flags)

    def end(self, report: TapeReport) -> None:
        super().end(report)
        report.count("trial calculations before an auction", "left out", self.trials)
        report.count("intermediate prices (levels shown as 0)", "trade kept, levels left out", self.intermediate)
        report.count("records of a stabilizing measure", "kept", self.stabilizing)
        report.count("volume that grew without a match flag", "made a trade", self.unmarked)
        report.count("snapshots that change no level", "left out", self.depth.unchanged)
        report.count("auction prints (the first volume; 13:30)", "marked", self.auctions)

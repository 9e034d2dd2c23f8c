"""The lines of a tape file, parsed from bytes straight into a batch. `tape_file` tells what they may say.

One pass finds a line's commas, then each field is read where it lies. A number that is not the plain digits which all
tapes are made of goes to the exact parsers of `kairos.model.numbers`, which read it or say what is wrong with it.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.market import tape_batch as b
from kairos.market.tape_batch import BATCH_ROWS, BatchWriter
from kairos.model.errors import ReferenceDataError
from kairos.model.numbers import NumberError, parse_price, parse_qty

QUOTE_FIELDS: Final = ("kind", "time_ns", "bid_px", "bid_size", "ask_px", "ask_size")
TRADE_FIELDS: Final = ("kind", "time_ns", "px", "size", "flag")
LEVEL_FIELDS: Final = ("kind", "time_ns", "side", "px", "size", "flag")
ORDER_FIELDS: Final = ("kind", "time_ns", "order_ref", "side", "px", "size", "flag")
HALT_FIELDS: Final = ("kind", "time_ns", "state")
MAX_LINE: Final = 200  # seven fields of at most 20 characters fit; a file of one endless line must not fill memory
MAX_FIELDS: Final = 16  # more than any line has: where to stop counting what is too many
MAX_TIME_NS: Final = 2**63 - 1
PRINT_FLAGS_1: Final = {"": 0, "O": b.OPENING_AUCTION, "C": b.CLOSING_AUCTION}
PRINT_FLAGS: Final = {"O": b.OPENING_AUCTION, "C": b.CLOSING_AUCTION, "X": b.OFF_BOOK, "B": b.BUY, "S": b.SELL}
ORDER_FLAGS: Final = {"M": b.MORE, "I": b.IMMEDIATE, "F": b.ALL_OR_NONE}
HALT_STATES: Final = {"H": b.HALTED, "Q": b.QUOTING, "R": b.RESUMED}
ORDER_KINDS: Final = {
    "A": b.ADD,
    "R": b.REDUCE,
    "D": b.DELETE,
    "E": b.EXECUTE,
    "H": b.EXECUTE_HIDDEN,
    "N": b.ENTER,
}

NEWLINE: Final = 10
COMMA: Final = 44
POINT: Final = 46
ZERO: Final = 48
NINE: Final = 57
ODD: Final = -1  # not plain digits
LETTER_Q: Final = 81
LETTER_T: Final = 84


class LineParser:
    """Parses the lines of one file into `out`, and knows the place for an error. `version` is its header's."""

    def __init__(self, name: str, version: int, out: BatchWriter) -> None:
        self.name: Final = name
        self.version: Final = version
        self.out: Final = out
        self.line_number: i64 = 1
        self._time_ns: i64 = 0
        self._block: bytes = b""
        self._fields: i64 = 0
        self._cuts: Final[list[int]] = [0] * (MAX_FIELDS + 1)

    def error(self, field: str, problem: str) -> ReferenceDataError:
        return ReferenceDataError(self.name, f"line {self.line_number}", field, problem)

    def parse_block(self, block: bytes, start: i64) -> i64:
        """Take in lines from `start` on, to the end of the block (a whole line's) or until a batch is full; where it
        stopped.
        """
        self._block = block
        at = start
        end = len(block)
        while at < end and self.out.count < BATCH_ROWS:
            self.line_number += 1
            line_end = self._split(block, at)
            if line_end - at >= MAX_LINE:
                raise self.too_long()
            self._parse(block, at)
            at = line_end + 1
        return at

    def too_long(self) -> ReferenceDataError:
        return self.error("line", f"is cut off or longer than {MAX_LINE} characters")

    def _parse(self, block: bytes, start: i64) -> None:
        letter = block[start] if self._cuts[1] - start == 2 else 0
        if letter == LETTER_Q:
            self._quote()
        elif letter == LETTER_T:
            self._trade()
        elif self.version == 1:
            raise self.error("kind", f"is {self._text(0)!r}; it must be Q (quote) or T (trade)")
        else:
            self._deeper(self._text(0))

    def _split(self, block: bytes, start: i64) -> i64:
        """Where the line ends. `_cuts` are where its fields begin; each ends one before the next one's beginning."""
        count: i64 = 0
        cuts = self._cuts
        cuts[0] = start
        place = start
        while True:
            char: i64 = block[place]
            if char == NEWLINE:
                break
            place += 1
            if char == COMMA and count < MAX_FIELDS - 1:
                count += 1
                cuts[count] = place
        self._fields = count + 1
        cuts[count + 1] = place + 1
        return place

    def _text(self, field: i64) -> str:
        return self._block[self._cuts[field] : self._cuts[field + 1] - 1].decode("latin-1")

    def _quote(self) -> None:
        self._count(QUOTE_FIELDS)
        time_ns = self._time()
        bid_px = self._price("bid_px", 2)
        bid_size = self._size("bid_size", 3)
        ask_px = self._price("ask_px", 4)
        ask_size = self._size("ask_size", 5)
        if (bid_px == 0) != (bid_size == 0):
            raise self.error("bid_size", "price and size of a side must both be 0 or neither")
        if (ask_px == 0) != (ask_size == 0):
            raise self.error("ask_size", "price and size of a side must both be 0 or neither")
        self.out.put_quote(time_ns, bid_px, bid_size, ask_px, ask_size)

    def _trade(self) -> None:
        self._count(TRADE_FIELDS)
        time_ns = self._time()
        px = self._price("px", 2)
        size = self._size("size", 3)
        if px == 0 or size == 0:
            raise self.error("size" if px else "px", "is 0; a trade has a price and a size")
        if self._cuts[5] - self._cuts[4] == 1:
            self.out.put_trade(time_ns, px, size)
        elif self.version == 1:
            flags = PRINT_FLAGS_1.get(self._text(4))
            if flags is None:
                raise self.error("flag", f"is {self._text(4)!r}; it must be empty, O or C")
            self.out.put_trade(time_ns, px, size, flags)
        else:
            self.out.put_trade(time_ns, px, size, self._flags(4, PRINT_FLAGS))

    def _deeper(self, letter: str) -> None:
        """A line that version 1 did not have."""
        kind = ORDER_KINDS.get(letter)
        if letter == "L":
            self._level()
        elif letter == "X":
            self._halt()
        elif kind is not None:
            self._order(kind)
        else:
            raise self.error("kind", f"is {letter!r}; it must be one of Q T L A R D E H N X")

    def _level(self) -> None:
        self._count(LEVEL_FIELDS)
        time_ns = self._time()
        side = self._side(2)
        px = self._price("px", 3)
        size = self._size("size", 4)
        if px == 0:
            raise self.error("px", "is 0; a level has a price")
        self.out.put(time_ns, b.DEPTH, side | self._flags(5, ORDER_FLAGS), px, size)

    def _order(self, kind: i64) -> None:
        self._count(ORDER_FIELDS)
        time_ns = self._time()
        ref = self._ref()
        side = self._side(3)
        px = self._price("px", 4)
        size = self._size("size", 5)
        if px == 0 and kind != b.ENTER:
            raise self.error("px", "is 0; only an order as sent (N) may be one at the market")
        if size == 0:
            raise self.error("size", "is 0; an order has a size")
        self.out.put(time_ns, kind, side | self._flags(6, ORDER_FLAGS), px, size, 0, 0, ref)

    def _halt(self) -> None:
        self._count(HALT_FIELDS)
        time_ns = self._time()
        state = HALT_STATES.get(self._text(2))
        if state is None:
            raise self.error("state", f"is {self._text(2)!r}; it must be H (halted), Q (quoting) or R (resumed)")
        self.out.put(time_ns, b.HALT, state, 0, 0)

    def _count(self, names: tuple[str, ...]) -> None:
        fields = self._fields
        if fields < len(names):
            raise self.error(names[fields], f"is missing; the line has {fields} fields of {len(names)}")
        if fields > len(names):
            raise self.error(names[-1], f"is followed by {fields - len(names)} fields too many")

    def _side(self, field: i64) -> i64:
        text = self._text(field)
        if text not in ("B", "S"):
            raise self.error("side", f"is {text!r}; it must be B (buy, bid) or S (sell, offer)")
        return b.BUY if text == "B" else b.SELL

    def _flags(self, field: i64, letters: dict[str, int]) -> i64:
        flags: i64 = 0
        for letter in self._text(field):
            flag = letters.get(letter)
            if flag is None:
                raise self.error("flag", f"has {letter!r}; it may have {' '.join(letters)}")
            flags |= flag
        return flags

    def _ref(self) -> i64:
        text = self._text(2)
        digits = text[1:] if text[:1] == "-" else text
        if not (digits.isascii() and digits.isdigit()) or len(digits) > 18:
            raise self.error("order_ref", f"is {text!r}; it must be a whole number of at most 18 digits")
        return int(text)

    def _time(self) -> i64:
        value = self._digits(1, 19)
        if value == ODD:
            text = self._text(1)
            if not (text.isascii() and text.isdigit()) or len(text) > 19 or int(text) > MAX_TIME_NS:
                raise self.error("time_ns", f"is {text!r}; it must be nanoseconds since 1970-01-01 UTC")
            value = int(text)
        shift_ns = self.out.shift_ns
        if value < self._time_ns:
            raise self.error("time_ns", f"is {self._time_ns - value} ns before the line above; a tape is in time order")
        if value > MAX_TIME_NS - shift_ns or value + shift_ns < 0:
            raise self.error("time_ns", f"is out of range once shifted by {shift_ns} ns")
        self._time_ns = value
        return value

    def _digits(self, field: i64, most: i64) -> i64:
        """A number of 1 to `most` digits and nothing else; else ODD. 19 digits that begin with 9 may be 2**63: ODD."""
        start: i64 = self._cuts[field]
        end: i64 = self._cuts[field + 1] - 1
        line = self._block
        if end == start or end - start > most or (end - start == 19 and line[start] == NINE):
            return ODD
        value: i64 = 0
        for place in range(start, end):
            digit: i64 = line[place]
            if digit < ZERO or digit > NINE:
                return ODD
            value = value * 10 + (digit - ZERO)
        return value

    def _price(self, field: str, number: i64) -> i64:
        price = self._plain_price(number)
        if price != ODD:
            return price
        text = self._text(number)
        try:
            price = parse_price(text)
        except NumberError as problem:
            raise self.error(field, str(problem)) from problem
        if price < 0:
            raise self.error(field, f"is {text!r}; a price can't be negative")
        return price

    def _plain_price(self, field: i64) -> i64:
        """Up to 9 digits, then none or a point and 1 to 8 more; else ODD."""
        start: i64 = self._cuts[field]
        end: i64 = self._cuts[field + 1] - 1
        line = self._block
        value: i64 = 0
        decimals: i64 = -1
        for place in range(start, end):
            digit: i64 = line[place]
            if digit == POINT and decimals < 0 and place > start:
                decimals = 0
            elif digit < ZERO or digit > NINE:
                return ODD
            else:
                value = value * 10 + (digit - ZERO)
                if decimals >= 0:
                    decimals += 1
            if place - start > 17:
                return ODD
        whole = end - start if decimals < 0 else end - start - 1 - decimals
        if whole < 1 or whole > 9 or decimals == 0 or decimals > 8:
            return ODD
        for _ in range(8 - max(decimals, 0)):
            value *= 10
        return value

    def _size(self, field: str, number: i64) -> i64:
        size = self._digits(number, 10)
        if size != ODD:
            return size
        text = self._text(number)
        try:
            size = parse_qty(text)
        except NumberError as problem:
            raise self.error(field, str(problem)) from problem
        if size < 0:
            raise self.error(field, f"is {text!r}; a size can't be negative")
        return size

"""Tape files: plain text, one event a line, compressed with gzip where the name ends in `.gz`.

    kairos-tape,1                                        the format and its version
    Q,time_ns,bid_px,bid_size,ask_px,ask_size            a quote; px and size 0 for a side that shows nothing
    T,time_ns,px,size,flag                               a trade; flag empty, O (opening auction) or C (closing auction)

Times are nanoseconds since the Unix epoch (UTC) and never go back; prices are exact decimal text, sizes whole units.
A file is read as a stream: one line in memory, whatever its length.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from kairos.market.tape import PrintKind, Quote, TapeEvent, Trade
from kairos.model.errors import ReferenceDataError
from kairos.model.numbers import NumberError, parse_price, parse_qty

HEADER: Final = "kairos-tape,1"
QUOTE_FIELDS: Final = ("kind", "time_ns", "bid_px", "bid_size", "ask_px", "ask_size")
TRADE_FIELDS: Final = ("kind", "time_ns", "px", "size", "flag")
MAX_LINE: Final = 200  # six fields of at most 20 characters fit twice; a file of one endless line must not fill memory
MAX_TIME_NS: Final = 2**63 - 1
PRINT_KINDS: Final = {kind.value: kind for kind in PrintKind}


def read_tape(path: str | Path, instrument: str, shift_ns: int = 0) -> Iterator[TapeEvent]:
    """Yield the events of a tape file as `instrument`'s, each `shift_ns` later than recorded.

    Raises `ReferenceDataError`, naming file, line and field, at the first line that can't be used.
    """
    name = str(path)
    with open_tape(Path(path)) as file:
        parser = _LineParser(name, instrument, shift_ns)
        for line in _lines(file, parser):
            yield parser.parse(line)


def open_tape(path: Path) -> IO[str]:
    """Open a tape as text; Latin-1, so that a stray byte becomes a bad field with a place, not a decoding error."""
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="latin-1", newline="\n")
    return path.open(encoding="latin-1", newline="\n")


def _lines(file: IO[str], parser: _LineParser) -> Iterator[str]:
    """The file's lines after its header, each whole and bounded; the parser is told the number of each."""
    try:
        while line := file.readline(MAX_LINE + 1):
            parser.line_number += 1
            if not line.endswith("\n"):
                raise parser.error("line", f"is cut off or longer than {MAX_LINE} characters")
            if parser.line_number > 1:
                yield line[:-1]
            elif line[:-1] != HEADER:
                raise parser.error("header", f"is {line[:40]!r}, not {HEADER!r}; is this a tape file?")
    except (EOFError, OSError, zlib.error) as problem:
        raise parser.error("line", f"can't be read: {problem}; is the file whole?") from problem
    if parser.line_number == 0:
        raise parser.error("header", f"is missing; the first line must be {HEADER!r}")


class _LineParser:
    """Parses the lines of one file, and knows the place for an error."""

    def __init__(self, name: str, instrument: str, shift_ns: int) -> None:
        self.name = name
        self.instrument = instrument
        self.shift_ns = shift_ns
        self.line_number = 0
        self.time_ns = 0
        # A day has a few hundred prices in hundreds of thousands of lines: each text is parsed once.
        self.prices: dict[str, int] = {}

    def error(self, field: str, problem: str) -> ReferenceDataError:
        return ReferenceDataError(self.name, f"line {self.line_number}", field, problem)

    def parse(self, line: str) -> TapeEvent:
        fields = line.split(",")
        kind = fields[0]
        if kind == "Q":
            return self._quote(fields)
        if kind == "T":
            return self._trade(fields)
        raise self.error("kind", f"is {kind!r}; it must be Q (quote) or T (trade)")

    def _quote(self, fields: list[str]) -> Quote:
        self._count(fields, QUOTE_FIELDS)
        time_ns = self._time(fields[1])
        bid_px = self._price("bid_px", fields[2])
        bid_size = self._size("bid_size", fields[3])
        ask_px = self._price("ask_px", fields[4])
        ask_size = self._size("ask_size", fields[5])
        if (bid_px == 0) != (bid_size == 0):
            raise self.error("bid_size", "price and size of a side must both be 0 or neither")
        if (ask_px == 0) != (ask_size == 0):
            raise self.error("ask_size", "price and size of a side must both be 0 or neither")
        return Quote(self.instrument, time_ns, bid_px, bid_size, ask_px, ask_size)

    def _trade(self, fields: list[str]) -> Trade:
        self._count(fields, TRADE_FIELDS)
        time_ns = self._time(fields[1])
        px = self._price("px", fields[2])
        size = self._size("size", fields[3])
        kind = PRINT_KINDS.get(fields[4])
        if px == 0 or size == 0:
            raise self.error("size" if px else "px", "is 0; a trade has a price and a size")
        if kind is None:
            raise self.error("flag", f"is {fields[4]!r}; it must be empty, O or C")
        return Trade(self.instrument, time_ns, px, size, kind)

    def _count(self, fields: list[str], names: tuple[str, ...]) -> None:
        if len(fields) < len(names):
            raise self.error(names[len(fields)], f"is missing; the line has {len(fields)} fields of {len(names)}")
        if len(fields) > len(names):
            raise self.error(names[-1], f"is followed by {len(fields) - len(names)} fields too many")

    def _time(self, text: str) -> int:
        if not (text.isascii() and text.isdigit()) or len(text) > 19 or int(text) > MAX_TIME_NS:
            raise self.error("time_ns", f"is {text!r}; it must be nanoseconds since 1970-01-01 UTC")
        time_ns = int(text) + self.shift_ns
        if time_ns < self.time_ns:
            raise self.error(
                "time_ns", f"is {self.time_ns - time_ns} ns before the line above; a tape is in time order"
            )
        if time_ns > MAX_TIME_NS:
            raise self.error("time_ns", f"is out of range once shifted by {self.shift_ns} ns")
        self.time_ns = time_ns
        return time_ns

    def _price(self, field: str, text: str) -> int:
        known = self.prices.get(text)
        if known is not None:
            return known
        try:
            price = parse_price(text)
        except NumberError as problem:
            raise self.error(field, str(problem)) from problem
        if price < 0:
            raise self.error(field, f"is {text!r}; a price can't be negative")
        self.prices[text] = price
        return price

    def _size(self, field: str, text: str) -> int:
        try:
            size = parse_qty(text)
        except NumberError as problem:
            raise self.error(field, str(problem)) from problem
        if size < 0:
            raise self.error(field, f"is {text!r}; a size can't be negative")
        return size

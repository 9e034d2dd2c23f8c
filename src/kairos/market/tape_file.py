"""Tape files: a market's quotes, depth, orders and trades as text, one event a line, gzip-compressed if named `.gz`.

    kairos-tape,2
    Q,time_ns,bid_px,bid_size,ask_px,ask_size            the best bid and offer; a side of 0,0 shows no interest
    T,time_ns,px,size,flag                               a trade; flag: O opening or C closing auction, X off the book,
                                                         B or S who took, where it is known
    L,time_ns,side,px,size,flag                          what one price level shows, 0 for nothing; side B or S
    A,time_ns,order_ref,side,px,size,flag                an order: A added, R reduced by size, D deleted, E executed,
                                                         H a hidden one executed, N as sent (px 0: at the market)
    X,time_ns,state                                      H halted, Q quoting again, R trading again

The flag of a level or an order is M where the next line belongs to the same moment; of an order as sent also I
(immediate or cancel) or F (fill or kill). Version 1 (`kairos-tape,1`) has Q and T alone, with the flags O and C.

Times are nanoseconds since the Unix epoch (UTC) and never go back; prices are exact decimal text, sizes whole units.
A file is read and written as a stream: a batch in memory, whatever its length.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final, cast

from kairos.market import tape_batch as b
from kairos.market.tape import TapeEvent
from kairos.market.tape_batch import BATCH_ROWS, Batches, BatchWriter, TapeBatch
from kairos.market.tape_events import quote_or_trade
from kairos.market.tape_text import HALT_STATES, MAX_LINE, ORDER_FLAGS, ORDER_KINDS, PRINT_FLAGS, LineParser
from kairos.market.tape_top import top_of_book
from kairos.model.errors import ReferenceDataError
from kairos.model.numbers import format_price

HEADER: Final = "kairos-tape,1"
HEADER_2: Final = "kairos-tape,2"
VERSIONS: Final = {HEADER: 1, HEADER_2: 2}
BLOCK: Final = 1 << 16  # some thousand lines at a time: a read of the file costs little beside them


def read_tape(path: str | Path, instrument: str, shift_ns: int = 0) -> Iterator[TapeEvent]:
    """Yield the quotes and trades of a tape file as `instrument`'s, each `shift_ns` later than recorded; of a deeper
    tape, what its best bid and offer and its trades are.

    Raises `ReferenceDataError`, naming file, line and field, at the first line that can't be used.
    """
    for batch in top_of_book(read_batches(path, instrument, shift_ns)):
        for row in range(batch.count):
            yield quote_or_trade(batch, row)


def read_batches(path: str | Path, instrument: str, shift_ns: int = 0) -> Batches:
    """The same as it stands in the file, in batches. What comes before a line that can't be used is given first."""
    out = BatchWriter(instrument, shift_ns)
    try:
        with open_tape(Path(path)) as file:
            parser = LineParser(str(path), _version(file, str(path)), out)
            for block in _whole_lines(file, parser):
                yield from _parsed(block, parser)
    except ReferenceDataError:
        if out.count:
            yield out.take()
        raise
    if out.count:
        yield out.take()


def _parsed(block: bytes, parser: LineParser) -> Batches:
    at = 0
    while at < len(block):
        at = parser.parse_block(block, at)
        if parser.out.count >= BATCH_ROWS:
            yield parser.out.take()


def open_tape(path: Path) -> IO[bytes]:
    """Open a tape to read; compressed if its name says so."""
    if path.suffix == ".gz":
        return cast(IO[bytes], gzip.open(path, "rb"))
    return path.open("rb")


def _version(file: IO[bytes], name: str) -> int:
    try:
        header = file.readline(MAX_LINE)
    except (EOFError, OSError, zlib.error) as problem:
        raise ReferenceDataError(name, "line 1", "header", f"can't be read: {problem}; is the file whole?") from problem
    text = header.decode("latin-1")
    if not text:
        raise ReferenceDataError(name, "line 0", "header", f"is missing; the first line must be {HEADER_2!r}")
    version = VERSIONS.get(text[:-1])
    if version is None or not text.endswith("\n"):
        raise ReferenceDataError(name, "line 1", "header", f"is {text[:40]!r}, not {HEADER_2!r}; is this a tape file?")
    return version


def _whole_lines(file: IO[bytes], parser: LineParser) -> Iterator[bytes]:
    """The file in blocks that end with a line."""
    rest = b""
    while True:
        try:
            read = file.read(BLOCK)
        except (EOFError, OSError, zlib.error) as problem:
            parser.line_number += 1
            raise parser.error("line", f"can't be read: {problem}; is the file whole?") from problem
        block = rest + read
        end = block.rfind(b"\n") + 1
        yield block[:end]
        rest = block[end:]
        if not read or len(rest) >= MAX_LINE:
            break
    if rest:
        parser.line_number += 1
        raise parser.too_long()


def write_tape(path: Path, batches: Batches) -> int:
    """Write batches as a tape file of version 2, compressed if its name ends with `.gz`; returns the events written."""
    count = 0
    with open_new(path) as file:
        file.write(f"{HEADER_2}\n".encode("ascii"))
        for batch in batches:
            file.write("".join(tape_line(batch, row) for row in range(batch.count)).encode("ascii"))
            count += int(batch.count)
    return count


def open_new(path: Path) -> IO[bytes]:
    """Open a tape to write; the same events make the same bytes each time."""
    if path.suffix != ".gz":
        return path.open("wb")
    return cast(IO[bytes], gzip.GzipFile(path, "wb", compresslevel=6, mtime=0))


def tape_line(batch: TapeBatch, row: int) -> str:
    """One event as its line."""
    kind, time_ns, flags = batch.kind_at(row), batch.time_at(row), batch.flags_at(row)
    px, size = format_price(batch.px_at(row)), batch.size_at(row)
    if kind == b.QUOTE:
        return f"Q,{time_ns},{px},{size},{format_price(batch.ask_px_at(row))},{batch.ask_size_at(row)}\n"
    if kind == b.TRADE:
        return f"T,{time_ns},{px},{size},{_letters(flags, PRINT_FLAGS)}\n"
    if kind == b.HALT:
        return f"X,{time_ns},{_letters(flags, HALT_STATES)}\n"
    side = "B" if flags & b.BUY else "S"
    if kind == b.DEPTH:
        return f"L,{time_ns},{side},{px},{size},{_letters(flags, ORDER_FLAGS)}\n"
    return f"{KIND_LETTERS[kind]},{time_ns},{batch.ref_at(row)},{side},{px},{size},{_letters(flags, ORDER_FLAGS)}\n"


KIND_LETTERS: Final = {kind: letter for letter, kind in ORDER_KINDS.items()}


def _letters(flags: int, letters: dict[str, int]) -> str:
    return "".join(letter for letter, flag in letters.items() if flags & flag)

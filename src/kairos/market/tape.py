"""What a market's tape says, as objects.

A tape tells of the market in one of three depths: `Quote` (best bid and offer), `DepthLevel` (what one price level
shows) or `BookOrder` (what became of one order); and of its trades and halts. `tape_batch` has the same in columns.

Prices are scaled integers (`kairos.model.numbers`), sizes are units of the instrument, times are nanoseconds UTC. A
price and size of 0 on one side of a quote means that nobody shows an interest there.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

from mypy_extensions import i64, mypyc_attr


class PrintKind(Enum):
    """How a trade came about; the value is its flag in a tape file."""

    REGULAR = ""
    OPENING_AUCTION = "O"
    CLOSING_AUCTION = "C"
    OFF_BOOK = "X"  # agreed elsewhere and reported: it met nobody's order in the book


class BookAction(Enum):
    """What became of an order in the market's book; the value is its kind in a tape file.

    All but `ENTER` are told by the market: the book after them is known. `ENTER` is the order as its sender sent it:
    it trades on arrival if it can (px 0: at any price), and the tape leaves it to the reader to find out.
    """

    ADD = "A"
    REDUCE = "R"
    DELETE = "D"
    EXECUTE = "E"
    EXECUTE_HIDDEN = "H"
    ENTER = "N"


class HaltState(Enum):
    """Where the market stands in a halt; the value is its flag in a tape file."""

    HALTED = "H"
    QUOTING = "Q"  # quotes are taken again, nothing trades
    RESUMED = "R"


@mypyc_attr(acyclic=True)
class Quote:
    """The best bid and offer of one instrument from `time_ns` on, until its next quote."""

    __slots__ = ("ask_px", "ask_size", "bid_px", "bid_size", "instrument", "time_ns")

    def __init__(self, instrument: str, time_ns: i64, bid_px: i64, bid_size: i64, ask_px: i64, ask_size: i64) -> None:
        self.instrument: Final = instrument
        self.time_ns: Final = time_ns
        self.bid_px: Final = bid_px
        self.bid_size: Final = bid_size
        self.ask_px: Final = ask_px
        self.ask_size: Final = ask_size


@mypyc_attr(acyclic=True)
class Trade:
    """One print of the tape. `taker`: 1 a buyer took, -1 a seller, 0 the tape doesn't say."""

    __slots__ = ("instrument", "kind", "px", "size", "taker", "time_ns")

    def __init__(
        self,
        instrument: str,
        time_ns: i64,
        px: i64,
        size: i64,
        kind: PrintKind = PrintKind.REGULAR,
        taker: i64 = 0,
    ) -> None:
        self.instrument: Final = instrument
        self.time_ns: Final = time_ns
        self.px: Final = px
        self.size: Final = size
        self.kind: Final = kind
        self.taker: Final = taker


@mypyc_attr(acyclic=True)
class DepthLevel:
    """What one price level shows from `time_ns` on: `size` in all, 0 for nothing. `more`: the next event belongs to the
    same moment, and only after the last of them is the book whole (it may look crossed in between).
    """

    __slots__ = ("instrument", "is_bid", "more", "px", "size", "time_ns")

    def __init__(self, instrument: str, time_ns: i64, is_bid: bool, px: i64, size: i64, more: bool = False) -> None:
        self.instrument: Final = instrument
        self.time_ns: Final = time_ns
        self.is_bid: Final = is_bid
        self.px: Final = px
        self.size: Final = size
        self.more: Final = more


@mypyc_attr(acyclic=True)
class BookOrder:
    """One order of the market's book: `size` of it is added, taken back or executed at `px`, its own price.

    `order_ref` names it for the day; 0 is an order that the tape doesn't name (a hidden one), less than 0 stands for
    all the unnamed orders that a price showed when the tape began. Where `EXECUTE` and `REDUCE` name an order that the
    tape never added, it stood in that unnamed part. `more` is as for `DepthLevel`.
    """

    __slots__ = ("action", "instrument", "is_buy", "more", "order_ref", "px", "size", "time_ns")

    def __init__(
        self,
        instrument: str,
        time_ns: i64,
        action: BookAction,
        order_ref: i64,
        is_buy: bool,
        px: i64,
        size: i64,
        more: bool = False,
    ) -> None:
        self.instrument: Final = instrument
        self.time_ns: Final = time_ns
        self.action: Final = action
        self.order_ref: Final = order_ref
        self.is_buy: Final = is_buy
        self.px: Final = px
        self.size: Final = size
        self.more: Final = more


@mypyc_attr(acyclic=True)
class TapeHalt:
    """The market has stopped trading in the instrument, takes quotes again, or trades again."""

    __slots__ = ("instrument", "state", "time_ns")

    def __init__(self, instrument: str, time_ns: i64, state: HaltState) -> None:
        self.instrument: Final = instrument
        self.time_ns: Final = time_ns
        self.state: Final = state


TapeEvent = Quote | Trade
AnyTapeEvent = Quote | Trade | DepthLevel | BookOrder | TapeHalt

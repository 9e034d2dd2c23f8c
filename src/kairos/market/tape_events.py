"""The rows of a batch as objects, and objects as rows."""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.market import tape_batch as b
from kairos.market.tape import (
    AnyTapeEvent,
    BookAction,
    BookOrder,
    DepthLevel,
    HaltState,
    PrintKind,
    Quote,
    TapeEvent,
    TapeHalt,
    Trade,
)
from kairos.market.tape_batch import BatchWriter, TapeBatch

# By kind less ADD.
ACTIONS: Final = [
    BookAction.ADD,
    BookAction.REDUCE,
    BookAction.DELETE,
    BookAction.EXECUTE,
    BookAction.EXECUTE_HIDDEN,
    BookAction.ENTER,
]


def event_at(batch: TapeBatch, row: i64) -> AnyTapeEvent:
    """One row as an object."""
    kind = batch.kind_at(row)
    time_ns = batch.time_at(row)
    px = batch.px_at(row)
    size = batch.size_at(row)
    if kind == b.QUOTE:
        return Quote(batch.instrument, time_ns, px, size, batch.ask_px_at(row), batch.ask_size_at(row))
    flags = batch.flags_at(row)
    if kind == b.TRADE:
        return Trade(batch.instrument, time_ns, px, size, print_kind(flags), taker_of(flags))
    is_buy = flags & b.BUY != 0
    more = flags & b.MORE != 0
    if kind == b.DEPTH:
        return DepthLevel(batch.instrument, time_ns, is_buy, px, size, more)
    if kind == b.HALT:
        return TapeHalt(batch.instrument, time_ns, halt_state(flags))
    return BookOrder(batch.instrument, time_ns, ACTIONS[kind - b.ADD], batch.ref_at(row), is_buy, px, size, more)


def trade_at(batch: TapeBatch, row: i64) -> Trade | None:
    """The trade that a row tells of, a print or an order's execution; None where it tells of something else."""
    kind = batch.kind_at(row)
    flags = batch.flags_at(row)
    if kind == b.TRADE:
        how, taker = print_kind(flags), taker_of(flags)
    elif kind in (b.EXECUTE, b.EXECUTE_HIDDEN):
        how, taker = PrintKind.REGULAR, -taker_of(flags)  # the row names the side that rested
    else:
        return None
    return Trade(batch.instrument, batch.time_at(row), batch.px_at(row), batch.size_at(row), how, taker)


def events_of(batch: TapeBatch) -> list[AnyTapeEvent]:
    """All rows as objects."""
    return [event_at(batch, row) for row in range(batch.count)]


def quote_or_trade(batch: TapeBatch, row: i64) -> TapeEvent:
    """A row of a tape of quotes and trades."""
    event = event_at(batch, row)
    assert isinstance(event, (Quote, Trade))
    return event


def print_kind(flags: i64) -> PrintKind:
    if flags & b.OFF_BOOK:
        return PrintKind.OFF_BOOK
    if flags & b.OPENING_AUCTION:
        return PrintKind.OPENING_AUCTION
    return PrintKind.CLOSING_AUCTION if flags & b.CLOSING_AUCTION else PrintKind.REGULAR


def taker_of(flags: i64) -> i64:
    """Who took, as far as the tape says: 1 a buyer, -1 a seller, else 0."""
    if flags & b.BUY:
        return 1
    return -1 if flags & b.SELL else 0


def halt_state(flags: i64) -> HaltState:
    if flags & b.HALTED:
        return HaltState.HALTED
    return HaltState.QUOTING if flags & b.QUOTING else HaltState.RESUMED


def put_event(out: BatchWriter, event: AnyTapeEvent) -> None:
    """Add an object as a row."""
    if isinstance(event, Quote):
        out.put_quote(event.time_ns, event.bid_px, event.bid_size, event.ask_px, event.ask_size)
    elif isinstance(event, Trade):
        flags = PRINT_FLAGS[event.kind] | (side_flag(event.taker > 0) if event.taker != 0 else 0)
        out.put_trade(event.time_ns, event.px, event.size, flags)
    elif isinstance(event, DepthLevel):
        flags = side_flag(event.is_bid) | (b.MORE if event.more else 0)
        out.put(event.time_ns, b.DEPTH, flags, event.px, event.size)
    elif isinstance(event, BookOrder):
        kind = b.ADD + ACTIONS.index(event.action)
        flags = side_flag(event.is_buy) | (b.MORE if event.more else 0)
        out.put(event.time_ns, kind, flags, event.px, event.size, 0, 0, event.order_ref)
    else:
        out.put(event.time_ns, b.HALT, HALT_FLAGS[event.state], 0, 0)


def side_flag(is_buy: bool) -> i64:
    return b.BUY if is_buy else b.SELL


PRINT_FLAGS: Final[dict[PrintKind, int]] = {
    PrintKind.REGULAR: 0,
    PrintKind.OPENING_AUCTION: b.OPENING_AUCTION,
    PrintKind.CLOSING_AUCTION: b.CLOSING_AUCTION,
    PrintKind.OFF_BOOK: b.OFF_BOOK,
}
HALT_FLAGS: Final[dict[HaltState, int]] = {
    HaltState.HALTED: b.HALTED,
    HaltState.QUOTING: b.QUOTING,
    HaltState.RESUMED: b.RESUMED,
}

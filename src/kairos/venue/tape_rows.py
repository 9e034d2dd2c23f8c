"""A market's tape from columns, row by row, without an object for each."""

from __future__ import annotations

from mypy_extensions import i64

from kairos.market.tape import BookAction
from kairos.market.tape_batch import (
    ADD,
    BUY,
    DELETE,
    DEPTH,
    EXECUTE,
    EXECUTE_HIDDEN,
    HALT,
    MORE,
    QUOTE,
    REDUCE,
    TRADE,
    TapeBatch,
)
from kairos.market.tape_events import halt_state, print_kind, taker_of
from kairos.venue.market import Market


def play_rows(market: Market, batch: TapeBatch, start: i64, stop: i64) -> None:
    """Play the rows from `start` to before `stop`; what becomes due in between happens at its own time."""
    for row in range(start, stop):
        now_ns = batch.time_at(row)
        if market.deadline_ns <= now_ns:
            market.advance(now_ns)
        kind = batch.kind_at(row)
        if kind == QUOTE:
            market.on_quote(batch.px_at(row), batch.size_at(row), batch.ask_px_at(row), batch.ask_size_at(row), now_ns)
        elif kind == TRADE:
            flags = batch.flags_at(row)
            market.on_trade(batch.px_at(row), batch.size_at(row), print_kind(flags), now_ns, taker_of(flags))
        elif kind == DEPTH:
            flags = batch.flags_at(row)
            is_bid = flags & BUY != 0
            market.on_level(is_bid, batch.px_at(row), batch.size_at(row), flags & MORE != 0, now_ns)
        elif ADD <= kind <= EXECUTE_HIDDEN:
            play_order(market, batch, row, kind, now_ns)
        elif kind == HALT:
            market.on_halt(halt_state(batch.flags_at(row)), now_ns)


def play_order(market: Market, batch: TapeBatch, row: i64, kind: i64, now_ns: i64) -> None:
    """Play a row that tells of one of the tape's orders."""
    flags = batch.flags_at(row)
    market.on_tape_order(
        kind, batch.ref_at(row), flags & BUY != 0, batch.px_at(row), batch.size_at(row), flags & MORE != 0, now_ns
    )


ROW_KINDS = {
    BookAction.ADD: ADD,
    BookAction.REDUCE: REDUCE,
    BookAction.DELETE: DELETE,
    BookAction.EXECUTE: EXECUTE,
    BookAction.EXECUTE_HIDDEN: EXECUTE_HIDDEN,
}

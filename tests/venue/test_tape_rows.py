"""Rows of a batch play exactly as the same events played as objects."""

from __future__ import annotations

from tests.venue.desk import Desk, line

from kairos.market.tape import (
    AnyTapeEvent,
    BookAction,
    BookOrder,
    DepthLevel,
    PrintKind,
    Quote,
    Trade,
)
from kairos.market.tape_batch import BatchWriter
from kairos.market.tape_events import put_event
from kairos.model.numbers import parse_price

S = 10**9
TEN, TICK = parse_price("10.00"), parse_price("0.01")


def order(at: int, action: BookAction, ref: int, is_buy: bool, px: int, size: int) -> BookOrder:
    return BookOrder("A", at * S, action, ref, is_buy, px, size)


QUOTES: list[AnyTapeEvent] = [
    Quote("A", 200 * S, TEN, 50, TEN + 2 * TICK, 100),
    Trade("A", 201 * S, TEN, 60),
    Trade("A", 202 * S, TEN, 90, PrintKind.OFF_BOOK),
    Trade("A", 203 * S, TEN + TICK, 90, PrintKind.REGULAR, -1),
    Trade("A", 204 * S, TEN - TICK, 70, PrintKind.REGULAR, -1),
    Quote("A", 205 * S, TEN - 2 * TICK, 50, TEN - TICK, 20),
    Trade("A", 2000 * S, TEN, 900, PrintKind.CLOSING_AUCTION),
]
LEVELS: list[AnyTapeEvent] = [
    DepthLevel("A", 200 * S, True, TEN, 50, True),
    DepthLevel("A", 200 * S, False, TEN + TICK, 50),
    Trade("A", 201 * S, TEN, 500),
    DepthLevel("A", 202 * S, True, TEN, 0, True),
    DepthLevel("A", 202 * S, False, TEN - TICK, 50, True),
    DepthLevel("A", 202 * S, False, TEN, 50),
]
ORDERS: list[AnyTapeEvent] = [
    order(200, BookAction.ADD, 1, True, TEN, 50),
    order(200, BookAction.ADD, 2, False, TEN + TICK, 50),
    order(201, BookAction.ADD, 3, True, TEN, 40),
    order(202, BookAction.REDUCE, 1, True, TEN, 20),
    order(203, BookAction.EXECUTE, 1, True, TEN, 30),
    order(204, BookAction.EXECUTE, 3, True, TEN, 40),
    order(205, BookAction.EXECUTE_HIDDEN, 0, True, TEN - TICK, 40),
    order(206, BookAction.DELETE, 2, False, TEN + TICK, 50),
]


def heard(events: list[AnyTapeEvent], in_rows: bool) -> list[str]:
    desk = Desk().at(161)
    for text in ("B1 BUY 30 @ 10.00", "B2 BUY 30 @ 10.01", "S1 SELL 5 stop 9.99", "A1 BUY 20 @ 10.02"):
        desk.order(text)
    writer = BatchWriter("A")
    for event in events:
        put_event(writer, event)
        if in_rows:
            continue
        if isinstance(event, Quote):
            desk.exchange.on_quote(event)
        elif isinstance(event, Trade):
            desk.exchange.on_trade(event)
        elif isinstance(event, DepthLevel):
            desk.exchange.on_level(event)
        elif isinstance(event, BookOrder):
            desk.exchange.on_tape_order(event)
    if in_rows:
        batch = writer.take()
        desk.exchange.on_rows(batch, 0, 2)
        desk.exchange.on_rows(batch, 2, batch.count)
    return [f"{message.transact_time_ns} {line(message)}" for message in desk.exchange.drain()]


def test_rows_play_as_events() -> None:
    for events in (QUOTES, LEVELS, ORDERS):
        told = heard(events, in_rows=False)
        assert heard(events, in_rows=True) == told
        assert sum(" TRADE " in text for text in told) >= 2, told

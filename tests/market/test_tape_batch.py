"""Batches: columns and objects say the same, files give back what was written, merges keep the order of time."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kairos.market import tape_batch as b
from kairos.market.tape import (
    AnyTapeEvent,
    BookAction,
    BookOrder,
    DepthLevel,
    HaltState,
    PrintKind,
    Quote,
    TapeHalt,
    Trade,
)
from kairos.market.tape_batch import BatchWriter, TapeBatch
from kairos.market.tape_events import events_of, put_event
from kairos.market.tape_file import read_batches, write_tape
from kairos.market.tape_merge import TapeMerge
from kairos.market.tape_report import TapeReport
from kairos.market.tape_top import top_of_book
from kairos.model.errors import ReferenceDataError
from kairos.model.numbers import MAX_PRICE, MAX_QTY

COLUMNS = ("time_ns", "kind", "flags", "px", "size", "ask_px", "ask_size", "ref")
prices = st.integers(1, MAX_PRICE)
sizes = st.integers(1, MAX_QTY)
refs = st.integers(-(10**18) + 1, 10**18 - 1)
sides = st.tuples(st.just(0), st.just(0)) | st.tuples(prices, sizes)
more = st.sampled_from([0, b.MORE])
quotes = st.builds(lambda bid, ask: (b.QUOTE, 0, *bid, *ask, 0), sides, sides)
trades = st.builds(
    lambda flags, px, size: (b.TRADE, flags, px, size, 0, 0, 0),
    st.sampled_from([0, b.BUY, b.SELL, b.OPENING_AUCTION, b.CLOSING_AUCTION, b.OFF_BOOK]),
    prices,
    sizes,
)
levels = st.builds(
    lambda side, tail, px, size: (b.DEPTH, side | tail, px, size, 0, 0, 0),
    st.sampled_from([b.BUY, b.SELL]),
    more,
    prices,
    st.integers(0, MAX_QTY),
)
orders = st.builds(
    lambda kind, side, tail, px, size, ref: (kind, side | tail, px, size, 0, 0, ref),
    st.integers(b.ADD, b.EXECUTE_HIDDEN),
    st.sampled_from([b.BUY, b.SELL]),
    more,
    prices,
    sizes,
    refs,
)
sent = st.builds(
    lambda flags, px, size, ref: (b.ENTER, flags, px, size, 0, 0, ref),
    st.sampled_from([b.BUY, b.SELL | b.IMMEDIATE, b.BUY | b.ALL_OR_NONE]),
    st.just(0) | prices,
    sizes,
    refs,
)
halts = st.sampled_from([b.HALTED, b.QUOTING, b.RESUMED]).map(lambda state: (b.HALT, state, 0, 0, 0, 0, 0))
tapes = st.lists(st.tuples(st.integers(0, 10**9), quotes | trades | levels | orders | sent | halts), max_size=30)


def batch_of(rows: list[tuple[int, tuple[int, ...]]], instrument: str = "A.XNYS") -> TapeBatch:
    """A batch of rows that begin with the step of time since the row before."""
    out = BatchWriter(instrument)
    time_ns = 1_700_000_000_000_000_000
    for step, row in rows:
        time_ns += step
        out.put(time_ns, *row)
    return out.take()


def columns(batches: list[TapeBatch]) -> list[bytes]:
    return [b"".join(getattr(batch, name) for batch in batches) for name in COLUMNS]


@given(tapes, st.sampled_from(["t.csv", "t.csv.gz"]))
def test_a_tape_that_is_written_is_read_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[int, tuple[int, ...]]], name: str
) -> None:
    path = tmp_path_factory.mktemp("tape") / name
    batch = batch_of(rows)
    assert write_tape(path, iter([batch])) == len(rows)
    assert columns(list(read_batches(path, "A.XNYS"))) == columns([batch])


@given(tapes)
def test_objects_and_rows_say_the_same(rows: list[tuple[int, tuple[int, ...]]]) -> None:
    """What has no place in the objects (who took, time in force) apart, a row survives being one."""
    unsaid = b.IMMEDIATE | b.ALL_OR_NONE
    said = [(step, (row[0], row[1] & ~(unsaid | (3 if row[0] == b.TRADE else 0)), *row[2:])) for step, row in rows]
    batch = batch_of(said)
    again = BatchWriter("A.XNYS")
    for event in events_of(batch):
        put_event(again, event)
    assert columns([again.take()]) == columns([batch])


def test_each_kind_of_event_is_told_in_full() -> None:
    told: list[AnyTapeEvent] = [
        Quote("A", 1, 10, 100, 11, 200),
        Trade("A", 2, 10, 5, PrintKind.OFF_BOOK),
        DepthLevel("A", 3, True, 10, 0, True),
        BookOrder("A", 4, BookAction.EXECUTE, 77, False, 11, 5, True),
        TapeHalt("A", 5, HaltState.QUOTING),
    ]
    out = BatchWriter("A")
    for event in told:
        put_event(out, event)
    quote, trade, level, order, halt = events_of(out.take())
    assert isinstance(quote, Quote) and (quote.bid_px, quote.bid_size, quote.ask_px, quote.ask_size) == (
        10,
        100,
        11,
        200,
    )
    assert isinstance(trade, Trade) and (trade.px, trade.size, trade.kind) == (10, 5, PrintKind.OFF_BOOK)
    assert isinstance(level, DepthLevel) and (level.is_bid, level.px, level.size, level.more) == (True, 10, 0, True)
    assert isinstance(order, BookOrder) and (order.action, order.order_ref) == (BookAction.EXECUTE, 77)
    assert (order.is_buy, order.px, order.size, order.more) == (False, 11, 5, True)
    assert isinstance(halt, TapeHalt) and halt.state is HaltState.QUOTING


def prints(instrument: str, *times: int) -> list[TapeBatch]:
    """One print a batch of two, so that batches end in the midst of a run."""
    out = BatchWriter(instrument)
    batches = []
    for time_ns in times:
        out.put_trade(time_ns, 1, 1)
        if out.count == 2:
            batches.append(out.take())
    return [*batches, out.take()]


@given(st.lists(st.lists(st.integers(0, 20)).map(sorted), min_size=1, max_size=4))
def test_a_merge_is_in_time_order_and_the_first_named_goes_first(times: list[list[int]]) -> None:
    merge = TapeMerge([iter(prints(str(place), *ones)) for place, ones in enumerate(times)])
    merged = []
    while (span := merge.next_span()) is not None:
        assert span.start < span.stop
        merged += [(span.batch.time_at(row), int(span.batch.instrument)) for row in range(span.start, span.stop)]
    assert merged == sorted((time_ns, place) for place, ones in enumerate(times) for time_ns in ones)


def test_a_row_that_goes_back_in_time_bears_the_time_before_it_and_is_counted() -> None:
    out = BatchWriter("A", shift_ns=100)
    for time_ns in (5, 4, 6):
        out.put_trade(time_ns, 1, 1)
    batch = out.take()
    assert [batch.time_at(row) for row in range(3)] == [105, 105, 106]
    assert (out.late_rows, out.total) == (1, 3)


def test_the_top_of_a_deep_tape_is_its_best_levels_and_its_trades() -> None:
    out = BatchWriter("A")
    out.put(1, b.ADD, b.BUY, 10, 100, ref=1)
    out.put(2, b.ADD, b.BUY, 9, 50, ref=2)
    out.put(3, b.ADD, b.SELL, 11, 70, ref=3)
    out.put(4, b.EXECUTE, b.BUY, 10, 40, ref=1)
    out.put(5, b.DELETE, b.BUY, 10, 60, ref=1)
    out.put(6, b.EXECUTE_HIDDEN, b.SELL, 10, 5)
    out.put(7, b.DEPTH, b.SELL | b.MORE, 11, 0)
    out.put(7, b.DEPTH, b.SELL, 12, 8)
    out.put(8, b.HALT, b.HALTED, 0, 0)
    (top,) = top_of_book(iter([out.take()]))
    told = [
        (top.time_at(i), top.kind_at(i), top.px_at(i), top.size_at(i), top.ask_px_at(i), top.ask_size_at(i))
        for i in range(top.count)
    ]
    assert told == [
        (1, b.QUOTE, 10, 100, 0, 0),
        (3, b.QUOTE, 10, 100, 11, 70),
        (4, b.TRADE, 10, 40, 0, 0),
        (4, b.QUOTE, 10, 60, 11, 70),
        (5, b.QUOTE, 9, 50, 11, 70),
        (6, b.TRADE, 10, 5, 0, 0),
        (7, b.QUOTE, 9, 50, 12, 8),
    ]
    assert (top.flags_at(2), top.flags_at(5)) == (b.SELL, b.BUY)


def test_a_report_tells_no_oddity_that_was_not_met() -> None:
    report = TapeReport("x")
    report.count("a", "left out", 0)
    report.count("b", "left out", 2)
    report.count("b", "left out")
    assert report.lines()[2:] == [("b", "3", "left out")]
    assert (report.times("a"), report.times("b")) == (0, 3)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("Z,1", "kind"),
        ("QQ,1", "kind"),
        ("L,1,U,10,1,", "side"),
        ("L,1,B,0,1,", "px"),
        ("L,1,B,10,1", "flag"),
        ("L,1,B,10,1,X", "flag"),
        ("A,1,1.5,B,10,1,", "order_ref"),
        ("A,1,1234567890123456789,B,10,1,", "order_ref"),
        ("A,1,--1,B,10,1,", "order_ref"),
        ("A,1,1,B,0,1,", "px"),
        ("A,1,1,B,10,0,", "size"),
        ("A,1,1,B,10,1,,", "flag"),
        ("N,1,1,B,-1,1,", "px"),
        ("T,1,10,1,Z", "flag"),
        ("X,1,Z", "state"),
        ("X,1", "state"),
    ],
)
def test_a_bad_line_of_version_2_is_refused_with_its_place(tmp_path: Path, line: str, field: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f"kairos-tape,2\nT,1,10,1,B\n{line}\n")
    batches = read_batches(path, "A")
    assert next(batches).count == 1
    with pytest.raises(ReferenceDataError) as caught:
        next(batches)
    assert (caught.value.place, caught.value.field) == ("line 3", field)


def test_version_1_has_quotes_and_trades_alone(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("kairos-tape,1\nL,1,B,10,1,\n")
    with pytest.raises(ReferenceDataError, match="must be Q"):
        list(read_batches(path, "A"))


def peak_of(folder: Path, rows: int) -> int:
    """The most memory that reading a tape of so many rows takes at once."""
    path = folder / f"{rows}.csv"
    path.write_text("kairos-tape,2\n" + "".join(f"T,{time_ns},10,1,\n" for time_ns in range(rows)))
    tracemalloc.start()
    try:
        assert sum(batch.count for batch in read_batches(path, "A")) == rows
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_tape(tmp_path: Path) -> None:
    """A batch is released as soon as its reader has moved on."""
    peak_of(tmp_path, 100)  # what is made once
    assert peak_of(tmp_path, 6 * b.BATCH_ROWS) < 1.2 * peak_of(tmp_path, 2 * b.BATCH_ROWS)

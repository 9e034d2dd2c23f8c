"""The tape is played in the market's time: nothing early, nothing twice, and no order waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from kairos.market.tape import AnyTapeEvent, BookAction, BookOrder, DepthLevel, HaltState, Quote, TapeHalt, Trade
from kairos.market.tape_batch import Batches, BatchWriter, TapeBatch
from kairos.market.tape_events import put_event
from kairos.market.tape_merge import TapeMerge
from kairos.model.enums import OrdType, Side, TimeInForce
from kairos.model.errors import ReferenceDataError
from kairos.model.numbers import parse_price as px
from kairos.simulator.market_clock import MarketClock, Moment
from kairos.simulator.player import BATCH, TapePlayer
from kairos.venue.exchange import Exchange
from kairos.venue.listing import Listing
from kairos.venue.reports import Report

SECOND = 1_000_000_000
START, END = 1_000 * SECOND, 2_000 * SECOND


def quotes(*seconds: int) -> list[AnyTapeEvent]:
    return [Quote("A.XNYS", at * SECOND, px("10"), 100, px("10.02"), 100) for at in seconds]


def tape(events: Iterable[AnyTapeEvent], rows: int = 64) -> Batches:
    """Events of one instrument in batches of so many rows; before an error comes what was read."""
    out: BatchWriter | None = None
    try:
        for event in events:
            out = out or BatchWriter(event.instrument)
            put_event(out, event)
            if out.count == rows:
                yield out.take()
    finally:
        if out is not None and out.count:
            yield out.take()


class Stage:
    """A player whose wall clock is a number."""

    def __init__(self, *tapes: Iterable[AnyTapeEvent], speed: int = 1) -> None:
        self.wall_ns = 0
        self.seen: list[int] = []
        self.moments: list[Moment] = []
        self.exchange = Exchange(
            [Listing(name, px("0.01"), 1, START, END, closing_wait_ns=0) for name in ("A.XNYS", "B.XNYS")], "D"
        )
        self.clock = MarketClock(START, speed, 0)
        self.player = TapePlayer(
            TapeMerge([tape(events) for events in tapes]), self.exchange, self.clock, END, self.see,
            self.moments.append, lambda: self.wall_ns,
        )  # fmt: skip

    def see(self, batch: TapeBatch, start: int, stop: int) -> None:
        self.seen += [int(batch.time_at(row)) // SECOND for row in range(start, stop)]

    def reach(self, second: int) -> int:
        return self.player.reach(second * SECOND).market_ns // SECOND


def test_events_come_when_the_clock_is_there_and_once() -> None:
    stage = Stage(quotes(1_001, 1_060, 1_061, 1_120), speed=60)
    stage.clock.begin(0)
    assert (stage.reach(0), stage.seen) == (1_000, [])
    assert (stage.reach(1), stage.seen) == (1_060, [1_001, 1_060])
    assert (stage.reach(1), stage.seen) == (1_060, [1_001, 1_060])
    assert (stage.reach(3), stage.seen) == (1_180, [1_001, 1_060, 1_061, 1_120])


def test_a_market_that_is_behind_stands_where_its_last_event_was() -> None:
    stage = Stage(quotes(*range(1_001, 1_001 + BATCH + 50)))
    stage.clock.begin(0)
    assert stage.reach(900) == 1_000 + BATCH
    assert stage.player.is_behind(900 * SECOND)
    assert stage.reach(900) == 1_900
    assert not stage.player.is_behind(900 * SECOND)


def test_what_came_before_the_start_is_played_while_the_market_stands() -> None:
    stage = Stage(quotes(*range(700, 1_003)))
    asyncio.run(stage.player.prime())
    assert (stage.seen[-1], stage.player.reached_ns) == (1_000, START)
    assert stage.moments == []


def test_nothing_is_played_from_the_end_on() -> None:
    stage = Stage(quotes(1_999, 2_000, 2_001))
    stage.clock.begin(0)
    assert (stage.reach(5_000), stage.seen) == (6_000, [1_999])


def test_the_run_ends_the_day_tells_and_goes_on() -> None:
    """Orders of the day expire before `finished` is set, and `after` was called with their reports."""

    async def play() -> list[str]:
        stage = Stage([Trade("A.XNYS", START + SECOND, px("10"), 5)], speed=1_000_000)
        stage.clock.begin(0)
        stage.exchange.advance(START)
        stage.exchange.submit("C", "A1", "A.XNYS", Side.BUY, OrdType.LIMIT, TimeInForce.DAY, 5, START + 1, px("9"))
        task = asyncio.create_task(stage.player.run())
        await asyncio.sleep(0)
        assert not stage.player.finished.is_set()
        stage.wall_ns = SECOND
        await asyncio.wait_for(stage.player.finished.wait(), 5)
        assert stage.moments[-1].market_ns >= END and not task.done()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return [report.ord_status.name for report in stage.exchange.drain()]

    assert asyncio.run(play()) == ["NEW", "EXPIRED"]


def test_a_tape_that_cannot_be_read_ends_the_play_with_its_reason() -> None:
    def broken() -> Iterable[AnyTapeEvent]:
        yield from quotes(1_001)
        raise ReferenceDataError("t.csv", "line 3", "px", "is 'x'")

    async def play() -> Stage:
        stage = Stage(broken())
        stage.clock.begin(0)
        task = asyncio.create_task(stage.player.run())
        stage.wall_ns = 2 * SECOND
        await asyncio.wait_for(stage.player.finished.wait(), 5)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return stage

    stage = asyncio.run(play())
    assert stage.seen == [1_001] and str(stage.player.failure) == "t.csv: line 3: px: is 'x'"


def test_instruments_are_played_in_the_order_of_their_times_and_only_as_far_as_it_is_due() -> None:
    other = [Quote("B.XNYS", at * SECOND, px("5"), 1, px("6"), 1) for at in (1_001, 1_003, 1_005)]
    stage = Stage(quotes(1_001, 1_002, 1_004, 1_006), other)
    stage.clock.begin(0)
    assert (stage.reach(4), stage.seen) == (1_004, [1_001, 1_001, 1_002, 1_003, 1_004])
    assert (stage.reach(9), stage.seen[5:]) == (1_009, [1_005, 1_006])


def level(at: int, price: str, size: int, more: bool) -> AnyTapeEvent:
    return DepthLevel("A.XNYS", at * SECOND, False, px(price), size, more)


def test_a_tape_of_depth_is_played_in_full_depth() -> None:
    stage = Stage([level(1_001, "10", 100, True), level(1_001, "10.01", 200, True), level(1_001, "10.05", 300, False)])
    stage.clock.begin(0)
    stage.reach(1)
    stage.exchange.submit("C", "A1", "A.XNYS", Side.BUY, OrdType.LIMIT, TimeInForce.DAY, 450, 1_002 * SECOND, px("11"))
    fills = [(r.last_qty, r.last_px) for r in stage.exchange.drain() if isinstance(r, Report) and r.last_qty]
    assert fills == [(100, px("10")), (200, px("10.01")), (150, px("10.05"))]


def test_a_tape_of_orders_and_its_halts_are_played_and_nothing_trades_in_a_halt() -> None:
    added = BookOrder("A.XNYS", 1_201 * SECOND, BookAction.ADD, 7, False, px("10"), 100)
    halted = TapeHalt("A.XNYS", 1_202 * SECOND, HaltState.HALTED)
    stage = Stage([added, halted, TapeHalt("A.XNYS", 1_205 * SECOND, HaltState.RESUMED)])
    stage.clock.begin(0)
    stage.reach(203)
    stage.exchange.submit("C", "A1", "A.XNYS", Side.BUY, OrdType.LIMIT, TimeInForce.DAY, 60, 1_203 * SECOND, px("10"))
    assert [r.ord_status.name for r in stage.exchange.drain()] == ["NEW"]
    stage.reach(206)
    assert [r.ord_status.name for r in stage.exchange.drain()] == ["FILLED"]


def test_a_moment_is_played_whole_though_it_is_longer_than_a_stretch_and_a_batch() -> None:
    many = [level(1_001, "10", 100, True)] * (2 * BATCH) + [level(1_001, "10", 100, False)]
    stage = Stage(quotes(*range(900, 900 + BATCH // 2)), [*many, level(1_002, "10", 50, False)])
    stage.clock.begin(0)
    stage.reach(60)
    assert len(stage.seen) == BATCH // 2 + len(many)
    stage.reach(60)
    assert stage.seen[-1] == 1_002

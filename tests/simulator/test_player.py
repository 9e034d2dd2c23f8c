"""The tape is played in the market's time: nothing early, nothing twice, and no order waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from kairos.market.tape import Quote, TapeEvent, Trade
from kairos.model.enums import OrdType, Side, TimeInForce
from kairos.model.errors import ReferenceDataError
from kairos.model.numbers import parse_price as px
from kairos.simulator.market_clock import MarketClock, Moment
from kairos.simulator.player import BATCH, TapePlayer
from kairos.venue.exchange import Exchange
from kairos.venue.listing import Listing

SECOND = 1_000_000_000
START, END = 1_000 * SECOND, 2_000 * SECOND


def quotes(*seconds: int) -> Iterator[TapeEvent]:
    return iter([Quote("A.XNYS", at * SECOND, px("10"), 100, px("10.02"), 100) for at in seconds])


class Stage:
    """A player whose wall clock is a number."""

    def __init__(self, events: Iterator[TapeEvent], speed: int = 1) -> None:
        self.wall_ns = 0
        self.seen: list[int] = []
        self.moments: list[Moment] = []
        self.exchange = Exchange([Listing("A.XNYS", px("0.01"), 1, START, END, closing_wait_ns=0)], "D")
        self.clock = MarketClock(START, speed, 0)
        self.player = TapePlayer(
            events, self.exchange, self.clock, END, self.see, self.moments.append, lambda: self.wall_ns
        )

    def see(self, event: TapeEvent) -> None:
        self.seen.append(event.time_ns // SECOND)

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
        stage = Stage(iter([Trade("A.XNYS", START + SECOND, px("10"), 5)]), speed=1_000_000)
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
    def broken() -> Iterator[TapeEvent]:
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

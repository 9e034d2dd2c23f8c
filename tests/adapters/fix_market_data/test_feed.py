"""From an exchange's market data to the engine's boards and marks: both ends of one line, joined in this process."""

from __future__ import annotations

import asyncio
from typing import cast

import pytest
from tests.simulator.client import Ear, NoObserver, OpenWriter

from kairos.adapters.config_fix import CompIds, MarketDataConfig
from kairos.adapters.fix_line import Application, FixLine
from kairos.adapters.fix_market_data.face import MarketDataFace
from kairos.adapters.fix_market_data.symbols import Symbols
from kairos.adapters.journal_memory import MemoryJournal
from kairos.adapters.market_feed import MarketFeed
from kairos.adapters.sent_messages import SentMessages
from kairos.fix.dictionary import load_dictionary
from kairos.fix.session import Session
from kairos.fix.session_config import SessionConfig
from kairos.market.bars import Bar
from kairos.market.board import MarketBoard
from kairos.market.boards import Boards
from kairos.market.tape import Quote, Trade
from kairos.model.commands import Command, SetHalt, UpdateMark
from kairos.model.events import Event, InstrumentDefined
from kairos.model.numbers import parse_price as px

NAME = "AAA.XNYS"
MS = 1_000_000
VERSIONS = pytest.mark.parametrize("version", ["FIX.4.2", "FIX.4.4"])


class Engine(OpenWriter):
    """Keeps the commands that the feed gives."""

    def __init__(self) -> None:
        super().__init__()
        self.marks: list[UpdateMark] = []
        self.halts: list[tuple[str, bool]] = []

    def submit(self, command: Command) -> list[Event]:
        if isinstance(command, SetHalt):
            self.halts.append((command.instrument_id, command.halted))
            return []
        assert isinstance(command, UpdateMark)
        self.marks.append(command)
        return []


class Joined:
    """An exchange with one board, and an engine that watches it; `pass_on` lets their messages through."""

    def __init__(self, version: str = "FIX.4.4", depth: int = 3, incremental: bool = True, halts: bool = False) -> None:
        self.engine = Engine()
        self.board = MarketBoard(NAME)
        self.face = MarketDataFace({NAME: self.board}, Symbols([NAME]), 100)
        self.boards = Boards()
        self.bars: list[Bar] = []
        self.boards.on_bar.append(self.bars.append)
        config = MarketDataConfig(CompIds("K", "X"), depth, incremental, halts=halts)
        self.feed = MarketFeed(self.engine, load_dictionary(version), "XNYS", self.boards, config)
        self.feed.on_event(InstrumentDefined(0, NAME, "AAA", "XNYS", "", "USD", "", "", 1, 1, 1, 0, "", ()), 1)
        self.ours, self.our_ear = line(SessionConfig(version, "K", "X", initiator=True), self.feed, self.engine)
        self.theirs, self.their_ear = line(SessionConfig(version, "X", "K"), self.face, self.engine)
        self.pass_on()

    def pass_on(self) -> None:
        while self.our_ear.frames or self.their_ear.frames:
            for ear, other in ((self.our_ear, self.theirs), (self.their_ear, self.ours)):
                frames, ear.frames = ear.frames, []
                for frame in frames:
                    other.received(frame)

    def level(self, is_bid: bool, price: str, size: int) -> Joined:
        self.board.on_level(is_bid, px(price), size, self.engine.wall_ns)
        return self

    def trade(self, price: str, size: int) -> Joined:
        self.board.on_trade(Trade(NAME, self.engine.wall_ns, px(price), size))
        return self

    def after(self, ms: int) -> MarketBoard:
        """The engine's board that much later."""
        self.engine.wall_ns += ms * MS
        self.face.changed(NAME)
        self.face.flush(self.engine.wall_ns)
        self.pass_on()
        self.feed.tick()
        self.boards.advance(self.engine.wall_ns)
        return self.boards.boards[NAME]


def line(config: SessionConfig, application: Application, writer: OpenWriter) -> tuple[FixLine, Ear]:
    session = Session(config, load_dictionary(config.begin_string))
    made = FixLine(session, writer, application, SentMessages(MemoryJournal()), NoObserver())
    ear = Ear()
    made.attach(cast(asyncio.Transport, ear))
    return made, ear


@VERSIONS
@pytest.mark.parametrize("incremental", [False, True])
def test_the_engine_s_book_is_the_exchange_s(version: str, incremental: bool) -> None:
    joined = Joined(version, 3, incremental)
    joined.level(True, "10", 5).level(True, "9.99", 7).level(False, "10.01", 9)
    for change in ((True, "10", 4), (True, "9.99", 0), (True, "9.97", 2), (False, "10.01", 0), (False, "10.02", 1)):
        board = joined.after(100)
        assert board.bids.levels() == joined.board.bids.levels(3)
        assert board.asks.levels() == joined.board.asks.levels(3)
        joined.level(*change)
    board = joined.after(100)
    assert board.bids.levels() == ((px("10"), 4), (px("9.97"), 2)) and board.asks.levels() == ((px("10.02"), 1),)


def test_no_more_levels_than_were_asked_for() -> None:
    joined = Joined(depth=1, incremental=True).level(True, "10", 5).level(True, "9.99", 7)
    assert joined.after(100).bids.levels() == ((px("10"), 5),)
    assert joined.level(True, "10", 0).after(100).bids.levels() == ((px("9.99"), 7),)


def test_every_print_reaches_the_engine_s_bars() -> None:
    joined = Joined().trade("10", 100)
    joined.after(100)
    joined.trade("10.5", 50).trade("9.5", 150)
    board = joined.after(100)
    assert (board.top.last_px, board.top.volume, board.top.trade_count) == (px("9.5"), 200, 2)
    joined.after(120_000)
    (bar,) = joined.bars
    assert (bar.open_px, bar.high_px, bar.low_px, bar.close_px, bar.volume) == (
        px("10.5"), px("10.5"), px("9.5"), px("9.5"), 200
    )  # fmt: skip


@VERSIONS
def test_halts_reach_the_engine_once_each_where_they_are_asked_for(version: str) -> None:
    joined = Joined(version, halts=True)
    assert joined.engine.halts == [(NAME, False)], "it trades, says the first answer"
    for halted in (True, True, False):
        joined.board.on_halt(halted, joined.engine.wall_ns)
        joined.after(100)
    assert joined.engine.halts[1:] == [(NAME, True), (NAME, False)]
    deaf = Joined(version)
    deaf.board.on_halt(True, deaf.engine.wall_ns)
    deaf.after(100)
    assert deaf.engine.halts == []


def test_marks_are_conflated_and_the_last_one_is_never_lost() -> None:
    joined = Joined().level(True, "10", 5).level(False, "10.02", 5)
    joined.after(100)
    assert [mark.bid_px for mark in joined.engine.marks] == [px("10")]
    joined.feed._interval_ns = 1_000 * MS  # type: ignore[misc]
    joined.level(True, "10.01", 5).after(100)
    joined.level(True, "10.015", 5).after(100)
    assert len(joined.engine.marks) == 1
    joined.after(1_000)
    assert [mark.bid_px for mark in joined.engine.marks] == [px("10"), px("10.015")]


def test_a_size_alone_is_no_new_mark() -> None:
    joined = Joined().level(True, "10", 5)
    joined.after(100)
    joined.level(True, "10", 6).after(100)
    assert len(joined.engine.marks) == 1 and joined.boards.boards[NAME].top.bid_size == 6


def test_boards_are_stale_from_the_loss_of_the_session_to_the_first_word_after_it() -> None:
    joined = Joined().level(True, "10", 5)
    joined.after(100)
    joined.ours.lost()
    joined.theirs.lost()
    board = joined.boards.boards[NAME]
    assert board.stale_since_ns == joined.engine.wall_ns and board.bids.levels() == ((px("10"), 5),)
    joined.theirs.attach(cast(asyncio.Transport, joined.their_ear))
    joined.ours.attach(cast(asyncio.Transport, joined.our_ear))
    joined.pass_on()
    assert board.stale_since_ns == 0 and board.bids.levels() == ((px("10"), 5),)


def test_a_venue_that_says_that_it_is_stale_itself_is_believed() -> None:
    joined = Joined()
    joined.board.on_quote(Quote(NAME, 1, px("10"), 1, px("11"), 1))
    assert joined.after(100).stale_since_ns == 0
    joined.board.grow_stale(joined.engine.wall_ns)
    assert joined.after(100).stale_since_ns != 0
    assert joined.level(True, "10", 2).after(100).stale_since_ns == 0

"""Market data on the link: conflated, numbered, whole, and never in the way of events."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any, cast

import pytest
from tests.adapters.test_link import TOKEN, WallClock

from kairos.adapters.group_commit import GroupCommit
from kairos.adapters.journal_memory import MemoryJournal
from kairos.adapters.link_client import LinkClient
from kairos.adapters.link_frames import MARKET, FrameSplitter, LinkError
from kairos.adapters.link_market import MIN_INTERVAL_MS, MarketStream
from kairos.adapters.link_pipe import LinkPipe
from kairos.adapters.link_server import LinkServer
from kairos.engine.engine import Engine
from kairos.market.boards import Boards
from kairos.market.tape import Quote, Trade
from kairos.model.numbers import parse_price as px
from kairos.runtime import Runtime

NAME, OTHER = "AAA.XNYS", "BBB.XNYS"
SECOND = 1_000_000_000
NOW = 1_700_000_040 * SECOND  # a whole minute


class Wire:
    """A transport that keeps what is written."""

    def __init__(self) -> None:
        self.data = b""

    def set_write_buffer_limits(self, high: int) -> None: ...

    def write(self, data: bytes) -> None:
        self.data += data


class Watch:
    """A house's boards and one who watches."""

    def __init__(self, **wish: object) -> None:
        self.boards = Boards()
        for name in (NAME, OTHER):
            self.boards.add(name)
        self.stream = MarketStream(self.boards)
        self.pipe = LinkPipe()
        self.wire = Wire()
        self.pipe.attach(cast(asyncio.Transport, self.wire))
        self.now_ns = NOW
        self.stream.watch(json.dumps(wish).encode(), self.pipe, self.now_ns)

    def quote(self, bid: str, ask: str, name: str = NAME) -> Watch:
        self.boards.boards[name].on_quote(Quote(name, self.now_ns, px(bid), 1, px(ask), 2))
        return self

    def trade(self, price: str, size: int) -> Watch:
        self.boards.print_on(self.boards.boards[NAME], Trade(NAME, self.now_ns, px(price), size))
        return self

    def after(self, ms: int) -> list[dict[str, Any]]:
        self.now_ns += ms * 1_000_000
        self.boards.advance(self.now_ns)
        self.stream.tick(self.now_ns)
        data, self.wire.data = self.wire.data, b""
        frames = list(FrameSplitter().feed(data))
        assert all(kind == MARKET for kind, _ in frames)
        return [json.loads(body) for _, body in frames]


def test_what_has_changed_is_told_as_a_whole_at_most_once_an_interval() -> None:
    watch = Watch(interval_ms=250).quote("10", "10.02")
    (first,) = watch.after(250)
    assert first["seq"] == 1 and [board["instrument"] for board in first["boards"]] == [NAME]
    assert first["boards"][0]["bids"] == [["10", 1]] and first["boards"][0]["asks"] == [["10.02", 2]]
    watch.quote("10.01", "10.02")
    assert watch.after(249) == []
    watch.quote("10.015", "10.02").quote("5", "6", OTHER)
    (second,) = watch.after(1)
    assert second["seq"] == 2 and [b["bids"][0][0] for b in second["boards"]] == ["10.015", "5"]
    assert watch.after(1000) == []


def test_only_the_instruments_that_were_named() -> None:
    watch = Watch(instruments=[OTHER]).quote("10", "11").quote("5", "6", OTHER)
    (told,) = watch.after(250)
    assert [board["instrument"] for board in told["boards"]] == [OTHER]


def test_a_caller_who_does_not_read_gets_the_difference_when_he_does() -> None:
    watch = Watch().quote("10", "11")
    watch.pipe.pause()
    assert watch.after(1000) == []
    watch.quote("10.5", "11").quote("10.6", "11")
    watch.pipe.resume()
    (told,) = watch.after(1000)
    assert told["seq"] == 1 and told["boards"][0]["bids"] == [["10.6", 1]]


def test_a_bar_is_told_once_when_its_time_is_over() -> None:
    watch = Watch(bars=True).trade("10", 5).trade("11", 3)
    assert watch.after(250)[0]["bars"] == []
    (told,) = watch.after(60_000)
    (bar,) = told["bars"]
    assert (bar["instrument"], bar["open_px"], bar["close_px"], bar["volume"], bar["vwap"]) == (
        NAME, "10", "11", 8, "10.375"
    )  # fmt: skip
    assert watch.after(60_000) == []


def test_a_stale_board_says_since_when() -> None:
    watch = Watch().quote("10", "11")
    watch.after(250)
    watch.boards.grow_stale([NAME, OTHER], watch.now_ns)
    (told,) = watch.after(250)
    assert [(b["instrument"], b["stale_since_ns"]) for b in told["boards"]] == [(NAME, NOW + 250_000_000)]


@pytest.mark.parametrize(
    ("wish", "says"),
    [(b"{", "can't be read"), (b'{"depth": 0}', "depth is 0"), (b'{"depht": 1}', "depht"),
     (b'{"interval_ms": 1}', f"must be {MIN_INTERVAL_MS} or more")],
)  # fmt: skip
def test_a_wish_that_can_t_be_granted_says_why(wish: bytes, says: str) -> None:
    with pytest.raises(LinkError, match=says):
        MarketStream(Boards()).watch(wish, LinkPipe(), 0)


def test_a_link_client_watches_beside_its_events(tmp_path: Path) -> None:
    async def run() -> list[dict[str, Any]]:
        journal = MemoryJournal()
        runtime = Runtime(Engine(), journal, WallClock(), asyncio.get_running_loop())
        committer = GroupCommit(journal, runtime.committed, runtime.failed)
        runtime.start(committer)
        boards = Boards()
        boards.add(NAME).on_quote(Quote(NAME, 1, px("10"), 1, px("11"), 1))
        stream = MarketStream(boards)
        server = LinkServer("test", "0", TOKEN, runtime, list, lambda _u: True, runtime.next_seq, {}, stream)
        await server.start(tmp_path / "link.sock")
        try:
            return await asyncio.to_thread(watch_once, tmp_path / "link.sock")
        finally:
            await server.stop()
            await asyncio.to_thread(committer.close)

    def watch_once(path: Path) -> list[dict[str, Any]]:
        with LinkClient.connect(path, TOKEN, "") as link:
            link.watch({"instruments": [NAME]})
            told = next(link.market(5.0))
            assert list(link.market(0.5)) == [], "asking again is no new wish: nothing is told twice, no bar is lost"
            return [told]

    (told,) = asyncio.run(run())
    assert told["boards"][0]["bids"] == [["10", 1]]

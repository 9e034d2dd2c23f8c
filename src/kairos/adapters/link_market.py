"""Market data on the link: boards and bars to callers who watch, beside the events and outside the journal.

Conflated: a caller hears of an instrument at most once an interval and only when something has changed, always as a
whole; one who reads slowly hears less often. Each frame has a number, counted from 1 for each caller, so that he sees
that he missed none. Prices are decimal text, times nanoseconds UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from kairos.adapters.link_frames import MARKET, LinkError, frame
from kairos.adapters.link_pipe import LinkPipe
from kairos.market.bars import Bar
from kairos.market.board import BoardSide, MarketBoard
from kairos.market.boards import Boards
from kairos.model.numbers import format_money, format_price, parse_money, parse_price

MS_NS: Final = 1_000_000
MAX_DEPTH: Final = 50  # levels a side: more than a screen has lines
MIN_INTERVAL_MS: Final = 50  # twenty times a second: more than an eye sees
DEFAULT_DEPTH: Final = 5
DEFAULT_INTERVAL_MS: Final = 250


class Wish(msgspec.Struct, forbid_unknown_fields=True):
    """What a caller wants to watch: instruments (none named: all), price levels a side, how often, and bars."""

    instruments: list[str] = []
    depth: int = DEFAULT_DEPTH
    interval_ms: int = DEFAULT_INTERVAL_MS
    bars: bool = True


def read_wish(body: bytes) -> Wish:
    """`LinkError` says what is wrong with it."""
    try:
        wish = msgspec.json.decode(body, type=Wish)
    except msgspec.DecodeError as error:
        raise LinkError(f"a wish for market data that can't be read: {error}") from error
    if not 1 <= wish.depth <= MAX_DEPTH:
        raise LinkError(f"depth is {wish.depth}; it must be from 1 to {MAX_DEPTH}")
    if wish.interval_ms < MIN_INTERVAL_MS:
        raise LinkError(f"interval_ms is {wish.interval_ms}; it must be {MIN_INTERVAL_MS} or more")
    return wish


class Watcher:
    """One caller: what he wants, what he has been told."""

    def __init__(self, wish: Wish, pipe: LinkPipe) -> None:
        self.wish: Final = wish
        self._pipe: Final = pipe
        self._seq = 0
        self._told_at_ns = 0
        self._versions: Final[dict[str, int]] = {}
        self._bars: Final[list[Bar]] = []

    def wants(self, instrument: str) -> bool:
        return not self.wish.instruments or instrument in self.wish.instruments

    def on_bar(self, bar: Bar) -> None:
        if self.wish.bars and self.wants(bar.instrument):
            self._bars.append(bar)

    def tell(self, boards: Boards, now_ns: int) -> None:
        """Everything that is news to him in one frame, unless that is too soon or he has yet to read the last."""
        if now_ns - self._told_at_ns < self.wish.interval_ms * MS_NS or self._pipe.is_full:
            return
        news = [board for board in boards.boards.values() if self._is_news(board)]
        if not news and not self._bars:
            return
        self._told_at_ns = now_ns
        self._seq += 1
        told = {
            "seq": self._seq,
            "boards": [board_as_json(board, self.wish.depth) for board in news],
            "bars": [bar_as_json(bar) for bar in self._bars],
        }
        self._bars.clear()
        self._versions.update((board.instrument, board.version) for board in news)
        self._pipe.put(frame(MARKET, msgspec.json.encode(told)))
        self._pipe.flush()

    def _is_news(self, board: MarketBoard) -> bool:
        return self._versions.get(board.instrument, 0) != board.version and self.wants(board.instrument)


class MarketStream:
    """All who watch. Call `tick` several times a second."""

    def __init__(self, boards: Boards) -> None:
        self._boards: Final = boards
        self._watchers: Final[dict[LinkPipe, Watcher]] = {}
        boards.on_bar.append(self._on_bar)

    def watch(self, body: bytes, pipe: LinkPipe, now_ns: int) -> None:
        """A caller says what he wants from now on; a new wish takes the place of his last."""
        watcher = Watcher(read_wish(body), pipe)
        self._watchers[pipe] = watcher
        watcher.tell(self._boards, now_ns)

    def leave(self, pipe: LinkPipe) -> None:
        self._watchers.pop(pipe, None)

    def tick(self, now_ns: int) -> None:
        for watcher in list(self._watchers.values()):
            watcher.tell(self._boards, now_ns)

    def _on_bar(self, bar: Bar) -> None:
        for watcher in self._watchers.values():
            watcher.on_bar(bar)


def board_as_json(board: MarketBoard, depth: int) -> dict[str, object]:
    """A board as the link tells it; what is not known is left out."""
    top = board.top
    px, paired_qty, imbalance_qty = board.auction
    figures: dict[str, object] = {
        "last_px": _px(top.last_px), "last_size": int(top.last_size), "open_px": _px(top.open_px),
        "high_px": _px(top.high_px), "low_px": _px(top.low_px), "close_px": _px(top.close_px),
        "vwap": _px(top.vwap()), "volume": int(top.volume), "trade_count": int(top.trade_count),
        "phase": board.phase, "halted": board.halted, "auction_px": _px(px), "paired_qty": paired_qty,
        "imbalance_qty": imbalance_qty, "stale_since_ns": int(board.stale_since_ns),
    }  # fmt: skip
    return {
        "instrument": board.instrument,
        "at_ns": int(board.changed_at_ns),
        "bids": _levels(board.bids, depth),
        "asks": _levels(board.asks, depth),
        **{name: value for name, value in figures.items() if value},
    }


def bar_as_json(bar: Bar) -> dict[str, object]:
    return {
        "instrument": bar.instrument,
        "start_ns": int(bar.start_ns),
        "interval_ns": int(bar.interval_ns),
        "open_px": _px(bar.open_px),
        "high_px": _px(bar.high_px),
        "low_px": _px(bar.low_px),
        "close_px": _px(bar.close_px),
        "volume": int(bar.volume),
        "turnover": format_money(bar.turnover),
        "vwap": _px(bar.vwap()),
        "trade_count": int(bar.trade_count),
    }


def bar_from_json(told: Mapping[str, Any]) -> Bar:
    """The bar that `bar_as_json` told."""
    prices = [parse_price(told[name]) for name in ("open_px", "high_px", "low_px", "close_px")]
    return Bar(
        told["instrument"],
        told["start_ns"],
        told["interval_ns"],
        prices[0],
        prices[1],
        prices[2],
        prices[3],
        told["volume"],
        parse_money(told["turnover"]),
        told["trade_count"],
    )


def _levels(side: BoardSide, depth: int) -> list[tuple[str, int]]:
    return [(format_price(px), size) for px, size in side.levels(depth)]


def _px(px: int) -> str:
    return format_price(px) if px else ""

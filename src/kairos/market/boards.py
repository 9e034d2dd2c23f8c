"""The boards of a house: one an instrument, the bars made from their prints, and who hears of news."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from mypy_extensions import i64

from kairos.market.bars import MINUTE_NS, Bar, BarBuilder
from kairos.market.board import MarketBoard
from kairos.market.tape import Trade


class Boards:
    """`on_changed` are told the name of each instrument of which there is news, `on_bar` each bar that is complete."""

    def __init__(self, bar_ns: i64 = MINUTE_NS) -> None:
        self.boards: Final[dict[str, MarketBoard]] = {}
        self.on_changed: Final[list[Callable[[str], None]]] = []
        self.on_bar: Final[list[Callable[[Bar], None]]] = []
        self._bar_ns: Final[i64] = bar_ns
        self._bars: Final[dict[str, BarBuilder]] = {}

    def add(self, instrument: str) -> MarketBoard:
        """The instrument's board, made where there is none yet."""
        board = self.boards.get(instrument)
        if board is None:
            board = MarketBoard(instrument)
            self.boards[instrument] = board
            self._bars[instrument] = BarBuilder(instrument, self._bar_ns)
        return board

    def print_on(self, board: MarketBoard, trade: Trade) -> None:
        """A print: on the board, and in its bar."""
        board.on_trade(trade)
        bar = self._bars[board.instrument].on_trade(trade)
        if bar is not None:
            self._tell_bar(bar)

    def changed(self, board: MarketBoard) -> None:
        """Tell that there is news of it."""
        for call in self.on_changed:
            call(board.instrument)

    def grow_stale(self, instruments: list[str], now_ns: i64) -> None:
        """Their feed is lost."""
        for instrument in instruments:
            board = self.boards[instrument]
            if board.version:
                board.grow_stale(now_ns)
                self.changed(board)

    def advance(self, now_ns: i64) -> None:
        """Complete the bars whose time is over."""
        for builder in self._bars.values():
            bar = builder.bar_before(now_ns)
            if bar is not None:
                self._tell_bar(bar)

    def _tell_bar(self, bar: Bar) -> None:
        for call in self.on_bar:
            call(bar)

"""What one subscriber has been told of one instrument, and what is new since then.

Conflated: however much happened, the difference between the picture that he has and the present one is told, so a
fast market costs no more than a slow one and nobody falls behind. Single prints are told one by one as far as the board
knows them. A market that grows stale, or fresh again, is told anew as a whole.
"""

from __future__ import annotations

from typing import Final

from kairos.adapters.fix_market_data.entries import TRADE, Entry, entries_of
from kairos.market.board import MarketBoard
from kairos.model.numbers import format_price

NEW: Final = "0"
CHANGE: Final = "1"
DELETE: Final = "2"
"""MDUpdateAction(279)."""

Change = tuple[str, Entry]


class Told:
    """The picture that a subscriber has: of `kinds`, `depth` levels a side (0: all)."""

    def __init__(self, kinds: tuple[str, ...], depth: int) -> None:
        self.kinds: Final = kinds
        self._picture: Final = tuple(kind for kind in kinds if kind != TRADE)
        self._depth: Final = depth
        self._entries: dict[str, Entry] = {}
        self._version = -1
        self._trade_count = 0
        self._was_stale = False

    def is_behind(self, board: MarketBoard) -> bool:
        """Whether there may be something to tell."""
        return self._version != board.version

    def needs_whole(self, board: MarketBoard) -> bool:
        """Whether he has nothing yet, or what he has is of another age."""
        return self._version < 0 or self._was_stale != (board.stale_since_ns != 0)

    def whole(self, board: MarketBoard) -> list[Entry]:
        """Everything, and remember it as told."""
        self._remember(board, self._now(board))
        return entries_of(board, self.kinds, self._depth)

    def news(self, board: MarketBoard) -> list[Change]:
        """What differs from what was told: first what is gone, then what is new or changed, then the prints."""
        now = self._now(board)
        gone: list[Change] = [(DELETE, old) for key, old in self._entries.items() if key not in now]
        found: list[Change] = []
        for key, entry in now.items():
            old = self._entries.get(key)
            if old is None:
                found.append((NEW, entry))
            elif not entry.same(old):
                found.append((CHANGE, entry))
        prints = self._prints(board)
        self._remember(board, now)
        return gone + found + prints

    def _now(self, board: MarketBoard) -> dict[str, Entry]:
        return {entry.entry_id: entry for entry in entries_of(board, self._picture, self._depth)}

    def _prints(self, board: MarketBoard) -> list[Change]:
        if TRADE not in self.kinds:
            return []
        trades = board.trades_after(self._trade_count)
        first = board.top.trade_count - len(trades) + 1
        return [
            (NEW, Entry(TRADE, trade.px, trade.size, f"{TRADE}@{format_price(trade.px)}#{number}"))
            for number, trade in enumerate(trades, first)
        ]

    def _remember(self, board: MarketBoard, now: dict[str, Entry]) -> None:
        self._entries = now
        self._version = board.version
        self._trade_count = board.top.trade_count
        self._was_stale = board.stale_since_ns != 0

"""What a board has to say, as the entries of a MarketDataSnapshotFullRefresh(W): by MDEntryType(269).

An entry is known by its id: its type, and for bids, offers and single prints the price or the number that tells it
from its like. Two pictures of a market differ in the entries whose ids are new, gone, or whose figures changed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kairos.market.board import BoardSide, MarketBoard
from kairos.model.numbers import format_price

BID: Final = "0"
OFFER: Final = "1"
TRADE: Final = "2"
OPENING: Final = "4"
CLOSING: Final = "5"
HIGH: Final = "7"
LOW: Final = "8"
VWAP: Final = "9"
IMBALANCE: Final = "A"
VOLUME: Final = "B"
AUCTION_PRICE: Final = "Q"
"""MDEntryType(269). AUCTION_PRICE, from FIX 5.0 on, is what an auction would give now."""

MORE_BUYERS: Final = "P"
MORE_SELLERS: Final = "Q"
"""TradeCondition(277) of an imbalance."""


class Entry:
    """One line of a market: a price and a size, 0 for none, and where it needs one a TradeCondition(277)."""

    __slots__ = ("condition", "entry_id", "kind", "px", "size")

    def __init__(self, kind: str, px: int, size: int, entry_id: str = "", condition: str = "") -> None:
        self.kind: Final = kind
        self.px: Final = px
        self.size: Final = size
        self.entry_id: Final = entry_id or kind
        self.condition: Final = condition

    def same(self, other: Entry) -> bool:
        return self.px == other.px and self.size == other.size and self.condition == other.condition


def entries_of(board: MarketBoard, kinds: tuple[str, ...], depth: int) -> list[Entry]:
    """The entries that are known, of those asked for; `depth` levels a side (0: all)."""
    found: list[Entry] = []
    for kind in kinds:
        if kind in _SIDES:
            found += _levels(kind, _SIDES[kind](board), depth)
        else:
            entry = FIGURES[kind](board)
            if entry.px or entry.size:
                found.append(entry)
    return found


def _levels(kind: str, side: BoardSide, depth: int) -> list[Entry]:
    return [Entry(kind, px, size, f"{kind}@{format_price(px)}") for px, size in side.levels(depth)]


def _imbalance(board: MarketBoard) -> Entry:
    """With the price: FIX 4.4 and before have no AUCTION_PRICE to tell it by."""
    px, _paired_qty, qty = board.auction
    condition = MORE_BUYERS if qty > 0 else MORE_SELLERS if qty < 0 else ""
    return Entry(IMBALANCE, px, abs(qty), condition=condition)


def _closing(board: MarketBoard) -> Entry:
    return Entry(CLOSING, board.top.close_px, 0)


_SIDES: Final[dict[str, Callable[[MarketBoard], BoardSide]]] = {
    BID: lambda board: board.bids,
    OFFER: lambda board: board.asks,
}
FIGURES: Final[dict[str, Callable[[MarketBoard], Entry]]] = {
    TRADE: lambda board: Entry(TRADE, board.top.last_px, board.top.last_size),
    OPENING: lambda board: Entry(OPENING, board.top.open_px, 0),
    CLOSING: _closing,
    HIGH: lambda board: Entry(HIGH, board.top.high_px, 0),
    LOW: lambda board: Entry(LOW, board.top.low_px, 0),
    VWAP: lambda board: Entry(VWAP, board.top.vwap(), 0),
    IMBALANCE: _imbalance,
    VOLUME: lambda board: Entry(VOLUME, 0, board.top.volume),
    AUCTION_PRICE: lambda board: Entry(AUCTION_PRICE, board.auction[0], board.auction[1]),
}
KINDS: Final = tuple(sorted({*_SIDES, *FIGURES}))
"""All MDEntryType(269)s that can be asked for."""

"""The boards of a simulated exchange: what its tape shows, told to whoever subscribes to its market data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from kairos.market.board import MarketBoard
from kairos.market.tape import Quote, TapeEvent


class TapeBoards:
    """One board an instrument; `changed` is told the instrument of which there is news."""

    def __init__(self, instruments: Iterable[str]) -> None:
        self.boards: Final = {instrument: MarketBoard(instrument) for instrument in instruments}
        self.changed: Callable[[str], None] = lambda _instrument: None

    def see(self, event: TapeEvent) -> None:
        """Take in an event of the tape."""
        board = self.boards[event.instrument]
        version = board.version
        if isinstance(event, Quote):
            board.on_quote(event)
        else:
            board.on_trade(event)
        if board.version != version:
            self.changed(event.instrument)

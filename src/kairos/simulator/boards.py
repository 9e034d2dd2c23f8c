"""The boards of a simulated exchange: what its tape shows, told to whoever subscribes to its market data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from kairos.market.board import MarketBoard
from kairos.market.tape import Quote, TapeEvent
from kairos.venue.facts import AuctionFact, HaltFact, MarketFact, PhaseFact


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

    def see_fact(self, fact: MarketFact) -> None:
        """Take in what the exchange itself tells of a market."""
        board = self.boards[fact.instrument]
        version = board.version
        if isinstance(fact, PhaseFact):
            board.on_phase(fact.phase, fact.time_ns)
        elif isinstance(fact, HaltFact):
            board.on_halt(fact.halted, fact.time_ns)
        elif isinstance(fact, AuctionFact):
            board.on_auction(fact.px, fact.paired_qty, fact.imbalance_qty, fact.time_ns)
        else:
            board.on_trade(fact)
        if board.version != version:
            self.changed(fact.instrument)

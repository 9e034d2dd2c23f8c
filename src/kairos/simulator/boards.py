"""The boards of a simulated exchange: what its market shows, told to whoever subscribes to its market data.

A price shows what the tape shows there less what clients have taken of it, and what clients' own orders show. Prints
are the tape's, those between clients, and an auction's one for all who traded in it. What a client trades with the
tape is no print of its own: the tape's volume is the market's.

Prints, phases, halts and auctions are kept up as they come. The levels of a book are put together when somebody is
about to read them (`refresh`), so a fast market that nobody watches costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kairos.market.board import MarketBoard
from kairos.market.tape import PrintKind, Trade
from kairos.market.tape_batch import TapeBatch
from kairos.market.tape_events import trade_at
from kairos.venue.book import OrderBook
from kairos.venue.changes import drain_changes, free_levels, watch
from kairos.venue.exchange import Exchange
from kairos.venue.facts import AuctionFact, HaltFact, MarketFact, PhaseFact


class PublicBook:
    """The levels of one book, both sides. From the first reading on the clients' part is kept by its changes."""

    def __init__(self, book: OrderBook) -> None:
        self._book: Final = book
        self._bids: Final[dict[int, int]] = {}  # what clients show by price
        self._asks: Final[dict[int, int]] = {}

    def levels(self) -> tuple[dict[int, int], dict[int, int]]:
        """Bids and offers, sizes by price."""
        book = self._book
        watch(book)
        for change in drain_changes(book):
            side = self._bids if change.is_bid else self._asks
            if change.size:
                side[int(change.px)] = int(change.size)
            else:
                side.pop(int(change.px), None)
        return summed(free_levels(book.tape_bid), self._bids), summed(free_levels(book.tape_ask), self._asks)


class ExchangeBoards:
    """One board an instrument; `changed` is told the instrument of which there may be news."""

    def __init__(self, exchange: Exchange) -> None:
        self.boards: Final = {instrument: MarketBoard(instrument) for instrument in exchange.markets}
        self.changed: Callable[[str], None] = lambda _instrument: None
        self._exchange: Final = exchange
        self._books: Final = {name: PublicBook(market.book) for name, market in exchange.markets.items()}
        self._reached_ns = 0
        for name, board in self.boards.items():
            board.phase, board.tells_phase = exchange.markets[name].day.phase(), True
        exchange.blotter.listen()

    def see(self, batch: TapeBatch, start: int, stop: int) -> None:
        """The exchange has played these rows of a tape."""
        board = self.boards[batch.instrument]
        for row in range(start, stop):
            trade = trade_at(batch, row)
            if trade is not None:
                board.on_trade(trade)
        self._reached_ns = max(self._reached_ns, int(batch.time_at(stop - 1)))
        self.changed(batch.instrument)

    def hear(self, now_ns: int) -> None:
        """Take in what the exchange has to tell of its markets at the market's present."""
        self._reached_ns = max(self._reached_ns, now_ns)
        for fact in self._exchange.drain_facts(now_ns):
            self._take(fact)
            self.changed(fact.instrument)
        for told in self._exchange.blotter.drain_trades():
            taker = 1 if told.buyer_took else -1
            trade = Trade(told.instrument, told.time_ns, told.px, told.size, PrintKind.REGULAR, taker)
            self.boards[told.instrument].on_trade(trade)
        for instrument in self._exchange.blotter.drain_touched():
            if instrument in self.boards:  # an order may name one that is not listed
                self.changed(instrument)

    def refresh(self, instrument: str) -> MarketBoard:
        """The board with the levels that its market shows now."""
        board = self.boards[instrument]
        bids, asks = self._books[instrument].levels()
        board.replace_levels(bids, asks, self._reached_ns)
        return board

    def _take(self, fact: MarketFact) -> None:
        board = self.boards[fact.instrument]
        if isinstance(fact, PhaseFact):
            board.on_phase(fact.phase, fact.time_ns)
        elif isinstance(fact, HaltFact):
            board.on_halt(fact.halted, fact.time_ns)
        elif isinstance(fact, AuctionFact):
            board.on_auction(fact.px, fact.paired_qty, fact.imbalance_qty, fact.time_ns)
        else:
            board.on_trade(fact)


def summed(one: dict[int, int], other: dict[int, int]) -> dict[int, int]:
    """Sizes by price, of both."""
    total = dict(one)
    for px, size in other.items():
        total[px] = total.get(px, 0) + size
    return total

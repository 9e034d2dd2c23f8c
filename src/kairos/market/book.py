"""The top of an instrument's book and its day so far: what marks, collars, P&L and VWAP are made from."""

from __future__ import annotations

from mypy_extensions import i64

from kairos.market.tape import PrintKind, Quote, Trade
from kairos.model.numbers import average_price


class TopOfBook:
    """The latest quote and the day's prints of one instrument; every figure exact, 0 where nothing is known yet."""

    def __init__(self, instrument: str) -> None:
        self.instrument = instrument
        self.bid_px: i64 = 0
        self.bid_size: i64 = 0
        self.ask_px: i64 = 0
        self.ask_size: i64 = 0
        self.quote_time_ns: i64 = 0
        self.last_px: i64 = 0
        self.last_size: i64 = 0
        self.trade_time_ns: i64 = 0
        self.open_px: i64 = 0
        self.high_px: i64 = 0
        self.low_px: i64 = 0
        self.close_px: i64 = 0  # the closing auction's
        self.volume: i64 = 0
        self.turnover: int = 0
        self.trade_count: i64 = 0

    def on_quote(self, quote: Quote) -> None:
        """Take the quote as the present top of book."""
        self.bid_px = quote.bid_px
        self.bid_size = quote.bid_size
        self.ask_px = quote.ask_px
        self.ask_size = quote.ask_size
        self.quote_time_ns = quote.time_ns

    def on_trade(self, trade: Trade) -> None:
        """Count the print into last, open, high, low, volume and turnover."""
        px = trade.px
        if self.trade_count == 0:
            self.open_px = px
            self.high_px = px
            self.low_px = px
        elif px > self.high_px:
            self.high_px = px
        elif px < self.low_px:
            self.low_px = px
        self.last_px = px
        self.last_size = trade.size
        self.trade_time_ns = trade.time_ns
        self.volume += trade.size
        self.turnover += int(px) * int(trade.size)
        self.trade_count += 1
        if trade.kind is PrintKind.CLOSING_AUCTION:
            self.close_px = px

    def vwap(self) -> i64:
        """The volume-weighted average price of the day's prints, rounded half up to 10**-8; 0 before the first."""
        return average_price(self.turnover, self.volume)

    def mark(self) -> i64:
        """The price that a position is valued at: the last print, else the middle of the quote, else 0."""
        if self.last_px:
            return self.last_px
        if self.bid_px and self.ask_px:
            return (self.bid_px + self.ask_px) // 2
        return 0

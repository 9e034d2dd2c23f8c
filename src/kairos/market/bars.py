"""Bars: what traded in each stretch of a day, open, high, low, close, volume and turnover, from the prints.

A bar stands for [start, start + interval); stretches begin at whole intervals since the Unix epoch, so that a minute
is a clock's minute in every time zone. A stretch without a print has no bar. A print that comes late, for a stretch
whose bar was already given, is counted and left out: a bar that was told never changes.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.market.tape import Trade
from kairos.model.numbers import average_price

MINUTE_NS: Final = 60_000_000_000


@mypyc_attr(acyclic=True)
class Bar:
    """One instrument's trading in one stretch of time. Prices scaled by 10**8, volume in units, turnover in money."""

    __slots__ = (
        "close_px", "high_px", "instrument", "interval_ns", "low_px", "open_px", "start_ns", "trade_count", "turnover",
        "volume",
    )  # fmt: skip

    def __init__(
        self,
        instrument: str,
        start_ns: i64,
        interval_ns: i64,
        open_px: i64,
        high_px: i64,
        low_px: i64,
        close_px: i64,
        volume: i64,
        turnover: int,
        trade_count: i64,
    ) -> None:
        self.instrument: Final = instrument
        self.start_ns: Final = start_ns
        self.interval_ns: Final = interval_ns
        self.open_px: Final = open_px
        self.high_px: Final = high_px
        self.low_px: Final = low_px
        self.close_px: Final = close_px
        self.volume: Final = volume
        self.turnover: Final = turnover
        self.trade_count: Final = trade_count

    def vwap(self) -> i64:
        """The bar's volume-weighted average price, rounded half up to 10**-8."""
        return average_price(self.turnover, self.volume)


class BarBuilder:
    """Makes one instrument's bars from its prints, in the order of time."""

    def __init__(self, instrument: str, interval_ns: i64 = MINUTE_NS) -> None:
        if interval_ns <= 0:
            raise ValueError(f"interval_ns is {interval_ns}; a bar needs a stretch of time of more than 0")
        self.instrument: Final = instrument
        self.interval_ns: Final = interval_ns
        self.late_count: i64 = 0
        self._given_until_ns: i64 = 0
        self._start_ns: i64 = 0
        self._open_px: i64 = 0
        self._high_px: i64 = 0
        self._low_px: i64 = 0
        self._close_px: i64 = 0
        self._volume: i64 = 0
        self._turnover: int = 0
        self._trade_count: i64 = 0

    def on_trade(self, trade: Trade) -> Bar | None:
        """Count a print in. Returns the bar that it ends, if it is the first of a later stretch."""
        if trade.time_ns < max(self._given_until_ns, self._start_ns):
            self.late_count += 1
            return None
        done = self.bar_before(trade.time_ns)
        if self._trade_count == 0:
            self._begin(trade)
        self._high_px = max(self._high_px, trade.px)
        self._low_px = min(self._low_px, trade.px)
        self._close_px = trade.px
        self._volume += trade.size
        self._turnover += int(trade.px) * int(trade.size)
        self._trade_count += 1
        return done

    def bar_before(self, now_ns: i64) -> Bar | None:
        """The bar whose stretch has ended by `now_ns`, once."""
        if self._trade_count == 0 or now_ns < self._start_ns + self.interval_ns:
            return None
        bar = self.bar_so_far()
        self._given_until_ns = self._start_ns + self.interval_ns
        self._volume, self._turnover, self._trade_count = 0, 0, 0
        return bar

    def bar_so_far(self) -> Bar | None:
        """The bar of the present stretch, which may still change; None before its first print."""
        if self._trade_count == 0:
            return None
        return Bar(
            self.instrument, self._start_ns, self.interval_ns, self._open_px, self._high_px, self._low_px,
            self._close_px, self._volume, self._turnover, self._trade_count,
        )  # fmt: skip

    def _begin(self, trade: Trade) -> None:
        self._start_ns = trade.time_ns - trade.time_ns % self.interval_ns
        self._open_px = trade.px
        self._high_px = trade.px
        self._low_px = trade.px

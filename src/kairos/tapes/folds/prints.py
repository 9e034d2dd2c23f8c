"""Tables of prints without quotes: TAIFEX's time and sales, and bars taken for four prints each."""

from __future__ import annotations

from typing import Final

from librt.strings import read_i64_le
from mypy_extensions import i64

from kairos.market import tape_batch as b
from kairos.market.tape_batch import WIDTH, BatchWriter
from kairos.market.tape_report import TapeReport


class TaifexTrades:
    """Takes rows of all contracts; `wanted` marks those of the contract. Quantities count both sides."""

    def __init__(self, out: BatchWriter) -> None:
        self.out: Final = out
        self.rows: i64 = 0
        self.others: i64 = 0
        self.empty: i64 = 0
        self.no_price: i64 = 0
        self.odd: i64 = 0
        self.openings: i64 = 0

    def feed(self, count: i64, wanted: bytes, time: bytes, px: bytes, size: bytes, opening: bytes) -> None:
        """Take in a block of rows."""
        self.rows += count
        for row in range(count):
            at = row * WIDTH
            both_sides = read_i64_le(size, at)
            price = read_i64_le(px, 2 * at)
            if read_i64_le(wanted, at) == 0:
                self.others += 1
            elif both_sides < 2:
                self.empty += 1
            elif price <= 0:
                self.no_price += 1
            else:
                self.odd += both_sides % 2
                is_opening = read_i64_le(opening, at) != 0
                self.openings += 1 if is_opening else 0
                flags = b.OPENING_AUCTION if is_opening else 0
                self.out.put_trade(read_i64_le(time, at), price, both_sides // 2, flags)

    def end(self, report: TapeReport) -> None:
        """The file has ended."""
        report.rows += self.rows
        report.count("rows of other contracts", "left out", self.others)
        report.count("trades without quantity", "left out", self.empty)
        report.count("spreads at a price of 0 or less", "left out: a tape has no such price", self.no_price)
        report.count("odd quantities (both sides counted should be even)", "halved, rounded down", self.odd)
        report.count("opening auction prints (*)", "marked", self.openings)


class BarPrints:
    """Makes four prints of a bar: open, the nearer extreme, the other one, close; each a quarter of the volume, the
    close what is left. A bar that rose is taken to have gone down first.
    """

    def __init__(self, out: BatchWriter, from_ns: i64, to_ns: i64, bar_ns: i64) -> None:
        self.out: Final = out
        self.from_ns: i64 = from_ns
        self.to_ns: i64 = to_ns
        self.bar_ns: i64 = bar_ns
        self.rows: i64 = 0
        self.other_days: i64 = 0
        self.no_volume: i64 = 0
        self.impossible: i64 = 0
        self.small: i64 = 0
        self.bars: i64 = 0

    def feed(self, count: i64, time: bytes, prices: list[bytes], volume: bytes) -> None:
        """Take in a block of rows; `prices` are open, high, low and close."""
        opens, high, low, close = prices[0], prices[1], prices[2], prices[3]
        self.rows += count
        for row in range(count):
            at = row * WIDTH
            time_ns = read_i64_le(time, at)
            if time_ns < self.from_ns or time_ns >= self.to_ns:
                self.other_days += 1
                continue
            self._bar(
                time_ns,
                read_i64_le(opens, at),
                read_i64_le(high, at),
                read_i64_le(low, at),
                read_i64_le(close, at),
                read_i64_le(volume, at),
            )

    def _bar(self, time_ns: i64, opens: i64, high: i64, low: i64, close: i64, volume: i64) -> None:
        if volume <= 0:
            self.no_volume += 1
        elif low <= 0 or low > min(opens, close) or high < max(opens, close):
            self.impossible += 1
        elif volume < 4:
            self.small += 1
            self.out.put_trade(time_ns + self.bar_ns - 1, close, volume)
        else:
            self.bars += 1
            quarter = volume // 4
            rose = close >= opens
            self.out.put_trade(time_ns, opens, quarter)
            self.out.put_trade(time_ns + self.bar_ns // 3, low if rose else high, quarter)
            self.out.put_trade(time_ns + self.bar_ns * 2 // 3, high if rose else low, quarter)
            self.out.put_trade(time_ns + self.bar_ns - 1, close, volume - 3 * quarter)

    def end(self, report: TapeReport) -> None:
        """The file has ended."""
        report.rows += self.rows
        report.count("bars of other days", "left out", self.other_days)
        report.count("bars without volume", "left out", self.no_volume)
        report.count("bars whose open or close is outside high and low", "left out", self.impossible)
        report.count("bars of less than four units", "made one print at the close", self.small)
        report.count("bars", "made four prints each: a path that is only one of many", self.bars)

"""A market's profile: the rules by which it trades, each dated and with its source.

Profiles are data (`profiles/XTAI.toml`, read by `kairos.adapters.profile_file`); no market is named in code. Rules
differ by the *class* of an instrument, as "stock" or "etf"; which class an instrument has is said by its reference
data. A question about a date or class without a row raises `NoRowError`.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, TypeVar

from kairos.market.auction_rule import AuctionRule
from kairos.market.calendar import TradingCalendar
from kairos.market.dated import DatedRow, DatedRows, NoRowError
from kairos.market.phases import MAIN_BOARD, MarketDay
from kairos.market.price_limits import InterruptionRule, PriceLimitRule
from kairos.market.ticks import TickTable
from kairos.market.timetable import DayKind, Timetable, day_kind, market_day
from kairos.model.market_enums import OddLots, ShortSaleRule

T = TypeVar("T")


@dataclass(frozen=True)
class ShortSales:
    """The rule, and by how much below the previous close the price must have been for it to hold (0: always); whether
    a sale of more than is held must be marked as short, and needs units located before."""

    rule: ShortSaleRule
    after_fall_bps: int = 0
    marking: bool = False
    locate: bool = False


@dataclass(frozen=True)
class LotRule:
    """How many units an order may be for.

    `lot` 0: each instrument has its own. An order is for at least `min_qty`, a multiple of `step` and at most `max_qty`
    (0: no bound). `tiers` are round lots by reference price, where the market has them: pairs of lowest price and lot.
    """

    lot: int
    min_qty: int
    step: int
    max_qty: int
    odd_lots: OddLots
    tiers: tuple[tuple[int, int], ...] = ()

    def round_lot(self, reference_px: int) -> int:
        """The round lot at a reference price."""
        found = self.lot
        for from_px, lot in self.tiers:
            if reference_px >= from_px:
                found = lot
        return found


@dataclass(frozen=True)
class Settlement:
    """After how many days of settlement a trade settles."""

    days: int


class MarketProfile:
    """The rules of one market. Tables by class have the class as key, timetables (board, kind of day)."""

    def __init__(
        self,
        mic: str,
        name: str,
        time_zone: str,
        calendar: str,
        currency: str,
        isin_countries: tuple[str, ...],
        timetables: Mapping[tuple[str, DayKind], DatedRows[Timetable]],
        ticks: Mapping[str, DatedRows[TickTable]],
        lots: Mapping[str, DatedRows[LotRule]],
        price_limits: Mapping[str, DatedRows[PriceLimitRule]],
        interruptions: Mapping[str, DatedRows[InterruptionRule]],
        short_sales: Mapping[str, DatedRows[ShortSales]],
        settlement: Mapping[str, DatedRows[Settlement]],
        auctions: Mapping[str, DatedRows[AuctionRule]],
    ) -> None:
        self.mic: Final = mic
        self.name: Final = name
        self.time_zone: Final = time_zone
        self.calendar: Final = calendar
        self.currency: Final = currency
        self.isin_countries: Final = isin_countries
        self.timetables: Final = timetables
        self.ticks: Final = ticks
        self.lots: Final = lots
        self.price_limits: Final = price_limits
        self.interruptions: Final = interruptions
        self.short_sales: Final = short_sales
        self.settlement: Final = settlement
        self.auctions: Final = auctions

    def classes(self) -> list[str]:
        """The classes of instruments that the market knows: those that have ticks."""
        return sorted(self.ticks)

    def boards(self) -> list[str]:
        """The boards of the market, the main one first."""
        names = {board for board, _ in self.timetables}
        return sorted(names, key=lambda board: (board != MAIN_BOARD, board))

    def ticks_at(self, instrument_class: str, date: datetime.date) -> DatedRow[TickTable]:
        """The tick table of a class."""
        return self._row("ticks", self.ticks, instrument_class, date)

    def lots_at(self, instrument_class: str, date: datetime.date) -> DatedRow[LotRule]:
        """The lot rule of a class."""
        return self._row("lots", self.lots, instrument_class, date)

    def price_limits_at(self, instrument_class: str, date: datetime.date) -> DatedRow[PriceLimitRule]:
        """The daily limits of a class."""
        return self._row("price limits", self.price_limits, instrument_class, date)

    def interruption_at(self, instrument_class: str, date: datetime.date) -> DatedRow[InterruptionRule]:
        """The volatility interruption of a class."""
        return self._row("interruptions", self.interruptions, instrument_class, date)

    def short_sales_at(self, instrument_class: str, date: datetime.date) -> DatedRow[ShortSales]:
        """The short-sale rule of a class."""
        return self._row("short sales", self.short_sales, instrument_class, date)

    def settlement_at(self, instrument_class: str, date: datetime.date) -> DatedRow[Settlement]:
        """The settlement cycle of a class."""
        return self._row("settlement", self.settlement, instrument_class, date)

    def settlement_date(
        self, calendar: TradingCalendar, instrument_class: str, trade_date: datetime.date
    ) -> datetime.date:
        """When a trade settles, by the cycle in force on its date."""
        calendar.require_session(trade_date)
        return calendar.add_settlement_days(trade_date, self.settlement_at(instrument_class, trade_date).value.days)

    def auction_at(self, instrument_class: str, date: datetime.date) -> DatedRow[AuctionRule]:
        """How the price of a call auction is found."""
        return self._row("auctions", self.auctions, instrument_class, date)

    def timetable_at(self, board: str, kind: DayKind, date: datetime.date) -> DatedRow[Timetable]:
        """The timetable of a board on a full or half day."""
        rows = self.timetables.get((board, kind))
        if rows is None:
            known = ", ".join(f"{of} ({day.value} days)" for of, day in self.timetables)
            raise NoRowError(f"{self.mic} has no timetable of {board!r} on {kind.value} days; there is {known}")
        return rows.at(date)

    def day(self, calendar: TradingCalendar, date: datetime.date, board: str = MAIN_BOARD) -> MarketDay:
        """The day of a board in UTC. Raises `CalendarError` without a session, `NoRowError` without a timetable."""
        calendar.require_session(date)
        timetable = self.timetable_at(board, day_kind(calendar, date), date).value
        return market_day(self.mic, timetable, self.time_zone, calendar, date)

    def has_board(self, board: str, kind: DayKind) -> bool:
        """Whether a board trades on a kind of day; odd-lot and night sessions may not on half days."""
        return (board, kind) in self.timetables

    def _row(
        self, what: str, table: Mapping[str, DatedRows[T]], instrument_class: str, date: datetime.date
    ) -> DatedRow[T]:
        rows = table.get(instrument_class)
        if rows is None:
            close = get_close_matches(instrument_class, table, n=1)
            remedy = f"did you mean {close[0]!r}?" if close else f"there is {', '.join(sorted(table)) or 'nothing'}"
            raise NoRowError(f"{self.mic} has no {what} for the class {instrument_class!r}; {remedy}")
        return rows.at(date)

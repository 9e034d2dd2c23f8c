"""The rules of each trading day, from the markets' profiles and calendars to the desk, as journaled commands.

The core reads no file, so that a replay needs none: whoever runs it says at its start, and at each turn of the day,
what holds. Only what differs is said. A market without a profile, and an instrument that names no class, keep what
their reference data says: one tick, one lot, no hours.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Final
from zoneinfo import ZoneInfo

import structlog

from kairos.adapters.calendars import Calendars, load_calendars
from kairos.adapters.config import TradingDay
from kairos.adapters.config_trading_rules import TradingRulesConfig
from kairos.adapters.file_errors import FileErrors
from kairos.adapters.profiles import UnknownMarketError, load_profile
from kairos.app.reference import says_the_same
from kairos.market.calendar import CalendarError, TradingCalendar
from kairos.market.dated import NoRowError
from kairos.market.phases import MAIN_BOARD, PhaseSpan
from kairos.market.price_limits import UNBOUNDED
from kairos.market.profile import LotRule, MarketProfile, ShortSales
from kairos.market.timetable import OrderKind, day_kind, local_ns
from kairos.model.commands import Command, SetMarketDay, SetTradingRules
from kairos.model.market_enums import OddLots, ShortSaleRule
from kairos.model.values import MarketSpan, PriceBand
from kairos.state.desk import Desk
from kairos.state.reference import Instrument

SECOND_NS: Final = 1_000_000_000
THE_HOUSE: Final = ""
NO_LOT_RULE: Final = LotRule(0, 0, 0, 0, OddLots.REFUSED)
NO_SHORT_RULE: Final = ShortSales(ShortSaleRule.ANY_PRICE)
ONE_DAY: Final = datetime.timedelta(days=1)


class DailyRules:
    """Knows what the profiles say; each file is read once."""

    def __init__(self, config: TradingRulesConfig, day: TradingDay, log: structlog.stdlib.BoundLogger) -> None:
        self._config: Final = config
        self._day: Final = day
        self._log: Final = log
        self._profiles: Final[dict[str, MarketProfile | None]] = {}
        self._calendars: Calendars | None = None

    def changes(self, desk: Desk) -> list[Command]:
        """What must be said so that the desk has the rules of its trading date."""
        if not desk.trading_date:
            return []
        day = DeskDay(as_date(int(desk.trading_date)), self._day)
        wanted = list(self._of_instruments(desk, day.date)) if self._config.instruments else []
        wanted += list(self._of_markets(desk, day)) if self._config.hours else []
        return wanted

    def _of_instruments(self, desk: Desk, date: datetime.date) -> Iterator[Command]:
        for instrument in desk.instruments.values():
            defined = instrument.defined
            profile = self._profile(defined.mic) if defined.instrument_class else None
            if profile is None:
                continue
            try:
                command = trading_rules(profile, instrument, date, self._config)
            except NoRowError as error:
                self._log.warning("no trading rules", instrument=instrument.instrument_id, why=str(error))
                continue
            if instrument.rules is None or not says_the_same(instrument.rules.given, command):
                yield command

    def _of_markets(self, desk: Desk, day: DeskDay) -> Iterator[Command]:
        mics = {i.defined.mic for i in desk.instruments.values() if i.defined.instrument_class}
        for mic in sorted(mics):
            profile = self._profile(mic)
            if profile is None:
                continue
            try:
                command = market_hours(profile, self._calendar(profile.calendar), day, self._config.takes_early)
            except (CalendarError, NoRowError) as error:
                self._log.warning("no market hours", market=mic, why=str(error))
                continue
            market = desk.markets.get(mic)
            if market is None or market.day is None or not says_the_same(market.day, command):
                yield command

    def _profile(self, mic: str) -> MarketProfile | None:
        if mic not in self._profiles:
            try:
                self._profiles[mic] = load_profile(mic, self._config.profiles)
            except (UnknownMarketError, FileErrors) as error:
                self._log.warning("no market profile: its rules are not checked", market=mic, why=str(error))
                self._profiles[mic] = None
        return self._profiles[mic]

    def _calendar(self, name: str) -> TradingCalendar:
        """Loaded when first asked for: the package behind it is heavy."""
        if self._calendars is None:
            self._calendars = load_calendars(self._config.calendars)
        return self._calendars.get(name)


class DeskDay:
    """A trading date of the desk, and when it is."""

    def __init__(self, date: datetime.date, config: TradingDay) -> None:
        zone = ZoneInfo(config.time_zone)
        start_s = config.starts.hour * 3600 + config.starts.minute * 60
        self.date: Final = date
        self.starts_ns: Final = local_ns(date, start_s, zone)
        self.ends_ns: Final = local_ns(date + ONE_DAY, start_s, zone)

    def meets(self, span: MarketSpan) -> bool:
        """Whether the stretch is in the day, in part at least."""
        return span.ends_ns > self.starts_ns and span.starts_ns < self.ends_ns


def as_date(trading_date: int) -> datetime.date:
    """Of YYYYMMDD."""
    return datetime.date(trading_date // 10_000, trading_date // 100 % 100, trading_date % 100)


def as_number(date: datetime.date) -> int:
    return date.year * 10_000 + date.month * 100 + date.day


def trading_rules(
    profile: MarketProfile, instrument: Instrument, date: datetime.date, config: TradingRulesConfig
) -> SetTradingRules:
    """The rules of one instrument on a day. Raises `NoRowError` where its class has no ticks then; what else the
    profile does not say of the class is not bounded."""
    name = instrument.defined.instrument_class
    table = profile.ticks_at(name, date).value
    limits = profile.price_limits_at(name, date).value if name in profile.price_limits else None
    bounds = UNBOUNDED if limits is None else limits.bounds(instrument.close_px(), table)
    lots = profile.lots_at(name, date).value if name in profile.lots else NO_LOT_RULE
    short = profile.short_sales_at(name, date).value if name in profile.short_sales else NO_SHORT_RULE
    return SetTradingRules(
        instrument_id=instrument.instrument_id,
        trading_date=as_number(date),
        bands=tuple(PriceBand(band.from_px, band.to_px, band.tick) for band in table.bands),
        holds_end=table.includes_to,
        low_px=bounds.low_px,
        high_px=bounds.high_px,
        min_qty=lots.min_qty,
        qty_step=lots.step,
        max_qty=lots.max_qty,
        odd_lots=lots.odd_lots,
        short_sale=short.rule,
        after_fall_bps=short.after_fall_bps,
        marking=short.marking,
        locate=short.locate,
        reference=config.reference,
        max_mark_age_ns=config.max_mark_age_s * SECOND_NS,
        user_id=THE_HOUSE,
    )


def market_hours(profile: MarketProfile, calendar: TradingCalendar, day: DeskDay, takes_early: bool) -> SetMarketDay:
    """The stretches of the main board within a day of the desk, which may be parts of two sessions, or none: New York's
    is over in the small hours of Taipei's next day, and a night session belongs to the session after it."""
    near = calendar.sessions_between(day.date - ONE_DAY, day.date + ONE_DAY)
    dates = sorted({*near, calendar.next_session(day.date)})
    spans = [span for date in dates for span in _spans_of(profile, calendar, date) if day.meets(span)]
    return SetMarketDay(profile.mic, as_number(day.date), tuple(spans), takes_early, THE_HOUSE)


def _spans_of(profile: MarketProfile, calendar: TradingCalendar, date: datetime.date) -> Iterator[MarketSpan]:
    timetable = profile.timetable_at(MAIN_BOARD, day_kind(calendar, date), date).value
    for span in profile.day(calendar, date).spans:
        yield _as_value(span, timetable.kinds_of(span.name))


def _as_value(span: PhaseSpan, kinds: tuple[OrderKind, ...]) -> MarketSpan:
    codes = " ".join(kind.ord_type.value + kind.time_in_force.value for kind in kinds)
    return MarketSpan(span.name, span.phase, span.starts_ns, span.ends_ns, span.takes_orders, span.takes_cancels, codes)

"""Timetables: the phases of a board in the market's local time, and the day that they become on a date.

A profile has one timetable a board and kind of day (full, half), dated. Local time becomes UTC by the rules of the time
zone on that very day, so a summer-time change needs nothing here. A stretch may belong to a trading day though it
begins before it: Taipei's futures trade the night before under the next session's date; its `anchor` says so.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from kairos.market.calendar import CalendarError, TradingCalendar
from kairos.market.phases import MAIN_BOARD, MarketDay, PhaseSpan
from kairos.model.enums import OrdType, TimeInForce
from kairos.model.market_enums import TradingPhase

SECOND_NS: Final = 1_000_000_000
UTC: Final = datetime.UTC
EPOCH: Final = datetime.datetime(1970, 1, 1, tzinfo=UTC)
ONE_SECOND: Final = datetime.timedelta(seconds=1)
DAY_S: Final = 86_400


class DayKind(StrEnum):
    """Which timetable a session follows."""

    FULL = "full"
    HALF = "half"


class Anchor(StrEnum):
    """The date that a stretch's local times count from."""

    SESSION = "session"
    PREVIOUS_SESSION = "previous_session"


@dataclass(frozen=True)
class OrderKind:
    """An order type with a time in force, as a market takes it."""

    ord_type: OrdType
    time_in_force: TimeInForce


@dataclass(frozen=True)
class SpanRule:
    """One stretch of a timetable. `at_s` and `to_s` are seconds after local midnight of the anchor's date; beyond
    86,400 they reach into the next morning. `kinds` are the orders taken; none: no orders."""

    name: str
    phase: TradingPhase
    at_s: int
    to_s: int
    kinds: tuple[OrderKind, ...]
    takes_cancels: bool
    uncrosses: bool = False
    random_end_s: int = 0
    anchor: Anchor = Anchor.SESSION
    limit_bps: int = 0
    every_s: int = 0


@dataclass(frozen=True)
class Timetable:
    """The stretches of one board on one kind of day, in order."""

    board: str
    day_kind: DayKind
    spans: tuple[SpanRule, ...]

    def kinds_of(self, span_name: str) -> tuple[OrderKind, ...]:
        """Which orders the stretch of that name takes."""
        for span in self.spans:
            if span.name == span_name:
                return span.kinds
        return ()


def day_kind(calendar: TradingCalendar, date: datetime.date) -> DayKind:
    """Which kind of day a session is."""
    return DayKind.HALF if calendar.is_early_close(date) else DayKind.FULL


def market_day(
    mic: str,
    timetable: Timetable,
    time_zone: str,
    calendar: TradingCalendar,
    date: datetime.date,
) -> MarketDay:
    """The day of a session in UTC. Raises `CalendarError` for a date without a session."""
    calendar.require_session(date)
    zone = ZoneInfo(time_zone)
    rules = _from(timetable.spans, calendar.opens_late_s(date))
    if not rules:
        raise CalendarError(f"{calendar.name} opens too late on {date} for the board {timetable.board}")
    spans = tuple(_span(rule, _anchor_date(rule, calendar, date), zone) for rule in rules)
    return MarketDay(mic, date, spans, timetable.board or MAIN_BOARD)


def local_ns(date: datetime.date, seconds: int, zone: ZoneInfo) -> int:
    """The instant, UTC in nanoseconds, at so many seconds after local midnight by the clock on the wall."""
    days, rest = divmod(seconds, DAY_S)
    midnight = datetime.datetime.combine(date + datetime.timedelta(days=days), datetime.time(), zone)
    return (midnight + datetime.timedelta(seconds=rest) - EPOCH) // ONE_SECOND * SECOND_NS


def _from(rules: tuple[SpanRule, ...], opens_s: int) -> tuple[SpanRule, ...]:
    """What remains of a day that opens late (0: on time). Hong Kong then has no pre-opening session (HKEX)."""
    if not opens_s:
        return rules
    return tuple(
        replace(rule, at_s=max(rule.at_s, opens_s)) if rule.anchor is Anchor.SESSION else rule
        for rule in rules
        if rule.anchor is not Anchor.SESSION or (rule.to_s > opens_s and rule.phase is not TradingPhase.OPENING_AUCTION)
    )


def _anchor_date(rule: SpanRule, calendar: TradingCalendar, date: datetime.date) -> datetime.date:
    return calendar.previous_session(date) if rule.anchor is Anchor.PREVIOUS_SESSION else date


def _span(rule: SpanRule, date: datetime.date, zone: ZoneInfo) -> PhaseSpan:
    return PhaseSpan(
        rule.phase,
        local_ns(date, rule.at_s, zone),
        local_ns(date, rule.to_s, zone),
        bool(rule.kinds),
        rule.takes_cancels,
        rule.random_end_s * SECOND_NS,
        rule.uncrosses,
        rule.name,
        rule.limit_bps,
        rule.every_s * SECOND_NS,
    )

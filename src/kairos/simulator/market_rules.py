"""A market's profile as the terms of an instrument that is played: its day, ticks, lot, limits and kinds of order.

The day is that of the tape's date, by the market's calendar. Lengths of the waits for auction prints are the listing's.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from kairos.market.auction_rule import PLAIN_RULE, AuctionRule
from kairos.market.calendar import CalendarError, TradingCalendar
from kairos.market.dated import NoRowError
from kairos.market.phases import MAIN_BOARD, PhaseSpan
from kairos.market.price_limits import UNBOUNDED
from kairos.market.profile import MarketProfile
from kairos.market.ticks import TickTable
from kairos.market.timetable import day_kind
from kairos.model.market_enums import TradingPhase
from kairos.venue.listing import Kind, TradingRules

NS: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class MarketTerms:
    """What a profile says of one instrument on one day; times are that day's own."""

    spans: tuple[PhaseSpan, ...]
    ticks: TickTable
    lot: int
    rules: TradingRules

    @property
    def open_ns(self) -> int:
        """When continuous trading begins."""
        return min(int(span.starts_ns) for span in self._continuous())

    @property
    def close_ns(self) -> int:
        """When it ends."""
        return max(int(span.ends_ns) for span in self._continuous())

    def _continuous(self) -> list[PhaseSpan]:
        """A market of auctions alone has none; all of its day stands for it."""
        return [span for span in self.spans if span.phase is TradingPhase.CONTINUOUS] or list(self.spans)


def local_date(profile: MarketProfile, at_ns: int) -> datetime.date:
    """The market's date at an instant."""
    return datetime.datetime.fromtimestamp(at_ns // NS, ZoneInfo(profile.time_zone)).date()


def session_date(profile: MarketProfile, calendar: TradingCalendar, at_ns: int) -> datetime.date:
    """The session that an instant belongs to: the next one if that has begun, as nights do on the date before."""
    date = local_date(profile, at_ns)
    try:
        after = calendar.next_session(date)
        has_begun = profile.day(calendar, after).opens_ns <= at_ns
    except (CalendarError, NoRowError):  # nothing is known of a later session
        return date
    return after if has_begun else date


def terms_of(
    profile: MarketProfile,
    calendar: TradingCalendar,
    at_ns: int,
    instrument_class: str,
    reference_px: int = 0,
    clients_auctions: bool = False,
    seed: int = 0,
) -> MarketTerms:
    """The terms of the session that an instant belongs to."""
    date = session_date(profile, calendar, at_ns)
    return terms_on(profile, calendar, date, instrument_class, reference_px, clients_auctions, seed)


def terms_on(
    profile: MarketProfile,
    calendar: TradingCalendar,
    date: datetime.date,
    instrument_class: str,
    reference_px: int = 0,
    clients_auctions: bool = False,
    seed: int = 0,
) -> MarketTerms:
    """The terms on a date. Raises `CalendarError` without a session then, `NoRowError` where the profile says
    nothing."""
    ticks = profile.ticks_at(instrument_class, date).value
    limits = profile.price_limits_at(instrument_class, date).value if instrument_class in profile.price_limits else None
    watched = clients_auctions and instrument_class in profile.interruptions
    rules = TradingRules(
        kinds=kinds_of(profile, calendar, date),
        bounds=UNBOUNDED if limits is None else limits.bounds(reference_px, ticks),
        reference_px=reference_px,
        auction=rule_of_auctions(profile, instrument_class, date),
        interruption=profile.interruption_at(instrument_class, date).value if watched else None,
        tape_auctions=not clients_auctions,
        seed=seed,
    )
    lots = profile.lots_at(instrument_class, date).value
    return MarketTerms(profile.day(calendar, date).spans, ticks, lots.round_lot(reference_px) or 1, rules)


def rule_of_auctions(profile: MarketProfile, instrument_class: str, date: datetime.date) -> AuctionRule:
    """How auctions are priced; the plain way where the profile doesn't say."""
    if instrument_class not in profile.auctions:
        return PLAIN_RULE
    return profile.auction_at(instrument_class, date).value


def kinds_of(profile: MarketProfile, calendar: TradingCalendar, date: datetime.date) -> frozenset[Kind]:
    """Which orders each span of the day takes."""
    timetable = profile.timetable_at(MAIN_BOARD, day_kind(calendar, date), date).value
    return frozenset((span.name, kind.ord_type, kind.time_in_force) for span in timetable.spans for kind in span.kinds)


def moved(spans: tuple[PhaseSpan, ...], by_ns: int, until_ns: int) -> tuple[PhaseSpan, ...]:
    """The spans at another time, cut off where what is played ends."""
    return tuple(
        PhaseSpan(
            span.phase,
            span.starts_ns + by_ns,
            min(span.ends_ns + by_ns, until_ns),
            span.takes_orders,
            span.takes_cancels,
            min(span.random_end_ns, until_ns - span.starts_ns - by_ns),
            span.uncrosses,
            span.name,
            span.limit_bps,
            span.every_ns,
        )
        for span in spans
        if span.starts_ns + by_ns < until_ns
    )

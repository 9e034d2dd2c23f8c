"""Profiles as the terms of what is played: the day, ticks, limits and kinds of order of the market that is named."""

from __future__ import annotations

import datetime

import pytest

from kairos.adapters.calendars import load_calendars
from kairos.adapters.profiles import load_profile
from kairos.market.calendar import CalendarError
from kairos.model.enums import OrdType, TimeInForce
from kairos.model.market_enums import TradingPhase
from kairos.model.numbers import parse_price as px
from kairos.simulator.market_rules import MarketTerms, moved, session_date, terms_of

SECOND = 1_000_000_000
TAIPEI_NOON = 1_760_068_800 * SECOND  # 2025-10-10 12:00 +08:00 is a holiday, the day before is not
A_DAY = 86_400 * SECOND


def terms(at_ns: int, mic: str = "XTAI", reference: str = "0", clients: bool = False) -> MarketTerms:
    profile = load_profile(mic)
    calendar = load_calendars().get(profile.calendar)
    return terms_of(profile, calendar, at_ns, "stock", px(reference) if reference != "0" else 0, clients)


def test_a_day_in_taipei() -> None:
    """TWSE: orders from 08:30, trading from 09:00, the closing call from 13:25 to 13:30; 10 % rounded inwards."""
    found = terms(TAIPEI_NOON - A_DAY, reference="1085")
    assert [span.phase for span in found.spans] == [
        TradingPhase.OPENING_AUCTION,
        TradingPhase.CONTINUOUS,
        TradingPhase.CLOSING_AUCTION,
    ]
    assert (found.open_ns - TAIPEI_NOON + A_DAY) // SECOND == -3 * 3600
    assert (found.close_ns - TAIPEI_NOON + A_DAY) // SECOND == 3600 + 25 * 60
    assert (found.lot, found.ticks.tick_at(px("1085"))) == (1000, px("5"))
    assert (found.rules.bounds.low_px, found.rules.bounds.high_px) == (px("977"), px("1190"))
    kinds = found.rules.kinds
    assert kinds is not None and ("continuous", OrdType.LIMIT, TimeInForce.IMMEDIATE_OR_CANCEL) in kinds
    assert ("opening_call", OrdType.LIMIT, TimeInForce.IMMEDIATE_OR_CANCEL) not in kinds
    assert found.rules.tape_auctions and found.rules.interruption is None


def test_a_market_of_clients_is_watched_for_volatility() -> None:
    rules = terms(TAIPEI_NOON - A_DAY, clients=True).rules
    assert not rules.tape_auctions and rules.interruption is not None and rules.interruption.ends_in_auction


def test_a_tape_of_a_holiday_is_an_error() -> None:
    with pytest.raises(CalendarError):
        terms(TAIPEI_NOON)


@pytest.mark.parametrize(
    ("mic", "at", "session"),
    [
        ("XTAF", "2026-11-20T13:44", "2026-11-20"),
        ("XTAF", "2026-11-20T14:49", "2026-11-20"),  # between the day and the next night
        ("XTAF", "2026-11-20T14:50", "2026-11-23"),  # Friday's night is of Monday
        ("XTAF", "2026-11-21T04:59", "2026-11-23"),
        ("XTAF", "2026-11-24T02:00", "2026-11-24"),
        ("XTAF", "2024-02-05T15:00", "2024-02-15"),  # the last night before Lunar New Year
        ("XTAI", "2026-11-20T14:50", "2026-11-20"),
        ("XTAI", "2026-11-23T08:29", "2026-11-23"),
        ("XTAI", "2027-11-23T20:00", "2027-11-23"),  # the calendar ends: the date stands
    ],
)
def test_a_night_belongs_to_the_next_session(mic: str, at: str, session: str) -> None:
    """TAIFEX, After-hours trading: 15:00 to 5:00, orders from 14:50."""
    profile = load_profile(mic)
    at_ns = int(datetime.datetime.fromisoformat(f"{at}:00+08:00").timestamp()) * SECOND
    calendar = load_calendars().get(profile.calendar)
    assert session_date(profile, calendar, at_ns) == datetime.date.fromisoformat(session)


def test_a_day_is_moved_and_cut_off_where_the_tape_ends() -> None:
    found = terms(TAIPEI_NOON - A_DAY)
    cut = moved(found.spans, A_DAY, found.open_ns + A_DAY + 60 * SECOND)
    assert [(int(span.starts_ns), int(span.ends_ns)) for span in cut] == [
        (found.spans[0].starts_ns + A_DAY, found.open_ns + A_DAY),
        (found.open_ns + A_DAY, found.open_ns + A_DAY + 60 * SECOND),
    ]


@pytest.mark.parametrize("mic", ["XHKG", "XSHG", "XSHE", "XNYS", "XNAS", "ROCO"])
def test_every_profile_can_be_played(mic: str) -> None:
    found = terms(1_759_975_200 * SECOND, mic)  # 2025-10-09 02:00 UTC
    assert found.spans and found.open_ns < found.close_ns and found.lot > 0


def test_auctions_are_priced_by_the_market_s_own_steps() -> None:
    """TWSE Operating Rules, article 58-3: volume, better prices served, then the nearest to the last price."""
    rule = terms(TAIPEI_NOON - A_DAY).rules.auction
    assert [step.value for step in rule.steps] == ["volume", "served", "reference"] and rule.any_price
    assert not terms(TAIPEI_NOON - A_DAY, "XHKG").rules.auction.any_price

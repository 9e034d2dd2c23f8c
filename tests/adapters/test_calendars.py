"""Calendars of exchange_calendars, put right by what the shipped file and a house's own say."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from kairos.adapters.calendars import Calendars, load_calendars
from kairos.adapters.file_errors import FileErrors
from kairos.adapters.profiles import load_profile
from kairos.market.calendar import CalendarError
from kairos.market.timetable import SECOND_NS
from kairos.model.market_enums import TradingPhase


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.fixture(scope="module")
def calendars() -> Calendars:
    return load_calendars()


def with_house(folder: Path, text: str) -> Calendars:
    path = folder / "calendars.toml"
    path.write_text(text, encoding="utf-8")
    return load_calendars([path])


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("XTAI", "2024-10-31"),
        ("ROCO", "2024-10-31"),
        ("XTAF", "2024-10-31"),
        ("XHKG", "2023-09-01"),
        ("XHKG", "2023-09-08"),
        ("XHKG", "2023-07-17"),
        ("XTAI", "2024-07-24"),
        ("XTAI", "2024-10-02"),
        ("XNYS", "2025-01-09"),
    ],
)
def test_days_of_storm_and_mourning_have_no_session(calendars: Calendars, name: str, date: str) -> None:
    assert not calendars.get(name).is_session(day(date))


def test_markets_follow_each_other() -> None:
    calendars = load_calendars()
    assert calendars.get("XNAS").sessions == calendars.get("XNYS").sessions
    assert calendars.get("XSHE").sessions == calendars.get("XSHG").sessions
    assert calendars.get("ROCO").sessions == calendars.get("XTAI").sessions


def test_taiwan_traded_on_make_up_saturdays(calendars: Calendars) -> None:
    assert calendars.get("XTAI").is_session(day("2018-12-22"))
    assert not calendars.get("XTAI").is_session(day("2018-12-15"))


@pytest.mark.parametrize(("date", "settles"), [("2023-01-18", True), ("2023-01-19", True), ("2023-01-20", False)])
def test_taiwan_settles_before_lunar_new_year_without_trading(calendars: Calendars, date: str, settles: bool) -> None:
    """TWSE holiday schedule of 2023 (a copy at kgi.com.tw): last session on 2023-01-17, settlement only on 18 and
    19."""
    taipei = calendars.get("XTAI")
    assert not taipei.is_session(day(date)), "the package has a session on 2023-01-18"
    assert (day(date) in taipei.settlement_days) == settles
    assert calendars.get("ROCO").settlement_days == taipei.settlement_days


def test_new_york_trades_while_the_banks_are_closed(calendars: Calendars) -> None:
    """Columbus Day and Veterans Day, as FINRA Notices to Members 95-77 and 92-54 have it; Veterans Day of 2023 is a
    Saturday."""
    for name in ("XNYS", "XNAS"):
        found = calendars.get(name)
        for closed in ("2026-10-12", "2026-11-11"):
            assert found.is_session(day(closed))
            assert day(closed) not in found.settlement_days
        assert day("2023-11-10") in found.settlement_days


def test_a_house_says_on_which_days_trades_settle(tmp_path: Path) -> None:
    row = '[[{}]]\ncalendar = "XTAI"\ndate = {}\nreason = "test"\nsource = "test"\n'
    found = with_house(
        tmp_path, row.format("settlement_only", "2026-11-28") + row.format("no_settlement", "2024-02-06")
    )
    taipei = found.get("XTAI")
    assert not taipei.is_session(day("2026-11-28"))
    assert taipei.add_settlement_days(day("2026-11-27"), 1) == day("2026-11-28")
    assert day("2024-02-06") not in taipei.settlement_days, "the house's word comes after the shipped one"
    assert day("2024-02-07") in taipei.settlement_days


def test_half_days_are_known(calendars: Calendars) -> None:
    assert calendars.get("XHKG").is_early_close(day("2026-12-24"))
    assert calendars.get("XNYS").is_early_close(day("2026-11-27"))
    assert not calendars.get("XTAI").is_early_close(day("2026-11-23"))


def test_beyond_the_packages_calendar_there_is_no_guess(calendars: Calendars) -> None:
    shanghai = calendars.get("XSHG")
    after = shanghai.last + datetime.timedelta(days=30)
    with pytest.raises(CalendarError, match="take a newer release of exchange_calendars, or add the days"):
        shanghai.is_session(after)


def test_a_market_without_a_calendar_is_told(calendars: Calendars) -> None:
    with pytest.raises(CalendarError, match="no calendar 'ZZZZ' for ZZZZ"):
        calendars.get("ZZZZ")


def test_a_house_closes_opens_and_shortens_days(tmp_path: Path) -> None:
    found = with_house(
        tmp_path,
        """
[[closed]]
calendar = "XTAI"
date = 2026-11-23
reason = "storm"
source = "notice"

[[open]]
calendar = "XTAI"
dates = [2024-10-31, 2026-11-28]
reason = "test"
source = "test"

[[early_close]]
calendar = "XTAI"
date = 2026-11-24
reason = "test"
source = "test"
""",
    ).get("XTAI")
    assert not found.is_session(day("2026-11-23"))
    assert found.is_session(day("2024-10-31")), "the house's word comes after the shipped one"
    assert found.is_session(day("2026-11-28"))
    assert found.is_early_close(day("2026-11-24"))


def test_a_session_opens_late_after_a_storm_and_has_no_opening_auction(tmp_path: Path) -> None:
    """HKEX, "Trading in securities and derivatives markets will resume following cancellation of Typhoon Signal No. 8"
    (mondovisione.com): trading resumes at 1:30 pm, and there is no Pre-opening Session."""
    row = '[[late_open]]\ncalendar = "XHKG"\ndate = {}\nat = "{}"\nreason = "Typhoon"\nsource = "HKEX notice"\n'
    calendars = with_house(tmp_path, row.format("2026-11-23", "13:30") + row.format("2026-11-24", "17:00"))
    found, profile = calendars.get("XHKG"), load_profile("XHKG")
    late, usual = (profile.day(found, day(text)).spans for text in ("2026-11-23", "2026-11-25"))
    assert [span.name for span in late] == [
        "afternoon",
        "reference_price",
        "closing_input",
        "closing_no_cancel",
        "random_closing",
    ]
    assert late[0].phase is TradingPhase.CONTINUOUS
    usual_afternoon = next(span for span in usual if span.name == "afternoon")
    assert (
        late[0].ends_ns - late[0].starts_ns == usual_afternoon.ends_ns - usual_afternoon.starts_ns - 1_800 * SECOND_NS
    )
    with pytest.raises(CalendarError, match="opens too late on 2026-11-24"):
        profile.day(found, day("2026-11-24"))


def test_a_house_extends_a_calendar_that_ends(tmp_path: Path) -> None:
    text = '[[extension]]\ncalendar = "XSHG"\nuntil = 2031-12-31\nclosed = [2031-10-01]\nsource = "SSE notice"\n'
    found = with_house(tmp_path, text)
    for name in ("XSHG", "XSHE"):
        assert found.get(name).last == day("2031-12-31")
        assert not found.get(name).is_session(day("2031-10-01"))
        assert found.get(name).next_session(day("2031-10-01")) == day("2031-10-02")
        assert not found.get(name).is_session(day("2031-10-04")), "a Saturday"


def test_a_market_of_ones_own_follows_another(tmp_path: Path) -> None:
    found = with_house(tmp_path, '[[calendar]]\nname = "SIMX"\nfollows = "XNYS"\n')
    assert found.get("SIMX").sessions == found.get("XNYS").sessions


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[closed]]\ndate = 2026-11-23\nreason = "a"\nsource = "b"\n', "line 1: closed.calendar: is missing; add it"),
        ('[[closed]]\ncalendar = "XTAI"\nreason = "a"\nsource = "b"\n', "line 1: closed.date: is missing; add it"),
        ('[[clossed]]\ncalendar = "XTAI"\n', "clossed: is not known here; did you mean 'closed'?"),
        (
            '[[late_open]]\ncalendar = "XHKG"\ndate = 2026-11-23\nreason = "a"\nsource = "b"\n',
            "line 1: late_open.at: is missing; add it",
        ),
        ('[[extension]]\ncalendar = "XSHG"\nuntil = "later"\nsource = "a"\n', "extension.until: 'later' is not a date"),
    ],
)
def test_a_calendar_file_is_read_strictly(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(FileErrors) as raised:
        with_house(tmp_path, text)
    assert told in str(raised.value)


def test_the_sessions_of_taipei_are_the_days_of_its_tape(
    calendars: Calendars, shared_data: Callable[[str], Path]
) -> None:
    """TWSE's 5-minute bars, 460 days of 2024 and 2025: exactly the calendar's sessions."""
    parquet = pytest.importorskip("pyarrow.parquet")
    column = parquet.read_table(shared_data("twse_5min_bars") / "twse_5min.parquet", columns=["ts"])["ts"]
    days = sorted({stamp.date() for stamp in column.unique().to_pylist()})
    assert len(days) == 460
    assert calendars.get("XTAI").sessions_between(days[0], days[-1]) == days

"""The rules of each day come from the shipped profiles and calendars, as commands that the desk journals."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path

import pytest
import structlog

from kairos.adapters.calendars import load_calendars
from kairos.adapters.config import TradingDay
from kairos.adapters.config_file import load_config
from kairos.adapters.config_trading_rules import TradingRulesConfig
from kairos.adapters.profiles import load_profile
from kairos.app.trading_rules import DailyRules, DeskDay, market_hours
from kairos.engine.engine import Engine
from kairos.model.commands import Command, DefineInstrument, SetMarketDay, SetTradingRules, StartTradingDay
from kairos.model.enums import OrdType, TimeInForce
from kairos.model.events import Event
from kairos.model.market_enums import OddLots, ReferencePrice, ShortSaleRule
from kairos.model.wire import decode_events, encode_events
from kairos.simulator.market_rules import kinds_of
from kairos.state.snapshot import snapshot
from kairos.state.trading_rules import takes_kind

PX = 10**8
HOURS = TradingRulesConfig(hours=True)
TAIPEI = TradingDay("Asia/Taipei", time(0, 0))
SHARES = (
    ("2330.XTAI", "TWD", "stock", 1000, 1085),
    ("0700.XHKG", "HKD", "stock", 100, 620),
    ("BAC.XNYS", "USD", "stock", 1, 52),
    ("9999.XTKS", "JPY", "stock", 100, 3000),
    ("1101.XTAI", "TWD", "", 1000, 30),
)
LOG = structlog.stdlib.get_logger("test")


def ns(text: str) -> int:
    """Of a moment in UTC."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 10**9


class House:
    """An engine, what it was told and what it told."""

    def __init__(self, config: TradingRulesConfig = HOURS, day: TradingDay = TAIPEI) -> None:
        self.engine = Engine()
        self.events: list[Event] = []
        self.rules = DailyRules(config, day, LOG)
        for instrument_id, currency, name, lot, reference in SHARES:
            symbol, _, mic = instrument_id.partition(".")
            self.give(
                DefineInstrument(
                    instrument_id, symbol, mic, "", currency, "", "ESVUFR", PX // 1000, lot, 1, reference * PX, "", (),
                    name,
                )
            )  # fmt: skip

    def give(self, command: Command) -> None:
        self.events += self.engine.handle(command, ns("2026-11-22T16:00:00"))

    def turn(self, date: int) -> list[Command]:
        self.give(StartTradingDay(date))
        commands = self.rules.changes(self.engine.desk)
        for command in commands:
            self.give(command)
        return commands

    def ruled(self, instrument_id: str) -> SetTradingRules:
        rules = self.engine.desk.instruments[instrument_id].rules
        assert rules is not None
        return rules.given  # type: ignore[return-value]  # the event has the command's fields


@pytest.fixture(scope="module")
def house() -> House:
    house = House()
    house.turn(20261123)
    return house


def test_a_day_turn_sets_the_rules_of_instruments_that_name_their_class() -> None:
    house = House()
    commands = house.turn(20261123)
    ruled = {c.instrument_id for c in commands if isinstance(c, SetTradingRules)}
    assert ruled == {"2330.XTAI", "0700.XHKG", "BAC.XNYS"}, "no class, or no profile of the market: as before"
    assert {c.mic for c in commands if isinstance(c, SetMarketDay)} == {"XTAI", "XHKG", "XNYS"}
    assert house.rules.changes(house.engine.desk) == [], "what stands is not said again"
    again = house.turn(20261124)
    assert len(again) == len(commands), "each day has its own"


def test_taipei(house: House) -> None:
    """Of 1,085: 10 % down is 976.5, rounded inwards to 977; up 1,193.5, to 1,190, where a share moves by 5."""
    rules = house.ruled("2330.XTAI")
    assert (rules.low_px, rules.high_px) == (977 * PX, 1190 * PX)
    assert (rules.qty_step, rules.max_qty, rules.odd_lots) == (1000, 499_000, OddLots.OWN_BOARD)
    assert rules.marking and not rules.locate and rules.short_sale is ShortSaleRule.ANY_PRICE
    ticks = house.engine.desk.instruments["2330.XTAI"].rules.ticks  # type: ignore[union-attr]
    assert ticks is not None and [int(ticks.tick_at(px * PX)) for px in (999, 1000)] == [PX, 5 * PX]


def test_hong_kong(house: House) -> None:
    """The spread table's bands hold their upper end; lots are the instrument's; no limits of a day."""
    rules = house.ruled("0700.XHKG")
    assert rules.holds_end and (rules.low_px, rules.high_px, rules.qty_step) == (0, 0, 0)
    assert rules.short_sale is ShortSaleRule.NOT_BELOW_BEST_ASK and rules.locate
    ticks = house.engine.desk.instruments["0700.XHKG"].rules.ticks  # type: ignore[union-attr]
    assert ticks is not None and [int(ticks.tick_at(px)) for px in (500 * PX, 500 * PX + 1)] == [PX // 5, PX // 2]


def test_new_york(house: House) -> None:
    rules = house.ruled("BAC.XNYS")
    assert (rules.short_sale, rules.after_fall_bps) == (ShortSaleRule.ABOVE_BEST_BID_AFTER_FALL, 1000)
    assert rules.marking and rules.locate and (rules.min_qty, rules.qty_step) == (1, 1)


@pytest.mark.parametrize(
    ("local", "phase", "takes_market", "takes_limit"),
    [
        ("08:29:59", "", False, False),
        ("08:30:00", "opening_call", False, True),
        ("09:00:00", "continuous", True, True),
        ("13:25:00", "closing_call", False, True),
        ("13:30:00", "", False, False),
    ],
)
def test_the_phases_of_taipei(house: House, local: str, phase: str, takes_market: bool, takes_limit: bool) -> None:
    hour, rest = local.split(":", 1)
    day = "2026-11-22" if int(hour) < 8 else "2026-11-23"
    span = house.engine.desk.markets["XTAI"].span_at(ns(f"{day}T{(int(hour) - 8) % 24:02}:{rest}"))
    assert (span.name if span else "") == phase
    if span:
        assert takes_kind(span, OrdType.MARKET, TimeInForce.DAY) is takes_market
        assert takes_kind(span, OrdType.LIMIT, TimeInForce.DAY) is takes_limit


@pytest.mark.parametrize("mic", ["XTAI", "XHKG", "XNYS", "XSHG"])
def test_a_stretch_takes_the_kinds_that_the_simulated_exchange_takes(mic: str) -> None:
    profile, date = load_profile(mic), datetime(2026, 11, 23).date()
    calendar = load_calendars().get(profile.calendar)
    theirs = kinds_of(profile, calendar, date)
    spans = market_hours(profile, calendar, DeskDay(date, TAIPEI), takes_early=True).spans
    assert spans
    for span in spans:
        for ord_type in OrdType:
            for tif in TimeInForce:
                assert takes_kind(span, ord_type, tif) is ((span.name, ord_type, tif) in theirs), span.name


def test_a_desk_in_taipei_sees_new_yorks_session_over_its_own_midnight() -> None:
    """Taipei's 2026-11-24 begins at 16:00 UTC, in the middle of New York's session of the 23rd."""
    house = House()
    house.turn(20261124)
    market = house.engine.desk.markets["XNYS"]
    for moment, is_open in (
        ("2026-11-23T17:00:00", True),
        ("2026-11-24T03:00:00", False),
        ("2026-11-24T15:00:00", True),
    ):
        span = market.span_at(ns(moment))
        assert (span is not None and takes_kind(span, OrdType.LIMIT, TimeInForce.DAY)) is is_open, moment


def test_a_holiday_has_no_session() -> None:
    house = House()
    house.turn(20261122)
    day = house.engine.desk.markets["XTAI"].day
    assert day is not None and day.spans == (), "a Sunday"


def test_a_desk_recovers_to_the_same_rules_from_its_journal_and_from_a_snapshot(house: House) -> None:
    at_ns = ns("2026-11-23T01:00:00")
    picture = snapshot(house.engine.desk, at_ns)
    for events in (house.events, picture):
        again = Engine()
        again.recover(decode_events(encode_events(events)))
        assert encode_events(snapshot(again.desk, at_ns)) == encode_events(picture)


def test_what_the_house_turns_off_is_not_set() -> None:
    assert House(TradingRulesConfig(instruments=False)).turn(20261123) == []
    only_rules = House(TradingRulesConfig(reference=ReferencePrice.CLOSE, max_mark_age_s=5)).turn(20261123)
    assert {type(command) for command in only_rules} == {SetTradingRules}
    assert {(c.reference, c.max_mark_age_ns) for c in only_rules if isinstance(c, SetTradingRules)} == {
        (ReferencePrice.CLOSE, 5 * 10**9)
    }


def test_the_table_of_the_configuration(tmp_path: Path) -> None:
    file = tmp_path / "kairos.toml"
    file.write_text("[trading_rules]\nhours = true\ntakes_early = false\nreference = 'middle'\nmax_mark_age_s = 30\n")
    assert load_config(file).trading_rules == TradingRulesConfig(
        hours=True, takes_early=False, reference=ReferencePrice.MIDDLE, max_mark_age_s=30
    )
    file.write_text("")
    assert load_config(file).trading_rules == TradingRulesConfig()

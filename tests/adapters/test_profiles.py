"""The shipped profiles, held against worked examples from each exchange's own published rules (cited test by test)."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest

from kairos.adapters.calendars import Calendars, load_calendars
from kairos.adapters.profiles import UnknownMarketError, load_profile, profile_paths
from kairos.market.calendar import CalendarError
from kairos.market.dated import NoRowError
from kairos.market.phases import MAIN_BOARD
from kairos.market.profile import MarketProfile
from kairos.market.timetable import SECOND_NS, DayKind, OrderKind
from kairos.model.enums import OrdType, TimeInForce
from kairos.model.market_enums import OddLots, ShortSaleRule, TradingPhase
from kairos.model.numbers import parse_price

MARKETS = ("ROCO", "XHKG", "XNAS", "XNYS", "XSHE", "XSHG", "XTAF", "XTAI")
A_MONDAY = datetime.date(2026, 11, 23)


@pytest.fixture(scope="module")
def calendars() -> Calendars:
    return load_calendars()


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def px(text: str) -> int:
    return parse_price(text)


def clock(at_ns: int, profile: MarketProfile) -> str:
    moment = datetime.datetime.fromtimestamp(at_ns // SECOND_NS, ZoneInfo(profile.time_zone))
    return f"{moment:%m-%d %H:%M}"


def phases(mic: str, date: str, calendars: Calendars, board: str = MAIN_BOARD) -> list[tuple[str, str]]:
    """The begin of each stretch by the market's clock, and its name."""
    profile = load_profile(mic)
    spans = profile.day(calendars.get(profile.calendar), day(date), board).spans
    return [(clock(span.starts_ns, profile)[6:], span.name) for span in spans]


def test_the_eight_markets_ship() -> None:
    assert tuple(sorted(profile_paths())) == MARKETS


@pytest.mark.parametrize("mic", MARKETS)
def test_every_class_has_every_rule_today(mic: str) -> None:
    """A class that has ticks has lots, limits and settlement too; where a rule is not checked, a note says why."""
    profile = load_profile(mic)
    for name in profile.classes():
        for row in (
            profile.ticks_at(name, A_MONDAY),
            profile.lots_at(name, A_MONDAY),
            profile.price_limits_at(name, A_MONDAY),
        ):
            assert row.origin.source
            assert row.origin.checked or row.origin.note
        assert profile.settlement_at(name, A_MONDAY).value.days in range(4)


@pytest.mark.parametrize("mic", MARKETS)
def test_every_board_has_a_day_whose_auctions_end(mic: str, calendars: Calendars) -> None:
    """No auction runs out without an uncross: its last stretch says so."""
    profile = load_profile(mic)
    for board in profile.boards():
        spans = profile.day(calendars.get(profile.calendar), A_MONDAY, board).spans
        for span, after in zip(spans, (*spans[1:], None), strict=True):
            auction = span.phase in (TradingPhase.OPENING_AUCTION, TradingPhase.CLOSING_AUCTION)
            if auction and (after is None or after.phase is not span.phase):
                assert span.uncrosses, (mic, board, span.name)


def test_the_day_of_taipei(calendars: Calendars) -> None:
    """TPEx, Trading Mechanism Introduction: orders 8:30-13:30, trading 9:00-13:30; Continuous Trading: the first match
    and that from 13:25 to the close are call auctions. TWSE Operating Rules art. 58 and 58-3."""
    for mic in ("XTAI", "ROCO"):
        assert phases(mic, "2026-11-23", calendars) == [
            ("08:30", "opening_call"),
            ("09:00", "continuous"),
            ("13:25", "closing_call"),
        ]


def test_taipei_takes_market_orders_while_it_trades_continuously_only() -> None:
    """TPEx, Continuous Trading: market, IOC and FOK orders are available only during the continuous trading session;
    The Taiwan Monthly of TWSE, 2018-11, says the same of its market."""
    for mic in ("XTAI", "ROCO"):
        timetable = load_profile(mic).timetable_at(MAIN_BOARD, DayKind.FULL, A_MONDAY).value
        for call in ("opening_call", "closing_call"):
            assert timetable.kinds_of(call) == (OrderKind(OrdType.LIMIT, TimeInForce.DAY),), (mic, call)
        assert len(timetable.kinds_of("continuous")) == 6


def test_taipei_stabilises_prices() -> None:
    """The Taiwan Monthly of TWSE, 2018-11: a match 3.5 % off the weighted mean of five minutes is put off for two;
    2021-07: since 2021-06-28 until 13:25, before until 13:20. The prices of the band are ours."""
    profile = load_profile("XTAI")
    rule = profile.interruption_at("stock", A_MONDAY).value
    band = rule.band(px("100"), px("0.5"))
    assert (band.low_px, band.high_px) == (px("96.5"), px("103.5"))
    assert (rule.look_back_ns, rule.pause_ns, rule.skip_last_ns) == (300 * SECOND_NS, 120 * SECOND_NS, 0)
    assert profile.interruption_at("stock", day("2021-06-25")).value.skip_last_ns == 300 * SECOND_NS


def test_the_boards_of_taipei_for_odd_lots_and_fixed_price(calendars: Calendars) -> None:
    """TWSE Regulations Governing Odd-lot Trading art. 3 and 8: 9:00-13:30 with a first match at 9:10, then 13:40-14:30;
    Regulations Governing After-Hours Fixed-Price Trading art. 3: 14:00-14:30."""
    assert phases("XTAI", "2024-03-29", calendars, "odd_lot") == [("09:00", "first_call"), ("09:10", "calls")]
    assert phases("XTAI", "2026-11-23", calendars, "after_hours_odd_lot") == [("13:40", "odd_lot_call")]
    assert phases("XTAI", "2026-11-23", calendars, "after_hours_fixed") == [("14:00", "fixed_price")]
    profile = load_profile("XTAI")
    for date, seconds in (("2020-10-26", 180), ("2024-03-29", 60), ("2024-12-02", 5)):
        calls = profile.day(calendars.get("XTAI"), day(date), "odd_lot").spans[1]
        assert calls.every_ns == seconds * SECOND_NS, date


@pytest.mark.parametrize(
    ("name", "price", "tick"),
    [
        ("stock", "1085", "5"),
        ("stock", "98.5", "0.1"),
        ("etf", "62.35", "0.05"),
        ("etf", "49.99", "0.01"),
        ("reit", "50", "0.05"),
        ("etn", "50", "0.05"),
        ("etn", "49.99", "0.01"),
        ("bond", "100", "0.05"),
    ],
)
def test_ticks_of_taipei(name: str, price: str, tick: str) -> None:
    """TWSE Operating Rules art. 62; rules for beneficiary certificates art. 6 (one cent below 50 dollars, five from
    there), for ETNs art. 8 (the same, "NT$50 or above"), for corporate bonds art. 6 (five cents). The prices are
    ours."""
    table = load_profile("XTAI").ticks_at(name, A_MONDAY).value
    assert table.tick_at(px(price)) == px(tick)
    assert table.is_on_tick(px(price))


def test_the_limits_of_taipei() -> None:
    """TPEx, Trading Mechanism Introduction: 10 % above and below the reference; none on the first five trading days."""
    profile = load_profile("ROCO")
    ticks = profile.ticks_at("stock", A_MONDAY).value
    rule = profile.price_limits_at("stock", A_MONDAY).value
    bounds = rule.bounds(px("1085"), ticks)
    assert (bounds.low_px, bounds.high_px) == (px("977"), px("1190"))
    assert rule.free_days == 5
    with pytest.raises(NoRowError, match="no row for 2015-05-29"):
        profile.price_limits_at("stock", day("2015-05-29"))


def test_the_limits_of_the_listed_market_of_taipei() -> None:
    """TWSE, Trading Mechanism: 10 % of the close before, 5 % for bonds. The prices are ours."""
    profile = load_profile("XTAI")
    for name, reference, low, high in (("etf", "62.35", "56.15", "68.55"), ("bond", "100", "95", "105")):
        ticks = profile.ticks_at(name, A_MONDAY).value
        bounds = profile.price_limits_at(name, A_MONDAY).value.bounds(px(reference), ticks)
        assert (bounds.low_px, bounds.high_px) == (px(low), px(high)), name


def test_the_lots_of_taipei() -> None:
    """TPEx, Trading Mechanism Introduction, and TWSE Operating Rules art. 60: 1,000 shares; after-hours rules art. 4:
    at most 499 units an order; TWSE rules for ETNs art. 7: no odd lots."""
    for mic in ("XTAI", "ROCO"):
        rule = load_profile(mic).lots_at("stock", A_MONDAY).value
        assert (rule.lot, rule.max_qty, rule.odd_lots) == (1_000, 499_000, OddLots.OWN_BOARD)
    assert load_profile("XTAI").lots_at("etn", A_MONDAY).value.odd_lots is OddLots.REFUSED


def test_the_day_of_hong_kong(calendars: Calendars) -> None:
    """HKEX, Trading Hours: pre-opening from 9:00 with no cancellation from 9:15 and random matching 9:20-9:22; lunch
    12:00-13:00; closing auction 16:00 to a random close between 16:08 and 16:10."""
    assert phases("XHKG", "2026-11-23", calendars) == [
        ("09:00", "order_input"),
        ("09:15", "no_cancel"),
        ("09:20", "random_matching"),
        ("09:22", "blocking"),
        ("09:30", "morning"),
        ("12:00", "lunch"),
        ("12:30", "lunch_cancels"),
        ("13:00", "afternoon"),
        ("16:00", "reference_price"),
        ("16:01", "closing_input"),
        ("16:06", "closing_no_cancel"),
        ("16:08", "random_closing"),
    ]
    spans = {s.name: s for s in load_profile("XHKG").day(calendars.get("XHKG"), A_MONDAY).spans}
    assert spans["no_cancel"].takes_orders and not spans["no_cancel"].takes_cancels
    assert not spans["lunch"].takes_cancels and spans["lunch_cancels"].takes_cancels
    assert spans["random_closing"].random_end_ns == 120 * SECOND_NS
    assert not spans["reference_price"].takes_orders
    assert (spans["order_input"].limit_bps, spans["closing_input"].limit_bps) == (1_500, 500)


def test_a_half_day_of_hong_kong_ends_with_an_auction_at_noon(calendars: Calendars) -> None:
    """HKEX, Trading Hours: on the eve of Christmas no afternoon; closing auction 12:00 to between 12:08 and 12:10."""
    assert phases("XHKG", "2026-12-24", calendars)[-5:] == [
        ("09:30", "morning"),
        ("12:00", "reference_price"),
        ("12:01", "closing_input"),
        ("12:06", "closing_no_cancel"),
        ("12:08", "random_closing"),
    ]


@pytest.mark.parametrize(
    ("date", "price", "tick"),
    [
        ("2025-08-01", "15", "0.02"),
        ("2025-08-04", "15", "0.01"),
        ("2025-08-01", "30", "0.05"),
        ("2025-08-04", "30", "0.02"),
        ("2025-08-04", "5", "0.01"),
        ("2026-11-23", "5", "0.005"),
        ("2025-08-04", "381.4", "0.2"),
    ],
)
def test_ticks_of_hong_kong_before_and_after_its_reductions(date: str, price: str, tick: str) -> None:
    """HKEX, Reduction of Minimum Spreads: phase 1 on 2025-08-04 (10-20: 0.02 to 0.01; 20-50: 0.05 to 0.02); phase 2
    about mid-2026 (0.5-10: 0.01 to 0.005), whose row is marked as not checked."""
    row = load_profile("XHKG").ticks_at("stock", day(date))
    assert row.value.tick_at(px(price)) == px(tick)
    assert row.origin.checked == ("2025-08-04" <= date < "2026-07-01")


def test_a_fund_of_fifteen_dollars_moves_by_a_cent_in_hong_kong() -> None:
    """hkex.com.hk, New Spread Table for ETPs, whose own example it is: trading at 15 dollars, in the range from 10 to
    20, the new tick is 0.010. The other ticks are rows of its table."""
    table = load_profile("XHKG").ticks_at("etf", A_MONDAY).value
    for price, tick in (("15", "0.01"), ("1", "0.001"), ("1.002", "0.002"), ("150", "0.05"), ("6000", "1")):
        assert table.tick_at(px(price)) == px(tick), price


def test_hong_kong_sells_short_not_below_the_best_ask() -> None:
    """hkex.com.hk, Regulated Short Selling: not below the best current ask price in continuous trading."""
    row = load_profile("XHKG").short_sales_at("stock", A_MONDAY)
    assert row.value.rule is ShortSaleRule.NOT_BELOW_BEST_ASK and row.origin.checked


def test_structured_products_of_hong_kong_kept_their_ticks() -> None:
    """HKEX, Reduction of Minimum Spreads: not for exchange traded products, debt, options and structured products."""
    assert load_profile("XHKG").ticks_at("structured", A_MONDAY).value.tick_at(px("5")) == px("0.01")


def test_the_day_of_shanghai(calendars: Calendars) -> None:
    """english.sse.com.cn, 2018-08: closing call 14:57-15:00, in which no order is withdrawn; szse.cn, Trading Overview:
    calls 9:15-9:25 and 14:57-15:00, continuous 9:30-11:30 and 13:00-14:57. That none is canceled from 9:20 was read
    where brokers quote the exchanges."""
    assert phases("XSHG", "2026-11-23", calendars) == [
        ("09:15", "opening_call"),
        ("09:20", "no_cancel"),
        ("09:25", "before_open"),
        ("09:30", "morning"),
        ("11:30", "lunch"),
        ("13:00", "afternoon"),
        ("14:57", "closing_call"),
    ]
    assert phases("XSHE", "2026-11-23", calendars) == phases("XSHG", "2026-11-23", calendars)


def test_the_fixed_price_session_of_star(calendars: Calendars) -> None:
    """star.sse.com.cn: orders 9:30-11:30 and 13:00-15:30, trades from 15:05 to 15:30; the press: since 2026-07-06 for
    all A shares."""
    for date in ("2026-07-03", "2026-11-23"):
        assert phases("XSHG", date, calendars, "after_hours_fixed")[-1] == ("15:05", "fixed_price")


def test_the_limits_of_shenzhen_are_its_own_formula() -> None:
    """szse.cn, Trading Overview: price limit = previous closing price x (1 +/- price limit ratio). The prices are
    ours."""
    profile = load_profile("XSHE")
    cents = profile.ticks_at("stock", A_MONDAY).value
    for name, low, high in (("stock", "9.05", "11.06"), ("stock_chinext", "8.04", "12.06")):
        bounds = profile.price_limits_at(name, A_MONDAY).value.bounds(px("10.05"), cents)
        assert (bounds.low_px, bounds.high_px) == (px(low), px(high)), name


@pytest.mark.parametrize(
    ("mic", "name", "date", "bps", "free_days"),
    [
        ("XSHG", "stock", "2026-11-23", 1_000, 5),
        ("XSHG", "stock_star", "2026-11-23", 2_000, 5),
        ("XSHG", "stock_st", "2026-07-03", 500, 0),
        ("XSHG", "stock_st", "2026-07-06", 1_000, 0),
        ("XSHE", "stock", "2020-08-21", 1_000, 0),
        ("XSHE", "stock_st", "2026-07-03", 500, 0),
        ("XSHE", "stock_st", "2026-07-06", 1_000, 0),
        ("XSHE", "fund", "2020-08-21", 1_000, 0),
        ("XSHE", "stock_chinext", "2020-08-21", 1_000, 0),
        ("XSHE", "stock_chinext", "2020-08-24", 2_000, 5),
    ],
)
def test_limits_of_china(mic: str, name: str, date: str, bps: int, free_days: int) -> None:
    """english.sse.com.cn, Stock Trading Mechanism (10 %, 5 % under risk warning); star.sse.com.cn (20 %, five days);
    szse.cn, Trading Overview (10 % for stocks and mutual funds, 5 % under special treatment). 10 % under risk warning
    since 2026-07-06 is from the press, and its row says so."""
    rule = load_profile(mic).price_limits_at(name, day(date)).value
    assert (rule.up_bps, rule.down_bps, rule.free_days) == (bps, bps, free_days)


def test_lots_and_ticks_of_shanghai() -> None:
    """english.sse.com.cn, Stock Trading Mechanism 1.1.2: buys in multiples of 100, a remainder sold at once, at
    most one million shares; CNY 0.01 for A shares, USD 0.001 for B shares."""
    profile = load_profile("XSHG")
    rule = profile.lots_at("stock", A_MONDAY).value
    assert (rule.step, rule.max_qty, rule.odd_lots) == (100, 1_000_000, OddLots.SELL_REMAINDER)
    assert profile.ticks_at("stock", A_MONDAY).value.tick_at(px("10")) == px("0.01")
    assert profile.ticks_at("b_share", A_MONDAY).value.tick_at(px("1")) == px("0.001")
    assert profile.lots_at("stock_star", A_MONDAY).value.min_qty == 200


def test_shanghai_shorts_not_below_the_last_trade() -> None:
    """star.sse.com.cn, Trading Mechanism Comparison: not lower than the latest transaction price."""
    assert load_profile("XSHG").short_sales_at("stock", A_MONDAY).value.rule is ShortSaleRule.NOT_BELOW_LAST


@pytest.mark.parametrize(
    ("date", "opens", "closes"), [("2026-03-06", 14, 21), ("2026-03-09", 13, 20), ("2026-11-02", 14, 21)]
)
def test_new_york_keeps_its_hours_when_summer_time_comes_and_goes(
    date: str, opens: int, closes: int, calendars: Calendars
) -> None:
    """9:30 to 16:00 by New York's clock: UTC-5 to 2026-03-06, UTC-4 from 2026-03-09, UTC-5 again from 2026-11-02."""
    for mic in ("XNYS", "XNAS"):
        spans = {s.name: s for s in load_profile(mic).day(calendars.get(mic), day(date)).spans}
        midnight = int(datetime.datetime.fromisoformat(f"{date}T00:00:00+00:00").timestamp())
        assert spans["continuous"].starts_ns == (midnight + opens * 3600 + 1800) * SECOND_NS
        assert spans["late"].ends_ns == (midnight + closes * 3600) * SECOND_NS


def test_the_day_after_thanksgiving_closes_at_one(calendars: Calendars) -> None:
    """NYSE, Holidays and Trading Hours: 13:00 on 2026-11-27."""
    assert phases("XNYS", "2026-11-27", calendars)[-1] == ("13:00", "closing_call")
    assert phases("XNAS", "2026-11-27", calendars, "post_market") == [("13:00", "post_market")]


@pytest.mark.parametrize(
    ("mic", "date", "cut_off"),
    [
        ("XNYS", "2013-10-08", "15:45"),
        ("XNYS", "2019-01-31", "15:45"),  # the day of the approval
        ("XNYS", "2026-11-23", "15:50"),
        ("XNYS", "2026-11-27", "12:50"),
        ("XNAS", "2012-06-21", "15:50"),
        ("XNAS", "2018-10-18", "15:50"),  # the day before the approval
        ("XNAS", "2026-11-23", "15:55"),
    ],
)
def test_the_cut_off_of_orders_for_the_close(mic: str, date: str, cut_off: str, calendars: Calendars) -> None:
    """84 FR 2292 (order of 2019-01-31): NYSE from 3:45 pm to 3:50 pm, as on its Opening and Closing Auctions; 83 FR
    53923 (order of 2018-10-19): Nasdaq until then 3:50 pm. 3:55 pm, and half days, are from memory."""
    assert (cut_off, "late") in phases(mic, date, calendars)


def test_orders_for_the_open_end_before_nasdaqs_cross(calendars: Calendars) -> None:
    """Nasdaq, The Opening and Closing Crosses, quick reference guide: orders from 4:00 am, MOO prior to 9:28, LOO until
    9:29:30."""
    assert phases("XNAS", "2026-11-23", calendars)[:3] == [
        ("04:00", "opening_call"),
        ("09:28", "opening_late"),
        ("09:29", "opening_last"),
    ]
    spans = {s.name: s for s in load_profile("XNAS").day(calendars.get("XNAS"), A_MONDAY).spans}
    assert spans["opening_last"].ends_ns - spans["opening_last"].starts_ns == 30 * SECOND_NS
    timetable = load_profile("XNAS").timetable_at(MAIN_BOARD, DayKind.FULL, A_MONDAY).value
    for ord_type, last in ((OrdType.MARKET, "opening_call"), (OrdType.LIMIT, "opening_late")):
        kind = OrderKind(ord_type, TimeInForce.AT_THE_OPENING)
        taking = [span.name for span in timetable.spans if kind in span.kinds]
        assert taking[-1] == last


def test_nasdaq_takes_no_market_orders_outside_its_hours(calendars: Calendars) -> None:
    """The same guide: extended hours from 4:00 am to 8:00 pm, no market orders in them."""
    assert phases("XNAS", "2026-11-23", calendars, "pre_market") == [("04:00", "pre_market")]
    profile = load_profile("XNAS")
    for board in ("pre_market", "post_market"):
        (span,) = profile.timetable_at(board, DayKind.FULL, A_MONDAY).value.spans
        assert {kind.ord_type for kind in span.kinds} == {OrdType.LIMIT}
    (after,) = profile.day(calendars.get("XNAS"), A_MONDAY, "post_market").spans
    assert (clock(after.starts_ns, profile), clock(after.ends_ns, profile)) == ("11-23 16:00", "11-23 20:00")


def test_orders_for_the_close_are_not_taken_after_the_cut_off() -> None:
    timetable = load_profile("XNYS").timetable_at(MAIN_BOARD, DayKind.FULL, A_MONDAY).value
    taken = {name: {(k.ord_type, k.time_in_force) for k in timetable.kinds_of(name)} for name in ("continuous", "late")}
    assert (OrdType.MARKET, TimeInForce.AT_THE_CLOSE) in taken["continuous"]
    assert (OrdType.MARKET, TimeInForce.AT_THE_CLOSE) not in taken["late"]
    assert timetable.kinds_of("closing_call") == ()


def test_ticks_of_new_york() -> None:
    """17 CFR 242.612: 0.01 from one dollar up, 0.0001 below; 0.005 for names of narrow spread, not before 2026-11."""
    profile = load_profile("XNYS")
    table = profile.ticks_at("stock", A_MONDAY).value
    assert table.is_on_tick(px("52.37")) and not table.is_on_tick(px("52.375")) and table.is_on_tick(px("0.9999"))
    half = profile.ticks_at("stock_half_cent", A_MONDAY)
    assert half.value.is_on_tick(px("52.375")) and not half.origin.checked
    with pytest.raises(NoRowError, match="no row for 2026-10-30"):
        profile.ticks_at("stock_half_cent", day("2026-10-30"))


@pytest.mark.parametrize(
    ("date", "price", "lot"),
    [
        ("2025-10-31", "600", 100),
        ("2025-11-03", "250", 100),
        ("2025-11-03", "250.01", 40),
        ("2025-11-03", "1000.01", 10),
        ("2025-11-03", "10000.01", 1),
    ],
)
def test_round_lots_of_new_york_go_by_price_since_november_2025(date: str, price: str, lot: int) -> None:
    """17 CFR 242.600(b)(93)."""
    rule = load_profile("XNYS").lots_at("stock", day(date)).value
    assert rule.round_lot(px(price)) == lot
    assert rule.step == 1


def test_the_bands_of_new_york() -> None:
    """LULD plan, appendix A: tier 1 5 %, tier 2 10 % above 3.00; doubled in the last 25 minutes for tier 1."""
    profile = load_profile("XNAS")
    one, two = (profile.interruption_at(tier, A_MONDAY).value for tier in ("tier_1", "tier_2"))
    cent = px("0.01")
    assert (one.band(px("100"), cent).low_px, two.band(px("100"), cent).low_px) == (px("95"), px("90"))
    assert one.band(px("100"), cent, is_late=True).high_px == px("110")
    assert two.band(px("100"), cent, is_late=True).high_px == px("110")
    assert (one.limit_state_ns, one.pause_ns) == (15 * SECOND_NS, 300 * SECOND_NS)


@pytest.mark.parametrize(
    ("mic", "name", "date", "days"),
    [
        ("XNYS", "stock", "2017-09-01", 3),
        ("XNYS", "stock", "2017-09-05", 2),
        ("XNYS", "stock", "2024-05-24", 2),
        ("XNYS", "stock", "2024-05-28", 1),
        ("XTAI", "stock", "2026-11-23", 2),
        ("XHKG", "stock", "2026-11-23", 2),
        ("XSHG", "stock", "2026-11-23", 1),
        ("XTAF", "taiex_future", "2026-11-23", 0),
    ],
)
def test_settlement_cycles(mic: str, name: str, date: str, days: int) -> None:
    """17 CFR 240.15c6-1 and its amendments (82 FR 15564; Release 34-96930); TWSE Operating Rules art. 57."""
    assert load_profile(mic).settlement_at(name, day(date)).value.days == days


@pytest.mark.parametrize(
    ("mic", "name", "traded", "settles"),
    [
        ("XNYS", "stock", "2017-09-01", "2017-09-07"),  # T+3 to the end, over Labor Day
        ("XNYS", "stock", "2017-09-05", "2017-09-07"),  # T+2: both cycles end on one day
        ("XNAS", "stock", "2024-05-24", "2024-05-29"),  # T+2, over Memorial Day
        ("XNAS", "stock", "2024-05-28", "2024-05-29"),  # T+1: both cycles end on one day
        ("XNYS", "stock", "2026-10-09", "2026-10-13"),  # Columbus Day is no day of settlement
        ("XNYS", "stock", "2026-10-12", "2026-10-13"),  # but one of trading
        ("XNYS", "stock", "2026-11-25", "2026-11-27"),  # the half day after Thanksgiving settles
        ("XTAI", "stock", "2024-02-02", "2024-02-06"),  # over the weekend
        ("XTAI", "stock", "2024-02-05", "2024-02-07"),  # the last before Lunar New Year settles before it
        ("ROCO", "stock", "2024-02-15", "2024-02-19"),
        ("XHKG", "stock", "2026-12-23", "2026-12-28"),  # the half day of Christmas Eve counts
        ("XSHG", "stock", "2026-09-30", "2026-10-08"),
        ("XTAF", "taiex_future", "2026-11-23", "2026-11-23"),
    ],
)
def test_a_trade_settles_on(mic: str, name: str, traded: str, settles: str, calendars: Calendars) -> None:
    """FSC on Taiwan's calendar of 2024 (money.udn.com): last session 2024-02-05, settlement on 6 and 7, next session on
    15. Release 34-96930: T+1 from 2024-05-28; 82 FR 15564: T+2, from 2017-09-05. The dates are reckoned by us."""
    profile = load_profile(mic)
    assert profile.settlement_date(calendars.get(profile.calendar), name, day(traded)) == day(settles)


def test_no_trade_of_a_day_without_a_session_settles(calendars: Calendars) -> None:
    with pytest.raises(CalendarError, match="no session on 2026-11-26"):
        load_profile("XNYS").settlement_date(calendars.get("XNYS"), "stock", day("2026-11-26"))


def test_the_day_of_taipeis_futures_begins_the_night_before(calendars: Calendars) -> None:
    """TAIFEX, After-hours trading: 15:00 to 5:00 of the following day, orders from 14:50, none changed or canceled in
    the last two minutes; contract specification of TE: 8:45-13:45. Friday's night is of Monday."""
    profile = load_profile("XTAF")
    spans = profile.day(calendars.get("XTAF"), A_MONDAY).spans
    assert [(clock(s.starts_ns, profile), clock(s.ends_ns, profile), s.name) for s in spans] == [
        ("11-20 14:50", "11-20 14:58", "night_call"),
        ("11-20 14:58", "11-20 15:00", "night_no_cancel"),
        ("11-20 15:00", "11-21 05:00", "night"),
        ("11-23 08:30", "11-23 08:43", "day_call"),
        ("11-23 08:43", "11-23 08:45", "day_no_cancel"),
        ("11-23 08:45", "11-23 13:45", "day"),
    ]
    assert not spans[1].takes_cancels


def test_the_night_before_lunar_new_year_is_of_the_first_session_after_it(calendars: Calendars) -> None:
    """FSC on Taiwan's calendar of 2024 (money.udn.com): the futures market has a night session after every day session,
    so that of 2024-02-05 too, to 5:00; the next session is of 2024-02-15. None follows the days of settlement only."""
    profile = load_profile("XTAF")
    spans = profile.day(calendars.get("XTAF"), day("2024-02-15")).spans
    assert [(clock(s.starts_ns, profile), clock(s.ends_ns, profile)) for s in spans if s.name == "night"] == [
        ("02-05 15:00", "02-06 05:00")
    ]
    with pytest.raises(CalendarError, match="no session on 2024-02-06"):
        profile.day(calendars.get("XTAF"), day("2024-02-06"))


@pytest.mark.parametrize(("name", "most"), [("taiex_future", 100), ("stock_future", 499), ("etf_future", 499)])
def test_the_largest_order_of_taipeis_futures(name: str, most: int) -> None:
    """TAIFEX, on the largest market order, 2019-05: 499 contracts an order for single stock futures, 100 for others."""
    assert load_profile("XTAF").lots_at(name, A_MONDAY).value.max_qty == most


@pytest.mark.parametrize(
    ("name", "price", "tick"),
    [
        ("taiex_future", "27105", "1"),
        ("electronics_future", "1500.05", "0.05"),
        ("finance_future", "2201.2", "0.2"),
        ("stock_future", "1085", "5"),
    ],
)
def test_ticks_and_limits_of_taipeis_futures(name: str, price: str, tick: str) -> None:
    """TAIFEX contract specifications (TE: 0.05 points); Trading Safeguards: 10 %."""
    profile = load_profile("XTAF")
    table = profile.ticks_at(name, A_MONDAY).value
    assert table.tick_at(px(price)) == px(tick)
    bounds = profile.price_limits_at(name, A_MONDAY).value.bounds(px(price), table)
    assert bounds.high_px <= px(price) * 11 // 10 and bounds.low_px * 10 >= px(price) * 9


def test_unknown_markets_classes_and_boards_name_what_there_is(calendars: Calendars) -> None:
    with pytest.raises(UnknownMarketError, match="did you mean 'XTAI'"):
        load_profile("XTAJ")
    profile = load_profile("XTAI")
    with pytest.raises(NoRowError, match="did you mean 'stock'"):
        profile.ticks_at("stok", A_MONDAY)
    with pytest.raises(NoRowError, match=r"no timetable of 'night' on full days; there is main \(full days\)"):
        profile.day(calendars.get("XTAI"), A_MONDAY, "night")

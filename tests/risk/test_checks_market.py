"""The market's own rules in the gate: each check at its edge and one step beyond, with examples of real markets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kairos.engine.terms import refuse_terms
from kairos.market.price_limits import PriceBounds
from kairos.market.ticks import TickBand, TickTable
from kairos.model.commands import (
    SetHalt,
    SetMarketDay,
    SetMarketFigures,
    SetRestriction,
    SetTradingRules,
    StartTradingDay,
    UpdateMark,
)
from kairos.model.enums import (
    NodeKind,
    OrdType,
    ScopeKind,
    Side,
)
from kairos.model.enums import TimeInForce as Tif
from kairos.model.events import CommandRefused, RestrictionWatched
from kairos.model.market_enums import OddLots, ReferencePrice, RestrictionKind, ShortSaleRule, TradingPhase
from kairos.model.refusals import Refusal, RefusalCode
from kairos.model.values import MarketSpan, Place, PriceBand, Terms
from kairos.model.wire import decode_events
from kairos.risk import checks_market as checks
from kairos.risk.controls_market import MARKET_CONTROLS
from kairos.risk.subject import Subject
from kairos.scenario.runner import run_text
from kairos.scenario.world import ACCOUNT, CLIENT, INSTRUMENT, START_NS, World
from kairos.venue.checks import refuse_prices
from kairos.venue.listing import Listing
from kairos.venue.listing import TradingRules as VenueRules

PX = 10**8
CENT = PX // 100
SECOND = 10**9
# Bands of a share in Taipei: from and to a price in dollars (0: any), and the tick in cents.
TAIPEI = ((0, 10, 1), (10, 50, 5), (50, 100, 10), (100, 500, 50), (500, 1000, 100), (1000, 0, 500))
BANDS = tuple(PriceBand(low * PX or CENT, high * PX, tick * CENT) for low, high, tick in TAIPEI)
SHORT_SIDES = (Side.SELL_SHORT, Side.SELL_SHORT_EXEMPT)


def world_of(text: str = "clock +1s") -> World:
    outcome = run_text(text, "setup")
    assert outcome.passed, outcome.problem
    return outcome.world


def ruled(text: str = "clock +1s", **changes: object) -> World:
    """A desk whose one share has these rules."""
    world = world_of(text)
    set_rules(world, **changes)
    return world


def set_rules(world: World, **changes: object) -> None:
    values: dict[str, object] = {
        "instrument_id": INSTRUMENT, "trading_date": 20261123, "bands": (), "holds_end": False, "low_px": 0,
        "high_px": 0, "min_qty": 0, "qty_step": 0, "max_qty": 0, "odd_lots": OddLots.REFUSED,
        "short_sale": ShortSaleRule.ANY_PRICE, "after_fall_bps": 0, "marking": False, "locate": False,
        "reference": ReferencePrice.LAST, "max_mark_age_ns": 0, "user_id": "",
    }  # fmt: skip
    events = world.give(SetTradingRules(**{**values, **changes}))  # type: ignore[arg-type]
    assert not isinstance(events[0], CommandRefused), events


def terms_of(qty: int = 1000, px: int = 1000 * PX, tif: Tif = Tif.DAY) -> Terms:
    return Terms(qty, OrdType.LIMIT if px else OrdType.MARKET, px, 0, tif, 0, 0)


def subject(
    world: World,
    side: Side = Side.BUY,
    qty: int = 1000,
    px: int = 1000 * PX,
    tif: Tif = Tif.DAY,
    to_market: bool = True,
) -> Subject:
    position = world.desk.find_position(ACCOUNT, INSTRUMENT)
    terms = terms_of(qty, px, tif)
    return Subject(world.desk, position, side, terms, None, world.now_ns, user_id="tina", to_market=to_market)


def terms_refusal(world: World, side: Side = Side.BUY, qty: int = 1000, px: int = 1000 * PX) -> str:
    position = world.desk.find_position(ACCOUNT, INSTRUMENT)
    return told(refuse_terms(terms_of(qty, px), side, position, world.now_ns))


def told(refusal: Refusal | None) -> str:
    return "" if refusal is None else repr(refusal)


def code(refusal: Refusal | None) -> str:
    return "" if refusal is None else refusal.code.name


def test_nothing_is_refused_of_what_nobody_has_said() -> None:
    world = world_of()
    for side in Side:
        assert checks.market_refusal(subject(world, side)) is None
        assert checks.market_verdicts(subject(world, side)) == []


# Ticks and lots


@pytest.mark.parametrize(
    ("px", "problem"),
    [
        (1000 * PX, ""),
        (1003 * PX, "OFF_TICK price=1003 tick=5"),
        (999 * PX, ""),
        (999 * PX + 50 * CENT, "OFF_TICK price=999.5 tick=1"),
        (49 * PX + 95 * CENT, ""),
        (50 * PX + 5 * CENT, "OFF_TICK price=50.05 tick=0.1"),
    ],
)
def test_a_price_is_held_to_the_band_that_it_is_in(px: int, problem: str) -> None:
    assert terms_refusal(ruled("instrument 2330.XTAI tick 0.01", bands=BANDS), px=px) == problem


def test_without_bands_the_instruments_own_tick_holds() -> None:
    assert terms_refusal(ruled(max_qty=1), px=1003 * PX) == "OFF_TICK price=1003 tick=5"
    assert terms_refusal(ruled(max_qty=1), px=995 * PX) == ""


@pytest.mark.parametrize(
    ("qty", "side", "is_taken"),
    [
        (200, Side.BUY, True),
        (150, Side.BUY, False),
        (50, Side.SELL, True),
        (150, Side.SELL, True),
        (250, Side.SELL, True),
        (350, Side.SELL, False),
        (120, Side.SELL, False),
    ],
)
def test_who_holds_a_remainder_may_sell_it_in_one_piece(qty: int, side: Side, is_taken: bool) -> None:
    """Shanghai: lots of 100; of 250 units held the 50 beyond go with whole lots or alone."""
    world = ruled("instrument 2330.XTAI lot 1", qty_step=100, min_qty=100, odd_lots=OddLots.SELL_REMAINDER)
    world.desk.position(ACCOUNT, INSTRUMENT).qty = 250
    assert terms_refusal(world, side, qty) == ("" if is_taken else f"ODD_LOT qty={qty} lot=100")


def test_of_a_least_quantity_any_more_is_taken() -> None:
    """Shanghai's STAR board: at least 200, then any number."""
    world = ruled("instrument 2330.XTAI lot 1", qty_step=1, min_qty=200, odd_lots=OddLots.SELL_REMAINDER)
    assert terms_refusal(world, qty=199).startswith("ODD_LOT")
    assert terms_refusal(world, qty=201) == ""


def test_odd_lots_are_refused_where_they_trade_on_a_board_of_their_own() -> None:
    for odd_lots in (OddLots.OWN_BOARD, OddLots.REFUSED):
        assert terms_refusal(ruled(qty_step=1000, odd_lots=odd_lots), qty=1500) == "ODD_LOT qty=1500 lot=1000"
    assert terms_refusal(ruled(qty_step=1000, odd_lots=OddLots.ALLOWED), qty=1500) == ""


def test_the_markets_largest_order() -> None:
    world = ruled(max_qty=499_000)
    assert checks.max_qty(subject(world, qty=499_000)) is None
    assert told(checks.max_qty(subject(world, qty=500_000))) == "MARKET_MAX_QTY qty=500000 limit=499000"


# Limits of the day


def test_the_limits_of_the_day_are_included_on_both_sides() -> None:
    """2330 in Taipei after a close of 1,085: down to 977, up to 1,190, 10 % rounded inwards to the tick."""
    world = ruled(low_px=977 * PX, high_px=1190 * PX)
    for px in (977, 1190):
        assert checks.price_limit(subject(world, px=px * PX)) is None
    seen = "low=977 high=1190"
    assert told(checks.price_limit(subject(world, px=976 * PX))) == f"PRICE_LIMIT price=976 {seen}"
    assert told(checks.price_limit(subject(world, px=1195 * PX))) == f"PRICE_LIMIT price=1195 {seen}"
    assert checks.price_limit(subject(world, px=0)) is None, "a market order has no price of its own"


def test_a_stop_is_held_to_the_limits_too() -> None:
    world = ruled(low_px=977 * PX, high_px=1190 * PX)
    terms = Terms(1000, OrdType.STOP, 0, 1195 * PX, Tif.DAY, 0, 0)
    position = world.desk.find_position(ACCOUNT, INSTRUMENT)
    refusal = checks.price_limit(Subject(world.desk, position, Side.BUY, terms, None, world.now_ns))
    assert told(refusal) == "PRICE_LIMIT stop_px=1195 low=977 high=1190"


PRICES = st.integers(1, 300_000).map(lambda cents: cents * CENT)


@settings(max_examples=300, deadline=None)
@given(PRICES, PRICES, PRICES, st.booleans())
def test_the_gate_takes_a_price_exactly_when_the_exchange_takes_it(
    one: int, two: int, px: int, holds_end: bool
) -> None:
    low, high = sorted((one, two))
    world = WORLD
    set_rules(world, bands=BANDS, holds_end=holds_end, low_px=low, high_px=high)
    table = TickTable(tuple(TickBand(band.from_px, band.to_px, band.tick) for band in BANDS), holds_end)
    listing = Listing(INSTRUMENT, CENT, 1000, 1, 2, ticks=table, rules=VenueRules(bounds=PriceBounds(low, high)))
    ours = terms_refusal(world, px=px) or told(checks.price_limit(subject(world, px=px)))
    theirs = refuse_prices(OrdType.LIMIT, px, 0, listing)
    assert (ours == "") is (theirs is None), (ours, theirs)


WORLD = world_of("instrument 2330.XTAI tick 0.01")


# Halts and hours


def test_a_halt_of_the_instrument_or_of_its_market() -> None:
    world = world_of()
    for instrument_id, mic in ((INSTRUMENT, ""), ("", "XTAI")):
        world.give(SetHalt(instrument_id, mic, True, "news pending", ""))
        where = instrument_id or mic
        assert told(checks.halted(subject(world))) == f"HALTED halted={where} why=news pending"
        assert checks.halted(subject(world, to_market=False)) is None, "a person may take the order and wait"
        world.give(SetHalt(instrument_id, mic, False, "", ""))
        assert checks.halted(subject(world)) is None
    world.give(SetHalt("", "XHKG", True, "", ""))
    assert checks.halted(subject(world)) is None, "another market"


def test_a_feed_lifts_its_own_halts_alone() -> None:
    world = world_of("user rita RISK")
    world.give(SetHalt(INSTRUMENT, "", True, "by the venue", ""))
    assert world.give(SetHalt(INSTRUMENT, "", True, "again", "")) == []
    assert world.give(SetHalt(INSTRUMENT, "", True, "we wait", "rita")) != []
    assert world.give(SetHalt(INSTRUMENT, "", False, "", "")) == []
    assert told(checks.halted(subject(world))) == f"HALTED halted={INSTRUMENT} why=we wait"
    world.give(SetHalt(INSTRUMENT, "", False, "", "rita"))
    assert checks.halted(subject(world)) is None


# A day in Taipei, in hours after the start of the world: call until 0:30, continuous until 4:55, call until 5:00.
LIMIT_DAY = "20"
CONTINUOUS = "20 23 24 10 13 14"
SPANS = (
    ("opening_call", TradingPhase.OPENING_AUCTION, 60, 90, LIMIT_DAY),
    ("continuous", TradingPhase.CONTINUOUS, 90, 355, CONTINUOUS),
    ("closing_call", TradingPhase.CLOSING_AUCTION, 355, 360, LIMIT_DAY),
)
MINUTE = 60 * SECOND


def with_hours(takes_early: bool = True) -> World:
    world = world_of()
    spans = tuple(
        MarketSpan(name, phase, START_NS + at * MINUTE, START_NS + to * MINUTE, True, True, kinds)
        for name, phase, at, to, kinds in SPANS
    )
    world.give(SetMarketDay("XTAI", 20261123, spans, takes_early, ""))
    return world


def hours_refusal(world: World, minute: int, px: int = 1000 * PX, tif: Tif = Tif.DAY, less_ns: int = 0) -> str:
    world.now_ns = START_NS + minute * MINUTE - less_ns
    return told(checks.market_refusal(subject(world, px=px, tif=tif)))


def test_hours_to_the_nanosecond() -> None:
    world = with_hours(takes_early=False)
    assert hours_refusal(world, 60, less_ns=1) == "MARKET_CLOSED market=XTAI"
    assert hours_refusal(world, 60) == ""
    assert hours_refusal(world, 360, less_ns=1) == ""
    assert hours_refusal(world, 360) == "MARKET_CLOSED market=XTAI"


def test_orders_before_the_open_are_the_venues_to_keep_unless_the_house_says_otherwise() -> None:
    world = with_hours(takes_early=True)
    assert hours_refusal(world, 30) == ""
    assert hours_refusal(world, 361) == "MARKET_CLOSED market=XTAI"


def test_a_phase_takes_its_own_kinds_of_order() -> None:
    """Taipei's calls take limit orders for the day alone; market, IOC and FOK orders trade between them."""
    world = with_hours()
    assert hours_refusal(world, 89) == ""
    market = "PHASE market=XTAI phase=opening_call kind=market/day"
    assert hours_refusal(world, 89, px=0) == market
    at_once = "PHASE market=XTAI phase=closing_call kind=limit/immediate_or_cancel"
    assert hours_refusal(world, 355, tif=Tif.IMMEDIATE_OR_CANCEL) == at_once
    assert hours_refusal(world, 354, tif=Tif.IMMEDIATE_OR_CANCEL) == ""
    assert hours_refusal(world, 90, px=0) == ""


def test_hours_are_not_asked_of_what_a_person_holds() -> None:
    world = with_hours(takes_early=False)
    assert checks.closed(subject(world, to_market=False)) is None
    world.now_ns = START_NS + 61 * MINUTE
    assert checks.phase(subject(world, px=0, to_market=False)) is None


def test_a_day_without_a_session_is_closed_all_day() -> None:
    world = world_of()
    world.give(SetMarketDay("XTAI", 20261123, (), True, ""))
    assert code(checks.market_refusal(subject(world))) == "MARKET_CLOSED"


def test_a_break_within_the_session_is_no_early_hour() -> None:
    world = world_of()
    spans = tuple(
        MarketSpan(
            "continuous", TradingPhase.CONTINUOUS, START_NS + at * MINUTE, START_NS + to * MINUTE, True, True, ""
        )
        for at, to in ((10, 20), (30, 40))
    )
    world.give(SetMarketDay("XTAI", 20261123, spans, True, ""))
    assert hours_refusal(world, 5) == ""
    assert hours_refusal(world, 25) == "MARKET_CLOSED market=XTAI"


# Lists


def restrict(world: World, kind: RestrictionKind, node: NodeKind = NodeKind.FIRM, node_id: str = "") -> None:
    events = world.give(SetRestriction(INSTRUMENT, True, "research", "", kind, node, node_id))
    assert not isinstance(events[0], CommandRefused), events


@pytest.mark.parametrize(
    ("node", "node_id", "binds"),
    [
        (NodeKind.FIRM, "", True),
        (NodeKind.CLIENT, CLIENT, True),
        (NodeKind.CLIENT, "BETA", False),
        (NodeKind.ACCOUNT, ACCOUNT, True),
        (NodeKind.ACCOUNT, "B1", False),
    ],
)
def test_a_list_binds_whom_it_names(node: NodeKind, node_id: str, binds: bool) -> None:
    world = world_of("client BETA\naccount B1 of BETA")
    restrict(world, RestrictionKind.RESTRICTED, node, node_id)
    assert code(checks.market_refusal(subject(world))) == ("RESTRICTED" if binds else "")
    world.give(SetRestriction(INSTRUMENT, False, "", "", RestrictionKind.RESTRICTED, node, node_id))
    assert checks.market_refusal(subject(world)) is None


def test_a_close_only_list_lets_positions_be_reduced_alone() -> None:
    world = world_of()
    world.desk.position(ACCOUNT, INSTRUMENT).qty = 2000
    restrict(world, RestrictionKind.CLOSE_ONLY)
    assert checks.close_only(subject(world, Side.SELL, 2000)) is None
    seen = f"CLOSE_ONLY instrument={INSTRUMENT} held=2000"
    assert told(checks.close_only(subject(world, Side.SELL, 3000))) == seen
    assert told(checks.close_only(subject(world, Side.BUY, 1000))) == seen
    world.desk.position(ACCOUNT, INSTRUMENT).qty = -1000
    assert checks.close_only(subject(world, Side.BUY, 1000)) is None


def test_a_watch_list_lets_pass_and_tells() -> None:
    outcome = run_text(
        'restrict 2330.XTAI WATCH for account A1 text "merger"\nsubmit X BUY 1000 @ 1000\nreplace X as Y @ 1005',
        "watch",
    )
    assert outcome.passed, outcome.problem
    told_of = [event for batch in outcome.world.batches for event in watched_in(batch)]
    assert [(event.order_id, event.account_id, event.node, event.text) for event in told_of] == [
        (1, ACCOUNT, NodeKind.ACCOUNT, "merger")
    ] * 2


def watched_in(batch: bytes) -> list[RestrictionWatched]:
    return [event for event in decode_events(batch) if isinstance(event, RestrictionWatched)]


# Short sales


def test_a_sale_of_more_than_is_held_must_be_marked() -> None:
    world = ruled(marking=True)
    position = world.desk.position(ACCOUNT, INSTRUMENT)
    position.qty = 2000
    assert checks.short_sale_marking(subject(world, Side.SELL, 2000)) is None
    refusal = checks.short_sale_marking(subject(world, Side.SELL, 3000))
    assert told(refusal) == "SHORT_SALE_MARKING selling=3000 held=2000"
    for side in (*SHORT_SIDES, Side.BUY):
        assert checks.short_sale_marking(subject(world, side, 3000)) is None


def test_what_is_marked_as_short_sells_nothing_that_is_held() -> None:
    world = ruled("submit S SELL_SHORT 1000 @ 1000\nsubmit X SELL 1000 @ 1000", marking=True)
    world.desk.position(ACCOUNT, INSTRUMENT).qty = 2000
    assert checks.short_sale_marking(subject(world, Side.SELL, 1000)) is None
    assert (
        told(checks.short_sale_marking(subject(world, Side.SELL, 2000))) == "SHORT_SALE_MARKING selling=3000 held=2000"
    )


def test_located_units_are_used_by_what_works_and_by_what_was_executed() -> None:
    world = ruled(
        "locate A1 2330.XTAI 5000\nsubmit S SELL_SHORT 2000 @ 1000\nsubmit T SELL_SHORT 2000 @ 1000\n"
        "venue ack R1\nvenue ack R2\nvenue fill R2 1000 @ 1000",
        locate=True,
    )
    assert checks.locate(subject(world, Side.SELL_SHORT, 1000)) is None
    refusal = checks.locate(subject(world, Side.SELL_SHORT_EXEMPT, 2000))
    assert told(refusal) == "NO_LOCATE_LEFT qty=2000 left=1000 located=5000"
    assert checks.locate(subject(world, Side.SELL, 9000)) is None


def test_a_cancel_gives_located_units_back_and_so_does_a_bust() -> None:
    worked = "locate A1 2330.XTAI 5000\nsubmit T SELL_SHORT 3000 @ 1000\nvenue ack R1\nvenue fill R1 1000 @ 1000\n"
    ended = worked + "cancel T as C\nvenue canceled R1-1\n"
    for text, done, left in ((ended, 1000, 4000), (ended + "bust F1 by otto", 0, 5000)):
        position = world_of(text).desk.position(ACCOUNT, INSTRUMENT)
        assert (position.short_open, position.short_done, checks.locates_left(position)) == (0, done, left)


def test_located_units_are_for_one_day() -> None:
    world = ruled("locate A1 2330.XTAI 5000\nday 20261124", locate=True)
    assert checks.locates_left(world.desk.position(ACCOUNT, INSTRUMENT)) == 0


def test_a_market_may_forbid_short_sales() -> None:
    world = ruled(short_sale=ShortSaleRule.FORBIDDEN)
    for side in SHORT_SIDES:
        assert code(checks.short_sale_forbidden(subject(world, side))) == "SHORT_SALE_FORBIDDEN"
    assert checks.short_sale_forbidden(subject(world, Side.SELL)) is None


@pytest.mark.parametrize(
    ("rule", "lowest"),
    [
        (ShortSaleRule.NOT_BELOW_LAST, 1005),
        (ShortSaleRule.NOT_BELOW_BEST_ASK, 1010),
        (ShortSaleRule.NOT_BELOW_PREVIOUS_CLOSE, 1000),
    ],
)
def test_short_sales_are_held_to_a_lowest_price(rule: ShortSaleRule, lowest: int) -> None:
    world = ruled("mark 2330.XTAI bid 1000 ask 1010 last 1005", short_sale=rule)
    assert checks.short_sale_price(subject(world, Side.SELL_SHORT, px=lowest * PX)) is None
    refusal = checks.short_sale_price(subject(world, Side.SELL_SHORT, px=(lowest - 5) * PX))
    assert told(refusal) == f"UPTICK rule={rule.name} price={lowest - 5} lowest={lowest}"
    assert told(checks.short_sale_price(subject(world, Side.SELL_SHORT, px=0))).startswith(
        f"UPTICK rule={rule.name} price=market"
    )
    assert checks.short_sale_price(subject(world, Side.SELL_SHORT_EXEMPT, px=PX)) is None


def rule_201(bid: int, ask: int, last_cents: int) -> World:
    """A desk under the rule, with a previous close of 1,000, and a mark."""
    world = ruled(short_sale=ShortSaleRule.ABOVE_BEST_BID_AFTER_FALL, after_fall_bps=1000)
    world.give(UpdateMark(INSTRUMENT, bid * PX, ask * PX, last_cents * CENT))
    return world


def is_bound(world: World, px: int) -> bool:
    return checks.short_sale_price(subject(world, Side.SELL_SHORT, px=px * PX)) is not None


def test_rule_201_begins_with_a_fall_of_a_tenth_and_holds_to_the_next_days_end() -> None:
    """Previous close 1,000: at 900.01 nothing; at 900 the price test, above the bid, whatever comes after."""
    untouched = rule_201(900, 905, 90_001)
    assert not is_bound(untouched, 890)
    world = rule_201(895, 905, 90_000)
    assert is_bound(world, 895)
    assert not is_bound(world, 900)
    world.give(UpdateMark(INSTRUMENT, 990 * PX, 1000 * PX, 995 * PX))
    assert is_bound(world, 990)
    for date, holds in ((20261124, True), (20261125, False)):
        world.give(StartTradingDay(date))
        assert is_bound(world, 990) is holds


# The reference price


@pytest.mark.parametrize(
    ("reference", "expected"),
    [(ReferencePrice.LAST, 1005), (ReferencePrice.MIDDLE, 1015), (ReferencePrice.CLOSE, 980)],
)
def test_the_reference_of_collars_is_what_the_rules_say(reference: ReferencePrice, expected: int) -> None:
    world = ruled("mark 2330.XTAI bid 1010 ask 1020 last 1005", reference=reference)
    world.give(SetMarketFigures(INSTRUMENT, 980 * PX, 0, 0, ""))
    assert world.desk.instruments[INSTRUMENT].collar_px() == expected * PX
    assert subject(world).reference_px == expected * PX


def test_a_new_reference_price_is_the_later_word_on_the_previous_close() -> None:
    world = world_of("figures 2330.XTAI close 980 adv 5000")
    instrument = world.desk.instruments[INSTRUMENT]
    assert instrument.close_px() == 980 * PX
    run = world_of("figures 2330.XTAI close 980 adv 5000\ninstrument 2330.XTAI ref 970")
    instrument = run.desk.instruments[INSTRUMENT]
    assert (instrument.close_px(), instrument.history.adv) == (970 * PX, 5000)


def test_a_mark_grows_stale_one_nanosecond_after_its_age() -> None:
    world = ruled("mark 2330.XTAI bid 1000 ask 1010 last 1005", max_mark_age_ns=5 * SECOND)
    marked = world.now_ns
    world.now_ns = marked + 5 * SECOND
    assert checks.stale_reference(subject(world)) is None
    world.now_ns += 1
    assert told(checks.stale_reference(subject(world))) == "STALE_REFERENCE age_ms=5000 limit_ms=5000"
    set_rules(world, max_mark_age_ns=5 * SECOND, reference=ReferencePrice.CLOSE)
    assert checks.stale_reference(subject(world)) is None, "the previous close does not age"


def test_what_was_never_marked_is_stale() -> None:
    world = world_of("instrument 2317.XTAI")
    instrument = world.desk.instruments["2317.XTAI"]
    set_rules(world, instrument_id="2317.XTAI", max_mark_age_ns=SECOND)
    position = world.desk.find_position(ACCOUNT, instrument.instrument_id)
    refusal = checks.stale_reference(Subject(world.desk, position, Side.BUY, terms_of(), None, world.now_ns))
    assert told(refusal) == "STALE_REFERENCE age_ms=never_marked limit_ms=1000"


# The share of the market's volume


def test_the_share_of_volume_is_executed_works_and_is_asked_for() -> None:
    """Of an average of 100,000: 2,000 executed, 3,000 working, 1,000 asked for are 600 basis points, rounded up."""
    world = world_of(
        "figures 2330.XTAI adv 100000\nlimit A1 ADV_BPS 10%\nsubmit X BUY 5000 @ 1000\nvenue ack R1\n"
        "venue fill R1 2000 @ 1000"
    )
    place = Place(NodeKind.ACCOUNT, ACCOUNT, ScopeKind.ALL, "")
    cell = world.desk.tree.find(place)
    assert cell is not None
    assert checks.adv_seen(subject(world, Side.SELL, 1000), cell) == 600
    assert checks.adv_seen(subject(world, qty=1001), cell) == 601
    world.give(SetMarketFigures(INSTRUMENT, 0, 0, 0, ""))
    assert checks.adv_seen(subject(world), cell) == -1, "nobody knows the volume"


def test_a_limit_on_the_share_of_volume_refuses_one_unit_beyond_it() -> None:
    text = "limit A1 ADV_BPS 5%\nfigures 2330.XTAI adv 100000\n"
    for line in ("submit X BUY 5000 @ 1000 -> X accepted; routed", "submit X BUY 6000 @ 1000 -> X refused MAX_ADV"):
        outcome = run_text(text + line, "volume")
        assert outcome.passed, outcome.problem


# What can't be set, and what is told of the rest


@pytest.mark.parametrize(
    "changes",
    [
        {"low_px": 2 * PX, "high_px": PX},
        {"max_qty": -1},
        {"after_fall_bps": 10_001},
        {"bands": (PriceBand(0, 10 * PX, PX), PriceBand(20 * PX, 0, PX))},
        {"bands": (PriceBand(0, 0, 0),)},
        {"bands": (PriceBand(-1, 0, PX),)},
        {"instrument_id": "9999.XTAI"},
    ],
)
def test_rules_that_make_no_sense_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(AssertionError, match="CommandRefused"):
        set_rules(world_of(), **changes)


def test_every_market_check_is_a_control_in_the_order_of_the_codes() -> None:
    codes = [control.code for control in MARKET_CONTROLS]
    assert codes == [code for code in RefusalCode if code in codes]
    assert len(codes) == len(checks.CHECKS)

"""Volatility interruptions and price limits in a market that clients make: what trades, what waits, what is refused."""

from __future__ import annotations

import pytest
from tests.venue.desk import SECOND, Desk, px
from tests.venue.test_auction import ClientsDesk

from kairos.market.price_limits import BandStep, InterruptionRule, PriceBounds
from kairos.market.ticks import single_tick
from kairos.venue.exchange import Exchange
from kairos.venue.interruption import BandWatch
from kairos.venue.listing import Listing, TradingRules


def rule(
    bps: int, look_back_s: int, pause_s: int, limit_state_s: int = 0, cooling: bool = False, once: bool = False
) -> InterruptionRule:
    return InterruptionRule(
        (BandStep(0, bps),), look_back_s * SECOND, pause_s * SECOND, limit_state_s * SECOND, 0, 0,
        ends_in_auction=not cooling, trades_in_pause=cooling, once_a_session=once,
    )  # fmt: skip


TAIPEI = rule(350, 300, 120)
HONG_KONG = rule(1000, 300, 300, cooling=True)
LULD = rule(500, 300, 300, limit_state_s=15)
REFUSES = rule(200, 300, 0)


def desk_at(interruption: InterruptionRule | None, bounds: PriceBounds | None = None) -> ClientsDesk:
    """A market that opened at 100 with offers from 101 to 112."""
    desk = ClientsDesk()
    rules = TradingRules(
        tape_auctions=False, interruption=interruption, reference_px=px("100"), bounds=bounds or PriceBounds(0, 0)
    )
    listing = Listing("A", px("0.01"), 1, 100 * SECOND, 1000 * SECOND, has_quotes=False, rules=rules, has_tape=False)
    desk.exchange = Exchange([listing], "D")
    desk.at(100)
    for price in range(101, 113):
        desk.order(f"S{price} SELL 10 @ {price}", client="D")
    desk.heard()
    desk.facts()
    return desk


def buys(desk: Desk) -> list[str]:
    return [fill for fill in desk.fills() if fill.startswith("B")]


def test_taipei_stops_for_an_auction_when_a_price_would_leave_the_band() -> None:
    """TWSE: beyond 3.5 % of the mean of five minutes, matching is put off by two minutes and ends in an auction."""
    desk = desk_at(TAIPEI).order("B1 BUY 45 @ 106")
    assert buys(desk) == ["B1 10@101", "B1 10@102", "B1 10@103"]
    assert desk.facts() == ["phase UNSCHEDULED_AUCTION", "auction 10500 pairs 15 leaves -5"]
    assert buys(desk.at(219)) == []
    assert buys(desk.at(220)) == ["B1 10@105", "B1 5@105"]
    assert desk.facts()[1:] == ["phase CONTINUOUS", "auction 0 pairs 0 leaves 0"]


def test_within_the_band_nothing_is_interrupted() -> None:
    desk = desk_at(TAIPEI).order("B1 BUY 45 @ 103")
    assert buys(desk) == ["B1 10@101", "B1 10@102", "B1 10@103"] and desk.facts() == []


def test_hong_kong_goes_on_within_the_band_that_stands_still() -> None:
    """HKEX volatility control mechanism: beyond 10 % of the price five minutes ago, five minutes within the band."""
    desk = desk_at(HONG_KONG).order("B1 BUY 200 @ 112")
    heard = desk.heard()
    assert [text for text in heard if text.startswith("B1 TRADE 10@111")] == []
    assert heard[-1] == "B1 CANCELED cum 100 leaves 0 CANCELED"
    desk.order("B2 BUY 1 @ 111").order("B3 BUY 1 @ 110").order("B4 BUY 1 MKT")
    assert desk.heard() == [
        "B2 REJECTED ORDER_EXCEEDS_LIMIT",
        "B3 NEW cum 0 leaves 1 NEW",
        "B4 NEW cum 0 leaves 1 NEW",
        "B4 CANCELED cum 0 leaves 0 CANCELED",
    ]
    assert buys(desk.at(401).order("B5 BUY 1 @ 111")) == ["B5 1@111"]


@pytest.mark.parametrize(("once", "heard"), [(True, ["B5 1@111"]), (False, [])])
def test_where_a_session_is_interrupted_but_once_the_band_is_watched_no_longer(once: bool, heard: list[str]) -> None:
    """HKEX until it let the volatility control mechanism be triggered several times a session."""
    desk = desk_at(rule(100, 300, 300, cooling=True, once=once)).order("B1 BUY 20 @ 112")
    assert buys(desk.at(399).order("B2 BUY 1 @ 102")) == ["B1 10@101"]
    desk.at(400).order("B4 BUY 90 @ 110")
    desk.fills()
    assert buys(desk.order("B5 BUY 1 @ 111")) == heard


def test_the_limit_state_comes_before_the_pause() -> None:
    """US LULD: fifteen seconds at the band, then a pause of five minutes that ends in an auction."""
    desk = desk_at(LULD).order("B1 BUY 60 @ 107")
    assert len(buys(desk)) == 5 and desk.facts() == []
    assert desk.at(114).facts() == [] and desk.at(115).facts()[0] == "phase UNSCHEDULED_AUCTION"
    assert buys(desk.at(415)) == ["B1 10@106"]


def test_no_pause_follows_when_the_order_is_gone() -> None:
    desk = desk_at(LULD).order("B1 BUY 60 @ 107")
    desk.cancel("B2", "B1").at(116)
    assert "phase UNSCHEDULED_AUCTION" not in desk.facts()
    assert desk.exchange.markets["A"].day.is_trading()


def test_without_a_pause_the_order_is_refused() -> None:
    """TAIFEX dynamic price banding: an order that would trade outside is refused."""
    desk = desk_at(REFUSES).order("B1 BUY 21 @ 103").order("B2 BUY 20 @ 103")
    assert [text.split()[:2] for text in desk.heard() if text[0] == "B"] == [
        ["B1", "REJECTED"],
        ["B2", "NEW"],
        ["B2", "TRADE"],
        ["B2", "TRADE"],
    ]


@pytest.mark.parametrize("price", ["109.01", "90.99"])
def test_orders_beyond_the_day_s_limits_are_refused_and_nobody_trades_there(price: str) -> None:
    desk = desk_at(None, PriceBounds(px("91"), px("109"))).order(f"B1 BUY 1 @ {price}")
    assert desk.heard() == ["B1 REJECTED ORDER_EXCEEDS_LIMIT"]
    assert len(desk.order("B2 BUY 1000 MKT").fills()) == 18


def test_the_centre_follows_the_market() -> None:
    mean = BandWatch(TAIPEI, single_tick(1), 100)
    past = BandWatch(HONG_KONG, single_tick(1), 100)
    for second, price in ((0, 110), (200, 130), (400, 150)):
        mean.note(price, second * SECOND)
        past.note(price, second * SECOND)
    assert [mean.centre(second * SECOND) for second in (0, 250, 450, 600, 800)] == [130, 130, 140, 150, 150]
    assert [past.centre(second * SECOND) for second in (299, 300, 499, 500, 700)] == [100, 110, 110, 130, 150]

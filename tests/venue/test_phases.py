"""A market's day: its phases, what each takes, and the transcript of a Hong Kong day."""

from __future__ import annotations

from tests.venue.desk import SECOND, px
from tests.venue.test_auction import ClientsDesk

from kairos.market.phases import PhaseSpan
from kairos.market.price_limits import PriceBounds
from kairos.market.ticks import TickBand, TickTable
from kairos.model.enums import OrdType, TimeInForce
from kairos.model.market_enums import TradingPhase
from kairos.venue.exchange import Exchange
from kairos.venue.listing import Listing, TradingRules

P = TradingPhase


def span(phase: TradingPhase, start: int, end: int, takes: str, name: str = "", **more: int) -> PhaseSpan:
    """`takes`: "oc" orders and cancels, "o" orders alone, "-" nothing."""
    return PhaseSpan(
        phase, start * SECOND, end * SECOND, "o" in takes, "c" in takes, more.get("random", 0) * SECOND,
        bool(more.get("uncrosses", 0)), name, limit_bps=more.get("limit", 0), every_ns=more.get("every", 0) * SECOND,
    )  # fmt: skip


# A Hong Kong day in seconds for minutes: HKEX, trading hours of the securities market.
HONG_KONG = (
    span(P.OPENING_AUCTION, 540, 555, "oc", "input"),
    span(P.OPENING_AUCTION, 555, 560, "o", "no_cancel"),
    span(P.OPENING_AUCTION, 560, 562, "o", "random_match", uncrosses=1, random=2),
    span(P.QUIESCENT, 562, 570, "-", "blocking"),
    span(P.CONTINUOUS, 570, 720, "oc", "morning"),
    span(P.QUIESCENT, 720, 780, "c", "lunch"),
    span(P.CONTINUOUS, 780, 960, "oc", "afternoon"),
    span(P.CLOSING_AUCTION, 960, 961, "-", "reference"),
    span(P.CLOSING_AUCTION, 961, 966, "oc", "input"),
    span(P.CLOSING_AUCTION, 966, 968, "o", "no_cancel"),
    span(P.CLOSING_AUCTION, 968, 970, "o", "random_close", uncrosses=1, random=2),
)


def hong_kong(seed: int = 1) -> ClientsDesk:
    return ClientsDesk(TradingRules(tape_auctions=False, seed=seed), HONG_KONG)


def test_the_transcript_of_a_hong_kong_day() -> None:
    desk = hong_kong().at(530).order("B0 BUY 1 @ 10.00")
    assert desk.heard() == ["B0 REJECTED EXCHANGE_CLOSED"] and desk.facts() == []
    desk.at(545).order("B1 BUY 100 @ 10.00").order("B2 BUY 10 @ 9.90").cancel("X1", "B2").order("I1 BUY 1 @ 10.00 IOC")
    assert desk.heard()[1:] == [
        "B2 NEW cum 0 leaves 10 NEW",
        "X1 CANCELED cum 0 leaves 0 CANCELED",
        "I1 REJECTED EXCHANGE_CLOSED",
    ]
    desk.at(556).cancel("X2", "B1").order("S1 SELL 60 @ 9.95", client="D")
    assert desk.heard() == ["X2 REFUSED BROKER_OPTION", "S1 NEW cum 0 leaves 60 NEW"]
    assert desk.at(562).fills() == ["S1 60@10", "B1 60@10"]
    desk.at(565).order("B3 BUY 1 @ 10.00").cancel("X3", "B1")
    assert desk.heard() == ["B3 REJECTED EXCHANGE_CLOSED", "X3 REFUSED BROKER_OPTION"]
    assert desk.at(570).order("S2 SELL 10 @ 10.00", client="D").fills() == ["B1 10@10", "S2 10@10"]
    desk.at(730).order("S3 SELL 10 @ 10.00", client="D").cancel("X4", "B1")
    assert desk.heard() == ["S3 REJECTED EXCHANGE_CLOSED", "X4 CANCELED cum 70 leaves 0 CANCELED"]
    desk.at(800).order("B4 BUY 5 @ 10.00").at(965).order("S4 SELL 5 @ 10.00", client="D")
    desk.heard()
    assert desk.at(967).cancel("X5", "B4").heard() == ["X5 REFUSED BROKER_OPTION"]
    assert desk.at(970).fills() == ["S4 5@10", "B4 5@10"]
    assert [fact for fact in desk.facts() if fact.startswith("phase")] == [
        "phase OPENING_AUCTION", "phase OPENING_AUCTION", "phase OPENING_AUCTION", "phase QUIESCENT",
        "phase CONTINUOUS", "phase QUIESCENT", "phase CONTINUOUS", "phase CLOSING_AUCTION", "phase CLOSING_AUCTION",
        "phase CLOSING_AUCTION", "phase CLOSING_AUCTION", "phase CLOSED",
    ]  # fmt: skip


# The closing auction of Hong Kong: within 5 % of the reference price.
CLOSE_WITHIN = (
    span(P.CONTINUOUS, 100, 200, "oc", "open"),
    span(P.CLOSING_AUCTION, 200, 210, "oc", "input", limit=500),
    span(P.CLOSING_AUCTION, 210, 220, "o", "no_cancel", uncrosses=1),
)


def test_an_auction_s_orders_lie_within_its_part_of_the_reference_price_until_it_is_over() -> None:
    rules = TradingRules(tape_auctions=False, reference_px=px("10.01"))
    desk = ClientsDesk(rules, CLOSE_WITHIN).at(150).order("B0 BUY 1 @ 20.00").at(205)
    desk.order("B1 BUY 1 @ 10.52").order("S1 SELL 1 @ 9.50", client="D").order("S2 SELL 1 @ 9.51", client="D")
    assert [text for text in desk.heard() if "B0" not in text] == [
        "B1 REJECTED ORDER_EXCEEDS_LIMIT", "S1 REJECTED ORDER_EXCEEDS_LIMIT", "S2 NEW cum 0 leaves 1 NEW",
    ]  # fmt: skip
    assert "the auction's price limits, 9.51 to 10.51" in desk.messages[1].text
    assert desk.replace("R2", "S2", 1, "9.00", client="D").heard() == ["R2 REFUSED OTHER"]
    assert desk.at(215).order("B2 BUY 1 @ 10.52").heard() == ["B2 REJECTED ORDER_EXCEEDS_LIMIT"]


def test_an_auction_s_price_stays_within_though_orders_from_before_it_go_further() -> None:
    rules = TradingRules(tape_auctions=False, reference_px=px("10.00"))
    desk = ClientsDesk(rules, CLOSE_WITHIN).at(150).order("B0 BUY 9 @ 20.00").order("S0 SELL 5 @ 21.00", client="D")
    desk.at(205).order("S1 SELL 4 @ 10.20", client="D").heard()
    assert desk.at(220).fills() == ["S1 4@10.5", "B0 4@10.5"]


def test_over_lunch_orders_wait_in_the_book_and_keep_their_place() -> None:
    desk = hong_kong().at(600).order("B1 BUY 10 @ 10.00").order("B2 BUY 10 @ 10.00").at(781)
    desk.heard()
    assert desk.order("S1 SELL 10 @ 10.00", client="D").fills() == ["B1 10@10", "S1 10@10"]


def test_auctions_follow_each_other_where_the_market_has_nothing_else() -> None:
    """Taipei's odd lots: a call every few seconds."""
    calls = (span(P.SCHEDULED_AUCTION, 100, 130, "oc", "calls", uncrosses=1, every=5),)
    desk = ClientsDesk(spans=calls).at(101).order("B1 BUY 10 @ 10.00").order("S1 SELL 4 @ 10.00", client="D")
    assert desk.at(104).fills() == [] and desk.at(105).fills() == ["S1 4@10", "B1 4@10"]
    desk.order("S2 SELL 6 @ 10.00", client="D")
    assert desk.at(109).fills() == [] and desk.at(110).fills() == ["S2 6@10", "B1 6@10"]
    assert desk.order("B2 BUY 1 @ 10.00").at(130).heard()[-1] == "B2 EXPIRED cum 0 leaves 0 EXPIRED"


def test_kinds_ticks_and_limits_are_the_market_s() -> None:
    day = (span(P.CONTINUOUS, 100, 1000, "oc", "open"),)
    kinds = frozenset([("open", OrdType.LIMIT, TimeInForce.DAY)])
    bands = TickTable((TickBand(0, px("10"), px("0.01")), TickBand(px("10"), 0, px("0.05"))))
    rules = TradingRules(kinds=kinds, bounds=PriceBounds(px("9"), px("11")), tape_auctions=False)
    desk = ClientsDesk()
    desk.exchange = Exchange(
        [Listing("A", 1, 10, 100 * SECOND, 1000 * SECOND, False, spans=day, ticks=bands, rules=rules)], "D"
    )
    desk.at(200)
    for number, text in enumerate(
        ["10 @ 10.05", "10 @ 9.99", "10 MKT", "10 @ 10.05 IOC", "10 @ 10.01", "10 @ 11.05", "10 @ 8.99", "5 @ 10.05"]
    ):
        desk.order(f"{number} BUY {text}")
    assert [text.split()[2] for text in desk.heard() if "REJECTED" in text] == [
        "UNSUPPORTED_ORDER_CHARACTERISTIC",
        "UNSUPPORTED_ORDER_CHARACTERISTIC",
        "OTHER",
        "ORDER_EXCEEDS_LIMIT",
        "ORDER_EXCEEDS_LIMIT",
        "INCORRECT_QUANTITY",
    ]
    assert [text[0] for text in [message.text for message in desk.messages] if "while A is open" in text] == ["O", "O"]


def test_a_stop_of_a_market_without_tape_is_triggered_by_a_trade_among_clients() -> None:
    desk = ClientsDesk()
    listing = Listing("A", px("0.01"), 1, 100 * SECOND, 1000 * SECOND, has_quotes=False, has_tape=False)
    desk.exchange = Exchange([listing], "D")
    desk.at(300).order("T1 BUY 5 stop 10.00").order("B1 BUY 5 @ 10.00")
    desk.order("S1 SELL 5 @ 10.00", client="D").order("S2 SELL 10 @ 10.01", client="D")
    desk.heard()
    assert desk.order("B2 BUY 5 @ 10.01").fills() == ["S2 5@10.01", "B2 5@10.01"]

"""Auctions among clients: one price for all, price and time within it, and what is published on the way."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st
from tests.venue.desk import SECOND, Desk, px

from kairos.market.phases import PhaseSpan
from kairos.model.enums import OrdType, TimeInForce
from kairos.model.market_enums import TradingPhase
from kairos.venue.exchange import Exchange
from kairos.venue.facts import AuctionFact, MarketFact, PhaseFact
from kairos.venue.listing import Listing, TradingRules

CLIENTS = TradingRules(tape_auctions=False)


class ClientsDesk(Desk):
    """A desk at a market that clients make by themselves: a plain day from 100 s to 1,000 s."""

    def __init__(self, rules: TradingRules = CLIENTS, spans: tuple[PhaseSpan, ...] = (), opened: bool = False) -> None:
        super().__init__(opened=False)
        times = (100 * SECOND, 1000 * SECOND)
        self.exchange = Exchange([Listing("A", px("0.01"), 1, *times, has_quotes=False, spans=spans, rules=rules)], "D")
        if opened:
            self.at(100)

    def facts(self) -> list[str]:
        return [told(fact) for fact in self.exchange.drain_facts(self.now)]


def told(fact: MarketFact) -> str:
    if isinstance(fact, PhaseFact):
        return f"phase {TradingPhase(fact.phase).name if fact.phase else 'CLOSED'}"
    if isinstance(fact, AuctionFact):
        return f"auction {fact.px // px('0.01')} pairs {fact.paired_qty} leaves {fact.imbalance_qty}"
    return f"{type(fact).__name__}"


def test_all_trade_at_one_price_market_orders_first_then_price_then_time() -> None:
    desk = ClientsDesk().at(50)
    desk.order("B1 BUY 100 @ 10.00").order("B2 BUY 100 @ 10.00").order("B3 BUY 50 @ 10.10").order("B4 BUY 30 MKT")
    desk.order("S1 SELL 200 @ 9.90", client="D")
    desk.heard()
    assert [fill for fill in desk.at(100).fills() if fill[0] == "B"] == [
        "B4 30@10",
        "B3 50@10",
        "B1 100@10",
        "B2 20@10",
    ]


def test_immediate_orders_that_an_auction_takes_end_with_it() -> None:
    """TAIFEX: market orders of the opening call are immediate or cancel, or fill or kill."""
    spans = (
        PhaseSpan(TradingPhase.OPENING_AUCTION, 10 * SECOND, 100 * SECOND, True, True, uncrosses=True, name="call"),
        PhaseSpan(TradingPhase.CONTINUOUS, 100 * SECOND, 1000 * SECOND, True, True, name="open"),
    )
    tifs = (TimeInForce.DAY, TimeInForce.IMMEDIATE_OR_CANCEL, TimeInForce.FILL_OR_KILL)
    kinds = frozenset(("call", ord_type, tif) for ord_type in (OrdType.LIMIT, OrdType.MARKET) for tif in tifs)
    desk = ClientsDesk(TradingRules(kinds=kinds, tape_auctions=False), spans).at(50)
    desk.order("K1 BUY 70 MKT FOK").order("K2 BUY 50 MKT FOK").order("I1 BUY 40 MKT IOC").order("B1 BUY 10 @ 9.00")
    desk.order("S1 SELL 60 @ 10.00", client="D")
    desk.heard()
    assert [text.split(" cum")[0] for text in desk.at(100).heard() if text[0] != "S"] == [
        "K1 CANCELED", "K2 TRADE 50@10", "I1 TRADE 10@10", "I1 CANCELED",
    ]  # fmt: skip


def test_what_the_auction_left_trades_on_and_orders_for_it_alone_expire() -> None:
    desk = ClientsDesk().at(50).order("O1 BUY 50 @ 9.00 OPG").order("B1 BUY 100 @ 10.00")
    desk.order("S1 SELL 60 @ 10.00 OPG", client="D")
    desk.heard()
    assert desk.at(100).heard() == [
        "S1 TRADE 60@10 cum 60 leaves 0 FILLED",
        "B1 TRADE 60@10 cum 60 leaves 40 PARTIALLY_FILLED",
        "O1 EXPIRED cum 0 leaves 0 EXPIRED",
    ]
    assert desk.order("S2 SELL 10 @ 10.00", client="D").fills() == ["B1 10@10", "S2 10@10"]


def test_the_close_trades_the_book_and_the_orders_for_it_and_ends_the_day() -> None:
    desk = ClientsDesk().at(50).order("C1 SELL 30 MKT CLS", client="D").at(200).order("B1 BUY 100 @ 10.00")
    desk.order("C2 SELL 20 @ 9.99 CLS", client="D").at(1100)
    desk.heard()
    assert desk.at(1600).heard() == [
        "C1 TRADE 30@10 cum 30 leaves 0 FILLED",
        "B1 TRADE 30@10 cum 30 leaves 70 PARTIALLY_FILLED",
        "C2 TRADE 20@10 cum 20 leaves 0 FILLED",
        "B1 TRADE 20@10 cum 50 leaves 50 PARTIALLY_FILLED",
        "B1 EXPIRED cum 50 leaves 0 EXPIRED",
    ]


def test_price_volume_and_imbalance_are_published_when_they_change() -> None:
    desk = ClientsDesk().at(50)
    assert desk.facts() == ["phase OPENING_AUCTION"]
    desk.order("B1 BUY 100 @ 10.00").order("S1 SELL 60 @ 10.00", client="D")
    assert desk.facts() == ["auction 1000 pairs 60 leaves 40"]
    assert desk.order("B2 BUY 10 @ 9.00").facts() == []
    assert desk.cancel("B3", "B1").facts() == ["auction 0 pairs 0 leaves 0"]
    assert desk.at(100).facts() == ["phase CONTINUOUS"]


def test_an_auction_that_ends_at_random_trades_within_its_time_where_the_seed_says() -> None:
    spans = (
        PhaseSpan(TradingPhase.OPENING_AUCTION, 0, 100 * SECOND, True, True, 20 * SECOND, uncrosses=True),
        PhaseSpan(TradingPhase.CONTINUOUS, 100 * SECOND, 1000 * SECOND, True, True),
    )

    def traded_at(seed: int) -> int:
        desk = ClientsDesk(TradingRules(tape_auctions=False, seed=seed), spans).at(10)
        desk.order("B1 BUY 1 @ 10.00").order("S1 SELL 1 @ 10.00", client="D").at(100)
        desk.heard()
        return desk.messages[-1].transact_time_ns

    times = {traded_at(seed) for seed in range(20)}
    assert len(times) > 1 and all(80 * SECOND <= time <= 100 * SECOND for time in times)
    assert traded_at(7) == traded_at(7)


def test_between_its_trades_and_its_end_an_auction_takes_nothing() -> None:
    span = PhaseSpan(TradingPhase.OPENING_AUCTION, 0, 100 * SECOND, True, True, 100 * SECOND, uncrosses=True)
    after = PhaseSpan(TradingPhase.CONTINUOUS, 100 * SECOND, 1000 * SECOND, True, True)
    desk = ClientsDesk(spans=(span, after)).at(0).order("B1 BUY 1 @ 10.00")
    desk.heard()
    desk.now = desk.exchange.next_deadline_ns()
    desk.order("B2 BUY 1 @ 10.00").cancel("B3", "B1")
    assert desk.heard() == ["B2 REJECTED EXCHANGE_CLOSED", "B3 REFUSED BROKER_OPTION"]
    assert desk.at(100).cancel("B4", "B1").heard() == ["B4 CANCELED cum 0 leaves 0 CANCELED"]


limits = st.sampled_from(["MKT", "@ 9.98", "@ 9.99", "@ 10.00", "@ 10.01", "@ 10.02"])
entries = st.lists(st.tuples(st.sampled_from(["BUY", "SELL"]), st.integers(1, 50), limits), max_size=15)


@given(entered=entries)
def test_quantity_is_conserved_and_nobody_with_a_better_price_is_passed_over(
    entered: list[tuple[str, int, str]],
) -> None:
    desk = ClientsDesk(TradingRules(tape_auctions=False, reference_px=px("10"))).at(50)
    for number, (side, qty, limit) in enumerate(entered):
        desk.order(f"{number} {side} {qty} {limit}", client=side)
    desk.heard()
    filled: dict[str, int] = defaultdict(int)
    traded = set()
    for fill in desk.at(100).fills():
        name, trade = fill.split()
        filled[name] += int(trade.split("@")[0])
        traded.add(trade.split("@")[1])
    sides = [sum(filled[str(n)] for n, entry in enumerate(entered) if entry[0] == side) for side in ("BUY", "SELL")]
    assert sides[0] == sides[1] and len(traded) <= 1
    for side in ("BUY", "SELL"):
        ranked = sorted((n for n, entry in enumerate(entered) if entry[0] == side), key=lambda n: rank(*entered[n]))
        whole = [filled[str(n)] == entered[n][1] for n in ranked]
        some = [filled[str(n)] > 0 for n in ranked]
        assert whole == sorted(whole, reverse=True) and some == sorted(some, reverse=True)


def rank(side: str, _qty: int, limit: str) -> tuple[bool, int]:
    """Market orders, then the better limits; sorting keeps those who are alike in the order of their coming."""
    if limit == "MKT":
        return False, 0
    return True, -px(limit[2:]) if side == "BUY" else px(limit[2:])


def test_an_exchange_may_keep_a_client_from_trading_with_himself() -> None:
    desk = Desk()
    desk.exchange = Exchange([Listing("A", px("0.01"), 1, 1, 9_000 * SECOND, has_tape=False)], "D", True)
    desk.at(200).order("B1 BUY 10 @ 10.00").order("S1 SELL 10 @ 10.00")
    assert desk.fills() == []
    assert desk.order("S2 SELL 10 @ 10.00", client="D").fills() == ["B1 10@10", "S2 10@10"]

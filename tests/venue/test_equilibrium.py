"""The price of a call auction: worked examples of exchanges, each step by itself, and brute force as the judge."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kairos.market.auction_rule import PLAIN_RULE, AuctionRule, AuctionStep
from kairos.model.enums import OrdType, Side, TimeInForce
from kairos.model.numbers import format_price
from kairos.model.numbers import parse_price as px
from kairos.venue.auction import NOTHING, AuctionBook, Indication
from kairos.venue.orders import VenueOrder

HONG_KONG = PLAIN_RULE
TAIPEI = AuctionRule((AuctionStep.VOLUME, AuctionStep.SERVED, AuctionStep.REFERENCE), any_price=True)
SHANGHAI = AuctionRule((AuctionStep.VOLUME, AuctionStep.SERVED, AuctionStep.IMBALANCE, AuctionStep.MIDDLE))
SHENZHEN = AuctionRule((AuctionStep.VOLUME, AuctionStep.SERVED, AuctionStep.IMBALANCE, AuctionStep.REFERENCE))


def order(number: int, is_buy: bool, qty: int, price: int) -> VenueOrder:
    """A price of 0 is a market order's."""
    kind = OrdType.LIMIT if price else OrdType.MARKET
    side = Side.BUY if is_buy else Side.SELL
    return VenueOrder(
        f"O{number}", f"C{number}", "C", "A", side, kind, TimeInForce.DAY, qty, price, 0, 0, 0, number
    )  # fmt: skip


def collected(text: str) -> AuctionBook:
    """`buy 200 24.05, sell 1000 MKT`: in the order of their coming."""
    book = AuctionBook()
    for number, words in enumerate(part.split() for part in text.split(",")):
        price = 0 if words[2] == "MKT" else px(words[2])
        book.add(order(number, words[0] == "buy", int(words[1]), price))
    return book


def told(found: Indication) -> tuple[str, int, int]:
    return format_price(found.px), found.volume, found.imbalance


HKEX_BIDS = "buy 400 23.95, buy 1000 24.00, buy 200 24.05"
HKEX_ASKS = "sell 400 24.05, sell 400 24.05, sell 600 24.00, sell 400 23.95"


def test_hong_kong_example_1_of_the_closing_auction() -> None:
    """HKEX, "The following examples demonstrate how orders are matched through closing auction", example 1: traders A
    to G; the tradable quantities at 24.05, 24.00 and 23.95 are 200, 1,000 and 400, and the IEP is 24.00."""
    book = collected(f"{HKEX_BIDS}, {HKEX_ASKS}")
    assert told(book.indication(HONG_KONG, 0)) == ("24", 1000, 200)


def test_hong_kong_example_1_goes_on_with_an_at_auction_order() -> None:
    """Trader H of the same example sells 1,000 at auction: 200, 1,200 and 1,400 can trade, so the IEP falls to 23.95,
    where all 1,400 of the sellers trade with bids of 1,600."""
    book = collected(f"{HKEX_BIDS}, {HKEX_ASKS}, sell 1000 MKT")
    assert told(book.indication(HONG_KONG, 0)) == ("23.95", 1400, 200)


@pytest.mark.parametrize(
    ("orders", "rule", "reference", "expected"),
    [
        # HKEX, Rules of the Exchange, IEP: (1) volume; (2) least imbalance; (3) the highest price if buyers are left
        # over at each, the lowest if sellers are; (4) the nearest to the reference price, the higher of two.
        ("buy 100 10.02, sell 100 10.00, buy 50 10.01", HONG_KONG, "0", ("10.02", 100, 0)),
        ("buy 300 10.02, sell 100 10.00", HONG_KONG, "0", ("10.02", 100, 200)),
        ("buy 100 10.02, sell 300 10.00", HONG_KONG, "0", ("10", 100, -200)),
        ("buy 100 10.02, sell 100 10.00", HONG_KONG, "9.00", ("10", 100, 0)),
        ("buy 100 10.02, sell 100 10.00", HONG_KONG, "11.00", ("10.02", 100, 0)),
        ("buy 100 10.02, sell 100 10.00", HONG_KONG, "10.01", ("10.02", 100, 0)),
        # TWSE Operating Rules, article 58-3: of the prices at which the most trades, whoever offers better trades in
        # full and one side of the price itself does, the nearest to the last price; it need be nobody's limit.
        ("buy 100 100, sell 100 98", TAIPEI, "99", ("99", 100, 0)),
        ("buy 100 100, sell 100 98", TAIPEI, "97", ("98", 100, 0)),
        ("buy 100 100, sell 100 98", TAIPEI, "105", ("100", 100, 0)),
        ("buy 300 100, sell 100 98", TAIPEI, "97", ("100", 100, 200)),
        # Trading Rules of the Shanghai Stock Exchange, call auction: the least unfilled, then the middle price.
        ("buy 100 10.04, sell 100 10.00, buy 10 9.90, sell 10 10.02, buy 10 10.02", SHANGHAI, "0", ("10.02", 110, 0)),
        ("buy 100 10.04, sell 100 10.00", SHENZHEN, "9.99", ("10", 100, 0)),
        # Market orders alone trade at the reference price, and not at all without one.
        ("buy 100 MKT, sell 80 MKT", HONG_KONG, "7.5", ("7.5", 80, 20)),
        ("buy 100 MKT, sell 80 MKT", HONG_KONG, "0", ("0", 0, 0)),
        ("buy 100 MKT, sell 80 9.00, sell 50 9.10", HONG_KONG, "0", ("9.1", 100, -30)),
        # Nothing crosses.
        ("buy 100 9.00, sell 80 9.01", HONG_KONG, "9.00", ("0", 0, 0)),
    ],
)
def test_the_steps_choose(orders: str, rule: AuctionRule, reference: str, expected: tuple[str, int, int]) -> None:
    assert told(collected(orders).indication(rule, px(reference) if reference != "0" else 0)) == expected


prices = st.sampled_from([0, *range(95, 106)])
entries = st.lists(st.tuples(st.booleans(), st.integers(1, 50), prices), max_size=14)


def traded_at(entered: list[tuple[bool, int, int]], at: int) -> int:
    """Written anew, and slowly: how much could trade at a price."""
    bought = sum(qty for is_buy, qty, limit in entered if is_buy and (limit == 0 or limit >= at))
    sold = sum(qty for is_buy, qty, limit in entered if not is_buy and (limit == 0 or limit <= at))
    return min(bought, sold)


@pytest.mark.parametrize("rule", [HONG_KONG, TAIPEI, SHANGHAI, SHENZHEN])
@given(entered=entries, reference=st.integers(90, 110))
def test_no_price_at_all_would_trade_more(
    rule: AuctionRule, entered: list[tuple[bool, int, int]], reference: int
) -> None:
    book = AuctionBook()
    for number, (is_buy, qty, limit) in enumerate(entered):
        book.add(order(number, is_buy, qty, limit))
    found = book.indication(rule, reference)
    limits = [limit for _, _, limit in entered if limit]
    best = max((traded_at(entered, at) for at in ([*range(85, 116)] if limits else [reference])), default=0)
    assert found.volume == best
    if best:
        assert traded_at(entered, found.px) == best
    else:
        assert found.is_as(NOTHING)

"""The exchange executes every kind of order that a market's profile takes, when it takes it."""

from __future__ import annotations

import pytest

from kairos.adapters.calendars import load_calendars
from kairos.adapters.profiles import load_profile
from kairos.model.enums import OrdStatus, OrdType, Side
from kairos.model.numbers import PRICE_SCALE
from kairos.simulator.market_rules import MarketTerms, terms_of
from kairos.venue.exchange import Exchange
from kairos.venue.listing import Listing

SECOND = 1_000_000_000
A_MORNING = 1_759_975_200 * SECOND  # 2025-10-09 02:00 UTC


def terms(mic: str) -> MarketTerms:
    profile = load_profile(mic)
    calendar = load_calendars().get(profile.calendar)
    found = "stock" if "stock" in profile.ticks else next(iter(profile.ticks))
    return terms_of(profile, calendar, A_MORNING, found, 100 * PRICE_SCALE, clients_auctions=True)


@pytest.mark.parametrize("mic", ["XTAI", "ROCO", "XHKG", "XSHG", "XSHE", "XNYS", "XNAS", "XTAF"])
def test_what_the_profile_takes_the_exchange_takes(mic: str) -> None:
    found = terms(mic)
    kinds = found.rules.kinds
    assert kinds
    for span in found.spans:
        if not span.takes_orders:
            continue
        for number, (_, ord_type, tif) in enumerate(sorted(kind for kind in kinds if kind[0] == span.name)):
            listing = Listing(
                "A", 1, found.lot, int(found.open_ns), int(found.close_ns), has_quotes=False, spans=found.spans,
                ticks=found.ticks, rules=found.rules, has_tape=False,
            )  # fmt: skip
            exchange = Exchange([listing], "D")
            price = 100 * PRICE_SCALE if ord_type is OrdType.LIMIT else 0
            exchange.submit(
                "C", f"O{number}", "A", Side.BUY, ord_type, tif, found.lot, int(span.starts_ns) + SECOND, price
            )
            order = exchange.clients["C"][f"O{number}"]
            assert order.status is not OrdStatus.REJECTED, f"{span.name}: {ord_type.name} {tif.name}: {order.text}"

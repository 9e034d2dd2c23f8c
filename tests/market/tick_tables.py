"""Tick tables of two markets, for tests: one whose bands hold their lower end, one whose bands hold their upper."""

from __future__ import annotations

from kairos.market.ticks import TickBand, TickTable
from kairos.model.numbers import parse_price


def table(*bands: tuple[str, str, str], includes_to: bool = False) -> TickTable:
    made = [TickBand(parse_price(a), parse_price(b) if b else 0, parse_price(tick)) for a, b, tick in bands]
    return TickTable(tuple(made), includes_to)


TAIPEI = table(
    ("0.01", "10", "0.01"),
    ("10", "50", "0.05"),
    ("50", "100", "0.1"),
    ("100", "500", "0.5"),
    ("500", "1000", "1"),
    ("1000", "", "5"),
)
HONG_KONG = table(
    ("0.01", "0.25", "0.001"), ("0.25", "0.5", "0.005"), ("0.5", "10", "0.01"), ("10", "20", "0.02"), includes_to=True
)


def px(text: str) -> int:
    return parse_price(text)

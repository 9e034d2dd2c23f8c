"""Auctions: clients' orders trade at the price of the tape's auction print, all of them together within its volume.

Market orders first, then the more aggressive limit, then who came first. Both sides share the one volume: less than
the real auction could have given, never more.
"""

from __future__ import annotations

from mypy_extensions import i64

from kairos.venue.orders import VenueOrder

Rank = tuple[bool, int, int]


def ranked(orders: list[VenueOrder], px: i64) -> list[VenueOrder]:
    """Those who accept the price, in the order in which they trade."""
    ranks: list[tuple[Rank, VenueOrder]] = []
    for order in orders:
        margin = order.price - px if order.is_buy else px - order.price
        if order.at_market:
            ranks.append(((False, 0, order.entry_seq), order))
        elif margin >= 0:
            ranks.append(((True, -margin, order.entry_seq), order))
    ranks.sort(key=_rank)
    return [order for _, order in ranks]


def _rank(ranked_order: tuple[Rank, VenueOrder]) -> Rank:
    return ranked_order[0]

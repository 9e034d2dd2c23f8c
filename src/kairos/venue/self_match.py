"""Self-match prevention: orders of one SelfMatchPreventionID(2362) never trade with each other.

What happens instead is the aggressive order's to say, by SelfMatchPreventionInstruction(2964). The reports of those
that are canceled carry ExecRestatementReason(378) 18, 19 or 20, as FIX has it since 5.0 SP2. It holds while the
market trades, not in auctions, where all trade at one price and nobody picks the other side.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.venue.book import OrderBook
from kairos.venue.orders import SelfMatch, VenueOrder

BY_AGGRESSIVE: Final = "18"
BY_PASSIVE: Final = "19"
BY_BOTH: Final = "20"
TEXT: Final = "self-match prevention: SelfMatchPreventionID(2362) {} is on both sides"


def is_self_match(taker: VenueOrder, maker: VenueOrder) -> bool:
    """Whether these two must not trade with each other."""
    return bool(taker.smp_id) and taker.smp_id == maker.smp_id


def prevent(book: OrderBook, taker: VenueOrder, maker: VenueOrder, now_ns: i64) -> None:
    """Cancel one of them, or both, in the trade's stead; the passive one hears first."""
    text = TEXT.format(taker.smp_id)
    both = taker.smp is SelfMatch.CANCEL_BOTH
    if taker.smp is not SelfMatch.CANCEL_AGGRESSIVE:
        book.remove(maker)
        book.blotter.cancel(maker, text, now_ns, BY_BOTH if both else BY_PASSIVE)
    if taker.smp is not SelfMatch.CANCEL_PASSIVE:
        book.blotter.cancel(taker, text, now_ns, BY_BOTH if both else BY_AGGRESSIVE)

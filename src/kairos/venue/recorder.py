"""Who is told what a book does: the exchange's blotter makes reports of it, a book that stands alone keeps its trades.

This one does what both do to the orders.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.model.enums import OrdStatus
from kairos.venue.orders import VenueOrder

# LastLiquidityInd(851)
ADDED: Final[i64] = 1
REMOVED: Final[i64] = 2
AUCTION: Final[i64] = 4


class Recorder:
    """Counts fills into orders and closes them."""

    def fill(self, order: VenueOrder, qty: i64, px: i64, now_ns: i64, liquidity: i64 = REMOVED) -> None:
        """The order has traded with the tape."""
        order.add_fill(qty, px)

    def fill_pair(self, taker: VenueOrder, maker: VenueOrder, qty: i64, px: i64, now_ns: i64) -> None:
        """Two orders have traded with each other."""
        maker.add_fill(qty, px)
        taker.add_fill(qty, px)

    def cancel(self, order: VenueOrder, text: str, now_ns: i64, restatement_reason: str = "") -> None:
        """Nothing more of the order can trade; the text says why, and ExecRestatementReason(378) if it has a code."""
        order.close(OrdStatus.CANCELED, text)

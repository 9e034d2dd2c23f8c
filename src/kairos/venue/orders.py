"""An order as the exchange holds it."""

from __future__ import annotations

from enum import Enum
from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.model.enums import OrdStatus, OrdType, Side, TimeInForce

# What stands before an order deeper than the tape shows: more than any tape can ever show, so it never trades by turn.
UNSEEN: Final[i64] = 1 << 60
EVERYDAY_QTY: Final[i64] = 1 << 22
EVERYDAY_PX: Final[i64] = 1 << 40


class Place(Enum):
    """Where a live order waits."""

    NOWHERE = 0
    HELD = 1  # for the auction
    STOPS = 2  # for its trigger
    WAITING = 3  # ready to take what the tape offers next
    BOOK = 4  # resting at its price


class SelfMatch(Enum):
    """SelfMatchPreventionInstruction(2964): who is canceled when orders of one party would meet."""

    CANCEL_AGGRESSIVE = 1
    CANCEL_PASSIVE = 2
    CANCEL_BOTH = 3


class Terms:
    """What a replace may change; all given, changed or not."""

    def __init__(self, order_qty: i64, price: i64, stop_px: i64, max_floor: i64, expire_at_ns: i64) -> None:
        self.order_qty: i64 = order_qty
        self.price: i64 = price
        self.stop_px: i64 = stop_px
        self.max_floor: i64 = max_floor
        self.expire_at_ns: i64 = expire_at_ns


# Out of the garbage collector's way: there are many, and a queue undoes the links between neighbours when one leaves.
@mypyc_attr(acyclic=True)
class VenueOrder:
    """One client's order. Prices are scaled, 0 where the order has none; `max_floor` 0 shows the whole order.

    `prev_order` and `next_order` are links of the queue that holds it, under `queue_px`; `gap` is the tape's size
    between the order before it there and itself, `tape_seq` its time among an order-level tape's orders; `shown_qty` is
    what it shows of `leaves_qty`. Of `min_qty`, MinQty(110), so much must trade at once when it enters; with a
    `smp_id`, SelfMatchPreventionID(2362), it never trades with its like.
    """

    def __init__(
        self,
        venue_order_id: str,
        cl_ord_id: str,
        client: str,
        instrument: str,
        side: Side,
        ord_type: OrdType,
        time_in_force: TimeInForce,
        order_qty: i64,
        price: i64,
        stop_px: i64,
        max_floor: i64,
        expire_at_ns: i64,
        entry_seq: i64,
    ) -> None:
        self.venue_order_id: Final = venue_order_id
        self.client: Final = client
        self.instrument: Final = instrument
        self.side: Final = side
        self.ord_type: Final = ord_type
        self.time_in_force: Final = time_in_force
        self.is_buy: Final[bool] = side is Side.BUY
        self.entry_seq: i64 = entry_seq
        self.cl_ord_id = cl_ord_id
        self.orig_cl_ord_id = ""
        self.order_qty: i64 = order_qty
        self.price: i64 = price
        self.stop_px: i64 = stop_px
        self.max_floor: i64 = max_floor
        self.expire_at_ns: i64 = expire_at_ns
        self.min_qty: i64 = 0
        self.smp_id = ""
        self.smp = SelfMatch.CANCEL_AGGRESSIVE
        self.cum_qty: i64 = 0
        self.leaves_qty: i64 = order_qty
        self.notional: int = 0
        self.status = OrdStatus.NEW
        self.text = ""
        # A stop becomes a market or limit order once triggered; what it was told to be stays in `ord_type`.
        self.at_market = ord_type is OrdType.MARKET or ord_type is OrdType.STOP
        self.triggered = ord_type is OrdType.MARKET or ord_type is OrdType.LIMIT
        self.place = Place.NOWHERE
        self.shown_qty: i64 = 0
        self.gap: i64 = 0
        self.tape_seq: i64 = 0
        self.queue_px: i64 = 0
        self.prev_order: VenueOrder | None = None
        self.next_order: VenueOrder | None = None

    def is_live(self) -> bool:
        """It may still trade."""
        return self.status is OrdStatus.NEW or self.status is OrdStatus.PARTIALLY_FILLED

    def is_immediate(self) -> bool:
        """It takes what it can at once and never rests."""
        return self.time_in_force is TimeInForce.IMMEDIATE_OR_CANCEL or self.time_in_force is TimeInForce.FILL_OR_KILL

    def least_qty(self) -> i64:
        """How much must trade at once when the order enters, or nothing does."""
        if self.time_in_force is TimeInForce.FILL_OR_KILL:
            return self.leaves_qty
        return min(self.min_qty, self.leaves_qty) if self.cum_qty == 0 else 0

    def show(self) -> None:
        """Show the order, or an iceberg's next tip, in the queue."""
        hides = 0 < self.max_floor < self.leaves_qty
        self.shown_qty = self.max_floor if hides else self.leaves_qty

    def keeps_place(self, terms: Terms) -> bool:
        """Whether nothing but the quantity changes, and that downwards."""
        return (
            terms.order_qty <= self.order_qty
            and terms.price == self.price
            and terms.stop_px == self.stop_px
            and terms.max_floor == self.max_floor
            and terms.expire_at_ns == self.expire_at_ns
        )

    def change(self, terms: Terms) -> None:
        """Take the new terms; a quantity below what has traded becomes that (FIX 4.4 volume 4, C.3.c)."""
        self.order_qty = max(terms.order_qty, self.cum_qty)
        self.price = terms.price
        self.stop_px = terms.stop_px
        self.max_floor = terms.max_floor
        self.expire_at_ns = terms.expire_at_ns
        self.resize()

    def resize(self) -> None:
        """Let leaves and status follow a changed `order_qty` or `cum_qty` of an open order."""
        self.leaves_qty = self.order_qty - self.cum_qty
        self.shown_qty = min(self.shown_qty, self.leaves_qty)
        if self.leaves_qty == 0:
            self.status = OrdStatus.FILLED
        else:
            self.status = OrdStatus.NEW if self.cum_qty == 0 else OrdStatus.PARTIALLY_FILLED

    def add_fill(self, qty: i64, px: i64) -> None:
        """Count a fill."""
        self.cum_qty += qty
        self.leaves_qty -= qty
        # The product of everyday numbers fits 64 bits, which costs a tenth of the big one.
        if qty < EVERYDAY_QTY and px < EVERYDAY_PX:
            self.notional += int(qty * px)
        else:
            self.notional += int(qty) * int(px)
        self.status = OrdStatus.FILLED if self.leaves_qty == 0 else OrdStatus.PARTIALLY_FILLED

    def close(self, status: OrdStatus, text: str) -> None:
        """Nothing of the order is left to trade."""
        self.status = status
        self.leaves_qty = 0
        self.text = text

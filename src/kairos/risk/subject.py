"""What a check looks at: one order, new or with new terms, as it would weigh if it were let through."""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.model.enums import OrdType, Side
from kairos.model.numbers import notional_of
from kairos.model.values import Terms
from kairos.state.desk import Desk
from kairos.state.order import Order
from kairos.state.positions import Position
from kairos.state.reference import Account, Instrument


@mypyc_attr(acyclic=True)
class Subject:
    """An order before the gate.

    order:       the order that would be replaced; None for a new one
    reserve_px:  the price at which it weighs on value and buying power: its limit or stop, else the market's
    added_qty:   units that would work beyond those that already do
    """

    def __init__(
        self, desk: Desk, position: Position, side: Side, terms: Terms, order: Order | None, now_ns: i64
    ) -> None:
        self.desk: Final[Desk] = desk
        self.position: Final[Position] = position
        self.account: Final[Account] = position.account
        self.instrument: Final[Instrument] = position.instrument
        self.side: Final[Side] = side
        self.terms: Final[Terms] = terms
        self.order: Final[Order | None] = order
        self.now_ns: Final[i64] = now_ns
        self.reserve_px: Final[i64] = reserve_price(self.instrument, side, terms)
        cum: i64 = 0
        working: i64 = 0
        if order is not None:
            cum = order.cum_qty
            working = order.working
        self.leaves_qty: Final[i64] = max(terms.order_qty - cum, 0)
        self.added_qty: Final[i64] = max(self.leaves_qty - working, 0)

    def notional(self) -> int:
        """Value of what is left to execute, at `reserve_px`."""
        return notional_of(self.leaves_qty, self.reserve_px, self.instrument.multiplier)

    def held_by_order(self) -> int:
        """What the order being replaced holds of the account's buying power."""
        return 0 if self.order is None else self.order.held

    def open_buy(self) -> i64:
        """Working buy units of the position if this were let through."""
        return self.position.open_buy + (self.added_qty if self.side is Side.BUY else 0)

    def open_sell(self) -> i64:
        return self.position.open_sell + (0 if self.side is Side.BUY else self.added_qty)


def reserve_price(instrument: Instrument, side: Side, terms: Terms) -> i64:
    """Limit price, else stop price, else the side of the quote that would be hit, else the mark; 0 when there is
    none."""
    if terms.ord_type is OrdType.LIMIT or terms.ord_type is OrdType.STOP_LIMIT:
        return terms.price
    if terms.ord_type is OrdType.STOP:
        return terms.stop_px
    quote = instrument.ask_px if side is Side.BUY else instrument.bid_px
    return quote if quote > 0 else instrument.mark_px()

"""What a check looks at: one order, new or with new terms, as it would weigh if it were let through."""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.model.enums import NodeKind, OrdType, Side
from kairos.model.numbers import notional_of, size_of
from kairos.model.values import Terms
from kairos.state.bounds import WHOLE_BPS, execution_key, order_key
from kairos.state.desk import Desk
from kairos.state.order import Order
from kairos.state.places import strategy_node
from kairos.state.positions import Position
from kairos.state.reference import Account, Instrument


@mypyc_attr(acyclic=True)
class Leg:
    """A position that the order weighs on: the account's, or that of the book of its trader or its strategy.

    currency:   the instrument's, the same object as that of its sums
    gross, high, low: what the order would add to gross, net_high and net_low (`state.cells.Figures`)
    """

    def __init__(self, position: Position, more_buy: i64, more_sell: i64) -> None:
        self.position: Final[Position] = position
        self.currency: Final[str] = position.sums[0].currency
        self.open_buy: Final[i64] = position.open_buy + more_buy
        self.open_sell: Final[i64] = position.open_sell + more_sell
        _, high, low = position.nets(self.open_buy, self.open_sell)
        self.gross: Final[int] = max(high, -low) - position.gross
        self.high: Final[int] = high - position.net_high
        self.low: Final[int] = low - position.net_low

    def more_long(self) -> int:
        """What the order would add to what is held and works long."""
        position = self.position
        return self._worth(max(position.qty + self.open_buy, 0) - max(position.qty + position.open_buy, 0))

    def more_short(self) -> int:
        position = self.position
        return self._worth(max(self.open_sell - position.qty, 0) - max(position.open_sell - position.qty, 0))

    def _worth(self, qty: i64) -> int:
        instrument = self.position.instrument
        return notional_of(qty, size_of(instrument.mark_px()), instrument.multiplier)

    def only_closes(self, side: Side) -> bool:
        """Whether all that works on this side, with the order, only closes what is held."""
        held = self.position.qty
        return self.open_buy <= -held if side is Side.BUY else self.open_sell <= held


NO_LEGS: Final[list[Leg]] = []
NO_HOLDERS: Final[list[Position]] = []


@mypyc_attr(acyclic=True)
class Subject:
    """An order before the gate.

    order:       the order that would be replaced; None for a new one
    reserve_px:  the price at which it weighs on value and buying power: its limit or stop, else the market's
    worth:       value of what is left to execute, at that price; `worst`, the most that it can come to with the terms
                 that a replace would change; `added_worth`, beyond what already works
    added_qty:   units that would work beyond those that already do
    legs:        the positions on whose paths something is watched
    to_market:   it would go to the market now; a person's care order and a list that waits do not
    is_response: the desk's own answer to a breach, which must be able to reduce what the breach forbids
    venue_id:    where it would go; empty of what a person works
    is_route:    `terms` are those of a part of `order` that goes to a venue; what it weighs is counted already
    reference_px: what its price is held against; 0 when there is none
    share_bps:   of the account's limits, what is in force
    no_rate:     a currency in which something is bounded and to which no rate leads; empty while none was met
    """

    def __init__(
        self,
        desk: Desk,
        position: Position,
        side: Side,
        terms: Terms,
        order: Order | None,
        now_ns: i64,
        strategy_id: str = "",
        trader_id: str = "",
        user_id: str = "",
        session: str = "",
        reason: str = "",
        to_market: bool = True,
        is_response: bool = False,
        venue_id: str = "",
        is_route: bool = False,
    ) -> None:
        self.desk: Final[Desk] = desk
        self.position: Final[Position] = position
        self.account: Final[Account] = position.account
        self.instrument: Final[Instrument] = position.instrument
        self.side: Final[Side] = side
        self.is_buy: Final[bool] = side is Side.BUY
        self.terms: Final[Terms] = terms
        self.order: Final[Order | None] = order
        self.now_ns: Final[i64] = now_ns
        self.user_id: Final[str] = user_id
        self.session: Final[str] = session
        self.to_market: Final[bool] = to_market
        self.is_response: Final[bool] = is_response
        self.reserve_px: Final[i64] = reserve_price(self.instrument, side, terms)
        cum: i64 = 0
        working: i64 = 0
        before: int = 0
        if order is not None:
            cum = order.cum_qty
            working = order.working
            before = order.worth
            strategy_id, trader_id = order.strategy_id, order.trader_id
            venue_id = venue_id if venue_id else order.market_id()
        self.reason: Final[str] = reason
        self.strategy_id: Final[str] = strategy_id
        self.trader_id: Final[str] = trader_id
        self.venue_id: Final[str] = venue_id
        self.leaves_qty: Final[i64] = terms.order_qty if is_route else max(terms.order_qty - cum, 0)
        self.added_qty: Final[i64] = 0 if is_route else max(self.leaves_qty - working, 0)
        self.worth: Final[int] = notional_of(self.leaves_qty, self.reserve_px, self.instrument.multiplier)
        self.worst: Final[int] = (
            self.worth if order is None or is_route else order.worth_with(self.leaves_qty, self.reserve_px)
        )
        self.added_worth: Final[int] = max(self.worst - before, 0)
        self.reference_px: Final[i64] = self.instrument.collar_px()
        self.no_rate: str = ""
        self._holders: list[Position] | None = None
        self._order_key: str = ""
        self._execution_key: str = ""
        self.legs: Final[list[Leg]] = NO_LEGS if desk.tree.is_bare() else self._watched()
        self.share_bps: Final[i64] = self._share() if self.legs else WHOLE_BPS

    def _watched(self) -> list[Leg]:
        more_buy: i64 = self.added_qty if self.is_buy else 0
        more_sell: i64 = 0 if self.is_buy else self.added_qty
        tree = self.desk.tree
        legs: list[Leg] = []
        if self.position.sums:
            legs.append(Leg(self.position, more_buy, more_sell))
        if self.trader_id:
            book = tree.find_book_position(NodeKind.TRADER, self.trader_id, self.instrument)
            if book.sums:
                legs.append(Leg(book, more_buy, more_sell))
        if self.strategy_id:
            node_id = strategy_node(self.account.account_id, self.strategy_id)
            book = tree.find_book_position(NodeKind.STRATEGY, node_id, self.instrument)
            if book.sums:
                legs.append(Leg(book, more_buy, more_sell))
        return legs

    def _share(self) -> i64:
        """What the responses above the account have left of its limits."""
        share = WHOLE_BPS
        for of_currency in self.position.sums:
            share = min(share, of_currency.cell.shrink_bps)
        return share

    def share_of(self, limit: int) -> int:
        """What of one of the account's limits is in force."""
        return limit if self.share_bps >= WHOLE_BPS else limit * int(self.share_bps) // WHOLE_BPS

    def of_account(self, money: int) -> int:
        """Money of the instrument in the account's currency."""
        if self.position.purse is self.account:
            return money
        return self.in_currency(money, self.instrument.defined.currency, self.account.defined.currency)

    def holders(self) -> list[Position]:
        """All accounts' positions in the instrument."""
        if self._holders is None:
            self._holders = self.desk.holders.get(self.instrument.instrument_id, NO_HOLDERS)
        return self._holders

    def order_key(self) -> str:
        """What makes another order the same, made when it is first asked for."""
        if not self._order_key:
            ids = (self.account.account_id, self.instrument.instrument_id)
            self._order_key = order_key(ids[0], ids[1], self.side, self.terms)
        return self._order_key

    def execution_key(self) -> str:
        """What makes executions alike."""
        if not self._execution_key:
            self._execution_key = execution_key(self.instrument.instrument_id, self.side)
        return self._execution_key

    def notional(self) -> int:
        """Value of what is left to execute, at `reserve_px`."""
        return self.worth

    def held_by_order(self) -> int:
        """What the order being replaced holds of the account's buying power."""
        return 0 if self.order is None else self.order.held

    def open_buy(self) -> i64:
        """Working buy units of the position if this were let through."""
        return self.position.open_buy + (self.added_qty if self.is_buy else 0)

    def open_sell(self) -> i64:
        return self.position.open_sell + (0 if self.is_buy else self.added_qty)

    def only_closes(self) -> bool:
        """Whether all that works on its side only closes what the account holds."""
        held = self.position.qty
        return self.open_buy() <= -held if self.is_buy else self.open_sell() <= held

    def in_currency(self, money: int, of: str, into: str) -> int:
        """Money in another currency; where no rate leads there, that is noted, and refused in the end."""
        if of is into or money == 0 or of == into:
            return money
        converted = self.desk.tree.rates.convert(money, of, into)
        if converted is None:
            self.no_rate = f"{of}/{into}"
            return 0
        return converted


def reserve_price(instrument: Instrument, side: Side, terms: Terms) -> i64:
    """Limit price, else stop price, else the side of the quote that would be hit, else the mark; 0 when there is
    none."""
    if terms.ord_type is OrdType.LIMIT or terms.ord_type is OrdType.STOP_LIMIT:
        return terms.price
    if terms.ord_type is OrdType.STOP:
        return terms.stop_px
    quote = instrument.ask_px if side is Side.BUY else instrument.bid_px
    return quote if quote > 0 else instrument.mark_px()

"""Positions and profit from executions: average cost, exact, and able to take an execution back.

A position is a fold over its executions. A bust or a correction changes one execution in the past, and average cost
can't be undone by arithmetic, so the position folds its executions again from the day's start. That is rare; booking
is not.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.model.enums import Side
from kairos.model.numbers import MAX_WORD, average_price, magnitude, notional_of, product, size_of
from kairos.state.executions import Executions
from kairos.state.reference import Account, Instrument
from kairos.state.shelf import Shelf


def is_buy(side: Side) -> bool:
    return side is Side.BUY


def share_of(cost: int, part: i64, whole: i64) -> int:
    """cost * part // whole, by way of the cost of one unit, which keeps the products small."""
    if part == whole:
        return cost
    if magnitude(cost) > MAX_WORD:
        return cost * int(part) // int(whole)
    each = cost // whole
    return product(each, part) + product(cost - each * whole, part) // int(whole)


@mypyc_attr(acyclic=True)
class Trade:
    """An execution of a client order. `last_report_id` is the ExecID(17) that a bust or correction must name."""

    def __init__(
        self,
        trade_id: i64,
        order_id: i64,
        route_id: i64,
        venue_id: str,
        side: Side,
        last_qty: i64,
        last_px: i64,
    ) -> None:
        self.trade_id: Final[i64] = trade_id
        self.order_id: Final[i64] = order_id
        self.route_id: Final[i64] = route_id
        self.venue_id: Final[str] = venue_id
        self.venue_exec_ids: tuple[str, ...] = ()
        self.side: Final[Side] = side
        self.last_qty: i64 = last_qty
        self.last_px: i64 = last_px
        self.last_report_id: i64 = trade_id
        self.busted: bool = False

    def signed_qty(self) -> i64:
        """Units bought (positive) or sold; none when busted."""
        if self.busted:
            return 0
        return self.last_qty if is_buy(self.side) else -self.last_qty


@mypyc_attr(acyclic=True)
class Position:
    """What one account holds of one instrument.

    qty:      signed units
    cost:     signed money: what the open units cost (negative for a short position: what they brought)
    realized: money won or lost on closed units
    open_buy, open_sell: units of working orders
    """

    def __init__(self, account: Account, instrument: Instrument) -> None:
        self.account: Final[Account] = account
        self.instrument: Final[Instrument] = instrument
        self.qty: i64 = 0
        self.cost: int = 0
        self.realized: int = 0
        self.open_buy: i64 = 0
        self.open_sell: i64 = 0
        self.gross: int = 0
        self.net: int = 0
        self.start_qty: i64 = 0
        self.start_cost: int = 0
        self.start_realized: int = 0
        self.executions: Final[Executions] = Executions()

    def is_of(self, account_id: str, instrument_id: str) -> bool:
        return self.instrument.instrument_id == instrument_id and self.account.account_id == account_id

    def book(self, trade: Trade) -> None:
        """Add an execution."""
        self.executions.add(trade.trade_id, trade.signed_qty(), trade.last_px)
        self._fold(trade.signed_qty(), trade.last_px)
        self.reweigh()

    def amend(self, trade: Trade) -> None:
        """An execution was busted or corrected."""
        self.executions.amend(trade.trade_id, trade.signed_qty(), trade.last_px)
        self.refold()

    def refold(self) -> None:
        """Fold the executions again."""
        self._begin()
        self._fold_all(self.executions)
        self.reweigh()

    def forget(self, trades: Shelf[Trade]) -> None:
        """Let the start of the day take in the executions that are not on the shelf: no one can amend them any more."""
        gone = self.executions.take_gone(trades)
        if len(gone):
            self._begin()
            self._fold_all(gone)
            self.start_qty, self.start_cost, self.start_realized = self.qty, self.cost, self.realized
            self.refold()

    def _begin(self) -> None:
        self.qty = self.start_qty
        self.cost = self.start_cost
        self.realized = self.start_realized

    def _fold_all(self, executions: Executions) -> None:
        for _, signed, px in executions.rows():
            self._fold(signed, px)

    def restate(self, qty: i64, cost: int, realized: int) -> None:
        """In new units: the start of the day takes in every execution, none of which can be amended any more."""
        self.start_qty, self.start_cost, self.start_realized = qty, cost, realized
        self.executions.clear()
        self.refold()

    def _fold(self, signed: i64, px: i64) -> None:
        """Average cost: adding units adds their cost, closing units takes their share of it out."""
        if signed == 0:
            return
        multiplier = self.instrument.multiplier
        held = self.qty
        self.qty = held + signed
        if held == 0 or (held > 0) == (signed > 0):
            self.cost += notional_of(signed, px, multiplier)
            return
        closing: i64 = min(size_of(signed), size_of(held))
        share = share_of(self.cost, closing, size_of(held))
        proceeds = notional_of(closing if held > 0 else -closing, px, multiplier)
        self.realized += proceeds - share
        closed = size_of(signed) <= size_of(held)
        self.cost = self.cost - share if closed else notional_of(held + signed, px, multiplier)

    def avg_px(self) -> i64:
        """Average cost a unit of the open position, scaled price; 0 when flat."""
        units = product(size_of(self.qty), self.instrument.multiplier)
        return average_price(self.cost if self.qty > 0 else -self.cost, units)

    def unrealized(self) -> int:
        """Money won or lost on open units at the mark; 0 without a mark."""
        mark = self.instrument.mark_px()
        return notional_of(self.qty, mark, self.instrument.multiplier) - self.cost if mark else 0

    def work(self, side: Side, qty: i64) -> None:
        """Count working units more (or fewer, when negative)."""
        if is_buy(side):
            self.open_buy += qty
        else:
            self.open_sell += qty
        self.reweigh()

    def reweigh(self) -> None:
        """Bring the account's exposure up to date with this position."""
        gross, net = self.weight(self.open_buy, self.open_sell)
        self.account.gross += gross - self.gross
        self.account.net += net - self.net
        self.gross = gross
        self.net = net

    def weight(self, open_buy: i64, open_sell: i64) -> tuple[int, int]:
        """Gross (worst case of filling one side only) and net exposure at the mark, given the working units."""
        mark = self.instrument.mark_px()
        multiplier = self.instrument.multiplier
        worst: i64 = max(size_of(self.qty + open_buy), size_of(self.qty - open_sell))
        net = self.qty + open_buy - open_sell
        return notional_of(worst, size_of(mark), multiplier), notional_of(net, mark, multiplier)

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
from kairos.state.cells import Figures, Sum
from kairos.state.executions import Executions
from kairos.state.position_day import DayFigures, PositionDay
from kairos.state.reference import Account, Instrument, Purse
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
    """What one account holds of one instrument; or a book, that of a strategy or a trader (`state.tree`).

    book_key: the node whose book it is in, where it is a book's; its account only stands in then
    purse:    the account's money in the instrument's currency
    qty:      signed units
    cost:     signed money: what the open units cost (negative for a short position: what they brought)
    realized: money won or lost on closed units
    open_buy, open_sell: units of working orders
    open_notional, reserved, open_orders: of working orders the worth of all, of those to buy, and how many they are
    day_from: the first ExecID(17) of the day
    day_qty:  units bought and sold today, where it is watched
    locate_qty: units located for short sales today; `short_open` work of orders marked so, `short_done` were executed
    day:      what was won and lost today
    sums:     of the watched cells on its path, and `told` and `told_day`, what it has added to each of them
    """

    def __init__(self, account: Account, instrument: Instrument, book_key: str = "", is_kept: bool = True) -> None:
        self.account: Final[Account] = account
        self.instrument: Final[Instrument] = instrument
        self.book_key: Final[str] = book_key
        currency = instrument.defined.currency
        self.purse: Final[Purse] = account.purse(currency) if is_kept else account.find_purse(currency)
        self.qty: i64 = 0
        self.cost: int = 0
        self.realized: int = 0
        self.open_buy: i64 = 0
        self.open_sell: i64 = 0
        self.gross: int = 0
        self.net: int = 0
        self.net_high: int = 0
        self.net_low: int = 0
        self.start_qty: i64 = 0
        self.start_cost: int = 0
        self.start_realized: int = 0
        self.executions: Final[Executions] = Executions()
        self._working: dict[int, bool] | None = None
        self.open_notional: int = 0
        self.reserved: int = 0
        self.open_orders: i64 = 0
        self.day_from: i64 = 1
        self.day_bought: int = 0
        self.day_sold: int = 0
        self.day_qty: i64 = 0
        self.locate_qty: i64 = 0
        self.short_open: i64 = 0
        self.short_done: i64 = 0
        self.sums: list[Sum] = []
        self.told: Figures | None = None
        self.day: Final[PositionDay] = PositionDay()
        self.told_day: DayFigures = DayFigures()
        self._day_is_told: bool = True

    def is_of(self, account_id: str, instrument_id: str) -> bool:
        return self.instrument.instrument_id == instrument_id and self.account.account_id == account_id

    def book(self, trade: Trade) -> None:
        """Add an execution."""
        self.take(trade)
        self.reweigh()

    def take(self, trade: Trade) -> None:
        """Add an execution; whoever does so weighs the position anew, once what works has changed, too."""
        if not self.executions.add(trade.trade_id, trade.signed_qty(), trade.last_px):
            self.refold()
            return
        self._fold(trade.signed_qty(), trade.last_px)
        if self.told is not None:
            self._count_today(trade.trade_id, trade.signed_qty(), trade.last_px)

    def amend(self, trade: Trade) -> None:
        """An execution was busted or corrected."""
        self.executions.amend(trade.trade_id, trade.signed_qty(), trade.last_px)
        self.refold()

    def refold(self) -> None:
        """Fold the executions again."""
        self._begin()
        self._fold_days()
        if self.told is not None:
            self._recount_today()
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

    def _fold_days(self) -> None:
        """Those of earlier days lead to the day's start, and the rest on from there."""
        day = self.day
        at_start = day.exec_id == 0
        day.forget_closings()
        for trade_id, signed, px in self.executions.rows():
            if not at_start and trade_id >= day.exec_id:
                at_start = True
                day.start(self.realized + self.unrealized_at(day.mark_px))
            self._fold(signed, px)
        if not at_start:
            day.start(self.realized + self.unrealized_at(day.mark_px))
        self._day_is_told = False

    def turn_day(self, first_exec_id: i64) -> None:
        """The trading day begins: P&L is measured from here on."""
        self.day.exec_id = first_exec_id
        self.day.mark_px = self.instrument.mark_px()
        self.day.start(self.realized + self.unrealized())
        self._day_is_told = False

    def restore_day(self) -> None:
        """`day` was set to what a snapshot says of it."""
        self._day_is_told = False
        self.reweigh()

    def restate(self, qty: i64, cost: int, realized: int) -> None:
        """In new units: the start of the day takes in every execution, none of which can be amended any more. Closings
        of the day were in old units: they are forgotten, which costs nothing as long as the market is not open."""
        self.start_qty, self.start_cost, self.start_realized = qty, cost, realized
        self.day.exec_id = 0
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
        self.day.close(closing, proceeds - share)
        self._day_is_told = False
        closed = size_of(signed) <= size_of(held)
        self.cost = self.cost - share if closed else notional_of(held + signed, px, multiplier)

    def avg_px(self) -> i64:
        """Average cost a unit of the open position, scaled price; 0 when flat."""
        units = product(size_of(self.qty), self.instrument.multiplier)
        return average_price(self.cost if self.qty > 0 else -self.cost, units)

    def unrealized(self) -> int:
        """Money won or lost on open units at the mark; 0 without a mark."""
        return self.unrealized_at(self.instrument.mark_px())

    def unrealized_at(self, mark: i64) -> int:
        return notional_of(self.qty, mark, self.instrument.multiplier) - self.cost if mark else 0

    def work(self, side: Side, qty: i64, worth: int, orders: i64) -> None:
        """Count working units, their worth and orders more (or fewer, when negative)."""
        self.open_notional += worth
        self.open_orders += orders
        if is_buy(side):
            self.open_buy += qty
            self.reserved += worth
            self.purse.reserved += worth
        else:
            self.open_sell += qty
            if side is not Side.SELL:
                self.short_open += qty
        if qty or self.told is not None:
            self.reweigh()

    def reweigh(self) -> None:
        """Bring the account's exposure, and the watched cells, up to date with this position."""
        held, high, low = self.nets(self.open_buy, self.open_sell)
        gross = max(high, -low)
        net = high + low - held
        purse = self.purse
        if gross != self.gross:
            purse.gross += gross - self.gross
            self.gross = gross
        if net != self.net:
            purse.net += net - self.net
            self.net = net
        if high != self.net_high:
            purse.net_high += high - self.net_high
            self.net_high = high
        if low != self.net_low:
            purse.net_low += low - self.net_low
            self.net_low = low
        if self.told is not None:
            self._tell(self.told)

    def weight(self, open_buy: i64, open_sell: i64) -> tuple[int, int]:
        """Gross (worst case of filling one side only) and net exposure at the mark, given the working units."""
        held, high, low = self.nets(open_buy, open_sell)
        return max(high, -low), high + low - held

    def nets(self, open_buy: i64, open_sell: i64) -> tuple[int, int, int]:
        """What is held at the mark, the most that it can come to, and the least, given the working units."""
        mark = self.instrument.mark_px()
        multiplier = self.instrument.multiplier
        held = notional_of(self.qty, mark, multiplier)
        bought = held + notional_of(open_buy, mark, multiplier) if open_buy else held
        sold = held - notional_of(open_sell, mark, multiplier) if open_sell else held
        return (held, bought, sold) if mark >= 0 else (held, sold, bought)

    # Which orders work here: kept from the moment when somebody first asks (`Desk.working_orders`)

    def knows_working(self) -> bool:
        return self._working is not None

    def working_ids(self) -> list[int]:
        return [] if self._working is None else list(self._working)

    def keep_working(self, order_ids: list[int]) -> None:
        """These work now."""
        self._working = dict.fromkeys(order_ids, True)

    def note_working(self, order_id: i64, works: bool) -> None:
        """An order begins or ends to work."""
        if self._working is not None:
            if works:
                self._working[order_id] = True
            else:
                self._working.pop(order_id, None)

    # Watched cells

    def watch(self, sums: list[Sum]) -> None:
        """Add to these sums from now on, and to no others."""
        if self.told is not None:
            gone = Figures().less(self.told)
            gone_day = DayFigures().less(self.told_day)
            for of_currency in self.sums:
                of_currency.add(gone)
                of_currency.day.add(gone_day)
        self.sums = sums
        self.told = None
        self.told_day = DayFigures()
        self._day_is_told = False
        self.day_bought = self.day_sold = 0
        self.day_qty = 0
        if sums:
            self.told = Figures()
            self._recount_today()
            self._tell(self.told)

    def begin_day(self, first_exec_id: i64) -> None:
        """What was executed before is of an earlier day."""
        self.day_from = first_exec_id
        if self.told is not None:
            self._recount_today()
            self._tell(self.told)

    def _recount_today(self) -> None:
        self.day_bought = self.day_sold = 0
        self.day_qty = 0
        for trade_id, signed, px in self.executions.rows():
            self._count_today(trade_id, signed, px)

    def _count_today(self, trade_id: i64, signed: i64, px: i64) -> None:
        if trade_id < self.day_from:
            return
        self.day_qty += size_of(signed)
        if signed > 0:
            self.day_bought += notional_of(signed, px, self.instrument.multiplier)
        else:
            self.day_sold += notional_of(-signed, px, self.instrument.multiplier)

    def _tell(self, told: Figures) -> None:
        """Add to each sum what has changed since it was last told."""
        now = self.figures()
        change = now.less(told)
        for of_currency in self.sums:
            of_currency.add(change)
            of_currency.cell.touch()
        self.told = now
        if not self._day_is_told:
            self._tell_day()

    def _tell_day(self) -> None:
        """The same of the day, which changes only when units are closed or executions amended."""
        change = self.day.less(self.told_day)
        for of_currency in self.sums:
            of_currency.day.add(change)
        self.told_day.add(change)
        self._day_is_told = True

    def figures(self) -> Figures:
        """What the position comes to; of executions of the day only where it is watched."""
        mark = size_of(self.instrument.mark_px())
        multiplier = self.instrument.multiplier
        now = Figures()
        now.gross = self.gross
        now.net = self.net
        now.long = notional_of(max(self.qty + self.open_buy, 0), mark, multiplier)
        now.short = notional_of(max(self.open_sell - self.qty, 0), mark, multiplier)
        now.cost = self.cost
        now.realized = self.realized
        now.unrealized = self.unrealized()
        now.open_notional = self.open_notional
        now.reserved = self.reserved
        now.open_orders = self.open_orders
        now.day_bought = self.day_bought
        now.day_sold = self.day_sold
        now.net_high = self.net_high
        now.net_low = self.net_low
        return now

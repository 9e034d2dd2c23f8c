"""What is known at one place of the tree that somebody watches: a node crossed with what it trades.

Only what is watched has a cell: a place where a limit, a rule, a kill or a question hangs. Positions feed the sums of
the cells on their path (`Position.tell`), so that reading one costs nothing and an unwatched desk pays nothing.
"""

from __future__ import annotations

from sys import intern
from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.model.enums import LimitKind, NodeKind
from kairos.model.values import Limit, Place
from kairos.state.bounds import Bound
from kairos.state.constraints import Constraints
from kairos.state.indicators import Indicators
from kairos.state.position_day import DayFigures
from kairos.state.rates import Rates


@mypyc_attr(acyclic=True)
class Figures:
    """What positions come to, in one currency.

    gross:         the worst case of filling one side only, at the mark
    net:           signed, with every working order filled, at the mark
    long, short:   what is held and works on that side, at the mark; neither is ever negative
    cost:          what the open units cost (negative where short)
    realized:      money won or lost on closed units
    unrealized:    money won or lost on open units, at the mark
    open_notional: working orders of both sides at their own prices, and `reserved`, those to buy
    open_orders:   how many orders work
    day_bought, day_sold: executions of the day
    net_high, net_low: as net, with only those orders that raise it, and only those that lower it
    """

    def __init__(self) -> None:
        self.gross: int = 0
        self.net: int = 0
        self.long: int = 0
        self.short: int = 0
        self.cost: int = 0
        self.realized: int = 0
        self.unrealized: int = 0
        self.open_notional: int = 0
        self.reserved: int = 0
        self.open_orders: i64 = 0
        self.day_bought: int = 0
        self.day_sold: int = 0
        self.net_high: int = 0
        self.net_low: int = 0

    def rows(self) -> tuple[int, ...]:
        """All of them, in the order above."""
        return (
            self.gross,
            self.net,
            self.long,
            self.short,
            self.cost,
            self.realized,
            self.unrealized,
            self.open_notional,
            self.reserved,
            int(self.open_orders),
            self.day_bought,
            self.day_sold,
            self.net_high,
            self.net_low,
        )

    def add(self, more: Figures) -> None:
        """Take in what has changed."""
        self.gross += more.gross
        self.net += more.net
        self.long += more.long
        self.short += more.short
        self.cost += more.cost
        self.realized += more.realized
        self.unrealized += more.unrealized
        self.open_notional += more.open_notional
        self.reserved += more.reserved
        self.open_orders += more.open_orders
        self.day_bought += more.day_bought
        self.day_sold += more.day_sold
        self.net_high += more.net_high
        self.net_low += more.net_low

    def less(self, other: Figures) -> Figures:
        """What these have beyond others."""
        rest = Figures()
        rest.gross = self.gross - other.gross
        rest.net = self.net - other.net
        rest.long = self.long - other.long
        rest.short = self.short - other.short
        rest.cost = self.cost - other.cost
        rest.realized = self.realized - other.realized
        rest.unrealized = self.unrealized - other.unrealized
        rest.open_notional = self.open_notional - other.open_notional
        rest.reserved = self.reserved - other.reserved
        rest.open_orders = self.open_orders - other.open_orders
        rest.day_bought = self.day_bought - other.day_bought
        rest.day_sold = self.day_sold - other.day_sold
        rest.net_high = self.net_high - other.net_high
        rest.net_low = self.net_low - other.net_low
        return rest

    def is_nothing(self) -> bool:
        return not any(self.rows())


class Sum(Figures):
    """The figures of one currency in one cell; `day`, what was won and lost today."""

    def __init__(self, cell: Cell, currency: str) -> None:
        super().__init__()
        self.cell: Final[Cell] = cell
        self.currency: Final[str] = intern(currency)  # so that the gate mostly compares words, not texts
        self.day: Final[DayFigures] = DayFigures()

    def told_in(self, currency: str, rates: Rates) -> Figures | None:
        """The same in another currency; None without a rate."""
        told: list[int] = []
        for money in self.rows():
            converted = rates.convert(money, self.currency, currency)
            if converted is None:
                return None
            told.append(converted)
        figures = Figures()
        figures.gross, figures.net, figures.long, figures.short = told[0], told[1], told[2], told[3]
        figures.cost, figures.realized, figures.unrealized = told[4], told[5], told[6]
        figures.open_notional, figures.reserved = told[7], told[8]
        figures.open_orders = self.open_orders
        figures.day_bought, figures.day_sold = told[10], told[11]
        figures.net_high, figures.net_low = told[12], told[13]
        return figures


class Counts:
    """What happened in a cell today, since it is watched.

    requests: new orders and replaces, those refused too; `cancels` those to cancel
    orders:   new orders that were accepted, and `refusals`, requests that were not
    trades:   executions that were not busted
    """

    def __init__(self) -> None:
        self.requests: i64 = 0
        self.cancels: i64 = 0
        self.orders: i64 = 0
        self.refusals: i64 = 0
        self.trades: i64 = 0

    def messages(self) -> i64:
        """What clients sent: requests of any kind."""
        return self.requests + self.cancels


RESTATED: Final = -1  # no execution: a corporate action moves prices and units, one after the other


class Changes:
    """The cells of which something changed: `changed` while an event is folded in, `touched` until a response looks;
    `amended_id`, the execution that the event busted or corrected, or RESTATED, or 0."""

    def __init__(self) -> None:
        self.changed: list[Cell] = []
        self.touched: list[Cell] = []
        self.amended_id: i64 = 0


# How high a node stands, as a number that the gate compares; what is of one account or one book stands lowest.
HEIGHT_OF_FIRM: Final = 3
HEIGHT_OF_DESK: Final = 2
HEIGHT_OF_CLIENT: Final = 1
OF_ONE: Final = 0
_HEIGHTS: Final = {
    NodeKind.FIRM: HEIGHT_OF_FIRM,
    NodeKind.DESK: HEIGHT_OF_DESK,
    NodeKind.CLIENT: HEIGHT_OF_CLIENT,
}


class Cell(Constraints):
    """One watched place.

    currency: in which its money is read where a limit names no other
    sums:     one a currency that is traded there, in the order in which they came
    bounds:   its limits
    changed, touched: it is among those of `Changes`
    last_order_ns:    when its last new order was accepted
    """

    def __init__(self, place: Place, key: str, currency: str, changes: Changes) -> None:
        super().__init__()
        self.place: Final[Place] = place
        self.key: Final[str] = key
        self.node: Final[NodeKind] = place.node
        self.height: Final[i64] = _HEIGHTS.get(place.node, OF_ONE)
        self.currency: str = currency
        self.sums: Final[list[Sum]] = []
        self.counts: Counts = Counts()
        self.bounds: Final[list[Bound]] = []
        self.indicators: Indicators | None = None
        self.last_order_ns: i64 = 0
        self._changes: Final[Changes] = changes
        self.changed: bool = False
        self.touched: bool = False

    def sum_of(self, currency: str) -> Sum:
        """The sum of a currency, made when it is first asked for."""
        for known in self.sums:
            if known.currency == currency:
                return known
        made = Sum(self, currency)
        self.sums.append(made)
        return made

    def open_orders(self) -> i64:
        """How many orders work, in all currencies."""
        count: i64 = 0
        for of_currency in self.sums:
            count += of_currency.open_orders
        return count

    def bound(self, kind: LimitKind) -> Bound | None:
        for bound in self.bounds:
            if bound.kind is kind:
                return bound
        return None

    def place_limit(self, limit: Limit, at_ns: i64) -> None:
        """Hang a limit here, instead of the one of its kind."""
        currency = limit.currency if limit.currency else self.currency
        placed = Bound(limit, currency, at_ns)
        for at in range(len(self.bounds)):
            if self.bounds[at].kind is limit.kind:
                placed.take_over(self.bounds[at])
                self.bounds[at] = placed
                return
        self.bounds.append(placed)

    def remove_limit(self, kind: LimitKind) -> None:
        for at in range(len(self.bounds)):
            if self.bounds[at].kind is kind:
                del self.bounds[at]
                return

    def begin_day(self) -> None:
        """Nothing has happened yet."""
        self.counts = Counts()
        self.touch()

    def touch(self) -> None:
        """Something of it has changed."""
        if not self.changed:
            self.changed = True
            self._changes.changed.append(self)

"""An independent auditor of risk: exposure, profit, cash and what is reserved, at every node and scope of the tree.

It reads the journal's events and nothing else: who ordered what (accepted, replaced, ended), what traded (booked,
busted, corrected), what the market is marked at. All arithmetic is its own, in fractions, from the definitions that
the documents give; it shares no code with `kairos.state` or `kairos.risk`. Every question is answered from the whole
past, with nothing carried along, so that no mistake of keeping sums can hide.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from kairos.model import events as ev
from kairos.model.enums import Side, TimeInForce

UNIT = 10**8  # money and prices are whole numbers of 10**-8
LASTING = (TimeInForce.GOOD_TILL_CANCEL, TimeInForce.GOOD_TILL_DATE)


class Node(NamedTuple):
    """A node of the tree crossed with a scope: the codes and ids of both. The scope `*` is all."""

    kind: str  # F firm, D desk, C client, A account, T trader, S strategy
    node_id: str = ""
    scope: str = "*"
    scope_id: str = ""


@dataclass
class Figures:
    """What a node comes to in one currency, in money."""

    gross: Fraction = Fraction(0)
    net: Fraction = Fraction(0)
    long: Fraction = Fraction(0)
    short: Fraction = Fraction(0)
    cost: Fraction = Fraction(0)
    realized: Fraction = Fraction(0)
    unrealized: Fraction = Fraction(0)
    open_notional: Fraction = Fraction(0)
    reserved: Fraction = Fraction(0)
    open_orders: int = 0
    day_bought: Fraction = Fraction(0)
    day_sold: Fraction = Fraction(0)
    net_high: Fraction = Fraction(0)  # with every order to buy filled and none to sell
    net_low: Fraction = Fraction(0)

    def add(self, more: Figures) -> None:
        for name, value in vars(more).items():
            setattr(self, name, getattr(self, name) + value)


@dataclass
class Execution:
    order_id: int
    qty: int
    px: int
    of_today: bool = True


class Wish(NamedTuple):
    """Terms that an order has, or may have soon."""

    qty: int
    px: int  # at which it weighs


@dataclass
class Ordered:
    account: str
    instrument: str
    sign: int  # +1 for a buy
    trader: str
    strategy: str
    terms: Wish
    limit_px: int
    lasts: bool
    alive: bool = True
    pending: dict[str, Wish] = field(default_factory=dict)  # by the request's ClOrdID
    asked: str = ""  # the request that the venue has now
    split: int = 0  # units that corporate actions added to its CumQty(14)


@dataclass
class Holding:
    """One account's, strategy's or trader's position in an instrument, as executions make it."""

    qty: int = 0
    cost: Fraction = Fraction(0)
    realized: Fraction = Fraction(0)

    def trade(self, signed: int, px: Fraction, multiplier: int) -> None:
        """Average cost: what is closed takes its share of the cost along, rounded down to the last unit of money."""
        closes = min(abs(signed), abs(self.qty)) if self.qty * signed < 0 else 0
        opens = abs(signed) - closes
        if closes:
            share = Fraction(floor(self.cost * UNIT * closes / abs(self.qty)), UNIT)
            towards = 1 if self.qty > 0 else -1
            self.realized += towards * closes * px * multiplier - share
            self.cost -= share
        self.qty += signed
        self.cost += (1 if signed > 0 else -1) * opens * px * multiplier


class Auditor:
    """The past, event by event; every question recomputes its answer."""

    def __init__(self) -> None:
        self.instruments: dict[str, ev.InstrumentDefined] = {}
        self.reference: dict[str, int] = {}
        self.marks: dict[str, ev.MarkUpdated | ev.CorporateActionApplied] = {}
        self.accounts: dict[str, ev.AccountDefined] = {}
        self.orders: dict[int, Ordered] = {}
        self.executions: dict[int, Execution] = {}
        self.actions: dict[str, ev.CorporateActionApplied] = {}
        self.restated: dict[tuple[str, str, str], tuple[Holding, int]] = {}  # as of so many executions

    # Reading the journal

    def read(self, events: Iterable[ev.Event]) -> None:
        for event in events:
            self.note(event)

    def note(self, event: ev.Event) -> None:
        if isinstance(event, ev.InstrumentDefined):
            self.instruments[event.instrument_id] = event
            self.reference[event.instrument_id] = event.reference_px
        elif isinstance(event, ev.AccountDefined):
            self.accounts[event.account_id] = event
        elif isinstance(event, ev.MarkUpdated):
            self.marks[event.instrument_id] = event
        elif isinstance(event, ev.CorporateActionApplied):
            self.marks[event.instrument_id] = event
            self.reference[event.instrument_id] = event.reference_px
            self.actions[event.action_id] = event
        elif isinstance(event, ev.PositionRestated):
            self._restated(Node("A", event.account_id), event)
        elif isinstance(event, ev.BookRestated):
            self._restated(Node(event.node.value, event.node_id), event)
        elif isinstance(event, ev.TradingDayStarted):
            for execution in self.executions.values():
                execution.of_today = False
        elif isinstance(event, (ev.TradeBooked, ev.TradeBusted, ev.TradeCorrected)):
            self._traded(event)
        elif isinstance(event, ev.OrderAccepted):
            self._accepted(event)
        elif isinstance(event, ev.OrderEvent) and getattr(event, "order_id", 0) in self.orders:
            self._changed(self.orders[getattr(event, "order_id", 0)], event)

    def _restated(self, node: Node, event: ev.PositionRestated | ev.BookRestated) -> None:
        """In new units, whole ones: what is left over is paid at the new reference price, and its cost with it."""
        action, instrument = self.actions[event.action_id], event.instrument_id
        held = self._holding(node, node.node_id, instrument)
        whole, rest = divmod(abs(held.qty) * action.numerator, action.denominator)
        towards = 1 if held.qty > 0 else -1
        if rest:
            share = Fraction(floor(held.cost * UNIT * rest / (abs(held.qty) * action.numerator)), UNIT)
            exact = self._money(instrument, rest, Fraction(action.reference_px, UNIT)) / action.denominator
            paid = towards * Fraction(floor(exact * UNIT), UNIT)
            held = Holding(whole * towards, held.cost - share, held.realized + paid - share)
        else:
            held = Holding(whole * towards, held.cost, held.realized)
        told = (event.qty, event.cost, event.realized)
        assert told == (held.qty, held.cost * UNIT, held.realized * UNIT), (event, held)
        self.restated[node.kind, node.node_id, instrument] = held, len(self.executions)

    def _traded(self, event: ev.TradeBooked | ev.TradeBusted | ev.TradeCorrected) -> None:
        if isinstance(event, ev.TradeBooked):
            self.executions[event.exec_id] = Execution(event.order_id, event.last_qty, event.last_px)
        elif isinstance(event, ev.TradeBusted):
            self.executions[event.trade_id].qty = 0
        else:
            execution = self.executions[event.trade_id]
            execution.qty, execution.px = event.last_qty, event.last_px

    def _accepted(self, event: ev.OrderAccepted) -> None:
        self.orders[event.order_id] = Ordered(
            account=event.account_id,
            instrument=event.instrument_id,
            sign=1 if event.side is Side.BUY else -1,
            trader=event.trader_id,
            strategy=event.strategy_id,
            terms=Wish(event.terms.order_qty, event.reserve_px),
            limit_px=event.terms.price,
            lasts=event.terms.time_in_force in LASTING,
        )

    def _changed(self, order: Ordered, event: ev.OrderEvent) -> None:
        if isinstance(event, (ev.OrderReplacePending, ev.OrderReplaceQueued)):
            order.pending[event.cl_ord_id] = Wish(event.new_terms.order_qty, event.reserve_px)
            if isinstance(event, ev.OrderReplacePending):
                order.asked = event.cl_ord_id
        elif isinstance(event, ev.OrderReplaced):
            asked = order.pending.pop(order.asked, None)
            order.asked = ""
            order.terms = Wish(event.terms.order_qty, order.terms.px if asked is None else asked.px)
            self._retimed(order, event.terms)
        elif isinstance(event, ev.RequestRejected):
            order.pending.pop(event.cl_ord_id, None)
            order.asked = "" if order.asked == event.cl_ord_id else order.asked
        elif isinstance(event, (ev.OrderCanceled, ev.OrderRejected, ev.OrderExpired, ev.OrderDoneForDay)):
            order.alive = isinstance(event, ev.OrderDoneForDay) and order.lasts
            order.pending.clear()
        elif isinstance(event, ev.OrderRestated):
            px = order.terms.px if event.terms.price == order.limit_px else event.terms.price
            order.terms = Wish(event.terms.order_qty, px)
            self._retimed(order, event.terms)
        elif isinstance(event, ev.OrderSplit):
            before = self.cum_qty()[event.order_id]
            order.split += before * event.numerator // event.denominator - before
            order.terms = Wish(event.terms.order_qty, event.reserve_px)
            self._retimed(order, event.terms)

    def _retimed(self, order: Ordered, terms: object) -> None:
        order.limit_px = getattr(terms, "price", 0)
        order.lasts = getattr(terms, "time_in_force", None) in LASTING

    # Answers

    def mark(self, instrument: str) -> Fraction:
        """Last trade, else the middle of the quote (rounded down to the last unit), else the reference."""
        told = self.marks.get(instrument)
        if told is not None and told.last_px:
            return Fraction(told.last_px, UNIT)
        if told is not None and told.bid_px and told.ask_px:
            return Fraction((told.bid_px + told.ask_px) // 2, UNIT)
        return Fraction(self.reference[instrument], UNIT)

    def cum_qty(self) -> dict[int, int]:
        """Of each order."""
        total = {order_id: order.split for order_id, order in self.orders.items()}
        for execution in self.executions.values():
            total[execution.order_id] += execution.qty
        return total

    def cash(self, account: str, currency: str) -> Fraction:
        """What it was given, less what it bought, plus what it sold, in one currency."""
        defined = self.accounts[account]
        left = Fraction(defined.cash, UNIT) if currency == defined.currency else Fraction(0)
        for execution in self.executions.values():
            order = self.orders[execution.order_id]
            if order.account == account and self.instruments[order.instrument].currency == currency:
                left -= order.sign * self._money(order.instrument, execution.qty, Fraction(execution.px, UNIT))
        return left

    def reserved(self, account: str, currency: str) -> Fraction:
        figures = self.figures(Node("A", account)).get(currency)
        return Fraction(0) if figures is None else figures.reserved

    def buying_power(self, account: str, currency: str) -> Fraction:
        return self.cash(account, currency) - self.reserved(account, currency)

    def figures(self, node: Node) -> dict[str, Figures]:
        """By currency: the sum over the positions of the node, in the order of a book of its own for S and T."""
        cum = self.cum_qty()
        found: dict[str, Figures] = {}
        for book, instrument in sorted({self._book_of(node, order) for order in self.orders.values()} - {("", "")}):
            of_position = self._position(node, book, instrument, cum)
            found.setdefault(self.instruments[instrument].currency, Figures()).add(of_position)
        return found

    def reach(self, node: Node, instrument: str) -> tuple[int, int]:
        """The largest and the smallest position that a node may come to hold of an instrument."""
        cum, high, low = self.cum_qty(), 0, 0
        for book in sorted({self._book_of(node, order)[0] for order in self.orders.values()} - {""}):
            held = self._holding(node, book, instrument).qty
            high, low = high + held, low + held
            for order_id, order in self._orders_of(node, book, instrument).items():
                qty, _ = self._working(order, cum[order_id])
                high += qty if order.sign > 0 else 0
                low -= qty if order.sign < 0 else 0
        return high, low

    def nothing_works(self) -> bool:
        cum = self.cum_qty()
        return not any(self._working(order, cum[order_id])[0] for order_id, order in self.orders.items())

    def nodes(self) -> list[Node]:
        """Every node of the tree that somebody traded for, with every scope that it traded in."""
        found = set()
        for order in self.orders.values():
            defined, traded = self.accounts[order.account], self.instruments[order.instrument]
            kinds = [("F", ""), ("C", defined.client_id), ("A", order.account)]
            kinds += [("D", defined.desk_id)] if defined.desk_id else []
            kinds += [("T", order.trader)] if order.trader else []
            kinds += [("S", f"{order.account}/{order.strategy}")] if order.strategy else []
            scopes = [("*", ""), ("I", order.instrument), ("X", traded.cfi[:1]), ("M", traded.mic)]
            scopes.append(("Y", traded.currency))
            found |= {Node(*kind, *scope) for kind in kinds for scope in scopes}
        return sorted(found)

    def _book_of(self, node: Node, order: Ordered) -> tuple[str, str]:
        """The position of an order that counts for a node; ("", "") where the order is none of its own."""
        defined, traded = self.accounts[order.account], self.instruments[order.instrument]
        ids = {
            "F": "", "D": defined.desk_id, "C": defined.client_id, "A": order.account,
            "T": order.trader, "S": f"{order.account}/{order.strategy}" if order.strategy else None,
        }  # fmt: skip
        scopes = {"*": "", "I": order.instrument, "X": traded.cfi[:1], "M": traded.mic, "Y": traded.currency}
        if ids[node.kind] != node.node_id or scopes[node.scope] != node.scope_id:
            return "", ""
        return (node.node_id if node.kind in ("T", "S") else order.account), order.instrument

    def _position(self, node: Node, book: str, instrument: str, cum: dict[int, int]) -> Figures:
        mine = self._orders_of(node, book, instrument)
        figures = Figures()
        for execution in self.executions.values():
            if execution.of_today and execution.order_id in mine:
                self._count_day(figures, mine[execution.order_id], execution)
        buying = selling = 0
        for order_id, order in mine.items():
            qty, worth = self._working(order, cum[order_id])
            buying += qty if order.sign > 0 else 0
            selling += qty if order.sign < 0 else 0
            figures.open_notional += worth
            figures.reserved += worth if order.sign > 0 else 0
            figures.open_orders += 1 if qty else 0
        self._weigh(figures, self._holding(node, book, instrument), instrument, buying, selling)
        return figures

    def _orders_of(self, node: Node, book: str, instrument: str) -> dict[int, Ordered]:
        at = (book, instrument)
        return {number: order for number, order in self.orders.items() if self._book_of(node, order) == at}

    def _holding(self, node: Node, book: str, instrument: str) -> Holding:
        """What executions have made of it since it was restated, or ever."""
        mine = self._orders_of(node, book, instrument)
        held, first = self._start(node, book, instrument)
        multiplier = self.instruments[instrument].multiplier
        for execution in list(self.executions.values())[first:]:
            order = mine.get(execution.order_id)
            if order is not None:
                held.trade(order.sign * execution.qty, Fraction(execution.px, UNIT), multiplier)
        return held

    def _start(self, node: Node, book: str, instrument: str) -> tuple[Holding, int]:
        """A holding before the executions that made it what it is, and the first of those."""
        kind = node.kind if node.kind in ("T", "S") else "A"
        restated = self.restated.get((kind, book, instrument))
        if restated is None:
            return Holding(), 0
        held, first = restated
        return Holding(held.qty, held.cost, held.realized), first

    def _count_day(self, figures: Figures, order: Ordered, execution: Execution) -> None:
        money = self._money(order.instrument, execution.qty, Fraction(execution.px, UNIT))
        figures.day_bought += money if order.sign > 0 else 0
        figures.day_sold += money if order.sign < 0 else 0

    def _weigh(self, figures: Figures, held: Holding, instrument: str, buying: int, selling: int) -> None:
        mark = self.mark(instrument)
        worst = max(abs(held.qty + buying), abs(held.qty - selling))
        figures.gross = self._money(instrument, worst, abs(mark))
        figures.net = self._money(instrument, held.qty + buying - selling, mark)
        figures.net_high = self._money(instrument, held.qty + buying, mark)
        figures.net_low = self._money(instrument, held.qty - selling, mark)
        figures.long = self._money(instrument, max(held.qty + buying, 0), abs(mark))
        figures.short = self._money(instrument, max(selling - held.qty, 0), abs(mark))
        figures.cost, figures.realized = held.cost, held.realized
        figures.unrealized = self._money(instrument, held.qty, mark) - held.cost if mark else Fraction(0)

    def _working(self, order: Ordered, cum: int) -> tuple[int, Fraction]:
        """The worst case of what it has and what it may have: units and their worth."""
        wishes = [order.terms] if order.alive else []
        left = [(max(wish.qty - cum, 0), wish.px) for wish in [*wishes, *order.pending.values()]]
        most = max([qty for qty, _ in left], default=0)
        return most, self._dearest(order.instrument, left, 0)

    def _dearest(self, instrument: str, left: list[tuple[int, int]], done: int) -> Fraction:
        """The most that units can come to: so many trade on the first of these terms, the rest on those after them."""
        if not left:
            return Fraction(0)
        (upto, px), *later = left
        ways = []
        for stop in {done, *(qty for qty, _ in left)}:
            if done <= stop <= max(upto, done):
                here = self._money(instrument, stop - done, Fraction(px, UNIT))
                ways.append(here + self._dearest(instrument, later, stop))
        return max(ways)

    def _money(self, instrument: str, qty: int, px: Fraction) -> Fraction:
        return qty * px * self.instruments[instrument].multiplier


def converted(money: Fraction, rate: Fraction) -> Fraction:
    """Money at a rate, its last unit rounded away from zero."""
    exact = money * rate * UNIT
    return Fraction(ceil(exact) if exact > 0 else floor(exact), UNIT)

"""What a client's or a venue's ids name, without keeping the ids: each thing knows its own.

A dict would keep every id as an object, some 110 bytes beside the thing that it names, and a day's closed orders have
three of them. Here a slot of 8 bytes holds the thing's number and some bits of the id's hash, in an open table; whoever
is found so is asked whether that is its id. A table is at most two thirds full and at least one third, but for a
small one: an id takes 12 to 24 bytes.

Nothing is taken out. What a thing is no longer named by it denies, and a thing that is gone is on no shelf; the table
itself goes as a whole, two turns of the day after it was begun, and what stays is named anew.
"""

from __future__ import annotations

from typing import Final, Generic, TypeVar

from librt.vecs import vec
from mypy_extensions import i64

from kairos.state.order import Order
from kairos.state.positions import Trade
from kairos.state.route import Route
from kairos.state.shelf import Shelf

T = TypeVar("T")

# 2**34 numbers are four years of ten million orders a day. Of a million ids that are not known, two meet a slot with
# their bits where a thousand things are, and 2 % where ten million are; that costs a look at the thing.
CODE_BITS: Final = 29
CODE: Final = (1 << 29) - 1
FEW: Final = 8  # slots at the beginning; a power of two


def code_of(name: str) -> i64:
    """Some bits of a hash that nobody outside this process can foresee."""
    hashed: i64 = hash(name)
    return hashed & CODE


class Table:
    """Numbers by the hashes of ids."""

    def __init__(self) -> None:
        self.slots: vec[i64] = vec[i64]([0] * FEW)
        self.count: i64 = 0

    def find(self, code: i64, at: i64) -> i64:
        """The first place from `at` on where a number has this code, or else the empty one where the search ends."""
        slots = self.slots
        last: i64 = len(slots) - 1
        at &= last
        while True:
            slot = slots[at]
            if slot == 0 or slot & CODE == code:
                return at
            at = (at + 1) & last

    def fill(self, at: i64, code: i64, number: i64) -> None:
        """Put a number in an empty place that was found for its code, or in another's instead."""
        slots = self.slots
        before = slots[at]
        slots[at] = number << CODE_BITS | code
        if before == 0:
            self.count += 1
            if self.count * 3 > len(slots) * 2:
                self._grow()

    def _grow(self) -> None:
        old = self.slots
        last: i64 = 2 * len(old) - 1
        slots = vec[i64]([0] * (last + 1))
        for slot in old:
            if slot:
                at = slot & CODE & last
                while slots[at]:
                    at = (at + 1) & last
                slots[at] = slot
        self.slots = slots

    def numbers(self) -> list[i64]:
        return [slot >> CODE_BITS for slot in self.slots if slot]


class Names(Generic[T]):
    """As a dict by id. One that names a second thing names the first no more."""

    def __init__(self) -> None:
        self._present: Table = Table()
        self._former: Table = Table()

    def get(self, name: str) -> T | None:
        code = code_of(name)
        found = self._find(self._present, code, name)
        if found is None and self._former.count:
            found = self._find(self._former, code, name)
        return found

    def _find(self, table: Table, code: i64, name: str) -> T | None:
        at = code
        while True:
            at = table.find(code, at)
            slot = table.slots[at]
            if slot == 0:
                return None
            thing = self.named(slot >> CODE_BITS, name)
            if thing is not None:
                return thing
            at += 1

    def __contains__(self, name: str) -> bool:
        return self.get(name) is not None

    def __setitem__(self, name: str, thing: T) -> None:
        table = self._present
        code = code_of(name)
        at = table.find(code, code)
        while table.slots[at] and self.named(table.slots[at] >> CODE_BITS, name) is None:
            at = table.find(code, at + 1)
        table.fill(at, code, self.number_of(thing))

    def clear(self) -> None:
        self._present = Table()

    def turn(self) -> None:
        """Let go of what was named before the last turn; name what stays again."""
        self._former = self._present
        self._present = Table()

    def items(self) -> list[tuple[str, T]]:
        """All that is named, by each of its names."""
        found: dict[str, T] = {}
        for number in [*self._former.numbers(), *self._present.numbers()]:
            for name in self.names_of(number):
                thing = self.get(name)
                if thing is not None and self.number_of(thing) == number:
                    found[name] = thing
        return list(found.items())

    def named(self, number: i64, name: str) -> T | None:
        """The thing of this number, if that names it."""
        raise NotImplementedError

    def number_of(self, thing: T) -> i64:
        raise NotImplementedError

    def names_of(self, number: i64) -> list[str]:
        """What the thing of this number, if it is there, could be named by."""
        raise NotImplementedError


class OrderNames(Names[Order]):
    """A client's orders by the ClOrdIDs(11) that are in use today."""

    def __init__(self, orders: Shelf[Order]) -> None:
        super().__init__()
        self._orders: Final[Shelf[Order]] = orders

    def named(self, number: i64, name: str) -> Order | None:
        order = self._orders.get(number)
        return order if order is not None and order.in_day and name in order.cl_ord_ids else None

    def number_of(self, thing: Order) -> i64:
        return thing.order_id

    def names_of(self, number: i64) -> list[str]:
        order = self._orders.get(number)
        return [] if order is None else list(order.cl_ord_ids)


class RouteNames(Names[Route]):
    """A venue's routes by each OrderID(37) that it gave."""

    def __init__(self, routes: Shelf[Route]) -> None:
        super().__init__()
        self._routes: Final[Shelf[Route]] = routes

    def named(self, number: i64, name: str) -> Route | None:
        route = self._routes.get(number)
        return route if route is not None and name in route.named_by() else None

    def number_of(self, thing: Route) -> i64:
        return thing.route_id

    def names_of(self, number: i64) -> list[str]:
        route = self._routes.get(number)
        return [] if route is None else route.named_by()


class TradeNames(Names[Trade]):
    """A venue's executions by each ExecID(17) that it reported."""

    def __init__(self, trades: Shelf[Trade]) -> None:
        super().__init__()
        self._trades: Final[Shelf[Trade]] = trades

    def named(self, number: i64, name: str) -> Trade | None:
        trade = self._trades.get(number)
        return trade if trade is not None and name in trade.venue_exec_ids else None

    def number_of(self, thing: Trade) -> i64:
        return thing.trade_id

    def names_of(self, number: i64) -> list[str]:
        trade = self._trades.get(number)
        return [] if trade is None else list(trade.venue_exec_ids)

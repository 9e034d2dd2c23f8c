"""The operations that every order book is given; told once, so that all do the same.

Limit orders around a middle that wanders, some of them through it, and cancels of resting orders picked at random. A
plain book of this module's own goes along, so that a cancel names an order that rests and what must come of it all is
known. It imports nothing of ours, since those we compare with run it too.
"""

from __future__ import annotations

import heapq
import json
import random
from collections.abc import Callable
from typing import NamedTuple

from bench.timing import Stopwatch, pin

OPERATIONS = 200_000
SEED = 20120621
MIDDLE = 10_000  # ticks
DEEPEST = 16  # ticks from the middle to the most passive order
THROUGH = 3  # ticks through the middle that the most aggressive order goes
WANDERS_EVERY = 40  # operations between two steps of the middle
CANCELS_OF_100 = 40
MIN_RESTING = 1_000  # below which nothing is canceled


class Operation(NamedTuple):
    """An order (they are numbered 1, 2, ...), or the cancel of one: then `qty` is 0."""

    order_id: int
    is_buy: bool
    qty: int
    ticks: int


class Outcome(NamedTuple):
    """What came of the operations."""

    traded: int
    canceled: int


class Work(NamedTuple):
    """The operations, what must come of them, and the watch that a book starts when it is ready."""

    operations: list[Operation]
    expected: Outcome
    watch: Stopwatch


def run(book: Callable[[Work], Outcome]) -> None:
    """Let a book do the work, insist that it did, and tell how long it took."""
    pin(1)
    work = make_work()
    outcome = book(work)
    if outcome != work.expected:
        raise SystemExit(f"{outcome}, not {work.expected}")
    told = {"operations": OPERATIONS, "wall_s": work.watch.wall_s, "cpu_s": work.watch.cpu_s, **outcome._asdict()}
    print(json.dumps(told))


class PlainBook:
    """A side is a heap of (price, order id), in which filled and canceled orders are passed over."""

    def __init__(self) -> None:
        self.leaves: dict[int, int] = {}
        self.traded = 0
        self._sides: dict[bool, list[tuple[int, int]]] = {True: [], False: []}

    def add(self, order: Operation) -> None:
        against = self._sides[not order.is_buy]
        limit = order.ticks if order.is_buy else -order.ticks
        left = order.qty
        while left and against and against[0][0] <= limit:
            maker = against[0][1]
            qty = min(left, self.leaves.get(maker, 0))
            left -= qty
            self.traded += qty
            if qty:
                self.leaves[maker] -= qty
            if not self.leaves.get(maker):
                heapq.heappop(against)
                self.leaves.pop(maker, None)
        if left:
            self.leaves[order.order_id] = left
            heapq.heappush(self._sides[order.is_buy], (-limit, order.order_id))


def make_work(operations: int = OPERATIONS) -> Work:
    """As many operations; the same whenever asked."""
    chance = random.Random(SEED)
    book = PlainBook()
    made: list[Operation] = []
    candidates: list[int] = []
    orders = cancels = 0
    middle = MIDDLE
    while len(made) < operations:
        if len(made) % WANDERS_EVERY == 0:
            middle += chance.choice((-1, 1))
        if len(book.leaves) > MIN_RESTING and chance.randrange(100) < CANCELS_OF_100:
            order_id = pick(chance, candidates, book)
            cancels += 1
            made.append(Operation(order_id, False, 0, 0))
            continue
        orders += 1
        is_buy = chance.random() < 0.5
        away = chance.randint(-THROUGH, DEEPEST)
        order = Operation(orders, is_buy, chance.randint(1, 10) * 100, middle - away if is_buy else middle + away)
        book.add(order)
        candidates.append(orders)
        made.append(order)
    return Work(made, Outcome(book.traded, cancels), Stopwatch())


def pick(chance: random.Random, candidates: list[int], book: PlainBook) -> int:
    """Take a resting order out of the book."""
    while True:
        place = chance.randrange(len(candidates))
        order_id, candidates[place] = candidates[place], candidates[-1]
        candidates.pop()
        if book.leaves.pop(order_id, 0):
            return order_id

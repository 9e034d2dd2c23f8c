"""Other order books of PyPI at the work of `bench/order_book_work.py`: one run of one of them, one line of JSON.

    python -m bench.peers.order_books lightmatchingengine|cython_orderbook|akhil4n_orderbook|pyorderbook

Each is called as its own documents do; the prices it asks for are made beforehand, and what came of it all is added
up after the time was taken. Not here: OrderBook 0.1.2 is Python 2; order-matching 0.12.0 needs polars and pandera,
which it does not ask for, and sorts all orders at each, so that 8,000 of these operations take it five seconds.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from decimal import Decimal
from functools import partial

import cython_orderbook
import orderbook  # akhil4n-orderbook
from lightmatchingengine.lightmatchingengine import LightMatchingEngine, Side
from pyorderbook import Book, ask, bid

from bench.order_book_work import Outcome, Work, run

TICK = Decimal("0.01")


def lightmatchingengine(work: Work) -> Outcome:
    engine = LightMatchingEngine()
    operations = [
        (order_id, Side.BUY if is_buy else Side.SELL, qty, ticks / 100)
        for order_id, is_buy, qty, ticks in work.operations
    ]
    told = []
    canceled = 0
    with work.watch:
        for order_id, side, qty, price in operations:
            if qty:
                _, trades = engine.add_order("A", price, qty, side)
                if trades:
                    told.append(trades)
            elif engine.cancel_order(order_id, "A") is not None:
                canceled += 1
    # It tells of both sides of a trade.
    return Outcome(sum(trade.trade_qty for trades in told for trade in trades) // 2, canceled)


def by_decimals(package, work: Work) -> Outcome:
    """Two packages with one interface; they number the orders themselves, "1", "2", ..."""
    book = package.OrderBook()
    sides = {True: package.OrderSide.BID, False: package.OrderSide.ASK}
    operations = [(str(order_id), sides[is_buy], qty, ticks * TICK) for order_id, is_buy, qty, ticks in work.operations]
    canceled = 0
    with work.watch:
        for order_id, side, qty, price in operations:
            if qty:
                book.add_limit_order(package.Order(side=side, price=price, original_quantity=qty))
            elif book.cancel_order(order_id):
                canceled += 1
    return Outcome(sum(trade.quantity_filled for trade in book.trade_log), canceled)


def pyorderbook(work: Work) -> Outcome:
    book = Book()
    operations = [
        (order_id, bid if is_buy else ask, qty, ticks * TICK) for order_id, is_buy, qty, ticks in work.operations
    ]
    orders = {}
    told = []
    canceled = 0
    with work.watch:
        for order_id, make, qty, price in operations:
            if qty:
                orders[order_id] = order = make("A", price, qty)
                told.append(book.match(order))
            else:
                book.cancel(orders[order_id])
                canceled += 1
    return Outcome(sum(trade.fill_quantity for blotter in told for trade in blotter.trades), canceled)


BOOKS: dict[str, Callable[[Work], Outcome]] = {
    "lightmatchingengine": lightmatchingengine,
    "cython_orderbook": partial(by_decimals, cython_orderbook),
    "akhil4n_orderbook": partial(by_decimals, orderbook),
    "pyorderbook": pyorderbook,
}

if __name__ == "__main__":
    run(BOOKS[sys.argv[1]])

"""Kairos at the work of `bench/order_book_work.py`: one run, one line of JSON.

    python -m bench.order_book_run book|exchange

`book` is the matching book alone, which does what the books do that it is compared with: match, and remember the
trades. `exchange` is the whole simulated exchange with that book in it: checks, order ids, a report of everything.
"""

from __future__ import annotations

import sys

from bench.order_book_work import Outcome, Work, run
from kairos.model.enums import ExecType, OrdType, Side, TimeInForce
from kairos.venue.exchange import Exchange
from kairos.venue.limit_book import LimitBook
from kairos.venue.listing import Listing
from kairos.venue.reports import Report, VenueMessage

TICK = 10**6
DAY_NS = 86_400_000_000_000
DRAINED_EVERY = 1_000


def book(work: Work) -> Outcome:
    alone = LimitBook()
    operations = [(order_id, is_buy, qty, ticks * TICK) for order_id, is_buy, qty, ticks in work.operations]
    canceled = 0
    with work.watch:
        for order_id, is_buy, qty, px in operations:
            if qty:
                alone.add(order_id, is_buy, qty, px)
            elif alone.cancel(order_id):
                canceled += 1
    return Outcome(sum(match.qty for match in alone.drain()), canceled)


def exchange(work: Work) -> Outcome:
    venue = Exchange([Listing("A", TICK, 1, 0, DAY_NS, opening_wait_ns=0)], "D")
    venue.advance(1)
    operations = [
        (f"O{order_id}", f"C{order_id}", Side.BUY if is_buy else Side.SELL, qty, ticks * TICK)
        for order_id, is_buy, qty, ticks in work.operations
    ]
    heard: list[list[VenueMessage]] = []
    with work.watch:
        for at, (cl_ord_id, cancel_id, side, qty, px) in enumerate(operations):
            if qty:
                venue.submit("C", cl_ord_id, "A", side, OrdType.LIMIT, TimeInForce.DAY, qty, 1, px)
            else:
                venue.cancel("C", cancel_id, cl_ord_id, 1)
            if at % DRAINED_EVERY == 0:
                heard.append(venue.drain())
    heard.append(venue.drain())
    reports = [message for messages in heard for message in messages if isinstance(message, Report)]
    return Outcome(
        sum(report.last_qty for report in reports) // 2,
        sum(report.exec_type is ExecType.CANCELED for report in reports),
    )


if __name__ == "__main__":
    run({"book": book, "exchange": exchange}[sys.argv[1]])

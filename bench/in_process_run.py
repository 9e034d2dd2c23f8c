"""Kairos in one process: order -> checks -> simulated exchange -> fill -> position. One run, one line of JSON.

    python -m bench.in_process_run fills|cancels off|on

`off` leaves the journal out, as those it is compared with do. `on` encodes every event, and the real journal commits
them in batches, with its sync, while the next ones gather, as the running engine does; the run ends when the last
batch is durable.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from queue import SimpleQueue

from bench.in_process_work import (
    ASK,
    BID,
    CANCELS,
    CASH,
    DEPTH,
    MAX_NOTIONAL,
    QTY,
    RESTING,
    START_NS,
    SYMBOLS,
    TICK_NS,
    is_buy,
    symbol,
    ticks,
)
from bench.timing import Stopwatch, pin
from kairos.adapters.group_commit import GroupCommit
from kairos.adapters.journal_sqlite import SqliteJournal
from kairos.app.collector import Collector
from kairos.backtest.in_process import InProcess
from kairos.engine.engine import Engine
from kairos.market.tape import Quote
from kairos.model.commands import (
    CancelOrder,
    Command,
    DefineAccount,
    DefineClient,
    DefineInstrument,
    DefineVenue,
    SetLimits,
    SubmitOrder,
)
from kairos.model.enums import HandlInst, OrdType, Side, TimeInForce, VenueKind
from kairos.model.events import Event
from kairos.model.numbers import PRICE_SCALE, parse_price
from kairos.model.values import Limits, Terms
from kairos.model.wire import encode_events
from kairos.ports import Batch
from kairos.venue.exchange import Exchange
from kairos.venue.listing import Listing

VENUE, CLIENT, ACCOUNT, SESSION = "XNYS", "C", "A", "S"
DAY_NS = 86_400_000_000_000
MAX_BACKLOG_EVENTS = 20_000  # as the runtime's


class Kept:
    """Events on their way to the journal: a commit starts whenever the last one ends, with all that has gathered."""

    def __init__(self, folder: Path) -> None:
        self._journal = SqliteJournal.open(folder / "journal.db")
        self._told: SimpleQueue[int | Exception] = SimpleQueue()
        self._commit = GroupCommit(self._journal, self._told.put, self._told.put)
        self._events: list[Event] = []
        self._in_flight = False
        self._next_seq = self._journal.next_seq()

    def take(self, events: list[Event]) -> None:
        self._events += events
        if self._in_flight and (not self._told.empty() or len(self._events) > MAX_BACKLOG_EVENTS):
            self._wait()
        if not self._in_flight:
            self._send()

    def finish(self) -> None:
        """Everything is durable when this returns."""
        while self._in_flight or self._events:
            if self._in_flight:
                self._wait()
            else:
                self._send()

    def close(self) -> None:
        self._commit.close()
        self._journal.close()

    def _send(self) -> None:
        batch = Batch(self._next_seq, len(self._events), encode_events(self._events))
        self._next_seq += len(self._events)
        self._events = []
        self._in_flight = True
        self._commit.submit(batch)

    def _wait(self) -> None:
        told = self._told.get(timeout=60)
        self._in_flight = False
        if isinstance(told, Exception):
            raise told


def market() -> InProcess:
    """A desk with one client and a hundred instruments, and the exchange that lists them, open."""
    names = [f"{symbol(n)}.{VENUE}" for n in range(SYMBOLS)]
    most = 10**9 * PRICE_SCALE
    limits = Limits(10_000, MAX_NOTIONAL * PRICE_SCALE, 1_000, 10**9, most, most, 1_000_000, 1_000_000)
    commands: list[Command] = [
        DefineVenue(VENUE, VenueKind.EXCHANGE, "Venue", VENUE, 5_000_000_000, ""),
        DefineClient(CLIENT, "Client", True, ""),
        DefineAccount(ACCOUNT, CLIENT, "Account", "USD", CASH * PRICE_SCALE, True, ""),
        SetLimits(ACCOUNT, limits, ""),
    ]
    tick = PRICE_SCALE // 100
    for name in names:
        reference = parse_price(BID)
        commands.append(
            DefineInstrument(name, name.split(".")[0], VENUE, name, "USD", "", "", tick, 1, 1, reference, "")
        )
    listings = [Listing(name, tick, 1, START_NS - TICK_NS, START_NS + DAY_NS, opening_wait_ns=0) for name in names]
    found = InProcess(Engine(), {VENUE: Exchange(listings, "X")})
    for command in commands:
        found.give(command, START_NS)
    found.open(START_NS)
    return found


def quotes(work: str) -> list[Quote]:
    bid, ask = parse_price(BID), parse_price(ASK)
    names = [f"{symbol(n)}.{VENUE}" for n in range(SYMBOLS)]
    return [Quote(names[n % SYMBOLS], START_NS + n * TICK_NS, bid, DEPTH, ask, DEPTH) for n in range(ticks(work))]


class Strategy:
    """Gives one order a tick."""

    def __init__(self, desk: InProcess, kept: Kept | None) -> None:
        self._desk = desk
        self._kept = kept
        self._ask, self._bid, self._resting = parse_price(ASK), parse_price(BID), parse_price(RESTING)

    def fill(self, ticks: list[Quote], first: int = 0) -> None:
        desk, kept, ask, bid = self._desk, self._kept, self._ask, self._bid
        for n, quote in enumerate(ticks, first):
            events = desk.on_quote(VENUE, quote)
            buys = is_buy(n)
            order = self._order(n, quote, Side.BUY if buys else Side.SELL, ask if buys else bid)
            events += desk.give(order, quote.time_ns)
            if kept is not None:
                kept.take(events)

    def cancel(self, ticks: list[Quote]) -> None:
        desk, kept = self._desk, self._kept
        for n, quote in enumerate(ticks):
            events = desk.on_quote(VENUE, quote)
            if n > 0:
                asked = CancelOrder(SESSION, CLIENT, f"C{n}", f"O{n - 1}", 0, "", "", quote.time_ns, "")
                events += desk.give(asked, quote.time_ns)
            if n < CANCELS:
                events += desk.give(self._order(n, quote, Side.BUY, self._resting), quote.time_ns)
            if kept is not None:
                kept.take(events)

    def _order(self, n: int, quote: Quote, side: Side, price: int) -> SubmitOrder:
        terms = Terms(QTY, OrdType.LIMIT, price, 0, TimeInForce.DAY, 0, 0)
        return SubmitOrder(
            SESSION, CLIENT, f"O{n}", ACCOUNT, quote.instrument, side, HandlInst.AUTOMATED_NO_INTERVENTION, terms,
            "", "", quote.time_ns, False, "",
        )  # fmt: skip


def run(work: str, kept: Kept | None) -> dict[str, float]:
    desk, given = market(), quotes(work)
    strategy = Strategy(desk, kept)
    collector = Collector(lambda _: None)  # as the engine's process sets it
    collector.begin()
    with Stopwatch() as watch:
        if work == "fills":
            strategy.fill(given)
        else:
            strategy.cancel(given)
        if kept is not None:
            kept.finish()
    found = desk.engine.desk
    orders = list(found.orders.values())
    canceled = sum(1 for order in orders if order.base.name == "CANCELED")
    return {
        "orders": len(orders), "filled": len(found.trades), "canceled": canceled,
        "positions": sum(1 for held in found.positions.values() for position in held.values() if position.qty),
        "wall_s": watch.wall_s, "cpu_s": watch.cpu_s,
    }  # fmt: skip


def main() -> None:
    work, journal = sys.argv[1:3]
    pin(1)
    if journal == "off":
        print(json.dumps(run(work, None)))
        return
    with tempfile.TemporaryDirectory() as folder:
        kept = Kept(Path(folder))
        print(json.dumps(run(work, kept)))
        kept.close()


if __name__ == "__main__":
    main()

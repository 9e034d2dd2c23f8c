"""The shipped tapes with hundreds of orders of all kinds: the same reports each time, each fill allowed.

The auditor below knows the tape and the reports, nothing of the exchange's code.
"""

from __future__ import annotations

from collections import defaultdict

import pytest

from kairos.market.shipped import ShippedTape, shipped_tapes
from kairos.market.tape import PrintKind, Quote, TapeEvent, Trade
from kairos.market.tape_file import read_tape
from kairos.model.enums import ExecType, OrdType, Side, TimeInForce
from kairos.venue.chance import SplitMix64
from kairos.venue.exchange import Exchange
from kairos.venue.listing import Listing
from kairos.venue.reports import Report, VenueMessage

TAPES = {tape.symbol: tape for tape in shipped_tapes()}
LONG_NS = 10**15


def exchange_for(tape: ShippedTape) -> Exchange:
    close_ns = tape.last_ns + 1
    return Exchange([Listing(tape.instrument, tape.tick, tape.lot, tape.open_ns, close_ns, tape.has_quotes)], tape.date)


class Crowd:
    """Clients who send, change and cancel orders of all kinds around the last price, by a seed."""

    def __init__(self, tape: ShippedTape, exchange: Exchange, seed: int) -> None:
        self.tape = tape
        self.exchange = exchange
        self.chance = SplitMix64(seed)
        self.count = 0
        self.sent: list[tuple[str, str, bool]] = []

    def pick(self, bound: int) -> int:
        return self.chance.next() % bound

    def act(self, now_ns: int, last_px: int) -> None:
        self.count += 1
        cl_ord_id = f"X{self.count}"
        deed = self.pick(10)
        if deed < 7 or not self.sent:
            self.submit(cl_ord_id, now_ns, last_px)
            return
        client, orig, limited = self.sent[self.pick(len(self.sent))]
        if deed < 9 and limited:
            px = last_px // self.tape.tick * self.tape.tick + (self.pick(9) - 4) * self.tape.tick
            self.exchange.replace(client, cl_ord_id, orig, 1 + self.pick(500), now_ns, px)
        else:
            self.exchange.cancel(client, cl_ord_id, orig, now_ns)

    def submit(self, cl_ord_id: str, now_ns: int, last_px: int) -> None:
        tick, client = self.tape.tick, f"C{self.pick(3)}"
        px = last_px // tick * tick + (self.pick(9) - 4) * tick
        side = (Side.BUY, Side.SELL, Side.SELL_SHORT)[self.pick(3)]
        ord_type = (OrdType.LIMIT, OrdType.LIMIT, OrdType.LIMIT, OrdType.MARKET, OrdType.STOP, OrdType.STOP_LIMIT)[
            self.pick(6)
        ]
        tif = (TimeInForce.DAY, *TimeInForce)[self.pick(8)]
        stop_px = px if ord_type in (OrdType.STOP, OrdType.STOP_LIMIT) else 0
        price = px if ord_type in (OrdType.LIMIT, OrdType.STOP_LIMIT) else 0
        expire = now_ns + 60 * 10**9 if tif is TimeInForce.GOOD_TILL_DATE else 0
        qty = 10 + self.pick(800)
        floor = 10 if price and not expire and self.pick(4) == 0 else 0
        self.exchange.submit(
            client, cl_ord_id, self.tape.instrument, side, ord_type, tif, qty, now_ns, price, stop_px, floor, expire
        )
        self.sent.append((client, cl_ord_id, ord_type is OrdType.LIMIT))


def replay(tape: ShippedTape, every: int = 20) -> list[tuple[TapeEvent | None, list[VenueMessage]]]:
    """Each tape event (None: the clients' turn) with what it caused."""
    exchange = exchange_for(tape)
    crowd = Crowd(tape, exchange, 20180102)
    steps: list[tuple[TapeEvent | None, list[VenueMessage]]] = []
    last_px = 0
    for number, event in enumerate(read_tape(tape.path, tape.instrument)):
        if isinstance(event, Trade):
            exchange.on_trade(event)
            last_px = event.px
        else:
            exchange.on_quote(event)
            last_px = last_px or event.ask_px
        steps.append((event, exchange.drain()))
        if number % every == 0:
            crowd.act(event.time_ns, last_px)
            steps.append((None, exchange.drain()))
    exchange.advance(tape.last_ns + LONG_NS)
    steps.append((None, exchange.drain()))
    return steps


def text_of(message: VenueMessage) -> str:
    names = [name for name in dir(message) if not name.startswith("_")]
    return " ".join(f"{name}={getattr(message, name)}" for name in names)


@pytest.mark.parametrize("symbol", ["XXX", "ABC"])
def test_the_same_orders_on_the_same_tape_give_the_same_reports(symbol: str) -> None:
    first, again = ([text_of(m) for _, heard in replay(TAPES[symbol], 40) for m in heard] for _ in range(2))
    assert first == again


@pytest.mark.parametrize("symbol", list(TAPES))
def test_every_fill_is_within_its_limit_and_quantities_are_conserved(symbol: str) -> None:
    cum: dict[str, int] = defaultdict(int)
    fills = 0
    for _, heard in replay(TAPES[symbol]):
        for report in heard:
            if not isinstance(report, Report) or report.exec_type is ExecType.REJECTED:
                continue
            cum[report.venue_order_id] += report.last_qty
            fills += report.last_qty > 0
            assert report.cum_qty == cum[report.venue_order_id]
            assert report.leaves_qty in (0, report.order_qty - report.cum_qty)
            if report.last_qty and report.price:
                better = report.last_px <= report.price if report.side is Side.BUY else report.last_px >= report.price
                assert better, text_of(report)
    assert fills > 50


class TapeAuditor:
    """What the tape allowed: per step, the fills not explained by another client are held against what it showed."""

    def __init__(self) -> None:
        self.from_prints = 0
        self.shown: dict[str, tuple[int, int]] = {"bid": (0, 0), "ask": (0, 0)}
        self.taken: dict[str, dict[int, int]] = {"bid": defaultdict(int), "ask": defaultdict(int)}

    def see_quote(self, quote: Quote) -> None:
        for side, px, size in (("bid", quote.bid_px, quote.bid_size), ("ask", quote.ask_px, quote.ask_size)):
            sign = 1 if side == "bid" else -1
            for old in [old for old in self.taken[side] if px == 0 or old * sign > px * sign]:
                del self.taken[side][old]
            self.taken[side][px] = min(self.taken[side][px], size)
            self.shown[side] = (px, size)

    def check_print(self, trade: Trade, fills: list[Report]) -> list[Report]:
        """Orders that rested fill out of the print, within its size. Returns the fills that only the quote can explain.

        A print also triggers stops, which then take from the quote.
        """
        left = trade.size
        unexplained: list[Report] = []
        for fill in fills:
            auction = trade.kind is PrintKind.OPENING_AUCTION and fill.last_px == trade.px
            triggered = fill.ord_type is OrdType.STOP or (fill.ord_type is OrdType.STOP_LIMIT and fill.last_qty > left)
            if auction or (at_print(fill, trade) and not triggered):
                left -= fill.last_qty
                self.from_prints += 1
            else:
                unexplained.append(fill)
        assert left >= 0
        return unexplained

    def check_taken(self, fill: Report, qty: int) -> None:
        """`qty` of the fill came out of the quote: it must have shown that, untaken, at no worse price."""
        side = "ask" if fill.side is Side.BUY else "bid"
        px, size = self.shown[side]
        assert px != 0
        assert fill.last_px >= px if fill.side is Side.BUY else fill.last_px <= px, text_of(fill)
        self.taken[side][px] += qty
        assert self.taken[side][px] <= size, text_of(fill)


def unpaired(heard: list[VenueMessage]) -> list[Report]:
    """The fills against the tape: not one half of a trade between two clients (told side by side)."""
    fills = [m for m in heard if isinstance(m, Report) and m.exec_type is ExecType.TRADE]
    left: list[Report] = []
    for fill in fills:
        other = left[-1] if left else None
        pair = other is not None and (other.last_qty, other.last_px) == (fill.last_qty, fill.last_px)
        if other is not None and pair and (other.side is Side.BUY) != (fill.side is Side.BUY):
            left.pop()
        else:
            left.append(fill)
    return left


def test_with_quotes_no_size_is_taken_twice_and_no_print_gives_more_than_its_size() -> None:
    auditor = TapeAuditor()
    from_quotes = 0
    for event, heard in replay(TAPES["XXX"], 10):
        if isinstance(event, Quote):
            auditor.see_quote(event)
        fills = unpaired(heard)
        if isinstance(event, Trade):
            fills = auditor.check_print(event, fills)
        for fill in fills:
            auditor.check_taken(fill, fill.last_qty)
            from_quotes += 1
    assert from_quotes > 100
    assert auditor.from_prints > 20


def at_print(fill: Report, trade: Trade) -> bool:
    """Whether a resting order at its own limit could have met the print."""
    if fill.last_px != fill.price:
        return False
    return trade.px <= fill.price if fill.side is Side.BUY else trade.px >= fill.price


@pytest.mark.parametrize("symbol", ["ETF", "AAA", "BBB", "ABC"])
def test_without_quotes_a_print_gives_no_more_than_its_size_and_no_better_price(symbol: str) -> None:
    checked = 0
    for event, heard in replay(TAPES[symbol], 10):
        fills = unpaired(heard)
        if not isinstance(event, Trade):
            assert fills == []
            continue
        assert sum(fill.last_qty for fill in fills) <= event.size
        for fill in fills:
            assert fill.last_px >= event.px if fill.side is Side.BUY else fill.last_px <= event.px
            checked += 1
    assert checked > 50

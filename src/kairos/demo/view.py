"""What is to be seen of a running demo, whoever shows it: the market's time, counts, the blotter, the last events."""

from __future__ import annotations

import time
from collections import deque
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from kairos.demo.link_watch import LinkWatch
from kairos.demo.risk_told import risk_line
from kairos.demo.serving import ExchangeRun, MarketTime, exchange_runs, falls
from kairos.demo.setup import House, order_session_of_exchange
from kairos.demo.trader import Trader
from kairos.desk.blotter import OrderRow
from kairos.model.enums import Side
from kairos.model.events import (
    Event,
    OrderRefused,
    RouteUnknown,
    TradeBooked,
    VenueStateChanged,
)
from kairos.model.numbers import format_price
from kairos.model.refusals import describe

# The tapes' first market; its clock is on the wall.
MARKET_ZONE: Final = ZoneInfo("America/New_York")
RATE_WINDOW_S: Final = 4.0
LOOK_AT_LOG_S: Final = 1.0
LINES_KEPT: Final = 12


class View:
    """Call `refresh` before each look."""

    def __init__(self, house: House, traders: list[Trader], watch: LinkWatch) -> None:
        self.house = house
        self.traders = traders
        self.watch = watch
        self.phase = "the house is being opened"
        self.lines: deque[str] = deque(maxlen=LINES_KEPT)
        self._market = MarketTime(house.course, house.listed[0].tape)
        self._run = ExchangeRun()
        self._looked_at_log = 0.0
        self._falls_told = 0
        self._counts: deque[tuple[float, int]] = deque()

    def say(self, text: str) -> None:
        """Something that the demo itself did."""
        self.lines.append(f"{self.clock()}  ● {text}")

    def refresh(self) -> None:
        self.watch.take()
        while self.watch.news:
            line = line_of(self.watch.news.popleft(), self.watch)
            if line:
                self.lines.append(f"{self.clock()}  {line}")
        now_s = time.monotonic()
        self._counts.append((now_s, self.orders))
        while now_s - self._counts[0][0] > RATE_WINDOW_S:
            self._counts.popleft()
        if now_s - self._looked_at_log > LOOK_AT_LOG_S:
            self._looked_at_log = now_s
            self._look_at_log()

    def clock(self) -> str:
        """The market's time on its own wall."""
        market_ns = self._market.at(self._run, time.time_ns())
        return datetime.fromtimestamp(market_ns // 1_000_000_000, UTC).astimezone(MARKET_ZONE).strftime("%H:%M:%S")

    @property
    def market_phase(self) -> str:
        market_ns = self._market.at(self._run, time.time_ns())
        if market_ns < self._market.open_ns:
            return "pre-open"
        return "open" if market_ns < self._market.end_ns else "closed"

    @property
    def orders(self) -> int:
        return sum(len(trader.orders.by_cl_ord_id) for trader in self.traders)

    @property
    def orders_a_second(self) -> float:
        (since, before), (until, now) = self._counts[0], self._counts[-1]
        return (now - before) / (until - since) if until > since else 0.0

    @property
    def fills(self) -> int:
        return sum(len(trader.orders.fills) for trader in self.traders)

    @property
    def refused(self) -> int:
        return sum(trader.orders.refused.total() for trader in self.traders)

    @property
    def working(self) -> int:
        return sum(len(trader.orders.working()) for trader in self.traders)

    @property
    def sessions_up(self) -> int:
        return sum(trader.client.logged_on for trader in self.traders)

    def latest(self, count: int) -> list[OrderRow]:
        """The newest orders, newest first."""
        rows = self.watch.blotter.rows
        return [rows[order_id] for order_id in sorted(rows, reverse=True)[:count]]

    def _look_at_log(self) -> None:
        log_file = self.house.config.log.file
        if log_file is None:
            return
        runs = exchange_runs(log_file, order_session_of_exchange(self.house))
        if runs:
            self._run = runs[-1]
        fallen = falls(log_file)
        for name in fallen[self._falls_told :]:
            anew = "; its day begins anew, without the orders that it had" if name == "simulator" else ""
            self.say(f"process {name} fell; its supervisor starts it again{anew}")
        self._falls_told = len(fallen)


def line_of(event: Event, watch: LinkWatch) -> str:
    """An event worth a line, in words; "" for the others."""
    if isinstance(event, OrderRefused):
        return f"✗ {event.account_id} {event.cl_ord_id} refused: {describe(event.code, event.context)}"
    if isinstance(event, TradeBooked):
        row = watch.blotter.rows.get(event.order_id)
        if row is None:
            return ""
        verb = "bought" if row.side is Side.BUY else "sold"
        where = event.contra if event.route_id == 0 else event.venue_id
        return (
            f"✓ {row.account_id} {verb} {event.last_qty} {row.instrument_id} at {format_price(event.last_px)} ({where})"
        )
    if isinstance(event, VenueStateChanged):
        return f"{'▲' if event.up else '▼'} venue {event.venue_id} is {'up' if event.up else 'down'}"
    if isinstance(event, RouteUnknown):
        return f"? route {event.route_id} is UNKNOWN: {event.text}"
    return risk_line(event)

"""Where each client's order stands in the queues of the tape, counted for each order by itself."""

from __future__ import annotations

import heapq
from collections import defaultdict
from typing import Any, Final

from tests.venue.judge_order import Judged
from tests.venue.judge_view import View

from kairos.market.tape import AnyTapeEvent, BookOrder, DepthLevel, Quote
from kairos.model.enums import TimeInForce

LATE_NS: Final = 10**9
IMMEDIATE: Final = (TimeInForce.IMMEDIATE_OR_CANCEL, TimeInForce.FILL_OR_KILL)
AUCTION_ONLY: Final = (TimeInForce.AT_THE_OPENING, TimeInForce.AT_THE_CLOSE)


class Places:
    """The clients' orders, and what the tape does to them."""

    def __init__(
        self,
        open_ns: int,
        close_ns: int,
        has_quotes: bool,
        opening_wait_ns: int,
        turn_percent: int = 25,
        pro_rata: bool = False,
    ) -> None:
        self.open_ns, self.close_ns, self.released_ns = open_ns, close_ns, open_ns + opening_wait_ns
        self.has_quotes, self.turn_percent = has_quotes, turn_percent
        self.pro_rata = pro_rata
        self.printed: dict[tuple[bool, int], int] = {}  # by side and price, since its size was last told
        self.view = View()
        self.orders: dict[str, Judged] = {}
        self.rest: dict[bool, dict[int, list[Judged]]] = {True: defaultdict(list), False: defaultdict(list)}
        self.loose: dict[str, Judged] = {}  # those that can rest, and don't yet
        self.stops: dict[bool, list[tuple[int, int, Judged]]] = {True: [], False: []}
        self.complaints: list[str] = []
        self.counts: dict[str, int] = defaultdict(int)
        self.last_px = 0
        self.events = self.locked = 0
        self.now = 0
        self.places = 0
        self.numbers = 0
        self.print_px = self.print_left = self.print_size = 0
        self.used: dict[str, int] = {}
        self.level_used = 0
        self.executed: int | None = None
        self.is_execution = False
        self.by = 0
        self.pairs: dict[str, Any] = {}
        self.halted = False
        self.stood: dict[str, int] = {}
        self.before: dict[str, int] = {}

    def object(self, what: str, report: Any = None) -> None:
        where = (
            ""
            if report is None
            else (
                f" {report.venue_order_id} {report.side.name} {report.ord_type.name} {report.time_in_force.name}"
                f" {report.last_qty}@{report.last_px} limit {report.price} {report.exec_id}"
            )
        )
        self.complaints.append(f"{self.now}: {what}{where}")

    def is_trading(self) -> bool:
        return self.open_ns <= self.now < self.close_ns and not self.halted

    def _shown(self, event: AnyTapeEvent) -> None:
        if isinstance(event, Quote):
            self._share(True, event.bid_px, event.bid_size)
            self._share(False, event.ask_px, event.ask_size)
            self.view.quote(event)
        elif isinstance(event, DepthLevel):
            self._share(event.is_bid, event.px, event.size)
            self.view.level(event)
            self._cap(self.rest[event.is_bid].get(event.px, []), event.size, event.px, event.is_bid)
        elif isinstance(event, BookOrder):
            for ref, gone in self.view.order(event):
                self._shrink_refs(event, ref, gone)
        if self.is_trading() and not getattr(event, "more", False) and self.view.is_sound():
            for is_bid in (True, False):
                self._move_up(is_bid)

    def _share(self, is_bid: bool, px: int, size: int) -> None:
        """What a size falls by, beyond what traded there, was canceled before each order in proportion, if so ruled."""
        stood = self.view.side(is_bid).shown.get(px, 0) - self.printed.pop((is_bid, px), 0)
        if not self.pro_rata or not self.is_trading() or size >= stood:
            return
        for order in self.rest[is_bid].get(px, []):
            if not order.unseen and order.ahead <= stood:
                self._at_most(order, order.ahead - order.ahead * (stood - size) // stood)

    def _cap(self, orders: list[Judged], size: int, px: int, is_bid: bool) -> None:
        if size or not self.view.side(is_bid).is_unseen(px):
            for order in orders:
                self._at_most(order, size)

    def _move_up(self, is_bid: bool) -> None:
        """Before who is better than the tape nothing of it is left; at its best, no more than it shows."""
        side = self.view.side(is_bid)
        best = side.best()
        for px, orders in self.rest[is_bid].items():
            if best is None or side.is_better(px, best):
                for order in orders:
                    order.refs.clear()
                    self._at_most(order, 0)
            elif px == best:
                for order in orders:
                    if order.unseen or not side.at:
                        self._at_most(order, 0 if side.at else side.shown[best])

    def _at_most(self, order: Judged, size: int) -> None:
        if order.unseen:
            order.unseen = False
            order.ahead = size
        elif order.ahead > size:
            if self.now - order.fallen_ns > LATE_NS:
                order.fallen = 0
            order.fallen += order.ahead - size
            order.fallen_ns = self.now
            order.ahead = size

    def _shrink_refs(self, event: BookOrder, ref: int, gone: int) -> None:
        for order in self.rest[event.is_buy].get(event.px, []):
            if ref in order.refs:
                order.refs[ref] -= gone
                if order.refs[ref] <= 0:
                    del order.refs[ref]

    def _trigger(self, px: int) -> None:
        for is_buy, heap in self.stops.items():
            sign = 1 if is_buy else -1
            while heap and heap[0][0] <= px * sign:
                order = heapq.heappop(heap)[2]
                order.triggered = True
                order.held = False  # it comes to the market now, whatever the market waited for when it came
                if order.live:
                    self._loosen(order)

    def _arrive(self, order: Judged) -> None:
        if order.triggered:
            self._loosen(order)
            return
        reached = self.last_px and (self.last_px >= order.stop if order.is_buy else self.last_px <= order.stop)
        if reached and self.is_trading():
            order.triggered = True
            self._loosen(order)
        else:
            sign = 1 if order.is_buy else -1
            heapq.heappush(self.stops[order.is_buy], (order.stop * sign, order.number, order))

    def _loosen(self, order: Judged) -> None:
        if not order.at_market and order.tif not in AUCTION_ONLY and order.tif not in IMMEDIATE:
            self.loose[order.id] = order

    def _leave(self, order: Judged) -> None:
        if order.resting:
            self.rest[order.is_buy][order.px].remove(order)
            if not self.rest[order.is_buy][order.px]:
                del self.rest[order.is_buy][order.px]
            order.resting = False
        self.loose.pop(order.id, None)

    def _settle(self) -> None:
        """Who is left without a place and can't take any more now rests."""
        if not self.loose or not self.is_trading():
            return
        for order in list(self.loose.values()):
            if order.held and self.now < self.released_ns:
                continue
            order.held = False
            market = self.view.side(not order.is_buy).best() if self.has_quotes else (self.last_px or None)
            if market is not None and order.accepts(market):
                continue
            del self.loose[order.id]
            order.resting = True
            self.rest[order.is_buy][order.px].append(order)
            self._place(order)

    def _place(self, order: Judged) -> None:
        """At the back of its price, behind all that the tape shows there."""
        self.places += 1
        order.place = self.places
        order.show()
        order.fallen = 0
        order.refs = {}
        side = self.view.side(order.is_buy)
        best = side.best()
        if not self.has_quotes:
            order.unseen, order.ahead = False, 0
            return
        order.unseen = (
            not side.known or not self.view.is_sound() or (order.px not in side.shown and side.is_unseen(order.px))
        )
        if best is not None and side.is_better(order.px, best) and self.view.is_sound():
            order.unseen = False
        order.ahead = 0
        if side.at:
            order.refs = {ref: shown.size for ref, shown in side.at.get(order.px, {}).items()}
        elif not order.unseen:
            order.ahead = side.shown.get(order.px, 0)

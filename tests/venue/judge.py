"""An independent judge of simulated fills: it hears the tape and the exchange's reports, and objects.

It shares no code with the exchange. For each fill it asks what the tape allowed then: was that size shown at that
price and not taken before; had the order's turn come; was the print large enough; was it an auction's price and volume;
and did the order's own terms allow it. `complaints` is empty for an honest run.
"""

from __future__ import annotations

import heapq
from typing import Any

from tests.venue.judge_order import Judged
from tests.venue.judge_parties import Parties
from tests.venue.judge_places import AUCTION_ONLY, IMMEDIATE, LATE_NS
from tests.venue.judge_push import Pushed
from tests.venue.judge_view import ShownSide

from kairos.market.tape import AnyTapeEvent, BookAction, BookOrder, HaltState, PrintKind, TapeHalt, Trade
from kairos.model.enums import ExecType, OrdStatus, Side, TimeInForce

ADDED, REMOVED, AUCTION = 1, 2, 4


class Judge(Parties):
    """Hears `tape` and `acted` in the order in which things happened. With an impact, `tick` and `pushed` are given."""

    tick = 0
    pushed: dict[bool, Pushed] | None = None  # by the tape's side, bids are True

    def expect_impact(self, tick: int, ticks: int, half_life_ns: int) -> None:
        """What clients take pushes the prices of the tape."""
        self.tick = tick
        self.pushed = {is_bid: Pushed(ticks, half_life_ns) for is_bid in (True, False)}

    def acted(self, now_ns: int, reports: list[Any]) -> None:
        """A client or the clock did something."""
        self.now = now_ns
        self._no_print()
        self._hear(reports)

    def tape(self, event: AnyTapeEvent, reports: list[Any]) -> None:
        """The tape told something."""
        self.now = event.time_ns
        self.events += 1
        self.locked += not self.view.is_sound()
        self._no_print()
        if isinstance(event, Trade):
            self._trade(event, reports)
        elif isinstance(event, TapeHalt):
            self.halted = event.state is HaltState.HALTED or (self.halted and event.state is not HaltState.RESUMED)
            if self.is_trading() and self.view.is_sound():
                self._move_up(True)
                self._move_up(False)
            if self.is_trading() and self.last_px:
                self._trigger(self.last_px)
            self._hear(reports)
        elif isinstance(event, BookOrder) and event.action in (BookAction.EXECUTE, BookAction.EXECUTE_HIDDEN):
            self._execution(event, reports)
        else:
            self._shown(event)
            self._hear(reports)

    def _no_print(self) -> None:
        for pushed in (self.pushed or {}).values():
            pushed.begin(self.now)
        self.print_px = self.print_left = self.print_size = self.level_used = 0
        self.is_execution = False

    def _trade(self, trade: Trade, reports: list[Any]) -> None:
        if trade.kind is PrintKind.OFF_BOOK:
            self._hear(reports)
            return
        self.print_px, self.print_left, self.print_size = trade.px, trade.size, trade.size
        self.by = trade.taker or self._from_middle(trade.px)
        auction = any(
            report.last_qty and report.last_liquidity_ind == AUCTION
            for report in reports
            if hasattr(report, "exec_type")
        )
        if trade.kind is PrintKind.OPENING_AUCTION and self.is_trading():
            self.released_ns = min(self.released_ns, self.now)
        if self.is_trading() or auction:
            self.last_px = trade.px
        late = {} if not self.is_trading() else self._late(trade)
        self.stood = late
        if self.is_trading():
            self._trigger(trade.px)
        ranked = self._who_takes_part(trade.kind) if auction else []
        self.before = {order.id: order.cum for order in ranked}
        self._hear(reports)
        if auction:
            self._check_ranks(ranked, trade.px)
        if self.is_trading():
            self._eat(trade)
            side = self.view.side(self.by < 0)
            printed = self.printed.get((self.by < 0, trade.px), 0) + trade.size
            self.printed[self.by < 0, trade.px] = min(printed, side.shown.get(trade.px, 0))

    def _from_middle(self, px: int) -> int:
        bid, ask = self.view.bid.best(), self.view.ask.best()
        return 0 if bid is None or ask is None or bid >= ask else 2 * px - bid - ask

    def _who_takes_part(self, kind: PrintKind) -> list[Judged]:
        not_yet = TimeInForce.AT_THE_CLOSE if kind is PrintKind.OPENING_AUCTION else TimeInForce.AT_THE_OPENING
        return [
            order
            for order in self.orders.values()
            if order.live
            and order.triggered
            and order.tif is not not_yet
            and (order.held or kind is PrintKind.CLOSING_AUCTION)
        ]

    def _late(self, trade: Trade) -> dict[str, int]:
        """For each order at the print's price: how much of the print it has moved up by already."""
        found: dict[str, int] = {}
        for is_buy in (True, False):
            for order in self.rest[is_buy].get(trade.px, []):
                if self.now - order.fallen_ns > LATE_NS:
                    order.fallen = 0
                found[order.id] = min(order.fallen, trade.size)
        return found

    def _eat(self, trade: Trade) -> None:
        """Orders at the price move up by what the tape's own orders before them traded."""
        for is_buy in (True, False):
            if (is_buy and self.by > 0) or (not is_buy and self.by < 0):
                continue
            for order in self.rest[is_buy].get(trade.px, []):
                late = self.stood.get(order.id)
                if late is not None:
                    order.fallen = max(0, order.fallen - late)
                    order.ahead = max(0, order.ahead - max(0, self.print_left - late))

    def _execution(self, event: BookOrder, reports: list[Any]) -> None:
        side = self.view.side(event.is_buy)
        if event.action is BookAction.EXECUTE:
            self.print_px, self.print_left, self.print_size = event.px, event.size, event.size
            self.by = -1 if event.is_buy else 1
            self.executed = event.order_ref if event.order_ref in side.orders and event.order_ref > 0 else None
            self.is_execution = True
        if self.is_trading():
            self.last_px = event.px
            self._trigger(event.px)
        # Passive fills out of the execution come before the tape's order shrinks, what stops and offers take after.
        cut, left = 0, event.size
        for number, report in enumerate(reports, 1):
            passive = getattr(report, "last_qty", 0) and report.last_liquidity_ind == ADDED and not report.trd_match_id
            if not passive or report.last_qty > left or (report.side is Side.BUY) is not event.is_buy:
                break
            left -= report.last_qty
            cut = number
        self._hear(reports[:cut], settle=False)
        self.print_px = self.print_left = self.print_size = 0
        self._shown(event)
        self._hear(reports[cut:])

    def _hear(self, reports: list[Any], settle: bool = True) -> None:
        entered: list[tuple[Judged, int]] = []  # and what each had then
        for report in reports:
            if not hasattr(report, "exec_type"):
                continue
            if report.exec_type is ExecType.NEW:
                entered.append((self._new(report), 0))
            elif report.exec_type in (ExecType.REJECTED, ExecType.ORDER_STATUS):
                continue
            elif report.exec_type is ExecType.TRADE:
                self._fill(report)
            elif report.exec_type is ExecType.REPLACED:
                entered += self._replaced(report)
            elif report.exec_type in (ExecType.TRADE_CANCEL, ExecType.TRADE_CORRECT):
                order = self.changed(report)
                entered += [] if order is None else [(order, order.cum)]
            else:
                self._closed(report)
        if self.pairs:
            self.object(f"half a trade between clients: {', '.join(self.pairs)}")
            self.pairs.clear()
        self.check_both_changed()
        for order, had in entered:
            self.check_least(order, had)
            if order.live and order.tif in IMMEDIATE and self.has_quotes:
                self.object(f"{order.id} is {order.tif.name} and rests")
        if settle:
            self._settle()

    def _new(self, report: Any) -> Judged:
        self.numbers += 1
        order = Judged(report, self.numbers)
        self.orders[order.id] = order
        order.held = not self.is_trading() or order.tif in AUCTION_ONLY
        self._arrive(order)
        return order

    def _replaced(self, report: Any) -> list[tuple[Judged, int]]:
        """The order, if it enters the market anew, and what it had then."""
        order = self.orders[report.venue_order_id]
        smaller = report.order_qty <= order.qty and (report.price, report.stop_px, report.max_floor) == (
            order.px,
            order.stop,
            order.floor,
        )
        if smaller and report.leaves_qty:
            order.terms(report)
            order.tip = min(order.tip, order.leaves)
            return []
        self._leave(order)
        if not order.triggered:
            heap = self.stops[order.is_buy]
            heap[:] = [entry for entry in heap if entry[2] is not order]
            heapq.heapify(heap)
        order.terms(report)
        self.numbers += 1
        order.number = self.numbers
        order.held = not self.is_trading() or order.tif in AUCTION_ONLY
        if report.leaves_qty == 0:
            order.live = False
        else:
            self._arrive(order)
        return [(order, order.cum)]

    def _closed(self, report: Any) -> None:
        order = self.orders[report.venue_order_id]
        if order.tif is TimeInForce.FILL_OR_KILL and order.cum not in (0, order.qty) and not order.changed:
            self.object(f"{order.id} is fill or kill and has {order.cum} of {order.qty}")
        self.check_prevented(order, report)
        self._leave(order)
        order.live = False
        order.ended = True
        if not order.triggered:
            order.triggered = True

    def _fill(self, report: Any) -> None:
        order = self.orders.get(report.venue_order_id)
        if order is None or not order.live:
            self.object("a fill of an order that is not open", report)
            return
        self._check_terms(order, report)
        if report.trd_match_id:
            self._check_pair(order, report)
        elif report.last_liquidity_ind == AUCTION:
            self._check_auction(order, report)
        elif not self.is_trading():
            self.object("a fill while nothing trades", report)
        elif not self.has_quotes:
            self._check_print_only(order, report)
        elif report.last_liquidity_ind == REMOVED:
            self._check_taken(order, report)
        elif self.print_size:
            self._check_turn(order, report)
        else:
            self._check_met(order, report)
        self.book(order, report)
        self._count(order, report)

    def _check_terms(self, order: Judged, report: Any) -> None:
        if (
            report.last_qty <= 0
            or order.cum + report.last_qty > order.qty
            or report.cum_qty != order.cum + report.last_qty
        ):
            self.object(f"quantities don't add up: had {order.cum} of {order.qty}", report)
        if not order.accepts(report.last_px):
            self.object("beyond its limit", report)
        if not order.triggered:
            self.object(f"a stop at {order.stop} that nothing has triggered, last {self.last_px}", report)
        if order.tif in AUCTION_ONLY and report.last_liquidity_ind != AUCTION:
            self.object("an order for the auction trades outside it", report)

    def _check_pair(self, order: Judged, report: Any) -> None:
        self.counts["between clients"] += 1
        other = self.pairs.pop(report.trd_match_id, None)
        if other is None:
            self.pairs[report.trd_match_id] = report
        else:
            self.check_parties(report, other)
            same = (other.last_qty, other.last_px) == (report.last_qty, report.last_px)
            if not same or (other.side is Side.BUY) == (report.side is Side.BUY):
                self.object("the sides of a trade between clients differ", report)
        if report.last_liquidity_ind == ADDED and order.resting:
            self._check_first(order, report)

    def _check_auction(self, order: Judged, report: Any) -> None:
        self.counts["in auctions"] += 1
        if not self.print_size or report.last_px != self.print_px:
            self.object("an auction fill without that print", report)
        self.print_left -= report.last_qty
        if self.print_left < 0:
            self.object("auction fills beyond the print's volume", report)

    def _check_print_only(self, order: Judged, report: Any) -> None:
        self.counts["from prints"] += 1
        if not self.print_size:
            self.object("a fill without a print on a tape of prints", report)
        if report.last_px < self.print_px if order.is_buy else report.last_px > self.print_px:
            self.object(f"a better price than the print's {self.print_px}", report)
        if order.resting and order.px == self.print_px:
            self.level_used += report.last_qty
            if self.level_used > self.print_size * self.turn_percent // 100:
                self.object("more than the share of a print at its price", report)
        self.print_left -= report.last_qty
        if self.print_left < 0:
            self.object("fills beyond the print's size", report)

    def _check_taken(self, order: Judged, report: Any) -> None:
        self.counts["taken from the tape"] += 1
        side = self.view.side(not order.is_buy)
        free = side.best_free()
        px = report.last_px if free is None else self._unpushed(order, free[0], report.last_px)
        self._consume(side, report, px)

    def _unpushed(self, order: Judged, shown_px: int, px: int) -> int:
        """The shown price, if it may have been pushed to `px`; else `px`."""
        away = 1 if order.is_buy else -1
        steps = range(1) if self.pushed is None else self.pushed[not order.is_buy].allowed(order.id)
        return shown_px if any(shown_px + away * step * self.tick == px for step in steps) else px

    def _consume(self, side: ShownSide, report: Any, px: int) -> None:
        free = side.best_free() if self.view.is_sound() else None
        if free is None or free[0] != px:
            self.object(f"the tape's best that is left is {free}", report)
        elif report.last_qty > free[1]:
            self.object(f"only {free[1]} of {side.shown[px]} are left there", report)
        if self.pushed is not None:
            self.pushed[side is self.view.bid].add(report.venue_order_id, report.last_qty, side.shown.get(px, 1))
        side.take(px, report.last_qty)

    def _check_met(self, order: Judged, report: Any) -> None:
        """The tape's other side has come to a resting order."""
        self.counts["met by the tape"] += 1
        side = self.view.side(not order.is_buy)
        free = side.best_free()
        if report.last_px != order.px:
            self.object("a resting order fills at its own price", report)
        least = self.pushed[not order.is_buy].allowed(order.id)[0] * self.tick if self.pushed is not None else 0
        if free is None or not order.accepts(free[0] + (least if order.is_buy else -least)):
            self.object(f"the tape's best that is left is {free}", report)
            return
        self._check_first(order, report)
        self._consume(side, report, free[0])

    def _check_turn(self, order: Judged, report: Any) -> None:
        """A print reaches a resting order."""
        self.counts["in turn"] += 1
        if report.last_px != order.px or not order.resting:
            self.object("a resting order fills at its own price", report)
            return
        if not order.accepts(self.print_px):
            self.object(f"a print at {self.print_px} can't reach it", report)
        if (self.by > 0) if order.is_buy else (self.by < 0):
            self.object("the print was of its own side's takers", report)
        self._check_first(order, report)
        before = order.waits_for()
        late = self.stood.get(order.id, 0)
        at_price = order.px == self.print_px
        if self.is_execution:
            if before or before is None:
                self.object(f"{before} of the tape's stand before it", report)
            if at_price and (self.executed is None or self.executed in order.refs):
                self.object("the executed order came before it", report)
        elif not at_price:
            if (before or before is None) and self.view.side(order.is_buy).known:
                self.object(f"{before} of the tape's stand before it, and the print is through its price", report)
        elif before is None or report.last_qty > self.print_left - late - before:
            self.object(
                f"its turn has not come: {before} before it, {late} printed late, {self.print_left} left", report
            )
        self.print_left -= report.last_qty
        if at_price:
            self.level_used += report.last_qty
        if self.print_left < 0:
            self.object(f"fills beyond the print's size {self.print_size}", report)

    def _check_first(self, order: Judged, report: Any) -> None:
        """No other client's order stands before it."""
        side = self.rest[order.is_buy]
        sign = 1 if order.is_buy else -1
        if any(px * sign > order.px * sign for px in side):
            self.object("a better price of another client rests", report)
        first = min(side[order.px], key=lambda other: other.place)
        if first is not order:
            self.object(f"{first.id} came before it", report)
        if report.last_qty > order.tip:
            self.object(f"more than the {order.tip} that it shows", report)

    def _check_ranks(self, orders: list[Judged], px: int) -> None:
        """Of each side, who got something in the auction stands before all who still want more."""
        for is_buy in (True, False):
            sign = -1 if is_buy else 1
            ranked = sorted(
                (not order.at_market, order.px * sign, order.number, order.id)
                for order in orders
                if order.is_buy is is_buy and order.accepts(px)
            )
            unserved = ""
            for *_, name in ranked:
                order = self.orders[name]
                if unserved and order.cum > self.before.get(name, 0):
                    self.object(f"{name} traded in the auction before {unserved}")
                if order.live and order.leaves > 0:
                    unserved = unserved or name

    def _count(self, order: Judged, report: Any) -> None:
        order.cum += report.last_qty
        if report.leaves_qty not in (0, order.leaves):
            self.object("LeavesQty is wrong", report)
        if order.leaves <= 0:
            order.live = False
            self._leave(order)
            return
        if order.resting:
            order.tip -= report.last_qty
            if order.tip <= 0:
                self._place(order)
        if order.tif is TimeInForce.FILL_OR_KILL and not self.print_size and report.ord_status is OrdStatus.FILLED:
            self.object("filled in part", report)

"""Clients who send, change and cancel orders of every type and time in force around the market, by a seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from tests.venue.judge_parties import Wish
from tests.venue.judge_view import View

from kairos.model.enums import ExecType, OrdType, Side, TimeInForce
from kairos.venue.exchange import Exchange
from kairos.venue.orders import SelfMatch

SECOND_NS = 1_000_000_000
SIDES = (Side.BUY, Side.SELL, Side.SELL_SHORT)
TYPES = (OrdType.LIMIT,) * 6 + (OrdType.MARKET, OrdType.STOP, OrdType.STOP_LIMIT)
PATIENCE = (
    25  # most orders are canceled after so many others, or clients would fill the spread and meet each other only
)
PREVENTS = ("C0", "C1")
CHANGEABLE = 200  # the last fills, of which the exchange takes some back
TIFS = (TimeInForce.DAY,) * 4 + tuple(TimeInForce)


class Crowd:
    """`count` orders, spread evenly from `from_ns` to `to_ns`; about every fourth is changed, most are canceled in
    the end. Some have a least quantity, those of two clients never trade with their like, and now and then the
    exchange takes a trade back or corrects it. `told` hears of what no report repeats.
    """

    def __init__(
        self,
        exchange: Exchange,
        instrument: str,
        tick: int,
        lot: int,
        seed: int,
        told: Callable[[str, str, Wish], None] = lambda *_: None,
    ) -> None:
        self.exchange = exchange
        self.told = told
        self.fills: list[tuple[str, int, int]] = []
        self.instrument = instrument
        self.tick = tick
        self.lot = lot
        self.chance = Random(seed)
        self.count = 0
        self.orders = 0
        self.sent: list[tuple[str, str, bool]] = []

    def act(self, now_ns: int, view: View, last_px: int) -> Iterator[None]:
        """One new order, and perhaps something done to one of the last ones; one thing after the other."""
        chance = self.chance
        self._submit(now_ns, view, last_px)
        yield
        if chance.random() < 0.25:
            self._replace(now_ns, view, last_px)
            yield
        if chance.random() < 0.2:
            client, orig, _ = self._some()
            self.exchange.cancel(client, self._name(), orig, now_ns)
            yield
        if len(self.sent) > PATIENCE and chance.random() < 0.9:
            client, orig, _ = self.sent[-PATIENCE]
            self.exchange.cancel(client, self._name(), orig, now_ns)
            yield
        if self.fills and chance.random() < 0.03:
            self._change_trade(now_ns)
            yield

    def heard(self, reports: list[Any]) -> None:
        """What the exchange has reported."""
        self.fills += [
            (report.exec_id, report.last_qty, report.last_px)
            for report in reports
            if hasattr(report, "exec_type") and report.exec_type is ExecType.TRADE
        ]
        del self.fills[:-CHANGEABLE]

    def _change_trade(self, now_ns: int) -> None:
        """The operator takes one of the last trades back, or corrects it."""
        exec_id, qty, px = self.chance.choice(self.fills)
        if self.chance.random() < 0.5:
            self.exchange.bust(exec_id, now_ns)
        else:
            less = max(self.lot, qty // 2 // self.lot * self.lot)
            self.exchange.correct(exec_id, less, px + self.chance.choice((0, self.tick)), now_ns)

    def _name(self) -> str:
        self.count += 1
        return f"X{self.count}"

    def _some(self) -> tuple[str, str, bool]:
        return self.sent[-1 - self.chance.randrange(min(60, len(self.sent)))]

    def _price(self, is_buy: bool, view: View, last_px: int) -> int:
        """Where queues are, mostly, and where the other side is; seldom inside the spread, where only clients meet."""
        joins = self.chance.random() < 0.65
        best = view.side(is_buy is joins).best() or last_px or 100 * self.tick
        steps = self.chance.choice((0, 0, 0, 0, 0, 1, 1, 2, 3, 8)) * (-1 if is_buy is joins else 1)
        if joins and self.chance.random() < 0.1:
            steps = 1 if is_buy else -1
        return max(self.tick, best // self.tick * self.tick + steps * self.tick)

    def _qty(self, view: View) -> int:
        side = view.bid if self.chance.random() < 0.5 else view.ask
        best = side.best()
        shown = side.shown[best] if best is not None else 1000
        share = self.chance.choice((0.02, 0.1, 0.3, 1.0, 1.5))
        return max(1, int(shown * share) // self.lot) * self.lot

    def _submit(self, now_ns: int, view: View, last_px: int) -> None:
        chance = self.chance
        side = chance.choice(SIDES)
        ord_type = chance.choice(TYPES)
        tif = chance.choice(TIFS)
        limited = ord_type in (OrdType.LIMIT, OrdType.STOP_LIMIT)
        price = self._price(side is Side.BUY, view, last_px) if limited else 0
        stop_px = 0
        if ord_type in (OrdType.STOP, OrdType.STOP_LIMIT):
            stop_px = self._price(side is not Side.BUY, view, last_px)
        if not limited and tif in (TimeInForce.GOOD_TILL_CANCEL, TimeInForce.GOOD_TILL_DATE):
            tif = TimeInForce.DAY
        if not limited and ord_type is OrdType.STOP and tif is not TimeInForce.DAY:
            tif = TimeInForce.DAY
        if ord_type is OrdType.STOP_LIMIT and tif not in (TimeInForce.GOOD_TILL_CANCEL, TimeInForce.GOOD_TILL_DATE):
            tif = TimeInForce.DAY
        qty = self._qty(view)
        lasting = tif in (TimeInForce.DAY, TimeInForce.GOOD_TILL_CANCEL, TimeInForce.GOOD_TILL_DATE)
        floor = max(1, qty // self.lot // 5) * self.lot if limited and lasting and chance.random() < 0.25 else 0
        expire = now_ns + chance.randrange(1, 900) * SECOND_NS if tif is TimeInForce.GOOD_TILL_DATE else 0
        client, cl_ord_id = f"C{chance.randrange(5)}", self._name()
        enters = stop_px == 0 and tif not in (TimeInForce.AT_THE_OPENING, TimeInForce.AT_THE_CLOSE)
        least = max(1, qty // self.lot // chance.choice((1, 2, 8))) * self.lot if chance.random() < 0.15 else 0
        instruction = chance.choice(tuple(SelfMatch))
        wish = Wish(least if enters else 0, client if client in PREVENTS else "", instruction.value)
        self.told(client, cl_ord_id, wish)
        self.exchange.submit(
            client, cl_ord_id, self.instrument, side, ord_type, tif, qty, now_ns, price, stop_px, floor, expire, "",
            wish.min_qty, wish.party, instruction,
        )  # fmt: skip
        self.sent.append((client, cl_ord_id, ord_type is OrdType.LIMIT and tif is TimeInForce.DAY))
        self.orders += 1

    def _replace(self, now_ns: int, view: View, last_px: int) -> None:
        client, orig, limited = self._some()
        if limited:
            price = self._price(self.chance.random() < 0.5, view, last_px)
            self.exchange.replace(client, self._name(), orig, self._qty(view), now_ns, price)

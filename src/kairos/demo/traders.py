"""What the clients do: each a trader with a style, a seeded chance, and now and then a mistake.

A trader prices around the last trade that its own fills show, and the tape's first one before that. One action in seven
is a mistake that people make, from a list that goes round: so each refusal is met, and for an honest reason.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from random import Random
from typing import Final

from kairos.adapters.fix_mapping.versions import dialect_of
from kairos.demo import requests
from kairos.demo.cast import Member, actions_a_second
from kairos.demo.client import FixClient
from kairos.demo.orders import ClientOrders, SentOrder
from kairos.demo.setup import PRE_OPEN_S, RESTRICTED, House, Listed
from kairos.fix import tags as t
from kairos.fix.message import Message
from kairos.model.enums import OrdType, Side, TimeInForce
from kairos.model.values import Terms

MISTAKE_EVERY: Final = 7
# An order that its trader wants to see traded crosses the last price by this; one that waits stays behind it.
BASIS_POINTS: Final = 10_000
CROSS_BPS: Final = 8
GTD_S: Final = 4
SECOND_NS: Final = 1_000_000_000
# A trader whose line is down keys in few orders; they wait in its session.
KEEN_SHARE: Final = 0.2
LIMIT, MARKET, STOP, STOP_LIMIT = OrdType.LIMIT, OrdType.MARKET, OrdType.STOP, OrdType.STOP_LIMIT
DAY, GTC, GTD = TimeInForce.DAY, TimeInForce.GOOD_TILL_CANCEL, TimeInForce.GOOD_TILL_DATE
IOC, FOK = TimeInForce.IMMEDIATE_OR_CANCEL, TimeInForce.FILL_OR_KILL


class Trader:
    """One client at work."""

    def __init__(self, member: Member, house: House, number: int) -> None:
        dialect = dialect_of(member.begin_string)
        assert dialect is not None, member.begin_string
        self.member = member
        self.dialect: Final = dialect
        self.orders = ClientOrders()
        self.client = FixClient(member.session(), "127.0.0.1", house.config.fix.port, self._on_message)
        self._course = house.course
        self._chance = Random(f"{house.course.seed}-{number}")
        self._traded = [
            one for one in house.listed if member.account(one.tape.currency) and one.instrument_id != RESTRICTED
        ]
        self._restricted = next(one for one in house.listed if one.instrument_id == RESTRICTED)
        self._ids = 0
        self._actions = 0
        self._mistakes = self._mistakes_of_its_kind()

    # The course of its day

    async def trade(self) -> None:
        """Act until canceled."""
        self._enter(self._pick(), self._side(), LIMIT, TimeInForce.AT_THE_OPENING, away_bps=-3 * CROSS_BPS)
        self._enter(self._pick(), self._side(), MARKET, TimeInForce.AT_THE_CLOSE)
        opens_at = asyncio.get_running_loop().time() + PRE_OPEN_S
        while True:
            await asyncio.sleep(self._chance.expovariate(actions_a_second(self._course.speed)))
            if asyncio.get_running_loop().time() < opens_at:
                self._rest()
            elif self.client.logged_on or self._chance.random() < KEEN_SHARE:
                self._act()

    def ask_for_all(self) -> None:
        """Where do all my orders stand? FIX 4.2 has no such question."""
        if not self.dialect.is_fix_4_2:
            self._send(t.ORDER_MASS_STATUS_REQUEST, requests.mass_status(self._next_id()))

    def cancel_all(self) -> None:
        """At once in FIX 4.4, one by one in FIX 4.2."""
        if self.dialect.is_fix_4_2:
            self.cancel_each()
        else:
            self._send(t.ORDER_MASS_CANCEL_REQUEST, requests.mass_cancel(self._next_id(), time.time_ns()))

    def cancel_each(self) -> None:
        for order in self.orders.working():
            self._cancel_order(order)

    @property
    def settled(self) -> bool:
        """Nothing works any more, and nothing that it sent waits for an answer."""
        return self.client.logged_on and not self.orders.unanswered and not self.orders.working()

    def _on_message(self, message: Message) -> None:
        self.orders.on_message(message, self.client.logons)

    def _act(self) -> None:
        self._actions += 1
        if self._actions % MISTAKE_EVERY == 0:
            mistake = self._mistakes.pop(0)
            self._mistakes.append(mistake)
            mistake()
            return
        actions, weights = zip(*self._habits(), strict=True)
        self._chance.choices(actions, weights)[0]()

    def _habits(self) -> list[tuple[Callable[[], None], int]]:
        """What it does, and how often beside the rest."""
        return [
            (self._rest, 24),
            (self._take, 10),
            (self._take_all_or_nothing, 4),
            (self._take_at_market, 8),
            (self._stop, 5),
            (self._stop_limit, 4),
            (self._iceberg, 6),
            (self._good_till_cancel, 4),
            (self._good_till_date, 5),
            (self._hand_over, 2),
            (self._replace, 13),
            (self._cancel, 9),
            (self._ask, 4),
        ]

    # Habits

    def _rest(self) -> None:
        self._enter(self._pick(), self._side(), LIMIT, DAY, away_bps=self._chance.randint(0, 12))

    def _take(self) -> None:
        self._enter(self._pick(), self._side(), LIMIT, IOC, away_bps=-CROSS_BPS)

    def _take_all_or_nothing(self) -> None:
        self._enter(self._pick(), self._side(), LIMIT, FOK, away_bps=-CROSS_BPS)

    def _take_at_market(self) -> None:
        self._enter(self._pick(), self._side(), MARKET, DAY)

    def _stop(self) -> None:
        self._enter(self._pick(), self._side(), STOP, DAY, stop_bps=self._chance.randint(3, 15))

    def _stop_limit(self) -> None:
        self._enter(self._pick(), self._side(), STOP_LIMIT, DAY, away_bps=-25, stop_bps=self._chance.randint(3, 15))

    def _iceberg(self) -> None:
        self._enter(self._pick(), self._side(), LIMIT, DAY, away_bps=self._chance.randint(0, 4), shows=4)

    def _good_till_cancel(self) -> None:
        self._enter(self._pick(), self._side(), LIMIT, GTC, away_bps=self._chance.randint(5, 40))

    def _good_till_date(self) -> None:
        self._enter(self._pick(), self._side(), LIMIT, GTD, away_bps=self._chance.randint(5, 20))

    def _hand_over(self) -> None:
        """An order for a person of the desk to work."""
        self._enter(self._pick(), self._side(), LIMIT, DAY, away_bps=-CROSS_BPS, by_hand=True)

    def _replace(self) -> None:
        """Move a waiting order to where the market is now, or change how much."""
        order = self._one_of_mine()
        if order is None or order.terms.ord_type is not LIMIT:
            return
        one = self._listed(order.symbol)
        terms = order.terms
        qty = max(terms.order_qty + self._chance.choice((-25, 0, 25, 50)), order.cum_qty + 1, terms.max_floor)
        price = self._price(one, order.side, self._chance.randint(-4, 8))
        order.request = self._next_id()
        new = Terms(qty, LIMIT, price, 0, terms.time_in_force, terms.expire_at_ns, terms.max_floor)
        body = requests.replace(order, order.request, new, self.dialect, time.time_ns())
        self._send(t.ORDER_CANCEL_REPLACE_REQUEST, body)

    def _cancel(self) -> None:
        order = self._one_of_mine()
        if order is not None:
            self._cancel_order(order)

    def _ask(self) -> None:
        order = self._one_of_mine()
        if order is not None:
            self._send(t.ORDER_STATUS_REQUEST, requests.status(order))

    # Mistakes

    def _mistakes_of_its_kind(self) -> list[Callable[[], None]]:
        own = {
            "MAX_ORDER_NOTIONAL": self._too_dear,
            "MAX_POSITION": self._too_much_held,
            "BUYING_POWER": self._more_than_it_has,
            "RATE": self._too_fast,
        }[self.member.weakness]
        return [own, self._off_tick, self._used_id, self._far_away, self._too_many, self._unknown, self._forbidden]

    def _too_dear(self) -> None:
        dearest = max(self._traded, key=lambda one: one.start_px)
        self._enter(dearest, self._side(), LIMIT, DAY, away_bps=20, qty=self._max_qty(dearest) * 9 // 10)

    def _too_much_held(self) -> None:
        cheapest = min(self._traded, key=lambda one: one.start_px)
        side = Side.BUY if self.orders.position(cheapest.tape.symbol) >= 0 else Side.SELL_SHORT
        self._enter(cheapest, side, LIMIT, DAY, away_bps=20, qty=self._max_qty(cheapest) * 19 // 20)

    def _more_than_it_has(self) -> None:
        dearest = max(self._traded, key=lambda one: one.start_px)
        self._enter(dearest, Side.BUY, LIMIT, DAY, away_bps=20, qty=self._max_qty(dearest))

    def _too_fast(self) -> None:
        """A program lets all of its orders go at once."""
        one = self._pick()
        account = self.member.account(one.tape.currency)
        assert account is not None
        for _ in range(account.limits.rate_burst + 6):
            self._enter(one, Side.BUY, LIMIT, IOC, away_bps=30, qty=10)

    def _off_tick(self) -> None:
        one = self._pick()
        price = self._price(one, Side.BUY, 10) + one.tape.tick // 5
        self._submit(self._order(one, Side.BUY, Terms(100, LIMIT, price, 0, DAY, 0, 0)), one)

    def _used_id(self) -> None:
        """The last order is sent again as a new one."""
        if self.orders.by_cl_ord_id:
            order = next(reversed(self.orders.by_cl_ord_id.values()))
            self._submit(order, self._listed(order.symbol))

    def _far_away(self) -> None:
        """A slip of the finger in the price."""
        self._enter(self._pick(), Side.BUY, LIMIT, DAY, away_bps=-1_000, qty=50)

    def _too_many(self) -> None:
        """A zero too many in the quantity."""
        one = self._pick()
        self._enter(one, self._side(), LIMIT, DAY, qty=self._max_qty(one) * 10)

    def _unknown(self) -> None:
        one = self._pick()
        order = self._order(one, Side.BUY, Terms(100, MARKET, 0, 0, DAY, 0, 0))
        order.symbol = f"{one.tape.symbol}Q"
        self._submit(order, one)

    def _forbidden(self) -> None:
        self._enter(self._restricted, self._side(), LIMIT, DAY)

    # Making orders

    def _enter(
        self,
        one: Listed,
        side: Side,
        ord_type: OrdType,
        tif: TimeInForce,
        *,
        away_bps: int = 0,
        stop_bps: int = 0,
        qty: int = 0,
        shows: int = 0,
        by_hand: bool = False,
    ) -> None:
        """`away_bps` behind the market (negative: through it); the stop that far ahead of it; `shows` one part in so many."""
        if side is Side.SELL and self.orders.position(one.tape.symbol) <= 0:
            side = Side.SELL_SHORT
        qty = qty or self._qty(one)
        price = self._price(one, side, away_bps) if ord_type in (LIMIT, STOP_LIMIT) else 0
        stop_px = self._price(one, side, -stop_bps) if stop_bps else 0
        expire_at_ns = time.time_ns() + GTD_S * SECOND_NS if tif is GTD else 0
        terms = Terms(qty, ord_type, price, stop_px, tif, expire_at_ns, qty // shows if shows else 0)
        order = self._order(one, side, terms)
        order.by_hand = by_hand
        self._submit(order, one)

    def _order(self, one: Listed, side: Side, terms: Terms) -> SentOrder:
        account = self.member.account(one.tape.currency)
        assert account is not None, one.instrument_id
        return SentOrder(self._next_id(), account.account_id, one.tape.symbol, one.tape.mic, side, terms)

    def _submit(self, order: SentOrder, one: Listed) -> None:
        self.orders.note_sent(order, self.client.logons if self.client.logged_on else -1)
        self._send(t.NEW_ORDER_SINGLE, requests.new_order(order, self.dialect, one.destination, time.time_ns()))

    def _cancel_order(self, order: SentOrder) -> None:
        if not order.request:
            order.request = self._next_id()
            self._send(t.ORDER_CANCEL_REQUEST, requests.cancel(order, order.request, time.time_ns()))

    def _send(self, msg_type: str, body: bytes) -> None:
        self.client.send(msg_type, body)

    def _next_id(self) -> str:
        self._ids += 1
        return f"{self.member.client_id[:3]}{self._ids}"

    # Choosing

    def _pick(self) -> Listed:
        return self._chance.choice(self._traded)

    def _listed(self, symbol: str) -> Listed:
        return next((one for one in self._traded if one.tape.symbol == symbol), self._restricted)

    def _side(self) -> Side:
        return Side.BUY if self._chance.random() < 0.5 else Side.SELL

    def _qty(self, one: Listed) -> int:
        """Odd and round sizes, more of what costs less."""
        cheap = 2 if one.start_px < self._restricted.start_px else 1
        return self.member.size * cheap * 25 * self._chance.randint(1, 6)

    def _max_qty(self, one: Listed) -> int:
        account = self.member.account(one.tape.currency)
        assert account is not None
        return account.limits.max_order_qty

    def _price(self, one: Listed, side: Side, away_bps: int) -> int:
        """On the tick; `away_bps` below the market for a buy, above for a sell."""
        market = self.orders.last_px.get(one.tape.symbol, one.start_px)
        offset = market * away_bps // BASIS_POINTS
        px = market - offset if side is Side.BUY else market + offset
        return px - px % one.tape.tick

    def _one_of_mine(self) -> SentOrder | None:
        mine = [order for order in self.orders.working() if not order.request and not order.by_hand]
        return self._chance.choice(mine) if mine else None

"""One client at its desk: its FIX line, its orders, and the moves that its habits (`habits`) are made of.

It prices around the last trade that its own fills show, and around the tape's first one before that.
"""

from __future__ import annotations

import time
from random import Random
from typing import Final

from kairos.adapters.fix_mapping.versions import dialect_of
from kairos.demo import requests
from kairos.demo.cast import Member
from kairos.demo.client import FixClient
from kairos.demo.orders import ClientOrders, SentOrder
from kairos.demo.setup import RESTRICTED, House, Listed
from kairos.fix import tags as t
from kairos.fix.message import Message
from kairos.model.enums import OrdType, Side, TimeInForce
from kairos.model.values import Terms

BASIS_POINTS: Final = 10_000
SECOND_NS: Final = 1_000_000_000
# Short enough that some run out within a demo.
GTD_S: Final = 4


class Trader:
    """One client at work."""

    def __init__(self, member: Member, house: House, number: int) -> None:
        dialect = dialect_of(member.begin_string)
        assert dialect is not None, member.begin_string
        self.member = member
        self.number: Final = number
        self.dialect: Final = dialect
        self.orders = ClientOrders()
        self.client = FixClient(member.session(), "127.0.0.1", house.config.fix.port, self._on_message)
        self.course = house.course
        self.chance = Random(f"{house.course.seed}-{number}")
        self.traded = [
            one for one in house.listed if member.account(one.tape.currency) and one.instrument_id != RESTRICTED
        ]
        self.restricted = next(one for one in house.listed if one.instrument_id == RESTRICTED)
        self._ids = 0

    # What it does with all of its orders

    def ask_for_all(self) -> None:
        """Where do all my orders stand? FIX 4.2 has no such question."""
        if not self.dialect.has_trans_type:
            self.send(t.ORDER_MASS_STATUS_REQUEST, requests.mass_status(self.next_id()))

    def wind_up(self) -> None:
        """In FIX 4.4 cancel all at once; in FIX 4.2 what would live on, and let the rest end with its market's day."""
        if not self.dialect.has_trans_type:
            self.send(t.ORDER_MASS_CANCEL_REQUEST, requests.mass_cancel(self.next_id(), time.time_ns()))
            return
        for order in self.orders.working():
            if order.by_hand or order.terms.time_in_force is TimeInForce.GOOD_TILL_CANCEL:
                self.cancel(order)

    def cancel_each(self) -> None:
        for order in self.orders.working():
            self.cancel(order)

    @property
    def settled(self) -> bool:
        """Nothing works any more, and nothing that it sent waits for an answer."""
        return self.client.logged_on and not self.orders.unanswered and not self.orders.working()

    def _on_message(self, message: Message) -> None:
        self.orders.on_message(message, self.client.logons)

    # Making orders

    def enter(
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
        """`away_bps` is behind the market, or through it where negative; the stop is `stop_bps` ahead of it; an iceberg
        `shows` one part in so many."""
        if side is Side.SELL and self.orders.position(one.tape.symbol) <= 0:
            side = Side.SELL_SHORT
        qty = qty or self._qty(one)
        price = self.price(one, side, away_bps) if ord_type in (OrdType.LIMIT, OrdType.STOP_LIMIT) else 0
        stop_px = self.price(one, side, -stop_bps) if stop_bps else 0
        expire_at_ns = time.time_ns() + GTD_S * SECOND_NS if tif is TimeInForce.GOOD_TILL_DATE else 0
        terms = Terms(qty, ord_type, price, stop_px, tif, expire_at_ns, qty // shows if shows else 0)
        order = self.order(one, side, terms)
        order.by_hand = by_hand
        order.strategy_id = self.member.strategy_id
        self.submit(order, one)

    def order(self, one: Listed, side: Side, terms: Terms) -> SentOrder:
        account = self.member.account(one.tape.currency)
        assert account is not None, one.instrument_id
        return SentOrder(self.next_id(), account.account_id, one.tape.symbol, one.tape.mic, side, terms)

    def submit(self, order: SentOrder, one: Listed) -> None:
        self.orders.note_sent(order, self.client.logons if self.client.logged_on else -1)
        self.send(t.NEW_ORDER_SINGLE, requests.new_order(order, self.dialect, one.destination, time.time_ns()))

    def cancel(self, order: SentOrder) -> None:
        if not order.request:
            order.request = self.next_id()
            self.send(t.ORDER_CANCEL_REQUEST, requests.cancel(order, order.request, time.time_ns()))

    def send(self, msg_type: str, body: bytes) -> None:
        self.client.send(msg_type, body)

    def next_id(self) -> str:
        self._ids += 1
        return f"{self.member.client_id[:3]}{self._ids}"

    # Choosing

    def pick(self, currency: str = "") -> Listed:
        """An instrument, of this currency if one is named."""
        return self.chance.choice([one for one in self.traded if currency in ("", one.tape.currency)])

    def listed(self, symbol: str) -> Listed:
        return next((one for one in self.traded if one.tape.symbol == symbol), self.restricted)

    def side(self) -> Side:
        return Side.BUY if self.chance.random() < 0.5 else Side.SELL

    def _qty(self, one: Listed) -> int:
        """Odd and round sizes, more of what costs less."""
        cheap = 2 if one.start_px < self.restricted.start_px else 1
        return self.member.size * cheap * 25 * self.chance.randint(1, 6)

    def max_qty(self, one: Listed) -> int:
        account = self.member.account(one.tape.currency)
        assert account is not None
        return account.limits.max_order_qty

    def price(self, one: Listed, side: Side, away_bps: int) -> int:
        """On the tick; `away_bps` below the market for a buy, above for a sell."""
        market = self.orders.last_px.get(one.tape.symbol, one.start_px)
        offset = market * away_bps // BASIS_POINTS
        px = market - offset if side is Side.BUY else market + offset
        return px - px % one.tape.tick

    def one_of_mine(self) -> SentOrder | None:
        mine = [order for order in self.orders.working() if not order.request and not order.by_hand]
        return self.chance.choice(mine) if mine else None

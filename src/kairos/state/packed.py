"""An order that has ended, with its routes and executions, in some hundred bytes, and the order again from these.

Most orders of a day are over, and of those only few are ever asked about again: a bust, a late report, a status
request. So an order that is over and quiet sleeps as bytes on the shelves (`state.shelf`) until it is asked for.
Nothing but this process sees these bytes; a snapshot is written in the journal's vocabulary.

A record begins with what the turn of the day must know without reading on: flags, and at which turn it fell asleep.
What is the same for many (sessions, clients, accounts, venues) is a number in a list of texts. An order that slept
through a turn wakes as the turn would have left it.
"""

from __future__ import annotations

from typing import Final

from librt.strings import BytesWriter, read_i32_le, read_i64_le, write_i32_le, write_i64_le
from mypy_extensions import i32, i64, u8

from kairos.model.enums import OrdStatus
from kairos.model.values import Terms, put_order_details
from kairos.model.wire import (
    HANDL_INSTS,
    ORD_STATUSS,
    ORD_TYPES,
    SIDES,
    TIME_IN_FORCES,
    read_order_details,
)
from kairos.model.wire_types import Reader, member, put_bool, put_code, put_count, put_money, put_str
from kairos.state.order import Order
from kairos.state.order_extras import OrderExtras
from kairos.state.positions import Position, Trade
from kairos.state.route import Route, RouteExtras

IN_DAY: Final = 1
CARRIED: Final = 2
BY_PHONE: Final = 4
TURNS: Final = 255  # turns of the day are told apart modulo 256; nothing sleeps through two


class Texts:
    """Texts that many orders share, by number. They are of the reference data, so they are few."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._texts: list[str] = []

    def number_of(self, text: str) -> int:
        number = self._numbers.get(text)
        if number is None:
            number = len(self._texts)
            self._numbers[text] = number
            self._texts.append(text)
        return number

    def __getitem__(self, number: i64) -> str:
        return self._texts[number]


def is_quiet(order: Order) -> bool:
    """Whether nothing is awaited for an order or any route of it, and only something unusual would change it."""
    base = order.base
    ended = base is OrdStatus.FILLED or base is OrdStatus.CANCELED
    if not ended and base is not OrdStatus.REJECTED and base is not OrdStatus.EXPIRED:
        return False
    extras = order.extras
    if extras is not None and (extras.cancel is not None or extras.replaces() or extras.verbal_cl_ord_id):
        return False
    for route in order.routes:  # noqa: SIM110  (a generator would cost more than the question)
        if route.awaits_something():
            return False
    return True


def slept_through(record: bytes, turns: i64) -> bool:
    """Whether the day has turned since an order fell asleep."""
    return record[1] != turns & TURNS


def is_gone(record: bytes, turns: i64) -> bool:
    """Whether the turn that comes now forgets it: it was over before the last one, or is of no day any more."""
    return record[0] & IN_DAY == 0 or slept_through(record, turns)


# Writing

# A number is one byte below these, or one of them and as many bytes as it says.
IN_4_BYTES: Final = 254
IN_8_BYTES: Final = 255
MAX_I32: Final = (1 << 31) - 1


def _put_number(w: BytesWriter, number: i64) -> None:
    if 0 <= number < IN_4_BYTES:
        w.append(u8(number))
    elif -MAX_I32 <= number <= MAX_I32:
        w.append(IN_4_BYTES)
        write_i32_le(w, i32(number))
    else:
        w.append(IN_8_BYTES)
        write_i64_le(w, number)


def _number(r: Reader) -> i64:
    first = r.get_byte()
    if first < IN_4_BYTES:
        return first
    if first == IN_4_BYTES:
        return i64(read_i32_le(r.data, r.take(4)))
    return read_i64_le(r.data, r.take(8))


def pack(order: Order, turns: i64, texts: Texts) -> bytes:
    w = BytesWriter()
    flags: i64 = (IN_DAY if order.in_day else 0) | (CARRIED if order.carried else 0)
    w.append(u8(flags | (BY_PHONE if order.by_phone else 0)))
    w.append(u8(turns & TURNS))
    _put_number(w, texts.number_of(order.session))
    _put_number(w, texts.number_of(order.client_id))
    _put_number(w, texts.number_of(order.account_id()))
    _put_number(w, texts.number_of(order.instrument_id()))
    _put_number(w, texts.number_of(order.venue_id))
    _put_number(w, texts.number_of(order.user_id))
    _put_number(w, order.order_id)
    put_str(w, order.cl_ord_id)
    put_code(w, order.side)
    put_code(w, order.handl_inst)
    put_code(w, order.base)
    _put_terms(w, order.terms)
    put_order_details(w, order.details)
    put_str(w, order.text)
    _put_number(w, order.accepted_at_ns)
    _put_number(w, order.accepted_at_ns - order.transact_time_ns)
    _put_number(w, order.cum_qty)
    put_money(w, order.notional)
    _put_number(w, order.reserve_px - order.terms.price)
    _put_number(w, order.arrival_px - order.terms.price)
    _put_extras(w, order.extras, texts)
    routes = order.routes
    put_count(w, len(routes))
    for route in routes:
        _put_route(w, route, order, texts)
    trades = order.trades
    put_count(w, len(trades))
    for trade in trades:
        _put_trade(w, trade, order, texts)
    return w.getvalue()


def _put_terms(w: BytesWriter, terms: Terms) -> None:
    _put_number(w, terms.order_qty)
    put_code(w, terms.ord_type)
    _put_number(w, terms.price)
    put_code(w, terms.time_in_force)
    rare = terms.stop_px != 0 or terms.expire_at_ns != 0 or terms.max_floor != 0
    put_bool(w, rare)
    if rare:
        _put_number(w, terms.stop_px)
        _put_number(w, terms.expire_at_ns)
        _put_number(w, terms.max_floor)


def _put_ids(w: BytesWriter, ids: list[str]) -> None:
    put_count(w, len(ids))
    for one in ids:
        put_str(w, one)


def _put_extras(w: BytesWriter, extras: OrderExtras | None, texts: Texts) -> None:
    put_bool(w, extras is not None)
    if extras is None:
        return
    put_str(w, extras.orig_cl_ord_id)
    put_bool(w, extras.cl_ord_ids is not None)
    if extras.cl_ord_ids is not None:
        _put_ids(w, list(extras.cl_ord_ids))
    put_str(w, extras.canceled_as)
    _put_number(w, extras.earlier_qty)
    put_money(w, extras.earlier_notional)
    _put_number(w, extras.split_qty)
    _put_number(w, extras.split_exec_id)
    put_str(w, extras.list_id)
    put_str(w, extras.cross_id)
    put_money(w, extras.cash_qty)
    put_str(w, extras.reason)
    _put_number(w, texts.number_of(extras.strategy_id))
    _put_number(w, texts.number_of(extras.trader_id))


def _put_route(w: BytesWriter, route: Route, order: Order, texts: Texts) -> None:
    _put_number(w, route.route_id)
    _put_number(w, texts.number_of(route.venue_id))
    put_str(w, route.venue_order_id)
    put_bool(w, route.terms is not order.terms)
    if route.terms is not order.terms:
        _put_terms(w, route.terms)
    put_code(w, route.base)
    _put_number(w, route.cum_qty)
    _put_number(w, route.sent_at_ns - order.accepted_at_ns)
    extras = route.extras
    put_bool(w, extras is not None)
    if extras is not None:
        put_str(w, extras.cl_ord_id)
        _put_ids(w, list(extras.cl_ord_ids))
        _put_number(w, extras.by_hand_qty)
        _put_ids(w, list(extras.copied_ids))
        _put_ids(w, extras.former_venue_ids)
        _put_ids(w, extras.lost_venue_ids)
        _put_number(w, extras.resent_at_ns)


def _put_trade(w: BytesWriter, trade: Trade, order: Order, texts: Texts) -> None:
    _put_number(w, trade.trade_id)
    _put_number(w, trade.route_id)
    _put_number(w, texts.number_of(trade.venue_id))
    put_count(w, len(trade.venue_exec_ids))
    for exec_id in trade.venue_exec_ids:
        put_str(w, exec_id)
    _put_number(w, trade.last_qty)
    _put_number(w, trade.last_px - order.terms.price)
    _put_number(w, trade.last_report_id - trade.trade_id)
    put_bool(w, trade.busted)


# Reading


class Found:
    """The names in a record that tell where its position is."""

    def __init__(self, record: bytes, texts: Texts) -> None:
        self.reader: Final[Reader] = Reader(record, 2, len(record))
        self.texts: Final[Texts] = texts
        self.session: Final[str] = self.text()
        self.client_id: Final[str] = self.text()
        self.account_id: Final[str] = self.text()
        self.instrument_id: Final[str] = self.text()

    def text(self) -> str:
        return self.texts[_number(self.reader)]


def unpack(record: bytes, turns: i64, texts: Texts, found: Found, position: Position) -> Order:
    """The order, with its routes and executions."""
    r = found.reader
    venue_id, user_id = found.text(), found.text()
    order_id = _number(r)
    cl_ord_id = r.get_str()
    side = member(SIDES, r.get_byte())
    handl_inst = member(HANDL_INSTS, r.get_byte())
    base = member(ORD_STATUSS, r.get_byte())
    terms = _terms(r)
    details = read_order_details(r)
    text = r.get_str()
    accepted_at_ns = _number(r)
    transact_time_ns = accepted_at_ns - _number(r)
    cum_qty = _number(r)
    notional = r.get_money()
    reserve_px = _number(r) + terms.price
    arrival_px = _number(r) + terms.price
    order = Order(
        order_id=order_id,
        session=found.session,
        client_id=found.client_id,
        cl_ord_id=cl_ord_id,
        position=position,
        side=side,
        handl_inst=handl_inst,
        terms=terms,
        venue_id=venue_id,
        text=text,
        transact_time_ns=transact_time_ns,
        user_id=user_id,
        reserve_px=reserve_px,
        accepted_at_ns=accepted_at_ns,
        cash_qty=0,
        verbal_cl_ord_id="",
        details=details,
    )
    order.base = base
    order.arrival_px = arrival_px
    order.cum_qty = cum_qty
    order.notional = notional
    order.in_day = record[0] & IN_DAY != 0
    order.carried = record[0] & CARRIED != 0
    order.by_phone = record[0] & BY_PHONE != 0
    order.extras = _extras(found)
    for _ in range(r.get_count()):
        order.keep_route(_route(found, order))
    for _ in range(r.get_count()):
        order.keep_trade(_trade(found, order))
    if slept_through(record, turns):
        order.end_day()
        order.in_day = False
    return order


def _terms(r: Reader) -> Terms:
    order_qty = _number(r)
    ord_type = member(ORD_TYPES, r.get_byte())
    price = _number(r)
    time_in_force = member(TIME_IN_FORCES, r.get_byte())
    if not r.get_bool():
        return Terms(order_qty, ord_type, price, 0, time_in_force, 0, 0)
    stop_px = _number(r)
    expire_at_ns = _number(r)
    return Terms(order_qty, ord_type, price, stop_px, time_in_force, expire_at_ns, _number(r))


def _ids(r: Reader) -> list[str]:
    return [r.get_str() for _ in range(r.get_count())]


def _extras(found: Found) -> OrderExtras | None:
    r = found.reader
    if not r.get_bool():
        return None
    extras = OrderExtras()
    extras.orig_cl_ord_id = r.get_str()
    if r.get_bool():
        extras.cl_ord_ids = tuple(_ids(r))
    extras.canceled_as = r.get_str()
    extras.earlier_qty = _number(r)
    extras.earlier_notional = r.get_money()
    extras.split_qty = _number(r)
    extras.split_exec_id = _number(r)
    extras.list_id = r.get_str()
    extras.cross_id = r.get_str()
    extras.cash_qty = r.get_money()
    extras.reason = r.get_str()
    extras.strategy_id = found.text()
    extras.trader_id = found.text()
    return extras


def _route(found: Found, order: Order) -> Route:
    r = found.reader
    route_id = _number(r)
    venue_id = found.text()
    venue_order_id = r.get_str()
    terms = _terms(r) if r.get_bool() else order.terms
    base = member(ORD_STATUSS, r.get_byte())
    cum_qty = _number(r)
    route = Route(route_id, order.order_id, venue_id, order.side, terms, order.accepted_at_ns + _number(r))
    route.venue_order_id = venue_order_id
    route.base = base
    route.cum_qty = cum_qty
    if r.get_bool():
        extras = RouteExtras(r.get_str())
        extras.cl_ord_ids = tuple(_ids(r))
        extras.by_hand_qty = _number(r)
        extras.copied_ids = dict.fromkeys(_ids(r))
        extras.former_venue_ids = _ids(r)
        extras.lost_venue_ids = _ids(r)
        extras.resent_at_ns = _number(r)
        route.extras = extras
    return route


def _trade(found: Found, order: Order) -> Trade:
    r = found.reader
    trade_id = _number(r)
    route_id = _number(r)
    venue_id = found.text()
    venue_exec_ids = tuple(_ids(r))
    last_qty = _number(r)
    last_px = _number(r) + order.terms.price
    trade = Trade(trade_id, order.order_id, route_id, venue_id, order.side, last_qty, last_px)
    trade.venue_exec_ids = venue_exec_ids
    trade.last_report_id = trade_id + _number(r)
    trade.busted = r.get_bool()
    return trade

"""The limits of places: for each kind one pure function that says what the gate sees with the order let through.

An order is refused where that is above the limit (`Bound.bar`). Quantities are units, money is that of the limit's
currency, rounded up in size where it was converted; working orders count in the worst direction. `NOTHING` is seen
where a kind has nothing to say of an order, and is below every limit; `NOT_KNOWN` is above every one.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.model.enums import OrdType
from kairos.model.numbers import PRICE_SCALE, product, size_of
from kairos.risk.checks_market import adv_seen
from kairos.risk.checks_self_match import self_match
from kairos.risk.subject import Leg, Subject
from kairos.state import bounds
from kairos.state.bounds import Bound
from kairos.state.cells import HEIGHT_OF_DESK, HEIGHT_OF_FIRM, OF_ONE, Cell
from kairos.state.positions import Position

NOTHING: Final = -(2**61)
NOT_KNOWN: Final = 2**61
BASIS_POINTS: Final = 10_000


def seen_by(s: Subject, leg: Leg, cell: Cell, bound: Bound) -> int:
    """What the order would come to, in the units of the limit."""
    number = bound.number
    if number <= bounds.COLLAR_TICKS:
        return _of_order(s, leg, number, bound)
    if number <= bounds.DUPLICATE_ORDER:
        return _of_repetition(s, number, bound)
    if number == bounds.SELF_MATCH:
        return self_match(s, positions_of_node(s, leg, cell), leg, cell)
    if s.added_qty == 0 and (s.added_worth == 0 or not _is_of_price(number)):
        return NOTHING  # nothing of it is new: what works already was let through when it came
    if number <= bounds.CREDIT:
        return _of_sums(s, leg, cell, number, bound)
    return _of_day(s, leg, cell, number, bound)


def _is_of_price(number: i64) -> bool:
    """Whether a better price alone makes more of what is bounded."""
    return number in (bounds.OPEN_NOTIONAL, bounds.CREDIT, bounds.DAY_NOTIONAL)


def _of_order(s: Subject, leg: Leg, number: i64, bound: Bound) -> int:
    if number == bounds.ORDER_QTY:
        return order_qty(s)
    if number == bounds.ORDER_NOTIONAL:
        return order_notional(s, leg, bound)
    return collar_bps(s) if number == bounds.COLLAR_BPS else collar_ticks(s)


def _of_repetition(s: Subject, number: i64, bound: Bound) -> int:
    if number == bounds.RATE:
        return rate(s, bound)
    return repeated_executions(s, bound) if number == bounds.REPEATED_EXECUTIONS else duplicate_order(s, bound)


def _of_sums(s: Subject, leg: Leg, cell: Cell, number: i64, bound: Bound) -> int:
    if number == bounds.GROSS_EXPOSURE:
        return gross_exposure(s, leg, cell, bound)
    if number == bounds.NET_EXPOSURE:
        return net_exposure(s, leg, cell, bound)
    if number == bounds.POSITION:
        return position(s, leg, cell)
    if number == bounds.OPEN_ORDERS:
        return open_orders(s, cell)
    if number == bounds.OPEN_NOTIONAL:
        return open_notional(s, leg, cell, bound)
    if number == bounds.LONG_EXPOSURE:
        return long_exposure(s, leg, cell, bound)
    return short_exposure(s, leg, cell, bound) if number == bounds.SHORT_EXPOSURE else credit(s, leg, cell, bound)


def _of_day(s: Subject, leg: Leg, cell: Cell, number: i64, bound: Bound) -> int:
    if number == bounds.DAY_NOTIONAL:
        return day_notional(s, leg, cell, bound)
    if number == bounds.CONCENTRATION_BPS:
        return concentration_bps(s, leg, cell, bound)
    if number == bounds.ORDER_TO_TRADE:
        return order_to_trade(cell, bound)
    return loss(s, cell, bound) if number == bounds.LOSS else adv_bps(s, cell)


# Of the order alone


def order_qty(s: Subject) -> int:
    """OrderQty(38) (SEC 15c3-5(c)(1)(ii); RTS 6 article 15(1)(c))."""
    return s.terms.order_qty


def order_notional(s: Subject, leg: Leg, bound: Bound) -> int:
    """Value of what is left to execute (SEC 15c3-5(c)(1)(ii); RTS 6 article 15(1)(b))."""
    return s.in_currency(s.worth, leg.currency, bound.currency)


def collar_bps(s: Subject) -> int:
    """How far the price is from the reference, as a share of it (RTS 6 article 15(1)(a))."""
    reference = size_of(s.reference_px)
    if s.terms.ord_type is OrdType.MARKET or reference == 0:
        return NOTHING
    away = size_of(s.reserve_px - s.reference_px)
    return (product(away, BASIS_POINTS) + int(reference) - 1) // int(reference)


def collar_ticks(s: Subject) -> int:
    """The same in ticks, for what trades near 0 or moves by few of them (RTS 6 article 15(1)(a))."""
    tick = s.instrument.tick_size
    if s.terms.ord_type is OrdType.MARKET or s.reference_px == 0:
        return NOTHING
    return (size_of(s.reserve_px - s.reference_px) + tick - 1) // tick


# Of what came before


def rate(s: Subject, bound: Bound) -> int:
    """New and replace requests, by token bucket (RTS 6 article 15(1)(d))."""
    return bound.requests_with(s.now_ns)


def repeated_executions(s: Subject, bound: Bound) -> int:
    """Executions on this side of the instrument within the window (RTS 6 article 15(3): repeated automated execution
    throttle)."""
    return bound.repeats_with(s.execution_key(), s.now_ns)


def duplicate_order(s: Subject, bound: Bound) -> int:
    """Orders of the account alike in instrument, side, quantity and price within the window (SEC 15c3-5(c)(1)(ii):
    duplicative orders). A replace is none."""
    if s.order is not None:
        return NOTHING
    return bound.repeats_with(s.order_key(), s.now_ns)


def order_to_trade(cell: Cell, bound: Bound) -> int:
    """Requests of the day, cancels too, for one execution, once there are more than the limit lets go free (MiFID II
    RTS 9)."""
    requests = cell.counts.messages() + 1
    trades = max(cell.counts.trades, 1)
    return NOTHING if requests <= bound.placed.burst else (requests + trades - 1) // trades


# Of what is held and works


def position(s: Subject, leg: Leg, cell: Cell) -> int:
    """Units of the instrument, long or short, with every working order on this side filled."""
    if cell.height <= OF_ONE:
        return _worst(s, leg.position) + s.added_qty
    worst: i64 = s.added_qty
    for held in s.holders():
        if is_under(held, cell):
            worst += _worst(s, held)
    return worst


def _worst(s: Subject, held: Position) -> i64:
    return held.qty + held.open_buy if s.is_buy else held.open_sell - held.qty


def open_orders(s: Subject, cell: Cell) -> int:
    """How many orders work (SEC 15c3-5(c)(1)(i))."""
    working = s.order is not None and s.order.working > 0
    return cell.open_orders() + (0 if working else 1)


def open_notional(s: Subject, leg: Leg, cell: Cell, bound: Bound) -> int:
    """Value of all working orders at their own prices (SEC 15c3-5(c)(1)(i))."""
    value = s.in_currency(s.added_worth, leg.currency, bound.currency)
    for known in cell.sums:
        value += s.in_currency(known.open_notional, known.currency, bound.currency)
    return value


def gross_exposure(s: Subject, leg: Leg, cell: Cell, bound: Bound) -> int:
    """Sum over instruments of the worse side, at the mark (SEC 15c3-5(c)(1)(i))."""
    value = s.in_currency(leg.gross, leg.currency, bound.currency)
    for known in cell.sums:
        value += s.in_currency(known.gross, known.currency, bound.currency)
    return value


def net_exposure(s: Subject, leg: Leg, cell: Cell, bound: Bound) -> int:
    """Long less short at the mark in the direction in which the order moves it, with only those orders filled that move
    it so: the others may be canceled (SEC 15c3-5(c)(1)(i))."""
    if leg.high > 0:
        value = s.in_currency(leg.high, leg.currency, bound.currency)
        for known in cell.sums:
            value += s.in_currency(known.net_high, known.currency, bound.currency)
        return value
    value = -s.in_currency(leg.low, leg.currency, bound.currency)
    for known in cell.sums:
        value -= s.in_currency(known.net_low, known.currency, bound.currency)
    return value


def long_exposure(s: Subject, leg: Leg, cell: Cell, bound: Bound) -> int:
    """What is held long and works to buy, at the mark. A sale does not add to it."""
    if not s.is_buy:
        return NOTHING
    value = s.in_currency(leg.more_long(), leg.currency, bound.currency)
    for known in cell.sums:
        value += s.in_currency(known.long, known.currency, bound.currency)
    return value


def short_exposure(s: Subject, leg: Leg, cell: Cell, bound: Bound) -> int:
    """What is held short and works to sell, at the mark. A purchase does not add to it."""
    if s.is_buy:
        return NOTHING
    value = s.in_currency(leg.more_short(), leg.currency, bound.currency)
    for known in cell.sums:
        value += s.in_currency(known.short, known.currency, bound.currency)
    return value


def credit(s: Subject, leg: Leg, cell: Cell, bound: Bound) -> int:
    """Money that positions and working purchases take, in all currencies, less what sales brought (SEC
    15c3-5(c)(1)(i): pre-set credit thresholds). A sale takes none."""
    if not s.is_buy:
        return NOTHING
    value = s.in_currency(s.added_worth, leg.currency, bound.currency)
    for known in cell.sums:
        value += s.in_currency(known.cost - known.realized + known.reserved, known.currency, bound.currency)
    return value


# Of the day


def day_notional(s: Subject, leg: Leg, cell: Cell, bound: Bound) -> int:
    """Value traded today, and of all that works (SEC 15c3-5(c)(1)(i); RTS 6 article 15(1)(b))."""
    value = s.in_currency(s.added_worth, leg.currency, bound.currency)
    for known in cell.sums:
        traded = known.day_bought + known.day_sold + known.open_notional
        value += s.in_currency(traded, known.currency, bound.currency)
    return value


def concentration_bps(s: Subject, leg: Leg, cell: Cell, bound: Bound) -> int:
    """Share of the instrument in the gross exposure of the place; of the limit's `burst`, in whole units of currency,
    where the place has less."""
    gross = leg.gross
    for held in positions_of_node(s, leg, cell):
        gross += held.gross
    share = s.in_currency(gross, leg.currency, bound.currency)
    whole = s.in_currency(leg.gross, leg.currency, bound.currency)
    for known in cell.sums:
        whole += s.in_currency(known.gross, known.currency, bound.currency)
    whole = max(whole, int(bound.placed.burst) * PRICE_SCALE)
    return NOTHING if whole <= 0 else -(-share * BASIS_POINTS // whole)


def adv_bps(s: Subject, cell: Cell) -> int:
    """Share of the average daily volume that is traded today, works and would work (RTS 6 article 15(1)(c); a volume
    that nobody knows is not waved through)."""
    share = adv_seen(s, cell)
    return NOT_KNOWN if share < 0 else share


def loss(s: Subject, cell: Cell, bound: Bound) -> int:
    """Money lost today on what was closed and on what is open, at the mark, in all currencies; below 0 where it was won
    (SEC 15c3-5(c)(1)(i); RTS 6 article 15(4))."""
    value = 0
    for known in cell.sums:
        value -= s.in_currency(known.realized + known.unrealized - known.day.base, known.currency, bound.currency)
    return value


def positions_of_node(s: Subject, leg: Leg, cell: Cell) -> list[Position]:
    """Those of the instrument under a node: a book's or an account's own, of the nodes above all their accounts'."""
    if cell.height <= OF_ONE:
        return [leg.position]
    return [held for held in s.holders() if is_under(held, cell)]


def is_under(held: Position, cell: Cell) -> bool:
    """Whether an account's position is under a node that is above accounts."""
    if cell.height == HEIGHT_OF_FIRM:
        return True
    defined = held.account.defined
    return (defined.desk_id if cell.height == HEIGHT_OF_DESK else defined.client_id) == cell.place.node_id

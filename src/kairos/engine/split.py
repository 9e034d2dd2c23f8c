"""Corporate actions on orders that outlive the day: so many new units for so many old, the price in proportion.

OrderQty(38) and CumQty(14) are scaled exactly, and AvgPx(6) with them, since the money of the executions stays. What is
restated is the order: its executions stay as they were reported, and so does the position, which the books of the
corporate action restate. So CumQty is the sum of the executions plus `Order.split_qty`, and an execution from before
can't be amended any more. FIX tells it as RESTATED with ExecRestatementReason(378) 0.
"""

from __future__ import annotations

from collections.abc import Callable
from math import gcd
from typing import Final

from mypy_extensions import i64

from kairos.engine.core import Core
from kairos.engine.standing import standing_after
from kairos.engine.terms import refuse_tick
from kairos.model.commands import ReportExecution, RestateOrder
from kairos.model.enums import ExecRestatementReason, ExecType
from kairos.model.events import OrderSplit
from kairos.model.numbers import MAX_PRICE, MAX_QTY
from kairos.model.refusals import Refusal, RefusalCode
from kairos.model.values import OrderDetails, PreAlloc, Terms
from kairos.state.order import Order
from kairos.state.positions import is_buy
from kairos.state.route import Route
from kairos.state.transitions import Happening, refusal_of

# The largest split or consolidation on record is some thousands to one; it also keeps the products in 63 bits.
MAX_RATIO: Final = 100_000


def restate_order(core: Core, c: RestateOrder) -> Refusal | None:
    """A person restates an order of which no venue works anything now."""
    order = core.desk.orders.get(c.order_id)
    if order is None:
        return Refusal(RefusalCode.UNKNOWN_ORDER, (("order_id", str(c.order_id)),))
    if not 0 < c.numerator <= MAX_RATIO or not 0 < c.denominator <= MAX_RATIO or not 0 <= c.price <= MAX_PRICE:
        return Refusal(RefusalCode.INVALID_VALUE, (("field", "numerator, denominator, price"),))
    if order.cross_id:
        return Refusal(RefusalCode.SIDE_OF_A_CROSS, (("cross_id", order.cross_id),))
    if order.live_routes() or (order.is_care() and order.routes_to_cancel()):
        return Refusal(RefusalCode.STILL_WORKING, (("order_id", str(c.order_id)),))
    refusal = _refuse_split(order, c.numerator, c.denominator)
    if refusal is None:
        refusal = refuse_tick("price", c.price, order.position.instrument)
    if refusal is None:
        _split(core, order, c.numerator, c.denominator, c.price, c.text, c.user_id)
    return refusal


def _refuse_split(order: Order, numerator: i64, denominator: i64) -> Refusal | None:
    code = refusal_of(order.base, Happening.RESTATED)
    if code is not RefusalCode.NONE or not order.may_trade():
        return Refusal(RefusalCode.ILLEGAL_STATE, (("ord_status", order.base.name),))
    if order.replaces():
        return Refusal(RefusalCode.ALREADY_PENDING, (("pending", order.replaces()[0].cl_ord_id),))
    quantities = [order.terms.order_qty, order.cum_qty, order.earlier_qty, order.terms.max_floor]
    quantities += [order.details.min_qty, *[alloc.qty for alloc in order.details.allocs]]
    for route in order.routes_to_cancel():
        quantities += [route.cum_qty, route.by_hand_qty]
    if any(qty * numerator % denominator for qty in quantities):
        return Refusal(RefusalCode.ODD_LOT, (("ratio", f"{numerator}:{denominator}"),))
    if order.terms.order_qty * numerator // denominator > MAX_QTY:
        return Refusal(RefusalCode.INVALID_VALUE, (("field", "OrderQty(38)"),))
    for px in (order.terms.price, order.terms.stop_px, order.reserve_px):
        if _scaled_px(order, px, numerator, denominator) > MAX_PRICE:
            return Refusal(RefusalCode.INVALID_VALUE, (("field", "Price(44), StopPx(99)"),))
    return None


def _split(core: Core, order: Order, numerator: i64, denominator: i64, price: i64, text: str, user_id: str) -> None:
    terms = _scaled_terms(order, numerator, denominator, price)
    cum_qty = order.cum_qty * numerator // denominator
    reserve_px = terms.price if terms.price else _scaled_px(order, order.reserve_px, numerator, denominator)
    core.emit(
        OrderSplit(
            at_ns=core.now_ns,
            order_id=order.order_id,
            exec_id=core.exec_id(),
            numerator=numerator,
            denominator=denominator,
            terms=terms,
            standing=standing_after(order, Happening.RESTATED, terms, cum_qty, order.notional),
            reserve_px=reserve_px,
            text=text,
            user_id=user_id,
            details=scaled_details(order.details, numerator, denominator, terms.order_qty),
        )
    )


def _scaled_terms(order: Order, numerator: i64, denominator: i64, price: i64) -> Terms:
    old = order.terms
    scaled = _scaled_px(order, old.price, numerator, denominator)
    return Terms(
        old.order_qty * numerator // denominator,
        old.ord_type,
        price if price and old.price else scaled,
        _scaled_px(order, old.stop_px, numerator, denominator),
        old.time_in_force,
        old.expire_at_ns,
        old.max_floor * numerator // denominator,
    )


def scaled_details(details: OrderDetails, numerator: i64, denominator: i64, order_qty: i64) -> OrderDetails:
    """MinQty(110) and AllocQty(80) in the new units. The allocations sum to the order: the first has what is over."""
    if not details.min_qty and not details.allocs:
        return details
    quantities = [alloc.qty * numerator // denominator for alloc in details.allocs]
    if quantities:
        quantities[0] += order_qty - sum(quantities)
    changed: dict[str, object] = {
        "min_qty": details.min_qty * numerator // denominator,
        "allocs": tuple([_with_qty(alloc, qty) for alloc, qty in zip(details.allocs, quantities, strict=True)]),
    }
    make: Callable[..., OrderDetails] = OrderDetails
    return make(*[changed.get(name, getattr(details, name)) for name in details.names()])


def _with_qty(alloc: PreAlloc, qty: i64) -> PreAlloc:
    make: Callable[..., PreAlloc] = PreAlloc
    return make(*[qty if name == "qty" else getattr(alloc, name) for name in alloc.names()])


def _scaled_px(order: Order, px: int, numerator: int, denominator: int) -> int:
    """In the client's favour where it falls between two ticks: down to the lower for a buy, up for a sale; never 0."""
    tick = int(order.position.instrument.tick_size)
    ticks, rest = divmod(px * denominator, numerator * tick)
    if rest and not is_buy(order.side):
        ticks += 1
    return max(ticks, 1) * tick if px else 0


def is_split(c: ReportExecution, order: Order, route: Route) -> bool:
    """Whether a venue's restatement changes the units: the same ratio in OrderQty(38) and CumQty(14)."""
    if c.exec_type is not ExecType.RESTATED or c.rej_reason != ExecRestatementReason.GT_CORPORATE_ACTION:
        return False
    old, new = route.terms.order_qty, c.order_qty
    if order.is_care() or new <= 0 or new == old or c.cum_qty * old != route.venue_cum_qty() * new:
        return False
    numerator, denominator = _ratio(new, old)
    in_bounds = numerator <= MAX_RATIO and denominator <= MAX_RATIO
    return in_bounds and _refuse_split(order, numerator, denominator) is None


def split_by_venue(core: Core, c: ReportExecution, order: Order, route: Route) -> None:
    """Follow the venue."""
    numerator, denominator = _ratio(c.order_qty, route.terms.order_qty)
    _split(core, order, numerator, denominator, max(c.price, 0), c.text, "")


def _ratio(new: int, old: int) -> tuple[int, int]:
    common = gcd(new, old)
    return new // common, old // common

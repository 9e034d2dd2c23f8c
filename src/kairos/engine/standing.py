"""Where an order will stand after an event that is about to be made, so that the event can say so."""

from __future__ import annotations

from mypy_extensions import i64

from kairos.model.enums import OrdStatus
from kairos.model.numbers import average_price
from kairos.model.values import Standing, Terms
from kairos.state.order import Order
from kairos.state.route import is_asleep
from kairos.state.transitions import Happening, is_open, next_state


def standing_after(order: Order, happening: Happening, terms: Terms, cum_qty: i64, notional: int) -> Standing:
    """The order under `terms` with these executions; what is pending stays pending."""
    base = next_state(order.base, happening, terms.order_qty, cum_qty)
    return _standing(base, order.ord_status_over(base, None), terms, cum_qty, notional)


def standing_replaced(order: Order, terms: Terms) -> Standing:
    """The order once its pending replace is accepted."""
    base = next_state(order.base, Happening.REPLACED, terms.order_qty, order.cum_qty)
    status = order.ord_status_over(base, order.replace)
    return _standing(base, status, terms, order.cum_qty, order.notional)


def standing_ended(order: Order, happening: Happening) -> Standing:
    """The order once it has ended: nothing is pending any more."""
    base = next_state(order.base, happening, order.terms.order_qty, order.cum_qty)
    return _standing(base, base, order.terms, order.cum_qty, order.notional)


def standing_pending(order: Order, status: OrdStatus) -> Standing:
    """The order once a request on it is pending."""
    return Standing(status, order.cum_qty, order.leaves_qty(), order.avg_px())


def standing_queued(order: Order, terms: Terms) -> Standing:
    """The order as a queued replace will find it: under the `terms` of the replace before it, if that one succeeds."""
    leaves = max(terms.order_qty - order.cum_qty, 0)
    return Standing(OrdStatus.PENDING_REPLACE, order.cum_qty, leaves, order.avg_px())


def _standing(base: OrdStatus, status: OrdStatus, terms: Terms, cum_qty: i64, notional: int) -> Standing:
    leaves = max(terms.order_qty - cum_qty, 0) if is_open(base) or is_asleep(base, terms) else 0
    return Standing(status, cum_qty, leaves, average_price(notional, cum_qty))

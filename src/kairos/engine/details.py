"""What an order says beside its terms: can it be done, here and at the venue? Refusals in order of precedence.

1 (not held), 5 (held), E (do not increase) and F (do not reduce) of ExecInst(18) are for the desk itself: the first
leaves us discretion, which nobody has to use, the second is how orders are worked anyway, and the others are heeded
when a corporate action adjusts orders (`engine.corporate_actions`). Every other instruction is for a venue: it is taken
where the venue's reference data says that it is honoured there. A person who works an order by hand sees them all, and
decides.
"""

from __future__ import annotations

from typing import Final

from kairos.model.commands import ReplaceOrder
from kairos.model.refusals import Refusal, RefusalCode
from kairos.model.values import NO_ORDER_DETAILS, OrderDetails, Terms
from kairos.state.desk import Desk
from kairos.state.order import Order
from kairos.state.parties import Venue
from kairos.state.reference import Instrument

OF_THE_DESK: Final = "15EF"
REGULAR: Final = "0"
YES: Final = "Y"
DERIVATIVES: Final = ("F", "O")
"""The CFI (ISO 10962) of futures and listed options, of which one can be open or close a position."""


def refuse_details(
    desk: Desk, details: OrderDetails, terms: Terms, client_id: str, instrument: Instrument
) -> Refusal | None:
    """The first thing that can't be done for this client, whoever works the order."""
    if details is NO_ORDER_DETAILS:
        return None
    return (
        _min_qty(details, terms)
        or _locate(details)
        or _effect(details, instrument)
        or _allocs(desk, details, terms, client_id)
    )


def refuse_at_venue(venue: Venue, details: OrderDetails) -> Refusal | None:
    """The first instruction that the venue of an order worked by machine does not honour."""
    if details is NO_ORDER_DETAILS:
        return None
    defined = venue.defined
    for code in details.exec_inst.split():
        if code not in OF_THE_DESK and code not in defined.exec_inst:
            return _not_taken(venue, "ExecInst(18)", code)
    if details.settl_type not in ("", REGULAR) and details.settl_type not in defined.settl_types:
        return _not_taken(venue, "SettlType(63)", details.settl_type)
    if details.min_qty and not defined.min_qty:
        return _not_taken(venue, "MinQty(110)", str(details.min_qty))
    return None


def _not_taken(venue: Venue, field: str, value: str) -> Refusal:
    return Refusal(RefusalCode.NOT_TAKEN_BY_VENUE, (("venue", venue.venue_id), (field, value)))


def _min_qty(details: OrderDetails, terms: Terms) -> Refusal | None:
    if 0 <= details.min_qty <= terms.order_qty:
        return None
    seen = (("min_qty", str(details.min_qty)), ("order_qty", str(terms.order_qty)))
    return Refusal(RefusalCode.MIN_QTY_EXCEEDS_QTY, seen)


def _locate(details: OrderDetails) -> Refusal | None:
    return Refusal(RefusalCode.NO_LOCATE) if details.locate_reqd == YES else None


def _effect(details: OrderDetails, instrument: Instrument) -> Refusal | None:
    """An instrument whose CFI nobody told may be anything."""
    cfi = instrument.defined.cfi
    if not details.position_effect or not cfi or cfi.startswith(DERIVATIVES):
        return None
    return Refusal(RefusalCode.POSITION_EFFECT_NOT_ALLOWED, (("cfi", cfi),))


def _allocs(desk: Desk, details: OrderDetails, terms: Terms, client_id: str) -> Refusal | None:
    if not details.allocs:
        return None
    total = 0
    for alloc in details.allocs:
        account = desk.accounts.get(alloc.account)
        if account is None or not account.defined.active or account.defined.client_id != client_id:
            return Refusal(RefusalCode.ALLOC_ACCOUNT, (("account", alloc.account),))
        if alloc.qty <= 0:
            return Refusal(RefusalCode.ALLOC_QTY, (("account", alloc.account), ("qty", str(alloc.qty))))
        total += alloc.qty
    if total == terms.order_qty:
        return None
    return Refusal(RefusalCode.ALLOC_QTY, (("allocated", str(total)), ("order_qty", str(terms.order_qty))))


def replaced_details(c: ReplaceOrder, order: Order) -> OrderDetails:
    """What the order says once this replace has taken effect: what the replace says, unless it leaves that alone."""
    if not c.keep_details:
        return c.details
    replaces = order.replaces()
    return replaces[-1].new_details if replaces else order.details


def refuse_changes(desk: Desk, c: ReplaceOrder, order: Order) -> Refusal | None:
    """What a replace repeats must be the order's own."""
    if c.account_id and c.account_id != order.account_id():
        return _not_changeable("Account(1)", c.account_id)
    if c.handl_inst and c.handl_inst != order.handl_inst.value:
        return _not_changeable("HandlInst(21)", c.handl_inst)
    if c.strategy_id and c.strategy_id != order.strategy_id:
        return _not_changeable("strategy", c.strategy_id)
    if c.venue_id and desk.venue_of_mic.get(c.venue_id, c.venue_id) != order.venue_id:
        return _not_changeable("ExDestination(100)", c.venue_id)
    return None


def _not_changeable(field: str, value: str) -> Refusal:
    return Refusal(RefusalCode.NOT_CHANGEABLE, ((field, value),))


def refuse_new_details(desk: Desk, c: ReplaceOrder, order: Order) -> Refusal | None:
    """A replace brings its allocations anew: those of the old quantity are nobody's order."""
    details = replaced_details(c, order)
    instrument = order.position.instrument
    refusal = refuse_details(desk, details, c.terms, order.client_id, instrument)
    if refusal is not None or order.is_care() or not order.routes:
        return refusal
    return refuse_at_venue(desk.venues[order.routes[-1].venue_id], details)

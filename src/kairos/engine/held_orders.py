"""An accepted order that waits for a second person: its client knows it as PENDING_NEW, no venue knows it.

It weighs on limits and buying power like any order, since it may go to the market any moment. Its client may cancel
it, not replace it; nobody works it before it is approved.
"""

from __future__ import annotations

from kairos.engine.acknowledge import acknowledge_order
from kairos.engine.core import Core
from kairos.engine.endings import reject_order
from kairos.engine.requests import refuse_inactive
from kairos.engine.routing import refuse_venue, request_route
from kairos.model.enums import AckPolicy
from kairos.model.events import OrderHeld
from kairos.model.refusals import Refusal, RefusalCode, describe
from kairos.risk.gate import first_refusal_of_route
from kairos.risk.subject import Subject
from kairos.state.desk import Desk
from kairos.state.lists import group_key
from kairos.state.order import Order


def tell_held(core: Core, order: Order, breach: Refusal) -> None:
    """Tell the client that his order is here, and not yet taken."""
    core.emit(
        OrderHeld(
            at_ns=core.now_ns,
            order_id=order.order_id,
            exec_id=core.exec_id(),
            cl_ord_id=order.cl_ord_id,
            terms=order.terms,
            code=breach.code,
            context=breach.context,
        )
    )


def release_held(core: Core, order: Order) -> None:
    """It was approved: on to the market, or to the person who works it, unless what has changed meanwhile refuses it.
    One of a list that waits for ListExecute(L) goes on waiting for that."""
    to_market = not order.is_care() and not _is_of_waiting_list(core.desk, order)
    refusal = _refuse_release(core, order, to_market)
    if refusal is not None:
        reject_held(core, order, refusal.code, describe(refusal.code, refusal.context))
        return
    if order.is_care() or core.desk.client(order.client_id).defined.ack is AckPolicy.ON_RECEIPT:
        acknowledge_order(core, order)
    if to_market:
        request_route(core, order, order.venue_id, order.terms, order.user_id)


def _refuse_release(core: Core, order: Order, to_market: bool) -> Refusal | None:
    desk, terms = core.desk, order.terms
    refusal = refuse_inactive(desk, order)
    if refusal is None and to_market:
        refusal = refuse_venue(desk, order.venue_id)
    if refusal is not None:
        return refusal
    subject = Subject(
        desk, order.position, order.side, terms, order, core.now_ns, reason=order.reason, to_market=to_market
    )
    return first_refusal_of_route(subject)


def _is_of_waiting_list(desk: Desk, order: Order) -> bool:
    order_list = desk.lists.get(group_key(order.client_id, order.list_id)) if order.list_id else None
    return order_list is not None and order_list.is_waiting()


def reject_held(core: Core, order: Order, code: RefusalCode, text: str) -> None:
    """It never goes to the market."""
    reject_order(core, order, text, code)


def refuse_held(desk: Desk, order: Order) -> Refusal | None:
    """Refused while the order waits: whoever would change it, work it or book on it."""
    if not desk.approvals.waits(order.order_id):
        return None
    approval_id = desk.approvals.of_order[order.order_id]
    return Refusal(RefusalCode.AWAITS_APPROVAL, (("approval_id", str(approval_id)),))

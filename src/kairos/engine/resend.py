"""An order that its venue says it never saw goes there once more, with the same ClOrdID(11) and PossResend(97).

That is how an order survives a crash between its journal and its venue: on a new session it is never sent as a possible
duplicate (a venue's ResendRequest gets gap fills only), but the venue is asked for it, and "unknown order" is a proof
that nothing of it works there. It goes again only where the client still wants it and the gate still lets it pass; and
only once, since a venue that loses it twice has a fault that people must see.

Answers come in order, so one to a question asked before the order went again tells nothing about it. The question's
OrdStatusReqID(790) says when it was asked. Venues before FIX 4.3 don't repeat it: of theirs only an answer counts that
comes after a new question, and not again after a new logon (which asks anew).
"""

from __future__ import annotations

from typing import Final

from kairos.engine.core import Core
from kairos.engine.endings import has_run_out
from kairos.engine.requests import refuse_inactive
from kairos.engine.routing import asked_at_ns, send_route_again
from kairos.model.commands import ReportExecution
from kairos.model.enums import OrdRejReason, OrdStatus
from kairos.risk.gate import first_refusal_of_route
from kairos.risk.subject import Subject
from kairos.state.order import Order
from kairos.state.route import Route

# As text, since that is how venues' codes come.
NOT_KNOWN: Final = OrdRejReason.UNKNOWN_ORDER.value


def settles_unknown_order(core: Core, c: ReportExecution, order: Order, route: Route) -> bool:
    """Whether a status answer that the venue does not know the route needs no more: the order went once more, or the
    question was asked before it did. Otherwise the route has come to its end."""
    if c.rej_reason != NOT_KNOWN or not _was_never_seen(route) or c.cum_qty:
        return False
    if route.resent_at_ns:
        return _was_asked_before(c, route)
    if not _may_go_again(core, order, route):
        return False
    send_route_again(core, order, route)
    return True


def _was_never_seen(route: Route) -> bool:
    waits = route.base is OrdStatus.PENDING_NEW or route.base is OrdStatus.UNKNOWN
    return waits and route.venue_order_id == "" and route.cum_qty == 0


def _was_asked_before(c: ReportExecution, route: Route) -> bool:
    asked_ns = asked_at_ns(c.status_req_id, route)
    if asked_ns:
        return asked_ns <= route.resent_at_ns
    return route.queried == 0 or c.poss_dup


def _may_go_again(core: Core, order: Order, route: Route) -> bool:
    """Whether its client still wants it, its venue is there, and the gate lets it pass; its limits were held for it."""
    if not order.is_open() or order.cancel is not None or route.cancel_id or route.replace_id:
        return False
    if not core.desk.venues[route.venue_id].up or has_run_out(core, order):
        return False
    subject = Subject(core.desk, order.position, order.side, route.terms, order, core.now_ns)
    return (refuse_inactive(core.desk, order) or first_refusal_of_route(subject)) is None

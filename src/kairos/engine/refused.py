"""Requests that the door refuses before they are considered: too many of a session, or too old when their turn came.

The door has the clock and the count; the engine tells the refusal like any other. A repeat comes first, as ever: one
that may be a resend is told where its order stands, which asks nothing of the market.
"""

from __future__ import annotations

from kairos.engine.core import Core
from kairos.engine.crosses import refuse_cross, refuse_cross_replace
from kairos.engine.lists import refuse_list
from kairos.engine.queries import find_order
from kairos.engine.requests import refuse_request
from kairos.engine.submit import refuse_submitted
from kairos.model.commands import (
    Command,
    RefuseRequest,
    ReplaceCross,
    ReplaceOrder,
    SubmitCross,
    SubmitList,
    SubmitOrder,
)
from kairos.model.nested import decode_commands
from kairos.model.refusals import Refusal


def refuse_unconsidered(core: Core, c: RefuseRequest) -> None:
    """Refuse each request in it, whatever else could be said of it."""
    refusal = Refusal(c.code, c.context)
    for request in decode_commands(c.request):
        _refuse(core, request, refusal)


def _refuse(core: Core, request: Command, refusal: Refusal) -> None:
    if isinstance(request, SubmitOrder):
        refuse_submitted(core, request, refusal)
    elif isinstance(request, ReplaceOrder):
        order = find_order(core.desk, request.client_id, request.orig_cl_ord_id, request.order_id)
        refuse_request(core, request, order, refusal)
    elif isinstance(request, SubmitList):
        refuse_list(core, request, refusal)
    elif isinstance(request, SubmitCross):
        refuse_cross(core, request, refusal)
    elif isinstance(request, ReplaceCross):
        refuse_cross_replace(core, request, refusal)

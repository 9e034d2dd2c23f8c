"""What a venue's drop copy tells of our routes.

A drop copy has the venue's ExecutionReports(8) of an account, with the ExecIDs(17) of the order session, over a session
of its own: sooner than the order session, later, or alone while that one is silent. So each report counts once,
whichever session told it first. A copy that is no news, or that is of another system's order, says nothing; one that
does not fit is kept for a person, and the venue is told so only when its own session says the same.

Followed is what became of something that we asked for: accepted, refused, executed, ended, replaced; and busts and
corrections. A status and what a venue changes by itself have their meaning from their place between other messages of
the order session, so they are left to it.
"""

from __future__ import annotations

from kairos.model.commands import ReportExecution
from kairos.model.enums import ExecType, OrdStatus
from kairos.state.desk import Desk
from kairos.state.route import Route


def tells_news(desk: Desk, route: Route, c: ReportExecution) -> bool:
    """Whether a copied report tells something of the route that we do not know yet."""
    kind = c.exec_type
    if route.was_copied(c.exec_id):
        return False
    if kind is ExecType.TRADE or kind is ExecType.TRADE_CANCEL or kind is ExecType.TRADE_CORRECT:
        return not desk.is_known_execution(c.venue_id, c.exec_id)
    if kind is ExecType.NEW or kind is ExecType.REJECTED:
        return route.base is OrdStatus.PENDING_NEW or route.base is OrdStatus.UNKNOWN
    if kind is ExecType.CANCELED or kind is ExecType.EXPIRED or kind is ExecType.DONE_FOR_DAY:
        return route.is_live()
    return kind is ExecType.REPLACED and route.replace_id != "" and c.cl_ord_id == route.replace_id

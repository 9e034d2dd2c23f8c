"""Whether a change of limits lets more through than before: then a second person may be asked."""

from __future__ import annotations

from kairos.model.commands import PlaceLimit, RemoveLimit, SetLimits
from kairos.model.enums import Severity
from kairos.model.values import Limit, Limits
from kairos.state.desk import Desk

_STRICTEST_FIRST = (Severity.HARD, Severity.APPROVAL, Severity.REASON)


def loosens_a_limit(desk: Desk, c: SetLimits | PlaceLimit | RemoveLimit) -> bool:
    """A first limit of its kind at a place only adds a bound; a removed one takes it away."""
    if isinstance(c, SetLimits):
        account = desk.accounts.get(c.account_id)
        return account is not None and loosens_any(account.limits, c.limits)
    cell = desk.tree.find(c.place)
    bound = None if cell is None else cell.bound(c.kind if isinstance(c, RemoveLimit) else c.limit.kind)
    if bound is None:
        return False
    return isinstance(c, RemoveLimit) or loosens(bound.placed, c.limit)


def loosens_any(before: Limits, after: Limits) -> bool:
    """Each of an account's limits bounds from above."""
    return any(getattr(after, name) > getattr(before, name) for name in after.names())


def loosens(before: Limit, after: Limit) -> bool:
    """Anything but a value that is as low, in the same terms and as strict: what can't be compared counts as looser."""
    if after.value > before.value or after.burst > before.burst:
        return True
    if _STRICTEST_FIRST.index(after.severity) > _STRICTEST_FIRST.index(before.severity):
        return True
    if after.exempt_closing and not before.exempt_closing:
        return True
    return (after.currency, after.window_ns) != (before.currency, before.window_ns)

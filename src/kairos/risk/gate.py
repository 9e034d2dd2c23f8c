"""The gate before the market: every check at every level of the order's path.

Nearly every order passes, so the gate first asks whether anything speaks against one: compares of words, and nothing
made. Only where something does are all the checks asked again, to find the one that binds: a hard one before a soft
one, then the one whose code stands first, then the one of the higher level. A soft limit lets pass on terms: with a
reason, or when a second person lets it.

One more check, the duplicate ClOrdID(11), needs the client's names and stands at the door (`engine.submit`). Cancels
never come here. The checks are called by name, not from a tuple: compiled, that is a jump, where a function object is
called with its arguments packed and checked.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.model.enums import Severity
from kairos.model.refusals import Refusal, RefusalCode
from kairos.risk import checks
from kairos.risk.checks_ladder import asks, constraint
from kairos.risk.checks_limits import seen_by
from kairos.risk.checks_market import market_refusal, stale_reference
from kairos.risk.kinds import rule_of
from kairos.risk.places import at_place
from kairos.risk.plugins import plugin_check
from kairos.risk.subject import Leg, Subject
from kairos.state import bounds
from kairos.state.bounds import WHOLE_BPS, Bound
from kairos.state.cells import HEIGHT_OF_FIRM, OF_ONE, Cell

NO_REFUSALS: Final[list[Refusal]] = []
LOWEST_LEVEL: Final = HEIGHT_OF_FIRM - OF_ONE
PRECEDENCE: Final = {code: place for place, code in enumerate(RefusalCode)}


@mypyc_attr(acyclic=True)
class Admission:
    """What the gate says.

    refusal:  why the order is refused; None where it is not
    approval: why it must wait for a second person, where it is not refused
    reasons:  the soft limits that it passes because it gives a reason
    """

    def __init__(self, refusal: Refusal | None, approval: Refusal | None, reasons: list[Refusal]) -> None:
        self.refusal: Final[Refusal | None] = refusal
        self.approval: Final[Refusal | None] = approval
        self.reasons: Final[list[Refusal]] = reasons

    def refusal_at_once(self) -> Refusal | None:
        """For what can't wait: a replace, an order of a list, a side of a cross."""
        return self.refusal if self.refusal is not None else self.approval


ADMITTED: Final = Admission(None, None, NO_REFUSALS)


@mypyc_attr(acyclic=True)
class Breach:
    """A check that speaks against the order; `level` counts from the firm down to accounts and books."""

    def __init__(self, refusal: Refusal, severity: Severity, level: i64) -> None:
        self.refusal: Final[Refusal] = refusal
        self.severity: Final[Severity] = severity
        self.level: Final[i64] = level

    def rank(self) -> tuple[int, int, int]:
        """The breach with the least of all binds."""
        hardness = 0 if self.severity is Severity.HARD else 1
        return (hardness, PRECEDENCE[self.refusal.code], int(self.level))


def first_refusal(s: Subject) -> Refusal | None:
    """The binding refusal, or None when the order may pass, at once or on terms."""
    return admit(s).refusal


def admit(s: Subject) -> Admission:
    """May the order pass, and on which terms?"""
    of_account = _of_account(s)
    if of_account is None and _path_is_clear(s, False) and not s.no_rate:
        return ADMITTED
    return _decide(s, of_account, False)


def first_refusal_of_route(s: Subject) -> Refusal | None:
    """Of a part of an order that goes to a venue now, or of one that passed the gate when it came and waited: what it
    adds was counted then, in the rates, the position, the exposure and the buying power. `s.terms` are the route's."""
    of_route = _of_route(s)
    if of_route is None and _path_is_clear(s, True) and not s.no_rate:
        return None
    return _decide(s, of_route, True).refusal


def _of_account(s: Subject) -> Refusal | None:
    """The limits that every account must have, and what holds for all."""
    if s.is_response and s.only_closes():
        return _of_response(s)
    return (
        checks.kill(s)
        or checks.rate(s)
        or market_refusal(s)
        or checks.order_qty(s)
        or checks.order_notional(s)
        or checks.reference_price(s)
        or stale_reference(s)
        or checks.price_collar(s)
        or checks.position(s)
        or checks.exposure(s)
        or checks.buying_power(s)
        or plugin_check(s)
    )


def _of_response(s: Subject) -> Refusal | None:
    """The desk's own answer to a breach closes what the breach forbids to hold: only the market speaks against it."""
    return (
        checks.kill(s) or market_refusal(s) or checks.reference_price(s) or stale_reference(s) or checks.price_collar(s)
    )


def _of_route(s: Subject) -> Refusal | None:
    return (
        checks.kill(s)
        or market_refusal(s)
        or checks.order_qty(s)
        or checks.order_notional(s)
        or checks.reference_price(s)
        or stale_reference(s)
        or checks.price_collar(s)
        or plugin_check(s)
    )


# The path


def _path_is_clear(s: Subject, is_route: bool) -> bool:
    """Whether no place on the path speaks against the order."""
    share = WHOLE_BPS
    for leg in s.legs:
        for of_currency in leg.position.sums:
            cell = of_currency.cell
            if cell.constrained:
                share = min(share, cell.shrink_bps)
                if constraint(s, leg, cell) is not None or asks(s, leg, cell) is not None:
                    return False
            for bound in cell.bounds:
                may_bind = share < WHOLE_BPS or _is_above(s, leg, cell, bound)
                if may_bind and _is_passed(s, leg, cell, bound, share, is_route):
                    return False
    return True


def _is_above(s: Subject, leg: Leg, cell: Cell, bound: Bound) -> bool:
    """Whether more is seen than what was placed; of a rate, which is the same without dividing."""
    if bound.number == bounds.RATE:
        return not bound.has_token(s.now_ns)
    return seen_by(s, leg, cell, bound) > bound.bar


def _is_passed(s: Subject, leg: Leg, cell: Cell, bound: Bound, share: i64, is_route: bool) -> bool:
    """Whether the order would go beyond a limit that it is held to."""
    if is_route and not _holds_for_routes(bound.number):
        return False
    if seen_by(s, leg, cell, bound) <= in_force(bound, share):
        return False
    return not is_spared(s, leg, bound)


def in_force(bound: Bound, share: i64) -> int:
    """What of a limit is in force, where a response has shrunk what is above it."""
    return bound.bar if share >= WHOLE_BPS or not bound.shrinks else bound.bar * int(share) // WHOLE_BPS


def is_spared(s: Subject, leg: Leg, bound: Bound) -> bool:
    """Closing orders pass where the limit says so; the desk's own answer to a breach, if it closes, everywhere but at
    the collar."""
    if bound.spares_closing and s.only_closes():
        return True
    collar = bound.number in (bounds.COLLAR_BPS, bounds.COLLAR_TICKS)
    return s.is_response and not collar and leg.only_closes(s.side)


def _holds_for_routes(number: i64) -> bool:
    """Limits of the order alone, and what may have happened since it came."""
    return number <= bounds.COLLAR_TICKS or number in (bounds.REPEATED_EXECUTIONS, bounds.SELF_MATCH)


# What binds


def _decide(s: Subject, of_account: Refusal | None, is_route: bool) -> Admission:
    """All that speaks against the order, and what comes of it."""
    breaches = breaches_of_path(s, is_route)
    if of_account is not None:
        breaches.append(Breach(of_account, Severity.HARD, LOWEST_LEVEL))
    if s.no_rate:
        breaches.append(Breach(Refusal(RefusalCode.NO_RATE, (("rate", s.no_rate),)), Severity.HARD, 0))
    refusals = [breach for breach in breaches if breach.severity is Severity.HARD]
    if is_route:  # soft limits were asked when the order came
        return Admission(binding(refusals), None, NO_REFUSALS) if refusals else ADMITTED
    reasons = [breach for breach in breaches if breach.severity is Severity.REASON]
    if not refusals and not s.reason:
        refusals = reasons
    if refusals:
        return Admission(binding(refusals), None, NO_REFUSALS)
    approvals = [breach for breach in breaches if breach.severity is Severity.APPROVAL]
    return Admission(None, binding(approvals) if approvals else None, [breach.refusal for breach in reasons])


def binding(breaches: list[Breach]) -> Refusal:
    """The one that stands before all others."""
    first = breaches[0]
    for breach in breaches:
        if breach.rank() < first.rank():
            first = breach
    return first.refusal


def breaches_of_path(s: Subject, is_route: bool = False) -> list[Breach]:
    """Every check of every place on the path that speaks against the order."""
    breaches: list[Breach] = []
    share = WHOLE_BPS
    for leg in s.legs:
        for of_currency in leg.position.sums:
            cell = of_currency.cell
            share = min(share, cell.shrink_bps)
            level = level_of(cell)
            held_back = constraint(s, leg, cell) if cell.constrained else None
            if held_back is not None:
                breaches.append(Breach(held_back, Severity.HARD, level))
            asked = asks(s, leg, cell) if cell.constrained else None
            if asked is not None:
                breaches.append(Breach(asked, Severity.APPROVAL, level))
            for bound in cell.bounds:
                if _is_passed(s, leg, cell, bound, share, is_route):
                    seen = seen_by(s, leg, cell, bound)
                    breaches.append(
                        Breach(refusal_at(cell, bound, seen, in_force(bound, share)), bound.severity, level)
                    )
    return breaches


def level_of(cell: Cell) -> i64:
    return HEIGHT_OF_FIRM - cell.height


def refusal_at(cell: Cell, bound: Bound, seen: int, limit: int) -> Refusal:
    """A limit that the order passes, with its place, and what was seen."""
    rule = rule_of(bound)
    context = (*at_place(cell.place), (rule.what, rule.text_of(seen)), ("limit", rule.text_of(limit)))
    if not rule.unit:
        context = (*context, ("currency", bound.currency))
    if not bound.hard:
        context = (*context, ("severity", bound.severity.name))
    return Refusal(rule.code, context)

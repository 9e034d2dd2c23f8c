"""Every check at every level of an order's path, with what it sees and what is left: for questions and evidence.

Here nothing is left out because something before it refuses. It is the same functions that the gate asks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from mypy_extensions import i64

from kairos.model.enums import NodeKind, ScopeKind, Severity
from kairos.model.numbers import MAX_QTY, format_money, size_of
from kairos.model.refusals import Refusal, RefusalCode
from kairos.model.values import Place, Terms, Verdict
from kairos.model.wire_types import Pairs
from kairos.risk import checks
from kairos.risk.checks_ladder import asks, constraint
from kairos.risk.checks_limits import BASIS_POINTS, NOT_KNOWN, NOTHING, collar_bps, seen_by
from kairos.risk.checks_market import market_verdicts
from kairos.risk.gate import LOWEST_LEVEL, PRECEDENCE, in_force, is_spared, level_of, refusal_at
from kairos.risk.kinds import rule_of
from kairos.risk.plugins import plugin_check
from kairos.risk.subject import Leg, Subject
from kairos.state.bounds import WHOLE_BPS, Bound
from kairos.state.cells import Cell
from kairos.state.reference import TOKEN

FIRM: Final = Place(NodeKind.FIRM, "", ScopeKind.ALL, "")
ANY_QTY: Final = -1

Seen = Callable[[Subject], int]


class Ranked:
    """A verdict, and how high it stands (`gate.level_of`)."""

    def __init__(self, verdict: Verdict, level: i64) -> None:
        self.verdict: Final[Verdict] = verdict
        self.level: Final[i64] = level

    def rank(self) -> tuple[int, int, int, int]:
        """What speaks against the order first, the hard before the soft; then by precedence and level."""
        soft = 0 if self.verdict.severity is Severity.HARD else 1
        return (1 if self.verdict.passes else 0, soft, PRECEDENCE[self.verdict.code], int(self.level))


def all_verdicts(s: Subject) -> list[Verdict]:
    """Each check at each level, the one that binds first."""
    found = _of_path(s) + _of_account(s) + _of_facts(s)
    found.sort(key=Ranked.rank)
    return [ranked.verdict for ranked in found]


# The account's own limits


def _of_account(s: Subject) -> list[Ranked]:
    limits = s.account.limits
    money = s.account.defined.currency
    place = Place(NodeKind.ACCOUNT, s.account.account_id, ScopeKind.ALL, "")
    rows: list[tuple[RefusalCode, str, str, int, Seen]] = [
        (RefusalCode.RATE, "requests", "requests", limits.rate_burst, _requests),
        (RefusalCode.MAX_ORDER_QTY, "qty", "units", s.share_of(limits.max_order_qty), _order_qty),
        (RefusalCode.MAX_ORDER_NOTIONAL, "value", money, s.share_of(limits.max_order_notional), _order_value),
        (RefusalCode.PRICE_COLLAR, "away_bps", "bps", collar_limit_bps(s), collar_bps),
        (RefusalCode.MAX_POSITION, "position", "units", s.share_of(limits.max_position), _position),
        (RefusalCode.MAX_EXPOSURE, "gross", money, s.share_of(limits.max_gross_exposure), _gross),
        (RefusalCode.MAX_EXPOSURE, "net", money, s.share_of(limits.max_net_exposure), _net),
        (RefusalCode.BUYING_POWER, "needed", money, checks.free_money(s), _needed),
    ]
    found: list[Ranked] = []
    for code, what, unit, limit, seen in rows:
        value = seen(s)
        passes = value <= limit or _is_response(s, code)
        texts = [format_money(number) if unit == money else str(number) for number in (value, limit)]
        context: Pairs = () if passes else ((what, texts[0]), ("limit", texts[1]))
        verdict = _verdict(s, code, place, Severity.HARD, passes, what, unit, limit, seen, context)
        found.append(Ranked(verdict, LOWEST_LEVEL))
    return found


def _is_response(s: Subject, code: RefusalCode) -> bool:
    return code is not RefusalCode.PRICE_COLLAR and s.is_response and s.only_closes()


def collar_limit_bps(s: Subject) -> int:
    """The account's collar, and a spread's some ticks where they are more."""
    bps = s.account.limits.collar_bps
    reference = int(size_of(s.reference_px))
    if not s.instrument.is_spread or reference == 0:
        return bps
    floor = checks.SPREAD_COLLAR_TICKS * int(s.instrument.tick_size)
    return max(bps, -(-floor * BASIS_POINTS // reference))


def _requests(s: Subject) -> int:
    burst = s.account.limits.rate_burst * TOKEN
    return (burst - s.account.tokens_now(s.now_ns) + TOKEN - 1) // TOKEN + 1


def _order_qty(s: Subject) -> int:
    return s.terms.order_qty


def _order_value(s: Subject) -> int:
    return s.of_account(s.worth)


def _position(s: Subject) -> int:
    return NOTHING if s.added_qty == 0 else checks.worst_position(s)


def _gross(s: Subject) -> int:
    return NOTHING if s.added_qty == 0 else checks.exposure_with(s)[0]


def _net(s: Subject) -> int:
    return NOTHING if s.added_qty == 0 else checks.exposure_with(s)[1]


def _needed(s: Subject) -> int:
    return s.of_account(s.worst) if s.is_buy and s.added_worth else NOTHING


# The path


def _of_path(s: Subject) -> list[Ranked]:
    found: list[Ranked] = []
    share = WHOLE_BPS
    for at in range(len(s.legs)):
        leg = s.legs[at]
        for of_currency in leg.position.sums:
            cell = of_currency.cell
            share = min(share, cell.shrink_bps)
            level = level_of(cell)
            found += [Ranked(verdict, level) for verdict in _of_constraints(s, leg, cell)]
            for bound in cell.bounds:
                found.append(Ranked(_of_bound(s, at, cell, bound, share), level))
    return found


def _of_constraints(s: Subject, leg: Leg, cell: Cell) -> list[Verdict]:
    held_back, asked = constraint(s, leg, cell), asks(s, leg, cell)
    verdicts: list[Verdict] = []
    if held_back is not None:
        verdicts.append(_told(held_back, cell.place, Severity.HARD))
    if asked is not None:
        verdicts.append(_told(asked, cell.place, Severity.APPROVAL))
    return verdicts


def _of_bound(s: Subject, at: i64, cell: Cell, bound: Bound, share: i64) -> Verdict:
    """One limit; `at` is its leg's place among those of the order."""
    rule = rule_of(bound)
    limit = in_force(bound, share)

    def seen(other: Subject) -> int:
        return seen_by(other, other.legs[at], cell, bound)

    value = seen(s)
    passes = value <= limit or is_spared(s, s.legs[at], bound)
    context = () if passes else refusal_at(cell, bound, value, limit).context
    unit = rule.unit_of(bound)
    return _verdict(s, rule.code, cell.place, bound.severity, passes, rule.what, unit, limit, seen, context)


# What is no limit


def _of_facts(s: Subject) -> list[Ranked]:
    """Kill switch, market, references, rates of exchange, the firm's own checks: told where they refuse."""
    refusals = [checks.kill(s), checks.reference_price(s), plugin_check(s), *market_verdicts(s)]
    if s.no_rate:
        refusals.append(Refusal(RefusalCode.NO_RATE, (("rate", s.no_rate),)))
    return [Ranked(_told(refusal, FIRM, Severity.HARD), 0) for refusal in refusals if refusal is not None]


def _told(refusal: Refusal, place: Place, severity: Severity) -> Verdict:
    return Verdict(refusal.code, place, severity, False, "", 0, 0, 0, "", ANY_QTY, refusal.context)


def _verdict(
    s: Subject,
    code: RefusalCode,
    place: Place,
    severity: Severity,
    passes: bool,
    what: str,
    unit: str,
    limit: int,
    seen: Seen,
    context: Pairs,
) -> Verdict:
    value = seen(s)
    if value in (NOTHING, NOT_KNOWN):
        return Verdict(code, place, severity, passes, what, 0, limit, limit, unit, ANY_QTY, context)
    return Verdict(
        code, place, severity, passes, what, value, limit, limit - value, unit, largest_qty(s, limit, seen), context
    )


# The largest quantity


def largest_qty(s: Subject, limit: int, seen: Seen) -> int:
    """The largest OrderQty(38) at which a check does not see more than its limit, all else the same; 0 where none is
    small enough, `ANY_QTY` where none is too large. What a check sees falls at most once as the quantity grows (a
    closing order), and then rises: so those that pass are one stretch."""
    if seen(with_qty(s, MAX_QTY)) <= limit:
        return ANY_QTY
    low = _lowest(s, seen)
    if seen(with_qty(s, low)) > limit:
        return 0
    high = MAX_QTY
    while high - low > 1:
        middle = (low + high) // 2
        if seen(with_qty(s, middle)) <= limit:
            low = middle
        else:
            high = middle
    return low


def _lowest(s: Subject, seen: Seen) -> int:
    """A quantity at which a check sees the least: where it begins to rise."""
    low, high = _filled(s), MAX_QTY
    while low < high:
        middle = (low + high) // 2
        if seen(with_qty(s, middle + 1)) >= seen(with_qty(s, middle)):
            high = middle
        else:
            low = middle + 1
    return low


def _filled(s: Subject) -> int:
    """What a replace can't take back; of a new order, its first unit."""
    return 1 if s.order is None else max(int(s.order.cum_qty), 1)


def with_qty(s: Subject, qty: int) -> Subject:
    """The same order at another quantity."""
    t = s.terms
    terms = Terms(qty, t.ord_type, t.price, t.stop_px, t.time_in_force, t.expire_at_ns, t.max_floor)
    return Subject(
        desk=s.desk,
        position=s.position,
        side=s.side,
        terms=terms,
        order=s.order,
        now_ns=s.now_ns,
        strategy_id=s.strategy_id,
        trader_id=s.trader_id,
        user_id=s.user_id,
        session=s.session,
        reason=s.reason,
        to_market=s.to_market,
        is_response=s.is_response,
        venue_id=s.venue_id,
    )

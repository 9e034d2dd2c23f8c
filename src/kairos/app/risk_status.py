"""How a place of the tree stands, as the engine answers it over the link: plain values for JSON, exact numbers as text.

A watched place tells all that is reckoned there. Of any other the question makes what positions tell at once, and keeps
nothing: a question changes nothing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from kairos.adapters.link_frames import AskError
from kairos.engine.places import refuse_place
from kairos.evidence.spelling import duration, place_text
from kairos.model.enums import LimitKind, NodeKind, ScopeKind, Severity
from kairos.model.indicators import UNIT_OF, WORSE_BELOW, Indicator, IndicatorUnit
from kairos.model.numbers import format_money, magnitude
from kairos.model.values import Place
from kairos.risk.gate import in_force
from kairos.risk.indicators import forecast_ns, forecast_of_limit_ns, order_to_trade, value_of
from kairos.risk.kinds import MONEY, rule_of
from kairos.risk.value_at_risk import missing_returns
from kairos.state.bounds import Bound
from kairos.state.cells import Cell, Sum
from kairos.state.constraints import WHOLE
from kairos.state.desk import Desk
from kairos.state.kills import KillPlace
from kairos.state.ladder import Watch
from kairos.state.places import place_key

Row = dict[str, object]
Ask = Mapping[str, object]

FIRM: Final = Place(NodeKind.FIRM, "", ScopeKind.ALL, "")
# A table of more is no table; who wants others names them.
MAX_PLACES: Final = 500


class RiskStatus:
    """Answers `risk.status` of the desk as it is now: `places`, as [node, id, scope, id] each; none means all that are
    watched, the firm, and every account that holds something."""

    def __init__(self, desk: Callable[[], Desk], now_ns: Callable[[], int]) -> None:
        self._desk: Final = desk
        self._now_ns: Final = now_ns
        self.asks: Final[dict[str, Callable[[str, Ask], Awaitable[object]]]] = {"risk.status": self._status}

    async def _status(self, _user_id: str, said: Ask) -> object:
        desk, now_ns = self._desk(), self._now_ns()
        wanted = said.get("places") or []
        if not isinstance(wanted, list):
            raise AskError("places must be a list")
        places = [read_place(desk, one) for one in wanted] or places_of_interest(desk)
        return {"at_ns": str(now_ns), "places": [row_of(desk, place, now_ns) for place in places[:MAX_PLACES]]}


def read_place(desk: Desk, said: object) -> Place:
    """A place as it comes over the link, which must be one of this desk's."""
    try:
        node, node_id, scope, scope_id = said if isinstance(said, list) else []
        place = Place(NodeKind[node], str(node_id), ScopeKind[scope], str(scope_id))
    except (ValueError, KeyError) as error:
        raise AskError(f"{said!r} is no place: [node, id, scope, id]") from error
    refusal = refuse_place(desk, place)
    if refusal is not None:
        raise AskError(f"refused: {refusal}")
    return place


def places_of_interest(desk: Desk) -> list[Place]:
    holders = [account_id for account_id, held in desk.positions.items() if any(p.qty for p in held.values())]
    first = [FIRM, *(Place(NodeKind.ACCOUNT, account_id, ScopeKind.ALL, "") for account_id in holders)]
    rest = [cell.place for cell in desk.tree.cells.values()]
    return list({place_key(place): place for place in [*first, *rest]}.values())


def row_of(desk: Desk, place: Place, now_ns: int) -> Row:
    """All that is known of a place."""
    watched = desk.tree.find(place)
    cell = glance(desk, place) if watched is None else watched
    return {
        "place": place_text(place),
        "currency": cell.currency,
        "watched": cell.indicators is not None,
        "indicators": {one.name: text for one in Indicator if (text := _told(desk, cell, one, now_ns))},
        "currencies": [_of_currency(one) for one in cell.sums],
        "limits": [*_mandatory(desk, place), *(_of_limit(desk, cell, bound, now_ns) for bound in cell.bounds)],
        "rules": [_of_rule(desk, cell, watch, now_ns) for watch in desk.ladder.at(cell.key)],
        "constraints": constraints_of(desk, cell),
        "missing_returns": missing_returns(desk, cell),
    }


def glance(desk: Desk, place: Place) -> Cell:
    """A cell that is in no tree, with what the positions below the place come to."""
    tree = desk.tree
    cell = Cell(place, place_key(place), tree.currency_of(place.node, place.node_id), tree.changes)
    for position in tree.positions_of(cell):
        of_currency = cell.sum_of(position.instrument.defined.currency)
        of_currency.add(position.figures())
        of_currency.day.add(position.day)
    return cell


def _told(desk: Desk, cell: Cell, indicator: Indicator, now_ns: int) -> str:
    value = value_of(desk, cell, indicator, now_ns)
    return "" if value is None else text_of(indicator, value)


def text_of(indicator: Indicator, value: int) -> str:
    return format_money(value) if UNIT_OF[indicator] is IndicatorUnit.MONEY else str(value)


def _of_currency(one: Sum) -> Row:
    pnl = one.realized + one.unrealized
    figures = {"gross": one.gross, "net": one.net, "long": one.long, "short": one.short, "pnl": pnl}
    return {"currency": one.currency, **{name: format_money(value) for name, value in figures.items()}}


# Limits


def _mandatory(desk: Desk, place: Place) -> list[Row]:
    """Of an account, the exposures that nobody may leave unlimited."""
    account = desk.accounts.get(place.node_id)
    if account is None or place.node is not NodeKind.ACCOUNT or place.scope is not ScopeKind.ALL:
        return []
    limits, unit = account.limits, account.defined.currency
    return [
        _mandatory_row("max_gross_exposure", unit, limits.max_gross_exposure, account.gross),
        _mandatory_row("max_net_exposure", unit, limits.max_net_exposure, magnitude(account.net)),
        _mandatory_row("cash", unit, account.cash, account.reserved),
    ]


def _mandatory_row(kind: str, unit: str, limit: int, used: int) -> Row:
    figures = {"limit": limit, "placed": limit, "used": used, "headroom": limit - used}
    told = {name: format_money(value) for name, value in figures.items()}
    return {"kind": kind, "severity": Severity.HARD.name, "unit": unit, **told}


def _of_limit(desk: Desk, cell: Cell, bound: Bound, now_ns: int) -> Row:
    """Its value as it is in force now, what is used of it, and when it will be reached at the present rate."""
    rule, value = rule_of(bound), in_force(bound, cell.shrink_bps)
    used = used_of(desk, cell, bound)
    row: Row = {
        "kind": bound.kind.name,
        "severity": bound.severity.name,
        "unit": rule.unit_of(bound),
        "limit": rule.text_of(value),
        "placed": rule.text_of(bound.bar),
    }
    if used is not None:
        row |= {"used": rule.text_of(used), "headroom": rule.text_of(value - used)}
        if rule.unit != MONEY or bound.currency == cell.currency:
            row["breach_at_ns"] = _time(forecast_of_limit_ns(desk, cell, bound.kind, value, now_ns))
    return row


def used_of(desk: Desk, cell: Cell, bound: Bound) -> int | None:
    """What of a limit is taken, in its unit; None of what bounds a single order or a single instrument."""
    if bound.kind is LimitKind.OPEN_ORDERS:
        return int(cell.open_orders())
    if bound.kind is LimitKind.ORDER_TO_TRADE:
        return order_to_trade(cell)
    if bound.kind not in USED:
        return None
    total = 0
    for one in cell.sums:
        told = desk.tree.rates.convert(USED[bound.kind](one), one.currency, bound.currency)
        if told is None:
            return None
        total += told
    return magnitude(total) if bound.kind is LimitKind.NET_EXPOSURE else total


USED: Final[dict[LimitKind, Callable[[Sum], int]]] = {
    LimitKind.OPEN_NOTIONAL: lambda one: one.open_notional,
    LimitKind.GROSS_EXPOSURE: lambda one: one.gross,
    LimitKind.NET_EXPOSURE: lambda one: one.net,
    LimitKind.LONG_EXPOSURE: lambda one: one.long,
    LimitKind.SHORT_EXPOSURE: lambda one: one.short,
    LimitKind.CREDIT: lambda one: one.cost - one.realized + one.reserved,
    LimitKind.DAY_NOTIONAL: lambda one: one.day_bought + one.day_sold + one.open_notional,
    LimitKind.LOSS: lambda one: one.day.base - one.realized - one.unrealized,
}


# Rules and what they did


def _of_rule(desk: Desk, cell: Cell, watch: Watch, now_ns: int) -> Row:
    rule, value = watch.rule, value_of(desk, cell, watch.rule.indicator, now_ns)
    following = rule.levels[watch.level :]
    worsens = rule.above != (rule.indicator in WORSE_BELOW)
    row: Row = {
        "rule": rule.rule_id,
        "indicator": rule.indicator.name,
        "level": watch.level,
        "levels": len(rule.levels),
        "dry_run": rule.dry_run,
    }
    if value is not None:
        row["seen"] = text_of(rule.indicator, value)
    if following:
        threshold = following[0].threshold
        row["next"] = text_of(rule.indicator, threshold)
        row["breach_at_ns"] = _time(forecast_ns(desk, cell, rule.indicator, threshold, now_ns) if worsens else 0)
    return row


def constraints_of(desk: Desk, cell: Cell) -> list[str]:
    """What holds the place back, in words."""
    held = [
        ("killed", _is_killed(desk, cell.place)),
        (f"limits at {cell.shrink_bps} bps", cell.shrink_bps != WHOLE),
        (f"rates at {cell.rate_bps} bps", cell.rate_bps != WHOLE),
        (f"an order each {duration(cell.spacing_ns)}", cell.spacing_ns > 0),
        ("passive", cell.passive),
        ("paused", cell.paused),
        ("asks a second person", cell.asks),
        ("reduce only", cell.reduce_only),
        ("halted", cell.halted),
    ]
    return [word for word, holds in held if holds]


def _is_killed(desk: Desk, place: Place) -> bool:
    named = KillPlace(place.node, place.node_id, place.scope, place.scope_id, "")
    return named.spelling() in desk.kills.engaged


def _time(at_ns: int) -> str:
    """Empty for never."""
    return str(at_ns) if at_ns else ""

"""Folds the rules of risk and their responses: where each stands, and what holds at its places because of it."""

from __future__ import annotations

from mypy_extensions import i64

from kairos.model.enums import NodeKind, ResponseKind
from kairos.model.events import (
    ResponseCompleted,
    ResponseEased,
    ResponseReleased,
    ResponseTaken,
    RiskEvent,
    RuleDefined,
    RuleRemoved,
    RuleSnapshot,
)
from kairos.model.indicators import Indicator
from kairos.model.values import Place, RuleAction
from kairos.state.cells import Cell
from kairos.state.constraints import WHOLE
from kairos.state.desk import Desk
from kairos.state.ladder import Watch
from kairos.state.watching import start_indicators


def apply_ladder_event(desk: Desk, event: RiskEvent) -> bool:
    """Fold one; False for an event of another matter."""
    if isinstance(event, ResponseTaken):
        _taken(desk, event)
    elif isinstance(event, ResponseReleased):
        _released(desk, event)
    elif isinstance(event, ResponseEased):
        watch = _watch_of(desk, event.rule_id, event.place)
        watch.back_at_ns = event.at_ns if event.back else 0
    elif isinstance(event, ResponseCompleted):
        watch = _watch_of(desk, event.rule_id, event.place)
        watch.orders = []
        desk.ladder.note_move(watch)
    elif isinstance(event, RuleDefined):
        _defined(desk, event)
    elif isinstance(event, RuleRemoved):
        _removed(desk, event.rule_id)
    elif isinstance(event, RuleSnapshot):
        _restored(desk, event)
    else:
        return False
    return True


def node_is_new(desk: Desk, node: NodeKind, node_id: str, at_ns: i64) -> None:
    """A client, account, desk, trader or strategy is named, perhaps for the first time: what is watched of each of its
    kind is watched of it."""
    for rule in desk.ladder.patterns:
        if rule.place.node is node:
            _watch(desk, rule, node_id, at_ns)


def _watch_of(desk: Desk, rule_id: str, place: Place) -> Watch:
    watch = desk.ladder.find(rule_id, place)
    if watch is None:
        raise KeyError(rule_id)
    return watch


# Rules


def _defined(desk: Desk, rule: RuleDefined) -> None:
    if rule.rule_id in desk.ladder.rules:
        _removed(desk, rule.rule_id)
    desk.ladder.rules[rule.rule_id] = rule
    if rule.each:
        desk.ladder.patterns.append(rule)
        for node_id in _nodes(desk, rule.place.node):
            _watch(desk, rule, node_id, rule.at_ns)
    else:
        _watch(desk, rule, rule.place.node_id, rule.at_ns)


def _nodes(desk: Desk, node: NodeKind) -> list[str]:
    """The ids of all that there are of a kind."""
    if node is NodeKind.DESK:
        return [desk_id for desk_id in desk.tree.desks if desk_id]
    if node is NodeKind.TRADER:
        return list(desk.users)
    if node is NodeKind.CLIENT:
        return list(desk.clients)
    if node is NodeKind.ACCOUNT:
        return list(desk.accounts)
    return [book.node_id for book in desk.tree.books.values() if book.node is node]


def _watch(desk: Desk, rule: RuleDefined, node_id: str, at_ns: i64) -> None:
    place = Place(rule.place.node, node_id, rule.place.scope, rule.place.scope_id)
    if desk.ladder.find(rule.rule_id, place) is not None:
        return
    cell = desk.tree.cell(place)
    start_indicators(desk, cell, at_ns)
    desk.ladder.add(Watch(rule, place))
    _note_stop_loss(desk, cell)


def _removed(desk: Desk, rule_id: str) -> None:
    rule = desk.ladder.rules.pop(rule_id)
    if rule.each:
        desk.ladder.patterns.remove(rule)
    for watch in desk.ladder.of_rule(rule_id):
        desk.ladder.drop(watch)
        hold(desk, watch.key)
        _note_stop_loss(desk, desk.tree.cells[watch.key])


def _note_stop_loss(desk: Desk, cell: Cell) -> None:
    """The loss of the day at which the first rule acts here, which an indicator tells the distance to."""
    found = 0
    for watch in desk.ladder.at(cell.key):
        rule = watch.rule
        loss = 0
        if rule.indicator is Indicator.LOSS and rule.above:
            loss = rule.levels[0].threshold
        elif rule.indicator is Indicator.DAY_PNL and not rule.above:
            loss = -rule.levels[0].threshold
        if loss > 0 and (found == 0 or loss < found):
            found = loss
    if cell.indicators is not None:
        cell.indicators.stop_loss = found


# Responses


def _taken(desk: Desk, event: ResponseTaken) -> None:
    watch = _watch_of(desk, event.rule_id, event.place)
    watch.level = event.level
    watch.taken_at_ns[event.level - 1] = event.at_ns
    watch.back_at_ns = 0
    if event.orders:
        watch.orders = watch.orders + [ref.order_id for ref in event.orders]
        watch.cause_at_ns = event.cause_at_ns
    desk.ladder.note_move(watch)
    hold(desk, watch.key)


def _released(desk: Desk, event: ResponseReleased) -> None:
    watch = _watch_of(desk, event.rule_id, event.place)
    watch.level = event.level - 1
    watch.left_at_ns[event.level - 1] = event.at_ns
    watch.back_at_ns = 0
    desk.ladder.note_move(watch)
    hold(desk, watch.key)


def _restored(desk: Desk, event: RuleSnapshot) -> None:
    watch = _watch_of(desk, event.rule_id, event.place)
    watch.level = event.level
    watch.back_at_ns = event.back_at_ns
    for at in range(len(event.times)):
        watch.taken_at_ns[at] = event.times[at].taken_at_ns
        watch.left_at_ns[at] = event.times[at].left_at_ns
    watch.orders = [ref.order_id for ref in event.orders]
    watch.cause_at_ns = event.cause_at_ns
    desk.ladder.note_move(watch)
    hold(desk, watch.key)


def hold(desk: Desk, key: str) -> None:
    """Set what holds at a place: the tightest of all levels that hold there."""
    cell = desk.tree.cells[key]
    cell.shrink_bps = WHOLE
    cell.rate_bps = WHOLE
    cell.spacing_ns = 0
    cell.reduce_only = cell.passive = cell.paused = cell.halted = cell.asks = False
    for watch in desk.ladder.at(key):
        if not watch.rule.dry_run:
            for level in watch.rule.levels[: watch.level]:
                for action in level.actions:
                    _tighten(cell, action)
    narrowed = cell.shrink_bps != WHOLE or cell.rate_bps != WHOLE or cell.spacing_ns > 0 or cell.reduce_only
    cell.constrained = narrowed or cell.passive or cell.paused or cell.halted or cell.asks


def _tighten(cell: Cell, action: RuleAction) -> None:
    kind = action.kind
    if kind is ResponseKind.SHRINK:
        cell.shrink_bps = min(cell.shrink_bps, action.share_bps)
    elif kind is ResponseKind.THROTTLE:
        cell.rate_bps = min(cell.rate_bps, action.share_bps)
    elif kind is ResponseKind.SLOW:
        cell.spacing_ns = max(cell.spacing_ns, action.spacing_ns)
    elif kind is ResponseKind.PASSIVE:
        cell.passive = True
    elif kind is ResponseKind.PAUSE:
        cell.paused = True
    elif kind is ResponseKind.REDUCE_ONLY:
        cell.reduce_only = True
    elif kind is ResponseKind.HALT:
        cell.halted = True
    elif kind is ResponseKind.ASK:
        cell.asks = True

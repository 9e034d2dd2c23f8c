"""What risk control did in a demo, from the engine's journal: responses of the ladder, kills and their releases."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import Final

from kairos.model.enums import NodeKind, ResponseKind, Side
from kairos.model.events import (
    ApprovalDecided,
    ApprovalRequested,
    Event,
    KillCompleted,
    KillEngaged,
    KillReleased,
    OrderAccepted,
    ResponseReleased,
    ResponseTaken,
    TradeBooked,
)
from kairos.model.numbers import format_money
from kairos.model.values import Place, RuleAction
from kairos.state.kills import place_of
from kairos.state.places import strategy_node

MS: Final = 1_000_000
WORDS: Final = {
    ResponseKind.ALERT: "alert",
    ResponseKind.REDUCE_ONLY: "close only",
    ResponseKind.CANCEL: "cancel what works",
}


class RiskTold:
    """Lines for people; and `broken`, orders of strategies that got in though they were to close only."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str]] = []  # when, in UTC, and what
        self.levels: dict[str, int] = {}  # the highest level that a rule took at a place
        self.broken: list[str] = []
        self._held: dict[tuple[str, str], int] = defaultdict(int)  # by strategy and instrument
        self._closing: set[str] = set()
        self._orders: dict[int, tuple[str, str, Side]] = {}

    def take(self, event: Event) -> None:
        if isinstance(event, OrderAccepted):
            self._accepted(event)
        elif isinstance(event, TradeBooked):
            self._traded(event)
        elif isinstance(event, ResponseTaken):
            self._taken(event)
        elif isinstance(event, ResponseReleased):
            self._closing.discard(event.place.node_id)
        line = risk_line(event)
        if line:
            self.lines.append((clock(event.at_ns), line))

    def _accepted(self, event: OrderAccepted) -> None:
        if not event.strategy_id:
            return
        node = strategy_node(event.account_id, event.strategy_id)
        self._orders[event.order_id] = (node, event.instrument_id, event.side)
        held = self._held[node, event.instrument_id]
        closes = held > 0 if event.side is not Side.BUY else held < 0
        if node in self._closing and (not closes or event.terms.order_qty > abs(held)):
            self.broken.append(f"order {event.order_id} of {node}")

    def _traded(self, event: TradeBooked) -> None:
        if event.order_id in self._orders:
            node, instrument_id, side = self._orders[event.order_id]
            self._held[node, instrument_id] += event.last_qty if side is Side.BUY else -event.last_qty

    def _taken(self, event: ResponseTaken) -> None:
        where = f"{event.rule_id} at {spelled(event.place)}"
        self.levels[where] = max(self.levels.get(where, 0), event.level)
        if any(action.kind is ResponseKind.REDUCE_ONLY for action in event.actions) and not event.dry_run:
            self._closing.add(event.place.node_id)


def risk_line(event: Event) -> str:
    """An act of risk control in words; "" for any other event."""
    if isinstance(event, ResponseTaken):
        seen = (
            f"{event.indicator.value} {format_money(event.seen)} (level {event.level}: {format_money(event.threshold)})"
        )
        actions = ", ".join(worded(action) for action in event.actions)
        back = f"; {len(event.orders)} orders taken back" if event.orders else ""
        return f"▼ {event.rule_id} at {spelled(event.place)}: {seen}: {actions}{back}"
    if isinstance(event, ResponseReleased):
        return f"▲ {event.rule_id} at {spelled(event.place)}: level {event.level} is left"
    if isinstance(event, KillEngaged):
        return f"■ {event.user_id} threw the kill switch on {place_of(event).spelling()}: {event.text}"
    if isinstance(event, KillCompleted):
        ended = f"{event.canceled} canceled, {event.ended} ended otherwise"
        return f"■ {event.kill}: all confirmed after {event.took_ns // MS} ms, {ended}"
    if isinstance(event, ApprovalRequested):
        return f"? {event.asked_by or 'the house'} asks a second person: {event.summary}"
    if isinstance(event, ApprovalDecided):
        return f"? {event.user_id or 'nobody'} decided: {event.outcome.name.lower()}"
    if isinstance(event, KillReleased):
        return f"□ {event.user_id} released the kill switch on {place_of(event).spelling()}: {event.text}"
    return ""


def worded(action: RuleAction) -> str:
    """`shrink to 50 %`, `an order every 750 ms`, ..."""
    if action.kind is ResponseKind.SHRINK:
        return f"limits to {action.share_bps // 100} %"
    if action.kind is ResponseKind.THROTTLE:
        return f"rates to {action.share_bps // 100} %"
    if action.kind is ResponseKind.SLOW:
        return f"an order every {action.spacing_ns // MS} ms"
    if action.kind is ResponseKind.FLATTEN:
        return f"flatten by {action.algo}"
    return WORDS.get(action.kind, action.kind.name.lower())


def spelled(place: Place) -> str:
    return "the firm" if place.node is NodeKind.FIRM else f"{place.node.name.lower()} {place.node_id}"


def clock(at_ns: int) -> str:
    return datetime.fromtimestamp(at_ns / 1e9, UTC).strftime("%H:%M:%S.%f")[:-3]

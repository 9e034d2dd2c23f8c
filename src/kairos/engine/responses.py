"""The response ladder at work: what a rule of risk does by itself, in the turn of the command that made it due.

After each command the cells that it touched are looked at, and of them only the rules that hang there: a desk without
rules pays for one comparison. A response is told before it acts (`ResponseTaken`, with its evidence); what it holds
back is folded into its cell, where the gate reads it; working orders are taken back as any desk's cancel is.

A response may move what other rules watch, so that they respond in the same turn. That ends: one look at a rule makes
at most two moves for each of its levels, and MAX_ROUNDS bounds the looks. What is left is looked at with the next
command.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.engine.cancel import cancel_for_desk
from kairos.engine.core import Core
from kairos.engine.flatten import close_after, flatten
from kairos.engine.timers import RESPONSE
from kairos.model.enums import ReleaseKind, ResponseKind
from kairos.model.events import (
    Event,
    MarkUpdated,
    OrderRefused,
    ResponseCompleted,
    ResponseEased,
    ResponseReleased,
    ResponseTaken,
    TradeBooked,
    TradeBusted,
    TradeCorrected,
)
from kairos.model.values import OrderRef
from kairos.risk.indicators import value_of
from kairos.risk.ladder import EASE, LEAVE, NEVER, STAY, TAKE, next_look_ns, next_move
from kairos.state.cells import Cell
from kairos.state.ladder import Watch
from kairos.state.order import Order
from kairos.state.tree import feeds
from kairos.state.watching import take_touched

# A response to a response to a response: a fourth would be rules that fight each other, which a person must see.
MAX_ROUNDS: Final = 4
TAKES_BACK: Final = (ResponseKind.CANCEL, ResponseKind.HALT, ResponseKind.FLATTEN)


def respond(core: Core) -> None:
    """Called when a command has been handled."""
    changes = core.desk.tree.changes
    ladder = core.desk.ladder
    for _ in range(MAX_ROUNDS):
        if not changes.touched:
            break
        for cell in take_touched(changes):
            for watch in ladder.at(cell.key):
                look(core, watch)
    if ladder.busy:
        _go_on(core)


def look(core: Core, watch: Watch) -> None:
    """Let a rule move to where it belongs. It goes up its levels or down them, so that the moves are counted."""
    cell = core.desk.tree.cells[watch.key]
    for _ in range(2 * len(watch.rule.levels)):
        seen = value_of(core.desk, cell, watch.rule.indicator, core.now_ns)
        move = next_move(watch, seen, core.now_ns)
        if move == STAY:
            break
        _move(core, watch, cell, move, 0 if seen is None else seen)
        ask_to_look(core, watch)
    if watch.level > 0:
        ask_to_look(core, watch)


def _move(core: Core, watch: Watch, cell: Cell, move: i64, seen: int) -> None:
    if move == TAKE:
        _take(core, watch, cell, seen)
    elif move == LEAVE:
        release(core, watch, watch.top().release, "", "")
    else:
        rule = watch.rule
        back = move == EASE
        core.emit(ResponseEased(core.now_ns, rule.rule_id, watch.place, watch.level, seen, back, rule.indicator))


def ask_to_look(core: Core, watch: Watch) -> None:
    """Be called again when time alone may move the rule."""
    due_ns = next_look_ns(watch, core.now_ns)
    if core.now_ns < due_ns < NEVER and due_ns != core.timers.looks.get(watch.name):
        core.timers.looks[watch.name] = due_ns
        core.timers.add(due_ns, RESPONSE, 0)


def look_in_time(core: Core) -> None:
    """A deadline of some rule has come."""
    looks = core.timers.looks
    for watch in list(core.desk.ladder.moved):
        if looks.get(watch.name, NEVER) <= core.now_ns:
            del looks[watch.name]
            look(core, watch)
            ask_to_look(core, watch)


def resume_looking(core: Core) -> None:
    """After a restart: the deadlines of rules that wait for time, and nothing that was touched before."""
    take_touched(core.desk.tree.changes)
    for watch in core.desk.ladder.moved:
        ask_to_look(core, watch)


def release(core: Core, watch: Watch, how: ReleaseKind, text: str, user_id: str) -> None:
    """Leave the highest level that holds."""
    cell = core.desk.tree.cells[watch.key]
    seen = value_of(core.desk, cell, watch.rule.indicator, core.now_ns)
    taken_at_ns: i64 = watch.taken_at_ns[watch.level - 1]
    core.emit(
        ResponseReleased(
            at_ns=core.now_ns,
            rule_id=watch.rule.rule_id,
            place=watch.place,
            level=watch.level,
            seen=0 if seen is None else seen,
            release=how,
            held_ns=core.now_ns - taken_at_ns,
            text=text,
            user_id=user_id,
            approved_by=core.approved_by if how is ReleaseKind.TWO_PEOPLE else "",
            indicator=watch.rule.indicator,
        )
    )


# Taking a level


def _take(core: Core, watch: Watch, cell: Cell, seen: int) -> None:
    """Tell the response, then do what it says."""
    rule = watch.rule
    level = rule.levels[watch.level]
    kinds = [action.kind for action in level.actions]
    orders = _orders_to_cancel(core, cell) if any(kind in TAKES_BACK for kind in kinds) else []
    core.emit(
        ResponseTaken(
            at_ns=core.now_ns,
            rule_id=rule.rule_id,
            place=watch.place,
            indicator=rule.indicator,
            level=watch.level + 1,
            seen=seen,
            threshold=level.threshold,
            actions=level.actions,
            dry_run=rule.dry_run,
            orders=tuple([OrderRef(order.order_id) for order in orders]),
            cause=_cause(core.events),
            cause_at_ns=core.now_ns,
        )
    )
    if rule.dry_run:
        return
    text = f"rule {rule.rule_id}, level {watch.level}"
    for order in orders:
        cancel_for_desk(core, order, text, "")
    if ResponseKind.FLATTEN in kinds:
        flatten(core, watch, cell)


def _orders_to_cancel(core: Core, cell: Cell) -> list[Order]:
    """What works in the cell and is not being canceled already. Ten thousand orders that are over may be awake, so
    each is asked the cheapest question first."""
    orders: list[Order] = []
    for order in core.desk.orders.awake():
        if order.working > 0 and order.cancel is None and _is_in(order, cell):
            orders.append(order)
    return orders


def _is_in(order: Order, cell: Cell) -> bool:
    if feeds(order.position, cell):
        return True
    return order.extras is not None and any(feeds(book, cell) for book in order.books())


def _cause(events: list[Event]) -> str:
    """What brought an indicator where it is, in this turn."""
    for event in events:
        if isinstance(event, MarkUpdated):
            return f"MarkUpdated {event.instrument_id}"
        if isinstance(event, (TradeBooked, TradeBusted, TradeCorrected)):
            return f"{type(event).__name__} {event.exec_id}"
        if isinstance(event, OrderRefused):
            return f"OrderRefused {event.cl_ord_id}"
    return type(events[0]).__name__ if events else "AdvanceTime"


# What goes on after it


def _go_on(core: Core) -> None:
    """Close what could not be closed while orders worked, and tell when the last order that was taken back is over."""
    for watch in list(core.desk.ladder.busy):
        if watch.holds(ResponseKind.FLATTEN):
            close_after(core, watch, core.desk.tree.cells[watch.key])
        if watch.orders and not _is_any_open(core, watch):
            core.emit(
                ResponseCompleted(
                    at_ns=core.now_ns,
                    rule_id=watch.rule.rule_id,
                    place=watch.place,
                    level=watch.level,
                    orders=len(watch.orders),
                    took_ns=core.now_ns - watch.cause_at_ns,
                )
            )


def _is_any_open(core: Core, watch: Watch) -> bool:
    return any(core.desk.may_trade(order_id) for order_id in watch.orders)

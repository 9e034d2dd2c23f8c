"""Closing what a place holds, by AT_MARKET: one market order of the house for each position, through door and gate.

A position is closed once nothing works in it: what is being canceled may still trade, and closing on top of it would
open the other side. So the positions of idle instruments are closed at once, and each of the others when the last of
its orders is over. A closing order that fails is not sent again: its end is the house's own doing, and answering that
would never end. It shows as what it is, refused, rejected or canceled, to the person who was alerted.
"""

from __future__ import annotations

from mypy_extensions import i64

from kairos.engine.core import Core
from kairos.engine.submit import submit_response
from kairos.model.commands import SubmitOrder
from kairos.model.enums import HandlInst, NodeKind, OrdType, ResponseKind, Side, TimeInForce
from kairos.model.events import Event, OrderCanceled, OrderDoneForDay, OrderExpired, OrderRejected, TradeBooked
from kairos.model.numbers import size_of
from kairos.model.rule_faults import AT_MARKET
from kairos.model.values import Terms
from kairos.state.cells import Cell
from kairos.state.desk import Desk
from kairos.state.ladder import Watch
from kairos.state.order import Order
from kairos.state.places import SEPARATOR
from kairos.state.positions import Position
from kairos.state.tree import feeds


def flatten(core: Core, watch: Watch, cell: Cell) -> None:
    """Close every position of the cell in which nothing works."""
    for position in core.desk.tree.positions_of(cell):
        _close(core, watch, position)


def close_after(core: Core, watch: Watch, cell: Cell) -> None:
    """Close the positions of the cell in which an order ended by this command."""
    positions: list[Position] = []
    for event in core.events:
        order = _ended(core.desk, event)
        position = None if order is None or _is_response(order) else _held_in(order, cell)
        if position is not None and position not in positions:
            positions.append(position)
    for position in positions:
        _close(core, watch, position)


def _ended(desk: Desk, event: Event) -> Order | None:
    """The order that is over by this event."""
    if isinstance(event, (OrderCanceled, OrderExpired, OrderRejected, OrderDoneForDay, TradeBooked)):
        order = desk.orders.get(event.order_id)
        return order if order is not None and not order.may_trade() else None
    return None


def _is_response(order: Order) -> bool:
    """Orders of the house come through no session."""
    return not order.session and not order.user_id


def _held_in(order: Order, cell: Cell) -> Position | None:
    for position in [order.position, *order.books()]:
        if feeds(position, cell):
            return position
    return None


def _close(core: Core, watch: Watch, position: Position) -> None:
    lot = position.instrument.lot_size
    qty: i64 = size_of(position.qty) // lot * lot  # a rest below a lot is not for this market
    if qty == 0 or position.open_buy or position.open_sell:
        return
    algo = _algo_of(watch)
    account_id, strategy_id = position.account.account_id, algo
    if watch.place.node is NodeKind.STRATEGY:  # what is closed is the strategy's own
        account_id, _, strategy_id = watch.place.node_id.partition(SEPARATOR)
    desk = core.desk
    submit_response(
        core,
        SubmitOrder(
            session="",
            client_id=desk.accounts[account_id].defined.client_id,
            cl_ord_id=f"{algo}-{desk.next_order_id}",
            account_id=account_id,
            instrument_id=position.instrument.instrument_id,
            side=Side.SELL if position.qty > 0 else Side.BUY,
            handl_inst=HandlInst.AUTOMATED_NO_INTERVENTION,
            terms=Terms(qty, OrdType.MARKET, 0, 0, TimeInForce.DAY, 0, 0),
            venue_id="",
            text=f"rule {watch.rule.rule_id}, level {watch.level}: {algo}",
            transact_time_ns=core.now_ns,
            poss_resend=False,
            user_id="",
            strategy_id=strategy_id,
        ),
    )


def _algo_of(watch: Watch) -> str:
    """The algo of the highest level that flattens."""
    for at in range(watch.level - 1, -1, -1):
        for action in watch.rule.levels[at].actions:
            if action.kind is ResponseKind.FLATTEN:
                return action.algo
    return AT_MARKET

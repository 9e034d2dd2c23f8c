"""The kill switch: block a place, take back what works there, and tell of each until none is left.

Cancels, and the release of a kill, are never blocked. Pressed once more, a kill asks again for whatever still works.
"""

from __future__ import annotations

from kairos.engine.approvals import withdraw_releases
from kairos.engine.cancel import cancel_for_desk
from kairos.engine.core import Core
from kairos.engine.places import refuse_place
from kairos.engine.routing import request_route_cancel
from kairos.model.commands import EngageKill, ReleaseKill
from kairos.model.events import KillCompleted, KillEngaged, KillProgressed, KillReleased, OrderEvent, RouteEvent
from kairos.model.refusals import Refusal, RefusalCode
from kairos.model.values import Place
from kairos.state.desk import Desk
from kairos.state.kills import Kill, KillPlace, place_of
from kairos.state.order import Order
from kairos.state.route import Route


def engage_kill(core: Core, c: EngageKill) -> Refusal | None:
    """Block, then take every working order back; of a venue, what works there."""
    place = place_of(c)
    refusal = _refuse_place(core.desk, place)
    if refusal is not None:
        return refusal
    kill = Kill(place, core.now_ns, c.user_id, c.text, c.word)
    orders = [order for order in core.desk.orders.awake() if order.may_trade() and _has(core.desk, kill, order)]
    numbers = [order.order_id for order in orders]
    if kill.is_of_routes():
        numbers = [route.route_id for order in orders for route in _routes_at(order, c.venue_id)]
    core.emit(
        KillEngaged(
            at_ns=core.now_ns,
            account_id=place.account_id(),
            text=c.text,
            user_id=c.user_id,
            node=place.node,
            node_id=place.node_id,
            scope=place.scope,
            scope_id=place.scope_id,
            venue_id=place.venue_id,
            word=kill.word,
            working=" ".join([str(number) for number in numbers]),
        )
    )
    for order in orders:
        _take_back(core, order, kill)
    return None


def _has(desk: Desk, kill: Kill, order: Order) -> bool:
    """Whether an order is in the place of a kill; of a venue, whether anything of it works there."""
    trader_id = order.trader_id
    position = order.position
    desk_id = desk.kills.desk_of(trader_id)
    if not kill.covers(position.account, position.instrument, trader_id, desk_id, order.strategy_id):
        return False
    return not kill.is_of_routes() or len(_routes_at(order, kill.place.venue_id)) > 0


def _routes_at(order: Order, venue_id: str) -> list[Route]:
    return [route for route in order.routes_to_cancel() if route.venue_id == venue_id]


def _take_back(core: Core, order: Order, kill: Kill) -> None:
    """Of an order that a person works, a venue's kill takes the venue's routes back and leaves the order with him."""
    if not kill.is_of_routes() or not order.is_care():
        cancel_for_desk(core, order, f"kill switch: {kill.text}", kill.user_id)
        return
    for route in _routes_at(order, kill.place.venue_id):
        if not route.cancel_id:
            request_route_cancel(core, route)


def release_kill(core: Core, c: ReleaseKill) -> Refusal | None:
    """Let orders in again, for who types the word; `engine.second_person` says who may."""
    place = place_of(c)
    refusal = _refuse_place(core.desk, place)
    if refusal is not None:
        return refusal
    kill = core.desk.kills.engaged.get(place.spelling())
    if kill is None:
        return Refusal(RefusalCode.NOT_KILLED, (("scope", place.spelling()),))
    if c.word != kill.word:
        return Refusal(RefusalCode.WRONG_WORD, (("scope", kill.name),))
    if kill.user_id and not c.user_id:
        return Refusal(
            RefusalCode.NOT_ENTITLED,
            (
                ("scope", kill.name),
                ("why", "a person engaged it"),
            ),
        )
    core.emit(
        KillReleased(
            at_ns=core.now_ns,
            account_id=place.account_id(),
            text=c.text,
            user_id=c.user_id,
            node=place.node,
            node_id=place.node_id,
            scope=place.scope,
            scope_id=place.scope_id,
            venue_id=place.venue_id,
        )
    )
    withdraw_releases(core, place)
    return None


def _refuse_place(desk: Desk, place: KillPlace) -> Refusal | None:
    """A kill of what nobody knows would stop nothing, and look as if it did."""
    refusal = refuse_place(desk, Place(place.node, place.node_id, place.scope, place.scope_id))
    if refusal is None and place.venue_id and place.venue_id not in desk.venues:
        return Refusal(RefusalCode.UNKNOWN_VENUE, (("venue", place.venue_id),))
    return refusal


def settle_kills(core: Core) -> None:
    """Tell what a command has brought the kills that wait: called when it has been handled."""
    if not core.desk.kills.engaged:
        return
    waiting = [kill for kill in core.desk.kills.engaged.values() if kill.working]
    if not waiting:
        return
    orders: dict[int, bool] = {}
    routes: dict[int, bool] = {}
    for event in core.events:
        if isinstance(event, OrderEvent):
            orders[getattr(event, "order_id", 0)] = True
        elif isinstance(event, RouteEvent):
            routes[getattr(event, "route_id", 0)] = True
    for kill in waiting:
        for number in routes if kill.is_of_routes() else orders:
            if number in kill.working:
                _settle(core, kill, number)


def _settle(core: Core, kill: Kill, number: int) -> None:
    order_id, route_id = number, 0
    if kill.is_of_routes():
        route = core.desk.routes[number]
        order_id, route_id = route.order_id, number
        still_open, ord_status = route.is_live() or route.is_asleep(), route.base
    else:
        order = core.desk.orders[number]
        still_open, ord_status = order.may_trade(), order.base
    if still_open:
        return
    left = len(kill.working) - 1
    core.emit(KillProgressed(core.now_ns, kill.name, order_id, route_id, ord_status, left))
    if left == 0:
        took_ns = core.now_ns - kill.engaged_at_ns
        core.emit(KillCompleted(core.now_ns, kill.name, kill.canceled, kill.ended, took_ns))

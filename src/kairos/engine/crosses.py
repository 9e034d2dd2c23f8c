"""Crosses: two orders of a client that a person of the desk trades against each other, all of both or nothing.

Both sides are care orders, linked. NewOrderCross(s) enters them, CrossOrderCancelReplaceRequest(t) and
CrossOrderCancelRequest(u) change them together, and one command books both executions. What refuses one side refuses
the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kairos.engine.cancel import refuse_cancel, start_cancel
from kairos.engine.core import Core
from kairos.engine.queries import find_order
from kairos.engine.replace import accept_replace, refuse_replace
from kairos.engine.requests import refuse_request
from kairos.engine.submit import accept_order, refuse_new, refuse_order
from kairos.engine.terms import refuse_tick
from kairos.engine.trades import book_by_hand
from kairos.engine.users import refuse_user
from kairos.model.commands import (
    CancelCross,
    CancelOrder,
    Command,
    ExecuteCross,
    ReplaceCross,
    ReplaceOrder,
    SubmitCross,
    SubmitOrder,
)
from kairos.model.enums import HandlInst
from kairos.model.events import CrossAccepted, CrossExecuted, CrossReplaced
from kairos.model.nested import decode_commands
from kairos.model.numbers import format_price
from kairos.model.refusals import Refusal, RefusalCode
from kairos.model.wire_types import WireError
from kairos.state.desk import Desk
from kairos.state.lists import Cross, group_key
from kairos.state.order import Order
from kairos.state.positions import is_buy


def _mismatch(why: str) -> Refusal:
    return Refusal(RefusalCode.CROSS_MISMATCH, (("why", why),))


OTHER_SIDE: Final = Refusal(RefusalCode.OTHER_SIDE_REFUSED)
SIDES_OF_THE_CLIENT: Final = _mismatch("both sides are the client's")
OWN_CL_ORD_IDS: Final = _mismatch("each side has its own ClOrdID(11)")


def submit_cross(core: Core, c: SubmitCross) -> None:
    """Both sides are accepted, linked, or neither."""
    sides = [side for side in _decoded(c.orders) if isinstance(side, SubmitOrder)]
    whole = _refuse_pair(core, c, sides)
    refusals = [whole if whole is not None else _refuse_side(core, side) for side in sides]
    if len(sides) != 2 or refusals[0] is not None or refusals[1] is not None:
        for side, refusal in zip(sides, refusals, strict=True):
            refuse_order(core, side, refusal if refusal is not None else OTHER_SIDE, cross_id=c.cross_id)
        return
    buy, sell = (sides[0], sides[1]) if is_buy(sides[0].side) else (sides[1], sides[0])
    buy_order_id = accept_order(core, buy).order_id
    sell_order_id = accept_order(core, sell).order_id
    core.emit(CrossAccepted(core.now_ns, c.cross_id, c.client_id, c.session, buy_order_id, sell_order_id, c.user_id))


def refuse_cross(core: Core, c: SubmitCross, refusal: Refusal) -> None:
    """Refuse both sides of a cross that the door does not let in."""
    for side in _decoded(c.orders):
        if isinstance(side, SubmitOrder):
            refuse_order(core, side, refusal, cross_id=c.cross_id)


def refuse_cross_replace(core: Core, c: ReplaceCross, refusal: Refusal) -> None:
    """Refuse both sides of a replace that the door does not let in."""
    for side in _decoded(c.requests):
        if isinstance(side, ReplaceOrder):
            refuse_request(core, side, _side_of(core.desk, c, side), refusal)


def _decoded(data: bytes) -> list[Command]:
    try:
        return decode_commands(data)
    except WireError:
        return []


def _refuse_pair(core: Core, c: SubmitCross, sides: list[SubmitOrder]) -> Refusal | None:
    """Do they fit each other?"""
    if group_key(c.client_id, c.cross_id) in core.desk.crosses:
        return Refusal(RefusalCode.DUPLICATE_CROSS_ID, (("cross_id", c.cross_id),))
    if len(sides) != 2:
        return _mismatch("a cross has two sides")
    one, other = sides
    for side in sides:
        if side.client_id != c.client_id or side.session != c.session or side.user_id != c.user_id:
            return SIDES_OF_THE_CLIENT
        if side.handl_inst is not HandlInst.MANUAL:
            return _mismatch("both sides are worked by hand")
    if is_buy(one.side) == is_buy(other.side):
        return _mismatch("one side buys, the other sells")
    if one.cl_ord_id == other.cl_ord_id:
        return OWN_CL_ORD_IDS
    if one.instrument_id != other.instrument_id:
        return _mismatch("both sides are in one instrument")
    if one.terms.order_qty != other.terms.order_qty or one.cash_qty or other.cash_qty:
        return _mismatch("both sides have the same OrderQty(38)")
    if one.account_id == other.account_id:
        return _mismatch("an account does not trade with itself")
    return None


def _refuse_side(core: Core, c: SubmitOrder) -> Refusal | None:
    if core.desk.order_of_cl_ord_id(c.client_id, c.cl_ord_id) is not None:
        return Refusal(RefusalCode.DUPLICATE_CL_ORD_ID, (("cl_ord_id", c.cl_ord_id),))
    return refuse_new(core, c)


def replace_cross(core: Core, c: ReplaceCross) -> None:
    """Both sides get their new terms, or neither."""
    sides = [side for side in _decoded(c.requests) if isinstance(side, ReplaceOrder)]
    orders = [_side_of(core.desk, c, side) for side in sides]
    whole = refuse_user(core.desk, c, c.user_id) or _refuse_sides(c, sides)
    if whole is None:
        whole = _refuse_requests(core, c.client_id, c.orig_cross_id, orders)
    if whole is None and group_key(c.client_id, c.cross_id) in core.desk.crosses:
        whole = Refusal(RefusalCode.DUPLICATE_CROSS_ID, (("cross_id", c.cross_id),))
    if whole is None and sides[0].terms.order_qty != sides[1].terms.order_qty:
        whole = _mismatch("both sides have the same OrderQty(38)")
    refusals = [
        whole if whole is not None else refuse_replace(core, side, order)
        for side, order in zip(sides, orders, strict=True)
    ]
    if not _both_pass(refusals):
        for side, order, refusal in zip(sides, orders, refusals, strict=True):
            refuse_request(core, side, order, refusal if refusal is not None else OTHER_SIDE)
        return
    for side, order in zip(sides, orders, strict=True):
        if order is not None:
            accept_replace(core, side, order)
    core.emit(CrossReplaced(core.now_ns, c.cross_id, c.client_id, c.session, c.orig_cross_id, c.user_id))


def _side_of(desk: Desk, c: ReplaceCross, side: ReplaceOrder) -> Order | None:
    """The order that a side names, or where it names none, the cross's on that side of the market."""
    cross = desk.crosses.get(group_key(c.client_id, c.orig_cross_id))
    if side.orig_cl_ord_id or cross is None:
        return find_order(desk, c.client_id, side.orig_cl_ord_id, side.order_id)
    return desk.orders.get(cross.buy_order_id if is_buy(side.side) else cross.sell_order_id)


def cancel_cross(core: Core, c: CancelCross) -> None:
    """Both sides are taken back. Refused only when there is nothing to cancel."""
    sides = [side for side in _decoded(c.requests) if isinstance(side, CancelOrder)]
    orders = [find_order(core.desk, c.client_id, side.orig_cl_ord_id, side.order_id) for side in sides]
    whole = _refuse_sides(c, sides) or _refuse_requests(core, c.client_id, c.orig_cross_id, orders)
    refusals = [
        whole if whole is not None else refuse_cancel(core, side, order)
        for side, order in zip(sides, orders, strict=True)
    ]
    passed = _both_pass(refusals)
    for side, order, refusal in zip(sides, orders, refusals, strict=True):
        if passed and order is not None:
            start_cancel(core, order, c.session, side.cl_ord_id, side.text, c.user_id)
        else:
            refuse_request(core, side, order, refusal if refusal is not None else OTHER_SIDE)


def _refuse_requests(core: Core, client_id: str, cross_id: str, orders: list[Order | None]) -> Refusal | None:
    """Do the two requests name the two sides of the cross?"""
    cross = core.desk.crosses.get(group_key(client_id, cross_id))
    if cross is None:
        return Refusal(RefusalCode.UNKNOWN_CROSS, (("cross_id", cross_id),))
    named = sorted([0 if order is None else int(order.order_id) for order in orders])
    if named != sorted([int(cross.buy_order_id), int(cross.sell_order_id)]):
        return _mismatch("OrigClOrdID(41) of each side names a side of the cross")
    return None


def _refuse_sides(c: ReplaceCross | CancelCross, sides: Sequence[ReplaceOrder | CancelOrder]) -> Refusal | None:
    """The sides are asked for by whoever asks for the whole, each under its own name."""
    for side in sides:
        if (side.client_id, side.session, side.user_id) != (c.client_id, c.session, c.user_id):
            return SIDES_OF_THE_CLIENT
    return OWN_CL_ORD_IDS if len({side.cl_ord_id for side in sides}) < len(sides) else None


def _both_pass(refusals: list[Refusal | None]) -> bool:
    return len(refusals) == 2 and refusals[0] is None and refusals[1] is None


def execute_cross(core: Core, c: ExecuteCross) -> Refusal | None:
    """Book all of both sides against each other at one price."""
    named = _named(core.desk, c)
    if len(named) != 1:
        clients = ", ".join([cross.client_id for cross in named])
        if named:
            return Refusal(RefusalCode.INVALID_VALUE, (("client_id", f"one of {clients}"),))
        return Refusal(RefusalCode.UNKNOWN_CROSS, (("cross_id", c.cross_id),))
    buy = core.desk.orders[named[0].buy_order_id]
    sell = core.desk.orders[named[0].sell_order_id]
    refusal = _refuse_side_state(core, buy) or _refuse_side_state(core, sell) or _refuse_price(c, buy, sell)
    if refusal is not None:
        return refusal
    qty = buy.leaves_qty()
    core.emit(CrossExecuted(core.now_ns, named[0].cross_id, named[0].client_id, qty, c.last_px, c.user_id))
    contra = f"cross {named[0].cross_id}"
    book_by_hand(core, buy, qty, c.last_px, contra, c.user_id)
    book_by_hand(core, sell, qty, c.last_px, contra, c.user_id)
    return None


def _named(desk: Desk, c: ExecuteCross) -> list[Cross]:
    return [
        cross
        for cross in desk.crosses.values()
        if cross.cross_id == c.cross_id and c.client_id in ("", cross.client_id)
    ]


def _refuse_side_state(core: Core, order: Order) -> Refusal | None:
    kill = core.desk.kills.over(
        order.position.account, order.position.instrument, order.trader_id, order.strategy_id, ""
    )
    if kill is not None:
        return kill.refusal()
    if order.position.instrument.restricted:
        return Refusal(RefusalCode.RESTRICTED, (("instrument", order.instrument_id()),))
    if order.cancel is not None or not order.is_open() or order.cum_qty > 0:
        return Refusal(RefusalCode.TOO_LATE, (("ord_status", order.ord_status().name),))
    return None


def _refuse_price(c: ExecuteCross, buy: Order, sell: Order) -> Refusal | None:
    """Within both limits, on a tick, and at or between bid and ask where the market has them."""
    px = c.last_px
    instrument = buy.position.instrument
    if px <= 0:
        return Refusal(RefusalCode.INVALID_VALUE, (("field", "LastPx(31)"),))
    for order in (buy, sell):
        limit = order.terms.price
        if limit and (px > limit if is_buy(order.side) else px < limit):
            return _outside(px, "limit", format_price(limit))
    if instrument.bid_px and instrument.ask_px and not instrument.bid_px <= px <= instrument.ask_px:
        return _outside(px, "quote", f"{format_price(instrument.bid_px)} to {format_price(instrument.ask_px)}")
    return refuse_tick("last_px", px, instrument)


def _outside(px: int, name: str, bound: str) -> Refusal:
    return Refusal(RefusalCode.CROSS_PRICE, (("price", format_price(px)), (name, bound)))

"""Events of a made-up day, for tests of what the demo reads from journals and shows."""

from __future__ import annotations

from kairos.model.enums import HandlInst, OrdStatus, OrdType, Side, TimeInForce
from kairos.model.events import OrderAccepted, OrderCanceled, RouteRequested, TradeBooked
from kairos.model.numbers import PRICE_SCALE
from kairos.model.values import Standing, Terms

PX = 10 * PRICE_SCALE


def terms(qty: int = 100) -> Terms:
    return Terms(qty, OrdType.LIMIT, PX, 0, TimeInForce.GOOD_TILL_CANCEL, 0, 0)


def accepted(order_id: int, client_id: str = "ALDER", side: Side = Side.BUY) -> OrderAccepted:
    return OrderAccepted(
        at_ns=1,
        order_id=order_id,
        exec_id=1000 + order_id,
        session="S",
        client_id=client_id,
        cl_ord_id=f"A{order_id}",
        account_id=f"{client_id}-US",
        instrument_id="XXX.XNYS",
        side=side,
        handl_inst=HandlInst.AUTOMATED_NO_INTERVENTION,
        terms=terms(),
        venue_id="SIM",
        text="",
        transact_time_ns=1,
        user_id="",
        reserve_px=PX,
    )


def routed(order_id: int) -> RouteRequested:
    return RouteRequested(1, order_id, order_id, "SIM", f"R{order_id}", "XXX.XNYS", Side.BUY, "A", terms(), False, "")


def traded(order_id: int, exec_id: int, qty: int, cum_qty: int, by_hand: bool = False) -> TradeBooked:
    return TradeBooked(
        at_ns=1,
        order_id=order_id,
        exec_id=exec_id,
        route_id=0 if by_hand else order_id,
        venue_id="" if by_hand else "SIM",
        venue_exec_id="",
        last_qty=qty,
        last_px=PX,
        terms=terms(),
        standing=Standing(OrdStatus.PARTIALLY_FILLED, cum_qty, 100 - cum_qty, PX),
        contra="",
        transact_time_ns=1,
        user_id="",
    )


def canceled(order_id: int, cum_qty: int) -> OrderCanceled:
    standing = Standing(OrdStatus.CANCELED, cum_qty, 0, PX if cum_qty else 0)
    return OrderCanceled(1, order_id, 2000 + order_id, f"A{order_id}", "", terms(), standing, "")

"""Where an order stands, or all of them: answers change nothing, and are facts all the same (they were told)."""

from __future__ import annotations

from mypy_extensions import i64

from kairos.engine.core import Core
from kairos.model.commands import AcknowledgeTrade, DisputeTrade, RequestMassStatus, RequestOrderStatus
from kairos.model.enums import MassStatusReqType, OrdStatus, OrdType, Side, TimeInForce
from kairos.model.events import OrderStatusReported, TradeAcknowledged, TradeDisputed
from kairos.model.values import Standing, Terms
from kairos.state.desk import Desk
from kairos.state.order import Order


def find_order(desk: Desk, client_id: str, cl_ord_id: str, order_id: i64) -> Order | None:
    """The client's order of this OrderID(37), else of this ClOrdID(11) or OrigClOrdID(41)."""
    if order_id:
        order = desk.orders.get(order_id)
        if order is not None and order.client_id == client_id:
            return order
    return desk.order_of_cl_ord_id(client_id, cl_ord_id)


def request_order_status(core: Core, c: RequestOrderStatus) -> None:
    order = find_order(core.desk, c.client_id, c.cl_ord_id, c.order_id)
    if order is None:
        _report_unknown(core, c.session, c.client_id, c.cl_ord_id, c.instrument_id, c.side, c.request_id, False)
    else:
        report_status(core, order, c.session, c.request_id, c.cl_ord_id)


def request_mass_status(core: Core, c: RequestMassStatus) -> None:
    """One report an order of the client that is open; one saying "none" when there is none."""
    of_client = [order for order in core.desk.orders.awake() if order.client_id == c.client_id and order.is_open()]
    if c.request_type is MassStatusReqType.SECURITY:
        of_client = [order for order in of_client if order.instrument_id() == c.instrument_id]
    if not of_client:
        _report_unknown(core, c.session, c.client_id, "", c.instrument_id, Side.BUY, c.request_id, True)
    total: i64 = len(of_client)
    for order in of_client:
        _report(core, order, c.session, c.request_id, True, total, order is of_client[-1], "")


def report_status(core: Core, order: Order, session: str, request_id: str, asked_as: str) -> None:
    """Tell where an order stands, to whoever asked; an earlier ClOrdID in the request ties the answer to it."""
    _report(core, order, session, request_id, False, 0, False, asked_as)


def _report(
    core: Core, order: Order, session: str, request_id: str, mass: bool, total: i64, last: bool, asked_as: str
) -> None:
    nothing_done = order.base is OrdStatus.NEW and order.cum_qty == 0
    core.emit(
        OrderStatusReported(
            at_ns=core.now_ns,
            order_id=order.order_id,
            exec_id=core.exec_id(),
            session=session,
            client_id=order.client_id,
            cl_ord_id=order.cl_ord_id,
            instrument_id=order.instrument_id(),
            side=order.side,
            terms=order.terms,
            standing=order.standing(),
            request_id=request_id,
            mass=mass,
            total=total,
            last=last,
            text="Nothing Done" if nothing_done else "",
            orig_cl_ord_id="" if asked_as == order.cl_ord_id else asked_as,
        )
    )


def _report_unknown(
    core: Core,
    session: str,
    client_id: str,
    cl_ord_id: str,
    instrument_id: str,
    side: Side,
    request_id: str,
    mass: bool,
) -> None:
    core.emit(
        OrderStatusReported(
            at_ns=core.now_ns,
            order_id=0,
            exec_id=core.exec_id(),
            session=session,
            client_id=client_id,
            cl_ord_id=cl_ord_id,
            instrument_id=instrument_id,
            side=side,
            terms=Terms(0, OrdType.MARKET, 0, 0, TimeInForce.DAY, 0, 0),
            standing=Standing(OrdStatus.REJECTED, 0, 0, 0),
            request_id=request_id,
            mass=mass,
            total=0,
            last=mass,
            text="no open orders" if mass else "order is unknown",
        )
    )


def acknowledge_trade(core: Core, c: AcknowledgeTrade) -> None:
    """Keep that the counterparty has the execution."""
    core.emit(TradeAcknowledged(core.now_ns, c.session, c.order_id, c.exec_id, c.status, c.text))


def dispute_trade(core: Core, c: DisputeTrade) -> None:
    """Keep what the counterparty said; a person decides whether to bust."""
    core.emit(TradeDisputed(core.now_ns, c.session, c.order_id, c.exec_id, c.reason, c.text))

"""The bodies of a client's messages: D F G H, and in FIX 4.4 q and AF."""

from __future__ import annotations

from kairos.adapters.fix_mapping.versions import Dialect
from kairos.adapters.fix_mapping.writing import (
    put_expiry,
    put_max_floor,
    put_ord_type,
    put_price,
    put_text,
    put_time_in_force,
)
from kairos.demo.cast import STRATEGY_TAG
from kairos.demo.orders import SentOrder
from kairos.fix import tags as t
from kairos.fix.writer import BodyWriter
from kairos.model.enums import HandlInst, MassCancelRequestType, MassStatusReqType
from kairos.model.values import Terms


def new_order(order: SentOrder, dialect: Dialect, destination: str, now_ns: int) -> bytes:
    """NewOrderSingle(D). `destination` is ExDestination(100); empty lets the instrument's own market take it."""
    w = BodyWriter()
    w.put_str(t.ACCOUNT, order.account_id)
    w.put_str(t.CL_ORD_ID, order.cl_ord_id)
    w.put_str(t.HANDL_INST, HandlInst.MANUAL if order.by_hand else HandlInst.AUTOMATED_NO_INTERVENTION)
    _put_terms(w, order, order.terms, dialect, now_ns)
    put_text(w, t.EX_DESTINATION, destination)
    put_text(w, STRATEGY_TAG, order.strategy_id)
    return w.body()


def replace(order: SentOrder, cl_ord_id: str, terms: Terms, dialect: Dialect, now_ns: int) -> bytes:
    """OrderCancelReplaceRequest(G)."""
    w = BodyWriter()
    w.put_str(t.CL_ORD_ID, cl_ord_id)
    w.put_str(t.HANDL_INST, HandlInst.MANUAL if order.by_hand else HandlInst.AUTOMATED_NO_INTERVENTION)
    w.put_str(t.ORIG_CL_ORD_ID, order.cl_ord_id)
    _put_terms(w, order, terms, dialect, now_ns)
    return w.body()


def cancel(order: SentOrder, cl_ord_id: str, now_ns: int) -> bytes:
    """OrderCancelRequest(F)."""
    w = BodyWriter()
    w.put_str(t.CL_ORD_ID, cl_ord_id)
    w.put_int(t.ORDER_QTY, order.terms.order_qty)
    w.put_str(t.ORIG_CL_ORD_ID, order.cl_ord_id)
    _put_instrument(w, order)
    w.put_utc(t.TRANSACT_TIME, now_ns)
    return w.body()


def status(order: SentOrder) -> bytes:
    """OrderStatusRequest(H)."""
    w = BodyWriter()
    w.put_str(t.CL_ORD_ID, order.cl_ord_id)
    _put_instrument(w, order)
    return w.body()


def mass_cancel(cl_ord_id: str, now_ns: int) -> bytes:
    """OrderMassCancelRequest(q): all orders."""
    w = BodyWriter()
    w.put_str(t.CL_ORD_ID, cl_ord_id)
    w.put_utc(t.TRANSACT_TIME, now_ns)
    w.put_str(t.MASS_CANCEL_REQUEST_TYPE, MassCancelRequestType.ALL_ORDERS)
    return w.body()


def mass_status(request_id: str) -> bytes:
    """OrderMassStatusRequest(AF): all orders."""
    w = BodyWriter()
    w.put_str(t.MASS_STATUS_REQ_ID, request_id)
    w.put_str(t.MASS_STATUS_REQ_TYPE, MassStatusReqType.ALL_ORDERS)
    return w.body()


def _put_terms(w: BodyWriter, order: SentOrder, terms: Terms, dialect: Dialect, now_ns: int) -> None:
    w.put_int(t.ORDER_QTY, terms.order_qty)
    put_ord_type(w, terms, dialect)
    put_price(w, t.PRICE, terms.price)
    _put_instrument(w, order)
    put_time_in_force(w, terms, dialect)
    w.put_utc(t.TRANSACT_TIME, now_ns)
    put_price(w, t.STOP_PX, terms.stop_px)
    put_max_floor(w, terms)
    put_expiry(w, terms)


def _put_instrument(w: BodyWriter, order: SentOrder) -> None:
    w.put_str(t.SIDE, order.side)
    w.put_str(t.SYMBOL, order.symbol)
    w.put_str(t.SECURITY_EXCHANGE, order.mic)

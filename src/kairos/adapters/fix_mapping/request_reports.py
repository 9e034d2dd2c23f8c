"""What a client is told of a request that did not do what he asked, OrderCancelReject(9), or was for many orders,
OrderMassCancelReport(r)."""

from __future__ import annotations

from typing import Final

from kairos.adapters.fix_mapping.execution_report import ord_status_code
from kairos.adapters.fix_mapping.instruments import Listing
from kairos.adapters.fix_mapping.versions import Dialect
from kairos.adapters.fix_mapping.writing import NONE, put_id_source, put_text
from kairos.fix import tags as t
from kairos.fix.writer import BodyWriter
from kairos.model.events import MassCancelReported, RequestRefused, RequestRejected
from kairos.model.refusals import REFUSAL_RULES, RefusalCode, fix_text
from kairos.ports import OrderView

_MASS_CANCEL_REJECTED: Final = "0"
_INVALID_SECURITY: Final = "1"
_OTHER: Final = "99"


def cancel_reject_body(event: RequestRefused | RequestRejected, order: OrderView | None, dialect: Dialect) -> bytes:
    text = fix_text(event.code, event.context)
    if isinstance(event, RequestRejected):
        text = with_words_of_venue(text, event.text)
    w = BodyWriter()
    if order is not None:
        put_text(w, t.ACCOUNT, order.account_id())
    put_text(w, t.CL_ORD_ID, event.cl_ord_id or event.orig_cl_ord_id or NONE)
    w.put_str(t.ORDER_ID, str(event.order_id) if event.order_id else NONE)
    w.put_str(t.ORD_STATUS, dialect.pending(ord_status_code(event.ord_status)))
    put_text(w, t.ORIG_CL_ORD_ID, event.orig_cl_ord_id or NONE)
    put_text(w, t.TEXT, text)
    w.put_utc(t.TRANSACT_TIME, event.at_ns)
    put_text(w, t.CXL_REJ_REASON, dialect.cxl_rej_reason(REFUSAL_RULES[event.code].cxl_rej_reason))
    w.put_str(t.CXL_REJ_RESPONSE_TO, event.response_to)
    return dialect.fit(t.ORDER_CANCEL_REJECT, w.body())


def with_words_of_venue(text: str, words: str) -> str:
    return f"{text}: {words}" if words else text


def mass_cancel_report_body(event: MassCancelReported, listing: Listing | None, dialect: Dialect) -> bytes:
    """FIX 4.4 wants an OrderID(37) of each report: its own number."""
    w = BodyWriter()
    put_text(w, t.CL_ORD_ID, event.cl_ord_id)
    if listing is not None:
        put_id_source(w, listing)
    w.put_int(t.ORDER_ID, event.exec_id)
    if listing is not None:
        put_text(w, t.SECURITY_ID, listing.isin)
        put_text(w, t.SYMBOL, listing.symbol)
    if not event.accepted:
        put_text(w, t.TEXT, fix_text(event.code, ()))
    w.put_utc(t.TRANSACT_TIME, event.at_ns)
    if listing is not None:
        put_text(w, t.SECURITY_EXCHANGE, listing.mic)
    w.put_str(t.MASS_CANCEL_REQUEST_TYPE, event.request_type)
    w.put_str(t.MASS_CANCEL_RESPONSE, event.request_type if event.accepted else _MASS_CANCEL_REJECTED)
    if not event.accepted:
        unknown = event.code is RefusalCode.UNKNOWN_INSTRUMENT
        w.put_str(t.MASS_CANCEL_REJECT_REASON, _INVALID_SECURITY if unknown else _OTHER)
    w.put_int(t.TOTAL_AFFECTED_ORDERS, event.affected)
    if dialect.has_action_id:
        w.put_int(t.MASS_ACTION_REPORT_ID, event.exec_id)
    return dialect.fit(t.ORDER_MASS_CANCEL_REPORT, w.body())

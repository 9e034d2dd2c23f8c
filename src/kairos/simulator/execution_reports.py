"""The exchange's reports in the words of FIX 4.2 or 4.4: bodies with their tags ascending."""

from __future__ import annotations

from typing import Final

from kairos.adapters.fix_mapping.details import put_details
from kairos.adapters.fix_mapping.fitting import has_code
from kairos.adapters.fix_mapping.versions import Dialect
from kairos.adapters.fix_mapping.writing import put_ord_type, put_price, put_text, put_time_in_force
from kairos.adapters.fix_market_data.symbols import parted
from kairos.fix import tags as t
from kairos.fix.message import Message
from kairos.fix.writer import BodyWriter
from kairos.model.enums import ExecType
from kairos.model.numbers import PRICE_DECIMALS
from kairos.model.values import NO_ORDER_DETAILS, OrderDetails, Terms
from kairos.simulator.market_clock import Moment
from kairos.venue.reports import NO_ORDER_ID, CancelReject, Report

NO_SYMBOL: Final = "[N/A]"
NO_EXEC_ID: Final = "0"
SIDE_UNDISCLOSED: Final = "7"
ORD_STATUS_REJECTED: Final = "8"
MASS_CANCEL_REJECTED: Final = "0"

_TRADES: Final = (ExecType.TRADE, ExecType.TRADE_CORRECT, ExecType.TRADE_CANCEL)
_TRANS_NEW: Final = "0"
_TRANS_TYPES: Final = {ExecType.TRADE_CANCEL: "1", ExecType.TRADE_CORRECT: "2", ExecType.ORDER_STATUS: "3"}
"""ExecTransType(20) of FIX 4.2."""
_PARTIAL_FILL: Final = "1"
_FILL: Final = "2"


class Query:
    """What a report answers: OrdStatusReqID(790), or MassStatusReqID(584) with the number of reports."""

    __slots__ = ("is_last", "mass_status_req_id", "ord_status_req_id", "tot_num_reports")

    def __init__(
        self, ord_status_req_id: str = "", mass_status_req_id: str = "", tot_num_reports: int = 0, is_last: bool = False
    ) -> None:
        self.ord_status_req_id: Final = ord_status_req_id
        self.mass_status_req_id: Final = mass_status_req_id
        self.tot_num_reports: Final = tot_num_reports
        self.is_last: Final = is_last


def execution_report(
    report: Report, dialect: Dialect, now: Moment, query: Query | None, details: OrderDetails = NO_ORDER_DETAILS
) -> bytes:
    """ExecutionReport(8), which repeats what the order said beside its terms."""
    w = BodyWriter()
    _put_execution(w, report, dialect)
    _put_order(w, report, dialect, now)
    w.put_str(t.EXEC_TYPE, dialect.pending(_exec_type_42(report)) if dialect.has_trans_type else report.exec_type)
    w.put_int(t.LEAVES_QTY, report.leaves_qty)
    put_text(w, t.SECURITY_EXCHANGE, parted(report.instrument)[1])
    _put_code(w, t.EXEC_RESTATEMENT_REASON, report.exec_restatement_reason, dialect)
    if query is not None and not dialect.has_trans_type:
        _put_query(w, query)
    if report.last_liquidity_ind:
        _put_code(w, t.LAST_LIQUIDITY_IND, str(report.last_liquidity_ind), dialect)
    _put_code(w, t.TRD_MATCH_ID, report.trd_match_id, dialect)
    put_details(w, details, report.side, dialect.version, t.EXECUTION_REPORT)
    return dialect.fit(t.EXECUTION_REPORT, w.body())


def _put_execution(w: BodyWriter, report: Report, dialect: Dialect) -> None:
    """6 to 37."""
    w.put_decimal(t.AVG_PX, report.avg_px, PRICE_DECIMALS)
    w.put_str(t.CL_ORD_ID, report.cl_ord_id)
    w.put_int(t.CUM_QTY, report.cum_qty)
    w.put_str(t.EXEC_ID, report.exec_id)
    put_text(w, t.EXEC_REF_ID, report.exec_ref_id)
    if dialect.has_trans_type:
        w.put_str(t.EXEC_TRANS_TYPE, _TRANS_TYPES.get(report.exec_type, _TRANS_NEW))
    if report.exec_type in _TRADES or dialect.always_last:
        put_text(w, t.LAST_MKT, parted(report.instrument)[1])
        w.put_decimal(t.LAST_PX, report.last_px, PRICE_DECIMALS)
        w.put_int(t.LAST_QTY, report.last_qty)
    w.put_str(t.ORDER_ID, report.venue_order_id)


def _put_order(w: BodyWriter, report: Report, dialect: Dialect, now: Moment) -> None:
    """38 to 111."""
    known = report.venue_order_id != NO_ORDER_ID
    terms = Terms(
        report.order_qty, report.ord_type, report.price, report.stop_px, report.time_in_force, 0, report.max_floor
    )
    w.put_int(t.ORDER_QTY, report.order_qty)
    w.put_str(t.ORD_STATUS, dialect.pending(report.ord_status))
    if known:
        put_ord_type(w, terms, dialect)
    put_text(w, t.ORIG_CL_ORD_ID, report.orig_cl_ord_id)
    put_price(w, t.PRICE, report.price)
    w.put_str(t.SIDE, report.side)
    w.put_str(t.SYMBOL, parted(report.instrument)[0] or NO_SYMBOL)
    put_text(w, t.TEXT, report.text)
    if known:
        put_time_in_force(w, terms, dialect)
    w.put_utc(t.TRANSACT_TIME, now.wall_at(report.transact_time_ns))
    put_price(w, t.STOP_PX, report.stop_px)
    if report.ord_rej_reason is not None:
        w.put_str(t.ORD_REJ_REASON, dialect.ord_rej_reason(report.ord_rej_reason))
    if report.max_floor:
        w.put_int(t.MAX_FLOOR, report.max_floor)


def _put_code(w: BodyWriter, tag: int, code: str, dialect: Dialect) -> None:
    """Where this version's report has the field, and the field the code; elsewhere Text(58) alone says it, if any."""
    if code and has_code(dialect.version, t.EXECUTION_REPORT, tag, code):
        w.put_str(tag, code)


def _exec_type_42(report: Report) -> str:
    """FIX 4.2 tells a fill by its extent; a status answer repeats where the order stands."""
    if report.exec_type is ExecType.ORDER_STATUS:
        return report.ord_status
    if report.exec_type in _TRADES:
        return _FILL if report.cum_qty >= report.order_qty else _PARTIAL_FILL
    return report.exec_type


def _put_query(w: BodyWriter, query: Query) -> None:
    """584 to 912."""
    put_text(w, t.MASS_STATUS_REQ_ID, query.mass_status_req_id)
    put_text(w, t.ORD_STATUS_REQ_ID, query.ord_status_req_id)
    if query.mass_status_req_id:
        w.put_int(t.TOT_NUM_REPORTS, query.tot_num_reports)
        w.put_bool(t.LAST_RPT_REQUESTED, query.is_last)


def no_orders_report(mass_status_req_id: str, instrument: str, now: Moment) -> bytes:
    """ExecutionReport(8) that answers OrderMassStatusRequest(AF) where there is nothing to tell."""
    w = BodyWriter()
    w.put_int(t.AVG_PX, 0)
    w.put_int(t.CUM_QTY, 0)
    w.put_str(t.EXEC_ID, NO_EXEC_ID)
    w.put_str(t.ORDER_ID, NO_ORDER_ID)
    w.put_str(t.ORD_STATUS, ORD_STATUS_REJECTED)
    w.put_str(t.SIDE, SIDE_UNDISCLOSED)
    symbol, mic = parted(instrument)
    w.put_str(t.SYMBOL, symbol or NO_SYMBOL)
    w.put_str(t.TEXT, "no live orders")
    w.put_utc(t.TRANSACT_TIME, now.wall_ns)
    w.put_str(t.EXEC_TYPE, ExecType.ORDER_STATUS)
    w.put_int(t.LEAVES_QTY, 0)
    put_text(w, t.SECURITY_EXCHANGE, mic)
    _put_query(w, Query(mass_status_req_id=mass_status_req_id, is_last=True))
    return w.body()


def cancel_reject(refused: CancelReject, dialect: Dialect, now: Moment) -> bytes:
    """OrderCancelReject(9)."""
    w = BodyWriter()
    w.put_str(t.CL_ORD_ID, refused.cl_ord_id)
    w.put_str(t.ORDER_ID, refused.venue_order_id)
    w.put_str(t.ORD_STATUS, refused.ord_status)
    w.put_str(t.ORIG_CL_ORD_ID, refused.orig_cl_ord_id)
    put_text(w, t.TEXT, refused.text)
    w.put_utc(t.TRANSACT_TIME, now.wall_at(refused.transact_time_ns))
    put_text(w, t.CXL_REJ_REASON, dialect.cxl_rej_reason(refused.cxl_rej_reason))
    w.put_str(t.CXL_REJ_RESPONSE_TO, refused.response_to)
    return dialect.fit(t.ORDER_CANCEL_REJECT, w.body())


def mass_cancel_report(
    request: Message, order_id: str, instrument: str, reject_reason: str, text: str, count: int, now: Moment
) -> bytes:
    """OrderMassCancelReport(r); with a `reject_reason`, nothing was canceled."""
    kind = request.get(t.MASS_CANCEL_REQUEST_TYPE)
    w = BodyWriter()
    w.put_str(t.CL_ORD_ID, request.get(t.CL_ORD_ID))
    w.put_str(t.ORDER_ID, order_id)
    symbol, mic = parted(instrument)
    put_text(w, t.SYMBOL, symbol)
    put_text(w, t.TEXT, text)
    w.put_utc(t.TRANSACT_TIME, now.wall_ns)
    put_text(w, t.SECURITY_EXCHANGE, mic)
    w.put_str(t.MASS_CANCEL_REQUEST_TYPE, kind)
    w.put_str(t.MASS_CANCEL_RESPONSE, MASS_CANCEL_REJECTED if reject_reason else kind)
    put_text(w, t.MASS_CANCEL_REJECT_REASON, reject_reason)
    if not reject_reason:
        w.put_int(t.TOTAL_AFFECTED_ORDERS, count)
    return w.body()

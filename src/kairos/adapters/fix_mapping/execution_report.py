"""ExecutionReport(8) as a form to fill in, and its bytes in the words of a version.

Up to FIX 4.2 a fill is ExecType(150) 1 or 2, by CumQty(14) against OrderQty(38); a correction, a bust and a status
answer by ExecTransType(20), beside an ExecType that repeats where the order stands. Source: FIX 4.2 and 4.4, "Execution
Report", and their order state change matrices.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.adapters.fix_mapping.details import put_custom, put_details
from kairos.adapters.fix_mapping.instruments import Listing
from kairos.adapters.fix_mapping.trade_details import put_trade_details, told_by
from kairos.adapters.fix_mapping.versions import Dialect
from kairos.adapters.fix_mapping.writing import (
    NONE,
    put_expiry,
    put_id_source,
    put_max_floor,
    put_ord_type,
    put_price,
    put_security,
    put_text,
    put_time_in_force,
)
from kairos.fix import tags as t
from kairos.fix.writer import BodyWriter
from kairos.model.enums import ExecType, OrdStatus, Side
from kairos.model.numbers import PRICE_DECIMALS
from kairos.model.values import NO_ORDER_DETAILS, NO_TRADE_DETAILS, OrderDetails, Standing, Terms, TradeDetails

ALL_OR_NONE: Final = "1"
"""CrossType(549), of every cross of ours."""
_TRANS_NEW: Final = "0"
_TRANS_STATUS: Final = "3"
_TRANS_TYPES: Final = {ExecType.TRADE_CANCEL: "1", ExecType.TRADE_CORRECT: "2", ExecType.ORDER_STATUS: "3"}
_PARTIAL_FILL: Final = "1"
_FILL: Final = "2"
_MULTILEG_SECURITY: Final = "3"
"""MultiLegReportingType(442)."""
_BODY: Final = BodyWriter()
"""Of every report: a new one costs more than most fields that it writes."""


@mypyc_attr(acyclic=True)
class ExecutionReport:
    """What every report says; what only some say is set after.

    order_id:       0 when there is no order: "NONE"
    terms:          None when nothing is known of any, in the answer about an unknown order
    last_qty:       of a fill, correction or guarantee; the matrices show 0 in all but status answers, also for a bust
    day:            DayOrderQty(424), DayCumQty(425) and DayAvgPx(426) of an order of an earlier day, None of today's
    """

    __slots__ = (
        "account_id",
        "at_ns",
        "cash_qty",
        "cl_ord_id",
        "cross_id",
        "day",
        "details",
        "exec_id",
        "exec_ref_id",
        "exec_type",
        "instrument_id",
        "is_copy",
        "last_px",
        "last_qty",
        "last_rpt_requested",
        "list_id",
        "mass_status_req_id",
        "ord_rej_reason",
        "ord_status_req_id",
        "order_id",
        "orig_cl_ord_id",
        "restatement_reason",
        "session",
        "side",
        "standing",
        "terms",
        "text",
        "tot_num_reports",
        "trade",
    )

    def __init__(
        self,
        session: str,
        at_ns: i64,
        order_id: i64,
        exec_id: i64,
        exec_type: ExecType,
        cl_ord_id: str,
        account_id: str,
        instrument_id: str,
        side: Side,
        terms: Terms | None,
        standing: Standing,
        text: str,
    ) -> None:
        self.session: Final = session
        self.at_ns: i64 = at_ns
        self.order_id: Final[i64] = order_id
        self.exec_id: Final[i64] = exec_id
        self.exec_type: Final = exec_type
        self.cl_ord_id: str = cl_ord_id
        self.account_id: Final = account_id
        self.instrument_id: Final = instrument_id
        self.side: Final = side
        self.terms: Final = terms
        self.standing: Final = standing
        self.text: str = text
        self.orig_cl_ord_id: str = ""
        self.exec_ref_id: i64 = 0
        self.last_qty: i64 = 0
        self.last_px: i64 = 0
        self.ord_rej_reason: str = ""
        self.restatement_reason: str = ""
        self.ord_status_req_id: str = ""
        self.mass_status_req_id: str = ""
        self.tot_num_reports: i64 = 0
        self.last_rpt_requested: bool = False
        self.cash_qty: int = 0
        self.day: tuple[int, int, int] | None = None
        self.details: OrderDetails = NO_ORDER_DETAILS
        self.trade: TradeDetails = NO_TRADE_DETAILS
        self.list_id: str = ""
        self.cross_id: str = ""
        self.is_copy: bool = False


def execution_report_body(report: ExecutionReport, listing: Listing, dialect: Dialect) -> bytes:
    """The body: its tags ascending, then the details of the order and of the trade."""
    w = _BODY
    w.clear()
    _put_ids_and_quantities(w, report, listing, dialect)
    _put_order(w, report, listing, dialect)
    _put_outcome(w, report, listing, dialect)
    if not dialect.has_trans_type:
        _put_late_fields(w, report)
    if report.details is not NO_ORDER_DETAILS:
        put_details(w, report.details, report.side, dialect.version, t.EXECUTION_REPORT, told_by(report.trade))
    put_trade_details(w, report.trade, dialect.version)
    put_custom(w, report.details.custom)
    return dialect.fit(t.EXECUTION_REPORT, w.body())


def _put_ids_and_quantities(w: BodyWriter, report: ExecutionReport, listing: Listing, dialect: Dialect) -> None:
    """1 to 37."""
    standing = report.standing
    put_text(w, t.ACCOUNT, report.account_id)
    w.put_decimal(t.AVG_PX, standing.avg_px, PRICE_DECIMALS)
    put_text(w, t.CL_ORD_ID, report.cl_ord_id)
    w.put_int(t.CUM_QTY, standing.cum_qty)
    w.put_int(t.EXEC_ID, report.exec_id)
    if report.exec_ref_id:
        w.put_int(t.EXEC_REF_ID, report.exec_ref_id)
    if dialect.has_trans_type:
        w.put_str(t.EXEC_TRANS_TYPE, _trans_type(report, dialect))
    put_id_source(w, listing)
    if dialect.always_last or _is_execution(report.exec_type):
        w.put_decimal(t.LAST_PX, report.last_px, PRICE_DECIMALS)
    else:
        put_price(w, t.LAST_PX, report.last_px)
    if dialect.always_last or report.exec_type is not ExecType.ORDER_STATUS:
        w.put_int(t.LAST_QTY, report.last_qty)
    if report.order_id:
        w.put_int(t.ORDER_ID, report.order_id)
    else:
        w.put_str(t.ORDER_ID, NONE)


def _put_order(w: BodyWriter, report: ExecutionReport, listing: Listing, dialect: Dialect) -> None:
    """38 to 99."""
    terms = report.terms
    w.put_int(t.ORDER_QTY, terms.order_qty if terms is not None else 0)
    w.put_str(t.ORD_STATUS, dialect.pending(ord_status_code(report.standing.ord_status)))
    if terms is not None:
        put_ord_type(w, terms, dialect)
    put_text(w, t.ORIG_CL_ORD_ID, report.orig_cl_ord_id)
    if terms is not None:
        put_price(w, t.PRICE, terms.price)
    put_security(w, listing, report.side)
    put_text(w, t.TEXT, report.text)
    if terms is not None:
        put_time_in_force(w, terms, dialect)
    w.put_utc(t.TRANSACT_TIME, report.at_ns)
    put_text(w, t.LIST_ID, report.list_id)
    if terms is not None:
        put_price(w, t.STOP_PX, terms.stop_px)


def _put_outcome(w: BodyWriter, report: ExecutionReport, listing: Listing, dialect: Dialect) -> None:
    """103 to 442."""
    if report.ord_rej_reason:
        w.put_str(t.ORD_REJ_REASON, dialect.ord_rej_reason(report.ord_rej_reason))
    if report.terms is not None:
        put_max_floor(w, report.terms)
        put_expiry(w, report.terms)
    w.put_str(t.EXEC_TYPE, _exec_type_42(report, dialect) if dialect.has_trans_type else report.exec_type)
    w.put_int(t.LEAVES_QTY, report.standing.leaves_qty)
    if report.cash_qty:
        w.put_decimal(t.CASH_ORDER_QTY, report.cash_qty, PRICE_DECIMALS)
    put_text(w, t.SECURITY_EXCHANGE, listing.mic)
    if report.exec_type is ExecType.RESTATED or report.restatement_reason:
        w.put_str(t.EXEC_RESTATEMENT_REASON, dialect.restatement_reason(report.restatement_reason))
    if report.day is not None:
        order_qty, cum_qty, avg_px = report.day
        w.put_int(t.DAY_ORDER_QTY, order_qty)
        w.put_int(t.DAY_CUM_QTY, cum_qty)
        w.put_decimal(t.DAY_AVG_PX, avg_px, PRICE_DECIMALS)
    if listing.legs:
        w.put_str(t.MULTI_LEG_REPORTING_TYPE, _MULTILEG_SECURITY)


def _put_late_fields(w: BodyWriter, report: ExecutionReport) -> None:
    """548 to 912, beginning with FIX 4.3: the cross that the order is a side of, what request this answers, and whether
    it is a copy."""
    if report.cross_id:
        put_text(w, t.CROSS_ID, report.cross_id)
        w.put_str(t.CROSS_TYPE, ALL_OR_NONE)
    put_text(w, t.MASS_STATUS_REQ_ID, report.mass_status_req_id)
    put_text(w, t.ORD_STATUS_REQ_ID, report.ord_status_req_id)
    if report.is_copy:
        w.put_bool(t.COPY_MSG_INDICATOR, True)
    if report.mass_status_req_id:
        w.put_int(t.TOT_NUM_REPORTS, report.tot_num_reports)
        w.put_bool(t.LAST_RPT_REQUESTED, report.last_rpt_requested)


def _is_execution(exec_type: ExecType) -> bool:
    """It has a price, though a spread's may be 0."""
    return exec_type is ExecType.TRADE or exec_type is ExecType.TRADE_CORRECT


def _is_trade(exec_type: ExecType) -> bool:
    return _is_execution(exec_type) or exec_type is ExecType.TRADE_CANCEL


def _trans_type(report: ExecutionReport, dialect: Dialect) -> str:
    if _is_told_as_status(report, dialect):
        return _TRANS_STATUS
    return _TRANS_TYPES.get(report.exec_type, _TRANS_NEW)


def _is_told_as_status(report: ExecutionReport, dialect: Dialect) -> bool:
    """A restatement where the version has no word for one."""
    return report.exec_type is ExecType.RESTATED and not dialect.has_restatement


def _exec_type_42(report: ExecutionReport, dialect: Dialect) -> str:
    if report.exec_type is ExecType.ORDER_STATUS or _is_told_as_status(report, dialect):
        return dialect.pending(ord_status_code(report.standing.ord_status))
    if report.exec_type is ExecType.STOPPED and report.last_qty:
        return _PARTIAL_FILL  # D37 tells a guarantee so: OrdStatus(39) 7 says what it is
    if not _is_trade(report.exec_type):
        return dialect.pending(report.exec_type)
    order_qty = report.terms.order_qty if report.terms is not None else 0
    return _FILL if report.standing.cum_qty >= order_qty else _PARTIAL_FILL


def ord_status_code(status: OrdStatus) -> str:
    """OrdStatus(39). FIX has no code for UNKNOWN; "pending new" is what it calls an order that nobody confirmed."""
    return OrdStatus.PENDING_NEW if status is OrdStatus.UNKNOWN else status

"""ExecutionReport(8) as a form to fill in, and its bytes in the words of FIX 4.2 or 4.4.

FIX 4.2 tells a fill by ExecType(150) 1 or 2, by CumQty(14) against OrderQty(38); a correction, a bust and a status
answer by ExecTransType(20), beside an ExecType that repeats where the order stands. Source: FIX 4.2 and 4.4, "Execution
Report", and their order state change matrices.
"""

from __future__ import annotations

from typing import Final

from kairos.adapters.fix_mapping.instruments import Listing
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
from kairos.model.values import Standing, Terms

_TRANS_NEW: Final = "0"
_TRANS_TYPES: Final = {ExecType.TRADE_CANCEL: "1", ExecType.TRADE_CORRECT: "2", ExecType.ORDER_STATUS: "3"}
_PARTIAL_FILL: Final = "1"
_FILL: Final = "2"
_TRADES: Final = frozenset((ExecType.TRADE, ExecType.TRADE_CORRECT, ExecType.TRADE_CANCEL))


class ExecutionReport:
    """What every report says; what only some say is set after.

    order_id:       0 when there is no order: "NONE"
    terms:          None when nothing is known of any, in the answer about an unknown order
    last_qty:       of a fill or correction; the matrices show 0 in all but status answers, also for a bust
    """

    __slots__ = (
        "account_id",
        "at_ns",
        "cl_ord_id",
        "exec_id",
        "exec_ref_id",
        "exec_type",
        "instrument_id",
        "last_px",
        "last_qty",
        "last_rpt_requested",
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
    )

    def __init__(
        self,
        session: str,
        at_ns: int,
        order_id: int,
        exec_id: int,
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
        self.at_ns: int = at_ns
        self.order_id: Final = order_id
        self.exec_id: Final = exec_id
        self.exec_type: Final = exec_type
        self.cl_ord_id: str = cl_ord_id
        self.account_id: Final = account_id
        self.instrument_id: Final = instrument_id
        self.side: Final = side
        self.terms: Final = terms
        self.standing: Final = standing
        self.text: str = text
        self.orig_cl_ord_id: str = ""
        self.exec_ref_id: int = 0
        self.last_qty: int = 0
        self.last_px: int = 0
        self.ord_rej_reason: str = ""
        self.restatement_reason: str = ""
        self.ord_status_req_id: str = ""
        self.mass_status_req_id: str = ""
        self.tot_num_reports: int = 0
        self.last_rpt_requested: bool = False


def execution_report_body(report: ExecutionReport, listing: Listing, dialect: Dialect) -> bytes:
    """The body, its tags ascending."""
    w = BodyWriter()
    _put_ids_and_quantities(w, report, listing, dialect)
    _put_order(w, report, listing, dialect)
    _put_outcome(w, report, listing, dialect)
    if not dialect.is_fix_4_2:
        _put_request_ids(w, report)
    return w.body()


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
    if dialect.is_fix_4_2:
        w.put_str(t.EXEC_TRANS_TYPE, _TRANS_TYPES.get(report.exec_type, _TRANS_NEW))
    put_id_source(w, listing)
    put_price(w, t.LAST_PX, report.last_px)
    if report.exec_type is not ExecType.ORDER_STATUS:
        w.put_int(t.LAST_QTY, report.last_qty)
    w.put_str(t.ORDER_ID, str(report.order_id) if report.order_id else NONE)


def _put_order(w: BodyWriter, report: ExecutionReport, listing: Listing, dialect: Dialect) -> None:
    """38 to 99."""
    terms = report.terms
    w.put_int(t.ORDER_QTY, terms.order_qty if terms is not None else 0)
    w.put_str(t.ORD_STATUS, ord_status_code(report.standing.ord_status))
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
    if terms is not None:
        put_price(w, t.STOP_PX, terms.stop_px)


def _put_outcome(w: BodyWriter, report: ExecutionReport, listing: Listing, dialect: Dialect) -> None:
    """103 to 378."""
    if report.ord_rej_reason:
        w.put_str(t.ORD_REJ_REASON, dialect.ord_rej_reason(report.ord_rej_reason))
    if report.terms is not None:
        put_max_floor(w, report.terms)
        put_expiry(w, report.terms)
    w.put_str(t.EXEC_TYPE, _exec_type_42(report) if dialect.is_fix_4_2 else report.exec_type)
    w.put_int(t.LEAVES_QTY, report.standing.leaves_qty)
    put_text(w, t.SECURITY_EXCHANGE, listing.mic)
    if report.exec_type is ExecType.RESTATED:
        w.put_str(t.EXEC_RESTATEMENT_REASON, dialect.restatement_reason(report.restatement_reason))


def _put_request_ids(w: BodyWriter, report: ExecutionReport) -> None:
    """584 to 912, which say what request of FIX 4.4 this answers."""
    put_text(w, t.MASS_STATUS_REQ_ID, report.mass_status_req_id)
    put_text(w, t.ORD_STATUS_REQ_ID, report.ord_status_req_id)
    if report.mass_status_req_id:
        w.put_int(t.TOT_NUM_REPORTS, report.tot_num_reports)
        w.put_bool(t.LAST_RPT_REQUESTED, report.last_rpt_requested)


def _exec_type_42(report: ExecutionReport) -> str:
    if report.exec_type is ExecType.ORDER_STATUS:
        return ord_status_code(report.standing.ord_status)
    if report.exec_type not in _TRADES:
        return report.exec_type
    order_qty = report.terms.order_qty if report.terms is not None else 0
    return _FILL if report.standing.cum_qty >= order_qty else _PARTIAL_FILL


def ord_status_code(status: OrdStatus) -> str:
    """OrdStatus(39). FIX has no code for UNKNOWN; "pending new" is what it calls an order that nobody confirmed."""
    return OrdStatus.PENDING_NEW if status is OrdStatus.UNKNOWN else status

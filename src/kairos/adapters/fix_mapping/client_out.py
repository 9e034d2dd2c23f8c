"""What a client is told: events become ExecutionReport(8), OrderCancelReject(9) and OrderMassCancelReport(r).

An event says where its order stood after it. What it leaves to the order itself (account, side, instrument, and for
most the ClOrdID) is read from the book, which may be a few events ahead: nothing of that changes within one command
after an event that leaves it out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kairos.adapters.fix_mapping.execution_report import ExecutionReport, execution_report_body, ord_status_code
from kairos.adapters.fix_mapping.instruments import InstrumentDirectory, Listing
from kairos.adapters.fix_mapping.versions import Dialect, begin_string_of, dialect_of
from kairos.adapters.fix_mapping.writing import NONE, put_id_source, put_text
from kairos.fix import tags as t
from kairos.fix.writer import BodyWriter
from kairos.model.enums import ExecType, OrdRejReason, OrdStatus
from kairos.model.events import (
    Event,
    MassCancelReported,
    OrderAccepted,
    OrderCanceled,
    OrderCancelPending,
    OrderDoneForDay,
    OrderEvent,
    OrderExpired,
    OrderRefused,
    OrderRejected,
    OrderReplaced,
    OrderReplacePending,
    OrderRestated,
    OrderStatusReported,
    RequestRefused,
    RequestRejected,
    TradeBooked,
    TradeBusted,
    TradeCorrected,
)
from kairos.model.refusals import REFUSAL_RULES, RefusalCode, fix_text
from kairos.model.values import Standing, Terms
from kairos.ports import Book, OrderView

ClientReport = tuple[str, str, bytes]
"""FIX session, MsgType(35), body."""

_MASS_CANCEL_REJECTED: Final = "0"
_INVALID_SECURITY: Final = "1"

_Told = (
    OrderCancelPending
    | OrderReplacePending
    | OrderReplaced
    | OrderCanceled
    | OrderRejected
    | OrderExpired
    | OrderDoneForDay
    | OrderRestated
    | TradeBooked
    | TradeBusted
    | TradeCorrected
)
"""Events of an order in the book."""


class ClientReports:
    """`begin_string_of_session` tells a session's BeginString(8): "" of one that is not FIX, told otherwise."""

    def __init__(
        self,
        book: Book,
        directory: InstrumentDirectory,
        begin_string_of_session: Callable[[str], str] = begin_string_of,
    ) -> None:
        self._book = book
        self._directory = directory
        self._begin_string_of = begin_string_of_session

    def reports_of(self, event: Event) -> ClientReport | None:
        """What goes to a client because of an event; None for what concerns no client, or none on FIX."""
        if not isinstance(event, OrderEvent):
            return None
        report = self._execution_of(event)
        if report is not None:
            return self._told_by_8(report)
        if isinstance(event, (RequestRefused, RequestRejected)):
            return self._told_by_9(event)
        if isinstance(event, MassCancelReported):
            return self._told_by_r(event)
        return None

    def _execution_of(self, event: OrderEvent) -> ExecutionReport | None:
        """The frequent ones stand first."""
        if isinstance(event, OrderAccepted):
            return _accepted(event)
        if isinstance(event, (TradeBooked, TradeBusted, TradeCorrected)):
            return self._trade(event)
        if isinstance(event, OrderCancelPending):
            return self._report(event, ExecType.PENDING_CANCEL, event.cl_ord_id, event.orig_cl_ord_id, event.text)
        if isinstance(event, OrderCanceled):
            return self._report(event, ExecType.CANCELED, event.cl_ord_id, event.orig_cl_ord_id, event.text)
        if isinstance(event, OrderReplacePending):
            return self._report(event, ExecType.PENDING_REPLACE, event.cl_ord_id, event.orig_cl_ord_id, event.text)
        if isinstance(event, OrderReplaced):
            return self._report(event, ExecType.REPLACED, event.cl_ord_id, event.orig_cl_ord_id, event.text)
        if isinstance(event, OrderRefused):
            return self._refused(event)
        if isinstance(event, OrderStatusReported):
            return self._status(event)
        return self._unasked(event)

    def _unasked(self, event: OrderEvent) -> ExecutionReport | None:
        """What happens to an order under the name that it has."""
        if isinstance(event, OrderExpired):
            return self._report(event, ExecType.EXPIRED, "", "", event.text)
        if isinstance(event, OrderDoneForDay):
            return self._report(event, ExecType.DONE_FOR_DAY, "", "", event.text)
        if isinstance(event, OrderRejected):
            text = _with_words_of_venue(fix_text(event.code, ()), event.text)
            report = self._report(event, ExecType.REJECTED, "", "", text)
            report.ord_rej_reason = REFUSAL_RULES[event.code].ord_rej_reason
            return report
        if isinstance(event, OrderRestated):
            report = self._report(event, event.exec_type, "", "", event.text)
            report.restatement_reason = event.reason
            return report
        return None

    def _report(
        self, event: _Told, exec_type: ExecType, cl_ord_id: str, orig_cl_ord_id: str, text: str
    ) -> ExecutionReport:
        """A report under `cl_ord_id`, or under the order's own: the desk's own cancel has none."""
        order = self._book.order(event.order_id)
        report = ExecutionReport(
            order.session,
            event.at_ns,
            event.order_id,
            event.exec_id,
            exec_type,
            cl_ord_id or orig_cl_ord_id or order.cl_ord_id,
            order.account_id(),
            order.instrument_id(),
            order.side,
            event.terms,
            event.standing,
            text,
        )
        if cl_ord_id:
            report.orig_cl_ord_id = orig_cl_ord_id
        return report

    def _trade(self, event: TradeBooked | TradeBusted | TradeCorrected) -> ExecutionReport:
        if isinstance(event, TradeBooked):
            report = self._report(event, ExecType.TRADE, "", "", "")
            report.at_ns = event.transact_time_ns or event.at_ns
        elif isinstance(event, TradeCorrected):
            report = self._report(event, ExecType.TRADE_CORRECT, "", "", event.text)
            report.exec_ref_id = event.exec_ref_id
        else:
            report = self._report(event, ExecType.TRADE_CANCEL, "", "", event.text)
            report.exec_ref_id = event.exec_ref_id
            return report
        report.last_qty = event.last_qty
        report.last_px = event.last_px
        return report

    def _refused(self, event: OrderRefused) -> ExecutionReport:
        """A repeated ClOrdID(11) is refused with the terms and the standing of the order that it first named."""
        first = self._book.order(event.order_id) if event.order_id else None
        report = ExecutionReport(
            event.session,
            event.at_ns,
            event.order_id,
            event.exec_id,
            ExecType.REJECTED,
            event.cl_ord_id,
            first.account_id() if first is not None else event.account_id,
            first.instrument_id() if first is not None else event.instrument_id,
            first.side if first is not None else event.side,
            first.terms if first is not None else event.terms,
            event.standing,
            fix_text(event.code, event.context),
        )
        report.ord_rej_reason = REFUSAL_RULES[event.code].ord_rej_reason
        return report

    def _status(self, event: OrderStatusReported) -> ExecutionReport:
        """Of an unknown order nothing is known but what the request said of it."""
        order = self._book.order(event.order_id) if event.order_id else None
        report = ExecutionReport(
            event.session,
            event.at_ns,
            event.order_id,
            event.exec_id,
            ExecType.ORDER_STATUS,
            event.cl_ord_id,
            order.account_id() if order is not None else "",
            event.instrument_id,
            event.side,
            event.terms if order is not None else None,
            event.standing,
            event.text,
        )
        if order is None:
            report.ord_rej_reason = OrdRejReason.UNKNOWN_ORDER
        if not event.mass:
            report.ord_status_req_id = event.request_id
            return report
        report.mass_status_req_id = event.request_id
        report.tot_num_reports = event.total
        report.last_rpt_requested = event.last
        return report

    def _told_by_8(self, report: ExecutionReport) -> ClientReport | None:
        dialect = self._dialect(report.session)
        if dialect is None:
            return None
        listing = self._directory.listing(report.instrument_id)
        return report.session, t.EXECUTION_REPORT, execution_report_body(report, listing, dialect)

    def _told_by_9(self, event: RequestRefused | RequestRejected) -> ClientReport | None:
        order = self._book.order(event.order_id) if event.order_id else None
        session = event.session or (order.session if order is not None else "")
        dialect = self._dialect(session)
        if dialect is None or _is_moot(event):
            return None
        return session, t.ORDER_CANCEL_REJECT, _cancel_reject_body(event, order, dialect)

    def _told_by_r(self, event: MassCancelReported) -> ClientReport | None:
        dialect = self._dialect(event.session)
        if dialect is None or dialect.is_fix_4_2:
            return None
        listing = self._directory.listing(event.instrument_id) if event.instrument_id else None
        return event.session, t.ORDER_MASS_CANCEL_REPORT, _mass_cancel_report_body(event, listing)

    def _dialect(self, session: str) -> Dialect | None:
        return dialect_of(self._begin_string_of(session))


def _accepted(event: OrderAccepted) -> ExecutionReport:
    terms: Terms = event.terms
    return ExecutionReport(
        event.session,
        event.at_ns,
        event.order_id,
        event.exec_id,
        ExecType.NEW,
        event.cl_ord_id,
        event.account_id,
        event.instrument_id,
        event.side,
        terms,
        Standing(OrdStatus.NEW, 0, terms.order_qty, 0),
        event.text,
    )


def _is_moot(event: RequestRefused | RequestRejected) -> bool:
    """The desk's own cancel that came too late: the report of the order's end says all. (When a venue refuses one, the
    client, who was told "pending cancel", must hear that the order works on.)"""
    return not event.cl_ord_id and event.code is RefusalCode.ORDER_ENDED


def _cancel_reject_body(event: RequestRefused | RequestRejected, order: OrderView | None, dialect: Dialect) -> bytes:
    text = fix_text(event.code, event.context)
    if isinstance(event, RequestRejected):
        text = _with_words_of_venue(text, event.text)
    w = BodyWriter()
    if order is not None:
        put_text(w, t.ACCOUNT, order.account_id())
    put_text(w, t.CL_ORD_ID, event.cl_ord_id or event.orig_cl_ord_id or NONE)
    w.put_str(t.ORDER_ID, str(event.order_id) if event.order_id else NONE)
    w.put_str(t.ORD_STATUS, ord_status_code(event.ord_status))
    put_text(w, t.ORIG_CL_ORD_ID, event.orig_cl_ord_id or NONE)
    put_text(w, t.TEXT, text)
    w.put_utc(t.TRANSACT_TIME, event.at_ns)
    w.put_str(t.CXL_REJ_REASON, dialect.cxl_rej_reason(REFUSAL_RULES[event.code].cxl_rej_reason))
    w.put_str(t.CXL_REJ_RESPONSE_TO, event.response_to)
    return w.body()


def _with_words_of_venue(text: str, words: str) -> str:
    return f"{text}: {words}" if words else text


def _mass_cancel_report_body(event: MassCancelReported, listing: Listing | None) -> bytes:
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
        w.put_str(t.MASS_CANCEL_REJECT_REASON, _INVALID_SECURITY)
    w.put_int(t.TOTAL_AFFECTED_ORDERS, event.affected)
    return w.body()

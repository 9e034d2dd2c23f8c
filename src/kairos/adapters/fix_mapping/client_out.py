"""What a client is told: events become ExecutionReport(8), OrderCancelReject(9) and OrderMassCancelReport(r).

An event says where its order stood after it. What it leaves to the order itself (account, side, instrument, and for
most the ClOrdID) is read from the book, which may be a few events ahead: nothing of that changes within one command
after an event that leaves it out.
"""

from __future__ import annotations

from collections.abc import Callable

from kairos.adapters.fix_mapping.execution_report import ExecutionReport, execution_report_body
from kairos.adapters.fix_mapping.instruments import InstrumentDirectory
from kairos.adapters.fix_mapping.request_reports import (
    cancel_reject_body,
    mass_cancel_report_body,
    with_words_of_venue,
)
from kairos.adapters.fix_mapping.versions import Dialect, begin_string_of, dialect_of
from kairos.fix import tags as t
from kairos.model.enums import ExecRestatementReason, ExecType, OrdRejReason, OrdStatus
from kairos.model.events import (
    Event,
    MassCancelReported,
    OrderAccepted,
    OrderAcknowledged,
    OrderCanceled,
    OrderCancelPending,
    OrderDoneForDay,
    OrderEvent,
    OrderExpired,
    OrderHeld,
    OrderRefused,
    OrderRejected,
    OrderReplaced,
    OrderReplacePending,
    OrderReplaceQueued,
    OrderRestated,
    OrderSplit,
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

_Told = (
    OrderCancelPending
    | OrderReplacePending
    | OrderReplaceQueued
    | OrderReplaced
    | OrderCanceled
    | OrderRejected
    | OrderExpired
    | OrderDoneForDay
    | OrderRestated
    | OrderSplit
    | TradeBooked
    | TradeBusted
    | TradeCorrected
)
"""Events of an order in the book."""


def _no_session(_client_id: str) -> str:
    return ""


class ClientReports:
    """`version_of_session` tells the version that a session's client speaks: "" of one that is not FIX, told otherwise.
    `session_of_client` tells over which session a client hears of an order that came by phone: "" for none."""

    def __init__(
        self,
        book: Book,
        directory: InstrumentDirectory,
        version_of_session: Callable[[str], str] = begin_string_of,
        session_of_client: Callable[[str], str] = _no_session,
    ) -> None:
        self._book = book
        self._directory = directory
        self._version_of = version_of_session
        self._session_of_client = session_of_client
        self._dialects: dict[str, Dialect] = {}  # by session, of those on FIX
        self._new: Standing = Standing(OrdStatus.NEW, 0, 0, 0)  # of the new order that was told last

    def reports_of(self, event: Event) -> ClientReport | None:
        """What goes to a client because of an event; None for what concerns no client, or none on FIX."""
        if not isinstance(event, OrderEvent):
            return None
        report = self.execution_of(event)
        if report is not None:
            return self._told_by_8(report)
        if isinstance(event, (RequestRefused, RequestRejected)):
            return self._told_by_9(event)
        if isinstance(event, MassCancelReported):
            return self._told_by_r(event)
        return None

    def execution_of(self, event: OrderEvent) -> ExecutionReport | None:
        """The ExecutionReport(8) of an event, if it has one. The frequent ones stand first."""
        if isinstance(event, OrderAccepted):
            return None if event.pending else self._accepted(event)
        if isinstance(event, (TradeBooked, TradeBusted, TradeCorrected)):
            return self._trade(event)
        if isinstance(event, OrderCancelPending):
            return self._report(event, ExecType.PENDING_CANCEL, event.cl_ord_id, event.orig_cl_ord_id, event.text)
        if isinstance(event, OrderCanceled):
            report = self._report(event, ExecType.CANCELED, event.cl_ord_id, event.orig_cl_ord_id, event.text)
            report.restatement_reason = event.reason
            return report
        if isinstance(event, (OrderReplacePending, OrderReplaceQueued)):
            return self._replace_pending(event)
        if isinstance(event, OrderAcknowledged):
            return self._acknowledged(event)
        if isinstance(event, OrderHeld):
            return self._held(event)
        if isinstance(event, OrderReplaced):
            report = self._report(event, ExecType.REPLACED, event.cl_ord_id, event.orig_cl_ord_id, event.text)
            report.details = event.details
            return report
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
            text = with_words_of_venue(fix_text(event.code, ()), event.text)
            report = self._report(event, ExecType.REJECTED, "", "", text)
            report.ord_rej_reason = REFUSAL_RULES[event.code].ord_rej_reason
            return report
        if isinstance(event, OrderRestated):
            report = self._report(event, event.exec_type, "", "", event.text)
            report.restatement_reason = event.reason
            report.last_qty = event.guaranteed_qty
            report.last_px = event.guaranteed_px
            return report
        if isinstance(event, OrderSplit):
            report = self._report(event, ExecType.RESTATED, "", "", event.text)
            report.restatement_reason = ExecRestatementReason.GT_CORPORATE_ACTION
            return report
        return None

    def _replace_pending(self, event: OrderReplacePending | OrderReplaceQueued) -> ExecutionReport | None:
        """Told once: when it is asked of the venue, or when it was queued, as agreed with the client."""
        told = event.told if isinstance(event, OrderReplaceQueued) else not event.quiet
        if not told:
            return None
        report = self._report(event, ExecType.PENDING_REPLACE, event.cl_ord_id, event.orig_cl_ord_id, event.text)
        if isinstance(event, OrderReplacePending):
            report.details = event.details
        return report

    def _accepted(self, event: OrderAccepted) -> ExecutionReport:
        report = ExecutionReport(
            event.session if event.cl_ord_id else self._session_of_client(event.client_id),
            event.at_ns,
            event.order_id,
            event.exec_id,
            ExecType.NEW,
            event.cl_ord_id,
            event.account_id,
            event.instrument_id,
            event.side,
            event.terms,
            self._standing_of_new(event.terms),
            event.text,
        )
        report.cash_qty = event.cash_qty
        report.details = event.details
        _put_in_group(report, self._book.order(event.order_id))
        return report

    def _standing_of_new(self, terms: Terms) -> Standing:
        """Orders mostly come in a few sizes, and those of one share it."""
        if self._new.leaves_qty != terms.order_qty:
            self._new = Standing(OrdStatus.NEW, 0, terms.order_qty, 0)
        return self._new

    def _acknowledged(self, event: OrderAcknowledged) -> ExecutionReport:
        """NEW, whatever is pending: the matrices tell it so (B.1.d)."""
        order = self._book.order(event.order_id)
        standing = self._standing_of_new(event.terms)
        return self._of_order(order, event, ExecType.NEW, event.cl_ord_id, standing, event.text)

    def _held(self, event: OrderHeld) -> ExecutionReport:
        """Here, and not yet taken: a second person of the desk decides."""
        order = self._book.order(event.order_id)
        standing = Standing(OrdStatus.PENDING_NEW, 0, event.terms.order_qty, 0)
        text = f"waits for approval: {fix_text(event.code, ())}"
        return self._of_order(order, event, ExecType.PENDING_NEW, event.cl_ord_id, standing, text)

    def _report(
        self, event: _Told, exec_type: ExecType, cl_ord_id: str, orig_cl_ord_id: str, text: str
    ) -> ExecutionReport:
        """A report under `cl_ord_id`, or under the order's own: the desk's own cancel has none."""
        order = self._book.order(event.order_id)
        told_as = cl_ord_id or orig_cl_ord_id or order.cl_ord_id
        report = self._of_order(order, event, exec_type, told_as, event.standing, text)
        if cl_ord_id:
            report.orig_cl_ord_id = orig_cl_ord_id
        return report

    def _of_order(
        self,
        order: OrderView,
        event: _Told | OrderAcknowledged | OrderHeld,
        exec_type: ExecType,
        cl_ord_id: str,
        standing: Standing,
        text: str,
    ) -> ExecutionReport:
        report = ExecutionReport(
            self._session_of_client(order.client_id) if order.by_phone else order.session,
            event.at_ns,
            event.order_id,
            event.exec_id,
            exec_type,
            cl_ord_id,
            order.account_id(),
            order.instrument_id(),
            order.side,
            event.terms,
            standing,
            text,
        )
        report.cash_qty = order.cash_qty
        report.day = _day_of(order, event.terms)
        report.details = order.details
        _put_in_group(report, order)
        return report

    def _trade(self, event: TradeBooked | TradeBusted | TradeCorrected) -> ExecutionReport:
        if isinstance(event, TradeBooked):
            report = self._report(event, ExecType.TRADE, "", "", "")
            report.at_ns = event.transact_time_ns or event.at_ns
        else:
            exec_type = ExecType.TRADE_CORRECT if isinstance(event, TradeCorrected) else ExecType.TRADE_CANCEL
            report = self._report(event, exec_type, "", "", event.text)
            report.exec_ref_id = event.exec_ref_id
        if not isinstance(event, TradeBusted):
            report.last_qty = event.last_qty
            report.last_px = event.last_px
            report.trade = event.details
        dialect = self._dialect(report.session)
        if dialect is not None and dialect.has_trans_type:
            report.cl_ord_id = self._book.order(event.order_id).canceled_as or report.cl_ord_id  # D35
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
        report.cash_qty = first.cash_qty if first is not None else event.cash_qty
        report.details = first.details if first is not None else event.details
        report.list_id = event.list_id
        report.cross_id = event.cross_id
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
        report.orig_cl_ord_id = event.orig_cl_ord_id
        if order is None:
            report.ord_rej_reason = OrdRejReason.UNKNOWN_ORDER
        else:
            report.cash_qty = order.cash_qty
            report.day = _day_of(order, event.terms)
            report.details = order.details
            _put_in_group(report, order)
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
        return session, t.ORDER_CANCEL_REJECT, cancel_reject_body(event, order, dialect)

    def _told_by_r(self, event: MassCancelReported) -> ClientReport | None:
        dialect = self._dialect(event.session)
        if dialect is None or dialect.has_trans_type:
            return None
        listing = self._directory.listing(event.instrument_id) if event.instrument_id else None
        return event.session, t.ORDER_MASS_CANCEL_REPORT, mass_cancel_report_body(event, listing, dialect)

    def _dialect(self, session: str) -> Dialect | None:
        known = self._dialects.get(session)
        if known is None:
            known = dialect_of(self._version_of(session))
            if known is not None:
                self._dialects[session] = known
        return known


def _put_in_group(report: ExecutionReport, order: OrderView) -> None:
    """Whoever tells of an order tells of the list or the cross that it is in."""
    report.list_id = order.list_id
    report.cross_id = order.cross_id


def _day_of(order: OrderView, terms: Terms) -> tuple[int, int, int] | None:
    """The figures of the day, from the second day of an order's life on."""
    if not order.carried:
        return None
    return terms.order_qty - order.earlier_qty, order.day_cum_qty(), order.day_avg_px()


def _is_moot(event: RequestRefused | RequestRejected) -> bool:
    """The desk's own cancel that came too late: a report of the order's end says all. (When a venue refuses one, the
    client, who was told "pending cancel", must hear that the order works on.)"""
    return not event.cl_ord_id and event.code is RefusalCode.ORDER_ENDED

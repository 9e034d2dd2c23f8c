"""What the exchange tells its clients: reports of executions and of refused cancels, as facts without a wire format.

Fields are FIX's, snake-cased. A price of 0 means none; `exec_id` is "0" in the answer to a status request (FIX 4.4,
ExecID(17)).
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.model.enums import (
    CxlRejReason,
    CxlRejResponseTo,
    ExecType,
    OrdRejReason,
    OrdStatus,
    OrdType,
    Side,
    TimeInForce,
)

NO_ORDER_ID: Final = "NONE"  # OrderID(37) of an order that the exchange doesn't know


@mypyc_attr(acyclic=True)
class Report:
    """One ExecutionReport(8).

    Of a fill, `last_liquidity_ind` says whether it added liquidity (1), removed it (2, so it was the aggressor) or
    was an auction's (4); 0 in other reports. Both sides of a trade between clients have its `trd_match_id`.
    """

    def __init__(
        self,
        client: str,
        exec_type: ExecType,
        ord_status: OrdStatus,
        exec_id: str,
        exec_ref_id: str,
        venue_order_id: str,
        cl_ord_id: str,
        orig_cl_ord_id: str,
        instrument: str,
        side: Side,
        ord_type: OrdType,
        time_in_force: TimeInForce,
        order_qty: i64,
        price: i64,
        stop_px: i64,
        max_floor: i64,
        last_qty: i64,
        last_px: i64,
        cum_qty: i64,
        leaves_qty: i64,
        avg_px: i64,
        ord_rej_reason: OrdRejReason | None,
        text: str,
        transact_time_ns: i64,
        last_liquidity_ind: i64,
        trd_match_id: str,
        exec_restatement_reason: str,
    ) -> None:
        self.client: Final = client
        self.exec_type: Final = exec_type
        self.ord_status: Final = ord_status
        self.exec_id: Final = exec_id
        self.exec_ref_id: Final = exec_ref_id
        self.venue_order_id: Final = venue_order_id
        self.cl_ord_id: Final = cl_ord_id
        self.orig_cl_ord_id: Final = orig_cl_ord_id
        self.instrument: Final = instrument
        self.side: Final = side
        self.ord_type: Final = ord_type
        self.time_in_force: Final = time_in_force
        self.order_qty: Final = order_qty
        self.price: Final = price
        self.stop_px: Final = stop_px
        self.max_floor: Final = max_floor
        self.last_qty: Final = last_qty
        self.last_px: Final = last_px
        self.cum_qty: Final = cum_qty
        self.leaves_qty: Final = leaves_qty
        self.avg_px: Final = avg_px
        self.ord_rej_reason: Final = ord_rej_reason
        self.text: Final = text
        self.transact_time_ns: Final = transact_time_ns
        self.last_liquidity_ind: Final = last_liquidity_ind
        self.trd_match_id: Final = trd_match_id
        self.exec_restatement_reason: Final = exec_restatement_reason


def retold(report: Report, ord_status: OrdStatus, cum_qty: i64, avg_px: i64) -> Report:
    """The same of an order that has ended: nothing is left of it, and so much of it had traded."""
    return Report(
        report.client, report.exec_type, ord_status, report.exec_id, report.exec_ref_id, report.venue_order_id,
        report.cl_ord_id, report.orig_cl_ord_id, report.instrument, report.side, report.ord_type, report.time_in_force,
        report.order_qty, report.price, report.stop_px, report.max_floor, report.last_qty, report.last_px, cum_qty, 0,
        avg_px, report.ord_rej_reason, report.text, report.transact_time_ns, report.last_liquidity_ind,
        report.trd_match_id, report.exec_restatement_reason,
    )  # fmt: skip


@mypyc_attr(acyclic=True)
class CancelReject:
    """One OrderCancelReject(9): a cancel or replace that could not be done."""

    def __init__(
        self,
        client: str,
        venue_order_id: str,
        cl_ord_id: str,
        orig_cl_ord_id: str,
        instrument: str,
        ord_status: OrdStatus,
        response_to: CxlRejResponseTo,
        cxl_rej_reason: CxlRejReason,
        text: str,
        transact_time_ns: i64,
    ) -> None:
        self.client: Final = client
        self.venue_order_id: Final = venue_order_id
        self.cl_ord_id: Final = cl_ord_id
        self.orig_cl_ord_id: Final = orig_cl_ord_id
        self.instrument: Final = instrument
        self.ord_status: Final = ord_status
        self.response_to: Final = response_to
        self.cxl_rej_reason: Final = cxl_rej_reason
        self.text: Final = text
        self.transact_time_ns: Final = transact_time_ns


VenueMessage = Report | CancelReject

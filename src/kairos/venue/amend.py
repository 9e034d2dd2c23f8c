"""Busts and corrections: the exchange takes back or changes executions, also after their orders closed.

CumQty(14), AvgPx(6) and LeavesQty(151) follow (FIX 4.4 volume 4, appendix D, J.1.a and J.1.b). A filled order that
becomes open again goes to the back of the queue; a canceled or expired one stays closed.
"""

from __future__ import annotations

from mypy_extensions import i64

from kairos.model.enums import ExecType, OrdStatus, TimeInForce
from kairos.venue.blotter import Blotter, Execution
from kairos.venue.market import Market


def why_not(execution: Execution | None, exec_id: str) -> str:
    """Why the execution can't be changed; empty if it can."""
    if execution is None:
        return f"ExecID(17) {exec_id} is not a trade of this exchange"
    return f"ExecID(17) {exec_id} is busted already" if execution.busted else ""


def amend(blotter: Blotter, market: Market, execution: Execution, qty: i64, px: i64, now_ns: i64) -> None:
    """Make the execution `qty` at `px`; a `qty` of 0 busts it. Tell the client, then let an open order trade on."""
    order = execution.order
    order.cum_qty += qty - execution.qty
    order.notional += int(qty) * int(px) - int(execution.qty) * int(execution.px)
    reopened = order.is_live() or order.status is OrdStatus.FILLED
    if reopened:
        market.withdraw(order)
        order.resize()
    if qty == 0:
        execution.busted = True
        blotter.restate_execution(execution, ExecType.TRADE_CANCEL, "busted by the exchange", now_ns)
    else:
        execution.qty = qty
        execution.px = px
        blotter.restate_execution(execution, ExecType.TRADE_CORRECT, "corrected by the exchange", now_ns)
    if not reopened or order.leaves_qty == 0:
        return
    if order.is_immediate() or order.time_in_force is TimeInForce.AT_THE_OPENING:
        blotter.cancel(order, "its execution was changed, and it can't trade again", now_ns)
    else:
        market.enter(order, now_ns)

"""The reports that our scenarios bring are those of FIX's order state change matrices, row by row.

The matrices are shared data (facts of FIX 4.4 volume 4). Each `fix_order_states/ID.scn` plays one; here its events are
put beside the rows of the data. Pending reports that the data leaves out may come between.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kairos.model import events as ev
from kairos.model.enums import OrdStatus
from kairos.model.wire import decode_events
from kairos.scenario.runner import Outcome, run_file

HERE = Path(__file__).parent / "fix_order_states"
PLAYED = sorted(path.stem for path in HERE.glob("*.scn"))

EXEC_TYPE = {
    ev.OrderAccepted: "0",
    ev.OrderAcknowledged: "0",
    ev.OrderRefused: "8",
    ev.OrderRejected: "8",
    ev.OrderCancelPending: "6",
    ev.OrderReplacePending: "E",
    ev.OrderReplaceQueued: "E",
    ev.OrderSplit: "D",
    ev.OrderReplaced: "5",
    ev.OrderCanceled: "4",
    ev.OrderExpired: "C",
    ev.OrderDoneForDay: "3",
    ev.OrderStatusReported: "I",
    ev.TradeBooked: "F",
    ev.TradeBusted: "H",
    ev.TradeCorrected: "G",
}
Row = tuple[
    str, str, str, int, int, int
]  # ClOrdID, ExecType (9: OrderCancelReject), OrdStatus, OrderQty, CumQty, LeavesQty


def is_kept_to_ourselves(event: ev.Event) -> bool:
    if isinstance(event, ev.OrderAccepted):
        return event.pending
    if isinstance(event, ev.OrderReplaceQueued):
        return not event.told
    return isinstance(event, ev.OrderReplacePending) and event.quiet


def row_of(event: ev.Event, cl_ord_ids: dict[int, str]) -> Row | None:
    """The report that an event is; None when it is not told."""
    if is_kept_to_ourselves(event):
        return None
    if isinstance(event, (ev.RequestRefused, ev.RequestRejected)):
        return event.cl_ord_id, "9", event.ord_status.value, 0, 0, 0
    if isinstance(event, ev.OrderRestated):
        kind = event.exec_type.value
    elif type(event) in EXEC_TYPE:
        kind = EXEC_TYPE[type(event)]
    else:
        return None
    order_id = event.order_id
    cl_ord_id = getattr(event, "cl_ord_id", cl_ord_ids.get(order_id, "")) or "-"
    if isinstance(event, (ev.OrderAccepted, ev.OrderAcknowledged)):
        return cl_ord_id, kind, "0", event.terms.order_qty, 0, event.terms.order_qty
    standing = event.standing
    qty = 0 if kind == "8" else event.terms.order_qty
    return cl_ord_id, kind, standing.ord_status.value, qty, standing.cum_qty, standing.leaves_qty


def rows_of(outcome: Outcome) -> list[Row]:
    rows: list[Row] = []
    names: dict[int, str] = {}
    for batch in outcome.world.batches:
        for event in decode_events(batch):
            if isinstance(event, (ev.OrderAccepted, ev.OrderReplaced)):
                names[event.order_id] = event.cl_ord_id
            row = row_of(event, names)
            rows += [row] if row is not None else []
    return rows


def wanted_rows(scenario: dict[str, object]) -> list[Row]:
    rows: list[Row] = []
    steps = scenario["steps"]
    assert isinstance(steps, list)
    for step in steps:
        if step["dir"] != "out" or step["alt"]:
            continue
        is_reject = step["msg"] == "9"
        kind = "9" if is_reject else step["exectype"]
        quantities = (0, 0, 0) if is_reject else (step["qty"] or 0, step["cum"], step["leaves"])
        rows.append((step["cl"], kind, step["ordstatus"], 0 if kind == "8" else quantities[0], *quantities[1:]))
    return rows


def matrices(shared_data: Callable[[str], Path]) -> dict[str, dict[str, object]]:
    path = shared_data("fix_order_states") / "order_state_scenarios.json"
    return {scenario["id"]: scenario for scenario in json.loads(path.read_text("utf-8"))}


@pytest.mark.parametrize("name", PLAYED)
def test_the_reports_are_those_of_the_matrix(name: str, shared_data: Callable[[str], Path]) -> None:
    wanted = wanted_rows(matrices(shared_data)[name])
    told = rows_of(run_file(HERE / f"{name}.scn"))
    if not any(row[0] == "-" for row in wanted):
        told = [row for row in told if row[0] != "-"]  # F.1.c leaves out the reports of the phoned order
    pending = {OrdStatus.PENDING_CANCEL.value, OrdStatus.PENDING_REPLACE.value}
    for row in wanted:
        while told and told[0] != row and told[0][1] in pending:
            told.pop(0)
        assert told and told[0] == row, f"wanted {row}, told {told[:1]}"
        told.pop(0)
    assert told == []


def test_every_matrix_is_played(shared_data: Callable[[str], Path]) -> None:
    assert set(matrices(shared_data)) == set(PLAYED)

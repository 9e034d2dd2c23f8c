"""What an ExecutionReport(8) says, in FIX 4.2 as in FIX 4.4."""

from __future__ import annotations

from tests.torture.wire import Fields

FIX_4_2 = "FIX.4.2"
CLOSED = frozenset("2348C")
"""OrdStatus(39) of an order with which nothing more happens by itself."""
NEW, REPLACED, REJECTED, STATUS = "0", "5", "8", "I"
TRADE = "F"
PENDING = frozenset("6E")
"""A request was heard; its answer is still to come."""


def exec_type(report: Fields) -> str:
    """ExecType(150) as FIX 4.4 has it."""
    if report[8] != FIX_4_2:
        return report[150]
    if report[20] == "3":
        return STATUS
    return TRADE if report[150] in ("1", "2") else report[150]

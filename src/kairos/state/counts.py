"""Tells the limits on an order's path what they count for themselves: requests, like orders, like executions."""

from __future__ import annotations

from mypy_extensions import i64

from kairos.model.enums import NodeKind
from kairos.state.bounds import DUPLICATE_ORDER, RATE, REPEATED_EXECUTIONS, WHOLE_BPS, execution_key, order_key
from kairos.state.cells import Cell
from kairos.state.order import Order
from kairos.state.reference import TOKEN, Account


def count_request(cells: list[Cell], account: Account, at_ns: i64) -> None:
    """A request went through the token buckets of its path, the highest first. Where responses let only a share of the
    rates through, it counts for more below, and for more in the account's own bucket."""
    share = WHOLE_BPS
    of_account = WHOLE_BPS
    for cell in cells:
        share = min(share, cell.rate_bps)
        if cell.node is not NodeKind.TRADER and cell.node is not NodeKind.STRATEGY:
            of_account = share
        for bound in cell.bounds:
            if bound.number == RATE:
                bound.take_token(at_ns, share)
    if 0 < of_account < WHOLE_BPS:
        account.tokens -= TOKEN * WHOLE_BPS // of_account - TOKEN


def count_order(cells: list[Cell], order: Order, at_ns: i64) -> None:
    """An order was accepted."""
    for cell in cells:
        for bound in cell.bounds:
            if bound.number == DUPLICATE_ORDER:
                bound.note(order_key(order.account_id(), order.instrument_id(), order.side, order.terms), at_ns)


def count_execution(cells: list[Cell], order: Order, at_ns: i64) -> None:
    """An execution was booked."""
    for cell in cells:
        for bound in cell.bounds:
            if bound.number == REPEATED_EXECUTIONS:
                bound.note(execution_key(order.instrument_id(), order.side), at_ns)

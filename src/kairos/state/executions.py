"""What a position was folded from: the executions that may still be amended, 24 bytes each."""

from __future__ import annotations

from typing import Final, TypeVar

from librt.vecs import append, vec
from mypy_extensions import i64

from kairos.model.errors import invariant
from kairos.state.shelf import Shelf

T = TypeVar("T")

ROW: Final = 3  # number of the execution, signed units, price


class Executions:
    """In the order in which they were booked, which is that of their numbers."""

    def __init__(self) -> None:
        self._rows: vec[i64] = vec[i64]()

    def __len__(self) -> int:
        return len(self._rows) // ROW

    def add(self, trade_id: i64, signed: i64, px: i64) -> bool:
        """Whether it came last, as nearly all do: a snapshot brings those of orders that are gone before older ones."""
        rows = self._rows
        count: i64 = len(rows)
        is_last = count == 0 or rows[count - ROW] < trade_id
        self._rows = append(append(append(rows, trade_id), signed), px)
        if not is_last:
            self._rows = vec[i64]([number for row in sorted(self.rows()) for number in row])
        return is_last

    def amend(self, trade_id: i64, signed: i64, px: i64) -> None:
        """Units and price of an execution are these now."""
        rows = self._rows
        low: i64 = 0
        high: i64 = len(rows) // ROW
        while low < high:
            middle = (low + high) // 2
            if rows[middle * ROW] < trade_id:
                low = middle + 1
            else:
                high = middle
        invariant(low * ROW < len(rows) and rows[low * ROW] == trade_id, "NO_EXECUTION_OF_THE_POSITION", trade=trade_id)
        rows[low * ROW + 1] = signed
        rows[low * ROW + 2] = px

    def last_id(self) -> int:
        """The number of the last; 0 when there is none."""
        return self._rows[len(self._rows) - ROW] if len(self._rows) else 0

    def clear(self) -> None:
        self._rows = vec[i64]()

    def gone(self, trades: Shelf[T]) -> list[tuple[int, int, int]]:
        """Those that are on no shelf any more."""
        return [row for row in self.rows() if row[0] not in trades]

    def rows(self) -> list[tuple[int, int, int]]:
        """Number, signed units and price of each."""
        rows = self._rows
        return [(rows[at], rows[at + 1], rows[at + 2]) for at in range(0, len(rows), ROW)]

    def take_gone(self, trades: Shelf[T]) -> Executions:
        """The first of these, up to one that is still on the shelf, taken out. Those behind it stay, though some are on
        the shelf no more: average cost depends on the order in which executions are folded."""
        gone, kept = Executions(), Executions()
        leading = True
        for trade_id, signed, px in self.rows():
            leading = leading and trade_id not in trades
            (gone if leading else kept).add(trade_id, signed, px)
        self._rows = kept._rows
        return gone

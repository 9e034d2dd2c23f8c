"""The sequence numbers of each session and direction in a log: which are there, which are missing, which came twice.

A log may begin anywhere, so the first number seen is where counting begins. A Logon(A) that resets, or a
SequenceReset(4) in reset mode, begins a new run; a lower number with PossDupFlag(43) fills what was missing.
"""

from __future__ import annotations

from typing import Final

from kairos.fix import tags as t
from kairos.fix_tools.fields import FieldList

MAX_GAPS: Final = 1_000
"""Gaps remembered for each run; a log with more of them has lost its order, and the count says enough."""

MAX_RUNS: Final = 400
"""Runs told apart: a reset every day for more than a year. What comes after counts as part of the last."""

MAX_DIRECTIONS: Final = 20_000
"""As `dictionaries.MAX_SESSIONS`, both directions."""

_MAX_DIGITS: Final = 18


class Run:
    """Numbers that count on from one another."""

    __slots__ = ("count", "first", "gaps", "last", "lost_gaps", "repeated", "resent")

    def __init__(self, first: int) -> None:
        self.first: Final = first
        self.last = first - 1
        self.count = 0
        self.repeated = 0
        self.resent = 0
        self.lost_gaps = 0
        self.gaps: list[tuple[int, int]] = []

    def missing(self) -> int:
        return sum(end - begin + 1 for begin, end in self.gaps)

    def take(self, seq: int, resent: bool) -> None:
        self.count += 1
        self.resent += resent
        if seq > self.last:
            if seq > self.last + 1:
                self._add_gap(self.last + 1, seq - 1)
            self.last = seq
        elif not self._fill(seq, seq) and not resent:
            self.repeated += 1

    def fill_to(self, new_seq_no: int, seq: int) -> None:
        """A gap fill numbered `seq`: the numbers below `new_seq_no` will not come."""
        self._fill(seq, new_seq_no - 1)
        self.last = max(self.last, new_seq_no - 1)

    def _add_gap(self, begin: int, end: int) -> None:
        if len(self.gaps) < MAX_GAPS:
            self.gaps.append((begin, end))
        else:
            self.lost_gaps += 1

    def _fill(self, begin: int, end: int) -> bool:
        """Take the range out of the gaps; whether any of it was missing."""
        left: list[tuple[int, int]] = []
        for low, high in self.gaps:
            if high < begin or low > end:
                left.append((low, high))
                continue
            if low < begin:
                left.append((low, begin - 1))
            if high > end:
                left.append((end + 1, high))
        filled = left != self.gaps
        self.gaps = left
        return filled


class Sequences:
    """The runs of each direction, by "FIX.4.4:SENDER->TARGET"."""

    def __init__(self) -> None:
        self.directions: Final[dict[str, list[Run]]] = {}

    def take(self, session: str, fields: FieldList) -> None:
        seq = _number(fields.raw(t.MSG_SEQ_NUM))
        runs = self.directions.get(session)
        if seq == 0 or (runs is None and len(self.directions) >= MAX_DIRECTIONS):
            return
        if runs is None:
            runs = self.directions[session] = [Run(seq)]
        resent = fields.raw(t.POSS_DUP_FLAG) == b"Y"
        if not resent and _begins_anew(seq, runs[-1], fields):
            _new_run(runs, seq)
        runs[-1].take(seq, resent)
        new_seq_no = _number(fields.raw(t.NEW_SEQ_NO))
        if fields.raw(t.MSG_TYPE) == b"4" and new_seq_no > 0:
            if fields.raw(t.GAP_FILL_FLAG) == b"Y":
                runs[-1].fill_to(new_seq_no, seq)
            else:
                _new_run(runs, new_seq_no)


def _begins_anew(seq: int, run: Run, fields: FieldList) -> bool:
    if run.count == 0 or fields.raw(t.MSG_TYPE) != b"A":
        return False
    return fields.raw(t.RESET_SEQ_NUM_FLAG) == b"Y" or seq == 1 <= run.last


def _new_run(runs: list[Run], first: int) -> None:
    if len(runs) < MAX_RUNS:
        runs.append(Run(first))


def _number(value: bytes) -> int:
    """A sequence number; 0 when it is none."""
    return int(value) if value.isdigit() and len(value) <= _MAX_DIGITS else 0

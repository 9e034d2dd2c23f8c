"""`verify`: reads a whole journal and says whether every batch is what was written, or where the first is that is not.

Archive and live file are one chain, followed from the first batch that is at hand to the one that was the last when it
began. It only reads, so it works beside a running engine and on a copy. Keep the `last_hash` of a report elsewhere, and
a later report can be held against it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from kairos.adapters.journal_archive import chained_rows, first_readable
from kairos.adapters.journal_format import Head, Row, refuse_short
from kairos.adapters.journal_sqlite_log import refuse_cut_log
from kairos.adapters.journal_sqlite_read import SqliteReader
from kairos.ports import JournalDamaged


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What was found intact, up to the end or to the first damage. `first_seq` is more than 1 where older archive files
    were taken away. `last_hash` is in hexadecimal."""

    ok: bool
    batches: int
    events: int
    first_seq: int
    last_seq: int
    last_hash: str
    problem: str | None = None
    at_first_seq: int | None = None


def verify(path: str | os.PathLike[str]) -> VerifyReport:
    """Verify the journal; damage comes in the report, a file that can't be read as a journal raises `JournalError`."""
    journal = Path(path).absolute()
    reader = SqliteReader(journal, salvage=True)
    intact = _Intact()
    cut = _cut_log(journal)
    try:
        meta = reader.meta()
        first_seq = first_readable(journal, meta)
        intact.head = Head(first_seq, meta.base.last_hash)
        last_first_seq = _last_first_seq(reader)
        for row in chained_rows(journal, reader, meta, first_seq):
            intact.add(row)
            if row.first_seq == last_first_seq:
                break
        if cut is not None:
            raise cut
        refuse_short(str(path), meta.head, intact.head)
    except JournalDamaged as damage:
        return intact.report(damage)
    return intact.report(None)


def _cut_log(journal: Path) -> JournalDamaged | None:
    """Asked first, since reading forgets it; told last, since what is before it may be damaged too."""
    try:
        refuse_cut_log(journal)
    except JournalDamaged as damage:
        return damage
    return None


def _last_first_seq(reader: SqliteReader) -> int | None:
    """The batch to end at, so that a busy engine does not keep us for ever; None if the end itself can't be read."""
    try:
        row = reader.last_row()
    except JournalDamaged:
        return None
    return row.first_seq if row else None


class _Intact:
    """Counts the rows that are what was written."""

    def __init__(self) -> None:
        self.head = Head(1, b"")
        self._batches = 0
        self._events = 0

    def add(self, row: Row) -> None:
        self.head = Head(row.next_seq, row.hash)
        self._batches += 1
        self._events += row.event_count

    def report(self, damage: JournalDamaged | None) -> VerifyReport:
        first_seq = self.head.next_seq - self._events
        return VerifyReport(
            ok=damage is None,
            batches=self._batches,
            events=self._events,
            first_seq=first_seq,
            last_seq=self.head.next_seq - 1,
            last_hash=self.head.last_hash.hex(),
            problem=str(damage) if damage else None,
            at_first_seq=damage.first_seq if damage else None,
        )

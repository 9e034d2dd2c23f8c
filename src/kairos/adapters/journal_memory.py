"""A journal in memory, for tests and simulations: fulfils `kairos.ports.Journal` for as long as the process lives."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from kairos.adapters.journal_format import refuse_unfit
from kairos.ports import Batch, JournalHaltedError, JournalIOError

_NAME = "journal in memory"


class MemoryJournal:
    """Fails at the `fail_at`-th append (the first is 1) when told so, and then takes nothing more."""

    def __init__(self, *, fail_at: int | None = None) -> None:
        self._batches: list[Batch] = []
        self._fail_at = fail_at
        self._halted_by = ""

    def append(self, batch: Batch) -> None:
        if self._halted_by:
            raise JournalHaltedError(_NAME, self._halted_by, "make a new one")
        refuse_unfit(_NAME, batch, self.next_seq())
        if len(self._batches) + 1 == self._fail_at:
            self._halted_by = f"append {self._fail_at} failed as it was told to"
            raise JournalIOError(_NAME, self._halted_by, "make a new one")
        self._batches.append(batch)

    def read(self, from_seq: int = 1) -> Iterator[Batch]:
        # By index, not by slice: batches appended during the reading are read too, as from a file.
        index = bisect_left(self._batches, from_seq, key=lambda batch: batch.last_seq)
        while index < len(self._batches):
            yield self._batches[index]
            index += 1

    def first_seq(self) -> int:
        return 1

    def next_seq(self) -> int:
        return self._batches[-1].last_seq + 1 if self._batches else 1

    def size_bytes(self) -> int:
        return sum(len(batch.body) for batch in self._batches)

    def maintain(self, idle: bool) -> None:
        """Nothing to do in memory."""

    def close(self) -> None:
        self._halted_by = self._halted_by or "was closed"

"""Group commit: one thread that makes batches durable while the writer gathers the next.

The writer submits a batch when `idle` says that none is in flight; whatever happens meanwhile gathers in its next one.
So a slow disk makes batches larger, not the queue longer. Callbacks come on the commit thread and have to be quick.
After the first failure nothing is taken any more: the engine halts rather than go on with less.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Final

from kairos.model.errors import invariant
from kairos.ports import Batch, Journal, JournalHaltedError

# Housekeeping of the journal takes milliseconds. After this long without a batch the next one is unlikely to arrive
# just then; and between two bursts of a busy desk there are such pauses all day.
IDLE_AFTER_S = 0.05


class GroupCommit:
    """Appends one batch at a time to the journal, in order, and tells of each by its last sequence number."""

    def __init__(
        self, journal: Journal, on_committed: Callable[[int], None], on_failed: Callable[[Exception], None]
    ) -> None:
        self._journal: Final = journal
        self._on_committed: Final = on_committed
        self._on_failed: Final = on_failed
        self._inbox: Final[SimpleQueue[Batch | None]] = SimpleQueue()
        self._idle = True
        self._halted_by = ""
        # A daemon, so that a process that dies of something else is not kept alive; it dies then as by kill -9.
        self._worker: Final = threading.Thread(target=self._run, name="journal-commit", daemon=True)
        self._worker.start()

    @property
    def idle(self) -> bool:
        """No batch is in flight and the next may be submitted; False for ever after a failure or `close`."""
        return self._idle and not self._halted_by

    def submit(self, batch: Batch) -> None:
        """Hand over the batch; only while `idle`. Raises `JournalHaltedError` after a failure or `close`."""
        if self._halted_by:
            raise JournalHaltedError("group commit", self._halted_by, "restart the engine once the cause is mended")
        invariant(self._idle, "COMMIT_IN_FLIGHT", first_seq=batch.first_seq)
        self._idle = False
        self._inbox.put(batch)

    def close(self) -> None:
        """Finish the batch in flight and end the thread; the journal stays open. Closing twice is allowed."""
        self._halted_by = self._halted_by or "was closed"
        self._inbox.put(None)
        self._worker.join()

    def _run(self) -> None:
        try:
            while (batch := self._next()) is not None:
                self._journal.append(batch)
                self._idle = True
                self._on_committed(batch.last_seq)
                self._journal.maintain(idle=False)
        except Exception as error:  # whatever it is, a writer without its journal must hear of it
            self._halted_by = f"halted by: {error}"
            self._on_failed(error)

    def _next(self) -> Batch | None:
        try:
            return self._inbox.get(timeout=IDLE_AFTER_S)
        except Empty:
            self._journal.maintain(idle=True)
            return self._inbox.get()

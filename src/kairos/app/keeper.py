"""The keeper: a process that writes snapshots, so that a restart need not read the whole journal.

It has a desk of its own, folded from the journal like any reader's, and writes that. So a snapshot costs the engine
nothing but the processor and the disk that they share, of which the keeper takes what is left over. Nothing waits for
it, and it may be killed at any moment.
"""

from __future__ import annotations

import os
import time
from typing import Final

from kairos.adapters.config import Config, JournalConfig
from kairos.adapters.journal_sqlite import SqliteJournal
from kairos.adapters.logs import get_log
from kairos.adapters.snapshot_file import SnapshotHead
from kairos.adapters.snapshot_folder import heads
from kairos.app.recovery import JournalCopy
from kairos.ports import JournalError, Log
from kairos.supervisor import is_orphaned

# How often it looks how far the journal is: seldom enough to cost nothing, often enough that few events are overdue.
LOOK_S: Final = 1.0
# After a failure that stays: a full disk is not freed within a second, and its complaint should not fill a log.
PAUSE_S: Final = 60.0
# Whoever has an order to take goes first.
NICENESS: Final = 19


class Keeper:
    """Writes a snapshot whenever the journal has grown by `snapshot_every` since the last."""

    def __init__(self, config: JournalConfig, log: Log) -> None:
        self._config: Final = config
        self._log: Final = log
        self._copy: JournalCopy | None = None
        self._journal: SqliteJournal | None = None

    def look(self) -> SnapshotHead | None:
        """Write one if it is time; raises `JournalError` or `OSError`, and begins anew after that."""
        try:
            journal = self._opened()
            end = journal.next_seq()
            return self.write() if end - self._following(journal, end) >= self._config.snapshot_every else None
        except (JournalError, OSError):
            self._copy = self._journal = None
            raise

    def write(self) -> SnapshotHead:
        """Write one of the journal as it is now."""
        started = time.perf_counter()
        if self._copy is None:
            self._copy = JournalCopy(self._opened(), self._config.snapshots, self._log)
            self._copy.recover()
        else:
            self._copy.follow()
        folded = time.perf_counter()
        head = self._copy.write()
        self._log.info(
            "snapshot written",
            through=head.last_seq,
            orders=head.orders,
            read_s=round(folded - started, 3),
            write_s=round(time.perf_counter() - folded, 3),
        )
        return head

    def _opened(self) -> SqliteJournal:
        if self._journal is None:
            self._journal = SqliteJournal.open(self._config.file, read_only=True)
        return self._journal

    def _following(self, journal: SqliteJournal, end: int) -> int:
        """The first sequence that is in no snapshot of this journal as it is now; some may be of a lost future."""
        if self._copy is not None:
            return self._copy.head.next_seq
        ours = [head for head in heads(self._config.snapshots) if head.journal_id == journal.journal_id.bytes]
        return max((head.last_seq + 1 for head in ours if head.last_seq < end), default=1)


def run_keeper(config: Config) -> int:
    """Keep until the supervisor is gone."""
    log = get_log("keeper")
    os.nice(NICENESS)
    keeper = Keeper(config.journal, log)
    failures = 0
    while not is_orphaned():
        try:
            if config.journal.file.exists():
                keeper.look()
            failures = 0
        except (JournalError, OSError) as error:
            failures += 1
            if failures > 1:  # the first may be a house that starts for the first time, and has just made the file
                log.error("no snapshot could be written; orders are not affected", why=str(error))
        _pause(PAUSE_S if failures > 1 else LOOK_S)
    return 0


def _pause(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not is_orphaned():
        time.sleep(LOOK_S)

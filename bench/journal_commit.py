"""How fast a batch becomes durable: the journal's commit against a plain write and fdatasync of the same bytes.

Both take turns in one run on one disk, so that the ratio means something where the absolute figures do not.
Run: python bench/journal_commit.py [DIRECTORY]
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue

from kairos.adapters.group_commit import GroupCommit
from kairos.adapters.journal_sqlite import CHECKPOINT_BYTES, SqliteJournal
from kairos.ports import Batch

# A lone order with its messages, a burst of some twenty, and what gathers in a commit at full speed.
BODY_BYTES = (700, 16_000, 150_000)
ROUNDS = 400
CHECKPOINTS = 9


def main() -> None:
    parent = sys.argv[1] if len(sys.argv) > 1 else None
    print(f"{'body':>8} {'way':<12} {'commits/s':>10} {'p50 us':>8} {'p99 us':>8} {'ratio of p50':>13}")
    for body_bytes in BODY_BYTES:
        with tempfile.TemporaryDirectory(dir=parent) as directory:
            _compare(Path(directory), bytes(range(256)) * (body_bytes // 256 + 1), body_bytes)
    with tempfile.TemporaryDirectory(dir=parent) as directory:
        _time_checkpoint(Path(directory))


def _compare(directory: Path, pattern: bytes, body_bytes: int) -> None:
    body = pattern[:body_bytes]
    journal = SqliteJournal.open(directory / "direct.db")
    threaded = _Threaded(SqliteJournal.open(directory / "threaded.db"))
    descriptor = os.open(directory / "plain", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    ways: dict[str, Callable[[], None]] = {
        "fdatasync": lambda: _write_and_sync(descriptor, body),
        "append": lambda: journal.append(Batch(journal.next_seq(), 1, body)),
        "GroupCommit": lambda: threaded.commit_one(body),
    }
    taken_ns: dict[str, list[int]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            start = time.perf_counter_ns()
            way()
            taken_ns[name].append(time.perf_counter_ns() - start)
    os.close(descriptor)
    journal.close()
    threaded.close()
    base = _percentile(taken_ns["fdatasync"], 50)
    for name, taken in taken_ns.items():
        p50, p99 = _percentile(taken, 50), _percentile(taken, 99)
        rate = 1e9 * len(taken) / sum(taken)
        print(f"{body_bytes:>8} {name:<12} {rate:>10,.0f} {p50 / 1e3:>8,.0f} {p99 / 1e3:>8,.0f} {p50 / base:>13.2f}")


class _Threaded:
    """Commits through the commit thread and waits for its word, as the runtime does without waiting."""

    def __init__(self, journal: SqliteJournal) -> None:
        self._journal = journal
        self._told: SimpleQueue[int | Exception] = SimpleQueue()
        self._commit = GroupCommit(journal, self._told.put, self._told.put)

    def commit_one(self, body: bytes) -> None:
        self._commit.submit(Batch(self._journal.next_seq(), 1, body))
        told = self._told.get()
        if isinstance(told, Exception):
            raise told

    def close(self) -> None:
        self._commit.close()
        self._journal.close()


def _time_checkpoint(directory: Path) -> None:
    """The stall of a commit thread that is never idle: writing back a log of `CHECKPOINT_BYTES`."""
    journal = SqliteJournal.open(directory / "j.db")
    body = bytes(BODY_BYTES[-1])
    taken_ns: list[int] = []
    for _ in range(CHECKPOINTS):
        for _ in range(CHECKPOINT_BYTES // len(body)):
            journal.append(Batch(journal.next_seq(), 1, body))
        start = time.perf_counter_ns()
        journal.maintain(idle=True)
        taken_ns.append(time.perf_counter_ns() - start)
    print(f"checkpoint of {CHECKPOINT_BYTES >> 20} MiB: p50 {_percentile(taken_ns, 50) / 1e6:.1f} ms")
    journal.close()


def _write_and_sync(descriptor: int, body: bytes) -> None:
    os.write(descriptor, body)
    os.fdatasync(descriptor)


def _percentile(values: list[int], percent: int) -> int:
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]


if __name__ == "__main__":
    main()

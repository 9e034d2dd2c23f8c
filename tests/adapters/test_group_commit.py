"""The commit thread: in order, one at a time, and after a failure nothing more."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Queue

import pytest

from kairos.adapters.group_commit import GroupCommit
from kairos.adapters.journal_memory import MemoryJournal
from kairos.adapters.journal_sqlite import SqliteJournal
from kairos.adapters.journal_verify import verify
from kairos.model.errors import InvariantError
from kairos.ports import Batch, Journal, JournalHaltedError, JournalIOError

# No claim about speed: only so that a broken commit thread fails the test and does not hang it.
PATIENCE_S = 30.0


class Told:
    """What the commit thread told, in order."""

    def __init__(self, journal: Journal) -> None:
        self.news: Queue[int | Exception] = Queue()
        self.commit = GroupCommit(journal, self.news.put, self.news.put)

    def next(self) -> int | Exception:
        return self.news.get(timeout=PATIENCE_S)


class GatedJournal(MemoryJournal):
    """Appends only once the gate is opened, and tells of housekeeping."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = threading.Semaphore(0)
        self.maintained: Queue[bool] = Queue()

    def append(self, batch: Batch) -> None:
        assert self.gate.acquire(timeout=PATIENCE_S)
        super().append(batch)

    def maintain(self, idle: bool) -> None:
        self.maintained.put(idle)


def _batches(number: int) -> Iterator[Batch]:
    return (Batch(1 + 2 * index, 2, b"\x01%d" % index) for index in range(number))


def test_commits_in_order_and_tells_the_last_sequence_of_each(tmp_path: Path) -> None:
    journal = SqliteJournal.open(tmp_path / "j.db")
    told = Told(journal)
    for batch in _batches(30):
        told.commit.submit(batch)
        assert told.next() == batch.last_seq
        assert told.commit.idle
    told.commit.close()
    journal.close()
    assert verify(tmp_path / "j.db").last_seq == 60


def test_not_idle_while_a_batch_is_in_flight_and_a_second_is_an_invariant_broken() -> None:
    journal = GatedJournal()
    told = Told(journal)
    first, second = _batches(2)
    told.commit.submit(first)
    assert not told.commit.idle
    with pytest.raises(InvariantError, match="COMMIT_IN_FLIGHT first_seq=3"):
        told.commit.submit(second)
    journal.gate.release()
    assert told.next() == 2
    told.commit.submit(second)
    journal.gate.release()
    assert told.next() == 4
    told.commit.close()
    assert list(journal.read()) == [first, second]


def test_nothing_is_told_before_it_is_in_the_journal() -> None:
    journal = MemoryJournal()
    seen: Queue[int] = Queue()
    commit = GroupCommit(journal, lambda last_seq: seen.put(journal.next_seq() - last_seq), lambda error: None)
    for batch in _batches(3):
        commit.submit(batch)
        assert seen.get(timeout=PATIENCE_S) == 1
    commit.close()


def test_a_failure_is_told_once_and_nothing_is_taken_after() -> None:
    told = Told(MemoryJournal(fail_at=2))
    first, second, third = _batches(3)
    told.commit.submit(first)
    assert told.next() == 2
    told.commit.submit(second)
    assert isinstance(told.next(), JournalIOError)
    assert not told.commit.idle
    with pytest.raises(JournalHaltedError, match=r"halted by: .*append 2 failed"):
        told.commit.submit(third)
    told.commit.close()
    assert told.news.empty()


def test_a_callback_that_fails_halts_too() -> None:
    failures: Queue[Exception] = Queue()

    def broken(last_seq: int) -> None:
        raise RuntimeError(f"loop is gone at {last_seq}")

    commit = GroupCommit(MemoryJournal(), broken, failures.put)
    commit.submit(next(_batches(1)))
    assert "loop is gone at 2" in str(failures.get(timeout=PATIENCE_S))
    assert not commit.idle
    commit.close()


def test_closing_finishes_the_batch_in_flight() -> None:
    journal = GatedJournal()
    told = Told(journal)
    first, second = _batches(2)
    told.commit.submit(first)
    closing = threading.Thread(target=told.commit.close)
    closing.start()
    journal.gate.release()
    closing.join(PATIENCE_S)
    assert told.next() == 2
    assert list(journal.read()) == [first]
    told.commit.close()
    with pytest.raises(JournalHaltedError, match="was closed"):
        told.commit.submit(second)


def test_housekeeping_comes_after_the_news_of_a_commit_and_again_when_idle() -> None:
    journal = GatedJournal()
    journal.gate.release()
    told = Told(journal)
    told.commit.submit(next(_batches(1)))
    assert told.next() == 2
    seen = [journal.maintained.get(timeout=PATIENCE_S)]
    while seen[-1] is not True or False not in seen:
        seen.append(journal.maintained.get(timeout=PATIENCE_S))
    told.commit.close()
    assert len(journal.maintained.queue) == 0

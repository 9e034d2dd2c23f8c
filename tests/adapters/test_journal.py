"""What every journal promises, whatever stores it; and that the store of a file keeps its promises to the process."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kairos.adapters.journal_format import MAX_BODY_BYTES, refuse_unfit
from kairos.adapters.journal_memory import MemoryJournal
from kairos.adapters.journal_sqlite import CHECKPOINT_BYTES, SqliteJournal
from kairos.adapters.journal_sqlite_read import READ_AHEAD_BYTES
from kairos.adapters.journal_verify import verify
from kairos.ports import (
    Batch,
    BatchRefusedError,
    FencedError,
    Journal,
    JournalAccessError,
    JournalFormatError,
    JournalFullError,
    JournalHaltedError,
    JournalIOError,
    JournalLockedError,
)

THREE = [Batch(1, 2, b"\x01ab"), Batch(3, 1, b"\x01c"), Batch(4, 5, b"\x01defgh")]


@pytest.fixture(params=["memory", "sqlite"])
def new_journal(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Journal]:
    return MemoryJournal if request.param == "memory" else lambda: SqliteJournal.open(tmp_path / "j.db")


def test_reads_back_what_was_appended_and_counts_events(new_journal: Callable[[], Journal]) -> None:
    journal = new_journal()
    assert journal.next_seq() == 1
    for batch in THREE:
        journal.append(batch)
    assert list(journal.read()) == THREE
    assert journal.next_seq() == 9
    assert journal.size_bytes() >= sum(len(batch.body) for batch in THREE)
    journal.close()


@pytest.mark.parametrize(
    ("from_seq", "first"), [(-5, 0), (1, 0), (2, 0), (3, 1), (4, 2), (6, 2), (8, 2), (9, 3), (1000, 3)]
)
def test_reading_starts_at_the_batch_that_contains_the_sequence(
    new_journal: Callable[[], Journal], from_seq: int, first: int
) -> None:
    journal = new_journal()
    for batch in THREE:
        journal.append(batch)
    assert list(journal.read(from_seq)) == THREE[first:]
    journal.close()


@pytest.mark.parametrize("bad", [Batch(1, 1, b"x"), Batch(4, 1, b"x"), Batch(3, 0, b"x"), Batch(3, 1, b"")])
def test_a_batch_that_does_not_continue_the_journal_is_refused_and_costs_nothing(
    new_journal: Callable[[], Journal], bad: Batch
) -> None:
    journal = new_journal()
    journal.append(THREE[0])
    with pytest.raises(BatchRefusedError, match="nothing was written"):
        journal.append(bad)
    journal.append(THREE[1])
    assert list(journal.read()) == THREE[:2]
    journal.close()


def test_a_body_over_the_bound_is_refused() -> None:
    body = bytes(MAX_BODY_BYTES + 1)
    with pytest.raises(BatchRefusedError, match=str(MAX_BODY_BYTES)):
        refuse_unfit("j", Batch(1, 1, body), 1)


def test_a_closed_journal_takes_nothing(new_journal: Callable[[], Journal]) -> None:
    journal = new_journal()
    journal.close()
    journal.close()
    with pytest.raises(JournalHaltedError, match="was closed"):
        journal.append(THREE[0])


def test_memory_fails_when_told_to_and_takes_nothing_after() -> None:
    journal = MemoryJournal(fail_at=2)
    journal.append(THREE[0])
    with pytest.raises(JournalIOError):
        journal.append(THREE[1])
    with pytest.raises(JournalHaltedError):
        journal.append(THREE[1])
    assert list(journal.read()) == THREE[:1]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 1000), st.binary(min_size=1, max_size=9000)), max_size=12), st.data())
def test_any_batches_read_back_equal_over_any_reopening(shapes: list[tuple[int, bytes]], data: st.DataObject) -> None:
    with TemporaryDirectory() as directory:
        path = Path(directory) / "j.db"
        journal = SqliteJournal.open(path, synchronous="OFF")
        batches: list[Batch] = []
        for count, body in shapes:
            batches.append(Batch(journal.next_seq(), count, body))
            journal.append(batches[-1])
            if data.draw(st.booleans()):
                journal.close()
                journal = SqliteJournal.open(path, synchronous="OFF")
        from_seq = data.draw(st.integers(1, journal.next_seq()))
        assert list(journal.read()) == batches
        assert list(journal.read(from_seq)) == [batch for batch in batches if batch.last_seq >= from_seq]
        journal.close()
        report = verify(path)
        assert (report.ok, report.batches, report.events) == (True, len(batches), sum(batch.count for batch in batches))


def test_reading_in_pieces_loses_nothing_at_their_edges(tmp_path: Path) -> None:
    journal = SqliteJournal.open(tmp_path / "j.db", synchronous="OFF")
    batches = [Batch(seq, 1, bytes([seq]) * (READ_AHEAD_BYTES // 2)) for seq in range(1, 8)]
    for batch in batches:
        journal.append(batch)
    assert list(journal.read()) == batches
    journal.close()


def test_a_second_writer_is_told_who_holds_the_journal(tmp_path: Path) -> None:
    first = SqliteJournal.open(tmp_path / "j.db")
    with pytest.raises(JournalLockedError, match=r"j\.db: is open for writing by process \d+ on .*; stop that engine"):
        SqliteJournal.open(tmp_path / "j.db")
    first.append(THREE[0])
    first.close()
    SqliteJournal.open(tmp_path / "j.db").close()


def test_each_opening_for_writing_raises_the_epoch_and_keeps_the_id(tmp_path: Path) -> None:
    opened = []
    for _ in range(3):
        journal = SqliteJournal.open(tmp_path / "j.db")
        opened.append((journal.journal_id, journal.epoch))
        journal.close()
    assert [epoch for _, epoch in opened] == [1, 2, 3]
    assert len({journal_id for journal_id, _ in opened}) == 1


def test_a_fenced_writer_writes_nothing_more_not_even_at_closing(tmp_path: Path) -> None:
    journal = SqliteJournal.open(tmp_path / "j.db")
    journal.append(THREE[0])
    _change(tmp_path / "j.db", "UPDATE meta SET value = value + 1 WHERE key = 'epoch'")
    noted = _ask(tmp_path / "j.db", "SELECT value FROM meta WHERE key = 'head'")
    with pytest.raises(FencedError, match="epoch 1"):
        journal.append(THREE[1])
    with pytest.raises(JournalHaltedError):
        journal.append(THREE[1])
    journal.close()
    assert list(SqliteJournal.open(tmp_path / "j.db", read_only=True).read()) == THREE[:1]
    assert _ask(tmp_path / "j.db", "SELECT value FROM meta WHERE key = 'head'") == noted


def test_a_reader_sees_each_batch_as_soon_as_it_is_durable_and_can_not_write(tmp_path: Path) -> None:
    writer = SqliteJournal.open(tmp_path / "j.db")
    reader = SqliteJournal.open(tmp_path / "j.db", read_only=True)
    reading = reader.read()
    writer.append(THREE[0])
    assert next(reading) == THREE[0]
    writer.append(THREE[1])
    writer.maintain(idle=True)
    assert next(reading) == THREE[1]
    assert reader.next_seq() == 4
    with pytest.raises(JournalHaltedError, match="for reading only"):
        reader.append(THREE[2])
    reader.close()
    writer.append(THREE[2])
    writer.close()


@pytest.mark.parametrize("idle", [False, True])
def test_housekeeping_writes_the_log_back_also_beside_an_open_reading(tmp_path: Path, idle: bool) -> None:
    """Shown by a copy of the file without its log."""
    journal = SqliteJournal.open(tmp_path / "j.db")
    size = 1000 if idle else CHECKPOINT_BYTES // 2
    journal.append(Batch(1, 1, bytes(size)))
    reading = journal.read()
    assert next(reading).first_seq == 1
    journal.append(Batch(2, 1, bytes(size)))
    journal.maintain(idle)
    shutil.copy(tmp_path / "j.db", tmp_path / "copy.db")
    assert verify(tmp_path / "copy.db").last_seq == 2
    assert next(reading).first_seq == 2
    journal.close()


def test_a_short_log_is_left_alone_while_batches_wait(tmp_path: Path) -> None:
    journal = SqliteJournal.open(tmp_path / "j.db")
    before = (tmp_path / "j.db").read_bytes()
    journal.append(THREE[0])
    journal.maintain(idle=False)
    assert (tmp_path / "j.db").read_bytes() == before
    journal.close()


def test_a_full_disk_is_told_and_leaves_the_journal_as_it_was(tmp_path: Path) -> None:
    journal = SqliteJournal.open(tmp_path / "j.db")
    journal.append(THREE[0])
    assert journal._writer is not None
    journal._writer.execute("PRAGMA max_page_count = 10")
    with pytest.raises(JournalFullError, match=r"append failed at sequence 3 .*; free space"):
        journal.append(Batch(3, 1, bytes(100_000)))
    with pytest.raises(JournalHaltedError):
        journal.append(THREE[1])
    assert verify(tmp_path / "j.db").last_seq == 2
    journal.close()
    journal = SqliteJournal.open(tmp_path / "j.db")
    journal.append(THREE[1])
    assert list(journal.read()) == THREE[:2]
    journal.close()


def test_a_lock_held_by_another_program_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kairos.adapters.journal_sqlite_file.BUSY_TIMEOUT_S", 0.0)
    journal = SqliteJournal.open(tmp_path / "j.db")
    other = sqlite3.connect(tmp_path / "j.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(JournalLockedError, match=r"append failed at sequence 1 .*; end whatever else writes"):
        journal.append(THREE[0])
    other.close()
    journal.close()
    assert verify(tmp_path / "j.db").events == 0


def test_a_file_that_is_no_journal_is_refused_and_left_alone(tmp_path: Path) -> None:
    text, database = tmp_path / "notes.txt", tmp_path / "other.db"
    text.write_bytes(b"buy low, sell high\n" * 100)
    _change(database, "CREATE TABLE t (x)")
    for path in (text, database):
        before = path.read_bytes()
        for read_only in (False, True):
            with pytest.raises(JournalFormatError, match=rf"{path.name}: is no journal.*move this file away"):
                SqliteJournal.open(path, read_only=read_only)
        assert path.read_bytes() == before


def test_a_newer_format_is_refused_with_both_versions(tmp_path: Path) -> None:
    SqliteJournal.open(tmp_path / "j.db").close()
    _change(tmp_path / "j.db", "UPDATE meta SET value = 2 WHERE key = 'format'")
    for read_only in (False, True):
        with pytest.raises(JournalFormatError, match="format 2, this version of Kairos reads 1 to 1"):
            SqliteJournal.open(tmp_path / "j.db", read_only=read_only)


def test_a_missing_file_or_directory_is_told(tmp_path: Path) -> None:
    with pytest.raises(JournalAccessError, match=r"j\.db: .*check its path"):
        SqliteJournal.open(tmp_path / "j.db", read_only=True)
    with pytest.raises(JournalAccessError, match="create the directory"):
        SqliteJournal.open(tmp_path / "nowhere" / "j.db")
    assert list(tmp_path.iterdir()) == []


def test_a_refused_opening_lets_the_next_writer_in(tmp_path: Path) -> None:
    (tmp_path / "j.db").write_bytes(b"no journal" * 100)
    with pytest.raises(JournalFormatError):
        SqliteJournal.open(tmp_path / "j.db")
    (tmp_path / "j.db").unlink()
    SqliteJournal.open(tmp_path / "j.db").close()


def _change(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(statement)
    connection.close()


def _ask(path: Path, query: str) -> tuple[object, ...]:
    connection = sqlite3.connect(path)
    answer: tuple[object, ...] = connection.execute(query).fetchone()
    connection.close()
    return answer

"""Archived batches stay one chain with the live ones, are found when they are altered, and cost the journal nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kairos.adapters import journal_archive, journal_archive_file, journal_archiver, journal_trim
from kairos.adapters.journal_archive import archive_paths, whole_rows
from kairos.adapters.journal_archive_file import ArchiveFile
from kairos.adapters.journal_archiver import archive
from kairos.adapters.journal_sqlite import SqliteJournal
from kairos.adapters.journal_verify import verify
from kairos.ports import Batch, JournalAccessError, JournalDamaged, JournalError, JournalFormatError

BATCHES = 60
EVENTS_A_BATCH = 3
NO_LIMIT = 2**62


def body_of(index: int) -> bytes:
    return b"\x01<batch %d>" % index + bytes((index * 7 + at) % 251 for at in range(300 + index))


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several chunks a file, several files, several transactions: with 60 small batches."""
    monkeypatch.setattr(journal_archive_file, "CHUNK_BYTES", 2_000)
    monkeypatch.setattr(journal_archiver, "MAX_FILE_BYTES", 6_000)
    monkeypatch.setattr(journal_trim, "PIECE_BATCHES", 7)


@pytest.fixture
def journal(tmp_path: Path, small_pieces: None) -> Path:
    """Sixty batches of three events; batch i was written at second i."""
    path = tmp_path / "j.db"
    times = iter(range(10**9))
    writer = SqliteJournal.open(path, synchronous="OFF", clock_ns=lambda: next(times))
    for index in range(BATCHES):
        writer.append(Batch(writer.next_seq(), EVENTS_A_BATCH, body_of(index)))
    writer.close()
    return path


def trim(path: Path) -> int:
    writer = SqliteJournal.open(path)
    try:
        return writer.trim()
    finally:
        writer.close()


def bodies(path: Path, from_seq: int = 1) -> list[bytes]:
    reader = SqliteJournal.open(path, read_only=True)
    return [batch.body for batch in reader.read(from_seq)]


def test_archive_and_live_file_are_read_and_verified_as_one_chain(journal: Path) -> None:
    before = verify(journal)
    done = archive(journal, NO_LIMIT, 120)
    assert (done.batches, done.events, len(done.files) > 2) == (40, 120, True)
    assert verify(journal) == before, "archived batches are still in the live file"
    assert trim(journal) == 40
    assert verify(journal) == before
    assert bodies(journal) == [body_of(index) for index in range(BATCHES)]
    assert bodies(journal, 62) == [body_of(index) for index in range(20, BATCHES)]
    assert bodies(journal, 170) == [body_of(index) for index in range(56, BATCHES)]


def test_the_engine_goes_on_after_a_trim_as_before(journal: Path) -> None:
    archive(journal, NO_LIMIT, 150)
    writer = SqliteJournal.open(journal)
    assert writer.trim() == 50
    writer.append(Batch(181, 1, b"\x01more"))
    assert [batch.first_seq for batch in writer.read(179)] == [178, 181]
    writer.close()
    assert verify(journal).last_seq == 181


def test_only_what_is_old_enough_covered_and_not_the_last_is_archived(journal: Path) -> None:
    written = [row.written_at_ns for row in whole_rows(journal)]
    assert archive(journal, written[10], NO_LIMIT).events == 30
    assert archive(journal, NO_LIMIT, 46).events == 15, "a batch that reaches over the bound stays"
    assert archive(journal, NO_LIMIT, 46).files == []
    assert archive(journal, NO_LIMIT, NO_LIMIT).events == 177 - 45, "the last batch stays"
    assert trim(journal) == 59
    assert trim(journal) == 0
    assert verify(journal).events == 180


def test_a_run_that_was_killed_leaves_nothing_that_counts(journal: Path) -> None:
    folder = journal_archive.archive_folder(journal)
    folder.mkdir()
    (folder / "1.partial").write_bytes(b"half")
    assert archive(journal, NO_LIMIT, 30).events == 30
    assert [path.suffix for path in sorted(folder.iterdir()) if path.suffix != ".lock"] == [".kja"] * len(
        archive_paths(journal)
    )


def test_what_fails_while_writing_leaves_no_file_and_the_live_file_whole(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(JournalError, match=r"archiving failed at sequence 1 .*free space"):
        archive(journal, NO_LIMIT, 100)
    assert archive_paths(journal) == []
    assert verify(journal).ok


def test_a_batch_is_let_go_only_if_the_archive_ends_with_it(journal: Path) -> None:
    archive(journal, NO_LIMIT, 120)
    last = archive_paths(journal)[-1]
    shutil.move(last, last.with_name(last.name.replace("120", "119")))
    with pytest.raises(JournalDamaged, match="not the one that its name says"):
        trim(journal)
    assert len(bodies(journal)) == BATCHES


def test_archive_files_that_were_taken_away_are_named_and_what_follows_is_read(journal: Path) -> None:
    archive(journal, NO_LIMIT, 120)
    trim(journal)
    first = archive_paths(journal)[0]
    span = ArchiveFile(first).last_seq
    first.unlink()
    report = verify(journal)
    assert (report.ok, report.first_seq, report.last_seq) == (True, span + 1, 180)
    with pytest.raises(JournalAccessError, match=r"sequences 1 to 120 were archived.*bring the archive files back"):
        bodies(journal)
    for path in archive_paths(journal):
        path.unlink()
    report = verify(journal)
    assert (report.ok, report.first_seq, report.last_seq) == (True, 121, 180)


def test_a_gap_between_archive_files_is_damage_at_its_first_sequence(journal: Path) -> None:
    archive(journal, NO_LIMIT, 120)
    trim(journal)
    missing = ArchiveFile(archive_paths(journal)[1])
    missing.path.unlink()
    report = verify(journal)
    assert (report.ok, report.at_first_seq) == (False, missing.first_seq)
    assert "no archive file holds it or what follows to 120" in str(report.problem)


def test_an_archive_of_another_journal_is_not_taken(journal: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    writer = SqliteJournal.open(other, synchronous="OFF")
    for index in range(BATCHES):
        writer.append(Batch(writer.next_seq(), EVENTS_A_BATCH, body_of(index)))
    writer.close()
    archive(other, NO_LIMIT, 120)
    shutil.move(journal_archive.archive_folder(other), journal_archive.archive_folder(journal))
    with pytest.raises(JournalDamaged, match="is of journal"):
        trim(journal)


def test_a_file_that_is_no_archive_is_an_error_with_its_name(journal: Path) -> None:
    archive(journal, NO_LIMIT, 120)
    trim(journal)
    (journal_archive.archive_folder(journal) / "notes.kja").write_text("?")
    with pytest.raises(JournalFormatError, match=r"notes\.kja"):
        bodies(journal)


def test_every_byte_of_an_archive_file_counts(journal: Path) -> None:
    """Whatever byte is altered, `verify` finds it, at a sequence of the part that holds it or of the file's ends."""
    archive(journal, NO_LIMIT, 30)
    trim(journal)
    path = archive_paths(journal)[0]
    whole = path.read_bytes()
    last_seq = ArchiveFile(path).last_seq
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes((whole[at] ^ 0x10,)) + whole[at + 1 :])
        found = _first_damage(path, last_seq)
        assert found is not None and 1 <= found <= last_seq, f"byte {at}"
    path.write_bytes(whole)
    assert _first_damage(path, last_seq) is None


def _first_damage(path: Path, last_seq: int) -> int | None:
    try:
        rows = list(ArchiveFile(path).rows())
    except JournalDamaged as damage:
        return damage.first_seq
    except JournalFormatError:
        return 1
    return None if rows[-1].next_seq == last_seq + 1 else 1


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_cut_or_overwritten_archive_is_found_in_the_file_where_it_is(journal: Path, data: st.DataObject) -> None:
    if not archive_paths(journal):
        archive(journal, NO_LIMIT, 120)
        trim(journal)
    path = data.draw(st.sampled_from(archive_paths(journal)))
    whole = path.read_bytes()
    file = ArchiveFile(path)
    at = data.draw(st.integers(0, len(whole) - 1))
    alterations: list[Callable[[], bytes]] = [
        lambda: whole[:at],
        lambda: whole[:at] + bytes(len(whole) - at),
        lambda: whole + b"x",
    ]
    altered = data.draw(st.sampled_from(alterations))()
    path.write_bytes(altered)
    try:
        if altered == whole:
            return
        damage = _damage_of_verify(journal)
        assert damage is None or file.first_seq <= damage <= file.last_seq
    finally:
        path.write_bytes(whole)


def _damage_of_verify(path: Path) -> int | None:
    """None where the file is not recognised as an archive at all, which is told by its name."""
    try:
        report = verify(path)
    except JournalFormatError:
        return None
    assert not report.ok
    return report.at_first_seq


def test_an_archive_of_another_continuation_of_the_journal_is_not_added_to(journal: Path, tmp_path: Path) -> None:
    """As when an old backup went on by itself, and the archive is of what came after it."""
    fork = tmp_path / "fork" / "j.db"
    fork.parent.mkdir()
    shutil.copy(journal, fork)
    for path, body in ((journal, b"\x01ours"), (fork, b"\x01theirs")):
        writer = SqliteJournal.open(path)
        for _ in range(3):
            writer.append(Batch(writer.next_seq(), 1, body))
        writer.close()
    archive(fork, NO_LIMIT, 181)
    shutil.move(journal_archive.archive_folder(fork), journal_archive.archive_folder(journal))
    with pytest.raises(JournalDamaged, match="does not continue the last archived batch"):
        archive(journal, NO_LIMIT, NO_LIMIT)
    with pytest.raises(JournalDamaged, match="the archive does not end with a batch of this journal"):
        trim(journal)
    assert verify(journal).ok

"""After a crash the write-ahead log must hold all that was committed: a cut or altered one is never passed over."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import kairos
from kairos.adapters.journal_sqlite import SqliteJournal
from kairos.adapters.journal_sqlite_log import cut_note
from kairos.adapters.journal_verify import verify
from kairos.ports import Batch, JournalDamaged

BATCHES = 12
EVENTS_A_BATCH = 3
LAST_SEQ = BATCHES * EVENTS_A_BATCH

_CHILD = f"""
import os, signal, sys
from kairos.adapters.journal_sqlite import SqliteJournal
from kairos.ports import Batch

journal = SqliteJournal.open(sys.argv[1])
for index in range({BATCHES}):
    if index == int(sys.argv[2]):
        journal._log_bytes = 1
        journal.maintain(idle=True)
    journal.append(Batch(journal.next_seq(), {EVENTS_A_BATCH}, b"<batch %d>" % index * 700))
os.kill(os.getpid(), signal.SIGKILL)
"""


def crashed(folder: Path, written_back_before: int = 0) -> Path:
    """A journal whose writer was killed; what came before that batch had been written back."""
    path = folder / "j.db"
    environment = {**os.environ, "PYTHONPATH": str(Path(kairos.__file__).parents[1])}
    subprocess.run([sys.executable, "-c", _CHILD, str(path), str(written_back_before)], env=environment, check=False)
    return path


def log_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return crashed(tmp_path_factory.mktemp("kept")).parent


@pytest.fixture
def journal(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(kept, tmp_path / "crashed")) / "j.db"


def test_a_whole_log_is_taken_with_all_that_was_committed(journal: Path) -> None:
    assert verify(journal).last_seq == LAST_SEQ
    writer = SqliteJournal.open(journal)
    assert writer.next_seq() == LAST_SEQ + 1
    writer.append(Batch(writer.next_seq(), 1, b"\x01"))
    writer.close()
    assert verify(journal).last_seq == LAST_SEQ + 1


@pytest.mark.parametrize("tenths", range(10))
def test_a_cut_log_is_damage_where_it_ends_and_stays_so(journal: Path, tenths: int) -> None:
    log = log_of(journal)
    log.write_bytes(log.read_bytes()[: log.stat().st_size * tenths // 10])
    before = log.read_bytes()
    found = _refused(journal)
    assert found <= LAST_SEQ - EVENTS_A_BATCH + 1
    assert log.read_bytes() == before, "what is left is evidence"
    report = verify(journal)
    assert (report.ok, report.at_first_seq) == (False, found)
    assert _refused(journal) == found


def _refused(path: Path) -> int:
    with pytest.raises(JournalDamaged, match="was cut, altered or deleted") as caught:
        SqliteJournal.open(path)
    return caught.value.first_seq


def test_a_flipped_byte_in_the_log_is_damage_at_its_batch(journal: Path, kept: Path) -> None:
    log = log_of(journal)
    whole = log.read_bytes()
    for index in range(BATCHES):
        at = whole.index(b"<batch %d>" % index)
        log.write_bytes(whole[:at] + bytes((whole[at] ^ 1,)) + whole[at + 1 :])
        assert _refused(journal) == index * EVENTS_A_BATCH + 1
        cut_note(journal).unlink()
        for name in ("j.db", "j.db-shm"):
            shutil.copy(kept / name, journal.with_name(name))
    log.write_bytes(whole)
    assert verify(journal).ok


def test_the_last_batch_is_missed_too(journal: Path) -> None:
    log = log_of(journal)
    log.write_bytes(log.read_bytes()[:-1])
    assert _refused(journal) == LAST_SEQ - EVENTS_A_BATCH + 1


def test_who_accepts_the_loss_removes_the_note(journal: Path) -> None:
    log_of(journal).write_bytes(log_of(journal).read_bytes()[:-5000])
    end = _refused(journal)
    cut_note(journal).unlink()
    writer = SqliteJournal.open(journal)
    assert writer.next_seq() == end
    writer.close()


def test_a_log_that_was_deleted_is_missed(journal: Path) -> None:
    log_of(journal).unlink()
    assert not verify(journal).ok
    _refused(journal)


def test_a_log_is_not_missed_that_was_written_back(tmp_path: Path) -> None:
    path = crashed(tmp_path, written_back_before=BATCHES - 1)
    assert verify(path).last_seq == LAST_SEQ
    writer = SqliteJournal.open(path)
    writer.append(Batch(LAST_SEQ + 1, 1, b"\x01"))
    writer.close()
    assert verify(path).last_seq == LAST_SEQ + 1


def test_a_commit_that_was_not_finished_is_no_damage(journal: Path) -> None:
    """What a crash in mid-commit leaves behind the last committed page: half a page, or one that was never whole."""
    log = log_of(journal)
    whole = log.read_bytes()
    frame = whole[32 : 32 + 24 + 4096]
    for behind in (b"\0" * 100, frame, frame[:24] + b"?" * 4096, frame * 3):
        log.write_bytes(whole + behind)
        assert verify(journal).last_seq == LAST_SEQ


def test_beside_a_writer_at_work_nothing_is_missed(tmp_path: Path) -> None:
    path = tmp_path / "j.db"
    writer = SqliteJournal.open(path)
    for index in range(30):
        writer.append(Batch(writer.next_seq(), 1, b"\x01" * 5000))
        writer.maintain(idle=index % 4 == 0)
        assert verify(path).last_seq == index + 1
    writer.close()
    assert verify(path).last_seq == 30


def test_after_a_restart_of_the_machine_the_index_proves_nothing(journal: Path) -> None:
    """With `synchronous = NORMAL` a power loss may take the end of the log, and leave its index as it was."""
    log_of(journal).write_bytes(log_of(journal).read_bytes()[:-5000])
    os.utime(journal.with_name("j.db-shm"), (1, 1))
    assert verify(journal).ok

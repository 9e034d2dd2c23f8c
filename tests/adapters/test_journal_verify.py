"""Damage of every kind is found, and found where it is."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from kairos.adapters.journal_format import Chain, genesis_hash, seal
from kairos.adapters.journal_sqlite import SqliteJournal
from kairos.adapters.journal_verify import VerifyReport, verify
from kairos.ports import Batch, JournalDamaged, JournalFormatError

EVENTS_A_BATCH = 5
BATCHES = 40


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A closed journal of 40 batches of 5 events, each with its number spelled out in its body."""
    path = tmp_path / "j.db"
    writer = SqliteJournal.open(path, synchronous="OFF", clock_ns=lambda: 7)
    for index in range(BATCHES):
        writer.append(Batch(1 + index * EVENTS_A_BATCH, EVENTS_A_BATCH, _body(index)))
    writer.close()
    return path


def _body(index: int) -> bytes:
    return b"\x01<batch %d>" % index + bytes(2000 + index)


def _change(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def _damage(path: Path) -> tuple[bool, int, int | None]:
    report = verify(path)
    return report.ok, report.last_seq, report.at_first_seq


def test_an_intact_journal_passes_with_its_figures(journal: Path) -> None:
    report = verify(journal)
    assert report == VerifyReport(True, 40, 200, 1, 200, report.last_hash)
    assert len(bytes.fromhex(report.last_hash)) == 32


def test_an_empty_journal_passes(tmp_path: Path) -> None:
    SqliteJournal.open(tmp_path / "j.db").close()
    report = verify(tmp_path / "j.db")
    assert (report.ok, report.batches, report.events, report.first_seq, report.last_seq) == (True, 0, 0, 1, 0)


def test_verifies_beside_a_writer_and_on_a_copy_without_changing_a_byte(journal: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    shutil.copy(journal, copy)
    before = copy.read_bytes()
    writer = SqliteJournal.open(journal)
    writer.append(Batch(201, 1, b"\x01"))
    assert verify(journal).last_seq == 201
    assert verify(copy).last_seq == 200
    assert copy.read_bytes() == before
    writer.close()


@pytest.mark.parametrize("index", [0, 1, 17, 39])
def test_one_flipped_byte_is_found_in_its_batch(journal: Path, index: int) -> None:
    content = bytearray(journal.read_bytes())
    content[content.index(b"<batch %d>" % index)] ^= 0x01
    journal.write_bytes(content)
    first_seq = 1 + index * EVENTS_A_BATCH
    assert _damage(journal) == (False, first_seq - 1, first_seq)


@pytest.mark.parametrize(
    "change",
    [
        "epoch = 9",
        "count = 6",
        "written_at_ns = 8",
        "crc32 = 1",
        "prev_hash = hash",
        "hash = prev_hash",
        "body = 'text'",
    ],
)
def test_any_altered_column_is_found(journal: Path, change: str) -> None:
    _change(journal, f"UPDATE batch SET {change} WHERE first_seq = 96")
    assert _damage(journal) == (False, 95, 96)


@pytest.mark.parametrize("index", [0, 20, 38, 39])
def test_a_removed_batch_is_found_even_the_last(journal: Path, index: int) -> None:
    first_seq = 1 + index * EVENTS_A_BATCH
    _change(journal, f"DELETE FROM batch WHERE first_seq = {first_seq}")
    assert _damage(journal) == (False, first_seq - 1, first_seq)
    assert "missing" in str(verify(journal).problem)


def test_swapped_batches_are_found_at_the_first(journal: Path) -> None:
    _change(
        journal,
        "UPDATE batch SET first_seq = -1 WHERE first_seq = 51",
        "UPDATE batch SET first_seq = 51 WHERE first_seq = 101",
        "UPDATE batch SET first_seq = 101 WHERE first_seq = -1",
    )
    assert _damage(journal) == (False, 50, 51)


@pytest.mark.parametrize("extra_seq", [-4, 0, 53])
def test_an_added_batch_is_found(journal: Path, extra_seq: int) -> None:
    columns = "epoch, count, written_at_ns, body, crc32, prev_hash, hash"
    _change(journal, f"INSERT INTO batch SELECT {extra_seq}, {columns} FROM batch WHERE first_seq = 51")
    report = verify(journal)
    assert (report.ok, report.at_first_seq) == (False, 1 if extra_seq < 1 else 56)


def test_a_batch_altered_together_with_its_hash_is_found_at_its_successor(journal: Path) -> None:
    _reseal(journal, 51)
    assert _damage(journal) == (False, 55, 56)


def test_the_last_batch_altered_together_with_its_hash_is_found_by_the_noted_head(journal: Path) -> None:
    _reseal(journal, 196)
    assert _damage(journal) == (False, 200, 201)


def test_batches_of_another_journal_are_found_at_the_first(journal: Path) -> None:
    _change(journal, "UPDATE meta SET value = '00000000-0000-4000-8000-000000000000' WHERE key = 'journal_id'")
    assert _damage(journal) == (False, 0, 1)


@pytest.mark.parametrize("kept_tenths", [3, 7, 9])
def test_a_truncated_file_is_read_as_far_as_it_goes(journal: Path, kept_tenths: int) -> None:
    content = journal.read_bytes()[: journal.stat().st_size * kept_tenths // 10]
    journal.write_bytes(content)
    whole = sum(b"<batch %d>" % index in content for index in range(BATCHES))
    ok, last_seq, at_first_seq = _damage(journal)
    assert not ok
    assert at_first_seq == last_seq + 1
    assert (whole - 2) * EVENTS_A_BATCH <= last_seq <= whole * EVENTS_A_BATCH
    with pytest.raises(JournalDamaged):
        SqliteJournal.open(journal)


def test_a_file_that_is_no_journal_is_an_error_and_not_a_report(tmp_path: Path) -> None:
    (tmp_path / "j.db").write_bytes(b"no journal" * 100)
    with pytest.raises(JournalFormatError):
        verify(tmp_path / "j.db")


@pytest.mark.parametrize(
    "statement", ["DELETE FROM meta WHERE key = 'head'", "UPDATE meta SET value = 'x' WHERE key = 'epoch'"]
)
def test_altered_meta_is_damage(journal: Path, statement: str) -> None:
    _change(journal, statement)
    assert _damage(journal) == (False, 0, 1)


def test_reading_stops_before_a_damaged_batch_and_names_it(journal: Path) -> None:
    _change(journal, "UPDATE batch SET body = x'00' WHERE first_seq = 51")
    reading = SqliteJournal.open(journal, read_only=True).read(44)
    assert [next(reading).first_seq, next(reading).first_seq] == [41, 46]
    with pytest.raises(JournalDamaged, match=r"batch at sequence 51: its bytes do not match their CRC; keep this file"):
        next(reading)


def test_a_writer_does_not_go_on_after_a_damaged_end(journal: Path) -> None:
    _change(journal, "UPDATE batch SET body = x'00' WHERE first_seq = 196")
    with pytest.raises(JournalDamaged, match="sequence 196"):
        SqliteJournal.open(journal)


def test_no_altered_byte_of_a_row_passes_the_chain() -> None:
    """Bit by bit: the body, the hash and the hash before."""
    genesis = genesis_hash(b"id")
    row = seal(Batch(1, 2, b"\x01body"), 3, 4, genesis)
    Chain("j", 1, genesis).follow(row)
    altered = [row._replace(body=body) for body in _each_bit_flipped(row.body)]
    altered += [row._replace(prev_hash=prev_hash) for prev_hash in _each_bit_flipped(row.prev_hash)]
    altered += [row._replace(hash=digest) for digest in _each_bit_flipped(row.hash)]
    assert len(altered) == 8 * (5 + 32 + 32)
    for damaged in altered:
        with pytest.raises(JournalDamaged):
            Chain("j", 1, genesis).follow(damaged)


def _each_bit_flipped(value: bytes) -> Iterator[bytes]:
    for bit in range(len(value) * 8):
        flipped = bytearray(value)
        flipped[bit // 8] ^= 1 << bit % 8
        yield bytes(flipped)


def _reseal(path: Path, first_seq: int) -> None:
    """Alter a batch as somebody would who knows the format."""
    connection = sqlite3.connect(path)
    prev_hash = connection.execute("SELECT prev_hash FROM batch WHERE first_seq = ?", (first_seq,)).fetchone()[0]
    row = seal(Batch(first_seq, EVENTS_A_BATCH, b"\x01forged"), 1, 7, prev_hash)
    connection.execute("REPLACE INTO batch VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    connection.commit()
    connection.close()

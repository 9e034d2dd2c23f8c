"""Whatever byte of a stored journal is altered: it is found, in its batch, or it changed nothing that is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kairos.adapters.journal_archive import whole_rows
from kairos.adapters.journal_format import Row
from kairos.adapters.journal_sqlite import SqliteJournal
from kairos.adapters.journal_verify import verify
from kairos.ports import Batch, JournalError

BATCHES = 30
EVENTS_A_BATCH = 4
LONG = 17  # of this batch's body most lies on pages of its own

relaxed = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def body_of(index: int) -> bytes:
    marked = b"\x01<batch %04d>" % index + bytes((index * 31 + at * 7) % 256 for at in range(900))
    return marked + (bytes(20_000) if index == LONG else b"")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, list[Row]]:
    """The bytes of a closed journal, and what is in it."""
    path = tmp_path_factory.mktemp("written") / "j.db"
    writer = SqliteJournal.open(path, synchronous="OFF", clock_ns=lambda: 7)
    for index in range(BATCHES):
        writer.append(Batch(writer.next_seq(), EVENTS_A_BATCH, body_of(index)))
    writer.close()
    return path.read_bytes(), list(whole_rows(path))


def altered(content: bytes, at: int, bit: int) -> bytes:
    return content[:at] + bytes((content[at] ^ 1 << bit,)) + content[at + 1 :]


@relaxed
@given(index=st.integers(0, BATCHES - 1), offset=st.integers(0, 899), bit=st.integers(0, 7))
def test_a_flipped_bit_of_a_batch_is_found_in_exactly_that_batch(
    written: tuple[bytes, list[Row]], tmp_path: Path, index: int, offset: int, bit: int
) -> None:
    content, _ = written
    path = tmp_path / "j.db"
    path.write_bytes(altered(content, content.index(b"<batch %04d>" % index) + offset, bit))
    report = verify(path)
    first_seq = 1 + index * EVENTS_A_BATCH
    assert (report.ok, report.at_first_seq, report.last_seq) == (False, first_seq, first_seq - 1)


@relaxed
@given(place=st.integers(0, 2**31), bit=st.integers(0, 7))
def test_no_byte_of_the_file_changes_what_is_read_without_being_found(
    written: tuple[bytes, list[Row]], tmp_path: Path, place: int, bit: int
) -> None:
    content, rows = written
    path = tmp_path / "j.db"
    path.write_bytes(altered(content, place % len(content), bit))
    try:
        report = verify(path)
        if report.ok:
            assert list(whole_rows(path)) == rows
    except JournalError as error:
        assert str(path) in str(error)


@relaxed
@given(place=st.integers(0, 2**31), length=st.integers(1, 9000), filler=st.sampled_from([b"\0", b"\xff", b"\x0d"]))
def test_no_torn_stretch_of_the_file_changes_what_is_read_without_being_found(
    written: tuple[bytes, list[Row]], tmp_path: Path, place: int, length: int, filler: bytes
) -> None:
    """As after a write of which only some sectors arrived."""
    content, rows = written
    path = tmp_path / "j.db"
    at = place % len(content)
    length = min(length, len(content) - at)
    path.write_bytes(content[:at] + filler * length + content[at + length :])
    try:
        report = verify(path)
        if report.ok:
            assert list(whole_rows(path)) == rows
    except JournalError as error:
        assert str(path) in str(error)


@relaxed
@given(place=st.integers(0, 2**31), bit=st.integers(0, 7))
def test_an_engine_never_starts_on_a_journal_whose_end_was_altered(
    written: tuple[bytes, list[Row]], tmp_path: Path, place: int, bit: int
) -> None:
    """It is refused, or starts with the very end that was written."""
    content, rows = written
    path = tmp_path / "j.db"
    for name in ("j.db-wal", "j.db-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    path.write_bytes(altered(content, place % len(content), bit))
    try:
        writer = SqliteJournal.open(path)
    except JournalError as error:
        assert str(path) in str(error)
        return
    assert (writer.head().next_seq, writer.head().last_hash) == (rows[-1].next_seq, rows[-1].hash)
    writer.close()

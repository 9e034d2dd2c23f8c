"""What an earlier Kairos wrote, a journal and a snapshot of it as files, is read for ever and says what it said then.

`make_kept.py` wrote them, and what they say as JSON lines. Events and desks may have gained fields since; what was
there says the same.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.adapters.silent_log import SilentLog
from tests.kept.kept import FORMATS, HERE, expectation_of, journal_of, snapshot_of, told

from kairos.adapters.journal_sqlite import SqliteJournal
from kairos.adapters.journal_verify import verify
from kairos.adapters.snapshot_file import SnapshotFile
from kairos.app.recovery import JournalCopy
from kairos.ports import Batch


def lost(expected: object, found: object, path: str = "") -> str:
    """The first of what was expected that is not found; empty when all of it is."""
    if isinstance(expected, dict) and isinstance(found, dict):
        missing = next((key for key in expected if key not in found), None)
        if missing is not None:
            return f"{path}.{missing} is gone"
        return next((why for key in expected if (why := lost(expected[key], found[key], f"{path}.{key}"))), "")
    return "" if expected == found else f"{path}: {expected!r} became {found!r}"


@pytest.fixture(params=FORMATS)
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def recovered(version: str, folder: Path, *, snapshots: bool) -> list[object]:
    file = folder / "journal.db"
    shutil.copy(journal_of(version), file)
    kept = folder / "snapshots"
    kept.mkdir()
    if snapshots:
        shutil.copy(snapshot_of(version), kept)
    log = SilentLog()
    journal = SqliteJournal.open(file, read_only=True)
    copy = JournalCopy(journal, kept, log)
    copy.recover()
    assert bool(copy.from_snapshot) == snapshots, log.entries
    return told(journal, copy.engine.desk, copy.sent)


@pytest.mark.parametrize("snapshots", [False, True], ids=["from_the_journal", "from_the_snapshot"])
def test_it_says_what_it_said(version: str, snapshots: bool, tmp_path: Path) -> None:
    expected = [json.loads(line) for line in expectation_of(version).read_text("utf-8").splitlines()]
    found = recovered(version, tmp_path, snapshots=snapshots)
    assert [why for ours, theirs in zip(expected, found, strict=True) if (why := lost(ours, theirs))] == []


def test_it_is_whole(version: str, tmp_path: Path) -> None:
    file = tmp_path / "journal.db"
    shutil.copy(journal_of(version), file)
    report = verify(file)
    assert report.ok and report.first_seq == 1
    with SnapshotFile(snapshot_of(version)) as snapshot:
        assert list(snapshot.chunks())


def test_an_engine_goes_on_writing_it(version: str, tmp_path: Path) -> None:
    file = tmp_path / "journal.db"
    shutil.copy(journal_of(version), file)
    journal = SqliteJournal.open(file)
    batch = next(journal.read())
    journal.append(Batch(journal.next_seq(), batch.count, batch.body))
    journal.close()
    assert verify(file).ok


def test_the_snapshot_stands_for_a_part_of_it(version: str) -> None:
    """Else the test above would fold nothing behind it."""
    with SnapshotFile(snapshot_of(version)) as snapshot:
        events = sum('"seq"' in line for line in expectation_of(version).read_text("utf-8").splitlines())
        assert events // 2 < snapshot.head.last_seq < events
        assert snapshot.head.orders > 5


def test_every_kept_file_is_tested() -> None:
    kept = {path.name for path in HERE.iterdir() if path.suffix in (".db", ".snapshot", ".jsonl")}
    assert kept == {file(version).name for version in FORMATS for file in (journal_of, snapshot_of, expectation_of)}


def test_the_comparison_finds_what_changed() -> None:
    assert lost({"a": {"b": 1}}, {"a": {"b": 1, "c": 2}}) == ""
    assert lost({"a": {"b": 1}}, {"a": {"b": 2}}) == ".a.b: 1 became 2"
    assert lost({"a": {"b": 1}}, {"a": {}}) == ".a.b is gone"

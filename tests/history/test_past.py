"""The desk as it was: after any event, by sequence and by time, from snapshots, live file and archive alike."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from tests.history.journals import simulated
from tests.simulation.likeness import likeness, unlike

from kairos.adapters.journal_archive import archive_paths
from kairos.adapters.journal_archiver import archive
from kairos.adapters.journal_sqlite import SqliteJournal
from kairos.adapters.logs import get_log
from kairos.adapters.snapshot_file import SnapshotFile
from kairos.adapters.snapshot_folder import snapshot_files
from kairos.app.recovery import JournalCopy
from kairos.history import past
from kairos.history.past import desk_at
from kairos.history.span import Span
from kairos.model.events import Event
from kairos.ports import JournalAccessError
from kairos.state.desk import Desk
from kairos.state.fold import apply

NO_LIMIT = 2**62


@pytest.fixture
def journal(tmp_path: Path) -> tuple[Path, list[Event]]:
    path = tmp_path / "journal.db"
    return path, simulated(path)


def folded(events: list[Event]) -> Desk:
    desk = Desk()
    for event in events:
        apply(desk, event)
    return desk


def same(ours: Desk, theirs: Desk) -> bool:
    return not unlike(likeness(ours), likeness(theirs))


def test_after_any_sequence_it_is_the_fold_of_the_events_up_to_it(journal: tuple[Path, list[Event]]) -> None:
    path, events = journal
    for seq in (1, 2, len(events) - 1, len(events), *Random(1).sample(range(1, len(events)), 5)):
        found = desk_at(path, path.parent / "none", Span(to_seq=seq))
        assert (found.seq, found.at_ns) == (seq, events[seq - 1].at_ns)
        assert same(found.desk, folded(events[:seq]))


def test_at_any_time_it_has_what_happened_by_then_and_nothing_later(journal: tuple[Path, list[Event]]) -> None:
    path, events = journal
    for seq in Random(2).sample(range(1, len(events)), 8):
        at_ns = int(events[seq - 1].at_ns)
        last = max(index for index, event in enumerate(events, 1) if event.at_ns <= at_ns)
        assert desk_at(path, path.parent / "none", Span(to_ns=at_ns)).seq == last
        before = sum(event.at_ns < at_ns for event in events)
        assert desk_at(path, path.parent / "none", Span(to_ns=at_ns - 1)).seq == before


def test_before_the_first_event_there_is_nothing(journal: tuple[Path, list[Event]]) -> None:
    path, events = journal
    found = desk_at(path, path.parent / "none", Span(to_ns=int(events[0].at_ns) - 1))
    assert (found.seq, found.desk.accounts) == (0, {})


def take_snapshot(path: Path, folder: Path) -> int:
    reader = SqliteJournal.open(path, read_only=True)
    copy = JournalCopy(reader, folder, get_log("test"))
    copy.recover()
    return copy.write().last_seq


def test_a_snapshot_gives_the_same_desk_and_only_one_from_before_is_taken(
    journal: tuple[Path, list[Event]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, events = journal
    folder = path.parent / "snapshots"
    last = take_snapshot(path, folder)
    loaded: list[Path] = []

    def noting(snapshot: SnapshotFile) -> past.Past:
        loaded.append(snapshot.path)
        return folded_snapshot(snapshot)

    folded_snapshot = past._folded
    monkeypatch.setattr(past, "_folded", noting)
    assert desk_at(path, folder, Span(to_seq=last - 1)).seq == last - 1
    assert loaded == []
    found = desk_at(path, folder, Span())
    assert loaded == snapshot_files(folder)
    assert (found.seq, same(found.desk, folded(events))) == (last, True)


def test_a_snapshot_of_another_journal_or_a_torn_one_is_passed_over(
    journal: tuple[Path, list[Event]], tmp_path: Path
) -> None:
    path, events = journal
    other = tmp_path / "other" / "journal.db"
    other.parent.mkdir()
    simulated(other, seed=4)
    take_snapshot(other, tmp_path / "snapshots")
    assert same(desk_at(path, tmp_path / "snapshots", Span()).desk, folded(events))
    take_snapshot(path, tmp_path / "snapshots")
    newest = snapshot_files(tmp_path / "snapshots")[0]
    newest.write_bytes(newest.read_bytes()[:-20])
    assert same(desk_at(path, tmp_path / "snapshots", Span()).desk, folded(events))


def test_over_the_archive_and_without_it_only_from_a_snapshot(journal: tuple[Path, list[Event]]) -> None:
    path, events = journal
    folder = path.parent / "snapshots"
    take_snapshot(path, folder)
    archive(path, NO_LIMIT, NO_LIMIT)
    writer = SqliteJournal.open(path)
    assert writer.trim()
    writer.close()
    assert same(desk_at(path, path.parent / "none", Span(to_seq=100)).desk, folded(events[:100]))
    for file in archive_paths(path):
        file.unlink()
    assert same(desk_at(path, folder, Span()).desk, folded(events))
    with pytest.raises(JournalAccessError, match="bring the archive files back"):
        desk_at(path, folder, Span(to_seq=100))

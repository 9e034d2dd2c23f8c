"""A snapshot's file gives back what was written, or says what is wrong with it; its folder keeps the newest few."""

from __future__ import annotations

from pathlib import Path

import pytest

from kairos.adapters.snapshot_file import DESK, SENT, Chunk, SnapshotFile, SnapshotHead, write_snapshot
from kairos.adapters.snapshot_folder import (
    KEPT,
    add_snapshot,
    heads,
    oldest_snapshot,
    snapshot_files,
)
from kairos.ports import SnapshotUnusable

HEAD = SnapshotHead(17, b"h" * 32, b"j" * 16, 1_795_000_000_000_000_000, 20261123, 2, "0.1.0")
CHUNKS = [Chunk(DESK, b"first" * 40), Chunk(DESK, b""), Chunk(SENT, b"trail")]


def written(path: Path, head: SnapshotHead = HEAD) -> bytes:
    with path.open("wb") as file:
        write_snapshot(file, head, CHUNKS)
    return path.read_bytes()


def read(path: Path) -> tuple[SnapshotHead, list[Chunk]]:
    with SnapshotFile(path) as snapshot:
        return snapshot.head, list(snapshot.chunks())


def test_what_was_written_is_read(tmp_path: Path) -> None:
    written(tmp_path / "s")
    assert read(tmp_path / "s") == (HEAD, CHUNKS)


def test_no_altered_byte_goes_unseen(tmp_path: Path) -> None:
    path = tmp_path / "s"
    whole = written(path)
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x40]) + whole[at + 1 :])
        with pytest.raises(SnapshotUnusable, match=str(path)):
            read(path)


def test_no_file_that_is_cut_off_or_goes_on_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "s"
    whole = written(path)
    for end in range(len(whole)):
        path.write_bytes(whole[:end])
        with pytest.raises(SnapshotUnusable):
            read(path)
    for more in (b"\0", whole):
        path.write_bytes(whole + more)
        with pytest.raises(SnapshotUnusable):
            read(path)


def test_chunks_that_changed_places_are_seen_though_each_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "s"
    other = tmp_path / "t"
    whole = written(path)
    with other.open("wb") as file:
        write_snapshot(file, HEAD, [CHUNKS[1], CHUNKS[0], CHUNKS[2]])
    swapped = other.read_bytes()
    path.write_bytes(swapped[:-32] + whole[-32:])
    with pytest.raises(SnapshotUnusable):
        read(path)


def test_a_newer_format_says_who_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "s"
    whole = written(path)
    path.write_bytes(whole[:8] + b"\x02\x00" + whole[10:])
    with pytest.raises(SnapshotUnusable, match=r"format 2, .* reads format 1; .*the Kairos that wrote it"):
        read(path)


def test_a_missing_file_is_unusable_not_a_crash(tmp_path: Path) -> None:
    with pytest.raises(SnapshotUnusable, match="No such file"):
        SnapshotFile(tmp_path / "none")


# The folder


def add(folder: Path, last_seq: int) -> Path:
    return add_snapshot(folder, HEAD._replace(last_seq=last_seq), CHUNKS)


def test_the_newest_few_are_kept(tmp_path: Path) -> None:
    for last_seq in range(1, KEPT + 3):
        assert read(add(tmp_path, last_seq * 1000))[1] == CHUNKS
    assert [head.last_seq for head in heads(tmp_path)] == [1000 * n for n in range(KEPT + 2, 2, -1)]
    oldest = oldest_snapshot(tmp_path)
    assert oldest is not None and oldest.last_seq == 3000


def test_an_empty_folder_has_none_and_neither_has_a_missing_one(tmp_path: Path) -> None:
    assert oldest_snapshot(tmp_path) is None and oldest_snapshot(tmp_path / "none") is None


def test_one_of_a_later_journal_does_not_push_out_those_of_this_one(tmp_path: Path) -> None:
    """After a journal was put back to an older state, the snapshots of its lost future would be the newest for ever."""
    for last_seq in (9001, 9002, 9003):
        add(tmp_path, last_seq)
    for last_seq in (1, 2, 3, 4):
        add(tmp_path, last_seq)
    assert [head.last_seq for head in heads(tmp_path)] == [9003, 9002, 9001, 4, 3, 2]


def test_what_a_killed_writer_left_is_no_snapshot_and_goes_with_the_next_one(tmp_path: Path) -> None:
    add(tmp_path, 1)
    left = tmp_path / "00000000000000000002.unfinished"
    left.write_bytes(b"half")
    assert len(snapshot_files(tmp_path)) == 1
    add(tmp_path, 3)
    assert not left.exists()


def test_damaged_ones_are_not_whole_and_not_in_the_way(tmp_path: Path) -> None:
    damaged = add(tmp_path, 2)
    add(tmp_path, 1)
    damaged.write_bytes(damaged.read_bytes()[:60])
    with pytest.raises(SnapshotUnusable):
        read(damaged)
    assert [head.last_seq for head in heads(tmp_path)] == [1]

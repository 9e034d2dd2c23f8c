"""A backup is all that is durable, verified; a restore puts it back byte for byte, and never over anything."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.history.journals import simulated

from kairos.adapters import journal_copy
from kairos.adapters.config import Config
from kairos.adapters.config_file import load_config
from kairos.adapters.journal_archive import whole_rows
from kairos.adapters.journal_archiver import archive
from kairos.adapters.journal_backup import MANIFEST, BackupError, check_backup, restore_backup, take_backup
from kairos.adapters.journal_sqlite import SqliteJournal
from kairos.adapters.journal_verify import verify
from kairos.adapters.logs import get_log
from kairos.adapters.snapshot_folder import snapshot_files
from kairos.app.recovery import JournalCopy
from kairos.cli.backup import backup, restore
from kairos.cli.init import init
from kairos.ports import Batch, JournalDamaged, JournalLockedError

NO_LIMIT = 2**62


@pytest.fixture
def house(tmp_path: Path) -> Config:
    """A house with days of trading, some archived and let go, a snapshot, and a token that nobody may see."""
    folder = tmp_path / "house"
    assert CliRunner().invoke(init, [str(folder)]).exit_code == 0
    config = load_config(folder / "kairos.toml")
    config.journal.file.parent.mkdir()
    simulated(config.journal.file)
    (config.engine.data_dir / "link.token").write_text("secret")
    reader = SqliteJournal.open(config.journal.file, read_only=True)
    copy = JournalCopy(reader, config.journal.snapshots, get_log("test"))
    copy.recover()
    copy.write()
    archive(config.journal.file, NO_LIMIT, 300)
    writer = SqliteJournal.open(config.journal.file)
    assert writer.trim()
    writer.close()
    return config


def elsewhere(config: Config, folder: Path) -> Config:
    """The same house on another machine."""
    journal = replace(config.journal, file=folder / "journal.db", snapshots=folder / "snapshots")
    return replace(config, engine=replace(config.engine, data_dir=folder), journal=journal)


def test_what_is_restored_is_the_journal_with_archive_and_snapshots(house: Config, tmp_path: Path) -> None:
    done = take_backup(house, tmp_path / "b", "1.0", "now")
    before = list(whole_rows(house.journal.file))
    assert (done.journal.last_seq, done.taken_at) == (before[-1].next_seq - 1, "now")
    new = elsewhere(house, tmp_path / "new" / "data")
    assert restore_backup(tmp_path / "b", new) == done
    assert list(whole_rows(new.journal.file)) == before
    ours, theirs = (snapshot_files(config.journal.snapshots) for config in (house, new))
    assert [path.read_bytes() for path in ours] == [path.read_bytes() for path in theirs]
    writer = SqliteJournal.open(new.journal.file)
    assert (writer.epoch, writer.next_seq()) == (3, done.journal.last_seq + 1)
    writer.append(Batch(writer.next_seq(), 1, b"\x01"))
    writer.close()
    assert verify(new.journal.file).ok


def test_secrets_stay_behind_and_the_configuration_comes_along(house: Config, tmp_path: Path) -> None:
    take_backup(house, tmp_path / "b", "1.0", "now")
    names = sorted(path.name for path in (tmp_path / "b").rglob("*") if path.is_file())
    assert {"kairos.toml", "reference.toml", "journal.db", MANIFEST} < set(names)
    assert all(b"secret" not in path.read_bytes() for path in (tmp_path / "b").rglob("*") if path.is_file())
    assert set(json.loads((tmp_path / "b" / MANIFEST).read_text())["files"]) == {
        path.relative_to(tmp_path / "b").as_posix()
        for path in (tmp_path / "b").rglob("*")
        if path.is_file() and path.name != MANIFEST
    }


def test_while_a_writer_appends_it_ends_where_the_journal_did_when_it_began(
    house: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_copy, "PIECE_BATCHES", 3)
    writer = SqliteJournal.open(house.journal.file)
    last_seq = writer.next_seq() - 1
    pieces = journal_copy.islice

    def appending(*arguments: object) -> object:
        writer.append(Batch(writer.next_seq(), 2, b"\x01meanwhile"))
        writer.maintain(idle=True)
        return pieces(*arguments)  # type: ignore[call-overload]

    monkeypatch.setattr(journal_copy, "islice", appending)
    assert take_backup(house, tmp_path / "b", "1.0", "now").journal.last_seq == last_seq
    assert writer.next_seq() > last_seq + 10
    writer.close()


def test_nothing_is_overwritten(house: Config, tmp_path: Path) -> None:
    take_backup(house, tmp_path / "b", "1.0", "now")
    with pytest.raises(BackupError, match="is not empty; name a new folder"):
        take_backup(house, tmp_path / "b", "1.0", "now")
    with pytest.raises(BackupError, match=r"journal\.db: is there already; nothing is overwritten"):
        restore_backup(tmp_path / "b", house)
    new = elsewhere(house, tmp_path / "new")
    new.journal.snapshots.mkdir(parents=True)
    (new.journal.snapshots / "x").touch()
    with pytest.raises(BackupError, match="snapshots: is not empty"):
        restore_backup(tmp_path / "b", new)
    assert not new.journal.file.exists()


def test_a_running_engine_keeps_its_journal_to_itself(house: Config, tmp_path: Path) -> None:
    take_backup(house, tmp_path / "b", "1.0", "now")
    new = elsewhere(house, tmp_path / "new")
    new.journal.file.parent.mkdir()
    writer = SqliteJournal.open(new.journal.file)
    for name in ("journal.db", "journal.db-wal", "journal.db-shm"):
        (new.journal.file.parent / name).unlink()
    with pytest.raises(JournalLockedError, match="is open for writing by process"):
        restore_backup(tmp_path / "b", new)
    writer.close()


def test_any_altered_or_missing_file_is_named_and_nothing_restored(house: Config, tmp_path: Path) -> None:
    folder = tmp_path / "b"
    take_backup(house, folder, "1.0", "now")
    new = elsewhere(house, tmp_path / "new")
    for path in [path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST]:
        content = path.read_bytes()
        path.write_bytes(content[:-1] + bytes((content[-1] ^ 1,)))
        with pytest.raises(BackupError, match=f"{path.name}: is not what was written into the backup"):
            restore_backup(folder, new)
        path.unlink()
        with pytest.raises(BackupError, match=f"{path.name}: is missing from the backup"):
            restore_backup(folder, new)
        path.write_bytes(content)
    assert check_backup(folder).journal.ok
    assert not new.journal.file.parent.exists()


@pytest.mark.parametrize(
    ("manifest", "why"),
    [(None, "no backup, or one that was not finished"), ("{", "can't be read"), ('{"format": 9}', "of format 9")],
)
def test_a_folder_without_a_right_manifest_is_no_backup(
    house: Config, tmp_path: Path, manifest: str | None, why: str
) -> None:
    take_backup(house, tmp_path / "b", "1.0", "now")
    (tmp_path / "b" / MANIFEST).unlink()
    if manifest is not None:
        (tmp_path / "b" / MANIFEST).write_text(manifest)
    with pytest.raises(BackupError, match=why):
        restore_backup(tmp_path / "b", elsewhere(house, tmp_path / "new"))


def test_a_damaged_journal_is_not_backed_up_as_if_it_were_whole(house: Config, tmp_path: Path) -> None:
    content = bytearray(house.journal.file.read_bytes())
    body = next(row.body for row in whole_rows(house.journal.file, 400))
    content[content.index(body[:60]) + 30] ^= 1
    house.journal.file.write_bytes(content)
    with pytest.raises(JournalDamaged):
        take_backup(house, tmp_path / "b", "1.0", "now")
    assert not (tmp_path / "b" / MANIFEST).exists()


def test_the_commands_say_what_they_did_and_what_to_mind(house: Config, tmp_path: Path) -> None:
    done = CliRunner().invoke(backup, ["--config", str(house.file), "--to", str(tmp_path / "b")])
    assert (done.exit_code, "backup verified: sequences 1 to" in done.output) == (0, True), done.output
    text = house.file.read_text().replace('data_dir = "data"', 'data_dir = "other"')
    house.file.write_text(text)
    done = CliRunner().invoke(restore, ["--config", str(house.file), "--from", str(tmp_path / "b")])
    assert done.exit_code == 0, done.output
    for words in ("restored and verified: sequences 1 to", "the old engine is off for good", "--next-out N"):
        assert words in done.output

"""Backups: all that an engine needs to go on elsewhere, taken while it runs, with the digest of every file.

    manifest.json   written last, so that a backup without it was not finished
    data/           the journal as far as it was durable, its archive, snapshots of the desk
    config/         kairos.toml and the reference files, for whoever restores to look at

Snapshots are copied first and archive files last. So no snapshot is newer than the journal beside it, and what an
engine's start moves from the live file's front meanwhile is found in the archive. Secrets stay behind: the link's token
(an engine makes itself a new one), private keys, passwords in the environment.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, NamedTuple

from kairos.adapters.config import Config
from kairos.adapters.journal_archive import archive_folder, archive_paths
from kairos.adapters.journal_copy import copy_journal
from kairos.adapters.journal_lock import JournalLock
from kairos.adapters.journal_sqlite_file import sync_directory
from kairos.adapters.journal_verify import VerifyReport, verify
from kairos.adapters.snapshot_folder import snapshot_files
from kairos.ports import JournalError

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
JOURNAL: Final = "data/journal.db"
SNAPSHOTS: Final = "data/snapshots"
CONFIG: Final = "config"

_PIECE_BYTES: Final = 1024 * 1024
_ANOTHER: Final = "take another backup"


class BackupError(JournalError):
    """A backup can't be written or is not what was written, or there is no room of its own for it to be restored to."""


class Backup(NamedTuple):
    """A backup that was verified: the journal in it, how many files and bytes, when it was taken."""

    journal: VerifyReport
    files: int
    size: int
    taken_at: str


def take_backup(config: Config, folder: Path, kairos: str, taken_at: str) -> Backup:
    """Write a backup of the house into a new or empty folder, then read all of it back. Raises `JournalError`."""
    _refuse_full(folder, "name a new folder for each backup")
    journal = folder / JOURNAL
    journal.parent.mkdir(parents=True, mode=0o700)
    _copy_all(snapshot_files(config.journal.snapshots), folder / SNAPSHOTS)
    end = copy_journal(config.journal.file, journal)
    _copy_all(archive_paths(config.journal.file), archive_folder(journal))
    for source in (config.file, *(reference.path for reference in config.reference)):
        _copy_all([source], (folder / CONFIG / _name_in_backup(source, config.file.parent)).parent)
    files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    manifest = {
        "format": FORMAT,
        "kairos": kairos,
        "taken_at": taken_at,
        "engine": config.engine.name,
        "next_seq": end.next_seq,
        "last_hash": end.last_hash.hex(),
        "files": {name: {"bytes": path.stat().st_size, "sha256": _digest(path)} for name, path in files.items()},
    }
    _write_durably(folder / MANIFEST, json.dumps(manifest, indent=1).encode())
    return check_backup(folder)


def check_backup(folder: Path) -> Backup:
    """Whether every byte of it is what was written, and the journal in it whole. Raises `JournalError`."""
    manifest = _read_manifest(folder)
    for name, noted in manifest["files"].items():
        path = folder / name
        if not path.is_file():
            raise BackupError(str(path), "is missing from the backup", _ANOTHER)
        if (path.stat().st_size, _digest(path)) != (noted["bytes"], noted["sha256"]):
            raise BackupError(str(path), "is not what was written into the backup", _ANOTHER)
    report = verify(folder / JOURNAL)
    if not report.ok or (report.last_seq + 1, report.last_hash) != (manifest["next_seq"], manifest["last_hash"]):
        raise BackupError(str(folder / JOURNAL), f"does not verify: {report.problem or 'it ends elsewhere'}", _ANOTHER)
    sizes = [noted["bytes"] for noted in manifest["files"].values()]
    return Backup(report, len(sizes), sum(sizes), manifest["taken_at"])


def restore_backup(folder: Path, config: Config) -> Backup:
    """Check the backup, then put journal, archive and snapshots where the configuration wants them, which must be
    empty. The journal comes last: a restore that was cut off left none. Raises `JournalError`."""
    backup = check_backup(folder)
    journal = config.journal.file
    remedy = "nothing is overwritten: move it away, or name another data_dir"
    for log in ("", "-wal", "-shm", ".cut"):
        if (taken := journal.with_name(journal.name + log)).exists():
            raise BackupError(str(taken), "is there already", remedy)
    _refuse_full(archive_folder(journal), remedy)
    _refuse_full(config.journal.snapshots, remedy)
    journal.parent.mkdir(parents=True, exist_ok=True)
    lock = JournalLock(journal)
    try:
        _copy_all(archive_paths(folder / JOURNAL), archive_folder(journal))
        _copy_all(snapshot_files(folder / SNAPSHOTS), config.journal.snapshots)
        partial = journal.with_name(journal.name + ".partial")
        _copy(folder / JOURNAL, partial)
        partial.rename(journal)
        sync_directory(journal.parent)
    finally:
        lock.release()
    report = verify(journal)
    if report != backup.journal:
        raise BackupError(
            str(journal), f"does not verify where it was restored to: {report.problem}", "look to its disk"
        )
    return backup


def _name_in_backup(path: Path, config_folder: Path) -> Path:
    """Files from elsewhere keep their whole path."""
    if path.is_relative_to(config_folder):
        return path.relative_to(config_folder)
    return Path("elsewhere", *path.absolute().parts[1:])


def _refuse_full(folder: Path, remedy: str) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupError(str(folder), "is not empty", remedy)


def _read_manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        manifest: dict[str, Any] = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise BackupError(str(path), "is missing: this is no backup, or one that was not finished", _ANOTHER) from error
    except ValueError as error:
        raise BackupError(str(path), f"can't be read ({error})", _ANOTHER) from error
    if manifest.get("format") != FORMAT:
        problem = f"is a backup of format {manifest.get('format')}, this version of Kairos reads {FORMAT}"
        raise BackupError(str(path), problem, "restore it with the version that wrote it, or a newer one")
    return manifest


def _copy_all(paths: Iterable[Path], folder: Path) -> None:
    for path in paths:
        folder.mkdir(parents=True, exist_ok=True)
        _copy(path, folder / path.name)
    if folder.is_dir():
        sync_directory(folder)


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as read, target.open("xb") as written:
        shutil.copyfileobj(read, written, _PIECE_BYTES)
        written.flush()
        os.fsync(written.fileno())


def _write_durably(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    sync_directory(path.parent)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

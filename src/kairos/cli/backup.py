"""`kairos backup` and `kairos restore`."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

import click

from kairos import __version__
from kairos.adapters.config_file import load_config
from kairos.adapters.journal_backup import Backup, restore_backup, take_backup
from kairos.cli.errors import told
from kairos.cli.serve import CONFIG
from kairos.history.moments import moment_text

A_FOLDER: Final = click.Path(file_okay=False, path_type=Path)

# What a person must know who starts an engine on a journal that may not be the newest.
AFTER_RESTORE: Final = """\
Before you start it, make sure that the old engine is off for good: two with the same CompIDs both trade.
This journal ends with sequence {last_seq}. If the desk went on after it, hold counterparties off, start, and for each:
  - our numbers are too low, and it would log us out: agree on the next one, `kairos fix reset SESSION --next-out N`
  - it would send again what we lack, orders among it that were dealt with already: agree on `--next-in N` too
  - orders and fills since then are known to clients and venues only: ask them, and enter them by hand
The configuration of that time is in {config}."""


@click.command()
@CONFIG
@click.option("--to", "folder", required=True, type=A_FOLDER, help="A new or empty folder.")
@told
def backup(config_path: Path, folder: Path) -> None:
    """Write journal, archive, snapshots, configuration and reference data into a folder, while the engine runs, and
    read all of it back. Secrets are left out: the link's token, private keys."""
    config = load_config(config_path)
    done = take_backup(config, folder.absolute(), __version__, moment_text(time.time_ns()))
    click.echo(f"backup verified: {_in_words(done)}, in {folder}")


@click.command()
@click.option("--from", "folder", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@CONFIG
@told
def restore(folder: Path, config_path: Path) -> None:
    """Put a backup where the configuration wants its journal. Nothing that is there is overwritten."""
    config = load_config(config_path)
    done = restore_backup(folder.absolute(), config)
    click.echo(f"restored and verified: {_in_words(done)}, taken at {done.taken_at}, in {config.journal.file.parent}")
    click.echo(AFTER_RESTORE.format(last_seq=done.journal.last_seq, config=folder / "config"))


def _in_words(done: Backup) -> str:
    report = done.journal
    return (
        f"sequences {report.first_seq} to {report.last_seq}, {done.files} files, {done.size / 1e6:.1f} MB,"
        f" head {report.last_hash}"
    )

"""`kairos journal archive`: old batches into compressed files."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

import click

from kairos.adapters.config import JournalConfig
from kairos.adapters.config_file import load_config
from kairos.adapters.journal_archive import archive_folder
from kairos.adapters.journal_archiver import Archived, archive
from kairos.adapters.journal_sqlite import SqliteJournal
from kairos.adapters.snapshot_folder import oldest_snapshot
from kairos.cli.errors import told
from kairos.cli.serve import CONFIG
from kairos.ports import JournalLockedError

DAY_NS: Final = 86_400 * 1_000_000_000


@click.command("archive")
@CONFIG
@click.option("--keep-days", type=click.IntRange(1), help="How many days stay in the live file, if not as configured.")
@told
def archive_command(config_path: Path, keep_days: int | None) -> None:
    """Move batches that are older than [journal] keep_days, and that every kept snapshot covers, into compressed files
    beside the journal. It may run while the engine does; then the live file lets go of them at the next start."""
    journal = load_config(config_path).journal
    older_than_ns = time.time_ns() - (keep_days or journal.keep_days) * DAY_NS
    done = archive(journal.file, older_than_ns, _covered(journal))
    click.echo(_in_words(done, journal.file))
    _trim(journal)


def _covered(journal: JournalConfig) -> int:
    """Up to where no kept snapshot needs the journal."""
    oldest = oldest_snapshot(journal.snapshots)
    if oldest is None:
        raise click.ClickException(
            f"{journal.snapshots} has no snapshot, and without one a start would read the archive;"
            " let `kairos journal snapshot` write one first"
        )
    return oldest.last_seq


def _in_words(done: Archived, journal: Path) -> str:
    if not done.files:
        return "nothing to archive: no batch is old enough and covered by every kept snapshot"
    megabytes = f"{done.raw_bytes / 1e6:.1f} MB in {done.packed_bytes / 1e6:.1f} MB"
    what = f"{done.batches} batches, {done.events} events"
    return f"archived {what}, {megabytes}, {len(done.files)} files in {archive_folder(journal)}"


def _trim(journal: JournalConfig) -> None:
    """At once where no engine runs."""
    try:
        writer = SqliteJournal.open(journal.file, synchronous=journal.synchronous)
    except JournalLockedError:
        click.echo("the engine runs: its file lets go of what is archived when it starts the next time")
        return
    try:
        if gone := writer.trim():
            click.echo(f"the live file let go of {gone} batches; it keeps its size and uses the room again")
    finally:
        writer.close()

"""`kairos journal`: the file of every fact."""

from __future__ import annotations

from typing import Final

import click

from kairos.cli.on_demand import OnDemand

COMMANDS: Final = {
    "verify": ("journal_verify", "verify_command"),
    "show": ("journal_show", "show_command"),
    "replay": ("journal_replay", "replay_command"),
    "export": ("journal_export", "export_command"),
    "snapshot": ("journal_snapshot", "snapshot_command"),
    "archive": ("journal_archive", "archive_command"),
}


@click.group(cls=OnDemand, commands_on_demand=COMMANDS)
def journal() -> None:
    """Look into a journal, the file of every fact; export it, archive what is old."""

"""`kairos journal snapshot`: write a snapshot of the desk now, beside the keeper that writes them by itself."""

from __future__ import annotations

import os
from pathlib import Path

import click

from kairos.adapters.config_file import load_config
from kairos.adapters.logs import configure_logs, get_log
from kairos.app.keeper import NICENESS, Keeper
from kairos.cli.errors import told
from kairos.cli.serve import CONFIG


@click.command("snapshot")
@CONFIG
@told
def snapshot_command(config_path: Path) -> None:
    """Write a snapshot of the desk, so that a restart reads it and not the journal up to here.

    It reads the journal and disturbs no engine that writes it. `kairos serve` writes one by itself whenever
    [journal] snapshot_every events have come."""
    config = load_config(config_path)
    configure_logs(config.log)
    os.nice(NICENESS)
    head = Keeper(config.journal, get_log("keeper")).write()
    click.echo(f"snapshot of {head.orders} orders, through sequence {head.last_seq}, in {config.journal.snapshots}")

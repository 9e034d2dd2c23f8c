"""`kairos journal verify`: is the journal whole, and where is it not?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kairos.adapters.journal_verify import verify
from kairos.cli.errors import told
from kairos.cli.journal_options import JOURNAL


@click.command("verify")
@JOURNAL
@told
def verify_command(file: Path) -> None:
    """Check every batch of FILE and its archive: CRC, hash chain, that no sequence number is missing."""
    report = verify(file)
    if not report.ok:
        click.echo(f"journal DAMAGED at sequence {report.at_first_seq}: {report.problem}", err=True)
        click.echo(f"  whole up to there: {report.batches} batches, {report.events} events", err=True)
        sys.exit(1)
    click.echo(f"journal verified: {report.batches} batches, {report.events} events, head {report.last_hash}")
    if report.first_seq > 1:
        click.echo(f"  from sequence {report.first_seq}; the archive files of what was before are not here")

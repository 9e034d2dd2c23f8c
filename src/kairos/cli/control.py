"""`kairos kill`, `release`, `restrict`, `reference`: what a risk officer and operations change while the desk runs."""

from __future__ import annotations

from pathlib import Path

import click

from kairos.adapters.reference_files import ReferenceFile, load_reference
from kairos.cli.errors import told
from kairos.cli.link import give, link_options, require_user
from kairos.model.commands import Command, EngageKill, ReleaseKill, SetRestriction
from kairos.model.people import given_by

FILES = click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.command()
@click.argument("reason")
@click.option("--account", default="", help="Only this account; the whole firm by default.")
@link_options
@told
def kill(reason: str, account: str, config_path: Path, user: str) -> None:
    """Block new orders and cancel working ones, for REASON. It holds over restarts until it is released."""
    give(config_path, require_user(user), EngageKill(account, reason, user))


@click.command()
@click.argument("reason")
@click.option("--account", default="", help="Only this account; the whole firm by default.")
@link_options
@told
def release(reason: str, account: str, config_path: Path, user: str) -> None:
    """Let orders in again after a kill, for REASON."""
    give(config_path, require_user(user), ReleaseKill(account, reason, user))


@click.command()
@click.argument("instrument")
@click.argument("reason")
@click.option("--off", is_flag=True, help="Take it off the restricted list.")
@link_options
@told
def restrict(instrument: str, reason: str, off: bool, config_path: Path, user: str) -> None:
    """Put INSTRUMENT on the restricted list, for REASON."""
    give(config_path, require_user(user), SetRestriction(instrument, not off, reason, user))


@click.group()
def reference() -> None:
    """Check reference data files, or apply them to a running engine."""


def _load(files: tuple[Path, ...]) -> list[Command]:
    return load_reference([ReferenceFile(path) for path in files])


@reference.command()
@FILES
@told
def check(files: tuple[Path, ...]) -> None:
    """Read FILES (TOML or CSV) and tell every error in them, by file, line and field."""
    click.echo(f"{len(_load(files))} records, no error")


@reference.command("apply")
@FILES
@link_options
@told
def apply_files(files: tuple[Path, ...], config_path: Path, user: str) -> None:
    """Define what FILES hold, as journaled events, in the name of --user."""
    user = require_user(user)
    give(config_path, user, *(given_by(command, user) for command in _load(files)))

"""`kairos restrict`, `reference`: what a risk officer and operations change while the desk runs."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from kairos.adapters.reference_files import ReferenceFile, load_reference
from kairos.cli.errors import told
from kairos.cli.link import give, link_options, require_user
from kairos.model.commands import Command, SetRestriction
from kairos.model.enums import NodeKind
from kairos.model.market_enums import RestrictionKind
from kairos.model.people import given_by

LISTS: Final = {kind.name.lower().replace("_", "-"): kind for kind in RestrictionKind}
NODES: Final = {node.name.lower(): node for node in NodeKind if node is not NodeKind.FIRM}
FILES = click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.command()
@click.argument("instrument")
@click.argument("reason")
@click.option("--off", is_flag=True, help="Take it off the list.")
@click.option(
    "--list",
    "kind",
    type=click.Choice(list(LISTS)),
    default="restricted",
    show_default=True,
    help="restricted: no orders; close-only: positions may only be reduced; watch: orders pass, and are told.",
)
@click.option(
    "--for",
    "bound",
    type=(click.Choice(list(NODES)), str),
    default=None,
    metavar="NODE ID",
    help="Only a desk, trader, client, account or strategy (ACCOUNT/STRATEGY); the whole firm by default.",
)
@link_options
@told
def restrict(
    instrument: str, reason: str, off: bool, kind: str, bound: tuple[str, str] | None, config_path: Path, user: str
) -> None:
    """Put INSTRUMENT on a list of compliance, for REASON."""
    node, node_id = (NodeKind.FIRM, "") if bound is None else (NODES[bound[0]], bound[1])
    command = SetRestriction(instrument, not off, reason, user, LISTS[kind], node, node_id)
    give(config_path, require_user(user), command)


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

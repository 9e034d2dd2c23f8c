"""`kairos route`: what a person does about one instruction at a venue."""

from __future__ import annotations

from pathlib import Path

import click

from kairos.cli.errors import told
from kairos.cli.link import give, link_options, require_user
from kairos.model.commands import CancelRoute, ResolveRoute
from kairos.model.enums import OrdStatus

FATES = {"live": OrdStatus.NEW, "canceled": OrdStatus.CANCELED, "rejected": OrdStatus.REJECTED}


@click.group()
def route() -> None:
    """Take one route back, or say what became of an UNKNOWN one."""


@route.command()
@click.argument("route_id", type=int)
@link_options
@told
def cancel(route_id: int, config_path: Path, user: str) -> None:
    """Ask the venue to cancel ROUTE_ID; the client order stays."""
    give(config_path, user, CancelRoute(route_id, require_user(user)))


@route.command()
@click.argument("route_id", type=int)
@click.argument("fate", type=click.Choice(sorted(FATES)))
@click.option("--text", default="", help="How you know: who said so, when.")
@link_options
@told
def resolve(route_id: int, fate: str, text: str, config_path: Path, user: str) -> None:
    """Say what became of ROUTE_ID, which its venue never answered for: FATE."""
    give(config_path, user, ResolveRoute(route_id, FATES[fate], text, require_user(user)))

"""`kairos order list ...` and `kairos order cross`: what a person does with lists and crosses of clients."""

from __future__ import annotations

from pathlib import Path

import click

from kairos.cli.errors import told
from kairos.cli.link import give, link_options, require_user
from kairos.model.commands import CancelList, ExecuteCross, ExecuteList, RequestListStatus
from kairos.model.numbers import parse_price


@click.group(name="list")
def order_list() -> None:
    """Release, take back or look at a client's list of orders."""


@order_list.command()
@click.argument("list_id")
@click.option("--client", required=True, help="Whose list it is.")
@click.option("--text", default="", help="A note that the client is told.")
@link_options
@told
def execute(list_id: str, client: str, text: str, config_path: Path, user: str) -> None:
    """Let LIST_ID work, which waits for that."""
    user = require_user(user)
    give(config_path, user, ExecuteList(list_id, client, f"LINK:{user}", text, user))


@order_list.command()
@click.argument("list_id")
@click.option("--client", required=True, help="Whose list it is.")
@click.option("--text", default="", help="Why.")
@link_options
@told
def cancel(list_id: str, client: str, text: str, config_path: Path, user: str) -> None:
    """Cancel what of LIST_ID may still trade."""
    user = require_user(user)
    give(config_path, user, CancelList(list_id, client, f"LINK:{user}", text, user))


@order_list.command()
@click.argument("list_id")
@click.option("--client", required=True, help="Whose list it is.")
@link_options
@told
def status(list_id: str, client: str, config_path: Path, user: str) -> None:
    """Tell where LIST_ID stands."""
    user = require_user(user)
    give(config_path, user, RequestListStatus(list_id, client, f"LINK:{user}"))


@click.command()
@click.argument("cross_id")
@click.option("--price", required=True, help="At which both sides trade.")
@click.option("--client", default="", help="Whose cross it is, where several clients have one of that name.")
@link_options
@told
def cross(cross_id: str, price: str, client: str, config_path: Path, user: str) -> None:
    """Trade both sides of CROSS_ID against each other, all of both."""
    user = require_user(user)
    give(config_path, user, ExecuteCross(cross_id, client, parse_price(price), user))

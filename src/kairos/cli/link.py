"""How commands of the command line reach the engine: its link, found through kairos.toml."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from kairos.adapters.config_file import load_config
from kairos.adapters.link_client import LinkClient
from kairos.adapters.link_frames import LinkError, read_or_make_token
from kairos.app.engine_process import link_token_file
from kairos.cli.words import event_in_words
from kairos.desk.blotter import Blotter
from kairos.model.commands import Command
from kairos.model.events import (
    AccountDefined,
    CommandRefused,
    Event,
    ListRefused,
    ListReported,
    OrderRefused,
    RequestRefused,
)
from kairos.model.refusals import RefusalCode, describe

F = TypeVar("F", bound=Callable[..., object])


def link_options(command: F) -> F:
    """`--config` and `--user`, which every command over the link takes."""
    command = click.option(
        "--config",
        "config_path",
        default="kairos.toml",
        show_default=True,
        envvar="KAIROS_CONFIG",
        type=click.Path(path_type=Path),
        help="The engine's configuration.",
    )(command)
    return click.option("--user", default="", envvar="KAIROS_USER", help="Who you are: a user of the reference data.")(
        command
    )


def open_link(config_path: Path, user: str) -> LinkClient:
    """Connect to the engine of this configuration as this user."""
    config = load_config(config_path)
    token_path = link_token_file(config)
    if not token_path.exists():
        raise LinkError(f"no link token at {token_path}; `kairos serve` makes it at its first start")
    return LinkClient.connect(config.link.socket, read_or_make_token(token_path), user)


def new_cl_ord_id(user: str) -> str:
    """A ClOrdID(11) that this user has not used before: the microsecond it was made in."""
    return f"{user}-{time.time_ns() // 1000}"


def require_user(user: str) -> str:
    if not user:
        raise click.UsageError("say who you are: --user ID (or KAIROS_USER), a user of the reference data")
    return user


def read_blotter(link: LinkClient) -> Blotter:
    """Every order that the engine holds."""
    blotter = Blotter()
    for event in link.snapshot()[0]:
        blotter.apply(event)
    return blotter


def client_of_account(link: LinkClient, account_id: str) -> str:
    """The client whose account this is."""
    accounts = [e for e in link.snapshot(reference_only=True)[0] if isinstance(e, AccountDefined)]
    for account in accounts:
        if account.account_id == account_id:
            return account.client_id
    known = ", ".join(sorted({a.account_id for a in accounts})) or "none"
    raise click.ClickException(f"account {account_id!r} is unknown; the accounts are: {known}")


def raise_refusal(events: list[Event]) -> None:
    """Tell a refusal among a command's events as an error."""
    for event in events:
        if isinstance(event, (OrderRefused, RequestRefused, CommandRefused, ListRefused)):
            raise click.ClickException(f"refused: {describe(event.code, event.context)}")
        if isinstance(event, ListReported) and event.code is not RefusalCode.NONE:
            raise click.ClickException(f"list {event.list_id} is {event.list_status.name}: {event.code.value}")


def give(config_path: Path, user: str, *commands: Command) -> None:
    """Give commands over the link, one after the other, and tell what came of each; the first refusal ends it."""
    with open_link(config_path, user) as link:
        for command in commands:
            tell(link.command(command))


def tell(events: list[Event]) -> None:
    """Events in words; a refusal among them is an error."""
    raise_refusal(events)
    for event in events:
        click.echo(event_in_words(event))

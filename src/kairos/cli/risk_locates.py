"""`kairos risk locates` and `locate`: units that accounts may sell short today, and what is left of them."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from kairos.cli.errors import told
from kairos.cli.link import give, link_options, open_link, require_user
from kairos.cli.orders import PIPE_WIDTH
from kairos.model.commands import SetLocate
from kairos.risk.checks_market import locates_left
from kairos.state.desk import Desk
from kairos.state.fold import apply
from kairos.state.positions import Position


@click.command("locates")
@link_options
@told
def locates(config_path: Path, user: str) -> None:
    """Show what is located today: how much of it works, was sold short, and is left."""
    desk = Desk()
    with open_link(config_path, require_user(user)) as link:
        for event in link.snapshot()[0]:
            apply(desk, event)
    held = [position for positions in desk.positions.values() for position in positions.values()]
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = PIPE_WIDTH
    console.print(table_of([p for p in held if p.locate_qty or p.short_open or p.short_done]))


def table_of(positions: list[Position]) -> Table:
    table = Table(title=f"{len(positions)} with short sales or locates today", title_justify="left")
    for name in ("account", "instrument"):
        table.add_column(name)
    for name in ("located", "working", "sold short", "left"):
        table.add_column(name, justify="right")
    for position in positions:
        figures = (position.locate_qty, position.short_open, position.short_done, locates_left(position))
        names = (position.account.account_id, position.instrument.instrument_id)
        table.add_row(*names, *(f"{int(figure):,}" for figure in figures))
    return table


@click.command("locate")
@click.argument("account")
@click.argument("instrument")
@click.argument("qty", type=click.IntRange(min=0))
@click.argument("source")
@link_options
@told
def locate(account: str, instrument: str, qty: int, source: str, config_path: Path, user: str) -> None:
    """Let ACCOUNT sell QTY of INSTRUMENT short today, all in all; SOURCE says who lends them, under which number."""
    give(config_path, require_user(user), SetLocate(account, instrument, qty, source, user))

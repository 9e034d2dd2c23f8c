"""`kairos risk returns take-in`: daily returns from the bars on disk, the scenarios of value at risk."""

from __future__ import annotations

from pathlib import Path

import click

from kairos.cli.errors import told
from kairos.cli.link import give, link_options, require_user
from kairos.cli.market_bars import FOLDER
from kairos.history.bar_queries import BarHistory
from kairos.history.daily_returns import daily_returns
from kairos.model.commands import Command, SetReturns
from kairos.state.returns import SCENARIOS


@click.group()
def returns() -> None:
    """Past returns of instruments, from which value at risk is reckoned."""


@returns.command("take-in")
@click.argument("instruments", nargs=-1)
@click.option("--days", type=click.IntRange(2, 750), default=SCENARIOS, show_default=True, help="The last so many.")
@click.option("--zone", default="UTC", show_default=True, help="The time zone that ends a day, as Asia/Taipei.")
@FOLDER
@link_options
@told
def take_in(instruments: tuple[str, ...], days: int, zone: str, folder: Path, config_path: Path, user: str) -> None:
    """Give the engine the daily returns of INSTRUMENTS, or of all that there are bars of."""
    who = require_user(user)
    commands: list[Command] = []
    with BarHistory(folder) as history:
        for name in instruments or history.instruments():
            lines = tuple(daily_returns(history.closes(name, days + 1, zone)))
            commands.append(SetReturns(name, lines, f"bars in {folder.name}, days of {zone}", who))
    give(config_path, user, *commands)

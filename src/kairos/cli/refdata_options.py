"""What the commands of `kairos refdata` share: a house's own profiles and calendars, a date, a table's width."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click
from rich.console import Console

from kairos.adapters.calendars import Calendars, load_calendars
from kairos.market.calendar import TradingCalendar
from kairos.market.profile import MarketProfile

F = TypeVar("F", bound=Callable[..., Any])

PIPE_WIDTH = 220  # into a pipe or a file nothing is cut off
A_DATE = click.DateTime(["%Y-%m-%d"])

profiles_option = click.option(
    "--profiles",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of market profiles of your own, named for their MIC, as XTAI.toml; each replaces the shipped one.",
)
calendars_option = click.option(
    "--calendars",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="A file of your own that puts calendars right; read after the shipped one.",
)


def date_of(given: datetime.datetime | None, time_zone: str = "UTC") -> datetime.date:
    """The date given on the command line, else today's in the time zone."""
    return given.date() if given is not None else datetime.datetime.now(ZoneInfo(time_zone)).date()


def calendar_of(profile: MarketProfile, files: tuple[Path, ...]) -> TradingCalendar:
    """The calendar that a profile names."""
    calendars: Calendars = load_calendars(files)
    return calendars.get(profile.calendar)


def wide_console() -> Console:
    """A console that cuts nothing off where nobody sees its width."""
    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console.width = PIPE_WIDTH
    return console

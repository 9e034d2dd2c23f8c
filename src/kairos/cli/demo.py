"""`kairos demo`: the whole desk in a minute."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click
from rich.console import Console

from kairos.app.loop import run
from kairos.cli.errors import told
from kairos.demo.cast import MAX_CLIENTS
from kairos.demo.run import Wishes, run_demo
from kairos.demo.serving import DemoError
from kairos.demo.setup import Course

# Market seconds a second at which orders of interpreted clients still find their place between the tape's prints.
MAX_SPEED: Final = 20.0
PLAIN_WIDTH: Final = 100
MIN_SPEED: Final = 0.5
MAX_MINUTES: Final = 60  # the shipped tapes have 75 to 90


class Speed(click.ParamType[float]):
    """A number, or `max`."""

    name = "speed"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        if value == "max":
            return MAX_SPEED
        try:
            speed = float(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a speed; give a number as 6, or max", param, ctx)
        if not MIN_SPEED <= speed <= MAX_SPEED:
            self.fail(f"{value} is outside {MIN_SPEED:g} to {MAX_SPEED:g}, which is max", param, ctx)
        return speed


@click.command()
@click.option("--speed", type=Speed(), default="6", show_default=True, help="Market seconds a second, or max (20).")
@click.option("--market-minutes", type=click.IntRange(1, MAX_MINUTES), default=5, show_default=True)
@click.option("--clients", type=click.IntRange(1, MAX_CLIENTS), default=4, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Of what the clients do.")
@click.option("--dir", "folder", type=click.Path(path_type=Path), help="Work in this new folder, and keep it.")
@click.option("--headless", is_flag=True, help="Plain lines, no colours, no live screen.")
@click.option("--json", "as_json", is_flag=True, help="End with one JSON object on standard output.")
@told
def demo(
    speed: float, market_minutes: int, clients: int, seed: int, folder: Path | None, headless: bool, as_json: bool
) -> None:
    """Run a desk for some minutes of a real market: engine, simulated exchange, FIX clients on real sockets.

    Exit code 0 when clients, engine and exchange agree on every fill and the journal is whole; 1 when not; 130 after
    Ctrl-C.
    """
    wishes = Wishes(Course(speed, market_minutes, seed), clients, folder, headless, as_json)
    console = Console(no_color=headless or None, highlight=False)
    if not console.is_terminal:
        console.width = PLAIN_WIDTH
    try:
        sys.exit(run(run_demo(wishes, console)))
    except DemoError as error:
        raise click.ClickException(str(error)) from error

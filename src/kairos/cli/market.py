"""`kairos market`: what the markets do now, and what they did: books, bars, volumes, volatility, halts."""

from __future__ import annotations

from typing import Final

import click

from kairos.cli.on_demand import OnDemand

COMMANDS: Final = {
    "watch": ("market_watch", "watch"),
    "record": ("market_bars", "record"),
    "take-in": ("market_bars", "take_in"),
    "bars": ("market_bars", "bars"),
    "figures": ("market_bars", "figures"),
    "query": ("market_bars", "query"),
    "halt": ("market_halt", "halt"),
    "resume": ("market_halt", "resume"),
}


@click.group(cls=OnDemand, commands_on_demand=COMMANDS)
def market() -> None:
    """Market data: live books, and bars on disk with their volumes and volatility. Halts."""

"""`kairos venue`: a simulated exchange of one's own, and what its operator asks of it while it runs."""

from __future__ import annotations

from typing import Final

import click

from kairos.cli.on_demand import OnDemand

COMMANDS: Final = {
    "serve": ("venue_serve", "serve"),
    "phases": ("venue_view", "phases"),
    "book": ("venue_view", "book"),
    "auction": ("venue_view", "auction"),
    "faults": ("venue_view", "faults"),
    "halt": ("venue_acts", "halt"),
    "resume": ("venue_acts", "resume"),
    "bust": ("venue_acts", "bust"),
    "correct": ("venue_acts", "correct"),
    "fault": ("venue_acts", "fault"),
}


@click.group(cls=OnDemand, commands_on_demand=COMMANDS)
def venue() -> None:
    """Run a simulated exchange, and operate the one that runs."""

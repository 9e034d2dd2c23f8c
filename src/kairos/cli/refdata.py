"""`kairos refdata`: what is known of markets, asked without a running engine."""

from __future__ import annotations

from typing import Final

import click

from kairos.cli.on_demand import OnDemand

COMMANDS: Final = {
    "check": ("refdata_check", "check"),
    "market": ("refdata_market", "market"),
    "calendar": ("refdata_calendar", "calendar"),
    "charges": ("refdata_charges", "charges_command"),
}


@click.group(cls=OnDemand, commands_on_demand=COMMANDS)
def refdata() -> None:
    """Check reference files; ask what is known of markets, from dated sources: hours, ticks, calendars, charges."""

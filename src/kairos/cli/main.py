"""The `kairos` command."""

from __future__ import annotations

from typing import Final

import click

from kairos import __version__, how_it_runs
from kairos.cli.on_demand import OnDemand

# Name of a command -> its file here and its name there.
COMMANDS: Final = {
    "init": ("init", "init"),
    "serve": ("serve", "serve"),
    "demo": ("demo", "demo"),
    "orders": ("orders", "orders"),
    "watch": ("orders", "watch"),
    "order": ("order", "order"),
    "route": ("route", "route"),
    "kill": ("kill", "kill"),
    "release": ("kill", "release"),
    "approve": ("approve", "approve"),
    "restrict": ("control", "restrict"),
    "risk": ("risk", "risk"),
    "reference": ("control", "reference"),
    "refdata": ("refdata", "refdata"),
    "corporate-action": ("corporate_action", "corporate_action"),
    "market": ("market", "market"),
    "tape": ("tape", "tape"),
    "venue": ("venue", "venue"),
    "fix": ("fix", "fix"),
    "journal": ("journal", "journal"),
    "backup": ("backup", "backup"),
    "restore": ("backup", "restore"),
    "scenario": ("scenario", "scenario"),
    "engine": ("serve", "engine"),
    "simulator": ("serve", "simulator"),
    "keeper": ("serve", "keeper"),
}


@click.group(
    cls=OnDemand,
    commands_on_demand=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message=f"kairos %(version)s, {how_it_runs()}")
def main() -> None:
    """Kairos: an order management system for the order desk of a bank, broker or asset manager."""

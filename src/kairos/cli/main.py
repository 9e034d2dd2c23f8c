"""The `kairos` command."""

from __future__ import annotations

import click

from kairos import __version__, how_it_runs
from kairos.cli.demo import demo
from kairos.cli.init import init
from kairos.cli.journal import journal
from kairos.cli.order import order
from kairos.cli.orders import orders, watch
from kairos.cli.scenario import scenario
from kairos.cli.serve import engine, serve, simulator


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message=f"kairos %(version)s, {how_it_runs()}")
def main() -> None:
    """Kairos: an order management system for the order desk of a bank, broker or asset manager."""


for command in (init, serve, demo, orders, watch, order, journal, scenario, engine, simulator):
    main.add_command(command)

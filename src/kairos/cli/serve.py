"""`kairos serve` and the processes that it supervises."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from kairos import COMPILED, how_it_runs
from kairos.adapters.config import Config
from kairos.adapters.config_file import load_config
from kairos.adapters.logs import configure_logs, get_log
from kairos.app.engine_process import run_engine
from kairos.app.keeper import run_keeper
from kairos.app.loop import run
from kairos.app.simulator_process import run_simulator
from kairos.cli.errors import told
from kairos.supervisor import Child, Supervisor

CONFIG = click.option(
    "--config",
    "config_path",
    default="kairos.toml",
    show_default=True,
    envvar="KAIROS_CONFIG",
    type=click.Path(path_type=Path),
    help="The configuration; `kairos init` writes one.",
)


@click.command()
@CONFIG
@told
def serve(config_path: Path) -> None:
    """Run the order desk: the engine, the keeper of its snapshots, and the simulated exchange where one is configured.
    Ctrl-C ends it."""
    config = load_config(config_path)
    configure_logs(config.log)
    log = get_log("supervisor")
    if not COMPILED:
        log.warning(how_it_runs())
    where = ["--config", str(config.file)]
    children = [Child("engine", ["engine", *where])]
    if config.simulator is not None and config.simulator.enabled:
        children.insert(0, Child("simulator", ["simulator", *where]))
    if config.journal.snapshot_every:
        children.append(Child("keeper", ["keeper", *where], vital=False))
    sys.exit(run(Supervisor(children, log).run()))


@click.command(hidden=True)
@CONFIG
@told
def engine(config_path: Path) -> None:
    """Run the engine process alone."""
    _alone(config_path, run_engine)


@click.command(hidden=True)
@CONFIG
@told
def simulator(config_path: Path) -> None:
    """Run the simulated exchange alone."""
    _alone(config_path, run_simulator)


@click.command(hidden=True)
@CONFIG
@told
def keeper(config_path: Path) -> None:
    """Run the keeper of snapshots alone."""
    _alone(config_path, run_keeper)


def _alone(config_path: Path, run_process: Callable[[Config], int]) -> None:
    config = load_config(config_path)
    configure_logs(config.log)
    sys.exit(run_process(config))

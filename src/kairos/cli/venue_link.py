"""How `kairos venue` reaches the simulated exchange that runs: by the folder in which it keeps its socket."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from kairos.adapters.config_file import load_config
from kairos.adapters.link_client import LinkClient
from kairos.adapters.link_frames import LinkError, read_or_make_token
from kairos.app.venue_places import venue_socket, venue_token_file

F = TypeVar("F", bound=Callable[..., object])


def venue_options(command: F) -> F:
    """`--data`, `--config` and `--user`, which every command to a running exchange takes."""
    command = click.option(
        "--data",
        "data_dir",
        type=click.Path(path_type=Path),
        help="The folder of the exchange, where `kairos venue serve` runs it alone.",
    )(command)
    command = click.option(
        "--config",
        "config_path",
        default="kairos.toml",
        show_default=True,
        envvar="KAIROS_CONFIG",
        type=click.Path(path_type=Path),
        help="The configuration of the house that it belongs to.",
    )(command)
    return click.option("--user", default="", envvar="KAIROS_USER", help="Who you are; it is logged.")(command)


def open_venue(data_dir: Path | None, config_path: Path, user: str) -> LinkClient:
    """Connect to the simulated exchange that runs."""
    folder = load_config(config_path).engine.data_dir if data_dir is None else data_dir
    token = venue_token_file(folder)
    if not token.exists():
        raise LinkError(f"no simulated exchange has run in {folder}; `kairos venue serve` or `kairos serve` starts one")
    return LinkClient.connect(venue_socket(folder), read_or_make_token(token), user)

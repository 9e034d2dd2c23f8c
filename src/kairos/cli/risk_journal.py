"""What the commands of `kairos risk` that read a journal ask in the same way: which one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from kairos.adapters.config_file import load_config

F = TypeVar("F", bound=Callable[..., object])


def journal_options(command: F) -> F:
    """`--journal`, else the one of `--config`."""
    command = click.option(
        "--journal",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="The journal; without it, that of --config.",
    )(command)
    return click.option(
        "--config",
        "config_path",
        default="kairos.toml",
        show_default=True,
        envvar="KAIROS_CONFIG",
        type=click.Path(path_type=Path),
        help="The engine's configuration.",
    )(command)


def journal_of(journal: Path | None, config_path: Path) -> Path:
    return load_config(config_path).journal.file if journal is None else journal

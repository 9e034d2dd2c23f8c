"""A group of commands whose files are imported when they are called, so that each starts with what it needs."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class OnDemand(click.Group):
    """`commands_on_demand`: name of a command -> its file in kairos.cli and its name there."""

    def __init__(self, *args: Any, commands_on_demand: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._on_demand = commands_on_demand

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._on_demand)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._on_demand:
            return None
        file, name = self._on_demand[cmd_name]
        command = getattr(import_module(f"kairos.cli.{file}"), name)
        assert isinstance(command, click.Command)
        return command

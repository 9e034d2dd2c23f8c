"""The `kairos` command. A group's file is imported when it is called, so that each command starts with what it
needs."""

from __future__ import annotations

from importlib import import_module
from typing import Final

import click

from kairos import __version__, how_it_runs

# Name of a command -> its file here and its name there.
COMMANDS: Final = {
    "init": ("init", "init"),
    "serve": ("serve", "serve"),
    "demo": ("demo", "demo"),
    "orders": ("orders", "orders"),
    "watch": ("orders", "watch"),
    "order": ("order", "order"),
    "route": ("route", "route"),
    "kill": ("control", "kill"),
    "release": ("control", "release"),
    "restrict": ("control", "restrict"),
    "reference": ("control", "reference"),
    "journal": ("journal", "journal"),
    "scenario": ("scenario", "scenario"),
    "engine": ("serve", "engine"),
    "simulator": ("serve", "simulator"),
}


class Groups(click.Group):
    """The commands above, imported on demand."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        file, name = COMMANDS[cmd_name]
        command = getattr(import_module(f"kairos.cli.{file}"), name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=Groups, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message=f"kairos %(version)s, {how_it_runs()}")
def main() -> None:
    """Kairos: an order management system for the order desk of a bank, broker or asset manager."""

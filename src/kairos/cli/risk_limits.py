"""`kairos risk limits`: every limit of the tree, who set it and when, from the journal."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from kairos.cli.errors import told
from kairos.cli.journal_options import moment
from kairos.cli.orders import PIPE_WIDTH
from kairos.cli.risk_journal import journal_of, journal_options
from kairos.cli.words import when
from kairos.evidence.settings import Group, Setting, Settings
from kairos.history.span import END, Span, events_until


@click.command("limits")
@journal_options
@click.option("--at", "at_ns", metavar="TIME", callback=moment, help="As they stood then; UTC where no zone is said.")
@click.option("--all", "with_others", is_flag=True, help="Also lists, entitlements, rules, people and own checks.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@told
def limits_command(
    journal: Path | None, config_path: Path, at_ns: int | None, with_others: bool, as_json: bool
) -> None:
    """List the limits of the tree: where each hangs, its value, since when, by whom and why.

    It reads the journal and its archive, and needs no running engine. What files set has no user."""
    standing = _settings(journal_of(journal, config_path), END if at_ns is None else at_ns)
    listed = [setting for setting in standing if with_others or setting.group is Group.LIMIT]
    if as_json:
        for setting in listed:
            click.echo(json.dumps(_as_json(setting), ensure_ascii=False))
    else:
        _show(listed)


def _settings(journal: Path, to_ns: int) -> list[Setting]:
    settings = Settings()
    for _, event in events_until(journal, Span(to_ns=to_ns)):
        settings.apply(event)
    return sorted(settings.standing.values(), key=lambda setting: (setting.group.value, setting.place, setting.name))


def _as_json(setting: Setting) -> dict[str, str]:
    return {
        "group": setting.group.value,
        "place": setting.place,
        "name": setting.name,
        "value": setting.value,
        "at": when(setting.at_ns),
        "at_ns": str(setting.at_ns),
        "user_id": setting.user_id,
        "text": setting.text,
    }


def _show(listed: list[Setting]) -> None:
    console = Console()
    if not console.is_terminal:
        console.width = PIPE_WIDTH
    table = Table(title=f"{len(listed)} settings", title_justify="left")
    for name in ("kind", "place", "name", "value", "since (UTC)", "by", "why"):
        table.add_column(name)
    for setting in listed:
        who = setting.user_id or "files"
        row = (setting.group.value, setting.place, setting.name, setting.value, when(setting.at_ns), who, setting.text)
        table.add_row(*row)
    console.print(table)

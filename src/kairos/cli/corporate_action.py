"""`kairos corporate-action`: splits and dividends, applied on the morning of their ex date, or tried out."""

from __future__ import annotations

from pathlib import Path

import click

from kairos.adapters.corporate_action_file import action_of, read_corporate_actions
from kairos.adapters.file_errors import Problems
from kairos.adapters.file_rows import Row
from kairos.cli.errors import told
from kairos.cli.link import give, link_options, open_link, require_user, tell
from kairos.engine.engine import Engine
from kairos.market.action_rules import ActionRule, read_action_rules, shipped_rules_file
from kairos.model.commands import ApplyCorporateAction
from kairos.model.people import given_by

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
ARGUMENTS = "arguments"  # where a field of the command line stands, in errors


@click.group("corporate-action")
def corporate_action() -> None:
    """Splits and dividends: reference prices, positions, and orders that outlive the day."""


@corporate_action.command("apply")
@click.argument("file", required=False, type=FILE)
@click.option("--id", "action_id", help="The action's id; it is applied once.")
@click.option("--instrument", help="SYMBOL.MIC")
@click.option("--kind", help="split, reverse_split, cash_dividend or stock_dividend")
@click.option("--ex-date", help="The desk's trading date, as 2026-11-23.")
@click.option("--ratio", help="New units for old ones, as 3:2.")
@click.option("--cash", help="Cash a share, before tax.")
@click.option("--currency", help="Of the cash.")
@click.option("--orders", help="adjust, adjust_all, cancel or leave; the market's rule by default.")
@click.option("--reference-px", help="The ex reference price that the exchange published; else it is reckoned.")
@click.option(
    "--leave-live", is_flag=True, help="Leave orders that work at a venue to it; else they refuse the action."
)
@click.option("--text", help="What clients are told.")
@click.option("--rules", type=FILE, help="The house's rules on open orders; else those that ship.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@link_options
@told
def apply_command(
    file: Path | None, rules: Path | None, dry_run: bool, leave_live: bool, config_path: Path, user: str, **fields: str
) -> None:
    """Apply the actions of FILE (corporate_actions.csv), or the one that the options tell."""
    if (file is None) == (not any(fields.values())):
        raise click.UsageError("give a file, or --id, --instrument, --kind and --ex-date")
    known = read_action_rules(shipped_rules_file() if rules is None else rules)
    actions = read_corporate_actions(file, known) if file is not None else [_told_action(fields, known, leave_live)]
    user = require_user(user)
    commands = [given_by(action, user) for action in actions]
    if not dry_run:
        give(config_path, user, *commands)
        return
    with open_link(config_path, user) as link:
        engine = Engine()
        engine.recover(link.snapshot()[0])
    for command in commands:
        tell(engine.handle(command, 0))
    click.echo("dry run: nothing was changed")


def _told_action(fields: dict[str, str], rules: dict[str, ActionRule], leave_live: bool) -> ApplyCorporateAction:
    names = {"instrument": "instrument_id"}
    values: dict[str, object] = {names.get(name, name): text for name, text in fields.items() if text}
    if leave_live:
        values["leave_live"] = "true"
    problems = Problems()
    action = action_of(Row(ARGUMENTS, values, problems, {(): 1}), rules)
    problems.raise_if_any()
    return action

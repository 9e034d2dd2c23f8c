"""`kairos risk backtest`: what rules would have done on the days that a journal holds."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import click

from kairos.adapters.risk_rules_file import read_rules
from kairos.backtest.rules import RulesBacktest, Told
from kairos.cli.errors import told
from kairos.cli.journal_options import moment
from kairos.cli.risk_journal import journal_of, journal_options
from kairos.cli.words import when
from kairos.evidence.spelling import action_text, duration, indicator_text, place_text
from kairos.history.span import END, Span, events_until
from kairos.model.commands import DefineRule
from kairos.model.events import ResponseTaken

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("backtest")
@click.argument("rules", type=FILE)
@journal_options
@click.option("--from", "from_ns", metavar="TIME", callback=moment, help="Tell from then; the fold begins before.")
@click.option("--to", "to_ns", metavar="TIME", callback=moment, help="The end; UTC where no zone is said.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@told
def backtest_command(
    rules: Path, journal: Path | None, config_path: Path, from_ns: int | None, to_ns: int | None, as_json: bool
) -> None:
    """Tell what the rules of RULES would have done, when and why, on what the journal holds.

    Nothing is changed, and no engine has to run. The past goes on as it did: what a response would have prevented is
    still in it. Levels that only people release hold to the end."""
    defined = read_rules(rules)
    span = Span(to_ns=END if to_ns is None else to_ns)
    events = events_until(journal_of(journal, config_path), span)
    taken: Counter[str] = Counter()
    for one in RulesBacktest(defined).run(events):
        if one.event.at_ns >= (from_ns or 0):
            taken[one.event.rule_id] += isinstance(one.event, ResponseTaken)
            click.echo(json.dumps(as_object(one, defined), ensure_ascii=False) if as_json else in_words(one, defined))
    if not as_json:
        _sum_up(defined, taken)


def in_words(one: Told, defined: list[DefineRule]) -> str:
    """One line: when, which rule where, what was seen, what would have been done."""
    event = one.event
    rule = next(rule for rule in defined if rule.rule_id == event.rule_id)
    seen = indicator_text(rule.indicator, event.seen)
    where = f"{when(event.at_ns)}  #{one.seq}  {event.rule_id} at {place_text(event.place)}"
    if not isinstance(event, ResponseTaken):
        return f"{where}: level {event.level} would be left after {duration(event.held_ns)}, seen {seen}"
    actions = ", ".join(action_text(action) for action in event.actions)
    bound = indicator_text(rule.indicator, event.threshold)
    orders = f", {len(event.orders)} orders taken back" if event.orders else ""
    return (
        f"{where}: level {event.level} would be taken, {rule.indicator.name} {seen} "
        f"{'above' if rule.above else 'below'} {bound} ({event.cause}): {actions}{orders}"
    )


def as_object(one: Told, defined: list[DefineRule]) -> dict[str, object]:
    event = one.event
    rule = next(rule for rule in defined if rule.rule_id == event.rule_id)
    told_of: dict[str, object] = {
        "at": when(event.at_ns),
        "at_ns": str(event.at_ns),
        "seq": one.seq,
        "rule": event.rule_id,
        "place": place_text(event.place),
        "level": event.level,
        "indicator": rule.indicator.name,
        "seen": indicator_text(rule.indicator, event.seen),
    }
    if not isinstance(event, ResponseTaken):
        return {**told_of, "would": "leave", "release": event.release.name, "held_ns": str(event.held_ns)}
    return {
        **told_of,
        "would": "take",
        "threshold": indicator_text(rule.indicator, event.threshold),
        "actions": [action_text(action) for action in event.actions],
        "orders": [ref.order_id for ref in event.orders],
        "cause": event.cause,
    }


def _sum_up(defined: list[DefineRule], taken: Counter[str]) -> None:
    for rule in defined:
        click.echo(f"{rule.rule_id}: {taken[rule.rule_id]} responses")

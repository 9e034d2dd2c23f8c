"""`kairos risk rules`: the rules that act by themselves: where they stand, and what a risk officer does with them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import click

from kairos.adapters.risk_rules_file import read_rules
from kairos.app.reference import what_differs_of_rules
from kairos.cli.errors import told
from kairos.cli.link import give, link_options, open_link, require_user
from kairos.cli.words import when
from kairos.evidence.spelling import place_text, rule_text
from kairos.model.commands import Command, ReleaseRule, RemoveRule
from kairos.model.enums import NodeKind, ScopeKind
from kairos.model.events import Event, RuleDefined, RuleSnapshot
from kairos.model.people import given_by
from kairos.model.values import Place

FILE: Final = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@dataclass
class Standing:
    """A rule, and the places where it holds a level."""

    rule: RuleDefined
    held: list[RuleSnapshot] = field(default_factory=list)


@click.group("rules", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@link_options
@click.pass_context
@told
def rules(context: click.Context, as_json: bool, config_path: Path, user: str) -> None:
    """Rules that act by themselves when an indicator leaves its range. Alone it lists them and what they hold."""
    if context.invoked_subcommand is not None:
        return
    with open_link(config_path, require_user(user)) as link:
        standing = standing_of(link.snapshot(reference_only=True)[0])
    for one in standing:
        click.echo(json.dumps(as_object(one), ensure_ascii=False) if as_json else in_words(one))
    if not standing and not as_json:
        click.echo("no rules; `kairos risk rules apply FILE` defines some")


def standing_of(events: list[Event]) -> list[Standing]:
    """The rules of a snapshot, in their order."""
    found: dict[str, Standing] = {}
    for event in events:
        if isinstance(event, RuleDefined):
            found[event.rule_id] = Standing(event)
        elif isinstance(event, RuleSnapshot) and event.level:
            found[event.rule_id].held.append(event)
    return list(found.values())


def in_words(one: Standing) -> str:
    rule = one.rule
    where = f"each {rule.place.node.name}" if rule.each else place_text(rule.place)
    lines = [f"{rule.rule_id}  {where}  {rule_text(rule)}" + (f"  ({rule.text})" if rule.text else "")]
    for held in one.held:
        since = when(held.times[held.level - 1].taken_at_ns)
        lines.append(f"    level {held.level} holds at {place_text(held.place)} since {since}")
    return "\n".join(lines)


def as_object(one: Standing) -> dict[str, object]:
    rule = one.rule
    held = [
        {"place": place_text(h.place), "level": h.level, "since_ns": str(h.times[h.level - 1].taken_at_ns)}
        for h in one.held
    ]
    place = place_text(rule.place)
    return {"rule": rule.rule_id, "place": place, "each": rule.each, "says": rule_text(rule), "held": held}


@rules.command()
@FILE
@told
def check(file: Path) -> None:
    """Read FILE and tell every error in it, by line and field."""
    click.echo(f"{len(read_rules(file))} rules, no error")


@rules.command("apply")
@FILE
@link_options
@told
def apply_command(file: Path, config_path: Path, user: str) -> None:
    """Define the rules of FILE that differ from those that stand, as journaled events. Others stay."""
    user = require_user(user)
    wanted = read_rules(file)
    with open_link(config_path, user) as link:
        standing = [one.rule for one in standing_of(link.snapshot(reference_only=True)[0])]
    changes: list[Command] = [given_by(command, user) for command in what_differs_of_rules(standing, wanted)]
    give(config_path, user, *changes)
    click.echo(f"{len(changes)} of {len(wanted)} rules new or changed")


@rules.command()
@click.argument("rule")
@click.argument("reason")
@link_options
@told
def remove(rule: str, reason: str, config_path: Path, user: str) -> None:
    """Take RULE away, for REASON. Refused while it holds what people must release."""
    give(config_path, require_user(user), RemoveRule(rule, reason, user))


@rules.command()
@click.argument("rule")
@click.argument("place")
@click.argument("reason")
@link_options
@told
def release(rule: str, place: str, reason: str, config_path: Path, user: str) -> None:
    """Take back what RULE holds at PLACE (`account:A1`, `strategy:A1/ALPHA`, `desk:D1+instrument:2330.XTAI`, `firm`),
    for REASON. Where its level asks for two people, a second one must approve it."""
    give(config_path, require_user(user), ReleaseRule(rule, place_of(place), reason, user))


def place_of(text: str) -> Place:
    """`account:A1+instrument:2330.XTAI`; `firm` alone is the firm."""
    node_text, _, scope_text = text.partition("+")
    node_name, _, node_id = node_text.partition(":")
    scope_name, _, scope_id = scope_text.partition(":")
    nodes = {kind.name.lower(): kind for kind in NodeKind}
    scopes = {kind.name.lower(): kind for kind in ScopeKind}
    if node_name not in nodes or (scope_text and (scope_name not in scopes or not scope_id)):
        raise click.BadParameter(f"{text!r} is no place; write it as account:A1 or desk:D1+instrument:2330.XTAI")
    return Place(nodes[node_name], node_id, scopes[scope_name] if scope_text else ScopeKind.ALL, scope_id)

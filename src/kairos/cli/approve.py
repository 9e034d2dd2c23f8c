"""`kairos approve list | show | yes | no`: what waits for a second person."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kairos.cli.errors import told
from kairos.cli.link import give, link_options, open_link, require_user
from kairos.cli.words import command_as_json, when
from kairos.model.commands import DecideApproval, DefinePolicy
from kairos.model.enums import ApprovalKind
from kairos.model.events import ApprovalRequested, Event
from kairos.model.nested import decode_commands
from kairos.model.numbers import NumberError, parse_money
from kairos.model.values import ApprovalRule

NUMBER = click.argument("number", type=click.IntRange(min=1))
MINUTE_NS = 60_000_000_000


@click.group()
def approve() -> None:
    """What waits for a second person: orders, limits, kill releases, restrictions, trades, responses, the policy."""


@approve.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON, one a line.")
@link_options
@told
def list_waiting(as_json: bool, config_path: Path, user: str) -> None:
    """What waits, the oldest first: number, kind, who asked, until when, and what would be done."""
    waiting = _waiting(config_path, user)
    if not waiting and not as_json:
        click.echo("nothing waits for a second person")
    for one in waiting:
        click.echo(json.dumps(approval_as_json(one)) if as_json else approval_in_words(one))


@approve.command()
@NUMBER
@link_options
@told
def show(number: int, config_path: Path, user: str) -> None:
    """All of NUMBER: when it was asked for, and the command as it would be given."""
    one = next((one for one in _waiting(config_path, user) if one.approval_id == number), None)
    if one is None:
        raise click.ClickException(f"nothing of number {number} waits for a second person")
    click.echo(f"{approval_in_words(one)} (asked at {when(one.at_ns)} UTC)")
    for command in decode_commands(one.command):
        click.echo(json.dumps(command_as_json(command), ensure_ascii=False))


@approve.command()
@NUMBER
@click.option("--text", default="", help="Why.")
@click.option("--word", default="", help="Where it asks for a typed word: that; asked for by default.")
@link_options
@told
def yes(number: int, text: str, word: str, config_path: Path, user: str) -> None:
    """Approve NUMBER: it is done at once, in the name of who asked for it."""
    asks = any(one.approval_id == number and one.word for one in _waiting(config_path, user))
    typed = click.prompt("Type its word", default="", show_default=False) if asks and not word else word
    give(config_path, require_user(user), DecideApproval(number, True, typed, text, user))


@approve.command()
@NUMBER
@click.option("--text", default="", help="Why.")
@link_options
@told
def no(number: int, text: str, config_path: Path, user: str) -> None:
    """Refuse NUMBER; who asked for it takes it back so."""
    give(config_path, require_user(user), DecideApproval(number, False, "", text, user))


@approve.command()
@click.argument("kinds", nargs=-1, type=click.Choice([kind.name for kind in ApprovalKind], case_sensitive=False))
@click.option("--expires", default=30, show_default=True, type=click.IntRange(min=1), help="Minutes until it expires.")
@click.option(
    "--above",
    default="0",
    show_default=True,
    help="Of TRADE: the value, in the firm's base currency, from which on it waits.",
)
@click.option("--text", default="", help="Why.")
@link_options
@told
def policy(kinds: tuple[str, ...], expires: int, above: str, text: str, config_path: Path, user: str) -> None:
    """Say which KINDS need a second person from now on; with none, all act at once again. (ORDER always does.)"""
    try:
        notional = parse_money(above)
    except NumberError as error:
        raise click.UsageError(f"--above: {error}") from None
    rules = tuple(_rule(ApprovalKind[kind.upper()], expires * MINUTE_NS, notional) for kind in kinds)
    give(config_path, require_user(user), DefinePolicy(rules, text, user))


def _rule(kind: ApprovalKind, expires_after_ns: int, notional: int) -> ApprovalRule:
    return ApprovalRule(kind, expires_after_ns, notional if kind is ApprovalKind.TRADE else 0)


def _waiting(config_path: Path, user: str) -> list[ApprovalRequested]:
    with open_link(config_path, require_user(user)) as link:
        return approvals_in(link.snapshot(reference_only=True)[0])


def approvals_in(events: list[Event]) -> list[ApprovalRequested]:
    """What waits, of a snapshot of the engine."""
    return [event for event in events if isinstance(event, ApprovalRequested)]


def approval_as_json(one: ApprovalRequested) -> dict[str, object]:
    return {
        "approval_id": one.approval_id,
        "kind": one.kind.name,
        "asked_at": when(one.at_ns),
        "asked_by": one.asked_by,
        "expires_at": when(one.expires_at_ns),
        "order_id": one.order_id,
        "summary": one.summary,
        "needs_word": bool(one.word),
    }


def approval_in_words(one: ApprovalRequested) -> str:
    who = one.asked_by or "the house or a client"
    return f"{one.approval_id} {one.kind.name} by {who}, until {when(one.expires_at_ns)} UTC: {one.summary}"

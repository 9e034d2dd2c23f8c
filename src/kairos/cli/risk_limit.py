"""`kairos risk limit set | remove`: a risk officer hangs a limit on a place of the tree of a running desk."""

from __future__ import annotations

from pathlib import Path

import click

from kairos.adapters.file_values import a_duration
from kairos.cli.errors import told
from kairos.cli.link import link_options, open_link, raise_refusal, require_user
from kairos.cli.risk_rules import place_of
from kairos.cli.words import event_in_words
from kairos.evidence.spelling import limit_text, place_text
from kairos.model.commands import Command, PlaceLimit, RemoveLimit
from kairos.model.enums import LimitKind, Severity
from kairos.model.events import Event, LimitPlaced, LimitRemoved
from kairos.model.limit_units import IN_MONEY
from kairos.model.numbers import parse_decimal, parse_money
from kairos.model.values import Limit

KIND = click.argument("kind", type=click.Choice([kind.value.lower() for kind in LimitKind]), metavar="KIND")


def _window(context: click.Context, parameter: click.Parameter, text: str | None) -> int:
    try:
        return 0 if text is None else a_duration(text)
    except ValueError as error:
        raise click.BadParameter(str(error), context, parameter) from error


@click.group()
def limit() -> None:
    """Hang a limit on a place of the tree, or take it away; journaled with who and why."""


@limit.command("set")
@click.argument("place")
@KIND
@click.argument("value")
@click.argument("reason")
@click.option("--severity", type=click.Choice([s.name.lower() for s in Severity]), default="hard", show_default=True)
@click.option("--in", "currency", default="", help="The currency of a value in money; without it, the place's own.")
@click.option("--window", "window_ns", metavar="TIME", callback=_window, help="Over which it counts, as 2s.")
@click.option("--burst", type=click.IntRange(0), default=0, help="Of a rate: requests at once.")
@click.option("--spares-closing", is_flag=True, help="Orders that only reduce the account's position pass it.")
@link_options
@told
def set_command(
    place: str,
    kind: str,
    value: str,
    reason: str,
    severity: str,
    currency: str,
    window_ns: int,
    burst: int,
    spares_closing: bool,
    config_path: Path,
    user: str,
) -> None:
    """Hang a limit of KIND at PLACE, or change the one there, for REASON.

    PLACE as account:A1, desk:EQ+instrument:2330.XTAI or firm. Who loosens a limit may need a second person."""
    of_kind = LimitKind(kind.upper())
    parsed = parse_money(value) if of_kind in IN_MONEY else parse_decimal(value, 0)
    bound = Limit(of_kind, Severity[severity.upper()], parsed, currency, window_ns, burst, spares_closing)
    _give(PlaceLimit(place_of(place), bound, reason, require_user(user)), config_path, user)


@limit.command("remove")
@click.argument("place")
@KIND
@click.argument("reason")
@link_options
@told
def remove_command(place: str, kind: str, reason: str, config_path: Path, user: str) -> None:
    """Take the limit of KIND at PLACE away, for REASON."""
    command = RemoveLimit(place_of(place), LimitKind(kind.upper()), reason, require_user(user))
    _give(command, config_path, user)


def _give(command: Command, config_path: Path, user: str) -> None:
    with open_link(config_path, user) as link:
        events = link.command(command)
    raise_refusal(events)
    for event in events:
        click.echo(_in_words(event))


def _in_words(event: Event) -> str:
    if isinstance(event, LimitPlaced):
        return f"{place_text(event.place)}: {event.limit.kind.value} {limit_text(event.limit)}"
    if isinstance(event, LimitRemoved):
        return f"{place_text(event.place)}: {event.kind.value} removed"
    return event_in_words(event)

"""`kairos kill engage | release | status`, and `kairos release`: the kill switch of any node, instrument or venue."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kairos.cli.errors import told
from kairos.cli.link import give, link_options, open_link, require_user
from kairos.cli.words import when
from kairos.model.commands import EngageKill, ReleaseKill
from kairos.model.events import Event, KillSnapshot
from kairos.state.fold_kills import apply_kill_event
from kairos.state.kills import WHOLE_FIRM, Kill, KillPlace, Kills, parse_place

PLACE_HELP = (
    "What it stops: an account, or WORD:ID with account, client, strategy, desk, trader, instrument, class, market, "
    "currency or venue; two of them crossed with +. The whole firm by default."
)


class EngageFirst(click.Group):
    """What is no command of the group is the reason of `engage`: `kairos kill "prices look wrong"`."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands:
            args = ["engage", *args]
        return super().resolve_command(ctx, args)


class Place(click.ParamType[KillPlace]):
    """A place as it is spelled everywhere."""

    name = "PLACE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> KillPlace:
        if isinstance(value, KillPlace):
            return value
        try:
            return parse_place(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


AT = click.option("--at", "place", type=Place(), default=WHOLE_FIRM, help=PLACE_HELP)
ACCOUNT = click.option("--account", default="", help="The same as --at ACCOUNT.")


def _place(place: KillPlace, account: str) -> KillPlace:
    if account and place.spelling() != WHOLE_FIRM:
        raise click.UsageError("say --account or --at, not both")
    return parse_place(f"account:{account}") if account else place


@click.group(cls=EngageFirst)
def kill() -> None:
    """Block new orders and take back working ones; it holds over restarts until it is released."""


@kill.command()
@click.argument("reason")
@AT
@ACCOUNT
@click.option("--word", default="", help="What must be typed at the release; the place's spelling by default.")
@link_options
@told
def engage(reason: str, place: KillPlace, account: str, word: str, config_path: Path, user: str) -> None:
    """Block new orders and cancel working ones, for REASON. It holds over restarts until it is released."""
    at = _place(place, account)
    command = EngageKill("", reason, user, at.node, at.node_id, at.scope, at.scope_id, at.venue_id, word)
    give(config_path, require_user(user), command)


@click.command()
@click.argument("reason")
@AT
@ACCOUNT
@click.option(
    "--word", default="", help="The word of the kill, as `kairos kill status` tells it; asked for by default."
)
@link_options
@told
def release(reason: str, place: KillPlace, account: str, word: str, config_path: Path, user: str) -> None:
    """Let orders in again after a kill, for REASON. Another person than who engaged it acts at once; who engaged it
    asks for a second person (`kairos approve`)."""
    at = _place(place, account)
    user = require_user(user)
    typed = word or click.prompt(f"Type the word of the kill of {at.spelling()}", default="", show_default=False)
    command = ReleaseKill("", reason, user, at.node, at.node_id, at.scope, at.scope_id, at.venue_id, typed)
    give(config_path, user, command)


kill.add_command(release)


@kill.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON, one kill a line.")
@link_options
@told
def status(as_json: bool, config_path: Path, user: str) -> None:
    """Which kills are engaged: since when, by whom, why, how many orders were to cancel and which still work."""
    with open_link(config_path, require_user(user)) as link:
        kills = kills_in(link.snapshot(reference_only=True)[0])
    if not kills and not as_json:
        click.echo("no kill is engaged")
    for engaged in kills:
        click.echo(json.dumps(kill_as_json(engaged)) if as_json else kill_in_words(engaged))


def kills_in(events: list[Event]) -> list[Kill]:
    """The kills that a snapshot of the engine tells of."""
    kills = Kills({})
    for event in events:
        if isinstance(event, KillSnapshot):
            apply_kill_event(kills, event)
    return list(kills.engaged.values())


def kill_as_json(engaged: Kill) -> dict[str, object]:
    return {
        "kill": engaged.name,
        "engaged_at": when(engaged.engaged_at_ns),
        "by": engaged.user_id,
        "why": engaged.text,
        "word": engaged.word,
        "to_cancel": engaged.to_cancel,
        "canceled": engaged.canceled,
        "ended": engaged.ended,
        "routes" if engaged.is_of_routes() else "orders": list(engaged.working),
    }


def kill_in_words(engaged: Kill) -> str:
    """Two lines: where, when, who, why; and how far it has come."""
    what = "routes" if engaged.is_of_routes() else "orders"
    still = ", ".join(str(number) for number in engaged.working) or "none"
    who = engaged.user_id or "the house"
    return (
        f"{engaged.name}: engaged {when(engaged.engaged_at_ns)} UTC by {who}: {engaged.text} (word: {engaged.word})\n"
        f"  {engaged.to_cancel} {what} to cancel: {engaged.canceled} canceled, {engaged.ended} ended otherwise; "
        f"still open: {still}"
    )

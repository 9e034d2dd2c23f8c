"""`kairos risk entitle`: who may trade where, granted or withdrawn on a running desk."""

from __future__ import annotations

from pathlib import Path

import click

from kairos.cli.errors import told
from kairos.cli.link import link_options, open_link, raise_refusal, require_user
from kairos.cli.risk_rules import place_of
from kairos.cli.words import event_in_words
from kairos.evidence.spelling import place_text
from kairos.model.commands import SetEntitlement
from kairos.model.events import EntitlementSet, Event


@click.command()
@click.argument("holder")
@click.argument("place")
@click.argument("reason")
@click.option("--session", "is_session", is_flag=True, help="HOLDER is a FIX session, not a person.")
@click.option("--withdraw", is_flag=True, help="Take away what was granted there.")
@link_options
@told
def entitle(
    holder: str, place: str, reason: str, is_session: bool, withdraw: bool, config_path: Path, user: str
) -> None:
    """Let HOLDER trade at PLACE, for REASON; from then on only there and where else it was granted.

    PLACE as account:A1, desk:EQ+instrument:2330.XTAI or firm."""
    command = SetEntitlement(
        place=place_of(place),
        holder_id="" if is_session else holder,
        session=holder if is_session else "",
        granted=not withdraw,
        text=reason,
        user_id=require_user(user),
    )
    with open_link(config_path, user) as link:
        events = link.command(command)
    raise_refusal(events)
    for event in events:
        click.echo(_in_words(event))


def _in_words(event: Event) -> str:
    if not isinstance(event, EntitlementSet):
        return event_in_words(event)
    what = "may trade" if event.granted else "was granted no more"
    return f"{event.holder_id or event.session} {what}: {place_text(event.place)}"

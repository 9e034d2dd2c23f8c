"""`kairos venue halt`, `resume`, `bust`, `correct`, `fault`: what the operator of a simulated exchange does to it."""

from __future__ import annotations

from pathlib import Path

import click

from kairos.cli.errors import told
from kairos.cli.link import require_user
from kairos.cli.venue_link import open_venue, venue_options

ALL = "all"
INSTRUMENT = click.argument("instrument")
EXEC_ID = click.argument("exec_id")
REASON = click.argument("reason")


@click.command()
@INSTRUMENT
@REASON
@venue_options
@told
def halt(instrument: str, reason: str, data_dir: Path | None, config_path: Path, user: str) -> None:
    """Stop trading in INSTRUMENT ("all" for the whole market), for REASON. Cancels pass; new orders wait."""
    with open_venue(data_dir, config_path, require_user(user)) as link:
        done = link.ask("venue.halt", instrument="" if instrument == ALL else instrument, reason=reason)
    click.echo(f"{done['halted']}: trading is halted")


@click.command()
@INSTRUMENT
@REASON
@venue_options
@told
def resume(instrument: str, reason: str, data_dir: Path | None, config_path: Path, user: str) -> None:
    """Let trading go on in INSTRUMENT ("all" for the whole market), for REASON."""
    with open_venue(data_dir, config_path, require_user(user)) as link:
        done = link.ask("venue.resume", instrument="" if instrument == ALL else instrument, reason=reason)
    click.echo(f"{done['resumed']}: trading goes on")


@click.command()
@EXEC_ID
@REASON
@venue_options
@told
def bust(exec_id: str, reason: str, data_dir: Path | None, config_path: Path, user: str) -> None:
    """Take the trade EXEC_ID back, for REASON; where both sides are clients, on both."""
    with open_venue(data_dir, config_path, require_user(user)) as link:
        done = link.ask("venue.bust", exec_id=exec_id, reason=reason)
    click.echo(f"{done['busted']}: busted")


@click.command()
@EXEC_ID
@click.argument("qty")
@click.argument("px")
@REASON
@venue_options
@told
def correct(exec_id: str, qty: str, px: str, reason: str, data_dir: Path | None, config_path: Path, user: str) -> None:
    """Make the trade EXEC_ID one of QTY at PX, for REASON; where both sides are clients, on both."""
    with open_venue(data_dir, config_path, require_user(user)) as link:
        done = link.ask("venue.correct", exec_id=exec_id, qty=qty, px=px, reason=reason)
    click.echo(f"{done['corrected']}: corrected to {done['qty']} at {done['px']}")


@click.command()
@click.argument("settings", nargs=-1, required=True, metavar="NAME=VALUE...")
@venue_options
@told
def fault(settings: tuple[str, ...], data_dir: Path | None, config_path: Path, user: str) -> None:
    """Let things go wrong from now on: NAME=SHARE of a thousand, or NAME_ms=MILLISECONDS.

    `kairos venue faults` shows the names; 0 switches a fault off.
    """
    chosen = [read_setting(setting) for setting in settings]
    with open_venue(data_dir, config_path, require_user(user)) as link:
        for name, value in chosen:
            link.ask("venue.fault", name=name, value=value)
            click.echo(f"{name} = {value}")


def read_setting(text: str) -> tuple[str, int]:
    """`late_fill=50`."""
    name, _equals, value = text.partition("=")
    if not (value.isascii() and value.isdigit()):
        raise click.UsageError(f"{text!r} must be NAME=VALUE with a whole number, as late_fill=50")
    return name, int(value)

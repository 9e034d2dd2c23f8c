"""`kairos fix sessions`, `reset`, `resend`, `send-test`, `hash-password`: what an operator does with sessions."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from kairos.adapters.credentials import hash_password as make_hash
from kairos.cli.errors import told
from kairos.cli.link import link_options, open_link, require_user
from kairos.cli.words import when

PIPE_WIDTH = 220  # into a pipe or a file nothing is cut off
SESSION = click.argument("session")
A_NUMBER = click.IntRange(min=1)
COLOURS = {"logged on": "blue", "disconnected": "dark_orange"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@link_options
@told
def sessions(as_json: bool, config_path: Path, user: str) -> None:
    """List the engine's FIX sessions: state, numbers, peer, hours, what waits."""
    with open_link(config_path, user) as link:
        rows: list[dict[str, Any]] = link.ask("fix.sessions")
        if as_json:
            for row in rows:
                click.echo(json.dumps(row, ensure_ascii=False))
            return
        console = Console()
        if not console.is_terminal:
            console.width = PIPE_WIDTH
        console.print(session_table(rows, f"{link.engine_name}: {len(rows)} FIX sessions"))


def session_table(rows: list[dict[str, Any]], title: str) -> Table:
    """A session a line; times are UTC, In and Out the numbers expected next. Columns that say nothing are left out."""
    notes = {str(row["session"]): _notes(row) for row in rows}
    optional = [("Schedule", any(row["schedule"] for row in rows)), ("Notes", any(notes.values()))]
    shown_too = [name for name, says_something in optional if says_something]
    table = Table(title=title, title_justify="left", expand=False)
    for name in ("Session", "Serves", "State"):
        table.add_column(name, no_wrap=True)
    for name in ("In", "Out"):
        table.add_column(name, justify="right", no_wrap=True)
    for name in ("Peer", "Since", "Last in", "Last out", *shown_too):
        table.add_column(name, no_wrap=True)
    for row in rows:
        state = str(row["state"])
        colour = COLOURS.get(state)
        peer = f"{row['peer']} TLS" if row["tls"] else str(row["peer"])
        times = (_second(row["logged_on_since_ns"]), _clock(row["last_in_ns"]), _clock(row["last_out_ns"]))
        texts = {"Schedule": str(row["schedule"]), "Notes": notes[str(row["session"])]}
        more = [texts[name] for name in shown_too]
        numbers = (str(row["next_in"]), str(row["next_out"]))
        shown = f"[{colour}]{state}[/]" if colour else state
        table.add_row(row["session"], row["serves"], shown, *numbers, peer, *times, *more)
    return table


def _second(at_ns: int) -> str:
    return when(at_ns)[:19] if at_ns else ""


def _clock(at_ns: int) -> str:
    """What happens all the time was today."""
    return when(at_ns)[11:19] if at_ns else ""


def _notes(row: dict[str, Any]) -> str:
    notes = []
    if row["resending_from"]:
        notes.append(f"resending from {row['resending_from']}, {row['held']} wait behind")
    if row["unread_bytes"]:
        notes.append(f"{row['unread_bytes']} bytes unread by the peer")
    if row["closed"]:
        notes.append("closed")
    return "; ".join(notes)


@click.command()
@SESSION
@click.option(
    "--next-in", type=A_NUMBER, help="The number that we expect next; as it is, when only --next-out is given."
)
@click.option("--next-out", type=A_NUMBER, help="The number that we send next; as it is, when only --next-in is given.")
@click.option("--logout", is_flag=True, help="Log the session out first when it is logged on.")
@link_options
@told
def reset(session: str, next_in: int | None, next_out: int | None, logout: bool, config_path: Path, user: str) -> None:
    """Set the sequence numbers of SESSION anew: both to 1, or as given. Agree on it with the counterparty.

    SESSION is as `kairos fix sessions` shows it, or the peer's CompID where that is enough. What was sent before can't
    be resent afterwards. For operations and administrators; journaled with your name.
    """
    with open_link(config_path, require_user(user)) as link:
        done = link.ask("fix.reset", session=session, next_in=next_in or 0, next_out=next_out or 0, logout=logout)
        click.echo(f"{done['session']}: next in {done['next_in']}, next out {done['next_out']}")


@click.command()
@SESSION
@click.argument("begin", metavar="FROM", type=A_NUMBER)
@click.argument("end", metavar="[TO]", type=A_NUMBER, required=False)
@link_options
@told
def resend(session: str, begin: int, end: int | None, config_path: Path, user: str) -> None:
    """Send messages FROM to TO (or to the last) of SESSION to the client again.

    They go out with PossDupFlag(43), exactly as if the client had asked with a ResendRequest(2). A venue's session is
    refused: an order is never sent twice.
    """
    with open_link(config_path, require_user(user)) as link:
        done = link.ask("fix.resend", session=session, begin=begin, end=end or 0)
        click.echo(f"{done['session']}: {done['begin']} to {done['end']} are being resent")


@click.command("send-test")
@SESSION
@link_options
@told
def send_test(session: str, config_path: Path, user: str) -> None:
    """Send a TestRequest(1) on SESSION and say how long the Heartbeat(0) took."""
    with open_link(config_path, require_user(user)) as link:
        done = link.ask("fix.send_test", session=session)
        click.echo(f"{done['session']}: answered in {done['round_trip_us'] / 1000:.3f} ms")


@click.command("hash-password")
def hash_password() -> None:
    """Make the password_hash of a client's session for kairos.toml.

    The password is asked for, or read from standard input where that is no terminal; it is shown and kept nowhere.
    """
    if sys.stdin.isatty():
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    try:
        click.echo(str(make_hash(password)))
    except ValueError as error:
        raise click.ClickException(str(error)) from error

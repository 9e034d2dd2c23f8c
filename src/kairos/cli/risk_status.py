"""`kairos risk status | watch | follow`: how places of the tree stand: indicators, limits, what holds them back."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import click
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.table import Table

from kairos.adapters.link_client import LinkClient
from kairos.cli.errors import told
from kairos.cli.link import link_options, open_link, require_user, tell
from kairos.cli.orders import PIPE_WIDTH
from kairos.model.commands import WatchPlace
from kairos.model.values import Place
from kairos.state.kills import parse_place

Told = Mapping[str, Any]
PLACES: Final = click.argument("places", nargs=-1)
# The table's columns; --json tells all indicators.
COLUMNS: Final = (
    ("Day P&L", "DAY_PNL"),
    ("Peak", "PEAK_PNL"),
    ("Drawdown", "DRAWDOWN"),
    ("To stop", "STOP_LOSS_DISTANCE"),
    ("Gross", "GROSS"),
    ("Net", "NET"),
    ("VaR", "VAR"),
    ("Won", "WIN_RATE_BPS"),
    ("Filled", "FILL_RATE_BPS"),
    ("Rejected", "REJECT_RATE_BPS"),
    ("Slippage", "SLIPPAGE_BPS"),
)
NS_A_SECOND: Final = 1_000_000_000


@click.command("status")
@PLACES
@click.option("--json", "as_json", is_flag=True, help="One place a line, with all that is known of it.")
@link_options
@told
def status_command(places: tuple[str, ...], as_json: bool, config_path: Path, user: str) -> None:
    """Show how PLACES stand, spelled as for `kairos kill`: firm, A1, desk:EQ, A1+instrument:2330.XTAI; none for the
    firm, all accounts that hold something, and all places that are watched."""
    wanted = [read_place(text) for text in places]
    with open_link(config_path, user) as link:
        answer = ask(link, wanted)
    if as_json:
        for row in answer["places"]:
            click.echo(json.dumps({"at_ns": answer["at_ns"], **row}, ensure_ascii=False))
    else:
        console().print(screen(answer))


@click.command("watch")
@PLACES
@click.option("--interval-ms", type=click.IntRange(100), default=500, show_default=True, help="So often.")
@click.option("--json", "as_json", is_flag=True, help="Each time one place a line.")
@click.option("--seconds", type=float, help="End after so long.")
@link_options
@told
def watch_command(
    places: tuple[str, ...], interval_ms: int, as_json: bool, seconds: float | None, config_path: Path, user: str
) -> None:
    """The same, live. Ctrl-C ends it."""
    wanted = [read_place(text) for text in places]
    ends = None if seconds is None else time.monotonic() + seconds
    with open_link(config_path, user) as link, Live(auto_refresh=False, console=console(quiet=as_json)) as live:
        try:
            while ends is None or time.monotonic() < ends:
                answer = ask(link, wanted)
                if as_json:
                    for row in answer["places"]:
                        click.echo(json.dumps({"at_ns": answer["at_ns"], **row}, ensure_ascii=False))
                else:
                    live.update(screen(answer), refresh=True)
                time.sleep(interval_ms / 1000)
        except KeyboardInterrupt:
            return


@click.command("follow")
@click.argument("places", nargs=-1, required=True)
@link_options
@told
def follow_command(places: tuple[str, ...], config_path: Path, user: str) -> None:
    """Have all indicators of PLACES reckoned from now on: peak and drawdown, rates, slippage, forecasts. A rule follows
    its own places by itself."""
    who = require_user(user)
    with open_link(config_path, user) as link:
        for text in places:
            events = link.command(WatchPlace(read_place(text), who))
            if events:
                tell(events)
            else:
                click.echo(f"{text}: followed already")


def read_place(text: str) -> Place:
    try:
        said = parse_place(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
    if said.venue_id:
        raise click.BadParameter(f"{text!r}: a venue is no place of the tree; name its market, as market:XTAI")
    return Place(said.node, said.node_id, said.scope, said.scope_id)


def ask(link: LinkClient, places: Sequence[Place]) -> Told:
    wanted = [[place.node.name, place.node_id, place.scope.name, place.scope_id] for place in places]
    answer: Told = link.ask("risk.status", places=wanted)
    return answer


# In words


def console(quiet: bool = False) -> Console:
    made = Console(quiet=quiet)
    if not made.is_terminal:
        made.width = PIPE_WIDTH
    return made


def screen(answer: Told) -> RenderableType:
    parts: list[RenderableType] = [indicator_table(answer["places"])]
    lines = [line for row in answer["places"] for line in limit_lines(row, int(answer["at_ns"]))]
    if lines:
        parts.append(limit_table(lines))
    return Group(*parts)


def indicator_table(rows: Sequence[Told]) -> Table:
    """A line a place; what nobody can say is empty."""
    table = Table(title="Indicators", title_justify="left", expand=False)
    table.add_column("Place", no_wrap=True)
    table.add_column("In", no_wrap=True)
    for name, _ in COLUMNS:
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("Held back", overflow="fold")
    for row in rows:
        cells = [in_words(key, row["indicators"].get(key, "")) for _, key in COLUMNS]
        held = [
            *row["constraints"],
            *(f"no returns of {name}" for name in row["missing_returns"][:1] if row["watched"]),
        ]
        table.add_row(row["place"], row["currency"], *cells, ", ".join(held))
    return table


def in_words(name: str, value: str) -> str:
    """Shares in percent, money without what is less than a hundredth."""
    if not value:
        return ""
    if name.endswith("_BPS"):
        return f"{Decimal(value) / 100:.2f} %"
    return money(value)


def money(value: str) -> str:
    return f"{Decimal(value):,.2f}".removesuffix(".00")


def limit_lines(row: Told, at_ns: int) -> list[tuple[str, ...]]:
    """Limits that something is used of, and rules, each with what is left and when it will be reached."""
    lines: list[tuple[str, ...]] = [
        (
            row["place"],
            limit["kind"] + ("" if limit["severity"] == "HARD" else f" ({limit['severity']})"),
            money(limit["used"]),
            money(limit["limit"]),
            money(limit["headroom"]),
            limit["unit"],
            until(limit.get("breach_at_ns", ""), at_ns),
        )
        for limit in row["limits"]
        if "used" in limit
    ]
    for rule in row["rules"]:
        name = f"{rule['rule']}: {rule['indicator']}, level {rule['level']} of {rule['levels']}"
        seen, level = rule.get("seen", ""), rule.get("next", "")
        left = money(str(Decimal(level) - Decimal(seen))) if seen and level else ""
        said = [in_words(rule["indicator"], value) for value in (seen, level)]
        lines.append((row["place"], name, *said, left, "", until(rule.get("breach_at_ns", ""), at_ns)))
    return lines


def limit_table(lines: Sequence[tuple[str, ...]]) -> Table:
    table = Table(title="Limits and rules", title_justify="left", expand=False)
    table.add_column("Place", no_wrap=True)
    table.add_column("Limit or rule", overflow="fold")
    for name in ("Now", "Limit", "Headroom"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("Unit", no_wrap=True)
    table.add_column("Reached in", justify="right", no_wrap=True)
    for line in lines:
        table.add_row(*line)
    return table


def until(breach_at_ns: str, at_ns: int) -> str:
    """How long it takes at the present rate: `now`, `45 s`, `12 min`, `3 h`; empty where no breach is in sight."""
    if not breach_at_ns:
        return ""
    seconds = (int(breach_at_ns) - at_ns) // NS_A_SECOND
    if seconds <= 0:
        return "now"
    if seconds < 120:
        return f"{seconds} s"
    return f"{seconds // 60} min" if seconds < 7200 else f"{seconds // 3600} h"

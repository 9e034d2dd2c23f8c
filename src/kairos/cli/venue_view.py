"""`kairos venue phases`, `book`, `auction`, `faults`: how a running simulated exchange stands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from kairos.cli.errors import told
from kairos.cli.venue_link import open_venue, venue_options
from kairos.cli.words import when
from kairos.venue.checks import PHASE_IN_WORDS

AS_JSON = click.option("--json", "as_json", is_flag=True, help="As JSON.")
INSTRUMENT = click.argument("instrument")
CLOSED = "closed"


@click.command()
@AS_JSON
@venue_options
@told
def phases(as_json: bool, data_dir: Path | None, config_path: Path, user: str) -> None:
    """Where each market is in its day, and what the day is; times are the market's own, in UTC."""
    with open_venue(data_dir, config_path, user) as link:
        found: dict[str, Any] = link.ask("venue.phases")
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    click.echo(f"market time {when(found['market_ns'])[:19]} UTC")
    for market in found["markets"]:
        click.echo(market_in_words(market))
        for span in market["day"]:
            name = f" ({span['name']})" if span["name"] else ""
            hours = f"{when(span['starts_ns'])[11:19]} to {when(span['ends_ns'])[11:19]}"
            click.echo(f"  {hours}  {PHASE_IN_WORDS[span['phase']]}{name}")


def market_in_words(market: dict[str, Any]) -> str:
    """`XXX.XNYS is open; takes orders and cancels; last 158.03`."""
    phase = PHASE_IN_WORDS[market["phase"]] if market["phase"] else CLOSED
    state = f"halted ({market['halted']})" if market["halted"] else phase
    taken = [what for what in ("orders", "cancels") if market[f"takes_{what}"]]
    parts = [f"{market['instrument']} is {state}", f"takes {' and '.join(taken) or 'nothing'}"]
    return "; ".join(parts + ([f"last {market['last_px']}"] if market["last_px"] else []))


@click.command()
@INSTRUMENT
@AS_JSON
@venue_options
@told
def book(instrument: str, as_json: bool, data_dir: Path | None, config_path: Path, user: str) -> None:
    """Clients' resting orders in INSTRUMENT, and what the tape shows."""
    with open_venue(data_dir, config_path, user) as link:
        found: dict[str, Any] = link.ask("venue.book", instrument=instrument)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for whose in ("clients", "tape"):
        click.echo(f"{found['instrument']}, {whose}:")
        for side in ("asks", "bids"):
            rows = found[whose][side]
            for row in reversed(rows) if side == "asks" else rows:
                orders = f"  {row['orders']} orders" if "orders" in row else ""
                click.echo(f"  {side[:-1]}  {row['size']:>10} @ {row['px']}{orders}")


@click.command()
@INSTRUMENT
@AS_JSON
@venue_options
@told
def auction(instrument: str, as_json: bool, data_dir: Path | None, config_path: Path, user: str) -> None:
    """What the auction of clients' orders in INSTRUMENT would give now."""
    with open_venue(data_dir, config_path, user) as link:
        found: dict[str, Any] = link.ask("venue.auction", instrument=instrument)
    click.echo(json.dumps(found, ensure_ascii=False) if as_json else auction_in_words(found))


def auction_in_words(found: dict[str, Any]) -> str:
    """`XXX.XNYS: 300 trade at 158.03, 100 bought are left over (5 orders collected)`."""
    about = f"({found['orders']} orders collected)"
    if found["by_tape"]:
        about = f"({found['orders']} orders collected; the tape's print prices it)"
    if not found["paired_qty"]:
        return f"{found['instrument']}: nothing would trade {about}"
    left = found["imbalance_qty"]
    rest = f", {abs(left)} {'bought' if left > 0 else 'sold'} are left over" if left else ""
    return f"{found['instrument']}: {found['paired_qty']} trade at {found['px']}{rest} {about}"


@click.command()
@venue_options
@told
def faults(data_dir: Path | None, config_path: Path, user: str) -> None:
    """What goes wrong at present, in shares of a thousand, and how long it takes."""
    with open_venue(data_dir, config_path, user) as link:
        plan: dict[str, int] = link.ask("venue.faults")
    for name, value in plan.items():
        click.echo(f"{name} = {value}")

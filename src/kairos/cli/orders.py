"""`kairos orders` and `kairos watch`: the blotter, once or live, over the engine's link."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from kairos.cli.errors import told
from kairos.cli.link import link_options, open_link, read_blotter
from kairos.cli.words import details_as_json, event_as_json, event_in_words, terms_in_words, when
from kairos.desk.blotter import OrderRow
from kairos.model.enums import Side
from kairos.model.events import MarkUpdated
from kairos.model.numbers import format_price

PIPE_WIDTH = 200  # into a pipe or a file nothing is cut off
SIDES = {
    Side.BUY: ("▲ BUY", "blue"),
    Side.SELL: ("▼ SELL", "dark_orange"),
    Side.SELL_SHORT: ("▼ SHORT", "dark_orange"),
    Side.SELL_SHORT_EXEMPT: ("▼ SHORT EX", "dark_orange"),
}


def order_table(rows: Iterable[OrderRow], title: str) -> Table:
    """The blotter as a table: side by arrow, word and colour."""
    table = Table(title=title, title_justify="left", expand=False)
    for name in ("Order", "ClOrdID", "Account", "Side", "Instrument", "Terms"):
        table.add_column(name, no_wrap=True)
    for name in ("Cum", "Leaves", "Avg"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("Status", no_wrap=True)
    for row in rows:
        word, colour = SIDES[row.side]
        status = row.standing.ord_status.name + (" (route UNKNOWN)" if row.unknown_routes else "")
        status += f" (list {row.list_id} waits)" if row.waits_in_list else ""
        table.add_row(
            str(row.order_id),
            row.cl_ord_id,
            row.account_id,
            f"[{colour}]{word}[/]",
            row.instrument_id,
            terms_in_words(row.terms),
            str(row.standing.cum_qty),
            str(row.standing.leaves_qty),
            format_price(row.standing.avg_px) if row.standing.avg_px else "",
            status,
        )
    return table


def row_as_json(row: OrderRow) -> dict[str, object]:
    """One order as an object; exact numbers are strings."""
    return {
        "order_id": row.order_id,
        "cl_ord_id": row.cl_ord_id,
        "client_id": row.client_id,
        "account_id": row.account_id,
        "instrument_id": row.instrument_id,
        "side": row.side.name,
        "handl_inst": row.handl_inst.name,
        "order_qty": row.terms.order_qty,
        "ord_type": row.terms.ord_type.name,
        "price": format_price(row.terms.price),
        "stop_px": format_price(row.terms.stop_px),
        "time_in_force": row.terms.time_in_force.name,
        "text": row.text,
        "details": details_as_json(row.details),
        "ord_status": row.standing.ord_status.name,
        "cum_qty": row.standing.cum_qty,
        "leaves_qty": row.standing.leaves_qty,
        "avg_px": format_price(row.standing.avg_px),
        "unknown_routes": sorted(row.unknown_routes),
    }


@click.command()
@click.option("--all", "with_ended", is_flag=True, help="Also orders that have ended.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@link_options
@told
def orders(with_ended: bool, as_json: bool, config_path: Path, user: str) -> None:
    """List the orders that are working."""
    with open_link(config_path, user) as link:
        rows = [row for row in read_blotter(link).rows.values() if with_ended or row.is_open]
        if as_json:
            for row in rows:
                click.echo(json.dumps(row_as_json(row), ensure_ascii=False))
        else:
            console = Console()
            if not console.is_terminal:
                console.width = PIPE_WIDTH
            console.print(order_table(rows, f"{link.engine_name}: {len(rows)} orders"))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--marks", is_flag=True, help="Also market data.")
@click.option("--seconds", type=float, help="End when nothing came for so long.")
@link_options
@told
def watch(as_json: bool, marks: bool, seconds: float | None, config_path: Path, user: str) -> None:
    """Show every event as it becomes a fact. Ctrl-C ends it."""
    with open_link(config_path, user) as link:
        link.snapshot()
        try:
            for seq, event in link.events(seconds):
                if isinstance(event, MarkUpdated) and not marks:
                    continue
                if as_json:
                    click.echo(json.dumps({"seq": seq, **event_as_json(event)}, ensure_ascii=False))
                else:
                    click.echo(f"{seq:>8}  {when(event.at_ns)}  {event_in_words(event)}")
        except KeyboardInterrupt:
            return
